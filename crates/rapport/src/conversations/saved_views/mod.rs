//! Saved views: lists that an agent, a team, a brand or everyone works through, over a condition of the company's own.
//!
//! Words: *saved view* (a name, a condition over the fields of conversations, an order, shared as canned responses are), *entry* (a
//! conversation that is in it), *filling* (every conversation is being held against a new condition), *filed* (a conversation moved in or
//! out). A follower of the log keeps the entries and their counts (`follow.rs`), so that a list costs its page and a count costs its
//! groups, however much there is; what hangs on the clock says when to look again. A condition that nobody keeps is answered by going
//! through the conversations (`filter.rs`).
//! Announces: `conversations.saved_view_changed`, `conversations.filed`.

mod filter;
mod follow;
pub mod http;
mod keep;
mod look;
mod model;
mod store;
mod store_entries;

pub use follow::{run, step};
pub(super) use http::{Listed, list as list_of};
pub use model::SavedView;
pub(super) use store_entries::filed_in;
pub use store_entries::wrong_counts;
