//! Attributes: who defines them, what a value may be, how owners are found by them, and what is required before resolving.

use platform::params;
use rapport::{attributes, people::GrantSpec, viewer::Role};
use serde_json::{Value, json};
use testkit::{Agent, TestDesk, Visitor};

const URL: &str = "/api/v1/attributes";

async fn defines(boss: &Agent, of: &str, key: &str, kind: &str, more: Value) -> String {
    let mut body = json!({"of": of, "key": key, "names": {"en": key}, "kind": kind});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    boss.post(URL, body).await.ok()["id"].as_str().unwrap().to_owned()
}

fn choices(keys: &[&str]) -> Value {
    json!(keys.iter().map(|key| json!({"key": key, "names": {"en": key}})).collect::<Vec<_>>())
}

async fn contact(agent: &Agent, name: &str) -> String {
    agent.post("/api/v1/contacts", json!({"name": name})).await.ok()["id"].as_str().unwrap().to_owned()
}

async fn sets(agent: &Agent, contact: &str, values: Value) -> Value {
    agent.patch(&format!("/api/v1/contacts/{contact}"), json!({"attributes": values})).await.ok()["attributes"].take()
}

async fn refused(agent: &Agent, path: &str, change: Value) -> String {
    let answer = agent.patch(path, change).await;
    assert_eq!(answer.status, 422, "{}", answer.body);
    answer.body["errors"][0].to_string()
}

#[tokio::test]
async fn attributes_are_defined_by_whoever_keeps_the_whole_company() {
    let desk = TestDesk::open().await;
    let inbox = desk.inbox().await;
    let (boss, sam) = (desk.agent("Boss", Role::Administrator).await, desk.agent("Sam", Role::Agent).await);
    let ines = desk.agent_with("Ines", vec![GrantSpec { brand_id: Some(inbox.brand_id), ..GrantSpec::everywhere(Role::Administrator) }]).await;
    let body = json!({"of": "contact", "key": "size", "names": {"en": "Size", "pl": "Rozmiar"}, "kind": "text"});

    for agent in [&sam, &ines] {
        agent.post(URL, body.clone()).await.refused(403);
    }
    let made = boss.post(URL, body.clone()).await.ok();
    boss.post(URL, body).await.refused(422);
    for bad in [
        json!({"key": "Size"}),
        json!({"key": "9th"}),
        json!({"names": {"en": " "}}),
        json!({"kind": "choice"}),
        json!({"kind": "number", "pattern": "x"}),
        json!({"pattern": "["}),
        json!({"pattern": "((a{100}){100}){100}"}),
        json!({"kind": "boolean", "minimum": 1}),
        json!({"kind": "number", "minimum": 2, "maximum": 1}),
        json!({"choices": choices(&["a"])}),
        json!({"kind": "choice", "choices": choices(&["a", "a"])}),
        json!({"is_required": true}),
    ] {
        let mut body = json!({"of": "contact", "key": "other", "names": {"en": "Other"}, "kind": "text"});
        body.as_object_mut().unwrap().extend(bad.as_object().unwrap().clone());
        assert_eq!(boss.post(URL, body).await.status, 422, "{bad}");
    }

    let path = format!("{URL}/{}", made["id"].as_str().unwrap());
    sam.patch(&path, json!({"archived": true})).await.refused(403);
    assert_eq!(boss.patch(&path, json!({"names": {"en": "Shoe size"}})).await.ok()["version"], 2);
    let seen = sam.get(URL).await.ok();
    assert_eq!(seen["items"][0]["names"]["en"], "Shoe size", "and everybody who works with contacts knows them");
}

#[tokio::test]
async fn a_value_fits_its_definition_and_a_refusal_says_how_to_mend_it() {
    let desk = TestDesk::open().await;
    let boss = desk.agent("Boss", Role::Administrator).await;
    defines(&boss, "contact", "member", "text", json!({"pattern": "[A-Z]{2}[0-9]{4}"})).await;
    defines(&boss, "contact", "points", "number", json!({"minimum": 0, "maximum": 1000.5})).await;
    defines(&boss, "contact", "vip", "boolean", json!({})).await;
    defines(&boss, "contact", "birthday", "date", json!({})).await;
    defines(&boss, "contact", "tier", "choice", json!({"choices": choices(&["gold", "silver"])})).await;
    defines(&boss, "contact", "likes", "choices", json!({"choices": choices(&["tea", "coffee"])})).await;
    defines(&boss, "contact", "profile", "link", json!({})).await;
    let anna = contact(&boss, "Anna").await;
    let path = format!("/api/v1/contacts/{anna}");

    let all = json!({"member": "NL1234", "points": 12.5, "vip": true, "birthday": "1990-02-28", "tier": "gold", "likes": ["coffee", "tea"], "profile": "https://example.com/anna"});
    let mut kept = all.clone();
    kept["likes"] = json!(["tea", "coffee"]);
    assert_eq!(sets(&boss, &anna, all).await, kept);
    for (value, told) in [
        (json!({"member": "anna"}), "has to look like"),
        (json!({"points": 1001}), "From 0 to 1000.5"),
        (json!({"points": 0.12345}), "four decimals"),
        (json!({"vip": "yes"}), "true or false"),
        (json!({"birthday": "1990-02-30"}), "2026-11-27"),
        (json!({"tier": "bronze"}), "gold, silver"),
        (json!({"likes": "tea"}), "list"),
        (json!({"profile": "javascript:alert(1)"}), "https://"),
        (json!({"shoe": 42}), "no attribute with this key"),
    ] {
        let said = refused(&boss, &path, json!({"attributes": value})).await;
        assert!(said.contains(told) && said.contains("/attributes/"), "{said}");
    }
    assert_eq!(boss.get(&path).await.ok()["attributes"], kept, "nothing of what was refused");

    kept.as_object_mut().unwrap().remove("vip");
    assert_eq!(sets(&boss, &anna, json!({"vip": null})).await, kept);
    let new = boss.post("/api/v1/contacts", json!({"name": "Bilal", "attributes": {"tier": "silver"}})).await.ok();
    assert_eq!(new["attributes"], json!({"tier": "silver"}));
}

/// How many owners have these keys and numbers, as a filter would ask.
async fn found(desk: &TestDesk, attribute: &str, text: Option<&str>, number: Option<f64>) -> (i64, i64) {
    let id: uuid::Uuid = attribute.parse().unwrap();
    let (text, number) = (text.map(attributes::text_key), number.and_then(attributes::ten_thousandths));
    desk.read(move |tx| {
        tx.one(
            "SELECT (SELECT count(*) FROM contact_attribute v WHERE v.attribute_id = $1 AND (v.text_key = $2 OR v.number >= $3)) AS contacts,
                    (SELECT count(*) FROM conversation_attribute v WHERE v.attribute_id = $1 AND (v.text_key = $2 OR v.number >= $3)) AS conversations",
            params![id, text, number],
            |row| Ok((row.get("contacts")?, row.get("conversations")?)),
        )
    })
    .await
}

#[tokio::test]
async fn owners_are_found_by_the_values_they_have_now_and_by_no_earlier_ones() {
    let desk = TestDesk::open().await;
    let (boss, inbox) = (desk.agent("Boss", Role::Administrator).await, desk.inbox().await);
    let city = defines(&boss, "contact", "city", "text", json!({})).await;
    let points = defines(&boss, "contact", "points", "number", json!({})).await;
    let likes = defines(&boss, "contact", "likes", "choices", json!({"choices": choices(&["tea", "coffee"])})).await;
    let order = defines(&boss, "conversation", "order", "text", json!({})).await;
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    let anna = contact(&boss, "Anna").await;

    sets(&boss, &anna, json!({"city": "Łódź", "points": 12.5, "likes": ["tea", "coffee"]})).await;
    boss.changes(&conversation, json!({"attributes": {"order": "A-1"}})).await;
    assert_eq!(found(&desk, &city, Some("łódź"), None).await, (1, 0), "however it is written");
    assert_eq!((found(&desk, &points, None, Some(12.5)).await.0, found(&desk, &points, None, Some(12.51)).await.0), (1, 0));
    assert_eq!((found(&desk, &likes, Some("tea"), None).await.0, found(&desk, &likes, Some("coffee"), None).await.0), (1, 1));
    assert_eq!(found(&desk, &order, Some("a-1"), None).await, (0, 1));

    sets(&boss, &anna, json!({"city": "Porto", "points": null, "likes": ["coffee"]})).await;
    boss.changes(&conversation, json!({"attributes": {"order": null}})).await;
    assert_eq!((found(&desk, &city, Some("łódź"), None).await.0, found(&desk, &city, Some("porto"), None).await.0), (0, 1));
    assert_eq!((found(&desk, &points, None, Some(0.0)).await.0, found(&desk, &likes, Some("tea"), None).await.0), (0, 0));
    assert_eq!(found(&desk, &order, Some("a-1"), None).await, (0, 0));
}

#[tokio::test]
async fn a_change_of_values_is_told_live_and_raises_the_version_and_its_event_says_nothing_of_them() {
    let mut desk = TestDesk::open().await;
    let (boss, inbox) = (desk.agent("Boss", Role::Administrator).await, desk.inbox().await);
    defines(&boss, "contact", "city", "text", json!({})).await;
    defines(&boss, "conversation", "order", "text", json!({})).await;
    let anna: Visitor = desk.visitor(&inbox).await;
    let conversation = anna.writes("Hello").await;
    desk.watch(&boss).await;
    let before = boss.sees(&conversation).await;
    let contact = before["contact"]["id"].as_str().unwrap().to_owned();

    boss.changes(&conversation, json!({"attributes": {"order": "canary-order"}})).await;
    sets(&boss, &contact, json!({"city": "canary-city"})).await;
    desk.settle().await;

    let after = boss.sees(&conversation).await;
    assert_eq!((&after["attributes"], after["version"].as_i64()), (&json!({"order": "canary-order"}), before["version"].as_i64().map(|version| version + 1)));
    assert!(desk.mirror(&boss).was_told("canary-order") && desk.mirror(&boss).was_told("canary-city"));
    boss.changes(&conversation, json!({"attributes": {"order": "canary-order"}})).await;
    assert_eq!(boss.sees(&conversation).await["version"], after["version"], "what says nothing new changes nothing");
    let events = desk.read(|tx| platform::events::after(tx, 0, 1_000)).await;
    assert!(events.iter().all(|event| !event.payload.contains("canary")));
    assert!(!anna.send("GET", "/api/v1/chat/conversations", &[], None).await.ok().to_string().contains("canary"));
}

#[tokio::test]
async fn what_is_required_is_filled_in_before_an_agent_resolves() {
    let desk = TestDesk::open().await;
    let (boss, inbox) = (desk.agent("Boss", Role::Administrator).await, desk.inbox().await);
    let conversation = desk.visitor(&inbox).await.writes("Hello").await;
    let outcome = defines(&boss, "conversation", "outcome", "choice", json!({"choices": choices(&["kept", "lost"]), "is_required": true})).await;
    let path = format!("/api/v1/conversations/{conversation}");

    let told = boss.patch(&path, json!({"status": "resolved"})).await;
    assert_eq!(told.body["attributes"], json!(["outcome"]));
    assert_eq!(told.refused(409), "attribute_missing");
    assert_eq!(boss.post(&format!("{path}/replies"), json!({"text": "Bye", "then": "resolve"})).await.refused(409), "attribute_missing");
    boss.changes(&conversation, json!({"attributes": {"outcome": "kept"}, "status": "resolved"})).await;
    boss.changes(&conversation, json!({"attributes": {"outcome": null}, "status": "open"})).await;
    boss.patch(&format!("{URL}/{outcome}"), json!({"archived": true})).await.ok();
    boss.changes(&conversation, json!({"status": "resolved"})).await;
}

#[tokio::test]
async fn what_is_used_is_archived_and_what_never_was_may_go() {
    let desk = TestDesk::open().await;
    let boss = desk.agent("Boss", Role::Administrator).await;
    let tier = defines(&boss, "contact", "tier", "choice", json!({"choices": choices(&["gold", "silver"])})).await;
    let spare = defines(&boss, "contact", "spare", "text", json!({})).await;
    let (anna, bilal) = (contact(&boss, "Anna").await, contact(&boss, "Bilal").await);
    sets(&boss, &anna, json!({"tier": "gold"})).await;
    let path = format!("{URL}/{tier}");

    boss.send("DELETE", &path, &[], None).await.refused(409);
    boss.send("DELETE", &format!("{URL}/{spare}"), &[], None).await.ok();
    assert_eq!(boss.patch(&path, json!({"choices": choices(&["silver"])})).await.refused(409), "in_use");
    boss.patch(&path, json!({"choices": choices(&["gold"])})).await.ok();
    boss.patch(&path, json!({"archived": true})).await.ok();

    let other = format!("/api/v1/contacts/{bilal}");
    assert!(refused(&boss, &other, json!({"attributes": {"tier": "gold"}})).await.contains("archived"));
    assert_eq!(sets(&boss, &anna, json!({"tier": "gold"})).await, json!({"tier": "gold"}), "what has it keeps it");
    assert_eq!(sets(&boss, &anna, json!({"tier": null})).await, json!({}));
    boss.send("DELETE", &path, &[], None).await.ok();
}
