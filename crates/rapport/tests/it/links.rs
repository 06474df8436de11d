//! Links between conversations.

use rapport::{people::GrantSpec, viewer::Role};
use serde_json::{Value, json};
use testkit::{Agent, TestDesk};

async fn links(agent: &Agent, conversation: &str) -> Vec<Value> {
    agent.get(&format!("/api/v1/conversations/{conversation}/links")).await.ok()["items"].as_array().unwrap().clone()
}

async fn link(agent: &Agent, conversation: &str, link: Value) -> Value {
    agent.post(&format!("/api/v1/conversations/{conversation}/links"), link).await.ok()
}

#[tokio::test]
async fn a_link_is_seen_from_both_sides_and_told_to_whoever_looks() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let (one, other) = (desk.visitor(&inbox).await.writes("Broken").await, desk.visitor(&inbox).await.writes("Broken too").await);
    desk.watch(&sam).await;
    let number = sam.sees(&other).await["number"].clone();

    let made = link(&sam, &one, json!({"kind": "duplicate", "to_number": number})).await;
    desk.settle().await;

    assert_eq!((&made["kind"], &made["outward"], &made["conversation_id"]), (&json!("duplicate"), &json!(true), &json!(other)));
    let back = links(&sam, &other).await;
    assert_eq!((&back[0]["outward"], &back[0]["conversation_id"], &back[0]["subject"]), (&json!(false), &json!(one), &json!("Broken")));
    let frames = &desk.mirror(&sam).frames;
    assert_eq!(frames.iter().filter(|frame| frame["field"] == "links").count(), 2, "on both sides");
    assert_eq!(link(&sam, &one, json!({"kind": "duplicate", "to_id": other})).await["id"], made["id"], "again is the same");

    let path = format!("/api/v1/conversations/{other}/links/{}", made["id"].as_str().unwrap());
    assert!(sam.send("DELETE", &path, &[], None).await.status.is_success());
    desk.settle().await;
    assert!(links(&sam, &one).await.is_empty());
}

#[tokio::test]
async fn whoever_may_not_see_the_other_conversation_sees_no_link_and_makes_none() {
    let mut desk = TestDesk::open().await;
    let (inbox, other) = (desk.inbox().await, desk.second_brand().await);
    let boss = desk.agent("Boss", Role::Administrator).await;
    let sam = desk.agent_with("Sam", vec![GrantSpec { brand_id: Some(inbox.brand_id), ..GrantSpec::everywhere(Role::Agent) }]).await;
    let (here, there) = (desk.visitor(&inbox).await.writes("Here").await, desk.visitor(&other).await.writes("Canary-there").await);
    let made = link(&boss, &here, json!({"kind": "related", "to_id": there})).await;
    desk.settle().await;

    assert!(links(&sam, &here).await.is_empty());
    let path = format!("/api/v1/conversations/{here}/links");
    let gone = sam.send("DELETE", &format!("{path}/{}", made["id"].as_str().unwrap()), &[], None).await;
    assert_eq!(gone.refused(404), "not_found");
    let number = boss.sees(&there).await["number"].clone();
    for body in [
        json!({"kind": "follows", "to_id": there}),
        json!({"kind": "follows", "to_number": number}),
        json!({"kind": "follows", "to_id": here}),
        json!({"kind": "follows"}),
    ] {
        assert_eq!(sam.post(&path, body).await.refused(422), "invalid_request");
    }
    assert_eq!(links(&boss, &here).await.len(), 1);
}
