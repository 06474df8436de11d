//! SQL of contact reasons.

use platform::{
    params,
    store::{Json, JsonText, Result, Row, Tx},
};

use super::model::ContactReason;
use crate::ids::{BrandId, ContactReasonId};

fn read(row: &Row<'_>) -> Result<ContactReason> {
    Ok(ContactReason {
        id: row.get("id")?,
        parent_id: row.get("parent_id")?,
        brand_id: row.get("brand_id")?,
        names: row.get::<Json<_>>("names")?.0,
        position: row.get("position")?,
        is_used: row.get("is_used")?,
        archived_at: row.get("archived_at")?,
        version: row.get("version")?,
    })
}

macro_rules! columns {
    () => {
        "SELECT r.id, r.parent_id, r.brand_id, r.names, r.position, r.used_at IS NOT NULL AS is_used, r.archived_at, r.version FROM contact_reason r"
    };
}

/// All, archived ones as well: what is past is still named by them.
pub(super) fn all(tx: &mut Tx<'_>) -> Result<Vec<ContactReason>> {
    tx.all(concat!(columns!(), " ORDER BY r.position, r.id"), params![], read)
}

pub(super) fn one(tx: &mut Tx<'_>, id: ContactReasonId) -> Result<ContactReason> {
    tx.one(concat!(columns!(), " WHERE r.id = $1"), params![id], read)
}

pub(super) fn insert(tx: &mut Tx<'_>, reason: &ContactReason) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "INSERT INTO contact_reason (id, parent_id, brand_id, names, position, version, created_at) VALUES ($1, $2, $3, $4, $5, 1, $6)",
        params![reason.id, reason.parent_id, reason.brand_id, JsonText::of(&reason.names), reason.position, now],
    )
    .map(drop)
}

pub(super) fn update(tx: &mut Tx<'_>, reason: &ContactReason) -> Result<()> {
    tx.exec(
        "UPDATE contact_reason SET names = $2, position = $3, archived_at = $4, version = $5 WHERE id = $1",
        params![reason.id, JsonText::of(&reason.names), reason.position, reason.archived_at, reason.version],
    )
    .map(drop)
}

/// Writes only the first time, so that conversations of one reason do not wait for each other.
pub(super) fn mark_used(tx: &mut Tx<'_>, id: ContactReasonId) -> Result<()> {
    let now = tx.now();
    tx.exec("UPDATE contact_reason SET used_at = $2 WHERE id = $1 AND used_at IS NULL", params![id, now]).map(drop)
}

pub(super) fn delete(tx: &mut Tx<'_>, id: ContactReasonId) -> Result<u64> {
    tx.exec("DELETE FROM contact_reason WHERE id = $1", params![id])
}

/// Whether there is one to choose in a brand.
pub(super) fn is_any_for(tx: &mut Tx<'_>, brand: BrandId) -> Result<bool> {
    let found = tx.opt(
        "SELECT 1 AS found FROM contact_reason WHERE archived_at IS NULL AND parent_id IS NULL AND (brand_id IS NULL OR brand_id = $1) LIMIT 1",
        params![brand],
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}
