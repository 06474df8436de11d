//! What a visitor sees live: what concerns the customer, never a word of the team's.

use platform::store::{Result, Tx};
use serde_json::{Value, json};

use super::messages::ChatMessage;
use crate::{
    conversations::{self, Changed, MessageKind, Status},
    ids::{ContactId, VisitorId},
    live::Audience,
};

/// The frames of one event of a conversation, for visitors.
pub fn frames_of(tx: &mut Tx<'_>, kind: &str, position: i64, contact: ContactId, changed: &Changed) -> Result<Vec<(Audience, Value)>> {
    let id = changed.conversation_id;
    let common = json!({"conversation_id": id, "version": changed.public_version, "position": position});
    let everybody = |tx: &mut Tx<'_>| -> Result<Vec<VisitorId>> { conversations::visitors_of(tx, id) };
    match (kind, changed.seq) {
        ("conversations.received" | "conversations.replied" | "conversations.message_changed", Some(seq)) => {
            let Some(public) = conversations::public_at(tx, id, seq)? else { return Ok(Vec::new()) };
            // What a visitor wrote goes to their own session; a reply to every session that takes part.
            let visitors = match (public.message.kind, public.visitor_id) {
                (MessageKind::Inbound, Some(visitor)) => vec![visitor],
                (MessageKind::Inbound, None) => Vec::new(),
                _ => conversations::visitors_told(tx, id, seq)?,
            };
            let team_read_seq = conversations::team_read_seq(tx, id)?;
            let mut body = common;
            body["type"] = "message_created".into();
            if kind == "conversations.message_changed" {
                body["type"] = "message_changed".into();
            }
            body["message"] = json!(ChatMessage::of(public, team_read_seq));
            Ok(vec![(Audience::Visitors { visitors, signed: contact }, body)])
        }
        ("conversations.team_read", Some(seq)) => {
            let mut body = common;
            body["type"] = "delivery_changed".into();
            body["up_to_seq"] = json!(seq);
            body["state"] = "read".into();
            Ok(vec![(Audience::Visitors { visitors: everybody(tx)?, signed: contact }, body)])
        }
        // Which messages are where is asked for anew; nothing of what the team did is said.
        ("conversations.moved", _) => {
            let mut body = common;
            body["type"] = "messages_moved".into();
            Ok(vec![(Audience::Visitors { visitors: everybody(tx)?, signed: contact }, body)])
        }
        ("conversations.changed", _) if is_resolving(changed) => {
            let mut body = common;
            body["type"] = "conversation_changed".into();
            body["status"] = if changed.to.as_deref() == Some(Status::Resolved.word()) { "resolved" } else { "open" }.into();
            Ok(vec![(Audience::Visitors { visitors: everybody(tx)?, signed: contact }, body)])
        }
        _ => Ok(Vec::new()),
    }
}

/// Whether a change resolves a conversation or takes that back. That it sleeps or waits is the team's.
fn is_resolving(changed: &Changed) -> bool {
    let is_resolved = |word: &Option<String>| word.as_deref() == Some(Status::Resolved.word());
    changed.field.as_deref() == Some("status") && is_resolved(&changed.from) != is_resolved(&changed.to)
}
