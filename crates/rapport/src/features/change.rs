//! Turning a feature on or off for somebody, and taking that back.

use platform::{
    clock::Moment,
    events::{Actor, Event},
    store::Tx,
    web::Problem,
};
use serde::Serialize;
use uuid::Uuid;

use super::{Feature, Target, store};
use crate::{
    check,
    ids::{AgentId, BrandId, TeamId},
};

/// A row was set or cleared.
#[derive(Serialize)]
struct FeatureChanged {
    row_id: Uuid,
    name: String,
    brand_id: Option<BrandId>,
    team_id: Option<TeamId>,
    agent_id: Option<AgentId>,
    /// None: cleared.
    is_on: Option<bool>,
    expires_at: Option<Moment>,
}
impl Event for FeatureChanged {
    const KIND: &'static str = "features.feature_changed";
    fn stream(&self) -> Uuid {
        self.row_id
    }
    fn version(&self) -> i64 {
        if self.is_on.is_some() { 1 } else { 2 }
    }
}

/// A row to be set.
#[derive(Clone, Debug)]
pub struct NewRow {
    /// For whom.
    pub target: Target,
    /// On or off.
    pub is_on: bool,
    /// From then on it says nothing; never, when it is none.
    pub expires_at: Option<Moment>,
    /// Why, for whoever finds it later; at most 200 characters.
    pub note: String,
    /// Who sets it, in words; at most 80 characters.
    pub set_by: String,
}

/// Sets the row of a feature for somebody, in place of the one that was there.
pub fn set(tx: &mut Tx<'_>, actor: Actor, feature: Feature, new: &NewRow) -> Result<(), Problem> {
    let (note, set_by) = (check::optional_text("/note", &new.note, 200)?, check::text("/set_by", &new.set_by, 80)?);
    if new.expires_at.is_some_and(|at| at <= tx.now()) {
        return Err(Problem::invalid("/expires_at", "This moment has passed. Nothing was changed; write one that is to come."));
    }
    store::remove(tx, feature.word(), new.target)?;
    let id = store::insert(tx, feature, new, &note, &set_by)
        .map_err(|error| if error.is_reference() { Problem::invalid("/target", "There is no such brand, team or agent.") } else { error.into() })?;
    announce(tx, actor, id, feature.word(), new.target, Some((new.is_on, new.expires_at)))
}

/// Takes the row of a feature for somebody away. The name may be one that the code no longer knows.
pub fn clear(tx: &mut Tx<'_>, actor: Actor, name: &str, target: Target) -> Result<(), Problem> {
    let removed = store::remove(tx, name, target)?;
    if removed.is_empty() {
        Feature::named(name)?;
        return Err(Problem::invalid("/target", format!("Nothing is set of {name} there. Nothing was changed; rapport feature list shows what is.")));
    }
    removed.into_iter().try_for_each(|id| announce(tx, actor, id, name, target, None))
}

fn announce(tx: &mut Tx<'_>, actor: Actor, row_id: Uuid, name: &str, target: Target, now: Option<(bool, Option<Moment>)>) -> Result<(), Problem> {
    let changed = FeatureChanged {
        row_id,
        name: name.to_owned(),
        brand_id: target.brand(),
        team_id: target.team(),
        agent_id: target.agent(),
        is_on: now.map(|(is_on, _)| is_on),
        expires_at: now.and_then(|(_, expires_at)| expires_at),
    };
    Ok(tx.announce(actor, &changed).map(drop)?)
}
