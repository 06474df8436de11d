//! The promises of the store, each broken on purpose.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::params;

pub(super) const SCHEMA: &[Migration] = &[Migration {
    name: "0001_test.sql",
    sql: "CREATE TABLE thing (\n  id uuid PRIMARY KEY,\n  n bigint NOT NULL UNIQUE,\n  label string\n);\nCREATE TABLE counter (\n  name string PRIMARY KEY,\n  value bigint NOT NULL\n);",
}];

fn store(folder: &tempfile::TempDir) -> Store {
    Store::open(scratch::options(scratch::database(folder.path(), SCHEMA)), SCHEMA).unwrap()
}

/// A store on the engine that only this test is about.
fn on_sqlite(folder: &tempfile::TempDir) -> Store {
    Store::open(Options::at(folder.path().join("test.db")), SCHEMA).unwrap()
}

async fn add(store: &Store, n: i64) -> Result<uuid::Uuid> {
    store
        .write(move |tx| {
            let id = tx.id();
            tx.exec("INSERT INTO thing (id, n) VALUES ($1, $2)", params![id, n])?;
            Ok(id)
        })
        .await
}

async fn numbers(store: &Store) -> Vec<i64> {
    store.read(|tx| tx.all("SELECT n FROM thing ORDER BY n", params![], |row| row.get("n"))).await.unwrap()
}

#[tokio::test]
async fn parameters_are_bound_by_name_and_not_by_first_appearance() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    add(&store, 1).await.unwrap();
    add(&store, 2).await.unwrap();

    store.write(|tx| tx.exec("UPDATE thing SET label = $2 WHERE n = $1", params![2_i64, "two"])).await.unwrap();

    let labels: Vec<Option<String>> = store.read(|tx| tx.all("SELECT label FROM thing ORDER BY n", params![], |row| row.get("label"))).await.unwrap();
    assert_eq!(labels, [None, Some("two".to_owned())]);
}

#[tokio::test]
async fn a_failing_closure_leaves_its_neighbours_in_the_batch_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    add(&store, 7).await.unwrap();

    let writes: Vec<_> = (0..100)
        .map(|n| {
            let store = store.clone();
            async move { add(&store, n).await }
        })
        .collect();
    let results = futures_util::future::join_all(writes).await;

    assert_eq!(results.iter().filter(|result| result.is_err()).count(), 1, "only the duplicate 7 fails");
    assert!(results[7].as_ref().is_err_and(Error::is_duplicate));
    assert_eq!(numbers(&store).await, (0..100).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_closure_that_gives_up_after_writing_takes_back_its_own_rows_and_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);

    let writes: Vec<_> = (0..60)
        .map(|n| {
            let store = store.clone();
            async move {
                store
                    .write(move |tx| {
                        let id: uuid::Uuid = tx.id();
                        tx.exec("INSERT INTO thing (id, n) VALUES ($1, $2)", params![id, n])?;
                        if n % 7 == 3 { Err(Error::NotFound) } else { Ok(id) }
                    })
                    .await
            }
        })
        .collect();
    let results = futures_util::future::join_all(writes).await;

    let kept: Vec<i64> = (0..60).filter(|n| n % 7 != 3).collect();
    assert_eq!(numbers(&store).await, kept);
    let answered: Vec<i64> = (0..60).zip(&results).filter(|(_, result)| result.is_ok()).map(|(n, _)| n).collect();
    assert_eq!(answered, kept, "whoever was told that it is kept finds it kept");
}

#[tokio::test]
async fn while_writes_are_refused_nothing_is_begun_but_what_goes_into_the_reserve() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);

    store.refuse_writes(true);
    let refused = add(&store, 1).await;
    let in_background = store.write_in_background(|_| Ok::<_, Error>(())).await;
    let small = store.write_into_reserve(|tx| tx.exec("INSERT INTO thing (id, n) VALUES ($1, 2)", params![uuid::Uuid::nil()])).await;

    assert!(matches!(refused, Err(Error::Full)));
    assert!(matches!(in_background, Err(Error::Full)));
    assert_eq!(small.unwrap(), 1);
    assert_eq!(numbers(&store).await, [2], "and reading goes on");

    store.refuse_writes(false);
    add(&store, 3).await.unwrap();
    assert_eq!(numbers(&store).await, [2, 3]);
}

#[tokio::test]
async fn a_panic_fails_its_own_closure_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);

    let panicking = store.write::<(), Error>(|tx| {
        tx.exec("INSERT INTO thing (id, n) VALUES ($1, 1)", params![uuid::Uuid::nil()])?;
        panic!("on purpose")
    });
    let (broken, fine) = tokio::join!(panicking, add(&store, 2));

    assert!(matches!(broken, Err(Error::Panicked)));
    fine.unwrap();
    assert_eq!(numbers(&store).await, [2]);
}

#[tokio::test]
async fn an_error_that_was_swallowed_still_undoes_the_closure() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    add(&store, 1).await.unwrap();

    let result = store
        .write(|tx| {
            tx.exec("INSERT INTO thing (id, n) VALUES ($1, 5)", params![uuid::Uuid::nil()])?;
            let _swallowed = tx.exec("INSERT INTO thing (id, n) VALUES ($1, 1)", params![uuid::Uuid::max()]);
            Ok::<_, Error>(())
        })
        .await;

    assert!(matches!(result, Err(Error::Poisoned)));
    assert_eq!(numbers(&store).await, [1]);
}

#[tokio::test]
async fn a_savepoint_takes_back_only_itself() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);

    store
        .write(|tx| {
            tx.exec("INSERT INTO thing (id, n) VALUES ($1, 1)", params![uuid::Uuid::nil()])?;
            let inner: Result<()> = tx.savepoint(|tx| {
                tx.exec("INSERT INTO thing (id, n) VALUES ($1, 2)", params![uuid::Uuid::max()])?;
                Err(Error::NotFound)
            });
            assert!(inner.is_err());
            Ok::<_, Error>(())
        })
        .await
        .unwrap();

    assert_eq!(numbers(&store).await, [1]);
}

#[tokio::test]
async fn a_batch_that_fails_as_a_whole_runs_each_closure_alone_with_the_same_ids() {
    let folder = tempfile::tempdir().unwrap();
    let store = on_sqlite(&folder);
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = runs.clone();

    // The first run ends the transaction underneath, as a full disk does; the second, alone, goes through.
    let id: (uuid::Uuid, uuid::Uuid) = store
        .write(move |tx| {
            let id: uuid::Uuid = tx.id();
            if counted.fetch_add(1, Ordering::SeqCst) == 0 {
                tx.exec("ROLLBACK", params![])?;
                return Ok::<_, Error>((id, id));
            }
            tx.exec("INSERT INTO thing (id, n) VALUES ($1, 3)", params![id])?;
            Ok((id, tx.one("SELECT id FROM thing WHERE n = 3", params![], |row| row.get("id"))?))
        })
        .await
        .unwrap();

    assert_eq!(runs.load(Ordering::SeqCst), 2);
    assert_eq!(id.0, id.1);
    assert_eq!(numbers(&store).await, [3]);
}

#[tokio::test]
async fn a_full_disk_refuses_the_write_and_recovers_without_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let store = on_sqlite(&folder);
    add(&store, 1).await.unwrap();
    let limit = |pages: i64| {
        let store = store.clone();
        async move {
            store
                .write(move |tx| match pages {
                    0 => tx.one("PRAGMA max_page_count = 1073741823", params![], |_| Ok(())),
                    _ => tx.one("PRAGMA max_page_count = 8", params![], |_| Ok(())),
                })
                .await
        }
    };
    limit(8).await.unwrap();

    let big = "x".repeat(1_000_000);
    let refused = store.write(move |tx| tx.exec("INSERT INTO thing (id, n, label) VALUES ($1, 2, $2)", params![uuid::Uuid::nil(), big])).await;
    assert!(matches!(refused, Err(Error::Full)), "{refused:?}");
    assert_eq!(numbers(&store).await, [1]);

    limit(0).await.unwrap();
    add(&store, 3).await.unwrap();
    assert_eq!(numbers(&store).await, [1, 3]);
}

#[tokio::test]
async fn readers_cannot_write() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);

    assert!(store.read(|tx| tx.exec("DELETE FROM thing", params![])).await.is_err());
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_reopening() {
    let folder = tempfile::tempdir().unwrap();
    let first = on_sqlite(&folder);
    add(&first, 42).await.unwrap();
    first.close();
    assert!(matches!(add(&first, 43).await, Err(Error::Closed)));

    assert_eq!(numbers(&on_sqlite(&folder)).await, [42]);
}

#[test]
fn a_changed_or_newer_schema_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    on_sqlite(&folder).close();
    let path = || Options::at(folder.path().join("test.db"));

    let changed = [Migration { name: "0001_test.sql", sql: "CREATE TABLE other (\n  id uuid PRIMARY KEY\n);" }];
    assert!(Store::open(path(), &changed).err().unwrap().to_string().contains("never be edited"));
    assert!(Store::open(path(), &[]).err().unwrap().to_string().contains("newer Rapport"));
}

#[test]
fn a_step_that_fails_is_taken_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let broken = [SCHEMA[0], Migration { name: "0002_broken.sql", sql: "CREATE TABLE extra (\n  id uuid PRIMARY KEY\n);\nSELECT no_such_function();" }];
    assert!(Store::open(Options::at(folder.path().join("test.db")), &broken).is_err());

    let mended = [SCHEMA[0], Migration { name: "0002_broken.sql", sql: "CREATE TABLE extra (\n  id uuid PRIMARY KEY\n);" }];
    Store::open(Options::at(folder.path().join("test.db")), &mended).unwrap();
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    /// Text of any kind, from any language, comes back as it went in.
    #[test]
    fn text_comes_back_as_it_went_in(label in "[^\0]{0,40}") {
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let expected = label.clone();
        let read: String = runtime.block_on(async {
            let store = store(&folder);
            store.write(move |tx| tx.exec("INSERT INTO thing (id, n, label) VALUES ($1, 1, $2)", params![uuid::Uuid::nil(), label])).await.unwrap();
            store.read(|tx| tx.one("SELECT label FROM thing", params![], |row| row.get("label"))).await.unwrap()
        });
        proptest::prop_assert_eq!(read, expected);
    }
}
