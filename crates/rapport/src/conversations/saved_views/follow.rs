//! The follower: keeps what is in saved views where the log is. It runs beside the writing of messages and never in its transaction; a
//! conversation is in its views, and counted there, well within a second. Several nodes may try the same step: the version of the
//! progress lets one of them write.

use std::{collections::BTreeSet, time::Duration};

use platform::{
    events::{Actor, Event},
    follow::{self, Pace},
    store::{Result, Store, Tx},
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    look::{self, Seen},
    model::ViewState,
    store, store_entries as entries,
};
use crate::{
    conversations::{
        announce::{Changed, Filed},
        store as conversations_store,
    },
    ids::{ConversationId, SavedViewId},
    viewer::Viewer,
};

/// People come first: while they wait, it works a third of the time. What time alone moves is moved within a second.
const PACE: Pace = Pace { name: "saved views", gather: Duration::from_millis(200), tick: Some(Duration::from_millis(700)), rest: 2 };

/// A saved view was added, changed, removed, or has filled.
#[derive(Serialize)]
pub(super) struct SavedViewChanged {
    pub(super) saved_view_id: SavedViewId,
    pub(super) version: i64,
}
impl Event for SavedViewChanged {
    const KIND: &'static str = "conversations.saved_view_changed";
    fn stream(&self) -> Uuid {
        self.saved_view_id.0
    }
    fn version(&self) -> i64 {
        self.version
    }
}

/// Follows for as long as the store is open.
pub async fn run(store: Store) {
    follow::run(store, PACE, |store| async move { step(&store).await }).await;
}

/// Does one step; whether there is more to do at once. Tests call this until there is not.
pub async fn step(store: &Store) -> Result<bool> {
    let Some(seen) = store.read(look::look).await? else { return Ok(false) };
    let is_full = seen.is_full;
    let written = store.write_in_background(move |tx| write(tx, &seen)).await?;
    Ok(is_full || !written)
}

/// Writes what was seen, unless somebody else has been there; whether it was written.
fn write(tx: &mut Tx<'_>, seen: &Seen) -> Result<bool> {
    if !entries::advance(tx, seen.progress, seen.position)? {
        return Ok(false);
    }
    let mut same = Vec::new();
    for view in &seen.views {
        same.push(store::asks_the_same(tx, view)?);
    }
    let mut filed = BTreeSet::new();
    for one in seen.moves.iter().filter(|one| same[one.view]) {
        let view = &seen.views[one.view];
        entries::keep(tx, view.id, one.conversation, one.before.as_ref(), one.after.as_ref())?;
        let within = |entry: Option<&entries::Entry>| entry.map(|entry| (entry.for_assignee, entry.for_others)).unwrap_or_default();
        let moved = within(one.before.as_ref()) != within(one.after.as_ref()) || is_handed_over(one.before.as_ref(), one.after.as_ref());
        // While a view fills nobody is told of each conversation; at the end of it, of the view.
        if view.state == ViewState::Ready && moved {
            filed.insert(one.conversation);
        }
    }
    for (at, state, to) in &seen.scanned {
        let view = &seen.views[*at];
        if store::advance(tx, view, *state, *to)? && *state != ViewState::Filling {
            tx.announce(Actor::SYSTEM, &SavedViewChanged { saved_view_id: view.id, version: view.version })?;
        }
    }
    for at in &seen.emptied {
        let view = &seen.views[*at];
        if !entries::remove_some(tx, view.id)? && view.state == ViewState::Leaving {
            store::delete(tx, view.id)?;
        }
    }
    filed.iter().try_for_each(|id| announce(tx, *id))?;
    Ok(true)
}

/// Whether it left one agent's view and came into another's, although it stands as it stood.
fn is_handed_over(before: Option<&entries::Entry>, after: Option<&entries::Entry>) -> bool {
    matches!((before, after), (Some(before), Some(after)) if before.for_assignee != before.for_others && before.group.assignee != after.group.assignee)
}

/// Says that a conversation moved in or out of views; the frame says of which it is a part now.
fn announce(tx: &mut Tx<'_>, id: ConversationId) -> Result<()> {
    let state = conversations_store::state(tx, &Viewer::System { reason: "tells who follows saved views" }, id)?;
    Filed::announce(tx, Actor::SYSTEM, &state, Changed::default()).map(drop)
}
