//! SQLite: one writer thread with group commit, reader threads, checkpoints by policy.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use rusqlite::{Connection, OpenFlags, config::DbConfig};
use tokio::sync::watch;

use super::{
    Error, Result,
    queue::{Job, Next, Queue, Ran},
    tx::Engine,
};

/// How many closures share a commit at most.
const BATCH: usize = 256;
/// For how long a running batch takes in what arrives. Long enough for those who were woken together; no longer, or everybody waits for
/// the same commit and nobody prepares the next request while it runs.
const JOINS_FOR: Duration = Duration::from_micros(500);
/// How long a connection waits for another process that writes.
const PATIENCE: Duration = Duration::from_secs(10);
/// Pages in the write-ahead log (of 4 KiB) after which the writer itself folds it back: 128 MiB.
const LONG_LOG_PAGES: i64 = 32_768;
/// Folding back whole waits until nobody reads an older state of the log. A backup reads one for minutes, and as long as the writer
/// waits nobody can write: so it waits no longer than this, and tries again after a pause.
const FOLDING_PATIENCE: Duration = Duration::from_millis(25);
/// The pause.
const FOLDING_PAUSE: Duration = Duration::from_secs(5);

/// Opens a connection with the settings that make a commit survive a power cut: WAL with `synchronous=FULL`.
pub(super) fn open(path: &Path) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(PATIENCE)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;
         PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -32768; PRAGMA secure_delete = FAST;",
    )?;
    // Plans depend on the statement alone. Without this, SQLite plans a prepared statement anew whenever other values are bound:
    // a fifth of the writer's time.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(512);
    Ok(connection)
}

pub(super) fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>> {
    #[expect(clippy::disallowed_methods, reason = "the threads of the database are started here and nowhere else")]
    let thread = std::thread::Builder::new().name(name.into()).spawn(body);
    thread.map_err(|error| Error::Schema(format!("cannot start the thread {name}: {error}")))
}

/// Runs a transaction statement (BEGIN, COMMIT, SAVEPOINT ...).
pub(super) fn control(connection: &Connection, sql: &str) -> Result<()> {
    connection.prepare_cached(sql)?.execute([])?;
    Ok(())
}

/// Commits. On a full disk the index of the log may find no room to grow when the transaction has been flushed already: SQLite takes it
/// back, and the next commit writes over it; but if the process ends before, the next start recovers it. With room on the disk the same
/// error is the device's.
fn commit(connection: &Connection) -> Result<()> {
    connection.prepare_cached("COMMIT")?.execute([]).map(drop).map_err(|error| match &error {
        rusqlite::Error::SqliteFailure(failure, _) if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE && is_full(connection) => Error::Unknown,
        _ => error.into(),
    })
}

/// Whether the disk has not even room for the next piece of the log's index (32 KiB).
fn is_full(connection: &Connection) -> bool {
    let space = connection.path().and_then(|path| rustix::fs::statvfs(path).ok());
    space.is_some_and(|space| space.f_bavail * space.f_frsize < 64 << 10)
}

/// The log could not be folded back. That can wait, unless the device failed: the system forgets what it could not write after it
/// has said so once, so the next attempt would find nothing to complain of and drop the log with the only good copy.
fn put_off(error: rusqlite::Error, on_fatal: fn(&Error)) {
    match Error::from(error) {
        device @ Error::Device(_) => on_fatal(&device),
        error => tracing::warn!(target: "store", %error, "checkpoint put off"),
    }
}

pub(super) struct Writer {
    pub(super) connection: Connection,
    pub(super) queue: Arc<Queue>,
    pub(super) committed: watch::Sender<i64>,
    pub(super) on_fatal: fn(&Error),
}

impl Writer {
    pub(super) fn run(self) {
        loop {
            match self.queue.next(BATCH) {
                Next::Batch(jobs) => self.commit(jobs),
                Next::Checkpoint => {
                    let folded = self
                        .connection
                        .busy_timeout(FOLDING_PATIENCE)
                        .and_then(|()| self.connection.query_row("PRAGMA wal_checkpoint(RESTART)", [], |_| Ok(())));
                    if let Err(error) = self.connection.busy_timeout(PATIENCE).and(folded) {
                        put_off(error, self.on_fatal);
                    }
                }
                Next::Closed => break,
            }
        }
    }

    /// One transaction, one fsync, then every caller is answered.
    fn commit(&self, mut jobs: Vec<Box<dyn Job>>) {
        let mut outcome = self.run_hopeful(&mut jobs);
        metrics::histogram!("rapport_store_batch_size").record(jobs.len() as f64);
        self.queue.committed(jobs.len());
        if let Ok(false) = outcome {
            outcome = self.run_careful(&mut jobs).map(|()| true);
        }
        if let Err(error) = outcome {
            let _ = control(&self.connection, "ROLLBACK");
            if matches!(error, Error::Device(_)) {
                (self.on_fatal)(&error);
            }
            // One closure may have spoilt it for all (full disk, out of memory): each gets its own transaction now.
            tracing::warn!(target: "store", %error, closures = jobs.len(), "a batch failed; running each closure alone");
            return jobs.into_iter().for_each(|job| self.commit_alone(job));
        }
        self.hint(&jobs);
        jobs.into_iter().for_each(|job| job.settle(None));
    }

    /// Most closures succeed, and most that fail do so before they write. So nothing is prepared for taking one back; when one
    /// has to be taken back after all, `false` says that nothing was committed and all must run again, carefully.
    fn run_hopeful(&self, jobs: &mut Vec<Box<dyn Job>>) -> Result<bool> {
        #[expect(clippy::disallowed_methods, reason = "measures how long a batch runs, never reaches a row")]
        let started = Instant::now();
        control(&self.connection, "BEGIN IMMEDIATE")?;
        let mut next = 0;
        while next < jobs.len() {
            let before = self.connection.total_changes();
            if self.run_one(&mut jobs[next])? != Ran::Keep && self.connection.total_changes() != before {
                control(&self.connection, "ROLLBACK")?;
                return Ok(false);
            }
            next += 1;
            if next == jobs.len() && (started.elapsed() > JOINS_FOR || !self.queue.join(jobs, BATCH)) {
                break;
            }
        }
        commit(&self.connection).map(|()| true)
    }

    /// As [`Self::run_hopeful`], with a savepoint for each closure: one that fails takes back its own rows only.
    fn run_careful(&self, jobs: &mut [Box<dyn Job>]) -> Result<()> {
        control(&self.connection, "BEGIN IMMEDIATE")?;
        for job in jobs.iter_mut() {
            control(&self.connection, "SAVEPOINT closure")?;
            if self.run_one(job)? != Ran::Keep {
                control(&self.connection, "ROLLBACK TO closure")?;
            }
            control(&self.connection, "RELEASE closure")?;
        }
        commit(&self.connection)
    }

    fn run_one(&self, job: &mut Box<dyn Job>) -> Result<Ran> {
        let ran = job.run(Engine::Sqlite(&self.connection));
        if ran == Ran::DeviceFailed {
            (self.on_fatal)(&Error::Device("a statement could not read or write the database file".into()));
        }
        // FULL, IOERR and NOMEM roll the whole transaction back underneath; going on would commit half a batch.
        if self.connection.is_autocommit() { Err(Error::Full) } else { Ok(ran) }
    }

    fn commit_alone(&self, mut job: Box<dyn Job>) {
        let result = (|| {
            control(&self.connection, "BEGIN IMMEDIATE")?;
            match job.run(Engine::Sqlite(&self.connection)) {
                Ran::Keep => commit(&self.connection).map(|()| true),
                _ if self.connection.is_autocommit() => Ok(false),
                _ => control(&self.connection, "ROLLBACK").map(|()| false),
            }
        })();
        match result {
            Ok(kept) => {
                if kept {
                    self.hint(std::slice::from_ref(&job));
                }
                job.settle(None);
            }
            Err(error) => {
                let _ = control(&self.connection, "ROLLBACK");
                if matches!(error, Error::Device(_)) {
                    (self.on_fatal)(&error);
                }
                job.settle(Some(error));
            }
        }
    }

    /// Says that something was announced: a hint, the log is the truth.
    fn hint(&self, jobs: &[Box<dyn Job>]) {
        let announced: i64 = jobs.iter().map(|job| job.announced()).sum();
        if announced > 0 {
            self.committed.send_modify(|sum| *sum += announced);
        }
    }
}

pub(super) struct Reader {
    connection: Connection,
    queue: Arc<Queue>,
    deadline: Arc<AtomicI64>,
    started: Instant,
    read_limit: Duration,
}

impl Reader {
    #[expect(clippy::disallowed_methods, reason = "measures how long a read lasts, never reaches a row")]
    pub(super) fn open(path: &Path, queue: Arc<Queue>, read_limit: Duration) -> Result<Reader> {
        let mut connection = open(path)?;
        connection.execute_batch("PRAGMA query_only = ON")?;
        let (deadline, started) = (Arc::new(AtomicI64::new(i64::MAX)), Instant::now());
        let limit = deadline.clone();
        connection.progress_handler(10_000, Some(move || started.elapsed().as_millis() as i64 > limit.load(Ordering::Relaxed)))?;
        Ok(Reader { connection, queue, deadline, started, read_limit })
    }

    pub(super) fn run(self) {
        // Reads are taken one at a time: each gets its own snapshot.
        while let Next::Batch(jobs) = self.queue.next(1) {
            for mut job in jobs {
                let end = self.started.elapsed() + self.read_limit;
                self.deadline.store(end.as_millis() as i64, Ordering::Relaxed);
                let begun = control(&self.connection, "BEGIN");
                if begun.is_ok() {
                    job.run(Engine::Sqlite(&self.connection));
                }
                let _ = control(&self.connection, "ROLLBACK");
                job.settle(begun.err());
            }
        }
    }
}

/// Folds the write-ahead log back while writers go on; asks the writer to do it when the log has grown long regardless.
pub(super) fn spawn_checkpointer(path: &Path, queue: Arc<Queue>, on_fatal: fn(&Error)) -> Result<JoinHandle<()>> {
    let connection = open(path)?;
    spawn("store-checkpoint", move || {
        let mut last_pages = 0;
        // The first look comes at once: after crashes in a row the log has grown, and every start reads it whole.
        let mut wait = Duration::ZERO;
        while !queue.is_closed() {
            std::thread::park_timeout(wait);
            wait = Duration::from_millis(500);
            let pages = connection.query_row("PRAGMA wal_checkpoint(NOOP)", [], |row| row.get::<_, i64>(1)).unwrap_or(0);
            if pages == last_pages || pages < 1000 {
                continue;
            }
            let folded = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| Ok((row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)));
            last_pages = match folded {
                // What a long reader holds back the writer could not fold either.
                Ok((pages, folded)) if pages > LONG_LOG_PAGES && pages - folded < LONG_LOG_PAGES / 4 => {
                    queue.want_checkpoint();
                    wait = FOLDING_PAUSE;
                    0
                }
                Ok((pages, folded)) if pages == folded => pages,
                Ok(_) => 0,
                Err(error) => {
                    put_off(error, on_fatal);
                    wait = FOLDING_PAUSE;
                    0
                }
            };
        }
    })
}
