//! What is known of a conversation, field by field: what saved views, filters and rules ask for.

use std::borrow::Cow;

use platform::{
    clock::Moment,
    store::{Result, Tx},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::model::{Priority, Status};
pub use super::store_facts::{Needs, of, seen_by, text_at};
use crate::{
    attributes::{self, Attribute, AttributeKind, AttributeOf, Values},
    conditions::{Facts, Field, Kind, Op, Value},
    ids::{AgentId, ContactId, ConversationId},
    viewer::Scope,
};

/// A conversation as conditions see it.
#[derive(Clone, Debug)]
pub struct ConversationFacts {
    /// Which.
    pub id: ConversationId,
    /// Whether it has become a part of another one: then it is in no list.
    pub is_merged: bool,
    /// What rights are granted over.
    pub scope: Scope,
    /// Where it stands.
    pub status: Status,
    /// How urgent.
    pub priority: Priority,
    /// Whose it is.
    pub assignee_id: Option<AgentId>,
    /// The channel last written on.
    pub channel: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// The reason and those above it.
    pub reasons: Vec<Uuid>,
    /// The location and the regions it lies in.
    pub locations: Vec<Uuid>,
    /// What it is about.
    pub subject: String,
    /// How many messages the customer wrote.
    pub inbound_count: i64,
    /// When it began.
    pub created_at: Moment,
    /// When something was said last.
    pub last_activity_at: Moment,
    /// Since when the customer waits.
    pub waiting_since: Option<Moment>,
    /// When it was first answered.
    pub answered_at: Option<Moment>,
    /// When it was resolved.
    pub resolved_at: Option<Moment>,
    /// When it comes back.
    pub snoozed_until: Option<Moment>,
    /// The customer.
    pub contact_id: ContactId,
    /// Their name.
    pub contact_name: Option<String>,
    /// Their language.
    pub contact_language: Option<String>,
    /// The surest of their identities.
    pub contact_verification: String,
    /// When the next promise is due.
    pub due_at: Option<Moment>,
    /// What the company keeps of it.
    pub attributes: Values,
    /// And of the customer.
    pub contact_attributes: Values,
}

const STATUSES: &[&str] = &["open", "waiting", "snoozed", "resolved"];
const PRIORITIES: &[&str] = &["low", "normal", "high", "urgent"];
const VERIFICATIONS: &[&str] = &["none", "claimed", "channel_verified", "signed", "confirmed"];
const FIELDS: &[(&str, Kind)] = &[
    ("status", Kind::Word(STATUSES)),
    ("priority", Kind::Word(PRIORITIES)),
    ("assignee", Kind::Id { me: true }),
    ("team", Kind::Id { me: false }),
    ("brand", Kind::Id { me: false }),
    ("location", Kind::Ids),
    ("inbox", Kind::Id { me: false }),
    ("channel", Kind::Word(&[])),
    ("tags", Kind::Labels),
    ("contact_reason", Kind::Ids),
    ("subject", Kind::Text),
    ("customer_messages", Kind::Number),
    ("created_at", Kind::Moment),
    ("last_activity_at", Kind::Moment),
    ("waiting_since", Kind::Moment),
    ("first_answered_at", Kind::Moment),
    ("resolved_at", Kind::Moment),
    ("snoozed_until", Kind::Moment),
    ("due_at", Kind::Moment),
    ("contact", Kind::Id { me: false }),
    ("contact_name", Kind::Text),
    ("contact_language", Kind::Word(&[])),
    ("contact_verification", Kind::Word(VERIFICATIONS)),
];

/// Under this the company's own attributes of conversations are asked for, e.g. `attribute.order_number`.
const ATTRIBUTE: &str = "attribute.";
/// And those of customers.
const CONTACT_ATTRIBUTE: &str = "contact_attribute.";

/// An attribute as a field.
pub fn field_of(attribute: &Attribute) -> Field {
    let under = if attribute.of == AttributeOf::Contact { CONTACT_ATTRIBUTE } else { ATTRIBUTE };
    let kind = match attribute.kind {
        AttributeKind::Text | AttributeKind::Link => Kind::Text,
        AttributeKind::Number => Kind::Number,
        AttributeKind::Boolean => Kind::Flag,
        AttributeKind::Date => Kind::Moment,
        AttributeKind::Choice => Kind::Word(&[]),
        AttributeKind::Choices => Kind::Labels,
    };
    Field { name: format!("{under}{}", attribute.key), kind }
}

/// Every field of a conversation that comes with Rapport.
pub fn own_fields() -> impl Iterator<Item = Field> {
    FIELDS.iter().map(|(name, kind)| Field { name: (*name).to_owned(), kind: *kind })
}

/// The attributes of conversations and of customers, archived ones as well: what is past is still found by them.
pub fn attributes(tx: &mut Tx<'_>) -> Result<Vec<Attribute>> {
    let mut found = attributes::definitions(tx, AttributeOf::Conversation)?;
    found.extend(attributes::definitions(tx, AttributeOf::Contact)?);
    Ok(found)
}

/// Every field of a conversation.
pub fn fields(tx: &mut Tx<'_>) -> Result<Vec<Field>> {
    Ok(own_fields().chain(attributes(tx)?.iter().map(field_of)).collect())
}

/// A value as it stands in the row of its owner.
fn kept(value: &serde_json::Value) -> Value<'_> {
    match value {
        serde_json::Value::String(text) => Value::Text(text),
        serde_json::Value::Number(number) => number.as_f64().map_or(Value::None, Value::Number),
        serde_json::Value::Bool(flag) => Value::Flag(*flag),
        serde_json::Value::Array(keys) => Value::Labels(keys.iter().filter_map(|key| key.as_str().map(str::to_owned)).collect::<Vec<_>>().into()),
        _ => Value::None,
    }
}

fn id(id: Option<Uuid>) -> Value<'static> {
    id.map_or(Value::None, Value::Id)
}

fn text(text: Option<&String>) -> Value<'_> {
    text.map_or(Value::None, |text| Value::Text(text))
}

impl Facts for ConversationFacts {
    fn value(&self, field: &str) -> Value<'_> {
        match field {
            "status" => Value::Text(self.status.word()),
            "priority" => Value::Text(self.priority.word()),
            "assignee" => id(self.assignee_id.map(|id| id.0)),
            "team" => id(self.scope.team_id.map(|id| id.0)),
            "brand" => Value::Id(self.scope.brand_id.0),
            "location" => Value::Ids(&self.locations),
            "inbox" => Value::Id(self.scope.inbox_id.0),
            "channel" => Value::Text(&self.channel),
            "tags" => Value::Labels(Cow::Borrowed(&self.tags)),
            "contact_reason" => Value::Ids(&self.reasons),
            "subject" => Value::Text(&self.subject),
            "customer_messages" => Value::Number(self.inbound_count as f64),
            "created_at" => Value::Moment(self.created_at),
            "last_activity_at" => Value::Moment(self.last_activity_at),
            "waiting_since" => self.waiting_since.into(),
            "first_answered_at" => self.answered_at.into(),
            "resolved_at" => self.resolved_at.into(),
            "snoozed_until" => self.snoozed_until.into(),
            "contact" => Value::Id(self.contact_id.0),
            "contact_name" => text(self.contact_name.as_ref()),
            "contact_language" => text(self.contact_language.as_ref()),
            "contact_verification" => Value::Text(&self.contact_verification),
            "due_at" => self.due_at.into(),
            _ => self.attribute(field),
        }
    }
}

impl ConversationFacts {
    fn attribute(&self, field: &str) -> Value<'_> {
        let found = match field.strip_prefix(ATTRIBUTE) {
            Some(key) => self.attributes.get(key),
            None => field.strip_prefix(CONTACT_ATTRIBUTE).and_then(|key| self.contact_attributes.get(key)),
        };
        found.map_or(Value::None, kept)
    }
}

/// A field that a condition over conversations may ask for.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ConversationField {
    /// As it is written in a clause.
    pub field: String,
    /// What it holds: `word`, `id`, `ids`, `labels`, `text`, `number`, `moment` or `flag`.
    pub holds: String,
    /// What may be asked of it.
    pub ops: Vec<Op>,
    /// The words it may hold, when they are ours.
    pub words: Vec<String>,
    /// Whether `me` may be asked for.
    pub me: bool,
    /// Of which attribute, when it is one of the company's own.
    pub attribute: Option<Attribute>,
}

/// Every field with what may be asked of it.
pub fn offered(tx: &mut Tx<'_>) -> Result<Vec<ConversationField>> {
    let own = own_fields().map(|field| ConversationField::of(field, None));
    let attributes = attributes(tx)?.into_iter().map(|attribute| ConversationField::of(field_of(&attribute), Some(attribute)));
    Ok(own.chain(attributes).collect())
}

impl ConversationField {
    /// As it is shown.
    pub fn of(field: Field, attribute: Option<Attribute>) -> ConversationField {
        let (holds, words, me) = match field.kind {
            Kind::Word(words) => ("word", words, false),
            Kind::Id { me } => ("id", &[][..], me),
            Kind::Ids => ("ids", &[][..], false),
            Kind::Labels => ("labels", &[][..], false),
            Kind::Text => ("text", &[][..], false),
            Kind::Number => ("number", &[][..], false),
            Kind::Moment => ("moment", &[][..], false),
            Kind::Flag => ("flag", &[][..], false),
        };
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        ConversationField { field: field.name, holds: holds.into(), ops: field.kind.ops().to_vec(), words, me, attribute }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::contacts::Verification;

    #[test]
    fn the_words_of_fields_are_those_of_the_product() {
        assert_eq!(STATUSES, Status::ALL.iter().map(|status| status.word()).collect::<Vec<_>>());
        assert_eq!(PRIORITIES, Priority::ALL.iter().map(|priority| priority.word()).collect::<Vec<_>>());
        assert_eq!(VERIFICATIONS, Verification::ALL.iter().map(|verification| verification.word()).collect::<Vec<_>>());
    }
}
