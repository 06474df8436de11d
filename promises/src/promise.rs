//! Every promise there is: its number, its name, its full and its short form. A new one is a case here and two lines.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::Result;
use clap::{Parser, Subcommand};
use rapport_bench::report::Verdict;

use crate::backup::Backups;
use crate::clock_jumps::ClockJumps;
use crate::cycles::{Break, Cycles};
use crate::disk_full::DiskFull;
use crate::history::Histories;
use crate::idle::Idle;
use crate::io_error::IoErrors;
use crate::nodes::{Fault, Nodes};
use crate::openapi::MadeUp;
use crate::power_cut::{Engine, PowerCuts};
use crate::slow::Slow;
use crate::sockets::Cases;
use crate::sync_order::SyncOrder;
use crate::syscall_kill::SyscallKill;

/// What `all` runs and records, and `make promises` with it.
const FULL: &[&str] = &[
    "kill",
    "power-cut",
    "power-cut --postgres --cuts 20",
    "power-cut --prove --cuts 10",
    "syscall-kill",
    "sync-order",
    "nodes",
    "io-error",
    "disk-full",
    "clock",
    "history",
    "slow-clients",
    "database-away",
    "partition",
    "pause",
    "idle",
    "shutdown",
    "backup",
    "openapi",
    "openapi --postgres",
    "sockets",
];
/// What `short` runs, and the test suite with it: all of it in two minutes. Those that take longest come first.
pub const SHORT: &[&str] = &[
    "nodes --seconds 8",
    "pause --times 2 --seconds 8",
    "partition --times 3 --seconds 4",
    "database-away --times 1 --seconds 7",
    "slow-clients --clients 300 --rounds 1 --seconds 3 --short",
    "history --seconds 15",
    "openapi --requests 2",
    "openapi --requests 2 --postgres",
    "idle --visitors 500 --short",
    "kill --kills 12",
    "power-cut --cuts 4",
    "power-cut --postgres --cuts 1",
    "power-cut --prove --cuts 2",
    "syscall-kill --every 20",
    "sync-order --times 5",
    "io-error --times 8",
    "disk-full --times 1",
    "clock --jumps 1",
    "shutdown --times 5",
    "backup --times 2 --conversations 2000",
    "sockets --few",
];

/// One promise, with how often it is tried.
#[derive(Subcommand, Clone, Copy, Debug)]
pub enum Promise {
    /// P1: the server is killed at a random moment, again and again: nothing acknowledged is lost, nothing is there twice.
    Kill {
        /// How often it is killed.
        #[arg(long, default_value_t = 300)]
        kills: u32,
    },
    /// P1: the power is cut while everybody writes: what was acknowledged had reached the disk.
    PowerCut {
        /// How often it is cut.
        #[arg(long, default_value_t = 60)]
        cuts: u32,
        /// On PostgreSQL, with a server of its own on the same disk.
        #[arg(long)]
        postgres: bool,
        /// Swallows every flush of the server, and demands that the run finds losses then: it can fail.
        #[arg(long)]
        prove: bool,
    },
    /// P1: the server is killed at each system call of a message and of an upload, one after another.
    SyscallKill {
        /// Every so many-th write; every other call in any case.
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
        every: u32,
    },
    /// P1: a trace shows that what is acknowledged was flushed before.
    SyncOrder {
        /// How many messages over HTTP, messages over a WebSocket and uploads.
        #[arg(long, default_value_t = 100)]
        times: u32,
    },
    /// P7: the device fails: nothing is acknowledged after it, and the process ends within a second.
    IoError {
        /// How often it fails.
        #[arg(long, default_value_t = 60)]
        times: u32,
    },
    /// P9: the disk fills up: what cannot be kept is refused before it is accepted, and all goes on when there is room.
    DiskFull {
        /// How often it fills up.
        #[arg(long, default_value_t = 20)]
        times: u32,
    },
    /// P10: the clock jumps by an hour, a day and ten years, both ways, and comes back: order, jobs and tokens do not mind.
    Clock {
        /// How often.
        #[arg(long, default_value_t = 18)]
        jumps: u32,
    },
    /// P27: killed, paused, with a clock and a disk that are played with: some order of what happened explains every answer.
    History {
        /// For how long, each fault at least once.
        #[arg(long, default_value_t = 300)]
        seconds: u64,
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
    /// P1: two nodes on one PostgreSQL with NATS, either killed under load: nothing is lost or doubled, and no client stays stale.
    Nodes {
        /// For how long they are killed.
        #[arg(long, default_value_t = 300)]
        seconds: u64,
    },
    /// P12: PostgreSQL is stopped at once under load: 503 meanwhile, and within five seconds of its return everything goes on.
    DatabaseAway {
        /// How often.
        #[arg(long, default_value_t = 5)]
        times: u32,
        /// How long each time.
        #[arg(long, default_value_t = 30)]
        seconds: u64,
    },
    /// P13: a node can reach NATS, PostgreSQL or both no more: the other goes on, jobs are done once, afterwards all clients are fresh.
    Partition {
        /// How often; NATS, PostgreSQL and both in turn.
        #[arg(long, default_value_t = 9)]
        times: u32,
        /// How long each time.
        #[arg(long, default_value_t = 40)]
        seconds: u64,
    },
    /// P14: a node stands still (SIGSTOP) and goes on: the other node did its work meanwhile, and it does nothing twice.
    Pause {
        /// How often.
        #[arg(long, default_value_t = 5)]
        times: u32,
        /// How long each time.
        #[arg(long, default_value_t = 60)]
        seconds: u64,
    },
    /// Requests made up from the OpenAPI document, right ones and wrong ones: no answer is a fault, none is undocumented.
    Openapi {
        /// At most so many requests an operation; without it, as many as the time allows.
        #[arg(long)]
        requests: Option<u32>,
        /// Seconds for each caller, agent and visitor.
        #[arg(long, default_value_t = 120)]
        seconds: u32,
        /// On PostgreSQL.
        #[arg(long)]
        postgres: bool,
    },
    /// P16, P17: visitors who leave the chat open cost little, and after a restart all are back with nothing missed.
    Idle {
        /// How many.
        #[arg(long, default_value_t = 10_000)]
        visitors: usize,
        /// Memory and idleness are not measured.
        #[arg(long)]
        short: bool,
    },
    /// P11: a thousand clients at a byte a second are cut off, and agents do not notice them.
    SlowClients {
        /// How many.
        #[arg(long, default_value_t = 1_000)]
        clients: usize,
        /// Rounds with them, and as many without.
        #[arg(long, default_value_t = 5)]
        rounds: u32,
        /// Seconds of a round.
        #[arg(long, default_value_t = 10)]
        seconds: u64,
        /// The agents' pages are not judged.
        #[arg(long)]
        short: bool,
    },
    /// Autobahn's fuzzing client against the WebSockets: no case fails, and the server outlives them all.
    Sockets {
        /// Only framing, fragments, UTF-8 and closing, with short texts.
        #[arg(long)]
        few: bool,
    },
}

/// How many times as long as promised anything may take: once, and more where other things run beside it.
static PATIENCE: AtomicU32 = AtomicU32::new(1);

/// Has everything from here on take so many times as long as promised.
pub fn be_patient(times: u32) {
    PATIENCE.store(times, Ordering::Relaxed);
}

/// What is waited for where `promised` is promised of a machine that does nothing else.
pub fn within(promised: Duration) -> Duration {
    promised * PATIENCE.load(Ordering::Relaxed)
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
    NotRun(String),
}

/// The engine a promise was tried on.
pub const SQLITE: &str = "SQLite";
/// The other one.
pub const POSTGRESQL: &str = "PostgreSQL";

#[derive(Parser)]
#[command(no_binary_name = true)]
struct Line {
    #[command(subcommand)]
    promise: Promise,
}

impl Promise {
    /// All of them, in full.
    pub fn all() -> Result<Vec<Promise>> {
        Self::read(FULL)
    }

    fn read(lines: &[&str]) -> Result<Vec<Promise>> {
        lines.iter().map(|line| Ok(Line::try_parse_from(line.split(' '))?.promise)).collect()
    }

    /// Its number, its name, and the engine it is tried on. Name and engine are the key of its row.
    pub fn about(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Promise::Kill { .. } => ("P1", "kill", SQLITE),
            Promise::PowerCut { prove: true, .. } => ("P1", "power-cut --prove", SQLITE),
            Promise::PowerCut { postgres, .. } => ("P1", "power-cut", if postgres { POSTGRESQL } else { SQLITE }),
            Promise::SyscallKill { .. } => ("P1", "syscall-kill", SQLITE),
            Promise::SyncOrder { .. } => ("P1", "sync-order", SQLITE),
            Promise::IoError { .. } => ("P7", "io-error", SQLITE),
            Promise::DiskFull { .. } => ("P9", "disk-full", SQLITE),
            Promise::Clock { .. } => ("P10", "clock", SQLITE),
            Promise::History { .. } => ("P27", "history", SQLITE),
            Promise::Shutdown { .. } => ("P19", "shutdown", SQLITE),
            Promise::Backup { .. } => ("P20", "backup", SQLITE),
            Promise::SlowClients { .. } => ("P11", "slow-clients", SQLITE),
            Promise::Nodes { .. } => ("P1", "nodes", POSTGRESQL),
            Promise::DatabaseAway { .. } => ("P12", "database-away", POSTGRESQL),
            Promise::Partition { .. } => ("P13", "partition", POSTGRESQL),
            Promise::Pause { .. } => ("P14", "pause", POSTGRESQL),
            Promise::Idle { .. } => ("P16", "idle", SQLITE),
            Promise::Sockets { .. } => ("P26", "sockets", "none"),
            Promise::Openapi { postgres, .. } => ("P25", "openapi", if postgres { POSTGRESQL } else { SQLITE }),
        }
    }

    /// Tries it.
    pub async fn run(self, ground: &Ground) -> Result<Outcome> {
        match self {
            Promise::Kill { kills } => Cycles { breaking: Break::Kill, times: kills }.run(ground).await.map(Outcome::Tried),
            Promise::PowerCut { cuts, postgres, prove } => PowerCuts { cuts, engine: Engine::of(postgres), without_flushes: prove }.run(ground).await,
            Promise::SyscallKill { every } => SyscallKill { every }.run(ground).await,
            Promise::SyncOrder { times } => SyncOrder { times }.run(ground).await,
            Promise::IoError { times } => IoErrors { times }.run(ground).await,
            Promise::DiskFull { times } => DiskFull { times }.run(ground).await,
            Promise::Clock { jumps } => ClockJumps { jumps }.run(ground).await,
            Promise::History { seconds } => Histories { seconds }.run(ground).await,
            Promise::Nodes { seconds } => Nodes { fault: Fault::Kill, times: 1, seconds }.run(ground).await.map(Outcome::Tried),
            Promise::DatabaseAway { times, seconds } => Nodes { fault: Fault::DatabaseAway, times, seconds }.run(ground).await.map(Outcome::Tried),
            Promise::Partition { times, seconds } => Nodes { fault: Fault::Partition, times, seconds }.run(ground).await.map(Outcome::Tried),
            Promise::Pause { times, seconds } => Nodes { fault: Fault::Pause, times, seconds }.run(ground).await.map(Outcome::Tried),
            Promise::SlowClients { clients, rounds, seconds, short } => {
                Slow { clients, rounds, seconds, measured: !short }.run(ground).await.map(Outcome::Tried)
            }
            Promise::Shutdown { times } => Cycles { breaking: Break::Terminate, times }.run(ground).await.map(Outcome::Tried),
            Promise::Idle { visitors, short } => Idle { visitors, measured: !short }.run(ground).await.map(Outcome::Tried),
            Promise::Sockets { few } => Cases { few }.run(ground).await,
            Promise::Openapi { requests, seconds, postgres } => MadeUp { requests, seconds, postgres }.run(ground).await,
            Promise::Backup { times, conversations } => Backups { times, conversations }.run(ground).await.map(Outcome::Tried),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_promise_has_a_full_and_a_short_form_on_the_same_engine() {
        let names = |lines| -> std::collections::BTreeSet<_> { Promise::read(lines).unwrap().into_iter().map(Promise::about).collect() };

        assert_eq!(names(FULL), names(SHORT));
    }
}
