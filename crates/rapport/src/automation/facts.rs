//! What rules may ask: the fields of conversations, and what the event alone knows.

use platform::store::{Result, Tx};

use super::rules::Happened;
use crate::{
    conditions::{Facts, Field, Kind, Value},
    conversations::facts::{self, ConversationFacts, ConversationField},
};

/// Fields as they were before the event, and the field they were.
const PREVIOUS: &[(&str, &str)] =
    &[("previous_status", "status"), ("previous_priority", "priority"), ("previous_assignee", "assignee"), ("previous_team", "team")];
const ACTORS: &[&str] = &["agent", "contact", "automation", "system"];
/// What the message says that the event is about.
pub(super) const MESSAGE: &str = "message";

/// Nobody looks when a rule does, so nobody is "me".
fn of_nobody(field: Field) -> Field {
    let kind = if matches!(field.kind, Kind::Id { .. }) { Kind::Id { me: false } } else { field.kind };
    Field { kind, ..field }
}

fn of_the_event() -> impl Iterator<Item = Field> {
    let previous = PREVIOUS.iter().flat_map(|(name, of)| {
        facts::own_fields().filter(move |field| field.name == *of).map(move |field| Field { name: (*name).to_owned(), kind: field.kind })
    });
    let own = [("done_by", Kind::Word(ACTORS)), (MESSAGE, Kind::Text)].map(|(name, kind)| Field { name: name.to_owned(), kind });
    previous.chain(own)
}

/// Every field.
pub(super) fn fields(tx: &mut Tx<'_>) -> Result<Vec<Field>> {
    Ok(facts::fields(tx)?.into_iter().chain(of_the_event()).map(of_nobody).collect())
}

/// Every field with what may be asked of it.
pub(super) fn offered(tx: &mut Tx<'_>) -> Result<Vec<ConversationField>> {
    let own = of_the_event().map(|field| ConversationField::of(of_nobody(field), None));
    let shared = facts::offered(tx)?.into_iter().map(|field| ConversationField { me: false, ..field });
    Ok(shared.chain(own).collect())
}

/// A conversation, and what happened to it.
pub(super) struct Told<'a> {
    pub(super) facts: &'a ConversationFacts,
    pub(super) happened: &'a Happened,
    /// What the message says, when somebody asks for it.
    pub(super) message: Option<&'a str>,
}

impl Facts for Told<'_> {
    fn value(&self, field: &str) -> Value<'_> {
        if let Some((_, of)) = PREVIOUS.iter().find(|(name, _)| *name == field) {
            return self.previous(of);
        }
        match field {
            "done_by" => self.happened.actor.map_or(Value::None, |actor| Value::Text(actor.kind.word())),
            MESSAGE => self.message.map_or(Value::None, Value::Text),
            _ => self.facts.value(field),
        }
    }
}

impl Told<'_> {
    /// As it was before the event; what the event did not move was as it is.
    fn previous(&self, of: &str) -> Value<'_> {
        match &self.happened.moved {
            Some((field, from)) if field == of => match from {
                None => Value::None,
                Some(from) => from.parse().map_or(Value::Text(from), Value::Id),
            },
            _ => self.facts.value(of),
        }
    }
}
