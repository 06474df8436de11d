//! What somebody typed, as a condition over the terms of a text.

use std::ops::Range;

use super::{
    Language, TEXT,
    stems::stems,
    tokens::{self, Kind, Tokens, chunks, cut, words_of},
};

/// Words of a question; what comes after them is not looked at.
const MOST: usize = 12;
/// A telephone number is compared by its last digits, since its beginning is written in several ways.
const NATIONAL: usize = 9;

/// What a text's terms must hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// This term.
    Term(String),
    /// A term that begins so.
    Prefix(String),
    /// Each of these.
    All(Vec<Wanted>),
    /// One of these.
    Any(Vec<Wanted>),
}

impl Wanted {
    /// Whether a text with these terms, in order, is wanted.
    pub fn is_in(&self, terms: &[String]) -> bool {
        match self {
            Wanted::Term(term) => terms.binary_search(term).is_ok(),
            Wanted::Prefix(prefix) => terms.get(terms.partition_point(|term| term < prefix)).is_some_and(|term| term.starts_with(prefix)),
            Wanted::All(all) => all.iter().all(|wanted| wanted.is_in(terms)),
            Wanted::Any(any) => any.iter().any(|wanted| wanted.is_in(terms)),
        }
    }

    fn leaves<'a>(&'a self, leaves: &mut Vec<&'a Wanted>) {
        match self {
            Wanted::All(inner) | Wanted::Any(inner) => inner.iter().for_each(|wanted| wanted.leaves(leaves)),
            leaf => leaves.push(leaf),
        }
    }

    fn wants(&self, term: &str) -> bool {
        match self {
            Wanted::Term(wanted) => wanted == term,
            Wanted::Prefix(prefix) => term.starts_with(prefix),
            _ => false,
        }
    }
}

/// Reads a question: every word is wanted, in one of its forms; of the last one the beginning is enough. None when it has no word.
pub fn question(text: &str, language: Option<Language>) -> Option<Wanted> {
    let all: Vec<(usize, &str)> = chunks(text).filter(|(_, chunk)| !words_of(0, chunk).is_empty()).take(MOST).collect();
    let last = all.len().checked_sub(1)?;
    let mut words: Vec<Wanted> = all.iter().enumerate().map(|(n, (_, chunk))| of_chunk(chunk, language, n == last)).collect();
    let words = if words.len() == 1 { words.remove(0) } else { Wanted::All(words) };
    Some(match tokens::phone(text.trim()) {
        Some(digits) => Wanted::Any(vec![Wanted::Prefix(format!("#{}", &digits[..digits.len().min(NATIONAL)])), words]),
        None => words,
    })
}

fn of_chunk(chunk: &str, language: Option<Language>, is_last: bool) -> Wanted {
    let mut words = words_of(0, chunk);
    words.truncate(MOST);
    let last = words.len() - 1;
    let mut pieces: Vec<Wanted> = words.iter().enumerate().map(|(n, (_, lower, folded))| of_word(lower, folded, language, is_last && n == last)).collect();
    if pieces.len() == 1 {
        return pieces.remove(0);
    }
    let together = format!("={}", cut(&words.iter().map(|word| word.2.as_str()).collect::<String>()));
    let together = if is_last { Wanted::Prefix(together) } else { Wanted::Term(together) };
    // Of a mail address the pieces alone would find everybody else's at the same place.
    if chunk.contains('@') { together } else { Wanted::Any(vec![together, Wanted::All(pieces)]) }
}

fn of_word(lower: &str, folded: &str, language: Option<Language>, is_last: bool) -> Wanted {
    let typed = format!("={folded}");
    let mut stemmed = Vec::new();
    stems(lower, folded, language, &mut stemmed);
    stemmed.dedup();
    let mut any = vec![if is_last && folded.chars().nth(1).is_some() { Wanted::Prefix(typed) } else { Wanted::Term(typed) }];
    any.extend(stemmed.into_iter().map(Wanted::Term));
    if any.len() == 1 { any.remove(0) } else { Wanted::Any(any) }
}

/// Where a text has what is wanted, in bytes: in order, none within another. It does not ask for the text's language: telling it takes longer than
/// all the rest, and a word too many is marked at worst.
pub fn matches(text: &str, wanted: &Wanted) -> Vec<Range<usize>> {
    let text = &text[..text.floor_char_boundary(TEXT)];
    let (mut leaves, mut terms, mut found) = (Vec::new(), Vec::new(), Vec::new());
    wanted.leaves(&mut leaves);
    for token in Tokens::of(text) {
        terms.clear();
        token.terms(None, &mut terms);
        if terms.iter().any(|term| leaves.iter().any(|leaf| leaf.wants(term))) {
            found.push((matches!(token.kind, Kind::Word { .. }), token.at));
        }
    }
    found.sort_by_key(|(is_word, at)| (at.start, std::cmp::Reverse(at.end), *is_word));
    let mut kept: Vec<Range<usize>> = Vec::new();
    for (_, at) in found {
        match kept.last_mut() {
            Some(last) if at.start < last.end => last.end = last.end.max(at.end),
            _ => kept.push(at),
        }
    }
    kept
}
