//! Keeping the company, its brands and its locations.

use platform::{
    events::{Actor, Event},
    i18n::LANGUAGES,
    store::Tx,
    web::Problem,
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    AskContactReason, Brand, Company, Location, LocationKind, NewBrand, NewLocation, ServiceModel, Tone, colour,
    hours::{Hours, check_special_days},
    model::{BrandChange, LocationChange},
    store,
};
use crate::{
    check,
    ids::{BrandId, LocationId, TeamId},
};

/// A brand was made or changed.
#[derive(Serialize)]
struct BrandChanged {
    brand_id: BrandId,
    version: i64,
}
impl Event for BrandChanged {
    const KIND: &'static str = "places.brand_changed";
    fn stream(&self) -> Uuid {
        self.brand_id.0
    }
    fn version(&self) -> i64 {
        self.version
    }
}

/// A location was made, changed or removed.
#[derive(Serialize)]
struct LocationChanged {
    location_id: LocationId,
    version: i64,
}
impl Event for LocationChanged {
    const KIND: &'static str = "places.location_changed";
    fn stream(&self) -> Uuid {
        self.location_id.0
    }
    fn version(&self) -> i64 {
        self.version
    }
}

/// Something that holds for the whole company was changed.
#[derive(Serialize)]
struct CompanyChanged {
    company_id: Uuid,
}
impl Event for CompanyChanged {
    const KIND: &'static str = "places.company_changed";
    fn stream(&self) -> Uuid {
        self.company_id
    }
    fn version(&self) -> i64 {
        1
    }
}

/// Announced when what the company demands of its agents changes.
pub const COMPANY_CHANGED: &str = CompanyChanged::KIND;
/// A location was made, changed, removed, or lies elsewhere.
pub const LOCATION_CHANGED: &str = LocationChanged::KIND;

/// The company, made with its first brand when this is the first start.
pub fn company(tx: &mut Tx<'_>) -> Result<Company, Problem> {
    if let Some(company) = store::company(tx)? {
        return Ok(company);
    }
    let name = "My company";
    store::insert_company(tx, name)?;
    add_brand(tx, Actor::SYSTEM, NewBrand { name: name.into(), ..NewBrand::default() })?;
    Ok(Company { name: name.into(), is_set_up: false })
}

/// Names this installation and no other.
pub fn installation(tx: &mut Tx<'_>) -> Result<Uuid, platform::store::Error> {
    store::company_id(tx)
}

/// Founds a company that needs no set-up: one made by a program.
pub fn found(tx: &mut Tx<'_>, name: &str) -> Result<(), Problem> {
    store::insert_company(tx, &check::text("/company", name, 100)?)?;
    Ok(store::mark_set_up(tx)?)
}

/// The company's name.
pub fn company_name(tx: &mut Tx<'_>) -> Result<String, Problem> {
    Ok(store::company(tx)?.map(|company| company.name).unwrap_or_default())
}

/// Whether every agent must have a second factor.
pub fn requires_second_factor(tx: &mut Tx<'_>) -> Result<bool, platform::store::Error> {
    store::requires_second_factor(tx)
}

/// Demands a second factor of every agent, or no longer.
pub fn require_second_factor(tx: &mut Tx<'_>, actor: Actor, required: bool) -> Result<(), Problem> {
    store::require_second_factor(tx, required)?;
    let company_id = store::company_id(tx)?;
    tx.announce(actor, &CompanyChanged { company_id })?;
    Ok(())
}

/// Gives the company its name.
pub fn rename_company(tx: &mut Tx<'_>, name: &str) -> Result<(), Problem> {
    Ok(store::rename_company(tx, &check::text("/company", name, 100)?)?)
}

/// The first administrator has been made; the first brand takes the company's name.
pub fn set_up(tx: &mut Tx<'_>, name: Option<&str>) -> Result<(), Problem> {
    if let Some(name) = name {
        rename_company(tx, name)?;
        if let Some(first) = store::first_brand(tx)? {
            change_brand(tx, Actor::SYSTEM, first, None, &BrandChange { name: Some(name.into()), ..BrandChange::default() })?;
        }
    }
    Ok(store::mark_set_up(tx)?)
}

/// Adds a brand.
pub fn add_brand(tx: &mut Tx<'_>, actor: Actor, new: NewBrand) -> Result<Brand, Problem> {
    let brand = Brand {
        id: tx.id(),
        name: new.name,
        accent: new.accent.unwrap_or_else(|| "#0E6F80".into()),
        accent_dark: None,
        radius: 10,
        logo_file_id: None,
        tone: new.tone.unwrap_or(Tone::Formal),
        service_model: new.service_model.unwrap_or(ServiceModel::DoItYourself),
        promise: new.promise,
        languages: new.languages.unwrap_or_else(|| LANGUAGES.map(str::to_owned).to_vec()),
        hours: new.hours.unwrap_or_default(),
        special_days: new.special_days,
        ask_contact_reason: AskContactReason::Never,
        version: 1,
    };
    let brand = check_brand(brand)?;
    store::insert_brand(tx, &brand).map_err(name_taken)?;
    tx.announce(actor, &BrandChanged { brand_id: brand.id, version: brand.version })?;
    Ok(brand)
}

/// Changes a brand.
pub fn change_brand(tx: &mut Tx<'_>, actor: Actor, id: BrandId, based_on: Option<i64>, change: &BrandChange) -> Result<Brand, Problem> {
    let mut brand = store::brand(tx, id)?;
    if based_on.is_some_and(|version| version != brand.version) {
        return Err(Problem::version_conflict(serde_json::to_value(&brand).unwrap_or_default()));
    }
    let change = change.clone();
    take(&mut brand.name, change.name);
    take(&mut brand.accent, change.accent);
    take(&mut brand.accent_dark, change.accent_dark);
    take(&mut brand.radius, change.radius);
    take(&mut brand.logo_file_id, change.logo_file_id);
    take(&mut brand.tone, change.tone);
    take(&mut brand.service_model, change.service_model);
    take(&mut brand.promise, change.promise);
    take(&mut brand.languages, change.languages);
    take(&mut brand.hours, change.hours);
    take(&mut brand.special_days, change.special_days);
    take(&mut brand.ask_contact_reason, change.ask_contact_reason);
    brand.version += 1;
    let brand = check_brand(brand)?;
    store::update_brand(tx, &brand).map_err(name_taken)?;
    tx.announce(actor, &BrandChanged { brand_id: id, version: brand.version })?;
    Ok(brand)
}

fn check_brand(mut brand: Brand) -> Result<Brand, Problem> {
    brand.name = check::text("/name", &brand.name, 100)?;
    brand.hours.check()?;
    brand.special_days = check_special_days(&brand.special_days)?;
    if colour::theme(&brand.accent, brand.accent_dark.as_deref()).is_none() || brand.accent_dark.as_deref().is_some_and(|dark| colour::parse(dark).is_none()) {
        return Err(Problem::invalid("/accent", "Write a colour as #RRGGBB, e.g. #0E6F80."));
    }
    if ![0, 4, 10, 16].contains(&brand.radius) {
        return Err(Problem::invalid("/radius", "The radius is 0, 4, 10 or 16."));
    }
    for language in brand.languages.iter().chain(brand.promise.0.keys()) {
        check::language("/languages", language)?;
    }
    if brand.languages.is_empty() {
        return Err(Problem::invalid("/languages", "A brand answers in at least one language."));
    }
    for text in brand.promise.0.values() {
        check::optional_text("/promise", text, 200)?;
    }
    Ok(brand)
}

/// Adds a location or region.
pub fn add_location(tx: &mut Tx<'_>, actor: Actor, mut new: NewLocation) -> Result<Location, Problem> {
    new.name = check::text("/name", &new.name, 100)?;
    new.city = check::optional_text("/city", &new.city, 100)?;
    new.address = check::optional_text("/address", &new.address, 200)?;
    new.special_days = check_special_days(&new.special_days)?;
    let place = Place { parent: new.parent_id, brand: new.brand_id, team: new.team_id, country: new.country.as_deref(), hours: new.hours.as_ref() };
    check_place(tx, place)?;
    let id = store::insert_location(tx, &new)?;
    store::rebuild_ancestors(tx, id)?;
    tx.announce(actor, &LocationChanged { location_id: id, version: 1 })?;
    Ok(store::location(tx, id)?)
}

/// Changes a location or region, and with its region all that lies below it.
pub fn change_location(tx: &mut Tx<'_>, actor: Actor, id: LocationId, based_on: Option<i64>, change: &LocationChange) -> Result<Location, Problem> {
    let mut location = store::location(tx, id)?;
    if based_on.is_some_and(|version| version != location.version) {
        return Err(Problem::version_conflict(serde_json::to_value(&location).unwrap_or_default()));
    }
    let change = change.clone();
    take(&mut location.name, change.name);
    take(&mut location.parent_id, change.parent_id);
    take(&mut location.brand_id, change.brand_id);
    take(&mut location.country, change.country);
    take(&mut location.city, change.city);
    take(&mut location.address, change.address);
    take(&mut location.hours, change.hours);
    take(&mut location.special_days, change.special_days);
    take(&mut location.inherits_special_days, change.inherits_special_days);
    take(&mut location.team_id, change.team_id);
    location.version += 1;
    location.name = check::text("/name", &location.name, 100)?;
    location.special_days = check_special_days(&location.special_days)?;
    let place = Place {
        parent: location.parent_id,
        brand: location.brand_id,
        team: location.team_id,
        country: location.country.as_deref(),
        hours: location.hours.as_ref(),
    };
    check_place(tx, place)?;
    if let Some(parent) = location.parent_id
        && store::lies_below(tx, parent, id)?
    {
        return Err(Problem::invalid("/parent_id", "A region cannot lie inside itself."));
    }
    store::update_location(tx, &location)?;
    store::rebuild_ancestors(tx, id)?;
    tx.announce(actor, &LocationChanged { location_id: id, version: location.version })?;
    Ok(location)
}

/// Removes a location nothing points to.
pub fn remove_location(tx: &mut Tx<'_>, actor: Actor, id: LocationId) -> Result<(), Problem> {
    let location = store::location(tx, id)?;
    match store::delete_location(tx, id) {
        Err(error) if error.is_reference() => {
            return Err(Problem::conflict("in_use", "Conversations, inboxes, rights or other locations still point here. Move them first."));
        }
        other => other?,
    };
    tx.announce(actor, &LocationChanged { location_id: id, version: location.version + 1 })?;
    Ok(())
}

/// What a location points to, and how it is written.
struct Place<'a> {
    parent: Option<LocationId>,
    brand: Option<BrandId>,
    team: Option<TeamId>,
    country: Option<&'a str>,
    hours: Option<&'a Hours>,
}

fn check_place(tx: &mut Tx<'_>, Place { parent, brand, team, country, hours }: Place<'_>) -> Result<(), Problem> {
    if let Some(parent) = parent {
        let is_region = store::location(tx, parent).is_ok_and(|parent| parent.kind == LocationKind::Region);
        if !is_region {
            return Err(no_such_region());
        }
    }
    if let Some(brand) = brand
        && store::brand(tx, brand).is_err()
    {
        return Err(Problem::invalid("/brand_id", "There is no such brand."));
    }
    if let Some(team) = team
        && !store::is_team(tx, team)?
    {
        return Err(Problem::invalid("/team_id", "There is no such team."));
    }
    if country.is_some_and(|country| country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase())) {
        return Err(Problem::invalid("/country", "Write the country as two letters, e.g. PT."));
    }
    hours.map_or(Ok(()), Hours::check)
}

/// The same words for what is no region and what is not known.
pub(super) fn no_such_region() -> Problem {
    Problem::invalid("/parent_id", "A location lies in a region; choose one.")
}

fn take<T>(field: &mut T, change: Option<T>) {
    if let Some(value) = change {
        *field = value;
    }
}

fn name_taken(error: platform::store::Error) -> Problem {
    if error.is_duplicate() { Problem::invalid("/name", "There is one of that name already.") } else { error.into() }
}
