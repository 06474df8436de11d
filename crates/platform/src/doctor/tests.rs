//! Faults made on purpose, each found by its check; the same place without the fault is well.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    time::Duration,
};

use super::*;
use crate::{
    blobs::Blobs,
    clock::{Clock, Moment},
    crypto::Vault,
    ids::Chance,
    params,
    store::{Database, Migration, Store, scratch},
};

const SCHEMA: &[Migration] = &[
    Migration { name: "0001_platform.sql", sql: include_str!("../../../../migrations/0001_platform.sql") },
    Migration { name: "0007_backups.sql", sql: include_str!("../../../../migrations/0007_backups.sql") },
];

fn mode(path: &std::path::Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_folder_or_key_that_others_may_read_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    mode(data, 0o700);
    Vault::read_or_make(&data.join("master.key"), &Chance::Real, Clock::Real.now()).unwrap();
    assert_eq!((super::folder(data, &Chance::Real).status, key(data).status), (Status::Ok, Status::Ok));

    mode(data, 0o755);
    mode(&data.join("master.key"), 0o644);
    let (folder, key_found) = (super::folder(data, &Chance::Real), key(data));
    assert_eq!((folder.status, key_found.status), (Status::Warning, Status::Fault));
    assert!(folder.mend.unwrap().contains("chmod 700") && key_found.mend.unwrap().contains("chmod 600"));

    fs::write(data.join("master.key"), "not a key").unwrap();
    assert_eq!(key(data).status, Status::Fault);
    fs::remove_file(data.join("master.key")).unwrap();
    assert!(key(data).says.contains("is missing"));
    assert_eq!(super::folder(&data.join("nowhere"), &Chance::Real).status, Status::Fault);
    assert_eq!(fs::read_dir(data).unwrap().count(), 0, "looking leaves nothing behind");
}

#[test]
fn a_clock_in_the_past_and_events_in_the_future_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::Sqlite(folder.path().join("rapport.db"));
    let found = |clock: &Clock, newest| clock_of(folder.path(), clock, newest, &database);
    let now = Clock::Real.now();

    assert_eq!(found(&Clock::Real, Some(now)).status, Status::Ok);
    assert_eq!(found(&Clock::Real, Some(now.plus(Duration::from_secs(3600)))).status, Status::Fault);
    assert!(found(&Clock::fake(Moment::parse("2019-05-01T00:00:00Z").unwrap()), None).says.contains("in the past"));
    let behind = found(&Clock::fake(now.minus(Duration::from_secs(600))), None);
    assert_eq!(behind.status, Status::Warning, "{behind:?}");
}

fn clock_of(data: &std::path::Path, clock: &Clock, newest: Option<Moment>, database: &Database) -> Finding {
    super::clock(data, clock, newest, database, &Chance::Real)
}

#[tokio::test]
async fn work_that_waits_was_given_up_or_fails_again_and_again_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::fake(Clock::Real.now());
    let options = crate::store::Options { clock: clock.clone(), ..scratch::options(scratch::database(folder.path(), SCHEMA)) };
    let store = Store::open(options, SCHEMA).unwrap();
    let look = || async {
        let asked = store.read(|tx| Ok::<_, crate::store::Error>([jobs(tx, true)?, reactions(tx)?, log(tx, true)?.0, backups(tx)?]));
        asked.await.unwrap().map(|finding| finding.status)
    };
    assert_eq!(look().await, [Status::Ok; 4]);

    let write = |sql: &'static str| store.write(move |tx| tx.exec(sql, params![tx.now(), uuid::Uuid::nil()]));
    write("INSERT INTO job (id, kind, payload, unique_key, run_at, lease_until, fence, attempts, created_at, failed_at, last_error) VALUES ($2, 'wake', '{}', 'x', $1, 0, 1, 12, $1, $1, 'no')").await.unwrap();
    write("INSERT INTO reaction_retry (reaction, stream, position, attempts, next_at, error) VALUES ('keep', $2, 1, 3, $1, 'no')").await.unwrap();
    assert_eq!(look().await[..2], [Status::Warning, Status::Warning]);

    store.write(crate::jobs::try_failed_again).await.unwrap();
    assert_eq!(look().await[0], Status::Ok, "tried again");
    write("INSERT INTO event_reader (name, position) VALUES ('reactions', 0)").await.unwrap();
    write("INSERT INTO event (position, id, at, kind, schema, actor_kind, stream, version, scope, depth, payload) VALUES (1, $2, $1, 'x', 1, 'system', $2, 1, '{}', 0, '{}')").await.unwrap();
    write("INSERT INTO backup (id, taken_at, finished_at, size_bytes, file_count) VALUES ($2, $1, $1, 1, 0)").await.unwrap();
    assert_eq!(look().await, [Status::Ok, Status::Warning, Status::Ok, Status::Ok]);
    clock.advance(Duration::from_secs(3 * 24 * 3600));

    assert_eq!(look().await, [Status::Fault, Status::Warning, Status::Fault, Status::Warning]);
    store.close();
}

#[test]
fn an_upload_that_is_missing_or_damaged_is_told_with_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let kept = Blobs::open(folder.path()).unwrap();
    let named: Vec<(String, i64)> = ["one", "two", "three"]
        .into_iter()
        .map(|text| {
            let mut incoming = kept.begin(&Chance::Real).unwrap();
            incoming.write(text.as_bytes()).unwrap();
            let blob = incoming.finish().unwrap();
            (blob.hash, blob.size_bytes)
        })
        .collect();
    let look = |deep| uploads(&kept, &named, deep, &Chance::Real, &mut |_, _| {});
    assert_eq!((look(false).status, look(true).status), (Status::Ok, Status::Ok));

    let path = |hash: &str| folder.path().join(&hash[..2]).join(&hash[2..]);
    fs::write(path(&named[1].0), "twO").unwrap();
    let damaged = look(true);
    assert_eq!(damaged.status, Status::Fault);
    assert!(damaged.says.contains(&named[1].0[2..]) && damaged.says.contains("damaged"), "{}", damaged.says);
    kept.remove(&named[0].0).unwrap();
    let both = look(false);
    assert!(both.says.contains("1 of 3 uploads are missing") && both.says.contains(&named[0].0[2..]), "{}", both.says);
}

#[tokio::test]
async fn a_database_that_is_empty_older_newer_or_damaged_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let database = scratch::database(folder.path(), SCHEMA);
    Store::open(scratch::options(database.clone()), SCHEMA).unwrap().close();
    let status = |migrations: &[Migration]| (schema(&database, migrations).0.status, schema(&database, migrations).1);

    assert_eq!(status(SCHEMA), (Status::Ok, true));
    assert_eq!(status(&SCHEMA[..1]), (Status::Fault, false));
    let longer = [SCHEMA[0], SCHEMA[1], Migration { name: "0008_more.sql", sql: "" }];
    assert_eq!(status(&longer), (Status::Warning, false));
    assert_eq!(schema(&Database::Sqlite(folder.path().join("nowhere.db")), SCHEMA).0.status, Status::Fault);
    assert!(!folder.path().join("nowhere.db").exists());
    if let Database::Sqlite(path) = &database {
        assert_eq!(integrity(&database, true).status, Status::Ok);
        let mut bytes = fs::read(path).unwrap();
        let end = bytes.len();
        bytes[end - 4096..end - 4000].fill(0xff);
        fs::write(path, bytes).unwrap();
        assert_eq!(integrity(&database, false).status, Status::Fault);
    }
}
