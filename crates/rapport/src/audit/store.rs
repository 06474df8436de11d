//! SQL of the audit log.

use platform::{
    clock::Moment,
    params,
    store::{Json, JsonText, Result, Row, Tx},
};
use serde_json::Value;

use super::http::AuditEntry;
use crate::ids::{AgentId, AuditEntryId};

/// An entry to write.
pub(super) struct NewEntry<'a> {
    pub(super) agent_id: Option<AgentId>,
    pub(super) agent_name: &'a str,
    pub(super) through: &'a str,
    pub(super) address: Option<&'a str>,
    pub(super) act: &'a str,
    pub(super) about: &'a str,
    pub(super) path: &'a str,
    pub(super) subject: Option<String>,
    pub(super) asked: &'a Value,
}

pub(super) fn insert(tx: &mut Tx<'_>, entry: &NewEntry<'_>) -> Result<()> {
    let (id, now) = (tx.id::<AuditEntryId>(), tx.now());
    tx.exec(
        "INSERT INTO audit_entry (id, at, agent_id, agent_name, through, address, act, about, path, subject, asked) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        params![
            id,
            now,
            entry.agent_id,
            entry.agent_name,
            entry.through,
            entry.address,
            entry.act,
            entry.about,
            entry.path,
            entry.subject,
            JsonText::of(entry.asked)
        ],
    )
    .map(drop)
}

/// Which entries are wanted.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) agent_id: Option<AgentId>,
    pub(super) about: Option<String>,
    pub(super) from: Moment,
    /// The place before which the page begins.
    pub(super) before: (Moment, AuditEntryId),
    pub(super) limit: i64,
}

macro_rules! entries {
    ($where:literal) => {
        concat!(
            "SELECT id, at, agent_id, agent_name, through, address, act, about, path, subject, asked FROM audit_entry WHERE (at, id) < ($1, $2) AND at >= $3",
            $where,
            " ORDER BY at DESC, id DESC LIMIT $4"
        )
    };
}

/// A page, newest first.
pub(super) fn page(tx: &mut Tx<'_>, wanted: &Wanted) -> Result<Vec<AuditEntry>> {
    let ((at, id), from, limit) = (wanted.before, wanted.from, wanted.limit);
    match (&wanted.agent_id, &wanted.about) {
        (None, None) => tx.all(entries!(""), params![at, id, from, limit], read),
        (Some(agent), None) => tx.all(entries!(" AND agent_id = $5"), params![at, id, from, limit, *agent], read),
        (None, Some(about)) => tx.all(entries!(" AND about = $5"), params![at, id, from, limit, *about], read),
        (Some(agent), Some(about)) => tx.all(entries!(" AND agent_id = $5 AND about = $6"), params![at, id, from, limit, *agent, *about], read),
    }
}

fn read(row: &Row<'_>) -> Result<AuditEntry> {
    Ok(AuditEntry {
        id: row.get("id")?,
        at: row.get("at")?,
        agent_id: row.get("agent_id")?,
        agent_name: row.get("agent_name")?,
        through: row.get("through")?,
        address: row.get("address")?,
        act: row.get("act")?,
        about: row.get("about")?,
        path: row.get("path")?,
        subject: row.get("subject")?,
        asked: row.get::<Json<_>>("asked")?.0,
    })
}
