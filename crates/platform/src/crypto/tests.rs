//! Keys and what they seal: every place where a change can end, every way to start without the right key.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use super::*;
use crate::{
    clock::{Clock, Moment},
    ids::Chance,
    params,
    store::{Error, Migration, Store, scratch},
};

const SCHEMA: &[Migration] = &[
    Migration { name: "0001_platform.sql", sql: include_str!("../../../../migrations/0001_platform.sql") },
    Migration {
        name: "0002_things.sql",
        sql: "CREATE TABLE thing (\n  id uuid PRIMARY KEY,\n  secret bytes\n);\n-- postgres\nALTER TABLE event ADD COLUMN ordinal bigint NOT NULL DEFAULT 0;\nINSERT INTO event_reader (name, position) VALUES ('placed', 0);\n-- both\n",
    },
    Migration { name: "0011_keys.sql", sql: include_str!("../../../../migrations/0011_keys.sql") },
];
static THINGS: Column = crate::sealed_column!("thing", "secret", "id");
static COLUMNS: &[&Column] = &[&THINGS];

struct House {
    folder: tempfile::TempDir,
    store: Store,
}

impl House {
    fn new() -> House {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(scratch::options(scratch::database(folder.path(), SCHEMA)), SCHEMA).unwrap();
        House { folder, store }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("master.key")
    }

    async fn start(&self) -> Result<Vault, Trouble> {
        open(&self.store, &self.path(), COLUMNS).await
    }

    /// Seals `count` secrets through a server that holds `vault`.
    async fn keeps(&self, vault: &Vault, count: usize) {
        let (vault, chance) = (vault.clone(), self.store.chance().clone());
        let kept = self.store.write(move |tx| {
            for _ in 0..count {
                let id = tx.id::<uuid::Uuid>();
                let sealed = THINGS.seal(tx, &vault, id, id.to_string().as_bytes(), &chance)?;
                tx.exec("INSERT INTO thing (id, secret) VALUES ($1, $2)", params![id, sealed])?;
            }
            Ok::<_, Error>(())
        });
        kept.await.unwrap();
    }

    /// How many secrets `vault` reads rightly, of how many.
    async fn reads(&self, vault: &Vault) -> (usize, usize) {
        let rows = self
            .store
            .read(|tx| tx.all("SELECT id, secret FROM thing", params![], |row| Ok::<_, Error>((row.get::<uuid::Uuid>("id")?, row.get::<Vec<u8>>("secret")?))))
            .await
            .unwrap();
        let right = rows.iter().filter(|(id, sealed)| THINGS.unseal(vault, *id, sealed).is_some_and(|secret| secret == id.to_string().as_bytes()));
        (right.count(), rows.len())
    }

    async fn states(&self) -> Vec<&'static str> {
        self.store.read(known).await.unwrap().iter().map(|key| key.state.word()).collect()
    }
}

fn vault() -> (tempfile::TempDir, Vault) {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::read_or_make(&folder.path().join("master.key"), &Chance::Real, Clock::Real.now()).unwrap();
    (folder, vault)
}

#[test]
fn a_sealed_secret_opens_only_in_its_place_and_unchanged() {
    let (_folder, vault) = vault();
    let (here, there) = (uuid::Uuid::from_u128(1), uuid::Uuid::from_u128(2));
    let sealed = vault.seal(&format!("thing.secret.{here}"), b"s3cret", &Chance::Real).unwrap();

    assert_eq!(THINGS.unseal(&vault, here, &sealed).unwrap(), b"s3cret");
    assert!(THINGS.unseal(&vault, there, &sealed).is_none());
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert!(THINGS.unseal(&vault, here, &changed).is_none(), "byte {at}");
    }
    assert!(THINGS.unseal(&vault, here, b"").is_none() && THINGS.unseal(&vault, here, b"RPK1").is_none());
}

#[test]
fn a_signed_token_is_refused_when_changed_or_used_for_another_purpose() {
    let (_folder, vault) = vault();
    let token = vault.sign("chat", b"visitor");

    assert_eq!(vault.verify("chat", &token).unwrap(), b"visitor");
    assert!(vault.verify("live", &token).is_none());
    assert!(vault.verify("chat", &token[1..]).is_none());
    assert!(vault.verify("chat", "").is_none());
}

/// What version 0.1.0 wrote: a file of one key without a time, a value that names no key, and a token.
#[test]
fn the_file_the_values_and_the_tokens_of_an_older_version_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    fs::write(&path, "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE").unwrap();
    let vault = Vault::read(&path).unwrap();
    let row = uuid::Uuid::from_u128(7);
    let named = vault.seal(&format!("thing.secret.{row}"), b"older", &Chance::Real).unwrap();
    let token = vault.sign("chat", b"visitor");
    let fingerprint = vault.fingerprint();

    vault.add(&Chance::Real, Clock::Real.now()).unwrap();
    let older = &named[12..];

    assert_eq!(vault.fingerprints()[1], fingerprint);
    assert_ne!(vault.fingerprint(), fingerprint, "the new one is in front");
    assert_eq!(THINGS.unseal(&vault, row, older).unwrap(), b"older", "without a name each key is tried");
    assert_eq!(vault.verify("chat", &token).unwrap(), b"visitor");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no other copy of a key lies around");
}

#[test]
fn a_key_file_that_was_cut_or_changed_is_refused_whole() {
    let (_folder, vault) = vault();
    vault.add(&Chance::Real, Clock::Real.now()).unwrap();
    let whole = fs::read_to_string(vault.path()).unwrap();
    let first = whole.lines().next().unwrap().len() + 1;

    let (mut refused, mut read) = (0, Vec::new());
    for length in 0..whole.len() - 1 {
        fs::write(vault.path(), &whole[..length]).unwrap();
        match Vault::read(vault.path()) {
            Err(error) => refused += usize::from(error.to_string().contains("not a file of master keys")),
            Ok(found) => read.push((length, found.fingerprints().len())),
        }
    }

    // A whole key without its time is a whole key; half of one is none.
    for (length, keys) in read {
        assert_eq!(keys, if length > first { 2 } else { 1 }, "{length}");
    }
    assert!(refused > 80, "{refused}");
}

#[tokio::test]
async fn every_secret_is_sealed_anew_beside_a_server_that_goes_on_reading_and_sealing() {
    let house = House::new();
    let server = house.start().await.unwrap();
    house.keeps(&server, 250).await;
    let (old, token) = (server.fingerprint(), server.sign("chat", b"visitor"));

    let command = house.start().await.unwrap();
    let rotated = rotate(&house.store, &command, COLUMNS).await.unwrap();

    assert_eq!((rotated.is_new, rotated.resealed, rotated.survey.opened(), rotated.survey.lost()), (true, 250, 250, 0));
    assert_eq!(rotated.idle, [old.as_str()]);
    assert_ne!(rotated.active, old);
    // The server has not been told; it finds the new key by the name in the value, and seals with what the database says.
    assert_eq!(server.fingerprint(), old);
    assert_eq!(house.reads(&server).await, (250, 250));
    house.keeps(&server, 1).await;
    let found = survey(&house.store, Some(&command), COLUMNS).await.unwrap();
    assert_eq!(found.opened.into_iter().collect::<Vec<_>>(), [(rotated.active.clone(), 251)]);
    assert_eq!(server.verify("chat", &token).unwrap(), b"visitor", "what the old key signed is still believed");
    assert_eq!(house.states().await, ["idle", "active"]);
}

#[tokio::test]
async fn a_change_that_ends_anywhere_leaves_every_secret_readable_and_goes_on_where_it_was() {
    for ends_after in ["the file", "the commit", "half of the values", "all values"] {
        let house = House::new();
        let vault = house.start().await.unwrap();
        house.keeps(&vault, 150).await;
        let command = house.start().await.unwrap();
        let new = command.add(&Chance::Real, Clock::Real.now()).unwrap();
        if ends_after != "the file" {
            let active = new.clone();
            house.store.write(move |tx| keyring::activate(tx, &active)).await.unwrap();
        }
        if ends_after.contains("values") {
            let (mut after, chunks) = (uuid::Uuid::nil(), if ends_after == "all values" { 2 } else { 1 });
            for _ in 0..chunks {
                let command = command.clone();
                let (last, changed) = house.store.write(move |tx| THINGS.reseal(tx, &command, after, &Chance::Real)).await.unwrap();
                assert!(changed > 0);
                after = last.unwrap();
            }
        }

        let restarted = house.start().await.unwrap_or_else(|trouble| panic!("after {ends_after}: {trouble}"));
        assert_eq!(house.reads(&restarted).await, (150, 150), "after {ends_after}");
        house.keeps(&restarted, 1).await;
        let rotated = rotate(&house.store, &restarted, COLUMNS).await.unwrap();

        assert_eq!((&rotated.active, rotated.survey.opened.get(&new)), (&new, Some(&151)), "after {ends_after}: no third key is made");
        assert_eq!(restarted.fingerprints().len(), 2);
        assert_eq!(house.states().await, ["idle", "active"], "after {ends_after}");
    }
}

#[tokio::test]
async fn a_key_is_retired_only_when_it_seals_nothing_and_then_signs_for_nobody() {
    let house = House::new();
    let vault = house.start().await.unwrap();
    house.keeps(&vault, 3).await;
    let (old, token) = (vault.fingerprint(), vault.sign("chat", b"visitor"));
    let refused = async |fingerprint: &str| retire(&house.store, &vault, COLUMNS, fingerprint).await.unwrap_err();

    assert!(refused(&old).await.contains("is the key in use"));
    assert!(refused("0123456789abcdef").await.contains("knows no key"));
    let new = vault.add(&Chance::Real, Clock::Real.now()).unwrap();
    house.store.write(move |tx| keyring::activate(tx, &new)).await.unwrap();
    assert!(refused(&old).await.contains("rapport key rotate"), "the values are not sealed anew yet");
    rotate(&house.store, &vault, COLUMNS).await.unwrap();
    let copy = fs::read(vault.path()).unwrap();
    let server = house.start().await.unwrap();
    assert!(server.verify("chat", &token).is_some());

    let retired = retire(&house.store, &vault, COLUMNS, &old).await.unwrap();

    assert_eq!(retired.keys_left, [vault.fingerprint()]);
    assert!(vault.verify("chat", &token).is_none());
    assert!(!fs::read_to_string(vault.path()).unwrap().is_empty());
    assert_eq!(house.states().await, ["retired", "active"]);
    // A server that runs hears of it by the database, and one whose file still has the key does not use it.
    house
        .store
        .read({
            let server = server.clone();
            move |tx| keyring::follow_now(tx, &server)
        })
        .await
        .unwrap();
    assert!(server.verify("chat", &token).is_none());
    fs::write(house.path(), copy).unwrap();
    let with_old_file = house.start().await.unwrap();
    assert!(with_old_file.verify("chat", &token).is_none());
    assert_eq!(retire(&house.store, &with_old_file, COLUMNS, &old).await.unwrap().keys_left.len(), 1, "the same again takes it out of the file");
}

#[tokio::test]
async fn a_database_that_was_made_with_a_key_never_gets_another_one_by_itself() {
    let house = House::new();
    let vault = house.start().await.unwrap();
    let (old, kept) = (vault.fingerprint(), fs::read(house.path()).unwrap());

    // Even without a secret in it: every chat session was signed with the key.
    fs::remove_file(house.path()).unwrap();
    let trouble = house.start().await.unwrap_err();
    assert!(trouble.contains(&old) && trouble.contains("Nothing was changed") && trouble.contains("rapport backup --key"), "{trouble}");
    assert!(!house.path().exists(), "none was made");

    Vault::read_or_make(&house.path(), &Chance::Real, Clock::Real.now()).unwrap();
    let trouble = house.start().await.unwrap_err();
    assert!(trouble.contains("does not hold the master key") && trouble.contains(&old), "{trouble}");
    fs::write(house.path(), "half a ke").unwrap();
    assert!(house.start().await.unwrap_err().contains("cannot be read"));

    fs::write(house.path(), kept).unwrap();
    assert_eq!(house.start().await.unwrap().fingerprint(), old);
}

#[tokio::test]
async fn a_database_with_secrets_from_before_keys_had_names_is_told_from_a_new_one() {
    let house = House::new();
    let vault = house.start().await.unwrap();
    house.keeps(&vault, 2).await;
    house.store.write(|tx| tx.exec("DELETE FROM master_key", params![])).await.unwrap();
    let kept = fs::read(house.path()).unwrap();

    fs::remove_file(house.path()).unwrap();
    assert!(house.start().await.unwrap_err().contains("2 secrets are sealed"));
    Vault::read_or_make(&house.path(), &Chance::Real, Clock::Real.now()).unwrap();
    assert!(house.start().await.unwrap_err().contains("is not the master key of this database"));
    assert_eq!(house.states().await, [""; 0], "and the wrong one was not noted");

    fs::write(house.path(), kept).unwrap();
    house.start().await.unwrap();
    assert_eq!(house.states().await, ["active"]);
}

#[tokio::test]
async fn a_key_that_is_lost_for_good_is_replaced_only_on_purpose_and_what_is_lost_is_told() {
    let house = House::new();
    let vault = house.start().await.unwrap();
    house.keeps(&vault, 4).await;
    assert!(begin_anew(&house.store, &house.path(), COLUMNS).await.err().unwrap().contains("move it away"));
    fs::remove_file(house.path()).unwrap();

    let (new, lost) = begin_anew(&house.store, &house.path(), COLUMNS).await.unwrap();

    assert_eq!(lost, 4);
    house.keeps(&new, 1).await;
    let started = house.start().await.unwrap();
    assert_eq!(house.reads(&started).await, (1, 5));
    let rotated = rotate(&house.store, &started, COLUMNS).await.unwrap();
    assert_eq!((rotated.survey.opened(), rotated.survey.lost()), (1, 4), "what nobody can open does not hold up a change");
}

#[tokio::test]
async fn the_doctor_tells_a_missing_key_a_lost_secret_and_a_change_that_was_broken_off() {
    use crate::doctor::{Status, secrets};
    let house = House::new();
    let vault = house.start().await.unwrap();
    house.keeps(&vault, 2).await;
    let look = async |vault: Option<&Vault>| secrets(&house.store, vault, COLUMNS).await.unwrap();
    assert_eq!(look(Some(&vault)).await.status, Status::Ok);

    let none = look(None).await;
    assert!(none.status == Status::Fault && none.says.contains(&vault.fingerprint()), "{none:?}");
    let new = vault.add(&Chance::Real, Moment(0)).unwrap();
    house.store.write(move |tx| keyring::activate(tx, &new)).await.unwrap();
    assert_eq!(look(Some(&vault)).await.mend.as_deref(), Some("rapport key rotate finishes it"));
    rotate(&house.store, &vault, COLUMNS).await.unwrap();
    assert_eq!(look(Some(&vault)).await.status, Status::Ok);

    house
        .store
        .write(|tx| tx.exec("UPDATE thing SET secret = $1 WHERE id = (SELECT id FROM thing ORDER BY id LIMIT 1)", params![vec![7_u8; 90]]))
        .await
        .unwrap();
    let lost = look(Some(&vault)).await;
    assert!(lost.status == Status::Fault && lost.says.contains("1 in thing.secret"), "{lost:?}");
}
