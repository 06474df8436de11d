//! Who might be the same: only what can be shown as a proof is suggested, and never joined by itself.

use std::collections::BTreeSet;

use platform::{
    store::{Error, Tx},
    web::Problem,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    model::{Duplicate, Pair, Proof, ProofKind},
    store,
};
use crate::{
    attributes::{self, AttributeKind, AttributeOf},
    check,
    ids::ContactId,
    people::{
        contacts::{Contact, IdentityKind},
        store_contacts,
    },
    viewer::Viewer,
};

/// Of many who have the same, so many are looked at.
const ALIKE: i64 = 10;

fn by(kind: ProofKind, value: impl Into<String>) -> Proof {
    Proof { kind, value: value.into(), attribute: None }
}

fn values_of(contact: &Contact, kind: IdentityKind) -> impl Iterator<Item = &str> {
    contact.identities.iter().filter(move |identity| identity.kind == kind).map(|identity| identity.value.as_str())
}

/// The first that both have, as `part` sees it.
fn common<'a>(one: &'a Contact, other: &Contact, kind: IdentityKind, part: fn(&str) -> Option<&str>) -> Option<&'a str> {
    let theirs: BTreeSet<&str> = values_of(other, kind).filter_map(part).collect();
    values_of(one, kind).filter_map(part).find(|own| theirs.contains(own))
}

/// What speaks for two being one; nothing, where only the name does.
pub(super) fn proof(tx: &mut Tx<'_>, one: &Contact, other: &Contact) -> Result<Vec<Proof>, Error> {
    let mut found = Vec::new();
    for (kind, identity) in [(ProofKind::Email, IdentityKind::Email), (ProofKind::Phone, IdentityKind::Phone), (ProofKind::External, IdentityKind::External)] {
        found.extend(common(one, other, identity, |value| Some(value)).map(|value| by(kind, value)));
    }
    let name = one.name.as_deref().map(check::name_key).filter(|key| !key.is_empty());
    if name.is_none() || name != other.name.as_deref().map(check::name_key) {
        return Ok(found);
    }
    let mut besides = Vec::new();
    if found.iter().all(|proof| proof.kind != ProofKind::Email) {
        besides.extend(common(one, other, IdentityKind::Email, mailbox).map(|value| by(ProofKind::Mailbox, value)));
    }
    if found.iter().all(|proof| proof.kind != ProofKind::Phone) {
        besides.extend(common(one, other, IdentityKind::Phone, phone_end).map(|value| by(ProofKind::PhoneEnd, value)));
    }
    if let (Some(company), true) = (&one.company, one.company.is_some() && one.company == other.company) {
        besides.push(by(ProofKind::Company, company.name.clone()));
    }
    besides.extend(same_attributes(tx, one, other)?);
    found.extend(besides);
    if !found.is_empty() {
        found.insert(0, by(ProofKind::Name, one.name.clone().unwrap_or_default()));
    }
    Ok(found)
}

/// What stands before the @, where it is long enough to say something.
fn mailbox(address: &str) -> Option<&str> {
    address.split_once('@').map(|(name, _)| name).filter(|name| name.len() >= 5)
}

/// The last seven digits.
fn phone_end(number: &str) -> Option<&str> {
    number.len().checked_sub(7).filter(|at| *at > 0).and_then(|at| number.get(at..))
}

/// Values that say who somebody is: a customer number, a birthday. That two have gold in common says nothing.
fn same_attributes(tx: &mut Tx<'_>, one: &Contact, other: &Contact) -> Result<Vec<Proof>, Error> {
    if one.attributes.is_empty() || other.attributes.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for attribute in attributes::definitions(tx, AttributeOf::Contact)? {
        let tells = matches!(attribute.kind, AttributeKind::Text | AttributeKind::Date | AttributeKind::Link);
        let (Some(Value::String(own)), Some(Value::String(theirs))) = (one.attributes.get(&attribute.key), other.attributes.get(&attribute.key)) else {
            continue;
        };
        if tells && own.chars().count() >= 4 && attributes::text_key(own) == attributes::text_key(theirs) {
            found.push(Proof { kind: ProofKind::Attribute, value: own.clone(), attribute: Some(attribute.key) });
        }
    }
    Ok(found)
}

/// Those who might be the same as a contact.
pub(super) fn of(tx: &mut Tx<'_>, viewer: &Viewer, id: ContactId) -> Result<Vec<Duplicate>, Problem> {
    let contact = store_contacts::contact(tx, viewer, id)?;
    let mut found = Vec::new();
    for other in store::alike(tx, id, ALIKE)? {
        found.extend(compared(tx, viewer, &contact, other)?.map(|(contact, proof)| Duplicate { contact, proof }));
    }
    found.sort_by_key(|duplicate| std::cmp::Reverse(duplicate.proof.len()));
    Ok(found)
}

/// Another the viewer may see, with what speaks for it, unless somebody said that they are not the same.
fn compared(tx: &mut Tx<'_>, viewer: &Viewer, contact: &Contact, other: ContactId) -> Result<Option<(Contact, Vec<Proof>)>, Error> {
    if store::are_distinct(tx, contact.id, other)? {
        return Ok(None);
    }
    let other = match store_contacts::contact(tx, viewer, other) {
        Ok(other) => other,
        Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let proof = proof(tx, contact, &other)?;
    Ok((!proof.is_empty()).then_some((other, proof)))
}

/// What the last group of a page had in common; the next page begins after it. Addresses come first, then names.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Place {
    Identity(IdentityKind, String),
    Name(String),
}

/// Pairs who might be one, a page of what they have in common; and where the next begins. A page may have fewer pairs than `limit`, or none.
pub(super) fn pairs(tx: &mut Tx<'_>, viewer: &Viewer, after: Option<Place>, limit: i64) -> Result<(Vec<Pair>, Option<Place>), Problem> {
    let (mut groups, mut next) = (Vec::new(), None);
    let mut names_after = String::new();
    match after.unwrap_or(Place::Identity(IdentityKind::Email, String::new())) {
        Place::Name(name) => names_after = name,
        Place::Identity(kind, value) => {
            let shared = store::shared_identities(tx, kind, &value, limit)?;
            for (kind, value) in &shared {
                groups.push(store::contacts_with(tx, *kind, value, ALIKE)?);
            }
            next = shared.last().filter(|_| shared.len() as i64 == limit).map(|(kind, value)| Place::Identity(*kind, value.clone()));
        }
    }
    if next.is_none() {
        let left = limit - groups.len() as i64;
        let names = store::shared_names(tx, &names_after, left)?;
        for name in &names {
            groups.push(store::contacts_named(tx, name, ALIKE)?);
        }
        next = names.last().filter(|_| names.len() as i64 == left).map(|name| Place::Name(name.clone()));
    }
    let (mut pairs, mut seen) = (Vec::new(), BTreeSet::new());
    for group in groups {
        pairs.extend(pairs_in(tx, viewer, &group, &mut seen)?);
    }
    Ok((pairs, next))
}

/// The one that was added first with each of the others.
fn pairs_in(tx: &mut Tx<'_>, viewer: &Viewer, group: &[ContactId], seen: &mut BTreeSet<(ContactId, ContactId)>) -> Result<Vec<Pair>, Error> {
    let mut found = Vec::new();
    let mut first: Option<Contact> = None;
    for id in group {
        let Some(contact) = &first else {
            first = match store_contacts::contact(tx, viewer, *id) {
                Ok(contact) => Some(contact),
                Err(Error::NotFound) => None,
                Err(error) => return Err(error),
            };
            continue;
        };
        if seen.insert((contact.id, *id))
            && let Some((other, proof)) = compared(tx, viewer, contact, *id)?
        {
            found.push(Pair { contact: contact.clone(), other, proof });
        }
    }
    Ok(found)
}

/// Says that two are not the same, or takes that back.
pub(super) fn set_distinct(tx: &mut Tx<'_>, viewer: &Viewer, id: ContactId, other: ContactId, is_distinct: bool) -> Result<(), Problem> {
    for each in [id, other] {
        store_contacts::contact(tx, viewer, each)?;
    }
    if id == other {
        return Err(Problem::invalid("", "These are one contact."));
    }
    let pair = if id < other { (id, other) } else { (other, id) };
    if is_distinct {
        store::insert_distinct(tx, pair, viewer.agent().map(|agent| agent.id))?
    } else {
        store::delete_distinct(tx, pair)?
    }
    Ok(())
}
