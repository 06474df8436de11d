//! The files of the made-up company, embedded and read.

use std::collections::BTreeMap;

use anyhow::Context;
use rust_embed::RustEmbed;
use serde::{Deserialize, de::DeserializeOwned};

#[derive(RustEmbed)]
#[folder = "demo"]
struct Files;

/// Text by language.
pub type ByLanguage<T = String> = BTreeMap<String, T>;

#[derive(Deserialize)]
pub struct Company {
    pub name: String,
    pub brands: Vec<Brand>,
    pub regions: Vec<Region>,
    pub teams: Vec<Team>,
    pub inboxes: Vec<Inbox>,
    pub agents: Vec<Agent>,
}

#[derive(Deserialize)]
pub struct Brand {
    pub key: String,
    pub name: String,
    pub accent: String,
    #[serde(default)]
    pub accent_dark: Option<String>,
    #[serde(default = "usual_radius")]
    pub radius: i64,
    pub tone: String,
    pub service_model: String,
    pub order_format: String,
    pub web: String,
    pub hours: rapport::places::hours::Hours,
    #[serde(default)]
    pub special_days: Vec<rapport::places::hours::SpecialDay>,
    pub promise: ByLanguage,
}

fn usual_radius() -> i64 {
    10
}

#[derive(Deserialize)]
pub struct Region {
    pub key: String,
    pub name: String,
    pub country: String,
    pub currency: String,
}

#[derive(Deserialize)]
pub struct Team {
    pub key: String,
    pub name: String,
}

#[derive(Deserialize)]
pub struct Inbox {
    pub name: String,
    pub brand: String,
    #[serde(default)]
    pub team: Option<String>,
    #[serde(default)]
    pub location: Option<String>,
}

#[derive(Deserialize)]
pub struct Agent {
    pub name: String,
    pub email: String,
    pub role: String,
    pub language: String,
    pub languages: Vec<String>,
    pub time_zone: String,
    pub teams: Vec<String>,
    pub availability: String,
    pub writes: String,
}

#[derive(Deserialize)]
pub struct Location {
    pub key: String,
    pub region: String,
    pub brand: String,
    pub name: String,
    pub country: String,
    pub city: String,
    pub address: String,
    #[serde(default)]
    pub team: Option<String>,
    #[serde(default)]
    pub hours: Option<rapport::places::hours::Hours>,
}

#[derive(Deserialize)]
pub struct Product {
    pub brand: String,
    pub name: String,
    pub group: String,
    pub slug: String,
    pub price: BTreeMap<String, i64>,
}

#[derive(Deserialize)]
pub struct Page {
    pub brand: String,
    pub path: String,
    pub title: ByLanguage,
}

#[derive(Deserialize)]
pub struct Event {
    pub name: String,
    pub properties: BTreeMap<String, String>,
}

#[derive(Deserialize)]
pub struct Place {
    pub country: String,
    pub time_zone: String,
}

#[derive(Deserialize)]
pub struct Names {
    pub given: Vec<String>,
    pub surname: Vec<String>,
}

#[derive(Deserialize)]
pub struct Language {
    pub language: String,
    pub share: u32,
    pub email_domains: Vec<String>,
    pub months: Vec<String>,
    pub date: String,
    pub places: Vec<Place>,
    pub feminine: Names,
    pub masculine: Names,
}

#[derive(Clone, Deserialize)]
pub struct Turn {
    pub who: String,
    pub text: String,
}

#[derive(Deserialize)]
pub struct Script {
    pub turns: Vec<Turn>,
    pub openers: Vec<String>,
    pub answers: Vec<String>,
}

#[derive(Deserialize)]
pub struct Scenario {
    pub brands: Vec<String>,
    pub team: String,
    #[serde(default)]
    pub product_groups: Vec<String>,
    #[serde(default)]
    pub tags: Vec<String>,
    pub weight: u32,
    pub priorities: BTreeMap<String, u32>,
    pub outcomes: BTreeMap<String, u32>,
    #[serde(flatten)]
    pub scripts: BTreeMap<String, toml::Value>,
}

impl Scenario {
    /// The script in a language.
    pub fn script(&self, language: &str) -> anyhow::Result<Script> {
        self.scripts.get(language).context("a scenario lacks a language")?.clone().try_into().context("a script is malformed")
    }
}

#[derive(Deserialize)]
pub struct FollowUps {
    pub content: Vec<String>,
    pub still_waiting: Vec<String>,
}

/// All of it.
pub struct Data {
    pub company: Company,
    pub locations: Vec<Location>,
    pub products: Vec<Product>,
    pub pages: Vec<Page>,
    pub events: Vec<Event>,
    pub languages: Vec<Language>,
    pub phone_patterns: Vec<String>,
    pub scenarios: Vec<Scenario>,
    pub follow_ups: BTreeMap<String, FollowUps>,
}

fn read<T: DeserializeOwned>(name: &str) -> anyhow::Result<T> {
    let file = Files::get(name).with_context(|| format!("{name} is missing"))?;
    toml::from_str(std::str::from_utf8(&file.data)?).with_context(|| format!("{name} is malformed"))
}

impl Data {
    /// Reads the embedded files.
    pub fn read() -> anyhow::Result<Data> {
        #[derive(Deserialize)]
        struct Locations {
            locations: Vec<Location>,
        }
        #[derive(Deserialize)]
        struct Products {
            products: Vec<Product>,
        }
        #[derive(Deserialize)]
        struct Pages {
            pages: Vec<Page>,
        }
        #[derive(Deserialize)]
        struct Events {
            events: Vec<Event>,
        }
        #[derive(Deserialize)]
        struct People {
            phone_patterns: Vec<String>,
            languages: Vec<Language>,
        }
        let people: People = read("people.toml")?;
        let mut names: Vec<_> = Files::iter().filter(|name| name.starts_with("scenarios/")).collect();
        names.sort();
        Ok(Data {
            company: read("company.toml")?,
            locations: read::<Locations>("locations.toml")?.locations,
            products: read::<Products>("products.toml")?.products,
            pages: read::<Pages>("pages.toml")?.pages,
            events: read::<Events>("events.toml")?.events,
            languages: people.languages,
            phone_patterns: people.phone_patterns,
            scenarios: names.iter().map(|name| read(name)).collect::<anyhow::Result<_>>()?,
            follow_ups: read("follow_ups.toml")?,
        })
    }

    /// The first administrator.
    pub fn administrator(&self) -> anyhow::Result<&Agent> {
        self.company.agents.iter().find(|agent| agent.role == "administrator").context("the company has no administrator")
    }

    /// A language by its tag.
    pub fn language(&self, tag: &str) -> anyhow::Result<&Language> {
        self.languages.iter().find(|language| language.language == tag).context("a language is missing")
    }
}
