//! Phone numbers as E.164.

/// The number as `+` and digits. `None` when it is not a valid international number.
pub fn e164(text: &str) -> Option<String> {
    let number = phonenumber::parse(None, text.trim()).ok()?;
    phonenumber::is_valid(&number).then(|| number.format().mode(phonenumber::Mode::E164).to_string())
}

#[cfg(test)]
mod tests {
    use super::e164;

    #[test]
    fn an_international_number_is_written_one_way() {
        assert_eq!(e164("+351 910 000 112").as_deref(), Some("+351910000112"));
        assert_eq!(e164("910"), None);
    }
}
