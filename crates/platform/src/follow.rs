//! Followers of the log: work that goes by position beside the writing of what people send, and never in its transaction.
//!
//! A follower looks, works and writes in steps of its own, keeps its position in the transaction of its effect, and goes on where it was.
//! Several nodes may try the same step: a version beside the position lets one of them write.

use std::{
    future::Future,
    time::{Duration, Instant},
};

use tokio::time::timeout;

use crate::store::{Error, Result, Store};

/// After something went wrong.
const PAUSE: Duration = Duration::from_secs(1);

/// How a follower goes.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Names it in the log of the process.
    pub name: &'static str,
    /// How long events gather before they are looked at together.
    pub gather: Duration,
    /// How long nothing may happen before it looks nevertheless, where the clock moves something as well.
    pub tick: Option<Duration>,
    /// While people wait for the writer, it rests so many times as long as a step took.
    pub rest: u32,
}

/// Follows for as long as the store is open. `step` does one step and says whether there is more to do at once.
#[expect(clippy::disallowed_methods, reason = "measures how long a step took, never reaches a row")]
pub async fn run<S, F>(store: Store, pace: Pace, step: S)
where
    S: Fn(Store) -> F + Send,
    F: Future<Output = Result<bool>> + Send,
{
    let mut commits = store.commits();
    loop {
        let begun = Instant::now();
        let done = step(store.clone()).await;
        if done.is_ok() && store.is_busy() {
            tokio::time::sleep(begun.elapsed() * pace.rest).await;
        }
        match done {
            // A whole step was there: what comes next is waiting already.
            Ok(true) => continue,
            Ok(false) => {}
            Err(Error::Closed) => return,
            Err(Error::Full) => tokio::time::sleep(PAUSE).await,
            Err(error) => {
                tracing::warn!(target: "follow", follower = pace.name, %error, "stands still for a moment; nothing is lost, it goes on where it was");
                tokio::time::sleep(PAUSE).await;
            }
        }
        let longest = pace.tick.map_or(store.look_again(), |tick| tick.min(store.look_again()));
        if let Ok(Err(_)) = timeout(longest, commits.changed()).await {
            return;
        }
        tokio::time::sleep(pace.gather).await;
    }
}
