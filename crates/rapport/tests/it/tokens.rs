//! API tokens: never more than their owner, never longer than they last, and gone at once.

use std::time::Duration;

use rapport::viewer::Role;
use serde_json::{Value, json};
use testkit::{Agent, TestDesk};

/// A token made over the API, and who comes in with it.
async fn made(owner: &Agent, new: Value) -> (Value, Agent) {
    let made = owner.post("/api/v1/me/tokens", new).await.ok();
    let program = owner.through(made["secret"].as_str().unwrap());
    (made["token"].clone(), program)
}

#[tokio::test]
async fn a_token_is_listed_without_its_secret_and_works_until_it_is_revoked() {
    let desk = TestDesk::open().await;
    let address = desk.serve().await;
    let (sam, ines) = (desk.agent("Sam", Role::Agent).await, desk.agent("Ines", Role::Agent).await);
    let (token, program) = made(&sam, json!({"name": "Shop", "scope": "conversations.read, contacts.read"})).await;
    assert_eq!((&token["scope"], &token["per_minute"], &token["last_used_at"]), (&json!("conversations.read,contacts.read"), &json!(600), &Value::Null));
    let mut socket = TestDesk::connect(address, &program.token).await;

    let listed = sam.get("/api/v1/me/tokens").await.ok();
    assert!(listed.to_string().contains("Shop") && !listed.to_string().contains(&program.token));
    assert_eq!(program.get("/api/v1/conversations").await.status, 200);
    assert_eq!(program.get("/api/v1/agents").await.refused(403), "forbidden");
    let path = format!("/api/v1/me/tokens/{}", token["id"].as_str().unwrap());
    assert_eq!(ines.send("DELETE", &path, &[], None).await.refused(404), "not_found");
    assert_eq!(sam.send("DELETE", &path, &[], None).await.status, 204);

    assert_eq!(socket.is_ended().await, 4401);
    assert_eq!(program.get("/api/v1/conversations").await.refused(401), "unauthorized");
}

#[tokio::test]
async fn a_token_never_outgrows_its_scope_nor_its_owner() {
    let mut desk = TestDesk::open().await;
    let (address, inbox, boss) = (desk.serve().await, desk.inbox().await, desk.agent("Boss", Role::Administrator).await);
    let sam = desk.agent("Sam", Role::Agent).await;
    let (_, contacts) = made(&sam, json!({"name": "Contacts", "scope": "contacts.read"})).await;
    let (_, all) = made(&sam, json!({"name": "All", "scope": "*"})).await;
    let mut socket = TestDesk::connect(address, &contacts.token).await;

    for scope in ["*", "contacts.read,conversations.read"] {
        assert_eq!(contacts.post("/api/v1/me/tokens", json!({"name": "More", "scope": scope})).await.refused(403), "forbidden");
    }
    made(&contacts, json!({"name": "Same", "scope": "contacts.read"})).await;
    // What changes its owner is no reason to hear more than the scope says.
    sam.patch("/api/v1/me", json!({"name": "Samuel"})).await.ok();
    desk.settle().await;
    desk.visitor(&inbox).await.writes("Canary").await;
    desk.settle().await;
    boss.post("/api/v1/teams", json!({"name": "Last"})).await.ok();
    socket.hears(|frame| frame["what"] == "teams").await;
    assert!(!socket.frames.iter().any(|frame| frame.to_string().contains("Canary\",\"")), "{:?}", socket.frames);
    boss.patch(&format!("/api/v1/agents/{}", sam.id), json!({"grants": []})).await.ok();
    assert_eq!(all.get("/api/v1/conversations").await.refused(403), "forbidden");
}

#[tokio::test]
async fn a_token_expires_and_its_last_use_is_noted_once_a_minute() {
    let desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Agent).await;
    let until = desk.clock.now().plus(Duration::from_secs(600));
    assert_eq!(sam.post("/api/v1/me/tokens", json!({"name": "Past", "scope": "*", "expires_at": desk.clock.now()})).await.refused(422), "invalid_request");
    let (token, program) = made(&sam, json!({"name": "Soon over", "scope": "*", "expires_at": until})).await;
    let noted = async |sam: &Agent, wanted: &Value| {
        let listed = sam.get("/api/v1/me/tokens").await.ok();
        &listed["items"].as_array().unwrap().iter().find(|known| known["id"] == token["id"]).unwrap()["last_used_at"] == wanted
    };

    let first = json!(desk.clock.now());
    program.get("/api/v1/me").await.ok();
    while !noted(&sam, &first).await {
        tokio::task::yield_now().await;
    }
    desk.clock.advance(Duration::from_secs(59));
    program.get("/api/v1/me").await.ok();
    desk.desk.store.write_in_background(|_| Ok::<_, platform::store::Error>(())).await.unwrap();
    assert!(noted(&sam, &first).await, "not with each request");
    desk.clock.advance(Duration::from_secs(1));
    let second = json!(desk.clock.now());
    program.get("/api/v1/me").await.ok();
    while !noted(&sam, &second).await {
        tokio::task::yield_now().await;
    }
    desk.clock.advance(Duration::from_secs(540));
    assert_eq!(program.get("/api/v1/me").await.refused(401), "unauthorized");
}

#[tokio::test]
async fn each_token_has_a_budget_of_its_own() {
    let desk = TestDesk::open_with(&[]).await;
    let sam = desk.agent("Sam", Role::Agent).await;
    let (_, slow) = made(&sam, json!({"name": "Slow", "scope": "*", "per_minute": 3})).await;
    let (_, other) = made(&sam, json!({"name": "Other", "scope": "*", "per_minute": 3})).await;

    for _ in 0..3 {
        slow.get("/api/v1/me").await.ok();
    }
    let refused = slow.get("/api/v1/me").await;
    assert!(refused.headers.contains_key("retry-after"));
    assert_eq!(refused.refused(429), "rate_limited");
    other.get("/api/v1/me").await.ok();
    assert_eq!(sam.post("/api/v1/me/tokens", json!({"name": "Fast", "scope": "*", "per_minute": 6001})).await.refused(422), "invalid_request");
}

#[tokio::test]
async fn administrators_see_and_end_the_tokens_of_all() {
    let desk = TestDesk::open().await;
    let (boss, sam) = (desk.agent("Boss", Role::Administrator).await, desk.agent("Sam", Role::Supervisor).await);
    let (token, program) = made(&sam, json!({"name": "Shop", "scope": "*"})).await;

    assert_eq!(sam.get("/api/v1/tokens").await.refused(403), "forbidden");
    let listed = boss.get("/api/v1/tokens").await.ok();
    let shop = listed["items"].as_array().unwrap().iter().find(|known| known["name"] == "Shop").unwrap();
    assert_eq!((&shop["agent_id"], &shop["agent"]), (&json!(sam.id), &json!("sam@example.com")));
    assert_eq!(boss.send("DELETE", &format!("/api/v1/tokens/{}", token["id"].as_str().unwrap()), &[], None).await.status, 204);
    assert_eq!(program.get("/api/v1/me").await.refused(401), "unauthorized");
}
