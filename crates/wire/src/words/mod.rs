//! Words of a text as search compares them: found by the rules of Unicode, folded, and stemmed in five languages.
//!
//! A text gives *terms*. A term is a word as it is typed, folded (`=orders`); its stem in a language (`eorder`); the pieces of a number
//! or an address written together (`=a1043` for `#A-1043`); or the digits of a telephone number from the back (`#7654`), so that it is found with and without
//! the code of its country. A question becomes a [`Wanted`], which says what a text's terms must hold.
//!
//! **Languages.** A text says itself in which language it is; where it is too short to be sure, it gets the stems of every language of its
//! script. A question is too short nearly always. So whoever writes one language and asks in another form of the same word finds
//! it, whether or not anybody knows the language.

mod question;
mod stems;
mod tokens;

pub use question::{Wanted, matches, question};
pub use stems::Language;
use tokens::Tokens;

/// Of a text so many bytes are looked at, so many words.
const TEXT: usize = 64 * 1024;
/// Words, each with its pieces.
const WORDS: usize = 8 * 1024;
/// Characters of a word; longer ones are cut here, in text and question alike.
const WORD: usize = 64;

/// The terms of a text, in order, each once.
pub fn terms(text: &str) -> Vec<String> {
    let text = &text[..text.floor_char_boundary(TEXT)];
    let mut terms = Vec::new();
    let language = stems::language_of(text);
    for token in Tokens::of(text) {
        token.terms(language, &mut terms);
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

#[cfg(test)]
mod tests;
