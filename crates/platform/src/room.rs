//! Room on the disk: what is still accepted when little is left.
//!
//! A full disk must be met before something is accepted, not after. So free space is looked at every second, and with little of it
//! uploads are refused first, then every write but the small ones without which nobody could sign in and make room. For these a
//! file holds a few MiB, which is given up at that moment. As soon as there is room again everything goes on, without a restart.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    time::Duration,
};

use rustix::fs::{FallocateFlags, fallocate, statvfs};

use crate::{
    store::{Database, Store},
    web::Problem,
};

/// Below this share of the disk an operator is warned.
const LOW_BELOW_PERCENT: u64 = 10;
/// Below so many bytes no file is accepted any more: the rest is for messages.
const UPLOADS_NEED: u64 = 128 << 20;
/// Below so many bytes nothing is accepted any more.
pub const WRITES_NEED: u64 = 64 << 20;
/// So many bytes are held for small writes.
const RESERVE: u64 = 16 << 20;
/// Writes are accepted again when the reserve fits beside what they need, and as much again so that it does not go to and fro.
const WRITES_RETURN: u64 = WRITES_NEED + 2 * RESERVE;
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How much room is left, as far as anybody acts on it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Level {
    /// Plenty.
    Enough = 0,
    /// Somebody should see to it.
    Low = 1,
    /// Files are refused.
    NoUploads = 2,
    /// All is refused but small writes.
    Full = 3,
}

impl Level {
    /// The level for so many free bytes of so many. What was full stays so until there is somewhat more room than it takes to become full.
    fn of(free: u64, size: u64, before: Level) -> Level {
        match free {
            _ if free < WRITES_NEED || (before == Level::Full && free < WRITES_RETURN) => Level::Full,
            _ if free < UPLOADS_NEED => Level::NoUploads,
            _ if free < size / 100 * LOW_BELOW_PERCENT => Level::Low,
            _ => Level::Enough,
        }
    }
}

/// The disk of an installation. Clones share what is known.
#[derive(Clone, Debug)]
pub struct Room {
    data: PathBuf,
    /// Where the rows are, when they are on a disk of this machine.
    database: Option<PathBuf>,
    level: Arc<AtomicU8>,
}

impl Room {
    /// The room of a data folder and, on SQLite, of the folder the database is in. Nothing has been looked at yet.
    pub fn of(data: &Path, database: &Database) -> Room {
        let database = match database {
            Database::Sqlite(path) => Some(path.parent().unwrap_or(Path::new(".")).to_owned()),
            Database::Postgres(_) => None,
        };
        Room { data: data.to_owned(), database, level: Arc::default() }
    }

    /// How it stands.
    pub fn level(&self) -> Level {
        match self.level.load(Ordering::Relaxed) {
            0 => Level::Enough,
            1 => Level::Low,
            2 => Level::NoUploads,
            _ => Level::Full,
        }
    }

    /// Refuses when there is no room for a file.
    pub fn for_upload(&self) -> Result<(), Problem> {
        if self.level() < Level::NoUploads {
            return Ok(());
        }
        Err(Problem::no_room(
            "The server's disk is nearly full, so no file is accepted. What was sent before is safe. Send your message without the file, or try again later; the administrator must free space.",
        ))
    }

    /// Looks every second for as long as the task lives, tells `store` and the log.
    pub async fn watch(self, store: Store) {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let (room, store) = (self.clone(), store.clone());
            // A disk that hangs must not hold up those who have nothing to do with it.
            let _ = tokio::task::spawn_blocking(move || room.look(&store)).await;
        }
    }

    /// Looks once, gives up or fills up the reserve, and tells `store` whether it may write. Blocks for a moment.
    pub fn look(&self, store: &Store) {
        let (free, size) = match self.measure() {
            Ok(found) => found,
            Err(error) => return tracing::warn!(target: "disk", %error, "the disk cannot be asked how much is free"),
        };
        let before = self.level();
        let level = Level::of(free, size, before);
        self.level.store(level as u8, Ordering::Relaxed);
        metrics::gauge!("rapport_disk_free_bytes").set(free as f64);
        metrics::gauge!("rapport_disk_size_bytes").set(size as f64);
        metrics::gauge!("rapport_disk_level").set(f64::from(level as u8));
        if let Some(folder) = &self.database {
            store.refuse_writes(level == Level::Full);
            if let Err(error) = keep_reserve(&folder.join("reserve"), level, free) {
                tracing::warn!(target: "disk", %error, "the reserve for sign-ins on a full disk cannot be kept");
            }
        }
        if level != before {
            tell(level, before, free);
        }
    }

    /// Free and all bytes of the disk with the least room.
    fn measure(&self) -> io::Result<(u64, u64)> {
        let of = |folder: &PathBuf| -> io::Result<(u64, u64)> {
            let found = statvfs(folder)?;
            Ok((found.f_bavail.saturating_mul(found.f_frsize), found.f_blocks.saturating_mul(found.f_frsize)))
        };
        let data = of(&self.data)?;
        Ok(match &self.database {
            Some(folder) => data.min(of(folder)?),
            None => data,
        })
    }
}

/// On a full disk the reserve is given up; it comes back with the room for it.
fn keep_reserve(path: &Path, level: Level, free: u64) -> io::Result<()> {
    match (level, path.exists()) {
        (Level::Full, true) => fs::remove_file(path),
        (Level::Full, false) | (_, true) => Ok(()),
        (_, false) if free < WRITES_RETURN => Ok(()),
        (_, false) => {
            let made = File::create(path).and_then(|file| Ok(fallocate(&file, FallocateFlags::empty(), 0, RESERVE)?));
            // Half of it would be taken for the whole.
            if made.is_err() {
                let _ = fs::remove_file(path);
            }
            made
        }
    }
}

fn tell(level: Level, before: Level, free: u64) {
    let free_mib = free >> 20;
    match level {
        Level::Full => tracing::error!(
            target: "disk",
            free_mib,
            "the disk is full: nothing new is accepted (503), only sign-ins are. What was accepted is safe. Make room: it goes on by itself"
        ),
        Level::NoUploads => {
            tracing::warn!(target: "disk", free_mib, "the disk is nearly full: files are refused (503), messages are still accepted. Make room")
        }
        Level::Low if before == Level::Enough => {
            tracing::warn!(target: "disk", free_mib, "less than a tenth of the disk is free. Make room, or get a larger disk")
        }
        Level::Low | Level::Enough => tracing::info!(target: "disk", free_mib, "there is room on the disk again: everything is accepted"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: u64 = 1 << 20;
    const SIZE: u64 = 10_240 * MIB;

    #[test]
    fn files_are_refused_before_messages_and_an_operator_is_told_before_either() {
        let levels = [2_000, 1_000, 127, 63].map(|mib| Level::of(mib * MIB, SIZE, Level::Enough));

        assert_eq!(levels, [Level::Enough, Level::Low, Level::NoUploads, Level::Full]);
    }

    #[test]
    fn a_full_disk_is_full_until_the_reserve_fits_as_well() {
        assert_eq!(Level::of(64 * MIB, SIZE, Level::Full), Level::Full);
        assert_eq!(Level::of(64 * MIB, SIZE, Level::NoUploads), Level::NoUploads);
        assert_eq!(Level::of(96 * MIB, SIZE, Level::Full), Level::NoUploads);
    }

    #[test]
    fn the_reserve_is_given_up_on_a_full_disk_and_comes_back_with_the_room() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reserve");

        keep_reserve(&path, Level::Enough, SIZE).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().len(), RESERVE);

        keep_reserve(&path, Level::Full, 0).unwrap();
        assert!(!path.exists());

        keep_reserve(&path, Level::NoUploads, WRITES_RETURN - 1).unwrap();
        assert!(!path.exists(), "there is no room for it yet");
    }
}
