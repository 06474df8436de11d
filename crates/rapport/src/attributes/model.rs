//! Attributes as they are defined and shown.

use std::collections::BTreeMap;

use platform::{clock::Moment, i18n::Localised, word_enum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::AttributeId;

word_enum! {
    /// What an attribute is kept of.
    AttributeOf {
        /// Of customers.
        Contact = "contact",
        /// Of conversations.
        Conversation = "conversation",
    }
}

word_enum! {
    /// What its values are.
    AttributeKind {
        /// A text of at most 500 characters.
        Text = "text",
        /// A number with at most four decimals.
        Number = "number",
        /// Yes or no.
        Boolean = "boolean",
        /// A day.
        Date = "date",
        /// One of a list.
        Choice = "choice",
        /// Some of a list.
        Choices = "choices",
        /// An address on the web.
        Link = "link",
    }
}

impl AttributeKind {
    /// Whether values are chosen from a list.
    pub fn is_chosen(self) -> bool {
        matches!(self, AttributeKind::Choice | AttributeKind::Choices)
    }
}

/// The values of an owner, by the key of the attribute.
pub type Values = BTreeMap<String, serde_json::Value>;

/// What may be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What values hold: small letters, digits and underscores.
    pub key: String,
    /// Its name, by language.
    pub names: Localised,
    /// No longer chosen, still shown where it was.
    #[serde(default)]
    pub archived: bool,
}

/// Something the company keeps of contacts or conversations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Attribute {
    /// Names it.
    pub id: AttributeId,
    /// Of what it is kept; never changes.
    pub of: AttributeOf,
    /// Under which values stand; never changes.
    pub key: String,
    /// Its name, by language.
    pub names: Localised,
    /// What its values are; never changes.
    pub kind: AttributeKind,
    /// A regular expression that a text has to match as a whole.
    pub pattern: Option<String>,
    /// The least number, or the fewest characters of a text.
    pub minimum: Option<f64>,
    /// The greatest number, or the most characters of a text.
    pub maximum: Option<f64>,
    /// What may be chosen.
    pub choices: Vec<Choice>,
    /// Whether agents do not resolve a conversation without it.
    pub is_required: bool,
    /// Its place among the others; lower stands first.
    pub position: i64,
    /// Whether anything has a value. Then it is archived, not removed.
    pub is_used: bool,
    /// Since when it is no longer filled in.
    pub archived_at: Option<Moment>,
    /// Raised by one in each change.
    pub version: i64,
}

/// An attribute to add.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAttribute {
    /// Of what it is kept.
    pub of: AttributeOf,
    /// Small letters, digits and underscores, beginning with a letter; at most 40.
    pub key: String,
    /// Its name, by language; at most 60 characters each.
    pub names: Localised,
    /// What its values are.
    pub kind: AttributeKind,
    /// A regular expression for texts.
    #[serde(default)]
    pub pattern: Option<String>,
    /// The least number, or the fewest characters.
    #[serde(default)]
    pub minimum: Option<f64>,
    /// The greatest number, or the most characters.
    #[serde(default)]
    pub maximum: Option<f64>,
    /// What may be chosen; at most 100.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Whether agents do not resolve a conversation without it.
    #[serde(default)]
    pub is_required: bool,
}

/// A change of an attribute; what is left out stays. Values that are there stay as they are.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AttributeChange {
    /// New names, in all languages.
    pub names: Option<Localised>,
    /// New pattern; null for none.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<String>)]
    pub pattern: Option<Option<String>>,
    /// New least; null for none.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<f64>)]
    pub minimum: Option<Option<f64>>,
    /// New most; null for none.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<f64>)]
    pub maximum: Option<Option<f64>>,
    /// What may be chosen, all of it. One that something has is archived, not left out.
    pub choices: Option<Vec<Choice>>,
    /// Whether agents do not resolve a conversation without it.
    pub is_required: Option<bool>,
    /// New place.
    pub position: Option<i64>,
    /// Whether it is no longer filled in.
    pub archived: Option<bool>,
}
