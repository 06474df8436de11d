//! Whoever is connected hears by the rights they have now: a change of them comes through the log, to every node.

use std::sync::Arc;

use axum::extract::ws::Utf8Bytes;
use platform::{events::Recorded, live::Connection, store::Error};

use super::listener::{AGENTS, Listener};
use crate::{
    desk::Desk,
    ids::AgentId,
    people, places,
    viewer::{AgentAccess, Viewer},
};

/// Whether an event of this kind may change what somebody may see. A location that moves takes rights over its region along.
pub(super) fn are_changed_by(kind: &str) -> bool {
    is_of_one(kind) || kind == "people.role_changed" || kind == places::LOCATION_CHANGED || kind == places::COMPANY_CHANGED
}

/// Whether it concerns one agent, who is its stream.
fn is_of_one(kind: &str) -> bool {
    kind.starts_with("people.agent") || kind.starts_with("people.sessions")
}

/// Looks again at the rights of all whom these events concern. Whoever may no longer listen is cut within the second.
pub(super) async fn look_again_at(desk: &Desk, events: &[Recorded]) {
    desk.access.forget();
    let is_there = |kind| events.iter().any(|event| event.kind == kind);
    let (everybody, locations) = (is_there("people.role_changed") || is_there(places::COMPANY_CHANGED), is_there(places::LOCATION_CHANGED));
    let some: Vec<AgentId> = events.iter().filter(|event| is_of_one(&event.kind)).map(|event| AgentId(event.stream)).collect();
    for connection in desk.hub.listeners(AGENTS) {
        let Listener::Agent { access } = &connection.who else { continue };
        let known = access.read().clone();
        let follows_locations = known.grants.iter().any(|grant| grant.over.location_ids.is_some());
        if everybody || (locations && follows_locations) || some.contains(&known.id) {
            look_again(desk, &connection).await;
        }
    }
    look_who_is_available(desk).await;
}

/// Looks again at the rights of one who is connected, and tells them when they are others: what they show may no longer be theirs.
pub(super) async fn look_again(desk: &Desk, connection: &Connection<Listener>) {
    let Listener::Agent { access } = &connection.who else { return };
    let known = access.read().clone();
    let (id, through) = (known.id, known.through);
    match desk.store.read(move |tx| people::access_again(tx, id, through)).await {
        Ok(Some(now)) => {
            let same = now.grants == known.grants && now.only == known.only;
            *access.write() = Arc::new(now);
            if !same {
                desk.hub.publish(id.0, |other| other.id == connection.id, &Utf8Bytes::from_static(r#"{"type":"rights_changed"}"#));
            }
        }
        Err(Error::Closed) => {}
        // Also when the rights cannot be read: whoever is ended comes back and is looked at again, and until then hears nothing.
        Ok(None) | Err(_) => {
            *access.write() = Arc::new(AgentAccess { grants: Vec::new(), ..(*known).clone() });
            connection.end();
        }
    }
}

pub(super) async fn look_who_is_available(desk: &Desk) {
    let system = Viewer::System { reason: "is anybody available" };
    if let Ok(agents) = desk.store.read(move |tx| Ok::<_, Error>(people::list_agents(tx, &system).unwrap_or_default())).await {
        let available = agents.iter().any(|agent| agent.availability == people::Availability::Available && desk.presence.is_agent_online(agent.id));
        desk.presence.set_available(available);
    }
}
