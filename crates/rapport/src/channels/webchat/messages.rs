//! What a visitor says and reads.

use std::time::Duration;

use platform::{
    clock::Moment,
    events::ActorKind,
    store::Tx,
    web::{IdempotencyKey, Problem},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::session;
use crate::{
    check,
    conversations::{self, Attachment, Delivery, Inbound, MessageKind, Public, Redacted},
    cursor,
    desk::Desk,
    ids::{ConversationId, FileId, MessageId},
    viewer::Visitor,
};

/// The page a visitor writes from.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatPage {
    /// Its address.
    pub url: String,
    /// Its title.
    #[serde(default)]
    pub title: Option<String>,
}

/// What a visitor says.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// The text, at most 10,000 characters. May be empty with files.
    pub text: String,
    /// Files uploaded before.
    #[serde(default)]
    pub attachment_ids: Vec<FileId>,
    /// The page they are on.
    #[serde(default)]
    pub page: Option<ChatPage>,
}

/// A message that is durable.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Accepted {
    /// The message.
    pub id: MessageId,
    /// Its conversation.
    pub conversation_id: ConversationId,
    /// Its number there.
    pub seq: i64,
    /// When.
    pub created_at: Moment,
}

/// Who said something, as the customer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChatAuthor {
    /// What kind of somebody.
    pub kind: ActorKind,
    /// Their name.
    pub name: Option<String>,
}

/// A file, as the customer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChatFile {
    /// Names it.
    pub id: FileId,
    /// The name it was sent under.
    pub name: String,
    /// Its type.
    pub content_type: String,
    /// Its length in bytes.
    pub size_bytes: i64,
}

impl From<Attachment> for ChatFile {
    fn from(file: Attachment) -> ChatFile {
        ChatFile { id: file.id, name: file.name, content_type: file.content_type, size_bytes: file.size_bytes }
    }
}

/// A message, as the customer sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChatMessage {
    /// Names it.
    pub id: MessageId,
    /// Its conversation.
    pub conversation_id: ConversationId,
    /// Its number there; numbers in between belong to the team.
    pub seq: i64,
    /// `inbound` or `reply`.
    pub kind: MessageKind,
    /// Whether the customer wrote it.
    pub mine: bool,
    /// Who wrote it.
    pub author: ChatAuthor,
    /// What was said.
    pub text: String,
    /// Its files.
    pub attachments: Vec<ChatFile>,
    /// Of the customer's own: `sent`, or `read` by the team.
    pub delivery: Option<Delivery>,
    /// When.
    pub created_at: Moment,
    /// When the team last gave it another text.
    pub edited_at: Option<Moment>,
    /// Set when the team removed its text and files for good.
    pub redacted: Option<Redacted>,
    /// The customer's own key of it.
    pub key: Option<String>,
    /// Where a chat that has seen it resumes; none while it has no place in the log yet.
    pub cursor: Option<String>,
}

impl ChatMessage {
    /// A public message; `team_read_seq` tells which of the customer's the team has read.
    pub fn of(public: Public, team_read_seq: i64) -> ChatMessage {
        let message = public.message;
        let mine = message.kind == MessageKind::Inbound;
        let read = if message.seq <= team_read_seq { Delivery::Read } else { Delivery::Sent };
        ChatMessage {
            id: message.id,
            conversation_id: message.conversation_id,
            seq: message.seq,
            kind: message.kind,
            mine,
            author: ChatAuthor { kind: message.author.kind, name: message.author.name },
            text: message.text,
            attachments: message.attachments.into_iter().map(Into::into).collect(),
            delivery: mine.then_some(read),
            created_at: message.created_at,
            edited_at: message.edited_at,
            redacted: message.redacted,
            key: message.key.filter(|_| mine),
            cursor: public.position.map(|position| cursor::write(&position)),
        }
    }
}

/// A stretch of a chat, oldest first.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ChatPageOfMessages {
    /// The messages.
    pub items: Vec<ChatMessage>,
    /// Messages before `after` that were edited or removed since: they take the place of what was read before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<ChatMessage>,
    /// Cursor of the messages after these; none when these are the newest.
    pub next: Option<String>,
    /// Where to resume, even when `next` is none.
    pub cursor: Option<String>,
    /// Cursor of the messages before these, when the newest were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<String>,
}

/// For how long a resolved conversation is joined by what the customer writes.
pub(super) fn rejoin(desk: &Desk) -> Duration {
    Duration::from_secs(3600 * desk.config.rejoin_hours.unsigned_abs())
}

/// Takes what a visitor says; the answer is given after it is durable. The same key again gives the same answer.
/// The key means the same over HTTP and over the socket, so a widget may change over in the middle.
pub async fn accept(desk: &Desk, visitor: &Visitor, said: Said, key: Option<String>, direct: bool) -> Result<Accepted, Problem> {
    if !direct {
        desk.limits.messages.take(&visitor.id.to_string())?;
    }
    if said.attachment_ids.len() > 10 {
        return Err(Problem::invalid("/attachment_ids", "At most 10 files."));
    }
    let text = if said.attachment_ids.is_empty() { check::text("/text", &said.text, 10_000)? } else { check::optional_text("/text", &said.text, 10_000)? };
    if let Some(page) = &said.page {
        note_page(desk, visitor, &page.url, page.title.as_deref());
    }
    let key = key.map(|key| {
        let ids: Vec<String> = said.attachment_ids.iter().map(ToString::to_string).collect();
        IdempotencyKey { actor: visitor.id.0, key, request: platform::crypto::digest(&[b"chat message", text.as_bytes(), ids.join(" ").as_bytes()]) }
    });
    let rejoin = rejoin(desk);
    let (who, attachment_ids) = (visitor.clone(), said.attachment_ids);
    let (accepted, contact) = desk
        .store
        .write(move |tx| {
            // An ended session gets no answer, not even one from before.
            let (known, scope) = session::known_in(tx, &who)?;
            let work = |tx: &mut Tx<'_>| {
                let known = session::make_durable(tx, &who, known)?;
                let contact_id = known.contact_id.ok_or_else(Problem::not_found)?;
                let inbound = Inbound {
                    contact_id,
                    identity_id: known.identity_id,
                    name: known.name,
                    scope,
                    channel: "webchat",
                    visitor_id: Some(who.id),
                    verification: known.verification,
                    text: text.clone(),
                    attachment_ids: attachment_ids.clone(),
                    key: key.as_ref().map(|key| key.key.clone()),
                    rejoin,
                };
                let received = conversations::receive(tx, &inbound)?;
                let accepted = Accepted { id: received.id, conversation_id: received.conversation_id, seq: received.seq, created_at: tx.now() };
                Ok((accepted, contact_id))
            };
            match &key {
                Some(key) => key.once(tx, work),
                None => work(tx),
            }
        })
        .await?;
    desk.presence.met(visitor.id, contact);
    metrics::counter!("rapport_messages_total", "channel" => "webchat", "direction" => "in").increment(1);
    Ok(accepted)
}

/// Which stretch of the chat is wanted.
pub(super) enum Wanted {
    /// After a place in the log, oldest first.
    After(i64),
    /// The newest before a place in the log.
    Latest(i64),
}

/// A stretch of what the session may see: of one conversation, or over all its conversations in the brand.
pub(super) fn read(tx: &mut Tx<'_>, visitor: &Visitor, only: Option<ConversationId>, wanted: &Wanted, limit: i64) -> Result<ChatPageOfMessages, Problem> {
    let (known, scope) = session::known_in(tx, visitor)?;
    let (after, before, newest_first) = match wanted {
        Wanted::After(after) => (*after, i64::MAX, false),
        Wanted::Latest(before) => (0, *before, true),
    };
    let stretch = conversations::Stretch { after, before, newest_first, limit: limit + 1 };
    let (mut found, mut changed) = (Vec::new(), Vec::new());
    let among = match only {
        Some(id) => {
            let id = conversations::conversation_of_visitor(tx, id, visitor.id, known.signed(), scope.brand_id)?;
            [vec![id], conversations::parts(tx, id)?].concat()
        }
        None => conversations::conversations_of_visitor(tx, visitor.id, known.signed(), scope.brand_id)?,
    };
    for conversation in among {
        let team_read_seq = conversations::team_read_seq(tx, conversation)?;
        let public = conversations::public_messages(tx, conversation, visitor.id, known.signed().is_some(), &stretch)?;
        if after > 0 {
            let since = conversations::public_changed(tx, conversation, visitor.id, known.signed().is_some(), after)?;
            changed.extend(since.into_iter().map(|public| ChatMessage::of(public, team_read_seq)));
        }
        found.extend(public.into_iter().map(|public| (public.position, team_read_seq, public)));
    }
    found.sort_by_key(|(position, _, public)| (position.unwrap_or(i64::MAX), public.message.seq));
    let limit = usize::try_from(limit).unwrap_or(50);
    let more = found.len() > limit;
    if newest_first {
        found.drain(..found.len().saturating_sub(limit));
    } else {
        found.truncate(limit);
    }
    // What has no place yet is no place to resume from: it comes once more when it has one.
    let (first, last) = (found.iter().find_map(|(position, ..)| *position), found.iter().rev().find_map(|(position, ..)| *position));
    let items = found.into_iter().map(|(_, team_read_seq, public)| ChatMessage::of(public, team_read_seq)).collect();
    let resume = last.or(Some(after).filter(|after| *after > 0)).map(|position| cursor::write(&position));
    Ok(ChatPageOfMessages {
        items,
        changed,
        next: resume.clone().filter(|_| more && !newest_first),
        cursor: resume,
        earlier: first.filter(|_| more && newest_first).map(|position| cursor::write(&position)),
    })
}

/// The conversation a session is in now.
pub fn current_conversation(tx: &mut Tx<'_>, visitor: &Visitor) -> platform::store::Result<Option<ConversationId>> {
    let Ok((known, scope)) = session::known_in(tx, visitor) else { return Ok(None) };
    conversations::current_of_visitor(tx, visitor.id, known.signed(), scope.brand_id)
}

/// Notes that a visitor was seen on a page.
pub(super) fn note_page(desk: &Desk, visitor: &Visitor, url: &str, title: Option<&str>) {
    let is_web = url.starts_with("https://") || url.starts_with("http://") || url.starts_with("app://");
    if !is_web || url.len() > 2000 {
        return;
    }
    desk.sightings.note(platform::sightings::Sighting {
        who: visitor.id.0,
        at: desk.store.clock().now(),
        kind: "page",
        what: url.split(['#', '?']).next().unwrap_or(url).to_owned(),
        title: title.map(|title| title.chars().take(200).collect()),
    });
}
