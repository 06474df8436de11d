//! Roles: the company's own, and what those that come with Rapport may do here.

use platform::{events::Event, store::Tx, web::Problem};
use serde::Serialize;
use uuid::Uuid;

use super::{
    model::{NewRole, RoleChange, RoleView},
    store_roles as store,
};
use crate::{
    check,
    viewer::{Permission, Permissions, Role, RoleKey, Viewer},
};

/// More are not kept apart by anybody.
const MOST: usize = 100;

/// A role was made, changed or removed: rights of whoever has it.
#[derive(Serialize)]
struct RoleChanged {
    role: RoleKey,
    version: i64,
}
impl Event for RoleChanged {
    const KIND: &'static str = "people.role_changed";
    fn stream(&self) -> Uuid {
        self.role.stream()
    }
    fn version(&self) -> i64 {
        self.version
    }
}

/// Lists roles with their permissions and who has them.
pub(super) fn list(tx: &mut Tx<'_>) -> Result<Vec<RoleView>, Problem> {
    Ok(store::roles(tx)?)
}

/// Makes a role of the company's own.
pub fn add_role(tx: &mut Tx<'_>, viewer: &Viewer, new: &NewRole) -> Result<RoleView, Problem> {
    may_decide(viewer, new.permissions.iter().copied())?;
    if store::roles(tx)?.len() >= MOST {
        return Err(Problem::conflict("in_use", format!("A company has at most {MOST} roles. Remove one first.")));
    }
    let (name, id) = (check::text("/name", &new.name, 80)?, RoleKey(tx.id::<Uuid>().to_string()));
    store::insert(tx, &id, &name, &in_order(&new.permissions)).map_err(name_taken)?;
    tx.announce(viewer.actor(), &RoleChanged { role: id.clone(), version: 1 })?;
    store::role(tx, &id)?.ok_or_else(Problem::not_found)
}

/// Changes a role, and with it the rights of whoever has it.
pub(super) fn change_role(tx: &mut Tx<'_>, viewer: &Viewer, id: &RoleKey, based_on: Option<i64>, change: &RoleChange) -> Result<RoleView, Problem> {
    may_decide(viewer, [])?;
    let role = store::role(tx, id)?.ok_or_else(Problem::not_found)?;
    // Before anything is said of the role: whoever may not change it learns no more than from the list.
    may_decide(viewer, role.permissions.iter().copied())?;
    if based_on.is_some_and(|version| version != role.version) {
        return Err(Problem::version_conflict(serde_json::to_value(&role).unwrap_or_default()));
    }
    if id.is_administrator() {
        return Err(Problem::conflict("in_use", "Administrators may do everything, always. Make another role and change that."));
    }
    let name = match (&change.name, role.built_in) {
        (Some(_), true) => return Err(Problem::invalid("/name", "Roles that come with Rapport keep their names. Make one of your own.")),
        (Some(name), false) => Some(check::text("/name", name, 80)?),
        (None, _) => role.name.clone(),
    };
    let own = (role.changed || !role.built_in).then(|| role.permissions.clone());
    let permissions = match &change.permissions {
        None => own,
        Some(None) if role.built_in => None,
        Some(None) => return Err(Problem::invalid("/permissions", "Only a role that comes with Rapport can be put back to what it was.")),
        Some(Some(permissions)) => Some(in_order(permissions)),
    };
    let as_it_comes = || id.built_in().map(Role::permissions).unwrap_or_default().iter().collect();
    may_decide(viewer, permissions.clone().unwrap_or_else(as_it_comes))?;
    store::update(tx, id, name.as_deref(), permissions.as_deref(), role.version + 1).map_err(name_taken)?;
    tx.announce(viewer.actor(), &RoleChanged { role: id.clone(), version: role.version + 1 })?;
    store::role(tx, id)?.ok_or_else(Problem::not_found)
}

/// Removes a role of the company's own that nobody has.
pub(super) fn remove_role(tx: &mut Tx<'_>, viewer: &Viewer, id: &RoleKey) -> Result<(), Problem> {
    may_decide(viewer, [])?;
    let role = store::role(tx, id)?.ok_or_else(Problem::not_found)?;
    may_decide(viewer, role.permissions)?;
    if role.built_in {
        return Err(Problem::conflict("in_use", "Roles that come with Rapport stay. Take permissions away from it, or do not grant it."));
    }
    let holders = store::holders(tx, id)?;
    if !holders.is_empty() {
        return Err(Problem::conflict("in_use", format!("This role is granted to {}. Give them another one first.", names(&holders))));
    }
    store::delete(tx, id)?;
    tx.announce(viewer.actor(), &RoleChanged { role: id.clone(), version: role.version + 1 })?;
    Ok(())
}

/// A role reaches wherever it is granted, so whoever decides what it may do must be able to do that everywhere.
fn may_decide(viewer: &Viewer, permissions: impl IntoIterator<Item = Permission>) -> Result<(), Problem> {
    let Some(access) = viewer.agent() else { return Ok(()) };
    match [Permission::RolesManage].into_iter().chain(permissions).find(|permission| !access.can_everywhere(*permission)) {
        Some(lacking) => Err(Problem::forbidden(&format!("Nobody decides over more than they have: you lack {} over the whole company.", lacking.word()))),
        None => Ok(()),
    }
}

fn in_order(permissions: &[Permission]) -> Vec<Permission> {
    permissions.iter().copied().collect::<Permissions>().iter().collect()
}

fn names(all: &[String]) -> String {
    match all {
        [first, second, third, rest @ ..] if !rest.is_empty() => format!("{first}, {second}, {third} and {} more", rest.len()),
        _ => all.join(", "),
    }
}

fn name_taken(error: platform::store::Error) -> Problem {
    if error.is_duplicate() { Problem::invalid("/name", "There is a role of that name already.") } else { error.into() }
}
