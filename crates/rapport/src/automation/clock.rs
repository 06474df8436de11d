//! Rules of time: what came due since they asked last.
//!
//! No row waits for each conversation and rule. A conversation keeps its clocks in columns (since when the customer waits, when something was
//! said last, when it was resolved); a rule of "so long after" asks for those that began so long ago, from where it asked last until now. A
//! clock that begins anew is in a later stretch, so a rule runs once for each time a clock ran that long.

use std::time::Duration;

use platform::{
    clock::Moment,
    store::{Result, Tx},
};

use super::{
    rules::{Happened, Kept, Rules},
    store,
};
use crate::ids::RuleId;

/// Conversations that come due for a rule in one transaction.
const DUE: i64 = 40;

/// What came due for a rule, and up to when it was looked.
pub(super) struct Looked {
    pub(super) rule: RuleId,
    pub(super) to: Moment,
    pub(super) happened: Vec<Happened>,
    /// Whether there is more.
    pub(super) is_full: bool,
}

/// What came due, for every rule for which something did.
pub(super) fn due(tx: &mut Tx<'_>, rules: &Rules) -> Result<Vec<Looked>> {
    let mut due = Vec::new();
    if rules.of_time().next().is_none() {
        return Ok(due);
    }
    let (now, looked_to) = (tx.now(), store::looked(tx)?);
    for rule in rules.of_time() {
        // A rule that looked while the clock was ahead goes on from now.
        if let Some(from) = looked_to.get(&rule.acting.id) {
            due.extend(looked(tx, rule, (*from).min(now), now)?);
        }
    }
    Ok(due)
}

fn looked(tx: &mut Tx<'_>, rule: &Kept, from: Moment, now: Moment) -> Result<Option<Looked>> {
    let span = Duration::from_secs(60 * rule.minutes);
    let mut found = store::begun(tx, rule.on, from.minus(span), now.minus(span), DUE)?;
    let is_full = found.len() as i64 == DUE;
    let Some(mut last) = found.last().map(|(_, clock)| *clock) else { return Ok(None) };
    if is_full && found.first().is_some_and(|(_, first)| *first < last) {
        // Others may have begun at the same moment as the last: they come together, with the next.
        found.retain(|(_, clock)| *clock < last);
        last = found.last().map_or(last, |(_, clock)| *clock);
    }
    let happened = found.into_iter().map(|(id, clock)| Happened::due(rule.on, id, clock)).collect();
    Ok(Some(Looked { rule: rule.acting.id, to: last.plus(span), happened, is_full }))
}
