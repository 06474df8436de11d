//! Contact reasons: what customers come for, as a tree of three levels, for all brands or for one.
//!
//! Words: *contact reason* (a name in each language, perhaps below another), *archived* (no longer chosen, still shown where it was),
//! *asked* (a brand asks agents for one when they resolve: never, offered or demanded).
//! Announces: `conversations.contact_reason_changed`.

pub mod http;
mod keep;
mod model;
mod store;

pub(super) use keep::{choose, demanded};
