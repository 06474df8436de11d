//! Files by their content: a blob is named by the SHA-256 of its bytes and written once, into a folder or an S3-compatible bucket
//! (`bucket.rs`).
//!
//! File and folder are fsynced, or the bucket has said that it has it, before a row may refer to a blob; what is read is hashed, and
//! its end withheld when it is not what was written. Who refers to a blob is rows (`blob_reference`); a blob without references is
//! collected after a grace period, and so is a file that no row names (`stray.rs`).
//!
//! Everything here blocks, whichever place it is: an asynchronous caller uses a thread that may wait.

mod bucket;
mod stray;
#[cfg(test)]
pub(crate) mod tests;

use std::{
    fs::{self, File, TryLockError},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

pub use bucket::Address;
use bucket::Bucket;
use sha2::{Digest, Sha256};
pub use stray::collect_strays;
use tokio::sync::RwLock;
use uuid::Uuid;

use crate::{
    clock::Moment,
    ids::Chance,
    params,
    store::{self, Result, Tx},
};

/// Where blobs are to be kept.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Files {
    /// In the folder `files` of the data folder.
    #[default]
    Folder,
    /// In a bucket.
    Bucket {
        /// Which.
        address: Address,
        /// The access key's id.
        key: String,
        /// Never shown.
        secret: String,
    },
}

impl std::fmt::Debug for Files {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Files::Folder => f.write_str("the folder files"),
            Files::Bucket { address, .. } => write!(f, "{address}"),
        }
    }
}

impl Files {
    /// Opens the place for the installation in the folder `data`.
    pub fn open(&self, data: &Path) -> io::Result<Blobs> {
        let mut blobs = Blobs::open(data.join("files"))?;
        blobs.bucket = self.bucket()?;
        Ok(blobs)
    }

    fn bucket(&self) -> io::Result<Option<Bucket>> {
        match self {
            Files::Folder => Ok(None),
            Files::Bucket { address, key, secret } => Bucket::open(address, key, secret).map(Some),
        }
    }

    /// Takes what a restore has unpacked into `folder` into the bucket. `false` where blobs are kept in a folder: then that is moved.
    pub(crate) fn take_in(&self, folder: &Path, watch: &mut dyn FnMut(u64, u64)) -> io::Result<bool> {
        let Some(bucket) = self.bucket()? else { return Ok(false) };
        let found = all_in(folder)?;
        for (number, (hash, _)) in found.iter().enumerate() {
            watch(number as u64, found.len() as u64);
            bucket.keep(&place(folder, hash)?, hash)?;
        }
        Ok(true)
    }
}

/// How long a node waits for another that collects; a node that stands still in the middle of it is not waited for.
const PATIENCE: Duration = Duration::from_secs(5);
const ASK_AGAIN: Duration = Duration::from_millis(50);

/// The place that holds the blobs. With a bucket, the folder is where uploads wait until their hash is known.
#[derive(Clone, Debug)]
pub struct Blobs {
    folder: PathBuf,
    bucket: Option<Bucket>,
    collecting: Arc<RwLock<()>>,
}

/// A blob that is kept for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    /// SHA-256 of its bytes, in hex.
    pub hash: String,
    /// Its length in bytes.
    pub size_bytes: i64,
    /// Its first bytes, from which its true type is told.
    pub head: Vec<u8>,
}

impl Blobs {
    /// Uses `folder`, which is made when missing.
    pub fn open(folder: impl Into<PathBuf>) -> io::Result<Blobs> {
        let folder = folder.into();
        fs::create_dir_all(folder.join("incoming"))?;
        Ok(Blobs { folder, bucket: None, collecting: Arc::default() })
    }

    /// Held from finishing a blob until the row that refers to it is durable, so that it is not collected in between, by whichever
    /// node. An error of kind `WouldBlock` when another node has been collecting for [`PATIENCE`].
    pub async fn while_referring(&self) -> io::Result<Referring<'_>> {
        let here = self.collecting.read().await;
        let lock = lock_file(&self.folder)?;
        for _ in 0..PATIENCE.as_millis() / ASK_AGAIN.as_millis() {
            match lock.try_lock_shared() {
                Ok(()) => return Ok(Referring { _here: here, _everywhere: lock }),
                Err(TryLockError::WouldBlock) => tokio::time::sleep(ASK_AGAIN).await,
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
        Err(io::Error::new(io::ErrorKind::WouldBlock, "another node is collecting files"))
    }

    /// Held while blobs nobody refers to are collected. `None` while a backup copies them or another node keeps some: then they are
    /// collected another time.
    pub async fn while_collecting(&self) -> io::Result<Option<Collecting<'_>>> {
        let here = self.collecting.write().await;
        let lock = lock_file(&self.folder)?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Collecting { _here: here, _everywhere: lock })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Begins a blob whose bytes arrive piece by piece.
    pub fn begin(&self, chance: &Chance) -> io::Result<Incoming> {
        let path = self.folder.join("incoming").join(chance.token());
        let file = File::options().write(true).create_new(true).open(&path)?;
        let (folder, bucket) = (self.folder.clone(), self.bucket.clone());
        Ok(Incoming { file, path, folder, bucket, digest: Sha256::new(), size_bytes: 0, head: Vec::new(), kept: false })
    }

    /// Opens a blob for reading. Its last bytes come only when all of it has the hash it is named by; otherwise an error does.
    pub fn read(&self, hash: &str) -> io::Result<Box<dyn Read + Send>> {
        let path = place(&self.folder, hash)?;
        Ok(match &self.bucket {
            Some(bucket) => Box::new(Verified::new(bucket.read(hash)?, hash)),
            None => Box::new(Verified::new(File::open(path)?, hash)),
        })
    }

    /// How long a blob is; none when it is not there.
    pub fn size(&self, hash: &str) -> io::Result<Option<u64>> {
        let path = place(&self.folder, hash)?;
        match &self.bucket {
            Some(bucket) => bucket.size(hash),
            None => match fs::metadata(path) {
                Ok(found) => Ok(Some(found.len())),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error),
            },
        }
    }

    /// Whether all of a blob has the hash it is named by. An error where that cannot be told: the storage does not answer.
    pub fn is_whole(&self, hash: &str) -> io::Result<bool> {
        let read = self.read(hash).and_then(|mut from| io::copy(&mut from, &mut io::sink()));
        match read {
            Ok(_) => Ok(true),
            Err(error) if self.bucket.is_none() || matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::NotFound) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Every blob with its length.
    pub fn all(&self) -> io::Result<Vec<(String, u64)>> {
        match &self.bucket {
            Some(bucket) => Ok(bucket.all("")?.into_iter().map(|(hash, size, _)| (hash, size)).collect()),
            None => all_in(&self.folder),
        }
    }

    /// Removes a blob nobody refers to.
    pub fn remove(&self, hash: &str) -> io::Result<()> {
        let path = place(&self.folder, hash)?;
        match &self.bucket {
            Some(bucket) => bucket.remove(hash),
            None => match fs::remove_file(path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                other => other,
            },
        }
    }

    /// Held by a backup, which is a process of its own: from before it looks at the database until it has copied the blobs, none is
    /// removed. Waits for a collection that runs. The lock is the system's, so it ends with the process, however that ends.
    pub fn while_copying(&self) -> io::Result<File> {
        let lock = lock_file(&self.folder)?;
        lock.lock_shared()?;
        Ok(lock)
    }
}

/// Reads ahead of whoever reads, so that the end is known to be right before it is given.
struct Verified<R> {
    from: R,
    hash: String,
    digest: Sha256,
    ready: Vec<u8>,
    given: usize,
    ahead: Vec<u8>,
    ended: bool,
}

impl<R: Read> Verified<R> {
    fn new(from: R, hash: &str) -> Verified<R> {
        Verified { from, hash: hash.to_owned(), digest: Sha256::new(), ready: Vec::new(), given: 0, ahead: Vec::new(), ended: false }
    }

    fn advance(&mut self) -> io::Result<()> {
        let mut next = Vec::with_capacity(64 << 10);
        (&mut self.from).take(64 << 10).read_to_end(&mut next)?;
        self.digest.update(&next);
        self.ended = next.is_empty();
        if self.ended && in_hex(std::mem::take(&mut self.digest)) != self.hash {
            return Err(io::Error::new(io::ErrorKind::InvalidData, format!("the upload {} is damaged: its content has another hash", self.hash)));
        }
        (self.ready, self.given) = (std::mem::replace(&mut self.ahead, next), 0);
        Ok(())
    }
}

impl<R: Read> Read for Verified<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !self.ended {
            self.advance()?;
        }
        let given = buffer.len().min(self.ready.len() - self.given);
        buffer[..given].copy_from_slice(&self.ready[self.given..self.given + given]);
        self.given += given;
        Ok(given)
    }
}

/// No process collects blobs as long as this is held.
pub struct Referring<'a> {
    _here: tokio::sync::RwLockReadGuard<'a, ()>,
    _everywhere: File,
}

/// No process refers to a new blob or copies blobs as long as this is held.
pub struct Collecting<'a> {
    _here: tokio::sync::RwLockWriteGuard<'a, ()>,
    _everywhere: File,
}

fn lock_file(folder: &Path) -> io::Result<File> {
    let path = folder.join("lock");
    // Somebody else's file is enough to hold a lock on, so it is opened for reading where it is there.
    match File::open(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => File::options().read(true).append(true).create(true).open(&path),
        opened => opened,
    }
}

/// Every blob in a folder with its length.
pub(crate) fn all_in(folder: &Path) -> io::Result<Vec<(String, u64)>> {
    let mut found = Vec::new();
    for outer in fs::read_dir(folder)? {
        let outer = outer?;
        let Some(first) = outer.file_name().to_str().filter(|name| name.len() == 2).map(str::to_owned) else { continue };
        for inner in fs::read_dir(outer.path())? {
            let inner = inner?;
            if let Some(rest) = inner.file_name().to_str().filter(|name| name.len() == 62) {
                found.push((first.clone() + rest, inner.metadata()?.len()));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The hash of what is stored under `hash`: the same, unless the file was damaged.
pub(crate) fn hash_of(folder: &Path, hash: &str) -> io::Result<String> {
    let (mut file, mut digest, mut buffer) = (File::open(place(folder, hash)?)?, Sha256::new(), vec![0; 256 << 10]);
    loop {
        match io::Read::read(&mut file, &mut buffer)? {
            0 => return Ok(in_hex(digest)),
            read => digest.update(&buffer[..read]),
        }
    }
}

/// A finished digest as text.
pub(crate) fn in_hex(digest: Sha256) -> String {
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A blob whose bytes are still arriving. Dropped unfinished, it leaves nothing behind.
pub struct Incoming {
    file: File,
    path: PathBuf,
    folder: PathBuf,
    bucket: Option<Bucket>,
    digest: Sha256,
    size_bytes: i64,
    head: Vec<u8>,
    kept: bool,
}

impl Incoming {
    /// Adds bytes.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.digest.update(bytes);
        self.size_bytes += bytes.len() as i64;
        let wanted = 512_usize.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(&bytes[..wanted]);
        Ok(())
    }

    /// How many bytes arrived so far.
    pub fn size_bytes(&self) -> i64 {
        self.size_bytes
    }

    /// Makes the blob durable under its name. Only after this may a row refer to it.
    pub fn finish(mut self) -> io::Result<Blob> {
        let hash = in_hex(std::mem::take(&mut self.digest));
        if let Some(bucket) = &self.bucket {
            bucket.keep(&self.path, &hash)?;
            return Ok(Blob { hash, size_bytes: self.size_bytes, head: std::mem::take(&mut self.head) });
        }
        durable(self.file.sync_all())?;
        let target = place(&self.folder, &hash)?;
        let parent = target.parent().unwrap_or(&self.folder).to_owned();
        if !parent.exists() {
            fs::create_dir_all(&parent)?;
            durable(sync_folder(&self.folder))?;
        }
        fs::rename(&self.path, &target)?;
        self.kept = true;
        durable(sync_folder(&parent))?;
        Ok(Blob { hash, size_bytes: self.size_bytes, head: std::mem::take(&mut self.head) })
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if !self.kept {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// A rename is durable only when the folder that names the file is.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// After a flush that failed nobody knows what is on the device, and a second one would not tell: the process ends, as it does for
/// the database. A full disk is no failure.
fn durable(flushed: io::Result<()>) -> io::Result<()> {
    if let Err(error) = &flushed
        && !matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
    {
        store::end_process(&store::Error::Device(format!("a file could not be flushed: {error}")));
    }
    flushed
}

/// Two levels, so that no folder grows past easy listing. The name is checked: a hash from elsewhere cannot leave the folder.
pub(crate) fn place(folder: &Path, hash: &str) -> io::Result<PathBuf> {
    if hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not the name of a blob"));
    }
    Ok(folder.join(&hash[..2]).join(&hash[2..]))
}

/// The type of a file, told from its first bytes; what its sender says is not believed. Text without markup is `text/plain`.
pub fn sniff(head: &[u8]) -> String {
    match infer::get(head) {
        // Markup runs; it is kept as bytes nobody interprets.
        Some(kind) if !matches!(kind.mime_type(), "text/html" | "text/xml" | "image/svg+xml") => kind.mime_type().into(),
        None if std::str::from_utf8(head).or_else(|error| std::str::from_utf8(&head[..error.valid_up_to()]).map_err(|_| error)).is_ok_and(|text| {
            !text.is_empty() && text.len() + 4 > head.len() && !text.contains('<') && text.chars().all(|c| !c.is_control() || c.is_whitespace())
        }) =>
        {
            "text/plain".into()
        }
        _ => "application/octet-stream".into(),
    }
}

/// Notes in this transaction that `owner` refers to `blob`.
pub fn refer(tx: &mut Tx<'_>, blob: &Blob, owner_kind: &str, owner: Uuid) -> Result<()> {
    let now = tx.now();
    tx.exec("INSERT INTO blob (hash, size_bytes, created_at) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING", params![blob.hash, blob.size_bytes, now])?;
    tx.exec(
        "INSERT INTO blob_reference (hash, owner_kind, owner_id) VALUES ($1, $2, $3) ON CONFLICT (hash, owner_kind, owner_id) DO NOTHING",
        params![blob.hash, owner_kind, owner],
    )?;
    Ok(())
}

/// Takes back that `owner` refers to a blob. Whether nothing refers to it any more and it was kept before `before`: then its row is gone
/// as well, and its bytes are to be removed once this transaction is durable.
pub fn release(tx: &mut Tx<'_>, hash: &str, owner: Uuid, before: Moment) -> Result<bool> {
    tx.exec("DELETE FROM blob_reference WHERE hash = $1 AND owner_id = $2", params![hash, owner])?;
    let used = tx.opt("SELECT 1 AS used FROM blob_reference WHERE hash = $1 LIMIT 1", params![hash], |_| Ok(()))?.is_some();
    Ok(!used && tx.exec("DELETE FROM blob WHERE hash = $1 AND created_at < $2", params![hash, before])? == 1)
}

/// Every blob that rows name, with its length.
pub fn named(tx: &mut Tx<'_>) -> Result<Vec<(String, i64)>> {
    tx.all("SELECT hash, size_bytes FROM blob ORDER BY hash", params![], |row| Ok((row.get("hash")?, row.get("size_bytes")?)))
}
