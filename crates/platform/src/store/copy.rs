//! Copying everything from one database to another, whichever engines they are: in the order of keys, a few hundred rows a
//! transaction, so that a copy that was cut goes on where it was; verified by counts and hashes of every table on both sides.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{
    Error, Migration, Result, Store, Tx,
    statements::Statements,
    tables::{Value, tables},
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
