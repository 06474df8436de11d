//! What agents see live of a conversation, built from its current state when the event arrives.

use platform::store::{Result, Tx};
use serde_json::json;

use super::{
    announce::{Changed, FILED},
    model::{Conversation, Message, MessageKind},
    saved_views, store_messages, store_views,
};
use crate::{ids::TeamId, live::Audience, viewer::Scope};

/// A frame and who may see it.
pub struct Frame {
    /// Who.
    pub audience: Audience,
    /// What, as JSON.
    pub body: serde_json::Value,
}

/// The frames of one event of a conversation, for agents. Version and position are those of the event; the state shown may be
/// newer, then the next frame says so.
pub fn frames_of(tx: &mut Tx<'_>, kind: &str, position: i64, changed: &Changed, is_online: impl Fn(&Conversation) -> bool) -> Result<Vec<Frame>> {
    let Some(mut conversation) = store_views::shared_view(tx, changed.conversation_id)? else { return Ok(Vec::new()) };
    conversation.contact.online = is_online(&conversation);
    conversation.version = changed.version;
    conversation.public_version = changed.public_version;
    let scope = conversation.scope();
    let message = match (changed.message_id, changed.seq) {
        (Some(_), Some(seq)) => store_messages::find_at(tx, conversation.id, seq)?.map(shown),
        _ => None,
    };
    let mut body = json!({"conversation_id": conversation.id, "version": changed.version, "position": position, "conversation": conversation});
    match (kind, message) {
        // Which messages belong to it is asked for anew.
        ("conversations.moved", _) => body["type"] = "messages_moved".into(),
        (_, Some(message)) => {
            body["type"] = "message_created".into();
            body["message"] = json!(message);
            if kind == "conversations.message_changed" {
                body["type"] = "message_changed".into();
            }
        }
        ("conversations.delivered", _) => delivery(&mut body, changed, "customer", changed.to.as_deref().unwrap_or("delivered")),
        ("conversations.team_read", _) => delivery(&mut body, changed, "team", "read"),
        (FILED, _) => {
            body["type"] = "conversation_filed".into();
            body["saved_views"] = json!(saved_views::filed_in(tx, changed.conversation_id)?);
        }
        _ => {
            body["type"] = "conversation_changed".into();
            body["field"] = json!(changed.field);
        }
    }
    let mut frames = vec![Frame { audience: Audience::Agents(scope), body }];
    if let Some(left) = scope_before(changed, scope) {
        let body = json!({"type": "conversation_removed", "conversation_id": changed.conversation_id, "version": changed.version, "position": position});
        frames.push(Frame { audience: Audience::AgentsWhoLost { had: left, has: scope }, body });
    }
    Ok(frames)
}

fn delivery(body: &mut serde_json::Value, changed: &Changed, side: &str, state: &str) {
    body["type"] = "delivery_changed".into();
    body["up_to_seq"] = json!(changed.seq);
    body["side"] = side.into();
    body["state"] = state.into();
}

/// A customer's own key is theirs; an agent's tells their other tabs which message it is.
pub(super) fn shown(mut message: Message) -> Message {
    if message.kind == MessageKind::Inbound {
        message.key = None;
    }
    message
}

fn scope_before(changed: &Changed, scope: Scope) -> Option<Scope> {
    if changed.left.is_some() {
        return changed.left;
    }
    let before = |id: &Option<String>| id.as_deref().and_then(|id| id.parse::<uuid::Uuid>().ok());
    match changed.field.as_deref()? {
        "team" => Some(Scope { team_id: before(&changed.from).map(TeamId), ..scope }),
        "location" => Some(Scope { location_id: before(&changed.from).map(crate::ids::LocationId), ..scope }),
        _ => None,
    }
}
