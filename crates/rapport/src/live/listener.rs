//! Who listens, and who may hear what.

use std::sync::Arc;

use axum::extract::ws::Utf8Bytes;
use parking_lot::RwLock;
use platform::{clock::Moment, live::Connection};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    channels::webchat::SessionsMoved,
    desk::Desk,
    ids::{AgentId, ContactId, VisitorId},
    viewer::{AgentAccess, Permission, Scope, Visitor},
};

/// All agents listen here.
pub(super) const AGENTS: Uuid = Uuid::from_u128(0xA6E4_7500_0000_7000_8000_0000_0000_0001);

/// Somebody connected.
pub enum Listener {
    /// A console or a program.
    Agent {
        /// What they may see now.
        access: RwLock<Arc<AgentAccess>>,
    },
    /// A chat.
    Visitor {
        /// The session.
        visitor: Visitor,
        /// The contact, when the session is signed.
        signed: Option<ContactId>,
    },
}

impl Listener {
    /// Where to listen.
    pub(super) fn topics(&self) -> Vec<Uuid> {
        match self {
            Listener::Agent { access } => vec![AGENTS, access.read().id.0],
            Listener::Visitor { visitor, signed } => [Some(visitor.id.0), signed.map(|contact| contact.0)].into_iter().flatten().collect(),
        }
    }

    fn sees(&self, scope: &Scope) -> bool {
        matches!(self, Listener::Agent { access } if access.read().can_in(Permission::ConversationsRead, scope))
    }

    fn is_one_of(&self, visitors: &[VisitorId]) -> bool {
        matches!(self, Listener::Visitor { visitor, .. } if visitors.contains(&visitor.id))
    }

    /// Until when an agent may listen, when their token expires.
    pub(super) fn until(&self) -> Option<Moment> {
        match self {
            Listener::Agent { access } => access.read().until,
            Listener::Visitor { .. } => None,
        }
    }

    /// Whether this listener belongs to an audience.
    pub(super) fn hears(&self, audience: &Audience) -> bool {
        match (audience, self) {
            (Audience::Agents(scope), _) => self.sees(scope),
            (Audience::AgentsWhoLost { had, has }, _) => self.sees(had) && !self.sees(has),
            (Audience::AllAgents, Listener::Agent { .. }) => true,
            (Audience::Colleagues(id), Listener::Agent { access }) => {
                let access = access.read();
                access.id == *id || access.can(Permission::PeopleRead)
            }
            (Audience::ContactReaders(scopes), Listener::Agent { access }) => {
                let access = access.read();
                let sees = |scope| access.can_in(Permission::ContactsRead, scope);
                access.can_everywhere(Permission::ContactsRead) || scopes.iter().any(sees) || (scopes.is_empty() && access.can(Permission::ContactsRead))
            }
            (Audience::Agent(id), Listener::Agent { access }) => access.read().id == *id,
            (Audience::Visitors { visitors, signed }, Listener::Visitor { signed: own, .. }) => self.is_one_of(visitors) || *own == Some(*signed),
            _ => false,
        }
    }
}

/// Whom a frame is for.
#[derive(Clone, Debug)]
pub enum Audience {
    /// Agents who may see this scope.
    Agents(Scope),
    /// Agents who could see it before and no longer can.
    AgentsWhoLost {
        /// What it was.
        had: Scope,
        /// What it is.
        has: Scope,
    },
    /// Every agent: for what says nothing but that something changed.
    AllAgents,
    /// Agents who may see their colleagues, and this one.
    Colleagues(AgentId),
    /// Agents who may see a contact whose conversations have these scopes.
    ContactReaders(Vec<Scope>),
    /// One agent, in all their tabs.
    Agent(AgentId),
    /// These sessions, and every signed session of the contact.
    Visitors {
        /// The sessions.
        visitors: Vec<VisitorId>,
        /// The contact.
        signed: ContactId,
    },
}

/// Sends a frame to everybody it is for.
pub fn publish(desk: &Desk, audience: &Audience, body: &Value) {
    send(desk, audience, &Utf8Bytes::from(body.to_string()));
}

/// Sends a frame that is rendered already.
pub(super) fn send(desk: &Desk, audience: &Audience, frame: &Utf8Bytes) {
    let hears = |connection: &Connection<Listener>| connection.who.hears(audience);
    match audience {
        Audience::Agents(_) | Audience::AgentsWhoLost { .. } | Audience::AllAgents | Audience::Colleagues(_) | Audience::ContactReaders(_) => {
            desk.hub.publish(AGENTS, hears, frame)
        }
        Audience::Agent(id) => desk.hub.publish(id.0, hears, frame),
        Audience::Visitors { visitors, signed } => {
            for visitor in visitors {
                desk.hub.publish(visitor.0, hears, frame);
            }
            // Signed sessions that are named above have it already.
            desk.hub.publish(signed.0, |connection| !connection.who.is_one_of(visitors) && hears(connection), frame);
        }
    }
}

/// Ends the connections of a session that logged out.
pub(super) fn end_visitor(desk: &Desk, id: VisitorId) {
    let frame = Utf8Bytes::from_static(r#"{"type":"session_ended"}"#);
    desk.hub.publish(id.0, |_| true, &frame);
    for connection in desk.hub.listeners(id.0) {
        connection.end();
    }
}

/// Sessions belong to another contact now. A signed one listens to all of its contact, so its connection comes back and listens anew.
pub(super) fn sessions_moved(desk: &Desk, moved: &SessionsMoved) {
    for visitor in &moved.visitor_ids {
        desk.presence.met(*visitor, moved.into);
    }
    for connection in desk.hub.listeners(moved.from.0) {
        if connection.who.is_one_of(&moved.visitor_ids) {
            connection.end();
        }
    }
}
