//! Server-sent events: the same frames for those whose network lets no WebSocket through.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{Query, Request},
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

use super::{listener::Listener, socket, talk};
use crate::{Call, channels::webchat, desk::Desk, gate, viewer::Viewer};

#[derive(Deserialize)]
struct After {
    after: Option<Position>,
}

/// Holds the seat for as long as the stream lives.
struct Listening {
    desk: Desk,
    seat: Option<Seat<Listener>>,
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
        Viewer::Agent(access) => {
            Listener::Agent { access: parking_lot::RwLock::new(access.clone()), token_hash: gate::bearer(&parts).map(platform::crypto::token_hash) }
        }
        Viewer::Visitor(_) => {
            let token = gate::bearer(&parts).unwrap_or_default();
            socket::listener_of(&desk, token).await.ok_or_else(|| Problem::unauthorized("This session has ended. Open a new one."))?
        }
        Viewer::Nobody | Viewer::System { .. } => return Err(Problem::unauthorized("Sign in, or open a session first.")),
    };
    let topics = listener.topics();
    let (seat, frames) = desk.hub.connect(listener, topics);
    talk::came(&desk, &seat).await;
    let (missed, position) = socket::missed(&desk, &seat.connection.who, after).await;
    let mut first: Vec<String> = match missed {
        Some(frames) => frames.iter().map(ToString::to_string).collect(),
        None => vec![json!({"type": "resync"}).to_string()],
    };
    let viewer = if matches!(seat.connection.who, Listener::Agent { .. }) { "agent" } else { "visitor" };
    first.push(json!({"type": "ready", "protocol": webchat::PROTOCOL, "viewer": viewer, "position": position}).to_string());
    let listening = Listening { desk, seat: Some(seat) };
    let stream = stream::unfold((listening, frames, first.into_iter()), |(listening, mut frames, mut first)| async move {
        if let Some(text) = first.next() {
            return Some((Ok::<_, Infallible>(Event::default().data(text)), (listening, frames, first)));
        }
        let seat = listening.seat.as_ref()?;
        let mut stopping = listening.desk.stopping.subscribe();
        let text = tokio::select! {
            frame = frames.recv() => frame?.to_string(),
            () = tokio::time::sleep(Duration::from_secs(15)) => json!({"type": "heartbeat", "position": listening.desk.hub.position()}).to_string(),
            () = seat.connection.overrun() => return None,
            () = stopped(&mut stopping) => return None,
        };
        Some((Ok(Event::default().data(text)), (listening, frames, first)))
    });
    Ok(Sse::new(stream).into_response())
}
