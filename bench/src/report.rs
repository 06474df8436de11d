//! Plain tables and the verdict under them.

use std::fmt::Write as _;

/// A table of text columns; the first row is the heading.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Starts a table with its heading.
    pub fn new(heading: &[&str]) -> Self {
        Self { rows: vec![heading.iter().map(ToString::to_string).collect()] }
    }

    /// Adds a row.
    pub fn row<S: Into<String>>(&mut self, cells: impl IntoIterator<Item = S>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// The table as text: first column to the left, figures to the right.
    pub fn render(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let mut text = String::new();
        for (number, row) in self.rows.iter().enumerate() {
            for (column, cell) in row.iter().enumerate() {
                let padding = " ".repeat(widths[column] - cell.chars().count());
                let (before, after) = if column == 0 { ("", padding.as_str()) } else { (padding.as_str(), "") };
                let _ = write!(text, "{}{before}{cell}{after}", if column == 0 { "" } else { "  " });
            }
            text.push('\n');
            if number == 0 {
                text.push_str(&"-".repeat(widths.iter().sum::<usize>() + 2 * columns.saturating_sub(1)));
                text.push('\n');
            }
        }
        text
    }
}

/// What a command found: every figure it promises, held or not.
#[derive(Debug, Default)]
pub struct Verdict {
    lines: Vec<(bool, String)>,
}

impl Verdict {
    /// Notes that a promise was held or not, with the figures in words.
    pub fn check(&mut self, held: bool, sentence: impl Into<String>) {
        self.lines.push((held, sentence.into()));
    }

    /// Takes over what another command found.
    pub fn merge(&mut self, other: Self) {
        self.lines.extend(other.lines);
    }

    /// Whether every promise was held. No promise checked counts as not held: a run that measured nothing proves nothing.
    pub fn held(&self) -> bool {
        !self.lines.is_empty() && self.lines.iter().all(|(held, _)| *held)
    }

    /// One line a promise.
    pub fn render(&self) -> String {
        let line = |(held, sentence): &(bool, String)| format!("{}  {sentence}\n", if *held { "PASS" } else { "FAIL" });
        self.lines.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let mut table = Table::new(&["what", "ms"]);
        table.row(["writing", "1.5"]);
        table.row(["é", "10.25"]);

        assert_eq!(table.render(), "what        ms\n--------------\nwriting    1.5\né        10.25\n");
    }

    #[test]
    fn one_broken_promise_fails_the_run_and_so_does_none_checked() {
        let mut verdict = Verdict::default();
        assert!(!verdict.held());

        verdict.check(true, "fast");
        assert!(verdict.held());

        verdict.check(false, "small");
        assert!(!verdict.held());
        assert_eq!(verdict.render(), "PASS  fast\nFAIL  small\n");
    }
}
