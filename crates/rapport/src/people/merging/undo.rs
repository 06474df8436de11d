//! Taking a merge back: exactly what moved goes back, and what came since stays with the survivor.

use platform::{store::Tx, web::Problem};

use super::{
    model::{Merge, Moved, Standing, UndoPreview},
    store,
};
use crate::{
    ids::{ContactId, MergeId},
    people::{contacts, store_contacts, store_facts},
    viewer::Viewer,
};

/// The merges of a contact, newest first.
pub(super) fn merges(tx: &mut Tx<'_>, viewer: &Viewer, into: ContactId) -> Result<Vec<Merge>, Problem> {
    store_contacts::contact(tx, viewer, into)?;
    Ok(store::merges_into(tx, into)?)
}

fn one(tx: &mut Tx<'_>, viewer: &Viewer, into: ContactId, id: MergeId) -> Result<(Merge, Moved), Problem> {
    store_contacts::contact(tx, viewer, into)?;
    let (merge, moved) = store::one(tx, id)?;
    if merge.into_id == into { Ok((merge, moved)) } else { Err(Problem::not_found()) }
}

/// What taking it back would do.
pub(super) fn preview(tx: &mut Tx<'_>, viewer: &Viewer, into: ContactId, id: MergeId) -> Result<UndoPreview, Problem> {
    let (merge, moved) = one(tx, viewer, into, id)?;
    let talk = store::talk_since(tx, &merge)?;
    let (identities, notes) = (moved.identities.len() as i64, moved.notes.len() as i64);
    Ok(UndoPreview { merge, identities, notes, conversations: talk.back, written_since: talk.written_since, stay: talk.stay })
}

/// Takes a merge back.
pub(super) fn undo(tx: &mut Tx<'_>, viewer: &Viewer, into: ContactId, id: MergeId) -> Result<(), Problem> {
    let (merge, moved) = one(tx, viewer, into, id)?;
    if merge.undone_at.is_some() {
        return Err(Problem::conflict("already_undone", "This merge was taken back already."));
    }
    for identity in &moved.identities {
        store::return_identity(tx, *identity, into, merge.from_id)?;
    }
    for note in &moved.notes {
        store::return_note(tx, *note, into, merge.from_id)?;
    }
    for fact in &moved.facts {
        store_facts::return_fact(tx, *fact, into, merge.from_id)?;
    }
    if let (Some(before), Some(after)) = (&moved.before, &moved.after) {
        let system = Viewer::System { reason: "a merge is taken back" };
        let now = Standing::of(&store_contacts::contact(tx, &system, into)?);
        store::stand(tx, into, &now, &now.without(before, after))?;
    }
    store::mark_parted(tx, merge.from_id)?;
    contacts::announce(tx, viewer.actor(), merge.from_id, "restored", Some(into.0))?;
    let version = contacts::announce(tx, viewer.actor(), into, "parted", Some(merge.from_id.0))?;
    Ok(store::mark_undone(tx, id, viewer.agent().map(|agent| agent.id), version)?)
}
