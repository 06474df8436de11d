//! What stands in a text: words, words of several pieces, telephone numbers.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;

use super::{Language, WORD, WORDS, stems::stems};
use crate::fold::fold;

/// Digits of a telephone number, at least and at most.
const DIGITS: Range<usize> = 7..16;

/// Something that can be found.
pub(super) struct Token {
    /// Where, in bytes.
    pub(super) at: Range<usize>,
    pub(super) kind: Kind,
}

pub(super) enum Kind {
    /// A word, in lower case, and folded.
    Word { lower: String, folded: String },
    /// The words of something written together, such as an address or a number with letters, folded and put together.
    Compound(String),
    /// The digits of a telephone number, the last first.
    Phone(String),
}

impl Token {
    /// Adds the terms it is found by.
    pub(super) fn terms(&self, language: Option<Language>, terms: &mut Vec<String>) {
        match &self.kind {
            Kind::Word { lower, folded } => {
                terms.push(format!("={folded}"));
                stems(lower, folded, language, terms);
            }
            Kind::Compound(together) => terms.push(format!("={together}")),
            Kind::Phone(reversed) => terms.push(format!("#{reversed}")),
        }
    }
}

/// The tokens of a text.
pub(super) struct Tokens;

impl Tokens {
    /// In no particular order.
    pub(super) fn of(text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        for (start, chunk) in chunks(text) {
            let words = words_of(start, chunk);
            if words.len() > 1 {
                let together: String = words.iter().map(|word| word.2.as_str()).collect();
                let at = words[0].0.start..words[words.len() - 1].0.end;
                tokens.push(Token { at, kind: Kind::Compound(cut(&together)) });
            }
            tokens.extend(words.into_iter().map(|(at, lower, folded)| Token { at, kind: Kind::Word { lower, folded } }));
            if tokens.len() > WORDS {
                break;
            }
        }
        phones(text, &mut tokens);
        tokens
    }
}

/// What stands between spaces, and where it begins.
pub(super) fn chunks(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(|chunk| (chunk.as_ptr() as usize - text.as_ptr() as usize, chunk))
}

/// The words of a chunk: where, in lower case, folded.
pub(super) fn words_of(start: usize, chunk: &str) -> Vec<(Range<usize>, String, String)> {
    let mut words = Vec::new();
    for (at, found) in chunk.unicode_word_indices() {
        let mut from = None;
        for (offset, character) in found.char_indices().chain([(found.len(), ' ')]) {
            match (from, is_of_word(character)) {
                (None, true) => from = Some(offset),
                (Some(begun), false) => {
                    words.extend(word(start + at, found, begun..offset));
                    from = None;
                }
                _ => {}
            }
        }
        if words.len() > WORDS {
            break;
        }
    }
    words
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’')
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || is_combining_mark(character) || is_apostrophe(character)
}

fn word(start: usize, found: &str, part: Range<usize>) -> Option<(Range<usize>, String, String)> {
    let plain: String = cut(&found[part.clone()]).nfkc().filter(|character| !is_apostrophe(*character)).flat_map(char::to_lowercase).collect();
    let lower = plain.replace('ё', "е");
    // Folding can make spaces of letters that stand alone, such as a diaeresis.
    let folded: String = fold(&lower).split_whitespace().collect();
    (!folded.is_empty()).then(|| (start + part.start..start + part.end, lower, cut(&folded)))
}

/// At most [`WORD`] characters.
pub(super) fn cut(word: &str) -> String {
    word.chars().take(WORD).collect()
}

/// Adds the telephone numbers: digits with what people put between them, not broken by anything else.
fn phones(text: &str, tokens: &mut Vec<Token>) {
    let mut run: Option<(usize, usize, String)> = None;
    for (at, character) in text.char_indices().chain([(text.len(), '\n')]) {
        match (&mut run, character) {
            (Some((_, end, digits)), '0'..='9') => (*end, ()) = (at + 1, digits.push(character)),
            (None, '0'..='9') => run = Some((at, at + 1, character.into())),
            (Some(_), ' ' | '\u{a0}' | '-' | '.' | '(' | ')' | '/') => {}
            (Some((start, end, digits)), _) => {
                if DIGITS.contains(&digits.len()) {
                    tokens.push(Token { at: *start..*end, kind: Kind::Phone(digits.chars().rev().collect()) });
                }
                run = None;
            }
            (None, _) => {}
        }
    }
}

/// Whether the whole text is a telephone number or a part of one; its digits, the last first.
pub(super) fn phone(text: &str) -> Option<String> {
    let is_phone = text.chars().all(|character| matches!(character, '0'..='9' | ' ' | '\u{a0}' | '-' | '.' | '(' | ')' | '/' | '+'));
    let digits: String = text.chars().rev().filter(char::is_ascii_digit).collect();
    (is_phone && DIGITS.contains(&digits.len())).then_some(digits)
}
