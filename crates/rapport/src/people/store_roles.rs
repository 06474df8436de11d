//! SQL of roles.

use platform::{
    params,
    store::{Json, JsonText, Result, Row, Tx},
};

use super::model::RoleView;
use crate::{
    ids::AgentId,
    viewer::{Permission, Permissions, Role, RoleKey},
};

/// What a row says its role may do. Words of a newer program are not known here and allow nothing.
fn permissions_in(id: &RoleKey, row: &Row<'_>) -> Result<Permissions> {
    let kept: Option<Json<Vec<String>>> = row.get("permissions")?;
    let known = |words: Vec<String>| words.iter().filter_map(|word| Permission::from_word(word)).collect();
    Ok(match (id.built_in(), kept) {
        (Some(Role::Administrator), _) => Role::Administrator.permissions(),
        (_, Some(Json(words))) => known(words),
        (built_in, None) => built_in.map(Role::permissions).unwrap_or_default(),
    })
}

/// What a role may do; `None` when there is no such role.
pub(super) fn permissions(tx: &mut Tx<'_>, id: &RoleKey) -> Result<Option<Permissions>> {
    let kept = tx.opt("SELECT permissions FROM role WHERE id = $1", params![id], |row| permissions_in(id, row))?;
    Ok(kept.or_else(|| id.built_in().map(Role::permissions)))
}

/// One that comes with Rapport, as it comes.
fn as_it_comes(role: Role) -> RoleView {
    RoleView {
        id: role.into(),
        name: None,
        built_in: true,
        changed: false,
        permissions: role.permissions().iter().collect(),
        agent_ids: Vec::new(),
        version: 1,
    }
}

/// All roles: those that come with Rapport in their order, then the company's own by name.
pub(super) fn roles(tx: &mut Tx<'_>) -> Result<Vec<RoleView>> {
    let mut roles: Vec<RoleView> = Role::ALL.iter().map(|role| as_it_comes(*role)).collect();
    tx.each("SELECT id, name, permissions, permissions IS NOT NULL AS is_changed, version FROM role ORDER BY name, id", params![], |row| {
        let id: RoleKey = row.get("id")?;
        let (permissions, built_in) = (permissions_in(&id, row)?.iter().collect(), id.built_in());
        let (name, changed, version) = (row.get("name")?, built_in.is_some() && row.get("is_changed")?, row.get("version")?);
        let role = RoleView { id, name, built_in: built_in.is_some(), changed, permissions, agent_ids: Vec::new(), version };
        match built_in {
            Some(known) => roles[known as usize] = role,
            None => roles.push(role),
        }
        Ok(())
    })?;
    tx.each("SELECT DISTINCT role, agent_id FROM agent_grant ORDER BY role, agent_id", params![], |row| {
        let (id, agent): (RoleKey, AgentId) = (row.get("role")?, row.get("agent_id")?);
        if let Some(role) = roles.iter_mut().find(|role| role.id == id) {
            role.agent_ids.push(agent);
        }
        Ok(())
    })?;
    Ok(roles)
}

pub(super) fn insert(tx: &mut Tx<'_>, id: &RoleKey, name: &str, permissions: &[Permission]) -> Result<()> {
    tx.exec("INSERT INTO role (id, name, permissions, version) VALUES ($1, $2, $3, 1)", params![id, name, JsonText::of(&permissions)]).map(drop)
}

/// Saves a role, `permissions` as they come when there are none, and what the condition of sight asks beside its grants.
pub(super) fn update(tx: &mut Tx<'_>, id: &RoleKey, name: Option<&str>, permissions: Option<&[Permission]>, version: i64) -> Result<()> {
    let kept = permissions.map(|permissions| JsonText::of(&permissions));
    tx.exec(
        "INSERT INTO role (id, name, permissions, version) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, permissions = excluded.permissions, version = excluded.version",
        params![id, name, kept, version],
    )?;
    let now = self::permissions(tx, id)?.unwrap_or_default();
    let (conversations, contacts) = (now.contains(Permission::ConversationsRead), now.contains(Permission::ContactsRead));
    tx.exec("UPDATE agent_grant SET reads_conversations = $2, reads_contacts = $3 WHERE role = $1", params![id, conversations, contacts]).map(drop)
}

pub(super) fn delete(tx: &mut Tx<'_>, id: &RoleKey) -> Result<()> {
    tx.exec("DELETE FROM role WHERE id = $1", params![id]).map(drop)
}

/// The names of those who have a role.
pub(super) fn holders(tx: &mut Tx<'_>, id: &RoleKey) -> Result<Vec<String>> {
    tx.all("SELECT DISTINCT a.name, a.id FROM agent_grant g JOIN agent a ON a.id = g.agent_id WHERE g.role = $1 ORDER BY a.name, a.id", params![id], |row| {
        row.get("name")
    })
}

/// A role; `None` when there is no such one.
pub(super) fn role(tx: &mut Tx<'_>, id: &RoleKey) -> Result<Option<RoleView>> {
    Ok(roles(tx)?.into_iter().find(|role| role.id == *id))
}
