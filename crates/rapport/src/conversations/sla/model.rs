//! Policies and deadlines as they are shown and changed.

use platform::{clock::Moment, store::Tx, web::Problem, word_enum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::model::Priority;
use crate::{
    check,
    ids::{BrandId, LocationId, SlaPolicyId, TeamId},
    places,
    viewer::Scope,
};

word_enum! {
    /// What is promised.
    TargetKind {
        /// The first answer.
        FirstResponse = "first_response",
        /// Every later answer.
        NextResponse = "next_response",
        /// That it is resolved.
        Resolution = "resolution",
    }
}

/// Within which time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Minutes, at most a year.
    #[schema(example = 60)]
    pub minutes: i64,
    /// Whether only business time counts: the hours of the team, else of the location, else of the brand.
    pub business_time: bool,
    /// Warned so many minutes before, in the same time; not at all when left out.
    #[serde(default)]
    #[schema(example = 15)]
    pub warn_minutes: Option<i64>,
}

/// What a policy promises; what is left out is not promised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Targets {
    /// The first answer.
    pub first_response: Option<Target>,
    /// Every later answer.
    pub next_response: Option<Target>,
    /// That it is resolved.
    pub resolution: Option<Target>,
}

/// An SLA policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SlaPolicy {
    /// Names it.
    pub id: SlaPolicyId,
    /// Its name.
    pub name: String,
    /// Its place in the order: the first that fits holds.
    pub position: i64,
    /// Only conversations of this brand.
    pub brand_id: Option<BrandId>,
    /// Only conversations at this location or below this region.
    pub location_id: Option<LocationId>,
    /// Only conversations of this team.
    pub team_id: Option<TeamId>,
    /// Only conversations whose customer last wrote on this channel.
    pub channel: Option<String>,
    /// Only conversations of these priorities; of all when empty.
    pub priorities: Vec<Priority>,
    /// What it promises.
    pub targets: Targets,
    /// Raised by one in each change.
    pub version: i64,
}

/// A new policy.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSlaPolicy {
    /// Its name.
    pub name: String,
    /// Its place in the order; the last when left out.
    #[serde(default)]
    pub position: Option<i64>,
    /// Only conversations of this brand.
    #[serde(default)]
    pub brand_id: Option<BrandId>,
    /// Only conversations at this location or below this region.
    #[serde(default)]
    pub location_id: Option<LocationId>,
    /// Only conversations of this team.
    #[serde(default)]
    pub team_id: Option<TeamId>,
    /// Only conversations whose customer last wrote on this channel.
    #[serde(default)]
    pub channel: Option<String>,
    /// Only conversations of these priorities.
    #[serde(default)]
    pub priorities: Vec<Priority>,
    /// What it promises.
    pub targets: Targets,
}

/// A change of a policy; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SlaPolicyChange {
    /// New name.
    pub name: Option<String>,
    /// New place in the order.
    pub position: Option<i64>,
    /// New brand; null for all.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<BrandId>)]
    pub brand_id: Option<Option<BrandId>>,
    /// New location; null for all.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<LocationId>)]
    pub location_id: Option<Option<LocationId>>,
    /// New team; null for all.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<TeamId>)]
    pub team_id: Option<Option<TeamId>>,
    /// New channel; null for all.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<String>)]
    pub channel: Option<Option<String>>,
    /// New priorities.
    pub priorities: Option<Vec<Priority>>,
    /// New targets, all of them.
    pub targets: Option<Targets>,
}

/// When the next promise of a conversation is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Deadline {
    /// Of what.
    pub kind: TargetKind,
    /// When.
    pub at: Moment,
    /// From when on it is near.
    pub warn_at: Option<Moment>,
}

/// What customers are promised for a first answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Promise {
    /// Within so many seconds.
    pub seconds: i64,
    /// Whether only time counts in which it is open.
    pub business_time: bool,
    /// By when somebody is answered who writes now; none when it does not open for two years.
    pub answer_by: Option<Moment>,
}

const YEAR: i64 = 366 * 24 * 60;

impl Targets {
    pub(super) fn of(&self, kind: TargetKind) -> Option<Target> {
        match kind {
            TargetKind::FirstResponse => self.first_response,
            TargetKind::NextResponse => self.next_response,
            TargetKind::Resolution => self.resolution,
        }
    }

    fn check(&self) -> Result<(), Problem> {
        let mut promised = 0;
        for kind in TargetKind::ALL {
            let Some(target) = self.of(*kind) else { continue };
            promised += 1;
            let pointer = format!("/targets/{}", kind.word());
            if !(1..=YEAR).contains(&target.minutes) {
                return Err(Problem::invalid(&format!("{pointer}/minutes"), "Minutes are a number from 1 to 527040, a year."));
            }
            if target.warn_minutes.is_some_and(|warn| !(1..target.minutes).contains(&warn)) {
                return Err(Problem::invalid(&format!("{pointer}/warn_minutes"), "The warning comes at least a minute after the start and before the end."));
            }
        }
        if promised == 0 { Err(Problem::invalid("/targets", "Promise something: first_response, next_response or resolution.")) } else { Ok(()) }
    }
}

impl SlaPolicy {
    /// As it is kept; what it names must be there.
    pub(super) fn checked(mut self, tx: &mut Tx<'_>) -> Result<SlaPolicy, Problem> {
        self.name = check::text("/name", &self.name, 80)?;
        if !(0..=1_000_000).contains(&self.position) {
            return Err(Problem::invalid("/position", "A place is a number from 0 to 1000000."));
        }
        let is_word = |channel: &str| (1..=40).contains(&channel.len()) && channel.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        if self.channel.as_deref().is_some_and(|channel| !is_word(channel)) {
            return Err(Problem::invalid("/channel", "Write a channel as conversations name it, e.g. webchat."));
        }
        self.priorities.sort_by_key(|priority| *priority as u8);
        self.priorities.dedup();
        self.targets.check()?;
        if let Some(location) = self.location_id
            && places::location(tx, location).is_err()
        {
            return Err(Problem::invalid("/location_id", "There is no such location."));
        }
        Ok(self)
    }

    /// Whether it holds for conversations of this scope; `above` are the location and all regions above.
    pub(super) fn fits(&self, scope: &Scope, channel: &str, priority: Priority, above: &[LocationId]) -> bool {
        self.brand_id.is_none_or(|brand| brand == scope.brand_id)
            && self.location_id.is_none_or(|location| above.contains(&location))
            && self.team_id.is_none_or(|team| scope.team_id == Some(team))
            && self.channel.as_deref().is_none_or(|own| own == channel)
            && (self.priorities.is_empty() || self.priorities.contains(&priority))
    }
}
