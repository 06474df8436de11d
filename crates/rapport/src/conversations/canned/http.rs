//! Requests about canned responses.

use axum::{
    extract::{Query, Request},
    response::{IntoResponse, Response},
};
use http::header;
use platform::web::{Body, Created, Done, Found, Input, NoQuery, Page, Problem};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    exchange::{self, Format, Import, Imported},
    keep,
    model::{CannedResponse, CannedResponseChange, NewCannedResponse, OfferedResponse},
    offer, store,
};
use crate::{
    Call, check, cursor,
    ids::{CannedResponseId, ConversationId},
};

/// Which canned responses are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CannedResponseQuery {
    /// 1 to 200, 25 unless told.
    limit: Option<i64>,
    /// The cursor of the page before.
    cursor: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormatQuery {
    format: Format,
}

/// Lists the canned responses one may use, oldest first.
pub async fn canned_responses(call: Call, input: Input<(), CannedResponseQuery>) -> Result<Found<Page<CannedResponse>>, Problem> {
    let limit = check::limit(input.query.limit, 200)?;
    let after = input.query.cursor.as_deref().map(cursor::read::<CannedResponseId>).transpose()?.unwrap_or_default();
    let viewer = call.viewer.clone();
    let items = call.read(move |tx| Ok(store::page(tx, keep::agent_of(&viewer)?, after, limit)?)).await?;
    let next = items.last().filter(|_| items.len() as i64 == limit).map(|last| cursor::write(&last.id));
    Ok(Found(Page { items, next }))
}

/// Adds a canned response.
pub async fn add(call: Call, input: Input<(), NoQuery, Body<NewCannedResponse>>) -> Result<Created<CannedResponse>, Problem> {
    let (viewer, new) = (call.viewer.clone(), input.body.0);
    Ok(Created(call.write(move |tx| keep::add(tx, &viewer, &new)).await?))
}

/// Shows a canned response.
pub async fn canned_response(call: Call, input: Input<CannedResponseId>) -> Result<Found<CannedResponse>, Problem> {
    let viewer = call.viewer.clone();
    Ok(Found(call.read(move |tx| Ok(store::one(tx, keep::agent_of(&viewer)?, input.path)?)).await?))
}

/// Changes a canned response.
pub async fn change(call: Call, input: Input<CannedResponseId, NoQuery, Body<CannedResponseChange>>) -> Result<Found<CannedResponse>, Problem> {
    let (viewer, id, based_on, wanted) = (call.viewer.clone(), input.path, call.if_match, input.body.0);
    Ok(Found(call.write(move |tx| keep::change(tx, &viewer, id, based_on, &wanted)).await?))
}

/// Removes a canned response.
pub async fn remove(call: Call, input: Input<CannedResponseId>) -> Result<Done, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    call.write(move |tx| keep::remove(tx, &viewer, id)).await?;
    Ok(Done)
}

/// Counts that one used it.
pub async fn used(call: Call, input: Input<CannedResponseId>) -> Result<Done, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    call.write(move |tx| offer::used(tx, &viewer, id)).await?;
    Ok(Done)
}

/// Lists what may be said in a conversation, filled in, last used first.
pub async fn offered(call: Call, input: Input<ConversationId>) -> Result<Found<Page<OfferedResponse>>, Problem> {
    let viewer = call.viewer.clone();
    Ok(Found(Page::whole(call.read(move |tx| offer::offered(tx, &viewer, input.path)).await?)))
}

/// Adds and changes what a file says; all of it or nothing.
pub async fn import(call: Call, input: Input<(), NoQuery, Body<Import>>) -> Result<Created<Imported>, Problem> {
    let (viewer, file) = (call.viewer.clone(), input.body.0);
    Ok(Created(call.write(move |tx| exchange::import(tx, &viewer, &file)).await?))
}

/// Gives the canned responses one may use as a file, `?format=csv` or `json`.
pub async fn export(call: Call, request: Request) -> Result<Response, Problem> {
    let format = Query::<FormatQuery>::try_from_uri(request.uri()).map_err(|_| Problem::invalid("", "Write ?format=csv or ?format=json."))?.0.format;
    let viewer = call.viewer.clone();
    let content = call.read(move |tx| exchange::export(tx, &viewer, format)).await?;
    let (kind, name) = match format {
        Format::Csv => ("text/csv; charset=utf-8", "attachment; filename=\"canned-responses.csv\""),
        Format::Json => ("application/json", "attachment; filename=\"canned-responses.json\""),
    };
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name), (header::CACHE_CONTROL, "no-store")], content).into_response())
}
