//! Everything in one file, taken beside a running server, and put back into an empty place.
//!
//! Database and uploads are in it, the master key is not: who finds a backup must not find the key with it. `take.rs` makes one,
//! `restore.rs` puts one back, `archive.rs` is the form of the file. All of it blocks and belongs to the command line.

mod archive;
mod restore;
mod take;
#[cfg(test)]
mod tests;

use std::path::Path;

pub use archive::{Manifest, Member, Opened};
pub use restore::{check, restore};
pub use take::{Taken, copy_key, take};

use crate::{
    blobs::Files,
    clock::Clock,
    ids::Chance,
    store::{Database, Migration},
};

/// An installation on disk, whether it runs or not.
pub struct Place<'a> {
    /// Where its rows are.
    pub database: &'a Database,
    /// Its data folder.
    pub data: &'a Path,
    /// Where its uploads are.
    pub files: &'a Files,
    /// The steps of the schema that this version knows.
    pub migrations: &'a [Migration],
    /// The time.
    pub clock: Clock,
    /// For names of files that are not finished.
    pub chance: Chance,
    /// The version that does it.
    pub version: &'a str,
}

/// Lets every other process go first: the server beside a backup answers people. For a process that does nothing else.
pub fn give_way() {
    // Where it is not allowed, the backup is merely less polite.
    let _ = rustix::process::setpriority_process(None, 15);
}

/// How far long work has come.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// What is being done, in words.
    pub what: &'static str,
    /// So much of it is done.
    pub done: u64,
    /// Of so much; 0 when that is not known.
    pub total: u64,
}

/// Who is told how far it is.
pub type Watcher<'a> = dyn FnMut(Progress) + Send + 'a;

/// What went wrong, and what to do next. Whoever began the work knows what is safe.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{happened}. {next}")]
pub struct Trouble {
    /// What happened.
    pub happened: String,
    /// What to do.
    pub next: String,
}

impl Trouble {
    /// In words.
    pub fn new(happened: impl Into<String>, next: impl Into<String>) -> Trouble {
        Trouble { happened: happened.into(), next: next.into() }
    }
}
