//! Follows the log by position and sends what it means to those who may see it.

use axum::extract::ws::Utf8Bytes;
use platform::{
    events::{self, Position, Recorded},
    store::{Error, Result, Tx},
};
use serde_json::{Value, json};
use tokio::time::timeout;

use super::{
    listener::{AGENTS, Audience, end_visitor, send, sessions_moved},
    rights,
};
use crate::{
    channels::webchat,
    conversations::{self, Changed},
    desk::Desk,
    ids::{AgentId, ContactId, VisitorId},
    people::{self, contacts},
    viewer::Viewer,
};

const BATCH: i64 = 200;
/// Further behind the log than this (a process that stood still, a database that was away), building every frame would keep
/// all clients stale for longer than it takes them to load anew: a second or two of building.
const TOO_FAR: i64 = 2_000;
/// A frame and whom it is for.
pub(super) type Addressed = (Audience, Utf8Bytes);

/// Where the log is followed from.
#[must_use]
pub struct Feed {
    desk: Desk,
    seen: Position,
}

impl Feed {
    /// Begins at the end of the log. It comes before the first connection is taken: whoever had a seat before, and looked at the log
    /// before this did, would never be told what happened in between.
    pub async fn begin(desk: &Desk) -> Result<Feed> {
        let seen = desk.store.read(events::head).await?;
        desk.hub.reached(seen);
        Ok(Feed { desk: desk.clone(), seen })
    }

    /// Sends for as long as the store is open.
    pub async fn run(self) {
        let Feed { desk, mut seen } = self;
        let mut commits = desk.store.commits();
        loop {
            match step(&desk, seen).await {
                Ok(Some(position)) => {
                    seen = position;
                    continue;
                }
                Ok(None) => {}
                Err(Error::Closed) => return,
                Err(error) => tracing::warn!(target: "live", %error, "live updates wait for the database"),
            }
            if let Ok(Err(_)) = timeout(desk.store.look_again(), commits.changed()).await {
                return;
            }
        }
    }
}

/// Sends what came after `seen`; the position reached, if anything came. While nobody listens nothing is read or built.
async fn step(desk: &Desk, seen: Position) -> Result<Option<Position>> {
    if desk.hub.is_empty() {
        let gap = Gap::after(desk, seen).await?;
        // Whoever took a seat meanwhile may have looked at the log before this did: what came between would be told to nobody.
        if desk.hub.is_empty() {
            return Ok(gap.leap(desk, seen).await);
        }
    }
    let inner = desk.clone();
    let read = desk
        .store
        .read(move |tx| {
            if events::head(tx)? - seen > TOO_FAR {
                return Ok(None);
            }
            let events = events::after(tx, seen, BATCH)?;
            let mut frames = Vec::new();
            for event in &events {
                frames.extend(frames_of(tx, &inner, event)?);
            }
            Ok::<_, Error>(Some((frames, events)))
        })
        .await?;
    let Some((frames, events)) = read else {
        let gap = Gap::after(desk, seen).await?;
        tracing::warn!(target: "live", missed = gap.head - seen, "too far behind the log: everybody connected is asked to come back and load anew");
        // Whoever comes from here on looks at the log after the gap's end was read, so nobody misses what lies between.
        desk.hub.end_all();
        return Ok(gap.leap(desk, seen).await);
    };
    let Some(last) = events.last().map(|event| event.position) else { return Ok(None) };
    // First, so that what follows a change of rights is told by the new ones.
    if events.iter().any(|event| rights::are_changed_by(&event.kind)) {
        rights::look_again_at(desk, &events).await;
    }
    for (audience, frame) in &frames {
        send(desk, audience, frame);
    }
    desk.hub.reached(last);
    for moved in events.iter().filter(|event| event.kind == webchat::SESSIONS_MOVED) {
        sessions_moved(desk, &moved.read()?);
    }
    for ended in events.iter().filter(|event| event.kind == webchat::SESSION_ENDED) {
        end_visitor(desk, VisitorId(ended.stream));
    }
    Ok(Some(last))
}

/// A part of the log of which no frames are built.
struct Gap {
    head: Position,
    kinds: Vec<String>,
}

impl Gap {
    async fn after(desk: &Desk, seen: Position) -> Result<Self> {
        desk.store.read(move |tx| Ok::<_, Error>(Gap { head: events::head(tx)?, kinds: events::kinds_after(tx, seen)? })).await
    }

    /// Goes on behind it; nobody is connected who has not been ended.
    async fn leap(self, desk: &Desk, seen: Position) -> Option<Position> {
        if self.kinds.iter().any(|kind| rights::are_changed_by(kind)) {
            desk.access.forget();
            // Agents may be connected to other nodes: whoever asks whether somebody is available is told so here too.
            rights::look_who_is_available(desk).await;
        }
        desk.hub.reached(self.head);
        (self.head > seen).then_some(self.head)
    }
}

/// The frames of one event, for whoever is connected.
fn frames_of(tx: &mut Tx<'_>, desk: &Desk, event: &Recorded) -> Result<Vec<Addressed>> {
    let mut frames = if desk.hub.is_listening(AGENTS) { frames_for_agents(tx, desk, event)? } else { Vec::new() };
    frames.extend(frames_for_visitors(tx, event)?);
    Ok(frames)
}

/// The frames of one event, for visitors.
pub(super) fn frames_for_visitors(tx: &mut Tx<'_>, event: &Recorded) -> Result<Vec<Addressed>> {
    let Some(contact) = event.subject.filter(|_| is_of_conversation(event)) else { return Ok(Vec::new()) };
    let frames = webchat::frames::frames_of(tx, &event.kind, event.position, ContactId(contact), &event.read()?)?;
    Ok(frames.into_iter().map(|(audience, body)| (audience, rendered(&body))).collect())
}

/// Whether an event is of a conversation; its stream is that conversation.
pub(super) fn is_of_conversation(event: &Recorded) -> bool {
    conversations::KINDS.contains(&event.kind.as_str())
}

/// The frames of one event, for agents.
pub(super) fn frames_for_agents(tx: &mut Tx<'_>, desk: &Desk, event: &Recorded) -> Result<Vec<Addressed>> {
    if is_of_conversation(event) {
        let changed: Changed = event.read()?;
        let is_online = |conversation: &conversations::Conversation| desk.presence.is_contact_online(conversation.contact.id);
        let frames = conversations::frames_of(tx, &event.kind, event.position, &changed, is_online)?;
        return Ok(frames.into_iter().map(|frame| (frame.audience, rendered(&frame.body))).collect());
    }
    let about = |what: &str| vec![(Audience::AllAgents, rendered(&json!({"type": "settings_changed", "what": what, "position": event.position})))];
    Ok(match event.kind.as_str() {
        "people.agent_changed" => {
            agent_changed(tx, desk, AgentId(event.stream))?.map(|body| (Audience::Colleagues(AgentId(event.stream)), body)).into_iter().collect()
        }
        "people.contact_changed" => {
            let system = Viewer::System { reason: "a live frame" };
            match contacts::contact(tx, &system, ContactId(event.stream)) {
                Ok(mut contact) => {
                    contact.online = desk.presence.is_contact_online(contact.id);
                    let body =
                        json!({"type": "contact_changed", "contact_id": contact.id, "version": event.version, "position": event.position, "contact": contact});
                    let audience = Audience::ContactReaders(conversations::scopes_of_contact(tx, contact.id)?);
                    let changed: contacts::ContactChanged = event.read()?;
                    let merged = changed
                        .about
                        .filter(|_| changed.what == "joined")
                        .map(|from| rendered(&json!({"type": "contact_merged", "contact_id": from, "into_id": contact.id, "position": event.position})));
                    [Some(rendered(&body)), merged].into_iter().flatten().map(|body| (audience.clone(), body)).collect()
                }
                Err(_) => Vec::new(),
            }
        }
        "people.team_changed" => about("teams"),
        "people.company_changed" => about("companies"),
        "people.import_changed" => about("contact_imports"),
        "people.role_changed" => about("roles"),
        "places.brand_changed" => about("brands"),
        "places.location_changed" => about("locations"),
        "channels.inbox_changed" => about("inboxes"),
        "conversations.saved_view_changed" => about("saved_views"),
        "attributes.attribute_changed" => about("attributes"),
        _ => Vec::new(),
    })
}

/// A colleague as colleagues see them.
fn agent_changed(tx: &mut Tx<'_>, desk: &Desk, id: AgentId) -> Result<Option<Utf8Bytes>> {
    let system = Viewer::System { reason: "a live frame" };
    let agents = people::list_agents(tx, &system).unwrap_or_default();
    Ok(agents.into_iter().find(|agent| agent.id == id).map(|mut agent| {
        agent.hide_from_colleagues();
        agent.online = desk.presence.is_agent_online(id);
        rendered(&json!({"type": "agent_changed", "agent": agent}))
    }))
}

pub(super) fn rendered(body: &Value) -> Utf8Bytes {
    Utf8Bytes::from(body.to_string())
}
