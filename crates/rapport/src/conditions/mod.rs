//! Conditions: what saved views, segments and rules ask of something. One tree, one list of operators, one meaning.
//!
//! Words: *clause* (a field, an operator, a value), `all`, `any`, `not`. A part lists its *fields* ([`Field`]) and gives their values
//! ([`Facts`]); what is asked is read once ([`Condition::read`], with a sentence for each mistake) and answered in memory
//! ([`Condition::holds`]), the same on both engines. Where the answer hangs on the clock it says when to ask again.

mod clause;
mod read;

use std::borrow::Cow;

use platform::{clock::Moment, word_enum};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

pub use clause::Clause;

/// Clauses of one condition, at most.
pub const CLAUSES: usize = 40;
/// Groups within groups, at most.
const DEPTH: usize = 5;
/// Values of one clause, at most.
const VALUES: usize = 100;

word_enum! {
    /// How a field is held against a value.
    Op {
        /// Is this.
        Is = "is",
        /// Is not this; nothing is not this either.
        IsNot = "is_not",
        /// Is, or has, one of these.
        OneOf = "one_of",
        /// Is, or has, none of these.
        NoneOf = "none_of",
        /// Has all of these.
        AllOf = "all_of",
        /// Nothing stands there.
        Empty = "empty",
        /// Something stands there.
        NotEmpty = "not_empty",
        /// Contains these characters, whatever their case and accents.
        Contains = "contains",
        /// Does not contain them.
        ContainsNot = "contains_not",
        /// A number at least this.
        AtLeast = "at_least",
        /// A number at most this.
        AtMost = "at_most",
        /// A time before this.
        Before = "before",
        /// A time at or after this.
        After = "after",
        /// A time longer ago than so many minutes.
        LongerAgoThan = "longer_ago_than",
        /// A time not longer ago than so many minutes.
        WithinLast = "within_last",
        /// A time to come, in at most so many minutes.
        WithinNext = "within_next",
    }
}

/// What a field holds, and so what may be asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One of our words.
    Word(&'static [&'static str]),
    /// An id; `me` stands for the viewer where that makes sense.
    Id {
        /// Whether `me` may be asked for.
        me: bool,
    },
    /// Several ids, e.g. a reason and those above it.
    Ids,
    /// The company's own words, several of them.
    Labels,
    /// A text.
    Text,
    /// A number.
    Number,
    /// A time.
    Moment,
    /// Yes or no.
    Flag,
}

impl Kind {
    /// What may be asked of it.
    pub fn ops(self) -> &'static [Op] {
        match self {
            Kind::Word(_) | Kind::Id { .. } => &[Op::Is, Op::IsNot, Op::OneOf, Op::NoneOf, Op::Empty, Op::NotEmpty],
            Kind::Ids | Kind::Labels => &[Op::OneOf, Op::NoneOf, Op::AllOf, Op::Empty, Op::NotEmpty],
            Kind::Text => &[Op::Contains, Op::ContainsNot, Op::Is, Op::IsNot, Op::Empty, Op::NotEmpty],
            Kind::Number => &[Op::Is, Op::IsNot, Op::AtLeast, Op::AtMost, Op::Empty, Op::NotEmpty],
            Kind::Moment => &[Op::Before, Op::After, Op::LongerAgoThan, Op::WithinLast, Op::WithinNext, Op::Empty, Op::NotEmpty],
            Kind::Flag => &[Op::Is],
        }
    }
}

/// A field that may be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// As it is written.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// What a field holds at the moment.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    None,
    /// A word of ours, or a text.
    Text(&'a str),
    /// An id.
    Id(Uuid),
    /// Ids.
    Ids(&'a [Uuid]),
    /// Words of the company's.
    Labels(Cow<'a, [String]>),
    /// A number.
    Number(f64),
    /// A time.
    Moment(Moment),
    /// Yes or no.
    Flag(bool),
}

impl From<Option<Moment>> for Value<'_> {
    fn from(at: Option<Moment>) -> Self {
        at.map_or(Value::None, Value::Moment)
    }
}

/// What is asked about.
pub trait Facts {
    /// What stands in a field; nothing for a field that is not there any more.
    fn value(&self, field: &str) -> Value<'_>;
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Condition {
    /// All of these hold. An empty list holds.
    All {
        /// These.
        #[schema(no_recursion)]
        all: Vec<Condition>,
    },
    /// At least one of these holds.
    Any {
        /// These.
        #[schema(no_recursion)]
        any: Vec<Condition>,
    },
    /// This does not hold.
    Not {
        /// This.
        #[schema(no_recursion)]
        not: Box<Condition>,
    },
    /// A field against a value.
    Clause(Clause),
}

/// An answer, and until when it stands if nothing else happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Whether it holds.
    pub holds: bool,
    /// When it may be otherwise by the clock alone.
    pub until: Option<Moment>,
}

/// From whose side, and when, it is asked.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// Who `me` is; nobody when it is asked for whoever is not named.
    pub me: Option<Uuid>,
    /// The time.
    pub now: Moment,
}

impl Condition {
    /// Whether it holds.
    pub fn holds(&self, facts: &dyn Facts, asked: Asked) -> Answer {
        match self {
            Condition::All { all } => fold(all, facts, asked, true),
            Condition::Any { any } => fold(any, facts, asked, false),
            Condition::Not { not } => {
                let answer = not.holds(facts, asked);
                Answer { holds: !answer.holds, ..answer }
            }
            Condition::Clause(clause) => clause.holds(&facts.value(&clause.field), asked),
        }
    }

    /// The clauses that hold, each for itself.
    pub fn held(&self, facts: &dyn Facts, asked: Asked) -> Vec<&Clause> {
        self.clauses().into_iter().filter(|clause| clause.holds(&facts.value(&clause.field), asked).holds).collect()
    }

    /// Every clause, in order.
    pub fn clauses(&self) -> Vec<&Clause> {
        match self {
            Condition::All { all: inner } | Condition::Any { any: inner } => inner.iter().flat_map(Condition::clauses).collect(),
            Condition::Not { not } => not.clauses(),
            Condition::Clause(clause) => vec![clause],
        }
    }
}

/// Every branch is asked, also when the answer is known: the time of the next answer hangs on all of them.
fn fold(inner: &[Condition], facts: &dyn Facts, asked: Asked, all: bool) -> Answer {
    inner.iter().map(|one| one.holds(facts, asked)).fold(Answer { holds: all, until: None }, |sum, one| Answer {
        holds: if all { sum.holds && one.holds } else { sum.holds || one.holds },
        until: match (sum.until, one.until) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        },
    })
}

#[cfg(test)]
mod tests;
