//! The device fails: a flush or a write answers EIO. Nothing may be acknowledged after it, and the process ends.
//!
//! One customer writes, one message or file after another, so that it is known which flush belongs to which answer. strace lets
//! the K-th call of a thread fail. What it writes down is read afterwards: after the failure there is no answer but to what had
//! been flushed before it, and the process ends with exit code 74 within a second.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use rapport_bench::product::House;
use rapport_bench::report::{Table, Verdict};

use crate::crew::{Crew, END_WITHIN, Hands};
use crate::database::inspect;
use crate::promise::{Ground, Outcome, Report, within};
use crate::strace::Strace;
use crate::sync_order::is_answer;
use crate::trace::{Event, parse};
use crate::verdict::{check_inspection, check_ledger, check_none, summary};

/// The exit code for a device that failed (EX_IOERR of sysexits.h).
/// The exit code of a server that no longer trusts its device.
pub const DEVICE_FAILED: i32 = 74;
/// So long after the failure the process may still be there.
const ENDS_WITHIN: Duration = Duration::from_secs(1);

/// One kind of failure.
#[derive(Clone, Copy)]
struct Failure {
    /// The call that fails.
    call: &'static str,
    /// On which files.
    path: &'static str,
    /// The highest K that is tried.
    most: u32,
    /// Whether it is the folding back of the log that fails, beside the writer: nothing but the database file is traced then.
    folding: bool,
}

/// A flush of the log, a write to it, a flush of an uploaded file, a flush of the database when the log is folded back.
const FAILURES: [Failure; 4] = [
    Failure { call: "fdatasync", path: "rapport.db", most: 30, folding: false },
    Failure { call: "pwrite64", path: "rapport.db", most: 400, folding: false },
    Failure { call: "fsync", path: "/data/files", most: 20, folding: false },
    Failure { call: "fdatasync", path: "rapport.db>", most: 1, folding: true },
];
/// All that is needed to judge the order.
const TRACED: &str = "trace=fdatasync,fsync,pwrite64,recvfrom,read,write,writev,sendto,sendmsg";

/// How often the device fails.
#[derive(Debug, Clone, Copy)]
pub struct IoErrors {
    /// How often.
    pub times: u32,
}

#[derive(Default)]
struct Tally {
    /// Seconds from the failure to the end of the process.
    ended: Vec<f64>,
    faults: Vec<String>,
}

impl IoErrors {
    /// Lets it fail, reads everything back and judges.
    pub async fn run(self, ground: &Ground) -> Result<Outcome> {
        if let Some(why) = Strace::impossible(&ground.folder).await? {
            return Ok(Outcome::NotRun(why));
        }
        let house = House::furnish(&ground.binary, &ground.folder.join("data"))?;
        let mut chance = StdRng::seed_from_u64(ground.seed);
        let mut messages = Crew::hire(&house, &mut chance, Hands { visitors: 1, agents: 0, uploaders: 0 }).await?;
        let mut files = Crew::hire(&house, &mut chance, Hands { visitors: 0, agents: 0, uploaders: 1 }).await?;
        let mut tally = Tally::default();
        for number in 0..self.times {
            let failure = FAILURES[number as usize % FAILURES.len()];
            let k = chance.random_range(1..=failure.most);
            let what = format!("{} {k} on {}", failure.call, failure.path);
            let crew = if failure.call == "fsync" { &mut files } else { &mut messages };
            let faults = fail(&house, crew, ground, failure, k, &mut tally).await.with_context(|| what.clone())?;
            tally.faults.extend(faults.into_iter().map(|fault| format!("{what}: {fault}")));
        }
        let product = house.open().await?;
        let back = messages.read_back(&product, &house.token).await?;
        let lost_files = files.files.missing(product.address, 0).await?;
        product.stop(END_WITHIN).await?;

        let slowest = tally.ended.iter().copied().fold(0.0, f64::max) * 1_000.0;
        let mut table = Table::new(&["what", "figure"]);
        table.row(["failures of the device".to_owned(), tally.ended.len().to_string()]);
        table.row(["from the failure to the end, slowest".to_owned(), format!("{slowest:.0} ms")]);
        table.row(["messages and files acknowledged".to_owned(), format!("{} and {}", messages.ledger.acknowledged(), files.files.len())]);
        print!("{}", table.render());
        let mut verdict = Verdict::default();
        verdict.check(tally.ended.len() == self.times as usize, format!("the device failed {} times, and the process ended each time", tally.ended.len()));
        check_none(&mut verdict, "answers after the failure, other exit codes, slow ends", &tally.faults);
        check_ledger(&mut verdict, &back, &messages.ledger);
        verdict.check(files.files.len() > 0, format!("{} files were acknowledged", files.files.len()));
        check_none(&mut verdict, "files lost or changed", &lost_files);
        check_inspection(&mut verdict, &inspect(&house.database())?);
        let figure = format!(
            "{} answers after it or other ends; exit code 74 after {slowest:.0} ms at most; {}",
            tally.faults.len(),
            messages.ledger.read(|entries| summary(entries, &back))
        );
        Ok(Outcome::Tried(Report { n: format!("{} failures", self.times), figure, verdict }))
    }
}

/// One failure: what was wrong about it.
async fn fail(house: &House, crew: &mut Crew, ground: &Ground, what: Failure, k: u32, tally: &mut Tally) -> Result<Vec<String>> {
    let mut product = house.open().await?;
    let (inject, database) = (format!("inject={}:error=EIO:when={k}+", what.call), house.database().display().to_string());
    let mut arguments = vec!["-ttt", "-y", "-s", "80", "-e", TRACED, "-e", &inject];
    if what.folding {
        arguments.extend(["-P", &database]);
    }
    let strace = Strace::attach(product.id(), &ground.folder, &arguments).await?;
    let status = crew.work(product.address, Duration::ZERO, async { product.ended(Duration::from_secs(60)).await }).await?;
    let status = status.context("the device failed, or should have, and the process goes on")?;
    let events = parse(&strace.finish()?);
    let failure = events.iter().find(|event| event.text.contains("(INJECTED)")).context("strace let nothing fail")?;
    ensure!(failure.is(what.call, what.path), "something else failed: {}", failure.text);
    let mut faults = Vec::new();
    if status.code() != Some(DEVICE_FAILED) {
        faults.push(format!("it ended with {status}"));
    }
    let ended = events.iter().rev().find(|event| event.text.starts_with("+++ exited")).context("strace saw no end")?;
    let took = ended.at - failure.at;
    tally.ended.push(took);
    if took > within(ENDS_WITHIN).as_secs_f64() {
        faults.push(format!("it ended {took:.1} s after the failure"));
    }
    faults.extend(answers_after(&events, failure));
    Ok(faults)
}

/// Answers after the failure to what had not been flushed before it.
fn answers_after(events: &[Event], failure: &Event) -> Vec<String> {
    let answers = events.iter().filter(|event| event.begin > failure.begin && is_answer(event, "HTTP/1.1 201"));
    answers
        .filter(|answer| {
            let asked = events.iter().rev().find(|event| event.begin < answer.begin && event.text.contains("POST /api/v1/chat"));
            let since = asked.map_or(usize::MAX, |asked| asked.begin);
            !events.iter().any(|event| event.is("fdatasync", "-wal>") && event.succeeded() && event.begin > since && event.was_over_before(failure.begin))
        })
        .map(|answer| format!("an answer after the failure: {}", answer.text))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: &str = "8 1.0 recvfrom(20<socket:[9]>, \"POST /api/v1/chat/messages HTTP/\"..., 8192, 0, NULL, NULL) = 331";
    const FLUSHED: &str = "7 1.1 fdatasync(12</d/rapport.db-wal>) = 0";
    const FAILED: &str = "7 1.2 fdatasync(12</d/rapport.db-wal>) = -1 EIO (Input/output error) (INJECTED)";
    const ANSWERED: &str = "8 1.3 writev(20<socket:[9]>, [\"HTTP/1.1 201 Created\"], 2) = 481";

    fn faults(lines: &[&str]) -> usize {
        let events = parse(&lines.join("\n"));
        answers_after(&events, events.iter().find(|event| event.text.contains("INJECTED")).unwrap()).len()
    }

    #[test]
    fn only_what_was_flushed_before_the_failure_may_be_answered_after_it() {
        assert_eq!(faults(&[ASKED, FLUSHED, FAILED, ANSWERED]), 0);
        assert_eq!(faults(&[FLUSHED, ASKED, FAILED, ANSWERED]), 1);
        assert_eq!(faults(&[FLUSHED, ASKED, FAILED]), 0);
    }
}
