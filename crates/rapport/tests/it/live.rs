//! Live: what those hear who come back, and what a stream of server-sent events says before it ends.

use std::net::SocketAddr;

use futures_util::future::join_all;
use platform::{
    events::{Actor, Event},
    store::scratch,
};
use rapport::{people::GrantSpec, viewer::Role};
use serde::Serialize;
use serde_json::{Value, json};
use testkit::{Socket, TestDesk};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use uuid::Uuid;

/// What a client was told of the log: the kinds of its frames, by position.
fn told(socket: &Socket) -> Vec<(i64, String)> {
    let of_the_log = socket.frames.iter().filter(|frame| !["ready", "heartbeat"].contains(&frame["type"].as_str().unwrap()));
    of_the_log.filter_map(|frame| Some((frame["position"].as_i64()?, frame["type"].as_str()?.to_owned()))).collect()
}

fn last(position: i64) -> impl Fn(&Value) -> bool {
    move |frame| frame["position"].as_i64() >= Some(position) && frame["type"] != "ready"
}

/// The end of the log, once everything in it has its position.
async fn head(desk: &mut TestDesk) -> i64 {
    desk.settle().await;
    desk.read(platform::events::head).await
}

#[tokio::test]
async fn those_who_come_back_together_are_told_what_they_would_have_heard() {
    let mut desk = TestDesk::open().await;
    let address = desk.serve().await;
    let (inbox, noord) = (desk.inbox().await, desk.second_brand().await);
    let boss = desk.agent("Boss", Role::Administrator).await;
    let sam = desk.agent_with("Sam", vec![GrantSpec { brand_id: Some(inbox.brand_id), ..GrantSpec::everywhere(Role::Agent) }]).await;
    let (anna, bilal, stranger) = (desk.visitor(&inbox).await, desk.visitor(&noord).await, desk.visitor(&inbox).await);
    let tokens = [&boss.token, &sam.token, &anna.session_token, &bilal.session_token, &stranger.session_token];
    let mut there_all_the_time = join_all(tokens.map(|token| TestDesk::connect(address, token))).await;
    let begin = head(&mut desk).await;

    let (hers, his) = (anna.writes("Where is my parcel?").await, bilal.writes("Do you open on Sunday?").await);
    let halfway = head(&mut desk).await;
    for (conversation, text) in [(&hers, "It is on its way."), (&his, "We do.")] {
        boss.notes(conversation, "A regular.").await;
        boss.replies(conversation, text).await;
        boss.changes(conversation, json!({"status": "resolved"})).await;
    }
    boss.post("/api/v1/teams", json!({"name": "Delivery"})).await.ok();
    let end = head(&mut desk).await;
    // Whoever hears of everything hears of the last event; a socket sends in order, so an answer comes behind what came before it.
    there_all_the_time[0].hears(last(end)).await;
    for socket in &mut there_all_the_time {
        socket.says(json!({"type": "ping"})).await;
        socket.hears(|frame| frame["type"] == "pong").await;
    }

    let places = tokens.iter().flat_map(|token| [begin, halfway, end].map(|place| (*token, place)));
    let back = join_all(places.map(|(token, place)| TestDesk::resume(address, token, place))).await;

    for (number, all) in there_all_the_time.iter().enumerate() {
        let heard: Vec<_> = told(all).into_iter().filter(|(position, _)| *position > begin).collect();
        assert_eq!(heard.is_empty(), number == 4, "a stranger hears of nothing: {heard:?}");
        for (place, again) in [begin, halfway, end].into_iter().zip(&back[3 * number..]) {
            let missed: Vec<_> = heard.iter().filter(|(position, _)| *position > place).cloned().collect();
            assert_eq!(told(again), missed, "client {number} from {place} on");
        }
    }
    let sams = &back[3].frames;
    assert!(!sams.iter().any(|frame| frame.to_string().contains("Sunday")), "the other brand's");
}

/// Something of no consequence.
#[derive(Serialize)]
struct Moved {}

impl Event for Moved {
    const KIND: &'static str = "places.location_changed";
    fn stream(&self) -> Uuid {
        Uuid::nil()
    }
    fn version(&self) -> i64 {
        1
    }
}

#[tokio::test]
async fn where_too_much_is_to_be_told_everybody_is_asked_to_load_anew() {
    // One transaction is in the log at once only where one writer gives the positions.
    if scratch::is_postgres() {
        return;
    }
    let mut desk = TestDesk::open().await;
    let (address, inbox) = (desk.serve().await, desk.inbox().await);
    let boss = desk.agent("Boss", Role::Administrator).await;
    let anna = desk.visitor(&inbox).await;
    let begin = head(&mut desk).await;
    let tokens = [&boss.token, &anna.session_token];
    let there = join_all(tokens.map(|token| TestDesk::connect(address, token))).await;

    desk.desk.store.write(|tx| (0..2_001).try_for_each(|_| tx.announce(Actor::SYSTEM, &Moved {}).map(drop))).await.unwrap();

    for (mut socket, token) in there.into_iter().zip(tokens) {
        assert_eq!(socket.is_ended().await, 4409);
        let back = TestDesk::resume(address, token, begin).await;
        let kinds: Vec<_> = back.frames.iter().map(|frame| frame["type"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["resync", "ready"]);
        assert_eq!(back.frames[1]["position"], begin + 2_001, "from there on it hears everything");
    }
}

/// Opens a stream of server-sent events and waits until it says `ready`.
async fn streams(address: SocketAddr, token: &str) -> (TcpStream, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET /api/v1/live/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut heard = String::new();
    while !heard.contains("\"ready\"") {
        let mut bytes = [0; 4096];
        let read = stream.read(&mut bytes).await.unwrap();
        assert!(read > 0, "the stream ended: {heard}");
        heard += std::str::from_utf8(&bytes[..read]).unwrap();
    }
    (stream, heard)
}

#[tokio::test]
async fn a_stream_says_that_its_session_has_ended_before_it_ends() {
    let desk = TestDesk::open().await;
    let (address, inbox) = (desk.serve().await, desk.inbox().await);
    // Both what is queued and the end are there at once, and either may be seen first; so it is tried often.
    for _ in 0..24 {
        let anna = desk.visitor(&inbox).await;
        anna.writes("Hello").await;
        let (mut stream, mut heard) = streams(address, &anna.session_token).await;

        anna.send("POST", "/api/v1/chat/logout", &[], None).await;

        // It ends with its last chunk; the connection itself may stay.
        while !heard.ends_with("0\r\n\r\n") {
            let mut bytes = [0; 4096];
            let read = stream.read(&mut bytes).await.unwrap();
            assert!(read > 0, "the stream broke: {heard}");
            heard += std::str::from_utf8(&bytes[..read]).unwrap();
        }
        assert!(heard.contains(r#"{"type":"session_ended"}"#), "{heard}");
    }
}
