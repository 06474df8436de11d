//! Making and removing links.

use platform::{store::Tx, web::Problem};

use super::{
    model::{ConversationLink, ConversationLinkKind, NewConversationLink},
    store,
};
use crate::{
    conversations::{
        announce::{Changed, FieldChanged},
        found_by_number, keep,
        reply::open,
        store as conversation_store,
    },
    ids::{ConversationId, LinkId},
    viewer::{Permission, Viewer},
};

/// A conversation has at most so many links.
const MOST: i64 = 100;

/// The links of a conversation to those the viewer may see.
pub(super) fn list(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId) -> Result<Vec<ConversationLink>, Problem> {
    conversation_store::state(tx, viewer, id)?;
    Ok(store::links(tx, viewer, id)?)
}

/// Links a conversation to another; the same link again is the same.
pub(super) fn add(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, new: &NewConversationLink) -> Result<ConversationLink, Problem> {
    open(tx, viewer, id, &[Permission::ConversationsWrite])?;
    let (pointer, to) = match (new.to_id, new.to_number) {
        (Some(to), None) => ("/to_id", Some(to)),
        (None, Some(number)) => ("/to_number", found_by_number(tx, viewer, number)?.first().map(|found| found.conversation_id)),
        _ => return Err(Problem::invalid("/to_id", "Say which conversation: to_id or to_number.")),
    };
    let missing = || Problem::invalid(pointer, "There is no such conversation.");
    let to = to.ok_or_else(missing)?;
    conversation_store::state(tx, viewer, to).map_err(|_| missing())?;
    if to == id {
        return Err(Problem::invalid(pointer, "A conversation cannot be linked to itself."));
    }
    if store::count(tx, id)? >= MOST {
        return Err(Problem::conflict("too_many_links", format!("A conversation has at most {MOST} links.")));
    }
    let made = link(tx, viewer, id, to, new.kind)?;
    store::links(tx, viewer, id)?.into_iter().find(|link| link.id == made).ok_or_else(Problem::not_found)
}

/// A conversation that was split off follows from the other.
pub(in crate::conversations) fn follow(tx: &mut Tx<'_>, viewer: &Viewer, from: ConversationId, to: ConversationId) -> Result<(), Problem> {
    link(tx, viewer, from, to, ConversationLinkKind::Follows).map(drop)
}

fn link(tx: &mut Tx<'_>, viewer: &Viewer, from: ConversationId, to: ConversationId, kind: ConversationLinkKind) -> Result<LinkId, Problem> {
    if let Some(there) = store::find(tx, from, to, kind)? {
        return Ok(there);
    }
    let id: LinkId = tx.id();
    store::insert(tx, id, from, to, kind, viewer.agent().map(|agent| agent.id))?;
    tell(tx, viewer, &[from, to])?;
    Ok(id)
}

/// Removes a link.
pub(super) fn remove(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, link: LinkId) -> Result<(), Problem> {
    let state = conversation_store::state(tx, viewer, id)?;
    let there = store::links(tx, viewer, id)?.into_iter().find(|one| one.id == link).ok_or_else(Problem::not_found)?;
    if !viewer.agent().is_some_and(|agent| agent.can_in(Permission::ConversationsWrite, &state.scope)) {
        return Err(Problem::forbidden("You may read this conversation, not change its links."));
    }
    store::remove(tx, link)?;
    tell(tx, viewer, &[id, there.conversation_id])
}

/// Both sides show it, so both have changed.
fn tell(tx: &mut Tx<'_>, viewer: &Viewer, ids: &[ConversationId]) -> Result<(), Problem> {
    let system = Viewer::System { reason: "a link is seen from both sides" };
    for id in ids {
        let before = conversation_store::state(tx, &system, *id)?;
        let mut state = before.clone();
        state.version += 1;
        keep::save(tx, &before, &mut state)?;
        FieldChanged::announce(tx, viewer.actor(), &state, Changed { field: Some("links".into()), ..Changed::default() })?;
    }
    Ok(())
}
