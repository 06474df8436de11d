//! Two versions of one program on one database: N has a step more than N-1, which adds what N-1 does not miss, or not.

use super::*;
use crate::params;

const FIRST: Migration = Migration {
    name: "0001_things.sql",
    sql: "CREATE TABLE event (\n  position bigint PRIMARY KEY\n);\nCREATE TABLE thing (\n  id uuid PRIMARY KEY,\n  name string NOT NULL\n);\n",
};
const WIDER: Migration = Migration {
    name: "0002_wider.sql",
    sql: "-- oldest: 0001_things.sql\nALTER TABLE thing ADD COLUMN weight bigint NOT NULL DEFAULT 0;\nCREATE TABLE shelf (\n  id uuid PRIMARY KEY\n);\n",
};
const NARROWER: Migration = Migration { name: "0003_narrower.sql", sql: "ALTER TABLE thing DROP COLUMN name;\n" };

fn open(database: &Database, migrations: &[Migration]) -> Result<Store> {
    Store::open(scratch::options(database.clone()), migrations)
}

async fn add(store: &Store, name: &'static str) {
    let added = store.write(move |tx| {
        let id = tx.id::<uuid::Uuid>();
        tx.exec("INSERT INTO thing (id, name) VALUES ($1, $2)", params![id, name])
    });
    added.await.unwrap();
}

async fn names(store: &Store) -> Vec<String> {
    store.read(|tx| tx.all("SELECT name FROM thing ORDER BY name", params![], |row| row.get("name"))).await.unwrap()
}

#[tokio::test]
async fn a_binary_and_the_one_before_it_run_together_where_the_step_between_them_only_adds() {
    let folder = tempfile::tempdir().unwrap();
    let database = scratch::database(folder.path(), &[FIRST]);
    let older = open(&database, &[FIRST]).unwrap();
    add(&older, "a").await;

    let newer = open(&database, &[FIRST, WIDER]).unwrap();
    add(&older, "b").await;
    add(&newer, "c").await;
    assert_eq!((names(&older).await, names(&newer).await.len()), (vec!["a".into(), "b".into(), "c".into()], 3));
    older.close();

    // Started anew, the older one finds a step it does not know, and that it may.
    let older = open(&database, &[FIRST]).unwrap();
    assert_eq!(older.ahead(), ["0002_wider.sql"]);
    add(&older, "d").await;
    assert_eq!(names(&newer).await.len(), 4);
    let weights = newer.read(|tx| tx.one("SELECT CAST(sum(weight) AS bigint) AS n FROM thing", params![], |row| row.get::<i64>("n"))).await.unwrap();
    assert_eq!(weights, 0);
    let refused = copy::copy(&older, &newer, &[FIRST], |_| {}).await.unwrap_err().to_string();
    assert!(refused.contains("0002_wider.sql") && refused.contains("Copy with that version"), "{refused}");
    let (finding, readable) = crate::doctor::schema(&database, &[FIRST]);
    assert_eq!((finding.status, readable), (crate::doctor::Status::Warning, true));
    older.close();
    newer.close();
}

#[tokio::test]
async fn a_binary_that_is_too_old_for_the_schema_is_refused_with_what_it_lacks_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let database = scratch::database(folder.path(), &[FIRST]);
    open(&database, &[FIRST, WIDER, NARROWER]).unwrap().close();
    let before = snapshot::applied(&database).unwrap();

    for older in [&[FIRST][..], &[FIRST, WIDER]] {
        let refused = open(&database, older).map(drop).unwrap_err().to_string();
        assert!(refused.contains("too old for it") && refused.contains("0003_narrower.sql") && refused.contains("Nothing was changed"), "{refused}");
    }

    assert_eq!(snapshot::applied(&database).unwrap(), before);
    assert_eq!(crate::doctor::schema(&database, &[FIRST, WIDER]).0.status, crate::doctor::Status::Fault);
    open(&database, &[FIRST, WIDER, NARROWER]).unwrap().close();
}

/// A database from before steps said which binary they allow.
#[tokio::test]
async fn a_step_that_says_nothing_allows_no_older_binary() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::Sqlite(folder.path().join("old.db"));
    let Database::Sqlite(path) = &database else { return };
    rusqlite::Connection::open(path)
        .unwrap()
        .execute_batch("CREATE TABLE schema_migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT; INSERT INTO schema_migration VALUES ('0002_wider.sql', 'x', 1)")
        .unwrap();

    let refused = open(&database, &[FIRST]).map(drop).unwrap_err().to_string();

    assert!(refused.contains("0002_wider.sql is needed"), "{refused}");
}
