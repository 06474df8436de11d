//! Passwords, tokens, signatures and sealed columns: one implementation of each.
//!
//! `vault.rs` holds the master keys and their file, `sealed.rs` the columns they seal, `keyring.rs` which keys a database needs and how
//! one is changed for another.

mod keyring;
mod sealed;
#[cfg(test)]
mod tests;
mod vault;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use hmac::{Hmac, Mac};
pub use keyring::{Known, Retired, Rotated, State, Trouble, begin_anew, follow, known, needed_but_missing, open, retire, rotate};
pub use sealed::{Column, Survey, survey};
use sha2::{Digest, Sha256};
pub use vault::Vault;

use crate::ids::Chance;

/// Hashes a password with argon2id. Slow on purpose: call it outside the database's threads.
pub fn hash_password(password: &str, chance: &Chance) -> Result<String, String> {
    let mut salt = [0; 16];
    chance.fill(&mut salt);
    Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).map(|hash| hash.to_string()).map_err(|error| error.to_string())
}

/// What a password is compared with when there is nobody: well formed, with the usual costs; the result is thrown away.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$gKJ2eB0V2jCmJ1Hq3D2j0nC3ZQ6b8nJwW0eVw1mV2nE";

/// Whether `password` is the one `hash` was made of. Takes as long when there is no hash, so nobody learns who exists.
pub fn verify_password(password: &str, hash: Option<&str>) -> bool {
    let parsed = PasswordHash::new(hash.unwrap_or(NOBODY));
    let matches = parsed.is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok());
    matches && hash.is_some()
}

/// What is stored of a random token: its SHA-256. Enough, because the token has 128 random bits or more.
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// SHA-256 of several parts, each with its length so that parts cannot run into each other.
pub fn digest(parts: &[&[u8]]) -> Vec<u8> {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    digest.finalize().to_vec()
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).expect("any key length");
    for part in parts {
        mac.update(&(part.len() as u64).to_le_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod password_tests {
    use super::*;

    #[test]
    fn a_password_is_recognised_and_a_missing_agent_never_is() {
        let hash = hash_password("correct horse", &Chance::Real).unwrap();

        assert!(hash.starts_with("$argon2id$"));
        assert!(verify_password("correct horse", Some(&hash)));
        assert!(!verify_password("wrong horse", Some(&hash)));
        assert!(!verify_password("correct horse", None));
    }

    #[test]
    fn comparing_with_nobody_costs_what_a_real_comparison_costs() {
        let real = hash_password("correct horse", &Chance::Real).unwrap();
        let costs = |hash: &str| hash.split('$').take(4).collect::<Vec<_>>().join("$");

        // A hash that cannot be read would be answered at once, and so tell who exists.
        assert!(PasswordHash::new(NOBODY).is_ok());
        assert_eq!(costs(NOBODY), costs(&real));
    }
}
