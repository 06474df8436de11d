//! SQL of links.

use platform::{
    params,
    store::{Result, Tx},
};

use super::model::{ConversationLink, ConversationLinkKind};
use crate::{
    ids::{AgentId, ConversationId, LinkId},
    viewer::Viewer,
};

/// The links of a conversation the caller has loaded through the viewer, to those the viewer may see; not to its own parts.
pub(super) fn links(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId) -> Result<Vec<ConversationLink>> {
    let (all, who) = viewer.sight();
    tx.all(
        concat!(
            "SELECT l.id, l.kind, l.from_id, l.linked_by, l.linked_at, c.id AS conversation_id, c.number, c.subject, c.status
             FROM conversation_link l JOIN conversation c ON c.id = CASE WHEN l.from_id = $3 THEN l.to_id ELSE l.from_id END
             WHERE (l.from_id = $3 OR l.to_id = $3) AND (c.merged_into IS NULL OR c.merged_into <> $3) AND ",
            crate::visible!("c"),
            " ORDER BY l.linked_at, l.id"
        ),
        params![all, who, id],
        |row| {
            Ok(ConversationLink {
                id: row.get("id")?,
                kind: row.get("kind")?,
                outward: row.get::<ConversationId>("from_id")? == id,
                conversation_id: row.get("conversation_id")?,
                number: row.get("number")?,
                subject: row.get("subject")?,
                status: row.get("status")?,
                linked_by: row.get("linked_by")?,
                linked_at: row.get("linked_at")?,
            })
        },
    )
}

pub(super) fn count(tx: &mut Tx<'_>, id: ConversationId) -> Result<i64> {
    tx.one("SELECT count(*) AS n FROM conversation_link WHERE from_id = $1 OR to_id = $1", params![id], |row| row.get("n"))
}

/// The same link, from either side where it has none.
pub(super) fn find(tx: &mut Tx<'_>, from: ConversationId, to: ConversationId, kind: ConversationLinkKind) -> Result<Option<LinkId>> {
    tx.opt(
        "SELECT id FROM conversation_link WHERE kind = $3 AND ((from_id = $1 AND to_id = $2) OR ($3 = 'related' AND from_id = $2 AND to_id = $1))",
        params![from, to, kind],
        |row| row.get("id"),
    )
}

pub(super) fn insert(tx: &mut Tx<'_>, id: LinkId, from: ConversationId, to: ConversationId, kind: ConversationLinkKind, by: Option<AgentId>) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "INSERT INTO conversation_link (id, from_id, to_id, kind, linked_by, linked_at) VALUES ($1, $2, $3, $4, $5, $6)",
        params![id, from, to, kind, by, now],
    )
    .map(drop)
}

pub(super) fn remove(tx: &mut Tx<'_>, id: LinkId) -> Result<()> {
    tx.exec("DELETE FROM conversation_link WHERE id = $1", params![id]).map(drop)
}
