//! Requests about attributes.

use platform::web::{Body, Created, Done, Found, Input, NoQuery, Page, Problem};

use super::{
    keep,
    model::{Attribute, AttributeChange, AttributeOf, NewAttribute},
    store,
};
use crate::{Call, ids::AttributeId};

/// Lists the attributes of contacts, then those of conversations, archived ones as well.
pub async fn attributes(call: Call, _: Input) -> Result<Found<Page<Attribute>>, Problem> {
    let all = call
        .read(|tx| {
            let mut all = store::definitions(tx, AttributeOf::Contact)?;
            all.extend(store::definitions(tx, AttributeOf::Conversation)?);
            Ok(all)
        })
        .await?;
    Ok(Found(Page::whole(all)))
}

/// Adds an attribute.
pub async fn add(call: Call, input: Input<(), NoQuery, Body<NewAttribute>>) -> Result<Created<Attribute>, Problem> {
    let (viewer, new) = (call.viewer.clone(), input.body.0);
    Ok(Created(call.write(move |tx| keep::add(tx, &viewer, &new)).await?))
}

/// Changes an attribute.
pub async fn change(call: Call, input: Input<AttributeId, NoQuery, Body<AttributeChange>>) -> Result<Found<Attribute>, Problem> {
    let (viewer, id, based_on, wanted) = (call.viewer.clone(), input.path, call.if_match, input.body.0);
    Ok(Found(call.write(move |tx| keep::change(tx, &viewer, id, based_on, &wanted)).await?))
}

/// Removes an attribute that nothing has a value of.
pub async fn remove(call: Call, input: Input<AttributeId>) -> Result<Done, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    call.write(move |tx| keep::remove(tx, &viewer, id)).await?;
    Ok(Done)
}
