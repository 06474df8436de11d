//! The one door through which a change of a conversation is written, so that nothing that follows from it is forgotten.

use platform::store::{Result, Tx};

use super::{
    model::Status,
    sla,
    store::{self, State},
};

/// Writes what a change may touch, with the clocks that it starts, pauses or stops, and its place in the queue.
pub(super) fn save(tx: &mut Tx<'_>, before: &State, state: &mut State) -> Result<()> {
    queue(tx, before, state);
    if sla::is_concerned(before, state) {
        sla::assess(tx, state)?;
    }
    store::update(tx, before, state)
}

/// The same for one that was made of another: its clocks begin.
pub(super) fn save_new(tx: &mut Tx<'_>, before: &State, state: &mut State) -> Result<()> {
    queue(tx, before, state);
    sla::assess(tx, state)?;
    store::update(tx, before, state)
}

/// What is open, a team's and nobody's stands in the team's queue, from when it came there.
fn queue(tx: &Tx<'_>, before: &State, state: &mut State) {
    let stands = state.scope.team_id.is_some() && state.assignee_id.is_none() && state.status == Status::Open && !state.is_done();
    let since = before.queued_at.filter(|_| before.scope.team_id == state.scope.team_id);
    state.queued_at = stands.then(|| since.unwrap_or_else(|| tx.now()));
}
