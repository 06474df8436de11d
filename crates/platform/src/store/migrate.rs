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
//!
//! **The oldest binary.** A step whose first line is `-- oldest: 0012_that.sql` may be there while a binary runs that knows the steps up to
//! that one and not this: it only adds what such a binary does not miss. Without the line only binaries that know the step may run.
//! What a database allows is kept beside the step, so that an older binary can read it.

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
    /// The oldest binary that may run on a database with this step, named by the newest step it must know.
    pub fn oldest(&self) -> &'static str {
        self.sql.lines().next().and_then(|line| line.strip_prefix("-- oldest: ")).map_or(self.name, str::trim)
    }

    pub(super) fn checksum(&self) -> String {
        Sha256::digest(self.sql.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The table of applied steps, on PostgreSQL.
pub(super) const TABLE_FOR_POSTGRES: &str =
    "CREATE TABLE IF NOT EXISTS schema_migration (name text COLLATE \"C\" PRIMARY KEY, checksum text NOT NULL, applied_at bigint NOT NULL, oldest text)";

/// A step that a database has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Its name.
    pub name: String,
    /// Of its text.
    pub checksum: String,
    /// The oldest binary that may run with it, by the newest step it must know; this step, when it does not say.
    pub oldest: Option<String>,
}

impl Applied {
    /// Whether a binary that knows `migrations` may run on a database that has this step.
    pub fn allows(&self, migrations: &[Migration]) -> bool {
        let needed = self.oldest.as_ref().unwrap_or(&self.name);
        migrations.iter().any(|migration| migration.name == *needed)
    }
}

/// What a migration needs of an engine. Every step is a transaction of its own.
trait Schema {
    /// Makes the table of applied steps, unless it is there.
    fn begin(&mut self) -> Result<()>;
    /// The steps that were applied.
    fn applied(&mut self) -> Result<Vec<Applied>>;
    /// Applies one step, unless another process was faster.
    fn apply(&mut self, migration: &Migration, now: Moment) -> Result<()>;
}

/// Brings the schema of a SQLite file up to date. Refuses a database whose steps were changed, or that a newer binary has made too
/// new for this one; gives the steps of a newer binary that this one may run with.
pub(super) fn sqlite(connection: &mut Connection, migrations: &[Migration], now: Moment) -> Result<Vec<String>> {
    run(connection, migrations, now)
}

/// As [`sqlite`], for a PostgreSQL database.
pub(super) fn postgres(client: &mut Client, migrations: &[Migration], now: Moment) -> Result<Vec<String>> {
    run(client, migrations, now)
}

fn run(schema: &mut impl Schema, migrations: &[Migration], now: Moment) -> Result<Vec<String>> {
    schema.begin()?;
    let applied = schema.applied()?;
    let newer: Vec<&Applied> = applied.iter().filter(|step| !migrations.iter().any(|migration| migration.name == step.name)).collect();
    if let Some(step) = newer.iter().find(|step| !step.allows(migrations)) {
        return Err(Error::Schema(format!(
            "the database has been used by a newer Rapport (step {}), and this one is too old for it: it knows steps up to {}, and {} is needed. \
             Nothing was changed. Start that version, or restore a backup made before the upgrade",
            step.name,
            migrations.last().map_or("none", |migration| migration.name),
            step.oldest.as_ref().unwrap_or(&step.name)
        )));
    }
    for migration in migrations {
        match applied.iter().find(|step| step.name == migration.name) {
            Some(step) if step.checksum == migration.checksum() => {}
            Some(_) => {
                return Err(Error::Schema(format!(
                    "step {} is not the one this database was made with. Nothing was changed. A released step must never be edited",
                    migration.name
                )));
            }
            None => schema.apply(migration, now).map_err(|error| Error::Schema(format!("step {} failed and was taken back whole: {error}", migration.name)))?,
        }
    }
    Ok(newer.into_iter().map(|step| step.name.clone()).collect())
}

impl Schema for Connection {
    fn begin(&mut self) -> Result<()> {
        self.execute_batch(
            "CREATE TABLE IF NOT EXISTS schema_migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL, oldest TEXT) STRICT",
        )?;
        // Databases from before a step could say it. Two that start at once may both find it missing; the second finds the first's.
        let there = |connection: &Connection| {
            connection.query_row("SELECT count(*) FROM pragma_table_info('schema_migration') WHERE name = 'oldest'", [], |row| row.get::<_, bool>(0))
        };
        if !there(self)?
            && let Err(error) = self.execute_batch("ALTER TABLE schema_migration ADD COLUMN oldest TEXT")
            && !there(self)?
        {
            return Err(error.into());
        }
        Ok(())
    }

    fn applied(&mut self) -> Result<Vec<Applied>> {
        applied_sqlite(self)
    }

    fn apply(&mut self, migration: &Migration, now: Moment) -> Result<()> {
        // Dropped without a commit, it takes everything back.
        let step = self.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        // Another process may have applied the step while this one waited for the lock.
        let done: bool = step.query_row("SELECT count(*) FROM schema_migration WHERE name = ?1", [migration.name], |row| row.get(0))?;
        if !done {
            step.execute_batch(&translate_for_sqlite(migration.sql))?;
            let row = (migration.name, migration.checksum(), now.0, migration.oldest());
            step.execute("INSERT INTO schema_migration (name, checksum, applied_at, oldest) VALUES (?1, ?2, ?3, ?4)", row)?;
        }
        Ok(step.commit()?)
    }
}

impl Schema for Client {
    fn begin(&mut self) -> Result<()> {
        // Two nodes that start at once can both find it missing; the second try finds the other's.
        self.batch_execute(TABLE_FOR_POSTGRES).or_else(|_| self.batch_execute(TABLE_FOR_POSTGRES))?;
        // Databases from before a step could say it; asked first, because changing a table waits for everybody who uses it.
        if !says_oldest(self)? {
            self.batch_execute("ALTER TABLE schema_migration ADD COLUMN IF NOT EXISTS oldest text")?;
        }
        Ok(())
    }

    fn applied(&mut self) -> Result<Vec<Applied>> {
        applied_postgres(self)
    }

    fn apply(&mut self, migration: &Migration, now: Moment) -> Result<()> {
        let mut step = self.transaction()?;
        step.batch_execute("LOCK TABLE schema_migration IN ACCESS EXCLUSIVE MODE")?;
        let done: i64 = step.query_one("SELECT count(*) FROM schema_migration WHERE name = $1", &[&migration.name])?.get(0);
        if done == 0 {
            step.batch_execute(&translate_for_postgres(migration.sql))?;
            step.execute(
                "INSERT INTO schema_migration (name, checksum, applied_at, oldest) VALUES ($1, $2, $3, $4)",
                &[&migration.name, &migration.checksum(), &now.0, &migration.oldest()],
            )?;
        }
        Ok(step.commit()?)
    }
}

/// The steps of a SQLite file that has the table of steps. Changes nothing.
pub(super) fn applied_sqlite(connection: &Connection) -> Result<Vec<Applied>> {
    let says: bool = connection.query_row("SELECT count(*) FROM pragma_table_info('schema_migration') WHERE name = 'oldest'", [], |row| row.get(0))?;
    let mut statement = connection.prepare(if says {
        "SELECT name, checksum, oldest FROM schema_migration ORDER BY name"
    } else {
        "SELECT name, checksum, NULL FROM schema_migration ORDER BY name"
    })?;
    let rows = statement.query_map([], |row| Ok(Applied { name: row.get(0)?, checksum: row.get(1)?, oldest: row.get(2)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The steps of a PostgreSQL database that has the table of steps. Changes nothing.
pub(super) fn applied_postgres(client: &mut Client) -> Result<Vec<Applied>> {
    let oldest = if says_oldest(client)? { "oldest" } else { "CAST(NULL AS text)" };
    let rows = client.query(&format!("SELECT name, checksum, {oldest} FROM schema_migration ORDER BY name"), &[])?;
    Ok(rows.iter().map(|row| Applied { name: row.get(0), checksum: row.get(1), oldest: row.get(2) }).collect())
}

fn says_oldest(client: &mut Client) -> Result<bool> {
    const ASK: &str = "SELECT count(*) FROM information_schema.columns
        WHERE table_schema = current_schema() AND table_name = 'schema_migration' AND column_name = 'oldest'";
    Ok(client.query_one(ASK, &[])?.get::<_, i64>(0) > 0)
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
