//! SQL of attributes, and of the rows that find an owner by a value.

use platform::{
    params,
    store::{Json, JsonText, Result, Row, Tx},
};
use uuid::Uuid;

use super::{
    model::{Attribute, AttributeOf},
    values::ten_thousandths,
};
use crate::ids::AttributeId;

fn read(row: &Row<'_>) -> Result<Attribute> {
    #[expect(clippy::cast_precision_loss, reason = "at most fifteen digits")]
    let number = |scaled: i64| scaled as f64 / 10_000.0;
    Ok(Attribute {
        id: row.get("id")?,
        of: row.get("owner_kind")?,
        key: row.get("key")?,
        names: row.get::<Json<_>>("names")?.0,
        kind: row.get("kind")?,
        pattern: row.get("pattern")?,
        minimum: row.get::<Option<i64>>("minimum")?.map(number),
        maximum: row.get::<Option<i64>>("maximum")?.map(number),
        choices: row.get::<Json<_>>("choices")?.0,
        is_required: row.get("is_required")?,
        position: row.get("position")?,
        is_used: row.get("is_used")?,
        archived_at: row.get("archived_at")?,
        version: row.get("version")?,
    })
}

macro_rules! columns {
    () => {
        "SELECT a.id, a.owner_kind, a.key, a.names, a.kind, a.pattern, a.minimum, a.maximum, a.choices, a.is_required, a.position,
           (EXISTS (SELECT 1 FROM contact_attribute v WHERE v.attribute_id = a.id) OR EXISTS (SELECT 1 FROM conversation_attribute v WHERE v.attribute_id = a.id)) AS is_used,
           a.archived_at, a.version FROM attribute a"
    };
}

/// What is defined of contacts or of conversations, in its order, archived ones as well.
pub fn definitions(tx: &mut Tx<'_>, of: AttributeOf) -> Result<Vec<Attribute>> {
    tx.all(concat!(columns!(), " WHERE a.owner_kind = $1 ORDER BY a.position, a.id"), params![of], read)
}

pub(super) fn one(tx: &mut Tx<'_>, id: AttributeId) -> Result<Attribute> {
    tx.one(concat!(columns!(), " WHERE a.id = $1"), params![id], read)
}

pub(super) fn insert(tx: &mut Tx<'_>, attribute: &Attribute) -> Result<()> {
    let (now, scaled) = (tx.now(), |bound: Option<f64>| bound.and_then(ten_thousandths));
    tx.exec(
        "INSERT INTO attribute (id, owner_kind, key, names, kind, pattern, minimum, maximum, choices, is_required, position, version, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12)",
        params![
            attribute.id,
            attribute.of,
            attribute.key,
            JsonText::of(&attribute.names),
            attribute.kind,
            attribute.pattern,
            scaled(attribute.minimum),
            scaled(attribute.maximum),
            JsonText::of(&attribute.choices),
            attribute.is_required,
            attribute.position,
            now
        ],
    )
    .map(drop)
}

pub(super) fn update(tx: &mut Tx<'_>, attribute: &Attribute) -> Result<()> {
    let scaled = |bound: Option<f64>| bound.and_then(ten_thousandths);
    tx.exec(
        "UPDATE attribute SET names = $2, pattern = $3, minimum = $4, maximum = $5, choices = $6, is_required = $7, position = $8, archived_at = $9, version = $10 WHERE id = $1",
        params![
            attribute.id,
            JsonText::of(&attribute.names),
            attribute.pattern,
            scaled(attribute.minimum),
            scaled(attribute.maximum),
            JsonText::of(&attribute.choices),
            attribute.is_required,
            attribute.position,
            attribute.archived_at,
            attribute.version
        ],
    )
    .map(drop)
}

pub(super) fn delete(tx: &mut Tx<'_>, id: AttributeId) -> Result<u64> {
    tx.exec("DELETE FROM attribute WHERE id = $1", params![id])
}

/// Whether anything has this choice.
pub(super) fn is_chosen(tx: &mut Tx<'_>, id: AttributeId, key: &str) -> Result<bool> {
    let found = tx.opt(
        "SELECT 1 AS found FROM contact_attribute WHERE attribute_id = $1 AND text_key = $2
         UNION ALL SELECT 1 AS found FROM conversation_attribute WHERE attribute_id = $1 AND text_key = $2 LIMIT 1",
        params![id, key],
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

/// By what an owner is found.
pub(super) struct Found {
    pub(super) text_key: Option<String>,
    pub(super) number: Option<i64>,
}

/// An owner is found by these values of an attribute, and by no others.
pub(super) fn put(tx: &mut Tx<'_>, of: AttributeOf, owner: Uuid, attribute: AttributeId, found: &[Found]) -> Result<()> {
    let (forget, insert) = match of {
        AttributeOf::Contact => (
            "DELETE FROM contact_attribute WHERE contact_id = $1 AND attribute_id = $2",
            "INSERT INTO contact_attribute (contact_id, attribute_id, place, text_key, number) VALUES ($1, $2, $3, $4, $5)",
        ),
        AttributeOf::Conversation => (
            "DELETE FROM conversation_attribute WHERE conversation_id = $1 AND attribute_id = $2",
            "INSERT INTO conversation_attribute (conversation_id, attribute_id, place, text_key, number) VALUES ($1, $2, $3, $4, $5)",
        ),
    };
    tx.exec(forget, params![owner, attribute])?;
    for (place, value) in (0_i64..).zip(found) {
        tx.exec(insert, params![owner, attribute, place, value.text_key, value.number])?;
    }
    Ok(())
}
