//! A backup of a company at work holds all of it, on both engines.

use std::collections::BTreeMap;

use axum::{Router, body::Body};
use http::Request;
use http_body_util::BodyExt;
use platform::{
    backup::{self, Place},
    blobs::Files,
    clock::Clock,
    config::Config,
    ids::Chance,
    store::{Database, Options, Store, scratch},
    telemetry::Metrics,
};
use rapport::{
    app, conversations,
    desk::{Desk, MIGRATIONS},
    viewer::Role,
};
use serde_json::json;
use testkit::TestDesk;
use tower::ServiceExt;

async fn get(router: &Router, path: &str, token: &str) -> (u16, Vec<u8>) {
    let request = Request::builder().uri(path).header("authorization", format!("Bearer {token}")).body(Body::empty()).unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    (response.status().as_u16(), response.into_body().collect().await.unwrap().to_bytes().to_vec())
}

#[tokio::test]
async fn a_company_at_work_goes_on_from_its_backup() {
    let folder = tempfile::tempdir().unwrap();
    let database = scratch::database(folder.path(), MIGRATIONS);
    let mut desk = TestDesk::open_on(database.clone(), Chance::Real).await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let anna = desk.visitor(&inbox).await;
    let upload = Request::builder()
        .method("POST")
        .uri("/api/v1/chat/files?name=door.png")
        .header("authorization", format!("Bearer {}", anna.session_token))
        .body(Body::from("\u{89}PNG a door"))
        .unwrap();
    let response = desk.router.clone().oneshot(upload).await.unwrap();
    let file: serde_json::Value = serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap();
    let file = file["id"].as_str().unwrap().to_owned();
    let sent = anna.send("POST", "/api/v1/chat/messages", &[], Some(json!({"text": "It came \"broken\".\nŻółć \\", "attachment_ids": [file]}))).await.ok();
    let conversation = sent["conversation_id"].as_str().unwrap().to_owned();
    sam.replies(&conversation, "A new one is on its way.").await;
    sam.changes(&conversation, json!({"status": "resolved"})).await;
    desk.settle().await;

    let data = desk.desk.config.data.clone();
    let place =
        |database, data| Place { database, data, files: &Files::Folder, migrations: MIGRATIONS, clock: Clock::Real, chance: Chance::Real, version: "test" };
    let (tar, key) = (folder.path().join("backup.tar"), folder.path().join("key"));
    backup::take(&place(&database, &data), &tar, false, &mut |_| {}).unwrap();
    backup::copy_key(&place(&database, &data), &key).unwrap();
    let new = tempfile::tempdir().unwrap();
    let new_data = new.path().join("data");
    let new_database = if scratch::is_postgres() { scratch::database(new.path(), &[]) } else { Database::Sqlite(new_data.join("rapport.db")) };
    backup::restore(&tar, &place(&new_database, &new_data), Some(&key), &mut |_| {}).unwrap();

    let flags = BTreeMap::from([("data".to_owned(), new_data.display().to_string()), ("rate_limits".to_owned(), "off".to_owned())]);
    let config = Config::load(&flags, |_| None, "").unwrap();
    let store = Store::open(Options { clock: desk.clock.clone(), ..scratch::options(new_database) }, MIGRATIONS).unwrap();
    let restored = Desk::open_on(store, config, |_| None, Metrics::none()).await.unwrap();
    let router = app::router(restored.clone());
    for (path, token) in [
        (format!("/api/v1/conversations/{conversation}/messages"), &sam.token),
        (format!("/api/v1/conversations/{conversation}"), &sam.token),
        ("/api/v1/conversations?view=resolved".to_owned(), &sam.token),
        ("/api/v1/chat/messages".to_owned(), &anna.session_token),
        (format!("/api/v1/chat/files/{file}"), &anna.session_token),
    ] {
        let (before, after) = (get(&desk.router, &path, token).await, get(&router, &path, token).await);
        assert_eq!(before.0, 200, "{path}");
        assert_eq!(after, before, "{path}");
    }
    assert_eq!(restored.store.read(conversations::wrong_counts).await.unwrap(), 0);
    restored.store.close();
}
