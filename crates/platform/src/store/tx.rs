//! A transaction as use cases see it: statements, new ids, the time, announcements.

use std::cell::Cell;

use uuid::Uuid;

use super::{Error, Param, Result, Row, bind, error::FailureKind, numbers::Numbers, postgres::Session, row::EngineRow};
use crate::{clock::Moment, ids::Chance};

/// What one closure draws from outside. It is kept over reruns, so that a closure that runs again makes the same rows.
pub(super) struct Outside {
    pub(super) now: Moment,
    chance: Chance,
    ids: Vec<Uuid>,
    secrets: Vec<String>,
    pub(super) numbers: Vec<i64>,
}

impl Outside {
    pub(super) fn new(now: Moment, chance: Chance) -> Outside {
        Outside { now, chance, ids: Vec::new(), secrets: Vec::new(), numbers: Vec::new() }
    }
}

/// Where the statements of a transaction go.
pub(crate) enum Engine<'a> {
    /// The connection of the writer or of a reader.
    Sqlite(&'a rusqlite::Connection),
    /// A session with the server.
    Postgres(&'a mut Session),
}

impl Engine<'_> {
    fn numbers(&self) -> Numbers {
        match self {
            Engine::Sqlite(_) => Numbers::default(),
            Engine::Postgres(session) => session.numbers.clone(),
        }
    }

    /// Whether all transactions that write share it.
    pub(super) fn is_shared(&self) -> bool {
        matches!(self, Engine::Sqlite(_))
    }

    /// Runs a transaction statement (BEGIN, COMMIT, SAVEPOINT ...).
    fn control(&mut self, sql: &'static str) -> Result<()> {
        match self {
            Engine::Sqlite(connection) => super::sqlite::control(connection, sql),
            Engine::Postgres(session) => session.control(sql),
        }
    }
}

/// What became of a transaction's statements, beyond the result of its closure.
#[derive(Clone, Copy, Default)]
pub(super) struct Trouble {
    /// A statement failed, so nothing may be kept.
    pub(super) poisoned: bool,
    /// The device failed.
    pub(super) device: bool,
    /// Another transaction was in the way.
    pub(super) race: bool,
    /// A row with the same key was there: perhaps only just written by another.
    pub(super) duplicate: bool,
    /// The connection is gone.
    pub(super) lost: bool,
}

/// An open transaction. It lives as long as its closure and cannot leave it.
pub struct Tx<'a> {
    pub(super) engine: Engine<'a>,
    pub(super) outside: &'a mut Outside,
    pub(super) blocks: Numbers,
    next_id: usize,
    next_secret: usize,
    pub(super) next_number: usize,
    pub(super) trouble: Trouble,
    pub(crate) cause: Option<crate::events::Cause>,
    /// How many events this transaction has announced.
    pub(crate) announced: i64,
}

/// Binds parameters: `tx.exec("... $1 ...", params![id])`.
#[macro_export]
macro_rules! params {
    ($($param:expr),* $(,)?) => { &[$(&$param as &dyn $crate::store::Param),*] };
}

impl<'a> Tx<'a> {
    pub(super) fn new(engine: Engine<'a>, outside: &'a mut Outside) -> Tx<'a> {
        Tx { blocks: engine.numbers(), engine, outside, next_id: 0, next_secret: 0, next_number: 0, trouble: Trouble::default(), cause: None, announced: 0 }
    }

    /// The time of this write. It stays the same over reruns.
    pub fn now(&self) -> Moment {
        self.outside.now
    }

    /// A new id. The n-th id of a closure is the same in every run of it.
    pub fn id<T: From<Uuid>>(&mut self) -> T {
        if self.next_id == self.outside.ids.len() {
            let id = self.outside.chance.id(self.outside.now);
            self.outside.ids.push(id);
        }
        self.next_id += 1;
        T::from(self.outside.ids[self.next_id - 1])
    }

    /// 256 new random bits as text; the same over reruns.
    pub fn secret(&mut self) -> String {
        if self.next_secret == self.outside.secrets.len() {
            let secret = self.outside.chance.secret();
            self.outside.secrets.push(secret);
        }
        self.next_secret += 1;
        self.outside.secrets[self.next_secret - 1].clone()
    }

    /// Runs a statement and says how many rows it touched.
    pub fn exec(&mut self, sql: &'static str, params: &[&dyn Param]) -> Result<u64> {
        self.guarded(|engine| match engine {
            Engine::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                bind::sqlite(&mut statement, sql, params)?;
                Ok(statement.raw_execute()? as u64)
            }
            Engine::Postgres(session) => session.execute(sql, params),
        })
    }

    /// The key that SQLite gave the row inserted last; `None` on an engine that gives none.
    pub(crate) fn last_key(&self) -> Option<i64> {
        match &self.engine {
            Engine::Sqlite(connection) => Some(connection.last_insert_rowid()),
            Engine::Postgres(_) => None,
        }
    }

    /// Whether this is PostgreSQL, for the few statements of the platform that must differ.
    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.engine, Engine::Postgres(_))
    }

    /// Calls `row` for each row.
    pub fn each(&mut self, sql: &'static str, params: &[&dyn Param], mut row: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        self.while_wanted(sql, params, |current| row(current).map(|()| true))
    }

    /// Every row.
    pub fn all<T>(&mut self, sql: &'static str, params: &[&dyn Param], mut row: impl FnMut(&Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        self.each(sql, params, |current| {
            rows.push(row(current)?);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The first row, if there is one.
    pub fn opt<T>(&mut self, sql: &'static str, params: &[&dyn Param], row: impl FnOnce(&Row<'_>) -> Result<T>) -> Result<Option<T>> {
        let (mut row, mut found) = (Some(row), None);
        self.while_wanted(sql, params, |current| {
            if let Some(row) = row.take() {
                found = Some(row(current)?);
            }
            Ok(false)
        })?;
        Ok(found)
    }

    /// The first row; [`Error::NotFound`] without one.
    pub fn one<T>(&mut self, sql: &'static str, params: &[&dyn Param], row: impl FnOnce(&Row<'_>) -> Result<T>) -> Result<T> {
        self.opt(sql, params, row)?.ok_or(Error::NotFound)
    }

    /// Calls `row` for each row until it says `false`.
    fn while_wanted(&mut self, sql: &'static str, params: &[&dyn Param], mut row: impl FnMut(&Row<'_>) -> Result<bool>) -> Result<()> {
        self.guarded(|engine| {
            let hint = Cell::new(0);
            match engine {
                Engine::Sqlite(connection) => {
                    let mut statement = connection.prepare_cached(sql)?;
                    bind::sqlite(&mut statement, sql, params)?;
                    let mut rows = statement.raw_query();
                    while let Some(current) = rows.next()? {
                        if !row(&Row { row: EngineRow::Sqlite(current), hint: &hint })? {
                            break;
                        }
                    }
                    Ok(())
                }
                Engine::Postgres(session) => session.query(sql, params, |current| row(&Row { row: EngineRow::Postgres(current), hint: &hint })),
            }
        })
    }

    /// Runs `inner` so that its failure takes back only what it did itself.
    pub fn savepoint<T, E: From<Error>>(&mut self, inner: impl FnOnce(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        self.engine.control("SAVEPOINT part")?;
        let (announced, trouble) = (self.announced, self.trouble);
        let result = inner(self);
        // Where another transaction was in the way or the connection is gone, the whole closure must run again.
        if result.is_err() && !self.trouble.race && !self.trouble.lost {
            self.announced = announced;
            self.engine.control("ROLLBACK TO part")?;
            // The savepoint undid the statement that failed, so later statements may go on.
            self.trouble = Trouble { device: self.trouble.device, ..trouble };
            self.engine.control("RELEASE part")?;
        } else if result.is_ok() {
            self.engine.control("RELEASE part")?;
        }
        result
    }

    /// An error of the engine poisons the transaction, as it does on PostgreSQL: a closure cannot swallow it and commit half.
    fn guarded<T>(&mut self, statement: impl FnOnce(&mut Engine<'_>) -> Result<T>) -> Result<T> {
        if self.trouble.poisoned {
            return Err(Error::Poisoned);
        }
        let result = statement(&mut self.engine);
        if let Err(error @ (Error::Engine(_) | Error::Full | Error::Device(_) | Error::TooSlow | Error::Unreachable(_))) = &result {
            self.trouble.poisoned = true;
            self.trouble.device |= matches!(error, Error::Device(_));
            self.trouble.race |= error.is(FailureKind::Race);
            self.trouble.duplicate |= error.is(FailureKind::Duplicate);
            self.trouble.lost |= error.is(FailureKind::Lost);
        }
        result
    }
}
