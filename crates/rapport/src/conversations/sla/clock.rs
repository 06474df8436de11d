//! The clocks: which run for a conversation, and when they end.

use std::time::Duration;

use platform::{
    clock::Moment,
    events::Recorded,
    jobs,
    store::{JsonText, Result as Stored, Tx},
    web::Problem,
};

use super::{
    super::{
        change::assessed,
        model::{Priority, Status},
        store::{self as conversation_store, State},
    },
    alarm,
    model::{Deadline, Promise, SlaPolicy, Target, TargetKind},
    store,
};
use crate::{
    ids::{ConversationId, SlaPolicyId},
    people,
    places::{self, business_time::BusinessTime},
    viewer::{Scope, Viewer},
};

/// One clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Running {
    /// Since when it runs; none while it does not.
    pub(super) from: Option<Moment>,
    /// When it ends.
    pub(super) due_at: Option<Moment>,
    /// When it is near its end.
    pub(super) warn_at: Option<Moment>,
    /// What was told: 0 nothing, 1 the warning, 2 the breach.
    pub(super) told: i64,
}

/// The clocks of a conversation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Clock {
    /// Whether the first answer is awaited or a later one.
    pub(super) answer_kind: Option<TargetKind>,
    pub(super) answer: Running,
    pub(super) resolution: Running,
    /// How long the resolution had run before it paused, in microseconds of its target's time.
    pub(super) resolution_used: i64,
}

/// Whether a change starts, pauses or stops a clock, or may bring another policy.
pub(in crate::conversations) fn is_concerned(before: &State, state: &State) -> bool {
    let opens = before.version == 0 || (before.is_done() && !state.is_done());
    let moved = before.scope != state.scope || before.priority != state.priority || before.channel != state.channel;
    let turned = stand(before) != stand(state);
    opens || (moved && !state.is_done()) || (turned && state.sla_policy_id.is_some())
}

/// What clocks run by.
fn stand(state: &State) -> (Status, bool, bool, Option<Moment>, bool) {
    (state.status, state.is_done(), state.snoozed_until_answer, state.waiting_since, state.answered_at.is_some())
}

/// Sets the clocks of a conversation by what holds now, its next deadline with them.
pub(in crate::conversations) fn assess(tx: &mut Tx<'_>, state: &mut State) -> Stored<()> {
    let Some(policy) = choose(tx, &state.scope, &state.channel, state.priority)? else {
        if state.sla_policy_id.is_some() {
            store::forget_clock(tx, state.id)?;
            alarm::cancel(tx, state.id)?;
            (state.sla_policy_id, state.due) = (None, None);
        }
        return Ok(());
    };
    let hours = people::business_time(tx, &state.scope)?;
    let mut clock = store::clock(tx, state.id)?.unwrap_or_default();
    let now = tx.now();
    clock.set_answer(state, &policy, &hours, now);
    clock.set_resolution(state, &policy, &hours, now);
    store::keep_clock(tx, state.id, &clock)?;
    alarm::set(tx, state.id, &clock)?;
    state.sla_policy_id = Some(policy.id);
    state.due = clock.next_deadline();
    Ok(())
}

/// The policy that holds: the first that fits.
fn choose(tx: &mut Tx<'_>, scope: &Scope, channel: &str, priority: Priority) -> Stored<Option<SlaPolicy>> {
    let policies = store::all(tx)?;
    let above = match scope.location_id {
        Some(location) if !policies.is_empty() => places::line_of(tx, location)?,
        _ => Vec::new(),
    };
    Ok(policies.into_iter().find(|policy| policy.fits(scope, channel, priority, &above)))
}

/// How much of a target's time lies between two moments.
fn passed(target: Target, hours: &BusinessTime, from: Moment, to: Moment) -> Duration {
    if target.business_time { hours.between(from, to) } else { to.since(from) }
}

/// When a target ends that began at `from`, having run for `used` before.
fn ends(target: Target, hours: &BusinessTime, from: Moment, minutes: i64, used: Duration) -> Option<Moment> {
    let left = Duration::from_secs(60 * minutes.unsigned_abs()).saturating_sub(used);
    if target.business_time { hours.after(from, left) } else { Some(from.plus(left)) }
}

impl Running {
    /// Runs since `from`. What was told is told no second time, unless the end has moved behind now.
    fn run(&mut self, target: Target, hours: &BusinessTime, from: Moment, used: Duration, now: Moment) {
        self.from = Some(from);
        self.due_at = ends(target, hours, from, target.minutes, used);
        self.warn_at = target.warn_minutes.and_then(|warn| ends(target, hours, from, target.minutes - warn, used));
        self.told = match self.told {
            2 if self.due_at.is_some_and(|due| due <= now) => 2,
            1 | 2 if self.warn_at.is_some_and(|warn| warn <= now) => 1,
            _ => 0,
        };
    }

    fn pause(&mut self) {
        (self.from, self.due_at, self.warn_at) = (None, None, None);
    }

    /// The next moment at which something is to be told.
    pub(super) fn next_alarm(&self) -> Option<Moment> {
        let warning = self.warn_at.filter(|_| self.told == 0);
        [warning, self.due_at.filter(|_| self.told < 2)].into_iter().flatten().min()
    }
}

impl Clock {
    fn set_answer(&mut self, state: &State, policy: &SlaPolicy, hours: &BusinessTime, now: Moment) {
        let kind = if state.answered_at.is_none() { TargetKind::FirstResponse } else { TargetKind::NextResponse };
        let runs = state.waiting_since.zip(policy.targets.of(kind)).filter(|_| !state.is_done());
        let Some((since, target)) = runs else {
            (self.answer_kind, self.answer) = (None, Running::default());
            return;
        };
        if (self.answer_kind, self.answer.from) != (Some(kind), Some(since)) {
            self.answer = Running::default();
        }
        self.answer_kind = Some(kind);
        self.answer.run(target, hours, since, Duration::ZERO, now);
    }

    fn set_resolution(&mut self, state: &State, policy: &SlaPolicy, hours: &BusinessTime, now: Moment) {
        let Some(target) = policy.targets.resolution.filter(|_| !state.is_done()) else {
            (self.resolution, self.resolution_used) = (Running::default(), 0);
            return;
        };
        let awaits_customer = state.status == Status::Waiting || state.snoozed_until_answer;
        if awaits_customer {
            if let Some(from) = self.resolution.from {
                self.resolution_used += i64::try_from(passed(target, hours, from, now).as_micros()).unwrap_or(i64::MAX);
            }
            self.resolution.pause();
            return;
        }
        let used = Duration::from_micros(self.resolution_used.unsigned_abs());
        let from = self.resolution.from.unwrap_or(now);
        self.resolution.run(target, hours, from, used, now);
    }

    /// What is due first.
    fn next_deadline(&self) -> Option<Deadline> {
        let answer = self.answer_kind.zip(self.answer.due_at).map(|(kind, at)| Deadline { kind, at, warn_at: self.answer.warn_at });
        let resolution = self.resolution.due_at.map(|at| Deadline { kind: TargetKind::Resolution, at, warn_at: self.resolution.warn_at });
        [answer, resolution].into_iter().flatten().min_by_key(|deadline| deadline.at)
    }
}

/// What customers who write to an inbox now are promised: the first answer, by the policy that would hold.
pub fn promised(tx: &mut Tx<'_>, scope: Scope, channel: &str, hours: &BusinessTime) -> Stored<Option<Promise>> {
    let held = choose(tx, &scope, channel, Priority::Normal)?;
    let Some(target) = held.and_then(|policy| policy.targets.first_response) else { return Ok(None) };
    let answer_by = ends(target, hours, tx.now(), target.minutes, Duration::ZERO);
    Ok(Some(Promise { seconds: 60 * target.minutes, business_time: target.business_time, answer_by }))
}

/// The job that sets all clocks anew.
pub const RECOMPUTE: &str = "recompute_deadlines";
const CHUNK: i64 = 100;

/// Hours or places changed, and deadlines with them.
pub fn hours_changed(tx: &mut Tx<'_>, _: &Recorded) -> Stored<()> {
    recompute_soon(tx)
}

pub(super) fn recompute_soon(tx: &mut Tx<'_>) -> Stored<()> {
    let now = tx.now();
    jobs::enqueue(tx, RECOMPUTE, &JsonText("{}".into()), now, Some(RECOMPUTE))
}

/// Sets the clocks of the next conversations after the one named anew; the last of them, until there are none.
pub fn recompute_after(tx: &mut Tx<'_>, after: ConversationId) -> Result<Option<ConversationId>, Problem> {
    let system = Viewer::System { reason: "hours or promises changed" };
    let ids = store::not_resolved(tx, after, CHUNK)?;
    for id in &ids {
        let mut state = conversation_store::state(tx, &system, *id)?;
        let before: (Option<SlaPolicyId>, Option<Deadline>) = (state.sla_policy_id, state.due);
        let mut then = state.clone();
        assess(tx, &mut then)?;
        if (then.sla_policy_id, then.due) != before {
            assessed(tx, &system, &mut state, (then.sla_policy_id, then.due))?;
        }
    }
    Ok(ids.last().copied())
}
