//! The file of an import: how it is written, and its rows.

use std::io::{self, Read};

use chardetng::EncodingDetector;
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};
use platform::blobs::{self, Blobs};

use super::model::{FileDelimiter, FileEncoding, ImportColumn};
use crate::sheet::{self, Rows};

/// A file is at most so long.
pub(super) const MOST_BYTES: i64 = 50 * 1024 * 1024;
const MOST_ROWS: i64 = 200_000;
const MOST_COLUMNS: usize = 200;
/// Shown of each column.
const SAMPLES: usize = 3;
const SAMPLE_CHARACTERS: usize = 80;
const NAME_CHARACTERS: usize = 120;
const PIECE: usize = 64 << 10;

/// The rows of a file, as text.
pub(super) type FileRows = Rows<DecodeReaderBytes<Box<dyn Read + Send>, Vec<u8>>>;

/// What a file looks like.
pub(super) struct Look {
    pub(super) encoding: FileEncoding,
    pub(super) delimiter: FileDelimiter,
    pub(super) columns: Vec<ImportColumn>,
    pub(super) rows: i64,
}

/// What is wrong with a file, or with the place it is kept in.
pub(super) enum Unread {
    /// Says how to mend it.
    Mistake(String),
    /// The storage.
    Storage(io::Error),
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Unread {
        Unread::Storage(error)
    }
}

impl From<csv::Error> for Unread {
    fn from(error: csv::Error) -> Unread {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Unread::Storage(error),
            _ => Unread::Mistake("This is no CSV file. Save the table as CSV and choose that file.".into()),
        }
    }
}

fn encoding_of(encoding: FileEncoding) -> &'static Encoding {
    match encoding {
        FileEncoding::Utf8 => UTF_8,
        FileEncoding::Utf16Le => UTF_16LE,
        FileEncoding::Utf16Be => UTF_16BE,
        FileEncoding::Western => WINDOWS_1252,
        FileEncoding::Central => WINDOWS_1250,
        FileEncoding::Cyrillic => WINDOWS_1251,
    }
}

fn text(from: Box<dyn Read + Send>, encoding: FileEncoding) -> DecodeReaderBytes<Box<dyn Read + Send>, Vec<u8>> {
    DecodeReaderBytesBuilder::new().encoding(Some(encoding_of(encoding))).strip_bom(true).build(from)
}

/// Opens the rows of a file.
pub(super) fn rows(blobs: &Blobs, hash: &str, encoding: FileEncoding, delimiter: FileDelimiter) -> Result<FileRows, Unread> {
    Ok(Rows::open(text(blobs.read(hash)?, encoding), delimiter.byte())?)
}

/// Looks at a file: what is not told is found out.
pub(super) fn look(blobs: &Blobs, hash: &str, encoding: Option<FileEncoding>, delimiter: Option<FileDelimiter>) -> Result<Look, Unread> {
    let encoding = match encoding {
        Some(encoding) => encoding,
        None => detect(blobs.read(hash)?)?,
    };
    let delimiter = match delimiter {
        Some(delimiter) => delimiter,
        None => FileDelimiter::of(sheet::delimiter(&beginning(text(blobs.read(hash)?, encoding))?)),
    };
    let mut rows = rows(blobs, hash, encoding, delimiter)?;
    let mut columns = columns(&rows.header)?;
    let mut count = 0;
    for row in rows.by_ref() {
        let (_, cells) = row?;
        count += 1;
        if count > MOST_ROWS {
            return Err(Unread::Mistake(format!("The file has more than {MOST_ROWS} rows. Split it, and import the parts one after the other.")));
        }
        for (column, cell) in columns.iter_mut().zip(&cells) {
            let cell: String = cell.trim().chars().take(SAMPLE_CHARACTERS).collect();
            if column.samples.len() < SAMPLES && !cell.is_empty() && !column.samples.contains(&cell) {
                column.samples.push(cell);
            }
        }
    }
    if count == 0 {
        return Err(Unread::Mistake("The file has no rows below its heading. The first line names the columns; each further line is a contact.".into()));
    }
    Ok(Look { encoding, delimiter, columns, rows: count })
}

fn columns(header: &[String]) -> Result<Vec<ImportColumn>, Unread> {
    if header.len() > MOST_COLUMNS {
        return Err(Unread::Mistake(format!("The file has more than {MOST_COLUMNS} columns. Remove those that are not needed.")));
    }
    let named = |name: &String| ImportColumn { name: name.chars().take(NAME_CHARACTERS).collect(), samples: Vec::new(), field: None };
    Ok(header.iter().map(named).collect())
}

/// The first piece of a text.
fn beginning(mut from: impl Read) -> io::Result<String> {
    let mut piece = Vec::with_capacity(PIECE);
    from.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
    Ok(String::from_utf8_lossy(&piece).into_owned())
}

/// How letters are written: by a mark at the beginning, by what could only be UTF-8 or UTF-16, else by how often letters come.
fn detect(mut from: Box<dyn Read + Send>) -> Result<FileEncoding, Unread> {
    let (mut detector, mut utf8) = (EncodingDetector::new(), Utf8Check::new());
    let mut piece = vec![0; PIECE];
    let mut is_first = true;
    loop {
        let read = fill(&mut from, &mut piece)?;
        if std::mem::take(&mut is_first) {
            if let Some(kind) = other_kind(&piece[..read]) {
                return Err(Unread::Mistake(kind.into()));
            }
            if let Some(found) = utf16(&piece[..read]) {
                return Ok(found);
            }
        }
        let is_last = read < piece.len();
        utf8.feed(&piece[..read], is_last);
        detector.feed(&piece[..read], is_last);
        if is_last {
            break;
        }
    }
    Ok(if utf8.holds { FileEncoding::Utf8 } else { single_byte(detector.guess(None, false)) })
}

fn single_byte(guessed: &'static Encoding) -> FileEncoding {
    match guessed.name() {
        "windows-1250" | "ISO-8859-2" | "ISO-8859-16" => FileEncoding::Central,
        "windows-1251" | "ISO-8859-5" | "KOI8-U" | "KOI8-R" | "IBM866" => FileEncoding::Cyrillic,
        _ => FileEncoding::Western,
    }
}

/// Reads until the piece is full or nothing is left.
fn fill(from: &mut impl Read, piece: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < piece.len() {
        match from.read(&mut piece[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

/// What somebody chose instead of a table as text.
fn other_kind(head: &[u8]) -> Option<&'static str> {
    let is_control = |byte: &u8| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r');
    // A heading may begin with the letters by which a picture is told.
    if !head.starts_with(b"%PDF") && !head.iter().take(512).any(is_control) {
        return None;
    }
    match blobs::sniff(head).as_str() {
        "text/plain" | "application/octet-stream" => None,
        kind if kind.contains("zip") || kind.contains("officedocument") || kind.contains("opendocument") || kind.contains("excel") => {
            Some("This is a spreadsheet or an archive, and no CSV file. Open it, save it as CSV (UTF-8) and choose that file.")
        }
        _ => Some("This is no CSV file. Save the table as CSV and choose that file."),
    }
}

/// UTF-16 by its mark, or because every other byte is nothing, as it is for Latin letters.
fn utf16(head: &[u8]) -> Option<FileEncoding> {
    match head {
        [0xff, 0xfe, ..] => return Some(FileEncoding::Utf16Le),
        [0xfe, 0xff, ..] => return Some(FileEncoding::Utf16Be),
        _ => {}
    }
    let looked_at = &head[..head.len().min(1024)];
    let zeros = |from: usize| looked_at.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let most = looked_at.len() * 2 / 10;
    let (even, odd) = (zeros(0), zeros(1));
    if odd > most && even < odd / 4 {
        Some(FileEncoding::Utf16Le)
    } else if even > most && odd < even / 4 {
        Some(FileEncoding::Utf16Be)
    } else {
        None
    }
}

/// Whether all of a file is UTF-8, piece by piece.
struct Utf8Check {
    decoder: Decoder,
    sink: Vec<u8>,
    holds: bool,
}

impl Utf8Check {
    fn new() -> Utf8Check {
        Utf8Check { decoder: UTF_8.new_decoder_without_bom_handling(), sink: vec![0; 4 * PIECE], holds: true }
    }

    fn feed(&mut self, piece: &[u8], is_last: bool) {
        // The sink has room for whatever the piece can become, so this ends at its end or at what is no UTF-8.
        self.holds = self.holds && matches!(self.decoder.decode_to_utf8_without_replacement(piece, &mut self.sink, is_last).0, DecoderResult::InputEmpty);
    }
}
