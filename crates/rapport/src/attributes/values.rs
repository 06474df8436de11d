//! The values of an owner: checked by their definition, and found by it.

use platform::{store::Tx, web::Problem};
use serde_json::{Number, Value};
use uuid::Uuid;

use super::{
    model::{Attribute, AttributeKind, AttributeOf, Values},
    store::{self, Found},
};
use crate::{
    check,
    ids::{ContactId, ConversationId},
};

/// Numbers are found as whole ten-thousandths: exact on both engines.
const SCALE: f64 = 10_000.0;
/// With four decimals these are the fifteen digits that every JSON number keeps.
const GREATEST: f64 = 99_999_999_999.0;
/// A key of an index stays short.
const KEY_CHARACTERS: usize = 200;

/// The values after a change: what is left out stays, null empties.
pub fn changed(tx: &mut Tx<'_>, of: AttributeOf, current: &Values, change: &Values) -> Result<Values, Problem> {
    let mut after = current.clone();
    if change.is_empty() {
        return Ok(after);
    }
    let definitions = store::definitions(tx, of)?;
    for (key, value) in change {
        let pointer = format!("/attributes/{key}");
        let Some(attribute) = definitions.iter().find(|attribute| attribute.key == *key) else {
            return Err(Problem::invalid(&pointer, "There is no attribute with this key. An administrator can add it."));
        };
        let checked = if value.is_null() { None } else { checked(attribute, value, current.get(key)).map_err(|detail| Problem::invalid(&pointer, detail))? };
        match checked {
            Some(value) if current.get(key) == Some(&value) => {}
            Some(_) if attribute.archived_at.is_some() => return Err(Problem::invalid(&pointer, "This attribute is archived. It can only be emptied.")),
            Some(value) => drop(after.insert(key.clone(), value)),
            None => drop(after.remove(key)),
        }
    }
    Ok(after)
}

/// Those that agents fill in before they resolve, and that have no value.
pub fn missing(tx: &mut Tx<'_>, values: &Values) -> Result<Vec<Attribute>, Problem> {
    let mut missing = store::definitions(tx, AttributeOf::Conversation)?;
    missing.retain(|attribute| attribute.is_required && attribute.archived_at.is_none() && !values.contains_key(&attribute.key));
    Ok(missing)
}

/// Lets a contact be found by its values as they are now.
pub fn find_contact_by(tx: &mut Tx<'_>, id: ContactId, before: &Values, after: &Values) -> Result<(), platform::store::Error> {
    find_by(tx, AttributeOf::Contact, id.0, before, after)
}

/// Lets a conversation be found by its values as they are now.
pub fn find_conversation_by(tx: &mut Tx<'_>, id: ConversationId, before: &Values, after: &Values) -> Result<(), platform::store::Error> {
    find_by(tx, AttributeOf::Conversation, id.0, before, after)
}

fn find_by(tx: &mut Tx<'_>, of: AttributeOf, owner: Uuid, before: &Values, after: &Values) -> Result<(), platform::store::Error> {
    if before == after {
        return Ok(());
    }
    for attribute in store::definitions(tx, of)? {
        let (was, is) = (before.get(&attribute.key), after.get(&attribute.key));
        if was != is {
            store::put(tx, of, owner, attribute.id, &is.map(|value| found(attribute.kind, value)).unwrap_or_default())?;
        }
    }
    Ok(())
}

/// By what a value is found.
fn found(kind: AttributeKind, value: &Value) -> Vec<Found> {
    let by_text = |text: &str| Found { text_key: Some(text_key(text)), number: None };
    let by_number = |number| Found { text_key: None, number: Some(number) };
    match (kind, value) {
        (AttributeKind::Number, Value::Number(number)) => number.as_f64().and_then(ten_thousandths).map(by_number).into_iter().collect(),
        (_, Value::Bool(is)) => vec![by_number(i64::from(*is))],
        (_, Value::String(text)) => vec![by_text(text)],
        (_, Value::Array(keys)) => keys.iter().filter_map(Value::as_str).map(by_text).collect(),
        _ => Vec::new(),
    }
}

/// The key by which a text is found: folded, so that case and accents do not matter, and its first 200 characters.
pub fn text_key(text: &str) -> String {
    check::name_key(text).chars().take(KEY_CHARACTERS).collect()
}

/// The whole number by which a number is found; none when it has more than four decimals or is too great to be exact.
pub fn ten_thousandths(number: f64) -> Option<i64> {
    let scaled = (number * SCALE).round();
    let exact = number.is_finite() && number.abs() <= GREATEST && (scaled / SCALE - number).abs() <= number.abs() * f64::EPSILON;
    #[expect(clippy::cast_possible_truncation, reason = "at most fifteen digits")]
    exact.then_some(scaled as i64)
}

/// The pattern, as a whole text is held against it. Its size is bounded; its time is linear in the text.
pub(super) fn pattern(typed: &str) -> Result<regex::Regex, Problem> {
    regex::RegexBuilder::new(&format!(r"\A(?:{typed})\z"))
        .size_limit(1 << 18)
        .build()
        .map_err(|_| Problem::invalid("/pattern", "This is no regular expression, or it is too large. Write e.g. [A-Z]{2}[0-9]{6}."))
}

/// The value as it is kept; none when it is empty. The refusal says how to mend it.
fn checked(attribute: &Attribute, value: &Value, current: Option<&Value>) -> Result<Option<Value>, String> {
    match attribute.kind {
        AttributeKind::Text => text(attribute, value.as_str().ok_or("Write a text.")?),
        AttributeKind::Number => number(attribute, value.as_f64().ok_or("Write a number.")?).map(Some),
        AttributeKind::Boolean => value.as_bool().map(|is| Some(is.into())).ok_or_else(|| "Write true or false.".into()),
        AttributeKind::Date => {
            let day: Option<jiff::civil::Date> = value.as_str().and_then(|text| text.trim().parse().ok());
            let day = day.filter(|day| day.year() > 0).ok_or("Write a day, e.g. 2026-11-27.")?;
            Ok(Some(day.to_string().into()))
        }
        AttributeKind::Choice => {
            let key = value.as_str().ok_or("Write the key of a choice.")?;
            if current == Some(value) { Ok(Some(value.clone())) } else { choice(attribute, key).map(|key| Some(key.into())) }
        }
        AttributeKind::Choices => choices(attribute, value, current),
        AttributeKind::Link => link(value.as_str().ok_or("Write an address that begins with https://.")?),
    }
}

fn text(attribute: &Attribute, typed: &str) -> Result<Option<Value>, String> {
    let text = check::optional_text("", typed, 500).map_err(|problem| problem.detail)?;
    if text.is_empty() {
        return Ok(None);
    }
    #[expect(clippy::cast_precision_loss, reason = "at most 500")]
    let length = text.chars().count() as f64;
    if attribute.minimum.is_some_and(|least| length < least) || attribute.maximum.is_some_and(|most| length > most) {
        return Err(within(attribute, "characters"));
    }
    if let Some(typed) = &attribute.pattern
        && !pattern(typed).is_ok_and(|pattern| pattern.is_match(&text))
    {
        return Err(format!("This has to look like {typed}."));
    }
    Ok(Some(text.into()))
}

fn number(attribute: &Attribute, typed: f64) -> Result<Value, String> {
    let scaled = ten_thousandths(typed).ok_or("Write a number with at most four decimals, below 100,000,000,000.")?;
    if attribute.minimum.is_some_and(|least| typed < least) || attribute.maximum.is_some_and(|most| typed > most) {
        return Err(within(attribute, "as a number"));
    }
    // 12.0 and 12 are one value, and stand as one.
    let whole = scaled % 10_000 == 0;
    Ok(if whole { Value::from(scaled / 10_000) } else { Number::from_f64(typed).map_or(Value::Null, Value::Number) })
}

fn within(attribute: &Attribute, what: &str) -> String {
    match (attribute.minimum, attribute.maximum) {
        (Some(least), Some(most)) => format!("From {least} to {most} {what}."),
        (Some(least), None) => format!("At least {least} {what}."),
        (None, most) => format!("At most {} {what}.", most.unwrap_or_default()),
    }
}

fn choice(attribute: &Attribute, key: &str) -> Result<String, String> {
    let offered = || attribute.choices.iter().filter(|choice| !choice.archived);
    match offered().find(|choice| choice.key == key) {
        Some(choice) => Ok(choice.key.clone()),
        None => Err(format!("Choose one of {}.", offered().map(|choice| choice.key.as_str()).collect::<Vec<_>>().join(", "))),
    }
}

/// In the order of the definition, each once; one that is archived stays where it was chosen before.
fn choices(attribute: &Attribute, value: &Value, current: Option<&Value>) -> Result<Option<Value>, String> {
    let typed: Option<Vec<&str>> = value.as_array().and_then(|keys| keys.iter().map(Value::as_str).collect());
    let typed = typed.ok_or("Write a list of keys of choices.")?;
    let had = |key: &str| current.and_then(Value::as_array).is_some_and(|keys| keys.iter().any(|had| had == key));
    for key in typed.iter().filter(|key| !had(key)) {
        choice(attribute, key)?;
    }
    let kept: Vec<&str> = attribute.choices.iter().map(|choice| choice.key.as_str()).filter(|key| typed.contains(key)).collect();
    Ok((!kept.is_empty()).then(|| kept.into()))
}

fn link(typed: &str) -> Result<Option<Value>, String> {
    let text = check::optional_text("", typed, 500).map_err(|problem| problem.detail)?;
    if text.is_empty() {
        return Ok(None);
    }
    // Nothing else is ever made into something to press: javascript: and data: would run where it is shown.
    let is_web = url::Url::parse(&text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if is_web { Ok(Some(text.into())) } else { Err("Write an address that begins with https://.".into()) }
}

#[cfg(test)]
mod tests {
    use platform::i18n::Localised;
    use serde_json::json;

    use super::*;

    fn attribute(kind: AttributeKind) -> Attribute {
        let choices = ["gold", "silver"].map(|key| super::super::model::Choice { key: key.into(), names: Localised::default(), archived: key == "silver" });
        let choices = if kind.is_chosen() { choices.to_vec() } else { Vec::new() };
        let (of, names) = (AttributeOf::Contact, Localised::default());
        Attribute {
            id: uuid::Uuid::nil().into(),
            of,
            key: "x".into(),
            names,
            kind,
            pattern: None,
            minimum: None,
            maximum: None,
            choices,
            is_required: false,
            position: 1,
            is_used: false,
            archived_at: None,
            version: 1,
        }
    }

    fn kept(kind: AttributeKind, value: Value) -> Option<Value> {
        checked(&attribute(kind), &value, None).ok().flatten()
    }

    #[test]
    fn a_value_is_kept_in_one_form_or_refused() {
        assert_eq!(kept(AttributeKind::Number, json!(12.0)), Some(json!(12)));
        assert_eq!(kept(AttributeKind::Number, json!(-0.1)), Some(json!(-0.1)));
        assert_eq!(kept(AttributeKind::Number, json!(99_999_999_999.5)), None, "too great");
        assert_eq!(kept(AttributeKind::Number, json!(0.00001)), None);
        assert_eq!(kept(AttributeKind::Number, json!("12")), None);
        assert_eq!(kept(AttributeKind::Date, json!("2026-02-29")), None);
        assert_eq!(kept(AttributeKind::Date, json!("2028-02-29")), Some(json!("2028-02-29")));
        assert_eq!(kept(AttributeKind::Choice, json!("silver")), None, "archived");
        assert_eq!(kept(AttributeKind::Choices, json!(["gold", "gold"])), Some(json!(["gold"])));
        assert_eq!(kept(AttributeKind::Text, json!("  ")), None);
        for bad in ["javascript:alert(1)", "data:text/html,x", "https://", "example.com", "ftp://example.com"] {
            assert!(checked(&attribute(AttributeKind::Link), &json!(bad), None).is_err(), "{bad}");
        }
        assert_eq!(kept(AttributeKind::Link, json!("https://example.com/a?b=c")), Some(json!("https://example.com/a?b=c")));
    }

    #[test]
    fn what_was_chosen_before_stays_when_the_choice_is_archived() {
        let (one, several) = (attribute(AttributeKind::Choice), attribute(AttributeKind::Choices));

        assert_eq!(checked(&one, &json!("silver"), Some(&json!("silver"))), Ok(Some(json!("silver"))));
        assert_eq!(checked(&several, &json!(["silver", "gold"]), Some(&json!(["silver"]))), Ok(Some(json!(["gold", "silver"]))));
        assert!(checked(&several, &json!(["silver"]), Some(&json!(["gold"]))).is_err());
    }

    #[test]
    fn numbers_are_found_exactly_to_four_decimals() {
        for (number, scaled) in [(0.1, 1_000), (-12.3456, -123_456), (99_999_999_999.0, 999_999_999_990_000), (0.29, 2_900)] {
            assert_eq!(ten_thousandths(number), Some(scaled));
        }
        assert_eq!((ten_thousandths(0.00005), ten_thousandths(f64::NAN), ten_thousandths(1e15)), (None, None, None));
    }

    #[test]
    fn a_pattern_fits_the_whole_text_and_cannot_grow() {
        let number = Attribute { pattern: Some("[A-Z]{2}[0-9]{4}".into()), ..attribute(AttributeKind::Text) };

        assert!(checked(&number, &json!("NL1234"), None).is_ok());
        for bad in ["xNL1234", "NL1234\nmore", "NL12345"] {
            assert!(checked(&number, &json!(bad), None).is_err(), "{bad}");
        }
        assert!(pattern("(a+)+b|c").is_ok());
        assert!(pattern("((a{100}){100}){100}").is_err(), "too large");
        assert!(pattern("[").is_err());
    }
}
