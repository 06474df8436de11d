//! SQL of changed messages.

use platform::{
    clock::Moment,
    events::Position,
    params,
    store::{Error, Result, Tx},
};

use super::model::FormerText;
use crate::{
    conversations::{model::Message, store_messages},
    ids::{AgentId, ConversationId, FileId, MessageId},
};

/// A message of a conversation the caller has loaded through the viewer.
pub(super) fn message(tx: &mut Tx<'_>, conversation: ConversationId, id: MessageId) -> Result<Message> {
    let seq = tx.one("SELECT seq FROM message WHERE id = $1 AND conversation_id = $2", params![id, conversation], |row| row.get("seq"))?;
    store_messages::find_at(tx, conversation, seq)?.ok_or(Error::NotFound)
}

pub(super) fn keep_former(tx: &mut Tx<'_>, message: MessageId, text: &str, by: AgentId) -> Result<()> {
    let (id, now) = (tx.id::<uuid::Uuid>(), tx.now());
    tx.exec("INSERT INTO message_edit (id, message_id, text, edited_by, edited_at) VALUES ($1, $2, $3, $4, $5)", params![id, message, text, by, now]).map(drop)
}

pub(super) fn former(tx: &mut Tx<'_>, message: MessageId) -> Result<Vec<FormerText>> {
    tx.all("SELECT text, edited_by, edited_at FROM message_edit WHERE message_id = $1 ORDER BY edited_at DESC, id DESC", params![message], |row| {
        Ok(FormerText { text: row.get("text")?, edited_by: row.get("edited_by")?, edited_at: row.get("edited_at")? })
    })
}

pub(super) fn set_text(tx: &mut Tx<'_>, id: MessageId, text: &str) -> Result<()> {
    let now = tx.now();
    tx.exec("UPDATE message SET text = $2, edited_at = $3 WHERE id = $1", params![id, text, now]).map(drop)
}

/// Empties a message. Its files belong to nobody from now on, and are collected with those that nobody attached.
pub(super) fn redact(tx: &mut Tx<'_>, id: MessageId, by: &str) -> Result<()> {
    let now = tx.now();
    tx.exec("DELETE FROM message_edit WHERE message_id = $1", params![id])?;
    tx.exec("UPDATE message SET text = '', redacted_at = $2, redacted_by = $3 WHERE id = $1", params![id, now, by])?;
    let files = tx.all("SELECT id, hash FROM file WHERE message_id = $1", params![id], |row| Ok((row.get::<FileId>("id")?, row.get::<String>("hash")?)))?;
    for (file, hash) in files {
        tx.exec("DELETE FROM draft_file WHERE file_id = $1", params![file])?;
        tx.exec(
            "UPDATE file SET message_id = NULL, is_public = FALSE, name = '', uploader = $2, created_at = $3 WHERE id = $1",
            params![file, uuid::Uuid::nil(), Moment(0)],
        )?;
        // One that is uploaded again meanwhile is referred to again, and stays.
        tx.exec("UPDATE blob SET created_at = $2 WHERE hash = $1", params![hash, Moment(0)])?;
    }
    Ok(())
}

/// Drafts that say just this, such as one on a device that was away when it was sent.
pub(super) fn forget_drafts(tx: &mut Tx<'_>, texts: &[String]) -> Result<()> {
    for text in texts {
        tx.exec("DELETE FROM draft WHERE text = $1", params![text])?;
    }
    Ok(())
}

/// The change of a message has its place in the log now.
pub fn place(tx: &mut Tx<'_>, id: MessageId, position: Position) -> Result<()> {
    tx.exec("UPDATE message SET changed_position = $2 WHERE id = $1", params![id, position]).map(drop)
}
