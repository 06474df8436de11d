//! Drafts: what an agent has typed, kept on the server per conversation, person and mode.

use platform::{clock::Moment, store::Tx, web::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{model::Mode, reply::open, store_drafts as store};
use crate::{
    check,
    ids::{ConversationId, FileId},
    viewer::{Permission, Viewer},
};

/// A draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Draft {
    /// What it will become.
    pub mode: Mode,
    /// What is typed so far.
    pub text: String,
    /// Files added so far.
    pub attachment_ids: Vec<FileId>,
    /// When it was saved.
    pub updated_at: Moment,
}

/// What is typed so far.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftText {
    /// The text; empty without files removes the draft.
    pub text: String,
    /// Files added so far.
    #[serde(default)]
    pub attachment_ids: Vec<FileId>,
}

impl Mode {
    /// What writing it takes.
    pub fn needs(self) -> Permission {
        match self {
            Mode::Reply => Permission::ConversationsWrite,
            Mode::Note => Permission::ConversationsNote,
        }
    }
}

/// Keeps a draft; an empty one is removed.
pub(super) fn keep(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, mode: Mode, typed: &DraftText) -> Result<Draft, Problem> {
    let (agent, _) = open(tx, viewer, id, &[mode.needs()])?;
    // Spaces at the end belong to somebody who is still typing.
    check::optional_text("/text", &typed.text, 20_000)?;
    let draft = Draft { mode, text: typed.text.replace('\0', ""), attachment_ids: typed.attachment_ids.clone(), updated_at: tx.now() };
    if draft.text.trim().is_empty() && draft.attachment_ids.is_empty() {
        store::delete(tx, agent.id, id, mode.word())?;
    } else {
        store::put(tx, agent.id, id, &draft)?;
    }
    Ok(draft)
}

/// One's drafts in a conversation.
pub(super) fn list(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId) -> Result<Vec<Draft>, Problem> {
    let (agent, _) = open(tx, viewer, id, &[Permission::ConversationsWrite, Permission::ConversationsNote])?;
    Ok(store::of(tx, agent.id, id)?)
}

/// Throws a draft away.
pub(super) fn discard(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, mode: Mode) -> Result<(), Problem> {
    let (agent, _) = open(tx, viewer, id, &[mode.needs()])?;
    Ok(store::delete(tx, agent.id, id, mode.word())?)
}
