//! PostgreSQL 15 and later: a thread for each connection, whole closures that run again when another transaction was in the way.
//!
//! Writes are SERIALIZABLE, so a closure sees the database as if it were alone, as on SQLite. PostgreSQL groups the flushes of
//! its log by itself, so every closure has a transaction of its own.

use std::{
    collections::HashMap,
    sync::Arc,
    thread::JoinHandle,
    time::{Duration, Instant},
};

use postgres::{
    Client, NoTls, Statement,
    config::{Host, SslMode},
};
use tokio::sync::watch;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{
    Error, Migration, Param, Result,
    bind::{self, StatementName},
    error::FailureKind,
    numbers::Numbers,
    queue::{Isolation, Job, Next, Queue, Ran},
    sqlite::spawn,
    tx::Engine,
};
use crate::clock::Moment;

/// How often a closure runs again because another transaction was in the way. Each time one of the rivals gets through.
const RACES: u32 = 60;
/// How often a closure runs again over a key that was there: the second time it sees the row that a rival had just written.
const DUPLICATES: u32 = 2;
/// For how long a write waits for a server that cannot be reached before it is told so.
const PATIENCE: Duration = Duration::from_secs(5);
/// What every session is told first. Without `synchronous_commit` a commit would be answered before it is durable, whatever the
/// server's default is. A node that stands still in the middle of a transaction must not hold its locks for ever.
const SESSION: &str = "SET synchronous_commit = on; SET idle_in_transaction_session_timeout = '5s'; SET lock_timeout = '10s'; SET application_name = 'rapport';
     SET client_min_messages = warning";

/// Where the server is and how to speak to it.
#[derive(Clone)]
pub struct Server {
    config: Arc<postgres::Config>,
    tls: Option<MakeRustlsConnect>,
    /// The address without its password, for messages.
    pub shown: String,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown)
    }
}

impl Server {
    /// Reads `postgres://user:password@host:port/database?sslmode=...&sslrootcert=PATH`.
    ///
    /// `sslmode=disable` speaks in the clear, `require`, `verify-ca` and `verify-full` demand TLS with a certificate that is valid
    /// for the host. Without it, TLS is demanded unless the server is on this machine. `sslrootcert` names the authorities to
    /// believe instead of the machine's own.
    pub fn parse(url: &str) -> Result<Server, String> {
        let (plain, settings) = url.split_once('?').unwrap_or((url, ""));
        let (mut mode, mut roots, mut rest) = (None, None, Vec::new());
        for setting in settings.split('&').filter(|setting| !setting.is_empty()) {
            match setting.split_once('=') {
                Some(("sslmode", value)) => mode = Some(value),
                Some(("sslrootcert", value)) => roots = Some(value),
                _ => rest.push(setting),
            }
        }
        let joined = if rest.is_empty() { plain.to_owned() } else { format!("{plain}?{}", rest.join("&")) };
        let mut config: postgres::Config = joined.parse().map_err(|error| format!("the database URL cannot be read: {error}"))?;
        config.connect_timeout(Duration::from_secs(4)).keepalives_idle(Duration::from_secs(20));
        let hosts = config.get_hosts().to_vec();
        let here = hosts.iter().all(is_here);
        let wants_tls = match mode {
            Some("disable") => false,
            Some("require" | "verify-ca" | "verify-full") => true,
            None => !here,
            Some(other) => return Err(format!("sslmode is \"{other}\"; it is disable, require, verify-ca or verify-full")),
        };
        config.ssl_mode(if wants_tls { SslMode::Require } else { SslMode::Disable });
        let tls = if wants_tls { Some(MakeRustlsConnect::new(crate::tls::client(roots)?)) } else { None };
        let names: Vec<String> = hosts.iter().map(name_of_host).collect();
        let shown = format!("postgres://{}/{}", names.join(","), config.get_dbname().unwrap_or_default());
        Ok(Server { config: Arc::new(config), tls, shown })
    }

    pub(super) fn connect(&self) -> Result<Client> {
        let connected = match &self.tls {
            Some(tls) => self.config.connect(tls.clone()),
            None => self.config.connect(NoTls),
        };
        let mut client = connected.map_err(|error| Error::Unreachable(Error::from(error).to_string()))?;
        client.batch_execute(SESSION)?;
        Ok(client)
    }
}

/// Whether the way to the server does not leave this machine.
fn is_here(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback()),
        Host::Unix(_) => true,
    }
}

fn name_of_host(host: &Host) -> String {
    match host {
        Host::Tcp(name) => name.clone(),
        Host::Unix(path) => path.display().to_string(),
    }
}

/// Brings the schema up to date.
pub(super) fn migrate(server: &Server, migrations: &[Migration], now: Moment) -> Result<Vec<String>> {
    on_own_thread(|| super::migrate::postgres(&mut server.connect()?, migrations, now))
}

/// The blocking client must not run on a thread of an asynchronous runtime, so it has one of its own.
pub(super) fn on_own_thread<T: Send>(work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    std::thread::scope(|scope| scope.spawn(work).join().unwrap_or(Err(Error::Panicked)))
}

/// A connection and the statements it knows.
pub(crate) struct Session {
    client: Client,
    known: HashMap<StatementName, Statement>,
    pub(super) numbers: Numbers,
}

impl Session {
    pub(super) fn open(server: &Server, numbers: &Numbers) -> Result<Session> {
        Ok(Session { client: server.connect()?, known: HashMap::new(), numbers: numbers.clone() })
    }

    pub(super) fn control(&mut self, sql: &'static str) -> Result<()> {
        Ok(self.client.batch_execute(sql)?)
    }

    fn prepared(&mut self, sql: &'static str) -> Result<Statement> {
        let name = bind::name_of(sql);
        if let Some(statement) = self.known.get(&name) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql)?;
        self.known.insert(name, statement.clone());
        Ok(statement)
    }

    pub(super) fn execute(&mut self, sql: &'static str, params: &[&dyn Param]) -> Result<u64> {
        let statement = self.prepared(sql)?;
        let bound = bind::postgres(&statement, params)?;
        let bound: Vec<&(dyn postgres::types::ToSql + Sync)> = bound.iter().map(|value| value as _).collect();
        Ok(self.client.execute(&statement, &bound)?)
    }

    /// Calls `row` for each row until it says `false`.
    pub(super) fn query(&mut self, sql: &'static str, params: &[&dyn Param], mut row: impl FnMut(&postgres::Row) -> Result<bool>) -> Result<()> {
        use postgres::fallible_iterator::FallibleIterator as _;
        let statement = self.prepared(sql)?;
        let bound = bind::postgres(&statement, params)?;
        let mut rows = self.client.query_raw(&statement, bound)?;
        // Read to the end in any case: the server may fail a statement behind its rows, for example when it finds out last that another
        // transaction was in the way. Unread, that would be told by the next statement as a fault of its own.
        let mut is_wanted = true;
        while let Some(current) = rows.next()? {
            is_wanted = is_wanted && row(&current)?;
        }
        Ok(())
    }
}

/// How a transaction begins.
#[derive(Clone, Copy)]
enum Kind {
    Write,
    Read,
}

impl Kind {
    fn begin(self, isolation: Isolation) -> &'static str {
        match (self, isolation) {
            (Kind::Write, Isolation::Serializable) => "BEGIN ISOLATION LEVEL SERIALIZABLE",
            (Kind::Write, Isolation::Committed) => "BEGIN ISOLATION LEVEL READ COMMITTED",
            (Kind::Read, _) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }
}

/// A thread with one connection that works through a queue.
pub(super) struct Worker {
    server: Server,
    queue: Arc<Queue>,
    committed: watch::Sender<i64>,
    numbers: Numbers,
    kind: Kind,
    session: Option<Session>,
}

/// What became of one attempt.
enum Attempt {
    /// The closure's own result stands, kept or taken back.
    Settled,
    /// It must run again.
    Again(Error),
    /// It failed around the closure.
    Failed(Error),
}

impl Worker {
    pub(super) fn writer(server: &Server, queue: &Arc<Queue>, committed: &watch::Sender<i64>, numbers: &Numbers) -> Worker {
        Worker { server: server.clone(), queue: queue.clone(), committed: committed.clone(), numbers: numbers.clone(), kind: Kind::Write, session: None }
    }

    pub(super) fn reader(server: &Server, queue: &Arc<Queue>, committed: &watch::Sender<i64>, numbers: &Numbers) -> Worker {
        Worker { kind: Kind::Read, ..Worker::writer(server, queue, committed, numbers) }
    }

    /// Starts the thread.
    pub(super) fn start(mut self, name: &str) -> Result<JoinHandle<()>> {
        spawn(name, move || {
            while let Next::Batch(jobs) = self.queue.next(1) {
                for job in jobs {
                    self.work(job);
                }
            }
        })
    }

    #[expect(clippy::disallowed_methods, reason = "measures how long a server is waited for, never reaches a row")]
    fn work(&mut self, mut job: Box<dyn Job>) {
        let (mut races, mut duplicates, started) = (0, 0, Instant::now());
        loop {
            match self.attempt(&mut job, duplicates < DUPLICATES) {
                Attempt::Settled => return job.settle(None),
                Attempt::Failed(error) => return job.settle(Some(error)),
                Attempt::Again(error) if error.is(FailureKind::Race) => {
                    races += 1;
                    if races > RACES {
                        tracing::warn!(target: "store", %error, races, "a transaction has stepped aside too often and is refused");
                        return job.settle(Some(Error::Busy));
                    }
                    // Rivals that step aside for different times do not meet again.
                    let spread = u64::from(races.min(8)) * 2;
                    std::thread::sleep(Duration::from_micros(200 + started.elapsed().subsec_nanos() as u64 % (spread * 1_000)));
                }
                Attempt::Again(error) if error.is_duplicate() => duplicates += 1,
                Attempt::Again(error) => {
                    if started.elapsed() > PATIENCE || self.queue.is_closed() {
                        let error = if matches!(error, Error::Unreachable(_)) { error } else { Error::Unreachable(error.to_string()) };
                        return job.settle(Some(error));
                    }
                    std::thread::sleep(Duration::from_millis(200));
                }
            }
        }
    }

    fn attempt(&mut self, job: &mut Box<dyn Job>, may_be_duplicate: bool) -> Attempt {
        let mut session = match self.session.take().map_or_else(|| Session::open(&self.server, &self.numbers), Ok) {
            Ok(session) => session,
            Err(error) => return Attempt::Again(error),
        };
        if matches!(self.kind, Kind::Write)
            && let Err(error) = self.numbers.refill(&mut session)
        {
            return Attempt::Again(error);
        }
        if let Err(error) = session.control(self.kind.begin(job.isolation())) {
            // The connection broke while nothing was asked of it.
            return Attempt::Again(Error::Unreachable(error.to_string()));
        }
        let ran = job.run(Engine::Postgres(&mut session));
        let attempt = match (ran, self.kind) {
            (Ran::Lost | Ran::DeviceFailed, _) => return Attempt::Again(Error::Unreachable("the connection broke in the middle of a transaction".into())),
            (Ran::Keep, Kind::Write) => match session.control("COMMIT") {
                Ok(()) => {
                    self.hint(job.announced());
                    Attempt::Settled
                }
                Err(error) if error.is(FailureKind::Race) => Attempt::Again(error),
                // What was said last may have reached the server: only the caller, with the same key, can find out.
                Err(error) if error.is(FailureKind::Lost) => return Attempt::Failed(Error::Unknown),
                Err(error) => Attempt::Failed(error),
            },
            (Ran::Again, _) => self.rolled_back(&mut session, Attempt::Again(Error::race())),
            (Ran::UndoDuplicate, _) if may_be_duplicate => self.rolled_back(&mut session, Attempt::Again(Error::duplicate())),
            _ => self.rolled_back(&mut session, Attempt::Settled),
        };
        if !session.client.is_closed() {
            self.session = Some(session);
        }
        attempt
    }

    fn rolled_back(&self, session: &mut Session, then: Attempt) -> Attempt {
        match session.control("ROLLBACK") {
            Ok(()) => then,
            // What is not committed is gone with its connection as well.
            Err(_) => {
                session.known.clear();
                then
            }
        }
    }

    fn hint(&self, announced: i64) {
        if announced > 0 {
            self.committed.send_modify(|sum| *sum += announced);
        }
    }
}
