//! Passwords, tokens, signatures and sealed columns: one implementation of each.

use std::{fs, io, os::unix::fs::OpenOptionsExt, path::Path};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

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

/// The installation's master key: seals secret columns and signs tokens that are not rows. It lives in a file beside the
/// database, never in it.
#[derive(Clone)]
pub struct Vault {
    seal: XChaCha20Poly1305,
    sign: [u8; 32],
}

impl Vault {
    /// Reads the key file; an error of kind `NotFound` when there is none.
    pub fn read(path: &Path) -> io::Result<Vault> {
        let text = fs::read_to_string(path)?;
        let key = URL_SAFE_NO_PAD.decode(text.trim()).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        key.map(|key| Vault::of(&key)).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, format!("{} is not a master key", path.display())))
    }

    /// Names the key without telling it, so that the right one can be recognised.
    pub fn fingerprint(&self) -> String {
        mac(&self.sign, &[b"fingerprint"])[..8].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Reads the key file; makes one, readable by its owner only, when there is none.
    pub fn open(path: &Path, chance: &Chance) -> io::Result<Vault> {
        match Vault::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let mut key = [0; 32];
                chance.fill(&mut key);
                let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
                io::Write::write_all(&mut file, URL_SAFE_NO_PAD.encode(key).as_bytes())?;
                file.sync_all()?;
                if let Some(folder) = path.parent() {
                    fs::File::open(folder)?.sync_all()?;
                }
                Ok(Vault::of(&key))
            }
            read => read,
        }
    }

    fn of(key: &[u8; 32]) -> Vault {
        let derive = |purpose: &str| -> [u8; 32] { mac(key, &[purpose.as_bytes()]) };
        Vault { seal: XChaCha20Poly1305::new(&derive("seal").into()), sign: derive("sign") }
    }

    /// Seals a secret for one column of one row; it opens nowhere else. `place` is `table.column.row`.
    pub fn seal(&self, place: &str, secret: &[u8], chance: &Chance) -> Result<Vec<u8>, String> {
        let mut nonce = [0; 24];
        chance.fill(&mut nonce);
        let sealed = self.seal.encrypt(&nonce.into(), Payload { msg: secret, aad: place.as_bytes() }).map_err(|error| error.to_string())?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Opens what [`Vault::seal`] made for the same `place`.
    pub fn unseal(&self, place: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(24)?;
        let nonce = <[u8; 24]>::try_from(nonce).ok()?;
        self.seal.decrypt(&nonce.into(), Payload { msg: sealed, aad: place.as_bytes() }).ok()
    }

    /// A token that carries `content` and cannot be made by anybody else. `purpose` keeps kinds of token apart.
    pub fn sign(&self, purpose: &str, content: &[u8]) -> String {
        let signature = mac(&self.sign, &[purpose.as_bytes(), content]);
        URL_SAFE_NO_PAD.encode([content, &signature[..]].concat())
    }

    /// The content of a token made by [`Vault::sign`] for the same purpose.
    pub fn verify(&self, purpose: &str, token: &str) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (content, signature) = bytes.split_at_checked(bytes.len().checked_sub(32)?)?;
        let genuine = mac(&self.sign, &[purpose.as_bytes(), content]);
        bool::from(genuine.ct_eq(signature)).then(|| content.to_vec())
    }
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
mod tests {
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

    #[test]
    fn a_sealed_secret_opens_only_in_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        let sealed = Vault::open(&path, &Chance::Real).unwrap().seal("thing.secret.1", b"s3cret", &Chance::Real).unwrap();
        let vault = Vault::open(&path, &Chance::Real).unwrap();

        assert_eq!(vault.unseal("thing.secret.1", &sealed).unwrap(), b"s3cret");
        assert!(vault.unseal("thing.secret.2", &sealed).is_none());
    }

    #[test]
    fn a_signed_token_is_refused_when_changed_or_used_for_another_purpose() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::open(&folder.path().join("master.key"), &Chance::Real).unwrap();
        let token = vault.sign("chat", b"visitor");

        assert_eq!(vault.verify("chat", &token).unwrap(), b"visitor");
        assert!(vault.verify("live", &token).is_none());
        assert!(vault.verify("chat", &token[1..]).is_none());
        assert!(vault.verify("chat", "").is_none());
    }
}
