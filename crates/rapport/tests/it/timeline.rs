//! The timeline of a contact.

use rapport::viewer::Role;
use serde_json::{Value, json};
use testkit::TestDesk;

fn kinds(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|entry| entry["type"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn every_contact_moment_stands_on_one_line_newest_first() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let minute = std::time::Duration::from_secs(60);
    anna.send("POST", "/api/v1/chat/sightings", &[], Some(json!({"items": [{"url": "https://shop.example/lamp?utm=1", "title": "Lamp"}]}))).await.ok();
    desk.advance(minute).await;
    let conversation = anna.writes("Hello").await;
    let contact = sam.sees(&conversation).await["contact"]["id"].as_str().unwrap().to_owned();
    desk.advance(minute).await;
    sam.post(&format!("/api/v1/contacts/{contact}/notes"), json!({"text": "Prefers mornings"})).await.ok();
    desk.advance(minute).await;
    sam.post(&format!("/api/v1/contacts/{contact}/events"), json!({"name": "order_placed", "properties": {"order": "1"}})).await.ok();
    desk.settle().await;

    let page = sam.get(&format!("/api/v1/contacts/{contact}/timeline")).await.ok();

    assert_eq!(kinds(&page), ["event", "note", "conversation", "first_visit", "page"]);
    assert_eq!((page["items"][1]["text"].as_str(), page["items"][4]["url"].as_str()), (Some("Prefers mornings"), Some("https://shop.example/lamp")));
}

#[tokio::test]
async fn the_timeline_pages_without_gap_or_double() {
    let mut desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Agent).await;
    let contact = sam.post("/api/v1/contacts", json!({"name": "Anna"})).await.ok()["id"].as_str().unwrap().to_owned();
    for n in 0..7 {
        sam.post(&format!("/api/v1/contacts/{contact}/events"), json!({"name": format!("event {n}")})).await.ok();
    }
    desk.settle().await;

    let (mut titles, mut before) = (Vec::new(), String::new());
    loop {
        let page = sam.get(&format!("/api/v1/contacts/{contact}/timeline?limit=3{before}")).await.ok();
        titles.extend(page["items"].as_array().unwrap().iter().filter_map(|entry| entry["title"].as_str().map(str::to_owned)));
        match page["next"].as_str() {
            Some(next) => before = format!("&before={next}"),
            None => break,
        }
    }

    titles.sort();
    assert_eq!(titles, (0..7).map(|n| format!("event {n}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_contact_is_found_without_accents_and_by_the_beginning_of_an_address() {
    let desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Agent).await;
    sam.post("/api/v1/contacts", json!({"name": "Łukasz Wójcik", "identities": [{"kind": "email", "value": "lukasz@example.com"}]})).await.ok();
    sam.post("/api/v1/contacts", json!({"name": "100% Cotton_Fan"})).await.ok();

    let found = |question: &str| {
        let (sam, path) = (sam.clone(), format!("/api/v1/contacts?q={question}"));
        async move { sam.get(&path).await.ok()["items"].as_array().unwrap().len() }
    };

    assert_eq!((found("wojcik").await, found("lukasz@exa").await, found("nobody").await), (1, 1, 0));
    assert_eq!((found("%25").await, found("_").await), (1, 1), "what is typed is never a wildcard");
}
