//! Whoever wrote a reply or a note corrects it.

use platform::{store::Tx, web::Problem};

use super::{
    model::{FormerText, MessageEdit},
    store,
};
use crate::{
    conversations::{
        announce::{Changed, MessageChanged},
        keep, merges,
        model::{Message, MessageKind, Mode},
        receive::{preview, subject},
        reply::{open, text_of},
        store::{self as conversation_store, State},
        store_messages,
    },
    ids::{ConversationId, MessageId},
    viewer::Viewer,
};

/// Channels on which the customer sees that an answer was edited. On any other it is out, and cannot be called back.
const SHOWS_EDITS: [&str; 1] = ["webchat"];

/// Gives one's own message another text.
pub(super) fn edit(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, message: MessageId, new: &MessageEdit) -> Result<Message, Problem> {
    conversation_store::state(tx, viewer, id)?;
    let message = store::message(tx, id, message)?;
    let mode = match message.kind {
        MessageKind::Reply => Mode::Reply,
        MessageKind::Note => Mode::Note,
        MessageKind::Inbound | MessageKind::System => return Err(not_yours()),
    };
    let (agent, before) = open(tx, viewer, id, &[mode.needs()])?;
    if message.author.id != Some(agent.id.0) {
        return Err(not_yours());
    }
    if message.redacted.is_some() {
        return Err(Problem::conflict("message_redacted", "What this message said was removed for good."));
    }
    if mode == Mode::Reply && !SHOWS_EDITS.contains(&message.channel.as_str()) {
        return Err(Problem::conflict(
            "not_editable",
            format!("A message that went out by {} cannot be changed any more. Write another one.", message.channel),
        ));
    }
    let files: Vec<_> = message.attachments.iter().map(|file| file.id).collect();
    let text = text_of(&new.text, &files)?;
    if text == message.text {
        return Ok(message);
    }
    store::keep_former(tx, message.id, &message.text, agent.id)?;
    store::set_text(tx, message.id, &text)?;
    changed(tx, viewer, &before, &message, "edited", |state| {
        if state.preview.text == preview(&message.text) && mode == Mode::Reply {
            state.preview.text = preview(&text);
        }
    })?;
    Ok(store_messages::at(tx, id, message.seq)?)
}

fn not_yours() -> Problem {
    Problem::forbidden("Only whoever wrote a reply or a note may edit it.")
}

/// What a message said before, newest first.
pub(super) fn former(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, message: MessageId) -> Result<Vec<FormerText>, Problem> {
    conversation_store::state(tx, viewer, id)?;
    let message = store::message(tx, id, message)?;
    Ok(store::former(tx, message.id)?)
}

/// Saves what the change of a message changes of its conversation, and announces it to whoever may see that message.
pub(super) fn changed(tx: &mut Tx<'_>, viewer: &Viewer, before: &State, message: &Message, what: &str, apply: impl FnOnce(&mut State)) -> Result<(), Problem> {
    let mut state = before.clone();
    state.version += 1;
    state.public_version += i64::from(matches!(message.kind, MessageKind::Inbound | MessageKind::Reply));
    apply(&mut state);
    keep::save(tx, before, &mut state)?;
    let changed = Changed { message_id: Some(message.id), seq: Some(message.seq), field: Some(what.into()), ..Changed::default() };
    if let Some(position) = MessageChanged::announce(tx, viewer.actor(), &state, changed)? {
        store::place(tx, message.id, position)?;
    }
    // A conversation that shows the message as a part of it shows its words in the list.
    match state.merged_into {
        Some(into) => Ok(merges::show_anew(tx, viewer, into)?),
        None => Ok(()),
    }
}

/// Whether a conversation is called after a text.
pub(super) fn is_called_after(state: &State, text: &str) -> bool {
    !text.is_empty() && state.subject == subject(text)
}
