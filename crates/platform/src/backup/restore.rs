//! Putting a backup back.
//!
//! Everything is unpacked beside its place, every hash is compared, the database is opened and checked, its uploads are counted,
//! and only then are things renamed: uploads and key first, the database last, because a data folder without a database is empty.

use std::{
    collections::{BTreeMap, VecDeque},
    fs::{self, File},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use super::{Manifest, Opened, Place, Progress, Trouble, Watcher, archive::damaged};
use crate::{
    blobs,
    crypto::Vault,
    store::{
        Database, Migration,
        snapshot::{self, Contents, Standing},
    },
};

/// Where things are unpacked, in the data folder: on the same file system, so that a rename is all that is left to do.
const STAGE: &str = ".restoring";

/// Reads the whole backup and compares every hash; puts nothing anywhere.
pub fn check(from: &Path, watch: &mut Watcher<'_>) -> Result<Manifest, Trouble> {
    let opened = Opened::open(from)?;
    let (mut done, total) = (0, opened.length());
    opened.read(from, &mut |name, bytes| {
        known(name)?;
        done += io::copy(bytes, &mut io::sink())?;
        watch(Progress { what: "comparing hashes", done, total });
        Ok(())
    })?;
    Ok(opened.manifest)
}

/// Restores into a data folder that is empty or not there, and into a database that is empty or not there.
pub fn restore(from: &Path, place: &Place<'_>, key: Option<&Path>, watch: &mut Watcher<'_>) -> Result<Manifest, Trouble> {
    let opened = Opened::open(from)?;
    let manifest = &opened.manifest;
    refuse_what_is_there(place)?;
    let steps = fitting(manifest, place)?;
    let key = key.map(|path| right_key(path, manifest)).transpose()?;

    let stage = Stage::begin(place).map_err(|error| unwritable(place.data, &error))?;
    let (mut done, total) = (0, opened.length());
    let mut rows = VecDeque::new();
    let mut database = None;
    opened.read(from, &mut |name, bytes| {
        done += stage.unpack(name, bytes, &mut database, &mut rows)?;
        watch(Progress { what: "unpacking", done, total });
        Ok(())
    })?;
    drop(database);
    watch(Progress { what: "checking", done: 0, total: 0 });
    match place.database {
        Database::Sqlite(path) => {
            let found = snapshot::check_sqlite(&stage.database, true).map_err(|error| damaged(from, &error.to_string()))?;
            if let Some(first) = found.first() {
                return Err(damaged(from, &format!("the database in it is not whole: {first}")));
            }
            let contents = snapshot::contents_sqlite(&stage.database).map_err(|error| damaged(from, &error.to_string()))?;
            compare(manifest, &contents, &stage.files()).map_err(|how| damaged(from, &how))?;
            stage.put_in_place(place, key.as_deref(), watch).map_err(|error| unwritable(place.data, &error))?;
            if path.exists() {
                return Err(Trouble::new(
                    format!("{} appeared while the backup was unpacked", path.display()),
                    "Stop whatever writes there, empty the folder, and try again",
                ));
            }
            fs::rename(&stage.database, path).and_then(|()| blobs::sync_folder(folder_of(path))).map_err(|error| unwritable(place.data, &error))?;
        }
        Database::Postgres(server) => {
            let mut failed = None;
            let mut pieces = || -> io::Result<Option<(String, Vec<u8>)>> {
                let Some((table, path)) = rows.pop_front() else { return Ok(None) };
                watch(Progress { what: "rows", done: 0, total: 0 });
                Ok(Some((table, zstd::stream::decode_all(File::open(path)?)?)))
            };
            let mut ready = |contents: &Contents| {
                compare(manifest, contents, &stage.files())?;
                stage.put_in_place(place, key.as_deref(), &mut |_| {}).map_err(|error| {
                    failed = Some(unwritable(place.data, &error));
                    error.to_string()
                })
            };
            let filled = snapshot::fill_postgres(server, &steps, &mut pieces, &mut ready);
            if let Err(error) = filled {
                return Err(failed.unwrap_or_else(|| {
                    Trouble::new(
                        format!("the rows could not be put into the database: {error}"),
                        "The database took nothing. Empty the data folder if there is something in it, and try again",
                    )
                }));
            }
        }
    }
    Ok(opened.manifest)
}

/// A restore never mixes with what is there.
fn refuse_what_is_there(place: &Place<'_>) -> Result<(), Trouble> {
    let data = place.data.display();
    for entry in fs::read_dir(place.data).into_iter().flatten().flatten() {
        match entry.file_name().to_str() {
            Some("lost+found") => {}
            Some(STAGE) => {
                return Err(Trouble::new(
                    format!("{data} holds what a broken-off restore has left"),
                    format!("Make sure that none is running, remove everything in {data}, and try again"),
                ));
            }
            _ => {
                let what = entry.file_name();
                return Err(Trouble::new(
                    format!("the data folder {data} is not empty: it holds {}", what.display()),
                    "Name an empty folder with --data, or move the old one away; it may be the only copy of what happened since the backup",
                ));
            }
        }
    }
    match place.database {
        Database::Sqlite(path) => {
            for ending in ["", "-wal", "-shm"] {
                let mut file = path.clone().into_os_string();
                file.push(ending);
                if Path::new(&file).exists() {
                    return Err(Trouble::new(
                        format!("there is a database already: {}", file.display()),
                        "Move it away, or name another place with --database",
                    ));
                }
            }
            Ok(())
        }
        Database::Postgres(server) => match snapshot::is_empty_postgres(server) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Trouble::new(format!("the database {} is not empty", server.shown), "Make a new one with createdb, and name it with --database")),
            Err(error) => Err(Trouble::new(error.to_string(), "Check that the database server runs and the URL is right")),
        },
    }
}

/// The steps of the backup's schema, when this version knows all of them.
fn fitting(manifest: &Manifest, place: &Place<'_>) -> Result<Vec<Migration>, Trouble> {
    let wanted = match place.database {
        Database::Sqlite(_) => "sqlite",
        Database::Postgres(_) => "postgres",
    };
    if manifest.engine != wanted {
        let (is, needs) =
            if wanted == "sqlite" { ("PostgreSQL", "Name an empty PostgreSQL database with --database") } else { ("SQLite", "Leave --database out") };
        return Err(Trouble::new(format!("this backup is one of {is}, which cannot be put into the other engine"), needs));
    }
    match snapshot::standing(&manifest.schema, place.migrations) {
        Standing::Current | Standing::Behind(_) => {
            Ok(place.migrations.iter().filter(|step| manifest.schema.iter().any(|(name, _)| name == step.name)).copied().collect())
        }
        Standing::Empty => Err(Trouble::new("this backup has no schema", "Take another one")),
        Standing::Newer(step) | Standing::Changed(step) => Err(Trouble::new(
            format!("this backup was made by another Rapport ({}), whose schema this one does not know (step {step})", manifest.rapport),
            "Restore it with that version",
        )),
    }
}

fn right_key(path: &Path, manifest: &Manifest) -> Result<String, Trouble> {
    let vault = Vault::read(path)
        .map_err(|error| Trouble::new(format!("the key {} cannot be read: {error}", path.display()), "Name the file that `rapport backup --key` made"))?;
    let held = vault.fingerprints();
    let wanted = if manifest.needed_keys.is_empty() { manifest.master_key.as_slice() } else { &manifest.needed_keys };
    let missing: Vec<&str> = wanted.iter().filter(|wanted| !held.contains(wanted)).map(String::as_str).collect();
    if !missing.is_empty() {
        return Err(Trouble::new(
            format!("{} is not the key of this backup: it holds {}, the backup needs {}", path.display(), held.join(", "), missing.join(", ")),
            "Find a copy of the key file from the time of the backup: a key that was retired since is only in older copies. Without it secrets in the database cannot be read",
        ));
    }
    fs::read_to_string(path).map_err(|error| Trouble::new(format!("the key {} cannot be read: {error}", path.display()), "Check who may read it"))
}

/// What was unpacked must be what the manifest says, and every upload that rows name must be there.
fn compare(manifest: &Manifest, contents: &Contents, files: &Path) -> Result<(), String> {
    if manifest.schema != contents.schema {
        return Err("its schema is not the one the manifest names".into());
    }
    for (table, rows) in &manifest.tables {
        let found = contents.tables.get(table).copied().unwrap_or(0);
        if found != *rows {
            return Err(format!("the table {table} has {found} rows, the manifest says {rows}"));
        }
    }
    if manifest.position != contents.position {
        return Err(format!("the log ends at {}, the manifest says {}", contents.position, manifest.position));
    }
    let there: BTreeMap<String, u64> = blobs::all_in(files).map_err(|error| error.to_string())?.into_iter().collect();
    for (hash, size) in &contents.blobs {
        let fits = there.get(hash).is_some_and(|found| i64::try_from(*found).is_ok_and(|found| found == *size));
        if !fits && !manifest.missing_files.contains(hash) {
            return Err(format!("the upload {hash} that the database names is missing"));
        }
    }
    Ok(())
}

/// Whether a name is one that a backup has: nothing else is written anywhere.
fn known(name: &str) -> io::Result<Kind<'_>> {
    let stranger = || io::Error::new(io::ErrorKind::InvalidData, "no backup has a member of this name");
    let mut parts = name.split('/');
    let number =
        |text: &str, ending: &str| text.strip_suffix(ending).is_some_and(|number| number.len() == 6 && number.bytes().all(|byte| byte.is_ascii_digit()));
    let kind = match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some("README.txt"), None, ..) => Kind::Words,
        (Some("database"), Some(piece), None, _) if number(piece, ".zst") => Kind::Database,
        (Some("rows"), Some(table), Some(piece), None)
            if number(piece, ".jsonl.zst") && !table.is_empty() && table.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') =>
        {
            Kind::Rows(table)
        }
        (Some("files"), Some(first), Some(rest), None) if first.len() == 2 => Kind::Upload(format!("{first}{rest}")),
        _ => return Err(stranger()),
    };
    if let Kind::Upload(hash) = &kind {
        blobs::place(Path::new(""), hash).map_err(|_| stranger())?;
    }
    Ok(kind)
}

enum Kind<'a> {
    Words,
    Database,
    Rows(&'a str),
    Upload(String),
}

/// What is unpacked and not yet in place. Dropped before the end, it leaves nothing behind.
struct Stage {
    folder: PathBuf,
    database: PathBuf,
    made: Option<PathBuf>,
}

impl Stage {
    fn begin(place: &Place<'_>) -> io::Result<Stage> {
        let made = (!place.data.exists()).then(|| place.data.to_owned());
        let private = |path: &Path| fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
        private(place.data)?;
        let folder = place.data.join(STAGE);
        private(&folder.join("files"))?;
        let database = match place.database {
            Database::Sqlite(path) => {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                folder_of(path).join(format!(".{name}{STAGE}"))
            }
            Database::Postgres(_) => folder.join("database"),
        };
        Ok(Stage { folder, database, made })
    }

    fn files(&self) -> PathBuf {
        self.folder.join("files")
    }

    /// Writes one member to where it waits; how many bytes it had.
    fn unpack(&self, name: &str, bytes: &mut dyn Read, database: &mut Option<File>, rows: &mut VecDeque<(String, PathBuf)>) -> io::Result<u64> {
        let fresh = |path: &Path| File::options().write(true).create_new(true).mode(0o600).open(path);
        match known(name)? {
            Kind::Words => io::copy(bytes, &mut io::sink()),
            Kind::Database => {
                if database.is_none() {
                    *database = Some(fresh(&self.database)?);
                }
                let mut counted = Counted { from: bytes, read: 0 };
                if let Some(file) = database {
                    io::copy(&mut zstd::stream::Decoder::new(&mut counted)?, file)?;
                }
                Ok(counted.read)
            }
            Kind::Rows(table) => {
                let path = self.folder.join(format!("rows-{:06}", rows.len()));
                let written = io::copy(bytes, &mut fresh(&path)?)?;
                rows.push_back((table.to_owned(), path));
                Ok(written)
            }
            Kind::Upload(hash) => {
                let path = blobs::place(&self.files(), &hash)?;
                fs::create_dir_all(folder_of(&path))?;
                let mut file = fresh(&path)?;
                let written = io::copy(bytes, &mut file)?;
                // The manifest's hash is compared by whoever reads the archive; the name is a hash as well.
                if blobs::hash_of(&self.files(), &hash)? != hash {
                    return Err(io::Error::new(io::ErrorKind::InvalidData, "its content does not have the hash it is named by"));
                }
                Ok(written)
            }
        }
    }

    /// Everything but the database: on the device first, then under its name.
    fn put_in_place(&self, place: &Place<'_>, key: Option<&str>, watch: &mut Watcher<'_>) -> io::Result<()> {
        let data = place.data;
        if self.database.exists() {
            File::open(&self.database)?.sync_all()?;
        }
        // One flush for all uploads instead of one for each.
        rustix::fs::syncfs(File::open(&self.folder)?)?;
        if let Some(key) = key {
            let staged = self.folder.join("master.key");
            let mut file = File::options().write(true).create_new(true).mode(0o600).open(&staged)?;
            file.write_all(key.as_bytes())?;
            file.sync_all()?;
            fs::rename(staged, data.join("master.key"))?;
        }
        if !place.files.take_in(&self.files(), &mut |done, total| watch(Progress { what: "uploading files", done, total }))? {
            fs::rename(self.files(), data.join("files"))?;
        }
        blobs::sync_folder(data)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
        for ending in ["", "-journal", "-wal", "-shm"] {
            let mut path = self.database.clone().into_os_string();
            path.push(ending);
            let _ = fs::remove_file(path);
        }
        if let Some(made) = &self.made {
            // Only when nothing is in it, which is when nothing came of it.
            let _ = fs::remove_dir(made);
        }
    }
}

struct Counted<'a> {
    from: &'a mut dyn Read,
    read: u64,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.read += read as u64;
        Ok(read)
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn unwritable(folder: &Path, error: &io::Error) -> Trouble {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            Trouble::new(format!("the disk of {} is full", folder.display()), "Make room for about three times the backup, then try again")
        }
        _ => Trouble::new(format!("{} cannot be written: {error}", folder.display()), "Check who may write there, and the disk"),
    }
}
