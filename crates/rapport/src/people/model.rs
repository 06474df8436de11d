//! Agents and teams as they are shown and changed.

use platform::{clock::Moment, word_enum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    features::Feature,
    ids::{AgentId, ApiTokenId, BrandId, InboxId, LocationId, SessionId, TeamId},
    places::hours::{Hours, SpecialDay},
    viewer::{Permission, RoleKey},
};

word_enum! {
    /// Whether an agent takes work.
    Availability {
        /// Takes work.
        Available = "available",
        /// Here, but takes no new work.
        Busy = "busy",
        /// Not here.
        Away = "away",
    }
}

/// A role over a part of the company; null is everywhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantSpec {
    /// The role: a word for those that come with Rapport, else its id.
    pub role: RoleKey,
    /// Only in this brand.
    #[serde(default)]
    pub brand_id: Option<BrandId>,
    /// Only at this location, or in this region.
    #[serde(default)]
    pub location_id: Option<LocationId>,
    /// Only in this team.
    #[serde(default)]
    pub team_id: Option<TeamId>,
    /// Only in this inbox.
    #[serde(default)]
    pub inbox_id: Option<InboxId>,
}

impl GrantSpec {
    /// A role everywhere.
    pub fn everywhere(role: impl Into<RoleKey>) -> GrantSpec {
        GrantSpec { role: role.into(), brand_id: None, location_id: None, team_id: None, inbox_id: None }
    }
}

/// A token for programs; itself it is shown once, when it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ApiToken {
    /// Names it.
    pub id: ApiTokenId,
    /// What it is for, in its owner's words.
    pub name: String,
    /// The agent whose rights it has.
    pub agent_id: AgentId,
    /// Their address; empty for viewers who may not manage agents.
    pub agent: String,
    /// What it may be used for: `*`, or permissions separated by commas. Never more than its owner may do at that moment.
    pub scope: String,
    /// Its last four characters.
    pub hint: String,
    /// How many requests it may make each minute; null when it has no limit of its own.
    pub per_minute: Option<i64>,
    /// When it was made.
    pub created_at: Moment,
    /// Until when it works.
    pub expires_at: Option<Moment>,
    /// When it was last used, to within a minute.
    pub last_used_at: Option<Moment>,
    /// When it was ended.
    pub revoked_at: Option<Moment>,
}

/// A new token.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What it is for.
    pub name: String,
    /// `*` for all that its owner may do, or permissions separated by commas.
    pub scope: String,
    /// Until when it works; without end when left out.
    #[serde(default)]
    pub expires_at: Option<Moment>,
    /// How many requests it may make each minute, 1 to 6000; 600 unless told.
    #[serde(default)]
    pub per_minute: Option<i64>,
}

/// A new token with itself.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct TokenMade {
    /// As it is listed.
    pub token: ApiToken,
    /// What programs send as Bearer; it is never shown again.
    pub secret: String,
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Agent {
    /// Names them.
    pub id: AgentId,
    /// As customers see it.
    pub name: String,
    /// Empty for viewers who may not manage agents, except their own.
    pub email: String,
    /// What they may do and where.
    pub grants: Vec<GrantSpec>,
    /// Their teams.
    pub team_ids: Vec<TeamId>,
    /// Whether they take work.
    pub availability: Availability,
    /// Whether a console of theirs is connected now.
    pub online: bool,
    /// Language of their console.
    pub language: String,
    /// Their time zone.
    pub time_zone: String,
    /// Invited, but no password set yet.
    pub invited: bool,
    /// Whether signing in asks for a second factor; false for viewers who may not manage agents, except their own.
    pub second_factor: bool,
    /// Since when they may not sign in.
    pub disabled_at: Option<Moment>,
    /// When they were added.
    pub created_at: Moment,
    /// Raised by one in each change.
    pub version: i64,
}

impl Agent {
    /// Leaves what colleagues see: addresses and how they sign in are for those who manage agents, who ask for them.
    pub(crate) fn hide_from_colleagues(&mut self) {
        self.email.clear();
        self.second_factor = false;
    }
}

/// A new agent.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAgent {
    /// As customers see it.
    pub name: String,
    /// Signs in with it.
    pub email: String,
    /// What they may do and where.
    pub grants: Vec<GrantSpec>,
    /// Their teams.
    #[serde(default)]
    pub team_ids: Vec<TeamId>,
    /// Language of their console; English when left out.
    #[serde(default)]
    pub language: Option<String>,
}

/// A change of an agent; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AgentChange {
    /// New name.
    pub name: Option<String>,
    /// New rights.
    pub grants: Option<Vec<GrantSpec>>,
    /// New teams.
    pub team_ids: Option<Vec<TeamId>>,
    /// Whether they may not sign in.
    pub disabled: Option<bool>,
}

/// A change of oneself; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MeChange {
    /// New name.
    pub name: Option<String>,
    /// New language.
    pub language: Option<String>,
    /// New time zone.
    pub time_zone: Option<String>,
    /// New availability.
    pub availability: Option<Availability>,
    /// The console's own settings, whole; at most 16 KB.
    #[schema(value_type = Option<Object>)]
    pub settings: Option<serde_json::Map<String, serde_json::Value>>,
}

/// Who one is and what one may do.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Me {
    /// Oneself.
    pub agent: Agent,
    /// What one may do somewhere.
    pub permissions: Vec<Permission>,
    /// Whether the company demands a second factor that one has not set up: until then one may do nothing else.
    pub second_factor_owed: bool,
    /// The features that are on for one: what the console offers beyond what rights say.
    pub features: Vec<Feature>,
    /// The console's own settings.
    #[schema(value_type = Object)]
    pub settings: serde_json::Map<String, serde_json::Value>,
    /// The newest position of the log.
    pub position: i64,
    /// The server's version.
    pub server_version: String,
    /// The company's name.
    pub company: String,
}

/// A team.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Team {
    /// Names it.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// Who is in it.
    pub member_ids: Vec<AgentId>,
    /// When it works; as the location or the brand when absent.
    pub hours: Option<Hours>,
    /// Its own holidays, and days with other hours.
    pub special_days: Vec<SpecialDay>,
    /// Whether those of location and brand hold for it as well. Its own go before them.
    pub inherits_special_days: bool,
    /// Raised by one in each change.
    pub version: i64,
}

/// A new team.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTeam {
    /// Its name.
    pub name: String,
    /// Who is in it.
    #[serde(default)]
    pub member_ids: Vec<AgentId>,
    /// When it works.
    #[serde(default)]
    pub hours: Option<Hours>,
    /// Its own special days.
    #[serde(default)]
    pub special_days: Vec<SpecialDay>,
    /// Whether those of location and brand hold for it as well; they do when left out.
    #[serde(default = "yes")]
    #[schema(default = true)]
    pub inherits_special_days: bool,
}

fn yes() -> bool {
    true
}

impl NewTeam {
    /// A team of nobody yet, with the hours of the place.
    pub fn named(name: impl Into<String>) -> NewTeam {
        NewTeam { name: name.into(), member_ids: Vec::new(), hours: None, special_days: Vec::new(), inherits_special_days: true }
    }
}

/// A change of a team; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TeamChange {
    /// New name.
    pub name: Option<String>,
    /// New members.
    pub member_ids: Option<Vec<AgentId>>,
    /// New hours; null takes those of the location or the brand.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<Hours>)]
    pub hours: Option<Option<Hours>>,
    /// New special days of its own, all of them.
    pub special_days: Option<Vec<SpecialDay>>,
    /// Whether those of location and brand hold for it as well.
    pub inherits_special_days: Option<bool>,
}

/// A signed-in browser.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Session {
    /// Names it.
    pub id: SessionId,
    /// When it signed in.
    pub created_at: Moment,
    /// When it was last used, to within five minutes.
    pub last_seen_at: Moment,
    /// The browser, in its own words.
    pub user_agent: String,
    /// The one that asks.
    pub current: bool,
}

/// A role: a set of permissions that is granted over a part of the company.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RoleView {
    /// Names it, as grants do.
    pub id: RoleKey,
    /// The name of one of the company's own; null for those that come with Rapport.
    pub name: Option<String>,
    /// Whether it comes with Rapport.
    pub built_in: bool,
    /// Whether one that comes with Rapport may do something else here.
    pub changed: bool,
    /// What it may do.
    pub permissions: Vec<Permission>,
    /// Who has it.
    pub agent_ids: Vec<AgentId>,
    /// Raised by one in each change.
    pub version: i64,
}

/// A new role.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRole {
    /// Its name.
    pub name: String,
    /// What it may do.
    pub permissions: Vec<Permission>,
}

/// A change of a role; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RoleChange {
    /// New name, for one of the company's own.
    pub name: Option<String>,
    /// What it may do from now on; null puts one that comes with Rapport back to what it was.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<Vec<Permission>>)]
    pub permissions: Option<Option<Vec<Permission>>>,
}
