//! The company, brands and locations, as they are shown and changed.

use platform::{i18n::Localised, word_enum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::hours::{Hours, SpecialDay};
use crate::ids::{BrandId, FileId, LocationId, TeamId};

word_enum! {
    /// How a brand serves; declared, and told to its customers.
    ServiceModel {
        /// A specialist takes care of it.
        Concierge = "concierge",
        /// The customer does it, with good tools.
        DoItYourself = "do_it_yourself",
    }
}

word_enum! {
    /// How a brand speaks.
    Tone {
        /// The formal you.
        Formal = "formal",
        /// The familiar you.
        Familiar = "familiar",
    }
}

word_enum! {
    /// Whether agents are asked for a contact reason when they resolve a conversation.
    AskContactReason {
        /// Not asked.
        Never = "never",
        /// Asked, and may leave it open.
        Offered = "offered",
        /// Asked, and nothing is resolved without one.
        Demanded = "demanded",
    }
}

word_enum! {
    /// A node of the tree of places.
    LocationKind {
        /// Holds locations and regions.
        Region = "region",
        /// A store or branch.
        Location = "location",
    }
}

/// Who runs this installation.
#[derive(Clone, Debug)]
pub struct Company {
    /// Its name.
    pub name: String,
    /// Whether the first administrator has been made.
    pub is_set_up: bool,
}

/// A brand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Brand {
    /// Names it.
    pub id: BrandId,
    /// As customers know it.
    pub name: String,
    /// `#RRGGBB`.
    pub accent: String,
    /// `#RRGGBB` on dark grounds; derived when absent.
    pub accent_dark: Option<String>,
    /// Corner radius in pixels: 0, 4, 10 or 16.
    pub radius: i64,
    /// An uploaded picture.
    pub logo_file_id: Option<FileId>,
    /// How it speaks.
    pub tone: Tone,
    /// How it serves.
    pub service_model: ServiceModel,
    /// What it promises, by language.
    pub promise: Localised,
    /// Languages it answers in.
    pub languages: Vec<String>,
    /// When it answers.
    pub hours: Hours,
    /// Holidays, and days with other hours.
    pub special_days: Vec<SpecialDay>,
    /// Whether agents are asked for a contact reason when they resolve.
    pub ask_contact_reason: AskContactReason,
    /// Raised by one in each change.
    pub version: i64,
}

/// A new brand; what is left out has a sensible default.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBrand {
    /// As customers know it.
    pub name: String,
    /// The rest.
    #[serde(default)]
    pub accent: Option<String>,
    /// How it serves; do-it-yourself when left out.
    #[serde(default)]
    pub service_model: Option<ServiceModel>,
    /// How it speaks; formal when left out.
    #[serde(default)]
    pub tone: Option<Tone>,
    /// When it answers; always when left out.
    #[serde(default)]
    pub hours: Option<Hours>,
    /// Holidays, and days with other hours.
    #[serde(default)]
    pub special_days: Vec<SpecialDay>,
    /// What it promises.
    #[serde(default)]
    pub promise: Localised,
    /// Languages it answers in; all five when left out.
    #[serde(default)]
    pub languages: Option<Vec<String>>,
}

/// A change of a brand; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BrandChange {
    /// New name.
    pub name: Option<String>,
    /// New accent.
    pub accent: Option<String>,
    /// New accent on dark grounds; null derives it.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<String>)]
    pub accent_dark: Option<Option<String>>,
    /// New radius.
    pub radius: Option<i64>,
    /// New logo; null removes it.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<FileId>)]
    pub logo_file_id: Option<Option<FileId>>,
    /// New tone.
    pub tone: Option<Tone>,
    /// New service model.
    pub service_model: Option<ServiceModel>,
    /// New promise.
    pub promise: Option<Localised>,
    /// New languages.
    pub languages: Option<Vec<String>>,
    /// New hours.
    pub hours: Option<Hours>,
    /// New special days, all of them.
    pub special_days: Option<Vec<SpecialDay>>,
    /// Whether agents are asked for a contact reason now.
    pub ask_contact_reason: Option<AskContactReason>,
}

/// A location or region.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Location {
    /// Names it.
    pub id: LocationId,
    /// Region or location.
    pub kind: LocationKind,
    /// The region it lies in.
    pub parent_id: Option<LocationId>,
    /// The brand it belongs to; none when it serves several.
    pub brand_id: Option<BrandId>,
    /// Its name.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Its city.
    pub city: String,
    /// Street and number.
    pub address: String,
    /// Its own hours; those of its region, or of the brand, when absent.
    pub hours: Option<Hours>,
    /// Its own holidays, and days with other hours.
    pub special_days: Vec<SpecialDay>,
    /// Whether those of its region and brand hold here as well. Its own go before them.
    pub inherits_special_days: bool,
    /// The team that serves it.
    pub team_id: Option<TeamId>,
    /// Raised by one in each change.
    pub version: i64,
}

fn yes() -> bool {
    true
}

/// A new location or region.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLocation {
    /// Region or location.
    pub kind: LocationKind,
    /// Its name.
    pub name: String,
    /// The region it lies in.
    #[serde(default)]
    pub parent_id: Option<LocationId>,
    /// The brand it belongs to.
    #[serde(default)]
    pub brand_id: Option<BrandId>,
    /// ISO 3166-1 alpha-2.
    #[serde(default)]
    pub country: Option<String>,
    /// Its city.
    #[serde(default)]
    pub city: String,
    /// Street and number.
    #[serde(default)]
    pub address: String,
    /// Its own hours.
    #[serde(default)]
    pub hours: Option<Hours>,
    /// Its own holidays, and days with other hours.
    #[serde(default)]
    pub special_days: Vec<SpecialDay>,
    /// Whether those of its region and brand hold here as well; they do when left out.
    #[serde(default = "yes")]
    #[schema(default = true)]
    pub inherits_special_days: bool,
    /// The team that serves it.
    #[serde(default)]
    pub team_id: Option<TeamId>,
}

/// A change of a location; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LocationChange {
    /// New name.
    pub name: Option<String>,
    /// New region; null makes it a root.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<LocationId>)]
    pub parent_id: Option<Option<LocationId>>,
    /// New brand.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<BrandId>)]
    pub brand_id: Option<Option<BrandId>>,
    /// New country.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<String>)]
    pub country: Option<Option<String>>,
    /// New city.
    pub city: Option<String>,
    /// New address.
    pub address: Option<String>,
    /// New hours; null takes those of the brand.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<Hours>)]
    pub hours: Option<Option<Hours>>,
    /// New special days of its own, all of them.
    pub special_days: Option<Vec<SpecialDay>>,
    /// Whether those of its region and brand hold here as well.
    pub inherits_special_days: Option<bool>,
    /// New team.
    #[serde(deserialize_with = "crate::nullable::read")]
    #[schema(value_type = Option<TeamId>)]
    pub team_id: Option<Option<TeamId>>,
}
