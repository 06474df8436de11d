//! Messages that are changed after they were written: *edited* by whoever wrote them, or *redacted*, which removes text and files for good.
//! Both leave a trace that both sides see.

mod edit;
pub mod http;
mod model;
mod redact;
mod store;

pub use model::Redacted;
pub use store::place;
