//! Editing and redacting what was said.

use platform::params;
use rapport::viewer::Role;
use serde_json::{Value, json};
use testkit::{Agent, TestDesk};

fn path(message: &Value) -> String {
    format!("/api/v1/conversations/{}/messages/{}", message["conversation_id"].as_str().unwrap(), message["id"].as_str().unwrap())
}

async fn edit(agent: &Agent, message: &Value, text: &str) -> testkit::Answer {
    agent.patch(&path(message), json!({"text": text})).await
}

async fn redact(agent: &Agent, message: &Value) -> testkit::Answer {
    agent.post(&format!("{}/redact", path(message)), json!({})).await
}

/// The newest message of the customer.
async fn inbound(agent: &Agent, conversation: &str) -> Value {
    let page = agent.get(&format!("/api/v1/conversations/{conversation}/messages")).await.ok();
    page["items"].as_array().unwrap().iter().find(|message| message["kind"] == "inbound").unwrap().clone()
}

#[tokio::test]
async fn an_answer_is_corrected_on_both_screens_and_says_that_it_was() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await, desk.agent("Ines", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("When?").await;
    let reply = sam.replies(&conversation, "On Tuseday").await;
    desk.settle().await;
    let cursor = anna.send("GET", "/api/v1/chat/messages", &[], None).await.ok()["cursor"].as_str().unwrap().to_owned();
    desk.watch(&sam).await;
    desk.watch(&ines).await;
    desk.watch_visitor(&anna).await;

    let edited = edit(&sam, &reply, "On Tuesday").await.ok();
    desk.settle().await;

    assert_eq!(anna.reads().await, ["When?", "On Tuesday"]);
    assert!(edited["edited_at"].is_string());
    assert_eq!(sam.sees(&conversation).await["preview"]["text"], "On Tuesday");
    let former = ines.get(&format!("{}/edits", path(&reply))).await.ok();
    assert_eq!((&former["items"][0]["text"], &former["items"][0]["edited_by"]), (&json!("On Tuseday"), &json!(sam.id)));
    let missed = anna.send("GET", &format!("/api/v1/chat/messages?after={cursor}"), &[], None).await.ok();
    assert_eq!((missed["items"].as_array().unwrap().len(), &missed["changed"][0]["text"]), (0, &json!("On Tuesday")), "a chat that was away is told");
    let found = sam.get("/api/v1/search?q=tuseday&in=messages").await.ok();
    assert_eq!(found["items"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn nobody_edits_what_another_wrote_nor_what_went_out_otherwise() {
    let desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await, desk.agent("Ines", Role::LightAgent).await);
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    let (reply, note) = (sam.replies(&conversation, "Hello you").await, ines.notes(&conversation, "hers").await);
    let said = inbound(&sam, &conversation).await;

    assert_eq!(edit(&ines, &reply, "x").await.refused(403), "forbidden");
    assert_eq!(edit(&sam, &note, "x").await.refused(403), "forbidden");
    assert_eq!(edit(&sam, &said, "x").await.refused(403), "forbidden");
    assert_eq!(edit(&sam, &reply, " ").await.refused(422), "invalid_request");
    edit(&ines, &note, "hers, corrected").await.ok();
    desk.desk.store.write(|tx| tx.exec("UPDATE message SET channel = 'email' WHERE kind = 'reply'", params![])).await.unwrap();
    assert_eq!(edit(&sam, &reply, "x").await.refused(409), "not_editable");
    redact(&sam, &note).await.ok();
    assert_eq!(edit(&ines, &note, "again").await.refused(409), "message_redacted");
}

#[tokio::test]
async fn what_is_redacted_is_nowhere_any_more_and_both_sides_see_who_removed_it() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Supervisor).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("My card is 4111-canary-1111").await;
    desk.settle().await;
    let file = sam.uploads("canary-file.txt", "canary-bytes").await.ok()["id"].clone();
    let replied = json!({"text": "You said 4111-canary-1111", "attachment_ids": [file]});
    let key = [("idempotency-key", "once")];
    let replies = format!("/api/v1/conversations/{conversation}/replies");
    let reply = sam.send("POST", &replies, &key, Some(replied.clone())).await.ok();
    let reply = edit(&sam, &reply, "You said a canary").await.ok();
    let draft = json!({"text": "My card is 4111-canary-1111"});
    sam.send("PUT", &format!("/api/v1/conversations/{conversation}/drafts/reply"), &[], Some(draft)).await.ok();
    desk.settle().await;
    desk.watch(&sam).await;
    desk.watch_visitor(&anna).await;

    let said = inbound(&sam, &conversation).await;
    redact(&sam, &said).await.ok();
    let gone = redact(&sam, &reply).await.ok();
    desk.settle().await;

    assert_eq!((&gone["text"], &gone["redacted"]["by"], &gone["attachments"]), (&json!(""), &json!("Sam"), &json!([])));
    let chat = anna.send("GET", "/api/v1/chat/messages", &[], None).await.ok();
    assert!(chat["items"].as_array().unwrap().iter().all(|message| message["redacted"]["by"] == "Sam" && message["text"] == ""), "{chat}");
    let again = sam.send("POST", &replies, &key, Some(replied)).await.ok();
    assert_eq!((&again["id"], &again["text"]), (&reply["id"], &json!("")), "said again it does nothing, and tells nothing");
    assert_eq!(sam.get(&format!("/api/v1/files/{}", file.as_str().unwrap())).await.refused(404), "not_found");
    let seen = sam.sees(&conversation).await;
    assert_eq!((&seen["subject"], &seen["preview"]["text"]), (&json!(""), &json!("")));
    for (table, rows) in crate::engines::dump(&desk.desk.store).await {
        let told: Vec<&String> = rows.iter().filter(|row| row.contains("canary") || row.contains("4111")).collect();
        assert!(told.is_empty(), "{table}: {told:?}");
    }
    let blobs: i64 = desk.read(|tx| tx.one("SELECT count(*) AS n FROM blob", params![], |row| row.get::<i64>("n"))).await;
    assert_eq!(blobs, 0, "and the bytes are gone");
}

#[tokio::test]
async fn redacting_takes_a_permission_of_its_own_and_reaches_what_was_merged() {
    let mut desk = TestDesk::open().await;
    let (inbox, boss, sam) = (desk.inbox().await, desk.agent("Boss", Role::Administrator).await, desk.agent("Sam", Role::Agent).await);
    let (phone, laptop) = (desk.visitor(&inbox).await, desk.visitor(&inbox).await);
    let one = phone.writes("From the phone").await;
    desk.advance(std::time::Duration::from_secs(60)).await;
    let other = laptop.writes("Canary, from the laptop").await;
    crate::chat_home::same_contact(&desk, &phone, &laptop).await;
    desk.advance(std::time::Duration::from_secs(60)).await;
    laptop.writes("Canary again").await;
    let said = inbound(&boss, &other).await;
    boss.post(&format!("/api/v1/conversations/{other}/merge"), json!({"into_id": one})).await.ok();
    desk.settle().await;
    desk.watch(&boss).await;
    assert_eq!(redact(&sam, &said).await.refused(403), "forbidden");
    assert_eq!(boss.sees(&one).await["preview"]["text"], "Canary again");

    redact(&boss, &said).await.ok();
    desk.settle().await;

    assert_eq!(boss.sees(&one).await["preview"]["text"], "Canary, from the laptop", "the list shows what is newest of the rest");
    assert!(!desk.mirror(&boss).frames.iter().rev().take(2).any(|frame| frame.to_string().contains("again")));
}
