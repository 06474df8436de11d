//! The cast and the test desk: the real router, real SQL on a fresh database, a clock that stands still, and mirrors that hold
//! what a connected console or chat believes.
//!
//! Brands *Zonnebloem* and *Noord*, customers *Anna* and *Bilal*, agents *Sam* (support) and *Ines* (lead).

// Whatever goes wrong in here fails the test that uses it, which is what it is for.
#![expect(clippy::unwrap_used, clippy::missing_panics_doc, reason = "a test helper fails its test")]

mod actors;
mod desk;
mod mirror;
mod nats;
mod socket;

pub use actors::{Agent, Answer, Visitor};
pub use desk::{Node, TestDesk};
pub use mirror::{AgentMirror, VisitorMirror};
pub use nats::Nats;
pub use socket::Socket;
