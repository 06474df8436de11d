//! Looks beside the writer for which events some rule fits: only those are gone through where it writes.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use platform::{
    events::{self, Position},
    store::{Result, Tx},
};

use super::{
    clock::{self, Looked},
    facts::{self, Told},
    rules::{Happened, Rules},
    store::{self, Progress},
};
use crate::{
    conversations::facts::{self as conversations, ConversationFacts},
    ids::ConversationId,
};

/// Events looked at together.
const EVENTS: i64 = 500;
/// Events gone through in one transaction, so that it holds the writer for a moment only.
const WANTED: usize = 40;

/// What a step goes through.
pub(super) struct Seen {
    pub(super) progress: Progress,
    pub(super) position: Position,
    pub(super) rules: Arc<Rules>,
    /// What some rule fits, and what happened to the same conversations afterwards, in order.
    pub(super) wanted: Vec<Happened>,
    /// What time brought.
    pub(super) due: Vec<Looked>,
    /// Whether there is more to do at once.
    pub(super) is_full: bool,
}

impl Seen {
    /// Whether there is nothing to write.
    pub(super) fn is_nothing(&self) -> bool {
        self.position == self.progress.position && self.due.is_empty()
    }
}

/// Looks, with the rules as they were known; nothing when none is switched on. Rules of time wait while the clock is wrong.
pub(super) fn look(tx: &mut Tx<'_>, known: Option<Arc<Rules>>, clock_is_right: bool) -> Result<Option<Seen>> {
    let Some(progress) = store::progress(tx)? else { return Ok(None) };
    let rules = match known.filter(|known| known.version == progress.rules_version) {
        Some(known) => known,
        None => {
            let fields = facts::fields(tx)?;
            Arc::new(store::enabled(tx, progress.rules_version, &fields)?)
        }
    };
    if rules.list.is_empty() {
        return Ok(None);
    }
    let recorded = events::after(tx, progress.position, EVENTS)?;
    let mut seen = Seen { progress, position: progress.position, wanted: Vec::new(), due: Vec::new(), is_full: recorded.len() as i64 == EVENTS, rules };
    let (mut known, mut touched) = (BTreeMap::new(), BTreeSet::new());
    for event in &recorded {
        if seen.wanted.len() == WANTED {
            seen.is_full = true;
            break;
        }
        seen.position = event.position;
        let Some(happened) = Happened::read(event)? else { continue };
        let rules = seen.rules.clone();
        // What a rule does to a conversation may make others fit that did not before.
        if touched.contains(&happened.conversation) && rules.looking(&happened).next().is_some() || fits_any(tx, &rules, &happened, &mut known)? {
            touched.insert(happened.conversation);
            seen.wanted.push(happened);
        }
    }
    if clock_is_right {
        let rules = seen.rules.clone();
        seen.due = clock::due(tx, &rules)?;
        seen.is_full |= seen.due.iter().any(|one| one.is_full);
    }
    Ok(Some(seen))
}

type Known = BTreeMap<ConversationId, Option<ConversationFacts>>;

/// Whether some rule fits as the conversation stands now. Its facts are read once for all rules and events.
fn fits_any(tx: &mut Tx<'_>, rules: &Rules, happened: &Happened, known: &mut Known) -> Result<bool> {
    if rules.looking(happened).next().is_none() {
        return Ok(false);
    }
    if let std::collections::btree_map::Entry::Vacant(entry) = known.entry(happened.conversation) {
        entry.insert(conversations::of(tx, happened.conversation, rules.needs)?.filter(|facts| !facts.is_merged));
    }
    let Some(Some(facts)) = known.get(&happened.conversation) else { return Ok(false) };
    let message = message_of(tx, rules, happened)?;
    let told = Told { facts, happened, message: message.as_deref() };
    let now = tx.now();
    Ok(rules.looking(happened).any(|rule| rule.fits(&told, now)))
}

/// What the message says that an event made, when some rule asks.
pub(super) fn message_of(tx: &mut Tx<'_>, rules: &Rules, happened: &Happened) -> Result<Option<String>> {
    match happened.seq.filter(|_| rules.reads_messages) {
        Some(seq) => conversations::text_at(tx, happened.conversation, seq),
        None => Ok(None),
    }
}
