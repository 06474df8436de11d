//! Replies that go out later.

use std::time::Duration;

use rapport::viewer::Role;
use serde_json::{Value, json};
use testkit::{Agent, TestDesk};

const HOUR: Duration = Duration::from_secs(3600);

fn path(conversation: &str) -> String {
    format!("/api/v1/conversations/{conversation}/scheduled-replies")
}

async fn waiting(agent: &Agent, conversation: &str) -> Vec<Value> {
    agent.get(&path(conversation)).await.ok()["items"].as_array().unwrap().clone()
}

async fn in_hours(desk: &TestDesk, agent: &Agent, conversation: &str, text: &str, hours: u32) -> Value {
    let new = json!({"text": text, "send_at": desk.clock.now().plus(hours * HOUR)});
    agent.post(&path(conversation), new).await.ok()
}

async fn draft(agent: &Agent, conversation: &str) -> Value {
    agent.get(&format!("/api/v1/conversations/{conversation}/drafts")).await.ok()["items"][0]["text"].clone()
}

#[tokio::test]
async fn chatwoot_9484_a_reply_waits_where_the_team_sees_it_and_goes_out_once_at_its_time() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await, desk.agent("Ines", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("When?").await;
    desk.settle().await;
    desk.watch(&sam).await;
    desk.watch(&ines).await;
    desk.watch_visitor(&anna).await;
    let file = sam.uploads("plan.txt", "the plan").await.ok()["id"].clone();
    sam.send("PUT", &format!("/api/v1/conversations/{conversation}/drafts/reply"), &[], Some(json!({"text": "Tomo"}))).await.ok();

    let new = json!({"text": "Tomorrow", "attachment_ids": [file], "send_at": desk.clock.now().plus(30 * HOUR), "then": "resolve"});
    let key = [("idempotency-key", "once")];
    let made = sam.send("POST", &path(&conversation), &key, Some(new.clone())).await.ok();
    assert_eq!(sam.send("POST", &path(&conversation), &key, Some(new)).await.ok()["id"], made["id"]);
    desk.settle().await;
    assert_eq!(waiting(&ines, &conversation).await.len(), 1);
    assert_eq!(waiting(&ines, &conversation).await[0]["attachments"][0]["name"], "plan.txt");
    assert_eq!(draft(&sam, &conversation).await, json!(null), "what was typed is what waits");
    assert!(desk.mirror(&ines).frames.iter().any(|frame| frame["field"] == "scheduled"));
    sam.send("PUT", &format!("/api/v1/conversations/{conversation}/drafts/reply"), &[], Some(json!({"text": "Another matter"}))).await.ok();

    desk.advance(29 * HOUR).await;
    assert_eq!(anna.reads().await, ["When?"], "a file is kept for longer than those that nobody attached");
    for _ in 0..3 {
        desk.advance(HOUR).await;
    }
    let chat = anna.send("GET", "/api/v1/chat/messages", &[], None).await.ok();
    assert_eq!(anna.reads().await, ["When?", "Tomorrow"]);
    assert_eq!((&chat["items"][1]["author"]["name"], &chat["items"][1]["attachments"][0]["name"]), (&json!("Sam"), &json!("plan.txt")));
    assert_eq!(sam.sees(&conversation).await["status"], "resolved");
    assert!(waiting(&sam, &conversation).await.is_empty());
    assert_eq!(draft(&sam, &conversation).await, "Another matter", "what is being typed meanwhile stays");
}

#[tokio::test]
async fn it_is_taken_back_when_the_customer_writes_first_and_its_author_is_told() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await, desk.agent("Ines", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("When?").await;
    in_hours(&desk, &sam, &conversation, "Tomorrow, I think", 3).await;
    desk.settle().await;
    desk.watch(&sam).await;
    desk.watch(&ines).await;

    anna.writes("Never mind").await;
    desk.settle().await;
    desk.advance(5 * HOUR).await;

    assert_eq!(anna.reads().await, ["When?", "Never mind"]);
    assert!(waiting(&sam, &conversation).await.is_empty());
    assert_eq!(draft(&sam, &conversation).await, "Tomorrow, I think");
    assert_eq!((sam.subjects("mentions").await.len(), ines.subjects("mentions").await.len()), (1, 0));
    let messages = sam.get(&format!("/api/v1/conversations/{conversation}/messages")).await.ok();
    let line = messages["items"].as_array().unwrap().iter().find(|message| message["system"]["type"] == "schedule_cancelled").unwrap();
    assert_eq!(line["system"]["to"], json!(sam.id));
    assert_eq!(sam.count("mentions").await, 1);
}

#[tokio::test]
async fn its_author_changes_it_and_a_colleague_takes_it_back() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await, desk.agent("Ines", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("When?").await;
    let made = in_hours(&desk, &sam, &conversation, "Tomorrow", 3).await;
    let one = format!("{}/{}", path(&conversation), made["id"].as_str().unwrap());

    let at = desk.clock.now().plus(8 * HOUR);
    assert_eq!(sam.patch(&one, json!({"text": "On Monday", "send_at": at})).await.ok()["text"], "On Monday");
    assert_eq!(ines.patch(&one, json!({"text": "Never"})).await.refused(403), "forbidden");
    assert_eq!(sam.patch(&one, json!({"send_at": desk.clock.now()})).await.refused(422), "invalid_request");
    desk.advance(4 * HOUR).await;
    assert_eq!(anna.reads().await.len(), 1, "the earlier time is none any more");
    assert!(ines.send("DELETE", &one, &[], None).await.status.is_success());
    desk.advance(8 * HOUR).await;
    assert_eq!(anna.reads().await.len(), 1);
    assert_eq!(draft(&sam, &conversation).await, "On Monday");
    assert_eq!(ines.send("DELETE", &one, &[], None).await.refused(404), "not_found");
    for wrong in [
        json!({"text": " ", "send_at": desk.clock.now().plus(HOUR)}),
        json!({"text": "x", "send_at": desk.clock.now().plus(9000 * HOUR)}),
        json!({"text": "x"}),
    ] {
        assert_eq!(sam.post(&path(&conversation), wrong).await.refused(422), "invalid_request");
    }
}

#[tokio::test]
async fn what_its_author_may_not_send_any_more_becomes_a_draft_and_what_was_merged_goes_out_where_it_went() {
    let mut desk = TestDesk::open().await;
    let (inbox, boss, sam) = (desk.inbox().await, desk.agent("Boss", Role::Administrator).await, desk.agent("Sam", Role::Agent).await);
    let (phone, laptop) = (desk.visitor(&inbox).await, desk.visitor(&inbox).await);
    let (one, other) = (phone.writes("From the phone").await, laptop.writes("From the laptop").await);
    crate::chat_home::same_contact(&desk, &phone, &laptop).await;
    in_hours(&desk, &sam, &other, "To the laptop", 2).await;
    boss.post(&format!("/api/v1/conversations/{other}/merge"), json!({"into_id": one})).await.ok();
    assert_eq!(waiting(&sam, &one).await.len(), 1);
    desk.advance(3 * HOUR).await;
    assert_eq!(laptop.reads().await.last().unwrap(), "To the laptop");

    in_hours(&desk, &sam, &one, "Later", 2).await;
    boss.patch(&format!("/api/v1/agents/{}", sam.id), json!({"grants": [{"role": "read_only"}]})).await.ok();
    desk.advance(3 * HOUR).await;
    assert!(waiting(&boss, &one).await.is_empty());
    let messages = boss.get(&format!("/api/v1/conversations/{one}/messages")).await.ok();
    assert!(messages["items"].as_array().unwrap().iter().any(|message| message["system"]["type"] == "schedule_failed"));
    assert!(!phone.reads().await.contains(&"Later".to_owned()));
}
