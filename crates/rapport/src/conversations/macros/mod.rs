//! Macros: what is done to conversations again and again, as one step.
//!
//! Words: *macro* (a name, perhaps a text that becomes a reply or a note, and [`super::actions`] in their order), *shared with* (as canned
//! responses are), *run* (the text first, then what the actions come to; all of it or nothing).
//! Announces: `conversations.macro_changed`; a run is a `conversations.changed` of the field `macro`, and then what it does.

pub mod http;
mod keep;
mod model;
mod run;
mod store;
