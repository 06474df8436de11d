//! A change of the master key, as the people who chat and the shops that sign notice it: not at all.

use std::{fs, path::Path};

use jsonwebtoken::{EncodingKey, Header, encode};
use platform::{
    crypto,
    store::tables::{Kind, tables},
};
use rapport::{desk::MIGRATIONS, sealed, viewer::Role};
use serde_json::json;
use testkit::TestDesk;

#[tokio::test]
async fn a_new_master_key_ends_no_chat_and_breaks_no_signature() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let secret = sam.post(&format!("/api/v1/inboxes/{}/signing-keys", inbox.id), json!({})).await.ok()["secret"].as_str().unwrap().to_owned();
    let claims = json!({"aud": inbox.key, "sub": "anna", "exp": desk.clock.now().0 / 1_000_000 + 3600});
    let identity = encode(&Header::default(), &claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap();
    let bilal = desk.visitor(&inbox).await;
    bilal.writes("Before").await;
    let path = desk.desk.vault.path().to_owned();
    let (store, old) = (desk.desk.store.clone(), desk.desk.vault.fingerprint());

    // As a command beside the server does it.
    let command = crypto::open(&store, &path, sealed::ALL).await.unwrap();
    let rotated = crypto::rotate(&store, &command, sealed::ALL).await.unwrap();

    assert_eq!((rotated.resealed, rotated.idle), (1, vec![old.clone()]));
    bilal.writes("After").await;
    let anna = desk.visitor(&inbox).await;
    assert_eq!(anna.identifies(&identity).await.ok()["verification"], "signed");
    let another = sam.post(&format!("/api/v1/inboxes/{}/signing-keys", inbox.id), json!({})).await.ok();
    assert_eq!(another["secret"].as_str().map(str::len), Some(43));
    let newcomer = desk.visitor(&inbox).await;
    desk.settle().await;

    crypto::retire(&store, &command, sealed::ALL, &old).await.unwrap();
    sam.post(&format!("/api/v1/inboxes/{}/signing-keys", inbox.id), json!({})).await.ok();
    assert_eq!(bilal.send("GET", "/api/v1/chat/messages", &[], None).await.status, 401, "what the retired key signed is over");
    assert_eq!(newcomer.send("GET", "/api/v1/chat/messages", &[], None).await.status, 200, "what the new one signed is not");
}

/// A column of bytes is a hash, or it is sealed; a text that sounds like a secret is neither.
#[test]
fn every_column_that_holds_a_secret_is_sealed() {
    // A request's hash, under its own name since before the others were called so.
    const HASHES: [&str; 1] = ["idempotency.request"];
    // Figures and words of the index of search, which are as secret as the messages beside them.
    const INDEX: [&str; 2] = ["search_mark.places", "search_page.entries"];
    let mut sealed_found = 0;
    for table in tables(MIGRATIONS).unwrap() {
        for column in &table.columns {
            let name = format!("{}.{}", table.name, column.name);
            let is_sealed = sealed::ALL.iter().any(|sealed| sealed.name == name);
            sealed_found += usize::from(is_sealed);
            let is_hash = column.name.ends_with("_hash") || HASHES.contains(&name.as_str()) || INDEX.contains(&name.as_str());
            match column.kind {
                Kind::Bytes => assert!(is_sealed != is_hash, "{name} holds bytes: seal it and name it in sealed.rs, or call it ..._hash"),
                _ => {
                    let sounds = ["secret", "password", "token", "credential", "private"].iter().any(|word| column.name.contains(word));
                    assert!(!sounds || is_hash, "{name} sounds like a secret and is not sealed: secrets are columns of bytes in sealed.rs");
                }
            }
        }
    }
    assert_eq!(sealed_found, sealed::ALL.len(), "sealed.rs names a column that is not there");
}

#[test]
fn every_sealed_column_stands_on_its_one_page() {
    fn count(folder: &Path, found: &mut Vec<(String, usize)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                count(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let made = fs::read_to_string(&path).unwrap().matches("sealed_column!(").count();
                found.extend((made > 0).then(|| (path.file_name().unwrap().to_string_lossy().into_owned(), made)));
            }
        }
    }
    let mut found = Vec::new();
    count(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert_eq!(found, [("sealed.rs".to_owned(), sealed::ALL.len())], "declare it in sealed.rs and name it in ALL");
}
