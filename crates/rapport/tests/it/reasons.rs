//! Contact reasons: the tree, who keeps it, what a conversation may have, and asking for one on resolving.

use rapport::{people::GrantSpec, viewer::Role};
use serde_json::{Value, json};
use testkit::{Agent, TestDesk};

const URL: &str = "/api/v1/contact-reasons";

async fn adds(agent: &Agent, name: &str, more: Value) -> String {
    let mut body = json!({"names": {"en": name}});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    agent.post(URL, body).await.ok()["id"].as_str().unwrap().to_owned()
}

async fn names(agent: &Agent) -> Vec<String> {
    agent.get(URL).await.ok()["items"].as_array().unwrap().iter().map(|item| item["names"]["en"].as_str().unwrap().to_owned()).collect()
}

async fn refused(agent: &Agent, conversation: &str, change: Value) -> String {
    let answer = agent.patch(&format!("/api/v1/conversations/{conversation}"), change).await;
    assert!(answer.status.is_client_error(), "{}", answer.body);
    answer.body["detail"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn reasons_stand_in_a_tree_of_three_levels_in_their_order() {
    let desk = TestDesk::open().await;
    let (boss, inbox) = (desk.agent("Boss", Role::Administrator).await, desk.inbox().await);
    let delivery = adds(&boss, "Delivery", json!({"brand_id": inbox.brand_id})).await;
    let late = adds(&boss, "Late", json!({"parent_id": delivery})).await;
    let lost = adds(&boss, "Lost by the carrier", json!({"parent_id": late})).await;
    adds(&boss, "Returns", json!({"position": 0})).await;

    boss.post(URL, json!({"names": {"en": "Too deep"}, "parent_id": lost})).await.refused(422);
    boss.post(URL, json!({"names": {"en": "Elsewhere"}, "parent_id": delivery, "brand_id": uuid::Uuid::max()})).await.refused(422);
    boss.post(URL, json!({"names": {"en": " "}})).await.refused(422);
    boss.post(URL, json!({"names": {"en": "x".repeat(61)}})).await.refused(422);
    boss.post(URL, json!({"names": {"en": "Nowhere"}, "brand_id": uuid::Uuid::max()})).await.refused(422);

    assert_eq!(names(&boss).await[0], "Returns");
    let items = boss.get(URL).await.ok()["items"].as_array().unwrap().clone();
    let brand_of = |id: &str| items.iter().find(|item| item["id"] == id).unwrap()["brand_id"].clone();
    assert_eq!(brand_of(&lost), json!(inbox.brand_id), "below a reason the brand is that of the reason");
}

#[tokio::test]
async fn reasons_are_kept_by_whoever_has_the_right_for_the_brand() {
    let desk = TestDesk::open().await;
    let (inbox, noord) = (desk.inbox().await, desk.second_brand().await);
    let (boss, sam) = (desk.agent("Boss", Role::Administrator).await, desk.agent("Sam", Role::Agent).await);
    let ines = desk.agent_with("Ines", vec![GrantSpec { brand_id: Some(noord.brand_id), ..GrantSpec::everywhere(Role::Supervisor) }]).await;
    let all = adds(&boss, "All", json!({})).await;

    sam.post(URL, json!({"names": {"en": "Mine"}})).await.refused(403);
    ines.post(URL, json!({"names": {"en": "For all"}})).await.refused(403);
    ines.post(URL, json!({"names": {"en": "For them"}, "brand_id": inbox.brand_id})).await.refused(403);
    ines.patch(&format!("{URL}/{all}"), json!({"archived": true})).await.refused(403);
    ines.send("DELETE", &format!("{URL}/{all}"), &[], None).await.refused(403);
    let own = adds(&ines, "Ours", json!({"brand_id": noord.brand_id})).await;
    assert_eq!(ines.patch(&format!("{URL}/{own}"), json!({"names": {"en": "Ours now"}})).await.ok()["version"], 2);
    assert_eq!(names(&sam).await.len(), 2);
}

#[tokio::test]
async fn a_conversation_has_a_reason_of_its_brand_and_the_list_is_found_by_it() {
    let mut desk = TestDesk::open().await;
    let (inbox, noord) = (desk.inbox().await, desk.second_brand().await);
    let boss = desk.agent("Boss", Role::Administrator).await;
    desk.watch(&boss).await;
    let delivery = adds(&boss, "Delivery", json!({})).await;
    let late = adds(&boss, "Late", json!({"parent_id": delivery})).await;
    let lost = adds(&boss, "Lost", json!({"parent_id": late})).await;
    let foreign = adds(&boss, "Foreign", json!({"brand_id": noord.brand_id})).await;
    let mut ids = Vec::new();
    for subject in ["one", "two", "three"] {
        ids.push(desk.visitor(&inbox).await.writes(subject).await);
    }

    boss.changes(&ids[0], json!({"contact_reason_id": lost})).await;
    boss.changes(&ids[1], json!({"contact_reason_id": delivery, "status": "resolved"})).await;
    assert!(refused(&boss, &ids[2], json!({"contact_reason_id": foreign})).await.contains("another brand"));
    assert!(refused(&boss, &ids[2], json!({"contact_reason_id": uuid::Uuid::max()})).await.contains("no such contact reason"));
    desk.settle().await;

    let found = async |reason: &str| {
        let items = boss.get(&format!("/api/v1/conversations?contact_reason_id={reason}")).await.ok()["items"].take();
        let mut subjects: Vec<String> = items.as_array().unwrap().iter().map(|item| item["subject"].as_str().unwrap().to_owned()).collect();
        subjects.sort();
        subjects
    };
    assert_eq!((found(&delivery).await, found(&late).await, found(&foreign).await), (vec!["one".into(), "two".into()], vec!["one".into()], vec![]));
    assert_eq!((boss.count("all").await, boss.count("unassigned").await), (2, 2));
    let messages = boss.get(&format!("/api/v1/conversations/{}/messages", ids[0])).await.ok();
    assert_eq!(messages["items"][0]["system"], json!({"type": "reason_changed", "from": null, "to": lost}));
    boss.changes(&ids[0], json!({"contact_reason_id": null})).await;
    assert_eq!(boss.sees(&ids[0]).await["contact_reason_id"], Value::Null);
}

#[tokio::test]
async fn what_was_used_is_archived_and_what_never_was_may_go() {
    let desk = TestDesk::open().await;
    let (boss, inbox) = (desk.agent("Boss", Role::Administrator).await, desk.inbox().await);
    let (first, second) = (desk.visitor(&inbox).await.writes("Hello").await, desk.visitor(&inbox).await.writes("Hello").await);
    let parent = adds(&boss, "Delivery", json!({})).await;
    let (used, unused) = (adds(&boss, "Late", json!({"parent_id": parent})).await, adds(&boss, "Lost", json!({"parent_id": parent})).await);
    boss.changes(&first, json!({"contact_reason_id": used})).await;
    boss.changes(&first, json!({"contact_reason_id": null})).await;

    boss.send("DELETE", &format!("{URL}/{used}"), &[], None).await.refused(409);
    boss.send("DELETE", &format!("{URL}/{parent}"), &[], None).await.refused(409);
    boss.send("DELETE", &format!("{URL}/{unused}"), &[], None).await.ok();
    boss.changes(&first, json!({"contact_reason_id": used})).await;
    boss.patch(&format!("{URL}/{parent}"), json!({"archived": true})).await.ok();

    assert!(refused(&boss, &second, json!({"contact_reason_id": used})).await.contains("archived"), "what stands above is archived");
    assert_eq!(boss.sees(&first).await["contact_reason_id"], json!(used), "what has it keeps it");
    boss.patch(&format!("{URL}/{parent}"), json!({"archived": false})).await.ok();
    boss.changes(&second, json!({"contact_reason_id": used})).await;
}

#[tokio::test]
async fn a_brand_that_demands_a_reason_resolves_nothing_without_one() {
    let mut desk = TestDesk::open().await;
    let (inbox, noord) = (desk.inbox().await, desk.second_brand().await);
    let boss = desk.agent("Boss", Role::Administrator).await;
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("Hello").await;
    let elsewhere = desk.visitor(&noord).await.writes("Hello").await;
    let brand = format!("/api/v1/brands/{}", inbox.brand_id);
    assert_eq!(boss.get(&brand).await.ok()["ask_contact_reason"], "never");
    boss.patch(&brand, json!({"ask_contact_reason": "demanded"})).await.ok();
    boss.changes(&conversation, json!({"status": "resolved"})).await;
    boss.changes(&conversation, json!({"status": "open"})).await;
    let reason = adds(&boss, "Delivery", json!({})).await;
    let resolves = json!({"name": "Done", "mode": "reply", "texts": {"en": "Done."}, "actions": [{"type": "set_status", "status": "resolved"}], "sharing": {"with": "me"}});
    let done = boss.post("/api/v1/macros", resolves).await.ok()["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/conversations/{conversation}");

    let told = boss.patch(&path, json!({"status": "resolved"})).await;
    assert!(told.body["detail"].as_str().unwrap().contains("What did the customer come for?"));
    assert_eq!(told.refused(409), "contact_reason_missing");
    assert_eq!(boss.post(&format!("{path}/replies"), json!({"text": "Bye", "then": "resolve"})).await.refused(409), "contact_reason_missing");
    assert_eq!(boss.post(&format!("{path}/macros/{done}"), json!({})).await.refused(409), "contact_reason_missing");
    desk.settle().await;
    assert_eq!(anna.reads().await, ["Hello"], "neither answer went out");
    boss.changes(&elsewhere, json!({"status": "resolved"})).await;

    boss.changes(&conversation, json!({"contact_reason_id": reason, "status": "resolved"})).await;
    boss.changes(&conversation, json!({"status": "open", "contact_reason_id": null})).await;
    boss.patch(&brand, json!({"ask_contact_reason": "offered"})).await.ok();
    boss.changes(&conversation, json!({"status": "resolved"})).await;
    boss.patch(&brand, json!({"ask_contact_reason": "sometimes"})).await.refused(422);
}

#[tokio::test]
async fn a_macro_says_what_the_customer_came_for() {
    let desk = TestDesk::open().await;
    let (boss, inbox) = (desk.agent("Boss", Role::Administrator).await, desk.inbox().await);
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    boss.patch(&format!("/api/v1/brands/{}", inbox.brand_id), json!({"ask_contact_reason": "demanded"})).await.ok();
    let reason = adds(&boss, "Delivery", json!({})).await;
    let actions = json!([{"type": "set_status", "status": "resolved"}, {"type": "set_contact_reason", "contact_reason_id": reason}]);
    let id = boss.post("/api/v1/macros", json!({"name": "Done", "actions": actions, "sharing": {"with": "me"}})).await.ok()["id"].as_str().unwrap().to_owned();

    let after = boss.post(&format!("/api/v1/conversations/{conversation}/macros/{id}"), json!({})).await.ok();

    assert_eq!((&after["status"], &after["contact_reason_id"]), (&json!("resolved"), &json!(reason)));
}
