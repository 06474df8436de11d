//! Requests about inboxes.

use platform::web::{Body, Created, Done, Found, Input, NoQuery, Page, Problem};

use super::inboxes::{self, Inbox, InboxChange, NewInbox, NewSigningKey};
use crate::{
    Call,
    ids::{InboxId, SigningKeyId},
};

/// Lists inboxes.
pub async fn inboxes(call: Call, _: Input) -> Result<Found<Page<Inbox>>, Problem> {
    let url = call.desk.config.public_url.clone();
    Ok(Found(Page::whole(call.read(move |tx| inboxes::list_inboxes(tx, &url)).await?)))
}

/// Shows an inbox.
pub async fn inbox(call: Call, input: Input<InboxId>) -> Result<Found<Inbox>, Problem> {
    let url = call.desk.config.public_url.clone();
    let all = call.read(move |tx| inboxes::list_inboxes(tx, &url)).await?;
    all.into_iter().find(|inbox| inbox.id == input.path).map(Found).ok_or_else(Problem::not_found)
}

/// Adds an inbox.
pub async fn add_inbox(call: Call, input: Input<(), NoQuery, Body<NewInbox>>) -> Result<Created<Inbox>, Problem> {
    let (actor, new, url) = (call.viewer.actor(), input.body.0, call.desk.config.public_url.clone());
    Ok(Created(call.write(move |tx| inboxes::add_inbox(tx, actor, &new, &url)).await?))
}

/// Changes an inbox.
pub async fn change_inbox(call: Call, input: Input<InboxId, NoQuery, Body<InboxChange>>) -> Result<Found<Inbox>, Problem> {
    let (actor, based_on, id, change) = (call.viewer.actor(), call.if_match, input.path, input.body.0);
    let (url, most) = (call.desk.config.public_url.clone(), call.desk.config.max_upload_bytes);
    Ok(Found(call.write(move |tx| inboxes::change_inbox(tx, actor, id, based_on, &change, most, &url)).await?))
}

/// Makes a signing key. Not kept for repetition: the answer holds the secret.
pub async fn add_signing_key(call: Call, input: Input<InboxId>) -> Result<Created<NewSigningKey>, Problem> {
    let (actor, id, desk) = (call.viewer.actor(), input.path, call.desk.clone());
    let made = call.desk.store.write(move |tx| inboxes::add_signing_key(tx, actor, &desk.vault, desk.store.chance(), id)).await?;
    Ok(Created(made))
}

/// Removes a signing key.
pub async fn remove_signing_key(call: Call, input: Input<(InboxId, SigningKeyId)>) -> Result<Done, Problem> {
    let (actor, (id, key)) = (call.viewer.actor(), input.path);
    call.write(move |tx| inboxes::remove_signing_key(tx, actor, id, key)).await?;
    Ok(Done)
}
