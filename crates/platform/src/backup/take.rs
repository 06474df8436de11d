//! Taking a backup.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use super::{
    Manifest, Place, Progress, Trouble, Watcher,
    archive::{FORMAT, Sealing, VERSION},
};
use crate::{
    blobs::{self, Blobs},
    clock::Moment,
    crypto::Vault,
    store::{
        Database, Error,
        snapshot::{self, Contents},
    },
};

/// Bytes of the database that become one member: what is held in memory.
const PIECE: usize = 16 << 20;
/// Level 3 is zstd's own default: twice the speed of the disk, and databases become a third.
const LEVEL: i32 = 3;

/// A backup that was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    /// What is in it.
    pub manifest: Manifest,
    /// How long the file is.
    pub size_bytes: u64,
    /// Why its time could not be noted in the database, if it could not.
    pub not_noted: Option<String>,
}

/// Takes a backup of everything but the master key. The file appears under its name when it is complete and on the device, or not
/// at all. With `accept_missing`, uploads that are missing or damaged are named in the manifest instead of ending the work.
pub fn take(place: &Place<'_>, to: &Path, accept_missing: bool, watch: &mut Watcher<'_>) -> Result<Taken, Trouble> {
    let (folder, name) = name_of(to)?;
    if to.exists() {
        return Err(Trouble::new(format!("{} is there already", to.display()), "Choose another name; a backup never replaces one"));
    }
    if let Database::Sqlite(path) = place.database
        && !path.exists()
    {
        return Err(Trouble::new(format!("there is no database {}", path.display()), "Name the data folder with --data, or the database with --database"));
    }
    let key = match Vault::read(&place.data.join("master.key")) {
        Ok(vault) => Some(vault.fingerprint()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(Trouble::new(format!("the master key cannot be read: {error}"), "Run this as the user the server runs as")),
    };
    let kept = place.files.open(place.data);
    let kept = kept.map_err(|error| Trouble::new(format!("the uploads cannot be reached: {error}"), "Check the data folder, and --files"))?;
    // From here on no upload is removed, in whichever process the server runs.
    let lock = kept.while_copying().map_err(|error| {
        Trouble::new(format!("the uploads cannot be held still: {error}"), "Run this as the user the server runs as, on the machine it runs on")
    })?;
    let unwritable = |error: io::Error| unwritable(folder, &error);
    sweep(folder, &name);
    let partial = Partial::begin(folder, &name, &place.chance).map_err(unwritable)?;
    let mut sealing;
    let (contents, engine, taken_at);
    match place.database {
        Database::Sqlite(path) => {
            engine = "sqlite";
            taken_at = place.clock.now();
            sealing = Sealing::begin(partial.file().map_err(unwritable)?, taken_at).map_err(unwritable)?;
            contents = sqlite(path, &partial, &mut sealing, watch)?;
        }
        Database::Postgres(server) => {
            engine = "postgres";
            let begun = place.clock.now();
            sealing = Sealing::begin(partial.file().map_err(unwritable)?, begun).map_err(unwritable)?;
            let mut pieces = std::collections::BTreeMap::<String, u32>::new();
            let mut bytes = 0;
            let sealing = &mut sealing;
            let mut piece = |table: &str, rows: &[u8]| {
                let number = pieces.entry(table.to_owned()).and_modify(|number| *number += 1).or_insert(1);
                sealing.add(&format!("rows/{table}/{number:06}.jsonl.zst"), &zstd::bulk::compress(rows, LEVEL)?)?;
                bytes += rows.len() as u64;
                watch(Progress { what: "rows", done: bytes, total: 0 });
                Ok(())
            };
            (contents, taken_at) = snapshot::rows_of_postgres(server, place.migrations, &mut piece).map_err(|error| unread(&error))?;
        }
    }
    let (file_count, file_bytes, missing_files) = uploads(&kept, &contents, accept_missing, &mut sealing, folder, watch)?;
    let manifest = Manifest {
        format: FORMAT.into(),
        version: VERSION,
        rapport: place.version.into(),
        engine: engine.into(),
        taken_at,
        master_key: contents.keys.first().cloned().or(key),
        needed_keys: contents.keys,
        schema: contents.schema,
        position: contents.position,
        tables: contents.tables,
        file_count,
        file_bytes,
        missing_files,
        members: std::mem::take(&mut sealing.members),
    };
    watch(Progress { what: "writing to the device", done: 0, total: 0 });
    let size = sealing.seal(&manifest).map_err(unwritable)?;
    drop(lock);
    partial.place(to).map_err(unwritable)?;
    let not_noted = note(place, taken_at, size, file_count);
    Ok(Taken { manifest, size_bytes: size, not_noted })
}

/// Copies the file beside the target first: pages are copied in seconds, and the live log can be folded back while the copy is
/// checked, compressed and written.
fn sqlite(path: &Path, partial: &Partial, sealing: &mut Sealing, watch: &mut Watcher<'_>) -> Result<Contents, Trouble> {
    let copy = partial.beside("database");
    // SQLite would make it readable by everybody.
    File::options().write(true).create_new(true).mode(0o600).open(&copy.0).map_err(|error| unwritable(copy.0.parent().unwrap_or(Path::new(".")), &error))?;
    let copied = snapshot::copy_sqlite(path, &copy.0, &mut |done, total| watch(Progress { what: "database", done, total }));
    copied.map_err(|error| unread(&error))?;
    watch(Progress { what: "checking the copy", done: 0, total: 0 });
    let found = snapshot::check_sqlite(&copy.0, false).map_err(|error| unread(&error))?;
    if let Some(first) = found.first() {
        return Err(Trouble::new(
            format!("the database is damaged ({first}), so a backup of it could not be restored"),
            "Keep every older backup. Look at the disk, then restore the newest backup that is whole; `rapport doctor` says more",
        ));
    }
    let contents = snapshot::contents_sqlite(&copy.0).map_err(|error| unread(&error))?;
    let mut pieces = || -> io::Result<()> {
        let mut file = File::open(&copy.0)?;
        let (total, mut done, mut held) = (file.metadata()?.len(), 0, Vec::with_capacity(PIECE));
        for number in 1.. {
            held.clear();
            (&mut file).take(PIECE as u64).read_to_end(&mut held)?;
            if held.is_empty() {
                break;
            }
            sealing.add(&format!("database/{number:06}.zst"), &zstd::bulk::compress(&held, LEVEL)?)?;
            done += held.len() as u64;
            watch(Progress { what: "packing the database", done, total });
        }
        Ok(())
    };
    pieces().map_err(|error| unwritable(copy.0.parent().unwrap_or(Path::new(".")), &error))?;
    Ok(contents)
}

/// Every upload that the snapshot names. Each is there: its file was durable before its row, and none is removed meanwhile.
fn uploads(
    kept: &Blobs,
    contents: &Contents,
    accept_missing: bool,
    sealing: &mut Sealing,
    folder: &Path,
    watch: &mut Watcher<'_>,
) -> Result<(i64, i64, Vec<String>), Trouble> {
    let (mut count, mut bytes, mut missing) = (0, 0, Vec::new());
    for (number, (hash, size)) in contents.blobs.iter().enumerate() {
        watch(Progress { what: "files", done: number as u64, total: contents.blobs.len() as u64 });
        // A storage that does not answer is no reason to call an upload lost.
        let silent = |error: io::Error| {
            Trouble::new(format!("the uploads cannot be read: {error}"), "Check the storage, the way to it and its credentials, then try again")
        };
        let there = kept.size(hash).map_err(silent)?;
        // A damaged file must not stand in the backup under the name of the whole one, so it is hashed before it is copied.
        if there == Some(size.unsigned_abs()) && kept.is_whole(hash).map_err(silent)? {
            let name = format!("files/{}/{}", &hash[..2], &hash[2..]);
            let mut file = kept.read(hash).map_err(silent)?;
            sealing.copy(&name, size.unsigned_abs(), &mut file).map_err(|error| unwritable(folder, &error))?;
            count += 1;
            bytes += size;
        } else {
            missing.push(hash.clone());
        }
    }
    match missing.first() {
        Some(first) if !accept_missing => Err(Trouble::new(
            format!(
                "{} of {} uploads that the database names are missing or damaged, e.g. files/{}/{}",
                missing.len(),
                contents.blobs.len(),
                &first[..2],
                &first[2..]
            ),
            "Bring them back from an older backup; `rapport doctor --deep` lists them. With --accept-missing the rest is backed up without them",
        )),
        _ => Ok((count, bytes, missing)),
    }
}

/// Notes the time, so that it can be told how old the last backup is. The backup is complete whether or not this works.
fn note(place: &Place<'_>, taken_at: Moment, size: u64, files: i64) -> Option<String> {
    let finished_at = place.clock.now();
    let id = place.chance.id(finished_at);
    match snapshot::note_backup(place.database, id, taken_at, finished_at, i64::try_from(size).unwrap_or(i64::MAX), files) {
        Ok(true) => None,
        Ok(false) => Some("the schema is older than this version".into()),
        Err(error) => Some(error.to_string()),
    }
}

/// Copies the file of master keys into one that its owner only can read. The fingerprints of its keys, the newest first.
pub fn copy_key(place: &Place<'_>, to: &Path) -> Result<String, Trouble> {
    let (folder, name) = name_of(to)?;
    let path = place.data.join("master.key");
    let vault = Vault::read(&path).map_err(|error| {
        Trouble::new(format!("the master key {} cannot be read: {error}", path.display()), "Name the data folder with --data, and run this as its owner")
    })?;
    if to.exists() {
        return Err(Trouble::new(format!("{} is there already", to.display()), "Choose another name; a key is never replaced"));
    }
    let copied = || -> io::Result<()> {
        let partial = Partial::begin(folder, &name, &place.chance)?;
        let mut file = partial.file()?;
        file.write_all(&fs::read(&path)?)?;
        file.sync_all()?;
        partial.place(to)
    };
    copied().map_err(|error| unwritable(folder, &error))?;
    Ok(vault.fingerprints().join(", "))
}

fn name_of(to: &Path) -> Result<(&Path, String), Trouble> {
    let name =
        to.file_name().and_then(|name| name.to_str()).ok_or_else(|| Trouble::new(format!("{} is not the name of a file", to.display()), "Name a file"))?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(Trouble::new(format!("there is no folder {}", folder.display()), "Make it first, on a disk other than that of the data"));
    }
    Ok((folder, name.to_owned()))
}

fn unwritable(folder: &Path, error: &io::Error) -> Trouble {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            Trouble::new(format!("the disk of {} is full", folder.display()), "It needs room for the database twice and for the uploads once")
        }
        _ => Trouble::new(format!("{} cannot be written: {error}", folder.display()), "Check who may write there, and the disk"),
    }
}

fn unread(error: &Error) -> Trouble {
    match error {
        Error::Full => Trouble::new("the disk is full", "It needs room for the database twice and for the uploads once"),
        Error::Unreachable(_) => Trouble::new(error.to_string(), "Check that the database server runs and the URL is right"),
        _ => Trouble::new(format!("the database cannot be copied: {error}"), "`rapport doctor` says what is wrong with it"),
    }
}

/// A file that is being written under a name that says so. Dropped unfinished, it leaves nothing behind; killed, it leaves a file
/// that the next one to the same target removes.
struct Partial {
    path: PathBuf,
    file: File,
    kept: bool,
}

/// A file that is removed in any case.
struct Passing(PathBuf);

impl Partial {
    fn begin(folder: &Path, name: &str, chance: &crate::ids::Chance) -> io::Result<Partial> {
        let path = folder.join(format!(".{name}.{}.partial", chance.token()));
        let file = File::options().write(true).create_new(true).mode(0o600).open(&path)?;
        let partial = Partial { path, file, kept: false };
        // Says that somebody is at it.
        partial.file.lock()?;
        Ok(partial)
    }

    fn file(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    fn beside(&self, what: &str) -> Passing {
        Passing(self.path.with_extension(format!("{what}.partial")))
    }

    fn place(mut self, to: &Path) -> io::Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        // Fails where the name was taken meanwhile; a rename would replace it.
        fs::hard_link(&self.path, to).or_else(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => Err(error),
            _ => fs::rename(&self.path, to),
        })?;
        self.kept = true;
        let _already_gone = fs::remove_file(&self.path);
        blobs::sync_folder(folder)
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.kept {
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        for ending in ["", "-journal", "-wal", "-shm"] {
            let mut path = self.0.clone().into_os_string();
            path.push(ending);
            let _ = fs::remove_file(path);
        }
    }
}

/// Removes what a killed backup to the same target has left: nobody holds its lock any more.
fn sweep(folder: &Path, name: &str) {
    let begins = format!(".{name}.");
    let left = fs::read_dir(folder).into_iter().flatten().flatten().filter_map(|entry| Some((entry.path(), entry.file_name().into_string().ok()?)));
    for (path, _) in left.filter(|(_, found)| found.starts_with(&begins) && found.ends_with(".partial") && !found.ends_with(".database.partial")) {
        if File::open(&path).is_ok_and(|file| file.try_lock().is_ok()) {
            drop(Passing(path.with_extension("database.partial")));
            let _ = fs::remove_file(&path);
        }
    }
}
