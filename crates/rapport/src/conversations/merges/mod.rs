//! Conversations that become one, are taken apart again, or are split.
//!
//! Words: *part* (a conversation that was merged into another), *survivor* (the one it was merged into). Nothing of a part is moved or
//! changed: its messages stay where they were said and are shown with those of the survivor, so taking it apart again gives back what was
//! there. Only conversations of one customer in one brand are merged, so that no customer ever sees another's words.

pub mod http;
mod merge;
mod model;
mod page;
mod split;
mod store;
mod unmerge;

pub(super) use merge::refuse_part;
pub(super) use page::{Before, page};
pub(super) use unmerge::{save_subject, show_anew};
