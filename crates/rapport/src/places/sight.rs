//! Which brands and locations a viewer knows of, and which of them they may keep.

use platform::{
    store::{Error, Result as Stored, Tx},
    web::Problem,
};

use super::{Brand, Location, keep, store};
use crate::{
    ids::{BrandId, LocationId},
    viewer::{Part, Permission, Viewer},
};

/// The brands the viewer knows of.
pub(super) fn brands(tx: &mut Tx<'_>, viewer: &Viewer) -> Stored<Vec<Brand>> {
    Ok(store::brands(tx)?.into_iter().filter(|brand| viewer.knows_brand(brand.id)).collect())
}

/// A brand the viewer knows of.
pub(super) fn brand(tx: &mut Tx<'_>, viewer: &Viewer, id: BrandId) -> Result<Brand, Problem> {
    Some(store::brand(tx, id)?).filter(|brand| viewer.knows_brand(brand.id)).ok_or_else(Problem::not_found)
}

/// The locations of brands the viewer knows of, and those of no brand.
pub(super) fn locations(tx: &mut Tx<'_>, viewer: &Viewer) -> Stored<Vec<Location>> {
    Ok(store::locations(tx)?.into_iter().filter(|location| knows(viewer, location)).collect())
}

/// Whether the viewer may have something of a brand lie at a location: at one of that brand, or that they know of.
pub fn may_lie_at(tx: &mut Tx<'_>, viewer: &Viewer, brand: BrandId, id: LocationId) -> Stored<bool> {
    match store::location(tx, id) {
        Ok(location) => Ok(location.brand_id == Some(brand) || knows(viewer, &location)),
        Err(Error::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}

fn knows(viewer: &Viewer, location: &Location) -> bool {
    location.brand_id.is_none_or(|brand| viewer.knows_brand(brand))
}

/// A brand that the viewer may change. One they only know of is refused; another is not there.
pub(super) fn brand_to_keep(tx: &mut Tx<'_>, viewer: &Viewer, id: BrandId) -> Result<(), Problem> {
    let known = viewer.knows_brand(store::brand(tx, id)?.id);
    may_keep(viewer, &Part::brand(id)).map_err(|refused| if known { refused } else { Problem::not_found() })
}

/// The same for a location.
pub(super) fn location_to_keep(tx: &mut Tx<'_>, viewer: &Viewer, id: LocationId) -> Result<Location, Problem> {
    let location = store::location(tx, id)?;
    may_keep(viewer, &part(&location)).map_err(|refused| if knows(viewer, &location) { refused } else { Problem::not_found() })?;
    Ok(location)
}

/// Whether the viewer may have a location lie in a brand or region.
pub(super) fn may_lie(tx: &mut Tx<'_>, viewer: &Viewer, brand_id: Option<BrandId>, parent: Option<LocationId>) -> Result<(), Problem> {
    let in_brand = Part { brand_id, ..Part::EVERYWHERE };
    let region = parent.and_then(|parent| store::location(tx, parent).ok());
    if region.as_ref().is_some_and(|region| !knows(viewer, region) && may_keep(viewer, &part(region)).is_err()) {
        return Err(keep::no_such_region());
    }
    if may_keep(viewer, &in_brand).is_ok() || region.is_some_and(|region| may_keep(viewer, &part(&region)).is_ok()) {
        return Ok(());
    }
    match brand_id.filter(|brand| !viewer.knows_brand(*brand)) {
        Some(_) => Err(Problem::invalid("/brand_id", "There is no such brand.")),
        None => may_keep(viewer, &in_brand),
    }
}

fn part(location: &Location) -> Part {
    Part { brand_id: location.brand_id, location_ids: Some(vec![location.id]), ..Part::EVERYWHERE }
}

/// Whether the viewer keeps all of a part.
pub(super) fn may_keep(viewer: &Viewer, part: &Part) -> Result<(), Problem> {
    if viewer.can_over(Permission::PlacesManage, part) {
        return Ok(());
    }
    Err(Problem::forbidden("You keep places of another part of the company only. An administrator can do this."))
}
