//! Whom something that was written once is for: oneself, a team, a brand, everyone.

use platform::{store::Tx, web::Problem, word_enum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    ids::{AgentId, BrandId, TeamId},
    places,
    viewer::{AgentAccess, Part, Permission},
};

word_enum! {
    /// Who uses it.
    SharedWith {
        /// Whoever made it.
        Me = "me",
        /// A team.
        Team = "team",
        /// Whoever answers for a brand, in its conversations.
        Brand = "brand",
        /// All agents.
        Everyone = "everyone",
    }
}

/// Whom it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sharing {
    /// Who uses it.
    pub with: SharedWith,
    /// Which team, when it is for one.
    #[serde(default)]
    pub team_id: Option<TeamId>,
    /// Which brand, when it is for one.
    #[serde(default)]
    pub brand_id: Option<BrandId>,
}

impl Sharing {
    /// As a row says it.
    pub fn of_row(agent: Option<AgentId>, team_id: Option<TeamId>, brand_id: Option<BrandId>) -> Sharing {
        let with = match (agent, team_id, brand_id) {
            (Some(_), ..) => SharedWith::Me,
            (_, Some(_), _) => SharedWith::Team,
            (.., Some(_)) => SharedWith::Brand,
            _ => SharedWith::Everyone,
        };
        Sharing { with, team_id, brand_id }
    }

    /// Whose it is alone.
    pub fn owner(&self, agent: &AgentAccess) -> Option<AgentId> {
        (self.with == SharedWith::Me).then_some(agent.id)
    }

    /// Within this a name or shortcut stands once.
    pub fn home(&self, agent: &AgentAccess) -> String {
        match (self.with, self.team_id, self.brand_id) {
            (SharedWith::Me, ..) => format!("agent {}", agent.id),
            (SharedWith::Team, Some(team), _) => format!("team {team}"),
            (SharedWith::Brand, _, Some(brand)) => format!("brand {brand}"),
            _ => "everyone".into(),
        }
    }

    /// Whether the agent may keep what is shared so: what is their own always, the rest where they have the permission.
    pub fn is_kept_by(&self, agent: &AgentAccess, permission: Permission) -> bool {
        self.with == SharedWith::Me || agent.can_over(permission, &Part { brand_id: self.brand_id, team_id: self.team_id, ..Part::EVERYWHERE })
    }

    /// Whether it is complete, names what is there, and may be kept by the agent.
    pub fn check(&self, tx: &mut Tx<'_>, agent: &AgentAccess, permission: Permission) -> Result<(), Problem> {
        let fits = (self.with == SharedWith::Team) == self.team_id.is_some() && (self.with == SharedWith::Brand) == self.brand_id.is_some();
        if !fits {
            return Err(Problem::invalid("/sharing", "Write team_id with team, brand_id with brand, and neither with me or everyone."));
        }
        if !self.is_kept_by(agent, permission) {
            let detail = format!("You may keep your own. What others use needs the permission {}. An administrator can grant it.", permission.word());
            return Err(Problem::forbidden(&detail));
        }
        if let Some(brand) = self.brand_id {
            places::brand(tx, brand).map_err(|_| Problem::invalid("/sharing/brand_id", "There is no such brand."))?;
        }
        Ok(())
    }
}
