//! SQL of canned responses and of their use.

use platform::{
    clock::Moment,
    i18n::Localised,
    params,
    store::{Json, JsonText, Result, Row, Tx},
};

use super::{
    super::{sharing::Sharing, store_sharing::shared_with_viewer},
    model::{CannedResponse, NewCannedResponse},
};
use crate::{
    check,
    ids::{AgentId, BrandId, CannedResponseId},
    viewer::{AgentAccess, Permission},
};

/// Who looks: whether they keep what everyone shares, and who they are.
fn sight(agent: &AgentAccess) -> (bool, AgentId) {
    (agent.can_everywhere(Permission::CannedResponsesManage), agent.id)
}

macro_rules! columns {
    () => {
        "r.id, r.name, r.shortcut, r.texts, r.agent_id, r.team_id, r.brand_id, r.changed_at, r.version,
         (SELECT CAST(COALESCE(sum(u.times), 0) AS bigint) FROM canned_response_use u WHERE u.canned_response_id = r.id) AS used_count,
         (SELECT max(u.last_used_at) FROM canned_response_use u WHERE u.canned_response_id = r.id) AS last_used_at"
    };
}

fn read_sharing(row: &Row<'_>) -> Result<Sharing> {
    Ok(Sharing::of_row(row.get("agent_id")?, row.get("team_id")?, row.get("brand_id")?))
}

fn read(row: &Row<'_>, agent: &AgentAccess) -> Result<CannedResponse> {
    let sharing = read_sharing(row)?;
    Ok(CannedResponse {
        id: row.get("id")?,
        name: row.get("name")?,
        shortcut: row.get("shortcut")?,
        texts: row.get::<Json<_>>("texts")?.0,
        may_change: sharing.is_kept_by(agent, Permission::CannedResponsesManage),
        sharing,
        used_count: row.get("used_count")?,
        last_used_at: row.get("last_used_at")?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
    })
}

/// One, if the agent may use or keep it.
pub(super) fn one(tx: &mut Tx<'_>, agent: &AgentAccess, id: CannedResponseId) -> Result<CannedResponse> {
    let (all, who) = sight(agent);
    tx.one(concat!("SELECT ", columns!(), " FROM canned_response r WHERE r.id = $3 AND ", shared_with_viewer!("r")), params![all, who, id], |row| {
        read(row, agent)
    })
}

/// A page, oldest first, after the one named.
pub(super) fn page(tx: &mut Tx<'_>, agent: &AgentAccess, after: CannedResponseId, limit: i64) -> Result<Vec<CannedResponse>> {
    let (all, who) = sight(agent);
    tx.all(
        concat!("SELECT ", columns!(), " FROM canned_response r WHERE r.id > $3 AND ", shared_with_viewer!("r"), " ORDER BY r.id LIMIT $4"),
        params![all, who, after, limit],
        |row| read(row, agent),
    )
}

/// What may be used in a conversation of a brand, with when the agent last used it.
pub(super) struct Usable {
    pub(super) id: CannedResponseId,
    pub(super) name: String,
    pub(super) shortcut: String,
    pub(super) texts: Localised,
    pub(super) sharing: Sharing,
    pub(super) last_used_at: Option<Moment>,
}

/// Last used by the agent first, then by name; what another brand says is not among them.
pub(super) fn usable(tx: &mut Tx<'_>, agent: &AgentAccess, brand: BrandId, limit: i64) -> Result<Vec<Usable>> {
    let (all, who) = sight(agent);
    tx.all(
        concat!(
            "SELECT r.id, r.name, r.shortcut, r.texts, r.agent_id, r.team_id, r.brand_id, u.last_used_at FROM canned_response r
             LEFT JOIN canned_response_use u ON u.canned_response_id = r.id AND u.agent_id = $2
             WHERE (r.brand_id IS NULL OR r.brand_id = $3) AND ",
            shared_with_viewer!("r"),
            " ORDER BY CASE WHEN u.last_used_at IS NULL THEN 1 ELSE 0 END, u.last_used_at DESC, r.name_key, r.id LIMIT $4"
        ),
        params![all, who, brand, limit],
        |row| {
            Ok(Usable {
                id: row.get("id")?,
                name: row.get("name")?,
                shortcut: row.get("shortcut")?,
                texts: row.get::<Json<_>>("texts")?.0,
                sharing: read_sharing(row)?,
                last_used_at: row.get("last_used_at")?,
            })
        },
    )
}

/// How many the agent keeps alone, and how many others share.
pub(super) fn counts(tx: &mut Tx<'_>, agent: AgentId) -> Result<(i64, i64)> {
    tx.one(
        "SELECT CAST(COALESCE(sum(CASE WHEN agent_id = $1 THEN 1 ELSE 0 END), 0) AS bigint) AS own,
           CAST(COALESCE(sum(CASE WHEN agent_id IS NULL THEN 1 ELSE 0 END), 0) AS bigint) AS shared FROM canned_response",
        params![agent],
        |row| Ok((row.get("own")?, row.get("shared")?)),
    )
}

/// The one that has a shortcut where it would be shared.
pub(super) fn with_shortcut(tx: &mut Tx<'_>, home: &str, shortcut: &str) -> Result<Option<CannedResponseId>> {
    tx.opt("SELECT id FROM canned_response WHERE home = $1 AND shortcut = $2", params![home, shortcut], |row| row.get("id"))
}

pub(super) fn insert(tx: &mut Tx<'_>, agent: &AgentAccess, new: &NewCannedResponse) -> Result<CannedResponseId> {
    let (id, now) = (tx.id::<CannedResponseId>(), tx.now());
    tx.exec(
        "INSERT INTO canned_response (id, name, name_key, shortcut, texts, home, agent_id, team_id, brand_id, version, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $10)",
        params![
            id,
            new.name,
            check::name_key(&new.name),
            new.shortcut,
            JsonText::of(&new.texts),
            new.sharing.home(agent),
            new.sharing.owner(agent),
            new.sharing.team_id,
            new.sharing.brand_id,
            now
        ],
    )?;
    Ok(id)
}

pub(super) fn update(tx: &mut Tx<'_>, agent: &AgentAccess, id: CannedResponseId, new: &NewCannedResponse, version: i64) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "UPDATE canned_response SET name = $2, name_key = $3, shortcut = $4, texts = $5, home = $6, agent_id = $7, team_id = $8, brand_id = $9, version = $10, changed_at = $11
         WHERE id = $1",
        params![id, new.name, check::name_key(&new.name), new.shortcut, JsonText::of(&new.texts), new.sharing.home(agent), new.sharing.owner(agent),
                new.sharing.team_id, new.sharing.brand_id, version, now],
    )
    .map(drop)
}

pub(super) fn delete(tx: &mut Tx<'_>, id: CannedResponseId) -> Result<()> {
    tx.exec("DELETE FROM canned_response_use WHERE canned_response_id = $1", params![id])?;
    tx.exec("DELETE FROM canned_response WHERE id = $1", params![id]).map(drop)
}

pub(super) fn count_use(tx: &mut Tx<'_>, agent: AgentId, id: CannedResponseId) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "INSERT INTO canned_response_use (agent_id, canned_response_id, times, last_used_at) VALUES ($1, $2, 1, $3)
         ON CONFLICT (agent_id, canned_response_id) DO UPDATE SET times = canned_response_use.times + 1, last_used_at = excluded.last_used_at",
        params![agent, id, now],
    )
    .map(drop)
}
