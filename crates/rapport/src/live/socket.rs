//! The WebSocket: the first frame says who it is, then changes flow both ways.

use std::time::Duration;

use axum::{
    extract::{
        Request,
        ws::{CloseFrame, Message, Utf8Bytes, WebSocket},
    },
    response::{IntoResponse, Response},
};
use futures_util::{SinkExt, StreamExt, stream::SplitSink};
use platform::{
    events::Position,
    jobs::spawn,
    live::Seat,
    store::Error,
    web::{Problem, server::stopped, socket},
};
use serde::Deserialize;
use serde_json::json;
use tokio::{sync::mpsc, time::timeout};

use super::{listener::Listener, missed, rights, talk, ticket};
use crate::{
    Call,
    channels::webchat,
    desk::Desk,
    gate, people,
    viewer::{AgentAccess, Through},
};

const HEARTBEAT: Duration = Duration::from_secs(15);
const SAY_WHO: Duration = Duration::from_secs(10);

/// The first frame.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Auth {
    #[serde(rename = "type")]
    kind: String,
    token: String,
    protocol: i64,
    #[serde(default)]
    after: Option<Position>,
}

/// Takes a connection.
pub async fn live(call: Call, request: Request) -> Result<Response, Problem> {
    let (mut parts, _) = request.into_parts();
    // Tokens travel in the first frame, never by cookie; still, a page of another origin has no business with a signed-in browser.
    if gate::cookie(&parts, &call.desk.config).is_some() && !gate::is_same_origin(&parts, &call.desk.config) {
        return Err(Problem::forbidden("This page may not connect in the name of the browser's agent."));
    }
    let forwarded = call.client.forwarded;
    let direct = !forwarded && call.client.address.is_some_and(|address| address.is_loopback());
    let upgrade = socket::upgrade(&mut parts).await?;
    Ok(upgrade.on_upgrade(move |socket| serve(call.desk, socket, direct)).into_response())
}

type Sink = SplitSink<WebSocket, Message>;

async fn serve(desk: Desk, mut socket: WebSocket, direct: bool) {
    let auth = match timeout(SAY_WHO, socket.recv()).await {
        Ok(Some(Ok(Message::Text(text)))) => serde_json::from_str::<Auth>(&text).ok().filter(|auth| auth.kind == "auth"),
        Ok(Some(Err(error))) => return say_goodbye(&mut socket, error).await,
        Ok(Some(Ok(Message::Close(_)))) => return drop(within(socket.flush()).await),
        Ok(_) => None,
        Err(_) => return close(&mut socket, 4408, "no auth frame in time").await,
    };
    let Some(auth) = auth else { return close(&mut socket, 4401, "the first frame must be auth").await };
    if auth.protocol != webchat::PROTOCOL {
        return close(&mut socket, 4400, "this server speaks protocol 1").await;
    }
    let Some((seat, frames)) = listen(&desk, &auth.token).await else { return close(&mut socket, 4401, "the token is not valid").await };
    run(&desk, socket, &seat, frames, auth.after, direct).await;
    talk::left(&desk, &seat).await;
}

/// Who a token belongs to: a ticket of a console, an API token, a visitor's session.
pub(super) async fn listener_of(desk: &Desk, token: &str) -> Option<Listener> {
    if let Some(ticket) = ticket::Ticket::read(desk, token) {
        let through = Through::Session(ticket.session);
        let access = desk
            .store
            .write(move |tx| {
                let is_good = ticket.redeem(tx)? && people::is_session_open(tx, ticket.session)?;
                Ok::<_, Error>(if is_good { people::access_of(tx, ticket.agent, through)? } else { None })
            })
            .await
            .ok()??;
        return Some(agent_listener(access));
    }
    if token.starts_with("rpt_") {
        let token = token.to_owned();
        let access = desk.store.read(move |tx| people::access_of_token(tx, &token)).await.ok()??;
        return Some(agent_listener(access));
    }
    visitor_listener(desk, token).await
}

/// Listens in this process, without a socket, as whoever the token belongs to. `None` when the token is not valid.
pub async fn listen(desk: &Desk, token: &str) -> Option<(Seat<Listener>, mpsc::Receiver<Utf8Bytes>)> {
    let listener = listener_of(desk, token).await?;
    let topics = listener.topics();
    let (seat, frames) = desk.hub.connect(listener, topics);
    take_place(desk, &seat).await;
    Some((seat, frames))
}

/// Rights may have changed between the look at them and the seat, which is when the feed begins to tell this connection so.
pub(super) async fn take_place(desk: &Desk, seat: &Seat<Listener>) {
    rights::look_again(desk, &seat.connection).await;
    talk::came(desk, seat).await;
}

fn agent_listener(access: AgentAccess) -> Listener {
    Listener::Agent { access: parking_lot::RwLock::new(access.into()) }
}

async fn visitor_listener(desk: &Desk, token: &str) -> Option<Listener> {
    let visitor = webchat::visitor_of_token(&desk.vault, token, desk.store.clock().now())?;
    let who = visitor.clone();
    let known = desk.store.read(move |tx| webchat::known(tx, &who)).await.ok()?;
    desk.presence.visitor_came(visitor.id, known.contact_id);
    Some(Listener::Visitor { visitor, signed: known.signed() })
}

async fn run(desk: &Desk, socket: WebSocket, seat: &Seat<Listener>, mut frames: mpsc::Receiver<Utf8Bytes>, after: Option<Position>, direct: bool) {
    let (mut sink, mut source) = socket.split();
    if within(greet(desk, &mut sink, seat, after)).await.is_err() {
        return;
    }
    let mut heartbeat = tokio::time::interval(HEARTBEAT);
    heartbeat.tick().await;
    let mut stopping = desk.stopping.subscribe();
    loop {
        let last = tokio::select! {
            frame = frames.recv() => match frame {
                Some(frame) => {
                    if within(feed_sink(&mut sink, frame, &mut frames)).await.is_err() { return }
                    continue;
                }
                None => return,
            },
            told = source.next() => match told {
                Some(Ok(Message::Text(text))) => {
                    if let Some(answer) = talk::hear(desk, seat, &text, direct).await
                        && within(sink.send(Message::Text(answer))).await.is_err() { return }
                    continue;
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                Some(Ok(Message::Binary(_))) => farewell(1003, "text frames only"),
                Some(Err(error)) => match socket::goodbye(error) {
                    Some(frame) => frame,
                    None => return,
                },
                // The library has the answer ready (RFC 6455, 5.5.1); without it the browser would call the end unclean.
                Some(Ok(Message::Close(_))) => return drop(within(sink.flush()).await),
                None => return,
            },
            _ = heartbeat.tick() => {
                if has_expired(desk, seat) {
                    seat.connection.end();
                    continue;
                }
                let beat = format!("{{\"type\":\"heartbeat\",\"position\":{}}}", desk.hub.position());
                if within(sink.send(Message::Text(beat.into()))).await.is_err() { return }
                continue;
            },
            () = seat.connection.overrun() => {
                // What was queued before is still told, such as why it ends.
                if let Ok(frame) = frames.try_recv()
                    && within(feed_sink(&mut sink, frame, &mut frames)).await.is_err() { return }
                farewell(if talk::may_stay(desk, seat).await { 4409 } else { 4401 }, "come back and resync")
            }
            () = stopped(&mut stopping) => farewell(1012, "the server restarts"),
        };
        let _ = within(sink.send(Message::Close(Some(last)))).await;
        return;
    }
}

/// A peer that takes nothing for this long is gone, whatever TCP still hopes.
const TAKE_WITHIN: Duration = Duration::from_secs(20);

async fn within<F: Future<Output = Result<(), axum::Error>>>(sending: F) -> Result<(), axum::Error> {
    timeout(TAKE_WITHIN, sending).await.unwrap_or_else(|slow| Err(axum::Error::new(slow)))
}

/// Frames that wait together go out in one write.
async fn feed_sink(sink: &mut Sink, frame: Utf8Bytes, frames: &mut mpsc::Receiver<Utf8Bytes>) -> Result<(), axum::Error> {
    sink.feed(Message::Text(frame)).await?;
    while let Ok(frame) = frames.try_recv() {
        sink.feed(Message::Text(frame)).await?;
    }
    sink.flush().await
}

/// What was missed, then `ready`.
async fn greet(desk: &Desk, sink: &mut Sink, seat: &Seat<Listener>, after: Option<Position>) -> Result<(), axum::Error> {
    let (missed, position) = missed::by(desk, &seat.connection.who, after).await;
    match missed {
        Some(frames) => {
            for frame in frames {
                sink.feed(Message::Text(frame)).await?;
            }
        }
        None => sink.feed(Message::Text(Utf8Bytes::from_static(r#"{"type":"resync"}"#))).await?,
    }
    let viewer = if matches!(seat.connection.who, Listener::Agent { .. }) { "agent" } else { "visitor" };
    let ready = json!({"type": "ready", "protocol": webchat::PROTOCOL, "viewer": viewer, "position": position});
    sink.send(Message::Text(ready.to_string().into())).await
}

/// Whether the token somebody listens with has expired: nothing in the log says so.
pub(super) fn has_expired(desk: &Desk, seat: &Seat<Listener>) -> bool {
    seat.connection.who.until().is_some_and(|until| until <= desk.store.clock().now())
}

fn farewell(code: u16, reason: &'static str) -> CloseFrame {
    CloseFrame { code, reason: reason.into() }
}

async fn close(socket: &mut WebSocket, code: u16, reason: &'static str) {
    let _ = within(socket.send(Message::Close(Some(farewell(code, reason))))).await;
}

async fn say_goodbye(socket: &mut WebSocket, error: axum::Error) {
    if let Some(last) = socket::goodbye(error) {
        let _ = within(socket.send(Message::Close(Some(last)))).await;
    }
}

/// Keeps the presence of a listener right when its stream is dropped without a word.
pub(super) fn leave_later(desk: Desk, seat: Seat<Listener>) {
    spawn("a listener left", async move { talk::left(&desk, &seat).await });
}
