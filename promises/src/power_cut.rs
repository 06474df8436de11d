//! The power is cut while everybody writes: only what had reached the disk is there when the machine comes back.
//!
//! The data is on a disk of its own ([`Disk`]). At a random moment the server, and with it PostgreSQL, is stopped with SIGSTOP;
//! answers that were sent are read; then the disk is copied as it is, everything is killed, and the copy is mounted in place of
//! the disk. What lay in the system's memory and not on the device is gone, as after a power cut.

use std::collections::HashSet;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use rapport_bench::figures::{median, millis};
use rapport_bench::product::{House, Product};
use rapport_bench::report::{Table, Verdict};
use rusqlite::{Connection, OpenFlags};

use crate::crew::{Crew, END_WITHIN, Hands, ReadBack};
use crate::cycles::BREAK_AFTER_MS;
use crate::database::{doctor, inspect};
use crate::disk::Disk;
use crate::ledger::Ledger;
use crate::postgres::{Cluster, Stop};
use crate::processes::{freeze, kill_all, tree};
use crate::promise::{Ground, Outcome, Report};
use crate::strace::Strace;
use crate::verdict::{check_inspection, check_ledger, check_none, summary};

/// Long enough for answers that are on their way to be read: they count as acknowledged.
const ANSWERS_ARRIVE: Duration = Duration::from_millis(50);

/// Where the rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// In the data folder.
    Sqlite,
    /// In a server of the run's own, on the same disk.
    Postgres,
}

impl Engine {
    /// The one that a flag names.
    pub fn of(postgres: bool) -> Engine {
        if postgres { Engine::Postgres } else { Engine::Sqlite }
    }

    /// How long after the writers began the power is cut. A commit on PostgreSQL takes longer, and nothing acknowledged proves nothing.
    fn cut_after_ms(self) -> RangeInclusive<u64> {
        if self == Engine::Sqlite { BREAK_AFTER_MS } else { 1_000..=3_000 }
    }
}

/// How often the power is cut.
#[derive(Debug, Clone, Copy)]
pub struct PowerCuts {
    /// How often.
    pub cuts: u32,
    /// Where the rows are.
    pub engine: Engine,
    /// Flushes are swallowed before they reach the system: then the run must find losses, or it proves nothing.
    pub without_flushes: bool,
}

/// The machine whose power is cut.
struct Machine {
    house: House,
    // Dropped, and so ended, before the disk it is on is taken off.
    cluster: Option<Cluster>,
    disk: Disk,
    folder: PathBuf,
}

#[derive(Default)]
struct Tally {
    /// Messages and files acknowledged before a cut and not there after it, for each cut.
    lost: Vec<u64>,
    /// How long a start took until the server answered.
    started: Vec<f64>,
    examples: Vec<String>,
}

impl PowerCuts {
    /// Cuts, looks, reads everything back and judges.
    pub async fn run(self, ground: &Ground) -> Result<Outcome> {
        if let Some(why) = Disk::impossible(&ground.folder)? {
            return Ok(Outcome::NotRun(why));
        }
        if self.without_flushes
            && let Some(why) = Strace::impossible(&ground.folder).await?
        {
            return Ok(Outcome::NotRun(why));
        }
        let mut chance = StdRng::seed_from_u64(ground.seed);
        let mut machine = Machine::build(ground, self.engine)?;
        let mut crew = Crew::hire(&machine.house, &mut chance, Hands::MANY).await?;
        let mut tally = Tally::default();
        for cut in 1..=self.cuts {
            let product = machine.house.open().await.with_context(|| format!("starting for cut {cut}"))?;
            tally.started.push(millis(product.started.elapsed()));
            let known = (crew.ledger.acknowledged(), crew.files.len());
            let after = Duration::from_millis(chance.random_range(self.engine.cut_after_ms()));
            machine = self.cut(machine, product, &mut crew, after, cut).await.with_context(|| format!("cut {cut}"))?;
            let lost = machine.lost(&crew, known).await.with_context(|| format!("after cut {cut}"))?;
            tally.lost.push(lost.len() as u64);
            if !lost.is_empty() {
                println!("cut {cut}: {} of what was acknowledged is not there", lost.len());
            }
            tally.examples.extend(lost.into_iter().map(|sentence| format!("cut {cut}: {sentence}")));
            if cut % 10 == 0 {
                println!("{cut} of {}: {} messages and {} files acknowledged", self.cuts, crew.ledger.acknowledged(), crew.files.len());
            }
        }
        let report = if self.without_flushes {
            // What was lost is known, and what is left of sessions and conversations need not fit together.
            self.judge_proof(&crew, &tally)
        } else {
            let product = machine.house.open().await?;
            let back = crew.read_back(&product, &machine.house.token).await?;
            product.stop(END_WITHIN).await?;
            self.judge(&machine, &crew.ledger, &back, &tally)?
        };
        if let Some(cluster) = &machine.cluster {
            cluster.stop(Stop::Fast)?;
        }
        Ok(Outcome::Tried(report))
    }

    /// Lets everybody write, stops everything, copies the disk, kills everything, and gives the machine with the copy.
    async fn cut(self, machine: Machine, product: Product, crew: &mut Crew, after: Duration, number: u32) -> Result<Machine> {
        let swallowing = if self.without_flushes {
            let arguments = ["-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:retval=0"];
            Some(Strace::attach(product.id(), &machine.folder, &arguments).await?)
        } else {
            None
        };
        let image = machine.folder.join(format!("disk-{number}.img"));
        let address = product.address;
        let breaking = async {
            let mut everything = tree(product.id())?;
            if let Some(cluster) = &machine.cluster {
                everything.extend(tree(cluster.pid()?)?);
            }
            freeze(&everything).await?;
            tokio::time::sleep(ANSWERS_ARRIVE).await;
            machine.disk.copy(&image)?;
            everything.retain(|id| *id != product.id());
            product.kill()?;
            kill_all(&everything).await
        };
        crew.work(address, after, breaking).await?;
        drop(swallowing);
        machine.come_back(image).await
    }

    fn judge(self, machine: &Machine, ledger: &Ledger, back: &ReadBack, tally: &Tally) -> Result<Report> {
        let mut table = Table::new(&["what", "figure"]);
        table.row(["power cuts".to_owned(), self.cuts.to_string()]);
        table.row(["messages and files acknowledged".to_owned(), format!("{} and {}", ledger.acknowledged(), back.files.unwrap_or(0))]);
        table.row(["sent again, outcome unknown".to_owned(), ledger.read(|entries| entries.repeated.to_string())]);
        table.row(["  of these stored, answer lost".to_owned(), ledger.read(|entries| entries.found_stored.to_string())]);
        table.row(["start until it answers".to_owned(), format!("median {:.0} ms", median(&tally.started))]);
        print!("{}", table.render());

        let mut verdict = Verdict::default();
        check_none(&mut verdict, "acknowledged before a cut and not there after it", &tally.examples);
        check_ledger(&mut verdict, back, ledger);
        match self.engine {
            Engine::Sqlite => check_inspection(&mut verdict, &inspect(&machine.house.database())?),
            Engine::Postgres => check_none(&mut verdict, "faults the doctor finds", &doctor(&machine.house)?),
        }
        Ok(Report { n: self.n(), figure: ledger.read(|entries| summary(entries, back)), verdict })
    }

    /// Without flushes something must have been lost.
    fn judge_proof(self, crew: &Crew, tally: &Tally) -> Report {
        let lost: u64 = tally.lost.iter().sum();
        let with_loss = tally.lost.iter().filter(|lost| **lost > 0).count();
        let acknowledged = crew.ledger.acknowledged() + crew.files.len();
        let figure =
            format!("flushes swallowed on purpose: {lost} of {acknowledged} acknowledged messages and files lost, in {with_loss} of {} cuts", self.cuts);
        let mut verdict = Verdict::default();
        verdict.check(lost > 0, format!("{figure}: the run can fail"));
        Report { n: self.n(), figure, verdict }
    }

    fn n(self) -> String {
        format!("{} power cuts", self.cuts)
    }
}

impl Machine {
    fn build(ground: &Ground, engine: Engine) -> Result<Machine> {
        let folder = ground.folder.clone();
        let disk = Disk::make(&folder.join("disk-0.img"), &folder.join("disk"), if engine == Engine::Sqlite { 512 } else { 2048 })?;
        let cluster = if engine == Engine::Postgres { Some(Cluster::start(&disk.point)?) } else { None };
        let environment = cluster.iter().map(|cluster| ("RAPPORT_DATABASE".to_owned(), format!("{}?sslmode=disable", cluster.url))).collect();
        let mut house = House::furnish_with(&ground.binary, &disk.point.join("data"), environment)?;
        house.log = folder.join("server.log");
        Ok(Machine { disk, house, cluster, folder })
    }

    /// Everything was killed: takes the disk off, mounts the copy and starts what runs beside the server.
    async fn come_back(self, image: PathBuf) -> Result<Machine> {
        let disk = self.disk.replace(&image)?;
        if let Some(cluster) = &self.cluster {
            // It names a process of a machine that is gone, by an id that may mean another one here.
            let _ = std::fs::remove_file(cluster.data.join("postmaster.pid"));
            cluster.start_again()?;
        }
        Ok(Machine { disk, ..self })
    }

    /// What was acknowledged since `known` and is not there: asked before anybody sends it again.
    async fn lost(&self, crew: &Crew, known: (usize, usize)) -> Result<Vec<String>> {
        let product = self.house.open().await?;
        let there = self.message_ids()?;
        let mut lost: Vec<String> = crew.ledger.read(|entries| {
            let since = entries.acknowledged[known.0..].iter();
            since.filter(|message| !there.contains(&message.message_id.replace('-', ""))).map(|message| format!("{message:?}")).collect()
        });
        lost.extend(crew.files.missing(product.address, known.1).await?);
        // Not asked to end: what it would tidy up then, a machine that loses its power does not tidy up either.
        product.kill()?;
        Ok(lost)
    }

    fn message_ids(&self) -> Result<HashSet<String>> {
        let Some(cluster) = &self.cluster else {
            let connection = Connection::open_with_flags(self.house.database(), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
            let mut statement = connection.prepare("SELECT lower(hex(id)) FROM message")?;
            return Ok(statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?);
        };
        let port = cluster.port.to_string();
        let asked = ["-X", "-A", "-t", "-h", "127.0.0.1", "-p", &port, "-U", "rapport", "-c", "SELECT replace(id::text, '-', '') FROM message", "postgres"];
        let output = Command::new("psql").args(asked).output()?;
        ensure!(output.status.success(), "psql: {}", String::from_utf8_lossy(&output.stderr).trim());
        Ok(String::from_utf8(output.stdout)?.lines().map(str::to_owned).collect())
    }
}
