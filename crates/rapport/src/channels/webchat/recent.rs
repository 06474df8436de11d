//! A customer's conversations as a list: what was said last, whether it is finished, and where what they write would go.

use std::time::Duration;

use platform::{
    clock::Moment,
    store::Tx,
    web::{Page, Problem},
    word_enum,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{messages::ChatAuthor, session};
use crate::{
    conversations::{self, Joined, MessageKind, PublicConversation},
    cursor,
    ids::ConversationId,
    viewer::Visitor,
};

word_enum! {
    /// Where a conversation stands, for the customer. That it waits or sleeps is the team's.
    ChatStatus {
        /// The team is at it.
        Open = "open",
        /// The team has finished.
        Resolved = "resolved",
    }
}

/// The newest message of a conversation, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChatLast {
    /// Whether the customer wrote it.
    pub mine: bool,
    /// Who wrote it.
    pub author: ChatAuthor,
    /// Whether the team removed its text and files for good.
    pub redacted: bool,
    /// The text on one line, shortened; may be empty with files.
    pub text: String,
    /// How many files it has.
    pub files: i64,
    /// When.
    pub created_at: Moment,
}

/// A conversation, as the customer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChatConversation {
    /// Names it.
    pub id: ConversationId,
    /// Conversations that have become a part of it: what was said there is read with it.
    pub merged: Vec<ConversationId>,
    /// Where it stands.
    pub status: ChatStatus,
    /// What was said last.
    pub last: ChatLast,
    /// How many answers the customer has not read.
    pub unread: i64,
    /// Whether what the customer writes now continues it; otherwise it goes to another or begins a new one.
    pub continues: bool,
    /// Until when that holds; none while it is open.
    pub continues_until: Option<Moment>,
}

impl ChatConversation {
    fn of(public: PublicConversation, joined: Option<Joined>, parts: &[(ConversationId, ConversationId)]) -> ChatConversation {
        let joined = joined.filter(|joined| joined.id == public.id);
        ChatConversation {
            id: public.id,
            merged: parts.iter().filter(|(_, into)| *into == public.id).map(|(part, _)| *part).collect(),
            status: if public.is_resolved { ChatStatus::Resolved } else { ChatStatus::Open },
            last: ChatLast {
                mine: public.kind == MessageKind::Inbound,
                author: ChatAuthor { kind: public.author_kind, name: public.author_name },
                redacted: public.is_redacted,
                text: public.text,
                files: public.files,
                created_at: public.said_at,
            },
            unread: public.unread,
            continues: joined.is_some(),
            continues_until: joined.and_then(|joined| joined.until),
        }
    }
}

/// What the session may see, newest message first.
pub(super) fn list(
    tx: &mut Tx<'_>,
    visitor: &Visitor,
    before: Option<(Moment, ConversationId)>,
    limit: i64,
    rejoin: Duration,
) -> Result<Page<ChatConversation>, Problem> {
    let (known, scope) = session::known_in(tx, visitor)?;
    let found = conversations::public_conversations(tx, visitor.id, known.signed(), scope.brand_id, before, limit)?;
    let next = found.last().filter(|_| found.len() as i64 == limit).map(|last| cursor::write(&(last.said_at.0, last.id)));
    let joined = match known.contact_id {
        Some(contact) => conversations::joined_next(tx, contact, scope.brand_id, rejoin)?,
        None => None,
    };
    let parts = conversations::parts_of_visitor(tx, visitor.id, known.signed(), scope.brand_id)?;
    Ok(Page { items: found.into_iter().map(|public| ChatConversation::of(public, joined, &parts)).collect(), next })
}
