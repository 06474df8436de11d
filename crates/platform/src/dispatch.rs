//! Reactions: each event is shown, in order and exactly once, to everybody who reacts to it.
//!
//! The dispatcher keeps its position in the log in `event_reader` and moves it in the transaction in which the reactions
//! ran, so a reaction's rows and the progress past its event are one commit. A reaction that fails is taken back alone,
//! becomes a `reaction_retry` row and holds back only itself on that stream.

use std::time::Duration;

use tokio::time::timeout;

use crate::{
    events::{self, Position, Recorded},
    params,
    store::{Error, Result, Store, Tx},
};

/// What one part does when something happened in another.
#[derive(Clone, Copy)]
pub struct Reaction {
    /// Names it in `reaction_retry` and in the log; a sentence in snake case.
    pub name: &'static str,
    /// The kinds of event it wants.
    pub kinds: &'static [&'static str],
    /// Which of those; asked before the database is, so that events nobody wants cost the writer nothing.
    pub when: fn(&Recorded) -> bool,
    /// What it does. Light: a few statements in the transaction it is given. Heavy work enqueues a job.
    pub run: fn(&mut Tx<'_>, &Recorded) -> Result<()>,
}

/// How many events are looked at together.
const BATCH: i64 = 500;
/// How many wanted events are worked on in one transaction, so that it holds the writer only for a moment.
const WANTED: usize = 100;
/// How long events gather before they are dispatched together; reactions are never waited for by a person.
const GATHER: Duration = Duration::from_millis(20);
/// The longest a retry waits, and a minute: what lies further ahead was written while the clock was wrong, and is due.
const LONGEST_WAIT: Duration = Duration::from_secs(4096 + 60);
const READER: &str = "reactions";

/// Dispatches for as long as the store is open.
pub async fn run(store: Store, reactions: &'static [Reaction]) {
    let mut commits = store.commits();
    loop {
        match step(&store, reactions).await {
            Ok(0) => {}
            // Under load, a commit of its own for each event would cost people the disk's attention: let some gather.
            Ok(done) if done < BATCH as usize => tokio::time::sleep(GATHER).await,
            Ok(_) => continue,
            Err(Error::Closed) => return,
            // Reactions wait for room; the log says it once, where the disk is watched.
            Err(Error::Full) => tokio::time::sleep(Duration::from_secs(1)).await,
            Err(error) => tracing::error!(target: "dispatch", %error, "dispatching stopped for a moment; nothing is lost, it goes on where it was"),
        }
        // Hints that arrived together are answered by one step.
        if let Ok(Err(_)) = timeout(store.look_again(), commits.changed()).await {
            return;
        }
    }
}

/// Dispatches one batch; how many events and retries it worked on. Tests call this until it says 0.
pub async fn step(store: &Store, reactions: &'static [Reaction]) -> Result<usize> {
    let ahead = store.read(move |tx| look_ahead(tx, reactions)).await?;
    if ahead.is_nothing() {
        return Ok(0);
    }
    store.write_in_background(move |tx| Ok(dispatch_new(tx, reactions, &ahead)? + retry_due(tx, reactions)?)).await
}

/// What the next batch holds, found out beside the writer.
struct Ahead {
    /// The position the batch begins after.
    from: Position,
    /// The position it ends with.
    to: Position,
    /// Its events that somebody wants.
    wanted: Vec<Recorded>,
    /// Whether a retry is due.
    retry: bool,
}

impl Ahead {
    fn is_nothing(&self) -> bool {
        self.from == self.to && !self.retry
    }
}

fn look_ahead(tx: &mut Tx<'_>, reactions: &[Reaction]) -> Result<Ahead> {
    let (now, from) = (tx.now(), position(tx)?);
    let mut ahead = Ahead { from, to: from, wanted: Vec::new(), retry: false };
    for event in events::after(tx, from, BATCH)? {
        ahead.to = event.position;
        if wanting(reactions, &event).next().is_some() {
            ahead.wanted.push(event);
        }
        if ahead.wanted.len() == WANTED {
            break;
        }
    }
    ahead.retry =
        tx.opt("SELECT 1 AS due FROM reaction_retry WHERE next_at <= $1 OR next_at > $2 LIMIT 1", params![now, now.plus(LONGEST_WAIT)], |_| Ok(()))?.is_some();
    Ok(ahead)
}

fn wanting<'a>(reactions: &'a [Reaction], event: &'a Recorded) -> impl Iterator<Item = &'a Reaction> {
    reactions.iter().filter(|reaction| reaction.kinds.contains(&event.kind.as_str()) && (reaction.when)(event))
}

fn position(tx: &mut Tx<'_>) -> Result<Position> {
    Ok(tx.opt("SELECT position FROM event_reader WHERE name = $1", params![READER], |row| row.get("position"))?.unwrap_or(0))
}

fn dispatch_new(tx: &mut Tx<'_>, reactions: &[Reaction], ahead: &Ahead) -> Result<usize> {
    // Somebody else has been here meanwhile: what was looked at is done.
    if ahead.from == ahead.to || position(tx)? != ahead.from {
        return Ok(0);
    }
    for event in &ahead.wanted {
        for reaction in wanting(reactions, event) {
            let held_back = tx
                .opt("SELECT 1 AS held FROM reaction_retry WHERE reaction = $1 AND stream = $2 LIMIT 1", params![reaction.name, event.stream], |_| Ok(()))?
                .is_some();
            if held_back {
                put_off(tx, reaction, event, 0, "an earlier event of this stream is being retried")?;
            } else if let Err(error) = attempt(tx, reaction, event) {
                put_off(tx, reaction, event, 1, &error.to_string())?;
            }
        }
    }
    tx.exec(
        "INSERT INTO event_reader (name, position) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET position = excluded.position",
        params![READER, ahead.to],
    )?;
    Ok(usize::try_from(ahead.to - ahead.from).unwrap_or(usize::MAX))
}

fn retry_due(tx: &mut Tx<'_>, reactions: &[Reaction]) -> Result<usize> {
    let now = tx.now();
    let due = tx.all(
        "SELECT reaction, position, attempts FROM reaction_retry r WHERE (next_at <= $1 OR next_at > $2) AND position =
           (SELECT min(position) FROM reaction_retry first WHERE first.reaction = r.reaction AND first.stream = r.stream)
         ORDER BY position LIMIT 20",
        params![now, now.plus(LONGEST_WAIT)],
        |row| Ok((row.get::<String>("reaction")?, row.get::<Position>("position")?, row.get::<i64>("attempts")?)),
    )?;
    for (name, position, attempts) in &due {
        let event = events::at(tx, *position)?;
        let Some(reaction) = reactions.iter().find(|reaction| reaction.name == name) else {
            // The reaction no longer exists in this binary, so there is nothing left to retry.
            tx.exec("DELETE FROM reaction_retry WHERE reaction = $1 AND position = $2", params![name, position])?;
            continue;
        };
        match attempt(tx, reaction, &event) {
            Ok(()) => tx.exec("DELETE FROM reaction_retry WHERE reaction = $1 AND position = $2", params![name, position]).map(drop)?,
            Err(error) => put_off(tx, reaction, &event, attempts + 1, &error.to_string())?,
        }
    }
    Ok(due.len())
}

fn attempt(tx: &mut Tx<'_>, reaction: &Reaction, event: &Recorded) -> Result<()> {
    tx.following(Some(event.cause()), |tx| (reaction.run)(tx, event))
}

fn put_off(tx: &mut Tx<'_>, reaction: &Reaction, event: &Recorded, attempts: i64, error: &str) -> Result<()> {
    tracing::warn!(target: "dispatch", reaction = reaction.name, position = event.position, attempts, error, "a reaction failed and is tried again later");
    let wait = Duration::from_secs(2_u64.saturating_pow(u32::try_from(attempts).unwrap_or(0).min(12)));
    let next_at = tx.now().plus(wait);
    tx.exec(
        "INSERT INTO reaction_retry (reaction, stream, position, attempts, next_at, error) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (reaction, position) DO UPDATE SET attempts = excluded.attempts, next_at = excluded.next_at, error = excluded.error",
        params![reaction.name, event.stream, event.position, attempts, next_at, error],
    )?;
    Ok(())
}
