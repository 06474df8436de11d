//! Reading a condition from JSON: every mistake is told where it stands and how to mend it.

use std::collections::BTreeSet;

use platform::{clock::Moment, web::Problem};
use serde_json::Value as Json;

use super::{CLAUSES, Clause, Condition, DEPTH, Field, Kind, Op, VALUES, clause::Wanted};
use crate::check;

/// A year and a day, in minutes.
const MINUTES: u64 = 366 * 24 * 60;

impl Condition {
    /// Reads a condition over `fields`. `pointer` says where it stands in what was sent.
    pub fn read(json: &Json, fields: &[Field], pointer: &str) -> Result<Condition, Problem> {
        let condition = node(json, fields, pointer, 0)?;
        let clauses = condition.clauses().len();
        if clauses > CLAUSES {
            return Err(Problem::invalid(pointer, format!("At most {CLAUSES} clauses; these are {clauses}.")));
        }
        Ok(condition)
    }
}

fn node(json: &Json, fields: &[Field], pointer: &str, depth: usize) -> Result<Condition, Problem> {
    const SHAPE: &str = "Write {\"all\": [...]}, {\"any\": [...]}, {\"not\": {...}} or {\"field\": ..., \"op\": ..., \"value\": ...}.";
    let invalid = |detail: &str| Problem::invalid(pointer, detail.to_owned());
    if depth > DEPTH {
        return Err(invalid(&format!("At most {DEPTH} groups within each other.")));
    }
    let object = json.as_object().ok_or_else(|| invalid(SHAPE))?;
    if object.contains_key("field") {
        return clause(json, fields, pointer).map(Condition::Clause);
    }
    let [(word, inner)] = object.iter().collect::<Vec<_>>()[..] else { return Err(invalid(SHAPE)) };
    let at = format!("{pointer}/{word}");
    let list = || -> Result<Vec<Condition>, Problem> {
        let list = inner.as_array().ok_or_else(|| Problem::invalid(&at, "Write a list of conditions."))?;
        if list.len() > CLAUSES {
            return Err(Problem::invalid(&at, format!("At most {CLAUSES} clauses.")));
        }
        list.iter().enumerate().map(|(nth, one)| node(one, fields, &format!("{at}/{nth}"), depth + 1)).collect()
    };
    match word.as_str() {
        "all" => Ok(Condition::All { all: list()? }),
        "any" => Ok(Condition::Any { any: list()? }),
        "not" => Ok(Condition::Not { not: Box::new(node(inner, fields, &at, depth + 1)?) }),
        _ => Err(invalid(SHAPE)),
    }
}

fn clause(json: &Json, fields: &[Field], pointer: &str) -> Result<Clause, Problem> {
    let at = |part: &str| format!("{pointer}/{part}");
    if let Some(other) = json.as_object().into_iter().flat_map(|object| object.keys()).find(|key| !["field", "op", "value"].contains(&key.as_str())) {
        return Err(Problem::invalid(&at(other), "A clause has field, op and value, and nothing else."));
    }
    let name = json["field"].as_str().unwrap_or_default();
    let Some(field) = fields.iter().find(|field| field.name == name) else {
        let known = fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(", ");
        return Err(Problem::invalid(&at("field"), format!("There is no such field. Write one of {known}.")));
    };
    let op = json["op"].as_str().and_then(Op::from_word).filter(|op| field.kind.ops().contains(op)).ok_or_else(|| {
        let known = field.kind.ops().iter().map(|op| op.word()).collect::<Vec<_>>().join(", ");
        Problem::invalid(&at("op"), format!("Of {name} may be asked: {known}."))
    })?;
    let wanted = wanted(field.kind, op, &json["value"], &at("value"))?;
    Ok(Clause { field: name.to_owned(), op, value: json["value"].clone(), wanted })
}

fn wanted(kind: Kind, op: Op, value: &Json, at: &str) -> Result<Wanted, Problem> {
    let invalid = |detail: &str| Problem::invalid(at, detail.to_owned());
    match (op, kind) {
        (Op::Empty | Op::NotEmpty, _) if value.is_null() => Ok(Wanted::Nothing),
        (Op::Empty | Op::NotEmpty, _) => Err(invalid("Leave value out here.")),
        (Op::LongerAgoThan | Op::WithinLast | Op::WithinNext, _) => {
            value.as_u64().filter(|minutes| (1..=MINUTES).contains(minutes)).map(Wanted::Minutes).ok_or_else(|| invalid("Write minutes, from 1 to a year's."))
        }
        (_, Kind::Moment) => {
            serde_json::from_value::<Moment>(value.clone()).map(Wanted::Moment).map_err(|_| invalid("Write a time, e.g. 2026-11-27T09:00:00Z."))
        }
        (_, Kind::Number) => value.as_f64().filter(|number| number.is_finite()).map(Wanted::Number).ok_or_else(|| invalid("Write a number.")),
        (_, Kind::Flag) => value.as_bool().map(Wanted::Flag).ok_or_else(|| invalid("Write true or false.")),
        (_, Kind::Text) => {
            let text = value.as_str().ok_or_else(|| invalid("Write a text."))?;
            Ok(Wanted::Text(wire::fold::fold(&check::text(at, text, 200)?)))
        }
        (_, Kind::Word(words)) => {
            let chosen = texts(op, value, at)?;
            match chosen.iter().find(|word| !words.is_empty() && !words.contains(&word.as_str())) {
                Some(_) => Err(invalid(&format!("Write one of {}.", words.join(", ")))),
                None => Ok(Wanted::Words(chosen)),
            }
        }
        (_, Kind::Labels) => Ok(Wanted::Words(texts(op, value, at)?.into_iter().map(|label| label.to_lowercase()).collect())),
        (_, Kind::Id { me }) => ids(op, value, me, at),
        (_, Kind::Ids) => ids(op, value, false, at),
    }
}

/// One text, or a list of them where the operator takes one.
fn texts(op: Op, value: &Json, at: &str) -> Result<BTreeSet<String>, Problem> {
    let many = matches!(op, Op::OneOf | Op::NoneOf | Op::AllOf);
    let list = match value {
        Json::Array(list) if many && (1..=VALUES).contains(&list.len()) => list.iter().collect(),
        Json::String(_) if !many => vec![value],
        _ if many => return Err(Problem::invalid(at, format!("Write a list of 1 to {VALUES} values."))),
        _ => return Err(Problem::invalid(at, "Write one value.")),
    };
    list.into_iter().map(|one| check::text(at, one.as_str().unwrap_or_default(), 200)).collect()
}

fn ids(op: Op, value: &Json, me: bool, at: &str) -> Result<Wanted, Problem> {
    let mut texts = texts(op, value, at)?;
    let with_me = texts.remove("me");
    if with_me && !me {
        return Err(Problem::invalid(at, "Write ids; me is nobody here."));
    }
    let ids =
        texts.iter().map(|id| id.parse()).collect::<Result<_, _>>().map_err(|_| Problem::invalid(at, if me { "Write ids, or me." } else { "Write ids." }))?;
    Ok(Wanted::Ids { ids, me: with_me })
}
