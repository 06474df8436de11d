//! SQL of macros and of their use.

use platform::{
    clock::Moment,
    params,
    store::{Json, JsonText, Result, Row, Tx},
};

use super::{
    super::{sharing::Sharing, store_sharing::shared_with_viewer},
    model::{Macro, NewMacro},
};
use crate::{
    check,
    ids::{AgentId, BrandId, MacroId},
    viewer::{AgentAccess, Permission},
};

/// Who looks: whether they keep what everyone shares, and who they are.
fn sight(agent: &AgentAccess) -> (bool, AgentId) {
    (agent.can_everywhere(Permission::MacrosManage), agent.id)
}

macro_rules! columns {
    () => {
        "r.id, r.name, r.mode, r.texts, r.actions, r.agent_id, r.team_id, r.brand_id, r.changed_at, r.version,
         (SELECT CAST(COALESCE(sum(u.times), 0) AS bigint) FROM macro_use u WHERE u.macro_id = r.id) AS used_count,
         (SELECT max(u.last_used_at) FROM macro_use u WHERE u.macro_id = r.id) AS last_used_at"
    };
}

fn read_sharing(row: &Row<'_>) -> Result<Sharing> {
    Ok(Sharing::of_row(row.get("agent_id")?, row.get("team_id")?, row.get("brand_id")?))
}

fn read(row: &Row<'_>, agent: &AgentAccess) -> Result<Macro> {
    let sharing = read_sharing(row)?;
    Ok(Macro {
        id: row.get("id")?,
        name: row.get("name")?,
        mode: row.get("mode")?,
        texts: row.get::<Json<_>>("texts")?.0,
        actions: row.get::<Json<_>>("actions")?.0,
        may_change: sharing.is_kept_by(agent, Permission::MacrosManage),
        sharing,
        used_count: row.get("used_count")?,
        last_used_at: row.get("last_used_at")?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
    })
}

/// One, if the agent may use or keep it.
pub(super) fn one(tx: &mut Tx<'_>, agent: &AgentAccess, id: MacroId) -> Result<Macro> {
    let (all, who) = sight(agent);
    tx.one(concat!("SELECT ", columns!(), " FROM macro r WHERE r.id = $3 AND ", shared_with_viewer!("r")), params![all, who, id], |row| read(row, agent))
}

/// A page, oldest first, after the one named.
pub(super) fn page(tx: &mut Tx<'_>, agent: &AgentAccess, after: MacroId, limit: i64) -> Result<Vec<Macro>> {
    let (all, who) = sight(agent);
    tx.all(
        concat!("SELECT ", columns!(), " FROM macro r WHERE r.id > $3 AND ", shared_with_viewer!("r"), " ORDER BY r.id LIMIT $4"),
        params![all, who, after, limit],
        |row| read(row, agent),
    )
}

/// What may be run on a conversation of a brand, with when the agent last ran it: last run first, then by name.
pub(super) fn usable(tx: &mut Tx<'_>, agent: &AgentAccess, brand: BrandId, limit: i64) -> Result<Vec<(Macro, Option<Moment>)>> {
    let (all, who) = sight(agent);
    tx.all(
        concat!(
            "SELECT ",
            columns!(),
            ", mine.last_used_at AS used_by_viewer_at FROM macro r LEFT JOIN macro_use mine ON mine.macro_id = r.id AND mine.agent_id = $2
             WHERE (r.brand_id IS NULL OR r.brand_id = $3) AND ",
            shared_with_viewer!("r"),
            " ORDER BY CASE WHEN mine.last_used_at IS NULL THEN 1 ELSE 0 END, mine.last_used_at DESC, r.name_key, r.id LIMIT $4"
        ),
        params![all, who, brand, limit],
        |row| Ok((read(row, agent)?, row.get("used_by_viewer_at")?)),
    )
}

/// How many the agent keeps alone, and how many others share.
pub(super) fn counts(tx: &mut Tx<'_>, agent: AgentId) -> Result<(i64, i64)> {
    tx.one(
        "SELECT CAST(COALESCE(sum(CASE WHEN agent_id = $1 THEN 1 ELSE 0 END), 0) AS bigint) AS own,
           CAST(COALESCE(sum(CASE WHEN agent_id IS NULL THEN 1 ELSE 0 END), 0) AS bigint) AS shared FROM macro",
        params![agent],
        |row| Ok((row.get("own")?, row.get("shared")?)),
    )
}

pub(super) fn insert(tx: &mut Tx<'_>, agent: &AgentAccess, new: &NewMacro) -> Result<MacroId> {
    let (id, now) = (tx.id::<MacroId>(), tx.now());
    tx.exec(
        "INSERT INTO macro (id, name, name_key, mode, texts, actions, home, agent_id, team_id, brand_id, version, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $11)",
        params![
            id,
            new.name,
            check::name_key(&new.name),
            new.mode,
            JsonText::of(&new.texts),
            JsonText::of(&new.actions),
            new.sharing.home(agent),
            new.sharing.owner(agent),
            new.sharing.team_id,
            new.sharing.brand_id,
            now
        ],
    )?;
    Ok(id)
}

pub(super) fn update(tx: &mut Tx<'_>, agent: &AgentAccess, id: MacroId, new: &NewMacro, version: i64) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "UPDATE macro SET name = $2, name_key = $3, mode = $4, texts = $5, actions = $6, home = $7, agent_id = $8, team_id = $9, brand_id = $10, version = $11, changed_at = $12
         WHERE id = $1",
        params![
            id,
            new.name,
            check::name_key(&new.name),
            new.mode,
            JsonText::of(&new.texts),
            JsonText::of(&new.actions),
            new.sharing.home(agent),
            new.sharing.owner(agent),
            new.sharing.team_id,
            new.sharing.brand_id,
            version,
            now
        ],
    )
    .map(drop)
}

pub(super) fn delete(tx: &mut Tx<'_>, id: MacroId) -> Result<()> {
    tx.exec("DELETE FROM macro_use WHERE macro_id = $1", params![id])?;
    tx.exec("DELETE FROM macro WHERE id = $1", params![id]).map(drop)
}

pub(super) fn count_use(tx: &mut Tx<'_>, agent: AgentId, id: MacroId) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "INSERT INTO macro_use (agent_id, macro_id, times, last_used_at) VALUES ($1, $2, 1, $3)
         ON CONFLICT (agent_id, macro_id) DO UPDATE SET times = macro_use.times + 1, last_used_at = excluded.last_used_at",
        params![agent, id, now],
    )
    .map(drop)
}
