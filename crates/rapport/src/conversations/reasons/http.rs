//! Requests about contact reasons.

use platform::web::{Body, Created, Done, Found, Input, NoQuery, Page, Problem};

use super::{
    keep,
    model::{ContactReason, ContactReasonChange, NewContactReason},
};
use crate::{Call, ids::ContactReasonId};

/// Lists the contact reasons, archived ones as well.
pub async fn contact_reasons(call: Call, _: Input) -> Result<Found<Page<ContactReason>>, Problem> {
    let viewer = call.viewer.clone();
    Ok(Found(Page::whole(call.read(move |tx| keep::seen_by(tx, &viewer)).await?)))
}

/// Adds a contact reason.
pub async fn add(call: Call, input: Input<(), NoQuery, Body<NewContactReason>>) -> Result<Created<ContactReason>, Problem> {
    let (viewer, new) = (call.viewer.clone(), input.body.0);
    Ok(Created(call.write(move |tx| keep::add(tx, &viewer, &new)).await?))
}

/// Changes a contact reason.
pub async fn change(call: Call, input: Input<ContactReasonId, NoQuery, Body<ContactReasonChange>>) -> Result<Found<ContactReason>, Problem> {
    let (viewer, id, based_on, wanted) = (call.viewer.clone(), input.path, call.if_match, input.body.0);
    Ok(Found(call.write(move |tx| keep::change(tx, &viewer, id, based_on, &wanted)).await?))
}

/// Removes a contact reason that was never used.
pub async fn remove(call: Call, input: Input<ContactReasonId>) -> Result<Done, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    call.write(move |tx| keep::remove(tx, &viewer, id)).await?;
    Ok(Done)
}
