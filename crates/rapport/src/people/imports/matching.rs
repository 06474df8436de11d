//! Which contact a row is about.
//!
//! The surest identity decides: an external id, then an e-mail address, then a phone number. Families share numbers, so a lesser identity
//! finds nobody who has another value of a surer kind that the row names as well.

use platform::{store::Tx, web::Problem};

use super::{store, told::Told};
use crate::{
    people::{
        contacts::{Contact, IdentityKind, Verification},
        store_contacts,
    },
    viewer::Viewer,
};

const SUREST_FIRST: [IdentityKind; 3] = [IdentityKind::External, IdentityKind::Email, IdentityKind::Phone];

/// The contact among those the viewer may see; a refusal when several could be meant.
pub(super) fn contact_of(tx: &mut Tx<'_>, viewer: &Viewer, told: &Told) -> Result<Option<Contact>, Problem> {
    for (at, kind) in SUREST_FIRST.iter().enumerate() {
        let mut found: Vec<Contact> = Vec::new();
        for value in told.of(*kind) {
            for contact in seen(tx, viewer, *kind, value)? {
                let is_known = found.iter().any(|known| known.id == contact.id);
                if !is_known && !SUREST_FIRST[..at].iter().any(|surer| is_another(&contact, told, *surer)) {
                    found.push(contact);
                }
            }
        }
        if let Some(contact) = the_one(found, told, *kind)? {
            return Ok(Some(contact));
        }
    }
    Ok(None)
}

fn seen(tx: &mut Tx<'_>, viewer: &Viewer, kind: IdentityKind, value: &str) -> Result<Vec<Contact>, Problem> {
    let mut seen = Vec::new();
    for id in store::known_by(tx, kind, value)? {
        match store_contacts::contact(tx, viewer, id) {
            Ok(contact) => seen.push(contact),
            Err(platform::store::Error::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(seen)
}

fn has(contact: &Contact, kind: IdentityKind, value: &str) -> bool {
    contact.identities.iter().any(|identity| identity.kind == kind && identity.value == value)
}

/// Whether a contact has values of this kind, the row as well, and none in common.
fn is_another(contact: &Contact, told: &Told, kind: IdentityKind) -> bool {
    let values = told.of(kind);
    let has_one = contact.identities.iter().any(|identity| identity.kind == kind);
    has_one && !values.is_empty() && !values.iter().any(|value| has(contact, kind, value))
}

/// The only one, or the only one who has proved it.
fn the_one(mut found: Vec<Contact>, told: &Told, kind: IdentityKind) -> Result<Option<Contact>, Problem> {
    if found.len() < 2 {
        return Ok(found.pop());
    }
    let values = told.of(kind);
    let proved = |contact: &Contact| {
        contact
            .identities
            .iter()
            .any(|known| known.kind == kind && known.verification >= Verification::ChannelVerified && values.contains(&known.value.as_str()))
    };
    let mut sure: Vec<usize> = (0..found.len()).filter(|at| proved(&found[*at])).collect();
    match (sure.pop(), sure.pop()) {
        (Some(one), None) => Ok(Some(found.swap_remove(one))),
        _ => {
            let mend = "Merge them first, or write in the row what only one of them has, e.g. the external id.";
            Err(Problem::conflict("ambiguous", format!("{} contacts have {}. {mend}", found.len(), values.join(", "))))
        }
    }
}
