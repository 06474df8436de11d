//! SQL of what lies around a conversation: who takes part in it and has read what, whose it is, how long its customer waited.

use std::time::Duration;

use platform::{
    clock::Moment,
    params,
    store::{Result, Tx},
};

use crate::{
    ids::{AgentId, BrandId, ContactId, ConversationId, InboxId, VisitorId},
    viewer::Scope,
};

/// A visitor takes part in a conversation.
/// One that had left, because what it came with was taken apart again, hears what comes after `seq`.
pub(super) fn add_visitor(tx: &mut Tx<'_>, conversation: ConversationId, visitor: VisitorId, seq: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO conversation_visitor (conversation_id, visitor_id) VALUES ($1, $2) ON CONFLICT (visitor_id, conversation_id)
         DO UPDATE SET from_seq = $3, until_seq = 9223372036854775807, came_with = NULL WHERE conversation_visitor.until_seq < 9223372036854775807",
        params![conversation, visitor, seq],
    )
    .map(drop)
}

/// The sessions that take part in a conversation now.
pub fn visitors(tx: &mut Tx<'_>, conversation: ConversationId) -> Result<Vec<VisitorId>> {
    tx.all("SELECT visitor_id FROM conversation_visitor WHERE conversation_id = $1 AND until_seq = 9223372036854775807", params![conversation], |row| {
        row.get("visitor_id")
    })
}

/// The sessions to which the reply of this number was given.
pub fn visitors_told(tx: &mut Tx<'_>, conversation: ConversationId, seq: i64) -> Result<Vec<VisitorId>> {
    tx.all("SELECT visitor_id FROM conversation_visitor WHERE conversation_id = $1 AND from_seq < $2 AND until_seq >= $2", params![conversation, seq], |row| {
        row.get("visitor_id")
    })
}

/// The conversation a session is in now.
pub fn current_of_visitor(tx: &mut Tx<'_>, visitor: VisitorId, contact: Option<ContactId>, brand: BrandId) -> Result<Option<ConversationId>> {
    tx.opt(
        "SELECT c.id FROM conversation c WHERE c.brand_id = $3 AND c.merged_into IS NULL AND (c.contact_id = $2 OR c.id IN
           (SELECT v.conversation_id FROM conversation_visitor v WHERE v.visitor_id = $1 AND v.until_seq = 9223372036854775807))
         ORDER BY c.last_activity_at DESC, c.id DESC LIMIT 1",
        params![visitor, contact, brand],
        |row| row.get("id"),
    )
}

/// What has become a part of a conversation.
pub fn parts(tx: &mut Tx<'_>, id: ConversationId) -> Result<Vec<ConversationId>> {
    tx.all("SELECT id FROM conversation WHERE merged_into = $1 ORDER BY id", params![id], |row| row.get("id"))
}

/// The conversations a session takes part in.
pub fn joined_by(tx: &mut Tx<'_>, visitor: VisitorId) -> Result<Vec<ConversationId>> {
    tx.all("SELECT conversation_id FROM conversation_visitor WHERE visitor_id = $1", params![visitor], |row| row.get("conversation_id"))
}

/// The conversations a visitor's session may see: its own, and with `contact` (a signed session) all of that contact.
pub fn conversations_of_visitor(tx: &mut Tx<'_>, visitor: VisitorId, contact: Option<ContactId>, brand: BrandId) -> Result<Vec<ConversationId>> {
    tx.all(
        "SELECT c.id FROM conversation c WHERE c.brand_id = $3 AND (c.id IN (SELECT v.conversation_id FROM conversation_visitor v WHERE v.visitor_id = $1) OR c.contact_id = $2)
         ORDER BY c.last_activity_at DESC LIMIT 50",
        params![visitor, contact, brand],
        |row| row.get("id"),
    )
}

/// Up to where the team has read a conversation the caller has let the visitor see.
pub fn team_read_seq(tx: &mut Tx<'_>, id: ConversationId) -> Result<i64> {
    tx.one("SELECT team_read_seq FROM conversation WHERE id = $1", params![id], |row| row.get("team_read_seq"))
}

/// An agent takes part from now on; `is_open` is whether the conversation is not resolved.
pub(super) fn participate(tx: &mut Tx<'_>, conversation: ConversationId, agent: AgentId, is_open: bool) -> Result<()> {
    tx.exec(
        "INSERT INTO conversation_participant (conversation_id, agent_id, is_open) VALUES ($1, $2, $3) ON CONFLICT (agent_id, conversation_id) DO NOTHING",
        params![conversation, agent, is_open],
    )
    .map(drop)
}

/// Who takes part.
pub(super) fn participants(tx: &mut Tx<'_>, conversation: ConversationId) -> Result<Vec<AgentId>> {
    tx.all("SELECT agent_id FROM conversation_participant WHERE conversation_id = $1 ORDER BY agent_id", params![conversation], |row| row.get("agent_id"))
}

/// An agent takes part no more.
pub(super) fn leave(tx: &mut Tx<'_>, conversation: ConversationId, agent: AgentId) -> Result<()> {
    tx.exec("DELETE FROM conversation_participant WHERE conversation_id = $1 AND agent_id = $2", params![conversation, agent]).map(drop)
}

pub(super) fn set_read_count(tx: &mut Tx<'_>, agent: AgentId, conversation: ConversationId, read_count: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO conversation_read (agent_id, conversation_id, read_count) VALUES ($1, $2, $3) ON CONFLICT (agent_id, conversation_id) DO UPDATE SET read_count = excluded.read_count",
        params![agent, conversation, read_count],
    ).map(drop)
}

/// The scopes of a contact's conversations: who sees one of them sees the contact.
pub fn scopes_of_contact(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<Scope>> {
    tx.all("SELECT DISTINCT brand_id, location_id, team_id, inbox_id FROM conversation WHERE contact_id = $1", params![contact], |row| {
        Ok(Scope { brand_id: row.get("brand_id")?, location_id: row.get("location_id")?, team_id: row.get("team_id")?, inbox_id: row.get("inbox_id")? })
    })
}

/// The conversations of a contact, for moving them to another.
pub(super) fn ids_of_contact(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<ConversationId>> {
    tx.all("SELECT id FROM conversation WHERE contact_id = $1", params![contact], |row| row.get("id"))
}

/// What a conversation is a part of, and its own parts.
pub(super) fn made_one_with(tx: &mut Tx<'_>, id: ConversationId) -> Result<Vec<ConversationId>> {
    tx.all(
        "SELECT c.merged_into AS other_id FROM conversation c WHERE c.id = $1 AND c.merged_into IS NOT NULL UNION ALL SELECT p.id AS other_id FROM conversation p WHERE p.merged_into = $1",
        params![id],
        |row| row.get("other_id"),
    )
}

pub(super) fn insert_answer_time(tx: &mut Tx<'_>, conversation: ConversationId, inbox: InboxId, at: Moment, seconds: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO answer_time (conversation_id, inbox_id, answered_at, seconds) VALUES ($1, $2, $3, $4) ON CONFLICT (conversation_id) DO NOTHING",
        params![conversation, inbox, at, seconds],
    )
    .map(drop)
}

/// The median first answer of an inbox over 28 days, in seconds, and over how many it was measured (at most the newest 500).
pub fn expected_wait(tx: &mut Tx<'_>, inbox: InboxId) -> Result<(Option<i64>, i64)> {
    let since = tx.now().minus(Duration::from_secs(28 * 86_400));
    let mut seconds: Vec<i64> =
        tx.all("SELECT seconds FROM answer_time WHERE inbox_id = $1 AND answered_at > $2 ORDER BY answered_at DESC LIMIT 500", params![inbox, since], |row| {
            row.get("seconds")
        })?;
    seconds.sort_unstable();
    Ok((seconds.get(seconds.len() / 2).copied().filter(|_| seconds.len() >= 5), seconds.len() as i64))
}
