//! A piece of a text around what was found in it. Marks are offsets, never markup: whoever shows it decides how.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use wire::words::{self, Wanted};

/// Characters of a snippet.
const LENGTH: usize = 200;
/// Characters before the first match.
const BEFORE: usize = 60;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Snippet {
    /// The piece on one line, `…` where something was left out.
    pub text: String,
    /// What was found in it: pairs of beginning and length, in UTF-16 code units.
    pub marks: Vec<[usize; 2]>,
}

/// The piece of `text` around the first of what was wanted.
pub(super) fn snippet(text: &str, wanted: &Wanted) -> Snippet {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let found = words::matches(&line, wanted);
    let piece = around(&line, found.first().map_or(0, |first| first.start));
    let (before, after) = (if piece.start > 0 { "… " } else { "" }, if piece.end < line.len() { " …" } else { "" });
    let units = |range: Range<usize>| line[range].encode_utf16().count();
    let shift = before.encode_utf16().count();
    let marks =
        found.into_iter().filter(|at| at.start >= piece.start && at.end <= piece.end).map(|at| [shift + units(piece.start..at.start), units(at)]).collect();
    Snippet { text: format!("{before}{}{after}", &line[piece]), marks }
}

/// From a space some way before `at` to one some way after it.
fn around(line: &str, at: usize) -> Range<usize> {
    let begin = line[..at].char_indices().rev().nth(BEFORE - 1).map_or(0, |(begin, _)| begin);
    let begin = if begin == 0 { 0 } else { line[begin..at].find(' ').map_or(begin, |space| begin + space + 1) };
    let Some((end, _)) = line[begin..].char_indices().nth(LENGTH) else { return begin..line.len() };
    let end = begin + end;
    begin..line[begin..end].rfind(' ').map(|space| begin + space).filter(|space| *space > at).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(asked: &str, text: &str) -> (String, Vec<String>) {
        let snippet = snippet(text, &words::question(asked, None).unwrap());
        let units: Vec<u16> = snippet.text.encode_utf16().collect();
        let words = snippet.marks.iter().map(|[begin, length]| String::from_utf16(&units[*begin..begin + length]).unwrap()).collect();
        (snippet.text, words)
    }

    #[test]
    fn a_short_text_is_shown_whole_on_one_line() {
        assert_eq!(marked("parcel", "My 👋 parcel\n\nis late, parcels!"), ("My 👋 parcel is late, parcels!".into(), vec!["parcel".into(), "parcels".into()]));
        assert_eq!(marked("<b>", "<b>bold</b>").1, ["b", "b"]);
    }

    #[test]
    fn a_long_text_is_cut_at_spaces_around_what_was_found() {
        let (text, words) = marked("paczka", &format!("{} żółta paczka {}", "słowo ".repeat(200), "koniec ".repeat(200)));
        assert!(text.starts_with("… słowo") && text.ends_with("koniec …"), "{text}");
        assert!(text.chars().count() <= LENGTH + 4);
        assert_eq!(words, ["paczka"]);
    }

    #[test]
    fn a_text_without_spaces_is_cut_too() {
        let (text, _) = marked("x", &"语".repeat(2_000));
        assert!(text.chars().count() <= LENGTH + 4);
    }
}
