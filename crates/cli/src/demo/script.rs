//! Filling the placeholders of a script: the same order, product and store throughout one conversation.

use std::collections::BTreeMap;

use platform::clock::Moment;
use rand::{Rng, RngExt, seq::IndexedRandom};

use super::data::{Data, Scenario};

/// A customer of the made-up company.
#[derive(Clone, Debug)]
pub struct Customer {
    pub first_name: String,
    pub full_name: String,
    pub email: String,
    pub phone: Option<String>,
    pub language: String,
    pub feminine: bool,
    pub country: String,
    pub time_zone: String,
}

/// What the placeholders stand for in one conversation.
pub struct Case {
    values: BTreeMap<&'static str, String>,
    customer_is_feminine: bool,
}

/// Picks by weight.
pub fn weighted<'a, T>(items: &'a [T], weight: impl Fn(&T) -> u32, random: &mut impl Rng) -> Option<&'a T> {
    items.choose_weighted(random, |item| weight(item)).ok()
}

impl Case {
    /// Draws the values of a case that begins at `at`.
    pub fn new(data: &Data, scenario: Option<&Scenario>, brand: &str, customer: &Customer, at: Moment, random: &mut impl Rng) -> anyhow::Result<Case> {
        let language = data.language(&customer.language)?;
        let groups = scenario.map(|scenario| scenario.product_groups.as_slice()).unwrap_or_default();
        let fitting: Vec<_> = data.products.iter().filter(|product| product.brand == brand && (groups.is_empty() || groups.contains(&product.group))).collect();
        let product = fitting.choose(random).copied();
        let of_brand: Vec<_> = data.locations.iter().filter(|location| location.brand == brand).collect();
        let near: Vec<_> = of_brand.iter().copied().filter(|location| location.country == customer.country).collect();
        let store = near.choose(random).or_else(|| of_brand.choose(random)).copied();
        let currency = data.company.regions.iter().find(|region| region.country == customer.country).map_or("EUR", |region| region.currency.as_str());
        let format = data.company.brands.iter().find(|known| known.key == brand).map_or("######", |known| known.order_format.as_str());
        let day = |offset: i64| {
            let date = Moment(at.0 + offset * 86_400_000_000).timestamp().to_zoned(jiff_zone(&customer.time_zone)).date();
            let month = language.months.get(usize::try_from(date.month() - 1).unwrap_or(0)).cloned().unwrap_or_default();
            language.date.replace("{day}", &date.day().to_string()).replace("{month}", &month)
        };
        let values = BTreeMap::from([
            ("first_name", customer.first_name.clone()),
            ("order", digits(format, random)),
            ("product", product.map(|product| product.name.clone()).unwrap_or_default()),
            ("slug", product.map(|product| product.slug.clone()).unwrap_or_default()),
            ("store", store.map(|store| store.name.clone()).unwrap_or_default()),
            ("city", store.map(|store| store.city.clone()).unwrap_or_default()),
            ("date", day(-random.random_range(1..=6))),
            ("later", day(random.random_range(2..=6))),
            ("time", format!("{}:{}", random.random_range(10..=17), ["00", "30"][random.random_range(0..2)])),
            (
                "amount",
                amount(
                    product.and_then(|product| product.price.get(currency).or(product.price.get("EUR"))).copied().unwrap_or(4990),
                    currency,
                    &customer.language,
                ),
            ),
        ]);
        Ok(Case { values, customer_is_feminine: customer.feminine })
    }

    /// A text with its placeholders filled. `writer_is_feminine` chooses the forms of whoever writes.
    pub fn fill(&self, text: &str, agent: &str, writer_is_feminine: bool) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((inside, tail)) = after.split_once('}') else {
                out.push('{');
                rest = after;
                continue;
            };
            out.push_str(&self.value(inside, agent, writer_is_feminine));
            rest = tail;
        }
        out + rest
    }

    fn value(&self, inside: &str, agent: &str, writer_is_feminine: bool) -> String {
        let (forms, feminine) = match inside.strip_prefix("you:") {
            Some(forms) => (forms, self.customer_is_feminine),
            None => (inside, writer_is_feminine),
        };
        if let Some((masculine, other)) = forms.split_once('|') {
            return if feminine { other.into() } else { masculine.into() };
        }
        match inside {
            "agent" => agent.split(' ').next().unwrap_or(agent).to_owned(),
            name => self.values.get(name).cloned().unwrap_or_default(),
        }
    }
}

/// A pattern whose # become digits.
pub fn digits(pattern: &str, random: &mut impl Rng) -> String {
    pattern.chars().map(|character| if character == '#' { char::from(b'0' + random.random_range(0..10_u8)) } else { character }).collect()
}

fn amount(minor: i64, currency: &str, language: &str) -> String {
    let (whole, cents) = (minor / 100, minor % 100);
    match (currency, language) {
        ("PLN", _) => format!("{whole},{cents:02} zł"),
        (_, "en") => format!("€{whole}.{cents:02}"),
        _ => format!("{whole},{cents:02} €"),
    }
}

pub fn jiff_zone(name: &str) -> jiff::tz::TimeZone {
    jiff::tz::TimeZone::get(name).unwrap_or(jiff::tz::TimeZone::UTC)
}
