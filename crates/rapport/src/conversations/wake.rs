//! A conversation that sleeps until a time wakes.

use platform::{
    jobs,
    store::{JsonText, Tx},
    web::Problem,
};

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
    let Some(until) = state.snoozed_until.filter(|_| state.status == Status::Snoozed && state.merged_into.is_none()) else { return Ok(()) };
    if until > tx.now() {
        // The clock was ahead when this job was taken up. Done now it would be gone, and nobody would wake the conversation.
        return Ok(jobs::enqueue(tx, JOB, &JsonText::of(&id), until, Some(&super::change::wake_key(id)))?);
    }
    change(tx, &system, id, None, &ConversationChange { status: Some(Status::Open), ..ConversationChange::default() }).map(drop)
}
