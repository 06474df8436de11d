//! Places: the company, its brands, and its locations in a tree of regions, with opening hours.
//!
//! Words: *company* (one an installation), *brand* (name, colours, hours, tone, service model, promise), *location* (a store or
//! branch), *region* (a node above locations), *hours* (weekly opening hours in a time zone), *special day* (a holiday, or a day with
//! other hours), *business time* (time in which it is open).
//!
//! Offers: the views of brands and locations, [`business_time`] with what is open when, [`holidays`] read from a calendar, [`colour`] for themes that keep AA.
//! Announces: `places.brand_changed`, `places.location_changed`, `places.company_changed`.
//! Not here: inboxes (channels), who may see what (people).

pub mod business_time;
pub mod colour;
pub mod holidays;
pub mod hours;
pub mod http;
mod keep;
mod model;
mod sight;
mod store;

pub use keep::{
    COMPANY_CHANGED, LOCATION_CHANGED, add_brand, add_location, change_brand, company, company_name, found, installation, rename_company,
    require_second_factor, requires_second_factor, set_up,
};
pub use model::{AskContactReason, Brand, BrandChange, Company, Location, LocationKind, NewBrand, NewLocation, ServiceModel, Tone};
pub use sight::may_lie_at;
pub use store::{brand, brand_named, first_brand, line_of, location, said};
