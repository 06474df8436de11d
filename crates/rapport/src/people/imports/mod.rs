//! Contacts from a file (CSV), as many as 200,000 rows.
//!
//! Words: *import* (a file and what is to become of it), *column* and *field* (what a column means), *row* (one contact), *settings* (how the
//! file is written, its columns, what to do with contacts that are there), *plan* (what a row would do), *refused* (a row with a mistake),
//! *taken back* and *kept* (by an undo).
//!
//! A file is uploaded and looked at ([`file`]); its columns are guessed ([`fields`]). A [`plan`] of a row reads and writes nothing, so the
//! preview and the work show the same. The work ([`run`]) is a job that writes some rows and how far it has come in one transaction, so a
//! row is done once, whatever is killed in between. Each row keeps what it changed, so that [`undo`] can take it back.
//! Addresses from a file prove nothing: they are kept as unverified, and a contact is only found by them where nobody else could be meant.
//! Imports, with their files, are forgotten after 30 days.
//! Announces: `people.import_changed`, and for each contact what a change by hand does; `people.contact_removed` when one is taken back.

mod apply;
mod fields;
mod file;
pub mod http;
mod keep;
mod matching;
mod model;
mod plan;
mod run;
mod store;
mod told;
mod undo;

pub use keep::forget_old;
pub use model::ContactImport;
pub use run::{IMPORT, run};
pub use undo::{CONTACT_REMOVED, UNDO, run as run_undo};
