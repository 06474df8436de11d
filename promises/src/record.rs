//! The table of promises in a Markdown file: a run replaces its own row and leaves the others.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::promise::Report;

const BEGIN: &str = "<!-- rows: begin -->";
const END: &str = "<!-- rows: end -->";
const HEADING: [&str; 9] = ["promise", "name", "engine", "N", "figure", "held", "seed", "date", "machine"];

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row(Vec<String>);

impl Row {
    /// The row of a run. `machine` is what [`rapport_bench::machine::describe`] says: the date, a dot, the rest.
    pub fn new((number, name, engine): (&str, &str, &str), report: &Report, seed: u64, machine: &str) -> Row {
        let (date, machine) = machine.split_once(" · ").unwrap_or(("", machine));
        let held = if report.verdict.held() { "yes" } else { "**no**" };
        let cells = [number, name, engine, &report.n, &report.figure, held, &seed.to_string(), date, machine];
        // A stroke would end the cell.
        Row(cells.iter().map(|cell| cell.replace('|', "/")).collect())
    }

    fn parse(line: &str) -> Option<Row> {
        let cells: Vec<String> = line.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        (cells.len() == HEADING.len() && cells[0].starts_with('P')).then_some(Row(cells))
    }

    fn key(&self) -> (u32, &str, &str) {
        (self.0[0][1..].parse().unwrap_or(u32::MAX), &self.0[1], &self.0[2])
    }

    fn render(&self) -> String {
        format!("| {} |\n", self.0.join(" | "))
    }
}

/// Puts the row into the table of `file`, in the place of one with the same name and engine.
pub fn record(file: &Path, row: Row) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let text = with_row(&text, row).with_context(|| format!("{} has no lines {BEGIN} and {END}", file.display()))?;
    fs::write(file, text).with_context(|| format!("writing {}", file.display()))
}

fn with_row(text: &str, row: Row) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (table, after) = rest.split_once(END)?;
    let mut rows: Vec<Row> = table.lines().filter_map(Row::parse).filter(|other| other.key() != row.key()).collect();
    rows.push(row);
    rows.sort_by(|one, other| one.key().cmp(&other.key()));
    let heading = format!("| {} |\n|{}\n", HEADING.join(" | "), " --- |".repeat(HEADING.len()));
    let rows: String = rows.iter().map(Row::render).collect();
    Some(format!("{before}{BEGIN}\n{heading}{rows}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use rapport_bench::report::Verdict;

    use super::*;

    fn row(number: &str, name: &str, figure: &str, held: bool) -> Row {
        let mut verdict = Verdict::default();
        verdict.check(held, "held");
        let report = Report { n: "3 times".into(), figure: figure.into(), verdict };
        Row::new((number, name, "SQLite"), &report, 7, "2026-11-27 10:00 UTC · 2 cores · some machine")
    }

    #[test]
    fn a_run_replaces_its_own_row_and_keeps_the_others_in_order() {
        let empty = format!("Before.\n{BEGIN}\n{END}\nAfter.\n");

        let text = with_row(&empty, row("P19", "shutdown", "old", false)).unwrap();
        let text = with_row(&text, row("P7", "io-error", "0 | 1", true)).unwrap();
        let text = with_row(&text, row("P19", "shutdown", "new", true)).unwrap();

        assert!(text.starts_with("Before.\n") && text.ends_with("\nAfter.\n"));
        let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| P")).collect();
        assert_eq!(
            rows,
            [
                "| P7 | io-error | SQLite | 3 times | 0 / 1 | yes | 7 | 2026-11-27 10:00 UTC | 2 cores · some machine |",
                "| P19 | shutdown | SQLite | 3 times | new | yes | 7 | 2026-11-27 10:00 UTC | 2 cores · some machine |",
            ]
        );
    }

    #[test]
    fn a_promise_that_was_not_kept_is_recorded_as_such() {
        let text = with_row(&format!("{BEGIN}{END}"), row("P1", "kill", "3 lost", false)).unwrap();

        assert!(text.contains("| 3 lost | **no** | 7 |"), "{text}");
    }

    #[test]
    fn a_file_without_a_table_is_not_written_over() {
        assert_eq!(with_row("Something else.\n", row("P1", "kill", "fine", true)), None);
    }
}
