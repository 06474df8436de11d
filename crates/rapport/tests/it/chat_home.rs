//! The customer's own conversations: whose they are, what they show, and where writing goes.

use std::time::Duration;

use jsonwebtoken::{EncodingKey, Header, encode};
use platform::{
    params,
    store::{Error, Tx},
};
use rapport::{
    channels::Inbox,
    ids::{ContactId, VisitorId},
    viewer::Role,
};
use serde_json::{Value, json};
use testkit::{Agent, TestDesk, Visitor};

const DAY: Duration = Duration::from_secs(86_400);

/// Somebody the shop vouches for, in a browser of their own.
async fn signed(desk: &TestDesk, sam: &Agent, inbox: &Inbox, who: &str) -> Visitor {
    let secret = sam.post(&format!("/api/v1/inboxes/{}/signing-keys", inbox.id), json!({})).await.ok()["secret"].as_str().unwrap().to_owned();
    let claims = json!({"aud": inbox.key, "sub": who, "exp": desk.clock.now().0 / 1_000_000 + 3600});
    let identity = encode(&Header::default(), &claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap();
    let visitor = desk.visitor(inbox).await;
    visitor.with(&visitor.identifies(&identity).await.ok())
}

fn previews(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["last"]["text"].as_str().unwrap()).collect()
}

async fn read_one(who: &Visitor, conversation: &str) -> testkit::Answer {
    who.send("GET", &format!("/api/v1/chat/messages?latest=50&conversation_id={conversation}"), &[], None).await
}

#[tokio::test]
async fn a_customer_finds_their_conversations_and_another_visitor_finds_nothing() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let (anna, bilal) = (desk.visitor(&inbox).await, desk.visitor(&inbox).await);
    let first = anna.writes("Where is my order?").await;
    sam.replies(&first, "It  arrives\ntoday.").await;
    sam.changes(&first, json!({"status": "resolved"})).await;
    desk.advance(4 * DAY).await;
    let second = anna.writes("And the invoice?").await;

    let items = anna.conversations().await;

    assert_eq!(previews(&items), ["And the invoice?", "It arrives today."]);
    assert_eq!(
        (&items[0]["id"], &items[0]["status"], &items[0]["unread"], &items[0]["last"]["mine"]),
        (&json!(second), &json!("open"), &json!(0), &json!(true))
    );
    assert_eq!(
        (&items[1]["id"], &items[1]["status"], &items[1]["unread"], &items[1]["last"]["mine"]),
        (&json!(first), &json!("resolved"), &json!(1), &json!(false))
    );
    assert_eq!(items[1]["last"]["author"]["name"], "Sam");
    assert_eq!(read_one(&anna, &first).await.ok()["items"].as_array().unwrap().len(), 2);
    assert_eq!(bilal.conversations().await, Vec::<Value>::new());
    assert_eq!(read_one(&bilal, &first).await.refused(404), "not_found");
}

#[tokio::test]
async fn a_note_and_the_teams_own_words_never_show_in_the_customers_list() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("Where is my order?").await;
    let before = anna.conversations().await;

    desk.advance(Duration::from_secs(600)).await;
    sam.notes(&conversation, "Writes every week.").await;
    sam.changes(&conversation, json!({"subject": "The difficult one", "tags": ["difficult"], "priority": "urgent"})).await;
    let until = desk.clock.now().plus(DAY);
    sam.changes(&conversation, json!({"status": "snoozed", "snoozed_until": until})).await;
    desk.settle().await;

    let after = anna.conversations().await;
    assert_eq!(after, before, "neither text nor place nor time tells of the team's work");
    let fields: Vec<&String> = after[0].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["id", "merged", "status", "last", "unread", "continues", "continues_until"]);
    assert_eq!(read_one(&anna, &conversation).await.ok()["items"].as_array().unwrap().len(), 1);
}

/// Makes two browsers' sessions one contact's, as when the team finds out that they are the same person.
pub(crate) async fn same_contact(desk: &TestDesk, one: &Visitor, other: &Visitor) {
    let id = |visitor: &Visitor| VisitorId(visitor.visitor_id.parse().unwrap());
    let (one, other) = (id(one), id(other));
    let join = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        let contact: ContactId = tx.one("SELECT contact_id FROM webchat_session WHERE visitor_id = $1", params![one], |row| row.get("contact_id"))?;
        tx.exec("UPDATE webchat_session SET contact_id = $1 WHERE visitor_id = $2", params![contact, other])?;
        tx.exec(
            "UPDATE conversation SET contact_id = $1 WHERE id IN (SELECT v.conversation_id FROM conversation_visitor v WHERE v.visitor_id = $2)",
            params![contact, other],
        )?;
        Ok(())
    };
    desk.desk.store.write(join).await.unwrap();
}

#[tokio::test]
async fn unsigned_browsers_of_one_contact_do_not_see_each_others_conversations_and_signed_ones_do() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let (phone, laptop) = (desk.visitor(&inbox).await, desk.visitor(&inbox).await);
    let from_phone = phone.writes("From the phone").await;
    let from_laptop = laptop.writes("From the laptop").await;
    same_contact(&desk, &phone, &laptop).await;
    let contact = |seen: Value| seen["contact"]["id"].clone();
    assert_eq!(contact(sam.sees(&from_laptop).await), contact(sam.sees(&from_phone).await));

    assert_eq!(previews(&phone.conversations().await), ["From the phone"]);
    assert_eq!(previews(&laptop.conversations().await), ["From the laptop"]);
    assert_eq!(read_one(&phone, &from_laptop).await.refused(404), "not_found");

    let at_home = signed(&desk, &sam, &inbox, "anna").await;
    let said = at_home.writes("Signed").await;
    let at_work = signed(&desk, &sam, &inbox, "anna").await;
    assert_eq!(previews(&at_work.conversations().await), ["Signed"]);
    assert_eq!(read_one(&at_work, &said).await.ok()["items"][0]["text"], "Signed");
}

#[tokio::test]
async fn what_another_browser_wrote_in_the_same_conversation_is_no_preview_of_an_unsigned_one() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let (phone, laptop) = (desk.visitor(&inbox).await, desk.visitor(&inbox).await);
    let (one, other) = (phone.writes("From the phone").await, laptop.writes("From the laptop").await);
    same_contact(&desk, &phone, &laptop).await;
    sam.changes(&other, json!({"status": "resolved"})).await;
    desk.advance(4 * DAY).await;

    assert_eq!(laptop.writes("Private to the laptop").await, one, "what a contact writes joins the contact's conversation");

    assert_eq!(previews(&phone.conversations().await), ["From the phone"]);
    assert_eq!(previews(&laptop.conversations().await), ["Private to the laptop", "From the laptop"]);
}

#[tokio::test]
async fn a_resolved_conversation_says_until_when_writing_continues_it() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    desk.watch_visitor(&anna).await;
    let conversation = anna.writes("Where is my order?").await;
    desk.settle().await;
    let item = anna.conversations().await.remove(0);
    assert_eq!((&item["continues"], &item["continues_until"]), (&json!(true), &json!(null)));

    sam.changes(&conversation, json!({"status": "resolved"})).await;
    desk.settle().await;
    let item = anna.conversations().await.remove(0);
    assert_eq!((&item["continues"], &item["continues_until"]), (&json!(true), &json!(desk.clock.now().plus(3 * DAY))));

    desk.advance(4 * DAY).await;
    let item = anna.conversations().await.remove(0);
    assert_eq!((&item["continues"], &item["continues_until"]), (&json!(false), &json!(null)));
    let next = anna.writes("Another question").await;
    desk.settle().await;
    assert_ne!(next, conversation);
    let items = anna.conversations().await;
    assert_eq!((&items[0]["continues"], &items[1]["continues"]), (&json!(true), &json!(false)));
}

#[tokio::test]
async fn reading_takes_the_unread_mark_away() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("Where is my order?").await;
    sam.notes(&conversation, "Late again.").await;
    sam.replies(&conversation, "On its way.").await;
    sam.replies(&conversation, "With you today.").await;
    assert_eq!(anna.conversations().await[0]["unread"], 2);

    anna.send("POST", "/api/v1/chat/receipts", &[], Some(json!({"conversation_id": conversation, "seq": 3, "state": "read"}))).await.ok();

    assert_eq!(anna.conversations().await[0]["unread"], 1);
}

#[tokio::test]
async fn the_list_pages_by_key_without_gap_or_double() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    for n in 1..=5 {
        let conversation = anna.writes(&format!("{n}")).await;
        sam.changes(&conversation, json!({"status": "resolved"})).await;
        desk.advance(4 * DAY).await;
    }

    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = anna.send("GET", &format!("/api/v1/chat/conversations?limit=2{cursor}"), &[], None).await.ok();
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["last"]["text"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }

    assert_eq!(seen, ["5", "4", "3", "2", "1"]);
    assert_eq!(anna.send("GET", "/api/v1/chat/conversations?limit=51", &[], None).await.refused(422), "invalid_request");
}

#[tokio::test]
async fn another_brands_conversations_are_not_in_this_brands_chat() {
    let desk = TestDesk::open().await;
    let (inbox, other, sam) = (desk.inbox().await, desk.second_brand().await, desk.agent("Sam", Role::Administrator).await);
    let here = signed(&desk, &sam, &inbox, "anna").await;
    let conversation = here.writes("In this shop").await;
    let there = signed(&desk, &sam, &other, "anna").await;

    assert_eq!(there.conversations().await, Vec::<Value>::new());
    assert_eq!(read_one(&there, &conversation).await.refused(404), "not_found");
    assert_eq!(previews(&here.conversations().await), ["In this shop"]);
}
