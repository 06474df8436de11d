//! The chat on a shop's page, and the in-app messaging of native apps: the same protocol.
//!
//! Words: *visitor* (a browser's or app's session in an inbox), *session token* (what it holds), *identity* (a JWT by which the
//! shop vouches for its customer), *receipt*, *cursor* (where a chat resumes).
//!
//! A session writes nothing durable until there is something to keep: a message, a signed identity, an address, a tracked event.
//! What a session may see: its own conversations; with a signed identity all of its contact in the brand.
//! Not here: what happens to the message (conversations), what is known of the customer (people).

mod config;
mod follow;
pub mod frames;
pub mod http;
mod messages;
pub mod pages;
mod recent;
mod session;
mod store;

pub use follow::{SESSIONS_MOVED, SessionsMoved, follow_contact, part_contacts};
pub use messages::{ChatFile, ChatPage, Said as ChatSaid, accept, current_conversation};
pub use session::{Known, PROTOCOL, SESSION_ENDED, forget_old, introduce, known, visitor_of_token};
