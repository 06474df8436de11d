//! SQL of second factors and recovery codes.

use platform::{
    clock::Moment,
    params,
    store::{Result, Tx},
};

use crate::ids::AgentId;

/// An authenticator app; not in use until it is confirmed.
pub(super) struct SecondFactorRow {
    /// Sealed.
    pub secret: Vec<u8>,
    pub confirmed_at: Option<Moment>,
}

pub(super) fn of(tx: &mut Tx<'_>, agent: AgentId) -> Result<Option<SecondFactorRow>> {
    tx.opt("SELECT secret, confirmed_at FROM second_factor WHERE agent_id = $1", params![agent], |row| {
        Ok(SecondFactorRow { secret: row.get("secret")?, confirmed_at: row.get("confirmed_at")? })
    })
}

pub(super) fn is_confirmed(tx: &mut Tx<'_>, agent: AgentId) -> Result<bool> {
    Ok(tx.opt("SELECT 1 AS confirmed FROM second_factor WHERE agent_id = $1 AND confirmed_at IS NOT NULL", params![agent], |_| Ok(()))?.is_some())
}

pub(super) fn begin(tx: &mut Tx<'_>, agent: AgentId, sealed: &[u8]) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "INSERT INTO second_factor (agent_id, secret, last_step, created_at) VALUES ($1, $2, 0, $3)
         ON CONFLICT (agent_id) DO UPDATE SET secret = excluded.secret, last_step = 0, created_at = excluded.created_at",
        params![agent, sealed, now],
    )
    .map(drop)
}

pub(super) fn confirm(tx: &mut Tx<'_>, agent: AgentId, step: i64) -> Result<()> {
    let now = tx.now();
    tx.exec("UPDATE second_factor SET confirmed_at = $2, last_step = $3 WHERE agent_id = $1", params![agent, now, step]).map(drop)
}

/// Steps in 25 hours. What was used further ahead than this was so under a clock that was wrong, and bars no code of the right one.
const CLOCK_AHEAD: i64 = 25 * 3600 / 30;

/// Whether the code of this step is new. One that is older than the last one used was seen before, or stolen before.
pub(super) fn use_step(tx: &mut Tx<'_>, agent: AgentId, step: i64) -> Result<bool> {
    let sql = "UPDATE second_factor SET last_step = $2 WHERE agent_id = $1 AND (last_step < $2 OR last_step > $3)";
    Ok(tx.exec(sql, params![agent, step, step + CLOCK_AHEAD])? == 1)
}

pub(super) fn use_recovery_code(tx: &mut Tx<'_>, agent: AgentId, code_hash: &[u8]) -> Result<bool> {
    let now = tx.now();
    Ok(tx.exec("UPDATE recovery_code SET used_at = $3 WHERE code_hash = $2 AND agent_id = $1 AND used_at IS NULL", params![agent, code_hash, now])? == 1)
}

pub(super) fn insert_recovery_code(tx: &mut Tx<'_>, agent: AgentId, code_hash: &[u8]) -> Result<()> {
    let now = tx.now();
    tx.exec("INSERT INTO recovery_code (code_hash, agent_id, created_at) VALUES ($2, $1, $3)", params![agent, code_hash, now]).map(drop)
}

pub(super) fn recovery_codes_left(tx: &mut Tx<'_>, agent: AgentId) -> Result<i64> {
    tx.one("SELECT count(*) AS n FROM recovery_code WHERE agent_id = $1 AND used_at IS NULL", params![agent], |row| row.get("n"))
}

pub(super) fn forget_recovery_codes(tx: &mut Tx<'_>, agent: AgentId) -> Result<()> {
    tx.exec("DELETE FROM recovery_code WHERE agent_id = $1", params![agent]).map(drop)
}

pub(super) fn forget(tx: &mut Tx<'_>, agent: AgentId) -> Result<()> {
    forget_recovery_codes(tx, agent)?;
    tx.exec("DELETE FROM second_factor WHERE agent_id = $1", params![agent]).map(drop)
}
