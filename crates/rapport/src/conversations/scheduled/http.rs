//! Requests about replies that wait.

use platform::web::{Body, Created, Done, Found, Input, NoQuery, Page, Problem};
use serde_json::json;

use super::{
    keep,
    model::{NewScheduledReply, ScheduledReply, ScheduledReplyChange},
};
use crate::{
    Call,
    conversations::store_drafts,
    ids::{ConversationId, ScheduledReplyId},
    live::Audience,
};

/// Lists what waits in a conversation.
pub async fn scheduled(call: Call, input: Input<ConversationId>) -> Result<Found<Page<ScheduledReply>>, Problem> {
    let viewer = call.viewer.clone();
    Ok(Found(Page::whole(call.read(move |tx| keep::list(tx, &viewer, input.path)).await?)))
}

/// Keeps a reply for later.
pub async fn add(call: Call, input: Input<ConversationId, NoQuery, Body<NewScheduledReply>>) -> Result<Created<ScheduledReply>, Problem> {
    let (viewer, id, new) = (call.viewer.clone(), input.path, input.body.0);
    Ok(Created(call.write(move |tx| keep::add(tx, &viewer, id, &new)).await?))
}

/// Changes text or time of a reply that waits.
pub async fn change(
    call: Call,
    input: Input<(ConversationId, ScheduledReplyId), NoQuery, Body<ScheduledReplyChange>>,
) -> Result<Found<ScheduledReply>, Problem> {
    let (viewer, (id, waiting), wanted) = (call.viewer.clone(), input.path, input.body.0);
    Ok(Found(call.write(move |tx| keep::change(tx, &viewer, id, waiting, &wanted)).await?))
}

/// Takes a reply that waits back; it becomes a draft again.
pub async fn take_back(call: Call, input: Input<(ConversationId, ScheduledReplyId)>) -> Result<Done, Problem> {
    let (viewer, (id, waiting)) = (call.viewer.clone(), input.path);
    let agent = call.write(move |tx| keep::take_back(tx, &viewer, id, waiting)).await?;
    for draft in call.read(move |tx| Ok(store_drafts::of(tx, agent, id)?)).await? {
        let body = json!({"type": "draft_changed", "conversation_id": id, "mode": draft.mode, "text": draft.text, "attachment_ids": draft.attachment_ids, "updated_at": draft.updated_at});
        crate::live::publish(&call.desk, &Audience::Agent(agent), &body);
    }
    Ok(Done)
}
