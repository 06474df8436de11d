//! Requests about contacts who are one, or might be.

use platform::web::{Body, Created, Done, Found, Input, NoQuery, Page, Problem};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    duplicates, merge,
    model::{Duplicate, Merge, MergePreview, NewMerge, Pair, UndoPreview},
    undo,
};
use crate::{
    Call, check, cursor,
    ids::{ContactId, MergeId},
};

/// Who would become part of the contact.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct PreviewQuery {
    /// The other contact.
    from_id: ContactId,
}

/// Which pairs are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct PairQuery {
    /// How many things in common are looked at, 1 to 50, 25 unless told.
    limit: Option<i64>,
    /// The cursor of the page before.
    cursor: Option<String>,
}

/// Lists pairs who might be one, with what speaks for it.
pub async fn pairs(call: Call, input: Input<(), PairQuery>) -> Result<Found<Page<Pair>>, Problem> {
    let limit = check::limit(input.query.limit, 50)?;
    let after = input.query.cursor.as_deref().map(cursor::read).transpose()?;
    let viewer = call.viewer.clone();
    let (items, next): (_, Option<duplicates::Place>) = call.read(move |tx| duplicates::pairs(tx, &viewer, after.clone(), limit)).await?;
    Ok(Found(Page { items, next: next.map(|place| cursor::write(&place)) }))
}

/// Lists those who might be the same as a contact.
pub async fn duplicates(call: Call, input: Input<ContactId>) -> Result<Found<Page<Duplicate>>, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    Ok(Found(Page::whole(call.read(move |tx| duplicates::of(tx, &viewer, id)).await?)))
}

/// Says that two are not the same.
pub async fn set_distinct(call: Call, input: Input<(ContactId, ContactId)>) -> Result<Done, Problem> {
    let (viewer, (id, other)) = (call.viewer.clone(), input.path);
    call.write(move |tx| duplicates::set_distinct(tx, &viewer, id, other, true)).await?;
    Ok(Done)
}

/// Takes back that two are not the same.
pub async fn unset_distinct(call: Call, input: Input<(ContactId, ContactId)>) -> Result<Done, Problem> {
    let (viewer, (id, other)) = (call.viewer.clone(), input.path);
    call.write(move |tx| duplicates::set_distinct(tx, &viewer, id, other, false)).await?;
    Ok(Done)
}

/// Shows what a merge would do.
pub async fn preview(call: Call, input: Input<ContactId, PreviewQuery>) -> Result<Found<MergePreview>, Problem> {
    let (viewer, id, from) = (call.viewer.clone(), input.path, input.query.from_id);
    Ok(Found(call.read(move |tx| merge::preview(tx, &viewer, id, from)).await?))
}

/// Makes another contact a part of this one.
pub async fn merge(call: Call, input: Input<ContactId, NoQuery, Body<NewMerge>>) -> Result<Created<Merge>, Problem> {
    let (viewer, id, new) = (call.viewer.clone(), input.path, input.body.0);
    Ok(Created(call.write(move |tx| merge::merge(tx, &viewer, id, &new)).await?))
}

/// Lists the merges of a contact, newest first.
pub async fn merges(call: Call, input: Input<ContactId>) -> Result<Found<Page<Merge>>, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    Ok(Found(Page::whole(call.read(move |tx| undo::merges(tx, &viewer, id)).await?)))
}

/// Shows a merge and what taking it back would do.
pub async fn undo_preview(call: Call, input: Input<(ContactId, MergeId)>) -> Result<Found<UndoPreview>, Problem> {
    let (viewer, (id, merge)) = (call.viewer.clone(), input.path);
    Ok(Found(call.read(move |tx| undo::preview(tx, &viewer, id, merge)).await?))
}

/// Takes a merge back.
pub async fn undo(call: Call, input: Input<(ContactId, MergeId)>) -> Result<Done, Problem> {
    let (viewer, (id, merge)) = (call.viewer.clone(), input.path);
    call.write(move |tx| undo::undo(tx, &viewer, id, merge)).await?;
    Ok(Done)
}
