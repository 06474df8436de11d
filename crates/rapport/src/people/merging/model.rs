//! Merges as they are shown.

use platform::{clock::Moment, word_enum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::{
    companies::CompanyName,
    contacts::{Contact, Verification},
};
use crate::{
    attributes::Values,
    ids::{AgentId, ContactId, FactId, IdentityId, MergeId, NoteId},
};

word_enum! {
    /// What speaks for two contacts being one.
    ProofKind {
        /// The same e-mail address.
        Email = "email",
        /// The same phone number.
        Phone = "phone",
        /// The same id in the company's own systems.
        External = "external",
        /// The same name, however it is written; alone it is no proof.
        Name = "name",
        /// The same beginning of an e-mail address.
        Mailbox = "mailbox",
        /// The same end of a phone number.
        PhoneEnd = "phone_end",
        /// The same company.
        Company = "company",
        /// The same value of an attribute.
        Attribute = "attribute",
    }
}

/// Something two contacts have in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Proof {
    /// What.
    pub kind: ProofKind,
    /// The address, number, name or value.
    pub value: String,
    /// The key of the attribute.
    pub attribute: Option<String>,
}

/// Somebody who might be the same as a contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Duplicate {
    /// Who.
    pub contact: Contact,
    /// What speaks for it.
    pub proof: Vec<Proof>,
}

/// Two who might be one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Pair {
    /// The one that was added first.
    pub contact: Contact,
    /// The other.
    pub other: Contact,
    /// What speaks for it.
    pub proof: Vec<Proof>,
}

/// What of a contact a merge may fill in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Standing {
    /// The name.
    pub name: Option<String>,
    /// The language.
    pub language: Option<String>,
    /// The time zone.
    pub time_zone: Option<String>,
    /// The country.
    pub country: Option<String>,
    /// Where they work.
    #[serde(default)]
    pub company: Option<CompanyName>,
    /// What the company keeps.
    #[schema(value_type = Object)]
    pub attributes: Values,
    /// The surest of the identities.
    pub verification: Verification,
    /// The first visit or message.
    pub first_seen_at: Moment,
    /// The last.
    pub last_seen_at: Moment,
}

impl Standing {
    pub(super) fn of(contact: &Contact) -> Standing {
        Standing {
            name: contact.name.clone(),
            language: contact.language.clone(),
            time_zone: contact.time_zone.clone(),
            country: contact.country.clone(),
            company: contact.company.clone(),
            attributes: contact.attributes.clone(),
            verification: contact.verification,
            first_seen_at: contact.first_seen_at,
            last_seen_at: contact.last_seen_at,
        }
    }

    /// What is there wins; the other fills the gaps.
    pub(super) fn filled_by(&self, other: &Standing) -> Standing {
        let mut attributes = other.attributes.clone();
        attributes.extend(self.attributes.clone());
        Standing {
            name: self.name.clone().or_else(|| other.name.clone()),
            language: self.language.clone().or_else(|| other.language.clone()),
            time_zone: self.time_zone.clone().or_else(|| other.time_zone.clone()),
            country: self.country.clone().or_else(|| other.country.clone()),
            company: self.company.clone().or_else(|| other.company.clone()),
            attributes,
            verification: self.verification.max(other.verification),
            first_seen_at: self.first_seen_at.min(other.first_seen_at),
            last_seen_at: self.last_seen_at.max(other.last_seen_at),
        }
    }

    /// This, but for what a merge made of `before`: that goes back, where nobody has changed it since.
    pub(super) fn without(&self, before: &Standing, after: &Standing) -> Standing {
        fn back<T: PartialEq + Clone>(now: &T, before: &T, after: &T) -> T {
            if now == after { before.clone() } else { now.clone() }
        }
        let mut attributes = self.attributes.clone();
        for (key, value) in &after.attributes {
            if before.attributes.get(key) != Some(value) && attributes.get(key) == Some(value) {
                match before.attributes.get(key) {
                    Some(value) => drop(attributes.insert(key.clone(), value.clone())),
                    None => drop(attributes.remove(key)),
                }
            }
        }
        Standing {
            name: back(&self.name, &before.name, &after.name),
            language: back(&self.language, &before.language, &after.language),
            time_zone: back(&self.time_zone, &before.time_zone, &after.time_zone),
            country: back(&self.country, &before.country, &after.country),
            company: back(&self.company, &before.company, &after.company),
            attributes,
            verification: back(&self.verification, &before.verification, &after.verification),
            first_seen_at: back(&self.first_seen_at, &before.first_seen_at, &after.first_seen_at),
            last_seen_at: back(&self.last_seen_at, &before.last_seen_at, &after.last_seen_at),
        }
    }
}

/// What a merge moved of this part's own rows, and what it made of the survivor.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Moved {
    pub(super) identities: Vec<IdentityId>,
    pub(super) notes: Vec<NoteId>,
    pub(super) facts: Vec<FactId>,
    pub(super) before: Option<Standing>,
    pub(super) after: Option<Standing>,
}

/// What a merge would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MergePreview {
    /// The survivor.
    pub into: Contact,
    /// Who becomes part of them.
    pub from: Contact,
    /// The survivor afterwards, beside all identities, notes and conversations of both.
    pub after: Standing,
    /// What speaks for it.
    pub proof: Vec<Proof>,
    /// How many notes would move.
    pub notes: i64,
    /// Whether the company's own systems say that they are two customers. Then each would see the other's conversations in their chat.
    pub proved_apart: bool,
}

/// Two contacts to be made one.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMerge {
    /// Who becomes part of the contact.
    pub from_id: ContactId,
    /// Also where the company's own systems say that they are two customers.
    #[serde(default)]
    pub although_proved_apart: bool,
}

/// A merge that was done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Merge {
    /// Names it.
    pub id: MergeId,
    /// The survivor.
    pub into_id: ContactId,
    /// Who became part of them.
    pub from_id: ContactId,
    /// Their name.
    pub from_name: Option<String>,
    /// `agent`, or what proved it by itself, e.g. `widget_signature`.
    pub proof: String,
    /// When.
    pub merged_at: Moment,
    /// By whom, when it was an agent.
    pub merged_by: Option<AgentId>,
    /// When it was taken back.
    pub undone_at: Option<Moment>,
}

/// What taking a merge back would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UndoPreview {
    /// The merge.
    pub merge: Merge,
    /// How many identities go back.
    pub identities: i64,
    /// How many notes go back.
    pub notes: i64,
    /// How many conversations go back, with everything that was said in them.
    pub conversations: i64,
    /// In how many of these something was said since the merge.
    pub written_since: i64,
    /// How many conversations began since and stay with the survivor.
    pub stay: i64,
}
