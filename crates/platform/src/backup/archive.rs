//! The file of a backup: a tar whose last members are the manifest and a trailer.
//!
//! | member | holds |
//! | --- | --- |
//! | `README.txt` | what this is, for whoever finds it without Rapport |
//! | `database/000001.zst` ... | a SQLite file in pieces; `cat database/*.zst \| zstd -d` gives it back |
//! | `rows/TABLE/000001.jsonl.zst` ... | instead, the rows of PostgreSQL's tables, one JSON object a line |
//! | `files/ab/cdef...` | the blobs, named by the SHA-256 of their content |
//! | `manifest.json` | [`Manifest`]: the SHA-256 and length of every member before it |
//! | `complete.txt` | the trailer: where the manifest begins, how long everything before the trailer is, and its SHA-256 |
//!
//! The trailer has a fixed length and is the end of the file, so a file that was cut off has none, and a bit that changed anywhere
//! changes a hash.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::Path,
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Trouble;
use crate::{blobs::in_hex, clock::Moment};

/// Says that a manifest is one of ours.
pub const FORMAT: &str = "rapport-backup";
/// Raised when an older Rapport could not read it.
pub const VERSION: u32 = 1;
const BLOCK: usize = 512;
/// Head and text of `complete.txt`, and the two empty blocks that end a tar.
const TRAILER: usize = 4 * BLOCK;
const BUFFER: usize = 256 << 10;

const README: &str = "This is a backup of Rapport (customer service), an ordinary tar file.

Put it back with:      rapport restore THIS-FILE --data EMPTY-FOLDER --key MASTER-KEY
Only check it with:    rapport restore THIS-FILE --check

manifest.json says what is in it: version, time, schema, rows, and the SHA-256 of each member.
database/*.zst         a SQLite database in pieces:   cat database/*.zst | zstd -d > rapport.db
rows/TABLE/*.jsonl.zst or, from PostgreSQL, the rows of each table, one JSON object a line
files/                 uploads, each named by the SHA-256 of its content
complete.txt           is the end; a file without it was cut off

The master key is not in here. Without it the signing keys of web chats cannot be read.
";

/// What is in a backup.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// The Rapport that made it.
    pub rapport: String,
    /// `sqlite` or `postgres`.
    pub engine: String,
    /// The moment it shows.
    pub taken_at: Moment,
    /// Fingerprint of the master key that belongs to it.
    pub master_key: Option<String>,
    /// Every key its secrets may be sealed with; empty in backups from before keys could be changed.
    #[serde(default)]
    pub needed_keys: Vec<String>,
    /// Steps of the schema with their checksums.
    pub schema: Vec<(String, String)>,
    /// The newest position of the log.
    pub position: i64,
    /// Rows of each table.
    pub tables: BTreeMap<String, i64>,
    /// Uploads in it.
    pub file_count: i64,
    /// Their bytes.
    pub file_bytes: i64,
    /// Uploads that rows name and that were missing or damaged when it was taken; empty unless that was accepted.
    pub missing_files: Vec<String>,
    /// Every member before the manifest.
    pub members: Vec<Member>,
}

/// One member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its length.
    pub size_bytes: u64,
    /// Of its bytes as they stand in the tar.
    pub sha256: String,
}

/// A backup that is being written.
pub struct Sealing {
    out: BufWriter<File>,
    whole: Sha256,
    written: u64,
    at: Moment,
    /// What was added.
    pub members: Vec<Member>,
}

impl Sealing {
    /// Begins to write into `file`.
    pub fn begin(file: File, at: Moment) -> io::Result<Sealing> {
        let mut sealing = Sealing { out: BufWriter::with_capacity(BUFFER, file), whole: Sha256::new(), written: 0, at, members: Vec::new() };
        sealing.add("README.txt", README.as_bytes())?;
        Ok(sealing)
    }

    /// Adds a member.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.copy(name, bytes.len() as u64, &mut &bytes[..]).map(drop)
    }

    /// Adds a member of `size` bytes and gives its hash. Refuses a source that is shorter or longer than it was said to be.
    pub fn copy(&mut self, name: &str, size: u64, from: &mut dyn Read) -> io::Result<String> {
        self.put(head(name, size, self.at)?.as_bytes())?;
        let (mut digest, mut left, mut buffer) = (Sha256::new(), size, vec![0; BUFFER.min(usize::try_from(size).unwrap_or(BUFFER).max(1))]);
        loop {
            match from.read(&mut buffer)? {
                0 if left == 0 => break,
                read if read > 0 && read as u64 <= left => {
                    digest.update(&buffer[..read]);
                    self.put(&buffer[..read])?;
                    left -= read as u64;
                }
                _ => return Err(io::Error::new(io::ErrorKind::InvalidData, format!("{name} changed its length while it was read"))),
            }
        }
        self.fill_block()?;
        let sha256 = in_hex(digest);
        self.members.push(Member { name: name.to_owned(), size_bytes: size, sha256: sha256.clone() });
        Ok(sha256)
    }

    /// Writes manifest and trailer, and returns when all of it is on the device. How long the file is.
    pub fn seal(mut self, manifest: &Manifest) -> io::Result<u64> {
        let text = serde_json::to_vec_pretty(manifest)?;
        let begins = self.written;
        self.put(head("manifest.json", text.len() as u64, self.at)?.as_bytes())?;
        self.put(&text)?;
        self.fill_block()?;
        let trailer = trailer(begins, self.written, &in_hex(self.whole.clone()), self.at)?;
        self.out.write_all(&trailer)?;
        let file = self.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(self.written + TRAILER as u64)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.whole.update(bytes);
        self.written += bytes.len() as u64;
        self.out.write_all(bytes)
    }

    fn fill_block(&mut self) -> io::Result<()> {
        let rest = (BLOCK - (self.written % BLOCK as u64) as usize) % BLOCK;
        self.put(&[0; BLOCK][..rest])
    }
}

fn head(name: &str, size: u64, at: Moment) -> io::Result<tar::Header> {
    let mut head = tar::Header::new_ustar();
    head.set_path(name)?;
    head.set_size(size);
    // Customers' words are in it: whoever unpacks it is the only one to read them.
    head.set_mode(0o600);
    head.set_mtime(u64::try_from(at.0 / 1_000_000).unwrap_or(0));
    head.set_entry_type(tar::EntryType::Regular);
    head.set_cksum();
    Ok(head)
}

fn trailer(manifest_begins: u64, length: u64, sha256: &str, at: Moment) -> io::Result<Vec<u8>> {
    let seconds = at.0 / 1_000_000;
    let text = format!("complete; manifest at {manifest_begins:020}, length {length:020}, SHA-256 {sha256}, time {seconds:020}\n");
    let mut bytes = head("complete.txt", text.len() as u64, at)?.as_bytes().to_vec();
    bytes.extend_from_slice(text.as_bytes());
    bytes.resize(TRAILER, 0);
    Ok(bytes)
}

/// A backup that has an end. Its content is not believed before [`Opened::read`] has seen all of it.
pub struct Opened {
    file: File,
    length: u64,
    sha256: String,
    /// As it says of itself.
    pub manifest: Manifest,
}

impl Opened {
    /// Opens a backup: looks at its end and reads the manifest.
    pub fn open(path: &Path) -> Result<Opened, Trouble> {
        let unreadable =
            |error: io::Error| Trouble::new(format!("the backup {} cannot be read: {error}", path.display()), "Check the path and who may read it");
        let mut file = File::open(path).map_err(unreadable)?;
        let total = file.metadata().map_err(unreadable)?.len();
        let mut end = vec![0; TRAILER];
        let cut = || {
            Trouble::new(
                format!("{} is cut off, or it is not a backup of Rapport: its end is missing", path.display()),
                "Copy it again from where it was made, or take another backup",
            )
        };
        if total < TRAILER as u64 {
            return Err(cut());
        }
        file.seek(SeekFrom::Start(total - TRAILER as u64)).and_then(|_| file.read_exact(&mut end)).map_err(unreadable)?;
        let (begins, length, sha256, at) = read_trailer(&end).ok_or_else(cut)?;
        let same = trailer(begins, length, &sha256, Moment(at.saturating_mul(1_000_000))).is_ok_and(|genuine| genuine == end);
        if !same || length != total - TRAILER as u64 || begins >= length || length - begins > 1 << 30 {
            return Err(cut());
        }
        let mut text = vec![0; usize::try_from(length - begins).unwrap_or(0)];
        file.seek(SeekFrom::Start(begins)).and_then(|_| file.read_exact(&mut text)).map_err(unreadable)?;
        file.rewind().map_err(unreadable)?;
        let manifest = one_member(&text).ok_or_else(|| damaged(path, "its manifest cannot be read"))?;
        if manifest.format != FORMAT || manifest.version > VERSION {
            return Err(Trouble::new(
                format!("{} was made by a newer Rapport ({}), in a form this one does not know", path.display(), manifest.rapport),
                "Use that version, or a newer one",
            ));
        }
        Ok(Opened { file, length, sha256, manifest })
    }

    /// How long it is, without its trailer.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Reads all of it: `member` gets the name, length and bytes of each. Fails unless every hash is right.
    pub fn read(&self, path: &Path, member: &mut dyn FnMut(&str, &mut dyn Read) -> io::Result<()>) -> Result<(), Trouble> {
        let file = self.file.try_clone().map_err(|error| damaged(path, &error.to_string()))?;
        let mut whole = Hashed::new(BufReader::with_capacity(BUFFER, file).take(self.length));
        let mut expected = self.manifest.members.iter();
        let mut last = false;
        {
            let mut archive = tar::Archive::new(&mut whole);
            let broken = |error: io::Error| damaged(path, &error.to_string());
            for entry in archive.entries().map_err(broken)? {
                let mut entry = entry.map_err(broken)?;
                let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
                if name == "manifest.json" {
                    last = true;
                    continue;
                }
                let wanted = expected.next().filter(|wanted| !last && wanted.name == name && wanted.size_bytes == entry.size());
                let wanted = wanted.ok_or_else(|| damaged(path, &format!("{name} is not where the manifest has it")))?;
                let mut hashed = Hashed::new(&mut entry);
                member(&name, &mut hashed).map_err(|error| match error.kind() {
                    io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                        Trouble::new("the disk is full", "Make room for about three times the backup, then try again")
                    }
                    _ => damaged(path, &format!("{name}: {error}")),
                })?;
                io::copy(&mut hashed, &mut io::sink()).map_err(broken)?;
                if in_hex(hashed.digest) != wanted.sha256 {
                    return Err(damaged(path, &format!("{name} is not what was written: its SHA-256 differs")));
                }
            }
        }
        io::copy(&mut whole, &mut io::sink()).map_err(|error| damaged(path, &error.to_string()))?;
        match expected.next() {
            Some(missing) => Err(damaged(path, &format!("{} is missing", missing.name))),
            None if in_hex(whole.digest) != self.sha256 => Err(damaged(path, "its bytes are not those that were written: the SHA-256 of the whole differs")),
            None => Ok(()),
        }
    }
}

/// Says that the bytes are not those that were written.
pub fn damaged(path: &Path, how: &str) -> Trouble {
    Trouble::new(format!("the backup {} is damaged: {how}", path.display()), "Copy it again from where it was made, or take another backup")
}

fn one_member(text: &[u8]) -> Option<Manifest> {
    let mut archive = tar::Archive::new(text);
    let entry = archive.entries().ok()?.next()?.ok()?;
    if &*entry.path_bytes() != b"manifest.json" {
        return None;
    }
    serde_json::from_reader(entry).ok()
}

fn read_trailer(bytes: &[u8]) -> Option<(u64, u64, String, i64)> {
    let text = std::str::from_utf8(&bytes[BLOCK..2 * BLOCK]).ok()?;
    let rest = text.strip_prefix("complete; manifest at ")?;
    let (begins, rest) = rest.split_once(", length ")?;
    let (length, rest) = rest.split_once(", SHA-256 ")?;
    let (sha256, rest) = rest.split_once(", time ")?;
    Some((begins.parse().ok()?, length.parse().ok()?, sha256.to_owned(), rest.split('\n').next()?.parse().ok()?))
}

/// A reader that hashes what passes.
struct Hashed<R> {
    from: R,
    digest: Sha256,
}

impl<R: Read> Hashed<R> {
    fn new(from: R) -> Hashed<R> {
        Hashed { from, digest: Sha256::new() }
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.digest.update(&buffer[..read]);
        Ok(read)
    }
}
