//! Server-sent events: the same frames for those whose network lets no WebSocket through.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{Query, Request, ws::Utf8Bytes},
    response::{IntoResponse, Response, Sse, sse::Event},
};
use futures_util::stream;
use platform::{
    events::Position,
    live::Seat,
    web::{Problem, server::stopped},
};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::mpsc;

use super::{listener::Listener, missed, socket};
use crate::{Call, channels::webchat, desk::Desk, gate, viewer::Viewer};

const HEARTBEAT: Duration = Duration::from_secs(15);

#[derive(Deserialize)]
struct After {
    after: Option<Position>,
}

/// Holds the seat for as long as the stream lives.
struct Listening {
    desk: Desk,
    seat: Option<Seat<Listener>>,
    /// What was queued before is still told, such as why it ends.
    is_ending: bool,
}

impl Listening {
    /// What to say next; nothing more when it ends.
    async fn next(&mut self, frames: &mut mpsc::Receiver<Utf8Bytes>) -> Option<String> {
        let seat = self.seat.as_ref()?;
        let mut stopping = self.desk.stopping.subscribe();
        if !self.is_ending {
            tokio::select! {
                frame = frames.recv() => return frame.map(|frame| frame.to_string()),
                () = tokio::time::sleep(HEARTBEAT) => if socket::has_expired(&self.desk, seat) { self.is_ending = true } else { return Some(json!({"type": "heartbeat", "position": self.desk.hub.position()}).to_string()) },
                () = seat.connection.overrun() => self.is_ending = true,
                () = stopped(&mut stopping) => return None,
            }
        }
        frames.try_recv().ok().map(|frame| frame.to_string())
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        if let Some(seat) = self.seat.take() {
            socket::leave_later(self.desk.clone(), seat);
        }
    }
}

/// Streams frames.
pub async fn events(call: Call, request: Request) -> Result<Response, Problem> {
    let after = Query::<After>::try_from_uri(request.uri()).ok().and_then(|query| query.0.after);
    let (parts, _) = request.into_parts();
    let desk = call.desk;
    let listener = match &call.viewer {
        Viewer::Agent(access) => Listener::Agent { access: parking_lot::RwLock::new(access.clone()) },
        Viewer::Visitor(_) => {
            let token = gate::bearer(&parts).unwrap_or_default();
            socket::listener_of(&desk, token).await.ok_or_else(|| Problem::unauthorized("This session has ended. Open a new one."))?
        }
        Viewer::Nobody | Viewer::Automation(_) | Viewer::System { .. } => return Err(Problem::unauthorized("Sign in, or open a session first.")),
    };
    let topics = listener.topics();
    let (seat, frames) = desk.hub.connect(listener, topics);
    socket::take_place(&desk, &seat).await;
    let (missed, position) = missed::by(&desk, &seat.connection.who, after).await;
    let mut first: Vec<String> = match missed {
        Some(frames) => frames.iter().map(ToString::to_string).collect(),
        None => vec![json!({"type": "resync"}).to_string()],
    };
    let viewer = if matches!(seat.connection.who, Listener::Agent { .. }) { "agent" } else { "visitor" };
    first.push(json!({"type": "ready", "protocol": webchat::PROTOCOL, "viewer": viewer, "position": position}).to_string());
    let listening = Listening { desk, seat: Some(seat), is_ending: false };
    let stream = stream::unfold((listening, frames, first.into_iter()), |(mut listening, mut frames, mut first)| async move {
        let text = match first.next() {
            Some(text) => text,
            None => listening.next(&mut frames).await?,
        };
        Some((Ok::<_, Infallible>(Event::default().data(text)), (listening, frames, first)))
    });
    Ok(Sse::new(stream).into_response())
}
