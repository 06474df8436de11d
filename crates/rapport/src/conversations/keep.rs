//! The one door through which a change of a conversation is written, so that nothing that follows from it is forgotten.

use platform::store::{Result, Tx};

use super::{
    sla,
    store::{self, State},
};

/// Writes what a change may touch, with the clocks that it starts, pauses or stops.
pub(super) fn save(tx: &mut Tx<'_>, before: &State, state: &mut State) -> Result<()> {
    if sla::is_concerned(before, state) {
        sla::assess(tx, state)?;
    }
    store::update(tx, before, state)
}

/// The same for one that was made of another: its clocks begin.
pub(super) fn save_new(tx: &mut Tx<'_>, before: &State, state: &mut State) -> Result<()> {
    sla::assess(tx, state)?;
    store::update(tx, before, state)
}
