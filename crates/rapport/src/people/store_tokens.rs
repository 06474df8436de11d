//! SQL of API tokens. Only their hashes are kept.

use std::time::Duration;

use platform::{
    clock::Moment,
    params,
    store::{Result, Row, Tx},
};

use super::{model::ApiToken, tokens::permissions_in};
use crate::{
    ids::{AgentId, ApiTokenId},
    viewer::Permissions,
};

/// A token that works, as the gate needs it.
pub(super) struct Live {
    pub(super) agent_id: AgentId,
    pub(super) only: Option<Permissions>,
    pub(super) expires_at: Option<Moment>,
    pub(super) per_minute: Option<i64>,
}

pub(super) fn insert(tx: &mut Tx<'_>, token: &ApiToken, token_hash: &[u8]) -> Result<()> {
    tx.exec(
        "INSERT INTO api_token (id, agent_id, token_hash, name, scope, hint, per_minute, expires_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![token.id, token.agent_id, token_hash, token.name, token.scope, token.hint, token.per_minute, token.expires_at, token.created_at],
    )
    .map(drop)
}

pub(super) fn id_of(tx: &mut Tx<'_>, token_hash: &[u8]) -> Result<Option<ApiTokenId>> {
    tx.opt("SELECT id FROM api_token WHERE token_hash = $1", params![token_hash], |row| row.get("id"))
}

pub(super) fn live(tx: &mut Tx<'_>, id: ApiTokenId) -> Result<Option<Live>> {
    let now = tx.now();
    tx.opt(
        "SELECT agent_id, scope, expires_at, per_minute FROM api_token WHERE id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)",
        params![id, now],
        |row| {
            let scope: String = row.get("scope")?;
            Ok(Live { agent_id: row.get("agent_id")?, only: permissions_in(&scope), expires_at: row.get("expires_at")?, per_minute: row.get("per_minute")? })
        },
    )
}

/// Notes that a token is in use, to within a minute.
pub fn touch_token(tx: &mut Tx<'_>, id: ApiTokenId) -> Result<()> {
    let (now, before) = (tx.now(), tx.now().minus(Duration::from_secs(60)));
    tx.exec(
        "UPDATE api_token SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $3 OR last_used_at > $2)",
        params![id, now, before],
    )
    .map(drop)
}

/// Ends a token of `owner`, or of anybody; whose it was, `None` when it does not work anyway.
pub(super) fn revoke(tx: &mut Tx<'_>, id: ApiTokenId, owner: Option<AgentId>) -> Result<Option<AgentId>> {
    let now = tx.now();
    tx.opt(
        "UPDATE api_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL AND agent_id = COALESCE($3, agent_id) RETURNING agent_id",
        params![id, now, owner],
        |row| row.get("agent_id"),
    )
}

/// How many tokens of an agent work.
pub(super) fn count(tx: &mut Tx<'_>, agent: AgentId) -> Result<i64> {
    let now = tx.now();
    tx.one(
        "SELECT count(*) AS n FROM api_token WHERE agent_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)",
        params![agent, now],
        |row| row.get("n"),
    )
}

fn read(row: &Row<'_>) -> Result<ApiToken> {
    Ok(ApiToken {
        id: row.get("id")?,
        name: row.get("name")?,
        agent_id: row.get("agent_id")?,
        agent: row.get("email")?,
        scope: row.get("scope")?,
        hint: row.get("hint")?,
        per_minute: row.get("per_minute")?,
        created_at: row.get("created_at")?,
        expires_at: row.get("expires_at")?,
        last_used_at: row.get("last_used_at")?,
        revoked_at: row.get("revoked_at")?,
    })
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT t.id, t.name, t.agent_id, a.email, t.scope, t.hint, t.per_minute, t.created_at, t.expires_at, t.last_used_at, t.revoked_at
             FROM api_token t JOIN agent a ON a.id = t.agent_id ",
            $rest,
            " ORDER BY t.created_at DESC, t.id"
        )
    };
}

pub(super) fn all(tx: &mut Tx<'_>) -> Result<Vec<ApiToken>> {
    tx.all(select!(""), params![], read)
}

pub(super) fn of_agent(tx: &mut Tx<'_>, agent: AgentId) -> Result<Vec<ApiToken>> {
    tx.all(select!("WHERE t.agent_id = $1"), params![agent], read)
}
