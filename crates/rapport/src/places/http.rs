//! Requests about places.

use platform::web::{Body, Created, Done, Found, Input, NoQuery, Page, Problem};

use super::{
    Brand, Location, NewBrand, NewLocation, keep,
    model::{BrandChange, LocationChange},
    store,
};
use crate::{
    Call,
    ids::{BrandId, LocationId},
};

/// Lists brands.
pub async fn brands(call: Call, _: Input) -> Result<Found<Page<Brand>>, Problem> {
    Ok(Found(Page::whole(call.read(|tx| Ok(store::brands(tx)?)).await?)))
}

/// Shows a brand.
pub async fn brand(call: Call, input: Input<BrandId>) -> Result<Found<Brand>, Problem> {
    Ok(Found(call.read(move |tx| Ok(store::brand(tx, input.path)?)).await?))
}

/// Adds a brand.
pub async fn add_brand(call: Call, input: Input<(), NoQuery, Body<NewBrand>>) -> Result<Created<Brand>, Problem> {
    let (actor, new) = (call.viewer.actor(), input.body.0);
    Ok(Created(call.write(move |tx| keep::add_brand(tx, actor, new.clone())).await?))
}

/// Changes a brand.
pub async fn change_brand(call: Call, input: Input<BrandId, NoQuery, Body<BrandChange>>) -> Result<Found<Brand>, Problem> {
    let (actor, based_on, id, change) = (call.viewer.actor(), call.if_match, input.path, input.body.0);
    Ok(Found(call.write(move |tx| keep::change_brand(tx, actor, id, based_on, &change)).await?))
}

/// Lists locations and regions.
pub async fn locations(call: Call, _: Input) -> Result<Found<Page<Location>>, Problem> {
    Ok(Found(Page::whole(call.read(|tx| Ok(store::locations(tx)?)).await?)))
}

/// Adds a location or region.
pub async fn add_location(call: Call, input: Input<(), NoQuery, Body<NewLocation>>) -> Result<Created<Location>, Problem> {
    let (actor, new) = (call.viewer.actor(), input.body.0);
    Ok(Created(call.write(move |tx| keep::add_location(tx, actor, new.clone())).await?))
}

/// Changes a location or region.
pub async fn change_location(call: Call, input: Input<LocationId, NoQuery, Body<LocationChange>>) -> Result<Found<Location>, Problem> {
    let (actor, based_on, id, change) = (call.viewer.actor(), call.if_match, input.path, input.body.0);
    Ok(Found(call.write(move |tx| keep::change_location(tx, actor, id, based_on, &change)).await?))
}

/// Removes a location or region.
pub async fn remove_location(call: Call, input: Input<LocationId>) -> Result<Done, Problem> {
    let (actor, id) = (call.viewer.actor(), input.path);
    call.write(move |tx| keep::remove_location(tx, actor, id)).await?;
    Ok(Done)
}
