//! The WebSocket as a client meets it on the wire: how each connection ends, and what the client is told.

use std::net::SocketAddr;

use futures_util::{SinkExt, StreamExt};
use rapport::viewer::Role;
use serde_json::json;
use testkit::TestDesk;
use tokio::{io::AsyncWriteExt, net::TcpStream};
use tokio_tungstenite::{WebSocketStream, client_async, tungstenite::Message};

async fn connect(address: SocketAddr) -> WebSocketStream<TcpStream> {
    let stream = TcpStream::connect(address).await.unwrap();
    client_async(format!("ws://{address}/api/v1/live"), stream).await.unwrap().0
}

async fn signed_in(address: SocketAddr, token: &str) -> WebSocketStream<TcpStream> {
    let mut socket = connect(address).await;
    socket.send(Message::text(json!({"type": "auth", "token": token, "protocol": 1}).to_string())).await.unwrap();
    let ready = socket.next().await.unwrap().unwrap();
    assert!(ready.to_text().unwrap().contains("ready"), "{ready}");
    socket
}

/// The code of the close frame with which the server ends the connection.
async fn ending(mut socket: WebSocketStream<TcpStream>) -> u16 {
    while let Some(Ok(frame)) = socket.next().await {
        if let Message::Close(Some(close)) = frame {
            return close.code.into();
        }
    }
    panic!("the connection ended without a word");
}

#[tokio::test]
async fn whoever_says_nothing_valid_first_is_told_why() {
    let desk = TestDesk::open().await;
    let address = desk.serve().await;

    for (first, code) in [
        (r#"{"type": "auth", "token": "nobody", "protocol": 1}"#, 4401),
        (r#"{"type": "auth", "token": "nobody", "protocol": 99}"#, 4400),
        (r#"{"type": "message", "key": "k", "text": "hello"}"#, 4401),
        ("not even JSON", 4401),
    ] {
        let mut socket = connect(address).await;
        socket.send(Message::text(first)).await.unwrap();
        assert_eq!(ending(socket).await, code, "{first}");
    }
}

#[tokio::test]
async fn a_client_that_breaks_the_protocol_is_told_how() {
    let desk = TestDesk::open().await;
    let address = desk.serve().await;
    let token = desk.agent("Sam", Role::Administrator).await.token;
    // First byte: final and kind; second: masked and length; then the mask, which is zero, and what it hides.
    let frame = |kind: u8, body: &[u8]| [&[0x80 | kind, 0x80 | u8::try_from(body.len()).unwrap(), 0, 0, 0, 0], body].concat();
    let too_long = [&[0x81, 0xff][..], &(65 * 1024_u64).to_be_bytes(), &[0; 4], &[b'x'; 65 * 1024]].concat();

    for (what, bytes, code) in [
        ("a binary frame", frame(0x2, b"bytes"), 1003),
        ("a text that is not UTF-8", frame(0x1, &[0xc3, 0x28]), 1007),
        ("a kind of frame that does not exist", frame(0x3, b""), 1002),
        ("a continuation of nothing", frame(0x0, b"more"), 1002),
        ("a message above the limit", too_long, 1009),
    ] {
        for (who, mut socket) in [("signed in", signed_in(address, &token).await), ("a stranger", connect(address).await)] {
            socket.get_mut().write_all(&bytes).await.unwrap();
            let expected = if code == 1003 && who == "a stranger" { 4401 } else { code };
            assert_eq!(ending(socket).await, expected, "{what}, {who}");
        }
    }
}

#[tokio::test]
async fn a_client_that_closes_is_answered() {
    let desk = TestDesk::open().await;
    let address = desk.serve().await;
    let token = desk.agent("Sam", Role::Administrator).await.token;

    for mut socket in [signed_in(address, &token).await, connect(address).await] {
        socket.close(None).await.unwrap();
        let mut answered = false;
        while let Some(frame) = socket.next().await {
            answered |= frame.is_ok_and(|frame| frame.is_close());
        }
        assert!(answered, "a browser would call this end unclean");
    }
}

#[tokio::test]
async fn a_server_that_stops_tells_its_clients_to_come_back() {
    let desk = TestDesk::open().await;
    let address = desk.serve().await;
    let socket = signed_in(address, &desk.agent("Sam", Role::Administrator).await.token).await;

    desk.desk.stopping.send(true).unwrap();

    assert_eq!(ending(socket).await, 1012);
}
