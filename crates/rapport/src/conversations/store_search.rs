//! SQL of conversations as search needs them: what is written in them, how they stand, and what was found, as far as the viewer may see it.

use platform::{
    clock::Moment,
    params,
    store::{Json, Result, Row, Tx},
};

use super::model::{MessageKind, Status};
use crate::{
    ids::{AgentId, BrandId, ContactId, ConversationId, MessageId},
    viewer::{Scope, Viewer},
};

/// A message as search reads it.
#[derive(Clone, Debug)]
pub struct Searched {
    /// Names it.
    pub id: MessageId,
    /// Where it stands.
    pub conversation_id: ConversationId,
    /// Its number there.
    pub seq: i64,
    /// What it is.
    pub kind: MessageKind,
    /// What it says.
    pub text: String,
    /// When it was written.
    pub created_at: Moment,
}

macro_rules! searched {
    ($rest:literal) => {
        concat!("SELECT m.id, m.conversation_id, m.seq, m.kind, m.text, m.created_at FROM message m WHERE m.kind <> 'system' AND ", $rest)
    };
}

fn read_searched(row: &Row<'_>) -> Result<Searched> {
    Ok(Searched {
        id: row.get("id")?,
        conversation_id: row.get("conversation_id")?,
        seq: row.get("seq")?,
        kind: row.get("kind")?,
        text: row.get("text")?,
        created_at: row.get("created_at")?,
    })
}

/// Every message after one, by their ids.
pub fn searched_after(tx: &mut Tx<'_>, after: MessageId, limit: i64) -> Result<Vec<Searched>> {
    tx.all(searched!("m.id > $1 ORDER BY m.id LIMIT $2"), params![after, limit], read_searched)
}

/// Every message of a conversation.
pub fn searched_in(tx: &mut Tx<'_>, conversation: ConversationId) -> Result<Vec<Searched>> {
    tx.all(searched!("m.conversation_id = $1 ORDER BY m.seq"), params![conversation], read_searched)
}

/// One message, unless it is a line of the system.
pub fn searched(tx: &mut Tx<'_>, id: MessageId) -> Result<Option<Searched>> {
    tx.opt(searched!("m.id = $1"), params![id], read_searched)
}

/// How a conversation stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// What rights are granted over.
    pub scope: Scope,
    /// Whose it is.
    pub assignee_id: Option<AgentId>,
    /// Where it stands.
    pub status: Status,
    /// Its tags.
    pub tags: Vec<String>,
    /// What it is about.
    pub subject: String,
    /// When it began.
    pub created_at: Moment,
}

/// How a conversation stands now; none when it is gone.
pub fn standing(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<Standing>> {
    tx.opt(
        "SELECT brand_id, location_id, team_id, inbox_id, assignee_id, status, tags, subject, created_at FROM conversation WHERE id = $1",
        params![id],
        |row| {
            Ok(Standing {
                scope: Scope {
                    brand_id: row.get("brand_id")?,
                    location_id: row.get("location_id")?,
                    team_id: row.get("team_id")?,
                    inbox_id: row.get("inbox_id")?,
                },
                assignee_id: row.get("assignee_id")?,
                status: row.get("status")?,
                tags: row.get::<Json<_>>("tags")?.0,
                subject: row.get("subject")?,
                created_at: row.get("created_at")?,
            })
        },
    )
}

/// A message or a conversation that was found.
#[derive(Clone, Debug)]
pub struct FoundItem {
    /// The conversation.
    pub conversation_id: ConversationId,
    /// Its case number.
    pub number: i64,
    /// What it is about.
    pub subject: String,
    /// Of which brand.
    pub brand_id: BrandId,
    /// The customer.
    pub contact_id: ContactId,
    /// Their name.
    pub contact_name: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// Whose it is.
    pub assignee_id: Option<AgentId>,
    /// Its tags.
    pub tags: Vec<String>,
    /// When it was said, or began.
    pub created_at: Moment,
}

/// What was said.
#[derive(Clone, Debug)]
pub struct FoundMessage {
    /// Names it.
    pub id: MessageId,
    /// Where it stands.
    pub item: FoundItem,
    /// Its number there.
    pub seq: i64,
    /// What it is.
    pub kind: MessageKind,
    /// Who said it.
    pub author_name: Option<String>,
    /// What it says.
    pub text: String,
}

macro_rules! found {
    ($columns:literal, $from:literal) => {
        concat!(
            "SELECT c.id AS conversation_id, c.number, c.subject, c.brand_id, c.contact_id, p.name AS contact_name, c.status, c.assignee_id, c.tags, ",
            $columns,
            " FROM ",
            $from,
            " AND ",
            crate::visible!("c")
        )
    };
}

fn read_item(row: &Row<'_>) -> Result<FoundItem> {
    Ok(FoundItem {
        conversation_id: row.get("conversation_id")?,
        number: row.get("number")?,
        subject: row.get("subject")?,
        brand_id: row.get("brand_id")?,
        contact_id: row.get("contact_id")?,
        contact_name: row.get("contact_name")?,
        status: row.get("status")?,
        assignee_id: row.get("assignee_id")?,
        tags: row.get::<Json<_>>("tags")?.0,
        created_at: row.get("created_at")?,
    })
}

/// A message, if the viewer may see it.
pub fn found_message(tx: &mut Tx<'_>, viewer: &Viewer, id: MessageId) -> Result<Option<FoundMessage>> {
    let (all, who) = viewer.sight();
    tx.opt(
        found!(
            "m.id, m.seq, m.kind, m.author_name, m.text, m.created_at",
            "message m JOIN conversation c ON c.id = m.conversation_id JOIN contact p ON p.id = c.contact_id WHERE m.id = $3"
        ),
        params![all, who, id],
        |row| {
            Ok(FoundMessage {
                id: row.get("id")?,
                item: read_item(row)?,
                seq: row.get("seq")?,
                kind: row.get("kind")?,
                author_name: row.get("author_name")?,
                text: row.get("text")?,
            })
        },
    )
}

/// A conversation, if the viewer may see it.
pub fn found_conversation(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId) -> Result<Option<FoundItem>> {
    let (all, who) = viewer.sight();
    tx.opt(found!("c.created_at", "conversation c JOIN contact p ON p.id = c.contact_id WHERE c.id = $3"), params![all, who, id], read_item)
}

/// The conversations with a case number, as far as the viewer may see them.
pub fn found_by_number(tx: &mut Tx<'_>, viewer: &Viewer, number: i64) -> Result<Vec<FoundItem>> {
    let (all, who) = viewer.sight();
    tx.all(found!("c.created_at", "conversation c JOIN contact p ON p.id = c.contact_id WHERE c.number = $3"), params![all, who, number], read_item)
}
