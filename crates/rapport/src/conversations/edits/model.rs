//! Edits and redactions as they are asked for and shown.

use platform::clock::Moment;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::AgentId;

/// What a message shall say.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MessageEdit {
    /// The text, at most 20,000 characters. May be empty when the message has files.
    pub text: String,
}

/// What a message said before it was edited.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct FormerText {
    /// The text.
    pub text: String,
    /// Who edited it.
    pub edited_by: Option<AgentId>,
    /// Until when it said so.
    pub edited_at: Moment,
}

/// Who removed a message's text and files, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Redacted {
    /// Their name then.
    pub by: Option<String>,
    /// When.
    pub at: Moment,
}
