//! Conversations and messages as they are shown and changed.

use platform::{clock::Moment, events::ActorKind, word_enum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::edits::Redacted;
use super::sla::Deadline;
use crate::{
    attributes::Values,
    ids::{AgentId, BrandId, ContactId, ContactReasonId, ConversationId, FileId, IdentityId, InboxId, LocationId, MessageId, SlaPolicyId, TeamId},
    people::contacts::Verification,
    viewer::Scope,
};

word_enum! {
    /// Where a conversation stands.
    Status {
        /// The team has to do something.
        Open = "open",
        /// The customer has to.
        Waiting = "waiting",
        /// Comes back at a time or with the next answer.
        Snoozed = "snoozed",
        /// Done, until the customer writes again.
        Resolved = "resolved",
    }
}

impl Status {
    /// Lists are kept apart by shelf: what is worked on, what sleeps, what is done.
    pub(super) fn shelf(self) -> i64 {
        match self {
            Status::Open | Status::Waiting => 0,
            Status::Snoozed => 1,
            Status::Resolved => 2,
        }
    }
}

word_enum! {
    /// How urgent.
    Priority {
        /// When there is time.
        Low = "low",
        /// As usual.
        Normal = "normal",
        /// Soon.
        High = "high",
        /// Now.
        Urgent = "urgent",
    }
}

word_enum! {
    /// What a message is.
    MessageKind {
        /// From the customer.
        Inbound = "inbound",
        /// To the customer.
        Reply = "reply",
        /// For the team only.
        Note = "note",
        /// What happened to the conversation; for the team only.
        System = "system",
    }
}

word_enum! {
    /// How far a reply has come.
    Delivery {
        /// Durable here.
        Sent = "sent",
        /// Shown to the customer's device.
        Delivered = "delivered",
        /// Read.
        Read = "read",
        /// Could not be delivered.
        Failed = "failed",
    }
}

word_enum! {
    /// What a draft will become.
    Mode {
        /// A reply.
        Reply = "reply",
        /// A note.
        Note = "note",
    }
}

/// The customer of a conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Customer {
    /// Who.
    pub id: ContactId,
    /// Their name, if known.
    pub name: Option<String>,
    /// Their language.
    pub language: Option<String>,
    /// The surest of their identities.
    pub verification: Verification,
    /// Whether a chat of theirs is connected now.
    pub online: bool,
}

/// The newest thing said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Preview {
    /// At most 160 characters of it.
    pub text: String,
    /// What it was.
    pub kind: MessageKind,
    /// Who said it.
    pub author_kind: ActorKind,
    /// Their name.
    pub author_name: Option<String>,
}

/// What a conversation is to the viewer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Yours {
    /// How many of the customer's messages the viewer has read; `inbound_count` minus this is unread.
    pub read_count: i64,
    /// Whether the viewer has a draft here.
    pub draft: bool,
    /// Whether the viewer is mentioned here.
    pub mentioned: bool,
    /// Whether the viewer wrote here.
    pub participant: bool,
}

/// A conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Conversation {
    /// Names it.
    pub id: ConversationId,
    /// The case number, for people.
    pub number: i64,
    /// What it is about: by default the beginning of the first message.
    pub subject: String,
    /// Where it stands.
    pub status: Status,
    /// How urgent.
    pub priority: Priority,
    /// Whose it is.
    pub assignee_id: Option<AgentId>,
    /// Which team's.
    pub team_id: Option<TeamId>,
    /// The brand; never changes.
    pub brand_id: BrandId,
    /// The store or region.
    pub location_id: Option<LocationId>,
    /// The home inbox.
    pub inbox_id: InboxId,
    /// The channel the customer last wrote on.
    pub channel: String,
    /// Tags.
    pub tags: Vec<String>,
    /// What the customer came for.
    pub contact_reason_id: Option<ContactReasonId>,
    /// What the company keeps of it, by the key of the attribute.
    #[schema(value_type = Object)]
    pub attributes: Values,
    /// When it comes back.
    pub snoozed_until: Option<Moment>,
    /// Whether it comes back with the customer's next answer only.
    pub snoozed_until_answer: bool,
    /// Raised by one in each change.
    pub version: i64,
    /// Raised by what the customer may see.
    pub public_version: i64,
    /// The number of the newest message.
    pub last_seq: i64,
    /// How many messages the customer wrote.
    pub inbound_count: i64,
    /// Up to which message the team has read.
    pub team_read_seq: i64,
    /// Up to which message the customer's device has shown.
    pub customer_delivered_seq: i64,
    /// Up to which message the customer has read.
    pub customer_read_seq: i64,
    /// The newest thing said.
    pub preview: Preview,
    /// When.
    pub last_activity_at: Moment,
    /// Since when the customer waits for an answer.
    pub waiting_since: Option<Moment>,
    /// When it began.
    pub created_at: Moment,
    /// When it was resolved.
    pub resolved_at: Option<Moment>,
    /// The SLA policy that holds.
    pub sla_policy_id: Option<SlaPolicyId>,
    /// When the next of its promises is due; none while the customer is awaited.
    pub due: Option<Deadline>,
    /// The conversation of which it has become a part: what was said here is shown there.
    pub merged_into: Option<ConversationId>,
    /// The customer.
    pub contact: Customer,
    /// What it is to the viewer; absent in live frames, which are the same for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub yours: Option<Yours>,
}

impl Conversation {
    /// What rights are granted over.
    pub fn scope(&self) -> Scope {
        Scope { brand_id: self.brand_id, location_id: self.location_id, team_id: self.team_id, inbox_id: self.inbox_id }
    }
}

/// Who said something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Author {
    /// What kind of somebody.
    pub kind: ActorKind,
    /// Which one.
    pub id: Option<uuid::Uuid>,
    /// Their name then.
    pub name: Option<String>,
}

/// A file of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Attachment {
    /// Names it.
    pub id: FileId,
    /// The name it was sent under.
    pub name: String,
    /// Its type, read from its bytes.
    pub content_type: String,
    /// Its length in bytes.
    pub size_bytes: i64,
    /// Where an agent may fetch it.
    pub url: String,
}

/// What happened to a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SystemLine {
    /// `assigned`, `team_changed`, `status_changed`, `priority_changed`, `tagged`, `untagged`, `identified`, `joined`, `macro_ran`, `rule_ran`, `reason_changed`, `sla_breached`, `merged`, `unmerged`,
    /// `unmerged_from`, `split_off` or `split_from`, `schedule_cancelled` or `schedule_failed`; those about merging and splitting name the case number of the other conversation.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it was before: a word or an id; of a rule what made it run.
    pub from: Option<String>,
    /// What it is now; the name of a macro or rule that was run.
    pub to: Option<String>,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Message {
    /// Names it.
    pub id: MessageId,
    /// Where it was said.
    pub conversation_id: ConversationId,
    /// Its number there: 1, 2, 3 ...
    pub seq: i64,
    /// What it is.
    pub kind: MessageKind,
    /// Who said it.
    pub author: Author,
    /// What was said; empty for system lines.
    pub text: String,
    /// On which channel.
    pub channel: String,
    /// In which inbox.
    pub inbox_id: InboxId,
    /// From or to which identity of the contact.
    pub identity_id: Option<IdentityId>,
    /// How far a reply has come.
    pub delivery: Option<Delivery>,
    /// How sure it was who wrote, when it was written.
    pub verification: Option<Verification>,
    /// Agents mentioned in a note, also as members of a team.
    pub mentions: Vec<AgentId>,
    /// Teams mentioned in a note.
    pub team_mentions: Vec<TeamId>,
    /// Its files.
    pub attachments: Vec<Attachment>,
    /// What happened, for system lines.
    pub system: Option<SystemLine>,
    /// The `Idempotency-Key` it was sent with; only shown to its author.
    pub key: Option<String>,
    /// When.
    pub created_at: Moment,
    /// When its author last gave it another text.
    pub edited_at: Option<Moment>,
    /// Set when its text and files were removed for good.
    pub redacted: Option<Redacted>,
}

word_enum! {
    /// What happens to a conversation after a reply.
    Then {
        /// It is done.
        Resolve = "resolve",
        /// It sleeps until the customer answers.
        SnoozeUntilAnswer = "snooze_until_answer",
    }
}

/// A reply to the customer.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReply {
    /// What is said, at most 20,000 characters. May be empty with attachments.
    pub text: String,
    /// To which identity of the contact; by default the one they last wrote from.
    #[serde(default)]
    pub identity_id: Option<IdentityId>,
    /// The newest message the writer has seen. With it, a colleague's reply in the meantime is told instead of doubled.
    #[serde(default)]
    pub seen_seq: Option<i64>,
    /// Files uploaded before.
    #[serde(default)]
    pub attachment_ids: Vec<FileId>,
    /// What happens afterwards.
    #[serde(default)]
    pub then: Option<Then>,
}

/// A note for the team.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    /// What is said, at most 20,000 characters.
    pub text: String,
    /// Agents who should look.
    #[serde(default)]
    pub mentions: Vec<AgentId>,
    /// Teams whose members should look, as far as they may see the conversation.
    #[serde(default)]
    pub team_mentions: Vec<TeamId>,
    /// Files uploaded before.
    #[serde(default)]
    pub attachment_ids: Vec<FileId>,
}

/// A conversation goes to somebody else, with the reason.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// Whose it is now; null for nobody, so that the team decides. What is left out stays.
    #[serde(default, deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<AgentId>)]
    pub assignee_id: Option<Option<AgentId>>,
    /// Which team's.
    #[serde(default, deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<TeamId>)]
    pub team_id: Option<Option<TeamId>>,
    /// Why, and what whoever gets it should know: a note for the team.
    pub reason: String,
}

/// An agent who takes part in a conversation: wrote in it, follows it or was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Participant {
    /// Who.
    pub agent_id: AgentId,
}

/// A change of a conversation; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ConversationChange {
    /// New status. Snoozed needs `snoozed_until` or `snoozed_until_answer`.
    pub status: Option<Status>,
    /// New assignee; null for nobody.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<AgentId>)]
    pub assignee_id: Option<Option<AgentId>>,
    /// New team; null for none.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<TeamId>)]
    pub team_id: Option<Option<TeamId>>,
    /// New location; null for none.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<LocationId>)]
    pub location_id: Option<Option<LocationId>>,
    /// New priority.
    pub priority: Option<Priority>,
    /// New tags, all of them; at most 20.
    pub tags: Option<Vec<String>>,
    /// What the customer came for; null for not known.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<ContactReasonId>)]
    pub contact_reason_id: Option<Option<ContactReasonId>>,
    /// New values of attributes, by key; null empties, what is left out stays.
    #[schema(value_type = Object)]
    pub attributes: Values,
    /// New subject.
    pub subject: Option<String>,
    /// When it comes back; sets the status to snoozed.
    pub snoozed_until: Option<Moment>,
    /// Comes back with the customer's next answer; sets the status to snoozed.
    pub snoozed_until_answer: Option<bool>,
}
