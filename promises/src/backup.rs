//! Backups of a server under load, each restored into an empty folder, started and read.
//!
//! Customers write at a fixed rate, whatever the answers take, so that a stall shows in every message that was due during it.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use rapport_bench::figures::{Latencies, median, millis};
use rapport_bench::http::{Http, get, send};
use rapport_bench::product::House;
use rapport_bench::report::{Table, Verdict};
use rapport_bench::seed;
use rapport_bench::socket::session;
use serde_json::json;
use tokio::task::LocalSet;

use crate::checker::Found;
use crate::database::{doctor, inspect};
use crate::files::{id_of, upload};
use crate::promise::{Ground, Report};
use crate::readback::as_customer;
use crate::verdict::check_none;

const WRITERS: u64 = 20;
const WRITES_PER_SECOND: u64 = 200;
/// One message in so many carries a file of its own.
const FILE_EVERY: u64 = 100;
/// How long customers write before each backup: what is measured then is what the backup is compared with.
const BEFORE_MS: std::ops::RangeInclusive<u64> = 1_000..=2_000;
const END_WITHIN: Duration = Duration::from_secs(10);
/// Nobody may wait longer for a message because of a backup.
const STALL: Duration = Duration::from_secs(1);

/// How many backups are taken.
#[derive(Debug, Clone, Copy)]
pub struct Backups {
    /// How many.
    pub times: u32,
    /// How many conversations were there before.
    pub conversations: u64,
}

/// When a message was due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Before,
    During,
    /// The backup is being restored and read on the same machine: nobody writes.
    After,
}

/// An acknowledged message, and the file it carried.
#[derive(Debug, Clone)]
struct Kept {
    found: Found,
    writer: usize,
    file: Option<(String, String)>,
}

#[derive(Default)]
struct Shared {
    kept: RefCell<Vec<Kept>>,
    sent: RefCell<HashSet<String>>,
    trouble: RefCell<Vec<String>>,
    before: RefCell<Latencies>,
    during: RefCell<Latencies>,
    phase: Cell<Option<Phase>>,
    stop: Cell<bool>,
}

#[derive(Default)]
struct Outcome {
    /// How long the customers wrote, over all backups.
    writing: Duration,
    backup_ms: Vec<f64>,
    restore_ms: Vec<f64>,
    bytes: u64,
    covered: usize,
    files: usize,
    lost: Vec<String>,
    invented: Vec<String>,
    lost_files: Vec<String>,
    unsound: Vec<String>,
    restored: u32,
}

impl Backups {
    /// Takes them all, restores each and judges.
    pub async fn run(self, ground: &Ground) -> Result<Report> {
        let folder = ground.folder.as_path();
        let house = House::furnish(&ground.binary, &folder.join("data"))?;
        // Something to copy: a backup of nothing is done before anybody could notice it.
        seed::examples(&house).await?;
        seed::fill(&house.database(), self.conversations)?;
        let key = folder.join("master.key.copy");
        house.command_line(&["backup", "--key", path(&key)?])?;
        let product = house.open().await?;
        let mut http = Http::connect(product.address).await?;
        let mut tokens = Vec::new();
        for _ in 0..WRITERS {
            tokens.push(session(&mut http, &house.inbox_key).await?);
        }
        let tokens = Rc::new(tokens);
        let shared = Rc::new(Shared::default());
        let mut chance = StdRng::seed_from_u64(ground.seed);
        let mut outcome = Outcome::default();
        let local = LocalSet::new();
        local
            .run_until(async {
                let writers: Vec<_> =
                    (0..WRITERS as usize).map(|number| tokio::task::spawn_local(write(number, product.address, tokens.clone(), shared.clone()))).collect();
                for number in 1..=self.times {
                    shared.phase.set(Some(Phase::Before));
                    let began = Instant::now();
                    tokio::time::sleep(Duration::from_millis(chance.random_range(BEFORE_MS))).await;
                    self.one((number, began), &house, folder, &key, &tokens, &shared, &mut outcome).await.with_context(|| format!("backup {number}"))?;
                    if number % 5 == 0 {
                        println!("{number} of {}: {} messages acknowledged", self.times, shared.kept.borrow().len());
                    }
                }
                shared.stop.set(true);
                for writer in writers {
                    writer.await?;
                }
                Ok::<_, anyhow::Error>(())
            })
            .await?;
        let rate = shared.kept.borrow().len() as f64 / outcome.writing.as_secs_f64();
        product.stop(END_WITHIN).await?;
        Ok(self.judge(&outcome, &shared, rate))
    }

    #[expect(clippy::too_many_arguments, reason = "one step of a run, called once")]
    async fn one(
        self,
        (number, writing): (u32, Instant),
        house: &House,
        folder: &Path,
        key: &Path,
        tokens: &[String],
        shared: &Shared,
        outcome: &mut Outcome,
    ) -> Result<()> {
        let (file, data) = (folder.join(format!("backup-{number}.tar")), folder.join(format!("restored-{number}")));
        let covered: Vec<Kept> = shared.kept.borrow().clone();
        shared.phase.set(Some(Phase::During));
        let began = Instant::now();
        in_background(house, &["backup", path(&file)?]).await?;
        outcome.backup_ms.push(millis(began.elapsed()));
        outcome.writing += writing.elapsed();
        shared.phase.set(Some(Phase::After));
        outcome.bytes = fs::metadata(&file)?.len();

        let began = Instant::now();
        let restored = House { data: data.clone(), ..house.clone() };
        in_background(&restored, &["restore", path(&file)?, "--key", path(key)?]).await?;
        outcome.restore_ms.push(millis(began.elapsed()));
        let product = restored.open().await?;
        let mut there = HashMap::new();
        for token in tokens {
            for found in as_customer(product.address, token).await? {
                if !shared.sent.borrow().contains(&found.text) {
                    outcome.invented.push(format!("backup {number}: {found:?}"));
                }
                there.insert(found.message_id.clone(), found);
            }
        }
        let mut http = Http::connect(product.address).await?;
        for kept in &covered {
            if there.get(&kept.found.message_id) != Some(&kept.found) {
                outcome.lost.push(format!("backup {number}: {:?}, there is {:?}", kept.found, there.get(&kept.found.message_id)));
            }
            if let Some((id, content)) = &kept.file {
                let answer = http.exchange(&get(&format!("/api/v1/chat/files/{id}"), Some(&tokens[kept.writer]))).await?;
                outcome.files += 1;
                if answer.status != 200 || answer.body != content.as_bytes() {
                    outcome.lost_files.push(format!("backup {number}: file {id} answers {}", answer.status));
                }
            }
        }
        product.stop(END_WITHIN).await?;
        let inspection = inspect(&restored.database())?;
        let mut unsound = [inspection.log, inspection.counts, inspection.conversations].concat();
        if inspection.integrity != "ok" {
            unsound.push(inspection.integrity);
        }
        unsound.extend(doctor(&restored)?);
        outcome.unsound.extend(unsound.into_iter().map(|sentence| format!("backup {number}: {sentence}")));
        outcome.covered += covered.len();
        outcome.restored += 1;
        fs::remove_dir_all(&data)?;
        fs::remove_file(&file)?;
        Ok(())
    }

    fn judge(self, outcome: &Outcome, shared: &Shared, rate: f64) -> Report {
        let (mut before, mut during) = (shared.before.borrow_mut(), shared.during.borrow_mut());
        let of = |latencies: &mut Latencies, share| format!("{:.1} ms", millis(latencies.percentile(share)));
        let mut table = Table::new(&["what", "figure"]);
        table.row(["backups taken, restored and started".to_owned(), outcome.restored.to_string()]);
        table.row(["messages acknowledged".to_owned(), format!("{} ({rate:.0} a second)", shared.kept.borrow().len())]);
        table.row(["messages looked for in the restored".to_owned(), format!("{}, and {} files", outcome.covered, outcome.files)]);
        table.row(["the last backup".to_owned(), format!("{:.1} MiB", outcome.bytes as f64 / f64::from(1 << 20))]);
        let spread = |figures: &[f64]| format!("median {:.0} ms, slowest {:.0} ms", median(figures), figures.iter().copied().fold(0.0, f64::max));
        table.row(["taking one".to_owned(), spread(&outcome.backup_ms)]);
        table.row(["restoring one".to_owned(), spread(&outcome.restore_ms)]);
        for (name, share) in [("median", 0.5), ("p99", 0.99), ("slowest", 1.0)] {
            table.row([format!("{name} of a message without a backup ({})", before.len()), of(&mut before, share)]);
            table.row([format!("{name} of a message during one ({})", during.len()), of(&mut during, share)]);
        }
        print!("{}", table.render());

        let mut verdict = Verdict::default();
        let wanted = WRITES_PER_SECOND as f64;
        verdict.check(rate > 0.9 * wanted, format!("{rate:.0} messages a second were acknowledged, {wanted:.0} were due"));
        verdict.check(outcome.restored == self.times, format!("{} of {} backups were restored and started", outcome.restored, self.times));
        verdict.check(outcome.covered > 0 && outcome.files > 0, format!("{} messages and {} files were looked for", outcome.covered, outcome.files));
        check_none(&mut verdict, "acknowledged before the backup began and not in it, or changed", &outcome.lost);
        check_none(&mut verdict, "files that are not in it", &outcome.lost_files);
        check_none(&mut verdict, "in it and never sent", &outcome.invented);
        check_none(&mut verdict, "restored and not whole (integrity, log, counts, doctor)", &outcome.unsound);
        check_none(&mut verdict, "messages that failed", &shared.trouble.borrow());
        let slowest = during.percentile(1.0);
        verdict.check(
            !during.is_empty() && slowest < STALL,
            format!("nobody waited a second during a backup (slowest {:.0} ms, p99 {})", millis(slowest), of(&mut during, 0.99)),
        );
        let figure = format!(
            "{rate:.0} messages a second; of {} looked for {} missing, of {} files {} missing; p99 of a message {} without and {} during one",
            outcome.covered,
            outcome.lost.len(),
            outcome.files,
            outcome.lost_files.len(),
            of(&mut before, 0.99),
            of(&mut during, 0.99)
        );
        Report { n: format!("{} backups restored", outcome.restored), figure, verdict }
    }
}

/// A customer who writes ten times a second, on time.
async fn write(number: usize, address: SocketAddr, tokens: Rc<Vec<String>>, shared: Rc<Shared>) {
    let pause = Duration::from_micros(1_000_000 * WRITERS / WRITES_PER_SECOND);
    let mut due = Instant::now() + pause.mul_f64(number as f64 / WRITERS as f64);
    let mut http = match Http::connect(address).await {
        Ok(http) => http,
        Err(error) => return shared.trouble.borrow_mut().push(error.to_string()),
    };
    for count in 0.. {
        tokio::time::sleep_until(due.into()).await;
        let mut is_back = false;
        while shared.phase.get() == Some(Phase::After) && !shared.stop.get() {
            tokio::time::sleep(Duration::from_millis(5)).await;
            (due, is_back) = (Instant::now(), true);
        }
        if shared.stop.get() {
            return;
        }
        // Meanwhile the server may have closed a connection that asked for nothing.
        if is_back {
            http = match Http::connect(address).await {
                Ok(http) => http,
                Err(error) => return shared.trouble.borrow_mut().push(error.to_string()),
            };
        }
        let phase = shared.phase.get();
        match say(&mut http, number, count, &tokens[number], &shared).await {
            Ok(kept) => shared.kept.borrow_mut().push(kept),
            Err(error) => return shared.trouble.borrow_mut().push(format!("customer {number}: {error:#}")),
        }
        match phase {
            Some(Phase::Before) => shared.before.borrow_mut().record(due.elapsed()),
            Some(Phase::During) => shared.during.borrow_mut().record(due.elapsed()),
            _ => {}
        }
        due += pause;
    }
}

async fn say(http: &mut Http, number: usize, count: u64, token: &str, shared: &Shared) -> Result<Kept> {
    let text = format!("customer {number} asks question {count}");
    shared.sent.borrow_mut().insert(text.clone());
    let file = if count % FILE_EVERY == number as u64 {
        let content = format!("{text}, with a file of its own\n").repeat(400);
        Some((id_of(upload(http, token, "question.txt", &content).await?)?, content))
    } else {
        None
    };
    let attached: Vec<&str> = file.iter().map(|(id, _)| id.as_str()).collect();
    let body = json!({"text": text, "attachment_ids": attached}).to_string();
    let key = format!("{number}-{count}");
    let answer = http.exchange(&send("POST", "/api/v1/chat/messages", Some(token), Some(&key), &body)).await?.expect(201)?.json()?;
    let word = |name: &str| answer[name].as_str().map(str::to_owned).with_context(|| format!("no {name} in {answer}"));
    let found = Found { conversation_id: word("conversation_id")?, message_id: word("id")?, seq: answer["seq"].as_i64().context("no seq")?, text };
    Ok(Kept { found, writer: number, file })
}

fn path(path: &Path) -> Result<&str> {
    path.to_str().context("a path that is not text")
}

/// Runs a command while the customers go on.
async fn in_background(house: &House, arguments: &[&str]) -> Result<()> {
    let house = house.clone();
    let arguments: Vec<String> = arguments.iter().map(|&argument| argument.to_owned()).collect();
    tokio::task::spawn_blocking(move || house.command_line(&arguments.iter().map(String::as_str).collect::<Vec<_>>()).map(drop)).await?
}
