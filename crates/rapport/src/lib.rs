//! The product. The parts, in their order: a part may call the front door of any part above it, and learns of parts below it
//! only through events.

pub mod attributes; // what the company keeps of contacts and conversations
pub mod audit; // every administrative act
pub mod automation; // rules: event, condition, actions
pub mod channels; // inboxes, and one sub-folder a channel
pub mod conversations; // conversations, messages, assignment, views: the heart
pub mod people; // agents, teams, sign-in, tokens; contacts and their identities
pub mod places; // brands, locations, regions, opening hours
pub mod search;
pub mod timeline; // every contact moment of one contact // one question over all parts

// What all parts share, and what wires them together.
pub mod app;
mod check;
pub mod conditions;
pub use check::name_key;
mod cursor;
pub mod desk;
pub mod features;
pub mod gate;
mod guide;
mod guide_store;
pub mod ids;
pub mod lifetimes;
pub mod live;
mod nullable;
mod pages;
pub mod presence;
pub mod reactions;
mod rights;
pub mod routes;
pub mod schedule;
pub mod sealed;
mod sheet;
mod uploads;
pub mod viewer;

/// A request after its caller was let in.
pub type Call = platform::web::Call<desk::Desk>;
