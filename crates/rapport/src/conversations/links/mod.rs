//! What one conversation has to do with another: *related*, *follows* (from it), *duplicate* (of it). A link is seen from both sides, by
//! whoever may see both.

pub mod http;
mod keep;
mod model;
mod store;

pub(super) use keep::follow;
