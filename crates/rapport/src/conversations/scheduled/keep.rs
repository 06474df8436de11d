//! Making, changing and taking back.

use std::time::Duration;

use platform::{
    clock::Moment,
    jobs,
    store::{JsonText, Tx},
    web::Problem,
};

use super::{
    model::{NewScheduledReply, ScheduledReply, ScheduledReplyChange},
    send::{JOB, job_key},
    store,
};
use crate::{
    conversations::{
        announce::{Changed, FieldChanged},
        change::write_line,
        drafts::Draft,
        keep,
        model::{Mode, SystemLine},
        reply::{open, text_of},
        store::{self as conversation_store, State},
        store_drafts, store_messages,
    },
    ids::{AgentId, ConversationId, ScheduledReplyId},
    viewer::{Permission, Viewer},
};

/// So many wait in one conversation.
const MOST: i64 = 20;
const A_YEAR: Duration = Duration::from_secs(366 * 86_400);

/// What waits in a conversation, the next first.
pub(super) fn list(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId) -> Result<Vec<ScheduledReply>, Problem> {
    conversation_store::state(tx, viewer, id)?;
    Ok(store::of(tx, id)?)
}

/// Keeps a reply for later.
pub(super) fn add(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, new: &NewScheduledReply) -> Result<ScheduledReply, Problem> {
    let (agent, state) = open(tx, viewer, id, &[Permission::ConversationsWrite])?;
    let text = text_of(&new.text, &new.attachment_ids)?;
    check_time(tx, new.send_at)?;
    if let Some(identity) = new.identity_id
        && !store_messages::identity_belongs(tx, identity, state.contact_id)?
    {
        return Err(Problem::invalid("/identity_id", "The contact has no such identity."));
    }
    for file in &new.attachment_ids {
        if !store::is_unused(tx, *file, agent.id)? {
            return Err(Problem::invalid("/attachment_ids", format!("There is no unused file {file} of yours. Upload it again.")));
        }
    }
    if store::count(tx, id)? >= MOST {
        return Err(Problem::conflict("too_many_scheduled", format!("At most {MOST} replies wait in one conversation.")));
    }
    let waiting: ScheduledReplyId = tx.id();
    store::insert(tx, waiting, id, agent.id, &text, new)?;
    store_drafts::delete(tx, agent.id, id, Mode::Reply.word())?;
    jobs::enqueue(tx, JOB, &JsonText::of(&waiting), new.send_at, Some(&job_key(waiting)))?;
    tell(tx, viewer, &state)?;
    Ok(store::one(tx, id, waiting)?)
}

fn check_time(tx: &mut Tx<'_>, at: Moment) -> Result<(), Problem> {
    match at {
        at if at <= tx.now() => Err(Problem::invalid("/send_at", "This time is over. Choose a later one.")),
        at if at > tx.now().plus(A_YEAR) => Err(Problem::invalid("/send_at", "At most a year ahead.")),
        _ => Ok(()),
    }
}

/// Changes what waits; its author alone says it otherwise.
pub(super) fn change(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: ConversationId,
    waiting: ScheduledReplyId,
    change: &ScheduledReplyChange,
) -> Result<ScheduledReply, Problem> {
    let (agent, state) = open(tx, viewer, id, &[Permission::ConversationsWrite])?;
    let before = store::one(tx, id, waiting)?;
    if before.agent_id != agent.id {
        return Err(Problem::forbidden("Only whoever wrote it changes what it says and when. You may take it back."));
    }
    if let Some(text) = &change.text {
        let files: Vec<_> = before.attachments.iter().map(|file| file.id).collect();
        let text = text_of(text, &files)?;
        store::set_text(tx, waiting, &text)?;
    }
    if let Some(at) = change.send_at {
        check_time(tx, at)?;
        store::set_time(tx, waiting, at)?;
        jobs::enqueue(tx, JOB, &JsonText::of(&waiting), at, Some(&job_key(waiting)))?;
    }
    tell(tx, viewer, &state)?;
    Ok(store::one(tx, id, waiting)?)
}

/// Takes it back: it becomes a draft of its author again.
pub(super) fn take_back(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, waiting: ScheduledReplyId) -> Result<AgentId, Problem> {
    let (_, state) = open(tx, viewer, id, &[Permission::ConversationsWrite])?;
    let reply = store::one(tx, id, waiting)?;
    become_draft(tx, &reply)?;
    tell(tx, viewer, &state)?;
    Ok(reply.agent_id)
}

/// The customer wrote first: what waits may not fit any more. Its authors are mentioned in the line that says so.
pub(in crate::conversations) fn take_back_all(tx: &mut Tx<'_>, id: ConversationId) -> Result<(), Problem> {
    let waiting = store::of(tx, id)?;
    for reply in &waiting {
        become_draft(tx, reply)?;
        told(tx, id, reply.agent_id, "schedule_cancelled")?;
    }
    Ok(())
}

/// Says in the conversation that a reply of an agent did not go out, and mentions them.
pub(super) fn told(tx: &mut Tx<'_>, id: ConversationId, agent: AgentId, what: &str) -> Result<(), Problem> {
    let system = Viewer::System { reason: "a reply that waited is taken back" };
    let before = conversation_store::state(tx, &system, id)?;
    let mut state = before.clone();
    state.version += 1;
    state.last_seq += 1;
    keep::save(tx, &before, &mut state)?;
    let message = tx.id();
    let changed = Changed {
        message_id: Some(message),
        seq: Some(state.last_seq),
        field: Some("scheduled".into()),
        to: Some(agent.to_string()),
        mentions: vec![agent],
        ..Changed::default()
    };
    let position = FieldChanged::announce(tx, system.actor(), &state, changed)?;
    let line = SystemLine { kind: what.into(), from: None, to: Some(agent.to_string()) };
    write_line(tx, &system, &state, message, position, line)?;
    Ok(store_messages::mention(tx, message, id, agent, state.is_open())?)
}

/// What waited is typed again; behind what its author has typed since.
pub(super) fn become_draft(tx: &mut Tx<'_>, reply: &ScheduledReply) -> Result<(), Problem> {
    store::remove(tx, reply.id)?;
    jobs::cancel(tx, &job_key(reply.id))?;
    let there = store_drafts::of(tx, reply.agent_id, reply.conversation_id)?.into_iter().find(|draft| draft.mode == Mode::Reply);
    let (text, files) = there.map(|draft| (draft.text, draft.attachment_ids)).unwrap_or_default();
    let draft = Draft {
        mode: Mode::Reply,
        text: [text, reply.text.clone()].into_iter().filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n\n"),
        attachment_ids: files.into_iter().chain(reply.attachments.iter().map(|file| file.id)).collect(),
        updated_at: tx.now(),
    };
    Ok(store_drafts::put(tx, reply.agent_id, reply.conversation_id, &draft)?)
}

/// The team sees what waits.
fn tell(tx: &mut Tx<'_>, viewer: &Viewer, before: &State) -> Result<(), Problem> {
    let mut state = before.clone();
    state.version += 1;
    keep::save(tx, before, &mut state)?;
    FieldChanged::announce(tx, viewer.actor(), &state, Changed { field: Some("scheduled".into()), ..Changed::default() })?;
    Ok(())
}
