//! Saved views: what is in them, for whom, how they follow what happens and what time alone does, and what is refused.

use std::time::Duration;

use rapport::{people::GrantSpec, viewer::Role};
use serde_json::{Value, json};
use testkit::{Agent, TestDesk};

const URL: &str = "/api/v1/saved-views";

async fn saves(agent: &Agent, name: &str, condition: Value, with: Value) -> String {
    agent.post(URL, json!({"name": name, "condition": condition, "sharing": with})).await.ok()["id"].as_str().unwrap().to_owned()
}

async fn lists(agent: &Agent, query: &str) -> Vec<String> {
    let page = agent.get(&format!("/api/v1/conversations?limit=100&{query}")).await.ok();
    page["items"].as_array().unwrap().iter().map(|item| item["subject"].as_str().unwrap().to_owned()).collect()
}

/// A condition as it stands in an address.
fn filter(condition: &Value) -> String {
    format!("filter={}", percent_encoding::utf8_percent_encode(&condition.to_string(), percent_encoding::NON_ALPHANUMERIC))
}

async fn counts(agent: &Agent, id: &str) -> i64 {
    agent.get(&format!("{URL}/{id}")).await.ok()["count"].as_i64().unwrap()
}

fn everyone() -> Value {
    json!({"with": "everyone"})
}

fn open_and_mine() -> Value {
    json!({"all": [{"field": "status", "op": "one_of", "value": ["open", "waiting"]}, {"field": "assignee", "op": "is", "value": "me"}]})
}

#[tokio::test]
async fn a_view_holds_what_is_there_and_follows_what_happens() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let (anna, jan) = (desk.visitor(&inbox).await, desk.visitor(&inbox).await);
    let first = anna.writes("Where is it").await;
    desk.advance(Duration::from_secs(1)).await;
    let second = jan.writes("Refund please").await;
    sam.changes(&first, json!({"tags": ["vip"]})).await;
    let id = saves(
        &sam,
        "Important",
        json!({"any": [{"field": "tags", "op": "one_of", "value": ["VIP"]}, {"field": "priority", "op": "is", "value": "urgent"}]}),
        everyone(),
    )
    .await;
    desk.watch(&sam).await;
    desk.settle().await;
    assert_eq!((lists(&sam, &format!("saved_view_id={id}")).await, counts(&sam, &id).await), (vec!["Where is it".to_owned()], 1));

    sam.changes(&second, json!({"priority": "urgent"})).await;
    desk.settle().await;

    assert_eq!(lists(&sam, &format!("saved_view_id={id}")).await, ["Refund please", "Where is it"]);
    sam.changes(&first, json!({"tags": []})).await;
    desk.settle().await;
    assert_eq!((lists(&sam, &format!("saved_view_id={id}")).await, counts(&sam, &id).await), (vec!["Refund please".to_owned()], 1));
}

#[tokio::test]
async fn me_is_whoever_looks() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await, desk.agent("Ines", Role::Agent).await);
    let (anna, jan, eva) = (desk.visitor(&inbox).await, desk.visitor(&inbox).await, desk.visitor(&inbox).await);
    let (of_sam, of_ines) = (anna.writes("Of Sam").await, jan.writes("Of Ines").await);
    eva.writes("Of nobody").await;
    sam.changes(&of_sam, json!({"assignee_id": sam.id})).await;
    sam.changes(&of_ines, json!({"assignee_id": ines.id})).await;
    let mine = saves(&sam, "Mine", open_and_mine(), everyone()).await;
    let others = saves(&sam, "Of others", json!({"field": "assignee", "op": "is_not", "value": "me"}), everyone()).await;
    desk.settle().await;

    assert_eq!((lists(&sam, &format!("saved_view_id={mine}")).await, counts(&sam, &mine).await), (vec!["Of Sam".to_owned()], 1));
    assert_eq!((lists(&ines, &format!("saved_view_id={mine}")).await, counts(&ines, &mine).await), (vec!["Of Ines".to_owned()], 1));
    assert_eq!((lists(&ines, &format!("saved_view_id={others}")).await.len(), counts(&ines, &others).await), (2, 2));
    sam.changes(&of_sam, json!({"assignee_id": ines.id})).await;
    desk.settle().await;
    assert_eq!((counts(&sam, &mine).await, counts(&ines, &mine).await), (0, 2));
}

#[tokio::test]
async fn what_time_alone_brings_in_comes_by_itself() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("Hello?").await;
    let id = saves(&sam, "Waiting long", json!({"field": "waiting_since", "op": "longer_ago_than", "value": 60}), everyone()).await;
    desk.watch(&sam).await;
    desk.advance(Duration::from_secs(59 * 60)).await;
    assert_eq!(counts(&sam, &id).await, 0);

    desk.advance(Duration::from_secs(61)).await;

    assert_eq!((counts(&sam, &id).await, lists(&sam, &format!("saved_view_id={id}")).await), (1, vec!["Hello?".to_owned()]));
    sam.replies(&conversation, "Here I am").await;
    desk.settle().await;
    assert_eq!(counts(&sam, &id).await, 0);
}

#[tokio::test]
async fn another_condition_fills_the_view_anew_and_a_removed_one_is_gone() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let (anna, jan) = (desk.visitor(&inbox).await, desk.visitor(&inbox).await);
    anna.writes("First").await;
    let second = jan.writes("Second").await;
    sam.changes(&second, json!({"status": "resolved"})).await;
    let id = saves(&sam, "Some", json!({"field": "status", "op": "is", "value": "open"}), everyone()).await;
    desk.settle().await;

    let path = format!("{URL}/{id}");
    let changed = sam.patch(&path, json!({"condition": {"field": "status", "op": "is", "value": "resolved"}, "sort": "oldest"})).await.ok();
    assert_eq!((&changed["state"], &changed["version"]), (&json!("filling"), &json!(2)));
    desk.settle().await;

    assert_eq!(sam.get(&path).await.ok()["state"], "ready");
    assert_eq!((lists(&sam, &format!("saved_view_id={id}")).await, counts(&sam, &id).await), (vec!["Second".to_owned()], 1));
    sam.send("DELETE", &path, &[], None).await.ok();
    sam.get(&path).await.refused(404);
    saves(&sam, "Some", json!({"all": []}), everyone()).await;
    desk.settle().await;
    assert_eq!(sam.get(URL).await.ok()["items"].as_array().unwrap().len(), 1);
    sam.get(&format!("/api/v1/conversations?saved_view_id={id}")).await.refused(404);
}

#[tokio::test]
async fn a_view_shows_and_counts_only_what_one_may_see() {
    let desk = TestDesk::open().await;
    let (inbox, other) = (desk.inbox().await, desk.second_brand().await);
    let sam = desk.agent("Sam", Role::Administrator).await;
    let ines = desk.agent_with("Ines", vec![GrantSpec { brand_id: Some(other.brand_id), ..GrantSpec::everywhere(Role::Agent) }]).await;
    desk.visitor(&inbox).await.writes("Secret").await;
    desk.visitor(&other).await.writes("Known").await;
    let id = saves(&sam, "All", json!({"all": []}), everyone()).await;
    let own = saves(&sam, "My own", json!({"all": []}), json!({"with": "me"})).await;
    let mut desk = desk;
    desk.settle().await;

    assert_eq!((counts(&sam, &id).await, counts(&ines, &id).await), (2, 1));
    assert_eq!(lists(&ines, &format!("saved_view_id={id}")).await, ["Known"]);
    assert_eq!(lists(&ines, &filter(&json!({"all": []}))).await, ["Known"]);
    ines.get(&format!("{URL}/{own}")).await.refused(404);
    ines.get(&format!("/api/v1/conversations?saved_view_id={own}")).await.refused(404);
    ines.patch(&format!("{URL}/{id}"), json!({"name": "Mine now"})).await.refused(403);
    ines.post(URL, json!({"name": "For all", "condition": {"all": []}, "sharing": {"with": "everyone"}})).await.refused(403);
}

#[tokio::test]
async fn a_filter_that_nobody_keeps_answers_page_by_page() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    for n in 0..7 {
        desk.advance(Duration::from_secs(1)).await;
        let conversation = desk.visitor(&inbox).await.writes(&format!("case {n}")).await;
        sam.changes(&conversation, json!({"status": if n % 3 == 0 { "resolved" } else { "open" }})).await;
    }
    let asked = filter(&json!({"any": [{"field": "subject", "op": "contains", "value": "CASE"}]}));
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = sam.get(&format!("/api/v1/conversations?limit=3&{asked}{cursor}")).await.ok();
        found.extend(page["items"].as_array().unwrap().iter().map(|item| item["subject"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(found, (0..7).rev().map(|n| format!("case {n}")).collect::<Vec<_>>());
    assert_eq!(lists(&sam, &filter(&json!({"field": "status", "op": "is", "value": "resolved"}))).await, ["case 6", "case 3", "case 0"]);
    let unknown = filter(&json!({"field": "colour", "op": "is", "value": "red"}));
    sam.get(&format!("/api/v1/conversations?{unknown}")).await.refused(422);
    sam.get("/api/v1/conversations?filter=nothing").await.refused(422);
}

#[tokio::test]
async fn what_a_company_keeps_of_its_own_is_asked_for_like_any_field() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let (anna, jan) = (desk.visitor(&inbox).await, desk.visitor(&inbox).await);
    let (first, _) = (anna.writes("Order").await, jan.writes("Other").await);
    let contact = sam.sees(&first).await["contact"]["id"].as_str().unwrap().to_owned();
    sam.post("/api/v1/attributes", json!({"of": "conversation", "key": "size", "names": {"en": "Size"}, "kind": "number"})).await.ok();
    sam.post("/api/v1/attributes", json!({"of": "contact", "key": "since", "names": {"en": "Customer since"}, "kind": "date"})).await.ok();
    let big = saves(&sam, "Big", json!({"field": "attribute.size", "op": "at_least", "value": 10}), everyone()).await;
    let early = saves(&sam, "Early", json!({"field": "contact_attribute.since", "op": "before", "value": "2020-01-01T00:00:00Z"}), everyone()).await;
    desk.settle().await;
    assert_eq!((counts(&sam, &big).await, counts(&sam, &early).await), (0, 0));

    sam.changes(&first, json!({"attributes": {"size": 12}})).await;
    sam.patch(&format!("/api/v1/contacts/{contact}"), json!({"attributes": {"since": "2019-05-01"}})).await.ok();
    desk.settle().await;

    assert_eq!(lists(&sam, &format!("saved_view_id={big}")).await, ["Order"]);
    assert_eq!(lists(&sam, &format!("saved_view_id={early}")).await, ["Order"]);
    let fields = sam.get("/api/v1/conversation-fields").await.ok();
    assert!(fields["items"].as_array().unwrap().iter().any(|field| field["field"] == "attribute.size" && field["attribute"]["names"]["en"] == "Size"));
}

#[tokio::test]
async fn a_view_follows_a_location_into_another_region() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let adds = async |body: Value| sam.post("/api/v1/locations", body).await.ok()["id"].as_str().unwrap().to_owned();
    let (iberia, baltics) = (adds(json!({"kind": "region", "name": "Iberia"})).await, adds(json!({"kind": "region", "name": "Baltics"})).await);
    let shop = adds(json!({"kind": "location", "name": "Lisbon", "parent_id": baltics})).await;
    let conversation = desk.visitor(&inbox).await.writes("Where is it").await;
    sam.changes(&conversation, json!({"location_id": shop})).await;
    let there = saves(&sam, "Iberia", json!({"all": [{"field": "location", "op": "one_of", "value": [iberia]}]}), everyone()).await;
    let not = saves(&sam, "Baltics", json!({"all": [{"field": "location", "op": "one_of", "value": [baltics]}]}), everyone()).await;
    desk.settle().await;
    assert_eq!((counts(&sam, &there).await, counts(&sam, &not).await), (0, 1));

    sam.patch(&format!("/api/v1/locations/{shop}"), json!({"parent_id": iberia})).await.ok();
    desk.settle().await;

    assert_eq!((counts(&sam, &there).await, counts(&sam, &not).await), (1, 0));
    assert_eq!(lists(&sam, &format!("saved_view_id={there}")).await, ["Where is it"]);
}
