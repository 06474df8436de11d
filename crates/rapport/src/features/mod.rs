//! Features: what may be offered to some and not to others, for as long as that is wanted.
//!
//! Words: *feature* (a name in [`Feature`], with what happens without it), *row* (on or off for everyone, or for one brand, team or
//! agent, until a moment or until it is cleared). The narrowest row that has not expired decides: agent, team, brand, everyone, and
//! without any the code. Of several teams that disagree, off wins.
//!
//! Offers: [`all_on`] for whoever asks, [`set`], [`clear`] and [`list`] for the command line, [`finding`] for the doctor.
//! Announces: `features.feature_changed`. Not here: rights. A feature that is off is not offered; what somebody may do, their role says.

mod change;
mod known;
mod list;
mod store;

pub use change::{NewRow, clear, set};
pub use known::Feature;
pub use list::{Listed, all_on, finding, list};
use serde::Serialize;

use crate::ids::{AgentId, BrandId, TeamId};

/// For whom it is asked whether a feature is on.
#[derive(Clone, Default, Debug)]
pub struct Scope {
    /// The brand it is about.
    pub brand_id: Option<BrandId>,
    /// The teams of whoever would use it.
    pub team_ids: Vec<TeamId>,
    /// Whoever would use it.
    pub agent_id: Option<AgentId>,
}

/// Whom a row is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "scope", content = "id", rename_all = "snake_case")]
pub enum Target {
    /// Everyone.
    Everyone,
    /// Whatever belongs to a brand.
    Brand(BrandId),
    /// Whoever is in a team.
    Team(TeamId),
    /// One agent.
    Agent(AgentId),
}

impl Target {
    fn brand(self) -> Option<BrandId> {
        if let Target::Brand(id) = self { Some(id) } else { None }
    }

    fn team(self) -> Option<TeamId> {
        if let Target::Team(id) = self { Some(id) } else { None }
    }

    fn agent(self) -> Option<AgentId> {
        if let Target::Agent(id) = self { Some(id) } else { None }
    }

    /// How narrow it is; the narrowest decides.
    fn rank(self) -> u8 {
        match self {
            Target::Everyone => 0,
            Target::Brand(_) => 1,
            Target::Team(_) => 2,
            Target::Agent(_) => 3,
        }
    }

    fn covers(self, scope: &Scope) -> bool {
        match self {
            Target::Everyone => true,
            Target::Brand(id) => scope.brand_id == Some(id),
            Target::Team(id) => scope.team_ids.contains(&id),
            Target::Agent(id) => scope.agent_id == Some(id),
        }
    }
}
