//! Cursors: opaque to callers, a small JSON value inside.

use platform::web::Problem;
use serde::{Serialize, de::DeserializeOwned};

/// Renders a cursor.
pub fn write<T: Serialize>(value: &T) -> String {
    serde_json::to_vec(value).unwrap_or_default().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads a cursor this server made.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    let bytes: Option<Vec<u8>> = (text.len() < 4000 && text.len().is_multiple_of(2) && text.is_ascii())
        .then(|| (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect())
        .flatten();
    bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).ok_or_else(|| Problem::invalid("", "This cursor is not one of ours. Begin again without it."))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_cursor_reads_back_and_a_foreign_one_is_refused() {
        assert_eq!(super::read::<(i64, String)>(&super::write(&(7, "x"))).unwrap(), (7, "x".into()));
        assert!(super::read::<i64>("'; --").is_err());
        assert!(super::read::<i64>("żż").is_err());
    }
}
