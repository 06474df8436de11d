//! What is told live: a row for each type of frame, and who may hear it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use rapport::{live, viewer::Permission};
use serde_json::{Value, json};
use testkit::{Agent, TestDesk};

use super::{
    check_bytes,
    world::{Thing, World},
};

/// Types of frames, and the permissions of which an agent needs one to hear it; none for what says nothing, or is one's own.
const FRAMES: &[(&str, &[Permission])] = {
    use Permission::{ContactsRead, ConversationsRead, PeopleRead};
    &[
        ("message_created", &[ConversationsRead]),
        ("conversation_changed", &[ConversationsRead]),
        ("conversation_filed", &[ConversationsRead]),
        ("conversation_removed", &[ConversationsRead]),
        ("messages_moved", &[ConversationsRead]),
        ("message_changed", &[ConversationsRead]),
        ("delivery_changed", &[ConversationsRead]),
        ("presence", &[ConversationsRead]),
        ("typing", &[ConversationsRead]),
        ("contact_changed", &[ContactsRead]),
        ("contact_merged", &[ContactsRead]),
        ("agent_changed", &[PeopleRead]),
        ("settings_changed", &[]),
        ("read_changed", &[]),
        ("draft_changed", &[]),
        ("rights_changed", &[]),
        ("session_ended", &[]),
        ("ready", &[]),
        ("resync", &[]),
        ("heartbeat", &[]),
        ("pong", &[]),
        ("error", &[]),
        ("accepted", &[]),
        ("refused", &[]),
    ]
};

/// What only a socket of its own says, or only its own agent hears.
const NOT_HERE: &[&str] = &[
    "conversation_removed",
    "read_changed",
    "draft_changed",
    "rights_changed",
    "session_ended",
    "ready",
    "resync",
    "heartbeat",
    "pong",
    "error",
    "accepted",
    "refused",
];

/// Every type of frame that stands in the code.
fn types_in(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            types_in(&path, found);
        } else {
            let text = fs::read_to_string(&path).unwrap().replace("\\\"", "\"");
            for mark in ["\"type\": \"", "\"type\":\"", "[\"type\"] = \""] {
                for (at, _) in text.match_indices(mark) {
                    found.insert(text[at + mark.len()..].split('"').next().unwrap().to_owned());
                }
            }
        }
    }
}

#[test]
fn every_type_of_frame_has_a_row() {
    let mut found = BTreeSet::new();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for part in ["live", "conversations", "channels"] {
        types_in(&source.join(part), &mut found);
    }
    let rows: BTreeSet<String> = FRAMES.iter().map(|(kind, _)| (*kind).to_owned()).collect();
    assert_eq!(found, rows, "give the new frame a row in tests/it/matrix/live.rs");
}

/// The id of the newest message of the customer.
async fn visitor_said(boss: &Agent, conversation: &str) -> Value {
    let said = boss.get(&format!("/api/v1/conversations/{conversation}/messages")).await.ok();
    said["items"].as_array().unwrap().iter().find(|message| message["kind"] == "inbound").unwrap()["id"].clone()
}

/// Everything that is told happens, in both brands.
async fn everything_happens(world: &World) {
    let boss = &world.boss;
    for (visitor, conversation, contact, brand, agent) in [
        (&world.visitors[0], world.own(Thing::Conversation), world.own(Thing::Contact), world.own(Thing::Brand), world.own(Thing::Agent)),
        (&world.visitors[1], world.foreign(Thing::Conversation), world.foreign(Thing::Contact), world.foreign(Thing::Brand), world.foreign(Thing::Agent)),
    ] {
        visitor.writes("Once more").await;
        boss.notes(&conversation, "For us").await;
        boss.changes(&conversation, json!({"priority": "high", "tags": ["parcel"]})).await;
        let note = boss.notes(&conversation, "Not so").await["id"].as_str().unwrap().to_owned();
        boss.patch(&format!("/api/v1/conversations/{conversation}/messages/{note}"), json!({"text": "So"})).await.ok();
        let last = boss.notes(&conversation, "Another matter").await["id"].clone();
        boss.post(&format!("/api/v1/conversations/{conversation}/split"), json!({"message_ids": [last, visitor_said(boss, &conversation).await]})).await.ok();
        visitor.send("POST", "/api/v1/chat/receipts", &[], Some(json!({"conversation_id": conversation, "seq": 9, "state": "read"}))).await;
        boss.patch(&format!("/api/v1/contacts/{contact}"), json!({"language": "pt"})).await.ok();
        let spare = boss.post("/api/v1/contacts", json!({"name": "Spare"})).await.ok()["id"].take();
        boss.post(&format!("/api/v1/contacts/{contact}/merges"), json!({"from_id": spare})).await.ok();
        boss.patch(&format!("/api/v1/brands/{brand}"), json!({"tone": "formal"})).await.ok();
        boss.patch(&format!("/api/v1/agents/{agent}"), json!({"team_ids": []})).await.ok();
        let mut socket = TestDesk::connect(world.desk.serve().await, &boss.token).await;
        socket.says(json!({"type": "viewing", "conversation_id": conversation})).await;
        socket.says(json!({"type": "typing", "conversation_id": conversation, "mode": "reply", "on": true})).await;
        socket.says(json!({"type": "ping"})).await;
        socket.hears(|frame| frame["type"] == "pong").await;
    }
}

#[tokio::test]
async fn nothing_of_the_other_brand_is_told_live_nor_what_one_may_not_read() {
    let mut world = World::build().await;
    world.settle().await;
    let mut seats = Vec::new();
    for who in world.everybody.iter().filter(|who| who.is_agent || who.is_visitor) {
        seats.push((who, live::listen(&world.desk.desk, &who.token).await.unwrap()));
    }
    let boss = live::listen(&world.desk.desk, &world.boss.token).await.unwrap();

    everything_happens(&world).await;
    world.desk.settle().await;
    let head = world.desk.place().await;
    while world.desk.desk.hub.position() < head {
        tokio::task::yield_now().await;
    }

    let rows: BTreeMap<&str, &[Permission]> = FRAMES.iter().copied().collect();
    let mut heard = BTreeSet::new();
    for (who, (_seat, mut frames)) in seats {
        while let Ok(said) = frames.try_recv() {
            let frame: Value = serde_json::from_str(&said).unwrap();
            let kind = frame["type"].as_str().unwrap().to_owned();
            check_bytes(who, &format!("the frame {kind}"), &said);
            let ids = [Thing::Conversation, Thing::Contact].map(|thing| world.foreign(thing));
            assert!(!ids.iter().any(|id| said.contains(id)), "{} was told of what is not there: {said}", who.name);
            let needs = rows[kind.as_str()];
            let own = kind == "agent_changed" && frame["agent"]["name"] == who.name;
            let may = needs.is_empty() || own || who.is_visitor || needs.iter().any(|permission| who.permissions.contains(permission));
            assert!(may, "{} heard {kind}: {said}", who.name);
            heard.insert(kind);
        }
    }
    let mut all = boss.1;
    let mut foreign = false;
    while let Ok(said) = all.try_recv() {
        foreign |= said.contains(&world.foreign(Thing::Conversation));
    }
    assert!(foreign, "there was something to be heard");
    let expected: BTreeSet<String> = rows.keys().filter(|kind| !NOT_HERE.contains(kind)).map(|kind| (*kind).to_owned()).collect();
    assert_eq!(heard, expected, "every type was told to somebody who may hear it");
}
