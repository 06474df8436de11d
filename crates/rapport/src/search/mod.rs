//! Search: one question over contacts, conversations, tags and what was written.
//!
//! Words: *document* (a message, or a conversation's subject, with its number), *term* (a word as it is compared, [`wire::words`]), *mark* (scope,
//! status, assignee, tag, day), *block* (65,536 numbers), *segment* and *page* (terms of a block, and where they stand).
//!
//! Offers: `GET /search`, [`run`] (keeps the index beside the log), [`rebuild`]. Announces nothing.
//! Not here: what a word is (`wire::words`). Canned responses and companies join with a `What` of their own in `http.rs`.

mod compact;
mod follow;
pub mod http;
mod look;
mod marks;
mod numbers;
mod prepare;
mod question;
mod segment;
mod snippet;
mod store_find;
mod store_index;

pub use follow::{run, step};
use platform::store::{Result, Tx};

/// Has the index made anew beside the one that answers, which goes on until the new one has caught up. Nothing when that is under way already.
pub fn rebuild(tx: &mut Tx<'_>) -> Result<()> {
    follow::begin(tx, store_index::State::Building)
}
