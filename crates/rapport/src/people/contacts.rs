//! Contacts: meeting them, knowing them by their identities, joining two on a proof.

use platform::{
    clock::Moment,
    events::{Actor, Event, Payload},
    store::Tx,
    web::Problem,
    word_enum,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

pub use super::store_contacts::{contact, contacts_by_name, count_conversation, email_of, identity_of, is_there, seen};
use super::{
    companies::{self, CompanyName},
    merging, store_contacts as store,
};
use crate::{
    attributes::{self, AttributeOf, Values},
    check,
    ids::{AgentId, CompanyId, ContactId, IdentityId, NoteId},
    viewer::Viewer,
};

word_enum! {
    /// How sure it is that somebody is who they say. Ordered: later is surer.
    Verification {
        /// Nothing is known.
        Unverified = "none",
        /// They said so themselves.
        Claimed = "claimed",
        /// The channel vouches for it.
        ChannelVerified = "channel_verified",
        /// The company's own system signed it.
        Signed = "signed",
        /// A code sent there came back.
        Confirmed = "confirmed",
    }
}

word_enum! {
    /// What kind of identity it is.
    IdentityKind {
        /// A visitor's browser session in a chat.
        Visitor = "visitor",
        /// The id a customer has in the company's own systems.
        External = "external",
        /// An e-mail address.
        Email = "email",
        /// A phone number in E.164.
        Phone = "phone",
    }
}

/// A way a contact is known by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Identity {
    /// Names it.
    pub id: IdentityId,
    /// What kind.
    pub kind: IdentityKind,
    /// The address, number or id.
    pub value: String,
    /// How sure it is.
    pub verification: Verification,
    /// What proved it, e.g. `widget_signature`.
    pub verified_how: Option<String>,
    /// When.
    pub verified_at: Option<Moment>,
    /// Whether messages sent there arrive.
    pub reachable: bool,
}

/// A customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Contact {
    /// Names them.
    pub id: ContactId,
    /// Their name, if known.
    pub name: Option<String>,
    /// Their language.
    pub language: Option<String>,
    /// Their time zone.
    pub time_zone: Option<String>,
    /// Their country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// When they were added.
    pub created_at: Moment,
    /// Their first visit or message.
    pub first_seen_at: Moment,
    /// Their last, to within a minute.
    pub last_seen_at: Moment,
    /// Whether a chat of theirs is connected now.
    pub online: bool,
    /// The surest of their identities.
    pub verification: Verification,
    /// Ways they are known by.
    pub identities: Vec<Identity>,
    /// Where they work.
    pub company: Option<CompanyName>,
    /// What the company keeps of them, by the key of the attribute.
    #[schema(value_type = Object)]
    pub attributes: Values,
    /// Conversations they had.
    pub conversation_count: i64,
    /// Raised by one in each change.
    pub version: i64,
}

/// An identity to be added.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewIdentity {
    /// `external`, `email` or `phone`.
    pub kind: IdentityKind,
    /// The address, number or id.
    pub value: String,
}

/// A new contact.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewContact {
    /// Their name.
    pub name: Option<String>,
    /// Their language.
    pub language: Option<String>,
    /// Their time zone.
    pub time_zone: Option<String>,
    /// What the company keeps of them, by the key of the attribute.
    #[schema(value_type = Object)]
    pub attributes: Values,
    /// Ways they are known by.
    pub identities: Vec<NewIdentity>,
}

/// A change of a contact; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ContactChange {
    /// New name.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<String>)]
    pub name: Option<Option<String>>,
    /// New language.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<String>)]
    pub language: Option<Option<String>>,
    /// New time zone.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<String>)]
    pub time_zone: Option<Option<String>>,
    /// New country.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<String>)]
    pub country: Option<Option<String>>,
    /// Where they work; null for nowhere.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<CompanyId>)]
    pub company_id: Option<Option<CompanyId>>,
    /// New values of attributes, by key; null empties, what is left out stays.
    #[schema(value_type = Object)]
    pub attributes: Values,
}

/// A note on a contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Note {
    /// Names it.
    pub id: NoteId,
    /// What it says.
    pub text: String,
    /// Who wrote it.
    pub author_id: Option<AgentId>,
    /// Their name.
    pub author_name: Option<String>,
    /// When.
    pub created_at: Moment,
}

/// A contact was met, changed, noted on or joined.
#[derive(Serialize, Deserialize)]
pub struct ContactChanged {
    /// Whom.
    pub contact_id: ContactId,
    /// The version after it.
    pub version: i64,
    /// What: `met`, `changed`, `identified`, `joined` (another became part of them), `parted` (that was taken back), `restored` (of the other), `noted`.
    pub what: String,
    /// The note, the other contact, or the identity.
    pub about: Option<Uuid>,
}
impl Payload for ContactChanged {}
impl Event for ContactChanged {
    const KIND: &'static str = "people.contact_changed";
    const SCHEMA: i64 = <ContactChanged as Payload>::SCHEMA;
    fn stream(&self) -> Uuid {
        self.contact_id.0
    }
    fn version(&self) -> i64 {
        self.version
    }
}

/// What is known of somebody when they are met.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Their name.
    pub name: Option<String>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Their phone number.
    pub phone: Option<String>,
    /// Their language.
    pub language: Option<String>,
    /// Their time zone.
    pub time_zone: Option<String>,
}

/// Announces a change of a contact; the version after it.
pub(super) fn announce(tx: &mut Tx<'_>, actor: Actor, id: ContactId, what: &str, about: Option<Uuid>) -> Result<i64, Problem> {
    let version = store::raise_version(tx, id)?;
    tx.announce(actor, &ContactChanged { contact_id: id, version, what: what.into(), about })?;
    Ok(version)
}

/// Announces a contact who is new.
pub(super) fn announce_met(tx: &mut Tx<'_>, actor: Actor, id: ContactId) -> Result<(), Problem> {
    Ok(tx.announce(actor, &ContactChanged { contact_id: id, version: 1, what: "met".into(), about: None }).map(drop)?)
}

/// Adds somebody nobody knew.
pub fn meet(tx: &mut Tx<'_>, profile: &Profile, seen_at: Moment, verification: Verification) -> Result<ContactId, Problem> {
    let id = store::insert_contact(tx, profile, seen_at, verification)?;
    announce_met(tx, Actor::contact(id.0), id)?;
    Ok(id)
}

/// Gives a contact an identity, unless they have it. A surer one replaces a less sure one of the same value.
pub fn add_identity(
    tx: &mut Tx<'_>,
    contact: ContactId,
    kind: IdentityKind,
    value: &str,
    verification: Verification,
    how: Option<&str>,
) -> Result<IdentityId, Problem> {
    if let Some((id, known)) = store::identity_of(tx, contact, kind, value)? {
        if verification > known {
            store::verify_identity(tx, id, verification, how).map_err(owned_elsewhere)?;
        }
        return Ok(id);
    }
    let id = store::insert_identity(tx, contact, kind, value, verification, how).map_err(owned_elsewhere)?;
    store::raise_verification(tx, contact, verification)?;
    Ok(id)
}

/// Takes what somebody says of themselves: kept as claimed, never proof of anything.
pub fn claim(tx: &mut Tx<'_>, id: ContactId, profile: &Profile) -> Result<(), Problem> {
    if let Some(email) = &profile.email {
        add_identity(tx, id, IdentityKind::Email, email, Verification::Claimed, None)?;
    }
    if let Some(phone) = &profile.phone {
        add_identity(tx, id, IdentityKind::Phone, phone, Verification::Claimed, None)?;
    }
    store::update_profile(tx, id, profile)?;
    announce(tx, Actor::contact(id.0), id, "changed", None).map(drop)
}

/// The contact a company's own system vouches for: found by its id there, else `anonymous` becomes them, else they are met.
/// An anonymous contact of the same browser is joined into one already known.
pub fn identify(tx: &mut Tx<'_>, external_id: &str, profile: &Profile, anonymous: Option<ContactId>) -> Result<(ContactId, IdentityId), Problem> {
    let now = tx.now();
    let known = store::contact_by_proved(tx, IdentityKind::External, external_id)?;
    let id = match (known, anonymous) {
        (Some(known), Some(anonymous)) if known != anonymous => {
            merging::join(tx, Actor::contact(known.0), None, anonymous, known, "widget_signature")?;
            known
        }
        (Some(known), _) => known,
        (None, Some(anonymous)) => anonymous,
        (None, None) => meet(tx, profile, now, Verification::Signed)?,
    };
    let identity = add_identity(tx, id, IdentityKind::External, external_id, Verification::Signed, Some("widget_signature"))?;
    for (kind, value) in [(IdentityKind::Email, &profile.email), (IdentityKind::Phone, &profile.phone)] {
        let Some(value) = value else { continue };
        // Somebody else may have proved the same address; then it stays with them, and here it is only claimed.
        let taken = store::contact_by_proved(tx, kind, value)?.is_some_and(|owner| owner != id);
        let verification = if taken { Verification::Claimed } else { Verification::Signed };
        add_identity(tx, id, kind, value, verification, (!taken).then_some("widget_signature"))?;
    }
    store::update_profile(tx, id, profile)?;
    store::raise_verification(tx, id, Verification::Signed)?;
    if known.is_none() {
        announce(tx, Actor::contact(id.0), id, "identified", Some(identity.0))?;
    }
    Ok((id, identity))
}

/// Adds a contact by hand or by a program.
pub fn add(tx: &mut Tx<'_>, viewer: &Viewer, new: &NewContact) -> Result<Contact, Problem> {
    let profile = Profile {
        name: new.name.as_deref().map(|name| check::text("/name", name, 120)).transpose()?,
        language: new.language.as_deref().map(|language| check::language("/language", language)).transpose()?,
        time_zone: new.time_zone.as_deref().map(|zone| check::time_zone("/time_zone", zone)).transpose()?,
        ..Profile::default()
    };
    let now = tx.now();
    let id = store::insert_contact(tx, &profile, now, Verification::Unverified)?;
    for identity in new.identities.iter().take(20) {
        add_identity_by_hand(tx, id, identity)?;
    }
    let values = attributes::changed(tx, AttributeOf::Contact, &Values::new(), &new.attributes)?;
    store::set_attributes(tx, id, &Values::new(), &values)?;
    announce_met(tx, viewer.actor(), id)?;
    store::contact(tx, viewer, id).map_err(Into::into)
}

/// Changes a contact.
pub fn change(tx: &mut Tx<'_>, viewer: &Viewer, id: ContactId, based_on: Option<i64>, change: &ContactChange) -> Result<Contact, Problem> {
    let mut contact = store::contact(tx, viewer, id)?;
    if based_on.is_some_and(|version| version != contact.version) {
        return Err(Problem::version_conflict(serde_json::to_value(&contact).unwrap_or_default()));
    }
    let optional = |pointer: &'static str, value: &Option<String>, limit| value.as_deref().map(|text| check::text(pointer, text, limit)).transpose();
    if let Some(name) = &change.name {
        contact.name = optional("/name", name, 120)?;
    }
    if let Some(language) = &change.language {
        contact.language = language.as_deref().map(|language| check::language("/language", language)).transpose()?;
    }
    if let Some(zone) = &change.time_zone {
        contact.time_zone = zone.as_deref().map(|zone| check::time_zone("/time_zone", zone)).transpose()?;
    }
    if let Some(country) = &change.country {
        contact.country = optional("/country", country, 2)?;
    }
    let values = attributes::changed(tx, AttributeOf::Contact, &contact.attributes, &change.attributes)?;
    store::set_attributes(tx, id, &contact.attributes, &values)?;
    contact.attributes = values;
    if let Some(company) = change.company_id {
        contact.company = company.map(|company| companies::belongs_to(tx, viewer, company)).transpose()?;
        store::set_company(tx, id, company)?;
    }
    store::update_contact(tx, &contact)?;
    contact.version = announce(tx, viewer.actor(), id, "changed", None)?;
    Ok(contact)
}

/// Adds an identity an agent was told of. It is claimed until something proves it.
pub fn add_identity_by_hand(tx: &mut Tx<'_>, id: ContactId, new: &NewIdentity) -> Result<IdentityId, Problem> {
    let value = match new.kind {
        IdentityKind::Email => check::email("/value", &new.value)?,
        IdentityKind::Phone => {
            wire::phone::e164(&new.value).ok_or_else(|| Problem::invalid("/value", "Write the number with its country, e.g. +351 910 000 112."))?
        }
        IdentityKind::External => check::text("/value", &new.value, 200)?,
        IdentityKind::Visitor => return Err(Problem::invalid("/kind", "Write external, email or phone.")),
    };
    add_identity(tx, id, new.kind, &value, Verification::Claimed, None)
}

/// Adds an identity to a contact the viewer may see.
pub fn give_identity(tx: &mut Tx<'_>, viewer: &Viewer, id: ContactId, new: &NewIdentity) -> Result<Identity, Problem> {
    store::contact(tx, viewer, id)?;
    let identity = add_identity_by_hand(tx, id, new)?;
    announce(tx, viewer.actor(), id, "changed", Some(identity.0))?;
    store::identities(tx, id)?.into_iter().find(|known| known.id == identity).ok_or_else(Problem::not_found)
}

/// Takes an identity away. The session a visitor writes from cannot be taken away.
pub fn take_identity(tx: &mut Tx<'_>, viewer: &Viewer, id: ContactId, identity: IdentityId) -> Result<(), Problem> {
    store::contact(tx, viewer, id)?;
    if store::delete_identity(tx, id, identity)? == 0 {
        return Err(Problem::not_found());
    }
    announce(tx, viewer.actor(), id, "changed", Some(identity.0)).map(drop)
}

/// Writes a note on a contact.
pub fn note(tx: &mut Tx<'_>, viewer: &Viewer, id: ContactId, text: &str) -> Result<Note, Problem> {
    store::contact(tx, viewer, id)?;
    let text = check::text("/text", text, 10_000)?;
    let author = viewer.agent().map(|access| access.id);
    let note = store::insert_note(tx, id, author, &text)?;
    announce(tx, viewer.actor(), id, "noted", Some(note.0))?;
    store::notes(tx, id)?.into_iter().find(|known| known.id == note).ok_or_else(Problem::not_found)
}

/// Removes a note from a contact.
pub fn remove_note(tx: &mut Tx<'_>, viewer: &Viewer, id: ContactId, note: NoteId) -> Result<(), Problem> {
    store::contact(tx, viewer, id)?;
    if store::delete_note(tx, id, note)? == 0 {
        return Err(Problem::not_found());
    }
    announce(tx, viewer.actor(), id, "unnoted", Some(note.0)).map(drop)
}

fn owned_elsewhere(error: platform::store::Error) -> Problem {
    if error.is_duplicate() { Problem::conflict("in_use", "Another contact has proved this identity.") } else { error.into() }
}
