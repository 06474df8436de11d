//! SQL of companies.

use platform::{
    params,
    store::{Error, Result, Row, Tx},
};

use super::model::Company;
use crate::{
    check,
    ids::{CompanyId, ContactId},
    viewer::Viewer,
};

macro_rules! seen {
    () => {
        concat!(
            "($1 OR NOT EXISTS (SELECT 1 FROM contact p WHERE p.company_id = o.id AND p.conversation_count > 0)
              OR EXISTS (SELECT 1 FROM contact p JOIN conversation c ON c.contact_id = p.id WHERE p.company_id = o.id AND ",
            crate::visible_contact!("c"),
            "))"
        )
    };
}

fn read(row: &Row<'_>) -> Result<Company> {
    Ok(Company {
        id: row.get("id")?,
        name: row.get("name")?,
        domains: Vec::new(),
        note: row.get("note")?,
        created_at: row.get("created_at")?,
        version: row.get("version")?,
    })
}

fn with_domains(tx: &mut Tx<'_>, mut company: Company) -> Result<Company> {
    company.domains =
        tx.all("SELECT domain FROM contact_company_domain WHERE company_id = $1 ORDER BY domain", params![company.id], |row| row.get("domain"))?;
    Ok(company)
}

/// A company the viewer may see.
pub(in crate::people) fn company(tx: &mut Tx<'_>, viewer: &Viewer, id: CompanyId) -> Result<Company> {
    let (all, who) = viewer.sight_of_contacts();
    if !all && who.is_nil() {
        return Err(Error::NotFound);
    }
    let found = tx.one(
        concat!("SELECT o.id, o.name, o.note, o.created_at, o.version FROM contact_company o WHERE o.id = $3 AND ", seen!()),
        params![all, who, id],
        read,
    )?;
    with_domains(tx, found)
}

/// Companies by a part of their name or the beginning of a domain, after a place in the order of names.
pub(super) fn companies(tx: &mut Tx<'_>, viewer: &Viewer, question: &str, after: Option<(String, CompanyId)>, limit: i64) -> Result<Vec<(Company, String)>> {
    let (all, who) = viewer.sight_of_contacts();
    if !all && who.is_nil() {
        return Ok(Vec::new());
    }
    let (key, id) = after.unwrap_or_default();
    let (part, prefix) = (format!("%{}%", like(&check::name_key(question))), format!("{}%", like(&question.trim().to_lowercase())));
    let found = tx.all(
        concat!(
            "SELECT o.id, o.name, o.name_key, o.note, o.created_at, o.version FROM contact_company o
             WHERE (o.name_key, o.id) > ($3, $4)
               AND ($5 = '%%' OR o.name_key LIKE $5 ESCAPE '\\' OR EXISTS (SELECT 1 FROM contact_company_domain d WHERE d.company_id = o.id AND d.domain LIKE $6 ESCAPE '\\')) AND ",
            seen!(),
            " ORDER BY o.name_key, o.id LIMIT $7"
        ),
        params![all, who, key, id, part, prefix, limit],
        |row| Ok((read(row)?, row.get("name_key")?)),
    )?;
    found.into_iter().map(|(company, key)| Ok((with_domains(tx, company)?, key))).collect()
}

fn like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

pub(super) fn insert(tx: &mut Tx<'_>, company: &Company) -> Result<()> {
    tx.exec(
        "INSERT INTO contact_company (id, name, name_key, note, version, created_at) VALUES ($1, $2, $3, $4, 1, $5)",
        params![company.id, company.name, check::name_key(&company.name), company.note, company.created_at],
    )
    .map(drop)
}

pub(super) fn update(tx: &mut Tx<'_>, company: &Company) -> Result<()> {
    tx.exec(
        "UPDATE contact_company SET name = $2, name_key = $3, note = $4, version = $5 WHERE id = $1",
        params![company.id, company.name, check::name_key(&company.name), company.note, company.version],
    )
    .map(drop)
}

pub(super) fn delete(tx: &mut Tx<'_>, id: CompanyId) -> Result<()> {
    tx.exec("DELETE FROM contact_company_domain WHERE company_id = $1", params![id])?;
    tx.exec("DELETE FROM contact_company WHERE id = $1", params![id]).map(drop)
}

pub(super) fn company_of_domain(tx: &mut Tx<'_>, domain: &str) -> Result<Option<CompanyId>> {
    tx.opt("SELECT company_id FROM contact_company_domain WHERE domain = $1", params![domain], |row| row.get("company_id"))
}

pub(super) fn put_domains(tx: &mut Tx<'_>, id: CompanyId, domains: &[String]) -> Result<()> {
    tx.exec("DELETE FROM contact_company_domain WHERE company_id = $1", params![id])?;
    for domain in domains {
        tx.exec("INSERT INTO contact_company_domain (domain, company_id) VALUES ($1, $2)", params![domain, id])?;
    }
    Ok(())
}

/// Companies of a name, or with a domain, whoever asks.
pub(in crate::people) fn named(tx: &mut Tx<'_>, said: &str) -> Result<Vec<CompanyId>> {
    tx.all(
        "SELECT o.id FROM contact_company o WHERE (o.name_key = $1 AND $1 <> '') OR o.id IN (SELECT d.company_id FROM contact_company_domain d WHERE d.domain = $2)
         ORDER BY o.id LIMIT 20",
        params![check::name_key(said), said.trim().to_lowercase()],
        |row| row.get("id"),
    )
}

/// Whether it is there, whoever asks.
pub(in crate::people) fn is_there(tx: &mut Tx<'_>, id: CompanyId) -> Result<bool> {
    Ok(tx.opt("SELECT 1 AS there FROM contact_company WHERE id = $1", params![id], |_| Ok(()))?.is_some())
}

/// Everybody who belongs to it, whoever asks; those who became part of another contact as well.
pub(super) fn members(tx: &mut Tx<'_>, id: CompanyId, limit: i64) -> Result<Vec<ContactId>> {
    tx.all("SELECT id FROM contact WHERE company_id = $1 ORDER BY id LIMIT $2", params![id, limit], |row| row.get("id"))
}

/// Contacts with an address at a domain of the company, who belong to none.
pub(super) fn suggested(tx: &mut Tx<'_>, id: CompanyId, limit: i64) -> Result<Vec<ContactId>> {
    tx.all(
        "SELECT DISTINCT p.id FROM contact_company_domain d JOIN contact_identity i ON i.domain = d.domain JOIN contact p ON p.id = i.contact_id
         WHERE d.company_id = $1 AND p.company_id IS NULL AND p.merged_into IS NULL ORDER BY p.id LIMIT $2",
        params![id, limit],
        |row| row.get("id"),
    )
}

/// The company at whose domain a contact has an address.
pub(super) fn suggested_for(tx: &mut Tx<'_>, contact: ContactId) -> Result<Option<CompanyId>> {
    tx.opt(
        "SELECT d.company_id FROM contact_identity i JOIN contact_company_domain d ON d.domain = i.domain WHERE i.contact_id = $1 ORDER BY i.created_at DESC, i.id LIMIT 1",
        params![contact],
        |row| row.get("company_id"),
    )
}
