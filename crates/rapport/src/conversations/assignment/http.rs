//! Requests about assignment.

use platform::web::{Body, Found, Input, NoQuery, Problem};

use super::{
    keep,
    model::{AgentProfile, Assignment, AssignmentSettings, TeamAssignment},
};
use crate::{
    Call,
    ids::{AgentId, TeamId},
};

/// Shows how work is given out, what is queued and who has how much.
pub async fn overview(call: Call, _: Input) -> Result<Found<Assignment>, Problem> {
    Ok(Found(call.read(keep::overview).await?))
}

/// Changes what holds for the whole company.
pub async fn set_settings(call: Call, input: Input<(), NoQuery, Body<AssignmentSettings>>) -> Result<Found<Assignment>, Problem> {
    let (viewer, settings) = (call.viewer.clone(), input.body.0);
    Ok(Found(call.write(move |tx| keep::set_settings(tx, &viewer, &settings)).await?))
}

/// Changes how a team's work is given out.
pub async fn set_team(call: Call, input: Input<TeamId, NoQuery, Body<TeamAssignment>>) -> Result<Found<Assignment>, Problem> {
    let (viewer, id, assignment) = (call.viewer.clone(), input.path, input.body.0);
    Ok(Found(call.write(move |tx| keep::set_team(tx, &viewer, id, &assignment)).await?))
}

/// Changes what an agent can take.
pub async fn set_agent(call: Call, input: Input<AgentId, NoQuery, Body<AgentProfile>>) -> Result<Found<Assignment>, Problem> {
    let (viewer, id, profile) = (call.viewer.clone(), input.path, input.body.0);
    Ok(Found(call.write(move |tx| keep::set_agent(tx, &viewer, id, &profile)).await?))
}
