//! SQL of saved views.

use platform::{
    params,
    store::{Json, JsonText, Result, Row, Tx},
};

use super::model::{Checked, SavedView, ViewSort, ViewState};
use crate::{
    check,
    conditions::Condition,
    conversations::{facts, sharing::Sharing, store_sharing::shared_with_viewer},
    ids::{AgentId, ConversationId, SavedViewId},
    viewer::{AgentAccess, Permission},
};

/// Who looks: whether they keep what everyone shares, and who they are.
fn sight(agent: &AgentAccess) -> (bool, AgentId) {
    (agent.can_everywhere(Permission::SavedViewsManage), agent.id)
}

fn read(row: &Row<'_>, agent: &AgentAccess) -> Result<SavedView> {
    let sharing = Sharing::of_row(row.get("agent_id")?, row.get("team_id")?, row.get("brand_id")?);
    Ok(SavedView {
        id: row.get("id")?,
        name: row.get("name")?,
        condition: row.get::<Json<_>>("condition")?.0,
        sort: row.get("sort")?,
        layout: row.get("layout")?,
        may_change: sharing.is_kept_by(agent, Permission::SavedViewsManage),
        sharing,
        state: row.get("state")?,
        count: 0,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
    })
}

macro_rules! views {
    ($rest:expr) => {
        concat!(
            "SELECT r.id, r.name, r.condition, r.sort, r.layout, r.agent_id, r.team_id, r.brand_id, r.state, r.changed_at, r.version FROM saved_view r WHERE r.state <> 'leaving' AND ",
            shared_with_viewer!("r"),
            $rest
        )
    };
}

/// One, if the agent may use or keep it.
pub(super) fn one(tx: &mut Tx<'_>, agent: &AgentAccess, id: SavedViewId) -> Result<SavedView> {
    let (all, who) = sight(agent);
    tx.one(views!(" AND r.id = $3"), params![all, who, id], |row| read(row, agent))
}

/// All that the agent may use, by name.
pub(super) fn all(tx: &mut Tx<'_>, agent: &AgentAccess) -> Result<Vec<SavedView>> {
    let (all, who) = sight(agent);
    tx.all(views!(" ORDER BY r.name_key, r.id"), params![all, who], |row| read(row, agent))
}

/// How many the agent keeps alone, and how many others share.
pub(super) fn counts(tx: &mut Tx<'_>, agent: AgentId) -> Result<(i64, i64)> {
    tx.one(
        "SELECT CAST(COALESCE(sum(CASE WHEN agent_id = $1 THEN 1 ELSE 0 END), 0) AS bigint) AS own,
           CAST(COALESCE(sum(CASE WHEN agent_id IS NULL THEN 1 ELSE 0 END), 0) AS bigint) AS shared FROM saved_view WHERE state <> 'leaving'",
        params![agent],
        |row| Ok((row.get("own")?, row.get("shared")?)),
    )
}

/// Adds one; it begins to fill.
pub(super) fn insert(tx: &mut Tx<'_>, agent: &AgentAccess, new: &Checked) -> Result<SavedViewId> {
    let (id, now) = (tx.id::<SavedViewId>(), tx.now());
    tx.exec(
        "INSERT INTO saved_view (id, name, name_key, condition, sort, layout, home, agent_id, team_id, brand_id, asked, state, scanned_to, version, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $12, 1, $13, $13)",
        params![
            id,
            new.name,
            check::name_key(&new.name),
            JsonText::of(&new.condition),
            new.sort,
            new.layout,
            new.sharing.home(agent),
            new.sharing.owner(agent),
            new.sharing.team_id,
            new.sharing.brand_id,
            ViewState::Filling,
            ConversationId::default(),
            now
        ],
    )?;
    Ok(id)
}

/// Changes one; when it asks for something else now, it fills anew.
pub(super) fn update(tx: &mut Tx<'_>, agent: &AgentAccess, id: SavedViewId, new: &Checked, version: i64, asks_anew: bool) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "UPDATE saved_view SET name = $2, name_key = $3, condition = $4, sort = $5, layout = $6, home = $7, agent_id = $8, team_id = $9, brand_id = $10, version = $11, changed_at = $12
         WHERE id = $1",
        params![
            id,
            new.name,
            check::name_key(&new.name),
            JsonText::of(&new.condition),
            new.sort,
            new.layout,
            new.sharing.home(agent),
            new.sharing.owner(agent),
            new.sharing.team_id,
            new.sharing.brand_id,
            version,
            now
        ],
    )?;
    if asks_anew {
        tx.exec(
            "UPDATE saved_view SET asked = asked + 1, state = $2, scanned_to = $3 WHERE id = $1",
            params![id, ViewState::Filling, ConversationId::default()],
        )?;
    }
    Ok(())
}

/// Nobody sees it any more; the follower takes its entries away, and then it.
pub(super) fn leave(tx: &mut Tx<'_>, id: SavedViewId) -> Result<()> {
    tx.exec("UPDATE saved_view SET state = $2, home = $3, asked = asked + 1 WHERE id = $1", params![id, ViewState::Leaving, format!("leaving {id}")]).map(drop)
}

/// A view as the follower keeps it.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) id: SavedViewId,
    pub(super) condition: Condition,
    pub(super) sort: ViewSort,
    pub(super) asked: i64,
    pub(super) state: ViewState,
    pub(super) scanned_to: ConversationId,
    pub(super) version: i64,
}

/// Every view there is. One that asks for what is gone since holds for nothing rather than for everything.
pub(super) fn kept(tx: &mut Tx<'_>) -> Result<Vec<Kept>> {
    let found = tx.all("SELECT id, condition, sort, asked, state, scanned_to, version FROM saved_view ORDER BY id", params![], |row| {
        let condition: serde_json::Value = row.get::<Json<_>>("condition")?.0;
        let kept = Kept {
            id: row.get("id")?,
            condition: Condition::Any { any: Vec::new() },
            sort: row.get("sort")?,
            asked: row.get("asked")?,
            state: row.get("state")?,
            scanned_to: row.get("scanned_to")?,
            version: row.get("version")?,
        };
        Ok((kept, condition))
    })?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let fields = facts::fields(tx)?;
    Ok(found.into_iter().map(|(kept, json)| Kept { condition: Condition::read(&json, &fields, "").unwrap_or(kept.condition), ..kept }).collect())
}

/// Says how far a view is; `false` when it asks for something else by now.
pub(super) fn advance(tx: &mut Tx<'_>, view: &Kept, state: ViewState, scanned_to: ConversationId) -> Result<bool> {
    let moved = tx.exec("UPDATE saved_view SET state = $3, scanned_to = $4 WHERE id = $1 AND asked = $2", params![view.id, view.asked, state, scanned_to])?;
    Ok(moved == 1)
}

/// Whether a view still asks for the same.
pub(super) fn asks_the_same(tx: &mut Tx<'_>, view: &Kept) -> Result<bool> {
    Ok(tx.opt("SELECT 1 AS same FROM saved_view WHERE id = $1 AND asked = $2", params![view.id, view.asked], |_| Ok(()))?.is_some())
}

/// Removes a view that has no entries any more.
pub(super) fn delete(tx: &mut Tx<'_>, id: SavedViewId) -> Result<()> {
    tx.exec("DELETE FROM saved_view WHERE id = $1", params![id]).map(drop)
}
