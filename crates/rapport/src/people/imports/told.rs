//! What a row says, checked: each cell by what its column means.

use serde_json::Value;

use super::fields::{Field, Reading};
use crate::{
    attributes::{Attribute, AttributeKind, Values},
    check,
    people::contacts::IdentityKind,
};

/// Addresses, numbers or ids of one kind in one row.
const MOST_IDENTITIES: usize = 20;
/// Where a letter could not be read.
const UNREADABLE: char = '\u{fffd}';

/// What a row says of somebody; what it leaves empty is not said.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    pub(super) name: Option<String>,
    pub(super) language: Option<String>,
    pub(super) time_zone: Option<String>,
    pub(super) country: Option<String>,
    pub(super) company: Option<String>,
    pub(super) identities: Vec<(IdentityKind, String)>,
    pub(super) notes: Vec<String>,
    pub(super) attributes: Values,
}

impl Told {
    /// The values of one kind.
    pub(super) fn of(&self, kind: IdentityKind) -> Vec<&str> {
        self.identities.iter().filter(|(known, _)| *known == kind).map(|(_, value)| value.as_str()).collect()
    }
}

/// Reads a row. The refusal names the column and says how to mend it.
pub(super) fn told(reading: &Reading, cells: &[String]) -> Result<Told, String> {
    let mut told = Told::default();
    let (mut first, mut last) = (None, None);
    for ((heading, field), cell) in reading.fields.iter().zip(cells) {
        let Some(field) = field else { continue };
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        let wrong = |detail: String| format!("{}: {detail}", if heading.is_empty() { "A column without heading" } else { heading.as_str() });
        if cell.contains(UNREADABLE) {
            return Err(wrong("Some letters cannot be read. Choose another encoding, or correct the cell.".into()));
        }
        let text = |limit| check::text("", cell, limit).map_err(|problem| wrong(problem.detail));
        match field {
            Field::Name => told.name = Some(text(120)?),
            Field::FirstName => first = Some(text(60)?),
            Field::LastName => last = Some(text(59)?),
            Field::Email => identities(&mut told, IdentityKind::Email, &[',', ';', '\n'], cell, email).map_err(wrong)?,
            Field::Phone => identities(&mut told, IdentityKind::Phone, &[',', ';', '\n'], cell, |typed| phone(reading, typed)).map_err(wrong)?,
            Field::ExternalId => identities(&mut told, IdentityKind::External, &['\n'], cell, external).map_err(wrong)?,
            Field::Language => told.language = Some(check::language("", cell).map_err(|problem| wrong(problem.detail))?),
            Field::TimeZone => told.time_zone = Some(check::time_zone("", cell).map_err(|problem| wrong(problem.detail))?),
            Field::Country => told.country = Some(country(cell).ok_or_else(|| wrong("Write the two letters of the country, e.g. PT.".into()))?),
            Field::Company => told.company = Some(text(120)?),
            Field::Note => told.notes.push(text(10_000)?),
            Field::Attribute(at) => {
                let Some(attribute) = reading.attributes.get(*at) else { continue };
                told.attributes.insert(attribute.key.clone(), value(attribute, cell).map_err(wrong)?);
            }
        }
    }
    if told.name.is_none() {
        let parts: Vec<String> = [first, last].into_iter().flatten().collect();
        told.name = Some(parts.join(" ")).filter(|name| !name.is_empty());
    }
    if told.name.is_none() && told.identities.is_empty() {
        return Err("This row names nobody. Fill in a name, an e-mail address, a phone number or an external id.".into());
    }
    Ok(told)
}

/// Two letters, as ISO 3166-1 has them.
pub(super) fn country(typed: &str) -> Option<String> {
    let code = typed.trim().to_uppercase();
    (code.len() == 2 && code.bytes().all(|letter| letter.is_ascii_uppercase())).then_some(code)
}

fn identities(told: &mut Told, kind: IdentityKind, between: &[char], cell: &str, check: impl Fn(&str) -> Result<String, String>) -> Result<(), String> {
    for typed in cell.split(between).map(str::trim).filter(|typed| !typed.is_empty()) {
        let found = (kind, check(typed)?);
        if !told.identities.contains(&found) {
            told.identities.push(found);
        }
    }
    if told.of(kind).len() > MOST_IDENTITIES {
        return Err(format!("At most {MOST_IDENTITIES} of a kind."));
    }
    Ok(())
}

fn email(typed: &str) -> Result<String, String> {
    check::email("", typed).map_err(|problem| problem.detail)
}

fn external(typed: &str) -> Result<String, String> {
    check::text("", typed, 200).map_err(|problem| problem.detail)
}

fn phone(reading: &Reading, typed: &str) -> Result<String, String> {
    wire::phone::e164_in(reading.phone_country.as_deref(), typed).ok_or_else(|| match &reading.phone_country {
        None => format!("“{typed}” is no number with its country. Write it like +351 910 000 112, or choose the country of the numbers."),
        Some(country) => format!("“{typed}” is no phone number in {country}. Write it like +351 910 000 112."),
    })
}

/// A cell as the value of an attribute. What it has to look like beside is checked where values are.
fn value(attribute: &Attribute, cell: &str) -> Result<Value, String> {
    match attribute.kind {
        AttributeKind::Text | AttributeKind::Link | AttributeKind::Date => Ok(cell.into()),
        AttributeKind::Number => number(cell).map(Value::from).ok_or_else(|| format!("“{cell}” is no number. Write e.g. 12.5.")),
        AttributeKind::Boolean => boolean(cell).map(Value::from).ok_or_else(|| format!("“{cell}” is neither. Write true or false.")),
        AttributeKind::Choice => Ok(choice(attribute, cell).into()),
        AttributeKind::Choices => {
            Ok(cell.split([',', ';', '\n']).map(str::trim).filter(|typed| !typed.is_empty()).map(|typed| choice(attribute, typed)).collect())
        }
    }
}

/// Where a comma stands in numbers, it stands there once and no point does.
fn number(cell: &str) -> Option<f64> {
    let plain: String = cell.chars().filter(|character| !character.is_whitespace()).collect();
    let comma = plain.matches(',').count() == 1 && !plain.contains('.');
    let plain = if comma { plain.replace(',', ".") } else { plain };
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

fn boolean(cell: &str) -> Option<bool> {
    match check::name_key(cell).as_str() {
        "true" | "yes" | "1" | "y" | "x" | "si" | "sim" | "tak" | "да" => Some(true),
        "false" | "no" | "0" | "n" | "nao" | "nie" | "нет" => Some(false),
        _ => None,
    }
}

/// The key of what was chosen by its key or one of its names; else what is written, which is then refused.
fn choice(attribute: &Attribute, typed: &str) -> String {
    let folded = check::name_key(typed);
    let found = attribute.choices.iter().find(|choice| choice.key == typed || choice.names.0.values().any(|name| check::name_key(name) == folded));
    found.map_or_else(|| typed.to_owned(), |choice| choice.key.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::imports::model::ExistingContacts;

    fn reading(fields: &[Field]) -> Reading {
        let fields = fields.iter().map(|field| (format!("{field:?}"), Some(*field))).collect();
        Reading { fields, existing: ExistingContacts::Update, phone_country: Some("PT".into()), attributes: Vec::new() }
    }

    fn cells(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn a_row_says_what_its_columns_mean() {
        let reading = reading(&[Field::FirstName, Field::LastName, Field::Email, Field::Phone, Field::Country]);

        let told = told(&reading, &cells(&[" Anna ", "Silva", "Anna@Example.com; anna@example.com\nb@example.com", "910 000 112", "pt"])).unwrap();

        assert_eq!(told.name.as_deref(), Some("Anna Silva"));
        assert_eq!(told.of(IdentityKind::Email), ["anna@example.com", "b@example.com"]);
        assert_eq!((told.of(IdentityKind::Phone), told.country.as_deref()), (vec!["+351910000112"], Some("PT")));
    }

    #[test]
    fn a_mistake_names_its_column_and_says_how_to_mend_it() {
        let reading = reading(&[Field::Name, Field::Email]);
        let refusal = |row: &[&str]| told(&reading, &cells(row)).unwrap_err();

        assert_eq!(refusal(&["Anna", "anna(at)example.com"]), "Email: Write an e-mail address, e.g. anna@example.com.");
        assert!(refusal(&["Micha\u{fffd}", ""]).starts_with("Name: Some letters cannot be read."));
        assert!(refusal(&["", " "]).starts_with("This row names nobody."));
        assert!(refusal(&[]).starts_with("This row names nobody."), "a row that ends early");
    }

    #[test]
    fn numbers_and_answers_are_read_as_people_write_them() {
        assert_eq!(["12,5", "12.5", "1 200", "1,200.5", "x", "NaN"].map(number), [Some(12.5), Some(12.5), Some(1200.0), None, None, None]);
        assert_eq!(["Sí", "NÃO", "да", "maybe"].map(boolean), [Some(true), Some(false), Some(true), None]);
    }
}
