//! Replies that go out later: they wait where the whole team sees them, go out once at their time, and become a draft again when the
//! customer writes first.

pub mod http;
mod keep;
mod model;
mod send;
mod store;

pub(super) use keep::take_back_all;
pub use send::{JOB, send};
pub(super) use store::follow;
