//! Companies: where customers work. A contact belongs to at most one.
//!
//! Words: *company* (a name, a note), *domain* (what stands behind the @ in addresses of its people), *suggested* (somebody with such an
//! address who belongs to no company yet; they are never added by themselves, because an address may only be claimed).
//! A company is seen by whoever sees one of its contacts, or when none of them has a conversation yet.
//! Announces: `people.company_changed`.

pub mod http;
mod keep;
mod model;
mod store;

pub(super) use keep::{add, belongs_to, remove};
pub use model::{Company, CompanyName, NewCompany};
pub(super) use store::{company, is_there, named};
