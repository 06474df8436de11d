//! What runs when: every recurring job on one page, and the jobs that are enqueued.

use std::{sync::Arc, time::Duration};

use platform::{
    blobs,
    jobs::{Doer, Run},
    sightings,
    store::{Error, Tx},
    web::{Problem, forget_old_answers},
};

use crate::{
    automation,
    channels::webchat,
    conversations::{self, assignment, sla},
    desk::Desk,
    ids::{AgentId, ConversationId},
    people::{self, imports},
};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

/// Every job.
pub fn doers() -> Arc<[Doer<Desk>]> {
    Arc::new([
        Doer { kind: "send_scheduled_reply", every: None, run: |desk, run| Box::pin(send_scheduled_reply(desk, run)) },
        Doer { kind: "wake_conversation", every: None, run: |desk, run| Box::pin(wake_conversation(desk, run)) },
        Doer { kind: sla::TELL, every: None, run: |desk, run| Box::pin(tell_deadline(desk, run)) },
        Doer { kind: assignment::HAND_BACK, every: None, run: |desk, run| Box::pin(hand_work_back(desk, run)) },
        Doer { kind: assignment::SERVE, every: Some(10 * SECOND), run: |desk, run| Box::pin(serve_queues(desk, run)) },
        Doer { kind: sla::RECOMPUTE, every: None, run: |desk, run| Box::pin(recompute_deadlines(desk, run)) },
        Doer { kind: imports::IMPORT, every: None, run: |desk, run| Box::pin(imports::run(desk, run)) },
        Doer { kind: imports::UNDO, every: None, run: |desk, run| Box::pin(imports::run_undo(desk, run)) },
        Doer { kind: "forget_old_answers", every: Some(10 * MINUTE), run: |desk, _| Box::pin(in_chunks(desk, forget_old_answers)) },
        Doer { kind: "forget_old_sightings", every: Some(HOUR), run: |desk, _| Box::pin(in_chunks(desk, sightings::forget_old)) },
        Doer { kind: "forget_old_runs", every: Some(HOUR), run: |desk, _| Box::pin(in_chunks(desk, automation::forget_old_runs)) },
        Doer { kind: "forget_old_sessions", every: Some(HOUR), run: |desk, _| Box::pin(forget_old_sessions(desk)) },
        Doer { kind: "forget_unused_files", every: Some(HOUR), run: |desk, _| Box::pin(forget_unused_files(desk)) },
        Doer { kind: "collect_stray_files", every: Some(24 * HOUR), run: |desk, _| Box::pin(collect_stray_files(desk)) },
    ])
}

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}

async fn wake_conversation(desk: Desk, run: Run) -> Result<(), String> {
    let id: ConversationId = run.read().map_err(told)?;
    let wake = move |tx: &mut Tx<'_>| {
        run.hold(tx)?;
        conversations::wake(tx, id)
    };
    desk.store.write_in_background(wake).await.map_err(|problem: Problem| problem.detail)
}

async fn tell_deadline(desk: Desk, run: Run) -> Result<(), String> {
    let id: ConversationId = run.read().map_err(told)?;
    let tell = move |tx: &mut Tx<'_>| {
        run.hold(tx)?;
        sla::tell(tx, id)
    };
    desk.store.write_in_background(tell).await.map_err(|problem: Problem| problem.detail)
}

async fn hand_work_back(desk: Desk, run: Run) -> Result<(), String> {
    let agent: AgentId = run.read().map_err(told)?;
    let hand_back = move |tx: &mut Tx<'_>| {
        run.hold(tx)?;
        assignment::hand_back(tx, agent)
    };
    desk.store.write_in_background(hand_back).await.map_err(|problem: Problem| problem.detail)
}

/// Looks first, beside the writer: mostly nothing is queued.
async fn serve_queues(desk: Desk, run: Run) -> Result<(), String> {
    if !desk.store.read(assignment::is_any_queued).await.map_err(told)? {
        return Ok(());
    }
    let serve = move |tx: &mut Tx<'_>| {
        run.hold(tx)?;
        assignment::serve_all(tx)
    };
    desk.store.write_in_background(serve).await.map_err(|problem: Problem| problem.detail)
}

/// Sets the clocks of all open conversations anew, some at a time, so that nobody waits behind it.
async fn recompute_deadlines(desk: Desk, run: Run) -> Result<(), String> {
    let mut after = ConversationId::default();
    loop {
        let held = run.clone();
        let some = move |tx: &mut Tx<'_>| {
            held.hold(tx)?;
            sla::recompute_after(tx, after)
        };
        match desk.store.write_in_background(some).await.map_err(|problem: Problem| problem.detail)? {
            Some(last) => after = last,
            None => return Ok(()),
        }
    }
}

async fn send_scheduled_reply(desk: Desk, run: Run) -> Result<(), String> {
    let id = run.read().map_err(told)?;
    let send = move |tx: &mut Tx<'_>| {
        run.hold(tx)?;
        conversations::scheduled::send(tx, id)
    };
    desk.store.write_in_background(send).await.map_err(|problem: Problem| problem.detail)
}

/// Whether what is old may be forgotten now. Not while the clock has jumped: ahead by years, everything would be old, and what is gone
/// does not come back with the right time.
fn may_forget(desk: &Desk) -> bool {
    let jumped = desk.store.clock().jumped();
    if let Some(by) = jumped {
        tracing::warn!(target: "jobs", by_hours = by.as_secs() / 3600, "the clock has jumped, so nothing is forgotten for now. Set it right");
    }
    jumped.is_none()
}

/// Repeats a forgetting of a few thousand rows until nothing is left, so that no closure holds the database for long.
async fn in_chunks(desk: Desk, forget: fn(&mut Tx<'_>) -> Result<u64, Error>) -> Result<(), String> {
    while may_forget(&desk) && desk.store.write_in_background(forget).await.map_err(told)? > 0 {}
    Ok(())
}

async fn forget_old_sessions(desk: Desk) -> Result<(), String> {
    if !may_forget(&desk) {
        return Ok(());
    }
    let days = desk.config.session_days;
    desk.store
        .write_in_background(move |tx| {
            webchat::forget_old(tx)?;
            people::forget_old_sessions(tx, days)
        })
        .await
        .map_err(told)
}

/// Each node has rate limits of its own, so each tidies them; a job would run on one of them.
pub async fn tidy_rate_limits(desk: Desk) {
    loop {
        tokio::time::sleep(10 * MINUTE).await;
        desk.limits.tidy();
    }
}

/// Files that nobody attached, those of what was redacted, and imports of long ago are removed with their bytes.
pub(crate) async fn forget_unused_files(desk: Desk) -> Result<(), String> {
    if !may_forget(&desk) {
        return Ok(());
    }
    // While a backup copies them every file stays.
    let Some(_collecting) = desk.blobs.while_collecting().await.map_err(told)? else { return Ok(()) };
    for forget in [conversations::forget_unused_files, imports::forget_old] {
        loop {
            let (forgotten, free) = desk.store.write_in_background(forget).await.map_err(told)?;
            let kept = desk.blobs.clone();
            let removed = tokio::task::spawn_blocking(move || free.iter().try_for_each(|hash| kept.remove(hash)));
            removed.await.map_err(told)?.map_err(told)?;
            if forgotten == 0 {
                break;
            }
        }
    }
    Ok(())
}

async fn collect_stray_files(desk: Desk) -> Result<(), String> {
    let before = desk.store.clock().now().minus(24 * HOUR);
    let collected = blobs::collect_strays(&desk.store, &desk.blobs, before).await.map_err(told)?;
    if collected > 0 {
        tracing::info!(target: "files", collected, "removed files that no row names: what uploads and removals left that were cut off");
    }
    Ok(())
}
