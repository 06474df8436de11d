//! Files by their content: a blob is named by the SHA-256 of its bytes and written once.
//!
//! File and folder are fsynced before a row may refer to them. Who refers to a blob is rows (`blob_reference`); a blob
//! without references is collected after a grace period.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use sha2::{Digest, Sha256};
use tokio::sync::RwLock;
use uuid::Uuid;

use crate::{
    ids::Chance,
    params,
    store::{self, Result, Tx},
};

/// The folder that holds the blobs.
#[derive(Clone, Debug)]
pub struct Blobs {
    folder: PathBuf,
    collecting: Arc<RwLock<()>>,
}

/// A blob that is on disk for good.
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
        Ok(Blobs { folder, collecting: Arc::default() })
    }

    /// Held from finishing a blob until the row that refers to it is durable, so that it is not collected in between.
    pub async fn while_referring(&self) -> tokio::sync::RwLockReadGuard<'_, ()> {
        self.collecting.read().await
    }

    /// Held while blobs nobody refers to are collected. `None` while a backup copies them: then they are collected another time.
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
        Ok(Incoming { file, path, folder: self.folder.clone(), digest: Sha256::new(), size_bytes: 0, head: Vec::new(), kept: false })
    }

    /// Opens a blob for reading.
    pub fn read(&self, hash: &str) -> io::Result<File> {
        File::open(place(&self.folder, hash)?)
    }

    /// Removes a blob nobody refers to.
    pub fn remove(&self, hash: &str) -> io::Result<()> {
        match fs::remove_file(place(&self.folder, hash)?) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }
}

/// Nobody in this process refers to a new blob, and no process copies blobs, as long as this is held.
pub struct Collecting<'a> {
    _here: tokio::sync::RwLockWriteGuard<'a, ()>,
    _everywhere: File,
}

/// Held by a backup, which is a process of its own: from before it looks at the database until it has copied the blobs, none is
/// removed. Waits for a collection that runs. The lock is the system's, so it ends with the process, however that ends.
pub fn while_copying(folder: &Path) -> io::Result<File> {
    let lock = lock_file(folder)?;
    lock.lock_shared()?;
    Ok(lock)
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
pub fn all(folder: &Path) -> io::Result<Vec<(String, u64)>> {
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
pub fn hash_of(folder: &Path, hash: &str) -> io::Result<String> {
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
        durable(self.file.sync_all())?;
        let hash = in_hex(std::mem::take(&mut self.digest));
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

/// Every blob that rows name, with its length.
pub fn named(tx: &mut Tx<'_>) -> Result<Vec<(String, i64)>> {
    tx.all("SELECT hash, size_bytes FROM blob ORDER BY hash", params![], |row| Ok((row.get("hash")?, row.get("size_bytes")?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bytes_are_kept_once_under_their_hash() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path()).unwrap();

        let stored: Vec<Blob> = (0..2)
            .map(|_| {
                let mut incoming = blobs.begin(&Chance::Real).unwrap();
                incoming.write(b"hel").unwrap();
                incoming.write(b"lo").unwrap();
                incoming.finish().unwrap()
            })
            .collect();

        assert_eq!(stored[0], stored[1]);
        assert_eq!(stored[0].hash, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assert_eq!(io::read_to_string(blobs.read(&stored[0].hash).unwrap()).unwrap(), "hello");
        assert_eq!(fs::read_dir(folder.path().join("incoming")).unwrap().count(), 0);
    }

    #[test]
    fn an_upload_that_breaks_off_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path()).unwrap();

        blobs.begin(&Chance::Real).unwrap().write(b"half").unwrap();

        assert_eq!(fs::read_dir(folder.path().join("incoming")).unwrap().count(), 0);
    }

    #[test]
    fn the_type_is_read_from_the_bytes() {
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n0000"), "image/png");
        assert_eq!(sniff(b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>"), "application/octet-stream");
        assert_eq!(sniff(b"<html><script>"), "application/octet-stream");
        assert_eq!(sniff("Dzień dobry".as_bytes()), "text/plain");
    }

    #[test]
    fn a_name_that_is_no_hash_cannot_leave_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Blobs::open(folder.path()).unwrap().read("../../etc/passwd").is_err());
    }
}
