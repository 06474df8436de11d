//! What lies under Rapport: data folder, key, disk, clock.

use std::{
    fs::{self, File},
    io::{self, Seek, SeekFrom, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use super::{Finding, span};
use crate::{
    clock::{Clock, Moment},
    crypto::Vault,
    ids::Chance,
    room::WRITES_NEED,
    store::{Database, snapshot},
};

/// A write of 4 KiB that is on a device cannot be done faster: the quickest memory with its own battery takes about 10 µs.
const TOO_FAST: Duration = Duration::from_micros(8);
/// Everybody who sends a message waits for at least one flush.
const TOO_SLOW: Duration = Duration::from_millis(50);
const FLUSHES: usize = 64;
/// 2024-01-01: this program is younger.
const BEGINNING: Moment = Moment(1_704_067_200_000_000);
/// A clock that is further off than this shows wrong times to people.
const CLOCK_OFF: Duration = Duration::from_secs(5);

/// The data folder is there, can be written, and is closed to strangers.
pub fn folder(data: &Path, chance: &Chance) -> Finding {
    let shown = data.display();
    let Ok(found) = fs::metadata(data) else {
        return Finding::fault(
            "folder",
            format!("the data folder {shown} is not there or cannot be entered"),
            "Name the right one with --data, and run this as the user the server runs as",
        );
    };
    if let Err(error) = Probe::begin(data, chance) {
        return Finding::fault(
            "folder",
            format!("nothing can be written into {shown} ({error}): no message can be accepted"),
            format!("chown the folder to the user the server runs as; check that its disk is not mounted read-only, and is not full: df {shown}"),
        );
    }
    let mode = found.mode() & 0o777;
    if mode & 0o002 != 0 {
        return Finding::fault("folder", format!("everybody on this machine may write into {shown} (mode {mode:o})"), format!("chmod 700 {shown}"));
    }
    if mode & 0o005 != 0 {
        return Finding::warning(
            "folder",
            format!("everybody on this machine may look into {shown} (mode {mode:o}), where customers' messages lie"),
            format!("chmod 700 {shown}"),
        );
    }
    Finding::ok("folder", format!("{shown} can be written, and by its owner only (mode {mode:o})"))
}

/// The master key is there, is one, and is closed to everybody but its owner.
pub fn key(data: &Path) -> Finding {
    let path = data.join("master.key");
    let shown = path.display();
    match (Vault::read(&path), fs::metadata(&path)) {
        (Ok(vault), Ok(found)) if found.mode() & 0o077 == 0 => Finding::ok(
            "key",
            format!(
                "the master key {} can be read, by its owner only; it is in no backup: rapport backup --key FILE copies it",
                vault.fingerprints().join(", ")
            ),
        ),
        (Ok(_), Ok(found)) => Finding::fault(
            "key",
            format!("others on this machine may read {shown} (mode {:o}), and with it every secret", found.mode() & 0o777),
            format!("chmod 600 {shown}"),
        ),
        (Err(error), _) if error.kind() == io::ErrorKind::NotFound => Finding::fault(
            "key",
            format!("{shown} is missing: secrets in the database cannot be read, and a server that was made with it does not start"),
            "Stop the server and put the key back from where `rapport backup --key` has put it",
        ),
        (Err(error), _) | (_, Err(error)) => Finding::fault(
            "key",
            format!("{shown} cannot be used: {error}"),
            "Run this as the user the server runs as; put the key back from its copy if it is damaged",
        ),
    }
}

/// There is room on the disk.
pub fn room(data: &Path) -> Finding {
    let found = match rustix::fs::statvfs(data) {
        Ok(found) => found,
        Err(error) => return Finding::fault("disk", format!("the disk of {} cannot be asked: {error}", data.display()), "Check the disk and its mount"),
    };
    let (free, all) = (found.f_bavail.saturating_mul(found.f_frsize), found.f_blocks.saturating_mul(found.f_frsize).max(1));
    let percent = u64::try_from(u128::from(free) * 1000 / u128::from(all)).unwrap_or(0) as f64 / 10.0;
    let says = format!("{percent} % of the disk ({}) are free", if free >> 30 < 10 { format!("{} MiB", free >> 20) } else { format!("{} GiB", free >> 30) });
    let mend = "Make room or a larger disk. When it is full requests get 503 and nothing is written; what was accepted stays";
    if free < WRITES_NEED {
        return Finding::fault("disk", format!("{says}, so nothing new is accepted: requests get 503, and only signing in goes on"), mend);
    }
    if found.f_files > 0 && found.f_favail == 0 {
        return Finding::fault("disk", "the disk has no inode left: no file can be made".to_owned(), mend);
    }
    match percent {
        p if p < 2.0 => Finding::fault("disk", says, mend),
        p if p < 10.0 => Finding::warning("disk", says, mend),
        _ => Finding::ok("disk", says),
    }
}

/// A flush reaches a device: judged by the kind of file system, and by how long it takes.
pub fn flush(data: &Path, is_sqlite: bool, chance: &Chance) -> Finding {
    let kind = rustix::fs::statfs(data).map_or("", |found| kind_of(found.f_type as u64));
    match kind {
        "memory" => {
            return Finding::fault(
                "fsync",
                "the data folder is in memory (tmpfs): a power cut or a restart of the machine loses everything",
                "Move it to a disk; nothing else makes an accepted message safe",
            );
        }
        "network" if is_sqlite => {
            return Finding::fault(
                "fsync",
                "the data folder is on a network file system, where SQLite's write-ahead log does not work",
                "Move the database to a local disk, or use PostgreSQL",
            );
        }
        _ => {}
    }
    let measured = match measure(data, chance) {
        Ok(measured) => measured,
        Err(error) => {
            return Finding::fault(
                "fsync",
                format!("a flush failed: {error}: what is accepted may not be on the device"),
                "Stop the server and look at disk and file system (dmesg)",
            );
        }
    };
    let says = format!("a write of 4 KiB is flushed in {} (median of {FLUSHES}; slowest {})", short(measured.0), short(measured.1));
    if measured.0 < TOO_FAST {
        let mend = "Likely causes: the disk is a virtual one in memory, a container's volume is mounted `volatile`, libeatmydata is loaded, or the file system is mounted with nobarrier. Pull the plug on a test machine, or move the data folder";
        return Finding::warning(
            "fsync",
            format!("{says}, faster than any device can be: flushes seem to end in memory, so a power cut may lose accepted messages"),
            mend,
        );
    }
    if measured.0 > TOO_SLOW {
        return Finding::warning(
            "fsync",
            format!("{says}: everybody who sends something waits for it"),
            "Use a faster disk, or find out who else is writing to it",
        );
    }
    Finding::ok("fsync", says)
}

/// The clock is plausible and stands in step with what else tells time.
pub fn clock(data: &Path, clock: &Clock, newest_event: Option<Moment>, database: &Database, chance: &Chance) -> Finding {
    const MEND: &str = "Set the clock and keep it right (timedatectl set-ntp true, or chrony); in a virtual machine, check the host's";
    let now = clock.now();
    if now < BEGINNING {
        return Finding::fault("clock", format!("the clock says {now}, which is in the past: snoozed cases, sessions and links go wrong"), MEND);
    }
    if let Some(jump) = jump(clock) {
        return Finding::warning("clock", format!("the clock jumped by {} within a quarter of a second", span(jump)), MEND);
    }
    if let Some(off) =
        Probe::begin(data, chance).ok().and_then(|probe| probe.modified()).map(|modified| modified.apart(clock.now())).filter(|off| *off > CLOCK_OFF)
    {
        return Finding::warning("clock", format!("clock and file system are {} apart", span(off)), MEND);
    }
    if let Some(ahead) = newest_event.map(|newest| newest.since(now)).filter(|ahead| *ahead > Duration::from_secs(60)) {
        return Finding::fault("clock", format!("the newest event was written {} in the future: the clock was wrong then, or is now", span(ahead)), MEND);
    }
    if let Database::Postgres(server) = database
        && let Ok(facts) = snapshot::server_facts(server)
        && facts.now.apart(clock.now()) > CLOCK_OFF
    {
        return Finding::warning("clock", format!("this machine and the database server are {} apart", span(facts.now.apart(now))), MEND);
    }
    Finding::ok(
        "clock",
        format!("{now}, in step with the file system{}", if matches!(database, Database::Postgres(_)) { " and the database server" } else { "" }),
    )
}

/// How far the clock moved other than time passed.
#[expect(clippy::disallowed_methods, reason = "the clock itself is what is measured")]
fn jump(clock: &Clock) -> Option<Duration> {
    let (wall, passed) = (clock.now(), Instant::now());
    std::thread::sleep(Duration::from_millis(250));
    let (moved, passed) = (clock.now(), passed.elapsed());
    let off = moved.apart(wall.plus(passed));
    (off > Duration::from_millis(500)).then_some(off)
}

fn kind_of(magic: u64) -> &'static str {
    match magic & 0xffff_ffff {
        // tmpfs, ramfs
        0x0102_1994 | 0x8584_58f6 => "memory",
        // NFS, SMB, CIFS, SMB2, Ceph
        0x6969 | 0x517b | 0xff53_4d42 | 0xfe53_4d42 | 0x00c3_6400 => "network",
        _ => "",
    }
}

#[expect(clippy::disallowed_methods, reason = "measures the device, never reaches a row")]
fn measure(data: &Path, chance: &Chance) -> io::Result<(Duration, Duration)> {
    let mut probe = Probe::begin(data, chance)?;
    let mut block = [0; 4096];
    let mut took = Vec::new();
    // The first makes room for the block; those that are measured write over it, as a log does.
    for number in 0..=FLUSHES {
        chance.fill(&mut block[..16]);
        let began = Instant::now();
        probe.file.seek(SeekFrom::Start(0))?;
        probe.file.write_all(&block)?;
        probe.file.sync_data()?;
        if number > 0 {
            took.push(began.elapsed());
        }
    }
    took.sort();
    Ok((took[FLUSHES / 2], took[FLUSHES - 1]))
}

fn short(duration: Duration) -> String {
    if duration < Duration::from_millis(2) { format!("{} µs", duration.as_micros()) } else { format!("{} ms", duration.as_millis()) }
}

/// A file that is removed again.
struct Probe {
    file: File,
    path: PathBuf,
}

impl Probe {
    fn begin(folder: &Path, chance: &Chance) -> io::Result<Probe> {
        let path = folder.join(format!(".doctor-{}", chance.token()));
        let file = File::options().write(true).create_new(true).mode(0o600).open(&path)?;
        let mut probe = Probe { file, path };
        probe.file.write_all(b"doctor")?;
        Ok(probe)
    }

    fn modified(&self) -> Option<Moment> {
        let found = self.file.metadata().ok()?;
        Some(Moment(found.mtime() * 1_000_000 + found.mtime_nsec() / 1000))
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}
