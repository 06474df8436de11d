//! What a row would do; nothing is written.

use platform::{
    store::{Error, Tx},
    web::Problem,
};

use super::{
    fields::Reading,
    matching,
    model::{ExistingContacts, PreviewContact, RowOutcome},
    store,
    told::{self, Told},
};
use crate::{
    attributes::{self, AttributeOf, Values},
    people::{
        companies::{self, CompanyName},
        contacts::{Contact, IdentityKind},
    },
    viewer::Viewer,
};

/// Where somebody works, as a row says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Workplace {
    /// Nothing is said, or it stays.
    Same,
    /// A company that is there.
    Known(CompanyName),
    /// A company to be added.
    New(String),
}

/// What a row would do.
pub(super) struct Plan {
    /// The contact as it is; none for a new one.
    pub(super) contact: Option<Contact>,
    pub(super) name: Option<String>,
    pub(super) language: Option<String>,
    pub(super) time_zone: Option<String>,
    pub(super) country: Option<String>,
    pub(super) workplace: Workplace,
    pub(super) attributes: Values,
    pub(super) identities: Vec<(IdentityKind, String)>,
    pub(super) notes: Vec<String>,
}

/// Plans a row. A refusal (a status of the client's) says what is wrong with it; other problems are ours.
pub(super) fn plan(tx: &mut Tx<'_>, viewer: &Viewer, reading: &Reading, cells: &[String]) -> Result<(Plan, Told), Problem> {
    let told = told::told(reading, cells).map_err(|detail| Problem::invalid("", detail))?;
    let contact = matching::contact_of(tx, viewer, &told)?;
    let existing = if contact.is_some() { reading.existing } else { ExistingContacts::Update };
    let plan = match existing {
        ExistingContacts::Leave => unchanged(contact),
        ExistingContacts::Update | ExistingContacts::Fill => planned(tx, viewer, contact, &told, existing == ExistingContacts::Fill)?,
    };
    Ok((plan, told))
}

fn unchanged(contact: Option<Contact>) -> Plan {
    let known = contact.clone();
    let of = |value: fn(&Contact) -> &Option<String>| known.as_ref().and_then(|contact| value(contact).clone());
    Plan {
        name: of(|contact| &contact.name),
        language: of(|contact| &contact.language),
        time_zone: of(|contact| &contact.time_zone),
        country: of(|contact| &contact.country),
        workplace: Workplace::Same,
        attributes: known.map(|contact| contact.attributes).unwrap_or_default(),
        identities: Vec::new(),
        notes: Vec::new(),
        contact,
    }
}

fn planned(tx: &mut Tx<'_>, viewer: &Viewer, contact: Option<Contact>, told: &Told, fill: bool) -> Result<Plan, Problem> {
    let mut plan = unchanged(contact);
    for (value, said) in
        [(&mut plan.name, &told.name), (&mut plan.language, &told.language), (&mut plan.time_zone, &told.time_zone), (&mut plan.country, &told.country)]
    {
        if said.is_some() && (value.is_none() || !fill) {
            value.clone_from(said);
        }
    }
    let said: Values =
        told.attributes.iter().filter(|(key, _)| !fill || !plan.attributes.contains_key(*key)).map(|(key, value)| (key.clone(), value.clone())).collect();
    plan.attributes = attributes::changed(tx, AttributeOf::Contact, &plan.attributes, &said).map_err(with_key)?;
    let works = plan.contact.as_ref().and_then(|contact| contact.company.clone());
    if let Some(said) = told.company.as_deref().filter(|_| works.is_none() || !fill) {
        let found = workplace(tx, viewer, said)?;
        plan.workplace = if matches!((&found, &works), (Workplace::Known(company), Some(works)) if company.id == works.id) { Workplace::Same } else { found };
    }
    let known = plan.contact.as_ref().map(|contact| contact.identities.as_slice()).unwrap_or_default();
    plan.identities = told
        .identities
        .iter()
        .filter(|(kind, value)| !known.iter().any(|identity| identity.kind == *kind && (fill || identity.value == *value)))
        .cloned()
        .collect();
    let written = plan.contact.as_ref().map(|contact| store::note_texts(tx, contact.id)).transpose()?.unwrap_or_default();
    plan.notes = told.notes.iter().filter(|note| !written.contains(note)).cloned().collect();
    Ok(plan)
}

/// Names the attribute a value does not fit.
fn with_key(problem: Problem) -> Problem {
    let pointer = problem.extra.get("errors").and_then(|errors| errors[0]["pointer"].as_str()).unwrap_or_default().to_owned();
    match pointer.strip_prefix("/attributes/") {
        Some(key) => Problem { detail: format!("{key}: {}", problem.detail), ..problem },
        None => problem,
    }
}

/// A company by its name, by one of its domains, or a new one.
fn workplace(tx: &mut Tx<'_>, viewer: &Viewer, said: &str) -> Result<Workplace, Problem> {
    let mut found = Vec::new();
    for id in companies::named(tx, said)? {
        match companies::company(tx, viewer, id) {
            Ok(company) => found.push(CompanyName { id, name: company.name }),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    match found.len() {
        0 => Ok(Workplace::New(said.to_owned())),
        1 => Ok(Workplace::Known(found.remove(0))),
        many => {
            Err(Problem::conflict("ambiguous", format!("{many} companies are called {said}. Write the domain of the right one instead, e.g. example.com.")))
        }
    }
}

impl Plan {
    /// What becomes of the row.
    pub(super) fn outcome(&self) -> RowOutcome {
        let Some(contact) = &self.contact else { return RowOutcome::Created };
        let same = (&contact.name, &contact.language, &contact.time_zone, &contact.country) == (&self.name, &self.language, &self.time_zone, &self.country)
            && contact.attributes == self.attributes
            && self.workplace == Workplace::Same
            && self.identities.is_empty()
            && self.notes.is_empty();
        if same { RowOutcome::Unchanged } else { RowOutcome::Updated }
    }

    /// The contact as it would be.
    pub(super) fn shown(&self) -> PreviewContact {
        let known = self.contact.as_ref();
        let of = |kind: IdentityKind| {
            let had = known.iter().flat_map(|contact| &contact.identities).filter(|identity| identity.kind == kind).map(|identity| identity.value.clone());
            had.chain(self.identities.iter().filter(|(new, _)| *new == kind).map(|(_, value)| value.clone())).collect()
        };
        let company = match &self.workplace {
            Workplace::Same => known.and_then(|contact| contact.company.as_ref()).map(|company| company.name.clone()),
            Workplace::Known(company) => Some(company.name.clone()),
            Workplace::New(name) => Some(name.clone()),
        };
        PreviewContact {
            name: self.name.clone(),
            emails: of(IdentityKind::Email),
            phones: of(IdentityKind::Phone),
            external_ids: of(IdentityKind::External),
            language: self.language.clone(),
            time_zone: self.time_zone.clone(),
            country: self.country.clone(),
            company,
            company_is_new: matches!(self.workplace, Workplace::New(_)),
            notes: self.notes.clone(),
            attributes: self.attributes.clone(),
        }
    }
}
