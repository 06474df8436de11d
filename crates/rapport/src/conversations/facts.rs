//! What is known of a conversation, field by field.

use std::borrow::Cow;

use platform::{
    clock::Moment,
    store::{Result, Tx},
};
use uuid::Uuid;

use super::{model::ViewSort, store_entries::Group};
use crate::{
    attributes::{self, Attribute, AttributeKind, AttributeOf, Values},
    conditions::{Facts, Field, Kind, Value},
    conversations::model::{Priority, Status},
    ids::{AgentId, ContactId, ConversationId},
    viewer::Scope,
};

/// A conversation as conditions see it.
#[derive(Clone, Debug)]
pub(super) struct ConversationFacts {
    pub(super) id: ConversationId,
    /// Whether it has become a part of another one: then it is in no list.
    pub(super) is_merged: bool,
    pub(super) scope: Scope,
    pub(super) status: Status,
    pub(super) priority: Priority,
    pub(super) assignee_id: Option<AgentId>,
    pub(super) channel: String,
    pub(super) tags: Vec<String>,
    /// The reason and those above it.
    pub(super) reasons: Vec<Uuid>,
    /// The location and the regions it lies in.
    pub(super) locations: Vec<Uuid>,
    pub(super) subject: String,
    pub(super) inbound_count: i64,
    pub(super) created_at: Moment,
    pub(super) last_activity_at: Moment,
    pub(super) waiting_since: Option<Moment>,
    pub(super) answered_at: Option<Moment>,
    pub(super) resolved_at: Option<Moment>,
    pub(super) snoozed_until: Option<Moment>,
    pub(super) contact_id: ContactId,
    pub(super) contact_name: Option<String>,
    pub(super) contact_language: Option<String>,
    pub(super) contact_verification: String,
    pub(super) due_at: Option<Moment>,
    pub(super) attributes: Values,
    pub(super) contact_attributes: Values,
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
pub(super) fn field_of(attribute: &Attribute) -> Field {
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
pub(super) fn own_fields() -> impl Iterator<Item = Field> {
    FIELDS.iter().map(|(name, kind)| Field { name: (*name).to_owned(), kind: *kind })
}

/// The attributes of conversations and of customers, archived ones as well: what is past is still found by them.
pub(super) fn attributes(tx: &mut Tx<'_>) -> Result<Vec<Attribute>> {
    let mut found = attributes::definitions(tx, AttributeOf::Conversation)?;
    found.extend(attributes::definitions(tx, AttributeOf::Contact)?);
    Ok(found)
}

/// Every field of a conversation.
pub(super) fn fields(tx: &mut Tx<'_>) -> Result<Vec<Field>> {
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

    /// What it is counted under.
    pub(super) fn group(&self) -> Group {
        let known = |id: Option<Uuid>| id.unwrap_or_default();
        Group {
            brand: self.scope.brand_id.0,
            inbox: self.scope.inbox_id.0,
            location: known(self.scope.location_id.map(|id| id.0)),
            team: known(self.scope.team_id.map(|id| id.0)),
            assignee: known(self.assignee_id.map(|id| id.0)),
        }
    }

    /// Its place in a view of this order: lists go by this number, from the smallest up.
    pub(super) fn sort_key(&self, sort: ViewSort) -> i64 {
        match sort {
            ViewSort::LastActivity => -self.last_activity_at.0,
            ViewSort::WaitingSince => self.waiting_since.map_or(i64::MAX, |since| since.0),
            ViewSort::NextDeadline => self.due_at.map_or(i64::MAX, |at| at.0),
            ViewSort::Newest => -self.created_at.0,
            ViewSort::Oldest => self.created_at.0,
        }
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
