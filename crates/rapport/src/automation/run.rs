//! Runs the rules, in the transaction that moves the position.

use platform::{store::Tx, web::Problem, word_enum};

use super::{
    facts::Told,
    look::{Seen, message_of},
    rules::{Happened, Kept, Rules},
    store,
    store_runs::{self, NewRun},
};
use crate::{
    conditions::Asked,
    conversations::{
        actions::{self, Done, Outcome},
        facts::{self, ConversationFacts},
    },
};

/// An event to which so many reactions led makes no rule run any more: they would go on for ever.
pub const DEPTH: i64 = 5;

word_enum! {
    /// How a run ended.
    RunOutcome {
        /// What it should do was done, or stood so already.
        Done = "done",
        /// Something of it could not be done.
        Failed = "failed",
        /// It had nothing to do but keep later rules from running.
        Stopped = "stopped",
        /// It was refused, because rules had been making each other run.
        Loop = "loop",
    }
}

/// Goes through what was seen, unless somebody else has been there or the rules are others by now; whether it was written.
pub(super) fn write(tx: &mut Tx<'_>, seen: &Seen) -> Result<bool, Problem> {
    if !store::advance(tx, seen.progress, seen.position)? {
        return Ok(false);
    }
    for happened in &seen.wanted {
        let looking: Vec<&Kept> = seen.rules.looking(happened).collect();
        go_through(tx, &seen.rules, &looking, happened)?;
    }
    for due in &seen.due {
        store::looked_to(tx, due.rule, due.to)?;
        let looking: Vec<&Kept> = seen.rules.of_time().filter(|rule| rule.acting.id == due.rule).collect();
        for happened in &due.happened {
            go_through(tx, &seen.rules, &looking, happened)?;
        }
    }
    Ok(true)
}

/// Every rule that looks at it, in order; each sees what those before have done.
fn go_through(tx: &mut Tx<'_>, rules: &Rules, looking: &[&Kept], happened: &Happened) -> Result<(), Problem> {
    let now = tx.now();
    let read = |tx: &mut Tx<'_>| -> Result<Option<ConversationFacts>, Problem> {
        Ok(facts::of(tx, happened.conversation, rules.needs)?.filter(|facts| !facts.is_merged))
    };
    let Some(mut facts) = read(tx)? else { return Ok(()) };
    let message = message_of(tx, rules, happened)?;
    for rule in looking {
        let told = Told { facts: &facts, happened, message: message.as_deref() };
        if !rule.fits(&told, now) {
            continue;
        }
        let held = rule.condition.held(&told, Asked { me: None, now });
        let (outcome, done) = attempt(tx, rule, happened)?;
        let has_acted = done.iter().any(|part| part.outcome == Outcome::Done);
        if let Some(outcome) = outcome {
            let (cause, depth) = (happened.cause_word(), happened.depth());
            let run = NewRun { rule: &rule.acting, conversation: happened.conversation, cause: &cause, on: rule.on, depth, outcome, held: &held, done: &done };
            store_runs::insert(tx, &run)?;
            store::count_run(tx, rule.acting.id)?;
        }
        if rule.stops {
            return Ok(());
        }
        if has_acted {
            let Some(moved) = read(tx)? else { return Ok(()) };
            facts = moved;
        }
    }
    Ok(())
}

/// Does what a rule does; how it ended, or nothing where there was nothing to do. What fails through a fault is taken back and told.
fn attempt(tx: &mut Tx<'_>, rule: &Kept, happened: &Happened) -> Result<(Option<RunOutcome>, Vec<Done>), Problem> {
    if happened.depth() >= DEPTH {
        return Ok((Some(RunOutcome::Loop), Vec::new()));
    }
    let id = happened.conversation;
    if happened.cause.is_none() && store_runs::is_run(tx, rule.acting.id, id, &happened.cause_word())? {
        return Ok((None, Vec::new()));
    }
    let done = match tx.following(happened.cause, |tx| actions::perform(tx, &rule.acting, id, &rule.doing, rule.on.word())) {
        Ok(done) => done,
        Err(problem) if problem.status == ::http::StatusCode::SERVICE_UNAVAILABLE => return Err(problem),
        Err(problem) => vec![Done { mode: None, action: None, outcome: Outcome::Failed, why: Some(problem.detail) }],
    };
    let has = |outcome: Outcome| done.iter().any(|part| part.outcome == outcome);
    let outcome = if has(Outcome::Failed) {
        Some(RunOutcome::Failed)
    } else if has(Outcome::Done) {
        Some(RunOutcome::Done)
    } else {
        rule.stops.then_some(RunOutcome::Stopped)
    };
    Ok((outcome, done))
}
