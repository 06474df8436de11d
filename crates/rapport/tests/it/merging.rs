//! Two contacts who are one: what a merge takes along and what taking it back returns, and who might be the same.

use std::{collections::BTreeSet, time::Duration};

use jsonwebtoken::{EncodingKey, Header, encode};
use rapport::viewer::Role;
use serde_json::{Value, json};
use testkit::{Agent, TestDesk, Visitor};

async fn adds(agent: &Agent, body: Value) -> String {
    agent.post("/api/v1/contacts", body).await.ok()["id"].as_str().unwrap().to_owned()
}

async fn named(agent: &Agent, name: &str, identities: &[(&str, &str)]) -> String {
    let identities: Vec<Value> = identities.iter().map(|(kind, value)| json!({"kind": kind, "value": value})).collect();
    adds(agent, json!({"name": Some(name).filter(|name| !name.is_empty()), "identities": identities})).await
}

async fn contact_of(agent: &Agent, conversation: &str) -> String {
    agent.sees(conversation).await["contact"]["id"].as_str().unwrap().to_owned()
}

async fn merges(agent: &Agent, into: &str, from: &str) -> String {
    agent.post(&format!("/api/v1/contacts/{into}/merges"), json!({"from_id": from})).await.ok()["id"].as_str().unwrap().to_owned()
}

async fn shown(agent: &Agent, contact: &str) -> Value {
    agent.get(&format!("/api/v1/contacts/{contact}")).await.ok()
}

/// Everything a contact is made of, but for its version and when it was seen last.
async fn whole(agent: &Agent, contact: &str) -> Value {
    let mut found = shown(agent, contact).await;
    for member in ["version", "last_seen_at"] {
        found.as_object_mut().unwrap().remove(member);
    }
    let items = async |path: &str| agent.get(&format!("/api/v1/{path}")).await.ok()["items"].take();
    let ids = |items: Value| items.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect::<BTreeSet<_>>();
    found["notes"] = items(&format!("contacts/{contact}/notes")).await;
    found["conversations"] = json!(ids(items(&format!("conversations?contact_id={contact}")).await));
    found["timeline"] = json!(ids(items(&format!("contacts/{contact}/timeline?limit=100")).await));
    found
}

struct Two {
    desk: TestDesk,
    sam: Agent,
    anna: Visitor,
    bilal: Visitor,
    /// Who becomes part of the other.
    from: String,
    into: String,
    conversations: [String; 2],
}

async fn two() -> Two {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    sam.post("/api/v1/attributes", json!({"of": "contact", "key": "city", "names": {"en": "City"}, "kind": "text"})).await.ok();
    sam.post("/api/v1/attributes", json!({"of": "contact", "key": "size", "names": {"en": "Size"}, "kind": "text"})).await.ok();
    let (anna, bilal) = (desk.visitor(&inbox).await, desk.visitor(&inbox).await);
    let conversations = [anna.writes("I am Anna").await, bilal.writes("I am Bilal").await];
    let (from, into) = (contact_of(&sam, &conversations[0]).await, contact_of(&sam, &conversations[1]).await);
    for (contact, change, note) in [
        (&from, json!({"name": "Anna", "country": "PT", "attributes": {"city": "Porto", "size": "M"}}), "Prefers mornings"),
        (&into, json!({"name": "Bilal", "attributes": {"city": "Utrecht"}}), "Prefers evenings"),
    ] {
        sam.patch(&format!("/api/v1/contacts/{contact}"), change).await.ok();
        sam.post(&format!("/api/v1/contacts/{contact}/notes"), json!({"text": note})).await.ok();
    }
    desk.advance(Duration::from_secs(3600)).await;
    Two { desk, sam, anna, bilal, from, into, conversations }
}

#[tokio::test]
async fn a_merge_takes_everything_along_and_what_the_survivor_has_wins() {
    let Two { mut desk, sam, from, into, conversations, .. } = two().await;
    desk.watch(&sam).await;

    let preview = sam.get(&format!("/api/v1/contacts/{into}/merge-preview?from_id={from}")).await.ok();
    merges(&sam, &into, &from).await;
    desk.settle().await;

    let after = whole(&sam, &into).await;
    assert_eq!((&after["name"], &after["country"], &after["attributes"]), (&json!("Bilal"), &json!("PT"), &json!({"city": "Utrecht", "size": "M"})));
    for field in ["name", "country", "attributes", "first_seen_at"] {
        assert_eq!(after[field], preview["after"][field], "the preview told the truth of {field}");
    }
    assert_eq!((preview["notes"].as_i64(), after["notes"].as_array().unwrap().len()), (Some(1), 2));
    assert_eq!(after["conversations"], json!(BTreeSet::from(conversations)));
    assert_eq!((after["conversation_count"].as_i64(), after["identities"].as_array().unwrap().len()), (Some(2), 2));
    assert_eq!(sam.get(&format!("/api/v1/contacts/{from}")).await.refused(404), "not_found");
    let told = json!({"type": "contact_merged", "contact_id": from, "into_id": into});
    let frame = desk.mirror(&sam).frames.iter().find(|frame| frame["type"] == "contact_merged").unwrap().clone();
    assert_eq!((&frame["contact_id"], &frame["into_id"]), (&told["contact_id"], &told["into_id"]));
}

#[tokio::test]
async fn taking_a_merge_back_restores_both_exactly() {
    let Two { mut desk, sam, from, into, .. } = two().await;
    desk.watch(&sam).await;
    let before = [whole(&sam, &from).await, whole(&sam, &into).await];

    let merge = merges(&sam, &into, &from).await;
    desk.settle().await;
    assert_ne!(whole(&sam, &into).await, before[1]);
    sam.send("DELETE", &format!("/api/v1/contacts/{into}/merges/{merge}"), &[], None).await.ok();
    desk.settle().await;

    assert_eq!([whole(&sam, &from).await, whole(&sam, &into).await], before);
    assert_eq!(sam.send("DELETE", &format!("/api/v1/contacts/{into}/merges/{merge}"), &[], None).await.refused(409), "already_undone");
    // Once more, at the same moment, so that nothing goes by the time.
    let again = merges(&sam, &into, &from).await;
    sam.send("DELETE", &format!("/api/v1/contacts/{into}/merges/{again}"), &[], None).await.ok();
    desk.settle().await;
    assert_eq!([whole(&sam, &from).await, whole(&sam, &into).await], before);
}

#[tokio::test]
async fn what_came_since_a_merge_stays_with_the_survivor_and_the_preview_says_so() {
    let Two { mut desk, sam, anna, bilal, from, into, conversations } = two().await;
    let merge = merges(&sam, &into, &from).await;
    desk.advance(Duration::from_secs(60)).await;

    anna.writes("Since then").await;
    sam.changes(&conversations[0], json!({"status": "resolved"})).await;
    sam.changes(&conversations[1], json!({"status": "resolved"})).await;
    desk.advance(Duration::from_secs(40 * 86_400)).await;
    let new = bilal.writes("Something new").await;
    sam.patch(&format!("/api/v1/contacts/{into}"), json!({"name": "Bilal B.", "attributes": {"size": "L"}})).await.ok();
    sam.post(&format!("/api/v1/contacts/{into}/notes"), json!({"text": "Since"})).await.ok();
    desk.settle().await;

    let path = format!("/api/v1/contacts/{into}/merges/{merge}");
    let preview = sam.get(&path).await.ok();
    let figure = |name: &str| preview[name].as_i64().unwrap();
    assert_eq!((figure("identities"), figure("notes"), figure("conversations"), figure("stay")), (1, 1, 1, 1));
    assert!(figure("written_since") <= 1);
    sam.send("DELETE", &path, &[], None).await.ok();
    desk.settle().await;

    let survivor = whole(&sam, &into).await;
    assert_eq!(
        (&survivor["name"], &survivor["attributes"], &survivor["country"]),
        (&json!("Bilal B."), &json!({"city": "Utrecht", "size": "L"}), &Value::Null)
    );
    assert_eq!(survivor["conversations"], json!(BTreeSet::from([conversations[1].clone(), new])));
    assert_eq!(survivor["notes"].as_array().unwrap().len(), 2);
    assert_eq!(whole(&sam, &from).await["conversations"], json!(BTreeSet::from([conversations[0].clone()])));
    // And each writes on in what is theirs.
    assert_eq!(contact_of(&sam, &anna.writes("Still me").await).await, from);
}

#[tokio::test]
async fn what_was_made_one_with_a_conversation_that_stays_is_given_to_nobody() {
    let Two { mut desk, sam, from, into, conversations, .. } = two().await;
    let merge = merges(&sam, &into, &from).await;
    desk.settle().await;
    sam.post(&format!("/api/v1/conversations/{}/merge", conversations[0]), json!({"into_id": conversations[1]})).await.ok();

    let path = format!("/api/v1/contacts/{into}/merges/{merge}");
    assert_eq!(sam.get(&path).await.ok()["conversations"], 0);
    sam.send("DELETE", &path, &[], None).await.ok();
    desk.settle().await;

    assert_eq!(contact_of(&sam, &conversations[0]).await, into);
    assert_eq!(whole(&sam, &from).await["conversations"], json!([]));
}

#[tokio::test]
async fn a_chat_goes_on_after_a_merge_and_after_it_was_taken_back() {
    let Two { mut desk, sam, anna, bilal, from, into, conversations } = two().await;
    desk.watch_visitor(&anna).await;
    desk.watch_visitor(&bilal).await;

    let merge = merges(&sam, &into, &from).await;
    sam.replies(&conversations[0], "To Anna").await;
    desk.settle().await;
    assert_eq!(anna.reads().await, ["I am Anna", "To Anna"]);
    assert_eq!(bilal.reads().await, ["I am Bilal"]);

    sam.send("DELETE", &format!("/api/v1/contacts/{into}/merges/{merge}"), &[], None).await.ok();
    anna.writes("Thank you").await;
    desk.settle().await;
    assert_eq!(contact_of(&sam, &conversations[0]).await, from);
}

fn identity(desk: &TestDesk, key: &str, secret: &str, who: &str) -> String {
    let claims = json!({"aud": key, "sub": who, "exp": desk.clock.now().0 / 1_000_000 + 3600, "name": who});
    encode(&Header::default(), &claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
}

#[tokio::test]
async fn two_whom_the_shop_knows_apart_are_merged_only_by_somebody_who_says_so_twice() {
    let mut desk = TestDesk::open().await;
    let (inbox, sam) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await);
    let secret = sam.post(&format!("/api/v1/inboxes/{}/signing-keys", inbox.id), json!({})).await.ok()["secret"].as_str().unwrap().to_owned();
    let mut contacts = Vec::new();
    for who in ["anna", "bilal"] {
        let visitor = desk.visitor(&inbox).await;
        let made = visitor.identifies(&identity(&desk, &inbox.key, &secret, who)).await.ok();
        let visitor = visitor.with(&made);
        visitor.writes(who).await;
        contacts.push(made["contact_id"].as_str().unwrap().to_owned());
    }
    let path = format!("/api/v1/contacts/{}/merges", contacts[0]);

    let preview = sam.get(&format!("/api/v1/contacts/{}/merge-preview?from_id={}", contacts[0], contacts[1])).await.ok();
    assert_eq!(preview["proved_apart"], true);
    assert_eq!(sam.post(&path, json!({"from_id": contacts[1]})).await.refused(409), "proved_apart");
    sam.post(&path, json!({"from_id": contacts[1], "although_proved_apart": true})).await.ok();
    desk.settle().await;

    // Whoever signs in as either is the one contact from now on.
    let visitor = desk.visitor(&inbox).await;
    assert_eq!(visitor.identifies(&identity(&desk, &inbox.key, &secret, "bilal")).await.ok()["contact_id"], json!(contacts[0]));
}

/// The proofs of those suggested for a contact.
async fn suggested(agent: &Agent, contact: &str) -> Vec<(String, Vec<String>)> {
    let items = agent.get(&format!("/api/v1/contacts/{contact}/duplicates")).await.ok()["items"].take();
    let kinds = |item: &Value| item["proof"].as_array().unwrap().iter().map(|proof| proof["kind"].as_str().unwrap().to_owned()).collect();
    items.as_array().unwrap().iter().map(|item| (item["contact"]["id"].as_str().unwrap().to_owned(), kinds(item))).collect()
}

#[tokio::test]
async fn duplicates_are_suggested_with_their_proof_and_a_name_alone_is_none() {
    let desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Administrator).await;
    sam.post("/api/v1/attributes", json!({"of": "contact", "key": "birthday", "names": {"en": "Birthday"}, "kind": "date"})).await.ok();
    let anna = named(&sam, "Anna Wójcik", &[("email", "anna.wojcik@example.com"), ("phone", "+48 601 234 567")]).await;
    let work = named(&sam, "anna wojcik", &[("email", "anna.wojcik@work.example")]).await;
    let address = named(&sam, "A. W.", &[("email", "anna.wojcik@example.com")]).await;
    named(&sam, "Anna Wójcik", &[("email", "aw@example.com")]).await;
    let born = adds(&sam, json!({"name": "ANNA WÓJCIK", "attributes": {"birthday": "1990-02-28"}})).await;

    let found: BTreeSet<_> = suggested(&sam, &anna).await.into_iter().collect();
    let proof = |id: &str, kinds: &[&str]| (id.to_owned(), kinds.iter().map(|kind| (*kind).to_owned()).collect::<Vec<_>>());
    assert_eq!(found, BTreeSet::from([proof(&work, &["name", "mailbox"]), proof(&address, &["email"])]));
    sam.patch(&format!("/api/v1/contacts/{anna}"), json!({"attributes": {"birthday": "1990-02-28"}})).await.ok();
    assert!(suggested(&sam, &anna).await.contains(&proof(&born, &["name", "attribute"])));
}

#[tokio::test]
async fn pairs_are_listed_page_by_page_and_not_the_same_is_remembered() {
    let desk = TestDesk::open().await;
    let sam = desk.agent("Sam", Role::Agent).await;
    let mut expected = BTreeSet::new();
    for n in 0..5 {
        let email = format!("person{n}@example.com");
        let (one, other) = (named(&sam, &format!("Person {n}"), &[("email", &email)]).await, named(&sam, "", &[("email", &email)]).await);
        expected.insert(BTreeSet::from([one, other]));
    }
    let (one, other) =
        (named(&sam, "Bilal Haddad", &[("email", "bilal.haddad@a.example")]).await, named(&sam, "bilal haddad", &[("email", "bilal.haddad@b.example")]).await);
    expected.insert(BTreeSet::from([one.clone(), other.clone()]));
    let all = async || {
        let (mut found, mut cursor) = (BTreeSet::new(), String::new());
        loop {
            let page = sam.get(&format!("/api/v1/contacts/duplicates?limit=2{cursor}")).await.ok();
            for pair in page["items"].as_array().unwrap() {
                let id = |side: &str| pair[side]["id"].as_str().unwrap().to_owned();
                assert!(found.insert(BTreeSet::from([id("contact"), id("other")])), "each once");
            }
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return found,
            }
        }
    };

    assert_eq!(all().await, expected);
    let path = format!("/api/v1/contacts/{other}/distinct/{one}");
    sam.send("PUT", &path, &[], None).await.ok();
    assert_eq!((all().await.len(), suggested(&sam, &one).await.len()), (5, 0));
    sam.send("DELETE", &path, &[], None).await.ok();
    assert_eq!(all().await, expected);
}
