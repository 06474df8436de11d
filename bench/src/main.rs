//! `rapport-bench`: measures the real binary against a floor of the same run; exit code 1 when a figure is missed.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, ensure};
use clap::{Parser, Subcommand};
use rapport_bench::report::Verdict;
use rapport_bench::{assignment, intake, machine, pages, relay, relay_floor, rules, search, start};

#[derive(Parser)]
#[command(about = "Measures the real binary against a floor of the same run")]
struct Arguments {
    /// The binary to measure.
    #[arg(long, global = true, default_value = "target/release/rapport")]
    bin: PathBuf,
    /// Where data folders are made; it must lie on the disk that is to be measured.
    #[arg(long, global = true, default_value = "target/bench")]
    dir: PathBuf,
    /// Leaves the data folders and server logs in place.
    #[arg(long, global = true)]
    keep: bool,
    #[command(subcommand)]
    command: Measurement,
}

#[derive(Subcommand, Clone, Copy, PartialEq, Eq)]
enum Measurement {
    /// Durable intake of customers' messages against group commit on the same disk.
    Intake,
    /// The same intake with 500 automation rules and with none, in turn.
    Rules,
    /// From a visitor's keyboard to the agent's screen, with a thousand visitors connected.
    Relay,
    /// Inbox pages over 10,000 and over 100,000 conversations.
    Pages,
    /// Search over a million messages, by somebody who sees all and somebody who sees a team's.
    Search,
    /// From a first message to the agent who has it, with 200 agents and 100 new conversations a second.
    Assignment,
    /// Time to the first answer, and memory when idle.
    Start,
    /// All of the above.
    All,
    /// The floor of `relay`; started by it.
    #[command(hide = true)]
    BareRelay,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    if arguments.command == Measurement::BareRelay {
        relay_floor::serve().await?;
        return Ok(ExitCode::SUCCESS);
    }
    let binary =
        arguments.bin.canonicalize().with_context(|| format!("{} is missing: run `cargo build --release --workspace` first", arguments.bin.display()))?;
    let folder = arguments.dir.join(format!("run-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let folder = folder.canonicalize()?;
    println!("{}\n", machine::describe(&folder));

    let mut verdict = Verdict::default();
    let outcome = run(&arguments, &binary, &folder, &mut verdict).await;
    if !arguments.keep {
        std::fs::remove_dir_all(&folder)?;
    }
    outcome?;
    ensure!(!verdict.render().is_empty(), "nothing was measured");
    println!("\n{}", verdict.render().trim_end());
    Ok(if verdict.held() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn run(arguments: &Arguments, binary: &Path, folder: &Path, verdict: &mut Verdict) -> Result<()> {
    let wanted = |one: Measurement| arguments.command == one || arguments.command == Measurement::All;
    if wanted(Measurement::Start) {
        println!("start");
        verdict.merge(start::measure(binary, folder).await.context("start")?);
    }
    if wanted(Measurement::Assignment) {
        println!("\nassignment");
        verdict.merge(assignment::measure(binary, folder).await.context("assignment")?);
    }
    if wanted(Measurement::Intake) {
        println!("\nintake");
        verdict.merge(intake::measure(binary, folder).await.context("intake")?);
    }
    if wanted(Measurement::Rules) {
        println!("\nrules");
        verdict.merge(rules::measure(binary, folder).await.context("rules")?);
    }
    if wanted(Measurement::Relay) {
        println!("\nrelay");
        verdict.merge(relay::measure(binary, folder).await.context("relay")?);
    }
    if wanted(Measurement::Pages) {
        println!("\npages");
        verdict.merge(pages::measure(binary, folder).await.context("pages")?);
    }
    if wanted(Measurement::Search) {
        println!("\nsearch");
        verdict.merge(search::measure(binary, folder).await.context("search")?);
    }
    Ok(())
}
