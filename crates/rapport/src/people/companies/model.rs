//! Companies as they are shown and kept.

use platform::clock::Moment;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{CompanyId, ContactId};

/// A company as its contacts show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CompanyName {
    /// Names it.
    pub id: CompanyId,
    /// Its name.
    pub name: String,
}

/// Where customers work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Company {
    /// Names it.
    pub id: CompanyId,
    /// Its name.
    pub name: String,
    /// What stands behind the @ in addresses of its people.
    pub domains: Vec<String>,
    /// What the team should know of it.
    pub note: String,
    /// When it was added.
    pub created_at: Moment,
    /// Raised by one in each change.
    pub version: i64,
}

/// A company to add.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCompany {
    /// Its name, at most 120 characters.
    pub name: String,
    /// Its domains, e.g. `example.com`; at most 20.
    #[serde(default)]
    pub domains: Vec<String>,
    /// What the team should know of it; at most 10,000 characters.
    #[serde(default)]
    pub note: String,
}

/// A change of a company; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CompanyChange {
    /// New name.
    pub name: Option<String>,
    /// New domains, all of them.
    pub domains: Option<Vec<String>>,
    /// New note.
    pub note: Option<String>,
}

/// Contacts who belong to a company from now on.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMembers {
    /// Who; at most 100.
    pub contact_ids: Vec<ContactId>,
}
