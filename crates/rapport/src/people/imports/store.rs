//! SQL of imports.

use platform::{
    clock::Moment,
    params,
    store::{Json, JsonText, Result, Row, Tx},
};
use uuid::Uuid;

use super::{
    apply::{Applied, Change},
    model::{ContactImport, KeptBecause, RowOutcome},
};
use crate::{
    ids::{AgentId, CompanyId, ContactId, IdentityId, ImportId, NoteId},
    people::contacts::IdentityKind,
    viewer::{Permission, Viewer},
};

/// An import and where its file is.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) import: ContactImport,
    pub(super) file_hash: String,
    pub(super) undone_to: i64,
}

macro_rules! columns {
    () => {
        "SELECT i.id, i.agent_id, a.name AS agent_name, i.name, i.file_hash, i.size_bytes, i.state, i.settings, i.row_count, i.done_rows, i.created_count, i.updated_count,
           i.unchanged_count, i.refused_count, i.undone_to, i.taken_back_count, i.kept_count, i.problem, i.version, i.created_at, i.started_at, i.ended_at
         FROM contact_import i JOIN agent a ON a.id = i.agent_id"
    };
}

fn read(row: &Row<'_>) -> Result<Kept> {
    let import = ContactImport {
        id: row.get("id")?,
        name: row.get("name")?,
        size_bytes: row.get("size_bytes")?,
        agent_id: row.get("agent_id")?,
        agent_name: row.get("agent_name")?,
        state: row.get("state")?,
        settings: row.get::<Json<_>>("settings")?.0,
        rows: row.get("row_count")?,
        done: row.get("done_rows")?,
        created: row.get("created_count")?,
        updated: row.get("updated_count")?,
        unchanged: row.get("unchanged_count")?,
        refused: row.get("refused_count")?,
        taken_back: row.get("taken_back_count")?,
        kept: row.get("kept_count")?,
        problem: row.get("problem")?,
        created_at: row.get("created_at")?,
        started_at: row.get("started_at")?,
        ended_at: row.get("ended_at")?,
        version: row.get("version")?,
    };
    Ok(Kept { import, file_hash: row.get("file_hash")?, undone_to: row.get("undone_to")? })
}

/// Whoever imports over the whole company sees all; everybody else their own.
fn sight(viewer: &Viewer) -> (bool, Option<AgentId>) {
    let all = match viewer {
        Viewer::Agent(access) => access.can_everywhere(Permission::ContactsImport),
        Viewer::System { .. } => true,
        Viewer::Nobody | Viewer::Visitor(_) | Viewer::Automation(_) => false,
    };
    (all, viewer.agent().map(|agent| agent.id))
}

pub(super) fn one(tx: &mut Tx<'_>, viewer: &Viewer, id: ImportId) -> Result<Kept> {
    let (all, who) = sight(viewer);
    tx.one(concat!(columns!(), " WHERE i.id = $3 AND i.removed_at IS NULL AND ($1 OR i.agent_id = $2)"), params![all, who, id], read)
}

pub(super) fn page(tx: &mut Tx<'_>, viewer: &Viewer, before: Option<(Moment, ImportId)>, limit: i64) -> Result<Vec<ContactImport>> {
    let ((all, who), (at, id)) = (sight(viewer), before.unwrap_or((Moment(i64::MAX), ImportId(Uuid::max()))));
    tx.all(
        concat!(
            columns!(),
            " WHERE ($1 OR i.agent_id = $2) AND i.removed_at IS NULL AND (i.created_at, i.id) < ($3, $4) ORDER BY i.created_at DESC, i.id DESC LIMIT $5"
        ),
        params![all, who, at, id, limit],
        |row| {
            let mut import = read(row)?.import;
            import.settings.columns.clear();
            Ok(import)
        },
    )
}

pub(super) fn insert(tx: &mut Tx<'_>, import: &ContactImport, file_hash: &str) -> Result<()> {
    tx.exec(
        "INSERT INTO contact_import (id, agent_id, name, file_hash, size_bytes, state, settings, row_count, done_rows, created_count, updated_count, unchanged_count,
           refused_count, undone_to, taken_back_count, kept_count, version, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, 0, 0, 0, 0, 0, 1, $9)",
        params![
            import.id,
            import.agent_id,
            import.name,
            file_hash,
            import.size_bytes,
            import.state,
            JsonText::of(&import.settings),
            import.rows,
            import.created_at
        ],
    )
    .map(drop)
}

/// Keeps an import as it is now, but for what never changes.
pub(super) fn update(tx: &mut Tx<'_>, kept: &Kept) -> Result<()> {
    let import = &kept.import;
    tx.exec(
        "UPDATE contact_import SET state = $2, settings = $3, row_count = $4, done_rows = $5, created_count = $6, updated_count = $7, unchanged_count = $8,
           refused_count = $9, undone_to = $10, taken_back_count = $11, kept_count = $12, problem = $13, version = $14, started_at = $15, ended_at = $16 WHERE id = $1",
        params![
            import.id,
            import.state,
            JsonText::of(&import.settings),
            import.rows,
            import.done,
            import.created,
            import.updated,
            import.unchanged,
            import.refused,
            kept.undone_to,
            import.taken_back,
            import.kept,
            import.problem,
            import.version,
            import.started_at,
            import.ended_at
        ],
    )
    .map(drop)
}

/// Has an import be shown no more.
pub(super) fn hide(tx: &mut Tx<'_>, id: ImportId) -> Result<()> {
    let now = tx.now();
    tx.exec("UPDATE contact_import SET removed_at = $2 WHERE id = $1", params![id, now]).map(drop)
}

/// Imports that ended before `before`, or were removed and came before `removed`; the hash of each one's file.
pub(super) fn old(tx: &mut Tx<'_>, before: Moment, removed: Moment, limit: i64) -> Result<Vec<(ImportId, String)>> {
    tx.all(
        "SELECT id, file_hash FROM contact_import
         WHERE (created_at < $1 AND COALESCE(ended_at, created_at) < $1 AND state NOT IN ('running', 'undoing')) OR (created_at < $2 AND removed_at IS NOT NULL)
         ORDER BY created_at LIMIT $3",
        params![before, removed, limit],
        |row| Ok((row.get("id")?, row.get("file_hash")?)),
    )
}

/// Removes some rows of an import; whether any are left.
pub(super) fn remove_rows(tx: &mut Tx<'_>, id: ImportId, limit: i64) -> Result<bool> {
    let removed = tx.exec(
        "DELETE FROM contact_import_row WHERE import_id = $1 AND row_number IN (SELECT r.row_number FROM contact_import_row r WHERE r.import_id = $1 ORDER BY r.row_number LIMIT $2)",
        params![id, limit],
    )?;
    Ok(removed as i64 == limit)
}

/// Removes an import that has no rows.
pub(super) fn remove(tx: &mut Tx<'_>, id: ImportId) -> Result<()> {
    tx.exec("DELETE FROM contact_import_company WHERE import_id = $1", params![id])?;
    tx.exec("DELETE FROM contact_import WHERE id = $1", params![id]).map(drop)
}

/// Contacts that are known by a value, whoever asks.
pub(super) fn known_by(tx: &mut Tx<'_>, kind: IdentityKind, value: &str) -> Result<Vec<ContactId>> {
    tx.all(
        "SELECT DISTINCT i.contact_id FROM contact_identity i JOIN contact p ON p.id = i.contact_id WHERE i.kind = $1 AND i.value = $2 AND p.merged_into IS NULL
         ORDER BY i.contact_id LIMIT 20",
        params![kind, value],
        |row| row.get("contact_id"),
    )
}

pub(super) fn note_texts(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<String>> {
    tx.all("SELECT text FROM contact_note WHERE contact_id = $1", params![contact], |row| row.get("text"))
}

/// A row of the file.
#[derive(Clone, Copy)]
pub(super) struct At {
    pub(super) import: ImportId,
    pub(super) row: i64,
    pub(super) line: i64,
}

pub(super) fn note_done(tx: &mut Tx<'_>, at: At, outcome: RowOutcome, applied: &Applied) -> Result<()> {
    let version = (outcome == RowOutcome::Created).then_some(applied.version);
    tx.exec(
        "INSERT INTO contact_import_row (import_id, row_number, line, outcome, contact_id, contact_version, change) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![at.import, at.row, at.line, outcome, applied.contact, version, JsonText::of(&applied.change)],
    )?;
    if outcome == RowOutcome::Updated {
        tx.exec(
            "UPDATE contact_import_row SET contact_version = $3 WHERE import_id = $1 AND contact_id = $2 AND outcome = 'created'",
            params![at.import, applied.contact, applied.version],
        )?;
    }
    if let Some(company) = applied.added_company {
        tx.exec("INSERT INTO contact_import_company (import_id, company_id) VALUES ($1, $2)", params![at.import, company])?;
    }
    Ok(())
}

pub(super) fn note_refused(tx: &mut Tx<'_>, at: At, problem: &str) -> Result<()> {
    tx.exec(
        "INSERT INTO contact_import_row (import_id, row_number, line, outcome, problem) VALUES ($1, $2, $3, 'refused', $4)",
        params![at.import, at.row, at.line, problem],
    )
    .map(drop)
}

/// Refused rows after one of them, with what is wrong.
pub(super) fn refused_after(tx: &mut Tx<'_>, id: ImportId, after: i64, limit: i64) -> Result<Vec<(i64, String)>> {
    tx.all(
        "SELECT row_number, problem FROM contact_import_row WHERE import_id = $1 AND row_number > $2 AND outcome = 'refused' ORDER BY row_number LIMIT $3",
        params![id, after, limit],
        |row| Ok((row.get("row_number")?, row.get("problem")?)),
    )
}

/// A row that did something.
pub(super) struct DoneRow {
    pub(super) row: i64,
    pub(super) outcome: RowOutcome,
    pub(super) contact: ContactId,
    pub(super) version: Option<i64>,
    pub(super) change: Change,
}

/// Rows that did something before a place, the last first.
pub(super) fn done_before(tx: &mut Tx<'_>, id: ImportId, before: i64, limit: i64) -> Result<Vec<DoneRow>> {
    tx.all(
        "SELECT row_number, outcome, contact_id, contact_version, change FROM contact_import_row
         WHERE import_id = $1 AND row_number < $2 AND outcome IN ('created', 'updated') ORDER BY row_number DESC LIMIT $3",
        params![id, before, limit],
        |row| {
            Ok(DoneRow {
                row: row.get("row_number")?,
                outcome: row.get("outcome")?,
                contact: row.get("contact_id")?,
                version: row.get("contact_version")?,
                change: row.get::<Json<_>>("change")?.0,
            })
        },
    )
}

pub(super) fn note_kept(tx: &mut Tx<'_>, id: ImportId, row: i64, because: KeptBecause) -> Result<()> {
    tx.exec("UPDATE contact_import_row SET kept_because = $3 WHERE import_id = $1 AND row_number = $2", params![id, row, because]).map(drop)
}

/// Rows that were kept after one of them.
pub(super) fn kept_after(tx: &mut Tx<'_>, id: ImportId, after: i64, limit: i64) -> Result<Vec<(i64, i64, ContactId, KeptBecause)>> {
    tx.all(
        "SELECT row_number, line, contact_id, kept_because FROM contact_import_row WHERE import_id = $1 AND row_number > $2 AND kept_because IS NOT NULL ORDER BY row_number LIMIT $3",
        params![id, after, limit],
        |row| Ok((row.get("row_number")?, row.get("line")?, row.get("contact_id")?, row.get("kept_because")?)),
    )
}

/// Whether a contact was created by an import.
pub(super) fn was_created_by(tx: &mut Tx<'_>, id: ImportId, contact: ContactId) -> Result<bool> {
    let created = tx.opt(
        "SELECT 1 AS created FROM contact_import_row WHERE import_id = $1 AND contact_id = $2 AND outcome = 'created' LIMIT 1",
        params![id, contact],
        |_| Ok(()),
    )?;
    Ok(created.is_some())
}

/// How a contact stands, for whoever would remove it.
pub(super) struct Standing {
    pub(super) version: i64,
    pub(super) is_merged: bool,
    pub(super) has_talked: bool,
    pub(super) is_referred_to: bool,
}

/// None when it is gone.
pub(super) fn standing(tx: &mut Tx<'_>, contact: ContactId) -> Result<Option<Standing>> {
    tx.opt(
        "SELECT p.version,
            (p.merged_into IS NOT NULL OR EXISTS (SELECT 1 FROM contact_merge m WHERE m.from_id = p.id) OR EXISTS (SELECT 1 FROM contact_merge m WHERE m.into_id = p.id)) AS is_merged,
            (p.conversation_count > 0 OR EXISTS (SELECT 1 FROM conversation c WHERE c.contact_id = p.id) OR EXISTS (SELECT 1 FROM webchat_session s WHERE s.contact_id = p.id)) AS has_talked,
            (EXISTS (SELECT 1 FROM contact_distinct d WHERE d.contact_id = p.id) OR EXISTS (SELECT 1 FROM contact_distinct d WHERE d.other_id = p.id) OR EXISTS (SELECT 1 FROM contact_fact f WHERE f.contact_id = p.id)
             OR EXISTS (SELECT 1 FROM timeline_entry t WHERE t.contact_id = p.id AND t.type NOT IN ('first_visit', 'note'))) AS is_referred_to
         FROM contact p WHERE p.id = $1",
        params![contact],
        |row| {
            Ok(Standing {
                version: row.get("version")?,
                is_merged: row.get("is_merged")?,
                has_talked: row.get("has_talked")?,
                is_referred_to: row.get("is_referred_to")?,
            })
        },
    )
}

/// Removes a contact to whom nothing refers but what came with it. Its values must be unfindable already.
pub(super) fn remove_contact(tx: &mut Tx<'_>, contact: ContactId) -> Result<()> {
    for sql in [
        "DELETE FROM timeline_entry WHERE contact_id = $1",
        "DELETE FROM contact_note WHERE contact_id = $1",
        "DELETE FROM contact_identity WHERE contact_id = $1",
        "DELETE FROM contact WHERE id = $1",
    ] {
        tx.exec(sql, params![contact])?;
    }
    Ok(())
}

/// Removes an identity that an import gave, if it still proves nothing; whether it was there.
pub(super) fn remove_identity(tx: &mut Tx<'_>, contact: ContactId, id: IdentityId) -> Result<bool> {
    Ok(tx.exec("DELETE FROM contact_identity WHERE id = $2 AND contact_id = $1 AND verification = 'none'", params![contact, id])? == 1)
}

/// Removes a note; whether it was there.
pub(super) fn remove_note(tx: &mut Tx<'_>, contact: ContactId, id: NoteId) -> Result<bool> {
    Ok(tx.exec("DELETE FROM contact_note WHERE id = $2 AND contact_id = $1", params![contact, id])? == 1)
}

/// Companies an import added, to which nobody belongs and which nobody has changed.
pub(super) fn empty_companies(tx: &mut Tx<'_>, id: ImportId) -> Result<Vec<CompanyId>> {
    tx.all(
        "SELECT o.id FROM contact_import_company i JOIN contact_company o ON o.id = i.company_id
         WHERE i.import_id = $1 AND o.version = 1 AND NOT EXISTS (SELECT 1 FROM contact p WHERE p.company_id = o.id) ORDER BY o.id",
        params![id],
        |row| row.get("id"),
    )
}
