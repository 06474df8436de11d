//! A disk of one's own: an ext4 file system in a file. What has reached its device is in that file, and nothing else is: a copy
//! of it, taken while nobody writes, is what a machine finds that lost its power at that moment.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use rustix::fs::{FallocateFlags, fallocate, statvfs};

use crate::processes::is_root;

/// A mounted disk. Dropped, it is taken off.
#[derive(Debug)]
pub struct Disk {
    image: PathBuf,
    /// Where it is mounted.
    pub point: PathBuf,
    mounted: bool,
}

impl Disk {
    /// Why no disk can be made on this machine; `None` when it can.
    pub fn impossible(folder: &Path) -> Result<Option<String>> {
        if !is_root() {
            return Ok(Some("a file system in a file is mounted for this, which only root may do; run it again with sudo".into()));
        }
        let tried = Disk::make(&folder.join("try.img"), &folder.join("try"), 8);
        Ok(tried.err().map(|error| format!("no file system in a file can be mounted here: {error:#}")))
    }

    /// Makes a file of so many MiB (holes until they are written), a file system in it, and mounts that on `point`.
    pub fn make(image: &Path, point: &Path, mebibytes: u64) -> Result<Disk> {
        File::create(image)?.set_len(mebibytes << 20)?;
        run(Command::new("mkfs.ext4").args(["-q", "-F", "-m", "0"]).arg(image))?;
        Disk::mount(image, point)
    }

    fn mount(image: &Path, point: &Path) -> Result<Disk> {
        std::fs::create_dir_all(point)?;
        // The journal is written when somebody asks for it and not every five seconds: luck saves nothing that nobody asked to keep,
        // and the copy is not overtaken by the file system's own housekeeping.
        run(Command::new("mount").args(["-o", "loop,commit=600"]).arg(image).arg(point))?;
        Ok(Disk { image: image.to_owned(), point: point.to_owned(), mounted: true })
    }

    /// Copies what has reached the device. Nobody may write meanwhile.
    pub fn copy(&self, to: &Path) -> Result<()> {
        run(Command::new("cp").arg("--sparse=always").arg(&self.image).arg(to))
    }

    /// Takes this disk off and mounts a copy of it in its place.
    pub fn replace(mut self, copy: &Path) -> Result<Disk> {
        self.take_off()?;
        std::fs::remove_file(&self.image)?;
        Disk::mount(copy, &self.point)
    }

    fn take_off(&mut self) -> Result<()> {
        if !std::mem::take(&mut self.mounted) {
            return Ok(());
        }
        run(Command::new("umount").arg(&self.point)).with_context(|| format!("take it off by hand: umount {}", self.point.display()))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        if let Err(error) = self.take_off() {
            eprintln!("{error:#}");
        }
    }
}

/// The file that somebody else has put on a disk, to fill it.
pub fn filler(disk: &Path) -> PathBuf {
    disk.join("filler")
}

/// Leaves so many MiB free on a disk, by a file that somebody else has put there.
pub fn leave(disk: &Path, mebibytes: u64) -> Result<()> {
    let _ = std::fs::remove_file(filler(disk));
    let file = File::create(filler(disk))?;
    let found = statvfs(disk)?;
    let mut length = (found.f_bavail * found.f_frsize).saturating_sub(mebibytes << 20);
    // What the file system needs for itself is found out by trying.
    while length > 0 && fallocate(&file, FallocateFlags::empty(), 0, length).is_err() {
        length = length.saturating_sub(64 << 10);
    }
    Ok(())
}

fn run(command: &mut Command) -> Result<()> {
    let output = command.output().with_context(|| format!("running {:?}", command.get_program()))?;
    ensure!(output.status.success(), "{:?}: {}", command.get_program(), String::from_utf8_lossy(&output.stderr).trim());
    Ok(())
}
