//! Links as they are made and shown.

use platform::{clock::Moment, word_enum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    conversations::model::Status,
    ids::{AgentId, ConversationId, LinkId},
};

word_enum! {
    /// What one conversation is to the other.
    ConversationLinkKind {
        /// They have to do with each other.
        Related = "related",
        /// The first one follows from the second.
        Follows = "follows",
        /// The first one is about the same as the second.
        Duplicate = "duplicate",
    }
}

/// A new link, from the conversation of the address to another one.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewConversationLink {
    /// What it is.
    pub kind: ConversationLinkKind,
    /// The other conversation.
    #[serde(default)]
    pub to_id: Option<ConversationId>,
    /// Instead: its case number.
    #[serde(default)]
    pub to_number: Option<i64>,
}

/// A link as one of its conversations shows it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ConversationLink {
    /// Names it.
    pub id: LinkId,
    /// What it is.
    pub kind: ConversationLinkKind,
    /// Whether it goes from the conversation that shows it to the other one; of related ones it says nothing.
    pub outward: bool,
    /// The other conversation.
    pub conversation_id: ConversationId,
    /// Its case number.
    pub number: i64,
    /// What it is about.
    pub subject: String,
    /// Where it stands.
    pub status: Status,
    /// Who made the link.
    pub linked_by: Option<AgentId>,
    /// When.
    pub linked_at: Moment,
}
