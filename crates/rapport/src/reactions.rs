//! Who reacts to what: all wiring between parts on one page.

use platform::{
    dispatch::Reaction,
    events::Recorded,
    store::{Result, Tx},
};

use crate::{conversations, ids::ContactId, people::contacts::ContactChanged, timeline};

/// Every reaction.
pub const REACTIONS: &[Reaction] = &[
    Reaction { name: "record_conversation_on_timeline", kinds: &["conversations.received"], run: timeline::record_conversation },
    Reaction { name: "record_contact_on_timeline", kinds: &["people.contact_changed"], run: timeline::record_contact },
    Reaction { name: "move_conversations_of_joined_contact", kinds: &["people.contact_changed"], run: move_conversations },
    Reaction { name: "keep_answer_time", kinds: &["conversations.replied"], run: conversations::note_answer_time },
];

fn move_conversations(tx: &mut Tx<'_>, event: &Recorded) -> Result<()> {
    let changed: ContactChanged = event.read()?;
    match (changed.what.as_str(), changed.about) {
        ("joined", Some(from)) => conversations::follow_contact(tx, ContactId(from), changed.contact_id),
        _ => Ok(()),
    }
}
