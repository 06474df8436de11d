//! Reactions that write the timeline.

use platform::{
    events::Recorded,
    store::{Result, Tx},
};

use super::store;
use crate::{
    conversations::Changed,
    ids::{ContactId, NoteId},
    people::{
        contacts::{self, ContactChanged},
        merging::{self, MovedRow},
    },
};

/// A conversation began.
pub fn record_conversation(tx: &mut Tx<'_>, event: &Recorded) -> Result<()> {
    let changed: Changed = event.read()?;
    let (true, Some(contact)) = (changed.started, event.subject) else { return Ok(()) };
    store::insert_entry(tx, ContactId(contact), event.at, "conversation", Some(changed.conversation_id), None, None, None).map(drop)
}

/// A contact was met, identified, joined, or noted on.
pub fn record_contact(tx: &mut Tx<'_>, event: &Recorded) -> Result<()> {
    let changed: ContactChanged = event.read()?;
    let id = changed.contact_id;
    // An import may have been taken back meanwhile.
    if !contacts::is_there(tx, id)? {
        return Ok(());
    }
    match (changed.what.as_str(), changed.about) {
        // Whoever is met by writing wrote after they were met, though both are one moment.
        ("met", _) => store::insert_entry(tx, id, event.at.minus(std::time::Duration::from_micros(1)), "first_visit", None, None, None, None).map(drop),
        ("identified", _) => store::insert_entry(tx, id, event.at, "identified", None, None, None, None).map(drop),
        ("noted", Some(note)) => store::insert_entry(tx, id, event.at, "note", None, Some(NoteId(note)), None, None).map(drop),
        ("unnoted", Some(note)) => store::remove_note(tx, note),
        ("joined", Some(from)) => {
            let moved = store::move_entries(tx, ContactId(from), id)?;
            let joined = store::insert_entry(tx, id, event.at, "joined", None, None, None, None)?;
            let Some(merge) = merging::merge_at(tx, id, changed.version)? else { return Ok(()) };
            merging::note_moved(tx, merge, MovedRow::Entry, &moved)?;
            merging::note_moved(tx, merge, MovedRow::Joined, &[joined.0])
        }
        ("parted", Some(from)) => {
            let Some(merge) = merging::merge_at(tx, id, changed.version)? else { return Ok(()) };
            for entry in merging::moved_rows(tx, merge, MovedRow::Entry)? {
                store::return_entry(tx, entry, id, ContactId(from))?;
            }
            merging::moved_rows(tx, merge, MovedRow::Joined)?.into_iter().try_for_each(|entry| store::remove_entry(tx, entry))
        }
        _ => Ok(()),
    }
}
