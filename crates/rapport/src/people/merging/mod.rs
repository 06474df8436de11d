//! Two contacts who are one: merging them, taking it back, and who might be the same.
//!
//! Words: *merge* (one contact's identities, notes and conversations go to the other, the *survivor*), *proof* (why they are taken for
//! one), *undo* (exactly what moved goes back; what came since stays with the survivor), *not the same* (said of two who look alike).
//!
//! What other parts keep of a contact they move themselves when they hear of it, and note which rows those were ([`note_moved`]).

mod duplicates;
pub mod http;
mod merge;
mod model;
mod store;
mod undo;

pub(super) use merge::join;
pub use store::{MovedRow, merge_at, moved_rows, note_moved};
