//! Who takes part, teams that are mentioned, and giving a conversation away with the reason.

use rapport::{people::GrantSpec, viewer::Role};
use serde_json::{Value, json};
use testkit::{Agent, TestDesk};

async fn participants(agent: &Agent, conversation: &str) -> Vec<String> {
    let page = agent.get(&format!("/api/v1/conversations/{conversation}/participants")).await.ok();
    page["items"].as_array().unwrap().iter().map(|one| one["agent_id"].as_str().unwrap().to_owned()).collect()
}

async fn team(boss: &Agent, name: &str, members: &[&Agent]) -> Value {
    let ids: Vec<_> = members.iter().map(|member| member.id).collect();
    boss.post("/api/v1/teams", json!({"name": name, "member_ids": ids})).await.ok()["id"].clone()
}

#[tokio::test]
async fn whoever_follows_or_is_added_finds_it_in_the_view_until_they_leave() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await, desk.agent("Ines", Role::ReadOnly).await);
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    desk.watch(&ines).await;
    let path = |agent: &Agent| format!("/api/v1/conversations/{conversation}/participants/{}", agent.id);

    ines.send("PUT", &path(&ines), &[], None).await;
    assert_eq!(ines.subjects("participating").await, ["Hello"]);
    assert_eq!(ines.count("participating").await, 1);
    sam.send("PUT", &path(&sam), &[], None).await;
    desk.settle().await;
    assert_eq!(participants(&sam, &conversation).await.len(), 2);
    assert_eq!(ines.send("DELETE", &path(&sam), &[], None).await.refused(403), "forbidden", "who may not write notes decides for themselves only");
    assert!(sam.send("DELETE", &path(&ines), &[], None).await.status.is_success());
    desk.settle().await;
    assert_eq!(participants(&sam, &conversation).await, [sam.id.to_string()]);
    assert_eq!(ines.count("participating").await, 0);
    sam.changes(&conversation, json!({"status": "resolved"})).await;
    sam.send("PUT", &path(&ines), &[], None).await;
    assert_eq!(ines.count("participating").await, 0, "what is resolved is in no such view");
}

#[tokio::test]
async fn nobody_is_added_to_what_they_may_not_see() {
    let desk = TestDesk::open().await;
    let (inbox, other) = (desk.inbox().await, desk.second_brand().await);
    let sam = desk.agent("Sam", Role::Agent).await;
    let elsewhere = desk.agent_with("Ines", vec![GrantSpec { brand_id: Some(other.brand_id), ..GrantSpec::everywhere(Role::Agent) }]).await;
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;

    let path = format!("/api/v1/conversations/{conversation}/participants/{}", elsewhere.id);
    assert_eq!(sam.send("PUT", &path, &[], None).await.refused(422), "invalid_request");
    assert_eq!(elsewhere.send("PUT", &path, &[], None).await.refused(404), "not_found");
}

#[tokio::test]
async fn a_mentioned_team_is_its_members_who_may_see_the_conversation() {
    let mut desk = TestDesk::open().await;
    let (inbox, other) = (desk.inbox().await, desk.second_brand().await);
    let (boss, sam, ines) = (desk.agent("Boss", Role::Administrator).await, desk.agent("Sam", Role::Agent).await, desk.agent("Ines", Role::Agent).await);
    let elsewhere = desk.agent_with("Bo", vec![GrantSpec { brand_id: Some(other.brand_id), ..GrantSpec::everywhere(Role::Agent) }]).await;
    let delivery = team(&boss, "Delivery", &[&sam, &ines, &elsewhere]).await;
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    for agent in [&sam, &ines, &elsewhere] {
        desk.watch(agent).await;
    }

    let notes = format!("/api/v1/conversations/{conversation}/notes");
    let note = sam.post(&notes, json!({"text": "@Delivery please look", "team_mentions": [delivery]})).await.ok();
    desk.settle().await;

    assert_eq!((&note["mentions"], &note["team_mentions"]), (&json!([ines.id]), &json!([delivery])), "not the writer, and nobody who may not see it");
    assert_eq!(ines.subjects("mentions").await, ["Hello"]);
    assert_eq!((sam.count("mentions").await, elsewhere.count("mentions").await), (0, 0));
    let nobody = json!("01900000-0000-7000-8000-000000000000");
    assert_eq!(sam.post(&notes, json!({"text": "x", "team_mentions": [nobody]})).await.refused(422), "invalid_request");
}

/// zammad/zammad#1137: a chat is handed to a colleague, who has to ask what it is about.
#[tokio::test]
async fn zammad_1137_a_transfer_carries_its_reason_or_does_not_happen() {
    let mut desk = TestDesk::open().await;
    let (inbox, boss, sam, ines) =
        (desk.inbox().await, desk.agent("Boss", Role::Administrator).await, desk.agent("Sam", Role::Agent).await, desk.agent("Ines", Role::Agent).await);
    let delivery = team(&boss, "Delivery", &[&ines]).await;
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    sam.changes(&conversation, json!({"assignee_id": sam.id})).await;
    desk.settle().await;
    desk.watch(&sam).await;
    desk.watch(&ines).await;
    let path = format!("/api/v1/conversations/{conversation}/transfer");

    assert_eq!(sam.post(&path, json!({"assignee_id": ines.id, "reason": " "})).await.refused(422), "invalid_request");
    assert_eq!(sam.post(&path, json!({"reason": "Why"})).await.refused(422), "invalid_request");
    let nobody = "01900000-0000-7000-8000-000000000000";
    assert_eq!(sam.post(&path, json!({"assignee_id": nobody, "reason": "Why"})).await.refused(422), "invalid_request");
    assert_eq!(sam.sees(&conversation).await["last_seq"], 2, "what is refused leaves no note");

    let key = [("idempotency-key", "once")];
    for _ in 0..2 {
        let moved = sam.send("POST", &path, &key, Some(json!({"assignee_id": ines.id, "reason": "Speaks Polish"}))).await.ok();
        assert_eq!(moved["assignee_id"], json!(ines.id));
    }
    desk.settle().await;
    let messages = ines.get(&format!("/api/v1/conversations/{conversation}/messages")).await.ok();
    let notes: Vec<&Value> = messages["items"].as_array().unwrap().iter().filter(|message| message["kind"] == "note").collect();
    assert_eq!((notes.len(), &notes[0]["text"], &notes[0]["mentions"]), (1, &json!("Speaks Polish"), &json!([ines.id])));

    let back = ines.post(&path, json!({"team_id": delivery, "assignee_id": null, "reason": "A parcel"})).await.ok();
    assert_eq!((&back["team_id"], &back["assignee_id"]), (&delivery, &json!(null)));
    desk.settle().await;
}
