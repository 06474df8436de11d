//! Doing what was planned, and keeping what it changed.

use std::collections::BTreeMap;

use platform::{clock::Moment, store::Tx, web::Problem};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::plan::{Plan, Workplace};
use crate::{
    attributes::Values,
    ids::{CompanyId, ContactId, IdentityId, NoteId},
    people::{
        companies::{self, CompanyName},
        contacts::{self, Contact, Profile, Verification},
        store_contacts,
    },
    viewer::Viewer,
};

/// A value before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Step<T> {
    pub(super) was: Option<T>,
    pub(super) is: Option<T>,
}

impl<T: Clone + PartialEq> Step<T> {
    fn of(was: Option<&T>, is: Option<&T>) -> Option<Step<T>> {
        (was != is).then(|| Step { was: was.cloned(), is: is.cloned() })
    }
}

/// What a row changed, so that it can be taken back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Change {
    pub(super) name: Option<Step<String>>,
    pub(super) language: Option<Step<String>>,
    pub(super) time_zone: Option<Step<String>>,
    pub(super) country: Option<Step<String>>,
    pub(super) company: Option<Step<CompanyId>>,
    pub(super) attributes: BTreeMap<String, Step<Value>>,
    pub(super) identities: Vec<IdentityId>,
    pub(super) notes: Vec<NoteId>,
}

/// What was done.
pub(super) struct Applied {
    pub(super) contact: ContactId,
    /// The contact's version afterwards.
    pub(super) version: i64,
    pub(super) change: Change,
    /// The company that was added for it.
    pub(super) added_company: Option<CompanyId>,
}

fn nobody(now: Moment, id: ContactId) -> Contact {
    Contact {
        id,
        name: None,
        language: None,
        time_zone: None,
        country: None,
        created_at: now,
        first_seen_at: now,
        last_seen_at: now,
        online: false,
        verification: Verification::Unverified,
        identities: Vec::new(),
        company: None,
        attributes: Values::new(),
        conversation_count: 0,
        version: 1,
    }
}

/// Does what a row says. Not for a plan that changes nothing.
pub(super) fn apply(tx: &mut Tx<'_>, viewer: &Viewer, plan: &Plan) -> Result<Applied, Problem> {
    let now = tx.now();
    let before = match &plan.contact {
        Some(contact) => contact.clone(),
        None => nobody(now, store_contacts::insert_contact(tx, &Profile::default(), now, Verification::Unverified)?),
    };
    let (company, added_company) = company(tx, viewer, plan, &before)?;
    let after = Contact {
        name: plan.name.clone(),
        language: plan.language.clone(),
        time_zone: plan.time_zone.clone(),
        country: plan.country.clone(),
        company,
        attributes: plan.attributes.clone(),
        ..before.clone()
    };
    let mut change = difference(&before, &after);
    store_contacts::update_contact(tx, &after)?;
    store_contacts::set_attributes(tx, after.id, &before.attributes, &after.attributes)?;
    if change.company.is_some() {
        store_contacts::set_company(tx, after.id, after.company.as_ref().map(|company| company.id))?;
    }
    for (kind, value) in &plan.identities {
        // A file proves nothing.
        change.identities.push(contacts::add_identity(tx, after.id, *kind, value, Verification::Unverified, None)?);
    }
    let mut version = match &plan.contact {
        None => {
            contacts::announce_met(tx, viewer.actor(), after.id)?;
            1
        }
        Some(_) => contacts::announce(tx, viewer.actor(), after.id, "changed", None)?,
    };
    let author = viewer.agent().map(|agent| agent.id);
    for note in &plan.notes {
        let id = store_contacts::insert_note(tx, after.id, author, note)?;
        version = contacts::announce(tx, viewer.actor(), after.id, "noted", Some(id.0))?;
        change.notes.push(id);
    }
    Ok(Applied { contact: after.id, version, change, added_company })
}

fn company(tx: &mut Tx<'_>, viewer: &Viewer, plan: &Plan, before: &Contact) -> Result<(Option<CompanyName>, Option<CompanyId>), Problem> {
    match &plan.workplace {
        Workplace::Same => Ok((before.company.clone(), None)),
        Workplace::Known(company) => Ok((Some(company.clone()), None)),
        Workplace::New(name) => {
            let new = companies::NewCompany { name: name.clone(), domains: Vec::new(), note: String::new() };
            let added = companies::add(tx, viewer, &new)?;
            Ok((Some(CompanyName { id: added.id, name: added.name }), Some(added.id)))
        }
    }
}

fn difference(before: &Contact, after: &Contact) -> Change {
    let keys = before.attributes.keys().chain(after.attributes.keys());
    let attributes = keys.filter_map(|key| Step::of(before.attributes.get(key), after.attributes.get(key)).map(|step| (key.clone(), step))).collect();
    let id = |contact: &Contact| contact.company.as_ref().map(|company| company.id);
    Change {
        name: Step::of(before.name.as_ref(), after.name.as_ref()),
        language: Step::of(before.language.as_ref(), after.language.as_ref()),
        time_zone: Step::of(before.time_zone.as_ref(), after.time_zone.as_ref()),
        country: Step::of(before.country.as_ref(), after.country.as_ref()),
        company: Step::of(id(before).as_ref(), id(after).as_ref()),
        attributes,
        identities: Vec::new(),
        notes: Vec::new(),
    }
}
