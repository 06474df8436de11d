//! Inviting, changing and disabling agents; their tokens.

use platform::{
    events::{Actor, Event},
    store::Tx,
    web::Problem,
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    access::grant_of,
    links::{self, Link, LinkKind},
    model::{Agent, AgentChange, Availability, GrantSpec, MeChange, NewAgent},
    store, store_roles,
};
use crate::{
    check,
    ids::AgentId,
    viewer::{Permission, Role, Viewer},
};

/// An agent was added or changed, rights included.
#[derive(Serialize)]
struct AgentChanged {
    agent_id: AgentId,
    version: i64,
}
impl Event for AgentChanged {
    const KIND: &'static str = "people.agent_changed";
    fn stream(&self) -> Uuid {
        self.agent_id.0
    }
    fn version(&self) -> i64 {
        self.version
    }
}

/// All agents, for the console and the command line.
pub fn list_agents(tx: &mut Tx<'_>, viewer: &Viewer) -> Result<Vec<Agent>, Problem> {
    let Some(access) = viewer.agent() else { return Ok(store::agents(tx)?) };
    let (sees_all, manages) = (access.can_everywhere(Permission::AgentsManage), access.can(Permission::AgentsManage));
    let mut agents = store::agents(tx)?;
    for agent in agents.iter_mut().filter(|agent| !sees_all && agent.id != access.id) {
        // The rest is for those who may manage this agent.
        if !manages || check_grants(tx, viewer, &agent.grants).is_err() {
            agent.hide_from_colleagues();
        }
    }
    Ok(agents)
}

/// Adds an agent and makes the link with which they set their password.
pub fn add_agent(tx: &mut Tx<'_>, viewer: &Viewer, mut new: NewAgent) -> Result<(Agent, Link), Problem> {
    new.name = check::text("/name", &new.name, 80)?;
    new.email = check::email("/email", &new.email)?;
    let language = new.language.as_deref().map_or(Ok("en".into()), |language| check::language("/language", language))?;
    check_grants(tx, viewer, &new.grants)?;
    let id = store::insert_agent(tx, &new, &language)
        .map_err(|error| if error.is_duplicate() { Problem::invalid("/email", "There is an agent with this address already.") } else { error.into() })?;
    write_rights(tx, id, Some(&new.grants), Some(&new.team_ids))?;
    tx.announce(viewer.actor(), &AgentChanged { agent_id: id, version: 1 })?;
    let link = links::make_link(tx, LinkKind::Invitation, id)?;
    Ok((store::agent(tx, id)?, link))
}

/// Changes an agent. The last administrator can neither be disabled nor lose the role.
pub(super) fn change_agent(tx: &mut Tx<'_>, viewer: &Viewer, id: AgentId, based_on: Option<i64>, change: &AgentChange) -> Result<Agent, Problem> {
    let mut agent = store::agent(tx, id)?;
    if based_on.is_some_and(|version| version != agent.version) {
        return Err(Problem::version_conflict(serde_json::to_value(&agent).unwrap_or_default()));
    }
    check_grants(tx, viewer, &agent.grants)?;
    if let Some(grants) = &change.grants {
        check_grants(tx, viewer, grants)?;
    }
    if let Some(name) = &change.name {
        agent.name = check::text("/name", name, 80)?;
    }
    if let Some(disabled) = change.disabled {
        agent.disabled_at = disabled.then(|| agent.disabled_at.unwrap_or(tx.now()));
    }
    let grants = change.grants.as_ref().unwrap_or(&agent.grants);
    let stays = agent.disabled_at.is_none() && grants.contains(&GrantSpec::everywhere(Role::Administrator));
    let was = agent.grants.contains(&GrantSpec::everywhere(Role::Administrator));
    if was && !stays && store::other_administrators(tx, id)? == 0 {
        return Err(Problem::conflict("in_use", "This is the last administrator. Make somebody else administrator first."));
    }
    agent.version += 1;
    store::update_agent(tx, &agent)?;
    write_rights(tx, id, change.grants.as_deref(), change.team_ids.as_deref())?;
    if agent.disabled_at.is_some() {
        links::end_sessions(tx, viewer.actor(), id, None)?;
    }
    tx.announce(viewer.actor(), &AgentChanged { agent_id: id, version: agent.version })?;
    Ok(store::agent(tx, id)?)
}

/// Changes what an agent may change of themselves.
pub(super) fn change_me(tx: &mut Tx<'_>, id: AgentId, change: &MeChange) -> Result<(), Problem> {
    let mut agent = store::agent(tx, id)?;
    if let Some(settings) = &change.settings {
        let text = platform::store::JsonText::of(settings);
        if text.0.len() > 16 * 1024 {
            return Err(Problem::invalid("/settings", "At most 16 KB of settings."));
        }
        store::set_settings(tx, id, &text)?;
    }
    if let Some(name) = &change.name {
        agent.name = check::text("/name", name, 80)?;
    }
    if let Some(language) = &change.language {
        agent.language = check::language("/language", language)?;
    }
    if let Some(zone) = &change.time_zone {
        agent.time_zone = check::time_zone("/time_zone", zone)?;
    }
    if let Some(availability) = change.availability {
        agent.availability = availability;
    }
    agent.version += 1;
    store::update_agent(tx, &agent)?;
    tx.announce(Actor::agent(id.0), &AgentChanged { agent_id: id, version: agent.version })?;
    Ok(())
}

/// Tells that something of an agent changed that is not in their row.
pub(super) fn announce_changed(tx: &mut Tx<'_>, actor: Actor, id: AgentId) -> Result<(), Problem> {
    let mut agent = store::agent(tx, id)?;
    agent.version += 1;
    store::update_agent(tx, &agent)?;
    tx.announce(actor, &AgentChanged { agent_id: id, version: agent.version })?;
    Ok(())
}

/// Gives a new agent their time zone and availability, for companies made by a program.
pub fn settle_in(tx: &mut Tx<'_>, id: AgentId, time_zone: &str, availability: Availability) -> Result<(), Problem> {
    change_me(tx, id, &MeChange { time_zone: Some(time_zone.into()), availability: Some(availability), ..MeChange::default() })
}

/// Lets an agent in again, or no longer, from the command line.
pub fn set_disabled(tx: &mut Tx<'_>, email: &str, disabled: bool) -> Result<Agent, Problem> {
    let id = find_by_email(tx, email)?;
    let system = Viewer::System { reason: "command line" };
    change_agent(tx, &system, id, None, &AgentChange { disabled: Some(disabled), ..AgentChange::default() })
}

/// The agent of an address.
pub fn find_by_email(tx: &mut Tx<'_>, email: &str) -> Result<AgentId, Problem> {
    store::agent_by_email(tx, &email.trim().to_lowercase())?
        .ok_or_else(|| Problem::invalid("/email", format!("There is no agent with the address {email}; `rapport agent list` shows them.")))
}

/// Makes others look again at the rights of an agent.
pub(super) fn tell_changed(tx: &mut Tx<'_>, actor: Actor, id: AgentId) -> Result<(), Problem> {
    let version = store::agent(tx, id)?.version;
    tx.announce(actor, &AgentChanged { agent_id: id, version })?;
    Ok(())
}

/// Nobody hands out more than they have, nor wider; and nobody decides over somebody who has more.
pub(super) fn check_grants(tx: &mut Tx<'_>, viewer: &Viewer, grants: &[GrantSpec]) -> Result<(), Problem> {
    let Some(access) = viewer.agent() else { return Ok(()) };
    for grant in grants {
        if !access.may_give(&grant_of(tx, grant)?) {
            return Err(Problem::forbidden("This takes rights that you do not have yourself, or have over a smaller part. Ask an administrator."));
        }
    }
    Ok(())
}

/// Refuses whoever has less than the agent they would decide over.
pub fn may_decide_over(tx: &mut Tx<'_>, viewer: &Viewer, id: AgentId) -> Result<(), Problem> {
    let grants = store::agent(tx, id)?.grants;
    check_grants(tx, viewer, &grants)
}

fn write_rights(tx: &mut Tx<'_>, id: AgentId, grants: Option<&[GrantSpec]>, teams: Option<&[crate::ids::TeamId]>) -> Result<(), Problem> {
    let missing = |error: platform::store::Error| {
        if error.is_reference() { Problem::invalid("/grants", "A brand, location, team or inbox named here does not exist.") } else { error.into() }
    };
    if let Some(grants) = grants {
        if grants.len() > 50 {
            return Err(Problem::invalid("/grants", "At most 50 grants."));
        }
        let mut given = Vec::new();
        for grant in grants {
            let Some(permissions) = store_roles::permissions(tx, &grant.role)? else {
                return Err(Problem::invalid("/grants", "There is no such role. GET /api/v1/roles lists them."));
            };
            given.push((grant.clone(), permissions));
        }
        store::replace_grants(tx, id, &given).map_err(missing)?;
    }
    if let Some(teams) = teams {
        store::replace_teams(tx, id, teams).map_err(missing)?;
    }
    Ok(())
}
