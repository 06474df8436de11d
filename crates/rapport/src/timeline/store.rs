//! SQL of the timeline.

use platform::{
    clock::Moment,
    params,
    store::{Json, JsonText, Result, Tx},
};
use serde_json::Value;
use uuid::Uuid;

use super::http::Entry;
use crate::ids::{ContactId, ConversationId, EntryId, NoteId};

/// Adds an entry.
#[expect(clippy::too_many_arguments, reason = "the columns of the row")]
pub fn insert_entry(
    tx: &mut Tx<'_>,
    contact: ContactId,
    at: Moment,
    kind: &str,
    conversation: Option<ConversationId>,
    note: Option<NoteId>,
    title: Option<&str>,
    detail: Option<&JsonText>,
) -> Result<EntryId> {
    let id = tx.id::<EntryId>();
    tx.exec(
        "INSERT INTO timeline_entry (id, contact_id, at, type, conversation_id, note_id, title, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![id, contact, at, kind, conversation, note, title, detail.cloned()],
    )?;
    Ok(id)
}

pub(super) fn remove_note(tx: &mut Tx<'_>, note: Uuid) -> Result<()> {
    tx.exec("DELETE FROM timeline_entry WHERE note_id = $1", params![note]).map(drop)
}

/// Moves the entries of one contact to another; those moved.
pub(super) fn move_entries(tx: &mut Tx<'_>, from: ContactId, into: ContactId) -> Result<Vec<Uuid>> {
    tx.all("UPDATE timeline_entry SET contact_id = $2 WHERE contact_id = $1 RETURNING id", params![from, into], |row| row.get("id"))
}

pub(super) fn return_entry(tx: &mut Tx<'_>, id: Uuid, into: ContactId, from: ContactId) -> Result<()> {
    tx.exec("UPDATE timeline_entry SET contact_id = $3 WHERE id = $1 AND contact_id = $2", params![id, into, from]).map(drop)
}

pub(super) fn remove_entry(tx: &mut Tx<'_>, id: Uuid) -> Result<()> {
    tx.exec("DELETE FROM timeline_entry WHERE id = $1", params![id]).map(drop)
}

/// Entries before a place, newest first. The caller has loaded the contact through the viewer; conversations the viewer may not
/// see are left out.
pub(super) fn entries(tx: &mut Tx<'_>, sight: (bool, Uuid), contact: ContactId, before: (Moment, Uuid), limit: i64) -> Result<Vec<Entry>> {
    tx.all(
        concat!(
            "SELECT t.id, t.at, t.type, t.conversation_id, t.title, t.detail, c.subject, c.status, c.preview_text, n.text AS note_text
             FROM timeline_entry t LEFT JOIN conversation c ON c.id = t.conversation_id LEFT JOIN contact_note n ON n.id = t.note_id
             WHERE t.contact_id = $3 AND (t.at, t.id) < ($4, $5) AND (t.conversation_id IS NULL OR ",
            crate::visible!("c"),
            ") ORDER BY t.at DESC, t.id DESC LIMIT $6"
        ),
        params![sight.0, sight.1, contact, before.0, before.1, limit],
        |row| {
            let note: Option<String> = row.get("note_text")?;
            let preview: Option<String> = row.get("preview_text")?;
            let (title, subject): (Option<String>, Option<String>) = (row.get("title")?, row.get("subject")?);
            Ok(Entry {
                id: row.get::<Uuid>("id")?,
                kind: row.get("type")?,
                at: row.get("at")?,
                conversation_id: row.get("conversation_id")?,
                title: title.or(subject),
                text: note.or(preview),
                url: None,
                status: row.get("status")?,
                properties: row.get::<Option<Json<Value>>>("detail")?.map(|detail| detail.0),
            })
        },
    )
}

/// Pages the contact's sessions were seen on, newest first.
pub(super) fn pages(tx: &mut Tx<'_>, contact: ContactId, before: (Moment, Uuid), limit: i64) -> Result<Vec<Entry>> {
    tx.all(
        "SELECT s.id, s.at, s.what, s.title FROM webchat_session w JOIN sighting s ON s.who = w.visitor_id
         WHERE w.contact_id = $1 AND s.kind = 'page' AND (s.at, s.id) < ($2, $3) ORDER BY s.at DESC, s.id DESC LIMIT $4",
        params![contact, before.0, before.1, limit],
        |row| {
            Ok(Entry {
                id: row.get("id")?,
                kind: "page".into(),
                at: row.get("at")?,
                conversation_id: None,
                title: row.get("title")?,
                text: None,
                url: row.get("what")?,
                status: None,
                properties: None,
            })
        },
    )
}
