//! What conversations announce. Every event but one raises the version by one and says what a listener needs to look.

use platform::{
    events::{Actor, Event, Payload, Position, Upcast},
    store::{JsonText, Result, Tx},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{model::Status, store::State};
use crate::{
    ids::{AgentId, ContactId, ConversationId, MessageId},
    viewer::Scope,
};

/// Everything a listener may hear of a conversation.
pub const KINDS: &[&str] = &[
    "conversations.received",
    "conversations.replied",
    "conversations.noted",
    "conversations.changed",
    "conversations.moved",
    "conversations.message_changed",
    "conversations.delivered",
    "conversations.team_read",
    FILED,
];
/// It moved in or out of saved views; the one kind that does not raise the version.
pub const FILED: &str = "conversations.filed";

/// What happened, without a word of what was said.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Changed {
    /// Where.
    pub conversation_id: ConversationId,
    /// The version after it.
    pub version: i64,
    /// What the customer may see of that.
    pub public_version: i64,
    /// The message it made, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<MessageId>,
    /// The number of that message, or up to which one something was delivered or read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<i64>,
    /// Whether it was the first message.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub started: bool,
    /// Which field changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Its value before, as an id or a word of ours; of a message the status before, where that moved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Its value now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// How long the customer had waited when this answered them, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waited_seconds: Option<i64>,
    /// Whether that was the first answer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub first_answer: bool,
    /// Agents mentioned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<AgentId>,
    /// Whose it was before, where it went over to others with its messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<Scope>,
}

impl Payload for Changed {
    /// Schema 1 did not say of a message whether it moved the status.
    const UPCASTS: &'static [Upcast] = &[|payload| payload];
}

/// A status before and after, where a message moved it.
pub(super) fn moved(before: Status, after: Status) -> (Option<String>, Option<String>) {
    let word = |status: Status| (before != after).then(|| status.word().to_owned());
    (word(before), word(after))
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $kind:literal;)*) => { $(
        $(#[$doc])*
        #[derive(Serialize)]
        #[serde(transparent)]
        pub(super) struct $name<'a> { changed: &'a Changed, #[serde(skip)] contact_id: ContactId, #[serde(skip)] scope: JsonText }
        impl Event for $name<'_> {
            const KIND: &'static str = $kind;
            const SCHEMA: i64 = Changed::SCHEMA;
            fn stream(&self) -> Uuid { self.changed.conversation_id.0 }
            fn version(&self) -> i64 { self.changed.version }
            fn subject(&self) -> Option<Uuid> { Some(self.contact_id.0) }
            fn scope(&self) -> JsonText { self.scope.clone() }
        }
        impl $name<'_> {
            /// Announces it for the conversation as it is after the change.
            pub(super) fn announce(tx: &mut Tx<'_>, actor: Actor, state: &State, mut changed: Changed) -> Result<Option<Position>> {
                (changed.conversation_id, changed.version, changed.public_version) = (state.id, state.version, state.public_version);
                tx.announce(actor, &$name { changed: &changed, contact_id: state.contact_id, scope: JsonText::of(&state.scope) })
            }
        }
    )* };
}

kinds! {
    /// The customer wrote.
    Received = "conversations.received";
    /// The team answered.
    Replied = "conversations.replied";
    /// The team noted something.
    Noted = "conversations.noted";
    /// A field changed.
    FieldChanged = "conversations.changed";
    /// Which messages belong to it has changed: it was merged, taken apart again or split.
    Moved = "conversations.moved";
    /// What a message says has changed.
    MessageChanged = "conversations.message_changed";
    /// Something reached the customer's device, or was read there.
    Delivered = "conversations.delivered";
    /// The team has read what the customer wrote.
    TeamRead = "conversations.team_read";
    /// It moved in or out of saved views.
    Filed = "conversations.filed";
}
