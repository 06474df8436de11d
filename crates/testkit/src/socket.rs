//! A real WebSocket to a served desk: what clients say, and what they are told.

use std::{net::SocketAddr, time::Duration};

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

/// Longer than anything takes on a busy machine, so that only what never comes is not waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connected client.
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Every frame so far.
    pub frames: Vec<Value>,
}

impl Socket {
    pub(crate) async fn connect(address: SocketAddr, token: &str, after: Option<i64>) -> Socket {
        let (stream, _) = connect_async(format!("ws://{address}/api/v1/live")).await.unwrap();
        let mut socket = Socket { stream, frames: Vec::new() };
        socket.says(json!({"type": "auth", "token": token, "protocol": 1, "after": after})).await;
        socket.hears(|frame| frame["type"] == "ready").await;
        socket
    }

    /// Sends a frame.
    pub async fn says(&mut self, frame: Value) {
        self.stream.send(Message::text(frame.to_string())).await.unwrap();
    }

    /// Waits for a frame; those before it are kept in [`Socket::frames`] as well.
    pub async fn hears(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        // The whole wait is limited: heartbeats would make a limit for each frame endless.
        match timeout(PATIENCE, self.next(wanted)).await {
            Ok(frame) => frame,
            Err(_) => panic!("the frame never came; heard were {:#?}", self.frames),
        }
    }

    async fn next(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.stream.next().await;
            let Some(Ok(Message::Text(text))) = message else { panic!("{message:?} instead of a frame; heard were {:#?}", self.frames) };
            let frame: Value = serde_json::from_str(&text).unwrap();
            self.frames.push(frame.clone());
            if wanted(&frame) {
                return frame;
            }
        }
    }

    /// Waits until the server ends the connection; its code.
    pub async fn is_ended(&mut self) -> u16 {
        let ended = async {
            loop {
                match self.stream.next().await {
                    Some(Ok(Message::Close(Some(why)))) => return why.code.into(),
                    Some(Ok(_)) => {}
                    _ => panic!("the connection broke without a word"),
                }
            }
        };
        timeout(PATIENCE, ended).await.expect("the connection never ended")
    }
}
