//! Requests about inboxes.

use platform::{
    store::Tx,
    web::{Body, Created, Done, Found, Input, NoQuery, Page, Problem},
};

use super::{
    inboxes::{self, Inbox, InboxChange, NewInbox, NewSigningKey},
    store,
};
use crate::{
    Call,
    ids::{BrandId, InboxId, LocationId, SigningKeyId},
    places,
    viewer::{Part, Permission, Viewer},
};

/// The inboxes the viewer knows of.
async fn known(call: &Call) -> Result<Vec<Inbox>, Problem> {
    let url = call.desk.config.public_url.clone();
    let all = call.read(move |tx| inboxes::list_inboxes(tx, &url)).await?;
    Ok(all.into_iter().filter(|inbox| call.viewer.knows_inbox(inbox.brand_id, inbox.id)).collect())
}

/// Whether the viewer may change an inbox. One they only know of is refused; another is not there.
fn may_keep(tx: &mut Tx<'_>, viewer: &Viewer, id: InboxId) -> Result<BrandId, Problem> {
    let inbox = store::inbox(tx, id)?;
    let all_of_it = Part { brand_id: Some(inbox.brand_id), inbox_id: Some(id), ..Part::EVERYWHERE };
    match viewer.can_over(Permission::InboxesManage, &all_of_it) {
        true => Ok(inbox.brand_id),
        false if viewer.knows_inbox(inbox.brand_id, id) => Err(elsewhere()),
        false => Err(Problem::not_found()),
    }
}

/// Whether the viewer may make an inbox of a brand.
fn may_add(viewer: &Viewer, brand: BrandId) -> Result<(), Problem> {
    match viewer.can_over(Permission::InboxesManage, &Part::brand(brand)) {
        true => Ok(()),
        false if viewer.knows_brand(brand) => Err(elsewhere()),
        false => Err(inboxes::no_such_brand()),
    }
}

/// Whether an inbox of a brand may belong to a location, as far as the viewer knows of it.
fn may_lie(tx: &mut Tx<'_>, viewer: &Viewer, brand: BrandId, location: Option<LocationId>) -> Result<(), Problem> {
    match location {
        Some(location) if !places::may_lie_at(tx, viewer, brand, location)? => Err(inboxes::no_such_place()),
        _ => Ok(()),
    }
}

fn elsewhere() -> Problem {
    Problem::forbidden("You keep inboxes of another part of the company only. An administrator can do this.")
}

/// Lists inboxes.
pub async fn inboxes(call: Call, _: Input) -> Result<Found<Page<Inbox>>, Problem> {
    Ok(Found(Page::whole(known(&call).await?)))
}

/// Shows an inbox.
pub async fn inbox(call: Call, input: Input<InboxId>) -> Result<Found<Inbox>, Problem> {
    known(&call).await?.into_iter().find(|inbox| inbox.id == input.path).map(Found).ok_or_else(Problem::not_found)
}

/// Adds an inbox.
pub async fn add_inbox(call: Call, input: Input<(), NoQuery, Body<NewInbox>>) -> Result<Created<Inbox>, Problem> {
    let (viewer, new, url) = (call.viewer.clone(), input.body.0, call.desk.config.public_url.clone());
    may_add(&viewer, new.brand_id)?;
    let add_it = move |tx: &mut Tx<'_>| {
        may_lie(tx, &viewer, new.brand_id, new.location_id)?;
        inboxes::add_inbox(tx, viewer.actor(), &new, &url)
    };
    Ok(Created(call.write(add_it).await?))
}

/// Changes an inbox.
pub async fn change_inbox(call: Call, input: Input<InboxId, NoQuery, Body<InboxChange>>) -> Result<Found<Inbox>, Problem> {
    let (viewer, based_on, id, change) = (call.viewer.clone(), call.if_match, input.path, input.body.0);
    let (url, most) = (call.desk.config.public_url.clone(), call.desk.config.max_upload_bytes);
    let change_it = move |tx: &mut Tx<'_>| {
        let brand = may_keep(tx, &viewer, id)?;
        may_lie(tx, &viewer, brand, change.location_id.flatten())?;
        inboxes::change_inbox(tx, viewer.actor(), id, based_on, &change, most, &url)
    };
    Ok(Found(call.write(change_it).await?))
}

/// Makes a signing key. Not kept for repetition: the answer holds the secret.
pub async fn add_signing_key(call: Call, input: Input<InboxId>) -> Result<Created<NewSigningKey>, Problem> {
    let (viewer, id, desk) = (call.viewer.clone(), input.path, call.desk.clone());
    let make_it = move |tx: &mut Tx<'_>| {
        may_keep(tx, &viewer, id)?;
        inboxes::add_signing_key(tx, viewer.actor(), &desk.vault, desk.store.chance(), id)
    };
    Ok(Created(call.write_secret(make_it).await?))
}

/// Removes a signing key.
pub async fn remove_signing_key(call: Call, input: Input<(InboxId, SigningKeyId)>) -> Result<Done, Problem> {
    let (viewer, (id, key)) = (call.viewer.clone(), input.path);
    let remove_it = move |tx: &mut Tx<'_>| {
        may_keep(tx, &viewer, id)?;
        inboxes::remove_signing_key(tx, viewer.actor(), id, key)
    };
    call.write(remove_it).await?;
    Ok(Done)
}
