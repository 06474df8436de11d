//! API tokens: what programs come in with.

use std::num::NonZeroU32;

use platform::{clock::Moment, events::Actor, store::Tx, web::Problem};

use super::{
    agents,
    model::{ApiToken, NewToken},
    store_tokens as store,
};
use crate::{
    check,
    ids::{AgentId, ApiTokenId},
    viewer::{AgentAccess, Permission, Permissions},
};

/// What one request takes from the budget of a token, which is the same for all: less each minute is more for each.
pub(super) fn cost(per_minute: i64) -> NonZeroU32 {
    u32::try_from(MOST_PER_MINUTE / per_minute.max(1)).ok().and_then(NonZeroU32::new).unwrap_or(NonZeroU32::MIN)
}

/// How many working tokens one agent may have.
const MOST: i64 = 50;
/// What a token may ask each minute unless told.
const PER_MINUTE: i64 = 600;
/// The most it may be given: one in ten milliseconds.
pub const MOST_PER_MINUTE: i64 = 6_000;

/// What a scope allows; `None` for everything its owner may do.
pub(super) fn permissions_in(scope: &str) -> Option<Permissions> {
    (scope != "*").then(|| scope.split(',').filter_map(|word| Permission::from_word(word.trim())).collect())
}

/// Makes an API token for an agent, with all their rights or some. It is shown this once; only its hash is kept.
pub fn make_token(tx: &mut Tx<'_>, id: AgentId, scope: &str) -> Result<String, Problem> {
    Ok(insert(tx, id, "", scope, None, None)?.1)
}

/// Makes one as its owner asks: never with more than what they came in with allows.
pub(super) fn make_own(tx: &mut Tx<'_>, access: &AgentAccess, new: &NewToken) -> Result<(ApiToken, String), Problem> {
    let name = check::text("/name", &new.name, 80)?;
    let within = |only: Permissions| permissions_in(&new.scope).is_some_and(|wanted| wanted.iter().all(|permission| only.contains(permission)));
    if access.only.is_some_and(|only| !within(only)) {
        return Err(Problem::forbidden("A token cannot make another that may do more. Sign in and make it in the console."));
    }
    if new.expires_at.is_some_and(|at| at <= tx.now()) {
        return Err(Problem::invalid("/expires_at", "This time is over. Choose a later one."));
    }
    let per_minute = new.per_minute.unwrap_or(PER_MINUTE);
    if !(1..=MOST_PER_MINUTE).contains(&per_minute) {
        return Err(Problem::invalid("/per_minute", format!("From 1 to {MOST_PER_MINUTE} requests each minute.")));
    }
    if store::count(tx, access.id)? >= MOST {
        return Err(Problem::conflict("in_use", format!("You have {MOST} tokens that work. Revoke one first.")));
    }
    insert(tx, access.id, &name, &new.scope, Some(per_minute), new.expires_at)
}

fn insert(
    tx: &mut Tx<'_>,
    agent_id: AgentId,
    name: &str,
    scope: &str,
    per_minute: Option<i64>,
    expires_at: Option<Moment>,
) -> Result<(ApiToken, String), Problem> {
    let secret = format!("rpt_{}", tx.secret());
    let token = ApiToken {
        id: tx.id(),
        name: name.into(),
        agent_id,
        agent: String::new(),
        scope: check_scope(scope)?,
        hint: secret[secret.len() - 4..].into(),
        per_minute,
        created_at: tx.now(),
        expires_at,
        last_used_at: None,
        revoked_at: None,
    };
    store::insert(tx, &token, &platform::crypto::token_hash(&secret))?;
    Ok((token, secret))
}

fn check_scope(scope: &str) -> Result<String, Problem> {
    if scope.trim() == "*" {
        return Ok("*".into());
    }
    let known = |word: &str| {
        Permission::from_word(word).ok_or_else(|| {
            let known: Vec<&str> = Permission::ALL.iter().map(|permission| permission.word()).collect();
            Problem::invalid("/scope", format!("There is no such scope. Write * or some of {}.", known.join(", ")))
        })
    };
    let wanted = scope.split(',').map(|word| known(word.trim())).collect::<Result<Permissions, _>>()?;
    Ok(wanted.iter().map(Permission::word).collect::<Vec<_>>().join(","))
}

/// The API tokens, the newest first. What opens something is not in it: only its hash is kept.
pub fn list_tokens(tx: &mut Tx<'_>) -> Result<Vec<ApiToken>, Problem> {
    Ok(store::all(tx)?)
}

/// An agent's own.
pub(super) fn list_own(tx: &mut Tx<'_>, agent: AgentId) -> Result<Vec<ApiToken>, Problem> {
    Ok(store::of_agent(tx, agent)?)
}

/// Ends an API token, given itself or by its id: whoever has lost a token can still end it.
pub fn revoke_token(tx: &mut Tx<'_>, token: &str) -> Result<(), Problem> {
    let unknown = || Problem::invalid("/token", "This token is not known, or has ended already.");
    let token = token.trim();
    let id = match token.parse::<uuid::Uuid>() {
        Ok(id) => ApiTokenId(id),
        Err(_) => store::id_of(tx, &platform::crypto::token_hash(token))?.ok_or_else(unknown)?,
    };
    revoke(tx, Actor::SYSTEM, id, None).map_err(|problem| if problem.code == "not_found" { unknown() } else { problem })
}

/// Ends a token of `owner`, or of anybody, and whatever is connected with it.
pub(super) fn revoke(tx: &mut Tx<'_>, actor: Actor, id: ApiTokenId, owner: Option<AgentId>) -> Result<(), Problem> {
    let owner = store::revoke(tx, id, owner)?.ok_or_else(Problem::not_found)?;
    agents::tell_changed(tx, actor, owner)
}
