//! Asking: is it on, what is set, and what has been forgotten.

use platform::{
    clock::Moment,
    doctor::Finding,
    store::{Result, Tx},
};
use serde::Serialize;

use super::{Feature, Scope, Target, store};

/// The features that are on for somebody now.
pub fn all_on(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Feature>> {
    let rows = store::in_force(tx)?;
    let says = |feature: Feature| {
        let said = rows.iter().filter(|(name, ..)| name == feature.word()).map(|(_, target, is_on)| (*target, *is_on));
        decided(said, scope).unwrap_or(feature.facts().by_default)
    };
    Ok(Feature::ALL.iter().copied().filter(|feature| says(*feature)).collect())
}

/// What the narrowest of these rows says that are about `scope`. Of several that are as narrow, off wins: whoever was kept out of
/// something by one team does not get it by another.
fn decided(rows: impl Iterator<Item = (Target, bool)>, scope: &Scope) -> Option<bool> {
    rows.filter(|(target, _)| target.covers(scope)).max_by_key(|(target, is_on)| (target.rank(), !is_on)).map(|(_, is_on)| is_on)
}

/// A row as the command line shows it.
#[derive(Clone, Debug, Serialize)]
pub struct Listed {
    /// The feature's name, also when the code no longer knows it.
    pub name: String,
    /// For whom.
    #[serde(flatten)]
    pub target: Target,
    /// The name of the brand or team, the address of the agent; none for everyone.
    pub whose: Option<String>,
    /// On or off.
    pub is_on: bool,
    /// From then on it says nothing.
    pub expires_at: Option<Moment>,
    /// Whether that moment has passed.
    pub is_expired: bool,
    /// Whether the code knows the feature.
    pub is_known: bool,
    /// Why.
    pub note: String,
    /// Who set it.
    pub set_by: String,
    /// When.
    pub set_at: Moment,
}

/// Everything that is set, expired and forgotten rows among it.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Listed>> {
    let now = tx.now();
    let listed = |row: store::Found| Listed {
        is_expired: row.expires_at.is_some_and(|at| at <= now),
        is_known: Feature::from_word(&row.name).is_some(),
        name: row.name,
        target: row.target,
        whose: row.whose,
        is_on: row.is_on,
        expires_at: row.expires_at,
        note: row.note,
        set_by: row.set_by,
        set_at: row.set_at,
    };
    Ok(store::rows(tx)?.into_iter().map(listed).collect())
}

/// For the doctor: rows that say nothing any more.
pub fn finding(tx: &mut Tx<'_>) -> Result<Finding> {
    let rows = list(tx)?;
    let told = |row: &Listed, why: &str| match &row.whose {
        Some(whose) => format!("{} for {whose} {why}", row.name),
        None => format!("{} for everyone {why}", row.name),
    };
    let unknown = rows.iter().filter(|row| !row.is_known).map(|row| told(row, "is not a feature of this version"));
    let expired = rows.iter().filter(|row| row.is_known && row.is_expired).map(|row| told(row, "has expired"));
    let idle: Vec<String> = unknown.chain(expired).collect();
    Ok(if idle.is_empty() {
        Finding::ok("features", format!("{} rows; each says something", rows.len()))
    } else {
        Finding::warning(
            "features",
            format!("rows that say nothing any more: {}", idle.join(", ")),
            "rapport feature list shows them; rapport feature clear NAME, with the same --brand, --team or --agent, removes one",
        )
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::ids::{AgentId, BrandId, TeamId};

    #[test]
    fn the_narrowest_row_decides_and_of_teams_that_disagree_off_wins() {
        let (brand, agent) = (BrandId(Uuid::from_u128(1)), AgentId(Uuid::from_u128(2)));
        let (one, other) = (TeamId(Uuid::from_u128(3)), TeamId(Uuid::from_u128(4)));
        let scope = Scope { brand_id: Some(brand), team_ids: vec![one, other], agent_id: Some(agent) };
        let stranger = Scope::default();
        let mut rows = Vec::new();
        let mut then = |target, is_on| {
            rows.push((target, is_on));
            (decided(rows.iter().copied(), &scope), decided(rows.iter().rev().copied(), &scope), decided(rows.iter().copied(), &stranger))
        };

        assert_eq!(then(Target::Everyone, false), (Some(false), Some(false), Some(false)));
        assert_eq!(then(Target::Brand(brand), true), (Some(true), Some(true), Some(false)));
        assert_eq!(then(Target::Team(one), false), (Some(false), Some(false), Some(false)));
        assert_eq!(then(Target::Team(other), true), (Some(false), Some(false), Some(false)));
        assert_eq!(then(Target::Agent(agent), true), (Some(true), Some(true), Some(false)));
        assert_eq!(decided(std::iter::empty(), &scope), None);
    }
}
