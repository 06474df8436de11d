//! Phone numbers as E.164.

use phonenumber::country;

/// The number as `+` and digits. `None` when it is not a valid international number.
pub fn e164(text: &str) -> Option<String> {
    e164_in(None, text)
}

/// The same; a number without its country is one of `country` (ISO 3166-1 alpha-2).
pub fn e164_in(country: Option<&str>, text: &str) -> Option<String> {
    let country = country.and_then(|code| code.parse::<country::Id>().ok());
    let number = phonenumber::parse(country, text.trim()).ok()?;
    phonenumber::is_valid(&number).then(|| number.format().mode(phonenumber::Mode::E164).to_string())
}

/// Whether numbers of a country are known.
pub fn is_country(code: &str) -> bool {
    code.parse::<country::Id>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::{e164, e164_in, is_country};

    #[test]
    fn an_international_number_is_written_one_way() {
        assert_eq!(e164("+351 910 000 112").as_deref(), Some("+351910000112"));
        assert_eq!(e164("910"), None);
    }

    #[test]
    fn a_number_without_its_country_is_one_of_the_country_that_was_said() {
        assert_eq!(e164_in(Some("PT"), "910 000 112").as_deref(), Some("+351910000112"));
        assert_eq!(e164_in(Some("PT"), "+48 601 234 567").as_deref(), Some("+48601234567"));
        assert_eq!((e164_in(Some("XX"), "910 000 112"), is_country("XX"), is_country("PL")), (None, false, true));
    }
}
