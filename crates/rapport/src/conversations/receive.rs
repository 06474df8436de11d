//! A customer writes: the message joins the contact's conversation or opens a new one.

use std::time::Duration;

use platform::{
    clock::Moment,
    events::{Actor, ActorKind},
    store::Tx,
    web::Problem,
};

use super::{
    announce::{self, Changed, Received as ReceivedEvent},
    files, keep,
    model::{Author, MessageKind, Preview, Priority, Status},
    scheduled,
    store::{self, State},
    store_around,
    store_messages::{self, NewMessage},
};
use crate::{
    attributes::Values,
    ids::{BrandId, ContactId, ConversationId, FileId, IdentityId, MessageId, VisitorId},
    people::contacts::{self, Verification},
    viewer::Scope,
};

/// A message as it comes from any channel.
#[derive(Clone, Debug)]
pub struct Inbound {
    /// Who wrote.
    pub contact_id: ContactId,
    /// From which identity.
    pub identity_id: Option<IdentityId>,
    /// Their name, if known.
    pub name: Option<String>,
    /// Where it arrived; a new conversation takes its scope from here.
    pub scope: Scope,
    /// On which channel.
    pub channel: &'static str,
    /// The visitor's session, for chats.
    pub visitor_id: Option<VisitorId>,
    /// How sure it is who wrote.
    pub verification: Verification,
    /// What they wrote; checked by the channel.
    pub text: String,
    /// Files they uploaded.
    pub attachment_ids: Vec<FileId>,
    /// Their own id of the message.
    pub key: Option<String>,
    /// After how long a resolved conversation is not joined any more.
    pub rejoin: Duration,
}

/// A message that is durable once its transaction is.
#[derive(Clone, Copy, Debug)]
pub struct Received {
    /// The message.
    pub id: MessageId,
    /// Its conversation.
    pub conversation_id: ConversationId,
    /// Its number there.
    pub seq: i64,
}

/// Which conversation a message would join.
#[derive(Clone, Copy, Debug)]
pub struct Joined {
    /// The conversation.
    pub id: ConversationId,
    /// Until when, where it is resolved; an open one is joined whenever.
    pub until: Option<Moment>,
}

/// The conversation a contact's next message would join, if it would not begin a new one.
pub fn joined_next(tx: &mut Tx<'_>, contact: ContactId, brand: BrandId, rejoin: Duration) -> Result<Option<Joined>, Problem> {
    let state = store::joinable(tx, contact, brand, rejoin)?;
    Ok(state.map(|state| Joined { id: state.id, until: state.resolved_at.map(|at| at.plus(rejoin)) }))
}

/// Takes a customer's message in.
pub fn receive(tx: &mut Tx<'_>, inbound: &Inbound) -> Result<Received, Problem> {
    let before = store::joinable(tx, inbound.contact_id, inbound.scope.brand_id, inbound.rejoin)?;
    let id: MessageId = tx.id();
    let started = before.is_none();
    let before = match before {
        Some(state) => state,
        None => open(tx, inbound)?,
    };
    let now = tx.now();
    let mut state = before.clone();
    state.version += 1;
    state.public_version += 1;
    state.last_seq += 1;
    state.inbound_count += 1;
    inbound.channel.clone_into(&mut state.channel);
    state.reply_identity_id = inbound.identity_id.or(state.reply_identity_id);
    state.last_activity_at = now;
    state.waiting_since = state.waiting_since.or(Some(now));
    state.status = Status::Open;
    (state.snoozed_until, state.snoozed_until_answer, state.resolved_at) = (None, false, None);
    state.preview = Preview { text: preview(&inbound.text), kind: MessageKind::Inbound, author_kind: ActorKind::Contact, author_name: inbound.name.clone() };
    keep::save(tx, &before, &mut state)?;

    let (from, to) = announce::moved(before.status, state.status);
    let changed = Changed { message_id: Some(id), seq: Some(state.last_seq), started, from, to, ..Changed::default() };
    let position = ReceivedEvent::announce(tx, Actor::contact(inbound.contact_id.0), &state, changed)?;
    if started {
        contacts::count_conversation(tx, inbound.contact_id, 1)?;
    }
    store_messages::insert(
        tx,
        &NewMessage {
            id,
            conversation_id: state.id,
            seq: state.last_seq,
            position,
            kind: MessageKind::Inbound,
            author: Author { kind: ActorKind::Contact, id: Some(inbound.contact_id.0), name: inbound.name.clone() },
            text: &inbound.text,
            system: None,
            channel: inbound.channel,
            inbox_id: inbound.scope.inbox_id,
            identity_id: inbound.identity_id,
            visitor_id: inbound.visitor_id,
            verification: Some(inbound.verification),
            delivery: None,
            key: inbound.key.as_deref(),
        },
    )?;
    if let Some(visitor) = inbound.visitor_id {
        store_around::add_visitor(tx, state.id, visitor, state.last_seq)?;
        files::attach(tx, &inbound.attachment_ids, id, visitor.0, true)?;
    }
    // Once a minute is enough, so that a busy chat does not write the contact each time.
    if started || now.0 / 60_000_000 != before.last_activity_at.0 / 60_000_000 {
        contacts::seen(tx, inbound.contact_id)?;
    }
    if !started {
        // What waits to be said may not fit any more.
        scheduled::take_back_all(tx, state.id)?;
    }
    Ok(Received { id, conversation_id: state.id, seq: state.last_seq })
}

fn open(tx: &mut Tx<'_>, inbound: &Inbound) -> Result<State, Problem> {
    let now = tx.now();
    let state = State {
        id: tx.id(),
        number: tx.number("conversation")?,
        contact_id: inbound.contact_id,
        scope: inbound.scope,
        assignee_id: None,
        status: Status::Open,
        priority: Priority::Normal,
        tags: Vec::new(),
        contact_reason_id: None,
        attributes: Values::new(),
        subject: subject(&inbound.text),
        channel: inbound.channel.into(),
        snoozed_until: None,
        snoozed_until_answer: false,
        version: 0,
        public_version: 0,
        last_seq: 0,
        inbound_count: 0,
        team_read_seq: 0,
        customer_delivered_seq: 0,
        customer_read_seq: 0,
        reply_identity_id: inbound.identity_id,
        preview: store::no_preview(),
        last_activity_at: now,
        waiting_since: None,
        answered_at: None,
        resolved_at: None,
        sla_policy_id: None,
        due: None,
        queued_at: inbound.scope.team_id.map(|_| now),
        merged_into: None,
    };
    store::insert(tx, &state)?;
    Ok(state)
}

/// The first line, shortened at a word.
pub(super) fn subject(text: &str) -> String {
    shorten(text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default(), 80)
}

/// The text on one line, shortened.
pub(super) fn preview(text: &str) -> String {
    shorten(&text.split_whitespace().collect::<Vec<_>>().join(" "), 160)
}

fn shorten(text: &str, limit: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(limit) else { return text.to_owned() };
    let cut = text[..end].rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", text[..cut].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_first_line_is_cut_at_a_word() {
        let line = "the parcel was supposed to arrive on Tuesday but the tracking page still says that it is on its way";
        assert_eq!(subject(line), "the parcel was supposed to arrive on Tuesday but the tracking page still says…");
        assert_eq!(subject("\n\n  Hello  \nmore"), "Hello");
        assert_eq!(shorten("żółć".repeat(50).as_str(), 8).chars().count(), 9);
    }
}
