//! Canned responses as they are shown, kept and offered.

use platform::{clock::Moment, i18n::Localised, web::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::{fill, sharing::Sharing};
use crate::{check, ids::CannedResponseId};

/// An answer that is written once and used often.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CannedResponse {
    /// Names it.
    pub id: CannedResponseId,
    /// What it is for, in lists.
    pub name: String,
    /// What is typed after a slash to get it, without the slash.
    pub shortcut: String,
    /// Its text, by language.
    pub texts: Localised,
    /// Whom it is for.
    pub sharing: Sharing,
    /// How often it was used, by everyone.
    pub used_count: i64,
    /// When it was last used, by anyone.
    pub last_used_at: Option<Moment>,
    /// Whether the viewer may change it.
    pub may_change: bool,
    /// When it was last changed.
    pub changed_at: Moment,
    /// Raised by one in each change.
    pub version: i64,
}

/// A canned response to add.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCannedResponse {
    /// What it is for, in lists; at most 80 characters.
    pub name: String,
    /// What is typed after a slash to get it: letters, digits, `-`, `_` and `.`, at most 40.
    pub shortcut: String,
    /// Its text, by language; at most 10,000 characters each. `{{contact.first_name|there}}` is filled in when it is used.
    pub texts: Localised,
    /// Whom it is for.
    pub sharing: Sharing,
}

/// A change of a canned response; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CannedResponseChange {
    /// New name.
    pub name: Option<String>,
    /// New shortcut.
    pub shortcut: Option<String>,
    /// New texts, in all languages.
    pub texts: Option<Localised>,
    /// For whom it is now.
    pub sharing: Option<Sharing>,
}

/// A canned response as it would stand in one conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OfferedResponse {
    /// Names it.
    pub id: CannedResponseId,
    /// What it is for.
    pub name: String,
    /// What is typed after a slash to get it.
    pub shortcut: String,
    /// Whom it is for.
    pub sharing: Sharing,
    /// The language of the text: the customer's if there is one, else one of the brand's, else any.
    pub language: String,
    /// The text with its variables filled in.
    pub text: String,
    /// Variables that had nothing to say and no words in their stead.
    pub missing: Vec<String>,
    /// When the viewer last used it.
    pub last_used_at: Option<Moment>,
}

const TEXT_LIMIT: usize = 10_000;
const LANGUAGES_LIMIT: usize = 20;

impl NewCannedResponse {
    /// What is kept of what was typed.
    pub(super) fn checked(&self) -> Result<NewCannedResponse, Problem> {
        Ok(NewCannedResponse {
            name: check::text("/name", &self.name, 80)?,
            shortcut: shortcut(&self.shortcut)?,
            texts: texts(&self.texts)?,
            sharing: self.sharing,
        })
    }
}

fn shortcut(typed: &str) -> Result<String, Problem> {
    let word = check::text("/shortcut", typed.trim().trim_start_matches('/'), 40)?.to_lowercase();
    let fits = word.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.'));
    if fits { Ok(word) } else { Err(Problem::invalid("/shortcut", "A shortcut is one word of letters, digits, -, _ and ., e.g. parcel.")) }
}

/// Texts by language; a language without a text is left out.
pub(in crate::conversations) fn texts(typed: &Localised) -> Result<Localised, Problem> {
    let mut kept = Localised::default();
    for (language, text) in &typed.0 {
        let pointer = format!("/texts/{language}");
        let text = check::optional_text(&pointer, text, TEXT_LIMIT)?;
        if text.is_empty() {
            continue;
        }
        fill::check(&pointer, &text)?;
        kept.0.insert(tag(&pointer, language)?, text);
    }
    match kept.0.len() {
        0 => Err(Problem::invalid("/texts", "Write the text in at least one language.")),
        1..=LANGUAGES_LIMIT => Ok(kept),
        _ => Err(Problem::invalid("/texts", format!("At most {LANGUAGES_LIMIT} languages."))),
    }
}

/// A customer may speak a language the console does not, so any tag will do.
fn tag(pointer: &str, language: &str) -> Result<String, Problem> {
    let mut parts = language.split('-');
    let base = parts.next().is_some_and(|base| (2..=3).contains(&base.len()) && base.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let rest = parts.clone().count() <= 2 && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if base && rest { Ok(language.to_owned()) } else { Err(Problem::invalid(pointer, "Name a language by its tag, e.g. en or pt-BR.")) }
}

/// The text for a list of wishes, most wanted first, else any; and its language.
pub(in crate::conversations) fn choose<'a>(texts: &'a Localised, wishes: &[&str]) -> (&'a str, &'a str) {
    let offered: Vec<&str> = texts.0.keys().map(String::as_str).collect();
    let language = platform::i18n::choose(wishes, &offered).or_else(|| platform::i18n::choose(&platform::i18n::LANGUAGES, &offered));
    language.and_then(|language| texts.0.get_key_value(language)).or_else(|| texts.0.iter().next()).map_or(("", ""), |(language, text)| (language, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_customers_language_comes_first_then_the_brands_then_any() {
        let texts = Localised([("de", "Guten Tag"), ("en", "Good day"), ("pt", "Bom dia")].map(|(tag, text)| (tag.to_owned(), text.to_owned())).into());

        assert_eq!(choose(&texts, &["pt-BR", "de"]), ("pt", "Bom dia"));
        assert_eq!(choose(&texts, &["nl", "de"]), ("de", "Guten Tag"));
        assert_eq!(choose(&texts, &["nl"]), ("en", "Good day"));
    }

    #[test]
    fn a_shortcut_is_a_word_and_a_language_a_tag() {
        assert_eq!(shortcut(" /Parcel-2 ").ok().as_deref(), Some("parcel-2"));
        assert!(shortcut("two words").is_err() && shortcut("/").is_err());
        assert!(tag("", "pt-BR").is_ok() && tag("", "english!").is_err() && tag("", "").is_err());
    }
}
