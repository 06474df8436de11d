//! A database of its own for each test: a file, or with `RAPPORT_TEST_POSTGRES` a fresh database of that server.
//!
//! The variable holds a URL whose user may create databases, e.g. of the throw-away server that `scripts/with-postgres` starts.

use std::{
    collections::HashMap,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{Database, Migration, Options, Server, Store};

/// Names the server tests may make databases on.
pub const VARIABLE: &str = "RAPPORT_TEST_POSTGRES";

static MADE: AtomicU64 = AtomicU64::new(0);
/// For each schema, the database new ones are copied from.
static TEMPLATES: Mutex<Option<HashMap<String, String>>> = Mutex::new(None);

/// Whether tests run on PostgreSQL.
pub fn is_postgres() -> bool {
    std::env::var_os(VARIABLE).is_some()
}

/// An empty database with the schema of `migrations`; `folder` receives the file.
///
/// # Panics
/// When the server of [`VARIABLE`] cannot be used.
#[expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that has no database must fail")]
pub fn database(folder: &Path, migrations: &[Migration]) -> Database {
    let Ok(url) = std::env::var(VARIABLE) else { return Database::Sqlite(folder.join("rapport.db")) };
    let (url, migrations) = (url.clone(), migrations.to_vec());
    // The blocking client must not run on a thread of an asynchronous runtime.
    let work = move || {
        let mut templates = TEMPLATES.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let templates = templates.get_or_insert_default();
        let mut admin = Server::parse(&url).expect("the URL of the test server").connect().expect("the test server");
        let schema: String = migrations.iter().map(|migration| migration.name.to_owned() + migration.sql).collect();
        let template = templates.entry(schema).or_insert_with(|| {
            let name = fresh_name("template");
            admin.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
            let options = Options { readers: 1, writers: 1, ..Options::of(Database::Postgres(server(&url, &name))) };
            Store::open(options, &migrations).unwrap().close();
            name
        });
        let name = fresh_name("test");
        admin.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}")).unwrap();
        Database::Postgres(server(&url, &name))
    };
    #[expect(clippy::disallowed_methods, reason = "a thread of the test's own")]
    std::thread::spawn(work).join().expect("the test server gives a database")
}

/// The usual options, with few connections: many tests share the server.
pub fn options(database: Database) -> Options {
    let (readers, writers) = if matches!(database, Database::Postgres(_)) { (2, 3) } else { (2, 1) };
    Options { readers, writers, ..Options::of(database) }
}

fn fresh_name(what: &str) -> String {
    format!("rapport_{what}_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed))
}

#[expect(clippy::expect_used, reason = "a test that has no database must fail")]
fn server(url: &str, name: &str) -> Server {
    let (address, settings) = url.split_once('?').unwrap_or((url, ""));
    let (host, _) = address.rsplit_once('/').expect("a URL that ends in a database");
    Server::parse(&format!("{host}/{name}?{settings}")).expect("the URL of the test server")
}
