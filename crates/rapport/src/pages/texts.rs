//! The portal's words in five languages.

use std::{collections::HashMap, sync::LazyLock};

use serde::Deserialize;

/// The words of one language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Texts {
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) people: String,
    pub(super) write: String,
    pub(super) shop: String,
    pub(super) nothing: String,
    pub(super) concierge: String,
    pub(super) do_it_yourself: String,
    pub(super) open: String,
    pub(super) closed: String,
    pub(super) opens: String,
    pub(super) promised: String,
    /// By plural category.
    wait_minutes: HashMap<String, String>,
    pub(super) new_in: String,
    pub(super) delivery: String,
    pub(super) returns: String,
    pub(super) product: Vec<String>,
    pub(super) help_hint: String,
    pub(super) no_chat: String,
    pub(super) no_chat_why: String,
    pub(super) no_chat_next: String,
    pub(super) no_chat_ways: String,
    pub(super) no_chat_owner: String,
}

static ALL: LazyLock<HashMap<&'static str, Texts>> = LazyLock::new(|| {
    let read = |text: &str| -> Texts {
        #[expect(clippy::expect_used, reason = "the files are part of the binary and a test reads each")]
        serde_json::from_str(text).expect("a catalogue")
    };
    HashMap::from([
        ("en", read(include_str!("locales/en.json"))),
        ("es", read(include_str!("locales/es.json"))),
        ("pt", read(include_str!("locales/pt.json"))),
        ("pl", read(include_str!("locales/pl.json"))),
        ("ru", read(include_str!("locales/ru.json"))),
    ])
});

/// The words of a language; English when there are none.
pub(super) fn of(language: &str) -> &'static Texts {
    ALL.get(language).unwrap_or(&ALL["en"])
}

impl Texts {
    /// The measured wait, in whole minutes.
    pub(super) fn wait(&self, language: &str, seconds: i64) -> String {
        let minutes = ((seconds + 30) / 60).max(1);
        let form = self.wait_minutes.get(plural(language, minutes)).or_else(|| self.wait_minutes.get("other")).cloned().unwrap_or_default();
        form.replace("{n}", &minutes.to_string())
    }
}

/// The plural category of a whole number (Unicode CLDR, Language Plural Rules).
fn plural(language: &str, n: i64) -> &'static str {
    let (ten, hundred) = (n % 10, n % 100);
    match language {
        "pl" if n == 1 => "one",
        "ru" if ten == 1 && hundred != 11 => "one",
        "pl" | "ru" if (2..=4).contains(&ten) && !(12..=14).contains(&hundred) => "few",
        "pl" | "ru" => "many",
        "pt" if n <= 1 => "one",
        "en" | "es" if n == 1 => "one",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_told_with_the_right_plural_in_every_language() {
        assert_eq!(of("en").wait("en", 60), "Usually answers in about 1 minute");
        assert_eq!(of("pl").wait("pl", 22 * 60), "Zwykle odpowiadamy w około 22 minuty");
        assert_eq!(of("pl").wait("pl", 25 * 60), "Zwykle odpowiadamy w około 25 minut");
        assert_eq!(of("ru").wait("ru", 21 * 60), "Обычно отвечаем примерно за 21 минуту");
        assert_eq!(of("ru").wait("ru", 11 * 60), "Обычно отвечаем примерно за 11 минут");
        assert_eq!(of("es").wait("es", 240), "Solemos responder en unos 4 minutos");
        assert_eq!(of("pt").wait("pt", 10), "Normalmente respondemos em cerca de 1 minuto");
    }
}
