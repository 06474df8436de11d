//! Requests about macros.

use platform::web::{Body, Created, Done, Found, Input, NoQuery, Page, Problem};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    super::{canned::agent_of, http::with_presence, model::Conversation},
    keep,
    model::{Macro, MacroChange, NewMacro, OfferedMacro, RunMacro},
    run, store,
};
use crate::{
    Call, check, cursor,
    ids::{ConversationId, MacroId},
};

/// Which macros are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct MacroQuery {
    /// 1 to 200, 25 unless told.
    limit: Option<i64>,
    /// The cursor of the page before.
    cursor: Option<String>,
}

/// Lists the macros one may run, oldest first.
pub async fn macros(call: Call, input: Input<(), MacroQuery>) -> Result<Found<Page<Macro>>, Problem> {
    let limit = check::limit(input.query.limit, 200)?;
    let after = input.query.cursor.as_deref().map(cursor::read::<MacroId>).transpose()?.unwrap_or_default();
    let viewer = call.viewer.clone();
    let items = call.read(move |tx| Ok(store::page(tx, agent_of(&viewer)?, after, limit)?)).await?;
    let next = items.last().filter(|_| items.len() as i64 == limit).map(|last| cursor::write(&last.id));
    Ok(Found(Page { items, next }))
}

/// Adds a macro.
pub async fn add(call: Call, input: Input<(), NoQuery, Body<NewMacro>>) -> Result<Created<Macro>, Problem> {
    let (viewer, new) = (call.viewer.clone(), input.body.0);
    Ok(Created(call.write(move |tx| keep::add(tx, &viewer, &new)).await?))
}

/// Shows a macro.
pub async fn one(call: Call, input: Input<MacroId>) -> Result<Found<Macro>, Problem> {
    let viewer = call.viewer.clone();
    Ok(Found(call.read(move |tx| Ok(store::one(tx, agent_of(&viewer)?, input.path)?)).await?))
}

/// Changes a macro.
pub async fn change(call: Call, input: Input<MacroId, NoQuery, Body<MacroChange>>) -> Result<Found<Macro>, Problem> {
    let (viewer, id, based_on, wanted) = (call.viewer.clone(), input.path, call.if_match, input.body.0);
    Ok(Found(call.write(move |tx| keep::change(tx, &viewer, id, based_on, &wanted)).await?))
}

/// Removes a macro.
pub async fn remove(call: Call, input: Input<MacroId>) -> Result<Done, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    call.write(move |tx| keep::remove(tx, &viewer, id)).await?;
    Ok(Done)
}

/// Lists what may be run on a conversation, with the text it would write.
pub async fn offered(call: Call, input: Input<ConversationId>) -> Result<Found<Page<OfferedMacro>>, Problem> {
    let viewer = call.viewer.clone();
    Ok(Found(Page::whole(call.read(move |tx| run::offered(tx, &viewer, input.path)).await?)))
}

/// Runs a macro on a conversation.
pub async fn run(call: Call, input: Input<(ConversationId, MacroId), NoQuery, Body<RunMacro>>) -> Result<Created<Conversation>, Problem> {
    let (viewer, (id, which), how) = (call.viewer.clone(), input.path, input.body.0);
    let conversation = call.write(move |tx| run::run(tx, &viewer, id, which, &how)).await?;
    Ok(Created(with_presence(&call, conversation)))
}
