//! Keeping how work is given out. Teams belong to the company and no brand, so whoever keeps teams keeps this.

use platform::{events::Event, store::Tx, web::Problem};
use serde::Serialize;
use uuid::Uuid;

use super::{
    absence,
    model::{AgentInAssignment, AgentProfile, Assignment, AssignmentSettings, TeamAssignment},
    serve, store,
};
use crate::{
    ids::{AgentId, TeamId},
    people, places,
    viewer::Viewer,
};

/// How work is given out was changed: of the company, a team or an agent.
#[derive(Serialize)]
struct AssignmentChanged {
    #[serde(skip)]
    stream: Uuid,
    version: i64,
    what: &'static str,
}
impl Event for AssignmentChanged {
    const KIND: &'static str = "conversations.assignment_changed";
    fn stream(&self) -> Uuid {
        self.stream
    }
    fn version(&self) -> i64 {
        self.version
    }
}

/// All of it.
pub(super) fn overview(tx: &mut Tx<'_>) -> Result<Assignment, Problem> {
    let (settings, _) = store::settings(tx)?;
    let loads = store::loads(tx, &settings)?;
    let teams = store::all_teams(tx)?;
    let agents = store::all_profiles(tx)?.into_iter().map(|(agent_id, profile)| AgentInAssignment {
        agent_id,
        load: loads.get(&agent_id).copied().unwrap_or(0),
        capacity: profile.capacity.unwrap_or(settings.capacity),
        profile,
    });
    Ok(Assignment { teams, agents: agents.collect(), settings })
}

/// Changes what holds for the whole company.
pub(super) fn set_settings(tx: &mut Tx<'_>, viewer: &Viewer, settings: &AssignmentSettings) -> Result<Assignment, Problem> {
    settings.check()?;
    let (_, version) = store::settings(tx)?;
    let company = places::installation(tx)?;
    store::keep_settings(tx, company, settings, version + 1)?;
    tx.announce(viewer.actor(), &AssignmentChanged { stream: company, version: version + 1, what: "settings" })?;
    serve::serve_all(tx)?;
    overview(tx)
}

/// Changes how a team's work is given out.
pub(super) fn set_team(tx: &mut Tx<'_>, viewer: &Viewer, id: TeamId, assignment: &TeamAssignment) -> Result<Assignment, Problem> {
    assignment.check(id)?;
    let teams = people::team_names(tx)?;
    let is_there = |id: TeamId| teams.iter().any(|(known, _)| *known == id);
    if !is_there(id) {
        return Err(Problem::not_found());
    }
    if assignment.overflow_team_id.is_some_and(|other| !is_there(other)) {
        return Err(Problem::invalid("/overflow_team_id", "There is no such team."));
    }
    let version = store::team(tx, id)?.map_or(0, |(.., version)| version) + 1;
    store::keep_team(tx, id, assignment, version)?;
    tx.announce(viewer.actor(), &AssignmentChanged { stream: id.0, version, what: "team" })?;
    serve::serve(tx, id)?;
    overview(tx)
}

/// Changes what an agent can take.
pub(super) fn set_agent(tx: &mut Tx<'_>, viewer: &Viewer, id: AgentId, profile: &AgentProfile) -> Result<Assignment, Problem> {
    people::may_decide_over(tx, viewer, id)?;
    let mut kept = store::profile(tx, id)?;
    kept.profile = profile.clone().checked()?;
    kept.version += 1;
    store::keep_profile(tx, id, &kept)?;
    tx.announce(viewer.actor(), &AssignmentChanged { stream: id.0, version: kept.version, what: "agent" })?;
    let now = tx.now();
    if kept.profile.absent_until.is_some_and(|until| until > now) {
        absence::plan(tx, id, now)?;
    }
    for team in store::teams_served_by(tx, id)? {
        serve::serve(tx, team)?;
    }
    overview(tx)
}
