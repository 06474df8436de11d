//! SLA policies: what is promised on time, for which conversations, and the clocks that run for it.
//!
//! Words: *policy* (conditions and targets; the first in order that fits holds), *target* (so many minutes of raw or business time to the
//! first response, the next response, the resolution), *deadline* (when a running target is due), *warning* (a while before), *breach*.
//! A response clock runs while the customer waits. The resolution clock runs while the team has to do something: it pauses while the
//! customer is awaited, ends with resolving, and begins anew when the customer comes back.
//!
//! Offers: [`assess`], which sets the clocks of a conversation with each change that concerns them; [`promised`] for chat and portal.
//! Announces: `conversations.sla_policy_changed`; a warning and a breach as `conversations.changed` with the field `sla_warned` or `sla_breached`.

mod alarm;
mod clock;
pub mod http;
mod keep;
mod model;
mod store;

pub use alarm::{TELL, tell};
pub use clock::{RECOMPUTE, hours_changed, promised, recompute_after};
pub(super) use clock::{assess, is_concerned};
pub use model::{Deadline, Promise, TargetKind};
