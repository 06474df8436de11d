//! What can be done to a conversation by one word: the one list from which macros and rules are made, and the one place where it is done.
//!
//! Words: *action*, *doing* (a text that becomes a reply or a note, and actions in their order), *outcome* (done, unchanged, failed).
//! A macro does all of it or nothing, for an agent ([`together`]). A rule does what it can and says of each what became of it ([`perform`]).

mod model;
mod run;

pub use model::{Action, Doing, Done, Outcome};
pub use run::{foreseen, perform};
pub(super) use run::{said, together};
