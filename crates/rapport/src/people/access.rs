//! What an agent may do, as the gate needs it.

use platform::store::{Result, Tx};

use super::{second_factor, store};
use crate::{
    ids::AgentId,
    viewer::{AgentAccess, Grant, Permission, Through},
};

/// The agent behind a session cookie; `None` when it is unknown, too old, or the agent is disabled.
pub fn access_of_session(tx: &mut Tx<'_>, token: &str, unused_days: i64) -> Result<Option<AgentAccess>> {
    let Some((session, agent)) = store::session_by_token(tx, &platform::crypto::token_hash(token), unused_days)? else { return Ok(None) };
    access_of(tx, agent, Through::Session(session))
}

/// The agent behind an API token.
pub fn access_of_token(tx: &mut Tx<'_>, token: &str) -> Result<Option<AgentAccess>> {
    let Some((agent, scope)) = store::live_token(tx, &platform::crypto::token_hash(token))? else { return Ok(None) };
    let Some(mut access) = access_of(tx, agent, Through::Token)? else { return Ok(None) };
    if scope != "*" {
        access.only = Some(scope.split(',').filter_map(|word| Permission::from_word(word.trim())).collect());
    }
    Ok(Some(access))
}

/// What an agent may do; `None` when there is no such agent or they are disabled.
pub fn access_of(tx: &mut Tx<'_>, id: AgentId, through: Through) -> Result<Option<AgentAccess>> {
    let Some(name) = store::enabled_agent_name(tx, id)? else { return Ok(None) };
    let mut grants = Vec::new();
    for grant in store::grants(tx, id)? {
        let location_ids = match grant.location_id {
            Some(location) => Some(store::locations_below(tx, location)?),
            None => None,
        };
        grants.push(Grant { role: grant.role, brand_id: grant.brand_id, location_ids, team_id: grant.team_id, inbox_id: grant.inbox_id });
    }
    // Signed in with a password alone where the company demands more, one may set that up and nothing else.
    let only = if matches!(through, Through::Session(_)) && second_factor::is_owed(tx, id)? { Some(Vec::new()) } else { None };
    Ok(Some(AgentAccess { id, name, through, grants, only }))
}
