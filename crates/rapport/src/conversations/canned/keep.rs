//! Adding, changing and removing canned responses.

use platform::{
    events::Event,
    store::{Error, Tx},
    web::Problem,
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    model::{CannedResponse, CannedResponseChange, NewCannedResponse},
    store,
};
use crate::{
    ids::CannedResponseId,
    viewer::{AgentAccess, Permission, Viewer},
};

const OWN_LIMIT: i64 = 300;
const SHARED_LIMIT: i64 = 2_000;

/// A canned response was added, changed or removed.
#[derive(Serialize)]
struct CannedResponseChanged {
    canned_response_id: CannedResponseId,
    version: i64,
}
impl Event for CannedResponseChanged {
    const KIND: &'static str = "conversations.canned_response_changed";
    fn stream(&self) -> Uuid {
        self.canned_response_id.0
    }
    fn version(&self) -> i64 {
        self.version
    }
}

fn announce(tx: &mut Tx<'_>, viewer: &Viewer, id: CannedResponseId, version: i64) -> Result<(), Problem> {
    Ok(tx.announce(viewer.actor(), &CannedResponseChanged { canned_response_id: id, version }).map(drop)?)
}

/// Canned responses are the agents' own tool: nobody else has any.
pub(in crate::conversations) fn agent_of(viewer: &Viewer) -> Result<&AgentAccess, Problem> {
    viewer.agent().ok_or_else(Problem::not_found)
}

/// Adds one.
pub(super) fn add(tx: &mut Tx<'_>, viewer: &Viewer, new: &NewCannedResponse) -> Result<CannedResponse, Problem> {
    let agent = agent_of(viewer)?;
    let new = new.checked()?;
    new.sharing.check(tx, agent, Permission::CannedResponsesManage)?;
    let (own, shared) = store::counts(tx, agent.id)?;
    if new.sharing.owner(agent).is_some() && own >= OWN_LIMIT {
        return Err(Problem::invalid("", format!("You have {OWN_LIMIT} canned responses of your own. Remove one that you no longer use.")));
    }
    if new.sharing.owner(agent).is_none() && shared >= SHARED_LIMIT {
        return Err(Problem::invalid("", format!("There are {SHARED_LIMIT} shared canned responses. Remove one that nobody uses.")));
    }
    let id = store::insert(tx, agent, &new).map_err(told)?;
    announce(tx, viewer, id, 1)?;
    Ok(store::one(tx, agent, id)?)
}

/// Changes one.
pub(super) fn change(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: CannedResponseId,
    based_on: Option<i64>,
    change: &CannedResponseChange,
) -> Result<CannedResponse, Problem> {
    let agent = agent_of(viewer)?;
    let before = kept(tx, agent, id)?;
    if based_on.is_some_and(|version| version != before.version) {
        return Err(Problem::version_conflict(serde_json::to_value(&before).unwrap_or_default()));
    }
    let new = NewCannedResponse {
        name: change.name.clone().unwrap_or(before.name),
        shortcut: change.shortcut.clone().unwrap_or(before.shortcut),
        texts: change.texts.clone().unwrap_or(before.texts),
        sharing: change.sharing.unwrap_or(before.sharing),
    }
    .checked()?;
    new.sharing.check(tx, agent, Permission::CannedResponsesManage)?;
    store::update(tx, agent, id, &new, before.version + 1).map_err(told)?;
    announce(tx, viewer, id, before.version + 1)?;
    Ok(store::one(tx, agent, id)?)
}

/// Removes one. What was written with it stays.
pub(super) fn remove(tx: &mut Tx<'_>, viewer: &Viewer, id: CannedResponseId) -> Result<(), Problem> {
    kept(tx, agent_of(viewer)?, id)?;
    store::delete(tx, id)?;
    announce(tx, viewer, id, i64::MAX)
}

fn kept(tx: &mut Tx<'_>, agent: &AgentAccess, id: CannedResponseId) -> Result<CannedResponse, Problem> {
    let found = store::one(tx, agent, id)?;
    if found.may_change { Ok(found) } else { Err(Problem::forbidden("You may use this canned response, not change it.")) }
}

fn told(error: Error) -> Problem {
    if error.is_duplicate() {
        Problem::invalid("/shortcut", "There is a canned response of that shortcut here already.")
    } else if error.is_reference() {
        Problem::invalid("/sharing/team_id", "There is no such team.")
    } else {
        error.into()
    }
}
