//! A conversation that sleeps until a time wakes.

use platform::{store::Tx, web::Problem};

use super::{
    change::change,
    model::{ConversationChange, Status},
    store,
};
use crate::{ids::ConversationId, viewer::Viewer};

/// The job that wakes one.
pub const JOB: &str = "wake_conversation";

/// Opens a snoozed conversation whose time has come; anything else is left as it is.
pub fn wake(tx: &mut Tx<'_>, id: ConversationId) -> Result<(), Problem> {
    let system = Viewer::System { reason: "its time has come" };
    let state = store::state(tx, &system, id)?;
    let due = state.status == Status::Snoozed && state.snoozed_until.is_some_and(|until| until <= tx.now());
    if due {
        change(tx, &system, id, None, &ConversationChange { status: Some(Status::Open), ..ConversationChange::default() })?;
    }
    Ok(())
}
