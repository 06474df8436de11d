//! Folding of names for sorting and searching: case, accents and the letters that decomposition leaves alone.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower case, without accents; `ł`, `ø`, `đ` and `ß` become the letters people type instead.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.nfkd().filter(|character| !is_combining_mark(*character)).flat_map(char::to_lowercase) {
        match character {
            'ł' => out.push('l'),
            'ø' => out.push('o'),
            'đ' => out.push('d'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'ё' => out.push('е'),
            other => out.push(other),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn a_name_is_found_without_its_accents() {
        assert_eq!(fold("  Łukasz  WÓJCIK "), "lukasz wojcik");
        assert_eq!(fold("Inês"), "ines");
        assert_eq!(fold("Пётр"), "петр");
    }
}
