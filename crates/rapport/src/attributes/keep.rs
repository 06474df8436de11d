//! Defining attributes.

use platform::{events::Event, i18n::Localised, store::Tx, web::Problem};
use serde::Serialize;
use uuid::Uuid;

use super::{
    model::{Attribute, AttributeChange, AttributeKind, AttributeOf, NewAttribute},
    store,
    values::{pattern, ten_thousandths},
};
use crate::{
    check,
    ids::AttributeId,
    viewer::{Part, Permission, Viewer},
};

/// How many there may be of contacts, and of conversations: rows carry all of their values.
const LIMIT: usize = 100;
const CHOICES: usize = 100;

/// An attribute was added, changed or removed.
#[derive(Serialize)]
struct AttributeChanged {
    attribute_id: AttributeId,
    version: i64,
}
impl Event for AttributeChanged {
    const KIND: &'static str = "attributes.attribute_changed";
    fn stream(&self) -> Uuid {
        self.attribute_id.0
    }
    fn version(&self) -> i64 {
        self.version
    }
}

fn announce(tx: &mut Tx<'_>, viewer: &Viewer, id: AttributeId, version: i64) -> Result<(), Problem> {
    Ok(tx.announce(viewer.actor(), &AttributeChanged { attribute_id: id, version }).map(drop)?)
}

/// All brands share what is defined, so it takes the right over all of them.
fn may_keep(viewer: &Viewer) -> Result<(), Problem> {
    if viewer.can_over(Permission::AttributesManage, &Part::EVERYWHERE) {
        return Ok(());
    }
    Err(Problem::forbidden("All brands share the attributes. An administrator of the whole company can change them."))
}

/// Adds one.
pub(super) fn add(tx: &mut Tx<'_>, viewer: &Viewer, new: &NewAttribute) -> Result<Attribute, Problem> {
    may_keep(viewer)?;
    let beside = store::definitions(tx, new.of)?;
    if beside.len() >= LIMIT {
        return Err(Problem::invalid("", format!("There are {LIMIT} of these attributes. Remove one that was never used.")));
    }
    let attribute = Attribute {
        id: tx.id(),
        of: new.of,
        key: key("/key", &new.key)?,
        names: names("/names", &new.names)?,
        kind: new.kind,
        pattern: new.pattern.clone(),
        minimum: new.minimum,
        maximum: new.maximum,
        choices: new.choices.clone(),
        is_required: new.is_required,
        position: beside.iter().map(|other| other.position).max().unwrap_or(0) + 1,
        is_used: false,
        archived_at: None,
        version: 1,
    };
    if beside.iter().any(|other| other.key == attribute.key) {
        return Err(Problem::invalid("/key", "There is an attribute with this key. Choose another."));
    }
    let attribute = checked(attribute)?;
    store::insert(tx, &attribute)?;
    announce(tx, viewer, attribute.id, 1)?;
    Ok(attribute)
}

/// Changes one.
pub(super) fn change(tx: &mut Tx<'_>, viewer: &Viewer, id: AttributeId, based_on: Option<i64>, change: &AttributeChange) -> Result<Attribute, Problem> {
    may_keep(viewer)?;
    let mut attribute = store::one(tx, id)?;
    if based_on.is_some_and(|version| version != attribute.version) {
        return Err(Problem::version_conflict(serde_json::to_value(&attribute).unwrap_or_default()));
    }
    if let Some(typed) = &change.names {
        attribute.names = names("/names", typed)?;
    }
    if let Some(choices) = &change.choices {
        for gone in attribute.choices.iter().filter(|choice| choices.iter().all(|kept| kept.key != choice.key)) {
            if store::is_chosen(tx, id, &gone.key)? {
                return Err(Problem::conflict("in_use", format!("Something has the choice {}. Archive it instead of leaving it out.", gone.key)));
            }
        }
        attribute.choices.clone_from(choices);
    }
    if let Some(position) = change.position {
        attribute.position =
            if (0..=1_000_000).contains(&position) { position } else { return Err(Problem::invalid("/position", "A place is a number from 0 to 1000000.")) };
    }
    if let Some(archived) = change.archived {
        attribute.archived_at = archived.then_some(attribute.archived_at.unwrap_or(tx.now()));
    }
    attribute.pattern = change.pattern.clone().unwrap_or(attribute.pattern);
    attribute.minimum = change.minimum.unwrap_or(attribute.minimum);
    attribute.maximum = change.maximum.unwrap_or(attribute.maximum);
    attribute.is_required = change.is_required.unwrap_or(attribute.is_required);
    attribute.version += 1;
    let attribute = checked(attribute)?;
    store::update(tx, &attribute)?;
    announce(tx, viewer, id, attribute.version)?;
    Ok(attribute)
}

/// Removes one that nothing has a value of.
pub(super) fn remove(tx: &mut Tx<'_>, viewer: &Viewer, id: AttributeId) -> Result<(), Problem> {
    may_keep(viewer)?;
    if store::one(tx, id)?.is_used {
        return Err(Problem::conflict("in_use", "Something has a value of this attribute. Archive it instead."));
    }
    store::delete(tx, id)?;
    announce(tx, viewer, id, i64::MAX)
}

/// What fits the kind, and nothing else.
fn checked(mut attribute: Attribute) -> Result<Attribute, Problem> {
    let kind = attribute.kind;
    if let Some(typed) = &attribute.pattern {
        if kind != AttributeKind::Text {
            return Err(Problem::invalid("/pattern", "Only a text has a pattern."));
        }
        let typed = check::text("/pattern", typed, 200)?;
        pattern(&typed)?;
        attribute.pattern = Some(typed);
    }
    bounds(&attribute)?;
    if kind.is_chosen() == attribute.choices.is_empty() {
        return Err(Problem::invalid("/choices", if kind.is_chosen() { "Say what may be chosen." } else { "Only a choice has choices." }));
    }
    if attribute.choices.len() > CHOICES {
        return Err(Problem::invalid("/choices", format!("At most {CHOICES} choices.")));
    }
    for (at, choice) in attribute.choices.clone().iter().enumerate() {
        let pointer = format!("/choices/{at}");
        if attribute.choices[..at].iter().any(|other| other.key == choice.key) {
            return Err(Problem::invalid(&pointer, "Two choices have the same key."));
        }
        attribute.choices[at].key = key(&format!("{pointer}/key"), &choice.key)?;
        attribute.choices[at].names = names(&format!("{pointer}/names"), &choice.names)?;
    }
    if attribute.is_required && attribute.of == AttributeOf::Contact {
        return Err(Problem::invalid("/is_required", "Only an attribute of conversations can be required when they are resolved."));
    }
    Ok(attribute)
}

fn bounds(attribute: &Attribute) -> Result<(), Problem> {
    for (pointer, bound) in [("/minimum", attribute.minimum), ("/maximum", attribute.maximum)] {
        let Some(bound) = bound else { continue };
        match attribute.kind {
            AttributeKind::Number => ten_thousandths(bound).map(drop).ok_or_else(|| Problem::invalid(pointer, "Write a number with at most four decimals."))?,
            AttributeKind::Text if bound.fract() == 0.0 && (0.0..=500.0).contains(&bound) => {}
            AttributeKind::Text => return Err(Problem::invalid(pointer, "A text has 0 to 500 characters.")),
            _ => return Err(Problem::invalid(pointer, "Only a number or a text has bounds.")),
        }
    }
    match (attribute.minimum, attribute.maximum) {
        (Some(least), Some(most)) if least > most => Err(Problem::invalid("/maximum", "The greatest is less than the least.")),
        _ => Ok(()),
    }
}

fn key(pointer: &str, typed: &str) -> Result<String, Problem> {
    let fits = typed.len() <= 40
        && typed.starts_with(|first: char| first.is_ascii_lowercase())
        && typed.chars().all(|character| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '_');
    if fits {
        Ok(typed.to_owned())
    } else {
        Err(Problem::invalid(pointer, "A key is made of small letters, digits and underscores, e.g. customer_number; at most 40."))
    }
}

/// Names as they are kept; a language without a name is left out.
fn names(pointer: &str, typed: &Localised) -> Result<Localised, Problem> {
    let mut kept = Localised::default();
    for (language, name) in &typed.0 {
        let pointer = format!("{pointer}/{language}");
        let name = check::optional_text(&pointer, name, 60)?;
        if !name.is_empty() {
            kept.0.insert(check::language(&pointer, language)?, name);
        }
    }
    if kept.0.is_empty() { Err(Problem::invalid(pointer, "Write the name in at least one language.")) } else { Ok(kept) }
}
