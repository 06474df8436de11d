//! A part becomes a conversation of its own again.

use platform::{
    clock::Moment,
    jobs,
    store::{JsonText, Tx},
    web::Problem,
};

use super::{
    merge::{tell, tell_as, writer},
    model::Part,
    store::{self, Merge},
};
use crate::{
    conversations::{
        announce::{Changed, FieldChanged},
        change::wake_key,
        keep,
        model::{Conversation, Preview, Status},
        receive::preview,
        store::{self as conversation_store, State},
        store_views, wake,
    },
    ids::ConversationId,
    people::contacts,
    viewer::{Scope, Viewer},
};

/// The parts of a conversation the viewer may see, and what taking each apart would do.
pub(super) fn list(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId) -> Result<Vec<Part>, Problem> {
    conversation_store::state(tx, viewer, id)?;
    let mut parts = Vec::new();
    for mut part in store::parts_shown(tx, id)? {
        if part.into_id == id
            && let Some(merge) = store::merge_of(tx, part.id)?
        {
            part.returning = store::came_since(tx, &merge)?.len() as i64;
            part.staying = store::replies_since(tx, &merge)?;
        }
        parts.push(part);
    }
    Ok(parts)
}

/// Takes a part out of the conversation it was merged into.
pub(super) fn unmerge(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId) -> Result<Conversation, Problem> {
    let part = conversation_store::state(tx, viewer, id)?;
    writer(viewer, &part)?;
    let Some(into) = part.merged_into else {
        return Err(Problem::conflict("not_merged", "This conversation is no part of another."));
    };
    let merge = store::merge_of(tx, id)?.ok_or_else(Problem::not_found)?;
    if merge.into_id != into {
        let number = store::number(tx, merge.into_id)?;
        return Err(Problem::conflict("merged_deeper", format!("It came with number {number}. Take that one apart first.")));
    }
    apart(tx, viewer, &part, &merge)?;
    let system = Viewer::System { reason: "just taken apart by the viewer" };
    Ok(store_views::conversation(tx, viewer, id).or_else(|_| store_views::conversation(tx, &system, id))?)
}

fn apart(tx: &mut Tx<'_>, viewer: &Viewer, part: &State, merge: &Merge) -> Result<(), Problem> {
    let system = Viewer::System { reason: "a part is taken out of it" };
    let survivor = conversation_store::state(tx, &system, merge.into_id)?;
    let returning = store::came_since(tx, merge)?;
    let scope = Scope { location_id: merge.location_id, team_id: merge.team_id, inbox_id: merge.inbox_id, ..part.scope };
    let family = store::family(tx, part.id)?;
    store::belong(tx, &family, part.id, &scope)?;
    for (n, message) in returning.iter().enumerate() {
        store::move_message(tx, message.id, part.id, part.last_seq + 1 + n as i64)?;
    }
    let returned = returning.len() as i64;
    store::part_reads(tx, part, &survivor, returned)?;
    store::part_visitors(tx, part.id, survivor.id, survivor.last_seq)?;
    store::part_participants(tx, merge)?;
    store::remove(tx, part.id)?;
    let mut own = State { merged_into: None, scope, version: part.version + 1, public_version: part.public_version + 1, ..part.clone() };
    own.inbound_count += returned;
    own.last_seq += returned + 1;
    let waits = survivor.waiting_since.and_then(|since| returning.iter().map(|message| message.created_at).find(|at| *at >= since));
    if let Some(since) = waits {
        own.waiting_since = own.waiting_since.or(Some(since));
        own.status = Status::Open;
        (own.snoozed_until, own.snoozed_until_answer, own.resolved_at) = (None, false, None);
    }
    if returned > 0 {
        show_newest(tx, &mut own)?;
    }
    keep::save(tx, part, &mut own)?;
    contacts::count_conversation(tx, own.contact_id, 1)?;
    shrink(tx, viewer, part, &survivor, merge, returned)?;
    tell_as(tx, viewer, &own, "unmerged_from", &survivor, Changed { left: Some(part.scope), ..Changed::default() })?;
    store::part_mentions(tx, &own, survivor.id)?;
    wake_again(tx, &own)
}

/// The survivor without the part: what it got from it goes, what was done since stays.
fn shrink(tx: &mut Tx<'_>, viewer: &Viewer, part: &State, before: &State, merge: &Merge, returned: i64) -> Result<(), Problem> {
    let mut state = before.clone();
    state.version += 1;
    state.public_version += 1;
    state.last_seq += 1;
    state.inbound_count -= part.inbound_count + returned;
    state.tags.retain(|tag| !merge.tags.contains(tag));
    show_newest(tx, &mut state)?;
    if state.waiting_since.is_some() {
        state.waiting_since = store::waiting_since(tx, state.id)?;
    }
    keep::save(tx, before, &mut state)?;
    tell(tx, viewer, &state, "unmerged", part)
}

/// The list shows what is newest of a conversation and its parts, after something of it was changed.
pub(in crate::conversations) fn show_anew(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId) -> Result<(), Problem> {
    let before = conversation_store::state(tx, &Viewer::System { reason: "a message was changed" }, id)?;
    let mut state = before.clone();
    state.preview = store::newest(tx, id)?.map_or_else(conversation_store::no_preview, |newest| conversation_preview(&newest));
    if state.preview == before.preview { Ok(()) } else { save_subject(tx, viewer, &before, state) }
}

/// Saves what the list shows of a conversation and tells it.
pub(in crate::conversations) fn save_subject(tx: &mut Tx<'_>, viewer: &Viewer, before: &State, mut state: State) -> Result<(), Problem> {
    state.version += 1;
    keep::save(tx, before, &mut state)?;
    FieldChanged::announce(tx, viewer.actor(), &state, Changed { field: Some("subject".into()), ..Changed::default() })?;
    Ok(())
}

/// Preview, time and the way an answer takes are those of what is said in it now.
pub(super) fn show_newest(tx: &mut Tx<'_>, state: &mut State) -> Result<(), Problem> {
    if let Some(newest) = store::newest(tx, state.id)? {
        state.preview = conversation_preview(&newest);
    }
    state.last_activity_at = store::last_said_at(tx, state.id)?.unwrap_or(state.last_activity_at);
    if let Some((identity, channel)) = store::last_written_from(tx, state.id)? {
        state.reply_identity_id = identity.or(state.reply_identity_id);
        state.channel = channel;
    }
    Ok(())
}

fn conversation_preview(newest: &store::Said) -> Preview {
    Preview { text: preview(&newest.text), kind: newest.kind, author_kind: newest.author_kind, author_name: newest.author_name.clone() }
}

/// What slept while it was a part wakes at its time, or at once.
fn wake_again(tx: &mut Tx<'_>, state: &State) -> Result<(), Problem> {
    let Some(until) = state.snoozed_until.filter(|_| state.status == Status::Snoozed) else { return Ok(()) };
    let at: Moment = until.max(tx.now());
    Ok(jobs::enqueue(tx, wake::JOB, &JsonText::of(&state.id), at, Some(&wake_key(state.id)))?)
}
