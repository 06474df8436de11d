//! The clock jumps while the server runs and everybody writes, and comes back.
//!
//! libfaketime stands between the server and the system's clock and reads from a file how far it is off. Time that passes
//! (CLOCK_MONOTONIC) is left alone, as it is when somebody sets a real clock. Order and ids go by sequence, so nothing may be lost,
//! doubled or out of order; a job may not run twice or never; what lasts for a time must not outlive it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use jiff::Timestamp;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use rapport_bench::http::{Http, get, send};
use rapport_bench::product::House;
use rapport_bench::report::{Table, Verdict};
use rapport_bench::socket::session;
use rusqlite::{Connection, OpenFlags, ToSql};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::crew::{Crew, END_WITHIN, Hands};
use crate::database::inspect;
use crate::promise::{Ground, Outcome, Report};
use crate::verdict::{check_inspection, check_ledger, check_none, summary};

/// What moves clocks, below the folder of the machine's own libraries.
pub const LIBRARY: &str = "faketime/libfaketimeMT.so.1";
const HOUR: i64 = 3_600;
const YEARS: i64 = 10 * 365 * 86_400;
/// By how many seconds it jumps. The largest come first, so that a short run has them.
const JUMPS: [(i64, &str); 6] =
    [(YEARS, "+10 years"), (-YEARS, "-10 years"), (24 * HOUR, "+1 day"), (-24 * HOUR, "-1 day"), (HOUR, "+1 hour"), (-HOUR, "-1 hour")];
/// How long the clock stays wrong, and everybody writes.
const WRONG_FOR: Duration = Duration::from_secs(2);
/// A job is this late at most when the clock is right again.
const LATE_AT_MOST: Duration = Duration::from_secs(60);
/// So long a conversation sleeps: until the clock is right again.
const SLEEPS: Duration = Duration::from_secs(4);
/// The recurring job that comes once a day; the others come each hour at least.
const DAILY: &str = "collect_stray_files";
const A_DAY: Duration = Duration::from_secs(24 * 3_600 + 60);
/// And the minute that is tolerated.
const AN_HOUR: Duration = Duration::from_secs(3_660);

/// How often the clock jumps.
#[derive(Debug, Clone, Copy)]
pub struct ClockJumps {
    /// How often: there and back is one.
    pub jumps: u32,
}

/// The clock of the server: a file that says how far it is off.
#[derive(Debug)]
pub struct Clock(pub PathBuf);

impl Clock {
    /// Environment of a process that goes by this clock.
    pub fn environment(&self, library: &Path) -> Vec<(String, String)> {
        [
            ("LD_PRELOAD", library.display().to_string()),
            ("FAKETIME_TIMESTAMP_FILE", self.0.display().to_string()),
            ("FAKETIME_NO_CACHE", "1".into()),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".into()),
            // Files keep the time of the real clock; otherwise libfaketime gets in the way of looking at them.
            ("NO_FAKE_STAT", "1".into()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }

    /// The clock is off by so many seconds, from one moment to the next.
    pub fn set(&self, off: i64) -> Result<()> {
        let new = self.0.with_extension("new");
        fs::write(&new, format!("{off:+}\n"))?;
        Ok(fs::rename(new, &self.0)?)
    }
}

impl ClockJumps {
    /// Lets it jump, reads everything back and judges.
    pub async fn run(self, ground: &Ground) -> Result<Outcome> {
        let Some(library) = library() else {
            return Ok(Outcome::NotRun(format!("{LIBRARY} is not installed; scripts/setup does it")));
        };
        let clock = Clock(ground.folder.join("clock"));
        clock.set(0)?;
        let house = House::furnish_with(&ground.binary, &ground.folder.join("data"), clock.environment(&library))?;
        let mut chance = StdRng::seed_from_u64(ground.seed);
        // Sessions of customers end when the clock is off by years; agents' tokens have no end.
        let mut crew = Crew::hire(&house, &mut chance, Hands { uploaders: 0, ..Hands::MANY }).await?;
        let mut late: Vec<f64> = Vec::new();
        let mut faults = Vec::new();
        for number in 0..self.jumps as usize {
            let (off, name) = JUMPS[number % JUMPS.len()];
            let (found, took) = jump(&house, &clock, &mut crew, off).await.with_context(|| format!("the clock jumps by {name}"))?;
            faults.extend(found.into_iter().map(|fault| format!("{name}: {fault}")));
            late.push(took.as_secs_f64());
        }
        let product = house.open().await?;
        let back = crew.read_back(&product, &house.token).await?;
        product.stop(END_WITHIN).await?;

        let slowest = late.iter().copied().fold(0.0, f64::max);
        let mut table = Table::new(&["what", "figure"]);
        table.row(["jumps, there and back".to_owned(), late.len().to_string()]);
        table.row(["jobs late when the clock was right again, at most".to_owned(), format!("{slowest:.1} s")]);
        table.row(["messages acknowledged".to_owned(), crew.ledger.acknowledged().to_string()]);
        print!("{}", table.render());
        let mut verdict = Verdict::default();
        verdict.check(late.len() == self.jumps as usize && !late.is_empty(), format!("the clock jumped {} times and came back", late.len()));
        check_none(&mut verdict, "jobs that ran twice or never, tokens that outlived their time", &faults);
        // Which is as it should be: a session lasts a year.
        let strangers = crew.ledger.take_strangers();
        verdict.check(!strangers.is_empty(), format!("{} times a customer's session was refused while the clock was off by years", strangers.len()));
        check_ledger(&mut verdict, &back, &crew.ledger);
        check_inspection(&mut verdict, &inspect(&house.database())?);
        let figure =
            format!("{} faults of jobs and tokens, jobs {slowest:.1} s late at most; {}", faults.len(), crew.ledger.read(|entries| summary(entries, &back)));
        Ok(Outcome::Tried(Report { n: self.n(), figure, verdict }))
    }
}

impl ClockJumps {
    fn n(self) -> String {
        let by: Vec<&str> = JUMPS.iter().take(self.jumps as usize).map(|(_, name)| *name).collect();
        format!("{} jumps: {}", self.jumps, by.join(", "))
    }
}

/// One jump and back, under load: what was wrong, and how late jobs were.
async fn jump(house: &House, clock: &Clock, crew: &mut Crew, off: i64) -> Result<(Vec<String>, Duration)> {
    let product = house.open().await?;
    let mut faults = Vec::new();
    let mut http = Http::connect(product.address).await?;
    let token = house.hire(&format!("agent-of-{}@example.com", Timestamp::now().as_millisecond()), "Another")?;
    let asks = get("/api/v1/me", Some(&token));
    http.exchange(&asks).await?.expect(200)?;
    let asleep = put_to_sleep(&mut http, house, crew).await?;
    let address = product.address;
    let breaking = async {
        clock.set(off)?;
        tokio::time::sleep(WRONG_FOR / 2).await;
        // Taken back by another process: nobody tells the server, and it may remember for a second only.
        house.command_line(&["token", "revoke", &token])?;
        tokio::time::sleep(WRONG_FOR / 2).await;
        if http.exchange(&asks).await?.status != 401 {
            faults.push("a token still works a second after it was revoked".to_owned());
        }
        clock.set(0)?;
        let late = until_jobs_are_right(house, &asleep).await?;
        if http.exchange(&asks).await?.status != 401 {
            faults.push("a revoked token works again when the clock is right".to_owned());
        }
        let again = http.exchange(&asleep.said).await?.json()?;
        if again["id"] != asleep.message_id {
            faults.push(format!("a message acknowledged before was answered differently under its key: {again}"));
        }
        product.stop(END_WITHIN).await?.context("the server did not end")?;
        Ok(late)
    };
    let late = crew.work(address, Duration::from_millis(300), breaking).await?;
    let woken: i64 = ask(house, WAKINGS, &[&asleep.id.as_bytes().as_slice()])?;
    if woken != 1 {
        faults.push(format!("a conversation that slept woke {woken} times"));
    }
    Ok((faults, late))
}

/// A conversation that is to wake, and when.
struct Asleep {
    id: Uuid,
    wakes_at: Timestamp,
    /// The message that opened it, with its key, and the id it was acknowledged with.
    said: Vec<u8>,
    message_id: Value,
}

/// A customer of their own writes, and the conversation is put to sleep until the clock will be right again.
async fn put_to_sleep(http: &mut Http, house: &House, crew: &Crew) -> Result<Asleep> {
    let visitor = session(http, &house.inbox_key).await?;
    let text = format!("Please call me back, says {}.", &visitor[visitor.len() - 12..]);
    crew.ledger.attempt(&text, false);
    let said = send("POST", "/api/v1/chat/messages", Some(&visitor), Some("the-key"), &json!({"text": text}).to_string());
    let accepted = http.exchange(&said).await?.expect(201)?.json()?;
    let id = accepted["conversation_id"].as_str().context("no conversation")?;
    let wakes_at = Timestamp::now() + SLEEPS;
    let sleeps = json!({"status": "snoozed", "snoozed_until": wakes_at.to_string()}).to_string();
    http.exchange(&send("PATCH", &format!("/api/v1/conversations/{id}"), Some(&house.token), None, &sleeps)).await?.expect(200)?;
    Ok(Asleep { id: id.parse()?, wakes_at, said, message_id: accepted["id"].clone() })
}

/// The clock is right again. Waits until the conversation was woken and no recurring job is due or further away than it ever is;
/// gives how late the last of them was.
async fn until_jobs_are_right(house: &House, asleep: &Asleep) -> Result<Duration> {
    let right = Timestamp::now();
    loop {
        let now = Timestamp::now();
        let (due, hour, day) = (now.as_microsecond(), (now + AN_HOUR).as_microsecond(), (now + A_DAY).as_microsecond());
        let wrong = "SELECT count(*) FROM job WHERE run_at <= ?1 OR run_at > CASE kind WHEN ?4 THEN ?3 ELSE ?2 END";
        let wrong: i64 = ask(house, wrong, &[&due, &hour, &day, &DAILY])?;
        let woken: i64 = ask(house, WAKINGS, &[&asleep.id.as_bytes().as_slice()])?;
        let due_since = if asleep.wakes_at > right { asleep.wakes_at } else { right };
        if wrong == 0 && woken > 0 {
            return Ok(Duration::try_from(now.duration_since(due_since)).unwrap_or_default());
        }
        ensure!(now < due_since + LATE_AT_MOST, "a minute after the clock was right {wrong} jobs have no time or wait, and a conversation woke {woken} times");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// How often the conversation was opened out of its sleep.
const WAKINGS: &str = r#"SELECT count(*) FROM message WHERE conversation_id = ?1 AND kind = 'system' AND detail LIKE '%"from":"snoozed"%"to":"open"%'"#;

fn ask(house: &House, question: &str, parameters: &[&dyn ToSql]) -> Result<i64> {
    let connection = Connection::open_with_flags(house.database(), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    Ok(connection.query_row(question, parameters, |row| row.get(0))?)
}

/// Where Debian puts it: below the folder of the machine's own libraries.
pub fn library() -> Option<PathBuf> {
    let folders = fs::read_dir("/usr/lib").ok()?;
    folders.flatten().map(|folder| folder.path().join(LIBRARY)).find(|path| path.exists())
}
