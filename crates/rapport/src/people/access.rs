//! What an agent may do, as the gate needs it.

use platform::store::{Result, Tx};

use super::{model::GrantSpec, second_factor, store, store_roles, store_tokens, tokens};
use crate::{
    ids::{AgentId, ApiTokenId},
    viewer::{AgentAccess, Grant, Part, Permission, Permissions, Scope, Through},
};

/// The agent behind a session cookie; `None` when it is unknown, too old, or the agent is disabled.
pub fn access_of_session(tx: &mut Tx<'_>, token: &str, unused_days: i64) -> Result<Option<AgentAccess>> {
    let Some((session, agent)) = store::session_by_token(tx, &platform::crypto::token_hash(token), unused_days)? else { return Ok(None) };
    access_of(tx, agent, Through::Session(session))
}

/// The agent behind an API token.
pub fn access_of_token(tx: &mut Tx<'_>, token: &str) -> Result<Option<AgentAccess>> {
    match store_tokens::id_of(tx, &platform::crypto::token_hash(token))? {
        Some(id) => access_through_token(tx, id),
        None => Ok(None),
    }
}

/// What an API token allows now: never more than its scope, never more than its owner's rights.
fn access_through_token(tx: &mut Tx<'_>, id: ApiTokenId) -> Result<Option<AgentAccess>> {
    let Some(token) = store_tokens::live(tx, id)? else { return Ok(None) };
    let access = access_of(tx, token.agent_id, Through::Token(id))?;
    Ok(access.map(|access| AgentAccess { only: token.only, until: token.expires_at, cost: token.per_minute.map(tokens::cost), ..access }))
}

/// What whoever came in like this may do now; `None` when they may no longer.
pub fn access_again(tx: &mut Tx<'_>, id: AgentId, through: Through) -> Result<Option<AgentAccess>> {
    match through {
        Through::Session(session) if store::is_session_open(tx, session)? => access_of(tx, id, through),
        Through::Session(_) => Ok(None),
        Through::Token(token) => access_through_token(tx, token),
    }
}

/// What an agent may do; `None` when there is no such agent or they are disabled.
pub fn access_of(tx: &mut Tx<'_>, id: AgentId, through: Through) -> Result<Option<AgentAccess>> {
    let Some(name) = store::enabled_agent_name(tx, id)? else { return Ok(None) };
    let specs = store::grants(tx, id)?;
    let grants = specs.iter().map(|spec| grant_of(tx, spec)).collect::<Result<_>>()?;
    let mut access = AgentAccess::new(id, name, through, grants);
    // Signed in with a password alone where the company demands more, one may set that up and nothing else.
    if matches!(through, Through::Session(_)) && second_factor::is_owed(tx, id)? {
        access.only = Some(Permissions::default());
    }
    Ok(Some(access))
}

/// Whether an agent may answer customers in a scope.
pub fn may_answer(tx: &mut Tx<'_>, id: AgentId, scope: &Scope) -> Result<bool> {
    may(tx, id, Permission::ConversationsWrite, scope)
}

/// Whether somebody who may sign in sees the conversations of a scope.
pub fn may_read(tx: &mut Tx<'_>, id: AgentId, scope: &Scope) -> Result<bool> {
    may(tx, id, Permission::ConversationsRead, scope)
}

fn may(tx: &mut Tx<'_>, id: AgentId, permission: Permission, scope: &Scope) -> Result<bool> {
    let access = access_of(tx, id, Through::Token(ApiTokenId::default()))?;
    Ok(access.is_some_and(|access| access.can_in(permission, scope)))
}

/// What a grant gives. A role that is not there gives nothing.
pub(super) fn grant_of(tx: &mut Tx<'_>, spec: &GrantSpec) -> Result<Grant> {
    let permissions = store_roles::permissions(tx, &spec.role)?.unwrap_or(Permissions::default());
    let location_ids = spec.location_id.map(|location| store::locations_below(tx, location)).transpose()?;
    Ok(Grant { permissions, over: Part { brand_id: spec.brand_id, location_ids, team_id: spec.team_id, inbox_id: spec.inbox_id } })
}
