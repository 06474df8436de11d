//! Bounds of what people type, the same everywhere.

use platform::web::Problem;

/// A required text of at most `limit` characters, trimmed, without NUL.
pub fn text(pointer: &str, value: &str, limit: usize) -> Result<String, Problem> {
    let text = optional_text(pointer, value, limit)?;
    if text.is_empty() { Err(Problem::invalid(pointer, "This must not be empty.")) } else { Ok(text) }
}

/// A text of at most `limit` characters that may be empty.
pub fn optional_text(pointer: &str, value: &str, limit: usize) -> Result<String, Problem> {
    let text: String = value.trim().chars().filter(|character| *character != '\0').collect();
    if text.chars().count() > limit {
        return Err(Problem::invalid(pointer, format!("At most {limit} characters.")));
    }
    Ok(text)
}

/// An e-mail address: something, an @, a domain with a dot or not. Whether it exists only a mail can tell.
pub fn email(pointer: &str, value: &str) -> Result<String, Problem> {
    let address = text(pointer, value, 254)?.to_lowercase();
    let valid =
        address.rsplit_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty() && !domain.starts_with('.') && !domain.ends_with('.'))
            && !address.contains(|character: char| character.is_whitespace() || character.is_control() || matches!(character, '<' | '>' | ','));
    if valid { Ok(address) } else { Err(Problem::invalid(pointer, "Write an e-mail address, e.g. anna@example.com.")) }
}

/// One of Rapport's languages.
pub fn language(pointer: &str, value: &str) -> Result<String, Problem> {
    platform::i18n::choose(&[value], &platform::i18n::LANGUAGES).map(str::to_owned).ok_or_else(|| Problem::invalid(pointer, "Write one of en, es, pt, pl, ru."))
}

/// An IANA time zone.
pub fn time_zone(pointer: &str, value: &str) -> Result<String, Problem> {
    jiff::tz::TimeZone::get(value)
        .map(|_| value.to_owned())
        .map_err(|_| Problem::invalid(pointer, format!("There is no time zone {value}; write e.g. Europe/Lisbon.")))
}

/// How many of a list are wanted: 25 unless told, at most `most`.
pub fn limit(asked: Option<i64>, most: i64) -> Result<i64, Problem> {
    match asked {
        None => Ok(25.min(most)),
        Some(n) if (1..=most).contains(&n) => Ok(n),
        Some(_) => Err(Problem::invalid("", format!("limit is a number from 1 to {most}."))),
    }
}

/// A key for sorting and searching names: case and accents folded, so that Wójcik is found by "wojcik".
pub fn name_key(name: &str) -> String {
    wire::fold::fold(name)
}
