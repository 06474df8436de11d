//! Migrations: one list for both engines, in neutral types, each step its own transaction, never changed once released.
//!
//! | neutral | SQLite (STRICT) | PostgreSQL |
//! | --- | --- | --- |
//! | `uuid` | BLOB | uuid |
//! | `moment`, `bigint` | INTEGER | bigint |
//! | `boolean` | INTEGER | boolean |
//! | `string` | TEXT | text COLLATE "C" |
//! | `json` | TEXT | jsonb |
//! | `bytes` | BLOB | bytea |
//!
//! Where the engines must differ, a file has sections `-- sqlite` and `-- postgres`, closed by `-- both`.

use postgres::Client;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::{Error, Result};
use crate::clock::Moment;

/// One step of the schema.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// File name without folder, e.g. `0001_platform.sql`.
    pub name: &'static str,
    /// Its text.
    pub sql: &'static str,
}

impl Migration {
    pub(super) fn checksum(&self) -> String {
        Sha256::digest(self.sql.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The table of applied steps, on PostgreSQL.
pub(super) const TABLE_FOR_POSTGRES: &str =
    "CREATE TABLE IF NOT EXISTS schema_migration (name text COLLATE \"C\" PRIMARY KEY, checksum text NOT NULL, applied_at bigint NOT NULL)";

/// What a migration needs of an engine. Every step is a transaction of its own.
trait Schema {
    /// Makes the table of applied steps, unless it is there.
    fn begin(&mut self) -> Result<()>;
    /// The steps that were applied, with their checksums.
    fn applied(&mut self) -> Result<Vec<(String, String)>>;
    /// Applies one step, unless another process was faster.
    fn apply(&mut self, migration: &Migration, now: Moment) -> Result<()>;
}

/// Brings the schema of a SQLite file up to date. Refuses a database whose steps were changed, or that a newer binary has been at.
pub(super) fn sqlite(connection: &mut Connection, migrations: &[Migration], now: Moment) -> Result<()> {
    run(connection, migrations, now)
}

/// As [`sqlite`], for a PostgreSQL database.
pub(super) fn postgres(client: &mut Client, migrations: &[Migration], now: Moment) -> Result<()> {
    run(client, migrations, now)
}

fn run(schema: &mut impl Schema, migrations: &[Migration], now: Moment) -> Result<()> {
    schema.begin()?;
    let applied = schema.applied()?;
    for (name, _) in &applied {
        if !migrations.iter().any(|migration| migration.name == name) {
            return Err(Error::Schema(format!(
                "the database has been used by a newer Rapport (step {name}). Nothing was changed. Start that version, or restore a backup made before the upgrade"
            )));
        }
    }
    for migration in migrations {
        match applied.iter().find(|(name, _)| name == migration.name) {
            Some((_, checksum)) if *checksum == migration.checksum() => {}
            Some(_) => {
                return Err(Error::Schema(format!(
                    "step {} is not the one this database was made with. Nothing was changed. A released step must never be edited",
                    migration.name
                )));
            }
            None => schema.apply(migration, now).map_err(|error| Error::Schema(format!("step {} failed and was taken back whole: {error}", migration.name)))?,
        }
    }
    Ok(())
}

impl Schema for Connection {
    fn begin(&mut self) -> Result<()> {
        Ok(self
            .execute_batch("CREATE TABLE IF NOT EXISTS schema_migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT")?)
    }

    fn applied(&mut self) -> Result<Vec<(String, String)>> {
        let mut statement = self.prepare("SELECT name, checksum FROM schema_migration ORDER BY name")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        Ok(rows)
    }

    fn apply(&mut self, migration: &Migration, now: Moment) -> Result<()> {
        // Dropped without a commit, it takes everything back.
        let step = self.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        // Another process may have applied the step while this one waited for the lock.
        let done: bool = step.query_row("SELECT count(*) FROM schema_migration WHERE name = ?1", [migration.name], |row| row.get(0))?;
        if !done {
            step.execute_batch(&translate_for_sqlite(migration.sql))?;
            step.execute("INSERT INTO schema_migration (name, checksum, applied_at) VALUES (?1, ?2, ?3)", (migration.name, migration.checksum(), now.0))?;
        }
        Ok(step.commit()?)
    }
}

impl Schema for Client {
    fn begin(&mut self) -> Result<()> {
        // Two nodes that start at once can both find it missing; the second try finds the other's.
        Ok(self.batch_execute(TABLE_FOR_POSTGRES).or_else(|_| self.batch_execute(TABLE_FOR_POSTGRES))?)
    }

    fn applied(&mut self) -> Result<Vec<(String, String)>> {
        let rows = self.query("SELECT name, checksum FROM schema_migration ORDER BY name", &[])?;
        Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
    }

    fn apply(&mut self, migration: &Migration, now: Moment) -> Result<()> {
        let mut step = self.transaction()?;
        step.batch_execute("LOCK TABLE schema_migration IN ACCESS EXCLUSIVE MODE")?;
        let done: i64 = step.query_one("SELECT count(*) FROM schema_migration WHERE name = $1", &[&migration.name])?.get(0);
        if done == 0 {
            step.batch_execute(&translate_for_postgres(migration.sql))?;
            step.execute("INSERT INTO schema_migration (name, checksum, applied_at) VALUES ($1, $2, $3)", &[&migration.name, &migration.checksum(), &now.0])?;
        }
        Ok(step.commit()?)
    }
}

/// The text of a migration for SQLite: neutral types replaced, tables STRICT, the other engine's sections left out.
pub fn translate_for_sqlite(sql: &str) -> String {
    translate(
        sql,
        "sqlite",
        &[("uuid", "BLOB"), ("bytes", "BLOB"), ("moment", "INTEGER"), ("bigint", "INTEGER"), ("boolean", "INTEGER"), ("string", "TEXT"), ("json", "TEXT")],
        |line| match line {
            ");" => Some(") STRICT;"),
            ") WITHOUT ROWID;" => Some(") STRICT, WITHOUT ROWID;"),
            _ => None,
        },
    )
}

/// The text of a migration for PostgreSQL.
pub fn translate_for_postgres(sql: &str) -> String {
    translate(sql, "postgres", &[("bytes", "bytea"), ("moment", "bigint"), ("string", "text COLLATE \"C\""), ("json", "jsonb")], |line| match line {
        ") WITHOUT ROWID;" => Some(");"),
        _ => None,
    })
}

fn translate(sql: &str, engine: &str, types: &[(&str, &str)], line_of: impl Fn(&str) -> Option<&'static str>) -> String {
    let mut section = "both";
    let mut out = String::with_capacity(sql.len());
    for line in sql.lines() {
        match line.trim() {
            "-- sqlite" => section = "sqlite",
            "-- postgres" => section = "postgres",
            "-- both" => section = "both",
            text if text.starts_with("--") => {}
            _ if section != "both" && section != engine => {}
            text => {
                match line_of(text) {
                    Some(replaced) => out.push_str(replaced),
                    None => out.push_str(&replace_types(line.split(" -- ").next().unwrap_or(line), types)),
                }
                out.push('\n');
            }
        }
    }
    out
}

fn replace_types(line: &str, types: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(line.len());
    let mut word = String::new();
    for character in line.chars().chain(['\n']) {
        if character.is_ascii_alphanumeric() || character == '_' {
            word.push(character);
            continue;
        }
        out.push_str(types.iter().find(|(neutral, _)| *neutral == word).map_or(word.as_str(), |(_, own)| own));
        word.clear();
        out.push(character);
    }
    out.pop();
    out
}
