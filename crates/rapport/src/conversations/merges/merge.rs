//! Two conversations of one customer become one.

use platform::{store::Tx, web::Problem};

use super::store;
use crate::{
    conversations::{
        announce::{Changed, Moved},
        change::write_line,
        keep,
        model::{Conversation, MessageKind, Status, SystemLine},
        reply::open,
        scheduled,
        store::State,
        store_views,
    },
    ids::{AgentId, ConversationId},
    people::contacts,
    viewer::{AgentAccess, Permission, Viewer},
};

/// A conversation has at most so many parts.
const MOST: usize = 20;

/// What a merge did.
#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Merged {
    /// The survivor.
    pub(super) conversation: Conversation,
    /// Whose drafts went over to it.
    pub(super) drafts_of: Vec<AgentId>,
}

/// In a part nothing is said or changed any more.
pub(in crate::conversations) fn refuse_part(tx: &mut Tx<'_>, state: &State) -> Result<(), Problem> {
    let Some(into) = state.merged_into else { return Ok(()) };
    let number = store::number(tx, into)?;
    let detail = format!("This conversation is a part of number {number} now. Go on there.");
    Err(Problem::conflict("conversation_merged", detail).with("merged_into", into.to_string().into()))
}

/// Merges a conversation into another.
pub(super) fn merge(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, into: ConversationId) -> Result<Merged, Problem> {
    let (agent, part) = open(tx, viewer, id, &[Permission::ConversationsWrite])?;
    if id == into {
        return Err(Problem::invalid("/into_id", "A conversation cannot be merged into itself."));
    }
    let missing = |problem: Problem| if problem.code == "not_found" { Problem::invalid("/into_id", "There is no such conversation.") } else { problem };
    let (_, survivor) = open(tx, viewer, into, &[Permission::ConversationsWrite]).map_err(missing)?;
    may_become_one(&part, &survivor)?;
    let family = store::family(tx, id)?;
    if family.len() + store::family(tx, into)?.len() >= MOST {
        return Err(Problem::conflict("too_many_parts", format!("A conversation has at most {MOST} parts.")));
    }
    let tags: Vec<String> = part.tags.iter().filter(|tag| !survivor.tags.contains(tag)).take(20_usize.saturating_sub(survivor.tags.len())).cloned().collect();
    store::insert(tx, &part, &survivor, &tags, agent.id)?;
    store::belong(tx, &family, into, &survivor.scope)?;
    store::bring_visitors(tx, id, into, survivor.last_seq)?;
    store::bring_participants(tx, id, into, survivor.is_open())?;
    store::bring_reads(tx, id, into)?;
    let drafts_of = store::bring_drafts(tx, id, into)?;
    scheduled::follow(tx, id, into)?;
    become_part(tx, viewer, &part, &survivor)?;
    grow(tx, viewer, &part, &survivor, tags)?;
    store::bring_mentions(tx, id, into)?;
    let system = Viewer::System { reason: "just merged by the viewer" };
    Ok(Merged { conversation: store_views::conversation(tx, viewer, into).or_else(|_| store_views::conversation(tx, &system, into))?, drafts_of })
}

fn may_become_one(part: &State, survivor: &State) -> Result<(), Problem> {
    if part.scope.brand_id != survivor.scope.brand_id {
        return Err(Problem::invalid("/into_id", "Both conversations must be of one brand: its customers do not know the other."));
    }
    if part.contact_id != survivor.contact_id {
        let detail = "These are conversations of two customers, and neither may see what the other wrote. Merge the contacts first, if they are one person.";
        return Err(Problem::invalid("/into_id", detail));
    }
    Ok(())
}

/// The part leaves every list and is seen by whoever sees the survivor. Nothing else of it changes.
fn become_part(tx: &mut Tx<'_>, viewer: &Viewer, before: &State, survivor: &State) -> Result<(), Problem> {
    let mut state = before.clone();
    (state.merged_into, state.scope) = (Some(survivor.id), survivor.scope);
    (state.version, state.public_version) = (state.version + 1, state.public_version + 1);
    keep::save(tx, before, &mut state)?;
    contacts::count_conversation(tx, state.contact_id, -1)?;
    let changed = Changed { field: Some("merged_into".into()), to: Some(survivor.id.to_string()), left: Some(before.scope), ..Changed::default() };
    Moved::announce(tx, viewer.actor(), &state, changed)?;
    Ok(())
}

/// The survivor takes over what is newest, what is unread, and whoever waits.
fn grow(tx: &mut Tx<'_>, viewer: &Viewer, part: &State, before: &State, tags: Vec<String>) -> Result<(), Problem> {
    let mut state = before.clone();
    state.version += 1;
    state.public_version += 1;
    state.last_seq += 1;
    state.inbound_count += part.inbound_count;
    state.tags.extend(tags);
    state.contact_reason_id = state.contact_reason_id.or(part.contact_reason_id);
    state.answered_at = [state.answered_at, part.answered_at].into_iter().flatten().min();
    if part.last_activity_at > state.last_activity_at {
        state.last_activity_at = part.last_activity_at;
        state.preview = part.preview.clone();
        if part.preview.kind == MessageKind::Inbound {
            state.reply_identity_id = part.reply_identity_id.or(state.reply_identity_id);
            state.channel.clone_from(&part.channel);
        }
    }
    if part.waiting_since.is_some() {
        state.waiting_since = [state.waiting_since, part.waiting_since].into_iter().flatten().min();
        state.status = Status::Open;
        (state.snoozed_until, state.snoozed_until_answer, state.resolved_at) = (None, false, None);
    }
    keep::save(tx, before, &mut state)?;
    tell(tx, viewer, &state, "merged", part)
}

/// Announces that messages came or went, and writes the line that says so with the number of the other conversation.
pub(super) fn tell(tx: &mut Tx<'_>, viewer: &Viewer, state: &State, what: &str, other: &State) -> Result<(), Problem> {
    tell_as(tx, viewer, state, what, other, Changed::default())
}

/// As [`tell`], with more to say in the event.
pub(super) fn tell_as(tx: &mut Tx<'_>, viewer: &Viewer, state: &State, what: &str, other: &State, changed: Changed) -> Result<(), Problem> {
    let id = tx.id();
    let changed = Changed { message_id: Some(id), seq: Some(state.last_seq), field: Some(what.into()), to: Some(other.id.to_string()), ..changed };
    let position = Moved::announce(tx, viewer.actor(), state, changed)?;
    let line = SystemLine { kind: what.into(), from: None, to: Some(other.number.to_string()) };
    Ok(write_line(tx, viewer, state, id, position, line)?)
}

/// The agent who may write in both a conversation and what it is taken apart from.
pub(super) fn writer(viewer: &Viewer, state: &State) -> Result<AgentAccess, Problem> {
    let agent = viewer.agent().filter(|agent| agent.can_in(Permission::ConversationsWrite, &state.scope));
    agent.cloned().ok_or_else(|| Problem::forbidden("You may read this conversation, not take it apart."))
}
