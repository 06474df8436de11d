//! Requests about links.

use platform::web::{Body, Created, Done, Found, Input, NoQuery, Page, Problem};

use super::{
    keep,
    model::{ConversationLink, NewConversationLink},
};
use crate::{
    Call,
    ids::{ConversationId, LinkId},
};

/// Lists the links of a conversation.
pub async fn links(call: Call, input: Input<ConversationId>) -> Result<Found<Page<ConversationLink>>, Problem> {
    let viewer = call.viewer.clone();
    Ok(Found(Page::whole(call.read(move |tx| keep::list(tx, &viewer, input.path)).await?)))
}

/// Links a conversation to another.
pub async fn add(call: Call, input: Input<ConversationId, NoQuery, Body<NewConversationLink>>) -> Result<Created<ConversationLink>, Problem> {
    let (viewer, id, new) = (call.viewer.clone(), input.path, input.body.0);
    Ok(Created(call.write(move |tx| keep::add(tx, &viewer, id, &new)).await?))
}

/// Removes a link.
pub async fn remove(call: Call, input: Input<(ConversationId, LinkId)>) -> Result<Done, Problem> {
    let (viewer, (id, link)) = (call.viewer.clone(), input.path);
    call.write(move |tx| keep::remove(tx, &viewer, id, link)).await?;
    Ok(Done)
}
