//! Merging conversations, taking them apart again, splitting one.

use std::time::Duration;

use rapport::{channels::Inbox, people::GrantSpec, viewer::Role};
use serde_json::{Value, json};
use testkit::{Agent, Answer, TestDesk, Visitor};

use crate::chat_home::same_contact;

const DAYS: Duration = Duration::from_secs(5 * 86_400);

async fn merge(agent: &Agent, conversation: &str, into: &str) -> Answer {
    agent.post(&format!("/api/v1/conversations/{conversation}/merge"), json!({"into_id": into})).await
}

async fn unmerge(agent: &Agent, conversation: &str) -> Answer {
    agent.post(&format!("/api/v1/conversations/{conversation}/unmerge"), json!({})).await
}

/// What an agent reads in a conversation, oldest first, without the lines of the system.
async fn said(agent: &Agent, conversation: &str) -> Vec<String> {
    let page = agent.get(&format!("/api/v1/conversations/{conversation}/messages?limit=200")).await.ok();
    let texts = page["items"].as_array().unwrap().iter().rev().filter(|message| message["kind"] != "system");
    texts.map(|message| message["text"].as_str().unwrap().to_owned()).collect()
}

async fn message(agent: &Agent, conversation: &str, text: &str) -> Value {
    let page = agent.get(&format!("/api/v1/conversations/{conversation}/messages?limit=200")).await.ok();
    page["items"].as_array().unwrap().iter().find(|message| message["text"] == text).unwrap_or_else(|| panic!("{text} is not there"))["id"].clone()
}

/// Two browsers of one customer, each with a conversation.
async fn two(desk: &TestDesk, inbox: &Inbox) -> [(Visitor, String); 2] {
    let (phone, laptop) = (desk.visitor(inbox).await, desk.visitor(inbox).await);
    let (from_phone, from_laptop) = (phone.writes("From the phone").await, laptop.writes("From the laptop").await);
    same_contact(desk, &phone, &laptop).await;
    [(phone, from_phone), (laptop, from_laptop)]
}

#[tokio::test]
async fn what_is_merged_is_shown_in_the_order_of_time_and_what_comes_later_joins_it_live_on_both_sides() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let [(phone, one), (laptop, other)] = two(&desk, &inbox).await;
    for (n, conversation) in [&one, &other, &one].into_iter().enumerate() {
        desk.advance(Duration::from_secs(60)).await;
        sam.notes(conversation, &format!("note {n}")).await;
    }
    desk.watch(&sam).await;
    desk.watch_visitor(&phone).await;
    desk.watch_visitor(&laptop).await;

    merge(&sam, &other, &one).await.ok();
    desk.settle().await;
    desk.advance(Duration::from_secs(60)).await;
    assert_eq!(laptop.writes("Still there?").await, one);
    desk.settle().await;
    sam.replies(&one, "Yes").await;
    desk.settle().await;

    assert_eq!(said(&sam, &one).await, ["From the phone", "From the laptop", "note 0", "note 1", "note 2", "Still there?", "Yes"]);
    assert_eq!(sam.subjects("all").await, ["From the phone"]);
    assert_eq!(
        (laptop.reads().await, phone.reads().await),
        (vec!["From the laptop".into(), "Still there?".into(), "Yes".into()], vec!["From the phone".to_owned(), "Yes".into()])
    );
    let listed = laptop.conversations().await;
    assert_eq!((listed.len(), &listed[0]["id"], &listed[0]["merged"]), (1, &json!(one), &json!([other])));
    let read = laptop.send("GET", &format!("/api/v1/chat/messages?conversation_id={one}"), &[], None).await.ok();
    assert_eq!(read["items"].as_array().unwrap().len(), 3);
    assert_eq!(sam.sees(&other).await["merged_into"], json!(one));
}

#[tokio::test]
async fn pages_of_what_was_merged_hold_every_message_once_in_order() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let [(_, one), (_, other)] = two(&desk, &inbox).await;
    for n in 0..9 {
        desk.advance(Duration::from_secs(60)).await;
        sam.notes(if n % 3 == 0 { &other } else { &one }, &format!("{n}")).await;
    }
    merge(&sam, &other, &one).await.ok();

    let (mut found, mut before) = (Vec::new(), String::new());
    loop {
        let page = sam.get(&format!("/api/v1/conversations/{one}/messages?limit=2{before}")).await.ok();
        found.extend(page["items"].as_array().unwrap().clone());
        let Some(next) = page["next"].as_str() else { break };
        before = format!("&before={next}");
    }
    let texts: Vec<&str> = found.iter().filter(|message| message["kind"] == "note").map(|message| message["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["8", "7", "6", "5", "4", "3", "2", "1", "0"]);
    assert_eq!(found.len(), 9 + 2 + 1);
}

#[tokio::test]
async fn conversations_of_two_customers_or_brands_are_never_merged() {
    let desk = TestDesk::open().await;
    let (inbox, noord, sam) = (desk.inbox().await, desk.second_brand().await, desk.agent("Sam", Role::Agent).await);
    let (anna, bilal) = (desk.visitor(&inbox).await, desk.visitor(&noord).await);
    let (hers, his, third) = (anna.writes("Hers").await, bilal.writes("His").await, desk.visitor(&inbox).await.writes("Third").await);

    let refused = merge(&sam, &hers, &third).await;
    assert!(refused.body["detail"].as_str().unwrap().contains("Merge the contacts first"), "{}", refused.body);
    assert_eq!(refused.refused(422), "invalid_request");
    same_contact(&desk, &anna, &bilal).await;
    assert!(merge(&sam, &hers, &his).await.body["detail"].as_str().unwrap().contains("one brand"));
    assert_eq!(merge(&sam, &hers, &hers).await.refused(422), "invalid_request");

    assert_eq!(said(&sam, &hers).await, ["Hers"]);
    assert_eq!(sam.count("all").await, 3);
}

#[tokio::test]
async fn taking_apart_gives_back_exactly_what_was_there() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await, desk.agent("Ines", Role::Agent).await);
    let team = sam.post("/api/v1/teams", json!({"name": "Delivery"})).await.ok()["id"].clone();
    let [(_, one), (laptop, other)] = two(&desk, &inbox).await;
    laptop.writes("Second line").await;
    ines.notes(&other, "Ines was here").await;
    sam.post(&format!("/api/v1/conversations/{other}/notes"), json!({"text": "@Ines", "mentions": [ines.id]})).await.ok();
    sam.changes(&other, json!({"tags": ["vip", "late"], "team_id": team, "priority": "high", "snoozed_until": desk.clock.now().plus(DAYS)})).await;
    sam.changes(&one, json!({"tags": ["late"]})).await;
    desk.settle().await;
    desk.watch(&sam).await;
    desk.watch(&ines).await;
    let all = async |agent: &Agent| {
        let (mut one, mut other) = (agent.sees(&one).await, agent.sees(&other).await);
        for conversation in [&mut one, &mut other] {
            for counted in ["version", "public_version", "last_seq"] {
                conversation.as_object_mut().unwrap().remove(counted);
            }
        }
        (one, other, agent.get("/api/v1/views").await.ok())
    };
    let (before, before_ines) = (all(&sam).await, all(&ines).await);
    let (texts, other_texts) = (said(&sam, &one).await, said(&sam, &other).await);

    merge(&sam, &other, &one).await.ok();
    desk.settle().await;
    assert_ne!(all(&ines).await, before_ines);
    assert_eq!(sam.sees(&one).await["tags"], json!(["late", "vip"]), "what both have stands once");
    assert_eq!(sam.subjects("mentions").await.len(), 0);
    assert_eq!(ines.subjects("mentions").await, ["From the phone"]);
    assert_eq!(ines.subjects("participating").await, ["From the phone"]);
    unmerge(&sam, &other).await.ok();
    desk.settle().await;

    assert_eq!(all(&sam).await, before);
    assert_eq!(all(&ines).await, before_ines);
    assert_eq!((said(&sam, &one).await, said(&sam, &other).await), (texts, other_texts));
    assert_eq!(unmerge(&sam, &other).await.refused(409), "not_merged");
    desk.advance(DAYS).await;
    assert_eq!(sam.sees(&other).await["status"], "open", "and wakes at its time");
}

#[tokio::test]
async fn what_came_since_by_the_same_chat_goes_back_with_it_and_the_preview_says_so() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let [(phone, one), (laptop, other)] = two(&desk, &inbox).await;
    desk.watch(&sam).await;
    desk.watch_visitor(&phone).await;
    desk.watch_visitor(&laptop).await;
    merge(&sam, &other, &one).await.ok();
    laptop.writes("Since, by the laptop").await;
    phone.writes("Since, by the phone").await;
    sam.replies(&one, "To both").await;
    desk.settle().await;

    let parts = sam.get(&format!("/api/v1/conversations/{one}/parts")).await.ok();
    let part = &parts["items"][0];
    assert_eq!((&part["id"], &part["messages"], &part["returning"], &part["staying"]), (&json!(other), &json!(1), &json!(1), &json!(1)));
    unmerge(&sam, &other).await.ok();
    desk.settle().await;

    assert_eq!(said(&sam, &other).await, ["From the laptop", "Since, by the laptop"]);
    assert_eq!(said(&sam, &one).await, ["From the phone", "Since, by the phone", "To both"]);
    assert_eq!(laptop.reads().await, ["From the laptop", "Since, by the laptop", "To both"], "what was answered to it stays");
    sam.replies(&one, "To the phone alone").await;
    desk.settle().await;
    assert_eq!(laptop.reads().await.len(), 3);
    assert_eq!(phone.reads().await.last().unwrap(), "To the phone alone");
}

#[tokio::test]
async fn a_chat_that_comes_with_a_merge_is_not_shown_what_was_answered_to_another_before() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let [(phone, one), (laptop, other)] = two(&desk, &inbox).await;
    let file = sam.uploads("secret.txt", "for the phone").await.ok()["id"].clone();
    sam.post(&format!("/api/v1/conversations/{one}/replies"), json!({"text": "For the phone", "attachment_ids": [file]})).await.ok();
    desk.settle().await;

    merge(&sam, &other, &one).await.ok();

    assert_eq!(laptop.reads().await, ["From the laptop"]);
    assert_eq!(laptop.conversations().await[0]["last"]["text"], "From the laptop");
    assert_eq!(laptop.conversations().await[0]["unread"], 0);
    let path = format!("/api/v1/chat/files/{}", file.as_str().unwrap());
    assert_eq!(laptop.send("GET", &path, &[], None).await.refused(404), "not_found");
    assert!(phone.send("GET", &path, &[], None).await.status.is_success());
}

#[tokio::test]
async fn whoever_sees_the_survivor_sees_the_part_and_whoever_saw_the_part_alone_loses_it() {
    let mut desk = TestDesk::open().await;
    let (inbox, boss) = (desk.inbox().await, desk.agent("Boss", Role::Administrator).await);
    let mut teams = Vec::new();
    for name in ["Delivery", "Returns"] {
        teams.push(boss.post("/api/v1/teams", json!({"name": name})).await.ok()["id"].clone());
    }
    let of = |team: &Value| vec![GrantSpec { team_id: serde_json::from_value(team.clone()).unwrap(), ..GrantSpec::everywhere(Role::Agent) }];
    let (sam, ines) = (desk.agent_with("Sam", of(&teams[0])).await, desk.agent_with("Ines", of(&teams[1])).await);
    let [(_, one), (_, other)] = two(&desk, &inbox).await;
    boss.changes(&one, json!({"team_id": teams[0]})).await;
    boss.changes(&other, json!({"team_id": teams[1]})).await;
    desk.settle().await;
    for agent in [&boss, &sam, &ines] {
        desk.watch(agent).await;
    }
    assert_eq!(merge(&sam, &one, &other).await.refused(422), "invalid_request");
    assert_eq!(merge(&ines, &one, &other).await.refused(404), "not_found");

    merge(&boss, &other, &one).await.ok();
    desk.settle().await;

    let found = async |agent: &Agent| agent.get("/api/v1/search?q=laptop&in=messages").await.ok()["items"].as_array().unwrap().len();
    assert_eq!(said(&sam, &one).await, ["From the phone", "From the laptop"]);
    assert_eq!((found(&sam).await, found(&ines).await), (1, 0));
    assert_eq!(ines.get(&format!("/api/v1/conversations/{other}")).await.refused(404), "not_found");
    boss.changes(&one, json!({"team_id": teams[1]})).await;
    desk.settle().await;
    assert_eq!((found(&sam).await, found(&ines).await), (0, 1), "the part follows the survivor");
    boss.changes(&one, json!({"team_id": teams[0]})).await;
    unmerge(&boss, &other).await.ok();
    desk.settle().await;
    assert_eq!((found(&sam).await, found(&ines).await), (0, 1), "and goes back to its own team");
}

#[tokio::test]
async fn in_a_part_nothing_is_said_or_changed_and_it_says_where_to_go_on() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let [(_, one), (_, other)] = two(&desk, &inbox).await;
    merge(&sam, &other, &one).await.ok();

    for (method, path, body) in [
        ("POST", "/replies", json!({"text": "x"})),
        ("POST", "/notes", json!({"text": "x"})),
        ("PATCH", "", json!({"priority": "high"})),
        ("PUT", "/drafts/reply", json!({"text": "x"})),
        ("POST", "/merge", json!({"into_id": one})),
        ("POST", "/split", json!({"message_ids": []})),
    ] {
        let refused = sam.send(method, &format!("/api/v1/conversations/{other}{path}"), &[], Some(body)).await;
        assert_eq!(refused.body["merged_into"], json!(one), "{path}");
        assert_eq!(refused.refused(409), "conversation_merged");
    }
    assert_eq!(merge(&sam, &one, &other).await.refused(409), "conversation_merged");
}

#[tokio::test]
async fn what_was_merged_into_a_part_goes_with_it_and_back() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let [(_, one), (laptop, two)] = two(&desk, &inbox).await;
    let tablet = desk.visitor(&inbox).await;
    let three = tablet.writes("From the tablet").await;
    same_contact(&desk, &laptop, &tablet).await;
    let contact = sam.sees(&one).await["contact"]["id"].clone();
    assert_eq!(sam.sees(&three).await["contact"]["id"], contact);
    desk.settle().await;
    desk.watch(&sam).await;

    merge(&sam, &three, &two).await.ok();
    merge(&sam, &two, &one).await.ok();
    desk.settle().await;
    assert_eq!(said(&sam, &one).await.len(), 3);
    assert_eq!(unmerge(&sam, &three).await.refused(409), "merged_deeper");
    assert_eq!(sam.get(&format!("/api/v1/conversations/{one}/parts")).await.ok()["items"].as_array().unwrap().len(), 2);

    unmerge(&sam, &two).await.ok();
    desk.settle().await;
    assert_eq!((said(&sam, &one).await.len(), said(&sam, &two).await.len()), (1, 2));
    unmerge(&sam, &three).await.ok();
    desk.settle().await;
    assert_eq!(said(&sam, &three).await, ["From the tablet"]);
}

#[tokio::test]
async fn a_message_and_what_follows_becomes_a_conversation_of_its_own_that_follows_from_the_old_one() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await, desk.agent("Ines", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let one = anna.writes("Where is my lamp?").await;
    sam.replies(&one, "On its way").await;
    sam.send("PUT", &format!("/api/v1/conversations/{one}/read"), &[], Some(json!({"seq": 2}))).await;
    desk.advance(Duration::from_secs(60)).await;
    anna.writes("And the sofa has a stain").await;
    sam.post(&format!("/api/v1/conversations/{one}/notes"), json!({"text": "@Ines a claim", "mentions": [ines.id]})).await.ok();
    desk.settle().await;
    desk.watch(&sam).await;
    desk.watch(&ines).await;
    desk.watch_visitor(&anna).await;

    let from = message(&sam, &one, "And the sofa has a stain").await;
    let own = sam.post(&format!("/api/v1/conversations/{one}/split"), json!({"from_message_id": from})).await.ok();
    desk.settle().await;

    let id = own["id"].as_str().unwrap();
    assert_eq!((&own["subject"], &own["status"], &own["inbound_count"]), (&json!("And the sofa has a stain"), &json!("open"), &json!(1)));
    assert_eq!(
        (said(&sam, &one).await, said(&sam, id).await),
        (vec!["Where is my lamp?".into(), "On its way".into()], vec!["And the sofa has a stain".to_owned(), "@Ines a claim".into()])
    );
    assert_eq!(sam.sees(&one).await["preview"]["text"], "On its way");
    assert_eq!(sam.sees(&one).await["waiting_since"], json!(null));
    assert_eq!(ines.subjects("mentions").await, ["And the sofa has a stain"]);
    let links = sam.get(&format!("/api/v1/conversations/{id}/links")).await.ok();
    assert_eq!(
        (&links["items"][0]["kind"], &links["items"][0]["outward"], &links["items"][0]["conversation_id"]),
        (&json!("follows"), &json!(true), &json!(one))
    );
    assert_eq!(anna.reads().await.len(), 3, "the customer misses nothing");
    assert_eq!(anna.conversations().await.len(), 2);
    let hit = sam.get("/api/v1/search?q=stain&in=messages").await.ok()["items"][0].clone();
    assert_eq!(hit["conversation_id"], json!(id));
    assert_eq!(anna.writes("It is the big one").await, id, "what comes next joins what was said last");
    let contact = own["contact"]["id"].as_str().unwrap();
    let moments = sam.get(&format!("/api/v1/contacts/{contact}/timeline")).await.ok();
    assert_eq!(moments["items"].as_array().unwrap().iter().filter(|moment| moment["type"] == "conversation").count(), 2);
}

#[tokio::test]
async fn a_split_leaves_something_behind_and_takes_only_what_was_said_there() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let [(_, one), (_, other)] = two(&desk, &inbox).await;
    let note = sam.notes(&one, "for us").await["id"].clone();
    let (own, foreign) = (message(&sam, &one, "From the phone").await, message(&sam, &other, "From the laptop").await);
    let path = format!("/api/v1/conversations/{one}/split");

    for body in [
        json!({}),
        json!({"message_ids": [own]}),
        json!({"from_message_id": own}),
        json!({"message_ids": [note]}),
        json!({"message_ids": [own, foreign]}),
        json!({"message_ids": [own], "from_message_id": own}),
    ] {
        assert_eq!(sam.post(&path, body.clone()).await.refused(422), "invalid_request", "{body}");
    }
    assert_eq!(said(&sam, &one).await.len(), 2);
}

#[tokio::test]
async fn what_an_agent_has_read_stays_read_and_what_not_not_through_all_of_it() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await, desk.agent("Ines", Role::Agent).await);
    let [(_, one), (laptop, other)] = two(&desk, &inbox).await;
    sam.send("PUT", &format!("/api/v1/conversations/{other}/read"), &[], Some(json!({"seq": 1}))).await;
    let unread = async |agent: &Agent, conversation: &str| {
        let seen = agent.sees(conversation).await;
        seen["inbound_count"].as_i64().unwrap() - seen["yours"]["read_count"].as_i64().unwrap()
    };
    assert_eq!((unread(&sam, &one).await, unread(&sam, &other).await, unread(&ines, &other).await), (1, 0, 1));

    merge(&sam, &other, &one).await.ok();
    assert_eq!((unread(&sam, &one).await, unread(&ines, &one).await), (1, 2));
    laptop.writes("Since").await;
    let last = ines.sees(&one).await["last_seq"].clone();
    ines.send("PUT", &format!("/api/v1/conversations/{one}/read"), &[], Some(json!({"seq": last}))).await;
    unmerge(&sam, &other).await.ok();
    desk.settle().await;

    assert_eq!((unread(&ines, &one).await, unread(&ines, &other).await), (0, 0), "who has read all has read both");
    assert_eq!((unread(&sam, &one).await, unread(&sam, &other).await), (1, 1), "and what came since is unread");
}
