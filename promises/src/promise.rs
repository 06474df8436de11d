//! Every promise there is: its number, its name, its full and its short form. A new one is a case here and two lines.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};
use rapport_bench::report::Verdict;

use crate::backup::Backups;
use crate::cycles::{Break, Cycles};

/// What `all` runs and records, and `make promises` with it.
const FULL: &[&str] = &["kill", "shutdown", "backup"];
/// What `short` runs, and the test suite with it: all of it in less than two minutes.
const SHORT: &[&str] = &["kill --kills 12", "shutdown --times 5", "backup --times 2 --conversations 2000"];

/// One promise, with how often it is tried.
#[derive(Subcommand, Clone, Copy, Debug)]
pub enum Promise {
    /// P1: the server is killed at a random moment, again and again: nothing acknowledged is lost, nothing is there twice.
    Kill {
        /// How often it is killed.
        #[arg(long, default_value_t = 300)]
        kills: u32,
    },
    /// P19: the server is asked to stop under load: it ends within ten seconds and the same holds.
    Shutdown {
        /// How often it is asked.
        #[arg(long, default_value_t = 100)]
        times: u32,
    },
    /// P20: backups are taken of a server under load, restored and started: everything acknowledged before is there.
    Backup {
        /// How many are taken.
        #[arg(long, default_value_t = 20)]
        times: u32,
        /// How many conversations are there before: so that there is something to copy.
        #[arg(long, default_value_t = 30_000)]
        conversations: u64,
    },
}

/// Where a promise is tried.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The binary to break.
    pub binary: PathBuf,
    /// An empty folder of its own.
    pub folder: PathBuf,
    /// Seed of all choices.
    pub seed: u64,
}

/// What came out.
#[derive(Debug)]
pub struct Report {
    /// How often it was tried, in words: "300 kills".
    pub n: String,
    /// What was measured, in words.
    pub figure: String,
    /// Whether it held, line by line.
    pub verdict: Verdict,
}

/// A promise was tried, or this machine does not let it be tried.
#[derive(Debug)]
pub enum Outcome {
    /// Tried.
    Tried(Report),
    /// Not tried, and why. That is no proof of anything, so it is said aloud and never recorded.
    #[expect(dead_code, reason = "the promises that need more than a process come next")]
    NotRun(String),
}

/// The engine a promise was tried on.
pub const SQLITE: &str = "SQLite";

#[derive(Parser)]
#[command(no_binary_name = true)]
struct Line {
    #[command(subcommand)]
    promise: Promise,
}

impl Promise {
    /// All of them, in full or in their short form.
    pub fn all(short: bool) -> Result<Vec<Promise>> {
        let lines = if short { SHORT } else { FULL };
        lines.iter().map(|line| Ok(Line::try_parse_from(line.split(' '))?.promise)).collect()
    }

    /// Its number, its name, and the engine it is tried on. Name and engine are the key of its row.
    pub fn about(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Promise::Kill { .. } => ("P1", "kill", SQLITE),
            Promise::Shutdown { .. } => ("P19", "shutdown", SQLITE),
            Promise::Backup { .. } => ("P20", "backup", SQLITE),
        }
    }

    /// Tries it.
    pub async fn run(self, ground: &Ground) -> Result<Outcome> {
        Ok(Outcome::Tried(match self {
            Promise::Kill { kills } => Cycles { breaking: Break::Kill, times: kills }.run(ground).await?,
            Promise::Shutdown { times } => Cycles { breaking: Break::Terminate, times }.run(ground).await?,
            Promise::Backup { times, conversations } => Backups { times, conversations }.run(ground).await?,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_promise_has_a_full_and_a_short_form_on_the_same_engine() {
        let names = |short| -> Vec<_> { Promise::all(short).unwrap().into_iter().map(Promise::about).collect() };

        assert_eq!(names(false), names(true));
    }
}
