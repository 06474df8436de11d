//! Who is absent hands unanswered work back to the queue.

use std::time::Duration;

use platform::{
    clock::Moment,
    events::Recorded,
    jobs,
    store::{JsonText, Result as Stored, Tx},
    web::Problem,
};

use super::{
    super::{change, store as conversation_store},
    serve, store,
};
use crate::{ids::AgentId, viewer::Viewer};

/// The job that hands back.
pub const HAND_BACK: &str = "hand_work_back";

fn key(agent: AgentId) -> String {
    format!("hand back {agent}")
}

/// An agent was changed: they may take work now, or are away.
pub fn agent_changed(tx: &mut Tx<'_>, event: &Recorded) -> Stored<()> {
    let agent = AgentId(event.stream);
    let Some((here, enabled)) = store::is_here(tx, agent)? else { return Ok(()) };
    let mut kept = store::profile(tx, agent)?;
    let now = tx.now();
    if !enabled || kept.profile.absent_until.is_some_and(|until| until > now) {
        return plan(tx, agent, now);
    }
    if here {
        if kept.away_since.take().is_some() {
            store::keep_profile(tx, agent, &kept)?;
        }
        jobs::cancel(tx, &key(agent))?;
        for team in store::teams_served_by(tx, agent)? {
            serve::serve(tx, team)?;
        }
        return Ok(());
    }
    if kept.away_since.is_none() {
        kept.away_since = Some(now);
        store::keep_profile(tx, agent, &kept)?;
    }
    match (store::settings(tx)?.0.away_minutes, kept.away_since) {
        (Some(minutes), Some(since)) => plan(tx, agent, since.plus(Duration::from_secs(60 * minutes.unsigned_abs()))),
        _ => Ok(()),
    }
}

pub(super) fn plan(tx: &mut Tx<'_>, agent: AgentId, at: Moment) -> Stored<()> {
    jobs::enqueue(tx, HAND_BACK, &JsonText::of(&agent), at, Some(&key(agent)))
}

/// Hands back what the customers of an absent agent wait for; what they wait for in vain stays theirs when they are back.
pub fn hand_back(tx: &mut Tx<'_>, agent: AgentId) -> Result<(), Problem> {
    if !is_absent(tx, agent)? {
        return Ok(());
    }
    let system = Viewer::System { reason: "their agent is absent" };
    for id in store::unanswered_of(tx, agent)? {
        let mut state = conversation_store::state(tx, &system, id)?;
        change::assign(tx, &system, &mut state, None)?;
        serve::serve_of(tx, id)?;
    }
    Ok(())
}

fn is_absent(tx: &mut Tx<'_>, agent: AgentId) -> Stored<bool> {
    let Some((here, enabled)) = store::is_here(tx, agent)? else { return Ok(false) };
    let kept = store::profile(tx, agent)?;
    let now = tx.now();
    if !enabled || kept.profile.absent_until.is_some_and(|until| until > now) {
        return Ok(true);
    }
    let limit = store::settings(tx)?.0.away_minutes.map(|minutes| Duration::from_secs(60 * minutes.unsigned_abs()));
    Ok(!here && kept.away_since.zip(limit).is_some_and(|(since, limit)| since.plus(limit) <= now))
}
