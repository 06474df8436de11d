//! Canned responses: answers that are written once and used often.
//!
//! Words: *canned response* (a name, a *shortcut* to call it by while writing, a text for each language, variables), *shared with*
//! (oneself, a team, a brand, everyone), *offered* (as it would stand in one conversation, in its language, filled in).
//! Announces: `conversations.canned_response_changed`.

mod exchange;
pub mod http;
mod keep;
mod model;
mod offer;
mod store;

pub(super) use keep::agent_of;
pub(super) use model::{choose, texts};
pub(super) use offer::facts_of;
