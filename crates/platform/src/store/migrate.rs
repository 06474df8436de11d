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
    fn checksum(&self) -> String {
        Sha256::digest(self.sql.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Brings the schema up to date. Refuses a database whose steps were changed, or that a newer binary has been at.
pub(super) fn run(connection: &Connection, migrations: &[Migration], now: Moment) -> Result<()> {
    connection
        .execute_batch("CREATE TABLE IF NOT EXISTS schema_migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT")?;
    let applied = applied(connection)?;
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
            None => apply(connection, migration, now)?,
        }
    }
    Ok(())
}

fn applied(connection: &Connection) -> Result<Vec<(String, String)>> {
    let mut statement = connection.prepare("SELECT name, checksum FROM schema_migration ORDER BY name")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

fn apply(connection: &Connection, migration: &Migration, now: Moment) -> Result<()> {
    let step = || -> Result<()> {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        // Another process may have applied the step while this one waited for the lock.
        let done: bool = connection.query_row("SELECT count(*) FROM schema_migration WHERE name = ?1", [migration.name], |row| row.get(0))?;
        if !done {
            connection.execute_batch(&translate_for_sqlite(migration.sql))?;
            connection
                .execute("INSERT INTO schema_migration (name, checksum, applied_at) VALUES (?1, ?2, ?3)", (migration.name, migration.checksum(), now.0))?;
        }
        connection.execute_batch("COMMIT")?;
        Ok(())
    };
    step().map_err(|error| {
        let _ = connection.execute_batch("ROLLBACK");
        Error::Schema(format!("step {} failed and was taken back whole: {error}", migration.name))
    })
}

/// The text of a migration for SQLite: neutral types replaced, tables STRICT, the other engine's sections left out.
pub fn translate_for_sqlite(sql: &str) -> String {
    let mut section = "both";
    let mut out = String::with_capacity(sql.len());
    for line in sql.lines() {
        match line.trim() {
            "-- sqlite" => section = "sqlite",
            "-- postgres" => section = "postgres",
            "-- both" => section = "both",
            text if text.starts_with("--") => {}
            _ if section == "postgres" => {}
            ");" => out.push_str(") STRICT;\n"),
            ") WITHOUT ROWID;" => out.push_str(") STRICT, WITHOUT ROWID;\n"),
            _ => {
                let code = line.split(" -- ").next().unwrap_or(line);
                out.push_str(&replace_types(code));
                out.push('\n');
            }
        }
    }
    out
}

fn replace_types(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut word = String::new();
    for character in line.chars().chain(['\n']) {
        if character.is_ascii_alphanumeric() || character == '_' {
            word.push(character);
            continue;
        }
        out.push_str(match word.as_str() {
            "uuid" | "bytes" => "BLOB",
            "moment" | "bigint" | "boolean" => "INTEGER",
            "string" | "json" => "TEXT",
            other => other,
        });
        word.clear();
        out.push(character);
    }
    out.pop();
    out
}
