//! Live: whoever is connected hears of a change as it happens. Frames are built from current state, for those who may see it.
//!
//! [`feed`] follows the log by position and sends; [`missed`] is what it sent while somebody was away; [`socket`] and [`stream`] are the two ways to listen; [`listener`] says who
//! listens and who may hear what; [`nodes`] hears of those connected to other nodes.

mod feed;
mod listener;
mod missed;
mod nodes;
mod rights;
mod socket;
mod stream;
mod talk;
mod ticket;

pub use feed::Feed;
pub use listener::{Audience, Listener, publish};
pub use missed::Replays;
pub use nodes::{run as run_nodes, take_leave};
pub use socket::{listen, live};
pub use stream::events;
pub use talk::visitor_types;
pub use ticket::{TicketMade, add_ticket};
