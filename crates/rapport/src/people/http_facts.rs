//! Requests about facts.

use platform::web::{Body, Created, Done, Found, Input, NoQuery, Page, Problem};

use super::facts::{self, Fact, NewFact};
use crate::{
    Call,
    ids::{ContactId, FactId},
};

/// Lists what is known of a contact, newest first.
pub async fn facts(call: Call, input: Input<ContactId>) -> Result<Found<Page<Fact>>, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    Ok(Found(Page::whole(call.read(move |tx| facts::facts(tx, &viewer, id)).await?)))
}

/// Writes a fact about a contact down.
pub async fn add(call: Call, input: Input<ContactId, NoQuery, Body<NewFact>>) -> Result<Created<Fact>, Problem> {
    let (viewer, id, new) = (call.viewer.clone(), input.path, input.body.0);
    Ok(Created(call.write(move |tx| facts::add(tx, &viewer, id, &new)).await?))
}

/// Removes a fact.
pub async fn remove(call: Call, input: Input<(ContactId, FactId)>) -> Result<Done, Problem> {
    let (viewer, (id, fact)) = (call.viewer.clone(), input.path);
    call.write(move |tx| facts::remove(tx, &viewer, id, fact)).await?;
    Ok(Done)
}
