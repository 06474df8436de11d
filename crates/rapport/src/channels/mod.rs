//! Channels: how messages reach us and go out. A channel adapter knows a protocol and nothing else.
//!
//! Words: *channel* (the kind), *inbox* (a configured one of a brand or location), *signing key* (with which a shop vouches for
//! its customers).
//!
//! Offers: inboxes, and one sub-folder a channel: [`webchat`] (also the in-app messaging of native apps).
//! Announces: `channels.inbox_changed`, `channels.session_ended`.
//! Not here: what a conversation is (conversations), who somebody is (people).

pub mod http;
mod inboxes;
mod store;
pub mod webchat;

pub use inboxes::{Channel, Inbox, NewInbox, add_inbox, list_inboxes};
