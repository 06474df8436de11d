//! The master keys: they seal secret columns and sign tokens that are not rows. They live in a file beside the database, never in it.
//!
//! The file has one key a line, the newest first: 32 bytes in base64url, and when it was made. A file of one line without a time is
//! what was made before keys could be changed. It is never written over: a new one is made beside it, flushed, and renamed.
//!
//! A sealed value is `RPK1`, the first 8 bytes of its key's fingerprint, a nonce of 24 bytes and what XChaCha20-Poly1305 made of the
//! secret, with `table.column.row` as associated data. An older one has neither the word nor the fingerprint.

use std::{
    fs::{self, File},
    io::{self, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt, fchown},
    path::{Path, PathBuf},
    sync::Arc,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use parking_lot::RwLock;
use subtle::ConstantTimeEq;

use super::mac;
use crate::{blobs::sync_folder, clock::Moment, ids::Chance};

/// Says that a sealed value names its key.
const NAMED: &[u8] = b"RPK1";
const ID: usize = 8;
const NONCE: usize = 24;
/// Each key that is held costs every wrong token a try.
const MOST: usize = 16;

/// One master key.
#[derive(Clone)]
pub(super) struct Key {
    line: String,
    seal: XChaCha20Poly1305,
    sign: [u8; 32],
    id: [u8; ID],
}

impl Key {
    fn fresh(chance: &Chance, now: Moment) -> Key {
        let mut bytes = [0; 32];
        chance.fill(&mut bytes);
        Key::of(&bytes, format!("{} {now}", URL_SAFE_NO_PAD.encode(bytes)))
    }

    fn of(bytes: &[u8; 32], line: String) -> Key {
        let derive = |purpose: &str| -> [u8; 32] { mac(bytes, &[purpose.as_bytes()]) };
        let sign = derive("sign");
        let mut id = [0; ID];
        id.copy_from_slice(&mac(&sign, &[b"fingerprint"])[..ID]);
        Key { line, seal: XChaCha20Poly1305::new(&derive("seal").into()), sign, id }
    }

    fn read(line: &str) -> Option<Key> {
        let mut words = line.split_whitespace();
        let bytes = URL_SAFE_NO_PAD.decode(words.next()?).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())?;
        // A line that was cut must not pass for a whole one.
        match (words.next().map(Moment::parse), words.next()) {
            (None | Some(Ok(_)), None) => Some(Key::of(&bytes, line.to_owned())),
            _ => None,
        }
    }

    fn fingerprint(&self) -> String {
        name_of(&self.id)
    }

    fn open(&self, place: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
        let nonce = <[u8; NONCE]>::try_from(nonce).ok()?;
        self.seal.decrypt(&nonce.into(), Payload { msg: sealed, aad: place.as_bytes() }).ok()
    }
}

fn name_of(id: &[u8]) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is held in memory, and which file it was read from.
struct Held {
    keys: Vec<Key>,
    read_from: (u64, i64, i64),
    active: Option<String>,
    retired: Vec<String>,
}

impl Held {
    fn active(&self) -> Option<&Key> {
        self.active.as_ref().and_then(|active| self.keys.iter().find(|key| key.fingerprint() == *active)).or(self.keys.first())
    }

    fn in_use(&self) -> impl Iterator<Item = &Key> {
        self.keys.iter().filter(|key| !self.retired.contains(&key.fingerprint()))
    }
}

/// The installation's master keys. Clones share them; a file that was changed is read again when a value names a key nobody knows.
#[derive(Clone)]
pub struct Vault {
    path: PathBuf,
    held: Arc<RwLock<Held>>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Names only: a key must not reach a log.
        write!(f, "Vault({})", self.fingerprints().join(", "))
    }
}

impl Vault {
    /// Reads the key file; an error of kind `NotFound` when there is none.
    pub fn read(path: &Path) -> io::Result<Vault> {
        let (keys, read_from) = keys_of(path)?;
        Ok(Vault { path: path.to_owned(), held: Arc::new(RwLock::new(Held { keys, read_from, active: None, retired: Vec::new() })) })
    }

    /// Reads the key file; makes one, readable by its owner only, when there is none.
    pub fn read_or_make(path: &Path, chance: &Chance, now: Moment) -> io::Result<Vault> {
        match Vault::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                write(path, &[Key::fresh(chance, now)], chance, false)?;
                // Two that start at once make one file; the slower reads it.
                Vault::read(path)
            }
            read => read,
        }
    }

    /// Names the key that seals and signs without telling it, so that the right one can be recognised.
    pub fn fingerprint(&self) -> String {
        self.held.read().active().map(Key::fingerprint).unwrap_or_default()
    }

    /// The names of all keys in the file, the newest first.
    pub fn fingerprints(&self) -> Vec<String> {
        self.held.read().keys.iter().map(Key::fingerprint).collect()
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the file again when it was changed.
    pub fn refresh(&self) -> io::Result<()> {
        if stamp(&fs::metadata(&self.path)?) != self.held.read().read_from {
            let (keys, read_from) = keys_of(&self.path)?;
            let mut held = self.held.write();
            (held.keys, held.read_from) = (keys, read_from);
        }
        Ok(())
    }

    /// From now on `active` seals and signs, and the `retired` are not used for anything. `false` when the file does not have it.
    pub(super) fn settle(&self, active: &str, retired: Vec<String>) -> bool {
        if !self.holds(active) {
            return false;
        }
        let mut held = self.held.write();
        (held.active, held.retired) = (Some(active.to_owned()), retired);
        true
    }

    /// Whether the file has this key; looks again when it has not.
    pub(super) fn holds(&self, fingerprint: &str) -> bool {
        let there = || self.held.read().keys.iter().any(|key| key.fingerprint() == fingerprint);
        there() || (self.refresh().is_ok() && there())
    }

    /// Puts a new key before the others in the file, on the device, and gives its name.
    pub(super) fn add(&self, chance: &Chance, now: Moment) -> io::Result<String> {
        let mut keys = keys_of(&self.path)?.0;
        if keys.len() >= MOST {
            return Err(io::Error::other(format!("the file holds {MOST} keys already; retire some first (rapport key list)")));
        }
        let new = Key::fresh(chance, now);
        let name = new.fingerprint();
        keys.insert(0, new);
        write(&self.path, &keys, chance, true)?;
        self.refresh().map(|()| name)
    }

    /// Takes a key out of the file. The last one stays.
    pub(super) fn remove(&self, fingerprint: &str, chance: &Chance) -> io::Result<()> {
        let mut keys = keys_of(&self.path)?.0;
        keys.retain(|key| key.fingerprint() != fingerprint);
        if keys.is_empty() {
            return Err(io::Error::other("a key file is never left without a key"));
        }
        write(&self.path, &keys, chance, true)?;
        self.refresh()
    }

    /// Seals a secret with the active key. `place` is `table.column.row`.
    pub(super) fn seal(&self, place: &str, secret: &[u8], chance: &Chance) -> Result<Vec<u8>, String> {
        let mut nonce = [0; NONCE];
        chance.fill(&mut nonce);
        let held = self.held.read();
        let key = held.active().ok_or("there is no master key")?;
        let sealed = key.seal.encrypt(&nonce.into(), Payload { msg: secret, aad: place.as_bytes() }).map_err(|error| error.to_string())?;
        Ok([NAMED, &key.id, &nonce, &sealed].concat())
    }

    /// Opens what was sealed for the same `place`, with whichever key: the secret, and the key's name.
    pub(super) fn unseal(&self, place: &str, sealed: &[u8]) -> Option<(Vec<u8>, String)> {
        let named = |sealed: &[u8]| -> Option<(Vec<u8>, String)> {
            let (id, rest) = sealed.strip_prefix(NAMED)?.split_at_checked(ID)?;
            self.holds(&name_of(id));
            let held = self.held.read();
            let key = held.in_use().find(|key| key.id == id)?;
            Some((key.open(place, rest)?, key.fingerprint()))
        };
        // A value from before keys had names says nothing, so each is tried.
        named(sealed).or_else(|| self.held.read().in_use().find_map(|key| Some((key.open(place, sealed)?, key.fingerprint()))))
    }

    /// Whether a sealed value names this key as its own.
    pub(super) fn is_named(sealed: &[u8], fingerprint: &str) -> bool {
        sealed.strip_prefix(NAMED).and_then(|rest| rest.get(..ID)).is_some_and(|id| name_of(id) == fingerprint)
    }

    /// A token that carries `content` and cannot be made by anybody else. `purpose` keeps kinds of token apart.
    pub fn sign(&self, purpose: &str, content: &[u8]) -> String {
        let held = self.held.read();
        let signature = held.active().map(|key| mac(&key.sign, &[purpose.as_bytes(), content])).unwrap_or_default();
        URL_SAFE_NO_PAD.encode([content, &signature[..]].concat())
    }

    /// The content of a token made by [`Vault::sign`] for the same purpose, with a key that is not retired.
    pub fn verify(&self, purpose: &str, token: &str) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (content, signature) = bytes.split_at_checked(bytes.len().checked_sub(32)?)?;
        let held = self.held.read();
        let genuine = held.in_use().any(|key| bool::from(mac(&key.sign, &[purpose.as_bytes(), content]).ct_eq(signature)));
        genuine.then(|| content.to_vec())
    }
}

fn stamp(found: &fs::Metadata) -> (u64, i64, i64) {
    (found.ino(), found.mtime(), found.mtime_nsec())
}

fn keys_of(path: &Path) -> io::Result<(Vec<Key>, (u64, i64, i64))> {
    let mut file = File::open(path)?;
    // Told before it is read: whoever replaces it meanwhile makes another file.
    let read_from = stamp(&file.metadata()?);
    let wrong = || io::Error::new(io::ErrorKind::InvalidData, format!("{} is not a file of master keys, or it was cut off", path.display()));
    let mut text = String::new();
    io::Read::read_to_string(&mut file, &mut text).map_err(|error| if error.kind() == io::ErrorKind::InvalidData { wrong() } else { error })?;
    let keys = text.lines().map(|line| Key::read(line.trim())).collect::<Option<Vec<_>>>().filter(|keys| !keys.is_empty() && keys.len() <= MOST);
    Ok((keys.ok_or_else(wrong)?, read_from))
}

/// Writes the file beside its place, flushes it, and puts it there. It belongs to whom the old one belonged: `rapport key` may be
/// called by root, the server is not.
fn write(path: &Path, keys: &[Key], chance: &Chance, replace: bool) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = folder.join(format!(".{name}.{}", chance.token()));
    if replace {
        sweep(folder, &format!(".{name}."));
    }
    let written = (|| {
        let mut file = File::options().write(true).create_new(true).mode(0o600).open(&beside)?;
        if let (true, Ok(old)) = (replace, fs::metadata(path)) {
            let mine = file.metadata()?;
            if (mine.uid(), mine.gid()) != (old.uid(), old.gid()) {
                fchown(&file, Some(old.uid()), Some(old.gid()))?;
            }
        }
        let text: String = keys.iter().map(|key| key.line.clone() + "\n").collect();
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        match replace {
            true => fs::rename(&beside, path),
            false => fs::hard_link(&beside, path).or_else(|error| if error.kind() == io::ErrorKind::AlreadyExists { Ok(()) } else { Err(error) }),
        }
    })();
    if written.is_err() || !replace {
        let _ = fs::remove_file(&beside);
    }
    written?;
    sync_folder(folder)
}

/// Removes what a killed writer has left: keys must not lie around. Only whoever changes keys calls it, and that is one at a time.
fn sweep(folder: &Path, begins: &str) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(|name| name.starts_with(begins)) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
