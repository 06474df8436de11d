//! Requests about merging, taking apart and splitting.

use platform::web::{Body, Created, Found, Input, NoQuery, Page, Problem};
use serde_json::json;

use super::{
    merge,
    model::{MergeInto, Part, Split},
    split, unmerge,
};
use crate::{
    Call,
    conversations::{http::with_presence, model::Conversation, store_drafts},
    ids::ConversationId,
    live::Audience,
};

/// Merges a conversation into another.
pub async fn merge(call: Call, input: Input<ConversationId, NoQuery, Body<MergeInto>>) -> Result<Found<Conversation>, Problem> {
    let (viewer, id, into) = (call.viewer.clone(), input.path, input.body.0.into_id);
    let merged = call.write(move |tx| merge::merge(tx, &viewer, id, into)).await?;
    for agent in merged.drafts_of {
        for draft in call.read(move |tx| Ok(store_drafts::of(tx, agent, into)?)).await? {
            let body = json!({"type": "draft_changed", "conversation_id": into, "mode": draft.mode, "text": draft.text, "attachment_ids": draft.attachment_ids, "updated_at": draft.updated_at});
            crate::live::publish(&call.desk, &Audience::Agent(agent), &body);
        }
    }
    Ok(Found(with_presence(&call, merged.conversation)))
}

/// Lists what has become a part of a conversation.
pub async fn parts(call: Call, input: Input<ConversationId>) -> Result<Found<Page<Part>>, Problem> {
    let viewer = call.viewer.clone();
    Ok(Found(Page::whole(call.read(move |tx| unmerge::list(tx, &viewer, input.path)).await?)))
}

/// Makes a part a conversation of its own again.
pub async fn unmerge(call: Call, input: Input<ConversationId>) -> Result<Found<Conversation>, Problem> {
    let viewer = call.viewer.clone();
    let conversation = call.write(move |tx| unmerge::unmerge(tx, &viewer, input.path)).await?;
    Ok(Found(with_presence(&call, conversation)))
}

/// Makes some messages a conversation of their own.
pub async fn split(call: Call, input: Input<ConversationId, NoQuery, Body<Split>>) -> Result<Created<Conversation>, Problem> {
    let (viewer, id, wanted) = (call.viewer.clone(), input.path, input.body.0);
    let conversation = call.write(move |tx| split::split(tx, &viewer, id, &wanted)).await?;
    Ok(Created(with_presence(&call, conversation)))
}
