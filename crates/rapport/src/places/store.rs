//! SQL of places.

use platform::{
    params,
    store::{Json, JsonText, Result, Row, Tx},
};
use uuid::Uuid;

use super::{
    hours::Said,
    model::{Brand, Company, Location, NewLocation},
};
use crate::ids::{BrandId, LocationId, TeamId};

pub(super) fn company(tx: &mut Tx<'_>) -> Result<Option<Company>> {
    tx.opt("SELECT name, set_up_at FROM company LIMIT 1", params![], |row| {
        Ok(Company { name: row.get("name")?, is_set_up: row.get::<Option<i64>>("set_up_at")?.is_some() })
    })
}

pub(super) fn company_id(tx: &mut Tx<'_>) -> Result<Uuid> {
    tx.one("SELECT id FROM company LIMIT 1", params![], |row| row.get("id"))
}

pub(super) fn insert_company(tx: &mut Tx<'_>, name: &str) -> Result<()> {
    let (id, now) = (tx.id::<uuid::Uuid>(), tx.now());
    tx.exec("INSERT INTO company (id, name, created_at) VALUES ($1, $2, $3)", params![id, name, now]).map(drop)
}

pub(super) fn rename_company(tx: &mut Tx<'_>, name: &str) -> Result<()> {
    tx.exec("UPDATE company SET name = $1", params![name]).map(drop)
}

/// A company that is not founded yet demands nothing.
pub(super) fn requires_second_factor(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(tx.opt("SELECT requires_second_factor FROM company LIMIT 1", params![], |row| row.get("requires_second_factor"))?.unwrap_or(false))
}

pub(super) fn require_second_factor(tx: &mut Tx<'_>, required: bool) -> Result<()> {
    tx.exec("UPDATE company SET requires_second_factor = $1", params![required]).map(drop)
}

pub(super) fn mark_set_up(tx: &mut Tx<'_>) -> Result<()> {
    let now = tx.now();
    tx.exec("UPDATE company SET set_up_at = $1 WHERE set_up_at IS NULL", params![now]).map(drop)
}

pub(super) fn brands(tx: &mut Tx<'_>) -> Result<Vec<Brand>> {
    tx.all(
        "SELECT id, name, accent, accent_dark, radius, logo_file_id, tone, service_model, promise, languages, hours, special_days, ask_contact_reason, version FROM brand ORDER BY created_at, id",
        params![],
        read_brand,
    )
}

/// One brand. Brands are no secret inside the company, so any viewer who may see people may see them.
pub fn brand(tx: &mut Tx<'_>, id: BrandId) -> Result<Brand> {
    tx.one(
        "SELECT id, name, accent, accent_dark, radius, logo_file_id, tone, service_model, promise, languages, hours, special_days, ask_contact_reason, version FROM brand WHERE id = $1",
        params![id],
        read_brand,
    )
}

/// The oldest brand: the one that was there from the start.
pub fn first_brand(tx: &mut Tx<'_>) -> Result<Option<BrandId>> {
    tx.opt("SELECT id FROM brand ORDER BY created_at, id LIMIT 1", params![], |row| row.get("id"))
}

/// The brand of a name.
pub fn brand_named(tx: &mut Tx<'_>, name: &str) -> Result<Option<BrandId>> {
    tx.opt("SELECT id FROM brand WHERE name = $1", params![name], |row| row.get("id"))
}

fn read_brand(row: &Row<'_>) -> Result<Brand> {
    Ok(Brand {
        id: row.get("id")?,
        name: row.get("name")?,
        accent: row.get("accent")?,
        accent_dark: row.get("accent_dark")?,
        radius: row.get("radius")?,
        logo_file_id: row.get("logo_file_id")?,
        tone: row.get("tone")?,
        service_model: row.get("service_model")?,
        promise: row.get::<Json<_>>("promise")?.0,
        languages: row.get::<Json<_>>("languages")?.0,
        hours: row.get::<Json<_>>("hours")?.0,
        special_days: row.get::<Json<_>>("special_days")?.0,
        ask_contact_reason: row.get("ask_contact_reason")?,
        version: row.get("version")?,
    })
}

pub(super) fn insert_brand(tx: &mut Tx<'_>, brand: &Brand) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "INSERT INTO brand (id, name, accent, accent_dark, radius, logo_file_id, tone, service_model, promise, languages, hours, version, created_at, ask_contact_reason, special_days)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        params![
            brand.id,
            brand.name,
            brand.accent,
            brand.accent_dark,
            brand.radius,
            brand.logo_file_id,
            brand.tone,
            brand.service_model,
            JsonText::of(&brand.promise),
            JsonText::of(&brand.languages),
            JsonText::of(&brand.hours),
            brand.version,
            now,
            brand.ask_contact_reason,
            JsonText::of(&brand.special_days)
        ],
    )
    .map(drop)
}

pub(super) fn update_brand(tx: &mut Tx<'_>, brand: &Brand) -> Result<()> {
    tx.exec(
        "UPDATE brand SET name = $2, accent = $3, accent_dark = $4, radius = $5, logo_file_id = $6, tone = $7, service_model = $8, promise = $9,
                languages = $10, hours = $11, version = $12, ask_contact_reason = $13, special_days = $14 WHERE id = $1",
        params![
            brand.id,
            brand.name,
            brand.accent,
            brand.accent_dark,
            brand.radius,
            brand.logo_file_id,
            brand.tone,
            brand.service_model,
            JsonText::of(&brand.promise),
            JsonText::of(&brand.languages),
            JsonText::of(&brand.hours),
            brand.version,
            brand.ask_contact_reason,
            JsonText::of(&brand.special_days)
        ],
    )
    .map(drop)
}

pub(super) fn locations(tx: &mut Tx<'_>) -> Result<Vec<Location>> {
    tx.all(
        "SELECT id, kind, parent_id, brand_id, name, country, city, address, hours, special_days, inherits_special_days, team_id, version FROM location ORDER BY name, id",
        params![],
        read_location,
    )
}

/// One location or region. Like brands, they are no secret inside the company.
pub fn location(tx: &mut Tx<'_>, id: LocationId) -> Result<Location> {
    tx.one(
        "SELECT id, kind, parent_id, brand_id, name, country, city, address, hours, special_days, inherits_special_days, team_id, version FROM location WHERE id = $1",
        params![id],
        read_location,
    )
}

/// What a location, the regions it lies in and its brand say of their hours, nearest first.
pub fn said(tx: &mut Tx<'_>, brand: BrandId, location: Option<LocationId>) -> Result<Vec<Said>> {
    let mut said = Vec::new();
    let mut next = location;
    while let Some(id) = next {
        let (here, above) = tx.one("SELECT hours, special_days, inherits_special_days, parent_id FROM location WHERE id = $1", params![id], |row| {
            let hours = row.get::<Option<Json<_>>>("hours")?.map(|hours| hours.0);
            let special_days = row.get::<Json<_>>("special_days")?.0;
            Ok((Said { hours, special_days, inherits_special_days: row.get("inherits_special_days")? }, row.get("parent_id")?))
        })?;
        said.push(here);
        next = above;
    }
    said.push(tx.one("SELECT hours, special_days FROM brand WHERE id = $1", params![brand], |row| {
        Ok(Said { hours: Some(row.get::<Json<_>>("hours")?.0), special_days: row.get::<Json<_>>("special_days")?.0, inherits_special_days: true })
    })?);
    Ok(said)
}

fn read_location(row: &Row<'_>) -> Result<Location> {
    Ok(Location {
        id: row.get("id")?,
        kind: row.get("kind")?,
        parent_id: row.get("parent_id")?,
        brand_id: row.get("brand_id")?,
        name: row.get("name")?,
        country: row.get("country")?,
        city: row.get("city")?,
        address: row.get("address")?,
        hours: row.get::<Option<Json<_>>>("hours")?.map(|hours| hours.0),
        special_days: row.get::<Json<_>>("special_days")?.0,
        inherits_special_days: row.get("inherits_special_days")?,
        team_id: row.get("team_id")?,
        version: row.get("version")?,
    })
}

pub(super) fn insert_location(tx: &mut Tx<'_>, new: &NewLocation) -> Result<LocationId> {
    let (id, now) = (tx.id::<LocationId>(), tx.now());
    tx.exec(
        "INSERT INTO location (id, kind, parent_id, brand_id, name, country, city, address, hours, team_id, version, created_at, special_days, inherits_special_days)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $12, $13)",
        params![
            id,
            new.kind,
            new.parent_id,
            new.brand_id,
            new.name,
            new.country,
            new.city,
            new.address,
            new.hours.as_ref().map(JsonText::of),
            new.team_id,
            now,
            JsonText::of(&new.special_days),
            new.inherits_special_days
        ],
    )?;
    Ok(id)
}

pub(super) fn update_location(tx: &mut Tx<'_>, location: &Location) -> Result<()> {
    tx.exec(
        "UPDATE location SET parent_id = $2, brand_id = $3, name = $4, country = $5, city = $6, address = $7, hours = $8, team_id = $9, version = $10,
                special_days = $11, inherits_special_days = $12 WHERE id = $1",
        params![
            location.id,
            location.parent_id,
            location.brand_id,
            location.name,
            location.country,
            location.city,
            location.address,
            location.hours.as_ref().map(JsonText::of),
            location.team_id,
            location.version,
            JsonText::of(&location.special_days),
            location.inherits_special_days
        ],
    )
    .map(drop)
}

pub(super) fn delete_location(tx: &mut Tx<'_>, id: LocationId) -> Result<u64> {
    tx.exec("DELETE FROM location_ancestor WHERE location_id = $1", params![id])?;
    tx.exec("DELETE FROM location WHERE id = $1", params![id])
}

/// Writes anew what lies above `id` and above everything below it.
pub(super) fn rebuild_ancestors(tx: &mut Tx<'_>, id: LocationId) -> Result<()> {
    let below = tx.all("SELECT location_id FROM location_ancestor WHERE ancestor_id = $1 AND location_id <> $1", params![id], |row| {
        row.get::<LocationId>("location_id")
    })?;
    for location in below.into_iter().chain([id]) {
        tx.exec("DELETE FROM location_ancestor WHERE location_id = $1", params![location])?;
        let mut above = Some(location);
        while let Some(ancestor) = above {
            tx.exec("INSERT INTO location_ancestor (location_id, ancestor_id) VALUES ($1, $2)", params![location, ancestor])?;
            above = tx.one("SELECT parent_id FROM location WHERE id = $1", params![ancestor], |row| row.get("parent_id"))?;
        }
    }
    Ok(())
}

/// Whether there is such a team. Teams belong to a part below and their table is younger, so no foreign key says it.
pub(super) fn is_team(tx: &mut Tx<'_>, id: TeamId) -> Result<bool> {
    Ok(tx.opt("SELECT 1 AS found FROM team WHERE id = $1", params![id], |_| Ok(()))?.is_some())
}

/// A location and all that lies above it.
pub fn line_of(tx: &mut Tx<'_>, id: LocationId) -> Result<Vec<LocationId>> {
    tx.all("SELECT ancestor_id FROM location_ancestor WHERE location_id = $1", params![id], |row| row.get("ancestor_id"))
}

/// Whether `ancestor` lies above `id` or is it.
pub(super) fn lies_below(tx: &mut Tx<'_>, id: LocationId, ancestor: LocationId) -> Result<bool> {
    Ok(tx.opt("SELECT 1 AS below FROM location_ancestor WHERE location_id = $1 AND ancestor_id = $2", params![id, ancestor], |_| Ok(()))?.is_some())
}
