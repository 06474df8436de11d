//! Requests about places.

use platform::{
    store::Tx,
    web::{Body, Created, Done, Found, Input, NoQuery, Page, Problem},
};

use super::{
    Brand, Location, NewBrand, NewLocation,
    holidays::{self, CalendarFile, Holidays},
    keep,
    model::{BrandChange, LocationChange},
    sight,
};
use crate::{
    Call,
    ids::{BrandId, LocationId},
    viewer::Part,
};

/// Lists brands.
pub async fn brands(call: Call, _: Input) -> Result<Found<Page<Brand>>, Problem> {
    let viewer = call.viewer.clone();
    Ok(Found(Page::whole(call.read(move |tx| Ok(sight::brands(tx, &viewer)?)).await?)))
}

/// Shows a brand.
pub async fn brand(call: Call, input: Input<BrandId>) -> Result<Found<Brand>, Problem> {
    let viewer = call.viewer.clone();
    Ok(Found(call.read(move |tx| sight::brand(tx, &viewer, input.path)).await?))
}

/// Adds a brand.
pub async fn add_brand(call: Call, input: Input<(), NoQuery, Body<NewBrand>>) -> Result<Created<Brand>, Problem> {
    let (viewer, new) = (call.viewer.clone(), input.body.0);
    sight::may_keep(&viewer, &Part::EVERYWHERE)?;
    Ok(Created(call.write(move |tx| keep::add_brand(tx, viewer.actor(), new.clone())).await?))
}

/// Changes a brand.
pub async fn change_brand(call: Call, input: Input<BrandId, NoQuery, Body<BrandChange>>) -> Result<Found<Brand>, Problem> {
    let (viewer, based_on, id, change) = (call.viewer.clone(), call.if_match, input.path, input.body.0);
    let change_it = move |tx: &mut Tx<'_>| {
        sight::brand_to_keep(tx, &viewer, id)?;
        keep::change_brand(tx, viewer.actor(), id, based_on, &change)
    };
    Ok(Found(call.write(change_it).await?))
}

/// Lists locations and regions.
pub async fn locations(call: Call, _: Input) -> Result<Found<Page<Location>>, Problem> {
    let viewer = call.viewer.clone();
    Ok(Found(Page::whole(call.read(move |tx| Ok(sight::locations(tx, &viewer)?)).await?)))
}

/// Adds a location or region.
pub async fn add_location(call: Call, input: Input<(), NoQuery, Body<NewLocation>>) -> Result<Created<Location>, Problem> {
    let (viewer, new) = (call.viewer.clone(), input.body.0);
    let add_it = move |tx: &mut Tx<'_>| {
        sight::may_lie(tx, &viewer, new.brand_id, new.parent_id)?;
        keep::add_location(tx, viewer.actor(), new.clone())
    };
    Ok(Created(call.write(add_it).await?))
}

/// Changes a location or region.
pub async fn change_location(call: Call, input: Input<LocationId, NoQuery, Body<LocationChange>>) -> Result<Found<Location>, Problem> {
    let (viewer, based_on, id, change) = (call.viewer.clone(), call.if_match, input.path, input.body.0);
    let change_it = move |tx: &mut Tx<'_>| {
        let location = sight::location_to_keep(tx, &viewer, id)?;
        if change.brand_id.is_some() || change.parent_id.is_some() {
            sight::may_lie(tx, &viewer, change.brand_id.unwrap_or(location.brand_id), change.parent_id.unwrap_or(location.parent_id))?;
        }
        keep::change_location(tx, viewer.actor(), id, based_on, &change)
    };
    Ok(Found(call.write(change_it).await?))
}

/// Removes a location or region.
pub async fn remove_location(call: Call, input: Input<LocationId>) -> Result<Done, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    let remove_it = move |tx: &mut Tx<'_>| {
        sight::location_to_keep(tx, &viewer, id)?;
        keep::remove_location(tx, viewer.actor(), id)
    };
    call.write(remove_it).await?;
    Ok(Done)
}

/// Reads the holidays of a calendar, for a person to choose from.
pub async fn read_calendar(call: Call, input: Input<(), NoQuery, Body<CalendarFile>>) -> Result<Found<Holidays>, Problem> {
    let today = call.desk.store.clock().now().timestamp().to_zoned(jiff::tz::TimeZone::UTC).date();
    // A file may hold more dates than should be counted beside other requests.
    let read = tokio::task::spawn_blocking(move || holidays::read(&input.body.0.content, today)).await;
    Ok(Found(read.map_err(Problem::fault)??))
}
