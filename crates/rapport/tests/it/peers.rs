//! Faults of peers that our work makes impossible, each named after the thread that reported it.

use rapport::viewer::Role;
use serde_json::json;
use testkit::TestDesk;

/// chatwoot/chatwoot#9314: a weak network makes the client send again, and the message stands twice.
#[tokio::test]
async fn chatwoot_9314_a_retry_on_a_weak_network_never_doubles() {
    let desk = TestDesk::open().await;
    let anna = desk.visitor(&desk.inbox().await).await;

    for _ in 0..5 {
        anna.writes_with_key("Sent five times", "one-key").await.ok();
    }

    assert_eq!(anna.reads().await, ["Sent five times"]);
}

/// chatwoot/chatwoot#14934: an agent answers without seeing a colleague's answer, because resyncing asks by time.
#[tokio::test]
async fn chatwoot_14934_resuming_goes_by_position_so_nothing_falls_into_a_gap() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("Hello").await;
    desk.settle().await;
    let cursor = anna.send("GET", "/api/v1/chat/messages", &[], None).await.ok()["cursor"].as_str().unwrap().to_owned();

    // The clock stands still, even goes back: everything happens at the same moment.
    for n in 0..3 {
        sam.replies(&conversation, &format!("answer {n}")).await;
    }

    let page = anna.send("GET", &format!("/api/v1/chat/messages?after={cursor}"), &[], None).await.ok();
    assert_eq!(page["items"].as_array().unwrap().len(), 3);
}

/// chatwoot/chatwoot#306 and #1073: a private note reaches the customer.
#[tokio::test]
async fn chatwoot_306_no_flag_turns_a_note_into_a_reply() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("Hello").await;

    for flag in ["private", "public", "kind", "note"] {
        let mut body = json!({"text": "for the team"});
        body[flag] = json!(false);
        assert_eq!(sam.post(&format!("/api/v1/conversations/{conversation}/notes"), body).await.refused(422), "invalid_request");
    }
    sam.notes(&conversation, "for the team").await;

    assert_eq!(anna.reads().await, ["Hello"]);
}

/// chatwoot/chatwoot#2694 and #14944: an empty or self-declared proof is taken for one.
#[tokio::test]
async fn chatwoot_2694_an_empty_or_declared_proof_is_none() {
    let desk = TestDesk::open().await;
    let inbox = desk.inbox().await;
    let anna = desk.visitor(&inbox).await;

    assert_eq!(anna.identifies("").await.refused(401), "identity_refused");
    for field in ["verified", "verification", "hmac_verified", "contact_id"] {
        let mut body = json!({"name": "Anna"});
        body[field] = json!(true);
        assert_eq!(anna.send("PATCH", "/api/v1/chat/contact", &[], Some(body)).await.refused(422), "invalid_request");
    }
}

/// chatwoot/chatwoot#2811 and #2762: two people become one because one typed the other's address.
#[tokio::test]
async fn chatwoot_2811_a_typed_address_joins_nobody() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    for text in ["I am Anna", "I am Anna too"] {
        let visitor = desk.visitor(&inbox).await;
        visitor.send("PATCH", "/api/v1/chat/contact", &[], Some(json!({"email": "anna@example.com"}))).await.ok();
        visitor.writes(text).await;
        assert_eq!(visitor.reads().await, [text]);
    }

    assert_eq!(sam.get("/api/v1/contacts?q=anna@example.com").await.ok()["items"].as_array().unwrap().len(), 2);
}

/// FreeScout GHSA-v8vc-cmf9-gg2c and its kin: a check in the handler, forgotten in one of them.
#[tokio::test]
async fn freescout_v8vc_the_loader_refuses_so_no_handler_can_forget() {
    let desk = TestDesk::open().await;
    let inbox = desk.inbox().await;
    let foreign = desk.visitor(&inbox).await.writes("Private").await;
    let nobody = desk.agent_with("Nobody", Vec::new()).await;

    for path in ["", "/messages", "/drafts"] {
        assert_eq!(nobody.get(&format!("/api/v1/conversations/{foreign}{path}")).await.refused(403), "forbidden");
    }
}

/// libredesk#26: behind a proxy without upgrade headers nothing arrives until reload, and nobody is told why.
#[tokio::test]
async fn libredesk_26_a_blocked_websocket_is_told_in_words() {
    let desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Agent).await;

    let answer = sam.get("/api/v1/live").await;

    assert_eq!(answer.status, 426);
    assert!(answer.body["detail"].as_str().unwrap().contains("proxy"));
}

/// chatwoot/chatwoot#4876: what was typed is gone after looking elsewhere.
#[tokio::test]
async fn chatwoot_4876_a_draft_is_on_every_device() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    let path = format!("/api/v1/conversations/{conversation}/drafts");

    sam.send("PUT", &format!("{path}/note"), &[], Some(json!({"text": "half a thought "}))).await.ok();

    assert_eq!(sam.get(&path).await.ok()["items"][0]["text"], "half a thought ");
}
