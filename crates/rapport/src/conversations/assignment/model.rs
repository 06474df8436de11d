//! How work is given out, as it is shown and changed.

use std::collections::BTreeMap;

use platform::{clock::Moment, web::Problem, word_enum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    check,
    ids::{AgentId, TeamId},
};

word_enum! {
    /// How a team's new work is given out.
    Method {
        /// People take it themselves.
        Manual = "manual",
        /// To one after the other.
        RoundRobin = "round_robin",
        /// To whoever has most room left.
        LeastLoaded = "least_loaded",
    }
}

/// What holds for the whole company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentSettings {
    /// How much an agent has at once, who has no capacity of their own: 1 to 1000.
    #[schema(example = 5)]
    pub capacity: i64,
    /// How much of it a conversation takes, by channel: 1 unless told.
    #[serde(default)]
    pub weights: BTreeMap<String, i64>,
    /// After how many minutes away unanswered work goes back to the queue; never when null.
    #[serde(default)]
    pub away_minutes: Option<i64>,
}

impl Default for AssignmentSettings {
    fn default() -> AssignmentSettings {
        AssignmentSettings { capacity: 5, weights: BTreeMap::new(), away_minutes: None }
    }
}

/// How a team's new work is given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamAssignment {
    /// The method.
    pub method: Method,
    /// Whether who had the customer last goes first, when they have room.
    #[serde(default)]
    pub previous_agent_first: bool,
    /// Whether it is given out only while the team, the location or the brand is open.
    #[serde(default)]
    pub in_business_hours: bool,
    /// The team that gets what nobody could take.
    #[serde(default)]
    pub overflow_team_id: Option<TeamId>,
    /// After so many minutes in the queue.
    #[serde(default)]
    pub overflow_minutes: Option<i64>,
}

impl Default for TeamAssignment {
    fn default() -> TeamAssignment {
        TeamAssignment { method: Method::Manual, previous_agent_first: false, in_business_hours: false, overflow_team_id: None, overflow_minutes: None }
    }
}

/// What an agent can take.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AgentProfile {
    /// How much at once; that of the company when null, nothing new when 0.
    pub capacity: Option<i64>,
    /// What they can do; a conversation with a tag of that name asks for it.
    pub skills: Vec<String>,
    /// Languages they answer in; any when empty.
    pub languages: Vec<String>,
    /// Until when they are absent: they get nothing, and their unanswered work goes back to the queue.
    pub absent_until: Option<Moment>,
}

/// A team in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TeamInAssignment {
    /// Which.
    pub team_id: TeamId,
    /// How its work is given out.
    pub assignment: TeamAssignment,
    /// How many stand in its queue.
    pub queued: i64,
    /// Since when the oldest does.
    pub oldest_since: Option<Moment>,
}

/// An agent in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AgentInAssignment {
    /// Who.
    pub agent_id: AgentId,
    /// What they can take.
    pub profile: AgentProfile,
    /// How much they have.
    pub load: i64,
    /// How much they may have at once.
    pub capacity: i64,
}

/// All of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Assignment {
    /// For the whole company.
    pub settings: AssignmentSettings,
    /// Every team.
    pub teams: Vec<TeamInAssignment>,
    /// Every agent who may sign in.
    pub agents: Vec<AgentInAssignment>,
}

/// Where somebody stands in the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QueuePlace {
    /// 1 is next; none when they stand in no queue that is served.
    pub position: Option<i64>,
    /// How long it takes by how fast the queue moved in the last half hour; none when too little is known to say.
    pub expected_wait_seconds: Option<i64>,
}

const MINUTES: std::ops::RangeInclusive<i64> = 1..=10_080;

impl AssignmentSettings {
    pub(super) fn check(&self) -> Result<(), Problem> {
        if !(1..=1000).contains(&self.capacity) {
            return Err(Problem::invalid("/capacity", "A capacity is a number from 1 to 1000."));
        }
        if self.weights.len() > 50 || self.weights.iter().any(|(channel, weight)| channel.len() > 40 || !(0..=1000).contains(weight)) {
            return Err(Problem::invalid("/weights", "Write weights by channel, e.g. {\"webchat\": 1}: numbers from 0 to 1000."));
        }
        if self.away_minutes.is_some_and(|minutes| !MINUTES.contains(&minutes)) {
            return Err(Problem::invalid("/away_minutes", "Minutes are a number from 1 to 10080, a week."));
        }
        Ok(())
    }

    /// How much room a conversation takes.
    pub(super) fn weight(&self, channel: &str) -> i64 {
        self.weights.get(channel).copied().unwrap_or(1)
    }
}

impl TeamAssignment {
    pub(super) fn check(&self, team: TeamId) -> Result<(), Problem> {
        if self.overflow_team_id.is_some() != self.overflow_minutes.is_some() {
            return Err(Problem::invalid("/overflow_minutes", "Overflow takes both: to which team, and after how many minutes."));
        }
        if self.overflow_team_id == Some(team) {
            return Err(Problem::invalid("/overflow_team_id", "A team cannot overflow into itself."));
        }
        if self.overflow_minutes.is_some_and(|minutes| !MINUTES.contains(&minutes)) {
            return Err(Problem::invalid("/overflow_minutes", "Minutes are a number from 1 to 10080, a week."));
        }
        Ok(())
    }
}

impl AgentProfile {
    /// As it is kept.
    pub(super) fn checked(mut self) -> Result<AgentProfile, Problem> {
        if self.capacity.is_some_and(|capacity| !(0..=1000).contains(&capacity)) {
            return Err(Problem::invalid("/capacity", "A capacity is a number from 0 to 1000."));
        }
        if self.skills.len() > 50 {
            return Err(Problem::invalid("/skills", "At most 50 skills."));
        }
        for skill in &mut self.skills {
            *skill = check::text("/skills", skill, 40)?.to_lowercase();
        }
        self.skills.sort();
        self.skills.dedup();
        for language in &mut self.languages {
            *language = check::language("/languages", language)?;
        }
        self.languages.sort();
        self.languages.dedup();
        Ok(self)
    }
}
