//! Assignment: who gets new work, and the queue in which it stands until somebody has room.
//!
//! Words: *queue* (the open conversations of a team that are nobody's, urgent ones first, then by how long they wait), *method* (manual,
//! round robin, least loaded), *capacity* (how much an agent has at once; a conversation takes as much as its channel weighs), *load* (what
//! they have: open and waiting conversations), *profile* (capacity, skills, languages and absence of an agent), *turn* (whose it is next),
//! *overflow* (to another team after a time).
//! A tag that names a skill of the team asks for it. Reactions run one after the other, so that two never give out the same room.
//!
//! Offers: [`serve_after`] and [`serve_all`], which give out what is queued; [`place_of`] for chats.
//! Announces: `conversations.assignment_changed`; what it does as `conversations.changed`.

mod absence;
pub mod http;
mod keep;
mod model;
mod pick;
mod queue;
mod serve;
mod store;

pub use absence::{HAND_BACK, agent_changed, hand_back};
pub use model::{Method, QueuePlace};
pub use queue::place_of;
pub use serve::{SERVE, is_any_queued, serve_after, serve_all};
pub(super) use store::{move_load, rebuild_loads, wrong_loads};
