//! `rapport-promises`: breaks the real binary on purpose and checks what it promised; exit code 1 when it was not kept.
//!
//! A run is a row of cycles: start the server, let customers and agents write, break it, start it again. Writers keep
//! a ledger of what was acknowledged, written only after the acknowledgement was read, and repeat what has an unknown
//! outcome under the same key. At the end everything is read back through the API and compared with the ledger.

mod backup;
mod checker;
mod cycles;
mod database;
mod ledger;
mod readback;
mod verdict;
mod writer;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use backup::Backups;
use clap::{Parser, Subcommand};
use cycles::{Break, Cycles};
use rapport_bench::machine;

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
    #[command(subcommand)]
    promise: Promise,
}

#[derive(Subcommand, Clone, Copy)]
enum Promise {
    /// The server is killed at a random moment, again and again: nothing acknowledged is lost, nothing is there twice.
    Kill {
        /// How often it is killed.
        #[arg(long, default_value_t = 300)]
        kills: u32,
    },
    /// The server is asked to stop under load: it ends within ten seconds and the same holds.
    Shutdown {
        /// How often it is asked.
        #[arg(long, default_value_t = 20)]
        times: u32,
    },
    /// Backups are taken of a server under load, restored and started: everything acknowledged before is there.
    Backup {
        /// How many are taken.
        #[arg(long, default_value_t = 20)]
        times: u32,
        /// How many conversations are there before: so that there is something to copy.
        #[arg(long, default_value_t = 30_000)]
        conversations: u64,
    },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    let binary =
        arguments.bin.canonicalize().with_context(|| format!("{} is missing: run `cargo build --release --workspace` first", arguments.bin.display()))?;
    let seed = arguments.seed.unwrap_or_else(|| jiff::Timestamp::now().as_second().unsigned_abs());
    let folder = arguments.dir.join(format!("run-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let folder = folder.canonicalize()?;
    println!("{}\nseed {seed}\n", machine::describe(&folder));

    let verdict = match arguments.promise {
        Promise::Kill { kills } => Cycles { breaking: Break::Kill, times: kills }.run(&binary, &folder, seed).await?,
        Promise::Shutdown { times } => Cycles { breaking: Break::Terminate, times }.run(&binary, &folder, seed).await?,
        Promise::Backup { times, conversations } => Backups { times, conversations }.run(&binary, &folder, seed).await?,
    };
    println!("\n{}", verdict.render().trim_end());
    if verdict.held() && !arguments.keep {
        std::fs::remove_dir_all(&folder)?;
    } else {
        println!("data folder and server log are kept in {}", folder.display());
    }
    Ok(if verdict.held() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
