//! Who takes part: whoever wrote, follows, or was added by a colleague. And giving a conversation to somebody else with the reason.

use platform::{store::Tx, web::Problem};

use super::{
    announce::{Changed, FieldChanged},
    change, keep,
    model::{Conversation, ConversationChange, NewNote, Participant, Transfer},
    reply::{note, open},
    store, store_around,
};
use crate::{
    check,
    ids::{AgentId, ConversationId},
    people,
    viewer::{Permission, Viewer},
};

/// Who takes part.
pub(super) fn list(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId) -> Result<Vec<Participant>, Problem> {
    store::state(tx, viewer, id)?;
    Ok(store_around::participants(tx, id)?.into_iter().map(|agent_id| Participant { agent_id }).collect())
}

/// Somebody takes part from now on: oneself, or a colleague who may see it.
pub(super) fn add(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, agent: AgentId) -> Result<(), Problem> {
    let before = may_change(tx, viewer, id, agent)?;
    if !people::may_read(tx, agent, &before.scope)? {
        return Err(Problem::invalid("", "This is not an agent who may see the conversation."));
    }
    store_around::participate(tx, id, agent, before.is_open())?;
    tell(tx, viewer, &before)
}

/// Somebody takes part no more, until they write again.
pub(super) fn remove(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, agent: AgentId) -> Result<(), Problem> {
    let before = may_change(tx, viewer, id, agent)?;
    store_around::leave(tx, id, agent)?;
    tell(tx, viewer, &before)
}

/// Everybody decides for themselves; for a colleague it takes writing notes, as a mention does.
fn may_change(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, agent: AgentId) -> Result<store::State, Problem> {
    let own = viewer.agent().is_some_and(|own| own.id == agent);
    let needs = if own { Permission::ConversationsRead } else { Permission::ConversationsNote };
    Ok(open(tx, viewer, id, &[needs])?.1)
}

fn tell(tx: &mut Tx<'_>, viewer: &Viewer, before: &store::State) -> Result<(), Problem> {
    let mut state = before.clone();
    state.version += 1;
    keep::save(tx, before, &mut state)?;
    FieldChanged::announce(tx, viewer.actor(), &state, Changed { field: Some("participants".into()), ..Changed::default() })?;
    Ok(())
}

/// Gives a conversation away: the reason is a note, written in the same step, which mentions whoever gets it.
pub(super) fn transfer(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, wanted: &Transfer, key: Option<&str>) -> Result<Conversation, Problem> {
    let state = store::state(tx, viewer, id)?;
    check::text("/reason", &wanted.reason, 20_000)?;
    if wanted.assignee_id.is_none() && wanted.team_id.is_none() {
        return Err(Problem::invalid("/assignee_id", "Say to whom: assignee_id or team_id."));
    }
    let receiver = wanted.assignee_id.flatten().filter(|agent| viewer.agent().is_none_or(|own| own.id != *agent));
    let team = wanted.team_id.flatten().filter(|team| receiver.is_none() && state.scope.team_id != Some(*team));
    let reason = NewNote {
        text: wanted.reason.clone(),
        mentions: receiver.into_iter().collect(),
        team_mentions: team.into_iter().collect(),
        attachment_ids: Vec::new(),
    };
    let to = ConversationChange { assignee_id: wanted.assignee_id, team_id: wanted.team_id, ..ConversationChange::default() };
    note(tx, viewer, id, &reason, key)?;
    change::change(tx, viewer, id, None, &to)
}
