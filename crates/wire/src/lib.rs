//! Formats and protocols, pure: no database, no clock, no I/O. One module a format.

pub mod fold;
pub mod identity_token;
pub mod phone;
pub mod words;
