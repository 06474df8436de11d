//! Warnings and breaches: one job a conversation, at the next moment at which there is something to tell.

use platform::{
    jobs,
    store::{JsonText, Result as Stored, Tx},
    web::Problem,
};

use super::{
    super::{change, store as conversation_store},
    clock::{Clock, Running},
    model::TargetKind,
    store,
};
use crate::{ids::ConversationId, viewer::Viewer};

/// The job that tells.
pub const TELL: &str = "tell_deadline";

fn key(id: ConversationId) -> String {
    format!("deadline {id}")
}

pub(super) fn cancel(tx: &mut Tx<'_>, id: ConversationId) -> Stored<()> {
    jobs::cancel(tx, &key(id))
}

/// Has the job come at the next moment at which there is something to tell.
pub(super) fn set(tx: &mut Tx<'_>, id: ConversationId, clock: &Clock) -> Stored<()> {
    match [clock.answer.next_alarm(), clock.resolution.next_alarm()].into_iter().flatten().min() {
        Some(at) => jobs::enqueue(tx, TELL, &JsonText::of(&id), at, Some(&key(id))),
        None => cancel(tx, id),
    }
}

/// Tells what has come: a warning, or a breach.
pub fn tell(tx: &mut Tx<'_>, id: ConversationId) -> Result<(), Problem> {
    let Some(mut clock) = store::clock(tx, id)? else { return Ok(()) };
    let system = Viewer::System { reason: "a deadline has come" };
    let mut state = conversation_store::state(tx, &system, id)?;
    let now = tx.now();
    let answer = clock.answer_kind.and_then(|kind| take(&mut clock.answer, now).map(|breached| (kind, breached)));
    let resolution = take(&mut clock.resolution, now).map(|breached| (TargetKind::Resolution, breached));
    store::keep_clock(tx, id, &clock)?;
    // With the clock ahead for a while, this came too early: then nothing is told, and it comes again.
    set(tx, id, &clock)?;
    for (kind, breached) in [answer, resolution].into_iter().flatten() {
        change::told_deadline(tx, &system, &mut state, kind, breached)?;
    }
    Ok(())
}

/// What of a clock is to be told now: that it is over, or near its end.
fn take(clock: &mut Running, now: platform::clock::Moment) -> Option<bool> {
    let breached = clock.due_at.is_some_and(|due| due <= now) && clock.told < 2;
    let warned = clock.warn_at.is_some_and(|warn| warn <= now) && clock.told < 1;
    if breached {
        clock.told = 2;
    } else if warned {
        clock.told = 1;
    }
    (breached || warned).then_some(breached)
}
