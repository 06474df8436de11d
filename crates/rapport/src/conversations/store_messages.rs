//! SQL of messages.

use std::collections::HashMap;

use platform::{
    clock::Moment,
    events::Position,
    params,
    store::{Error, Json, JsonText, Result, Row, Tx},
};

use super::edits::Redacted;
use super::model::{Attachment, Author, Delivery, Message, MessageKind, SystemLine};
use crate::{
    ids::{AgentId, ContactId, ConversationId, FileId, IdentityId, InboxId, MessageId, TeamId, VisitorId},
    people::contacts::Verification,
};

/// A message about to be written.
#[derive(Clone, Debug)]
pub(super) struct NewMessage<'a> {
    pub(super) id: MessageId,
    pub(super) conversation_id: ConversationId,
    pub(super) seq: i64,
    /// Its place in the log; none where it is given after the commit.
    pub(super) position: Option<Position>,
    pub(super) kind: MessageKind,
    pub(super) author: Author,
    pub(super) text: &'a str,
    pub(super) system: Option<SystemLine>,
    pub(super) channel: &'a str,
    pub(super) inbox_id: InboxId,
    pub(super) identity_id: Option<IdentityId>,
    pub(super) visitor_id: Option<VisitorId>,
    pub(super) verification: Option<Verification>,
    pub(super) delivery: Option<Delivery>,
    pub(super) key: Option<&'a str>,
}

pub(super) fn insert(tx: &mut Tx<'_>, new: &NewMessage<'_>) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "INSERT INTO message (id, conversation_id, seq, position, kind, author_kind, author_id, author_name, text, detail, channel, inbox_id, identity_id, visitor_id, verification, delivery,
           client_key, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        params![new.id, new.conversation_id, new.seq, new.position, new.kind, new.author.kind, new.author.id, new.author.name, new.text, new.system.as_ref().map(JsonText::of), new.channel,
                new.inbox_id, new.identity_id, new.visitor_id, new.verification, new.delivery, new.key, now],
    ).map(drop)
}

macro_rules! columns {
    () => {
        "m.id, m.conversation_id, m.seq, m.kind, m.author_kind, m.author_id, m.author_name, m.text, m.detail, m.channel, m.inbox_id, m.identity_id, m.delivery, m.verification,
         m.client_key, m.created_at, m.edited_at, m.redacted_at, m.redacted_by"
    };
}

fn read_message(row: &Row<'_>) -> Result<Message> {
    Ok(Message {
        id: row.get("id")?,
        conversation_id: row.get("conversation_id")?,
        seq: row.get("seq")?,
        kind: row.get("kind")?,
        author: Author { kind: row.get("author_kind")?, id: row.get("author_id")?, name: row.get("author_name")? },
        text: row.get("text")?,
        system: row.get::<Option<Json<_>>>("detail")?.map(|detail| detail.0),
        channel: row.get("channel")?,
        inbox_id: row.get("inbox_id")?,
        identity_id: row.get("identity_id")?,
        delivery: row.get("delivery")?,
        verification: row.get("verification")?,
        key: row.get("client_key")?,
        created_at: row.get("created_at")?,
        edited_at: row.get("edited_at")?,
        redacted: row.get::<Option<Moment>>("redacted_at")?.map(|at| Ok::<_, Error>(Redacted { by: row.get("redacted_by")?, at })).transpose()?,
        mentions: Vec::new(),
        team_mentions: Vec::new(),
        attachments: Vec::new(),
    })
}

/// Messages before `before` (newest first). The caller has loaded the conversation through the viewer.
pub(super) fn before(tx: &mut Tx<'_>, conversation: ConversationId, before: i64, limit: i64) -> Result<Vec<Message>> {
    let messages = tx.all(
        concat!("SELECT ", columns!(), " FROM message m WHERE m.conversation_id = $1 AND m.seq < $2 ORDER BY m.seq DESC LIMIT $3"),
        params![conversation, before, limit],
        read_message,
    )?;
    complete(tx, messages)
}

/// Messages after `after` (oldest first).
pub(super) fn after(tx: &mut Tx<'_>, conversation: ConversationId, after: i64, limit: i64) -> Result<Vec<Message>> {
    let messages = tx.all(
        concat!("SELECT ", columns!(), " FROM message m WHERE m.conversation_id = $1 AND m.seq > $2 ORDER BY m.seq LIMIT $3"),
        params![conversation, after, limit],
        read_message,
    )?;
    complete(tx, messages)
}

/// One message by its number.
pub(super) fn at(tx: &mut Tx<'_>, conversation: ConversationId, seq: i64) -> Result<Message> {
    find_at(tx, conversation, seq)?.ok_or(Error::NotFound)
}

/// The same, unless it has gone to another conversation.
pub(super) fn find_at(tx: &mut Tx<'_>, conversation: ConversationId, seq: i64) -> Result<Option<Message>> {
    let message =
        tx.opt(concat!("SELECT ", columns!(), " FROM message m WHERE m.conversation_id = $1 AND m.seq = $2"), params![conversation, seq], read_message)?;
    Ok(complete(tx, message.into_iter().collect())?.pop())
}

/// The newest reply of somebody other than `agent` after `seq`.
pub(super) fn reply_of_another(tx: &mut Tx<'_>, conversation: ConversationId, seq: i64, agent: AgentId) -> Result<Option<Message>> {
    tx.opt(
        concat!("SELECT ", columns!(), " FROM message m WHERE m.conversation_id = $1 AND m.seq > $2 AND m.kind = 'reply' AND (m.author_id IS NULL OR m.author_id <> $3) ORDER BY m.seq DESC LIMIT 1"),
        params![conversation, seq, agent],
        read_message,
    )
}

/// How many messages of the customer come after `seq`.
pub(super) fn inbound_after(tx: &mut Tx<'_>, conversation: ConversationId, seq: i64) -> Result<i64> {
    tx.one("SELECT count(*) AS n FROM message WHERE conversation_id = $1 AND seq > $2 AND kind = 'inbound'", params![conversation, seq], |row| row.get("n"))
}

/// Replies up to `seq` have come as far as `delivery`; none goes back. How many changed.
pub(super) fn advance_delivery(tx: &mut Tx<'_>, conversation: ConversationId, after: i64, seq: i64, delivery: Delivery) -> Result<u64> {
    match delivery {
        Delivery::Read => tx.exec(
            "UPDATE message SET delivery = 'read' WHERE conversation_id = $1 AND seq > $2 AND seq <= $3 AND kind = 'reply' AND delivery IN ('sent', 'delivered')",
            params![conversation, after, seq],
        ),
        _ => tx.exec(
            "UPDATE message SET delivery = 'delivered' WHERE conversation_id = $1 AND seq > $2 AND seq <= $3 AND kind = 'reply' AND delivery = 'sent'",
            params![conversation, after, seq],
        ),
    }
}

pub(super) fn mention(tx: &mut Tx<'_>, message: MessageId, conversation: ConversationId, agent: AgentId, is_open: bool) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "INSERT INTO mention (message_id, agent_id, conversation_id, mentioned_at, is_open) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (message_id, agent_id) DO NOTHING",
        params![message, agent, conversation, now, is_open],
    )
    .map(drop)
}

pub(super) fn mention_team(tx: &mut Tx<'_>, message: MessageId, team: TeamId) -> Result<()> {
    tx.exec("INSERT INTO team_mention (message_id, team_id) VALUES ($1, $2) ON CONFLICT (message_id, team_id) DO NOTHING", params![message, team]).map(drop)
}

/// A message has its place in the log now.
pub(super) fn place(tx: &mut Tx<'_>, message: MessageId, position: Position) -> Result<()> {
    tx.exec("UPDATE message SET position = $2 WHERE id = $1", params![message, position]).map(drop)
}

/// A message as the customer sees it, with its place in the log.
#[derive(Clone, Debug)]
pub struct Public {
    /// The message; notes and system lines never get here.
    pub message: Message,
    /// Which session wrote it, if a visitor did.
    pub visitor_id: Option<VisitorId>,
    /// Its place in the log: what a chat resumes by. None for what was written a moment ago, where places are given after the commit.
    pub position: Option<Position>,
}

/// Which part of a conversation is wanted, by places in the log.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// Later than this.
    pub after: Position,
    /// Earlier than this.
    pub before: Position,
    /// From the end backwards.
    pub newest_first: bool,
    /// At most so many.
    pub limit: i64,
}

/// Messages of `conversation` a session may see, in a stretch of the log; what has no place yet stands at its end. `signed` sessions see every
/// session's messages, others what they wrote themselves and the replies given while they took part.
pub fn public_messages(tx: &mut Tx<'_>, conversation: ConversationId, visitor: VisitorId, signed: bool, stretch: &Stretch) -> Result<Vec<Public>> {
    let Stretch { after, before, newest_first, limit } = *stretch;
    let sql = if newest_first {
        concat!(
            "SELECT ",
            columns!(),
            ", m.visitor_id, m.position FROM message m WHERE m.conversation_id = $1 AND m.kind IN ('inbound', 'reply') AND COALESCE(m.position, 9223372036854775806) > $4 AND COALESCE(m.position, 9223372036854775806) < $5
          AND ($3 OR m.visitor_id = $2 OR (m.kind = 'reply' AND EXISTS
            (SELECT 1 FROM conversation_visitor v WHERE v.visitor_id = $2 AND v.conversation_id = $1 AND m.seq > v.from_seq AND m.seq <= v.until_seq))) ORDER BY m.seq DESC LIMIT $6"
        )
    } else {
        concat!(
            "SELECT ",
            columns!(),
            ", m.visitor_id, m.position FROM message m WHERE m.conversation_id = $1 AND m.kind IN ('inbound', 'reply') AND COALESCE(m.position, 9223372036854775806) > $4 AND COALESCE(m.position, 9223372036854775806) < $5
          AND ($3 OR m.visitor_id = $2 OR (m.kind = 'reply' AND EXISTS
            (SELECT 1 FROM conversation_visitor v WHERE v.visitor_id = $2 AND v.conversation_id = $1 AND m.seq > v.from_seq AND m.seq <= v.until_seq))) ORDER BY m.seq LIMIT $6"
        )
    };
    let found = tx.all(sql, params![conversation, visitor, signed, after, before, limit], |row| {
        Ok(Public { message: read_message(row)?, visitor_id: row.get("visitor_id")?, position: row.get("position")? })
    })?;
    completed(tx, found)
}

fn completed(tx: &mut Tx<'_>, mut found: Vec<Public>) -> Result<Vec<Public>> {
    let messages = complete(tx, found.iter().map(|public| public.message.clone()).collect())?;
    for (public, message) in found.iter_mut().zip(messages) {
        public.message = message;
    }
    Ok(found)
}

/// Messages up to a place in the log that were edited or redacted after it, as a session may see them.
pub fn public_changed(tx: &mut Tx<'_>, conversation: ConversationId, visitor: VisitorId, signed: bool, after: Position) -> Result<Vec<Public>> {
    let found = tx.all(
        concat!(
            "SELECT ",
            columns!(),
            ", m.visitor_id, m.position FROM message m WHERE m.conversation_id = $1 AND m.changed_position > $4 AND m.position <= $4 AND m.kind IN ('inbound', 'reply')
          AND ($3 OR m.visitor_id = $2 OR (m.kind = 'reply' AND EXISTS
            (SELECT 1 FROM conversation_visitor v WHERE v.visitor_id = $2 AND v.conversation_id = $1 AND m.seq > v.from_seq AND m.seq <= v.until_seq)))
          ORDER BY m.seq LIMIT 200"
        ),
        params![conversation, visitor, signed, after],
        |row| Ok(Public { message: read_message(row)?, visitor_id: row.get("visitor_id")?, position: row.get("position")? }),
    )?;
    completed(tx, found)
}

/// One message as the customer sees it.
pub fn public_at(tx: &mut Tx<'_>, conversation: ConversationId, seq: i64) -> Result<Option<Public>> {
    let found = tx.opt(
        concat!(
            "SELECT ",
            columns!(),
            ", m.visitor_id, m.position FROM message m WHERE m.conversation_id = $1 AND m.seq = $2 AND m.kind IN ('inbound', 'reply')"
        ),
        params![conversation, seq],
        |row| Ok(Public { message: read_message(row)?, visitor_id: row.get("visitor_id")?, position: row.get("position")? }),
    )?;
    let Some(mut public) = found else { return Ok(None) };
    public.message = complete(tx, vec![public.message])?.remove(0);
    Ok(Some(public))
}

/// Adds files and mentions, which few messages have: one statement each for the whole page.
fn complete(tx: &mut Tx<'_>, mut messages: Vec<Message>) -> Result<Vec<Message>> {
    let (Some(first), Some(last)) = (messages.iter().map(|message| message.seq).min(), messages.iter().map(|message| message.seq).max()) else {
        return Ok(messages);
    };
    let conversation = messages[0].conversation_id;
    let mut files: HashMap<MessageId, Vec<Attachment>> = HashMap::new();
    tx.each(
        "SELECT f.message_id, f.id, f.name, f.content_type, f.size_bytes FROM message m JOIN file f ON f.message_id = m.id WHERE m.conversation_id = $1 AND m.seq >= $2 AND m.seq <= $3 ORDER BY f.id",
        params![conversation, first, last],
        |row| {
            let id: FileId = row.get("id")?;
            let attachment = Attachment { id, name: row.get("name")?, content_type: row.get("content_type")?, size_bytes: row.get("size_bytes")?, url: format!("/api/v1/files/{id}") };
            files.entry(row.get("message_id")?).or_default().push(attachment);
            Ok(())
        },
    )?;
    let mut mentions: HashMap<MessageId, Vec<AgentId>> = HashMap::new();
    if messages.iter().any(|message| message.kind == MessageKind::Note) {
        tx.each(
            "SELECT n.message_id, n.agent_id FROM message m JOIN mention n ON n.message_id = m.id
             WHERE m.conversation_id = $1 AND m.seq >= $2 AND m.seq <= $3 AND m.kind = 'note' ORDER BY n.agent_id",
            params![conversation, first, last],
            |row| {
                mentions.entry(row.get("message_id")?).or_default().push(row.get("agent_id")?);
                Ok(())
            },
        )?;
    }
    let mut teams: HashMap<MessageId, Vec<TeamId>> = HashMap::new();
    if messages.iter().any(|message| message.kind == MessageKind::Note) {
        tx.each(
            "SELECT n.message_id, n.team_id FROM message m JOIN team_mention n ON n.message_id = m.id
             WHERE m.conversation_id = $1 AND m.seq >= $2 AND m.seq <= $3 AND m.kind = 'note' ORDER BY n.team_id",
            params![conversation, first, last],
            |row| {
                teams.entry(row.get("message_id")?).or_default().push(row.get("team_id")?);
                Ok(())
            },
        )?;
    }
    for message in &mut messages {
        message.team_mentions = teams.remove(&message.id).unwrap_or_default();
        message.attachments = files.remove(&message.id).unwrap_or_default();
        message.mentions = mentions.remove(&message.id).unwrap_or_default();
    }
    Ok(messages)
}

/// Whether an identity is one of the contact's.
pub(super) fn identity_belongs(tx: &mut Tx<'_>, identity: IdentityId, contact: ContactId) -> Result<bool> {
    Ok(tx.opt("SELECT 1 AS theirs FROM contact_identity WHERE id = $1 AND contact_id = $2", params![identity, contact], |_| Ok(()))?.is_some())
}
