//! What clients say over the socket: messages of visitors, typing, looking, receipts.

use axum::extract::ws::Utf8Bytes;
use platform::{live::Seat, store::Error};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    listener::{Audience, Listener, publish},
    nodes::{Passing, Typist},
};
use crate::{
    channels::webchat::{self, ChatSaid},
    conversations::{self, Heard, Mode},
    desk::Desk,
    ids::{AgentId, ConversationId, FileId},
    people,
    viewer::{AgentAccess, Viewer, Visitor},
};

/// What an agent's client may say.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum FromAgent {
    Viewing { conversation_id: Option<ConversationId> },
    Typing { conversation_id: ConversationId, mode: String, on: bool },
    Ping {},
}

/// What a visitor's client may say.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum FromVisitor {
    Message {
        key: String,
        text: String,
        #[serde(default)]
        attachment_ids: Vec<FileId>,
        #[serde(default)]
        page: Option<webchat::ChatPage>,
    },
    Typing {
        on: bool,
    },
    Receipt {
        conversation_id: ConversationId,
        seq: i64,
        state: Heard,
    },
    Ping {},
}

fn pong() -> Option<Utf8Bytes> {
    Some(Utf8Bytes::from_static(r#"{"type":"pong"}"#))
}

fn refused(detail: &str) -> Option<Utf8Bytes> {
    let problem = platform::web::Problem::invalid("", detail).to_json();
    Some(json!({"type": "error", "problem": problem}).to_string().into())
}

/// Hears one frame; what to answer.
pub(super) async fn hear(desk: &Desk, seat: &Seat<Listener>, text: &str, direct: bool) -> Option<Utf8Bytes> {
    match &seat.connection.who {
        Listener::Agent { access } => {
            let access = access.read().clone();
            match serde_json::from_str::<FromAgent>(text) {
                Ok(FromAgent::Ping {}) => pong(),
                Ok(FromAgent::Viewing { conversation_id }) => {
                    looks_at(desk, seat.connection.id, &access, conversation_id).await;
                    None
                }
                Ok(FromAgent::Typing { conversation_id, mode, on }) => {
                    types(desk, seat.connection.id, &access, conversation_id, &mode, on).await;
                    None
                }
                Err(error) => refused(&error.to_string()),
            }
        }
        Listener::Visitor { visitor, .. } => match serde_json::from_str::<FromVisitor>(text) {
            Ok(FromVisitor::Ping {}) => pong(),
            Ok(FromVisitor::Message { key, text, attachment_ids, page }) => {
                Some(says(desk, visitor, key, ChatSaid { text, attachment_ids, page }, direct).await)
            }
            Ok(FromVisitor::Typing { on }) => {
                visitor_types(desk, visitor, on).await;
                None
            }
            Ok(FromVisitor::Receipt { conversation_id, seq, state }) => {
                // A receipt for what is not there is answered with silence.
                let _ = webchat::http::note_receipt(desk, visitor.clone(), conversation_id, seq, state).await;
                None
            }
            Err(error) => refused(&error.to_string()),
        },
    }
}

async fn says(desk: &Desk, visitor: &Visitor, key: String, said: ChatSaid, direct: bool) -> Utf8Bytes {
    let result = match key.len() {
        1..=128 => webchat::accept(desk, visitor, said, Some(key.clone()), direct).await,
        _ => Err(platform::web::Problem::invalid("/key", "A key has 1 to 128 characters.")),
    };
    let answer = match result {
        Ok(accepted) => {
            json!({"type": "accepted", "key": key, "id": accepted.id, "conversation_id": accepted.conversation_id, "seq": accepted.seq, "created_at": accepted.created_at})
        }
        Err(problem) => json!({"type": "refused", "key": key, "problem": problem.to_json()}),
    };
    answer.to_string().into()
}

async fn conversation_for(desk: &Desk, access: &AgentAccess, id: ConversationId) -> Option<conversations::Conversation> {
    let viewer = Viewer::Agent(access.clone().into());
    desk.store.read(move |tx| conversations::conversation(tx, &viewer, id)).await.ok()
}

async fn looks_at(desk: &Desk, connection: u64, access: &AgentAccess, id: Option<ConversationId>) {
    let seen = match id {
        Some(id) => conversation_for(desk, access, id).await,
        None => None,
    };
    let before = desk.presence.looks_at(connection, access.id, &access.name, seen.as_ref().map(|conversation| conversation.id));
    if let Some(before) = before.filter(|before| Some(*before) != id) {
        tell_presence(desk, before).await;
    }
    if let Some(seen) = seen {
        publish(desk, &Audience::Agents(seen.scope()), &presence_frame(desk, seen.id));
    }
}

fn presence_frame(desk: &Desk, id: ConversationId) -> Value {
    json!({"type": "presence", "conversation_id": id, "agents": desk.presence.at(id)})
}

/// Shows those who may see a conversation who is at it.
pub(super) async fn tell_presence(desk: &Desk, id: ConversationId) {
    let system = Viewer::System { reason: "presence" };
    if let Ok(conversation) = desk.store.read(move |tx| conversations::conversation(tx, &system, id)).await {
        publish(desk, &Audience::Agents(conversation.scope()), &presence_frame(desk, id));
    }
}

async fn types(desk: &Desk, connection: u64, access: &AgentAccess, id: ConversationId, mode: &str, on: bool) {
    let Some(conversation) = conversation_for(desk, access, id).await else { return };
    // Whoever may not answer must not seem to: the customer would wait for it.
    let mode = if mode == "note" { Mode::Note } else { Mode::Reply };
    if !access.can_in(mode.needs(), &conversation.scope()) {
        return;
    }
    if desk.presence.writes(connection, id, on) {
        publish(desk, &Audience::Agents(conversation.scope()), &presence_frame(desk, id));
    }
    let by = Typist::Agent { id: access.id, name: access.name.clone(), note: mode == Mode::Note };
    desk.nodes.say(&Passing::Typing { conversation_id: id, by: by.clone(), on });
    tell_typing(desk, &conversation, &by, on).await;
}

/// Shows the team that a visitor types, or has stopped.
pub async fn visitor_types(desk: &Desk, visitor: &Visitor, on: bool) {
    let who = visitor.clone();
    let found = desk
        .store
        .read(move |tx| {
            let Some(id) = webchat::current_conversation(tx, &who)? else { return Ok(None) };
            conversations::conversation(tx, &Viewer::System { reason: "a visitor types" }, id).map(Some)
        })
        .await;
    let Ok(Some(conversation)) = found else { return };
    desk.nodes.say(&Passing::Typing { conversation_id: conversation.id, by: Typist::Contact {}, on });
    tell_typing(desk, &conversation, &Typist::Contact {}, on).await;
}

/// The same for somebody connected to another node.
pub(super) async fn types_elsewhere(desk: &Desk, id: ConversationId, by: &Typist, on: bool) {
    if desk.hub.is_empty() {
        return;
    }
    let system = Viewer::System { reason: "somebody types" };
    if let Ok(conversation) = desk.store.read(move |tx| conversations::conversation(tx, &system, id)).await {
        tell_typing(desk, &conversation, by, on).await;
    }
}

/// Shows it to those connected here: the team, and the customer when what is typed is for them.
async fn tell_typing(desk: &Desk, conversation: &conversations::Conversation, by: &Typist, on: bool) {
    let id = conversation.id;
    let (who, mode) = match by {
        Typist::Agent { id, name, note } => (json!({"kind": "agent", "id": id, "name": name}), Some(if *note { "note" } else { "reply" })),
        Typist::Contact {} => (json!({"kind": "contact", "id": conversation.contact.id, "name": conversation.contact.name}), None),
    };
    let frame = json!({"type": "typing", "conversation_id": id, "who": who, "mode": mode, "on": on});
    publish(desk, &Audience::Agents(conversation.scope()), &frame);
    if let Typist::Agent { name, note: false, .. } = by {
        let visitors = desk.store.read(move |tx| conversations::visitors_of(tx, id)).await.unwrap_or_default();
        let audience = Audience::Visitors { visitors, signed: conversation.contact.id };
        publish(desk, &audience, &json!({"type": "typing", "conversation_id": id, "name": name, "on": on}));
    }
}

/// Somebody connected.
pub(super) async fn came(desk: &Desk, seat: &Seat<Listener>) {
    if let Listener::Agent { access } = &seat.connection.who {
        let id = access.read().id;
        let was_online = desk.presence.is_agent_online(id);
        desk.presence.agent_came(id);
        if !was_online {
            tell_colleagues(desk, &[id]).await;
        }
    }
}

/// Somebody left.
pub(super) async fn left(desk: &Desk, seat: &Seat<Listener>) {
    match &seat.connection.who {
        Listener::Agent { access } => {
            let id = access.read().id;
            if let Some(conversation) = desk.presence.agent_left(id, seat.connection.id) {
                tell_presence(desk, conversation).await;
            }
            if !desk.presence.is_agent_online(id) {
                tell_colleagues(desk, &[id]).await;
            }
        }
        Listener::Visitor { visitor, .. } => desk.presence.visitor_left(visitor.id),
    }
}

/// Agents came or went; whether somebody is available may have changed with it.
pub(super) async fn tell_colleagues(desk: &Desk, ids: &[AgentId]) {
    let system = Viewer::System { reason: "presence" };
    let Ok(agents) = desk.store.read(move |tx| people::list_agents(tx, &system)).await else { return };
    let available = agents.iter().any(|agent| agent.availability == people::Availability::Available && desk.presence.is_agent_online(agent.id));
    desk.presence.set_available(available);
    for mut agent in agents.into_iter().filter(|agent| ids.contains(&agent.id)) {
        agent.hide_from_colleagues();
        agent.online = desk.presence.is_agent_online(agent.id);
        publish(desk, &Audience::Colleagues(agent.id), &json!({"type": "agent_changed", "agent": agent}));
    }
}

/// Whether an ended connection may come back with the same token.
pub(super) async fn may_stay(desk: &Desk, seat: &Seat<Listener>) -> bool {
    match &seat.connection.who {
        Listener::Agent { access } => {
            let access = access.read().clone();
            let allowed = desk.store.read(move |tx| Ok::<_, Error>(people::access_again(tx, access.id, access.through)?.is_some()));
            allowed.await.unwrap_or(true)
        }
        Listener::Visitor { visitor, .. } => {
            let who = visitor.clone();
            desk.store.read(move |tx| webchat::known(tx, &who)).await.is_ok()
        }
    }
}
