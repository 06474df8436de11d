//! `rapport-promises`: breaks the real binary on purpose and checks what it promised; exit code 1 when it was not kept.
//!
//! `promise.rs` lists them all. Most are a row of cycles: start the server, let customers and agents write, break it, start
//! it again. Writers keep a ledger of what was acknowledged, written only after the acknowledgement was read, and repeat
//! what has an unknown outcome under the same key. At the end everything is read back and compared with the ledger.

mod backup;
mod checker;
mod client;
mod clock_jumps;
mod crew;
mod cycles;
mod database;
mod disk;
mod disk_full;
mod files;
mod history;
mod idle;
mod io_error;
mod lanes;
mod ledger;
mod nats;
mod nodes;
mod openapi;
mod postgres;
mod power_cut;
mod processes;
mod promise;
mod proxy;
mod readback;
mod record;
mod slow;
mod sockets;
mod strace;
mod sync_order;
mod syscall_kill;
mod town;
mod trace;
mod verdict;
mod writer;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand};
use promise::{Ground, Outcome, Promise};
use rapport_bench::machine;

/// The exit code of a run that this machine does not allow.
const NOT_RUN: u8 = 3;

#[derive(Parser)]
#[command(about = "Breaks the real binary on purpose and checks that it kept its promises")]
struct Arguments {
    /// The binary to break.
    #[arg(long, global = true, default_value = "target/release/rapport")]
    bin: PathBuf,
    /// Where data folders are made.
    #[arg(long, global = true, default_value = "target/promises")]
    dir: PathBuf,
    /// Seed of all choices; printed, so that a run can be repeated. By default the time.
    #[arg(long, global = true)]
    seed: Option<u64>,
    /// Leaves the data folder and the server's log in place even when all promises were kept.
    #[arg(long, global = true)]
    keep: bool,
    /// How many times as long as promised anything may take, where other things run beside it.
    #[arg(long, global = true, default_value_t = 1, hide = true)]
    patience: u32,
    /// A Markdown file whose table gets the row of each promise that was tried.
    #[arg(long, global = true)]
    record: Option<PathBuf>,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Every promise, in full.
    All,
    /// Every promise in its short form, some at a time because most of them wait: what the test suite runs.
    Short,
    #[command(flatten)]
    One(Promise),
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    promise::be_patient(arguments.patience);
    let promises = match arguments.what {
        What::All => Promise::all()?,
        What::Short => return lanes::short(&arguments.bin, &arguments.dir),
        What::One(promise) => vec![promise],
    };
    let mut lines = Vec::new();
    let (mut all_held, mut not_run) = (true, false);
    for promise in promises {
        let began = Instant::now();
        let (number, name, engine) = promise.about();
        println!("== {number} {name}, {engine}");
        let says = match one(&arguments, promise).await {
            Ok(Ended::Held) => "held",
            Ok(Ended::NotRun) => {
                not_run = true;
                "NOT RUN, so nothing is proved"
            }
            outcome => {
                all_held = false;
                if let Err(error) = outcome {
                    println!("the run broke: {error:#}");
                }
                "NOT HELD"
            }
        };
        lines.push(format!("{number} {name}, {engine}: {says} ({:.1} s)", began.elapsed().as_secs_f64()));
        println!();
    }
    println!("{}", lines.join("\n"));
    Ok(match (all_held, not_run) {
        (false, _) => ExitCode::FAILURE,
        (true, true) => ExitCode::from(NOT_RUN),
        (true, false) => ExitCode::SUCCESS,
    })
}

enum Ended {
    Held,
    NotHeld,
    NotRun,
}

/// Tries one promise in a folder of its own, prints what came out and records it.
async fn one(arguments: &Arguments, promise: Promise) -> Result<Ended> {
    let binary =
        arguments.bin.canonicalize().with_context(|| format!("{} is missing: run `cargo build --release --workspace` first", arguments.bin.display()))?;
    let seed = arguments.seed.unwrap_or_else(|| jiff::Timestamp::now().as_second().unsigned_abs());
    let about = promise.about();
    // Where the folder lies in somebody's home, the user that runs PostgreSQL cannot get to it.
    let dir = if about.2 == "PostgreSQL" && !postgres::can_reach(&arguments.dir)? { std::env::temp_dir() } else { arguments.dir.clone() };
    let folder = dir.join(format!("{}-{}", about.1.replace(' ', ""), std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let folder = folder.canonicalize()?;
    let build = if binary.components().any(|part| part.as_os_str() == "debug") { " · debug build" } else { "" };
    let machine = machine::describe(&folder) + build;
    println!("{machine}\nseed {seed}\n");
    let outcome = promise.run(&Ground { binary, folder: folder.clone(), seed }).await;
    let ended = match &outcome {
        Ok(Outcome::Tried(report)) => {
            println!("\n{}", report.verdict.render().trim_end());
            if let Some(file) = &arguments.record {
                record::record(file, record::Row::new(about, report, seed, &machine))?;
            }
            if report.verdict.held() { Ended::Held } else { Ended::NotHeld }
        }
        Ok(Outcome::NotRun(why)) => {
            println!("NOT RUN: {why}");
            Ended::NotRun
        }
        Err(_) => Ended::NotHeld,
    };
    if matches!(ended, Ended::NotHeld) || arguments.keep {
        println!("data folder and server log are kept in {}", folder.display());
    } else {
        std::fs::remove_dir_all(&folder)?;
    }
    outcome.map(|_| ended)
}
