//! What a rule would have done: it is held against what happened lately, and writes nothing.

use std::{collections::BTreeSet, time::Duration};

use platform::{
    clock::Moment,
    events::{self, Position},
    store::Tx,
    web::Problem,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    facts::Told,
    keep,
    look::message_of,
    model::{NewRule, part},
    rules::{Happened, Kept, Rules},
    store,
};
use crate::{
    conditions::{Asked, Clause},
    conversations::{
        self,
        actions::{self, Done},
        facts,
    },
    ids::{ConversationId, RuleId},
    viewer::{ActingRule, Viewer},
};

/// So many conversations are looked at, at most.
const CONVERSATIONS: i64 = 1_000;
/// So many are shown.
const SHOWN: usize = 25;
/// Events read at a time.
const EVENTS: i64 = 500;
/// So long it may take; then what was found is told.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// What a rule would have done.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DryRun {
    /// In how many conversations something made it look, of the last 1,000 that the viewer may see: the last time in each.
    pub looked_at: i64,
    /// In how many of them its condition holds as they stand now.
    pub matched: i64,
    /// How far back it was looked.
    pub since: Option<Moment>,
    /// Whether it was looked that far because there is no more, or enough was found; else because it took too long.
    pub is_complete: bool,
    /// The latest of those, at most 25.
    pub items: Vec<WouldRun>,
}

/// A conversation in which a rule would have run.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct WouldRun {
    /// Which.
    pub conversation_id: ConversationId,
    /// Its case number.
    pub conversation_number: i64,
    /// What it is about.
    pub conversation_subject: String,
    /// When what makes the rule look happened, or from when time is counted.
    pub at: Moment,
    /// The clauses that hold.
    pub held: Vec<Clause>,
    /// What would be done as the conversation stands now. What could fail is not tried.
    pub done: Vec<Done>,
}

struct Trial<'a> {
    viewer: &'a Viewer,
    rules: Rules,
    found: DryRun,
    begun: std::time::Instant,
}

/// Tries a rule.
#[expect(clippy::disallowed_methods, reason = "measures how long a question took, never reaches a row")]
pub(super) fn dry_run(tx: &mut Tx<'_>, viewer: &Viewer, new: &NewRule) -> Result<DryRun, Problem> {
    let rule = keep::checked(tx, keep::agent_of(viewer)?, new)?;
    let kept = Kept {
        acting: ActingRule { id: RuleId::default(), name: rule.name },
        over: part(rule.sharing.team_id, rule.sharing.brand_id),
        on: rule.trigger.on,
        minutes: rule.trigger.minutes.unwrap_or_default().unsigned_abs(),
        condition: rule.condition,
        doing: rule.doing,
        stops: rule.stops,
        since: 0,
    };
    let found = DryRun { looked_at: 0, matched: 0, since: None, is_complete: true, items: Vec::new() };
    let mut trial = Trial { viewer, rules: Rules::new(0, vec![kept]), found, begun: std::time::Instant::now() };
    if rule.trigger.on.is_time() {
        trial.over_clocks(tx)?
    } else {
        trial.over_events(tx)?
    }
    Ok(trial.found)
}

impl Trial<'_> {
    fn is_over(&mut self) -> bool {
        let is_late = self.begun.elapsed() > PATIENCE;
        self.found.is_complete &= !is_late;
        is_late || self.found.looked_at >= CONVERSATIONS
    }

    fn over_clocks(&mut self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let Some(on) = self.rules.list.first().map(|rule| rule.on) else { return Ok(()) };
        for (id, clock) in store::running(tx, on, CONVERSATIONS)? {
            self.hold(tx, &Happened::due(on, id, clock), clock)?;
            if self.is_over() {
                break;
            }
        }
        Ok(())
    }

    fn over_events(&mut self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let (mut seen, mut position) = (BTreeSet::new(), Position::MAX);
        loop {
            let events = events::before(tx, position, EVENTS)?;
            let Some(last) = events.last() else { return Ok(()) };
            position = last.position;
            for event in &events {
                let Some(happened) = Happened::read(event)? else { continue };
                if self.rules.looking(&happened).next().is_some() && seen.insert(happened.conversation) {
                    self.hold(tx, &happened, event.at)?;
                }
                if self.is_over() {
                    return Ok(());
                }
            }
        }
    }

    /// Holds one conversation against the rule.
    fn hold(&mut self, tx: &mut Tx<'_>, happened: &Happened, at: Moment) -> Result<(), Problem> {
        let Some(rule) = self.rules.list.first() else { return Ok(()) };
        let Some(facts) = facts::seen_by(tx, self.viewer, happened.conversation, self.rules.needs)?.filter(|facts| !facts.is_merged) else { return Ok(()) };
        self.found.looked_at += 1;
        self.found.since = Some(at);
        let message = message_of(tx, &self.rules, happened)?;
        let (told, now) = (Told { facts: &facts, happened, message: message.as_deref() }, tx.now());
        if !rule.fits(&told, now) {
            return Ok(());
        }
        self.found.matched += 1;
        if self.found.items.len() < SHOWN {
            let shown = conversations::conversation(tx, self.viewer, facts.id)?;
            self.found.items.push(WouldRun {
                conversation_id: facts.id,
                conversation_number: shown.number,
                conversation_subject: shown.subject,
                at,
                held: rule.condition.held(&told, Asked { me: None, now }).into_iter().cloned().collect(),
                done: actions::foreseen(tx, self.viewer, facts.id, &rule.doing)?,
            });
        }
        Ok(())
    }
}
