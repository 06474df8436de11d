//! Scheduled replies as they are made and shown.

use platform::clock::Moment;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    conversations::model::{Attachment, Then},
    ids::{AgentId, ConversationId, FileId, IdentityId, ScheduledReplyId},
};

/// A reply for later.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewScheduledReply {
    /// What is said, at most 20,000 characters. May be empty with attachments.
    pub text: String,
    /// When it goes out, within a year.
    pub send_at: Moment,
    /// To which identity of the contact; by default the one they last wrote from by then.
    #[serde(default)]
    pub identity_id: Option<IdentityId>,
    /// Files uploaded before.
    #[serde(default)]
    pub attachment_ids: Vec<FileId>,
    /// What happens afterwards.
    #[serde(default)]
    pub then: Option<Then>,
}

/// A change of a reply that waits; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ScheduledReplyChange {
    /// Another text.
    pub text: Option<String>,
    /// Another time.
    pub send_at: Option<Moment>,
}

/// A reply that waits for its time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ScheduledReply {
    /// Names it.
    pub id: ScheduledReplyId,
    /// Where it will be said.
    pub conversation_id: ConversationId,
    /// Who wrote it.
    pub agent_id: AgentId,
    /// What it says.
    pub text: String,
    /// Its files.
    pub attachments: Vec<Attachment>,
    /// To which identity of the contact, where one was chosen.
    pub identity_id: Option<IdentityId>,
    /// What happens afterwards.
    pub then: Option<Then>,
    /// When it goes out.
    pub send_at: Moment,
    /// When it was written.
    pub created_at: Moment,
}
