//! SQL of merges, and of those who might be the same.

use platform::{
    clock::Moment,
    params,
    store::{Json, JsonText, Result, Row, Tx},
    word_enum,
};
use uuid::Uuid;

use super::model::{Merge, Moved, Standing};
use crate::{
    attributes, check,
    ids::{AgentId, ContactId, IdentityId, MergeId, NoteId},
    people::contacts::IdentityKind,
};

word_enum! {
    /// A row of another part that moved with a merge.
    MovedRow {
        /// A conversation.
        Conversation = "conversation",
        /// A chat's session.
        Session = "session",
        /// An entry of the timeline.
        Entry = "entry",
        /// The entry that says that they were joined; it goes when they are parted.
        Joined = "joined",
    }
}

/// The merge, or the taking back of one, that the survivor's version came from; none for those from before this was kept.
pub fn merge_at(tx: &mut Tx<'_>, into: ContactId, version: i64) -> Result<Option<MergeId>> {
    tx.opt("SELECT id FROM contact_merge WHERE into_id = $1 AND (merged_version = $2 OR undone_version = $2)", params![into, version], |row| row.get("id"))
}

/// Notes which rows of another part moved.
pub fn note_moved(tx: &mut Tx<'_>, merge: MergeId, kind: MovedRow, rows: &[Uuid]) -> Result<()> {
    for row in rows {
        tx.exec(
            "INSERT INTO contact_merge_row (merge_id, kind, row_id) VALUES ($1, $2, $3) ON CONFLICT (merge_id, kind, row_id) DO NOTHING",
            params![merge, kind, row],
        )?;
    }
    Ok(())
}

/// Which rows of another part moved.
pub fn moved_rows(tx: &mut Tx<'_>, merge: MergeId, kind: MovedRow) -> Result<Vec<Uuid>> {
    tx.all("SELECT row_id FROM contact_merge_row WHERE merge_id = $1 AND kind = $2 ORDER BY row_id", params![merge, kind], |row| row.get("row_id"))
}

/// A merge to be kept.
pub(super) struct NewRow<'a> {
    pub(super) from: ContactId,
    pub(super) into: ContactId,
    pub(super) proof: &'a str,
    pub(super) by: Option<AgentId>,
    pub(super) version: i64,
}

pub(super) fn insert(tx: &mut Tx<'_>, new: &NewRow<'_>, moved: &JsonText) -> Result<MergeId> {
    let (id, now) = (tx.id::<MergeId>(), tx.now());
    tx.exec(
        "INSERT INTO contact_merge (id, from_id, into_id, proof, moved, merged_at, merged_by, merged_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![id, new.from, new.into, new.proof, moved, now, new.by, new.version],
    )?;
    Ok(id)
}

macro_rules! columns {
    () => {
        "SELECT m.id, m.into_id, m.from_id, p.name AS from_name, m.proof, m.merged_at, m.merged_by, m.undone_at, m.moved FROM contact_merge m JOIN contact p ON p.id = m.from_id"
    };
}

fn read(row: &Row<'_>) -> Result<Merge> {
    Ok(Merge {
        id: row.get("id")?,
        into_id: row.get("into_id")?,
        from_id: row.get("from_id")?,
        from_name: row.get("from_name")?,
        proof: row.get("proof")?,
        merged_at: row.get("merged_at")?,
        merged_by: row.get("merged_by")?,
        undone_at: row.get("undone_at")?,
    })
}

pub(super) fn one(tx: &mut Tx<'_>, id: MergeId) -> Result<(Merge, Moved)> {
    tx.one(concat!(columns!(), " WHERE m.id = $1"), params![id], |row| Ok((read(row)?, row.get::<Json<_>>("moved")?.0)))
}

pub(super) fn merges_into(tx: &mut Tx<'_>, into: ContactId) -> Result<Vec<Merge>> {
    tx.all(concat!(columns!(), " WHERE m.into_id = $1 ORDER BY m.merged_at DESC, m.id DESC LIMIT 100"), params![into], read)
}

pub(super) fn mark_undone(tx: &mut Tx<'_>, id: MergeId, by: Option<AgentId>, version: i64) -> Result<()> {
    let now = tx.now();
    tx.exec("UPDATE contact_merge SET undone_at = $2, undone_by = $3, undone_version = $4 WHERE id = $1", params![id, now, by, version]).map(drop)
}

/// How the talk of a merge stands now.
pub(super) struct Talk {
    pub(super) back: i64,
    pub(super) written_since: i64,
    pub(super) stay: i64,
}

pub(super) fn talk_since(tx: &mut Tx<'_>, merge: &Merge) -> Result<Talk> {
    tx.one(
        "SELECT (SELECT count(*) FROM contact_merge_row r JOIN conversation c ON c.id = r.row_id WHERE r.merge_id = $1 AND r.kind = 'conversation' AND c.contact_id = $2
                   AND NOT EXISTS (SELECT 1 FROM conversation o WHERE (o.id = c.merged_into OR o.merged_into = c.id)
                     AND NOT EXISTS (SELECT 1 FROM contact_merge_row x WHERE x.merge_id = $1 AND x.kind = 'conversation' AND x.row_id = o.id))) AS back,
                (SELECT count(*) FROM contact_merge_row r JOIN conversation c ON c.id = r.row_id WHERE r.merge_id = $1 AND r.kind = 'conversation' AND c.contact_id = $2
                   AND EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id AND m.created_at > $3)) AS written_since,
                (SELECT count(*) FROM conversation c WHERE c.contact_id = $2 AND c.created_at > $3) AS stay",
        params![merge.id, merge.into_id, merge.merged_at],
        |row| Ok(Talk { back: row.get("back")?, written_since: row.get("written_since")?, stay: row.get("stay")? }),
    )
}

/// Moves the identities of one contact to another; those moved.
pub(super) fn move_identities(tx: &mut Tx<'_>, from: ContactId, into: ContactId) -> Result<Vec<IdentityId>> {
    tx.all("UPDATE contact_identity SET contact_id = $2 WHERE contact_id = $1 RETURNING id", params![from, into], |row| row.get("id"))
}

pub(super) fn return_identity(tx: &mut Tx<'_>, id: IdentityId, into: ContactId, from: ContactId) -> Result<()> {
    tx.exec("UPDATE contact_identity SET contact_id = $3 WHERE id = $1 AND contact_id = $2", params![id, into, from]).map(drop)
}

pub(super) fn move_notes(tx: &mut Tx<'_>, from: ContactId, into: ContactId) -> Result<Vec<NoteId>> {
    tx.all("UPDATE contact_note SET contact_id = $2 WHERE contact_id = $1 RETURNING id", params![from, into], |row| row.get("id"))
}

pub(super) fn return_note(tx: &mut Tx<'_>, id: NoteId, into: ContactId, from: ContactId) -> Result<()> {
    tx.exec("UPDATE contact_note SET contact_id = $3 WHERE id = $1 AND contact_id = $2", params![id, into, from]).map(drop)
}

pub(super) fn count_notes(tx: &mut Tx<'_>, contact: ContactId) -> Result<i64> {
    tx.one("SELECT count(*) AS n FROM contact_note WHERE contact_id = $1", params![contact], |row| row.get("n"))
}

/// How a contact stands after a merge, or after one was taken back.
pub(super) fn stand(tx: &mut Tx<'_>, id: ContactId, before: &Standing, after: &Standing) -> Result<()> {
    let key = check::name_key(after.name.as_deref().unwrap_or_default());
    tx.exec(
        "UPDATE contact SET name = $2, name_key = $3, language = $4, time_zone = $5, country = $6, attributes = $7, verification = $8, first_seen_at = $9, last_seen_at = $10,
           company_id = (SELECT o.id FROM contact_company o WHERE o.id = $11) WHERE id = $1",
        params![
            id,
            after.name,
            key,
            after.language,
            after.time_zone,
            after.country,
            JsonText::of(&after.attributes),
            after.verification,
            after.first_seen_at,
            after.last_seen_at,
            after.company.as_ref().map(|company| company.id)
        ],
    )?;
    attributes::find_contact_by(tx, id, &before.attributes, &after.attributes)
}

pub(super) fn mark_merged(tx: &mut Tx<'_>, from: ContactId, into: ContactId) -> Result<()> {
    tx.exec("UPDATE contact SET merged_into = $2, version = version + 1 WHERE id = $1", params![from, into]).map(drop)
}

pub(super) fn mark_parted(tx: &mut Tx<'_>, from: ContactId) -> Result<()> {
    tx.exec("UPDATE contact SET merged_into = NULL WHERE id = $1", params![from]).map(drop)
}

/// Those who share an address, a number, an id or the name with a contact.
pub(super) fn alike(tx: &mut Tx<'_>, id: ContactId, limit: i64) -> Result<Vec<ContactId>> {
    let mut found: Vec<ContactId> = tx.all(
        "SELECT DISTINCT o.contact_id FROM contact_identity i JOIN contact_identity o ON o.kind = i.kind AND o.value = i.value AND o.contact_id <> i.contact_id
         WHERE i.contact_id = $1 AND i.kind <> 'visitor' ORDER BY o.contact_id LIMIT $2",
        params![id, limit],
        |row| row.get("contact_id"),
    )?;
    let named: Vec<ContactId> = tx.all(
        "SELECT o.id FROM contact p JOIN contact o ON o.name_key = p.name_key AND o.id <> p.id AND o.merged_into IS NULL WHERE p.id = $1 AND p.name_key <> '' ORDER BY o.id LIMIT $2",
        params![id, limit],
        |row| row.get("id"),
    )?;
    for other in named {
        if !found.contains(&other) {
            found.push(other);
        }
    }
    Ok(found)
}

/// What several contacts have, after a place in the order of kind and value.
pub(super) fn shared_identities(tx: &mut Tx<'_>, kind: IdentityKind, value: &str, limit: i64) -> Result<Vec<(IdentityKind, String)>> {
    tx.all(
        "SELECT i.kind, i.value FROM contact_identity i WHERE i.kind <> 'visitor' AND (i.kind, i.value) > ($1, $2)
         GROUP BY i.kind, i.value HAVING count(DISTINCT i.contact_id) > 1 ORDER BY i.kind, i.value LIMIT $3",
        params![kind, value, limit],
        |row| Ok((row.get("kind")?, row.get("value")?)),
    )
}

/// Who has it, in the order in which they were added.
pub(super) fn contacts_with(tx: &mut Tx<'_>, kind: IdentityKind, value: &str, limit: i64) -> Result<Vec<ContactId>> {
    tx.all("SELECT DISTINCT contact_id FROM contact_identity WHERE kind = $1 AND value = $2 ORDER BY contact_id LIMIT $3", params![kind, value, limit], |row| {
        row.get("contact_id")
    })
}

/// Names, folded, that several contacts have.
pub(super) fn shared_names(tx: &mut Tx<'_>, after: &str, limit: i64) -> Result<Vec<String>> {
    tx.all(
        "SELECT p.name_key FROM contact p WHERE p.merged_into IS NULL AND p.name_key > $1 GROUP BY p.name_key HAVING count(*) > 1 ORDER BY p.name_key LIMIT $2",
        params![after, limit],
        |row| row.get("name_key"),
    )
}

pub(super) fn contacts_named(tx: &mut Tx<'_>, key: &str, limit: i64) -> Result<Vec<ContactId>> {
    tx.all("SELECT id FROM contact WHERE name_key = $1 AND merged_into IS NULL ORDER BY id LIMIT $2", params![key, limit], |row| row.get("id"))
}

pub(super) fn are_distinct(tx: &mut Tx<'_>, one: ContactId, other: ContactId) -> Result<bool> {
    let said = tx.opt(
        "SELECT 1 AS said FROM contact_distinct WHERE (contact_id = $1 AND other_id = $2) OR (contact_id = $2 AND other_id = $1)",
        params![one, other],
        |_| Ok(()),
    )?;
    Ok(said.is_some())
}

pub(super) fn insert_distinct(tx: &mut Tx<'_>, (one, other): (ContactId, ContactId), by: Option<AgentId>) -> Result<()> {
    let now: Moment = tx.now();
    tx.exec(
        "INSERT INTO contact_distinct (contact_id, other_id, said_by, said_at) VALUES ($1, $2, $3, $4) ON CONFLICT (contact_id, other_id) DO NOTHING",
        params![one, other, by, now],
    )
    .map(drop)
}

pub(super) fn delete_distinct(tx: &mut Tx<'_>, (one, other): (ContactId, ContactId)) -> Result<()> {
    tx.exec("DELETE FROM contact_distinct WHERE contact_id = $1 AND other_id = $2", params![one, other]).map(drop)
}
