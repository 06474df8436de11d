//! Who reacts to what: all wiring between parts on one page.

use platform::{
    dispatch::Reaction,
    events::Recorded,
    positions::Carrier,
    store::{Result, Tx},
};

use crate::{
    channels::webchat,
    conversations::{self, Changed, assignment},
    ids::{ContactId, MergeId},
    people::{contacts::ContactChanged, merging},
    timeline,
};

/// Every reaction.
pub const REACTIONS: &[Reaction] = &[
    Reaction {
        name: "record_conversation_on_timeline",
        kinds: &["conversations.received", "conversations.moved"],
        when: begins_a_conversation,
        run: timeline::record_conversation,
    },
    Reaction { name: "record_contact_on_timeline", kinds: &["people.contact_changed"], when: always, run: timeline::record_contact },
    Reaction { name: "move_conversations_of_joined_contact", kinds: &["people.contact_changed"], when: always, run: move_conversations },
    Reaction {
        name: "recompute_deadlines",
        kinds: &["places.brand_changed", "places.location_changed", "people.team_changed"],
        when: always,
        run: conversations::sla::hours_changed,
    },
    Reaction { name: "move_sessions_of_joined_contact", kinds: &["people.contact_changed"], when: always, run: move_sessions },
    Reaction {
        name: "give_out_work",
        kinds: &["conversations.received", "conversations.changed", "conversations.moved"],
        when: queues_or_frees,
        run: assignment::serve_after,
    },
    Reaction { name: "follow_availability", kinds: &["people.agent_changed"], when: always, run: assignment::agent_changed },
    Reaction { name: "keep_answer_time", kinds: &["conversations.replied"], when: is_first_answer, run: conversations::note_answer_time },
];

/// Rows that carry the position of their event, for engines that give it after the commit.
pub const CARRIERS: &[Carrier] = &[Carrier { kinds: conversations::KINDS, carry: conversations::place }];

fn always(_: &Recorded) -> bool {
    true
}

/// An event that cannot be read is wanted: the reaction then fails, visibly, and is tried again.
fn says(event: &Recorded, what: fn(&Changed) -> bool) -> bool {
    event.read::<Changed>().map_or(true, |changed| what(&changed))
}

fn begins_a_conversation(event: &Recorded) -> bool {
    says(event, |changed| changed.started)
}

/// Whether a conversation may stand in a queue now, or its agent has room. What was given out by assignment itself is neither.
fn queues_or_frees(event: &Recorded) -> bool {
    says(event, |changed| match changed.field.as_deref() {
        None => changed.started,
        Some("assignee") => changed.from.is_some(),
        Some(field) => ["team", "status", "tags", "merged_into"].contains(&field),
    })
}

fn is_first_answer(event: &Recorded) -> bool {
    says(event, |changed| changed.first_answer)
}

/// What every part does with a contact that became part of another, or was parted from it.
fn joined_or_parted(tx: &mut Tx<'_>, event: &Recorded, joined: Joined, parted: Parted) -> Result<()> {
    let changed: ContactChanged = event.read()?;
    let (into, Some(from)) = (changed.contact_id, changed.about.map(ContactId)) else { return Ok(()) };
    match changed.what.as_str() {
        "joined" => {
            let merge = merging::merge_at(tx, into, changed.version)?;
            joined(tx, from, into, merge)
        }
        "parted" => match merging::merge_at(tx, into, changed.version)? {
            Some(merge) => parted(tx, from, into, merge),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

type Joined = fn(&mut Tx<'_>, ContactId, ContactId, Option<MergeId>) -> Result<()>;
type Parted = fn(&mut Tx<'_>, ContactId, ContactId, MergeId) -> Result<()>;

fn move_conversations(tx: &mut Tx<'_>, event: &Recorded) -> Result<()> {
    joined_or_parted(tx, event, conversations::follow_contact, conversations::part_contacts)
}

fn move_sessions(tx: &mut Tx<'_>, event: &Recorded) -> Result<()> {
    joined_or_parted(tx, event, webchat::follow_contact, webchat::part_contacts)
}
