//! One field against one value.

use std::{collections::BTreeSet, time::Duration};

use platform::clock::Moment;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Answer, Asked, Op, Value};

/// A field against a value.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Clause {
    /// Which field.
    pub field: String,
    /// How.
    pub op: Op,
    /// Against what: a word, an id, a text, a number, a time, minutes, or a list of them; null where nothing is needed.
    #[schema(value_type = serde_json::Value)]
    pub value: serde_json::Value,
    #[serde(skip)]
    #[schema(ignore)]
    pub(super) wanted: Wanted,
}

/// The value as it is compared.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wanted {
    Nothing,
    Words(BTreeSet<String>),
    /// Folded.
    Text(String),
    Ids {
        ids: BTreeSet<Uuid>,
        me: bool,
    },
    Number(f64),
    Moment(Moment),
    Minutes(u64),
    Flag(bool),
}

const fn settled(holds: bool) -> Answer {
    Answer { holds, until: None }
}

impl Clause {
    pub(super) fn holds(&self, value: &Value<'_>, asked: Asked) -> Answer {
        match self.op {
            Op::Empty => settled(is_empty(value)),
            Op::NotEmpty => settled(!is_empty(value)),
            Op::Is | Op::OneOf => settled(self.has_any(value, asked)),
            Op::IsNot | Op::NoneOf => settled(!self.has_any(value, asked)),
            Op::AllOf => settled(self.has_all(value)),
            Op::Contains => settled(self.is_within(value)),
            Op::ContainsNot => settled(!self.is_within(value)),
            Op::AtLeast => settled(matches!((value, &self.wanted), (Value::Number(is), Wanted::Number(wanted)) if is >= wanted)),
            Op::AtMost => settled(matches!((value, &self.wanted), (Value::Number(is), Wanted::Number(wanted)) if is <= wanted)),
            Op::Before => settled(matches!((moment(value), &self.wanted), (Some(is), Wanted::Moment(wanted)) if is < *wanted)),
            Op::After => settled(matches!((moment(value), &self.wanted), (Some(is), Wanted::Moment(wanted)) if is >= *wanted)),
            Op::LongerAgoThan | Op::WithinLast | Op::WithinNext => self.by_the_clock(value, asked.now),
        }
    }

    fn has_any(&self, value: &Value<'_>, asked: Asked) -> bool {
        match (value, &self.wanted) {
            (Value::Text(is), Wanted::Words(words)) => words.contains(*is),
            (Value::Text(is), Wanted::Text(wanted)) => wire::fold::fold(is) == *wanted,
            (Value::Labels(are), Wanted::Words(words)) => are.iter().any(|one| words.contains(one)),
            (Value::Id(is), Wanted::Ids { ids, me }) => ids.contains(is) || (*me && asked.me == Some(*is)),
            (Value::Ids(are), Wanted::Ids { ids, .. }) => are.iter().any(|one| ids.contains(one)),
            (Value::Number(is), Wanted::Number(wanted)) => is == wanted,
            (Value::Flag(is), Wanted::Flag(wanted)) => is == wanted,
            _ => false,
        }
    }

    fn has_all(&self, value: &Value<'_>) -> bool {
        match (value, &self.wanted) {
            (Value::Labels(are), Wanted::Words(words)) => words.iter().all(|word| are.contains(word)),
            (Value::Ids(are), Wanted::Ids { ids, .. }) => ids.iter().all(|id| are.contains(id)),
            _ => false,
        }
    }

    fn is_within(&self, value: &Value<'_>) -> bool {
        matches!((value, &self.wanted), (Value::Text(is), Wanted::Text(wanted)) if wire::fold::fold(is).contains(wanted.as_str()))
    }

    fn by_the_clock(&self, value: &Value<'_>, now: Moment) -> Answer {
        let (Some(at), Wanted::Minutes(minutes)) = (moment(value), &self.wanted) else { return settled(false) };
        let span = Duration::from_secs(minutes * 60);
        let turning = |at: Moment| (at > now).then_some(at);
        match self.op {
            Op::LongerAgoThan => Answer { holds: at.plus(span) <= now, until: turning(at.plus(span)) },
            Op::WithinLast => Answer { holds: at.plus(span) > now && at <= now, until: turning(at).or_else(|| turning(at.plus(span))) },
            _ => Answer { holds: at > now && at.minus(span) <= now, until: turning(at.minus(span)).or_else(|| turning(at)) },
        }
    }
}

/// A time; a day that is kept as text is its first moment in UTC.
fn moment(value: &Value<'_>) -> Option<Moment> {
    match value {
        Value::Moment(at) => Some(*at),
        Value::Text(day) => Moment::parse(&format!("{day}T00:00:00Z")).ok(),
        _ => None,
    }
}

fn is_empty(value: &Value<'_>) -> bool {
    match value {
        Value::None => true,
        Value::Text(text) => text.is_empty(),
        Value::Ids(ids) => ids.is_empty(),
        Value::Labels(labels) => labels.is_empty(),
        Value::Id(_) | Value::Number(_) | Value::Moment(_) | Value::Flag(_) => false,
    }
}
