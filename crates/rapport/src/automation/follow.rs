//! The follower: runs the rules beside the writing of messages and never in its transaction.

use std::{sync::Arc, time::Duration};

use parking_lot::Mutex;
use platform::{
    follow::{self, Pace},
    store::{Error, Result, Store},
    web::Problem,
};

use super::{look, rules::Rules, run::write};

/// People come first: while they wait, it works half of the time. What time brings comes within a second.
const PACE: Pace = Pace { name: "automation", gather: Duration::from_millis(100), tick: Some(Duration::from_millis(900)), rest: 1 };

/// Follows for as long as the store is open.
pub async fn run(store: Store) {
    let follower = Arc::new(Follower::default());
    follow::run(store, PACE, move |store| {
        let follower = follower.clone();
        async move { follower.step(&store).await }
    })
    .await;
}

/// Remembers the rules, so that they are read when they change and not each time.
#[derive(Default)]
pub struct Follower {
    rules: Mutex<Option<Arc<Rules>>>,
}

impl Follower {
    /// Does one step; whether there is more to do at once. Tests call this until there is not.
    pub async fn step(&self, store: &Store) -> Result<bool> {
        let known = self.rules.lock().clone();
        let clock_is_right = store.clock().jumped().is_none();
        let Some(seen) = store.read(move |tx| look::look(tx, known.clone(), clock_is_right)).await? else { return Ok(false) };
        *self.rules.lock() = Some(seen.rules.clone());
        if seen.is_nothing() {
            return Ok(false);
        }
        // What rules did may make others run.
        let is_more = seen.is_full || !seen.wanted.is_empty() || !seen.due.is_empty();
        let written = store.write_in_background(move |tx| write(tx, &seen)).await.map_err(|problem: Problem| told(store, problem))?;
        Ok(is_more || !written)
    }
}

fn told(store: &Store, problem: Problem) -> Error {
    if store.is_closed() { Error::Closed } else { Error::Binding(problem.detail) }
}
