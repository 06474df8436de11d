//! Chats follow the contact they belong to: two become one, or are parted again.

use platform::{
    events::{Actor, Event, Payload},
    store::{Result, Tx},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::store;
use crate::{
    ids::{ContactId, MergeId, VisitorId},
    people::merging::{self, MovedRow},
};

/// The kind of [`SessionsMoved`].
pub const SESSIONS_MOVED: &str = "channels.sessions_moved";

/// Sessions belong to another contact from now on. Whoever is connected with one hears of the other's conversations after coming back.
#[derive(Serialize, Deserialize)]
pub struct SessionsMoved {
    /// Whose they were.
    pub from: ContactId,
    /// Whose they are.
    pub into: ContactId,
    /// Which.
    pub visitor_ids: Vec<VisitorId>,
}
impl Payload for SessionsMoved {}
impl Event for SessionsMoved {
    const KIND: &'static str = "channels.sessions_moved";
    const SCHEMA: i64 = <SessionsMoved as Payload>::SCHEMA;
    fn stream(&self) -> Uuid {
        self.from.0
    }
    fn version(&self) -> i64 {
        1
    }
}

/// Moves the sessions of one contact to another, and notes which they were.
pub fn follow_contact(tx: &mut Tx<'_>, from: ContactId, into: ContactId, merge: Option<MergeId>) -> Result<()> {
    let moved = store::move_sessions(tx, from, into)?;
    if let Some(merge) = merge {
        let rows: Vec<Uuid> = moved.iter().map(|id| id.0).collect();
        merging::note_moved(tx, merge, MovedRow::Session, &rows)?;
    }
    announce(tx, from, into, moved)
}

/// Gives back the sessions that came with a merge.
pub fn part_contacts(tx: &mut Tx<'_>, from: ContactId, into: ContactId, merge: MergeId) -> Result<()> {
    let mut moved = Vec::new();
    for id in merging::moved_rows(tx, merge, MovedRow::Session)? {
        if store::return_session(tx, VisitorId(id), into, from)? > 0 {
            moved.push(VisitorId(id));
        }
    }
    announce(tx, into, from, moved)
}

fn announce(tx: &mut Tx<'_>, from: ContactId, into: ContactId, visitor_ids: Vec<VisitorId>) -> Result<()> {
    if visitor_ids.is_empty() {
        return Ok(());
    }
    tx.announce(Actor::SYSTEM, &SessionsMoved { from, into, visitor_ids }).map(drop)
}
