//! Text and files of a message are removed for good, wherever they are kept.

use platform::{
    store::Tx,
    web::{Problem, rewrite_answers},
};

use super::{edit, store};
use crate::{
    conversations::{
        merges,
        model::{Message, MessageKind},
        receive::{preview, subject},
        store::{self as conversation_store, State},
        store_messages,
    },
    ids::{ConversationId, MessageId},
    viewer::{Permission, Viewer},
};

/// Removes what a message said. Its place stays, with who removed it and when.
pub(super) fn redact(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, message: MessageId) -> Result<Message, Problem> {
    let before = conversation_store::state(tx, viewer, id)?;
    let Some(agent) = viewer.agent().filter(|agent| agent.can_in(Permission::ConversationsRedact, &before.scope)) else {
        return Err(Problem::forbidden("You may read this conversation, not remove what was said in it."));
    };
    let message = store::message(tx, id, message)?;
    if message.kind == MessageKind::System {
        return Err(Problem::invalid("", "A line of the system says nothing of a person. It stays."));
    }
    if message.redacted.is_some() {
        return Ok(message);
    }
    let former: Vec<String> =
        store::former(tx, message.id)?.into_iter().map(|former| former.text).chain([message.text.clone()]).filter(|text| !text.is_empty()).collect();
    store::redact(tx, message.id, &agent.name)?;
    store::forget_drafts(tx, &former)?;
    edit::changed(tx, viewer, &before, &message, "redacted", |state| unname(state, &former))?;
    merges::show_anew(tx, viewer, id)?;
    if let Some(into) = before.merged_into {
        unname_survivor(tx, viewer, into, &former)?;
    }
    let traces: Vec<String> = former.iter().flat_map(|text| [text.clone(), preview(text), subject(text)]).collect();
    let about = [Some(id), before.merged_into].into_iter().flatten().map(|id| id.to_string()).collect::<Vec<_>>();
    rewrite_answers(tx, &about, |answer| blank(answer, &traces))?;
    Ok(store_messages::at(tx, id, message.seq)?)
}

/// By default a conversation is called after its first message.
fn unname(state: &mut State, former: &[String]) {
    if former.iter().any(|text| edit::is_called_after(state, text)) {
        state.subject.clear();
    }
}

fn unname_survivor(tx: &mut Tx<'_>, viewer: &Viewer, into: ConversationId, former: &[String]) -> Result<(), Problem> {
    let before = conversation_store::state(tx, &Viewer::System { reason: "a part of it was redacted" }, into)?;
    let mut state = before.clone();
    unname(&mut state, former);
    if state.subject == before.subject { Ok(()) } else { merges::save_subject(tx, viewer, &before, state) }
}

/// Takes these texts out of an answer that is kept for repetition.
fn blank(value: &mut serde_json::Value, traces: &[String]) {
    match value {
        serde_json::Value::String(text) if traces.contains(text) => text.clear(),
        serde_json::Value::Array(items) => items.iter_mut().for_each(|item| blank(item, traces)),
        serde_json::Value::Object(members) => {
            if members.get("text").and_then(|text| text.as_str()).is_some_and(|text| traces.iter().any(|trace| trace == text))
                && let Some(files) = members.get_mut("attachments")
            {
                *files = serde_json::json!([]);
            }
            members.values_mut().for_each(|member| blank(member, traces));
        }
        _ => {}
    }
}
