//! Tables for spreadsheets: the only place that writes CSV, so that no cell is ever run as a formula. A test holds that.

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

/// What stands between cells: where a comma stands in numbers, spreadsheets write semicolons.
fn delimiter(header: &str) -> u8 {
    let count = |character| header.matches(character).count();
    if count('\t') > count(',').max(count(';')) {
        b'\t'
    } else if count(';') > count(',') {
        b';'
    } else {
        b','
    }
}

/// A table as it was written: its first line, and every other with the number of its line in the file.
pub struct Table {
    /// The names of the columns.
    pub header: Vec<String>,
    /// Line and cells. Rows may be shorter or longer than the header.
    pub rows: Vec<(i64, Vec<String>)>,
}

/// Reads a table; the error says what is wrong with it.
pub fn read(content: &str) -> Result<Table, String> {
    let content = content.trim_start_matches(BYTE_ORDER_MARK);
    let delimiter = delimiter(content.lines().next().unwrap_or_default());
    let mut csv = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(content.as_bytes());
    let header: Vec<String> = csv.headers().map_err(|error| error.to_string())?.iter().map(|name| meant(name).trim().to_owned()).collect();
    let mut rows = Vec::new();
    for row in csv.records() {
        let row = row.map_err(|error| error.to_string())?;
        let line = row.position().map_or(0, |position| i64::try_from(position.line()).unwrap_or(i64::MAX));
        rows.push((line, row.iter().map(|cell| meant(cell).to_owned()).collect()));
    }
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
}
