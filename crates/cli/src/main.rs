//! The binary `rapport`: reads configuration, builds, runs. No rules here.

mod agent;
mod assets;
mod backup;
mod copy;
mod demo;
mod doctor;
mod feature;
mod inbox;
mod key;
mod search;
mod serve;
mod token;

use std::{collections::BTreeMap, path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::{Parser, Subcommand};
use platform::{config::Config, telemetry::Metrics, web::Problem};
use rapport::desk::Desk;

// Two threads per core allocate frames and rows all day; the system's allocator keeps twice the memory for it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Customer service for one shop or three thousand.
#[derive(Parser)]
#[command(name = "rapport", version, about, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

/// Settings that may be given as flags; rapport.default.toml lists them all.
#[derive(clap::Args)]
struct Settings {
    /// Folder of the database, the files and the master key [default: ./data]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Address and port to listen on [default: 127.0.0.1:7700]
    #[arg(long, global = true, value_name = "ADDR")]
    listen: Option<String>,
    /// Database URL, e.g. sqlite:PATH [default: rapport.db in the data folder]
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// Where uploads are, e.g. s3://BUCKET/PREFIX?region=eu-west-1 [default: files in the data folder]
    #[arg(long, global = true, value_name = "URL")]
    files: Option<String>,
    /// NATS, which tells several nodes on one PostgreSQL of each other, e.g. nats://127.0.0.1:4222 [default: one node]
    #[arg(long, global = true, value_name = "URL")]
    nats: Option<String>,
    /// How people reach this server, e.g. https://help.example.com
    #[arg(long, global = true, value_name = "URL")]
    public_url: Option<String>,
}

#[derive(Subcommand)]
enum Command {
    /// Serves console, portal, widget and API.
    Serve,
    /// Serves a made-up company with brands, stores, agents, and customers who write live.
    Demo(demo::Demo),
    /// Adds, lists, disables agents; makes a new link for one.
    #[command(subcommand)]
    Agent(agent::Agent),
    /// Adds and lists inboxes.
    #[command(subcommand)]
    Inbox(inbox::Inbox),
    /// Makes and ends API tokens.
    #[command(subcommand)]
    Token(token::Token),
    /// Lists features, sets them on or off for everyone, a brand, a team or an agent.
    #[command(subcommand)]
    Feature(feature::Feature),
    /// Shows the master keys, changes to a new one, retires an old one.
    #[command(subcommand)]
    Key(key::Key),
    /// Has the index of search made anew.
    #[command(subcommand)]
    Search(search::Search),
    Copy(copy::Copy),
    /// Makes one file of database and uploads, beside a running server; copies the master key.
    Backup(backup::Backup),
    /// Puts a backup into an empty data folder, or checks one.
    Restore(backup::Restore),
    /// Says what is wrong and how to mend it; exit code 0, 1 (warnings) or 2 (faults).
    Doctor(doctor::Doctor),
    /// Prints the OpenAPI document.
    Openapi,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("rapport: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    if matches!(cli.command, Command::Openapi) {
        println!("{}", serde_json::to_string_pretty(&rapport::app::openapi())?);
        return Ok(ExitCode::SUCCESS);
    }
    let config = cli.settings.load()?;
    // These look at an installation from outside and block; they neither make one nor bring its schema up to date.
    match cli.command {
        Command::Backup(backup) => return backup.run(&config).map(|()| ExitCode::SUCCESS),
        Command::Restore(restore) => return restore.run(&config).map(|()| ExitCode::SUCCESS),
        Command::Doctor(doctor) => return doctor.run(&config),
        _ => {}
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("cannot start")?;
    runtime.block_on(async {
        match cli.command {
            Command::Serve => serve::run(config).await,
            Command::Demo(demo) => demo.run(config).await,
            Command::Agent(command) => command.run(&open(config).await?).await,
            Command::Inbox(command) => command.run(&open(config).await?).await,
            Command::Token(command) => command.run(&open(config).await?).await,
            Command::Feature(command) => command.run(&open(config).await?).await,
            Command::Key(command) => command.run(config).await,
            Command::Search(command) => command.run(&open(config).await?).await,
            Command::Copy(copy) => copy.run().await,
            Command::Openapi | Command::Backup(_) | Command::Restore(_) | Command::Doctor(_) => Ok(()),
        }
    })?;
    Ok(ExitCode::SUCCESS)
}

impl Settings {
    fn load(self) -> anyhow::Result<Config> {
        let mut flags = BTreeMap::new();
        let given = [
            ("data", self.data.map(|path| path.display().to_string())),
            ("listen", self.listen),
            ("database", self.database),
            ("files", self.files),
            ("nats", self.nats),
            ("public_url", self.public_url),
        ];
        for (key, value) in given {
            if let Some(value) = value {
                flags.insert(key.to_owned(), value);
            }
        }
        let file = match std::fs::read_to_string("rapport.toml") {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error).context("rapport.toml cannot be read"),
        };
        Config::load(&flags, |name| std::env::var(name).ok(), &file).map_err(anyhow::Error::msg)
    }
}

/// Opens the installation for a command beside a running server, or without one.
async fn open(config: Config) -> anyhow::Result<Desk> {
    Desk::open(config, assets::find, Metrics::none()).await.map_err(anyhow::Error::msg)
}

/// A problem in words for the terminal.
fn told(problem: Problem) -> anyhow::Error {
    anyhow::Error::msg(problem.detail)
}
