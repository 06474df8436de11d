//! Merges as they are asked for and shown.

use platform::clock::Moment;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{AgentId, ConversationId, MessageId};

/// Into which conversation one is merged.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeInto {
    /// A conversation of the same customer in the same brand.
    pub into_id: ConversationId,
}

/// What becomes a conversation of its own: some messages, or one and all that follow it.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Split {
    /// These messages; at most 1,000.
    pub message_ids: Vec<MessageId>,
    /// Instead: this one and what follows.
    pub from_message_id: Option<MessageId>,
}

/// A part of a conversation, and what taking it apart again would do.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Part {
    /// Names it.
    pub id: ConversationId,
    /// Its case number.
    pub number: i64,
    /// What it is about.
    pub subject: String,
    /// Into which conversation it was merged; when that is a part itself, that one has to be taken apart first.
    pub into_id: ConversationId,
    /// Who merged it.
    pub merged_by: Option<AgentId>,
    /// When.
    pub merged_at: Moment,
    /// How many messages were said in it, to the customer and by them.
    pub messages: i64,
    /// How many messages of the customer came since by the chats it came with: they go back with it.
    pub returning: i64,
    /// How many answers were given since: they stay.
    pub staying: i64,
}
