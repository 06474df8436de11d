//! Work for later: rows, enqueued in the transaction that needs them, claimed by lease and fencing number.

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use uuid::Uuid;

use crate::{
    clock::Moment,
    params,
    store::{Error, JsonText, Result, Store, Tx},
};

/// Starts a task that runs beside requests. The only place that may; a panic in it is logged, never silent.
#[expect(clippy::disallowed_methods, reason = "this is the one door to background tasks")]
pub fn spawn(name: &'static str, task: impl Future<Output = ()> + Send + 'static) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        let inner = tokio::spawn(task);
        if let Err(error) = inner.await
            && error.is_panic()
        {
            tracing::error!(target: "jobs", task = name, "a background task panicked");
        }
    })
}

/// How long a claimed job may run before another worker may claim it.
const LEASE: Duration = Duration::from_secs(60);
/// The longest a job waits after a failure.
const LONGEST_WAIT: Duration = Duration::from_secs(5 * 1024);
/// What lies further ahead than the rules allow, and this much more, was written while the clock was wrong: it is due.
const CLOCKS_DIFFER: Duration = Duration::from_secs(60);
/// How often recurring jobs are looked over for such times.
const LOOK_OVER_EVERY: Duration = Duration::from_secs(10);
/// After so many failures a job stays, marked as failed, for a person to see.
const ATTEMPTS: i64 = 12;

/// Enqueues `kind` to run at `run_at` in this transaction. With a `unique_key`, a job that waits under that key is moved instead;
/// whoever is doing it at the moment has lost it.
pub fn enqueue(tx: &mut Tx<'_>, kind: &'static str, payload: &JsonText, run_at: Moment, unique_key: Option<&str>) -> Result<()> {
    let (id, now) = (tx.id::<Uuid>(), tx.now());
    let key = unique_key.map_or_else(|| id.to_string(), str::to_owned);
    tx.exec(
        "INSERT INTO job (id, kind, payload, unique_key, run_at, lease_until, fence, attempts, created_at) VALUES ($1, $2, $3, $4, $5, 0, 0, 0, $6)
         ON CONFLICT (unique_key) DO UPDATE SET payload = excluded.payload, run_at = excluded.run_at, attempts = 0, failed_at = NULL,
           fence = job.fence + 1, lease_until = 0",
        params![id, kind, payload, key, run_at, now],
    )?;
    Ok(())
}

/// Takes back a job that waits under `unique_key`.
pub fn cancel(tx: &mut Tx<'_>, unique_key: &str) -> Result<()> {
    tx.exec("DELETE FROM job WHERE unique_key = $1", params![unique_key])?;
    Ok(())
}

/// A job in the hands of a worker.
#[derive(Clone, Debug)]
pub struct Run {
    /// The row.
    pub id: Uuid,
    /// What to do.
    pub kind: String,
    /// With what.
    pub payload: String,
    /// Raised by every claim; whoever holds an older one has lost the job.
    pub fence: i64,
    attempts: i64,
}

impl Run {
    /// Fails in the transaction of a worker that has lost the job, e.g. because its node stood still: another has it, and does it.
    pub fn hold(&self, tx: &mut Tx<'_>) -> Result<()> {
        let held = tx.opt("SELECT 1 AS held FROM job WHERE id = $1 AND fence = $2", params![self.id, self.fence], |_| Ok(()))?;
        held.ok_or_else(|| Error::Binding(format!("the job {} is in other hands by now; nothing was changed", self.kind)))
    }

    /// Reads the payload.
    pub fn read<T: serde::de::DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.payload).map_err(|error| Error::Binding(format!("job {}: {error}", self.kind)))
    }
}

type Doing = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;

/// How one kind of job is done.
pub struct Doer<D> {
    /// An imperative sentence in snake case.
    pub kind: &'static str,
    /// Repeats by itself this often; `None` for jobs that are enqueued.
    pub every: Option<Duration>,
    /// Does it.
    pub run: fn(D, Run) -> Doing,
}

/// Works through due jobs for as long as the store is open.
pub async fn work<D: Clone + Send + 'static>(store: Store, desk: D, doers: Arc<[Doer<D>]>) {
    let mut look_over = tokio::time::interval(LOOK_OVER_EVERY);
    loop {
        // The interval goes by time that passes, whatever the clock says.
        if futures_util::FutureExt::now_or_never(look_over.tick()).is_some()
            && let Err(error) = schedule(&store, &doers).await
        {
            tracing::warn!(target: "jobs", %error, "recurring jobs cannot be looked over; trying again");
        }
        match step(&store, &desk, &doers).await {
            Ok(0) => tokio::time::sleep(Duration::from_millis(500)).await,
            Ok(_) => {}
            Err(Error::Closed) => return,
            // Work nobody waits for is done when there is room again; the log says it once, where the disk is watched.
            Err(Error::Full) => tokio::time::sleep(Duration::from_secs(2)).await,
            Err(error) => {
                tracing::error!(target: "jobs", %error, "cannot claim jobs; trying again");
                tokio::time::sleep(Duration::from_secs(2)).await;
            }
        }
    }
}

/// Does what is due now; how many jobs. Tests call this until it says 0.
pub async fn step<D: Clone + Send + 'static>(store: &Store, desk: &D, doers: &Arc<[Doer<D>]>) -> Result<usize> {
    let known = doers.clone();
    let due: Vec<Uuid> = store
        .read(move |tx| {
            let now = tx.now();
            tx.all(
                "SELECT id FROM job WHERE (run_at <= $1 OR (attempts > 0 AND run_at > $2)) AND (lease_until < $1 OR lease_until > $3) AND failed_at IS NULL
                 ORDER BY run_at LIMIT 20",
                params![now, now.plus(LONGEST_WAIT + CLOCKS_DIFFER), now.plus(LEASE + CLOCKS_DIFFER)],
                |row| row.get("id"),
            )
        })
        .await?;
    let mut done = 0;
    for id in due {
        let Some(run) = claim(store, id).await? else { continue };
        done += 1;
        let outcome = match known.iter().find(|doer| doer.kind == run.kind) {
            Some(doer) => (doer.run)(desk.clone(), run.clone()).await,
            None => Err(format!("this version does not know the job {}", run.kind)),
        };
        let every = known.iter().find(|doer| doer.kind == run.kind).and_then(|doer| doer.every);
        finish(store, run, every, outcome).await?;
    }
    Ok(done)
}

async fn claim(store: &Store, id: Uuid) -> Result<Option<Run>> {
    store
        .write_in_background(move |tx| {
            let now = tx.now();
            tx.opt(
                "UPDATE job SET lease_until = $3, fence = fence + 1, attempts = attempts + 1
                 WHERE id = $1 AND (run_at <= $2 OR (attempts > 0 AND run_at > $4)) AND (lease_until < $2 OR lease_until > $5)
                 RETURNING id, kind, payload, fence, attempts",
                params![id, now, now.plus(LEASE), now.plus(LONGEST_WAIT + CLOCKS_DIFFER), now.plus(LEASE + CLOCKS_DIFFER)],
                |row| {
                    Ok(Run {
                        id: row.get("id")?,
                        kind: row.get("kind")?,
                        payload: row.get("payload")?,
                        fence: row.get("fence")?,
                        attempts: row.get("attempts")?,
                    })
                },
            )
        })
        .await
}

async fn finish(store: &Store, run: Run, every: Option<Duration>, outcome: Result<(), String>) -> Result<()> {
    if let Err(error) = &outcome {
        tracing::warn!(target: "jobs", kind = run.kind, attempts = run.attempts, error, "a job failed");
    }
    store
        .write_in_background(move |tx| {
            let now = tx.now();
            let params_of = |next: Moment| (run.id, run.fence, next);
            match (&outcome, every) {
                (_, Some(every)) => {
                    let (id, fence, next) = params_of(now.plus(every));
                    tx.exec("UPDATE job SET run_at = $3, lease_until = 0, attempts = 0 WHERE id = $1 AND fence = $2", params![id, fence, next])?;
                }
                (Ok(()), None) => {
                    tx.exec("DELETE FROM job WHERE id = $1 AND fence = $2", params![run.id, run.fence])?;
                }
                (Err(error), None) => {
                    let wait = Duration::from_secs(5 * 2_u64.pow(u32::try_from(run.attempts).unwrap_or(0).min(10)));
                    let (id, fence, next) = params_of(now.plus(wait));
                    let failed_at = (run.attempts >= ATTEMPTS).then_some(now);
                    tx.exec(
                        "UPDATE job SET run_at = $3, lease_until = 0, failed_at = $4, last_error = $5 WHERE id = $1 AND fence = $2",
                        params![id, fence, next, failed_at, error],
                    )?;
                }
            }
            Ok(())
        })
        .await
}

/// Sees to it that every recurring job has its row, that its time is no further away than it ever is (a clock that was ahead for a
/// while has put it there, and it would not come for as long), and that jobs of an earlier version have none.
pub async fn schedule<D: 'static>(store: &Store, doers: &Arc<[Doer<D>]>) -> Result<()> {
    let recurring: Arc<[(&'static str, Duration)]> = doers.iter().filter_map(|doer| Some((doer.kind, doer.every?))).collect();
    let looked_at = recurring.clone();
    let wrong = move |tx: &mut Tx<'_>| {
        let mut wrong = Vec::new();
        for (kind, every) in looked_at.iter() {
            let latest = tx.now().plus(*every + CLOCKS_DIFFER);
            if tx.opt("SELECT 1 AS fine FROM job WHERE unique_key = $1 AND run_at <= $2", params![*kind, latest], |_| Ok(()))?.is_none() {
                wrong.push(*kind);
            }
        }
        Ok::<_, Error>(wrong)
    };
    let gone = move |tx: &mut Tx<'_>| {
        let there = tx.all("SELECT kind FROM job WHERE unique_key = kind", params![], |row| row.get::<String>("kind"))?;
        Ok::<_, Error>(there.into_iter().filter(|kind| !recurring.iter().any(|(known, _)| known == kind)).collect::<Vec<_>>())
    };
    let (wrong_now, gone_now) = (wrong.clone(), gone.clone());
    if store.read(move |tx| Ok::<_, Error>(wrong_now(tx)?.is_empty() && gone_now(tx)?.is_empty())).await? {
        return Ok(());
    }
    store
        .write_into_reserve(move |tx| {
            for kind in gone(tx)? {
                cancel(tx, &kind)?;
            }
            for kind in wrong(tx)? {
                let now = tx.now();
                enqueue(tx, kind, &JsonText("{}".into()), now, Some(kind))?;
            }
            Ok(())
        })
        .await
}

/// Gives every job that was given up another round; how many.
pub fn try_failed_again(tx: &mut Tx<'_>) -> Result<u64> {
    let now = tx.now();
    tx.exec("UPDATE job SET failed_at = NULL, attempts = 0, run_at = $1 WHERE failed_at IS NOT NULL", params![now])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clock::Clock,
        store::{Migration, Options},
    };

    const SCHEMA: &[Migration] = &[Migration { name: "0001_platform.sql", sql: include_str!("../../../migrations/0001_platform.sql") }];

    async fn waiting(store: &Store) -> i64 {
        store.read(|tx| tx.one("SELECT count(*) AS n FROM job", params![], |row| row.get("n"))).await.unwrap()
    }

    #[tokio::test]
    async fn a_job_moved_while_it_is_being_done_is_not_lost() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(Options::at(folder.path().join("test.db")), SCHEMA).unwrap();
        let later = |tx: &mut Tx<'_>, wait: Duration| {
            let at = tx.now().plus(wait);
            enqueue(tx, "wake", &JsonText("{}".into()), at, Some("wake 1"))
        };
        store.write(move |tx| later(tx, Duration::ZERO)).await.unwrap();
        let doers: Arc<[Doer<Store>]> = Arc::new([Doer {
            kind: "wake",
            every: None,
            run: |store, _| {
                Box::pin(async move {
                    let moved = store.write(|tx| {
                        let at = tx.now().plus(Duration::from_secs(3600));
                        enqueue(tx, "wake", &JsonText("{}".into()), at, Some("wake 1"))
                    });
                    moved.await.map_err(|error| error.to_string())
                })
            },
        }]);

        assert_eq!(step(&store, &store.clone(), &doers).await.unwrap(), 1);
        assert_eq!(waiting(&store).await, 1, "the new time still stands");
        assert_eq!(step(&store, &store.clone(), &doers).await.unwrap(), 0, "and has not come");
    }

    #[tokio::test]
    async fn a_clock_that_was_ahead_for_a_while_keeps_no_job_from_its_turn() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::fake(Moment(1_790_000_000_000_000));
        let store = Store::open(Options { clock: clock.clone(), ..Options::at(folder.path().join("test.db")) }, SCHEMA).unwrap();
        let doers: Arc<[Doer<()>]> = Arc::new([
            Doer { kind: "often", every: Some(Duration::from_secs(600)), run: |(), _| Box::pin(async { Ok(()) }) },
            Doer { kind: "fails", every: None, run: |(), _| Box::pin(async { Err("not yet".into()) }) },
        ]);
        let years = Duration::from_secs(10 * 365 * 86_400);
        schedule(&store, &doers).await.unwrap();
        let enqueued = store.write(|tx| {
            let now = tx.now();
            enqueue(tx, "fails", &JsonText("{}".into()), now, None)
        });
        enqueued.await.unwrap();

        clock.advance(years);
        assert_eq!(step(&store, &(), &doers).await.unwrap(), 2);
        clock.turn_back(years);

        assert_eq!(step(&store, &(), &doers).await.unwrap(), 1, "the one that is tried again, once");
        schedule(&store, &doers).await.unwrap();
        assert_eq!(step(&store, &(), &doers).await.unwrap(), 1, "and the recurring one, once");
        assert_eq!(step(&store, &(), &doers).await.unwrap(), 0);
        assert_eq!(waiting(&store).await, 2);
    }

    #[tokio::test]
    async fn a_lease_from_the_future_is_no_lease() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::fake(Moment(1_790_000_000_000_000));
        let store = Store::open(Options { clock: clock.clone(), ..Options::at(folder.path().join("test.db")) }, SCHEMA).unwrap();
        let doers: Arc<[Doer<()>]> = Arc::new([Doer { kind: "often", every: Some(Duration::from_secs(600)), run: |(), _| Box::pin(async { Ok(()) }) }]);
        schedule(&store, &doers).await.unwrap();
        let id = store.read(|tx| tx.one("SELECT id FROM job", params![], |row| row.get("id"))).await.unwrap();
        clock.advance(Duration::from_secs(86_400));
        assert!(claim(&store, id).await.unwrap().is_some());
        assert!(claim(&store, id).await.unwrap().is_none(), "it is held");

        clock.turn_back(Duration::from_secs(86_400));

        assert_eq!(step(&store, &(), &doers).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn a_job_that_is_done_is_gone_and_a_recurring_one_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(Options::at(folder.path().join("test.db")), SCHEMA).unwrap();
        let doers: Arc<[Doer<()>]> = Arc::new([
            Doer { kind: "once", every: None, run: |(), _| Box::pin(async { Ok(()) }) },
            Doer { kind: "often", every: Some(Duration::from_secs(60)), run: |(), _| Box::pin(async { Err("fails".into()) }) },
        ]);
        schedule(&store, &doers).await.unwrap();
        store
            .write(|tx| {
                let now = tx.now();
                enqueue(tx, "once", &JsonText("{}".into()), now, None)
            })
            .await
            .unwrap();

        assert_eq!(step(&store, &(), &doers).await.unwrap(), 2);
        assert_eq!(waiting(&store).await, 1);
    }
}
