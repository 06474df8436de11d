//! Conversations follow what happens elsewhere: two contacts become one, a first answer tells how long one waits.

use platform::{
    events::{Actor, Recorded},
    store::{Result, Tx},
};

use super::{
    announce::{Changed, FieldChanged},
    edits, store, store_around, store_messages,
};
use crate::{ids::ContactId, people::contacts, viewer::Viewer};

/// Moves the conversations of one contact to another.
pub fn follow_contact(tx: &mut Tx<'_>, from: ContactId, into: ContactId) -> Result<()> {
    let system = Viewer::System { reason: "two contacts were joined" };
    for id in store_around::ids_of_contact(tx, from)? {
        let before = store::state(tx, &system, id)?;
        let mut state = before.clone();
        state.contact_id = into;
        state.version += 1;
        state.public_version += 1;
        store::save(tx, &before, &state)?;
        let changed = Changed { field: Some("contact".into()), from: Some(from.to_string()), to: Some(into.to_string()), ..Changed::default() };
        FieldChanged::announce(tx, Actor::SYSTEM, &state, changed)?;
        if state.merged_into.is_none() {
            contacts::count_conversation(tx, from, -1)?;
            contacts::count_conversation(tx, into, 1)?;
        }
    }
    Ok(())
}

/// The message an event made gets the event's place in the log.
pub fn place(tx: &mut Tx<'_>, event: &Recorded) -> Result<()> {
    let changed: Changed = event.read()?;
    match changed.message_id {
        Some(message) if event.kind == "conversations.message_changed" => edits::place(tx, message, event.position),
        Some(message) => store_messages::place(tx, message, event.position),
        None => Ok(()),
    }
}

/// Keeps how long a customer waited for the first answer, from which the honest wait is told.
pub fn note_answer_time(tx: &mut Tx<'_>, event: &Recorded) -> Result<()> {
    let changed: Changed = event.read()?;
    let (true, Some(seconds)) = (changed.first_answer, changed.waited_seconds) else { return Ok(()) };
    let system = Viewer::System { reason: "a first answer" };
    let inbox = store::state(tx, &system, changed.conversation_id)?.scope.inbox_id;
    store_around::insert_answer_time(tx, changed.conversation_id, inbox, event.at, seconds)
}
