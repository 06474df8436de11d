//! Requests about changed messages.

use platform::web::{Body, Found, Input, NoQuery, Page, Problem};

use super::{
    edit,
    model::{FormerText, MessageEdit},
    redact,
};
use crate::{
    Call,
    conversations::model::Message,
    ids::{ConversationId, MessageId},
    schedule,
};

/// Edits one's own reply or note.
pub async fn edit(call: Call, input: Input<(ConversationId, MessageId), NoQuery, Body<MessageEdit>>) -> Result<Found<Message>, Problem> {
    let (viewer, (id, message), new) = (call.viewer.clone(), input.path, input.body.0);
    Ok(Found(call.write(move |tx| edit::edit(tx, &viewer, id, message, &new)).await?))
}

/// Lists what a message said before it was edited.
pub async fn former(call: Call, input: Input<(ConversationId, MessageId)>) -> Result<Found<Page<FormerText>>, Problem> {
    let (viewer, (id, message)) = (call.viewer.clone(), input.path);
    Ok(Found(Page::whole(call.read(move |tx| edit::former(tx, &viewer, id, message)).await?)))
}

/// Removes text and files of a message for good.
pub async fn redact(call: Call, input: Input<(ConversationId, MessageId)>) -> Result<Found<Message>, Problem> {
    let (viewer, (id, message)) = (call.viewer.clone(), input.path);
    let redacted = call.write(move |tx| redact::redact(tx, &viewer, id, message)).await?;
    // The bytes go now; what cannot be removed at this moment goes with the hourly job.
    if let Err(error) = schedule::forget_unused_files(call.desk.clone()).await {
        tracing::warn!(target: "files", %error, "files of a redacted message are removed within an hour");
    }
    Ok(Found(redacted))
}
