//! What was asked, as it may be kept.

use serde_json::{Map, Value};

/// Fields whose values are never kept.
const SECRETS: &[&str] = &["password", "current_password", "new_password", "code", "secret", "token"];
/// A longer text is kept by its beginning.
const LONGEST: usize = 500;
/// Elements of a list that are kept.
const MOST: usize = 50;

/// The body without secrets and without lengths that nobody reads.
pub(super) fn without_secrets(body: Option<&Value>) -> Value {
    body.map_or(Value::Null, clean)
}

fn clean(value: &Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(fields.iter().map(field).collect::<Map<_, _>>()),
        Value::Array(items) => Value::Array(items.iter().take(MOST).map(clean).collect()),
        Value::String(text) if text.chars().count() > LONGEST => Value::String(format!("{}…", text.chars().take(LONGEST).collect::<String>())),
        other => other.clone(),
    }
}

fn field((name, value): (&String, &Value)) -> (String, Value) {
    let kept = if SECRETS.contains(&name.as_str()) && !value.is_null() { Value::String("…".into()) } else { clean(value) };
    (name.clone(), kept)
}

/// What an object is called, in an answer or in what was asked.
pub(super) fn name_of(value: &Value) -> Option<String> {
    let named = value.get("agent").filter(|inner| inner.is_object()).unwrap_or(value);
    let text = |field: &str| named.get(field).and_then(Value::as_str).map(str::to_owned);
    text("name").or_else(|| named.get("names")?.as_object()?.values().next()?.as_str().map(str::to_owned)).or_else(|| text("email"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_are_not_kept_and_the_rest_is() {
        let body = json!({"name": "Shop", "password": "hunter2", "deep": [{"token": "x", "n": 1}], "code": null, "long": "ż".repeat(600)});
        let kept = without_secrets(Some(&body));
        assert_eq!(kept["password"], "…");
        assert_eq!(kept["deep"], json!([{"token": "…", "n": 1}]));
        assert_eq!((&kept["name"], &kept["code"]), (&json!("Shop"), &Value::Null));
        assert_eq!(kept["long"].as_str().unwrap().chars().count(), 501);
        assert!(!kept.to_string().contains("hunter2"));
    }

    #[test]
    fn objects_are_called_by_their_name_their_names_or_their_address() {
        assert_eq!(name_of(&json!({"name": "Berlin"})).as_deref(), Some("Berlin"));
        assert_eq!(name_of(&json!({"names": {"en": "Delivery"}})).as_deref(), Some("Delivery"));
        assert_eq!(name_of(&json!({"agent": {"name": "Ines"}, "link": "x"})).as_deref(), Some("Ines"));
        assert_eq!(name_of(&json!({"id": 7})), None);
    }
}
