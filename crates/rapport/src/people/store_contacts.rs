//! SQL of contacts.

use std::time::Duration;

use platform::{
    clock::Moment,
    params,
    store::{Error, Json, JsonText, Result, Row, Tx},
};

use super::{
    companies::CompanyName,
    contacts::{Contact, Identity, IdentityKind, Note, Profile, Verification},
};
use crate::{
    attributes::{self, Values},
    check,
    ids::{AgentId, CompanyId, ContactId, IdentityId, NoteId},
    viewer::Viewer,
};

/// What other parts show of a contact beside their own rows.
#[derive(Clone, Debug)]
pub struct Verified {
    /// The name, if known.
    pub name: Option<String>,
    /// The surest of their identities.
    pub verification: Verification,
    /// Their language.
    pub language: Option<String>,
}

/// The contact behind a row another part has let the viewer see.
pub fn contact_row(tx: &mut Tx<'_>, id: ContactId) -> Result<Verified> {
    tx.one("SELECT name, verification, language FROM contact WHERE id = $1", params![id], |row| {
        Ok(Verified { name: row.get("name")?, verification: row.get("verification")?, language: row.get("language")? })
    })
}

macro_rules! columns {
    () => {
        "SELECT p.id, p.name, p.language, p.time_zone, p.country, p.company_id, o.name AS company_name, p.attributes, p.verification, p.first_seen_at, p.last_seen_at, p.conversation_count, p.version, p.created_at
         FROM contact p LEFT JOIN contact_company o ON o.id = p.company_id"
    };
}

fn read_contact(row: &Row<'_>) -> Result<Contact> {
    let company: Option<CompanyId> = row.get("company_id")?;
    let company_name: Option<String> = row.get("company_name")?;
    Ok(Contact {
        id: row.get("id")?,
        name: row.get("name")?,
        language: row.get("language")?,
        time_zone: row.get("time_zone")?,
        country: row.get("country")?,
        company: company.zip(company_name).map(|(id, name)| CompanyName { id, name }),
        attributes: row.get::<Json<_>>("attributes")?.0,
        verification: row.get("verification")?,
        first_seen_at: row.get("first_seen_at")?,
        last_seen_at: row.get("last_seen_at")?,
        conversation_count: row.get("conversation_count")?,
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        online: false,
        identities: Vec::new(),
    })
}

/// A contact the viewer may see: one with no conversation yet, or with one in their scope.
pub fn contact(tx: &mut Tx<'_>, viewer: &Viewer, id: ContactId) -> Result<Contact> {
    let (all, who) = viewer.sight_of_contacts();
    if !all && who.is_nil() {
        return Err(Error::NotFound);
    }
    let mut contact = tx.one(
        concat!(
            columns!(),
            "
             WHERE p.id = $3 AND p.merged_into IS NULL AND ($1 OR p.conversation_count = 0 OR EXISTS (SELECT 1 FROM conversation c WHERE c.contact_id = p.id AND ",
            crate::visible_contact!("c"),
            "))"
        ),
        params![all, who, id],
        read_contact,
    )?;
    contact.identities = identities(tx, id)?;
    Ok(contact)
}

/// Contacts by a part of their name or identity; newest first without a question. `before` is the cursor.
pub fn contacts_by_name(tx: &mut Tx<'_>, viewer: &Viewer, question: &str, before: Option<(Moment, ContactId)>, limit: i64) -> Result<Vec<Contact>> {
    let (all, who) = viewer.sight_of_contacts();
    if !all && who.is_nil() {
        return Ok(Vec::new());
    }
    let (at, id) = before.unwrap_or((Moment(i64::MAX), ContactId(uuid::Uuid::max())));
    let pattern = like_part(&check::name_key(question));
    let prefix = like_prefix(question.trim());
    let mut contacts = tx.all(
        concat!(
            columns!(),
            "
             WHERE p.merged_into IS NULL AND (p.last_seen_at, p.id) < ($3, $4)
               AND ($5 = '%%' OR p.name_key LIKE $5 ESCAPE '\\' OR EXISTS (SELECT 1 FROM contact_identity i WHERE i.contact_id = p.id AND i.kind <> 'visitor' AND i.value LIKE $6 ESCAPE '\\'))
               AND ($1 OR p.conversation_count = 0 OR EXISTS (SELECT 1 FROM conversation c WHERE c.contact_id = p.id AND ",
            crate::visible_contact!("c"),
            ")) ORDER BY p.last_seen_at DESC, p.id DESC LIMIT $7"
        ),
        params![all, who, at, id, pattern, prefix, limit],
        read_contact,
    )?;
    for contact in &mut contacts {
        contact.identities = identities(tx, contact.id)?;
    }
    Ok(contacts)
}

/// What a person typed as a pattern that matches it anywhere, its own wildcards escaped.
fn like_part(text: &str) -> String {
    format!("%{}%", escape(text))
}

fn like_prefix(text: &str) -> String {
    format!("{}%", escape(text))
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

pub(super) fn identities(tx: &mut Tx<'_>, id: ContactId) -> Result<Vec<Identity>> {
    let mut identities: Vec<Identity> = tx.all(
        "SELECT id, kind, value, verification, verified_how, verified_at, reachable FROM contact_identity WHERE contact_id = $1 ORDER BY created_at, id",
        params![id],
        |row| {
            Ok(Identity {
                id: row.get("id")?,
                kind: row.get("kind")?,
                value: row.get("value")?,
                verification: row.get("verification")?,
                verified_how: row.get("verified_how")?,
                verified_at: row.get("verified_at")?,
                reachable: row.get("reachable")?,
            })
        },
    )?;
    // After a merge a contact may have one twice: the surer is shown.
    let all = identities.clone();
    let is_surer = |other: &Identity, than: &Identity| {
        (&other.kind, &other.value) == (&than.kind, &than.value) && (other.verification, than.id) > (than.verification, other.id)
    };
    identities.retain(|identity| !all.iter().any(|other| is_surer(other, identity)));
    Ok(identities)
}

/// Whether a contact is there, merged or not, whoever asks.
pub fn is_there(tx: &mut Tx<'_>, id: ContactId) -> Result<bool> {
    Ok(tx.opt("SELECT 1 AS there FROM contact WHERE id = $1", params![id], |_| Ok(()))?.is_some())
}

/// An identity of a contact by its value.
pub fn identity_of(tx: &mut Tx<'_>, contact: ContactId, kind: IdentityKind, value: &str) -> Result<Option<(IdentityId, Verification)>> {
    tx.opt(
        "SELECT id, verification FROM contact_identity WHERE contact_id = $1 AND kind = $2 AND value = $3 ORDER BY verified_at IS NULL, id",
        params![contact, kind, value],
        |row| Ok((row.get("id")?, row.get("verification")?)),
    )
}

/// The address a contact gave last.
pub fn email_of(tx: &mut Tx<'_>, id: ContactId) -> Result<Option<String>> {
    tx.opt("SELECT value FROM contact_identity WHERE contact_id = $1 AND kind = 'email' ORDER BY created_at DESC LIMIT 1", params![id], |row| row.get("value"))
}

pub(super) fn contact_by_proved(tx: &mut Tx<'_>, kind: IdentityKind, value: &str) -> Result<Option<ContactId>> {
    tx.opt(
        "SELECT contact_id FROM contact_identity WHERE kind = $1 AND value = $2 AND verification IN ('channel_verified', 'signed', 'confirmed')",
        params![kind, value],
        |row| row.get("contact_id"),
    )
}

pub(super) fn insert_contact(tx: &mut Tx<'_>, profile: &Profile, seen_at: Moment, verification: Verification) -> Result<ContactId> {
    let (id, now) = (tx.id::<ContactId>(), tx.now());
    let key = check::name_key(profile.name.as_deref().unwrap_or_default());
    tx.exec(
        "INSERT INTO contact (id, name, name_key, language, time_zone, verification, first_seen_at, last_seen_at, conversation_count, version, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7, 0, 1, $8)",
        params![id, profile.name, key, profile.language, profile.time_zone, verification, seen_at, now],
    )?;
    Ok(id)
}

pub(super) fn update_profile(tx: &mut Tx<'_>, id: ContactId, profile: &Profile) -> Result<()> {
    let key = profile.name.as_deref().map(check::name_key);
    tx.exec(
        "UPDATE contact SET name = COALESCE($2, name), name_key = COALESCE($3, name_key), language = COALESCE($4, language), time_zone = COALESCE($5, time_zone) WHERE id = $1",
        params![id, profile.name, key, profile.language, profile.time_zone],
    ).map(drop)
}

pub(super) fn update_contact(tx: &mut Tx<'_>, contact: &Contact) -> Result<()> {
    let key = check::name_key(contact.name.as_deref().unwrap_or_default());
    tx.exec(
        "UPDATE contact SET name = $2, name_key = $3, language = $4, time_zone = $5, country = $6 WHERE id = $1",
        params![contact.id, contact.name, key, contact.language, contact.time_zone, contact.country],
    )
    .map(drop)
}

/// Keeps the values of a contact, and lets it be found by them.
pub(super) fn set_attributes(tx: &mut Tx<'_>, id: ContactId, before: &Values, after: &Values) -> Result<()> {
    if before == after {
        return Ok(());
    }
    tx.exec("UPDATE contact SET attributes = $2 WHERE id = $1", params![id, JsonText::of(after)])?;
    attributes::find_contact_by(tx, id, before, after)
}

pub(super) fn set_company(tx: &mut Tx<'_>, id: ContactId, company: Option<CompanyId>) -> Result<()> {
    tx.exec("UPDATE contact SET company_id = $2 WHERE id = $1", params![id, company]).map(drop)
}

/// The contacts the viewer may see in the order of their ids, after one of them.
pub(super) fn contacts_after(tx: &mut Tx<'_>, viewer: &Viewer, after: Option<ContactId>, limit: i64) -> Result<Vec<Contact>> {
    let (all, who) = viewer.sight_of_contacts();
    if !all && who.is_nil() {
        return Ok(Vec::new());
    }
    let mut contacts = tx.all(
        concat!(
            columns!(),
            " WHERE p.merged_into IS NULL AND p.id > $3
               AND ($1 OR p.conversation_count = 0 OR EXISTS (SELECT 1 FROM conversation c WHERE c.contact_id = p.id AND ",
            crate::visible_contact!("c"),
            ")) ORDER BY p.id LIMIT $4"
        ),
        params![all, who, after.unwrap_or_default(), limit],
        read_contact,
    )?;
    for contact in &mut contacts {
        contact.identities = identities(tx, contact.id)?;
    }
    Ok(contacts)
}

/// The contacts of a company whom the viewer may see, last seen first, before a place in that order.
pub(super) fn contacts_of_company(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    company: CompanyId,
    before: Option<(Moment, ContactId)>,
    limit: i64,
) -> Result<Vec<Contact>> {
    let (all, who) = viewer.sight_of_contacts();
    let (at, id) = before.unwrap_or((Moment(i64::MAX), ContactId(uuid::Uuid::max())));
    let mut contacts = tx.all(
        concat!(
            columns!(),
            " WHERE p.company_id = $5 AND p.merged_into IS NULL AND (p.last_seen_at, p.id) < ($3, $4)
               AND ($1 OR p.conversation_count = 0 OR EXISTS (SELECT 1 FROM conversation c WHERE c.contact_id = p.id AND ",
            crate::visible_contact!("c"),
            ")) ORDER BY p.last_seen_at DESC, p.id DESC LIMIT $6"
        ),
        params![all, who, at, id, company, limit],
        read_contact,
    )?;
    for contact in &mut contacts {
        contact.identities = identities(tx, contact.id)?;
    }
    Ok(contacts)
}

pub(super) fn raise_version(tx: &mut Tx<'_>, id: ContactId) -> Result<i64> {
    tx.one("UPDATE contact SET version = version + 1 WHERE id = $1 RETURNING version", params![id], |row| row.get("version"))
}

pub(super) fn raise_verification(tx: &mut Tx<'_>, id: ContactId, to: Verification) -> Result<()> {
    let known: Verification = tx.one("SELECT verification FROM contact WHERE id = $1", params![id], |row| row.get("verification"))?;
    if to > known {
        tx.exec("UPDATE contact SET verification = $2 WHERE id = $1", params![id, to])?;
    }
    Ok(())
}

/// Notes that a contact was seen; to within a minute, so that a busy chat does not write this row each time.
pub fn seen(tx: &mut Tx<'_>, id: ContactId) -> Result<()> {
    let (now, before) = (tx.now(), tx.now().minus(Duration::from_secs(60)));
    tx.exec("UPDATE contact SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $3", params![id, now, before]).map(drop)
}

/// One more conversation.
pub fn count_conversation(tx: &mut Tx<'_>, id: ContactId, n: i64) -> Result<()> {
    tx.exec("UPDATE contact SET conversation_count = conversation_count + $2 WHERE id = $1", params![id, n]).map(drop)
}

pub(super) fn insert_identity(
    tx: &mut Tx<'_>,
    contact: ContactId,
    kind: IdentityKind,
    value: &str,
    verification: Verification,
    how: Option<&str>,
) -> Result<IdentityId> {
    let (id, now) = (tx.id::<IdentityId>(), tx.now());
    let verified_at = (verification >= Verification::ChannelVerified).then_some(now);
    let domain = (kind == IdentityKind::Email).then(|| value.rsplit_once('@').map(|(_, domain)| domain)).flatten();
    tx.exec(
        "INSERT INTO contact_identity (id, contact_id, kind, value, verification, verified_how, verified_at, reachable, created_at, domain) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![id, contact, kind, value, verification, how, verified_at, true, now, domain],
    )?;
    Ok(id)
}

pub(super) fn verify_identity(tx: &mut Tx<'_>, id: IdentityId, verification: Verification, how: Option<&str>) -> Result<()> {
    let now = tx.now();
    tx.exec("UPDATE contact_identity SET verification = $2, verified_how = $3, verified_at = $4 WHERE id = $1", params![id, verification, how, now]).map(drop)
}

pub(super) fn delete_identity(tx: &mut Tx<'_>, contact: ContactId, id: IdentityId) -> Result<u64> {
    tx.exec(
        "DELETE FROM contact_identity WHERE contact_id = $1 AND kind <> 'visitor' AND (kind, value) IN (SELECT i.kind, i.value FROM contact_identity i WHERE i.id = $2 AND i.contact_id = $1)",
        params![contact, id],
    )
}

pub(super) fn insert_note(tx: &mut Tx<'_>, contact: ContactId, author: Option<AgentId>, text: &str) -> Result<NoteId> {
    let (id, now) = (tx.id::<NoteId>(), tx.now());
    tx.exec("INSERT INTO contact_note (id, contact_id, author_id, text, created_at) VALUES ($1, $2, $3, $4, $5)", params![id, contact, author, text, now])?;
    Ok(id)
}

pub(super) fn notes(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<Note>> {
    tx.all(
        "SELECT n.id, n.text, n.author_id, a.name AS author_name, n.created_at FROM contact_note n LEFT JOIN agent a ON a.id = n.author_id
         WHERE n.contact_id = $1 ORDER BY n.created_at DESC, n.id LIMIT 200",
        params![contact],
        |row| {
            Ok(Note {
                id: row.get("id")?,
                text: row.get("text")?,
                author_id: row.get("author_id")?,
                author_name: row.get("author_name")?,
                created_at: row.get("created_at")?,
            })
        },
    )
}

pub(super) fn delete_note(tx: &mut Tx<'_>, contact: ContactId, id: NoteId) -> Result<u64> {
    tx.exec("DELETE FROM contact_note WHERE id = $2 AND contact_id = $1", params![contact, id])
}
