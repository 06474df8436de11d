//! When somebody works on what lies in a scope.

use platform::store::{Result, Tx};

use super::store;
use crate::{
    places::{self, business_time::BusinessTime},
    rights::Scope,
};

/// The hours of a scope: those of the team, else of the location, of its regions, of the brand.
pub fn business_time(tx: &mut Tx<'_>, scope: &Scope) -> Result<BusinessTime> {
    let mut said = places::said(tx, scope.brand_id, scope.location_id)?;
    if let Some(team) = scope.team_id {
        said.insert(0, store::said_by_team(tx, team)?);
    }
    Ok(BusinessTime::nearest(&said))
}
