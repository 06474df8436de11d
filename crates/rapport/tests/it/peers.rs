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

/// chatwoot/chatwoot#15359: after merging two contacts, replies go to the wrong person.
#[tokio::test]
async fn chatwoot_15359_after_a_merge_a_reply_goes_to_whoever_wrote() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let (phone, laptop) = (desk.visitor(&inbox).await, desk.visitor(&inbox).await);
    let (from_phone, from_laptop) = (phone.writes("From the phone").await, laptop.writes("From the laptop").await);
    let contact = async |conversation: &str| sam.sees(conversation).await["contact"]["id"].as_str().unwrap().to_owned();
    let (into, from) = (contact(&from_laptop).await, contact(&from_phone).await);

    sam.post(&format!("/api/v1/contacts/{into}/merges"), json!({"from_id": from})).await.ok();
    desk.settle().await;
    sam.replies(&from_phone, "To the phone").await;

    assert_eq!(contact(&from_phone).await, into, "one customer");
    assert_eq!(phone.reads().await, ["From the phone", "To the phone"]);
    assert_eq!(laptop.reads().await, ["From the laptop"]);
}

/// chatwoot/chatwoot#4728: contacts become one because of an address, data is overwritten, and nothing brings it back.
#[tokio::test]
async fn chatwoot_4728_a_merge_overwrites_nothing_and_is_taken_back() {
    let mut desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Agent).await;
    let adds = async |name: &str, language: &str| {
        sam.post("/api/v1/contacts", json!({"name": name, "language": language, "identities": [{"kind": "email", "value": "info@example.com"}]})).await.ok()
    };
    let (anna, bilal) = (adds("Anna", "pl").await, adds("Bilal", "pt").await);
    let path = |contact: &serde_json::Value| format!("/api/v1/contacts/{}", contact["id"].as_str().unwrap());
    assert_eq!(sam.get("/api/v1/contacts?q=info@").await.ok()["items"].as_array().unwrap().len(), 2, "an address joins nobody by itself");

    let merge = sam.post(&format!("{}/merges", path(&anna)), json!({"from_id": bilal["id"]})).await.ok();
    desk.settle().await;
    assert_eq!(sam.get(&path(&anna)).await.ok()["name"], "Anna");
    sam.send("DELETE", &format!("{}/merges/{}", path(&anna), merge["id"].as_str().unwrap()), &[], None).await.ok();
    desk.settle().await;

    for before in [anna, bilal] {
        let after = sam.get(&path(&before)).await.ok();
        for field in ["name", "language", "identities", "verification", "first_seen_at"] {
            assert_eq!(after[field], before[field], "{field}");
        }
    }
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

/// chatwoot/chatwoot#11656 and #5161: search looks at the last three months only. freescout/freescout#1014: LIKE ends in a time-out, and the answer is to
/// have fewer conversations.
#[tokio::test]
async fn chatwoot_11656_what_was_written_years_ago_is_found() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    desk.visitor(&inbox).await.writes("The chandelier of 2026").await;
    desk.settle().await;

    desk.advance(std::time::Duration::from_secs(4 * 365 * 24 * 3600)).await;

    assert_eq!(sam.get("/api/v1/search?q=chandeliers&in=messages").await.ok()["items"].as_array().unwrap().len(), 1);
}

/// zammad/zammad#2824 and #2903: an upgrade breaks the search server, and nothing is found until a rebuild of an hour is over. There is no second
/// server, and a rebuild runs beside the index that answers (`search::the_index_is_made_anew_while_the_old_one_answers`); an installation from before
/// there was an index makes it when it is started.
#[tokio::test]
async fn zammad_2824_what_was_there_before_the_index_is_found_once_it_is_made() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    desk.visitor(&inbox).await.writes("The chandelier from before").await;
    assert_eq!(sam.get("/api/v1/search?q=chandelier&in=messages").await.ok()["items"], json!([]), "it is not there yet, and asking is no fault");

    desk.settle().await;

    assert_eq!(sam.get("/api/v1/search?q=chandelier&in=messages").await.ok()["items"].as_array().unwrap().len(), 1);
}

/// freescout (CVE of 2026, GHSA-wqq7-4q7m-273v): a search by number shows conversations of mailboxes the agent may not see.
#[tokio::test]
async fn freescout_wqq7_a_number_finds_nothing_the_viewer_may_not_see() {
    let mut desk = TestDesk::open().await;
    let (inbox, noord) = (desk.inbox().await, desk.second_brand().await);
    let boss = desk.agent("Boss", Role::Administrator).await;
    let grant = rapport::people::GrantSpec { brand_id: Some(inbox.brand_id), ..rapport::people::GrantSpec::everywhere(Role::Agent) };
    let sam = desk.agent_with("Sam", vec![grant]).await;
    let foreign = desk.visitor(&noord).await.writes("Order 77").await;
    desk.settle().await;
    let number = boss.sees(&foreign).await["number"].as_i64().unwrap();

    assert_eq!(boss.get(&format!("/api/v1/search?q={number}")).await.ok()["items"][0]["id"], json!(foreign));
    for asked in [format!("{number}"), format!("%23{number}"), "77".into()] {
        assert_eq!(sam.get(&format!("/api/v1/search?q={asked}")).await.ok()["items"], json!([]), "{asked}");
    }
}

/// chatwoot/chatwoot#9264, libredesk#177; zammad/zammad#702 and freescout#2682: conversations cannot be merged, or lose drafts and fields by it.
#[tokio::test]
async fn zammad_702_a_merge_keeps_what_was_typed_and_what_was_filled_in() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await, desk.agent("Ines", Role::Agent).await);
    let (phone, laptop) = (desk.visitor(&inbox).await, desk.visitor(&inbox).await);
    let (one, other) = (phone.writes("From the phone").await, laptop.writes("From the laptop").await);
    crate::chat_home::same_contact(&desk, &phone, &laptop).await;
    let reason = sam.post("/api/v1/contact-reasons", json!({"names": {"en": "Delivery"}})).await.ok()["id"].clone();
    sam.changes(&other, json!({"tags": ["vip"], "contact_reason_id": reason})).await;
    let draft = |conversation: &str| format!("/api/v1/conversations/{conversation}/drafts/reply");
    sam.send("PUT", &draft(&one), &[], Some(json!({"text": "Dear Anna"}))).await.ok();
    for agent in [&sam, &ines] {
        agent.send("PUT", &draft(&other), &[], Some(json!({"text": "Half a sentence"}))).await.ok();
    }
    desk.watch(&ines).await;

    sam.post(&format!("/api/v1/conversations/{other}/merge"), json!({"into_id": one})).await.ok();
    desk.settle().await;

    let typed = async |agent: &testkit::Agent| agent.get(&format!("/api/v1/conversations/{one}/drafts")).await.ok()["items"][0]["text"].clone();
    assert_eq!(typed(&sam).await, "Dear Anna\n\nHalf a sentence");
    assert_eq!(typed(&ines).await, "Half a sentence");
    assert!(
        desk.mirror(&ines).frames.iter().any(|frame| frame["type"] == "draft_changed" && frame["conversation_id"] == json!(one)),
        "her other tabs are told"
    );
    let seen = sam.sees(&one).await;
    assert_eq!((&seen["tags"], &seen["contact_reason_id"]), (&json!(["vip"]), &reason));
}

/// zammad/zammad#1216: two agents merge at once, and the ticket is gone or points at itself.
#[tokio::test]
async fn zammad_1216_merging_each_into_the_other_at_once_leaves_one_of_them() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await, desk.agent("Ines", Role::Agent).await);
    let (phone, laptop) = (desk.visitor(&inbox).await, desk.visitor(&inbox).await);
    let (one, other) = (phone.writes("From the phone").await, laptop.writes("From the laptop").await);
    crate::chat_home::same_contact(&desk, &phone, &laptop).await;
    let path = |conversation: &str| format!("/api/v1/conversations/{conversation}/merge");

    let (path_one, path_other) = (path(&one), path(&other));
    let (first, second) = tokio::join!(sam.post(&path_one, json!({"into_id": other})), ines.post(&path_other, json!({"into_id": one})));
    desk.settle().await;

    let mut answers = [first.status.as_u16(), second.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [200, 409]);
    assert_eq!(sam.count("all").await, 1);
    assert_eq!(sam.subjects("all").await.len(), 1);
}

/// freescout#3670, #4143, #688: automatic replies answer each other, and thousands of mails go out overnight.
#[tokio::test]
async fn freescout_3670_automatic_replies_do_not_answer_each_other() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    for (name, on) in [("Received", "message_received"), ("Again", "message_received"), ("Replied", "reply_sent"), ("Moved", "status_changed")] {
        let rule =
            json!({"name": name, "trigger": {"on": on}, "condition": {"all": []}, "mode": "reply", "texts": {"en": name}, "sharing": {"with": "everyone"}});
        sam.post("/api/v1/automation/rules", rule).await.ok();
    }
    desk.settle().await;
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("Hello").await;
    desk.settle().await;
    assert_eq!(anna.reads().await, ["Hello", "Received", "Again"]);

    sam.replies(&conversation, "Good day").await;
    desk.settle().await;

    assert_eq!(anna.reads().await, ["Hello", "Received", "Again", "Good day", "Replied", "Moved"], "one of each rule, to what a person did");
}
