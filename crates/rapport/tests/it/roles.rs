//! Roles as editable sets of permissions: who may change them, and that a change reaches whoever is connected.

use std::net::SocketAddr;

use rapport::{people::GrantSpec, viewer::Role};
use serde_json::{Value, json};
use testkit::{Agent, Socket, TestDesk};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// A role of the company's own; its id.
async fn makes(boss: &Agent, name: &str, permissions: &[&str]) -> String {
    boss.post("/api/v1/roles", json!({"name": name, "permissions": permissions})).await.ok()["id"].as_str().unwrap().to_owned()
}

async fn sets(boss: &Agent, role: &str, permissions: Value) -> Value {
    boss.patch(&format!("/api/v1/roles/{role}"), json!({"permissions": permissions})).await.ok()
}

async fn with_role(desk: &TestDesk, name: &str, role: &str) -> Agent {
    desk.agent_with(name, vec![GrantSpec::everywhere(rapport::viewer::RoleKey(role.into()))]).await
}

#[tokio::test]
async fn five_roles_come_with_rapport_and_four_of_them_can_be_changed_and_put_back() {
    let desk = TestDesk::open().await;
    let boss = desk.agent("Boss", Role::Administrator).await;
    let roles = boss.get("/api/v1/roles").await.ok();
    let ids: Vec<&str> = roles["items"].as_array().unwrap().iter().map(|role| role["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["administrator", "supervisor", "agent", "light_agent", "read_only"]);
    assert_eq!(roles["items"][0]["agent_ids"], json!([boss.id]));

    assert_eq!(boss.patch("/api/v1/roles/administrator", json!({"permissions": []})).await.refused(409), "in_use");
    assert_eq!(boss.send("DELETE", "/api/v1/roles/agent", &[], None).await.refused(409), "in_use");
    assert_eq!(boss.patch("/api/v1/roles/agent", json!({"name": "Helper"})).await.refused(422), "invalid_request");
    let changed = sets(&boss, "agent", json!(["people.read", "conversations.read"])).await;
    assert_eq!((&changed["permissions"], &changed["changed"], &changed["version"]), (&json!(["conversations.read", "people.read"]), &json!(true), &json!(2)));
    let back = sets(&boss, "agent", Value::Null).await;
    assert_eq!((&back["permissions"], &back["changed"]), (&roles["items"][2]["permissions"], &json!(false)));
}

#[tokio::test]
async fn a_role_of_ones_own_is_made_granted_and_removed_when_nobody_has_it() {
    let desk = TestDesk::open().await;
    let boss = desk.agent("Boss", Role::Administrator).await;
    let role = makes(&boss, "Night shift", &["conversations.read", "contacts.read"]).await;
    assert_eq!(boss.post("/api/v1/roles", json!({"name": "Night shift", "permissions": []})).await.refused(422), "invalid_request");
    let sam = with_role(&desk, "Sam", &role).await;
    assert_eq!(sam.get("/api/v1/me").await.ok()["permissions"], json!(["conversations.read", "contacts.read"]));

    let path = format!("/api/v1/roles/{role}");
    let refused = boss.send("DELETE", &path, &[], None).await;
    assert!(refused.body["detail"].as_str().unwrap().contains("Sam"), "it says by whom: {}", refused.body);
    assert_eq!(refused.refused(409), "in_use");
    boss.patch(&format!("/api/v1/agents/{}", sam.id), json!({"grants": [{"role": "read_only"}]})).await.ok();
    assert_eq!(boss.send("DELETE", &path, &[], None).await.status, 204);
    assert_eq!(boss.send("DELETE", &path, &[], None).await.refused(404), "not_found");
    let grants = json!({"grants": [{"role": role}]});
    assert_eq!(boss.patch(&format!("/api/v1/agents/{}", sam.id), grants).await.refused(422), "invalid_request");
}

#[tokio::test]
async fn nobody_edits_into_a_role_more_than_they_have_nor_over_more() {
    let desk = TestDesk::open().await;
    let (inbox, boss) = (desk.inbox().await, desk.agent("Boss", Role::Administrator).await);
    let keeper = makes(&boss, "Keeper", &["roles.manage", "people.read", "conversations.read", "agents.manage"]).await;
    let sam = with_role(&desk, "Sam", &keeper).await;
    let grant = GrantSpec { brand_id: Some(inbox.brand_id), ..GrantSpec::everywhere(rapport::viewer::RoleKey(keeper.clone())) };
    let ines = desk.agent_with("Ines", vec![grant]).await;

    let made = makes(&sam, "Reader", &["conversations.read"]).await;
    for (who, role, permissions) in [
        (&sam, made.as_str(), json!(["conversations.read", "conversations.write"])),
        (&sam, keeper.as_str(), json!(["roles.manage", "inboxes.manage"])),
        // Narrowing somebody who has more is a decision over them, too.
        (&sam, "supervisor", json!([])),
        // A role reaches the whole company, and hers is one brand.
        (&ines, made.as_str(), json!([])),
    ] {
        assert_eq!(who.patch(&format!("/api/v1/roles/{role}"), json!({"permissions": permissions})).await.refused(403), "forbidden", "{} {role}", who.name);
    }
    assert_eq!(sam.post("/api/v1/roles", json!({"name": "More", "permissions": ["places.manage"]})).await.refused(403), "forbidden");
    // Hers to give in her brand, and nowhere else.
    let new = |email: &str, brand: Value| json!({"name": "New", "email": email, "grants": [{"role": made, "brand_id": brand}]});
    ines.post("/api/v1/agents", new("a@example.com", json!(inbox.brand_id))).await.ok();
    assert_eq!(ines.post("/api/v1/agents", new("b@example.com", Value::Null)).await.refused(403), "forbidden");
    assert_eq!(ines.patch(&format!("/api/v1/agents/{}", sam.id), json!({"name": "X"})).await.refused(403), "forbidden");
    assert_eq!(ines.post(&format!("/api/v1/agents/{}/sign-out-everywhere", boss.id), json!({})).await.refused(403), "forbidden");
}

#[tokio::test]
async fn a_light_agent_notes_and_never_speaks_to_a_customer_or_assigns() {
    let desk = TestDesk::open().await;
    let inbox = desk.inbox().await;
    let (lia, rita) = (desk.agent("Lia", Role::LightAgent).await, desk.agent("Rita", Role::ReadOnly).await);
    let anna = desk.visitor(&inbox).await;
    let id = anna.writes("Hello").await;
    let path = |rest: &str| format!("/api/v1/conversations/{id}{rest}");

    lia.notes(&id, "I know her.").await;
    lia.send("PUT", &path("/drafts/note"), &[], Some(json!({"text": "And"}))).await.ok();
    for (who, method, rest, body) in [
        (&lia, "POST", "/replies", json!({"text": "x"})),
        (&lia, "PUT", "/drafts/reply", json!({"text": "x"})),
        (&lia, "PATCH", "", json!({"assignee_id": lia.id})),
        (&lia, "PATCH", "", json!({"status": "resolved"})),
        (&rita, "POST", "/notes", json!({"text": "x"})),
        (&rita, "POST", "/replies", json!({"text": "x"})),
        (&rita, "PUT", "/drafts/note", json!({"text": "x"})),
    ] {
        assert_eq!(who.send(method, &path(rest), &[], Some(body)).await.refused(403), "forbidden", "{} {method} {rest}", who.name);
    }
    // Reading alone does not tell the customer that the team has read it.
    rita.send("PUT", &path("/read"), &[], Some(json!({"seq": 1}))).await;
    assert_eq!(rita.sees(&id).await["team_read_seq"], 0);
    assert_eq!(anna.reads().await, ["Hello"]);
}

#[tokio::test]
async fn whoever_only_assigns_assigns_and_whoever_only_writes_does_not() {
    let desk = TestDesk::open().await;
    let (inbox, boss) = (desk.inbox().await, desk.agent("Boss", Role::Administrator).await);
    let sorter = makes(&boss, "Sorter", &["conversations.read", "conversations.assign"]).await;
    let writer = makes(&boss, "Writer", &["conversations.read", "conversations.write"]).await;
    let (sam, ines) = (with_role(&desk, "Sam", &sorter).await, with_role(&desk, "Ines", &writer).await);
    let id = desk.visitor(&inbox).await.writes("Hello").await;
    let path = format!("/api/v1/conversations/{id}");

    sam.changes(&id, json!({"assignee_id": ines.id})).await;
    ines.changes(&id, json!({"priority": "high"})).await;
    for (who, change) in [
        (&sam, json!({"priority": "low"})),
        (&sam, json!({"assignee_id": null, "priority": "low"})),
        (&ines, json!({"assignee_id": null})),
        (&ines, json!({"priority": "low", "team_id": null})),
    ] {
        assert_eq!(who.patch(&path, change.clone()).await.refused(403), "forbidden", "{} {change}", who.name);
    }
    let now = boss.sees(&id).await;
    assert_eq!((&now["assignee_id"], &now["priority"]), (&json!(ines.id), &json!("high")));
}

/// A light agent who types a reply would have the customer wait for it.
#[tokio::test]
async fn whoever_may_not_answer_is_not_shown_typing() {
    let desk = TestDesk::open().await;
    let (address, inbox) = (desk.serve().await, desk.inbox().await);
    let (lia, sam) = (desk.agent("Lia", Role::LightAgent).await, desk.agent("Sam", Role::Agent).await);
    let anna = desk.visitor(&inbox).await;
    let id = anna.writes("Hello").await;
    let mut chat = TestDesk::connect(address, &anna.session_token).await;
    for (who, mode) in [(&lia, "reply"), (&sam, "reply")] {
        let mut socket = TestDesk::connect(address, &who.token).await;
        socket.says(json!({"type": "typing", "conversation_id": id, "mode": mode, "on": true})).await;
        socket.says(json!({"type": "ping"})).await;
        socket.hears(|frame| frame["type"] == "pong").await;
    }

    chat.hears(|frame| frame["type"] == "typing" && frame["name"] == "Sam").await;
    assert!(!chat.frames.iter().any(|frame| frame["name"] == "Lia"), "{:?}", chat.frames);
}

/// What reaches a socket until it has answered, which is behind all that was sent before.
async fn drained(socket: &mut Socket) -> usize {
    socket.says(json!({"type": "ping"})).await;
    socket.hears(|frame| frame["type"] == "pong").await;
    socket.frames.len()
}

/// Each way to take sight away, with a socket open.
#[tokio::test]
async fn after_narrowing_no_frame_of_a_conversation_one_may_no_longer_see_reaches_a_socket() {
    let mut desk = TestDesk::open().await;
    let (address, inbox, noord) = (desk.serve().await, desk.inbox().await, desk.second_brand().await);
    let boss = desk.agent("Boss", Role::Administrator).await;
    let role = makes(&boss, "Reader", &["conversations.read", "people.read"]).await;
    let region = boss.post("/api/v1/locations", json!({"kind": "region", "name": "South"})).await.ok()["id"].clone();
    let store =
        boss.post("/api/v1/locations", json!({"kind": "location", "name": "Lisbon", "parent_id": region})).await.ok()["id"].as_str().unwrap().to_owned();
    let in_region = GrantSpec { location_id: serde_json::from_value(region).unwrap(), ..GrantSpec::everywhere(Role::Agent) };
    let (sam, ines, lev) = (with_role(&desk, "Sam", &role).await, desk.agent("Ines", Role::Agent).await, desk.agent_with("Lev", vec![in_region]).await);
    let anna = desk.visitor(&inbox).await;
    let id = anna.writes("Before").await;
    boss.changes(&id, json!({"location_id": store})).await;
    desk.settle().await;
    let mut sockets = Vec::new();
    for agent in [&sam, &ines, &lev, &boss] {
        sockets.push(TestDesk::connect(address, &agent.token).await);
    }
    anna.writes("Canary-before").await;
    for socket in &mut sockets {
        socket.hears(|frame| frame.to_string().contains("Canary-before")).await;
    }

    sets(&boss, &role, json!(["people.read"])).await;
    let elsewhere = json!({"grants": [{"role": "agent", "brand_id": noord.brand_id}]});
    boss.patch(&format!("/api/v1/agents/{}", ines.id), elsewhere).await.ok();
    boss.patch(&format!("/api/v1/locations/{store}"), json!({"parent_id": null})).await.ok();
    anna.writes("Canary-after").await;
    desk.settle().await;

    sockets[3].hears(|frame| frame.to_string().contains("Canary-after")).await;
    for (who, socket) in ["Sam", "Ines", "Lev"].iter().zip(&mut sockets) {
        drained(socket).await;
        assert!(socket.frames.iter().any(|frame| frame["type"] == "rights_changed"), "{who} is told to load anew");
        assert!(!socket.frames.iter().any(|frame| frame.to_string().contains("Canary-after")), "{who} still hears");
    }
    for agent in [&ines, &lev] {
        assert_eq!(agent.get(&format!("/api/v1/conversations/{id}")).await.refused(404), "not_found");
    }
    assert_eq!(sam.get(&format!("/api/v1/conversations/{id}")).await.refused(403), "forbidden");
    sets(&boss, &role, json!(["people.read", "conversations.read"])).await;
    assert_eq!(sam.sees(&id).await["preview"]["text"], "Canary-after", "and the way back");
}

#[tokio::test]
async fn an_agent_who_is_disabled_is_cut_off() {
    let desk = TestDesk::open().await;
    let address = desk.serve().await;
    let (boss, sam) = (desk.agent("Boss", Role::Administrator).await, desk.agent("Sam", Role::Agent).await);
    let mut socket = TestDesk::connect(address, &sam.token).await;
    let mut stream = streams(address, &sam.token).await;

    boss.patch(&format!("/api/v1/agents/{}", sam.id), json!({"disabled": true})).await.ok();

    assert_eq!(socket.is_ended().await, 4401);
    let mut rest = Vec::new();
    while !rest.ends_with(b"0\r\n\r\n") {
        assert!(stream.read_buf(&mut rest).await.unwrap() > 0);
    }
    assert_eq!(sam.get("/api/v1/me").await.refused(401), "unauthorized");
}

/// Server-sent events, up to `ready`.
async fn streams(address: SocketAddr, token: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET /api/v1/live/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut heard = Vec::new();
    while !String::from_utf8_lossy(&heard).contains("\"ready\"") {
        assert!(stream.read_buf(&mut heard).await.unwrap() > 0);
    }
    stream
}

#[tokio::test]
async fn server_sent_events_follow_the_rights_too() {
    let mut desk = TestDesk::open().await;
    let (address, inbox) = (desk.serve().await, desk.inbox().await);
    let boss = desk.agent("Boss", Role::Administrator).await;
    let role = makes(&boss, "Reader", &["conversations.read"]).await;
    let sam = with_role(&desk, "Sam", &role).await;
    let anna = desk.visitor(&inbox).await;
    let mut stream = streams(address, &sam.token).await;

    sets(&boss, &role, json!([])).await;
    anna.writes("Canary").await;
    desk.settle().await;
    // Told to everybody, and behind the canary.
    boss.post("/api/v1/teams", json!({"name": "Last"})).await.ok();

    let mut heard = Vec::new();
    while !String::from_utf8_lossy(&heard).contains("\"teams\"") {
        assert!(stream.read_buf(&mut heard).await.unwrap() > 0);
    }
    let heard = String::from_utf8_lossy(&heard);
    assert!(heard.contains("rights_changed") && !heard.contains("Canary"), "{heard}");
}

/// Who lacks a permission over a part sees nothing there through a role that does not hold it.
#[tokio::test]
async fn a_grant_shows_only_what_its_role_reads() {
    let desk = TestDesk::open().await;
    let (inbox, noord, boss) = (desk.inbox().await, desk.second_brand().await, desk.agent("Boss", Role::Administrator).await);
    let contacts_only = makes(&boss, "Contacts", &["contacts.read"]).await;
    let talks_only = makes(&boss, "Talks", &["conversations.read"]).await;
    let over = |role: &str, brand| GrantSpec { brand_id: Some(brand), ..GrantSpec::everywhere(rapport::viewer::RoleKey(role.into())) };
    let sam = desk.agent_with("Sam", vec![over(&contacts_only, inbox.brand_id), over(&talks_only, noord.brand_id)]).await;
    let (ours, theirs) = (desk.visitor(&inbox).await.writes("Ours").await, desk.visitor(&noord).await.writes("Theirs").await);
    let contact = |conversation: Value| conversation["contact"]["id"].as_str().unwrap().to_owned();
    let (known, unknown) = (contact(boss.sees(&ours).await), contact(boss.sees(&theirs).await));

    assert_eq!((sam.subjects("all").await, sam.count("all").await), (vec!["Theirs".to_owned()], 1));
    assert_eq!(sam.get(&format!("/api/v1/conversations/{ours}")).await.refused(404), "not_found");
    let listed = sam.get("/api/v1/contacts").await.ok();
    assert_eq!(listed["items"].as_array().unwrap().iter().map(|contact| contact["id"].as_str().unwrap()).collect::<Vec<_>>(), [known.as_str()]);
    assert_eq!(sam.get(&format!("/api/v1/contacts/{unknown}")).await.refused(404), "not_found");
    let timeline = sam.get(&format!("/api/v1/contacts/{known}/timeline")).await.ok();
    assert!(!timeline.to_string().contains("Ours"), "a timeline shows no conversation to whoever reads none: {timeline}");
}
