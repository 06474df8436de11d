//! Adding, changing and removing macros.

use platform::{
    events::Event,
    store::{Error, Tx},
    web::Problem,
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    super::canned::agent_of,
    model::{Macro, MacroChange, NewMacro},
    store,
};
use crate::{
    ids::MacroId,
    viewer::{AgentAccess, Permission, Viewer},
};

const OWN_LIMIT: i64 = 300;
const SHARED_LIMIT: i64 = 2_000;

/// A macro was added, changed or removed.
#[derive(Serialize)]
struct MacroChanged {
    macro_id: MacroId,
    version: i64,
}
impl Event for MacroChanged {
    const KIND: &'static str = "conversations.macro_changed";
    fn stream(&self) -> Uuid {
        self.macro_id.0
    }
    fn version(&self) -> i64 {
        self.version
    }
}

fn announce(tx: &mut Tx<'_>, viewer: &Viewer, id: MacroId, version: i64) -> Result<(), Problem> {
    Ok(tx.announce(viewer.actor(), &MacroChanged { macro_id: id, version }).map(drop)?)
}

/// Adds one.
pub(super) fn add(tx: &mut Tx<'_>, viewer: &Viewer, new: &NewMacro) -> Result<Macro, Problem> {
    let agent = agent_of(viewer)?;
    let new = new.checked(tx)?;
    new.sharing.check(tx, agent, Permission::MacrosManage)?;
    let (own, shared) = store::counts(tx, agent.id)?;
    if new.sharing.owner(agent).is_some() && own >= OWN_LIMIT {
        return Err(Problem::invalid("", format!("You have {OWN_LIMIT} macros of your own. Remove one that you no longer use.")));
    }
    if new.sharing.owner(agent).is_none() && shared >= SHARED_LIMIT {
        return Err(Problem::invalid("", format!("There are {SHARED_LIMIT} shared macros. Remove one that nobody uses.")));
    }
    let id = store::insert(tx, agent, &new).map_err(told)?;
    announce(tx, viewer, id, 1)?;
    Ok(store::one(tx, agent, id)?)
}

/// Changes one.
pub(super) fn change(tx: &mut Tx<'_>, viewer: &Viewer, id: MacroId, based_on: Option<i64>, change: &MacroChange) -> Result<Macro, Problem> {
    let agent = agent_of(viewer)?;
    let before = kept(tx, agent, id)?;
    if based_on.is_some_and(|version| version != before.version) {
        return Err(Problem::version_conflict(serde_json::to_value(&before).unwrap_or_default()));
    }
    let new = NewMacro {
        name: change.name.clone().unwrap_or(before.name),
        mode: change.mode.unwrap_or(before.mode),
        actions: change.actions.clone().unwrap_or(before.actions),
        texts: change.texts.clone().unwrap_or(before.texts),
        sharing: change.sharing.unwrap_or(before.sharing),
    }
    .checked(tx)?;
    new.sharing.check(tx, agent, Permission::MacrosManage)?;
    store::update(tx, agent, id, &new, before.version + 1).map_err(told)?;
    announce(tx, viewer, id, before.version + 1)?;
    Ok(store::one(tx, agent, id)?)
}

/// Removes one. What it did stays.
pub(super) fn remove(tx: &mut Tx<'_>, viewer: &Viewer, id: MacroId) -> Result<(), Problem> {
    kept(tx, agent_of(viewer)?, id)?;
    store::delete(tx, id)?;
    announce(tx, viewer, id, i64::MAX)
}

fn kept(tx: &mut Tx<'_>, agent: &AgentAccess, id: MacroId) -> Result<Macro, Problem> {
    let found = store::one(tx, agent, id)?;
    if found.may_change { Ok(found) } else { Err(Problem::forbidden("You may run this macro, not change it.")) }
}

fn told(error: Error) -> Problem {
    if error.is_duplicate() {
        Problem::invalid("/name", "There is a macro of that name here already.")
    } else if error.is_reference() {
        Problem::invalid("/sharing/team_id", "There is no such team.")
    } else {
        error.into()
    }
}
