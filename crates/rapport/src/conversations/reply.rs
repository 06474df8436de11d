//! Agents write: a reply to the customer, or a note for the team. No flag turns one into the other.

use platform::{
    events::{ActorKind, Position},
    store::Tx,
    web::Problem,
};
use serde_json::json;

use super::{
    announce::{self, Changed, Noted, Replied},
    change, files, keep, merges,
    model::{ConversationChange, Delivery, Message, MessageKind, Mode, NewNote, NewReply, Preview, Status, Then},
    receive::preview,
    store::{self, State},
    store_around, store_drafts,
    store_messages::{self, NewMessage},
};
use crate::{
    check,
    ids::{AgentId, ConversationId, FileId, MessageId, TeamId},
    people,
    viewer::{AgentAccess, Permission, Viewer},
};

const LIMIT: usize = 20_000;

/// Answers the customer.
pub fn reply(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, new: &NewReply, key: Option<&str>) -> Result<Message, Problem> {
    let (agent, before) = open(tx, viewer, id, &[Permission::ConversationsWrite])?;
    let text = text_of(&new.text, &new.attachment_ids)?;
    if let Some(seen) = new.seen_seq
        && let Some(newer) = store_messages::reply_of_another(tx, id, seen, agent.id)?
    {
        let detail = "A colleague answered in the meantime. Read it, then decide; your text is not lost.";
        return Err(Problem::conflict("conversation_moved_on", detail).with("newer_reply", json!(newer)).with("last_seq", before.last_seq.into()));
    }
    if let Some(identity) = new.identity_id
        && !store_messages::identity_belongs(tx, identity, before.contact_id)?
    {
        return Err(Problem::invalid("/identity_id", "The contact has no such identity."));
    }
    let now = tx.now();
    let mut state = before.clone();
    let waited = state.waiting_since.map(|since| i64::try_from(now.since(since).as_secs()).unwrap_or(i64::MAX));
    let first_answer = state.answered_at.is_none();
    state.version += 1;
    state.public_version += 1;
    state.last_seq += 1;
    state.waiting_since = None;
    state.answered_at = state.answered_at.or(Some(now));
    state.last_activity_at = now;
    state.assignee_id = state.assignee_id.or(Some(agent.id));
    if state.status != Status::Waiting {
        state.status = Status::Waiting;
        (state.snoozed_until, state.snoozed_until_answer, state.resolved_at) = (None, false, None);
    }
    state.preview = Preview { text: preview(&text), kind: MessageKind::Reply, author_kind: ActorKind::Agent, author_name: Some(agent.name.clone()) };
    keep::save(tx, &before, &mut state)?;
    let message_id: MessageId = tx.id();
    let (from, to) = announce::moved(before.status, state.status);
    let changed = Changed { message_id: Some(message_id), seq: Some(state.last_seq), from, to, waited_seconds: waited, first_answer, ..Changed::default() };
    let position = Replied::announce(tx, viewer.actor(), &state, changed)?;
    let identity = new.identity_id.or(state.reply_identity_id);
    store_messages::insert(
        tx,
        &NewMessage { identity_id: identity, delivery: Some(Delivery::Sent), ..written(viewer, &state, message_id, position, MessageKind::Reply, &text, key) },
    )?;
    files::attach(tx, &new.attachment_ids, message_id, agent.id.0, true)?;
    wrote(tx, &agent, &state, "reply")?;
    let then = match new.then {
        None => None,
        Some(Then::Resolve) => Some(ConversationChange { status: Some(Status::Resolved), ..ConversationChange::default() }),
        Some(Then::SnoozeUntilAnswer) => Some(ConversationChange { snoozed_until_answer: Some(true), ..ConversationChange::default() }),
    };
    let seq = state.last_seq;
    if let Some(then) = then {
        change::change(tx, viewer, id, None, &then)?;
    }
    Ok(store_messages::at(tx, id, seq)?)
}

/// Writes for the team only.
pub fn note(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, new: &NewNote, key: Option<&str>) -> Result<Message, Problem> {
    let (agent, before) = open(tx, viewer, id, &[Permission::ConversationsNote])?;
    let text = text_of(&new.text, &new.attachment_ids)?;
    if new.mentions.len() > 50 {
        return Err(Problem::invalid("/mentions", "At most 50 mentions."));
    }
    let mentioned = people::names_of(tx, &new.mentions)?;
    if mentioned.len() != new.mentions.len() {
        return Err(Problem::invalid("/mentions", "Somebody mentioned is not an agent who may sign in."));
    }
    let mut mentioned: Vec<AgentId> = mentioned.into_iter().map(|(agent, _)| agent).collect();
    mentioned.extend(members_who_see(tx, viewer, &before, &new.team_mentions, &mentioned)?);
    let mut state = before.clone();
    state.version += 1;
    state.last_seq += 1;
    state.last_activity_at = tx.now();
    keep::save(tx, &before, &mut state)?;
    let message_id: MessageId = tx.id();
    let changed = Changed { message_id: Some(message_id), seq: Some(state.last_seq), mentions: mentioned.clone(), ..Changed::default() };
    let position = Noted::announce(tx, viewer.actor(), &state, changed)?;
    store_messages::insert(tx, &written(viewer, &state, message_id, position, MessageKind::Note, &text, key))?;
    for team in &new.team_mentions {
        store_messages::mention_team(tx, message_id, *team)?;
    }
    for agent in &mentioned {
        store_messages::mention(tx, message_id, id, *agent, state.is_open())?;
    }
    files::attach(tx, &new.attachment_ids, message_id, agent.id.0, false)?;
    wrote(tx, &agent, &state, "note")?;
    Ok(store_messages::at(tx, id, state.last_seq)?)
}

/// Says something on behalf of a rule. That is no answer: whoever waits goes on waiting, and the conversation stands as it stood. Customers
/// are not told what the rule is called.
pub(super) fn say(tx: &mut Tx<'_>, viewer: &Viewer, state: &mut State, mode: Mode, text: &str) -> Result<(), Problem> {
    let text = text_of(text, &[])?;
    let before = state.clone();
    let is_reply = mode == Mode::Reply;
    state.version += 1;
    state.public_version += i64::from(is_reply);
    state.last_seq += 1;
    if is_reply {
        state.preview = Preview { text: preview(&text), kind: MessageKind::Reply, author_kind: ActorKind::Automation, author_name: None };
    }
    keep::save(tx, &before, state)?;
    let message_id: MessageId = tx.id();
    let changed = Changed { message_id: Some(message_id), seq: Some(state.last_seq), ..Changed::default() };
    let (position, kind) = match mode {
        Mode::Reply => (Replied::announce(tx, viewer.actor(), state, changed)?, MessageKind::Reply),
        Mode::Note => (Noted::announce(tx, viewer.actor(), state, changed)?, MessageKind::Note),
    };
    let mut new = written(viewer, state, message_id, position, kind, &text, None);
    if is_reply {
        (new.identity_id, new.delivery, new.author.name) = (state.reply_identity_id, Some(Delivery::Sent), None);
    }
    Ok(store_messages::insert(tx, &new)?)
}

/// The members of mentioned teams who may see the conversation, apart from the writer and those who are mentioned already.
fn members_who_see(tx: &mut Tx<'_>, viewer: &Viewer, state: &State, teams: &[TeamId], mentioned: &[AgentId]) -> Result<Vec<AgentId>, Problem> {
    if teams.len() > 10 {
        return Err(Problem::invalid("/team_mentions", "At most 10 teams."));
    }
    let mut members = Vec::new();
    for team in teams {
        let Some(found) = people::members_of(tx, *team)? else {
            return Err(Problem::invalid("/team_mentions", "There is no such team."));
        };
        members.extend(found);
    }
    members.sort_unstable();
    members.dedup();
    members.retain(|member| !mentioned.contains(member) && viewer.agent().is_none_or(|agent| agent.id != *member));
    let mut seeing = Vec::new();
    for member in members {
        if people::may_read(tx, member, &state.scope)? {
            seeing.push(member);
        }
    }
    Ok(seeing)
}

/// The conversation and the agent who may write in it what takes one of these permissions.
pub(super) fn open(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, some: &[Permission]) -> Result<(AgentAccess, State), Problem> {
    let state = store::state(tx, viewer, id)?;
    merges::refuse_part(tx, &state)?;
    let agent = viewer.agent().filter(|agent| some.iter().any(|permission| agent.can_in(*permission, &state.scope)));
    Ok((agent.cloned().ok_or_else(|| Problem::forbidden("You may read this conversation, not write this in it."))?, state))
}

pub(super) fn text_of(text: &str, attachments: &[FileId]) -> Result<String, Problem> {
    if attachments.len() > 20 {
        return Err(Problem::invalid("/attachment_ids", "At most 20 files."));
    }
    if attachments.is_empty() { check::text("/text", text, LIMIT) } else { check::optional_text("/text", text, LIMIT) }
}

fn written<'a>(
    viewer: &Viewer,
    state: &'a State,
    id: MessageId,
    position: Option<Position>,
    kind: MessageKind,
    text: &'a str,
    key: Option<&'a str>,
) -> NewMessage<'a> {
    NewMessage {
        id,
        conversation_id: state.id,
        seq: state.last_seq,
        position,
        kind,
        author: change::author_of(viewer),
        text,
        system: None,
        channel: &state.channel,
        inbox_id: state.scope.inbox_id,
        identity_id: None,
        visitor_id: None,
        verification: None,
        delivery: None,
        key,
    }
}

/// Who writes takes part, has read what is there, and needs the draft no more.
fn wrote(tx: &mut Tx<'_>, agent: &AgentAccess, state: &State, mode: &str) -> Result<(), Problem> {
    store_around::participate(tx, state.id, agent.id, state.is_open())?;
    store_around::set_read_count(tx, agent.id, state.id, state.inbound_count)?;
    store_drafts::delete(tx, agent.id, state.id, mode)?;
    Ok(())
}
