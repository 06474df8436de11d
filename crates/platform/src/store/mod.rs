//! The database: acknowledged means durable.
//!
//! [`Store::write`] and [`Store::read`] take synchronous closures. Writes are queued to one thread that commits what has
//! arrived as one transaction (one fsync for all) and only then answers. A closure may run more than once, so it has no
//! effect outside its [`Tx`]; ids, the time and secrets come from the `Tx` and stay the same over reruns.
//!
//! One SQL text serves both engines: parameters and columns are in types that both have ([`ValueRef`], [`ColumnRef`]), and
//! migrations are written in neutral types ([`Migration`]). SQLite commits in groups, PostgreSQL one closure at a time.

mod bind;
pub mod copy;
mod error;
mod migrate;
mod numbers;
mod postgres;
mod queue;
mod row;
#[cfg(any(test, feature = "scratch"))]
pub mod scratch;
pub mod snapshot;
mod sqlite;
mod statements;
pub mod tables;
mod tx;
mod value;

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

pub use error::{Error, Failure, Result};
pub use migrate::{Applied, Migration, translate_for_postgres, translate_for_sqlite};
pub use postgres::Server;
use queue::{Isolation, Job, Queue, Task};
pub use row::Row;
use tokio::sync::{oneshot, watch};
pub use tx::Tx;
pub use value::{Column, ColumnRef, Json, JsonText, Param, ValueRef};

use crate::{clock::Clock, ids::Chance};

/// Where the data is.
#[derive(Clone, Debug)]
pub enum Database {
    /// A file; its folder must exist.
    Sqlite(PathBuf),
    /// A database of a PostgreSQL server.
    Postgres(Server),
}

impl Database {
    /// Reads `sqlite:PATH` or `postgres://...` ([`Server::parse`]). What cannot be read is not repeated: it may hold a password.
    pub fn parse(url: &str) -> Result<Database, String> {
        match url.split_once(':') {
            Some(("sqlite", path)) if !path.is_empty() => Ok(Database::Sqlite(PathBuf::from(path.trim_start_matches("//")))),
            Some(("postgres" | "postgresql", _)) => Server::parse(url).map(Database::Postgres),
            _ => Err("a database is sqlite:PATH, e.g. sqlite:/var/lib/rapport/rapport.db, or postgres://user:password@host/name".into()),
        }
    }
}

impl std::fmt::Display for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Database::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Database::Postgres(server) => f.write_str(&server.shown),
        }
    }
}

/// How a store is opened.
pub struct Options {
    /// Where the data is.
    pub database: Database,
    /// The time.
    pub clock: Clock,
    /// Ids and secrets.
    pub chance: Chance,
    /// Threads that read.
    pub readers: usize,
    /// A read that takes longer is stopped on SQLite: as long as it lasts, the write-ahead log cannot be folded back.
    pub read_limit: Duration,
    /// Connections that write. SQLite has one writer, whatever is said here.
    pub writers: usize,
    /// How often the log is looked at for commits of other processes, which are not hinted.
    pub look_again: Duration,
    /// What happens when the device fails. The process must not acknowledge anything afterwards.
    pub on_fatal: fn(&Error),
}

impl Options {
    /// The usual options for a SQLite file.
    pub fn at(path: impl Into<PathBuf>) -> Options {
        Options::of(Database::Sqlite(path.into()))
    }

    /// The usual options.
    pub fn of(database: Database) -> Options {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let (readers, writers) = match database {
            Database::Sqlite(_) => (cores.clamp(2, 8), 1),
            // A connection mostly waits for the network and the server's disk, so there are more of them than cores.
            Database::Postgres(_) => (cores.clamp(4, 8), (4 * cores).clamp(8, 16)),
        };
        Options { database, clock: Clock::Real, chance: Chance::Real, readers, read_limit: READ_LIMIT, writers, look_again: LOOK_AGAIN, on_fatal: end_process }
    }
}

/// Says what happened and ends the process with EX_IOERR: after a failed fsync nothing may be acknowledged any more.
pub(crate) fn end_process(error: &Error) {
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

/// How long a read of a server may take.
const READ_LIMIT: Duration = Duration::from_secs(5);

/// Soon enough for a person who watches, seldom enough for a database that has nothing to say.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

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
    committed: watch::Sender<i64>,
    look_again: Duration,
    refusing: AtomicBool,
    is_postgres: bool,
    ahead: Vec<String>,
    threads: parking_lot::Mutex<Vec<std::thread::JoinHandle<()>>>,
}

impl Store {
    /// Opens the database, brings its schema up to date and starts its threads. Blocks; an asynchronous caller does it before it serves.
    pub fn open(options: Options, migrations: &[Migration]) -> Result<Store> {
        let committed = watch::Sender::new(0);
        let writes = Arc::new(Queue::new(4096, 1024));
        let reads = Arc::new(Queue::new(4096, 1024));
        let mut threads = Vec::new();
        let ahead;
        match &options.database {
            Database::Sqlite(path) => {
                let mut connection = sqlite::open(path)?;
                ahead = migrate::sqlite(&mut connection, migrations, options.clock.now())?;
                let writer = sqlite::Writer { connection, queue: writes.clone(), committed: committed.clone(), on_fatal: options.on_fatal };
                threads.push(sqlite::spawn("store-write", move || writer.run())?);
                threads.push(sqlite::spawn_checkpointer(path, writes.clone(), options.on_fatal)?);
                for number in 0..options.readers.max(1) {
                    let reader = sqlite::Reader::open(path, reads.clone(), options.read_limit)?;
                    threads.push(sqlite::spawn(&format!("store-read-{number}"), move || reader.run())?);
                }
            }
            Database::Postgres(server) => {
                let numbers = numbers::Numbers::default();
                ahead = postgres::migrate(server, migrations, options.clock.now())?;
                for number in 0..options.writers.max(1) {
                    threads.push(postgres::Worker::writer(server, &writes, &committed, &numbers).start(&format!("store-write-{number}"))?);
                }
                for number in 0..options.readers.max(1) {
                    threads.push(postgres::Worker::reader(server, &reads, &committed, &numbers).start(&format!("store-read-{number}"))?);
                }
            }
        }
        let is_postgres = matches!(options.database, Database::Postgres(_));
        if !ahead.is_empty() {
            tracing::warn!(target: "store", steps = ?ahead, "a newer Rapport has been at this database; this one may run beside it until it is replaced");
        }
        let inner = Inner {
            clock: options.clock,
            chance: options.chance,
            writes,
            reads,
            committed,
            look_again: options.look_again,
            refusing: AtomicBool::new(false),
            is_postgres,
            ahead,
            threads: threads.into(),
        };
        Ok(Store { inner: Arc::new(inner) })
    }

    /// Steps of the schema that a newer binary has brought and this one may run with, not knowing them.
    pub fn ahead(&self) -> &[String] {
        &self.inner.ahead
    }

    /// Whether the engine is PostgreSQL.
    pub(crate) fn is_postgres(&self) -> bool {
        self.inner.is_postgres
    }

    /// Runs `work` in a transaction and answers after it is durable. `work` may run again, so it must not touch anything but its [`Tx`].
    pub async fn write<T, E>(&self, work: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.has_room()?;
        self.queue(&self.inner.writes, Lane::Interactive, Isolation::Serializable, work).await
    }

    /// As [`Store::write`], also while writes are refused because the disk is nearly full: for the few small ones without which nobody
    /// could sign in and see to it.
    pub async fn write_into_reserve<T, E>(&self, work: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.queue(&self.inner.writes, Lane::Interactive, Isolation::Serializable, work).await
    }

    /// As [`Store::write`], for work nobody is waiting for.
    pub async fn write_in_background<T, E>(&self, work: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.has_room()?;
        self.queue(&self.inner.writes, Lane::Background, Isolation::Serializable, work).await
    }

    /// As [`Store::write`], where each statement sees what others have committed when it begins. For giving events their positions
    /// and for nothing else: no rule over several rows holds in it.
    pub(crate) async fn write_over_committed<T, E>(&self, work: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.queue(&self.inner.writes, Lane::Interactive, Isolation::Committed, work).await
    }

    /// Runs `question` on one consistent snapshot; it is stopped after five seconds.
    pub async fn read<T, E>(&self, question: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.queue(&self.inner.reads, Lane::Interactive, Isolation::Serializable, question).await
    }

    /// Whether writes are refused before they are begun, because what is left of the disk is needed for small ones.
    pub fn refuse_writes(&self, refuse: bool) {
        self.inner.refusing.store(refuse, Ordering::Relaxed);
    }

    fn has_room(&self) -> Result<()> {
        if self.inner.refusing.load(Ordering::Relaxed) { Err(Error::Full) } else { Ok(()) }
    }

    /// Changes with every commit of this process that announced something. A hint: who misses one reads the log.
    pub fn commits(&self) -> watch::Receiver<i64> {
        self.inner.committed.subscribe()
    }

    /// How often whoever follows the log looks at it although no commit was hinted.
    pub fn look_again(&self) -> Duration {
        self.inner.look_again
    }

    /// Has everybody look at the log who waits for commits.
    pub(crate) fn hint(&self) {
        self.inner.committed.send_modify(|sum| *sum += 1);
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

    /// Whether people keep the writers busy, so that work that can wait should be done sparingly.
    pub fn is_busy(&self) -> bool {
        self.inner.writes.is_busy()
    }

    /// Whether nothing is taken any more.
    pub fn is_closed(&self) -> bool {
        self.inner.writes.is_closed()
    }

    /// Finishes what is queued, refuses what comes later and ends the threads.
    pub fn close(&self) {
        self.inner.writes.close();
        self.inner.reads.close();
        for thread in self.inner.threads.lock().drain(..) {
            // The one that folds the log back may be asleep.
            thread.thread().unpark();
            let _ = thread.join();
        }
    }

    async fn queue<T, E>(
        &self,
        queue: &Arc<Queue>,
        lane: Lane,
        isolation: Isolation,
        work: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
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
        let job: Box<dyn Job> = Box::new(Task::new(work, outside, isolation, reply, room));
        if !queue.push(lane, job) {
            return Err(Error::Closed.into());
        }
        answer.await.unwrap_or_else(|_| Err(Error::Closed.into()))
    }
}

#[cfg(test)]
mod postgres_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod version_tests;
