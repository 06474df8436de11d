//! Requests about SLA policies.

use platform::web::{Body, Created, Done, Found, Input, NoQuery, Page, Problem};

use super::{
    keep,
    model::{NewSlaPolicy, SlaPolicy, SlaPolicyChange},
};
use crate::{Call, ids::SlaPolicyId};

/// Lists the SLA policies in their order.
pub async fn policies(call: Call, _: Input) -> Result<Found<Page<SlaPolicy>>, Problem> {
    let viewer = call.viewer.clone();
    Ok(Found(Page::whole(call.read(move |tx| keep::seen_by(tx, &viewer)).await?)))
}

/// Adds an SLA policy.
pub async fn add(call: Call, input: Input<(), NoQuery, Body<NewSlaPolicy>>) -> Result<Created<SlaPolicy>, Problem> {
    let (viewer, new) = (call.viewer.clone(), input.body.0);
    Ok(Created(call.write(move |tx| keep::add(tx, &viewer, &new)).await?))
}

/// Changes an SLA policy.
pub async fn change(call: Call, input: Input<SlaPolicyId, NoQuery, Body<SlaPolicyChange>>) -> Result<Found<SlaPolicy>, Problem> {
    let (viewer, id, based_on, wanted) = (call.viewer.clone(), input.path, call.if_match, input.body.0);
    Ok(Found(call.write(move |tx| keep::change(tx, &viewer, id, based_on, &wanted)).await?))
}

/// Removes an SLA policy.
pub async fn remove(call: Call, input: Input<SlaPolicyId>) -> Result<Done, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    call.write(move |tx| keep::remove(tx, &viewer, id)).await?;
    Ok(Done)
}
