//! The bounded queues in front of the database threads, and what stands in them.

use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use parking_lot::{Condvar, Mutex};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::{
    Error, Lane, Result, Tx,
    tx::{Engine, Outside},
};

/// A closure that waits to be run.
pub(super) trait Job: Send {
    /// Runs the closure once more from the beginning.
    fn run(&mut self, engine: Engine<'_>) -> Ran;
    /// How many events the last run announced.
    fn announced(&self) -> i64;
    /// What it may see of others.
    fn isolation(&self) -> Isolation;
    /// Answers the caller: the result of the last run, or `failure` when the transaction around it failed.
    fn settle(self: Box<Self>, failure: Option<Error>);
}

/// What a closure may see of transactions that commit while it runs. On SQLite there are none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Isolation {
    /// As if it were alone.
    Serializable,
    /// Each statement sees what is committed when it begins. For the one closure that orders what others committed.
    Committed,
}

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ran {
    /// Its rows may be committed.
    Keep,
    /// Its rows must be taken back; the answer is an error.
    Undo,
    /// As [`Ran::Undo`], over a key that was there already: perhaps only just written by another transaction.
    UndoDuplicate,
    /// Another transaction was in the way: run it again.
    Again,
    /// The connection to the server is gone.
    Lost,
    /// The device failed.
    DeviceFailed,
}

pub(super) struct Task<F, T, E> {
    work: F,
    outside: Outside,
    result: Option<Result<T, E>>,
    announced: i64,
    isolation: Isolation,
    reply: oneshot::Sender<Result<T, E>>,
    _room: OwnedSemaphorePermit,
}

impl<F, T, E> Task<F, T, E> {
    pub(super) fn new(work: F, outside: Outside, isolation: Isolation, reply: oneshot::Sender<Result<T, E>>, room: OwnedSemaphorePermit) -> Task<F, T, E> {
        Task { work, outside, result: None, announced: 0, isolation, reply, _room: room }
    }
}

impl<F, T, E> Job for Task<F, T, E>
where
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<Error> + Send,
{
    fn run(&mut self, engine: Engine<'_>) -> Ran {
        #[expect(clippy::disallowed_methods, reason = "measures a duration for the log, never reaches a row")]
        let started = Instant::now();
        // On SQLite everybody else waits for it; on PostgreSQL only those it is in the way of.
        let long = if engine.is_shared() { Duration::from_millis(50) } else { Duration::from_millis(500) };
        let mut tx = Tx::new(engine, &mut self.outside);
        let outcome = catch_unwind(AssertUnwindSafe(|| (self.work)(&mut tx)));
        let (trouble, announced) = (tx.trouble, tx.announced);
        let result = match outcome {
            Ok(Ok(_)) if trouble.poisoned => Err(Error::Poisoned.into()),
            Ok(result) => result,
            Err(_) => Err(Error::Panicked.into()),
        };
        let took = started.elapsed();
        if took > long {
            tracing::warn!(target: "store", took_ms = took.as_millis() as u64, "a closure held the database for long");
        }
        let keep = result.is_ok();
        self.announced = if keep { announced } else { 0 };
        self.result = Some(result);
        match keep {
            _ if trouble.device => Ran::DeviceFailed,
            _ if trouble.lost => Ran::Lost,
            _ if trouble.race => Ran::Again,
            true => Ran::Keep,
            false if trouble.duplicate => Ran::UndoDuplicate,
            false => Ran::Undo,
        }
    }

    fn announced(&self) -> i64 {
        self.announced
    }

    fn isolation(&self) -> Isolation {
        self.isolation
    }

    fn settle(self: Box<Self>, failure: Option<Error>) {
        let answer = match (failure, self.result) {
            (Some(error), _) => Err(error.into()),
            (None, Some(result)) => result,
            (None, None) => Err(Error::Closed.into()),
        };
        // Whoever asked may have gone; the write stands all the same.
        let _ = self.reply.send(answer);
    }
}

/// Two bounded lanes; people first.
pub(super) struct Queue {
    lanes: Mutex<Lanes>,
    arrived: Condvar,
    interactive_room: Arc<Semaphore>,
    background_room: Arc<Semaphore>,
    /// How many closures shared the last commits, in sixteenths; the newer ones count more.
    shared: AtomicUsize,
}

/// From here on commits are shared by so many that whoever works in the background should give way.
const BUSY: usize = 6;

struct Lanes {
    interactive: VecDeque<Box<dyn Job>>,
    background: VecDeque<Box<dyn Job>>,
    checkpoint_wanted: bool,
    closed: bool,
}

/// What the writer should do next.
pub(super) enum Next {
    /// Run these together.
    Batch(Vec<Box<dyn Job>>),
    /// Fold the write-ahead log back into the database file now.
    Checkpoint,
    /// Nothing is left and nothing will come.
    Closed,
}

impl Queue {
    pub(super) fn new(interactive: usize, background: usize) -> Queue {
        Queue {
            lanes: Mutex::new(Lanes { interactive: VecDeque::new(), background: VecDeque::new(), checkpoint_wanted: false, closed: false }),
            arrived: Condvar::new(),
            interactive_room: Arc::new(Semaphore::new(interactive)),
            background_room: Arc::new(Semaphore::new(background)),
            shared: AtomicUsize::new(0),
        }
    }

    /// Notes how many closures shared a commit.
    pub(super) fn committed(&self, closures: usize) {
        // Only the writer calls this.
        self.shared.store((self.shared.load(Ordering::Relaxed) * 7 + closures * 16) / 8, Ordering::Relaxed);
    }

    /// Whether people keep the writer busy: many of them share each commit. How many wait at one moment says little, because
    /// a batch takes all of them along.
    pub(super) fn is_busy(&self) -> bool {
        self.shared.load(Ordering::Relaxed) > BUSY * 16 || self.len() > BUSY
    }

    /// Waits for room; `None` when the queue is closed.
    pub(super) async fn room(&self, lane: Lane) -> Option<OwnedSemaphorePermit> {
        let semaphore = match lane {
            Lane::Interactive => &self.interactive_room,
            Lane::Background => &self.background_room,
        };
        semaphore.clone().acquire_owned().await.ok()
    }

    pub(super) fn push(&self, lane: Lane, job: Box<dyn Job>) -> bool {
        let mut lanes = self.lanes.lock();
        if lanes.closed {
            return false;
        }
        match lane {
            Lane::Interactive => lanes.interactive.push_back(job),
            Lane::Background => lanes.background.push_back(job),
        }
        self.arrived.notify_one();
        true
    }

    pub(super) fn want_checkpoint(&self) {
        self.lanes.lock().checkpoint_wanted = true;
        self.arrived.notify_one();
    }

    /// Takes what has arrived, at most `limit`, background at most a quarter of it. Waits only when there is nothing.
    pub(super) fn next(&self, limit: usize) -> Next {
        let mut lanes = self.lanes.lock();
        loop {
            if lanes.checkpoint_wanted {
                lanes.checkpoint_wanted = false;
                return Next::Checkpoint;
            }
            if !lanes.interactive.is_empty() || !lanes.background.is_empty() {
                let people = lanes.interactive.len().min(limit);
                let mut batch: Vec<_> = lanes.interactive.drain(..people).collect();
                let rest = lanes.background.len().min((limit / 4).max(1));
                batch.extend(lanes.background.drain(..rest));
                return Next::Batch(batch);
            }
            if lanes.closed {
                return Next::Closed;
            }
            self.arrived.wait(&mut lanes);
        }
    }

    /// Adds what has arrived since to a batch that is already running, up to `limit` closures in all; whether anything was added.
    pub(super) fn join(&self, batch: &mut Vec<Box<dyn Job>>, limit: usize) -> bool {
        let mut lanes = self.lanes.lock();
        let before = batch.len();
        let people = lanes.interactive.len().min(limit.saturating_sub(before));
        batch.extend(lanes.interactive.drain(..people));
        batch.len() > before
    }

    pub(super) fn len(&self) -> usize {
        let lanes = self.lanes.lock();
        lanes.interactive.len() + lanes.background.len()
    }

    pub(super) fn is_closed(&self) -> bool {
        self.lanes.lock().closed
    }

    pub(super) fn close(&self) {
        self.lanes.lock().closed = true;
        self.interactive_room.close();
        self.background_room.close();
        self.arrived.notify_all();
    }
}
