//! Requests about contacts.

use platform::{
    clock::Moment,
    web::{Body, Created, Done, Found, Input, NoQuery, Page, Problem},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    contacts::{self, Contact, ContactChange, Identity, NewContact, NewIdentity, Note},
    store_contacts as store,
};
use crate::{
    Call, check, cursor,
    ids::{ContactId, IdentityId, NoteId},
};

/// Which contacts are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ContactQuery {
    /// Part of a name, or the beginning of an address or number.
    q: Option<String>,
    /// 1 to 100, 25 unless told.
    limit: Option<i64>,
    /// The cursor of the page before.
    cursor: Option<String>,
}

/// A note.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContactNote {
    text: String,
}

fn with_presence(call: &Call, mut contact: Contact) -> Contact {
    contact.online = call.desk.presence.is_contact_online(contact.id);
    contact
}

/// Lists contacts, last seen first.
pub async fn contacts(call: Call, input: Input<(), ContactQuery>) -> Result<Found<Page<Contact>>, Problem> {
    let limit = check::limit(input.query.limit, 100)?;
    let before = input.query.cursor.as_deref().map(cursor::read::<(i64, ContactId)>).transpose()?.map(|(at, id)| (Moment(at), id));
    let (viewer, question) = (call.viewer.clone(), check::optional_text("", &input.query.q.unwrap_or_default(), 200)?);
    let items = call.read(move |tx| Ok(store::contacts_by_name(tx, &viewer, &question, before, limit)?)).await?;
    let next = items.last().filter(|_| items.len() as i64 == limit).map(|last| cursor::write(&(last.last_seen_at.0, last.id)));
    Ok(Found(Page { items: items.into_iter().map(|contact| with_presence(&call, contact)).collect(), next }))
}

/// Adds a contact.
pub async fn add_contact(call: Call, input: Input<(), NoQuery, Body<NewContact>>) -> Result<Created<Contact>, Problem> {
    let (viewer, new) = (call.viewer.clone(), input.body.0);
    Ok(Created(call.write(move |tx| contacts::add(tx, &viewer, &new)).await?))
}

/// Shows a contact.
pub async fn contact(call: Call, input: Input<ContactId>) -> Result<Found<Contact>, Problem> {
    let viewer = call.viewer.clone();
    let contact = call.read(move |tx| Ok(store::contact(tx, &viewer, input.path)?)).await?;
    Ok(Found(with_presence(&call, contact)))
}

/// Changes a contact.
pub async fn change_contact(call: Call, input: Input<ContactId, NoQuery, Body<ContactChange>>) -> Result<Found<Contact>, Problem> {
    let (viewer, based_on, id, change) = (call.viewer.clone(), call.if_match, input.path, input.body.0);
    let contact = call.write(move |tx| contacts::change(tx, &viewer, id, based_on, &change)).await?;
    Ok(Found(with_presence(&call, contact)))
}

/// Gives a contact an identity.
pub async fn add_identity(call: Call, input: Input<ContactId, NoQuery, Body<NewIdentity>>) -> Result<Created<Identity>, Problem> {
    let (viewer, id, new) = (call.viewer.clone(), input.path, input.body.0);
    Ok(Created(call.write(move |tx| contacts::give_identity(tx, &viewer, id, &new)).await?))
}

/// Takes an identity away from a contact.
pub async fn remove_identity(call: Call, input: Input<(ContactId, IdentityId)>) -> Result<Done, Problem> {
    let (viewer, (id, identity)) = (call.viewer.clone(), input.path);
    call.write(move |tx| contacts::take_identity(tx, &viewer, id, identity)).await?;
    Ok(Done)
}

/// Lists the notes on a contact.
pub async fn notes(call: Call, input: Input<ContactId>) -> Result<Found<Page<Note>>, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    let notes = call
        .read(move |tx| {
            store::contact(tx, &viewer, id)?;
            Ok(store::notes(tx, id)?)
        })
        .await?;
    Ok(Found(Page::whole(notes)))
}

/// Writes a note on a contact.
pub async fn add_note(call: Call, input: Input<ContactId, NoQuery, Body<NewContactNote>>) -> Result<Created<Note>, Problem> {
    let (viewer, id, text) = (call.viewer.clone(), input.path, input.body.0.text);
    Ok(Created(call.write(move |tx| contacts::note(tx, &viewer, id, &text)).await?))
}

/// Removes a note.
pub async fn remove_note(call: Call, input: Input<(ContactId, NoteId)>) -> Result<Done, Problem> {
    let (viewer, (id, note)) = (call.viewer.clone(), input.path);
    call.write(move |tx| contacts::remove_note(tx, &viewer, id, note)).await?;
    Ok(Done)
}
