//! What the pages around a chat need to know of its inbox.

use platform::{store::Tx, web::Problem};

use super::config::{availability, inbox_and_brand};
use crate::{
    channels::store as inbox_store,
    ids::BrandId,
    places::{self, Brand},
};

/// The origins that may frame the chat of an inbox; empty means any.
pub fn allowed_origins(tx: &mut Tx<'_>, key: &str) -> Result<Vec<String>, Problem> {
    Ok(inbox_store::open_inbox(tx, key)?.allowed_origins)
}

/// A way to be helped, as the portal shows it.
pub struct Desk {
    /// The brand.
    pub brand: Brand,
    /// The key of the inbox.
    pub key: String,
    /// When one is answered.
    pub availability: super::config::ChatAvailability,
}

/// Every brand's first open chat.
pub fn desks(tx: &mut Tx<'_>, agents_available: bool) -> Result<Vec<Desk>, Problem> {
    let mut desks: Vec<Desk> = Vec::new();
    let mut seen: Vec<BrandId> = Vec::new();
    for inbox in inbox_store::inboxes(tx)?.into_iter().filter(|inbox| inbox.disabled_at.is_none()) {
        if seen.contains(&inbox.brand_id) {
            continue;
        }
        seen.push(inbox.brand_id);
        let brand = places::brand(tx, inbox.brand_id)?;
        let availability = availability(tx, &inbox, agents_available)?;
        desks.push(Desk { brand, key: inbox.key, availability });
    }
    Ok(desks)
}

/// Whether a key is an inbox that takes messages, with its brand.
pub fn brand_of(tx: &mut Tx<'_>, key: &str) -> Result<Brand, Problem> {
    Ok(inbox_and_brand(tx, key)?.1)
}
