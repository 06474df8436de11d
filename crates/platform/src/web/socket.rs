//! WebSockets (RFC 6455): one set of limits, and one way to tell a peer why it is not heard any more.

use axum::extract::{FromRequestParts, WebSocketUpgrade, ws::CloseFrame};
use http::{Method, StatusCode, request::Parts};
use tokio_tungstenite::tungstenite;

use super::Problem;

/// The longest message a peer may send, in bytes.
pub const LONGEST_MESSAGE: usize = 64 * 1024;

/// The upgrade a request asks for, with the limits every socket of ours has. Thousands of sockets stay open, so their buffers are small.
pub async fn upgrade(parts: &mut Parts) -> Result<WebSocketUpgrade, Problem> {
    let upgrade = WebSocketUpgrade::from_request_parts(parts, &()).await.map_err(|rejection| {
        let hint = if parts.method == Method::GET {
            "This address speaks WebSocket. A proxy in between may have dropped the Upgrade header."
        } else {
            "This address speaks WebSocket."
        };
        let mut problem = Problem::invalid("", format!("{hint} ({rejection})"));
        problem.status = StatusCode::UPGRADE_REQUIRED;
        problem
    })?;
    Ok(upgrade.read_buffer_size(4096).write_buffer_size(0).max_message_size(LONGEST_MESSAGE).max_frame_size(LONGEST_MESSAGE))
}

/// What a peer is told whose bytes broke the protocol (RFC 6455, 7.4.1); `None` when there is nobody left to tell.
pub fn goodbye(error: axum::Error) -> Option<CloseFrame> {
    use tungstenite::Error;
    let (code, reason) = match error.into_inner().downcast_ref::<Error>()? {
        Error::Capacity(_) => (1009, "the message is too long"),
        Error::Utf8(_) => (1007, "the text is not UTF-8"),
        Error::Protocol(_) => (1002, "the frame breaks the WebSocket protocol"),
        _ => return None,
    };
    Some(CloseFrame { code, reason: reason.into() })
}
