//! The table of a run, and whether each promise was kept.

use std::time::Duration;

use rapport_bench::figures::{median, millis};
use rapport_bench::report::{Table, Verdict};

use crate::crew::ReadBack;
use crate::cycles::{Break, Cycles};
use crate::database::Inspection;
use crate::ledger::{Entries, Ledger};
use crate::promise::Report;

/// At most so many examples of a fault are printed.
const EXAMPLES: usize = 5;

/// What a run found.
#[derive(Debug)]
pub struct Outcome {
    cycles: Cycles,
    /// How long each start took until the server answered.
    pub started: Vec<Duration>,
    /// For each request to end: whether it ended well and how long it took; `None` when it did not end in time.
    pub ended: Vec<Option<(bool, Duration)>>,
    /// What was there at the end.
    pub back: ReadBack,
    /// What the database says.
    pub inspection: Inspection,
}

impl Outcome {
    /// Nothing has happened yet.
    pub fn new(cycles: Cycles) -> Self {
        Self { cycles, started: Vec::new(), ended: Vec::new(), back: ReadBack::default(), inspection: Inspection::default() }
    }
}

/// Prints the table and judges each promise.
pub fn judge(outcome: &Outcome, ledger: &Ledger) -> Report {
    print!("{}", ledger.read(|entries| table(outcome, entries)).render());

    let mut verdict = Verdict::default();
    check_ledger(&mut verdict, &outcome.back, ledger);
    check_inspection(&mut verdict, &outcome.inspection);
    if outcome.cycles.breaking == Break::Terminate {
        let well = outcome.ended.iter().filter(|ended| matches!(ended, Some((true, _)))).count();
        let (asked, worst) = (outcome.ended.len(), slowest(outcome));
        verdict.check(well == asked, format!("{well} of {asked} ended by themselves, with success, within 10 s (slowest {worst:.0} ms)"));
    }
    let mut figure = ledger.read(|entries| summary(entries, &outcome.back));
    let n = if outcome.cycles.breaking == Break::Terminate {
        figure += &format!("; slowest end {:.0} ms", slowest(outcome));
        format!("{} requests to end", outcome.cycles.times)
    } else {
        format!("{} kills", outcome.cycles.times)
    };
    Report { n, figure, verdict }
}

/// What counts, in one line.
pub fn summary(entries: &Entries, back: &ReadBack) -> String {
    let files = back.files.map_or(String::new(), |files| format!("{files} files: {} lost; ", back.lost_files.len()));
    format!(
        "{} messages acknowledged: {} lost, {} doubled; {files}{} sent again of unknown outcome, {} of these had been stored",
        entries.acknowledged.len(),
        back.faults.lost.len(),
        back.faults.doubled.len(),
        entries.repeated,
        entries.found_stored
    )
}

/// Nothing acknowledged is lost, nothing is done twice.
pub fn check_ledger(verdict: &mut Verdict, back: &ReadBack, ledger: &Ledger) {
    let (acknowledged, objections) = ledger.read(|entries| (entries.acknowledged.len(), [entries.objections.clone(), entries.strangers.clone()].concat()));
    verdict.check(acknowledged > 0 && back.read > 0, format!("{acknowledged} messages were acknowledged and read back"));
    for (name, sentences) in back.faults.by_kind() {
        check_none(verdict, name, sentences);
    }
    check_none(verdict, "answers that break a rule", &objections);
    if let Some(files) = back.files {
        verdict.check(files > 0, format!("{files} files were acknowledged and read back"));
    }
    check_none(verdict, "files lost or changed", &back.lost_files);
    check_none(verdict, "uploads that were refused", &back.refused_files);
}

/// The database is whole.
pub fn check_inspection(verdict: &mut Verdict, inspection: &Inspection) {
    check_none(verdict, "holes in the event log", &inspection.log);
    check_none(verdict, "kept counts that differ from a recount", &inspection.counts);
    check_none(verdict, "conversations that disagree with their messages", &inspection.conversations);
    let integrity = &inspection.integrity;
    verdict.check(integrity == "ok", format!("integrity of the database: {integrity}"));
}

fn table(outcome: &Outcome, entries: &Entries) -> Table {
    let started: Vec<f64> = outcome.started.iter().copied().map(millis).collect();
    let slowest_start = started.iter().copied().fold(0.0, f64::max);
    let mut table = Table::new(&["what", "figure"]);
    let name = if outcome.cycles.breaking == Break::Kill { "kills" } else { "requests to end" };
    table.row([name.to_owned(), outcome.cycles.times.to_string()]);
    table.row(["messages acknowledged".to_owned(), entries.acknowledged.len().to_string()]);
    table.row(["sent again, outcome unknown".to_owned(), entries.repeated.to_string()]);
    table.row(["  of these stored, answer lost".to_owned(), entries.found_stored.to_string()]);
    table.row(["sent again, already acknowledged".to_owned(), entries.echoed.to_string()]);
    table.row(["messages read back".to_owned(), format!("{} in {:.0} s", outcome.back.read, outcome.back.reading.as_secs_f64())]);
    table.row(["events in the log".to_owned(), outcome.inspection.events.to_string()]);
    table.row(["start until it answers".to_owned(), format!("median {:.0} ms, slowest {slowest_start:.0} ms", median(&started))]);
    if outcome.cycles.breaking == Break::Terminate {
        table.row(["slowest end".to_owned(), format!("{:.0} ms", slowest(outcome))]);
    }
    table
}

fn slowest(outcome: &Outcome) -> f64 {
    outcome.ended.iter().flatten().map(|(_, took)| millis(*took)).fold(0.0, f64::max)
}

/// Notes that there is none of a fault; prints some examples when there are.
pub fn check_none(verdict: &mut Verdict, name: &str, sentences: &[String]) {
    verdict.check(sentences.is_empty(), format!("{name}: {}", sentences.len()));
    for sentence in sentences.iter().take(EXAMPLES) {
        println!("  {name}: {sentence}");
    }
}
