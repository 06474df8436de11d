//! Looks at what happened and holds it against every view: what is to be written comes out, nothing is written here.

use std::collections::{BTreeMap, BTreeSet};

use platform::{
    clock::Moment,
    events::{self, Event},
    store::{Result, Tx},
};
use uuid::Uuid;

use super::{
    model::{ViewSort, ViewState, WIDEST},
    store::{self, Kept},
    store_entries::{self as entries, Entry, Group, Progress},
};
use crate::{
    conditions::Asked,
    conversations::{
        announce::{FILED, KINDS},
        facts::{ConversationFacts, Needs},
        store_facts,
    },
    ids::{ContactId, ConversationId, SavedViewId},
    people::contacts::ContactChanged,
    places,
};

/// Events looked at together.
const EVENTS: i64 = 500;
/// Conversations that time moved, looked at together.
const DUE: i64 = 200;
/// Conversations held against a view that fills, at a time.
const SCANNED: i64 = 1_000;

/// How one conversation stands in one view, before and now.
pub(super) struct Move {
    pub(super) view: usize,
    pub(super) conversation: ConversationId,
    pub(super) before: Option<Entry>,
    pub(super) after: Option<Entry>,
}

/// What a step writes.
pub(super) struct Seen {
    pub(super) progress: Progress,
    pub(super) position: events::Position,
    pub(super) views: Vec<Kept>,
    pub(super) moves: Vec<Move>,
    /// Of which view and conversation there is a move.
    known: BTreeSet<(usize, ConversationId)>,
    /// Views that come further: where to, and in which state.
    pub(super) scanned: Vec<(usize, ViewState, ConversationId)>,
    /// Views whose entries go.
    pub(super) emptied: Vec<usize>,
    /// Whether there is more to do at once.
    pub(super) is_full: bool,
}

/// Looks. Nothing when nothing is to be done.
pub(super) fn look(tx: &mut Tx<'_>) -> Result<Option<Seen>> {
    let views = store::kept(tx)?;
    let Some(progress) = entries::progress(tx)?.filter(|_| !views.is_empty()) else { return Ok(None) };
    let recorded = events::after(tx, progress.position, EVENTS)?;
    let position = recorded.last().map_or(progress.position, |event| event.position);
    let mut touched = BTreeSet::new();
    let mut regions_moved = false;
    for event in &recorded {
        regions_moved |= event.kind == places::LOCATION_CHANGED;
        if event.kind == ContactChanged::KIND {
            let changed: ContactChanged = event.read()?;
            touched.extend(store_facts::ids_of_contact(tx, ContactId(changed.contact_id.0))?);
        } else if event.kind != FILED && KINDS.contains(&event.kind.as_str()) {
            touched.insert(ConversationId(event.stream));
        }
    }
    let due = entries::due(tx, tx.now(), DUE)?;
    let mut seen = Seen {
        progress,
        position,
        is_full: recorded.len() as i64 == EVENTS || due.len() as i64 == DUE,
        views,
        moves: Vec::new(),
        known: BTreeSet::new(),
        scanned: Vec::new(),
        emptied: Vec::new(),
    };
    touched.extend(due);
    seen.hold(tx, touched)?;
    seen.scan(tx)?;
    seen.empty(tx)?;
    if regions_moved {
        seen.fill_anew();
    }
    let nothing = seen.position == progress.position && seen.moves.is_empty() && seen.scanned.is_empty() && seen.emptied.is_empty();
    Ok((!nothing).then_some(seen))
}

impl Seen {
    fn needs(&self) -> Needs {
        Needs::of(self.views.iter().filter(|view| is_held(view)).map(|view| &view.condition))
    }

    /// Holds conversations against every view.
    fn hold(&mut self, tx: &mut Tx<'_>, touched: BTreeSet<ConversationId>) -> Result<()> {
        let (needs, now) = (self.needs(), tx.now());
        for id in touched {
            let Some(facts) = store_facts::of(tx, id, needs)? else { continue };
            let stands: BTreeMap<SavedViewId, Entry> = entries::of(tx, id)?.into_iter().collect();
            for at in 0..self.views.len() {
                if is_held(&self.views[at]) {
                    self.compare(at, &facts, stands.get(&self.views[at].id), now);
                }
            }
        }
        Ok(())
    }

    /// Goes on with the views that fill: those that have come equally far, together.
    fn scan(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let Some(from) = self.views.iter().filter(|view| view.state == ViewState::Filling).map(|view| view.scanned_to).min() else { return Ok(()) };
        let filling: Vec<usize> =
            (0..self.views.len()).filter(|at| self.views[*at].state == ViewState::Filling && self.views[*at].scanned_to == from).collect();
        let (found, now) = (store_facts::after(tx, from, self.needs(), SCANNED)?, tx.now());
        for facts in &found {
            let stands: BTreeMap<SavedViewId, Entry> = entries::of(tx, facts.id)?.into_iter().collect();
            for at in &filling {
                self.compare(*at, facts, stands.get(&self.views[*at].id), now);
            }
        }
        let to = found.last().map_or(from, |last| last.id);
        let is_through = (found.len() as i64) < SCANNED;
        for at in filling {
            let is_wide = entries::size(tx, self.views[at].id)? > WIDEST;
            let state = if is_wide {
                ViewState::TooWide
            } else if is_through {
                ViewState::Ready
            } else {
                ViewState::Filling
            };
            self.scanned.push((at, state, to));
        }
        self.is_full = true;
        Ok(())
    }

    /// Finds the views whose entries go.
    fn empty(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        for at in 0..self.views.len() {
            let goes = match self.views[at].state {
                ViewState::Leaving => true,
                ViewState::TooWide => entries::has_any(tx, self.views[at].id)?,
                ViewState::Filling | ViewState::Ready => false,
            };
            if goes {
                self.emptied.push(at);
                self.is_full = true;
            }
        }
        Ok(())
    }

    /// A location may lie in another region now, and with it all that is below: views that ask for them are filled anew. What is in them
    /// stays until it was looked at.
    fn fill_anew(&mut self) {
        for at in (0..self.views.len()).filter(|at| is_held(&self.views[*at])) {
            if Needs::of([&self.views[at].condition].into_iter()).locations {
                self.scanned.retain(|(scanned, ..)| *scanned != at);
                self.scanned.push((at, ViewState::Filling, ConversationId::default()));
                self.is_full = true;
            }
        }
    }

    fn compare(&mut self, at: usize, facts: &ConversationFacts, before: Option<&Entry>, now: Moment) {
        let after = entry(&self.views[at], facts, now);
        if before != after.as_ref() && self.known.insert((at, facts.id)) {
            self.moves.push(Move { view: at, conversation: facts.id, before: before.copied(), after });
        }
    }
}

fn is_held(view: &Kept) -> bool {
    matches!(view.state, ViewState::Filling | ViewState::Ready)
}

/// How a conversation stands in a view; nothing when it is not in it and time alone will not bring it in.
pub(super) fn entry(view: &Kept, facts: &ConversationFacts, now: Moment) -> Option<Entry> {
    if facts.is_merged {
        return None;
    }
    let ask = |me: Option<Uuid>| view.condition.holds(facts, Asked { me, now });
    let others = ask(None);
    let mine = facts.assignee_id.map_or(others, |assignee| ask(Some(assignee.0)));
    let due_at = others.until.into_iter().chain(mine.until).min();
    (mine.holds || others.holds || due_at.is_some()).then(|| Entry {
        for_assignee: mine.holds,
        for_others: others.holds,
        sort_key: sort_key(facts, view.sort),
        due_at,
        group: group(facts),
    })
}

/// What a conversation is counted under.
fn group(facts: &ConversationFacts) -> Group {
    let known = |id: Option<Uuid>| id.unwrap_or_default();
    Group {
        brand: facts.scope.brand_id.0,
        inbox: facts.scope.inbox_id.0,
        location: known(facts.scope.location_id.map(|id| id.0)),
        team: known(facts.scope.team_id.map(|id| id.0)),
        assignee: known(facts.assignee_id.map(|id| id.0)),
    }
}

/// Its place in a view of this order: lists go by this number, from the smallest up.
fn sort_key(facts: &ConversationFacts, sort: ViewSort) -> i64 {
    match sort {
        ViewSort::LastActivity => -facts.last_activity_at.0,
        ViewSort::WaitingSince => facts.waiting_since.map_or(i64::MAX, |since| since.0),
        ViewSort::NextDeadline => facts.due_at.map_or(i64::MAX, |at| at.0),
        ViewSort::Newest => -facts.created_at.0,
        ViewSort::Oldest => facts.created_at.0,
    }
}
