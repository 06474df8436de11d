//! The database: its schema, and whether what it says is what was written.

use super::Finding;
use crate::store::{
    Database, Error, Migration,
    snapshot::{self, Standing},
};

/// How the schema stands to this version. The second is whether the other checks can read it.
pub fn schema(database: &Database, migrations: &[Migration]) -> (Finding, bool) {
    let applied = match snapshot::applied(database) {
        Ok(applied) => applied,
        Err(Error::Unreachable(why)) => {
            return (
                Finding::fault(
                    "schema",
                    format!("the database server cannot be reached: {why}"),
                    "Start it, check address and password in --database, and the way to it",
                ),
                false,
            );
        }
        Err(error) => {
            return (
                Finding::fault(
                    "schema",
                    format!("the database {database} cannot be opened: {error}"),
                    "Keep every backup, look at the disk, and restore the newest backup that is whole",
                ),
                false,
            );
        }
    };
    match snapshot::standing(&snapshot::pairs(&applied), migrations) {
        Standing::Current => (Finding::ok("schema", format!("{database} is as this version wants it ({} steps)", applied.len())), true),
        Standing::Empty => (
            Finding::fault(
                "schema",
                format!("there is no database {database}, or nothing in it"),
                "Name the right folder with --data, or start the server once: it makes one",
            ),
            false,
        ),
        Standing::Behind(steps) => (
            Finding::warning(
                "schema",
                format!("{database} is {steps} steps behind this version; the other checks wait for it"),
                "Back up, then start the server: it brings them",
            ),
            false,
        ),
        Standing::Newer(step) if applied.iter().all(|step| step.allows(migrations) || migrations.iter().any(|known| known.name == step.name)) => (
            Finding::warning(
                "schema",
                format!("a newer Rapport has been at {database} (step {step}); this version may run beside it, and knows nothing of what is new"),
                "Replace this version everywhere when the newer one has proved itself",
            ),
            true,
        ),
        Standing::Newer(step) => (
            Finding::fault(
                "schema",
                format!("a newer Rapport has been at {database} (step {step})"),
                "Use that version, or restore a backup from before the upgrade",
            ),
            false,
        ),
        Standing::Changed(step) => (
            Finding::fault(
                "schema",
                format!("step {step} is not the one {database} was made with"),
                "Use the version it was made with; a released step is never changed",
            ),
            false,
        ),
    }
}

/// SQLite: the file is whole. PostgreSQL: the server keeps what it says it keeps.
pub fn integrity(database: &Database, deep: bool) -> Finding {
    match database {
        Database::Sqlite(path) => match snapshot::check_sqlite(path, deep) {
            Ok(found) if found.is_empty() => Finding::ok(
                "integrity",
                if deep {
                    "every page, index and reference of the database is whole"
                } else {
                    "every page of the database is whole; --deep compares indexes as well"
                },
            ),
            Ok(found) => Finding::fault(
                "integrity",
                format!("the database is damaged: {}", found.join("; ")),
                "Stop the server, keep a copy of the folder, check the disk, and restore the newest backup that is whole (rapport restore FILE --check)",
            ),
            Err(error) => Finding::fault(
                "integrity",
                format!("the database cannot be checked: {error}"),
                "Stop the server, keep a copy of the folder, check the disk, and restore the newest backup that is whole",
            ),
        },
        Database::Postgres(server) => match snapshot::server_facts(server) {
            Err(error) => Finding::fault("integrity", error.to_string(), "Start the server and check the way to it"),
            Ok(facts) if facts.version < 150_000 => Finding::fault(
                "integrity",
                format!("the server is PostgreSQL {}; Rapport is made for 15 and later", facts.version / 10_000),
                "Upgrade the server",
            ),
            Ok(facts) => {
                let off = |wanted: &str| facts.settings.iter().any(|(name, value)| name == wanted && value == "off");
                if off("fsync") {
                    Finding::fault(
                        "integrity",
                        "the server has fsync off: a power cut can destroy the whole database",
                        "Set fsync = on in postgresql.conf and restart the server",
                    )
                } else if off("full_page_writes") {
                    Finding::fault(
                        "integrity",
                        "the server has full_page_writes off: a power cut can leave half-written pages",
                        "Set full_page_writes = on in postgresql.conf and reload",
                    )
                } else if off("synchronous_commit") {
                    Finding::warning(
                        "integrity",
                        "the server's default is synchronous_commit off; Rapport turns it on for its own sessions, others lose commits in a power cut",
                        "Set synchronous_commit = on in postgresql.conf",
                    )
                } else {
                    Finding::ok(
                        "integrity",
                        format!(
                            "PostgreSQL {} with fsync, synchronous_commit and full_page_writes on; whether pages are whole its own pg_amcheck tells",
                            facts.version / 10_000
                        ),
                    )
                }
            }
        },
    }
}
