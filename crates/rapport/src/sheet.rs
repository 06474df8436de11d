//! Tables for spreadsheets: the only place that writes CSV, so that no cell is ever run as a formula. A test holds that.

use std::io::Read;

/// What a spreadsheet takes for the beginning of a formula, full-width forms as well; some of them look past quotes and spaces.
const BEGINS_A_FORMULA: [char; 14] = ['=', '+', '-', '@', '\t', '\r', '\n', '%', '|', '＝', '＋', '－', '＠', '\u{feff}'];

/// Spreadsheets take a file for the machine's old code page unless it begins with this.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

fn is_dangerous(cell: &str) -> bool {
    cell.trim_start_matches([' ', '"', '\u{a0}']).starts_with(BEGINS_A_FORMULA)
}

/// A spreadsheet shows a cell after an apostrophe as it is. One more stands before what begins with an apostrophe and would be taken for
/// a protected cell, so that what is read is what was written.
fn harmless(cell: &str) -> String {
    if is_dangerous(cell.trim_start_matches('\'')) { format!("'{cell}") } else { cell.to_owned() }
}

/// What was written into a cell.
pub fn meant(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_dangerous(rest.trim_start_matches('\''))).unwrap_or(cell)
}

/// Rows as CSV, without the mark at the beginning of a file.
pub fn written<R: AsRef<[String]>>(rows: &[R]) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    for row in rows {
        csv.write_record(row.as_ref().iter().map(|cell| harmless(cell)))?;
    }
    Ok(String::from_utf8(csv.into_inner()?)?)
}

/// What stands between cells, by the first line: where a comma stands in numbers, spreadsheets write semicolons.
pub fn delimiter(content: &str) -> u8 {
    let (mut quoted, mut found) = (false, [(b',', 0), (b';', 0), (b'\t', 0)]);
    for character in content.trim_start_matches(BYTE_ORDER_MARK).trim_start().chars() {
        match character {
            '"' => quoted = !quoted,
            '\n' | '\r' if !quoted => break,
            _ if quoted => {}
            other => found.iter_mut().filter(|(delimiter, _)| char::from(*delimiter) == other).for_each(|(_, times)| *times += 1),
        }
    }
    // Of those that stand there equally often the first.
    found.into_iter().rev().max_by_key(|(_, times)| *times).map_or(b',', |(delimiter, _)| delimiter)
}

/// A row as it was written, with the number of its line in the file. It may be shorter or longer than the header.
pub type Row = (i64, Vec<String>);

/// The rows of a table that is read as it comes. Those in which nothing stands are passed over.
pub struct Rows<R> {
    /// The names of the columns.
    pub header: Vec<String>,
    csv: csv::Reader<R>,
    current: csv::StringRecord,
}

impl<R: Read> Rows<R> {
    /// Reads the header.
    pub fn open(from: R, delimiter: u8) -> Result<Rows<R>, csv::Error> {
        let mut csv = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(from);
        let header = csv.headers()?.iter().map(|name| meant(name.trim_start_matches(BYTE_ORDER_MARK)).trim().to_owned()).collect();
        Ok(Rows { header, csv, current: csv::StringRecord::new() })
    }

    /// Goes to the next row; whether there is one.
    fn advance(&mut self) -> Result<bool, csv::Error> {
        while self.csv.read_record(&mut self.current)? {
            if self.current.iter().any(|cell| !cell.trim().is_empty()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Passes over as many rows; how many there were.
    pub fn skip_rows(&mut self, rows: i64) -> Result<i64, csv::Error> {
        for passed in 0..rows {
            if !self.advance()? {
                return Ok(passed);
            }
        }
        Ok(rows)
    }
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Result<Row, csv::Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = |row: &csv::StringRecord| row.position().map_or(0, |position| i64::try_from(position.line()).unwrap_or(i64::MAX));
        match self.advance() {
            Ok(true) => Some(Ok((line(&self.current), self.current.iter().map(|cell| meant(cell).to_owned()).collect()))),
            Ok(false) => None,
            Err(error) => Some(Err(error)),
        }
    }
}

/// A table as it was written.
pub struct Table {
    /// The names of the columns.
    pub header: Vec<String>,
    /// Every other line.
    pub rows: Vec<Row>,
}

/// Reads a table; the error says what is wrong with it.
pub fn read(content: &str) -> Result<Table, String> {
    let mut rows = Rows::open(content.as_bytes(), delimiter(content)).map_err(|error| error.to_string())?;
    let header = std::mem::take(&mut rows.header);
    let rows = rows.collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    Ok(Table { header, rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELLS: &[&str] = &[
        "=cmd|' /C calc'!A0",
        "+48 22 000",
        "- first\n- second",
        "@here",
        "%PATH%",
        "|calc",
        "\tx",
        "\rx",
        "\nx",
        "＝1",
        "＋1",
        "－1",
        "＠1",
        " =1",
        "\"=1",
        "\u{feff}=1",
        "'=1",
        "''=1",
        "'quoted'",
        "O'Keefe",
        "+49 170 1234567",
        "plain, \"quoted\"\nline",
        "a\n=1",
        "",
        "'",
        "ordinary",
    ];

    /// T-CSV-1: no cell is run, and each reads back byte for byte.
    #[test]
    fn what_a_spreadsheet_would_run_is_shown_and_reads_back_as_it_was() {
        let header = vec!["a".to_owned(), "b".to_owned()];
        let rows: Vec<Vec<String>> = CELLS.iter().map(|cell| vec![(*cell).to_owned(), "x".to_owned()]).collect();
        let file = format!("{BYTE_ORDER_MARK}{}", written(&[vec![header], rows.clone()].concat()).unwrap());

        for record in csv::Reader::from_reader(file.trim_start_matches(BYTE_ORDER_MARK).as_bytes()).records() {
            let cell = record.unwrap()[0].to_owned();
            assert!(!is_dangerous(&cell), "{cell:?}");
        }
        assert_eq!(read(&file).unwrap().rows.into_iter().map(|(_, cells)| cells).collect::<Vec<_>>(), rows);
        for harmless_one in ["O'Keefe", "'quoted'", "ordinary"] {
            assert_eq!(harmless(harmless_one), harmless_one, "unharmed");
        }
    }

    #[test]
    fn semicolons_tabs_and_uneven_rows_are_read_with_their_line() {
        let table = read("name;mail\nAnna;anna@example.com\n\"two\nlines\"\nBilal;b@example.com;more\n").unwrap();

        assert_eq!(table.header, ["name", "mail"]);
        assert_eq!(table.rows.iter().map(|(line, cells)| (*line, cells.len())).collect::<Vec<_>>(), [(2, 2), (3, 1), (5, 3)]);
        assert_eq!(read("name\tmail\nAnna\ta\n").unwrap().rows[0].1, ["Anna", "a"]);
    }

    #[test]
    fn what_stands_in_quotes_is_no_delimiter() {
        assert_eq!(delimiter("\"a;b;c;d\",e\n;;;;;"), b',');
        assert_eq!(delimiter("\u{feff}\na;b,c;d\n"), b';');
        assert_eq!(delimiter("alone"), b',');
    }

    #[test]
    fn rows_are_passed_over_as_they_are_read() {
        let mut rows = Rows::open("a;b\n1;2\n;;\n\n3;4\n5;6\n".as_bytes(), b';').unwrap();

        assert_eq!(rows.skip_rows(2).unwrap(), 2);
        assert_eq!(rows.next().unwrap().unwrap(), (6, vec!["5".to_owned(), "6".to_owned()]));
        assert!(rows.next().is_none());
        assert_eq!(rows.skip_rows(1).unwrap(), 0);
    }
}
