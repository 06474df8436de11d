//! The audit log: every administrative act is in it, with who, from where and what was asked, and no secret.

use std::time::Duration;

use rapport::{people::GrantSpec, viewer::Role};
use serde_json::{Value, json};
use testkit::{Agent, TestDesk};

const URL: &str = "/api/v1/audit-entries";

async fn acts(agent: &Agent, query: &str) -> Vec<Value> {
    let page = agent.get(&format!("{URL}?limit=100{query}")).await.ok();
    page["items"].as_array().unwrap().iter().map(|entry| json!([entry["act"], entry["subject"], entry["agent_name"]])).collect()
}

#[tokio::test]
async fn acts_are_recorded_with_who_and_what_and_nothing_else_is() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let before = acts(&sam, "").await.len();
    desk.advance(Duration::from_secs(1)).await;
    let team = sam.post("/api/v1/teams", json!({"name": "Returns"})).await.ok();
    desk.advance(Duration::from_secs(1)).await;
    sam.patch(&format!("/api/v1/teams/{}", team["id"].as_str().unwrap()), json!({"name": "Returns and refunds"})).await.ok();
    desk.advance(Duration::from_secs(1)).await;
    let made = sam.post("/api/v1/agents", json!({"name": "Ines", "email": "ines@example.com", "grants": [{"role": "agent"}]})).await.ok();
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    sam.replies(&conversation, "Good day").await;
    sam.changes(&conversation, json!({"priority": "high"})).await;

    let told = acts(&sam, "").await;
    assert_eq!(
        told[..told.len() - before],
        [
            json!(["POST /api/v1/agents", "Ines", "Sam"]),
            json!(["PATCH /api/v1/teams/{id}", "Returns and refunds", "Sam"]),
            json!(["POST /api/v1/teams", "Returns", "Sam"])
        ]
    );
    assert_eq!(acts(&sam, "&about=teams").await.len(), 2);
    let entry = sam.get(&format!("{URL}?about=agents&limit=1")).await.ok()["items"][0].clone();
    assert_eq!((&entry["asked"]["email"], &entry["through"]), (&json!("ines@example.com"), &json!("token")));
    let link = made["link"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    assert!(!entry.to_string().contains(&link));
}

#[tokio::test]
async fn what_was_refused_is_no_act_and_a_repeat_is_one() {
    let desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Administrator).await;
    let before = acts(&sam, "").await.len();
    sam.post("/api/v1/teams", json!({"name": ""})).await.refused(422);
    for _ in 0..3 {
        sam.send("POST", "/api/v1/teams", &[("idempotency-key", "once")], Some(json!({"name": "Once"}))).await.ok();
    }

    assert_eq!(acts(&sam, "").await.len() - before, 1);
}

#[tokio::test]
async fn only_who_may_read_all_of_it_reads_it_and_nobody_changes_it() {
    let desk = TestDesk::open().await;
    let other = desk.second_brand().await;
    let ines = desk.agent_with("Ines", vec![GrantSpec { brand_id: Some(other.brand_id), ..GrantSpec::everywhere(Role::Administrator) }]).await;
    let supervisor = desk.agent("Eva", Role::Supervisor).await;

    ines.get(URL).await.refused(403);
    supervisor.get(URL).await.refused(403);
    ines.send("DELETE", URL, &[], None).await.refused(405);
}

#[tokio::test]
async fn pages_go_on_where_the_last_one_ended() {
    let mut desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Administrator).await;
    for n in 0..5 {
        desk.advance(Duration::from_secs(1)).await;
        sam.post("/api/v1/teams", json!({"name": format!("Team {n}")})).await.ok();
    }
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = sam.get(&format!("{URL}?about=teams&limit=2{cursor}")).await.ok();
        found.extend(page["items"].as_array().unwrap().iter().map(|entry| entry["subject"].clone()));
        let Some(next) = page["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(found, ["Team 4", "Team 3", "Team 2", "Team 1", "Team 0"].map(|name| json!(name)));
}
