//! Inviting, changing and disabling agents; their tokens.

use platform::{
    events::{Actor, Event},
    store::Tx,
    web::Problem,
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    links::{self, Link, LinkKind},
    model::{Agent, AgentChange, ApiToken, Availability, GrantSpec, MeChange, NewAgent},
    store,
};
use crate::{
    check,
    ids::{AgentId, ApiTokenId},
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
    let sees_addresses = viewer.agent().is_none_or(|access| access.can(Permission::AgentsManage));
    let own = viewer.agent().map(|access| access.id);
    let agents = store::agents(tx)?.into_iter();
    Ok(agents.map(|agent| if sees_addresses || own == Some(agent.id) { agent } else { agent.for_colleagues() }).collect())
}

/// Adds an agent and makes the link with which they set their password.
pub fn add_agent(tx: &mut Tx<'_>, viewer: &Viewer, mut new: NewAgent) -> Result<(Agent, Link), Problem> {
    new.name = check::text("/name", &new.name, 80)?;
    new.email = check::email("/email", &new.email)?;
    let language = new.language.as_deref().map_or(Ok("en".into()), |language| check::language("/language", language))?;
    check_grants(viewer, &new.grants)?;
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
    check_grants(viewer, &agent.grants)?;
    if let Some(grants) = &change.grants {
        check_grants(viewer, grants)?;
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

/// Makes an API token for an agent. The token is shown this once; only its hash is kept.
pub fn make_token(tx: &mut Tx<'_>, id: AgentId, scope: &str) -> Result<String, Problem> {
    let unknown = scope.split(',').map(str::trim).find(|word| *word != "*" && Permission::from_word(word).is_none());
    if let Some(word) = unknown {
        let known: Vec<&str> = Permission::ALL.iter().map(|permission| permission.word()).collect();
        return Err(Problem::invalid("/scope", format!("There is no scope {word}. Write * or some of {}.", known.join(", "))));
    }
    let token = format!("rpt_{}", tx.secret());
    store::insert_token(tx, id, &platform::crypto::token_hash(&token), scope, &token[token.len() - 4..])?;
    Ok(token)
}

/// The API tokens, the newest first. What opens something is not in it: only its hash is kept.
pub fn list_tokens(tx: &mut Tx<'_>) -> Result<Vec<ApiToken>, Problem> {
    Ok(store::tokens(tx)?)
}

/// Ends an API token, given itself or by its id: whoever has lost a token can still end it.
pub fn revoke_token(tx: &mut Tx<'_>, token: &str) -> Result<(), Problem> {
    let token = token.trim();
    let revoked = match token.parse::<uuid::Uuid>() {
        Ok(id) => store::revoke_token_named(tx, ApiTokenId(id))?,
        Err(_) => store::revoke_token(tx, &platform::crypto::token_hash(token))?,
    };
    let agent = revoked.ok_or_else(|| Problem::invalid("/token", "This token is not known, or has ended already."))?;
    let version = store::agent(tx, agent)?.version;
    tx.announce(Actor::SYSTEM, &AgentChanged { agent_id: agent, version })?;
    Ok(())
}

/// Nobody hands out more than they have.
pub(super) fn check_grants(viewer: &Viewer, grants: &[GrantSpec]) -> Result<(), Problem> {
    let Some(access) = viewer.agent() else { return Ok(()) };
    if grants.len() > 50 {
        return Err(Problem::invalid("/grants", "At most 50 grants."));
    }
    match grants.iter().find(|grant| !access.may_grant(grant.role)) {
        Some(grant) => Err(Problem::forbidden(&format!("Only an administrator can do this for the role {}.", grant.role.word()))),
        None => Ok(()),
    }
}

fn write_rights(tx: &mut Tx<'_>, id: AgentId, grants: Option<&[GrantSpec]>, teams: Option<&[crate::ids::TeamId]>) -> Result<(), Problem> {
    let missing = |error: platform::store::Error| {
        if error.is_reference() { Problem::invalid("/grants", "A brand, location, team or inbox named here does not exist.") } else { error.into() }
    };
    if let Some(grants) = grants {
        store::replace_grants(tx, id, grants).map_err(missing)?;
    }
    if let Some(teams) = teams {
        store::replace_teams(tx, id, teams).map_err(missing)?;
    }
    Ok(())
}
