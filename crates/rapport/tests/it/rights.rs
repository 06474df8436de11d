//! Rights over brand, team, inbox and location: not permitted looks exactly like not there, live as well.

use rapport::{people::GrantSpec, viewer::Role};
use serde_json::json;
use testkit::TestDesk;

#[tokio::test]
async fn an_agent_of_one_brand_knows_nothing_of_the_other() {
    let mut desk = TestDesk::open().await;
    let (inbox, noord) = (desk.inbox().await, desk.second_brand().await);
    let boss = desk.agent("Boss", Role::Administrator).await;
    let sam = desk.agent_with("Sam", vec![GrantSpec { brand_id: Some(inbox.brand_id), ..GrantSpec::everywhere(Role::Agent) }]).await;
    desk.watch(&sam).await;
    desk.watch(&boss).await;

    let own = desk.visitor(&inbox).await.writes("Ours").await;
    let foreign = desk.visitor(&noord).await.writes("Canary-of-Noord").await;
    boss.replies(&foreign, "Canary-reply").await;
    desk.settle().await;

    assert_eq!(sam.subjects("all").await, ["Ours"]);
    assert_eq!((sam.count("all").await, boss.count("all").await), (1, 2));
    assert!(!sam.mirror_was_told(&desk, "Canary"), "a frame of the other brand reached Sam");
    let nowhere = "01900000-0000-7000-8000-000000000000";
    for (method, rest, body) in [
        ("GET", "", None),
        ("GET", "/messages", None),
        ("GET", "/drafts", None),
        ("PATCH", "", Some(json!({"status": "resolved"}))),
        ("POST", "/replies", Some(json!({"text": "x"}))),
        ("POST", "/notes", Some(json!({"text": "x"}))),
        ("PUT", "/read", Some(json!({"seq": 1}))),
        ("PUT", "/drafts/reply", Some(json!({"text": "x"}))),
    ] {
        let there = sam.send(method, &format!("/api/v1/conversations/{foreign}{rest}"), &[], body.clone()).await;
        let not_there = sam.send(method, &format!("/api/v1/conversations/{nowhere}{rest}"), &[], body).await;
        assert_eq!((there.status, &there.body), (not_there.status, &not_there.body), "{method} {rest}");
        assert_eq!(there.status, 404);
    }
    assert_eq!(sam.get("/api/v1/search?q=Canary").await.ok()["items"], json!([]));
    let contact = boss.sees(&foreign).await["contact"]["id"].as_str().unwrap().to_owned();
    for rest in ["", "/timeline", "/notes"] {
        assert_eq!(sam.get(&format!("/api/v1/contacts/{contact}{rest}")).await.refused(404), "not_found");
    }
    assert_eq!(sam.sees(&own).await["subject"], "Ours");
}

#[tokio::test]
async fn a_conversation_that_leaves_ones_team_leaves_ones_screen() {
    let mut desk = TestDesk::open().await;
    let inbox = desk.inbox().await;
    let boss = desk.agent("Boss", Role::Administrator).await;
    let team = boss.post("/api/v1/teams", json!({"name": "Delivery"})).await.ok()["id"].as_str().unwrap().to_owned();
    let team_id = serde_json::from_value(json!(team)).unwrap();
    let sam = desk.agent_with("Sam", vec![GrantSpec { team_id: Some(team_id), ..GrantSpec::everywhere(Role::Agent) }]).await;
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    desk.watch(&sam).await;
    desk.watch(&boss).await;

    boss.changes(&conversation, json!({"team_id": team})).await;
    desk.settle().await;
    assert_eq!(sam.subjects("all").await, ["Hello"]);

    boss.changes(&conversation, json!({"team_id": null})).await;
    desk.settle().await;
    assert_eq!(sam.subjects("all").await, Vec::<String>::new());
    boss.replies(&conversation, "Canary-after").await;
    desk.settle().await;
    assert!(!sam.mirror_was_told(&desk, "Canary-after"));
}

#[tokio::test]
async fn a_right_over_a_region_reaches_its_stores_and_follows_them() {
    let desk = TestDesk::open().await;
    let inbox = desk.inbox().await;
    let boss = desk.agent("Boss", Role::Administrator).await;
    let region = boss.post("/api/v1/locations", json!({"kind": "region", "name": "South"})).await.ok()["id"].clone();
    let north = boss.post("/api/v1/locations", json!({"kind": "region", "name": "North"})).await.ok()["id"].clone();
    let store = boss.post("/api/v1/locations", json!({"kind": "location", "name": "Lisbon", "parent_id": region})).await.ok()["id"].clone();
    let grant = GrantSpec { location_id: serde_json::from_value(region.clone()).unwrap(), ..GrantSpec::everywhere(Role::Agent) };
    let sam = desk.agent_with("Sam", vec![grant]).await;
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    assert_eq!(sam.count("all").await, 0);

    boss.changes(&conversation, json!({"location_id": store})).await;
    assert_eq!((sam.count("all").await, sam.subjects("all").await.len()), (1, 1));

    boss.patch(&format!("/api/v1/locations/{}", store.as_str().unwrap()), json!({"parent_id": north})).await.ok();
    assert_eq!((sam.count("all").await, sam.subjects("all").await.len()), (0, 0));
}

#[tokio::test]
async fn features_one_lacks_are_forbidden_and_say_what_is_needed() {
    let desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Agent).await;

    for (method, path, body) in [
        ("POST", "/api/v1/agents", json!({"name": "X", "email": "x@example.com", "grants": []})),
        ("POST", "/api/v1/brands", json!({"name": "X"})),
        ("POST", "/api/v1/inboxes", json!({})),
        ("POST", "/api/v1/teams", json!({"name": "X"})),
    ] {
        let answer = sam.send(method, path, &[], Some(body)).await;
        assert!(answer.body["detail"].as_str().unwrap().contains("needs the permission"), "{path}");
        assert_eq!(answer.refused(403), "forbidden");
    }
}

#[tokio::test]
async fn nobody_hands_out_more_than_they_have() {
    let desk = TestDesk::open().await;
    let (ines, boss) = (desk.agent("Ines", Role::Supervisor).await, desk.agent("Boss", Role::Administrator).await);
    let new = |role: &str| json!({"name": "New", "email": format!("{role}@example.com"), "grants": [{"role": role}]});

    assert_eq!(ines.post("/api/v1/agents", new("administrator")).await.refused(403), "forbidden");
    ines.post("/api/v1/agents", new("agent")).await.ok();
    assert_eq!(ines.post(&format!("/api/v1/agents/{}/links", boss.id), json!({"kind": "reset"})).await.refused(403), "forbidden");
    assert_eq!(ines.patch(&format!("/api/v1/agents/{}", boss.id), json!({"disabled": true})).await.refused(403), "forbidden");
    assert_eq!(boss.patch(&format!("/api/v1/agents/{}", boss.id), json!({"disabled": true})).await.refused(409), "in_use", "the last administrator stays");
}

trait Told {
    fn mirror_was_told(&self, desk: &TestDesk, text: &str) -> bool;
}

impl Told for testkit::Agent {
    fn mirror_was_told(&self, desk: &TestDesk, text: &str) -> bool {
        desk.mirror(self).was_told(text)
    }
}
