//! Languages: which ones Rapport speaks, and texts that exist in several.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The languages Rapport's own words exist in. The first is the fallback.
pub const LANGUAGES: [&str; 5] = ["en", "es", "pt", "pl", "ru"];

/// A text an administrator wrote in several languages: language tag to text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(value_type = std::collections::HashMap<String, String>)]
pub struct Localised(pub BTreeMap<String, String>);

impl Localised {
    /// The text in `language`, else in its base language, else in English, else in any.
    pub fn pick(&self, language: &str) -> Option<&str> {
        let base = language.split('-').next().unwrap_or(language);
        [language, base, LANGUAGES[0]].iter().find_map(|tag| self.0.get(*tag)).or_else(|| self.0.values().next()).map(String::as_str)
    }
}

/// The best of `offered` for a list of wishes, most wanted first (e.g. from an `Accept-Language` header).
pub fn choose<'a>(wishes: &[&str], offered: &[&'a str]) -> Option<&'a str> {
    wishes.iter().find_map(|wish| {
        let base = wish.split('-').next().unwrap_or(wish);
        offered.iter().find(|tag| tag.eq_ignore_ascii_case(wish) || tag.eq_ignore_ascii_case(base)).copied()
    })
}

/// The languages of an `Accept-Language` header (RFC 9110 section 12.5.4), most wanted first.
pub fn accepted(header: &str) -> Vec<&str> {
    let mut wishes: Vec<(i32, &str)> = header
        .split(',')
        .take(20)
        .filter_map(|part| {
            let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
            let weight: f32 = weight.trim().parse().unwrap_or(0.0);
            (weight > 0.0).then(|| (-(weight * 1000.0) as i32, tag.trim()))
        })
        .collect();
    wishes.sort_by_key(|(weight, _)| *weight);
    wishes.into_iter().map(|(_, tag)| tag).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wish_with_the_greatest_weight_wins() {
        assert_eq!(accepted("en;q=0.5, pl-PL, ru;q=0.9"), ["pl-PL", "ru", "en"]);
        assert_eq!(choose(&accepted("de, pl-PL;q=0.8"), &LANGUAGES), Some("pl"));
        assert_eq!(choose(&["de"], &LANGUAGES), None);
    }

    #[test]
    fn a_text_falls_back_to_its_base_language_then_to_english() {
        let text = Localised([("en".into(), "yes".into()), ("pt".into(), "sim".into())].into());
        assert_eq!(text.pick("pt-BR"), Some("sim"));
        assert_eq!(text.pick("pl"), Some("yes"));
    }
}
