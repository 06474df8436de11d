//! `rapport doctor`.

use std::{net::TcpStream, process::ExitCode, time::Duration};

use anyhow::Context;
use clap::Args;
use platform::{
    blobs,
    clock::{Clock, Moment},
    config::Config,
    crypto::Vault,
    doctor::{self, Finding, Status},
    ids::Chance,
    jobs,
    store::{Database, Error, Options, Store},
};
use rapport::{conversations, desk::MIGRATIONS, features, sealed};
use serde_json::json;

use crate::backup::Bar;

/// Looks at everything, says what is wrong and how to mend it. Exit code 0: all is well; 1: warnings; 2: faults.
#[derive(Args)]
pub struct Doctor {
    /// For monitoring: one JSON object.
    #[arg(long)]
    json: bool,
    /// Reads every upload and compares every index; takes as long as the disk needs.
    #[arg(long)]
    deep: bool,
    /// Counts conversations anew where counts are wrong, and has jobs that were given up tried again.
    #[arg(long)]
    repair: bool,
}

/// A read of the doctor may last: nobody waits for it but whoever called.
const READ_LIMIT: Duration = Duration::from_secs(3600);

impl Doctor {
    /// Does it. Exit code: see above.
    pub fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let findings = self.findings(config)?;
        let worst = doctor::worst(&findings);
        if self.json {
            println!("{}", serde_json::to_string_pretty(&json!({"status": worst, "version": env!("CARGO_PKG_VERSION"), "checks": findings}))?);
        } else {
            for finding in &findings {
                println!("{:<8} {:<10} {}", finding.status.word(), finding.check, finding.says);
                if let Some(mend) = &finding.mend {
                    println!("{:<19} -> {mend}", "");
                }
            }
        }
        Ok(ExitCode::from(match worst {
            Status::Ok => 0,
            Status::Warning => 1,
            Status::Fault => 2,
        }))
    }

    fn findings(&self, config: &Config) -> anyhow::Result<Vec<Finding>> {
        let (data, chance, clock) = (&config.data, Chance::Real, Clock::Real);
        let is_sqlite = matches!(config.database, Database::Sqlite(_));
        // Beside a server, a short look at its port is enough to know whether somebody works off what is due.
        let answers = TcpStream::connect_timeout(&config.listen, Duration::from_millis(500)).is_ok();
        let bar = Bar::new();
        let mut findings = vec![doctor::folder(data, &chance), doctor::key(data)];
        if data.exists() {
            bar.say("measuring the disk");
            findings.extend([doctor::room(data), doctor::flush(data, is_sqlite, &chance)]);
        }
        let (schema, readable) = doctor::schema(&config.database, MIGRATIONS);
        let mut newest = None;
        let mut inside = vec![schema];
        if readable {
            bar.say("checking the database");
            inside.push(doctor::integrity(&config.database, self.deep));
            // A damaged file cannot be asked anything further.
            if !(is_sqlite && doctor::worst(&inside) == Status::Fault) {
                newest = self.ask(config, answers, &bar, &mut inside)?;
            }
        }
        findings.push(doctor::clock(data, &clock, newest, &config.database, &chance));
        findings.append(&mut inside);
        bar.say("asking from outside");
        findings.extend(outside(config, answers, &clock)?);
        bar.done();
        Ok(findings)
    }

    /// What only rows can tell; the time of the newest event.
    fn ask(&self, config: &Config, answers: bool, bar: &Bar, findings: &mut Vec<Finding>) -> anyhow::Result<Option<Moment>> {
        let runtime = runtime()?;
        let options = Options { readers: 1, writers: 1, read_limit: READ_LIMIT, ..Options::of(config.database.clone()) };
        let store = Store::open(options, MIGRATIONS).with_context(|| format!("the database {} cannot be opened", config.database))?;
        // A key that cannot be read has been told of by then.
        let vault = Vault::read(&config.data.join("master.key")).ok();
        bar.say("asking the database");
        let asked = runtime.block_on(async {
            if self.repair {
                store.write(jobs::try_failed_again).await?;
            }
            let mut found = store
                .read(move |tx| {
                    let (log, newest) = doctor::log(tx, answers)?;
                    Ok::<_, Error>((vec![doctor::backups(tx)?, doctor::jobs(tx, answers)?, doctor::reactions(tx)?, log, features::finding(tx)?], newest))
                })
                .await?;
            found.0.push(doctor::secrets(&store, vault.as_ref(), sealed::ALL).await?);
            let wrong = store.read(conversations::wrong_counts).await?;
            found.0.push(match wrong {
                0 => Finding::ok("counts", "every kept count of conversations is right"),
                _ if self.repair => {
                    let mended = store.write(conversations::rebuild_counts).await?;
                    Finding::ok("counts", format!("{mended} counts of conversations were wrong and have been made anew"))
                }
                wrong => Finding::fault(
                    "counts",
                    format!("{wrong} counts of conversations are wrong: lists show other numbers than they have rows"),
                    "rapport doctor --repair counts them anew",
                ),
            });
            Ok::<_, Error>(found)
        });
        let (mut found, newest) = match asked {
            Ok(found) => found,
            Err(error) => (vec![Finding::fault("rows", format!("the database does not answer: {error}"), "Look at disk and log, then try again")], None),
        };
        findings.append(&mut found);
        // No upload is collected between what rows say and what the disk shows.
        let kept = config.files.open(&config.data).with_context(|| format!("the uploads cannot be reached ({:?})", config.files))?;
        let _lock = kept.while_copying();
        let named = runtime.block_on(store.read(blobs::named));
        match named {
            Ok(named) => findings.push(doctor::uploads(&kept, &named, self.deep, &Chance::Real, &mut |done, total| bar.count("reading uploads", done, total))),
            Err(error) => findings.push(Finding::fault("files", format!("the database does not answer: {error}"), "Look at disk and log, then try again")),
        }
        store.close();
        Ok(newest)
    }
}

/// How the server looks to those who reach it through its public address.
fn outside(config: &Config, answers: bool, clock: &Clock) -> anyhow::Result<Vec<Finding>> {
    if !answers {
        return Ok(vec![Finding::ok("public", format!("not tried from outside, because no server answers at {}", config.listen))]);
    }
    let Config { public_url, trusted_proxies, .. } = config;
    let what = doctor::Outside { public_url, trusted_proxies, health: "/healthz", socket: "/api/v1/live" };
    Ok(runtime()?.block_on(doctor::outside(what, clock)))
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot start")
}
