//! A transaction as use cases see it: statements, new ids, the time, announcements.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
};

use uuid::Uuid;

use super::{Column, ColumnRef, Error, Param, Result, ValueRef};
use crate::{
    clock::Moment,
    events::{Announced, Position},
    ids::Chance,
};

/// What one closure draws from outside. It is kept over reruns, so that a closure that runs again makes the same rows.
pub(super) struct Outside {
    pub(super) now: Moment,
    chance: Chance,
    ids: Vec<Uuid>,
    secrets: Vec<String>,
}

impl Outside {
    pub(super) fn new(now: Moment, chance: Chance) -> Outside {
        Outside { now, chance, ids: Vec::new(), secrets: Vec::new() }
    }
}

/// An open transaction. It lives as long as its closure and cannot leave it.
pub struct Tx<'a> {
    connection: &'a rusqlite::Connection,
    outside: &'a mut Outside,
    next_id: usize,
    next_secret: usize,
    poisoned: bool,
    device_failed: bool,
    pub(crate) cause: Option<crate::events::Cause>,
    pub(crate) announced: Vec<Announced>,
}

/// Binds parameters: `tx.exec("... $1 ...", params![id])`.
#[macro_export]
macro_rules! params {
    ($($param:expr),* $(,)?) => { &[$(&$param as &dyn $crate::store::Param),*] };
}

impl<'a> Tx<'a> {
    pub(super) fn new(connection: &'a rusqlite::Connection, outside: &'a mut Outside) -> Tx<'a> {
        Tx { connection, outside, next_id: 0, next_secret: 0, poisoned: false, device_failed: false, cause: None, announced: Vec::new() }
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
        self.guarded(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
            bind(&mut statement, sql, params)?;
            Ok(statement.raw_execute()? as u64)
        })
    }

    /// Runs a statement that inserts one row into a table whose key SQLite gives, and returns that key.
    pub(crate) fn insert_numbered(&mut self, sql: &'static str, params: &[&dyn Param]) -> Result<Position> {
        self.exec(sql, params)?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Calls `row` for each row.
    pub fn each(&mut self, sql: &'static str, params: &[&dyn Param], mut row: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        self.guarded(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
            bind(&mut statement, sql, params)?;
            let mut rows = statement.raw_query();
            let hint = Cell::new(0);
            while let Some(current) = rows.next()? {
                row(&Row { row: current, hint: &hint })?;
            }
            Ok(())
        })
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
        self.guarded(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
            bind(&mut statement, sql, params)?;
            let mut rows = statement.raw_query();
            match rows.next()? {
                Some(current) => row(&Row { row: current, hint: &Cell::new(0) }).map(Some),
                None => Ok(None),
            }
        })
    }

    /// The first row; [`Error::NotFound`] without one.
    pub fn one<T>(&mut self, sql: &'static str, params: &[&dyn Param], row: impl FnOnce(&Row<'_>) -> Result<T>) -> Result<T> {
        self.opt(sql, params, row)?.ok_or(Error::NotFound)
    }

    /// Runs `inner` so that its failure takes back only what it did itself.
    pub fn savepoint<T, E: From<Error>>(&mut self, inner: impl FnOnce(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        super::sqlite::control(self.connection, "SAVEPOINT part")?;
        let before = self.announced.len();
        let result = inner(self);
        if result.is_err() {
            self.announced.truncate(before);
            super::sqlite::control(self.connection, "ROLLBACK TO part")?;
            // The savepoint undid the statement that failed, so later statements may go on.
            self.poisoned = false;
        }
        super::sqlite::control(self.connection, "RELEASE part")?;
        result
    }

    /// An error of the engine poisons the transaction, as it does on PostgreSQL: a closure cannot swallow it and commit half.
    fn guarded<T>(&mut self, statement: impl FnOnce(&rusqlite::Connection) -> Result<T>) -> Result<T> {
        if self.poisoned {
            return Err(Error::Poisoned);
        }
        let result = statement(self.connection);
        if let Err(Error::Engine(_) | Error::Full | Error::Device(_)) = result {
            self.poisoned = true;
            self.device_failed |= matches!(result, Err(Error::Device(_)));
        }
        result
    }

    pub(super) fn is_poisoned(&self) -> bool {
        self.poisoned
    }

    pub(super) fn has_device_failed(&self) -> bool {
        self.device_failed
    }
}

thread_local! {
    /// For each statement, which of its parameters stands at which place.
    static PLACES: RefCell<HashMap<(usize, usize), Box<[usize]>>> = RefCell::default();
}

/// SQLite reads `$2` as a *name* and numbers names by first appearance, so `SET a = $2 WHERE id = $1` must be bound by name.
/// Asking for the names takes longer than binding, so they are asked for once a statement (which is static, so its address names it).
fn bind(statement: &mut rusqlite::Statement<'_>, sql: &'static str, params: &[&dyn Param]) -> Result<()> {
    PLACES.with_borrow_mut(|places| {
        let places = places.entry((sql.as_ptr() as usize, sql.len())).or_insert_with(|| {
            let number = |index| statement.parameter_name(index).and_then(|name| name[1..].parse::<usize>().ok()).unwrap_or(index);
            (1..=statement.parameter_count()).map(number).collect()
        });
        for (index, number) in places.iter().enumerate() {
            let Some(param) = params.get(number - 1) else {
                return Err(Error::Binding(format!("the statement asks for ${number}, {} given", params.len())));
            };
            statement.raw_bind_parameter(index + 1, Bound(param.value()))?;
        }
        Ok(())
    })
}

struct Bound<'a>(ValueRef<'a>);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, ValueRef as Sqlite};
        Ok(ToSqlOutput::Borrowed(match self.0 {
            ValueRef::Null => Sqlite::Null,
            ValueRef::Int(n) => Sqlite::Integer(n),
            ValueRef::Real(n) => Sqlite::Real(n),
            ValueRef::Bool(flag) => Sqlite::Integer(i64::from(flag)),
            ValueRef::Text(text) => Sqlite::Text(text.as_bytes()),
            ValueRef::Bytes(bytes) => Sqlite::Blob(bytes),
            ValueRef::Uuid(id) => Sqlite::Blob(id.as_bytes()),
        }))
    }
}

/// One row. Columns are read by name; reading them in the order of the statement is fastest.
pub struct Row<'a> {
    row: &'a rusqlite::Row<'a>,
    hint: &'a Cell<usize>,
}

impl Row<'_> {
    /// The value of column `name`.
    pub fn get<T: Column>(&self, name: &'static str) -> Result<T> {
        use rusqlite::types::ValueRef as Sqlite;
        let value = self.row.get_ref(self.index(name)?)?;
        let column = match value {
            Sqlite::Null => ColumnRef::Null,
            Sqlite::Integer(n) => ColumnRef::Int(n),
            Sqlite::Real(n) => ColumnRef::Real(n),
            Sqlite::Text(bytes) => ColumnRef::Text(std::str::from_utf8(bytes).map_err(|_| Error::Binding(format!("column {name} is not UTF-8")))?),
            Sqlite::Blob(bytes) => ColumnRef::Bytes(bytes),
        };
        T::from_column(column).ok_or_else(|| Error::Binding(format!("column {name} holds {:?}", value.data_type())))
    }

    /// Looks after the column read last first: rows are mostly read in the order of the statement.
    fn index(&self, name: &str) -> Result<usize> {
        let statement = self.row.as_ref();
        let count = statement.column_count();
        let start = self.hint.get();
        for offset in 0..count {
            let index = (start + offset) % count;
            if statement.column_name(index)? == name {
                self.hint.set((index + 1) % count);
                return Ok(index);
            }
        }
        Err(Error::Binding(format!("the statement has no column {name}")))
    }
}
