//! Automation: rules that do something by themselves when something happened, or when nothing has happened for a while.
//!
//! Words: *rule* (a *trigger*, a condition over the fields of conversations, and what is done: a text and [`conversations::actions`]),
//! *scope* (everyone's conversations, a brand's, a team's), *stops* (later rules do not run for the same event), *run* (what a rule did once,
//! and why), *dry run* (what a rule would have done), *depth* (how many reactions led to an event; beyond [`DEPTH`] it is a loop).
//!
//! A follower of the log (`look.rs`, `run.rs`) runs the rules beside the writing of messages. It looks first, beside the writer, for which
//! events some rule fits; only those are gone through in the transaction that moves the position, rule by rule in their order, each against
//! the facts as the rules before have left them. So each rule runs once for an event, whatever is killed. Rules of time ask the columns in
//! which conversations keep their clocks for what came due since they asked last (`clock.rs`).
//! Announces: `automation.rule_changed`; a run is a `conversations.changed` of the field `rule`, and then what it does, by the actor `automation`.
//! Not here: what can be done (conversations::actions), what can be asked (conversations::facts).
//!
//! [`conversations::actions`]: crate::conversations::actions

mod clock;
mod dry_run;
mod facts;
mod follow;
pub mod http;
mod keep;
mod look;
mod model;
mod rules;
mod run;
mod store;
mod store_runs;

pub use follow::{Follower, run};
pub use run::DEPTH;
pub use store_runs::forget_old_runs;
