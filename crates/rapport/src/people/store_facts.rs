//! SQL of facts.

use platform::{
    params,
    store::{Result, Tx},
};

use super::facts::Fact;
use crate::ids::{ContactId, FactId};

pub(super) fn facts(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<Fact>> {
    tx.all(
        "SELECT f.id, f.kind, f.text, f.source, f.learned_on, f.author_id, a.name AS author_name, f.created_at FROM contact_fact f LEFT JOIN agent a ON a.id = f.author_id
         WHERE f.contact_id = $1 ORDER BY f.learned_on DESC, f.id DESC",
        params![contact],
        |row| {
            Ok(Fact {
                id: row.get("id")?,
                kind: row.get("kind")?,
                text: row.get("text")?,
                source: row.get("source")?,
                learned_on: row.get("learned_on")?,
                author_id: row.get("author_id")?,
                author_name: row.get("author_name")?,
                created_at: row.get("created_at")?,
            })
        },
    )
}

pub(super) fn count(tx: &mut Tx<'_>, contact: ContactId) -> Result<i64> {
    tx.one("SELECT count(*) AS n FROM contact_fact WHERE contact_id = $1", params![contact], |row| row.get("n"))
}

pub(super) fn insert(tx: &mut Tx<'_>, contact: ContactId, fact: &Fact) -> Result<()> {
    tx.exec(
        "INSERT INTO contact_fact (id, contact_id, kind, text, source, learned_on, author_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![fact.id, contact, fact.kind, fact.text, fact.source, fact.learned_on, fact.author_id, fact.created_at],
    )
    .map(drop)
}

pub(super) fn delete(tx: &mut Tx<'_>, contact: ContactId, id: FactId) -> Result<u64> {
    tx.exec("DELETE FROM contact_fact WHERE id = $2 AND contact_id = $1", params![contact, id])
}

/// Moves the facts of one contact to another; those moved.
pub(super) fn move_facts(tx: &mut Tx<'_>, from: ContactId, into: ContactId) -> Result<Vec<FactId>> {
    tx.all("UPDATE contact_fact SET contact_id = $2 WHERE contact_id = $1 RETURNING id", params![from, into], |row| row.get("id"))
}

pub(super) fn return_fact(tx: &mut Tx<'_>, id: FactId, into: ContactId, from: ContactId) -> Result<()> {
    tx.exec("UPDATE contact_fact SET contact_id = $3 WHERE id = $1 AND contact_id = $2", params![id, into, from]).map(drop)
}
