//! The timeline: every contact moment of one contact, in the order it happened.
//!
//! Words: *entry* (a moment), *tracked event* (what the shop's own systems or pages report).
//! Offers: the timeline of a contact, [`track`] for what is reported.
//! Announces: `timeline.tracked`.
//! Not here: the messages themselves (conversations); page views are sightings and are mixed in when the timeline is read.

pub mod http;
mod record;
mod store;
mod track;

pub use record::{record_contact, record_conversation};
pub use store::insert_entry;
pub use track::{Tracked, track};
