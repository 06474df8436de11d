//! The chat: sessions without a trace, cursors without a gap, keys that never double.

use rapport::viewer::Role;
use serde_json::json;
use testkit::TestDesk;

async fn rows(desk: &TestDesk) -> (i64, i64) {
    desk.read(|tx| {
        let sessions = tx.one("SELECT count(*) AS n FROM webchat_session", platform::params![], |row| row.get("n"))?;
        let contacts = tx.one("SELECT count(*) AS n FROM contact", platform::params![], |row| row.get("n"))?;
        Ok((sessions, contacts))
    })
    .await
}

#[tokio::test]
async fn opening_a_session_and_looking_writes_nothing() {
    let desk = TestDesk::open().await;
    let inbox = desk.inbox().await;

    let anna = desk.visitor(&inbox).await;
    assert_eq!(anna.reads().await, Vec::<String>::new());

    assert_eq!(rows(&desk).await, (0, 0));
    anna.writes("Hello").await;
    assert_eq!(rows(&desk).await, (1, 1));
}

#[tokio::test]
async fn the_same_key_gives_the_same_message() {
    let desk = TestDesk::open().await;
    let inbox = desk.inbox().await;
    let anna = desk.visitor(&inbox).await;

    let first = anna.writes_with_key("Hello", "k").await.ok();
    let again = anna.writes_with_key("Hello", "k").await.ok();
    assert_eq!(first, again);
    assert_eq!(anna.writes_with_key("Other", "k").await.refused(422), "idempotency_key_reused");

    let bilal = desk.visitor(&inbox).await;
    let other = bilal.writes_with_key("Hello", "k").await.ok();
    assert_ne!(first["id"], other["id"], "keys of two visitors never meet");
}

#[tokio::test]
async fn what_is_refused_on_a_full_disk_is_not_there_and_goes_through_under_its_key_when_there_is_room() {
    let desk = TestDesk::open().await;
    let anna = desk.visitor(&desk.inbox().await).await;
    anna.writes("Hello").await;

    desk.desk.store.refuse_writes(true);
    assert_eq!(anna.writes_with_key("Is anybody there?", "k").await.refused(503), "unavailable");
    assert_eq!(anna.reads().await, ["Hello"]);

    desk.desk.store.refuse_writes(false);
    anna.writes_with_key("Is anybody there?", "k").await.ok();
    assert_eq!(anna.reads().await, ["Hello", "Is anybody there?"]);
}

#[tokio::test]
async fn a_hundred_writers_with_one_key_write_once() {
    let desk = TestDesk::open().await;
    let anna = desk.visitor(&desk.inbox().await).await;

    let tries = (0..100).map(|_| {
        let anna = anna.clone();
        async move { anna.writes_with_key("Hello", "k").await.ok()["id"].to_string() }
    });
    let mut ids = futures_util::future::join_all(tries).await;
    ids.dedup();

    assert_eq!(ids.len(), 1);
    assert_eq!(anna.reads().await, ["Hello"]);
}

#[tokio::test]
async fn a_chat_resumes_by_cursor_without_gap_or_double() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("1").await;
    sam.notes(&conversation, "between").await;
    for text in ["2", "3", "4"] {
        sam.replies(&conversation, text).await;
    }
    desk.settle().await;

    let (mut texts, mut after) = (Vec::new(), String::new());
    loop {
        let page = anna.send("GET", &format!("/api/v1/chat/messages?limit=2{after}"), &[], None).await.ok();
        texts.extend(page["items"].as_array().unwrap().iter().map(|item| item["text"].as_str().unwrap().to_owned()));
        after = format!("&after={}", page["cursor"].as_str().unwrap());
        if page["next"].is_null() {
            break;
        }
    }
    assert_eq!(texts, ["1", "2", "3", "4"]);

    sam.replies(&conversation, "5").await;
    let page = anna.send("GET", &format!("/api/v1/chat/messages?limit=2{after}"), &[], None).await.ok();
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
    let latest = anna.send("GET", "/api/v1/chat/messages?latest=2", &[], None).await.ok();
    assert_eq!((latest["items"][0]["text"].as_str(), latest["earlier"].is_string()), (Some("4"), true));
    assert_eq!(anna.send("GET", "/api/v1/chat/messages?after=zz", &[], None).await.refused(422), "invalid_request");
}

#[tokio::test]
async fn the_expected_wait_is_measured_and_otherwise_not_told() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let path = format!("/api/v1/chat/{}", inbox.key);
    assert_eq!(sam.get(&path).await.ok()["availability"]["expected_wait_seconds"], json!(null));

    for _ in 0..5 {
        let conversation = desk.visitor(&inbox).await.writes("Hello").await;
        desk.advance(std::time::Duration::from_secs(240)).await;
        sam.replies(&conversation, "Answer").await;
    }
    desk.settle().await;

    let config = sam.get(&path).await.ok();
    assert_eq!((config["availability"]["expected_wait_seconds"].as_i64(), config["availability"]["measured_over"].as_i64()), (Some(240), Some(5)));
}

#[tokio::test]
async fn a_closed_brand_says_when_it_opens_by_its_own_clock() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    // The desk's clock stands at Monday noon UTC.
    let hours = json!({"time_zone": "Europe/Warsaw", "weekly": [{"day": "tuesday", "from": "10:00", "to": "18:00"}]});
    sam.patch(&format!("/api/v1/brands/{}", inbox.brand_id), json!({"hours": hours})).await.ok();

    let availability = sam.get(&format!("/api/v1/chat/{}", inbox.key)).await.ok()["availability"].clone();

    assert_eq!((availability["open"].as_bool(), availability["opens_at"].as_str()), (Some(false), Some("2026-03-03T09:00:00.000000Z")));
}

#[tokio::test]
async fn an_address_given_before_the_first_message_is_kept_as_claimed() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;

    anna.send("PATCH", "/api/v1/chat/contact", &[], Some(json!({"name": "Anna", "email": "Anna@Example.com"}))).await.ok();
    let conversation = anna.writes("Hello").await;

    let contact = sam.sees(&conversation).await["contact"].clone();
    assert_eq!((contact["name"].as_str(), contact["verification"].as_str()), (Some("Anna"), Some("claimed")));
    let contact = sam.get(&format!("/api/v1/contacts/{}", contact["id"].as_str().unwrap())).await.ok();
    assert!(contact["identities"].as_array().unwrap().iter().any(|identity| identity["value"] == "anna@example.com" && identity["verification"] == "claimed"));
}

#[tokio::test]
async fn the_browsers_language_is_known_with_the_first_message() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let made = sam.post(&format!("/api/v1/chat/{}/sessions", inbox.key), json!({"language": "pl-PL", "time_zone": "Europe/Warsaw"})).await.ok();
    let anna = desk.visitor(&inbox).await.with(&made);

    let conversation = anna.writes("Gdzie jest paczka?").await;

    let contact = sam.sees(&conversation).await["contact"].clone();
    let contact = sam.get(&format!("/api/v1/contacts/{}", contact["id"].as_str().unwrap())).await.ok();
    assert_eq!((contact["language"].as_str(), contact["time_zone"].as_str()), (Some("pl"), Some("Europe/Warsaw")));
}

#[tokio::test]
async fn a_disabled_inbox_takes_nothing() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let anna = desk.visitor(&inbox).await;

    sam.patch(&format!("/api/v1/inboxes/{}", inbox.id), json!({"disabled": true})).await.ok();

    assert_eq!(anna.writes_with_key("Hello", "k").await.refused(404), "not_found");
}
