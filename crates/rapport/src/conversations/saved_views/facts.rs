//! What is known of a conversation, field by field.

use platform::clock::Moment;
use uuid::Uuid;

use super::{model::ViewSort, store_entries::Group};
use crate::{
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
    ("contact", Kind::Id { me: false }),
    ("contact_name", Kind::Text),
    ("contact_language", Kind::Word(&[])),
    ("contact_verification", Kind::Word(VERIFICATIONS)),
];

/// Every field of a conversation.
pub(super) fn fields() -> Vec<Field> {
    FIELDS.iter().map(|(name, kind)| Field { name: (*name).to_owned(), kind: *kind }).collect()
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
            "tags" => Value::Labels(&self.tags),
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
            _ => Value::None,
        }
    }
}

impl ConversationFacts {
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
