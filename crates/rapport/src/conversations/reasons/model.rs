//! Contact reasons as they are shown and kept.

use platform::{clock::Moment, i18n::Localised, web::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    check,
    ids::{BrandId, ContactReasonId},
};

/// What customers come for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ContactReason {
    /// Names it.
    pub id: ContactReasonId,
    /// The reason it is a part of.
    pub parent_id: Option<ContactReasonId>,
    /// The brand it is for; null for all.
    pub brand_id: Option<BrandId>,
    /// Its name, by language.
    pub names: Localised,
    /// Its place among those beside it; lower stands first.
    pub position: i64,
    /// Whether a conversation ever had it. Then it is archived, not removed.
    pub is_used: bool,
    /// Since when it is no longer chosen.
    pub archived_at: Option<Moment>,
    /// Raised by one in each change.
    pub version: i64,
}

/// A contact reason to add.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContactReason {
    /// Its name, by language; at most 60 characters each.
    pub names: Localised,
    /// The reason it is a part of.
    #[serde(default)]
    pub parent_id: Option<ContactReasonId>,
    /// The brand it is for; below another it is that of the other.
    #[serde(default)]
    pub brand_id: Option<BrandId>,
    /// Its place; last when left out.
    #[serde(default)]
    pub position: Option<i64>,
}

/// A change of a contact reason; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ContactReasonChange {
    /// New names, in all languages.
    pub names: Option<Localised>,
    /// New place.
    pub position: Option<i64>,
    /// Whether it is no longer chosen.
    pub archived: Option<bool>,
}

/// Names as they are kept; a language without a name is left out.
pub(super) fn names(typed: &Localised) -> Result<Localised, Problem> {
    let mut kept = Localised::default();
    for (language, name) in &typed.0 {
        let pointer = format!("/names/{language}");
        let name = check::optional_text(&pointer, name, 60)?;
        if !name.is_empty() {
            kept.0.insert(check::language(&pointer, language)?, name);
        }
    }
    if kept.0.is_empty() { Err(Problem::invalid("/names", "Write the name in at least one language.")) } else { Ok(kept) }
}
