//! Keeping companies, and who belongs to them.

use platform::{events::Event, store::Tx, web::Problem};
use serde::Serialize;
use uuid::Uuid;

use super::{
    model::{Company, CompanyChange, CompanyName, NewCompany},
    store,
};
use crate::{
    check,
    ids::{CompanyId, ContactId},
    people::{contacts, store_contacts},
    viewer::Viewer,
};

const DOMAINS: usize = 20;
const AT_ONCE: usize = 100;
/// A company with more contacts is not removed in one step.
const MEMBERS: i64 = 500;

/// A company was added, changed or removed.
#[derive(Serialize)]
struct CompanyChanged {
    company_id: CompanyId,
    version: i64,
}
impl Event for CompanyChanged {
    const KIND: &'static str = "people.company_changed";
    fn stream(&self) -> Uuid {
        self.company_id.0
    }
    fn version(&self) -> i64 {
        self.version
    }
}

fn announce(tx: &mut Tx<'_>, viewer: &Viewer, id: CompanyId, version: i64) -> Result<(), Problem> {
    Ok(tx.announce(viewer.actor(), &CompanyChanged { company_id: id, version }).map(drop)?)
}

fn domains(typed: &[String]) -> Result<Vec<String>, Problem> {
    if typed.len() > DOMAINS {
        return Err(Problem::invalid("/domains", format!("At most {DOMAINS} domains.")));
    }
    let mut kept = Vec::new();
    for (at, domain) in typed.iter().enumerate() {
        let pointer = format!("/domains/{at}");
        let domain = domain.trim().trim_start_matches('@').to_lowercase();
        if domain.contains('@') || check::email(&pointer, &format!("x@{domain}")).is_err() {
            return Err(Problem::invalid(&pointer, "Write what stands behind the @, e.g. example.com."));
        }
        if !kept.contains(&domain) {
            kept.push(domain);
        }
    }
    Ok(kept)
}

fn taken(tx: &mut Tx<'_>, id: CompanyId, domains: &[String]) -> Result<(), Problem> {
    for (at, domain) in domains.iter().enumerate() {
        if store::company_of_domain(tx, domain)?.is_some_and(|other| other != id) {
            return Err(Problem::invalid(&format!("/domains/{at}"), format!("Another company has the domain {domain}.")));
        }
    }
    Ok(())
}

/// Adds one.
pub(in crate::people) fn add(tx: &mut Tx<'_>, viewer: &Viewer, new: &NewCompany) -> Result<Company, Problem> {
    let (now, domains) = (tx.now(), domains(&new.domains)?);
    let company = Company {
        id: tx.id(),
        name: check::text("/name", &new.name, 120)?,
        note: check::optional_text("/note", &new.note, 10_000)?,
        domains,
        created_at: now,
        version: 1,
    };
    taken(tx, company.id, &company.domains)?;
    store::insert(tx, &company)?;
    store::put_domains(tx, company.id, &company.domains)?;
    announce(tx, viewer, company.id, 1)?;
    Ok(company)
}

/// Changes one.
pub(super) fn change(tx: &mut Tx<'_>, viewer: &Viewer, id: CompanyId, based_on: Option<i64>, change: &CompanyChange) -> Result<Company, Problem> {
    let mut company = store::company(tx, viewer, id)?;
    if based_on.is_some_and(|version| version != company.version) {
        return Err(Problem::version_conflict(serde_json::to_value(&company).unwrap_or_default()));
    }
    if let Some(name) = &change.name {
        company.name = check::text("/name", name, 120)?;
    }
    if let Some(note) = &change.note {
        company.note = check::optional_text("/note", note, 10_000)?;
    }
    if let Some(typed) = &change.domains {
        company.domains = domains(typed)?;
        taken(tx, id, &company.domains)?;
        store::put_domains(tx, id, &company.domains)?;
    }
    company.version += 1;
    store::update(tx, &company)?;
    announce(tx, viewer, id, company.version)?;
    Ok(company)
}

/// Removes one; its contacts stay, without a company.
pub(in crate::people) fn remove(tx: &mut Tx<'_>, viewer: &Viewer, id: CompanyId) -> Result<(), Problem> {
    store::company(tx, viewer, id)?;
    let members = store::members(tx, id, MEMBERS + 1)?;
    if members.len() as i64 > MEMBERS {
        return Err(Problem::conflict("in_use", format!("More than {MEMBERS} contacts belong to this company. Take them out first.")));
    }
    for contact in members {
        store_contacts::set_company(tx, contact, None)?;
        contacts::announce(tx, viewer.actor(), contact, "changed", None)?;
    }
    store::delete(tx, id)?;
    announce(tx, viewer, id, i64::MAX)
}

/// Adds contacts to a company; those of another leave it.
pub(super) fn add_members(tx: &mut Tx<'_>, viewer: &Viewer, id: CompanyId, members: &[ContactId]) -> Result<(), Problem> {
    store::company(tx, viewer, id)?;
    if members.len() > AT_ONCE {
        return Err(Problem::invalid("/contact_ids", format!("At most {AT_ONCE} contacts at once.")));
    }
    for (at, contact) in members.iter().enumerate() {
        let missing = |error: platform::store::Error| {
            if matches!(error, platform::store::Error::NotFound) {
                Problem::invalid(&format!("/contact_ids/{at}"), "There is no such contact.")
            } else {
                error.into()
            }
        };
        let known = store_contacts::contact(tx, viewer, *contact).map_err(missing)?;
        if known.company.is_none_or(|company| company.id != id) {
            store_contacts::set_company(tx, *contact, Some(id))?;
            contacts::announce(tx, viewer.actor(), *contact, "changed", None)?;
        }
    }
    Ok(())
}

/// The company a contact is to belong to, when the viewer may see it.
pub(in crate::people) fn belongs_to(tx: &mut Tx<'_>, viewer: &Viewer, id: CompanyId) -> Result<CompanyName, Problem> {
    match store::company(tx, viewer, id) {
        Ok(company) => Ok(CompanyName { id, name: company.name }),
        Err(platform::store::Error::NotFound) => Err(Problem::invalid("/company_id", "There is no such company.")),
        Err(error) => Err(error.into()),
    }
}
