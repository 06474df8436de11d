//! The heart: receiving, answering, noting, changing, sleeping, reading, drafts.

use std::time::Duration;

use rapport::viewer::Role;
use serde_json::json;
use testkit::TestDesk;

const HOUR: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn a_customer_writes_an_agent_answers_and_both_see_it() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    desk.watch(&sam).await;
    desk.watch_visitor(&anna).await;

    let conversation = anna.writes("Where is my order?").await;
    desk.settle().await;
    sam.replies(&conversation, "It arrives today.").await;
    desk.settle().await;

    assert_eq!(anna.reads().await, ["Where is my order?", "It arrives today."]);
    let seen = sam.sees(&conversation).await;
    assert_eq!(
        (seen["status"].as_str(), seen["subject"].as_str(), seen["assignee_id"].as_str()),
        (Some("waiting"), Some("Where is my order?"), Some(sam.id.to_string().as_str()))
    );
}

#[tokio::test]
async fn notes_and_system_lines_never_reach_the_customer() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("Hello").await;
    desk.watch(&sam).await;
    desk.watch_visitor(&anna).await;

    sam.notes(&conversation, "Canary-note for the team").await;
    sam.changes(&conversation, json!({"priority": "urgent", "assignee_id": sam.id, "tags": ["vip", "VIP", "late"]})).await;
    desk.settle().await;

    assert_eq!(anna.reads().await, ["Hello"]);
    assert_eq!(sam.sees(&conversation).await["tags"], json!(["vip", "late"]));
}

#[tokio::test]
async fn a_resolved_conversation_reopens_when_the_customer_writes_within_three_days() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let first = anna.writes("Hello").await;
    sam.changes(&first, json!({"status": "resolved"})).await;
    desk.watch(&sam).await;

    desk.advance(71 * HOUR).await;
    let second = anna.writes("One more thing").await;
    desk.settle().await;
    assert_eq!(first, second);
    assert_eq!(sam.sees(&first).await["status"], "open");

    sam.changes(&first, json!({"status": "resolved"})).await;
    desk.advance(73 * HOUR).await;
    let third = anna.writes("A new question").await;
    desk.settle().await;
    assert_ne!(first, third);
    assert_eq!(anna.reads().await, ["Hello", "One more thing", "A new question"]);
}

#[tokio::test]
async fn a_snoozed_conversation_wakes_at_its_time_and_with_the_next_answer() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("Hello").await;
    desk.watch(&sam).await;

    let until = desk.clock.now().plus(2 * HOUR);
    sam.changes(&conversation, json!({"snoozed_until": until})).await;
    desk.advance(HOUR).await;
    assert_eq!((sam.count("all").await, sam.count("snoozed").await), (0, 1));
    desk.advance(2 * HOUR).await;
    assert_eq!((sam.count("all").await, sam.count("snoozed").await), (1, 0));

    sam.changes(&conversation, json!({"snoozed_until_answer": true})).await;
    anna.writes("Here is the number").await;
    desk.settle().await;
    assert_eq!(sam.sees(&conversation).await["status"], "open");
}

#[tokio::test]
async fn a_conversation_whose_waking_was_taken_up_while_the_clock_was_ahead_wakes_at_its_time() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    sam.changes(&conversation, json!({"snoozed_until": desk.clock.now().plus(2 * HOUR)})).await;

    // As if the job had been found due an hour ahead, and the clock turned back before it was done.
    let due = desk.desk.store.write(|tx| {
        let now = tx.now();
        tx.exec("UPDATE job SET run_at = $1 WHERE kind = 'wake_conversation'", platform::params![now])
    });
    assert_eq!(due.await.unwrap(), 1);
    desk.settle().await;
    assert_eq!(sam.count("snoozed").await, 1);

    desk.advance(3 * HOUR).await;
    assert_eq!(sam.count("all").await, 1);
}

#[tokio::test]
async fn a_snooze_that_was_taken_back_does_not_wake_anything() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    sam.changes(&conversation, json!({"snoozed_until": desk.clock.now().plus(HOUR)})).await;

    sam.changes(&conversation, json!({"status": "resolved"})).await;
    desk.advance(2 * HOUR).await;

    assert_eq!(sam.sees(&conversation).await["status"], "resolved");
}

#[tokio::test]
async fn a_colleagues_newer_answer_is_shown_instead_of_doubled() {
    let desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await, desk.agent("Ines", Role::Supervisor).await);
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    let path = format!("/api/v1/conversations/{conversation}/replies");
    ines.replies(&conversation, "Ines was quicker").await;

    let answer = sam.post(&path, json!({"text": "Sam too", "seen_seq": 1})).await;
    assert_eq!(answer.body["newer_reply"]["text"], "Ines was quicker");
    let seq = answer.body["newer_reply"]["seq"].clone();
    assert_eq!(answer.refused(409), "conversation_moved_on");

    sam.post(&path, json!({"text": "Sam all the same", "seen_seq": seq})).await.ok();
}

#[tokio::test]
async fn a_change_based_on_an_old_version_shows_the_current_one() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    let path = format!("/api/v1/conversations/{conversation}");

    let answer = sam.send("PATCH", &path, &[("if-match", "7")], Some(json!({"priority": "high"}))).await;
    assert_eq!(answer.body["current"]["version"], 1);
    assert_eq!(answer.refused(412), "version_conflict");
    sam.send("PATCH", &path, &[("if-match", "\"1\"")], Some(json!({"priority": "high"}))).await.ok();
}

#[tokio::test]
async fn the_same_reply_sent_twice_is_one_reply() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("Hello").await;
    let path = format!("/api/v1/conversations/{conversation}/replies");
    let key = [("idempotency-key", "key-1")];

    let first = sam.send("POST", &path, &key, Some(json!({"text": "Once"}))).await.ok();
    let second = sam.send("POST", &path, &key, Some(json!({"text": "Once"}))).await.ok();

    assert_eq!(first, second);
    assert_eq!(anna.reads().await, ["Hello", "Once"]);
    assert_eq!(sam.send("POST", &path, &key, Some(json!({"text": "Twice"}))).await.refused(422), "idempotency_key_reused");
}

#[tokio::test]
async fn unread_follows_reading_on_both_sides() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("One").await;
    anna.writes("Two").await;
    desk.watch(&sam).await;
    desk.watch_visitor(&anna).await;

    sam.send("PUT", &format!("/api/v1/conversations/{conversation}/read"), &[], Some(json!({"seq": 1}))).await.ok();
    desk.settle().await;
    assert_eq!(sam.sees(&conversation).await["yours"]["read_count"], 1);

    sam.replies(&conversation, "Answer").await;
    let receipt = json!({"conversation_id": conversation, "seq": 3, "state": "delivered"});
    anna.send("POST", "/api/v1/chat/receipts", &[], Some(receipt)).await.ok();
    desk.settle().await;
    let receipt = json!({"conversation_id": conversation, "seq": 3, "state": "read"});
    anna.send("POST", "/api/v1/chat/receipts", &[], Some(receipt)).await.ok();
    desk.settle().await;
    let messages = sam.get(&format!("/api/v1/conversations/{conversation}/messages")).await.ok();
    assert_eq!(messages["items"][0]["delivery"], "read");

    sam.send("DELETE", &format!("/api/v1/conversations/{conversation}/read"), &[], None).await.ok();
    assert_eq!(sam.sees(&conversation).await["yours"]["read_count"], 1);
}

#[tokio::test]
async fn a_draft_is_kept_until_it_is_sent() {
    let desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await, desk.agent("Ines", Role::Agent).await);
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    let path = format!("/api/v1/conversations/{conversation}/drafts");

    sam.send("PUT", &format!("{path}/reply"), &[], Some(json!({"text": "Dear An"}))).await.ok();
    assert_eq!(sam.get(&path).await.ok()["items"][0]["text"], "Dear An");
    assert_eq!(sam.sees(&conversation).await["yours"]["draft"], true);
    assert_eq!(ines.get(&path).await.ok()["items"], json!([]));

    sam.replies(&conversation, "Dear Anna").await;
    assert_eq!(sam.get(&path).await.ok()["items"], json!([]));
}

#[tokio::test]
async fn a_mention_puts_the_conversation_into_a_view() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await, desk.agent("Ines", Role::Agent).await);
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    desk.watch(&ines).await;

    sam.post(&format!("/api/v1/conversations/{conversation}/notes"), json!({"text": "Please look", "mentions": [ines.id]})).await.ok();
    desk.settle().await;

    assert_eq!(ines.subjects("mentions").await, ["Hello"]);
    assert_eq!((ines.count("mentions").await, sam.count("mentions").await), (1, 0));
    assert_eq!(sam.subjects("participating").await, ["Hello"]);
}

#[tokio::test]
async fn sending_and_closing_is_one_step() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    desk.watch(&sam).await;

    let path = format!("/api/v1/conversations/{conversation}/replies");
    let reply = sam.post(&path, json!({"text": "Done", "then": "resolve"})).await.ok();
    desk.settle().await;

    assert_eq!(reply["kind"], "reply");
    assert_eq!(sam.sees(&conversation).await["status"], "resolved");
    assert_eq!((sam.count("all").await, sam.count("mine").await), (0, 0));
}

#[tokio::test]
async fn messages_page_backwards_without_gap_or_double() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let mut conversation = String::new();
    for n in 1..=7 {
        conversation = anna.writes(&format!("message {n}")).await;
    }

    let (mut seqs, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = sam.get(&format!("/api/v1/conversations/{conversation}/messages?limit=3{cursor}")).await.ok();
        seqs.extend(page["items"].as_array().unwrap().iter().map(|message| message["seq"].as_i64().unwrap()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&before={next}"),
            None => break,
        }
    }

    assert_eq!(seqs, [7, 6, 5, 4, 3, 2, 1]);
}

#[tokio::test]
async fn wrong_changes_are_refused_in_words_and_change_nothing() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    let path = format!("/api/v1/conversations/{conversation}");
    let stranger = "01900000-0000-7000-8000-000000000000";

    for wrong in [
        json!({"status": "snoozed"}),
        json!({"snoozed_until": "2020-01-01T00:00:00Z"}),
        json!({"assignee_id": stranger}),
        json!({"tags": vec!["x"; 21]}),
        json!({"subject": " "}),
    ] {
        assert_eq!(sam.patch(&path, wrong).await.refused(422), "invalid_request");
    }
    assert_eq!(sam.post(&format!("{path}/replies"), json!({"text": "  "})).await.refused(422), "invalid_request");
    assert_eq!(sam.sees(&conversation).await["version"], 1);
}

#[tokio::test]
async fn what_one_took_part_in_leaves_the_view_when_it_is_resolved_and_comes_back_with_the_customer() {
    let desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await, desk.agent("Ines", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("Where is it?").await;
    sam.replies(&conversation, "On its way").await;
    sam.post(&format!("/api/v1/conversations/{conversation}/notes"), json!({"text": "@Ines please look", "mentions": [ines.id]})).await.ok();
    let seen = || async { (sam.subjects("participating").await.len(), ines.subjects("mentions").await.len(), ines.count("mentions").await) };
    assert_eq!(seen().await, (1, 1, 1));

    sam.changes(&conversation, json!({"status": "resolved"})).await;
    assert_eq!(seen().await, (0, 0, 0));

    anna.writes("It has not come").await;
    assert_eq!(seen().await, (1, 1, 1));
}
