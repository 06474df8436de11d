//! One consistent picture of the whole database, taken beside whoever writes, and put back into an empty one.
//!
//! These functions have connections of their own and block: they belong to the command line, not to a server. None of them
//! changes the schema of the database it looks at.

use std::{collections::BTreeMap, path::Path, time::Duration};

use postgres::fallible_iterator::FallibleIterator as _;
use rusqlite::{Connection, OpenFlags, backup::Backup, backup::StepResult};
use uuid::Uuid;

use super::{Applied, Database, Error, Migration, Result, Server, migrate, postgres::on_own_thread, statements, tables};
use crate::clock::Moment;

/// Pages copied between two looks at the progress: 4 MiB.
const PAGES: i32 = 1024;
/// Bytes of rows that are kept together: in memory while they are written, and in one statement when they come back.
const PIECE: usize = 8 << 20;

/// See [`crate::crypto::State`]: what values may be sealed with.
const NEEDED_KEYS: &str = "SELECT fingerprint FROM master_key WHERE state IN ('active', 'replaced') ORDER BY state";

/// What a snapshot holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// The steps of its schema with their checksums, in order.
    pub schema: Vec<(String, String)>,
    /// Rows of each table.
    pub tables: BTreeMap<String, i64>,
    /// The newest position of the log.
    pub position: i64,
    /// Every blob that rows name, with its length.
    pub blobs: Vec<(String, i64)>,
    /// The master keys it cannot do without, the active one first; none when it is older than their table.
    pub keys: Vec<String>,
}

/// Copies a SQLite file while others write into it.
///
/// The online backup API, stepped inside a read transaction that stays open: all steps see one snapshot, a writer in another
/// process does not make it begin again, nobody waits for it (readers and the writer do not meet in WAL mode), and it can tell how
/// far it is. `VACUUM INTO` would see one snapshot as well, but builds every index anew, which takes a processor the server needs,
/// and is silent until it ends.
pub fn copy_sqlite(from: &Path, to: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<()> {
    let source = look(from)?;
    source.execute_batch("BEGIN")?;
    // The snapshot is that of the first read.
    source.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    let mut target = Connection::open(to)?;
    target.execute_batch("PRAGMA synchronous = OFF")?;
    {
        let copying = Backup::new(&source, &mut target)?;
        loop {
            match copying.step(PAGES)? {
                StepResult::Done => break,
                StepResult::More => {}
                _ => std::thread::sleep(Duration::from_millis(20)),
            }
            let pages = copying.progress();
            progress((pages.pagecount - pages.remaining).unsigned_abs().into(), pages.pagecount.unsigned_abs().into());
        }
    }
    // The copy says "WAL" in its head; as one plain file it needs no companions.
    target.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    Ok(())
}

/// What SQLite's own check finds, at most a few sentences; nothing when all is well. `thorough` also compares indexes with tables.
pub fn check_sqlite(path: &Path, thorough: bool) -> Result<Vec<String>> {
    let connection = look(path)?;
    let mut statement = connection.prepare(if thorough { "PRAGMA integrity_check(5)" } else { "PRAGMA quick_check(5)" })?;
    let mut found: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    found.retain(|sentence| sentence != "ok");
    if found.is_empty() && thorough {
        let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
        let mut rows = statement.query([])?;
        if let Some(row) = rows.next()? {
            found.push(format!("a row of {} points to a row of {} that is not there", row.get::<_, String>(0)?, row.get::<_, String>(2)?));
        }
    }
    Ok(found)
}

/// What a SQLite file holds.
pub fn contents_sqlite(path: &Path) -> Result<Contents> {
    let connection = look(path)?;
    let mut contents = Contents { schema: pairs(&applied_sqlite(&connection)?), ..Contents::default() };
    let mut statement = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")?;
    let tables: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for table in tables {
        let rows = connection.query_row(&statements::count(&table), [], |row| row.get(0))?;
        contents.tables.insert(table, rows);
    }
    if contents.tables.contains_key("master_key") {
        let mut statement = connection.prepare(NEEDED_KEYS)?;
        contents.keys = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    }
    if contents.tables.contains_key("event") {
        contents.position = connection.query_row("SELECT COALESCE(max(position), 0) FROM event", [], |row| row.get(0))?;
        let mut statement = connection.prepare("SELECT hash, size_bytes FROM blob ORDER BY hash")?;
        contents.blobs = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    }
    Ok(contents)
}

fn look(path: &Path) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    Ok(connection)
}

fn applied_sqlite(connection: &Connection) -> Result<Vec<Applied>> {
    let known: bool = connection.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'schema_migration'", [], |row| row.get(0))?;
    if !known {
        return Ok(Vec::new());
    }
    migrate::applied_sqlite(connection)
}

/// Reads every row of a PostgreSQL database in one snapshot and hands them out in pieces: the table, and one JSON object a line.
/// Tables come in the order in which the steps of the schema made them.
pub fn rows_of_postgres(
    server: &Server,
    migrations: &[Migration],
    piece: &mut (dyn FnMut(&str, &[u8]) -> std::io::Result<()> + Send),
) -> Result<(Contents, Moment)> {
    on_own_thread(move || {
        let mut client = server.connect()?;
        client.batch_execute("SET idle_in_transaction_session_timeout = 0; SET extra_float_digits = 3")?;
        let mut snapshot = client.build_transaction().isolation_level(postgres::IsolationLevel::RepeatableRead).read_only(true).start()?;
        let mut contents = Contents::default();
        let now: i64 = snapshot.query_one("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint) AS now", &[])?.get(0);
        for row in snapshot.query("SELECT name, checksum FROM schema_migration ORDER BY name", &[])? {
            contents.schema.push((row.get(0), row.get(1)));
        }
        let made: Vec<String> = snapshot
            .query("SELECT CAST(table_name AS text) FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'", &[])?
            .iter()
            .map(|row| row.get(0))
            .collect();
        let ordered = tables::names(migrations)?;
        if let Some(stranger) = made.iter().find(|table| !ordered.contains(table)) {
            return Err(Error::Schema(format!("the database has a table {stranger} that this version of Rapport does not know")));
        }
        for table in ordered.into_iter().filter(|table| made.contains(table)) {
            let rows = snapshot.query_raw(&statements::as_json(&table), std::iter::empty::<&str>())?;
            let count = in_pieces(&table, rows, piece)?;
            contents.tables.insert(table, count);
        }
        contents.position = snapshot.query_one("SELECT COALESCE(max(position), 0) FROM event", &[])?.get(0);
        for row in snapshot.query("SELECT hash, size_bytes FROM blob ORDER BY hash", &[])? {
            contents.blobs.push((row.get(0), row.get(1)));
        }
        if contents.tables.contains_key("master_key") {
            contents.keys = snapshot.query(NEEDED_KEYS, &[])?.iter().map(|row| row.get(0)).collect();
        }
        snapshot.commit()?;
        Ok((contents, Moment(now)))
    })
}

fn in_pieces(table: &str, mut rows: postgres::RowIter<'_>, piece: &mut (dyn FnMut(&str, &[u8]) -> std::io::Result<()> + Send)) -> Result<i64> {
    let (mut held, mut count) = (Vec::new(), 0);
    let mut hand_over = |held: &mut Vec<u8>| {
        let handed = piece(table, held).map_err(|error| Error::Device(error.to_string()));
        held.clear();
        handed
    };
    while let Some(row) = rows.next()? {
        held.extend_from_slice(row.try_get::<_, &str>(0)?.as_bytes());
        held.push(b'\n');
        count += 1;
        if held.len() >= PIECE {
            hand_over(&mut held)?;
        }
    }
    if !held.is_empty() {
        hand_over(&mut held)?;
    }
    Ok(count)
}

/// Whether a PostgreSQL database has no table yet, but that of the steps, which is made before anything else.
pub fn is_empty_postgres(server: &Server) -> Result<bool> {
    on_own_thread(|| {
        let mut client = server.connect()?;
        let row = client
            .query_one("SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name <> 'schema_migration'", &[])?;
        Ok(row.get::<_, i64>(0) == 0)
    })
}

/// Gives the pieces of a backup one after the other: the table, and rows as [`rows_of_postgres`] made them.
pub type Pieces<'a> = dyn FnMut() -> std::io::Result<Option<(String, Vec<u8>)>> + Send + 'a;

/// Puts a schema and its rows into an empty PostgreSQL database, all in one transaction. Before it is committed, `ready` sees what
/// the database holds and may still refuse.
pub fn fill_postgres(
    server: &Server,
    steps: &[Migration],
    pieces: &mut Pieces<'_>,
    ready: &mut (dyn FnMut(&Contents) -> Result<(), String> + Send),
) -> Result<(), Error> {
    on_own_thread(move || {
        let mut client = server.connect()?;
        client.batch_execute("SET idle_in_transaction_session_timeout = 0; SET lock_timeout = 0")?;
        let mut whole = client.transaction()?;
        whole.batch_execute(migrate::TABLE_FOR_POSTGRES)?;
        for step in steps {
            whole.batch_execute(&migrate::translate_for_postgres(step.sql))?;
        }
        let ordered = tables::names(steps)?;
        // What the steps themselves put in comes back with the rows.
        for table in ordered.iter().rev() {
            whole.execute(&statements::empty(table), &[])?;
        }
        // A row may point to a later one, so references are looked at once, at the end.
        let references: Vec<(String, String)> = whole
            .query(
                "SELECT CAST(CAST(conrelid AS regclass) AS text), CAST(conname AS text) FROM pg_constraint
                 WHERE contype = 'f' AND connamespace = CAST(current_schema() AS regnamespace)",
                &[],
            )?
            .iter()
            .map(|row| (row.get(0), row.get(1)))
            .collect();
        for (table, name) in &references {
            whole.batch_execute(&format!("ALTER TABLE {table} ALTER CONSTRAINT \"{name}\" DEFERRABLE INITIALLY DEFERRED"))?;
        }
        let mut unplaced = 0;
        while let Some((table, rows)) = pieces().map_err(|error| Error::Device(error.to_string()))? {
            if !ordered.contains(&table) {
                return Err(Error::Schema(format!("the backup has rows of a table {table} that its schema does not have")));
            }
            let rows = as_array(&table, &rows, &mut unplaced)?;
            whole.execute(&statements::from_json(&table), &[&rows])?;
        }
        whole.batch_execute("SET CONSTRAINTS ALL IMMEDIATE")?;
        for (table, name) in &references {
            whole.batch_execute(&format!("ALTER TABLE {table} ALTER CONSTRAINT \"{name}\" NOT DEFERRABLE"))?;
        }
        let mut contents = Contents::default();
        for row in whole.query("SELECT name, checksum FROM schema_migration ORDER BY name", &[])? {
            contents.schema.push((row.get(0), row.get(1)));
        }
        for table in ordered {
            let rows = whole.query_one(&statements::count(&table), &[])?.get(0);
            contents.tables.insert(table, rows);
        }
        contents.position = whole.query_one("SELECT COALESCE(max(position), 0) FROM event", &[])?.get(0);
        for row in whole.query("SELECT hash, size_bytes FROM blob ORDER BY hash", &[])? {
            contents.blobs.push((row.get(0), row.get(1)));
        }
        ready(&contents).map_err(Error::Schema)?;
        Ok(whole.commit()?)
    })
}

/// Lines of JSON as one JSON array. An event that had no position yet is numbered by its place in the backup: the number of its
/// transaction, by which the old server would have placed it, means nothing in another one.
fn as_array(table: &str, rows: &[u8], unplaced: &mut i64) -> Result<String> {
    let rows = std::str::from_utf8(rows).map_err(|_| Error::Schema(format!("the rows of {table} are not text")))?;
    let mut array = String::with_capacity(rows.len() + 2);
    for line in rows.lines() {
        array.push(if array.is_empty() { '[' } else { ',' });
        if table == "event" && line.contains("\"position\":null") {
            let mut event: serde_json::Value = serde_json::from_str(line).map_err(|error| Error::Schema(format!("a row of {table}: {error}")))?;
            *unplaced += 1;
            event["ordinal"] = (*unplaced).into();
            array.push_str(&event.to_string());
        } else {
            array.push_str(line);
        }
    }
    array.push_str(if array.is_empty() { "[]" } else { "]" });
    Ok(array)
}

/// Notes that a backup was finished. `false` when the schema is too old to have a place for it.
pub fn note_backup(database: &Database, id: Uuid, taken_at: Moment, finished_at: Moment, size_bytes: i64, files: i64) -> Result<bool> {
    const NOTE: &str = "INSERT INTO backup (id, taken_at, finished_at, size_bytes, file_count) VALUES ";
    match database {
        Database::Sqlite(path) => {
            let connection = look(path)?;
            connection.execute_batch("PRAGMA synchronous = FULL")?;
            if !connection.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'backup'", [], |row| row.get::<_, bool>(0))? {
                return Ok(false);
            }
            connection.execute(&format!("{NOTE}(?1, ?2, ?3, ?4, ?5)"), (id.as_bytes(), taken_at.0, finished_at.0, size_bytes, files))?;
            Ok(true)
        }
        Database::Postgres(server) => on_own_thread(move || {
            let mut client = server.connect()?;
            let there: bool = client.query_one("SELECT to_regclass('backup') IS NOT NULL", &[])?.get(0);
            if there {
                let statement = format!("{NOTE}(CAST(CAST($1 AS text) AS uuid), $2, $3, $4, $5)");
                client.execute(&statement, &[&id.to_string(), &taken_at.0, &finished_at.0, &size_bytes, &files])?;
            }
            Ok(there)
        }),
    }
}

/// How the schema of a database stands to the steps this version knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is no database, or nothing in it.
    Empty,
    /// As this version wants it.
    Current,
    /// The next start brings so many steps.
    Behind(usize),
    /// A newer version has made this step.
    Newer(String),
    /// This step is not the one the database was made with.
    Changed(String),
}

/// Names and checksums of steps.
pub fn pairs(applied: &[Applied]) -> Vec<(String, String)> {
    applied.iter().map(|step| (step.name.clone(), step.checksum.clone())).collect()
}

/// Compares steps that were applied with those that are known. Changes nothing.
pub fn standing(applied: &[(String, String)], migrations: &[Migration]) -> Standing {
    for (name, checksum) in applied {
        match migrations.iter().find(|migration| migration.name == name) {
            None => return Standing::Newer(name.clone()),
            Some(migration) if migration.checksum() != *checksum => return Standing::Changed(name.clone()),
            Some(_) => {}
        }
    }
    match migrations.len() - applied.len() {
        _ if applied.is_empty() => Standing::Empty,
        0 => Standing::Current,
        steps => Standing::Behind(steps),
    }
}

/// The steps a database has. Changes nothing.
pub fn applied(database: &Database) -> Result<Vec<Applied>> {
    match database {
        Database::Sqlite(path) if !path.exists() => Ok(Vec::new()),
        Database::Sqlite(path) => applied_sqlite(&look(path)?),
        Database::Postgres(server) => on_own_thread(|| {
            let mut client = server.connect()?;
            let there: bool = client.query_one("SELECT to_regclass('schema_migration') IS NOT NULL", &[])?.get(0);
            if !there {
                return Ok(Vec::new());
            }
            migrate::applied_postgres(&mut client)
        }),
    }
}

/// What a PostgreSQL server says about itself.
#[derive(Clone, Debug)]
pub struct ServerFacts {
    /// E.g. 150004.
    pub version: i64,
    /// Its settings `fsync`, `synchronous_commit` and `full_page_writes`: `on`, `off`, and for the second some more.
    pub settings: [(String, String); 3],
    /// Its clock.
    pub now: Moment,
}

/// Asks the server about itself.
pub fn server_facts(server: &Server) -> Result<ServerFacts> {
    on_own_thread(|| {
        let mut client = server.connect()?;
        let mut show = |name: &str| -> Result<(String, String)> {
            // Our own session asks for synchronous_commit, so what holds for others is what the server would reset it to.
            let row = client.query_one("SELECT reset_val FROM pg_settings WHERE name = CAST($1 AS text)", &[&name])?;
            Ok((name.to_owned(), row.get::<_, Option<String>>(0).unwrap_or_default()))
        };
        let settings = [show("fsync")?, show("synchronous_commit")?, show("full_page_writes")?];
        let version = show("server_version_num")?.1.parse().unwrap_or(0);
        let now: i64 = client.query_one("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)", &[])?.get(0);
        Ok(ServerFacts { version, settings, now: Moment(now) })
    })
}
