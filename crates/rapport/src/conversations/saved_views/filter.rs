//! A condition that nobody keeps: the conversations are gone through, newest activity first, until a page is full.

use std::{collections::VecDeque, time::Duration};

use platform::{clock::Moment, store::Tx, web::Problem};

use crate::{
    conditions::{Asked, Condition, Op},
    conversations::{
        facts::{ConversationFacts, Needs},
        model::Status,
        store_facts,
    },
    ids::ConversationId,
    viewer::Viewer,
};

/// Read at a time from each shelf.
const CHUNK: i64 = 200;
/// So long a question may take; then what was found is told, and from where it goes on.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// What was found, and where it goes on: a full page has its last conversation there, one that ran out of time the last it looked at.
pub(super) struct Filtered {
    pub(super) ids: Vec<ConversationId>,
    pub(super) next: Option<(Moment, ConversationId)>,
}

struct Shelf {
    number: i64,
    before: (Moment, ConversationId),
    waiting: VecDeque<ConversationFacts>,
    is_through: bool,
}

/// Finds a page.
#[expect(clippy::disallowed_methods, reason = "measures how long a question took, never reaches a row")]
pub(super) fn page(tx: &mut Tx<'_>, viewer: &Viewer, condition: &Condition, before: (Moment, ConversationId), limit: usize) -> Result<Filtered, Problem> {
    let begun = std::time::Instant::now();
    let asked = Asked { me: viewer.agent().map(|agent| agent.id.0), now: tx.now() };
    let needs = Needs::of(std::iter::once(condition));
    let mut shelves: Vec<Shelf> = shelves(condition).into_iter().map(|number| Shelf { number, before, waiting: VecDeque::new(), is_through: false }).collect();
    let mut ids = Vec::new();
    loop {
        for shelf in &mut shelves {
            if shelf.waiting.is_empty() && !shelf.is_through {
                let found = store_facts::on_shelf(tx, viewer, shelf.number, shelf.before, needs, CHUNK)?;
                shelf.is_through = (found.len() as i64) < CHUNK;
                if let Some(end) = found.last() {
                    shelf.before = (end.last_activity_at, end.id);
                }
                shelf.waiting = found.into();
            }
        }
        let newest = shelves
            .iter_mut()
            .filter(|shelf| !shelf.waiting.is_empty())
            .max_by_key(|shelf| shelf.waiting.front().map(|facts| (facts.last_activity_at, facts.id)));
        let Some(facts) = newest.and_then(|shelf| shelf.waiting.pop_front()) else { return Ok(Filtered { ids, next: None }) };
        let last = (facts.last_activity_at, facts.id);
        if condition.holds(&facts, asked).holds {
            ids.push(facts.id);
        }
        if ids.len() == limit || begun.elapsed() > PATIENCE {
            return Ok(Filtered { ids, next: Some(last) });
        }
    }
}

/// The shelves on which what is asked for can stand at all.
fn shelves(condition: &Condition) -> Vec<i64> {
    let statuses = match condition {
        Condition::All { all } => all.iter().find_map(asked_statuses),
        other => asked_statuses(other),
    };
    let mut shelves: Vec<i64> = statuses.unwrap_or_else(|| Status::ALL.to_vec()).into_iter().map(Status::shelf).collect();
    shelves.dedup();
    shelves
}

fn asked_statuses(condition: &Condition) -> Option<Vec<Status>> {
    let Condition::Clause(clause) = condition else { return None };
    let words: Vec<&str> = match (clause.field.as_str(), clause.op, &clause.value) {
        ("status", Op::Is, serde_json::Value::String(word)) => vec![word],
        ("status", Op::OneOf, serde_json::Value::Array(words)) => words.iter().filter_map(|word| word.as_str()).collect(),
        _ => return None,
    };
    Some(Status::ALL.iter().copied().filter(|status| words.contains(&status.word())).collect())
}
