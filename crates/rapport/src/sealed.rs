//! Every sealed column, on one page: what a change of the master key seals anew, and what the doctor opens.
//!
//! A secret is sealed through its column and in no other way, and a test refuses a column of bytes that is neither here nor a hash.

use platform::{crypto::Column, sealed_column};

/// With which a shop's server signs who its customers are.
pub const SIGNING_KEYS: Column = sealed_column!("inbox_signing_key", "secret", "id");

/// What an agent's authenticator app makes its codes of.
pub const SECOND_FACTORS: Column = sealed_column!("second_factor", "secret", "agent_id");

/// All of them.
pub const ALL: &[&Column] = &[&SIGNING_KEYS, &SECOND_FACTORS];
