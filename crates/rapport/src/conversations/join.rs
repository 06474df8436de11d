//! Conversations follow what happens elsewhere: two contacts become one, a first answer tells how long one waits.

use platform::{
    events::{Actor, Recorded},
    store::{Result, Tx},
};

use super::{
    announce::{Changed, FieldChanged},
    edits, keep, store, store_around, store_messages,
};
use crate::{
    ids::{ContactId, ConversationId, MergeId},
    people::{
        contacts,
        merging::{self, MovedRow},
    },
    viewer::Viewer,
};

/// Moves the conversations of one contact to another, and notes which they were.
pub fn follow_contact(tx: &mut Tx<'_>, from: ContactId, into: ContactId, merge: Option<MergeId>) -> Result<()> {
    let moved = store_around::ids_of_contact(tx, from)?;
    hand_over(tx, &moved, from, into)?;
    let rows: Vec<uuid::Uuid> = moved.iter().map(|id| id.0).collect();
    merge.map_or(Ok(()), |merge| merging::note_moved(tx, merge, MovedRow::Conversation, &rows))
}

/// Gives back the conversations that came with a merge, with everything said in them; those that began since stay, and so do those that
/// were made one with a conversation that stays: nobody is given what another customer wrote.
pub fn part_contacts(tx: &mut Tx<'_>, from: ContactId, into: ContactId, merge: MergeId) -> Result<()> {
    let mut moved: Vec<ConversationId> = merging::moved_rows(tx, merge, MovedRow::Conversation)?.into_iter().map(ConversationId).collect();
    loop {
        let mut returning = Vec::new();
        for id in &moved {
            if store_around::made_one_with(tx, *id)?.iter().all(|other| moved.contains(other)) {
                returning.push(*id);
            }
        }
        if returning.len() == moved.len() {
            break;
        }
        moved = returning;
    }
    hand_over(tx, &moved, into, from)
}

fn hand_over(tx: &mut Tx<'_>, conversations: &[ConversationId], from: ContactId, into: ContactId) -> Result<()> {
    let system = Viewer::System { reason: "two contacts were joined, or parted" };
    for id in conversations {
        let before = store::state(tx, &system, *id)?;
        if before.contact_id != from {
            continue;
        }
        let mut state = before.clone();
        state.contact_id = into;
        state.version += 1;
        state.public_version += 1;
        keep::save(tx, &before, &mut state)?;
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
