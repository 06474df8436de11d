//! Adding, changing and removing saved views.

use platform::{
    events,
    store::{Error, Tx},
    web::Problem,
};

use super::{
    follow::SavedViewChanged,
    model::{NewSavedView, SavedView, SavedViewChange},
    store, store_entries as entries,
};
use crate::{
    conversations::canned::agent_of,
    ids::SavedViewId,
    viewer::{AgentAccess, Permission, Viewer},
};

/// Every message is held against every view: there are not more than the follower can keep.
const OWN_LIMIT: i64 = 30;
const SHARED_LIMIT: i64 = 200;

fn announce(tx: &mut Tx<'_>, viewer: &Viewer, id: SavedViewId, version: i64) -> Result<(), Problem> {
    Ok(tx.announce(viewer.actor(), &SavedViewChanged { saved_view_id: id, version }).map(drop)?)
}

/// All that the viewer may use, with how many conversations of each they may see.
pub(super) fn all(tx: &mut Tx<'_>, viewer: &Viewer) -> Result<Vec<SavedView>, Problem> {
    let mut views = store::all(tx, agent_of(viewer)?)?;
    let counts = entries::counts(tx, viewer)?;
    for view in &mut views {
        view.count = counts.iter().find(|(id, _)| *id == view.id).map_or(0, |(_, count)| *count);
    }
    Ok(views)
}

/// One, with its count.
pub(super) fn one(tx: &mut Tx<'_>, viewer: &Viewer, id: SavedViewId) -> Result<SavedView, Problem> {
    let mut view = store::one(tx, agent_of(viewer)?, id)?;
    view.count = entries::counts(tx, viewer)?.into_iter().find(|(of, _)| *of == id).map_or(0, |(_, count)| count);
    Ok(view)
}

/// Saves one.
pub(super) fn add(tx: &mut Tx<'_>, viewer: &Viewer, new: &NewSavedView) -> Result<SavedView, Problem> {
    let agent = agent_of(viewer)?;
    let new = new.checked(tx)?;
    new.sharing.check(tx, agent, Permission::SavedViewsManage)?;
    let (own, shared) = store::counts(tx, agent.id)?;
    if new.sharing.owner(agent).is_some() && own >= OWN_LIMIT {
        return Err(Problem::invalid("", format!("You have {OWN_LIMIT} views of your own. Remove one that you no longer use.")));
    }
    if new.sharing.owner(agent).is_none() && shared >= SHARED_LIMIT {
        return Err(Problem::invalid("", format!("There are {SHARED_LIMIT} shared views. Remove one that nobody uses.")));
    }
    // Nobody followed the log while there was nothing to keep.
    if store::kept(tx)?.is_empty() {
        let position = events::head(tx)?;
        entries::begin_at(tx, position)?;
    }
    let id = store::insert(tx, agent, &new).map_err(told)?;
    announce(tx, viewer, id, 1)?;
    one(tx, viewer, id)
}

/// Changes one.
pub(super) fn change(tx: &mut Tx<'_>, viewer: &Viewer, id: SavedViewId, based_on: Option<i64>, change: &SavedViewChange) -> Result<SavedView, Problem> {
    let agent = agent_of(viewer)?;
    let before = kept(tx, agent, id)?;
    if based_on.is_some_and(|version| version != before.version) {
        return Err(Problem::version_conflict(serde_json::to_value(&before).unwrap_or_default()));
    }
    let new = NewSavedView {
        name: change.name.clone().unwrap_or(before.name),
        condition: change.condition.clone().unwrap_or_else(|| before.condition.clone()),
        sort: change.sort.unwrap_or(before.sort),
        layout: change.layout.unwrap_or(before.layout),
        sharing: change.sharing.unwrap_or(before.sharing),
    }
    .checked(tx)?;
    new.sharing.check(tx, agent, Permission::SavedViewsManage)?;
    let asks_anew = serde_json::to_value(&new.condition).ok().as_ref() != Some(&before.condition) || new.sort != before.sort;
    store::update(tx, agent, id, &new, before.version + 1, asks_anew).map_err(told)?;
    announce(tx, viewer, id, before.version + 1)?;
    one(tx, viewer, id)
}

/// Removes one. The conversations stay.
pub(super) fn remove(tx: &mut Tx<'_>, viewer: &Viewer, id: SavedViewId) -> Result<(), Problem> {
    kept(tx, agent_of(viewer)?, id)?;
    store::leave(tx, id)?;
    announce(tx, viewer, id, i64::MAX)
}

fn kept(tx: &mut Tx<'_>, agent: &AgentAccess, id: SavedViewId) -> Result<SavedView, Problem> {
    let found = store::one(tx, agent, id)?;
    if found.may_change { Ok(found) } else { Err(Problem::forbidden("You may use this view, not change it.")) }
}

fn told(error: Error) -> Problem {
    if error.is_duplicate() {
        Problem::invalid("/name", "There is a view of that name here already.")
    } else if error.is_reference() {
        Problem::invalid("/sharing/team_id", "There is no such team.")
    } else {
        error.into()
    }
}
