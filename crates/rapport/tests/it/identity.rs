//! Who a visitor is: T-WID-1 to 3. Nobody without proof reads, joins, renames or changes somebody proved.

use jsonwebtoken::{EncodingKey, Header, encode};
use rapport::{channels::Inbox, viewer::Role};
use serde_json::{Value, json};
use testkit::{Agent, TestDesk, Visitor};

async fn signing_secret(sam: &Agent, inbox: &Inbox) -> String {
    sam.post(&format!("/api/v1/inboxes/{}/signing-keys", inbox.id), json!({})).await.ok()["secret"].as_str().unwrap().to_owned()
}

fn identity(desk: &TestDesk, inbox: &Inbox, secret: &str, who: &str) -> String {
    let claims = json!({"aud": inbox.key, "sub": who, "exp": desk.clock.now().0 / 1_000_000 + 3600, "name": who, "email": format!("{who}@example.com")});
    encode(&Header::default(), &claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
}

#[tokio::test]
async fn a_signed_customer_sees_their_history_on_another_device() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let secret = signing_secret(&sam, &inbox).await;
    let phone = desk.visitor(&inbox).await;
    let phone = phone.with(&phone.identifies(&identity(&desk, &inbox, &secret, "anna")).await.ok());
    let conversation = phone.writes("From the phone").await;
    sam.replies(&conversation, "Answer").await;

    let laptop = desk.visitor(&inbox).await;
    let laptop = laptop.with(&laptop.identifies(&identity(&desk, &inbox, &secret, "anna")).await.ok());
    desk.watch_visitor(&laptop).await;
    desk.watch_visitor(&phone).await;
    assert_eq!(laptop.reads().await, ["From the phone", "Answer"]);

    assert_eq!(laptop.writes("From the laptop").await, conversation);
    desk.settle().await;
    assert_eq!(phone.reads().await.len(), 3);
}

#[tokio::test]
async fn an_anonymous_chat_becomes_the_signed_customers() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let secret = signing_secret(&sam, &inbox).await;
    let known = desk.visitor(&inbox).await;
    let known = known.with(&known.identifies(&identity(&desk, &inbox, &secret, "anna")).await.ok());
    known.writes("Earlier").await;
    desk.watch(&sam).await;

    let browser = desk.visitor(&inbox).await;
    browser.writes("Before signing in").await;
    let made = browser.identifies(&identity(&desk, &inbox, &secret, "anna")).await.ok();
    desk.settle().await;

    assert_eq!(made["verification"], "signed");
    assert_eq!(browser.with(&made).reads().await, ["Earlier", "Before signing in"]);
    assert_eq!(sam.get("/api/v1/contacts").await.ok()["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn every_forged_identity_is_refused_and_changes_nothing() {
    let desk = TestDesk::open().await;
    let (inbox, other, sam) = (desk.inbox().await, desk.second_brand().await, desk.agent("Sam", Role::Administrator).await);
    let (secret, others) = (signing_secret(&sam, &inbox).await, signing_secret(&sam, &other).await);
    let honest = identity(&desk, &inbox, &secret, "anna");
    let anna = desk.visitor(&inbox).await;
    let anna = anna.with(&anna.identifies(&honest).await.ok());
    anna.writes("Private").await;

    let mallory = desk.visitor(&inbox).await;
    let swapped = format!("{}.{}", &honest[..honest.rfind('.').unwrap()], &identity(&desk, &inbox, &secret, "mallory")[honest.rfind('.').unwrap() + 1..]);
    for forged in ["", "null", "a.b.c", &identity(&desk, &other, &others, "anna"), &identity(&desk, &inbox, "guess", "anna"), &swapped] {
        assert_eq!(mallory.identifies(forged).await.refused(401), "identity_refused", "{forged}");
    }
    mallory.send("PATCH", "/api/v1/chat/contact", &[], Some(json!({"name": "Anna", "email": "anna@example.com"}))).await.ok();
    mallory.writes("I am Anna").await;

    assert_eq!(mallory.reads().await, ["I am Anna"]);
    assert_eq!(sam.get("/api/v1/contacts").await.ok()["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn after_logging_out_neither_token_nor_identity_works() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let secret = signing_secret(&sam, &inbox).await;
    let identity = identity(&desk, &inbox, &secret, "anna");
    let anna = desk.visitor(&inbox).await;
    let anna = anna.with(&anna.identifies(&identity).await.ok());
    anna.writes_with_key("Hello", "k").await.ok();

    anna.send("POST", "/api/v1/chat/logout", &[], Some(json!({}))).await.ok();

    assert_eq!(anna.send("GET", "/api/v1/chat/messages", &[], None).await.refused(401), "unauthorized");
    assert_eq!(anna.writes_with_key("Hello", "k").await.refused(401), "unauthorized", "not even an answer from before");
    let next = desk.visitor(&inbox).await;
    assert_eq!(next.identifies(&identity).await.refused(401), "identity_refused");
    assert_eq!(next.reads().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_removed_key_is_no_longer_believed_and_the_new_one_is() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let path = format!("/api/v1/inboxes/{}/signing-keys", inbox.id);
    let old = sam.post(&path, json!({})).await.ok();
    let new = signing_secret(&sam, &inbox).await;
    let anna = desk.visitor(&inbox).await;
    let by = |secret: &Value| identity(&desk, &inbox, secret.as_str().unwrap(), "anna");
    anna.identifies(&by(&old["secret"])).await.ok();

    sam.send("DELETE", &format!("{path}/{}", old["id"].as_str().unwrap()), &[], None).await.ok();

    assert_eq!(anna.identifies(&by(&old["secret"])).await.refused(401), "identity_refused");
    anna.identifies(&by(&json!(new))).await.ok();
}

#[tokio::test]
async fn signing_in_as_somebody_else_opens_another_session() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let secret = signing_secret(&sam, &inbox).await;
    let anna = desk.visitor(&inbox).await;
    let anna = anna.with(&anna.identifies(&identity(&desk, &inbox, &secret, "anna")).await.ok());
    anna.writes("Anna's secret").await;

    let made = anna.identifies(&identity(&desk, &inbox, &secret, "bilal")).await.ok();
    let bilal: Visitor = anna.with(&made);

    assert_ne!(made["visitor_id"], json!(anna.visitor_id));
    assert_eq!(bilal.reads().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_thousand_visitors_with_one_address_stay_a_thousand() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Agent).await);

    for n in 0..1000 {
        let visitor = desk.visitor(&inbox).await;
        visitor.send("PATCH", "/api/v1/chat/contact", &[], Some(json!({"email": "anna@example.com"}))).await.ok();
        visitor.writes(&format!("I am number {n}")).await;
        if n % 100 == 0 {
            assert_eq!(visitor.reads().await, [format!("I am number {n}")]);
        }
    }

    let contacts =
        desk.read(|tx| tx.one("SELECT count(*) AS n FROM contact WHERE verification = 'claimed'", platform::params![], |row| row.get::<i64>("n"))).await;
    assert_eq!(contacts, 1000);
    assert_eq!(sam.count("all").await, 1000);
}

#[tokio::test]
async fn the_team_sees_how_sure_it_is_on_every_message() {
    let desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let secret = signing_secret(&sam, &inbox).await;
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("Before").await;
    let anna = anna.with(&anna.identifies(&identity(&desk, &inbox, &secret, "anna")).await.ok());
    anna.writes("After").await;

    let messages = sam.get(&format!("/api/v1/conversations/{conversation}/messages")).await.ok();
    let levels: Vec<&str> = messages["items"].as_array().unwrap().iter().filter_map(|message| message["verification"].as_str()).collect();
    assert_eq!(levels, ["signed", "none"]);
}
