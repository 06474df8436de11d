//! The database: acknowledged means durable.
//!
//! [`Store::write`] and [`Store::read`] take synchronous closures. Writes are queued to one thread that commits what has
//! arrived as one transaction (one fsync for all) and only then answers. A closure may run more than once, so it has no
//! effect outside its [`Tx`]; ids, the time and secrets come from the `Tx` and stay the same over reruns.
//!
//! SQLite is the engine here. Statements, parameters and columns are in types that PostgreSQL has too ([`ValueRef`],
//! [`ColumnRef`]), migrations are written in neutral types ([`migrate`]), so that a second engine changes this folder only.

mod migrate;
mod queue;
mod sqlite;
mod tx;
mod value;

use std::{path::PathBuf, sync::Arc, time::Duration};

pub use migrate::{Migration, translate_for_sqlite};
use queue::{Job, Queue, Task};
use tokio::sync::{broadcast, oneshot};
pub use tx::{Row, Tx};
pub use value::{Column, ColumnRef, Json, JsonText, Param, ValueRef};

use crate::{clock::Clock, events::Announced, ids::Chance};

/// What can go wrong with the database, as far as a caller can act on it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The row is not there, or the viewer may not see it: the same.
    #[error("not found")]
    NotFound,
    /// Too much is waiting already; nothing was written, try again.
    #[error("the database is busy")]
    Busy,
    /// The store is shutting down; nothing was written.
    #[error("the store is closing")]
    Closed,
    /// The disk is full; nothing was written.
    #[error("the disk is full")]
    Full,
    /// A read took longer than its limit and was stopped.
    #[error("the question took too long")]
    TooSlow,
    /// An earlier statement of this transaction failed, so nothing of it may be kept.
    #[error("an earlier statement of this transaction failed")]
    Poisoned,
    /// The closure panicked; nothing of it was kept.
    #[error("the use case panicked")]
    Panicked,
    /// A statement and its parameters or columns do not fit: a fault in Rapport.
    #[error("{0}")]
    Binding(String),
    /// The schema on disk and the migrations of this binary do not fit.
    #[error("{0}")]
    Schema(String),
    /// The device failed: what was promised can no longer be kept, so the process ends rather than go on.
    #[error("the storage device failed: {0}")]
    Device(rusqlite::Error),
    /// Anything else the engine says.
    #[error("{0}")]
    Engine(rusqlite::Error),
}

/// The result of a statement.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Error::Full,
            Some(rusqlite::ErrorCode::OperationInterrupted) => Error::TooSlow,
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => Error::Busy,
            Some(rusqlite::ErrorCode::SystemIoFailure | rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase) => Error::Device(error),
            _ => Error::Engine(error),
        }
    }
}

impl Error {
    /// A row with this key is there already.
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Error::Engine(rusqlite::Error::SqliteFailure(failure, _))
            if matches!(failure.extended_code, rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY))
    }

    /// Another row still needs this one, or the row it points to is missing.
    pub fn is_reference(&self) -> bool {
        matches!(self, Error::Engine(rusqlite::Error::SqliteFailure(failure, _)) if failure.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY)
    }
}

/// How a store is opened.
pub struct Options {
    /// The database file; its folder must exist.
    pub path: PathBuf,
    /// The time.
    pub clock: Clock,
    /// Ids and secrets.
    pub chance: Chance,
    /// Threads that read.
    pub readers: usize,
    /// What happens when the device fails. The process must not acknowledge anything afterwards.
    pub on_fatal: fn(&Error),
}

impl Options {
    /// The usual options for a file.
    pub fn at(path: impl Into<PathBuf>) -> Options {
        let readers = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 8);
        Options { path: path.into(), clock: Clock::Real, chance: Chance::Real, readers, on_fatal: end_process }
    }
}

/// Says what happened and ends the process with EX_IOERR: after a failed fsync nothing may be acknowledged any more.
fn end_process(error: &Error) {
    tracing::error!(target: "store", %error, "the storage device failed; ending so that nothing unsafe is acknowledged. Check disk and file system, then start again");
    std::process::exit(74);
}

/// Whose work a write is. Background work gets at most a quarter of a batch, so it never delays people.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lane {
    /// Somebody is waiting.
    Interactive,
    /// Nobody is waiting.
    Background,
}

/// How long a write waits for room in the queue before it is told that the database is busy.
const PATIENCE: Duration = Duration::from_secs(5);

/// The open database. Clones share it.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    clock: Clock,
    chance: Chance,
    writes: Arc<Queue>,
    reads: Arc<Queue>,
    committed: broadcast::Sender<Arc<[Announced]>>,
    threads: parking_lot::Mutex<Vec<std::thread::JoinHandle<()>>>,
}

impl Store {
    /// Opens the database, brings its schema up to date and starts its threads.
    pub fn open(options: Options, migrations: &[Migration]) -> Result<Store> {
        let connection = sqlite::open(&options.path)?;
        migrate::run(&connection, migrations, options.clock.now())?;
        let (committed, _) = broadcast::channel(1024);
        let writes = Arc::new(Queue::new(4096, 1024));
        let reads = Arc::new(Queue::new(4096, 1024));
        let writer = sqlite::Writer { connection, queue: writes.clone(), committed: committed.clone(), on_fatal: options.on_fatal };
        let mut threads = vec![sqlite::spawn("store-write", move || writer.run())?, sqlite::spawn_checkpointer(&options.path, writes.clone())?];
        for number in 0..options.readers.max(1) {
            let reader = sqlite::Reader::open(&options.path, reads.clone())?;
            threads.push(sqlite::spawn(&format!("store-read-{number}"), move || reader.run())?);
        }
        let inner = Inner { clock: options.clock, chance: options.chance, writes, reads, committed, threads: threads.into() };
        Ok(Store { inner: Arc::new(inner) })
    }

    /// Runs `work` in a transaction and answers after it is durable. `work` may run again, so it must not touch anything but its [`Tx`].
    pub async fn write<T, E>(&self, work: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.queue(&self.inner.writes, Lane::Interactive, work).await
    }

    /// As [`Store::write`], for work nobody is waiting for.
    pub async fn write_in_background<T, E>(&self, work: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.queue(&self.inner.writes, Lane::Background, work).await
    }

    /// Runs `question` on one consistent snapshot; it is stopped after five seconds.
    pub async fn read<T, E>(&self, question: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.queue(&self.inner.reads, Lane::Interactive, question).await
    }

    /// Hears of every commit of this process that announced something, in commit order. A hint: who misses one reads the log.
    pub fn commits(&self) -> broadcast::Receiver<Arc<[Announced]>> {
        self.inner.committed.subscribe()
    }

    /// The clock this store stamps with.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// Where this store's ids come from.
    pub fn chance(&self) -> &Chance {
        &self.inner.chance
    }

    /// How many writes wait, for metrics.
    pub fn waiting(&self) -> usize {
        self.inner.writes.len()
    }

    /// Finishes what is queued, refuses what comes later and ends the threads.
    pub fn close(&self) {
        self.inner.writes.close();
        self.inner.reads.close();
        for thread in self.inner.threads.lock().drain(..) {
            let _ = thread.join();
        }
    }

    async fn queue<T, E>(&self, queue: &Arc<Queue>, lane: Lane, work: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let room = match tokio::time::timeout(PATIENCE, queue.room(lane)).await {
            Err(_) => return Err(Error::Busy.into()),
            Ok(None) => return Err(Error::Closed.into()),
            Ok(Some(room)) => room,
        };
        let (reply, answer) = oneshot::channel();
        let outside = tx::Outside::new(self.inner.clock.now(), self.inner.chance.clone());
        let job: Box<dyn Job> = Box::new(Task::new(work, outside, reply, room));
        if !queue.push(lane, job) {
            return Err(Error::Closed.into());
        }
        answer.await.unwrap_or_else(|_| Err(Error::Closed.into()))
    }
}

#[cfg(test)]
mod tests;
