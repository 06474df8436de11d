//! Copying everything from one database to another, whichever engines they are: in the order of keys, a few hundred rows a
//! transaction, so that a copy that was cut goes on where it was; verified by counts and hashes of every table on both sides.
//!
//! The statements are put together from the names in the migrations, never from data.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{
    Error, Migration, Param, Result, Store, Tx,
    tables::{Table, Value, tables},
};
use crate::params;

/// Rows in one transaction.
const CHUNK: i64 = 500;
/// In `counter` as long as a copy into a database has not been finished.
const UNFINISHED: &str = "copy_unfinished";

/// How far a copy has come, for whoever shows it.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// The table that is worked on.
    pub table: &'static str,
    /// How many rows of it are done.
    pub done: u64,
    /// How many it has in all.
    pub of: u64,
    /// Whether they are being compared; before that they are copied.
    pub comparing: bool,
}

/// What was copied.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Tables.
    pub tables: usize,
    /// Rows, those that an earlier try had copied among them.
    pub rows: u64,
}

fn is_unfinished(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(tx.opt("SELECT 1 AS unfinished FROM counter WHERE name = $1", params![UNFINISHED], |_| Ok(()))?.is_some())
}

/// Refuses a database that a copy was begun into and not finished.
pub async fn refuse_unfinished(store: &Store) -> Result<()> {
    if store.read(is_unfinished).await? {
        return Err(Error::Schema("this database is a copy that was not finished. Run the same `rapport copy` again, then start".into()));
    }
    Ok(())
}

/// Copies every row of `from` into `to`, which is empty or an unfinished copy of the same. Nothing may write into either meanwhile.
pub async fn copy(from: &Store, to: &Store, migrations: &[Migration], mut show: impl FnMut(Progress)) -> Result<Copied> {
    let tables: Vec<Arc<Statements>> = tables(migrations)?.into_iter().map(|table| Arc::new(Statements::of(table))).collect();
    if let Some(step) = from.ahead().iter().chain(to.ahead()).next() {
        // What it does not know it would leave behind.
        return Err(Error::Schema(format!("a newer Rapport has been at one of the databases (step {step}). Copy with that version")));
    }
    if from.read(is_unfinished).await? {
        return Err(Error::Schema("the source is itself an unfinished copy. Finish that one first".into()));
    }
    begin(to, &tables).await?;
    let mut copied = Copied::default();
    for table in &tables {
        let of = count(from, table).await?;
        copy_table(from, to, table, of, &mut show).await?;
    }
    for table in &tables {
        let (mine, theirs) = (fingerprint(from, table, &mut show).await?, fingerprint(to, table, &mut show).await?);
        if mine != theirs {
            return Err(Error::Schema(format!(
                "the table {} differs after copying ({} rows against {}). Was something still writing? The source is untouched; empty the target and begin again",
                table.table.name, mine.rows, theirs.rows
            )));
        }
        copied.tables += 1;
        copied.rows += mine.rows;
    }
    finish(to).await?;
    Ok(copied)
}

async fn begin(to: &Store, tables: &[Arc<Statements>]) -> Result<()> {
    let tables: Vec<Arc<Statements>> = tables.to_vec();
    to.write(move |tx| {
        if is_unfinished(tx)? {
            return Ok(());
        }
        for statements in &tables {
            if !statements.is_own() && tx.opt(statements.any, params![], |_| Ok(()))?.is_some() {
                return Err(Error::Schema(format!(
                    "the target is not empty (table {}). Nothing was changed. Copy into a fresh database",
                    statements.table.name
                )));
            }
        }
        tx.exec("DELETE FROM counter", params![])?;
        tx.exec("DELETE FROM event_reader", params![])?;
        tx.exec("INSERT INTO counter (name, value) VALUES ($1, 1)", params![UNFINISHED]).map(drop)
    })
    .await
}

/// PostgreSQL goes on numbering events where the log ends.
async fn finish(to: &Store) -> Result<()> {
    to.write(|tx| {
        if tx.is_postgres() {
            tx.exec("INSERT INTO event_reader (name, position) SELECT 'placed', COALESCE(max(position), 0) FROM event", params![])?;
        }
        tx.exec("DELETE FROM counter WHERE name = $1", params![UNFINISHED]).map(drop)
    })
    .await
}

async fn copy_table(from: &Store, to: &Store, statements: &Arc<Statements>, of: u64, show: &mut impl FnMut(Progress)) -> Result<()> {
    let mut done = count(to, statements).await?;
    let mut after = {
        let statements = statements.clone();
        to.read(move |tx| Ok::<_, Error>(statements.rows(tx, statements.last, &[])?.pop())).await?
    };
    loop {
        show(Progress { table: statements.table.name, done, of, comparing: false });
        let rows = Arc::new(chunk(from, statements, after.as_deref()).await?);
        let Some(last) = rows.last() else { break };
        (after, done) = (Some(last.clone()), done + rows.len() as u64);
        let (statements, rows) = (statements.clone(), rows.clone());
        to.write(move |tx| rows.iter().try_for_each(|row| statements.insert(tx, row))).await?;
    }
    // References within the table were left out, because the row they name may come later.
    let mut after = None;
    while !statements.within.is_empty() {
        let rows = Arc::new(chunk(from, statements, after.as_deref()).await?);
        let Some(last) = rows.last() else { break };
        after = Some(last.clone());
        let (statements, rows) = (statements.clone(), rows.clone());
        to.write(move |tx| rows.iter().try_for_each(|row| statements.refer(tx, row))).await?;
    }
    Ok(())
}

async fn chunk(from: &Store, statements: &Arc<Statements>, after: Option<&[Value]>) -> Result<Vec<Vec<Value>>> {
    let (statements, after) = (statements.clone(), after.map(|row| statements.key_of(row)));
    from.read(move |tx| match &after {
        None => statements.rows(tx, statements.first, &[Value::Number(CHUNK)]),
        Some(key) => statements.rows(tx, statements.next, &[key.as_slice(), &[Value::Number(CHUNK)]].concat()),
    })
    .await
}

async fn count(store: &Store, statements: &Arc<Statements>) -> Result<u64> {
    let count = statements.count;
    store.read(move |tx| tx.one(count, params![], |row| Ok(row.get::<i64>("n")?.unsigned_abs()))).await
}

/// How many rows a table has, and a hash of all of them in the order of their keys.
#[derive(PartialEq, Eq)]
struct Fingerprint {
    rows: u64,
    hash: [u8; 32],
}

async fn fingerprint(store: &Store, statements: &Arc<Statements>, show: &mut impl FnMut(Progress)) -> Result<Fingerprint> {
    let of = count(store, statements).await?;
    let (mut hash, mut rows, mut after) = (Sha256::new(), 0, None::<Vec<Value>>);
    loop {
        show(Progress { table: statements.table.name, done: rows, of, comparing: true });
        let found = chunk(store, statements, after.as_deref()).await?;
        let Some(last) = found.last() else { break };
        rows += found.len() as u64;
        for row in &found {
            hash.update(format!("{row:?}\n"));
        }
        after = Some(last.clone());
    }
    Ok(Fingerprint { rows, hash: hash.finalize().into() })
}

/// What is asked and written of one table.
struct Statements {
    table: Table,
    within: Vec<usize>,
    any: &'static str,
    count: &'static str,
    first: &'static str,
    next: &'static str,
    last: &'static str,
    insert: &'static str,
    refer: Vec<&'static str>,
}

/// Statements live as long as the program: there are a few for each table, made once in a command that ends.
fn still(sql: String) -> &'static str {
    Box::leak(sql.into_boxed_str())
}

fn numbered(from: usize, count: usize) -> String {
    (from..from + count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}

impl Statements {
    fn of(table: Table) -> Statements {
        let name = table.name;
        let columns = table.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
        let keys: Vec<&str> = table.key.iter().map(|at| table.columns[*at].name).collect();
        let key = keys.join(", ");
        let backwards = keys.iter().map(|key| format!("{key} DESC")).collect::<Vec<_>>().join(", ");
        // What an engine keeps for itself (how far positions are given, that a copy is unfinished) is no row of the company's.
        let own = match name {
            "event_reader" => "name <> 'placed'",
            "counter" => "name <> 'copy_unfinished'",
            // Without a position it has no place in the order yet; a server that runs gives it one in a moment.
            "event" => "position IS NOT NULL",
            _ => "1 = 1",
        };
        let within: Vec<usize> = (0..table.columns.len()).filter(|at| table.columns[*at].is_within).collect();
        let by_key = table.key.iter().enumerate().map(|(n, at)| format!("{} = ${}", table.columns[*at].name, n + 2)).collect::<Vec<_>>().join(" AND ");
        Statements {
            any: still(format!("SELECT 1 AS there FROM {name} WHERE {own} LIMIT 1")),
            count: still(format!("SELECT count(*) AS n FROM {name} WHERE {own}")),
            first: still(format!("SELECT {columns} FROM {name} WHERE {own} ORDER BY {key} LIMIT $1")),
            next: still(format!(
                "SELECT {columns} FROM {name} WHERE {own} AND ({key}) > ({}) ORDER BY {key} LIMIT ${}",
                numbered(1, keys.len()),
                keys.len() + 1
            )),
            last: still(format!("SELECT {columns} FROM {name} WHERE {own} ORDER BY {backwards} LIMIT 1")),
            insert: still(format!("INSERT INTO {name} ({columns}) VALUES ({})", numbered(1, table.columns.len()))),
            refer: within.iter().map(|at| still(format!("UPDATE {name} SET {} = $1 WHERE {by_key}", table.columns[*at].name))).collect(),
            within,
            table,
        }
    }

    /// Whether a fresh database has rows in it by itself.
    fn is_own(&self) -> bool {
        ["counter", "event_reader"].contains(&self.table.name)
    }

    fn key_of(&self, row: &[Value]) -> Vec<Value> {
        self.table.key.iter().map(|at| row[*at].clone()).collect()
    }

    fn rows(&self, tx: &mut Tx<'_>, sql: &'static str, values: &[Value]) -> Result<Vec<Vec<Value>>> {
        tx.all(sql, &of(values), |row| self.table.columns.iter().map(|column| column.read(row)).collect())
    }

    fn insert(&self, tx: &mut Tx<'_>, row: &[Value]) -> Result<()> {
        let mut row = row.to_vec();
        for at in &self.within {
            row[*at] = Value::Nothing;
        }
        tx.exec(self.insert, &of(&row)).map(drop)
    }

    fn refer(&self, tx: &mut Tx<'_>, row: &[Value]) -> Result<()> {
        for (at, sql) in self.within.iter().zip(&self.refer) {
            if row[*at] != Value::Nothing {
                tx.exec(sql, &of(&[&[row[*at].clone()], self.key_of(row).as_slice()].concat()))?;
            }
        }
        Ok(())
    }
}

fn of(values: &[Value]) -> Vec<&dyn Param> {
    values.iter().map(|value| value as &dyn Param).collect()
}
