//! What the shop's systems and pages report of a customer.

use platform::{
    clock::Moment,
    events::{Actor, Event},
    store::{JsonText, Tx},
    web::Problem,
};
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::store;
use crate::{
    check,
    ids::{ContactId, EntryId},
};

/// Something was reported of a contact.
#[derive(Serialize)]
pub struct Tracked {
    contact_id: ContactId,
    entry_id: EntryId,
}
impl Event for Tracked {
    const KIND: &'static str = "timeline.tracked";
    fn stream(&self) -> Uuid {
        self.entry_id.0
    }
    fn version(&self) -> i64 {
        1
    }
    fn subject(&self) -> Option<Uuid> {
        Some(self.contact_id.0)
    }
}

/// Notes what is reported. `at` is when it happened; now unless told, never in the future.
pub fn track(tx: &mut Tx<'_>, actor: Actor, contact: ContactId, name: &str, properties: &Map<String, Value>, at: Option<Moment>) -> Result<EntryId, Problem> {
    let name = check::text("/name", name, 80)?;
    let detail = JsonText::of(properties);
    if detail.0.len() > 8 * 1024 {
        return Err(Problem::invalid("/properties", "At most 8 KB of properties."));
    }
    let at = at.unwrap_or(tx.now());
    if at > tx.now().plus(std::time::Duration::from_secs(300)) {
        return Err(Problem::invalid("/occurred_at", "This has not happened yet."));
    }
    let id = store::insert_entry(tx, contact, at, "event", None, None, Some(&name), Some(&detail))?;
    tx.announce(actor, &Tracked { contact_id: contact, entry_id: id })?;
    Ok(id)
}
