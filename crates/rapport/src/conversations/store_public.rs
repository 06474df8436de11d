//! SQL of conversations as the customer sees them: what was said in public, and nothing that is the team's.

use platform::{
    clock::Moment,
    events::ActorKind,
    params,
    store::{Result, Tx},
};

use super::{
    model::{MessageKind, Status},
    receive::preview,
};
use crate::ids::{BrandId, ContactId, ConversationId, VisitorId};

/// A conversation, as the customer may know it.
#[derive(Clone, Debug)]
pub struct PublicConversation {
    /// Names it.
    pub id: ConversationId,
    /// Whether the team has finished with it.
    pub is_resolved: bool,
    /// What the newest public message is: `inbound` or `reply`.
    pub kind: MessageKind,
    /// Who said it.
    pub author_kind: ActorKind,
    /// Their name then.
    pub author_name: Option<String>,
    /// Whether that was removed for good.
    pub is_redacted: bool,
    /// Its text on one line, shortened.
    pub text: String,
    /// How many files it has.
    pub files: i64,
    /// When it was said.
    pub said_at: Moment,
    /// How many replies the customer has not read.
    pub unread: i64,
}

/// The conversations a session may see, newest public message first, before a place in that order. `signed` sessions see all of `contact`
/// and every message; others what they take part in, what they wrote themselves, and the replies.
pub fn public_conversations(
    tx: &mut Tx<'_>,
    visitor: VisitorId,
    contact: Option<ContactId>,
    brand: BrandId,
    before: Option<(Moment, ConversationId)>,
    limit: i64,
) -> Result<Vec<PublicConversation>> {
    let (at, id) = before.unwrap_or((Moment(i64::MAX), ConversationId(uuid::Uuid::max())));
    tx.all(
        // The newest message the session may see decides about place and time: an internal note moves nothing.
        // What was merged into a conversation is a part of it: listed with it, not beside it.
        "SELECT c.id, c.status, m.kind, m.author_kind, m.author_name, m.text, m.redacted_at, m.created_at AS said_at,
           (SELECT count(*) FROM file f WHERE f.message_id = m.id) AS files,
           (SELECT count(*) FROM conversation y JOIN message r ON r.conversation_id = y.id
            WHERE (y.id = c.id OR y.merged_into = c.id) AND r.kind = 'reply' AND r.seq > y.customer_read_seq
              AND ($4 OR EXISTS (SELECT 1 FROM conversation_visitor v WHERE v.visitor_id = $1 AND v.conversation_id = y.id AND r.seq > v.from_seq AND r.seq <= v.until_seq))) AS unread
         FROM conversation c JOIN message m ON m.id =
           (SELECT x.id FROM conversation y JOIN message x ON x.conversation_id = y.id
            WHERE (y.id = c.id OR y.merged_into = c.id) AND x.seq =
              (SELECT z.seq FROM message z WHERE z.conversation_id = y.id AND z.kind IN ('inbound', 'reply') AND ($4 OR z.visitor_id = $1 OR (z.kind = 'reply' AND EXISTS
                (SELECT 1 FROM conversation_visitor v WHERE v.visitor_id = $1 AND v.conversation_id = y.id AND z.seq > v.from_seq AND z.seq <= v.until_seq)))
               ORDER BY z.seq DESC LIMIT 1)
            ORDER BY x.created_at DESC, x.id DESC LIMIT 1)
         WHERE c.brand_id = $3 AND c.merged_into IS NULL
           AND (c.id IN (SELECT v.conversation_id FROM conversation_visitor v WHERE v.visitor_id = $1 AND v.until_seq = 9223372036854775807) OR c.contact_id = $2)
           AND (m.created_at < $5 OR (m.created_at = $5 AND c.id < $6))
         ORDER BY m.created_at DESC, c.id DESC LIMIT $7",
        params![visitor, contact, brand, contact.is_some(), at, id, limit],
        |row| {
            Ok(PublicConversation {
                id: row.get("id")?,
                is_resolved: row.get::<Status>("status")? == Status::Resolved,
                kind: row.get("kind")?,
                author_kind: row.get("author_kind")?,
                author_name: row.get("author_name")?,
                is_redacted: row.get::<Option<Moment>>("redacted_at")?.is_some(),
                text: preview(&row.get::<String>("text")?),
                files: row.get("files")?,
                said_at: row.get("said_at")?,
                unread: row.get("unread")?,
            })
        },
    )
}

/// The parts among what a session may see, each with the conversation it has become a part of.
pub fn parts_of_visitor(tx: &mut Tx<'_>, visitor: VisitorId, contact: Option<ContactId>, brand: BrandId) -> Result<Vec<(ConversationId, ConversationId)>> {
    tx.all(
        "SELECT c.id, c.merged_into FROM conversation c WHERE c.brand_id = $3 AND c.merged_into IS NOT NULL
           AND (c.id IN (SELECT v.conversation_id FROM conversation_visitor v WHERE v.visitor_id = $1) OR c.contact_id = $2) LIMIT 500",
        params![visitor, contact, brand],
        |row| Ok((row.get("id")?, row.get("merged_into")?)),
    )
}

/// Finds a conversation for a session that may see it; for anybody else it is not there.
pub fn conversation_of_visitor(tx: &mut Tx<'_>, id: ConversationId, visitor: VisitorId, contact: Option<ContactId>, brand: BrandId) -> Result<ConversationId> {
    tx.one(
        "SELECT c.id FROM conversation c WHERE c.id = $4 AND c.brand_id = $3
           AND (c.contact_id = $2 OR EXISTS (SELECT 1 FROM conversation_visitor v WHERE v.visitor_id = $1 AND v.conversation_id = c.id))",
        params![visitor, contact, brand, id],
        |row| row.get("id"),
    )
}
