//! Backups of a small schema: the round trip, and files that are not what they should be.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use super::*;
use crate::{
    blobs::{self, Blobs},
    crypto::Vault,
    params,
    store::{Error, Store, scratch},
};

const PLATFORM: &[Migration] = &[
    Migration { name: "0001_platform.sql", sql: include_str!("../../../../migrations/0001_platform.sql") },
    // A table whose rows may point to later ones, and what else can stand in a column.
    Migration {
        name: "0002_things.sql",
        sql: "CREATE TABLE thing (\n  id uuid PRIMARY KEY,\n  parent_id uuid REFERENCES thing (id),\n  name string NOT NULL,\n  secret bytes,\n  on_shelf boolean NOT NULL,\n  words json NOT NULL,\n  amount bigint NOT NULL,\n  seen_at moment\n);\n-- postgres\nALTER TABLE event ADD COLUMN ordinal bigint NOT NULL DEFAULT 0;\nINSERT INTO event_reader (name, position) VALUES ('placed', 0);\n-- both\n",
    },
    Migration { name: "0007_backups.sql", sql: include_str!("../../../../migrations/0007_backups.sql") },
];

struct House {
    folder: tempfile::TempDir,
    database: Database,
}

impl House {
    /// An installation with some rows, an upload and a key; what is open is closed again.
    async fn furnished() -> House {
        let folder = tempfile::tempdir().unwrap();
        let database = scratch::database(folder.path(), PLATFORM);
        let store = Store::open(scratch::options(database.clone()), PLATFORM).unwrap();
        Vault::read_or_make(&folder.path().join("master.key"), &Chance::Real, Clock::Real.now()).unwrap();
        let kept = Blobs::open(folder.path().join("files")).unwrap();
        let mut incoming = kept.begin(&Chance::Real).unwrap();
        incoming.write(b"a picture of a door").unwrap();
        let blob = incoming.finish().unwrap();
        store
            .write(move |tx| {
                let (child, parent) = (tx.id::<uuid::Uuid>(), tx.id::<uuid::Uuid>());
                for (id, name, amount) in [(parent, "Zażółć \"gęślą\"\n\\jaźń", i64::MAX), (child, "", -9_007_199_254_740_993)] {
                    tx.exec(
                        "INSERT INTO thing (id, parent_id, name, secret, on_shelf, words, amount, seen_at) VALUES ($1, NULL, $2, $3, $4, $5, $6, $7)",
                        params![
                            id,
                            name,
                            vec![0_u8, 255, 92],
                            amount > 0,
                            crate::store::JsonText::of(&serde_json::json!({"a": [1, null, "\\n"]})),
                            amount,
                            None::<crate::clock::Moment>
                        ],
                    )?;
                }
                // The row that comes first points to one that comes later.
                tx.exec("UPDATE thing SET parent_id = $2 WHERE id = $1", params![child, parent])?;
                blobs::refer(tx, &blob, "thing", parent)
            })
            .await
            .unwrap();
        store.close();
        House { folder, database }
    }

    fn place(&self) -> Place<'_> {
        place(&self.database, self.folder.path())
    }

    fn backup(&self) -> PathBuf {
        let to = self.folder.path().join("backup.tar");
        take(&self.place(), &to, false, &mut |_| {}).unwrap();
        to
    }
}

fn place<'a>(database: &'a Database, data: &'a Path) -> Place<'a> {
    Place { database, data, files: &Files::Folder, migrations: PLATFORM, clock: Clock::Real, chance: Chance::Real, version: "test" }
}

/// Somewhere empty of the same engine.
fn elsewhere(folder: &Path) -> Database {
    scratch::database(folder, &[])
}

async fn things(database: &Database) -> Vec<(String, Vec<u8>, bool, i64, Option<uuid::Uuid>)> {
    let store = Store::open(scratch::options(database.clone()), PLATFORM).unwrap();
    let rows = store
        .read(|tx| {
            tx.all("SELECT name, secret, on_shelf, amount, parent_id FROM thing ORDER BY amount", params![], |row| {
                Ok((row.get("name")?, row.get("secret")?, row.get("on_shelf")?, row.get("amount")?, row.get("parent_id")?))
            })
        })
        .await;
    store.close();
    rows.map_err(|error: Error| error.to_string()).unwrap()
}

#[tokio::test]
async fn what_is_backed_up_comes_back_row_for_row_and_file_for_file() {
    let house = House::furnished().await;
    let backup = house.backup();
    let key = house.folder.path().join("key");
    let fingerprint = copy_key(&house.place(), &key).unwrap();

    let new = tempfile::tempdir().unwrap();
    let data = new.path().join("data");
    let database = if scratch::is_postgres() { elsewhere(new.path()) } else { Database::Sqlite(data.join("rapport.db")) };
    let manifest = restore(&backup, &place(&database, &data), Some(&key), &mut |_| {}).unwrap();

    assert_eq!(things(&database).await, things(&house.database).await);
    assert_eq!(things(&database).await.len(), 2);
    assert_eq!(manifest.master_key.as_deref(), Some(&*fingerprint));
    assert_eq!((manifest.file_count, manifest.tables["thing"]), (1, 2));
    let files = blobs::all_in(&data.join("files")).unwrap();
    assert_eq!(files, blobs::all_in(&house.folder.path().join("files")).unwrap());
    assert_eq!(blobs::hash_of(&data.join("files"), &files[0].0).unwrap(), files[0].0);
    assert_eq!(Vault::read(&data.join("master.key")).unwrap().fingerprint(), fingerprint);
    for secret in [&key, &backup, &data.join("master.key")] {
        assert_eq!(fs::metadata(secret).unwrap().permissions().mode() & 0o777, 0o600, "{}", secret.display());
    }
    assert!(!fs::read(&backup).unwrap().windows(20).any(|part| fs::read(&key).unwrap().starts_with(part)), "the key is not in the backup");
    assert!(!data.join(".restoring").exists());
}

/// On PostgreSQL an event is committed before it has a position; its place then follows from the number of its transaction, which
/// a backup cannot carry over.
#[tokio::test]
async fn events_that_had_no_position_yet_keep_their_order() {
    if !scratch::is_postgres() {
        return;
    }
    let house = House::furnished().await;
    let store = Store::open(scratch::options(house.database.clone()), PLATFORM).unwrap();
    for at in [30, 10, 20] {
        let event = move |tx: &mut crate::store::Tx<'_>| {
            let id = tx.id::<uuid::Uuid>();
            tx.exec(
                "INSERT INTO event (id, at, kind, schema, actor_kind, stream, version, scope, depth, payload) VALUES ($1, $2, 'x', 1, 'system', $1, 1, '{}', 0, '{}')",
                params![id, at],
            )
        };
        store.write(event).await.unwrap();
    }
    store.close();
    let backup = house.backup();
    let new = tempfile::tempdir().unwrap();
    let database = elsewhere(new.path());
    restore(&backup, &place(&database, &new.path().join("data")), None, &mut |_| {}).unwrap();

    let store = Store::open(scratch::options(database), PLATFORM).unwrap();
    while crate::positions::give(&store, &[]).await.unwrap() != crate::positions::Given::Some(0) {}
    let order: Vec<i64> = store.read(|tx| tx.all("SELECT at FROM event ORDER BY position", params![], |row| row.get("at"))).await.unwrap();
    store.close();

    assert_eq!(order, [30, 10, 20]);
}

#[tokio::test]
async fn the_age_of_the_last_backup_is_known_afterwards() {
    let house = House::furnished().await;
    house.backup();

    let store = Store::open(scratch::options(house.database.clone()), PLATFORM).unwrap();
    let noted: i64 =
        store.read(|tx| tx.one("SELECT count(*) AS n FROM backup WHERE file_count = 1 AND size_bytes > 1000", params![], |row| row.get("n"))).await.unwrap();
    store.close();

    assert_eq!(noted, 1);
}

#[tokio::test]
async fn a_backup_that_was_cut_off_is_refused_at_every_length() {
    let house = House::furnished().await;
    let whole = fs::read(house.backup()).unwrap();
    let cut = house.folder.path().join("cut.tar");

    for length in (0..whole.len()).step_by(379).chain([whole.len() - 1, whole.len() - 512, whole.len() - 1024]) {
        fs::write(&cut, &whole[..length]).unwrap();
        let trouble = check(&cut, &mut |_| {}).unwrap_err().to_string();
        assert!(trouble.contains("cut off") || trouble.contains("damaged"), "{length}: {trouble}");
        assert!(trouble.contains("another backup"), "{trouble}");
    }
    fs::write(&cut, [&whole[..], b"x"].concat()).unwrap();
    assert!(check(&cut, &mut |_| {}).is_err(), "longer than it was");
    fs::write(&cut, &whole).unwrap();
    check(&cut, &mut |_| {}).unwrap();
}

#[tokio::test]
async fn a_backup_in_which_one_bit_changed_is_refused_wherever_it_is() {
    let house = House::furnished().await;
    let whole = fs::read(house.backup()).unwrap();
    let flipped = house.folder.path().join("flipped.tar");

    for at in (0..whole.len()).step_by(whole.len() / 600 + 1) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(&flipped, bytes).unwrap();
        let trouble = check(&flipped, &mut |_| {}).expect_err(&format!("byte {at}")).to_string();
        assert!(trouble.contains("cut off") || trouble.contains("damaged") || trouble.contains("newer"), "{at}: {trouble}");
    }

    // Nothing of it reaches an empty place.
    let mut bytes = whole.clone();
    bytes[whole.len() / 2] ^= 1;
    fs::write(&flipped, bytes).unwrap();
    let new = tempfile::tempdir().unwrap();
    let data = new.path().join("data");
    let database = if scratch::is_postgres() { elsewhere(new.path()) } else { Database::Sqlite(data.join("rapport.db")) };
    restore(&flipped, &place(&database, &data), None, &mut |_| {}).unwrap_err();
    assert!(!data.exists());
    assert_eq!(crate::store::snapshot::applied(&database).unwrap(), []);
}

#[tokio::test]
async fn a_restore_refuses_a_place_that_is_not_empty_a_wrong_key_and_another_schema() {
    let house = House::furnished().await;
    let backup = house.backup();
    let refused = |place: &Place<'_>, key: Option<&Path>| restore(&backup, place, key, &mut |_| {}).unwrap_err().to_string();

    assert!(refused(&house.place(), None).contains("is not empty"));
    let new = tempfile::tempdir().unwrap();
    let database = if scratch::is_postgres() { elsewhere(new.path()) } else { Database::Sqlite(new.path().join("rapport.db")) };
    let other_key = house.folder.path().join("other.key");
    Vault::read_or_make(&other_key, &Chance::Real, Clock::Real.now()).unwrap();
    assert!(refused(&place(&database, new.path()), Some(&other_key)).contains("is not the key of this backup"));
    let older = Place { migrations: &PLATFORM[..1], ..place(&database, new.path()) };
    assert!(refused(&older, None).contains("whose schema this one does not know"));
    assert_eq!(fs::read_dir(new.path()).unwrap().count(), 0, "nothing was left there");
    restore(&backup, &place(&database, new.path()), None, &mut |_| {}).unwrap();
}

#[tokio::test]
async fn a_missing_or_damaged_upload_ends_a_backup_unless_that_is_accepted() {
    let house = House::furnished().await;
    let files = house.folder.path().join("files");
    let (hash, _) = blobs::all_in(&files).unwrap().remove(0);
    let path = blobs::place(&files, &hash).unwrap();
    let to = house.folder.path().join("backup.tar");
    fs::write(&path, "a picture of a DOOR").unwrap();

    let trouble = take(&house.place(), &to, false, &mut |_| {}).unwrap_err();

    assert!(trouble.to_string().contains("1 of 1 uploads"), "{trouble}");
    assert!(!to.exists());
    let left: Vec<_> = fs::read_dir(house.folder.path()).unwrap().flatten().filter(|entry| entry.file_name().to_string_lossy().contains("partial")).collect();
    assert!(left.is_empty(), "{left:?}");
    fs::remove_file(&path).unwrap();
    let taken = take(&house.place(), &to, true, &mut |_| {}).unwrap();
    assert_eq!(taken.manifest.missing_files, [hash]);
}

#[tokio::test]
async fn a_backup_replaces_nothing_and_clears_up_after_one_that_was_killed() {
    let house = House::furnished().await;
    let (here, backup) = (house.folder.path(), house.backup());
    let before = fs::read(&backup).unwrap();
    fs::write(here.join(".second.tar.abc.partial"), "half").unwrap();
    fs::write(here.join(".second.tar.abc.database.partial"), "half").unwrap();

    let trouble = take(&house.place(), &backup, false, &mut |_| {}).unwrap_err();
    take(&house.place(), &here.join("second.tar"), false, &mut |_| {}).unwrap();

    assert!(trouble.to_string().contains("there already"));
    assert_eq!(fs::read(&backup).unwrap(), before);
    assert!(!fs::read_dir(here).unwrap().flatten().any(|entry| entry.file_name().to_string_lossy().ends_with(".partial")));
}

#[tokio::test]
async fn uploads_are_not_collected_while_a_backup_copies_them() {
    let folder = tempfile::tempdir().unwrap();
    let kept = Blobs::open(folder.path()).unwrap();

    let copying = kept.while_copying().unwrap();
    assert!(kept.while_collecting().await.unwrap().is_none());
    drop(copying);
    assert!(kept.while_collecting().await.unwrap().is_some());
}

#[tokio::test]
async fn uploads_in_a_bucket_are_backed_up_and_restored_into_a_folder_or_another_bucket() {
    let (Some(from), Some(to)) = (blobs::tests::bucket_of("backup-from"), blobs::tests::bucket_of("backup-to")) else { return };
    let house = House::furnished().await;
    let data = house.folder.path();
    // The house keeps its upload in a folder; move it, as its operator would.
    tokio::task::spawn_blocking({
        let (from, files) = (from.clone(), data.join("files"));
        move || {
            assert!(from.take_in(&files, &mut |_, _| {}).unwrap());
            fs::remove_dir_all(files).unwrap();
        }
    })
    .await
    .unwrap();
    let tar = data.join("backup.tar");
    let (database, elsewhere_data) = (house.database.clone(), tempfile::tempdir().unwrap());
    tokio::task::spawn_blocking({
        let (data, into) = (data.to_owned(), elsewhere_data.path().to_owned());
        move || {
            let there = Place { files: &from, ..place(&database, &data) };
            assert_eq!(take(&there, &tar, false, &mut |_| {}).unwrap().manifest.file_count, 1);
            for (number, files) in [Files::Folder, to].iter().enumerate() {
                let data = into.join(number.to_string());
                let database = if scratch::is_postgres() { elsewhere(&into) } else { Database::Sqlite(data.join("rapport.db")) };
                restore(&tar, &Place { files, ..place(&database, &data) }, None, &mut |_| {}).unwrap();
                let kept = files.open(&data).unwrap();
                let (hash, _) = kept.all().unwrap().remove(0);
                assert_eq!(std::io::read_to_string(kept.read(&hash).unwrap()).unwrap(), "a picture of a door");
                assert_eq!(data.join("files").join(&hash[..2]).exists(), *files == Files::Folder);
            }
        }
    })
    .await
    .unwrap();
}
