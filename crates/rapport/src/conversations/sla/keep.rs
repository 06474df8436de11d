//! Keeping SLA policies.

use platform::{
    events::Event,
    store::{Error, Tx},
    web::Problem,
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    super::canned::agent_of,
    clock::recompute_soon,
    model::{NewSlaPolicy, SlaPolicy, SlaPolicyChange},
    store,
};
use crate::{
    ids::{BrandId, SlaPolicyId},
    viewer::{Part, Permission, Viewer},
};

const LIMIT: usize = 100;

/// An SLA policy was added, changed or removed.
#[derive(Serialize)]
struct SlaPolicyChanged {
    sla_policy_id: SlaPolicyId,
    version: i64,
}
impl Event for SlaPolicyChanged {
    const KIND: &'static str = "conversations.sla_policy_changed";
    fn stream(&self) -> Uuid {
        self.sla_policy_id.0
    }
    fn version(&self) -> i64 {
        self.version
    }
}

/// Tells of a change, and has the deadlines follow it.
fn changed(tx: &mut Tx<'_>, viewer: &Viewer, id: SlaPolicyId, version: i64) -> Result<(), Problem> {
    tx.announce(viewer.actor(), &SlaPolicyChanged { sla_policy_id: id, version })?;
    Ok(recompute_soon(tx)?)
}

fn may_keep(viewer: &Viewer, brand: Option<BrandId>) -> Result<(), Problem> {
    let may = agent_of(viewer)?.can_over(Permission::SlaPoliciesManage, &Part { brand_id: brand, ..Part::EVERYWHERE });
    if may { Ok(()) } else { Err(Problem::forbidden("You may keep the SLA policies of your brands only. An administrator can change your role.")) }
}

fn is_seen(viewer: &Viewer, policy: &SlaPolicy) -> bool {
    let reaches = |brand| [Permission::ConversationsRead, Permission::SlaPoliciesManage].iter().any(|permission| viewer.reaches_brand(*permission, brand));
    policy.brand_id.is_none_or(reaches)
}

/// Those of everywhere, and of brands of which the viewer reads conversations or keeps the policies; in their order.
pub(super) fn seen_by(tx: &mut Tx<'_>, viewer: &Viewer) -> Result<Vec<SlaPolicy>, Problem> {
    let mut all = store::all(tx)?;
    all.retain(|policy| is_seen(viewer, policy));
    Ok(all)
}

fn one_to_keep(tx: &mut Tx<'_>, viewer: &Viewer, id: SlaPolicyId) -> Result<SlaPolicy, Problem> {
    let policy = store::one(tx, id)?;
    if !is_seen(viewer, &policy) {
        return Err(Problem::not_found());
    }
    may_keep(viewer, policy.brand_id)?;
    Ok(policy)
}

/// Adds one.
pub(super) fn add(tx: &mut Tx<'_>, viewer: &Viewer, new: &NewSlaPolicy) -> Result<SlaPolicy, Problem> {
    let all = store::all(tx)?;
    if all.len() >= LIMIT {
        return Err(Problem::invalid("", format!("There are {LIMIT} SLA policies. Remove one that no longer holds.")));
    }
    may_keep(viewer, new.brand_id)?;
    let policy = SlaPolicy {
        id: tx.id(),
        name: new.name.clone(),
        position: new.position.unwrap_or_else(|| all.last().map_or(1, |last| last.position + 1)),
        brand_id: new.brand_id,
        location_id: new.location_id,
        team_id: new.team_id,
        channel: new.channel.clone(),
        priorities: new.priorities.clone(),
        targets: new.targets,
        version: 1,
    }
    .checked(tx)?;
    store::insert(tx, &policy).map_err(told)?;
    changed(tx, viewer, policy.id, 1)?;
    Ok(policy)
}

/// Changes one.
pub(super) fn change(tx: &mut Tx<'_>, viewer: &Viewer, id: SlaPolicyId, based_on: Option<i64>, change: &SlaPolicyChange) -> Result<SlaPolicy, Problem> {
    let before = one_to_keep(tx, viewer, id)?;
    if based_on.is_some_and(|version| version != before.version) {
        return Err(Problem::version_conflict(serde_json::to_value(&before).unwrap_or_default()));
    }
    let change = change.clone();
    let policy = SlaPolicy {
        id,
        name: change.name.unwrap_or(before.name),
        position: change.position.unwrap_or(before.position),
        brand_id: change.brand_id.unwrap_or(before.brand_id),
        location_id: change.location_id.unwrap_or(before.location_id),
        team_id: change.team_id.unwrap_or(before.team_id),
        channel: change.channel.unwrap_or(before.channel),
        priorities: change.priorities.unwrap_or(before.priorities),
        targets: change.targets.unwrap_or(before.targets),
        version: before.version + 1,
    }
    .checked(tx)?;
    may_keep(viewer, policy.brand_id)?;
    store::update(tx, &policy).map_err(told)?;
    changed(tx, viewer, id, policy.version)?;
    Ok(policy)
}

/// Removes one. What it promised is promised no longer.
pub(super) fn remove(tx: &mut Tx<'_>, viewer: &Viewer, id: SlaPolicyId) -> Result<(), Problem> {
    one_to_keep(tx, viewer, id)?;
    store::delete(tx, id)?;
    changed(tx, viewer, id, i64::MAX)
}

fn told(error: Error) -> Problem {
    if error.is_duplicate() {
        Problem::invalid("/name", "There is an SLA policy of that name already.")
    } else if error.is_reference() {
        Problem::invalid("", "A brand, location or team named here does not exist.")
    } else {
        error.into()
    }
}
