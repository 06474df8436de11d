//! Keeping contact reasons, and choosing one for a conversation.

use platform::{
    events::Event,
    store::{Error, Tx},
    web::Problem,
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    super::{canned::agent_of, store::State},
    model::{ContactReason, ContactReasonChange, NewContactReason, names},
    store,
};
use crate::{
    ids::{BrandId, ContactReasonId},
    places::{self, AskContactReason},
    viewer::{Part, Permission, Viewer},
};

const LEVELS: usize = 3;
const LIMIT: usize = 1_000;

/// A contact reason was added, changed or removed.
#[derive(Serialize)]
struct ContactReasonChanged {
    contact_reason_id: ContactReasonId,
    version: i64,
}
impl Event for ContactReasonChanged {
    const KIND: &'static str = "conversations.contact_reason_changed";
    fn stream(&self) -> Uuid {
        self.contact_reason_id.0
    }
    fn version(&self) -> i64 {
        self.version
    }
}

fn announce(tx: &mut Tx<'_>, viewer: &Viewer, id: ContactReasonId, version: i64) -> Result<(), Problem> {
    Ok(tx.announce(viewer.actor(), &ContactReasonChanged { contact_reason_id: id, version }).map(drop)?)
}

fn may_keep(viewer: &Viewer, brand: Option<BrandId>) -> Result<(), Problem> {
    let may = agent_of(viewer)?.can_over(Permission::ContactReasonsManage, &Part { brand_id: brand, ..Part::EVERYWHERE });
    if may { Ok(()) } else { Err(Problem::forbidden("You may keep the contact reasons of your brands only. An administrator can change your role.")) }
}

/// The reasons of everywhere, and of brands of which the viewer reads conversations or keeps the reasons.
pub(super) fn seen_by(tx: &mut Tx<'_>, viewer: &Viewer) -> Result<Vec<ContactReason>, Problem> {
    let mut all = store::all(tx)?;
    all.retain(|reason| is_seen(viewer, reason));
    Ok(all)
}

fn is_seen(viewer: &Viewer, reason: &ContactReason) -> bool {
    let reaches = |brand| [Permission::ConversationsRead, Permission::ContactReasonsManage].iter().any(|permission| viewer.reaches_brand(*permission, brand));
    reason.brand_id.is_none_or(reaches)
}

fn one_to_keep(tx: &mut Tx<'_>, viewer: &Viewer, id: ContactReasonId) -> Result<ContactReason, Problem> {
    let reason = store::one(tx, id)?;
    if !is_seen(viewer, &reason) {
        return Err(Problem::not_found());
    }
    may_keep(viewer, reason.brand_id)?;
    Ok(reason)
}

/// The reason and those above it, from below.
fn line_of(all: &[ContactReason], id: ContactReasonId) -> Vec<&ContactReason> {
    let mut line: Vec<&ContactReason> = Vec::new();
    let mut next = Some(id);
    while let Some(found) = next.and_then(|id| all.iter().find(|reason| reason.id == id)) {
        line.push(found);
        next = found.parent_id.filter(|_| line.len() < LEVELS);
    }
    line
}

/// Adds one.
pub(super) fn add(tx: &mut Tx<'_>, viewer: &Viewer, new: &NewContactReason) -> Result<ContactReason, Problem> {
    let all = store::all(tx)?;
    if all.len() >= LIMIT {
        return Err(Problem::invalid("", format!("There are {LIMIT} contact reasons. Remove one that was never used.")));
    }
    let mut brand_id = new.brand_id;
    if let Some(parent) = new.parent_id {
        let line = line_of(&all, parent);
        let above = line.first().filter(|reason| is_seen(viewer, reason)).ok_or_else(|| Problem::invalid("/parent_id", "There is no such contact reason."))?;
        if line.len() >= LEVELS {
            return Err(Problem::invalid("/parent_id", format!("Contact reasons have {LEVELS} levels.")));
        }
        if brand_id.is_some() && brand_id != above.brand_id {
            return Err(Problem::invalid("/brand_id", "A reason below another is for the brand of the other. Leave this out."));
        }
        brand_id = above.brand_id;
    }
    may_keep(viewer, brand_id)?;
    let last = all.iter().filter(|reason| reason.parent_id == new.parent_id).map(|reason| reason.position).max().unwrap_or(0);
    let reason = ContactReason {
        id: tx.id(),
        parent_id: new.parent_id,
        brand_id,
        names: names(&new.names)?,
        position: position(new.position.unwrap_or(last + 1))?,
        is_used: false,
        archived_at: None,
        version: 1,
    };
    store::insert(tx, &reason).map_err(|error| if error.is_reference() { Problem::invalid("/brand_id", "There is no such brand.") } else { error.into() })?;
    announce(tx, viewer, reason.id, 1)?;
    Ok(reason)
}

fn position(wanted: i64) -> Result<i64, Problem> {
    if (0..=1_000_000).contains(&wanted) { Ok(wanted) } else { Err(Problem::invalid("/position", "A place is a number from 0 to 1000000.")) }
}

/// Changes one.
pub(super) fn change(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: ContactReasonId,
    based_on: Option<i64>,
    change: &ContactReasonChange,
) -> Result<ContactReason, Problem> {
    let mut reason = one_to_keep(tx, viewer, id)?;
    if based_on.is_some_and(|version| version != reason.version) {
        return Err(Problem::version_conflict(serde_json::to_value(&reason).unwrap_or_default()));
    }
    if let Some(typed) = &change.names {
        reason.names = names(typed)?;
    }
    if let Some(wanted) = change.position {
        reason.position = position(wanted)?;
    }
    if let Some(archived) = change.archived {
        reason.archived_at = archived.then_some(reason.archived_at.unwrap_or(tx.now()));
    }
    reason.version += 1;
    store::update(tx, &reason)?;
    announce(tx, viewer, id, reason.version)?;
    Ok(reason)
}

/// Removes one that no conversation ever had.
pub(super) fn remove(tx: &mut Tx<'_>, viewer: &Viewer, id: ContactReasonId) -> Result<(), Problem> {
    let reason = one_to_keep(tx, viewer, id)?;
    let in_use = || Problem::conflict("in_use", "Conversations have this contact reason, or others stand below it. Archive it instead.");
    if reason.is_used {
        return Err(in_use());
    }
    match store::delete(tx, id) {
        Ok(_) => announce(tx, viewer, id, i64::MAX),
        Err(error) if error.is_reference() => Err(in_use()),
        Err(error) => Err(error.into()),
    }
}

/// Says that a conversation of `brand` has this reason from now on, if it may.
pub(in crate::conversations) fn choose(tx: &mut Tx<'_>, id: ContactReasonId, brand: BrandId) -> Result<(), Problem> {
    let wrong = |detail: &str| Err(Problem::invalid("/contact_reason_id", detail));
    let all = store::all(tx)?;
    let line = line_of(&all, id);
    let Some(reason) = line.first() else { return wrong("There is no such contact reason.") };
    if reason.brand_id.is_some_and(|other| other != brand) {
        return wrong("This contact reason is for another brand.");
    }
    if line.iter().any(|above| above.archived_at.is_some()) {
        return wrong("This contact reason is archived. Choose another.");
    }
    Ok(store::mark_used(tx, id)?)
}

/// Refuses resolving where the brand demands a reason and there is one to choose.
pub(in crate::conversations) fn demanded(tx: &mut Tx<'_>, viewer: &Viewer, state: &State) -> Result<(), Problem> {
    if state.contact_reason_id.is_some() || viewer.agent().is_none() {
        return Ok(());
    }
    let brand = state.scope.brand_id;
    let asks = places::brand(tx, brand).map(|brand| brand.ask_contact_reason).map_err(|error: Error| Problem::from(error))?;
    if asks == AskContactReason::Demanded && store::is_any_for(tx, brand)? {
        let detail = "What did the customer come for? This brand wants a contact reason before a conversation is resolved. Nothing was changed.";
        return Err(Problem::conflict("contact_reason_missing", detail));
    }
    Ok(())
}
