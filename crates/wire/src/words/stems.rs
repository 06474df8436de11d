//! Stems of words, and in which language a text is.

use snowball_stemmers_rs::{Algorithm, Stemmer};
use whatlang::{Detector, Lang};

use crate::fold::fold;

/// A language whose words are stemmed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Language {
    /// English.
    English,
    /// Spanish.
    Spanish,
    /// Portuguese.
    Portuguese,
    /// Polish.
    Polish,
    /// Russian.
    Russian,
}

use Language::{English, Polish, Portuguese, Russian, Spanish};

/// Those written in Latin letters.
const LATIN: [Language; 4] = [English, Spanish, Portuguese, Polish];
/// Of a text so much is enough to tell its language.
const SAMPLE: usize = 400;

impl Language {
    /// By its code: `en`, `es`, `pt`, `pl`, `ru`.
    pub fn of_code(code: &str) -> Option<Language> {
        Some(match code {
            "en" => English,
            "es" => Spanish,
            "pt" => Portuguese,
            "pl" => Polish,
            "ru" => Russian,
            _ => return None,
        })
    }

    fn stemmer(self) -> (char, Stemmer) {
        let (mark, algorithm) = match self {
            English => ('e', Algorithm::English),
            Spanish => ('s', Algorithm::Spanish),
            Portuguese => ('o', Algorithm::Portuguese),
            Polish => ('l', Algorithm::Polish),
            Russian => ('r', Algorithm::Russian),
        };
        (mark, Stemmer::create(algorithm))
    }
}

/// In which language a text is; none when it is too short to be sure.
pub(super) fn language_of(text: &str) -> Option<Language> {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let known = Detector::with_allowlist(vec![Lang::Eng, Lang::Spa, Lang::Por, Lang::Pol, Lang::Rus]);
    let found = known.detect(sample).filter(whatlang::Info::is_reliable)?;
    Some(match found.lang() {
        Lang::Eng => English,
        Lang::Spa => Spanish,
        Lang::Por => Portuguese,
        Lang::Pol => Polish,
        _ => Russian,
    })
}

/// Adds the stems of a word. `folded` is the same word without accents: people leave them out, and stemmers go by them, so there is a
/// stem with and one without.
pub(super) fn stems(lower: &str, folded: &str, language: Option<Language>, terms: &mut Vec<String>) {
    let is_cyrillic = |character: char| matches!(character, '\u{400}'..='\u{52f}');
    if folded.chars().count() < 3 || !folded.chars().all(char::is_alphabetic) {
        return;
    }
    let of_script: &[Language] = if folded.chars().all(is_cyrillic) {
        &[Russian]
    } else if folded.is_ascii() {
        &LATIN
    } else {
        return;
    };
    for one in of_script.iter().filter(|one| language.is_none_or(|language| language == **one || !of_script.contains(&language))) {
        let (mark, stemmer) = one.stemmer();
        let bare = format!("{mark}{}", stemmer.stem(folded));
        if lower != folded {
            let accented = format!("{mark}{}", fold(&stemmer.stem(lower)));
            if accented != bare {
                terms.push(accented);
            }
        }
        terms.push(bare);
    }
}
