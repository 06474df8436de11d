//! WebSocket connections of visitors and agents.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Message, protocol::WebSocketConfig};

use crate::http::{Http, send};

/// A connected WebSocket.
pub type Socket = WebSocketStream<TcpStream>;

/// Opens a plain WebSocket.
pub async fn connect(address: SocketAddr, path: &str) -> Result<Socket> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    // Thousands of sockets share one client: the library's default of 128 KiB each would be the largest cost.
    let config = WebSocketConfig::default().read_buffer_size(4 * 1024).write_buffer_size(0);
    let url = format!("ws://{address}{path}");
    let (socket, _) = tokio_tungstenite::client_async_with_config(url, stream, Some(config)).await?;
    Ok(socket)
}

/// Opens a live connection to the product and waits until it says `ready`.
pub async fn live(address: SocketAddr, token: &str) -> Result<Socket> {
    let mut socket = connect(address, "/api/v1/live").await?;
    let frame = serde_json::json!({"type": "auth", "token": token, "protocol": 1});
    socket.send(Message::text(frame.to_string())).await?;
    let ready = async {
        while let Some(text) = next_text(&mut socket).await? {
            let frame: serde_json::Value = serde_json::from_str(&text)?;
            match frame["type"].as_str() {
                Some("ready") => return Ok(()),
                Some("error") => bail!("the live connection was refused: {text}"),
                _ => {}
            }
        }
        bail!("the live connection closed before it was ready")
    };
    tokio::time::timeout(Duration::from_secs(15), ready).await.context("waiting for `ready`")??;
    Ok(socket)
}

/// The next text frame; `None` when the other side closed.
pub async fn next_text(socket: &mut Socket) -> Result<Option<String>> {
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) => return Ok(Some(text.as_str().to_owned())),
            Some(Ok(Message::Close(_))) | None => return Ok(None),
            Some(Ok(_)) => {}
            Some(Err(error)) => return Err(error.into()),
        }
    }
}

/// Begins a visitor's session and gives its token.
pub async fn session(http: &mut Http, inbox_key: &str) -> Result<String> {
    let request = send("POST", &format!("/api/v1/chat/{inbox_key}/sessions"), None, None, "{}");
    let answer = http.exchange(&request).await?.expect(201)?.json()?;
    let token = answer["session_token"].as_str().unwrap_or_default().to_owned();
    ensure!(!token.is_empty(), "the session has no token");
    Ok(token)
}
