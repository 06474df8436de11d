//! The log is kept for ever, so what was announced long ago must be read by today's types: a fixture for each kind and each schema.
//!
//! `tests/fixtures/events/KIND.SCHEMA.json` is a payload with every member it can have. One is made for a new kind or schema with
//! `RAPPORT_UPDATE_SNAPSHOTS=1`; one that is there is never written over, because logs hold what it shows.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use platform::{
    clock::Moment,
    events::{self, Actor, Payload, Recorded},
};
use rapport::{
    conversations::{Changed, KINDS},
    features::{self, Feature, NewRow, Target},
    people::contacts::ContactChanged,
    viewer::Role,
};
use serde_json::{Map, Value, json};
use testkit::TestDesk;

fn fixture(kind: &str, schema: i64) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/events/{kind}.{schema}.json"))
}

/// Every kind that the code announces.
fn kinds() -> BTreeSet<String> {
    fn read(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.extend(text.lines().filter_map(|line| line.trim().strip_prefix("const KIND: &'static str = \"")?.strip_suffix("\";").map(str::to_owned)));
            }
        }
    }
    let mut found: BTreeSet<String> = KINDS.iter().map(|kind| (*kind).to_owned()).collect();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

/// The same shape with values that say nothing of this run.
fn shape(value: &Value) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::Bool(_) => true.into(),
        Value::Number(_) => 1.into(),
        Value::String(text) if uuid::Uuid::parse_str(text).is_ok() => "01900000-0000-7000-8000-000000000000".into(),
        Value::String(_) => "word".into(),
        Value::Array(items) => items.first().map(shape).into_iter().collect(),
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), shape(value))).collect(),
    }
}

/// Both shapes in one: what may be left out is there, what may be null has its value.
fn joined(one: Value, other: Value) -> Value {
    match (one, other) {
        (Value::Null, other) => other,
        (one, Value::Null) => one,
        (Value::Object(mut one), Value::Object(other)) => {
            for (name, value) in other {
                let before = one.remove(&name).unwrap_or(Value::Null);
                one.insert(name, joined(before, value));
            }
            // In the order of their names, so that no order of events shows.
            let mut members: Vec<_> = one.into_iter().collect();
            members.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(members.into_iter().collect::<Map<_, _>>())
        }
        (Value::Array(one), Value::Array(other)) => if one.is_empty() { other } else { one }.into(),
        // An id or a word of ours: the word says more.
        (one, other) if one == json!("word") || one == other => one,
        (_, other) => other,
    }
}

/// A day on which everything is announced that can be.
async fn everything_happens() -> Vec<Recorded> {
    let mut desk = TestDesk::open().await;
    let (inbox, sam, ines) = (desk.inbox().await, desk.agent("Sam", Role::Administrator).await, desk.agent("Ines", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let conversation = anna.writes("Hello").await;
    let contact = sam.sees(&conversation).await["contact"]["id"].as_str().unwrap().to_owned();
    let high = json!({"name": "High", "condition": {"field": "priority", "op": "is", "value": "high"}, "sharing": {"with": "me"}});
    sam.post("/api/v1/saved-views", high).await.ok();
    desk.advance(std::time::Duration::from_secs(60)).await;
    sam.send("PUT", &format!("/api/v1/conversations/{conversation}/read"), &[], Some(json!({"seq": 1}))).await;
    sam.replies(&conversation, "Good day").await;
    sam.post(&format!("/api/v1/conversations/{conversation}/notes"), json!({"text": "Look", "mentions": [ines.id]})).await.ok();
    let reply = sam.replies(&conversation, "Good dya").await["id"].as_str().unwrap().to_owned();
    sam.patch(&format!("/api/v1/conversations/{conversation}/messages/{reply}"), json!({"text": "Good day"})).await.ok();
    sam.changes(&conversation, json!({"priority": "high"})).await;
    sam.changes(&conversation, json!({"assignee_id": ines.id})).await;
    sam.changes(&conversation, json!({"assignee_id": null})).await;
    anna.send("POST", "/api/v1/chat/receipts", &[], Some(json!({"conversation_id": conversation, "seq": 2, "state": "read"}))).await.ok();
    anna.send("POST", "/api/v1/chat/events", &[], Some(json!({"name": "order_placed", "properties": {}}))).await.ok();
    sam.changes(&conversation, json!({"status": "resolved"})).await;
    anna.writes("One more thing").await;
    let said = sam.get(&format!("/api/v1/conversations/{conversation}/messages")).await.ok();
    let last = said["items"].as_array().unwrap().iter().find(|message| message["kind"] == "inbound").unwrap()["id"].clone();
    let own = sam.post(&format!("/api/v1/conversations/{conversation}/split"), json!({"message_ids": [last]})).await.ok()["id"].as_str().unwrap().to_owned();
    sam.changes(&own, json!({"location_id": null})).await;
    sam.post(&format!("/api/v1/conversations/{own}/merge"), json!({"into_id": conversation})).await.ok();
    sam.post(&format!("/api/v1/conversations/{own}/unmerge"), json!({})).await.ok();
    sam.post(&format!("/api/v1/contacts/{contact}/notes"), json!({"text": "Prefers mornings"})).await.ok();
    let bilal = desk.visitor(&inbox).await.writes("Me again").await;
    let other = sam.sees(&bilal).await["contact"]["id"].take();
    sam.post(&format!("/api/v1/contacts/{contact}/merges"), json!({"from_id": other})).await.ok();
    desk.settle().await;
    sam.post("/api/v1/companies", json!({"name": "Acme"})).await.ok();
    let import = sam.uploads_to("/api/v1/contact-imports?name=people.csv", b"name\nBilal\n").await.ok()["id"].as_str().unwrap().to_owned();
    for step in ["start", "undo"] {
        sam.post(&format!("/api/v1/contact-imports/{import}/{step}"), json!({})).await.ok();
        desk.settle().await;
    }
    let canned = json!({"name": "Parcel", "shortcut": "parcel", "texts": {"en": "It is on its way."}, "sharing": {"with": "me"}});
    sam.post("/api/v1/canned-responses", canned).await.ok();
    sam.post("/api/v1/contact-reasons", json!({"names": {"en": "Delivery"}})).await.ok();
    sam.send("PUT", "/api/v1/assignment", &[], Some(json!({"capacity": 5}))).await.ok();
    sam.post("/api/v1/sla-policies", json!({"name": "All", "targets": {"resolution": {"minutes": 60, "business_time": false}}})).await.ok();
    sam.post("/api/v1/attributes", json!({"of": "contact", "key": "size", "names": {"en": "Size"}, "kind": "text"})).await.ok();
    let mine = json!({"name": "Mine", "actions": [{"type": "assign_to_me"}], "sharing": {"with": "me"}});
    sam.post("/api/v1/macros", mine).await.ok();
    let rule = json!({"name": "Look", "trigger": {"on": "conversation_created"}, "condition": {"all": []}, "actions": [{"type": "set_priority", "priority": "high"}], "sharing": {"with": "everyone"}});
    sam.post("/api/v1/automation/rules", rule).await.ok();
    let team = sam.post("/api/v1/teams", json!({"name": "Returns"})).await.ok();
    let brand = sam.get("/api/v1/brands").await.ok()["items"][0]["id"].clone();
    sam.patch(&format!("/api/v1/brands/{}", brand.as_str().unwrap()), json!({"tone": "formal"})).await.ok();
    sam.post("/api/v1/locations", json!({"kind": "location", "name": "Utrecht", "brand_id": brand})).await.ok();
    sam.post(&format!("/api/v1/agents/{}/sign-out-everywhere", ines.id), json!({})).await;
    sam.send("PUT", "/api/v1/sign-in-policy", &[], Some(json!({"second_factor_required": false}))).await.ok();
    sam.post("/api/v1/roles", json!({"name": "Night shift", "permissions": ["conversations.read"]})).await.ok();
    for target in [
        Target::Everyone,
        Target::Brand(serde_json::from_value(brand).unwrap()),
        Target::Team(serde_json::from_value(team["id"].clone()).unwrap()),
        Target::Agent(ines.id),
    ] {
        let new = NewRow {
            target,
            is_on: false,
            expires_at: Some(desk.clock.now().plus(std::time::Duration::from_secs(60))),
            note: String::new(),
            set_by: "Ines".into(),
        };
        desk.desk.store.write(move |tx| features::set(tx, Actor::SYSTEM, Feature::BulkChanges, &new)).await.unwrap();
    }
    desk.settle().await;
    desk.read(|tx| events::after(tx, 0, 10_000)).await
}

#[tokio::test]
async fn every_kind_is_announced_in_the_shape_of_its_fixture() {
    let mut announced: BTreeMap<(String, i64), Value> = BTreeMap::new();
    for event in everything_happens().await {
        let payload = shape(&serde_json::from_str(&event.payload).unwrap());
        let before = announced.remove(&(event.kind.clone(), event.schema)).unwrap_or(json!({}));
        announced.insert((event.kind, event.schema), joined(before, payload));
    }

    let seen: BTreeSet<String> = announced.keys().map(|(kind, _)| kind.clone()).collect();
    assert_eq!(seen, kinds(), "let everything_happens() announce every kind");
    for ((kind, schema), payload) in announced {
        let path = fixture(&kind, schema);
        if std::env::var_os("RAPPORT_UPDATE_SNAPSHOTS").is_some() && !path.exists() {
            fs::write(&path, serde_json::to_string_pretty(&payload).unwrap() + "\n").unwrap();
        }
        let kept: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()))).unwrap();
        assert_eq!(payload, kept, "the payload of {kind} has changed: raise its schema with an upcast of schema {schema}, and keep that fixture as it is");
    }
}

/// Reads a payload as whoever reacts to its kind does.
fn read(kind: &str, schema: i64, payload: &str) -> Option<Result<i64, platform::store::Error>> {
    let (at, stream) = (Moment(0), uuid::Uuid::nil());
    let event =
        Recorded { position: 1, at, kind: kind.into(), schema, actor: Actor::SYSTEM, stream, version: 1, subject: None, depth: 0, payload: payload.into() };
    match kind {
        "people.contact_changed" => Some(event.read::<ContactChanged>().map(|_| ContactChanged::SCHEMA)),
        kind if KINDS.contains(&kind) => Some(event.read::<Changed>().map(|_| Changed::SCHEMA)),
        // Hints to look again: nobody reads what they say.
        _ => None,
    }
}

#[test]
fn every_schema_there_ever_was_is_read_as_the_current_one() {
    let mut schemas: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    for entry in fs::read_dir(fixture("x", 1).parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().strip_suffix(".json").unwrap().to_owned();
        let (kind, schema) = name.rsplit_once('.').unwrap();
        let schema: i64 = schema.parse().unwrap();
        schemas.entry(kind.to_owned()).or_default().insert(schema);
        if let Some(read) = read(kind, schema, &fs::read_to_string(&path).unwrap()) {
            let current = read.unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(schema <= current, "{name} is newer than what is read");
        }
    }

    assert_eq!(schemas.keys().cloned().collect::<BTreeSet<_>>(), kinds(), "a fixture for each kind");
    for (kind, found) in schemas {
        let newest = *found.last().unwrap();
        assert_eq!(found, (1..=newest).collect(), "{kind}: every schema from the first to the newest has a fixture");
        if let Some(Ok(current)) = read(&kind, newest, &fs::read_to_string(fixture(&kind, newest)).unwrap()) {
            assert_eq!(newest, current, "{kind}: the newest fixture is the one that is announced");
        }
    }
}
