use std::{collections::HashMap, time::Duration};

use serde_json::json;

use super::*;

struct Known(HashMap<&'static str, Value<'static>>);

impl Facts for Known {
    fn value(&self, field: &str) -> Value<'_> {
        self.0.get(field).cloned().unwrap_or(Value::None)
    }
}

const ME: Uuid = Uuid::from_u128(7);
const NOW: Moment = Moment(1_000_000_000_000_000);

fn fields() -> Vec<Field> {
    let field = |name: &str, kind| Field { name: name.into(), kind };
    vec![
        field("status", Kind::Word(&["open", "waiting"])),
        field("assignee", Kind::Id { me: true }),
        field("tags", Kind::Labels),
        field("subject", Kind::Text),
        field("count", Kind::Number),
        field("at", Kind::Moment),
    ]
}

fn read(json: serde_json::Value) -> Condition {
    Condition::read(&json, &fields(), "/condition").unwrap()
}

fn holds(json: serde_json::Value, known: &[(&'static str, Value<'static>)]) -> Answer {
    read(json).holds(&Known(known.iter().cloned().collect()), Asked { me: Some(ME), now: NOW })
}

#[test]
fn groups_mean_what_they_say() {
    let open = json!({"field": "status", "op": "is", "value": "open"});
    let many = json!({"field": "count", "op": "at_least", "value": 3});
    let known = [("status", Value::Text("open")), ("count", Value::Number(2.0))];
    assert!(holds(json!({"any": [open, many]}), &known).holds);
    assert!(!holds(json!({"all": [open, many]}), &known).holds);
    assert!(holds(json!({"all": [open, {"not": many}]}), &known).holds);
    assert!(holds(json!({"all": []}), &known).holds);
    assert!(!holds(json!({"any": []}), &known).holds);
}

#[test]
fn nothing_is_not_this_and_not_at_most_that() {
    assert!(holds(json!({"field": "assignee", "op": "is_not", "value": "me"}), &[]).holds);
    assert!(holds(json!({"field": "tags", "op": "none_of", "value": ["vip"]}), &[]).holds);
    assert!(holds(json!({"field": "assignee", "op": "empty"}), &[]).holds);
    assert!(!holds(json!({"field": "count", "op": "at_most", "value": 3}), &[]).holds);
    assert!(!holds(json!({"field": "at", "op": "before", "value": "2026-01-01T00:00:00Z"}), &[]).holds);
}

#[test]
fn texts_are_compared_as_people_read_them() {
    let known = [("subject", Value::Text("Gdzie jest moja PRZESYŁKA?"))];
    assert!(holds(json!({"field": "subject", "op": "contains", "value": "przesylka"}), &known).holds);
    assert!(!holds(json!({"field": "subject", "op": "contains", "value": "%"}), &known).holds);
    assert!(holds(json!({"field": "subject", "op": "contains_not", "value": "_"}), &known).holds);
}

#[test]
fn what_hangs_on_the_clock_says_when_to_ask_again() {
    let an_hour_ago = [("at", Value::Moment(NOW.minus(Duration::from_secs(3_600))))];
    let longer = |minutes: u64| holds(json!({"field": "at", "op": "longer_ago_than", "value": minutes}), &an_hour_ago);
    assert_eq!(longer(60), Answer { holds: true, until: None });
    assert_eq!(longer(90), Answer { holds: false, until: Some(NOW.plus(Duration::from_secs(1_800))) });
    let within = holds(json!({"field": "at", "op": "within_last", "value": 61}), &an_hour_ago);
    assert_eq!(within, Answer { holds: true, until: Some(NOW.plus(Duration::from_secs(60))) });
    let in_an_hour = [("at", Value::Moment(NOW.plus(Duration::from_secs(3_600))))];
    let next = holds(json!({"field": "at", "op": "within_next", "value": 30}), &in_an_hour);
    assert_eq!(next, Answer { holds: false, until: Some(NOW.plus(Duration::from_secs(1_800))) });
}

#[test]
fn mistakes_are_told_where_they_stand() {
    let told = |json: serde_json::Value| {
        let problem = Condition::read(&json, &fields(), "/condition").unwrap_err();
        problem.extra["errors"][0]["pointer"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(told(json!("open")), "/condition");
    assert_eq!(told(json!({"all": [{"field": "colour", "op": "is", "value": "red"}]})), "/condition/all/0/field");
    assert_eq!(told(json!({"any": [{"field": "status", "op": "contains", "value": "red"}]})), "/condition/any/0/op");
    assert_eq!(told(json!({"not": {"field": "status", "op": "is", "value": "shut"}})), "/condition/not/value");
    assert_eq!(told(json!({"field": "status", "op": "is", "value": "open", "colour": 1})), "/condition/colour");
    assert_eq!(told(json!({"field": "assignee", "op": "is", "value": "somebody"})), "/condition/value");
    assert_eq!(told(json!({"field": "at", "op": "within_last", "value": -1})), "/condition/value");
    let clause = json!({"field": "status", "op": "is", "value": "open"});
    assert_eq!(told(json!({"all": [{"any": vec![clause.clone(); 21]}, {"any": vec![clause.clone(); 20]}]})), "/condition");
    let deep = (0..8).fold(clause, |inner, _| json!({"all": [inner]}));
    assert!(told(deep).starts_with("/condition/all/0"));
}

#[test]
fn what_was_read_is_written_as_it_was() {
    let json = json!({"all": [{"field": "status", "op": "one_of", "value": ["open"]}, {"not": {"field": "assignee", "op": "empty", "value": null}}]});
    assert_eq!(serde_json::to_value(read(json.clone())).unwrap(), json);
}
