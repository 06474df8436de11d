//! Taking an import back: the contacts it created that nothing else refers to since, and the values that are still as it wrote them.

use platform::{events::Event, jobs::Run, store::Tx, web::Problem};
use serde::Serialize;
use uuid::Uuid;

use super::{
    apply::{Change, Step},
    model::{ImportState, KeptBecause, RowOutcome},
    run::{go_on, importer, save, told},
    store,
    store::{DoneRow, Standing},
};
use crate::{
    attributes::Values,
    desk::Desk,
    ids::{ContactId, ImportId},
    people::{
        companies,
        contacts::{self, Contact},
        store_contacts,
    },
    viewer::Viewer,
};

/// The kind of the job.
pub const UNDO: &str = "undo_contact_import";
const CHUNK: i64 = 50;
const CHUNKS_IN_ONE_RUN: usize = 40;

/// A contact was taken out again, with all that was known of it.
#[derive(Serialize)]
struct ContactRemoved {
    contact_id: ContactId,
    version: i64,
}
impl Event for ContactRemoved {
    const KIND: &'static str = "people.contact_removed";
    fn stream(&self) -> Uuid {
        self.contact_id.0
    }
    fn version(&self) -> i64 {
        self.version
    }
}

/// The kind of that event, for whoever keeps lists of contacts.
pub const CONTACT_REMOVED: &str = ContactRemoved::KIND;

/// Takes a part of an import back; the job comes again for the rest.
pub async fn run(desk: Desk, run: Run) -> Result<(), String> {
    let id: ImportId = run.read().map_err(|error| error.to_string())?;
    for chunk in 1..=CHUNKS_IN_ONE_RUN {
        let held = run.clone();
        let work = move |tx: &mut Tx<'_>| {
            held.hold(tx)?;
            some(tx, id, chunk == CHUNKS_IN_ONE_RUN)
        };
        if !desk.store.write_in_background(work).await.map_err(told)? {
            return Ok(());
        }
    }
    Ok(())
}

/// Takes some rows back, the last first; whether there are more.
fn some(tx: &mut Tx<'_>, id: ImportId, is_last_of_run: bool) -> Result<bool, Problem> {
    let system = Viewer::System { reason: "an import is taken back" };
    let mut kept = match store::one(tx, &system, id) {
        Ok(kept) if kept.import.state == ImportState::Undoing => kept,
        Ok(_) | Err(platform::store::Error::NotFound) => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    // Whoever may no longer import has begun this while they might.
    let viewer = importer(tx, kept.import.agent_id)?.unwrap_or(system);
    let rows = store::done_before(tx, id, kept.undone_to, CHUNK)?;
    let has_more = rows.len() as i64 == CHUNK;
    for row in rows {
        kept.undone_to = row.row;
        match take_back(tx, &viewer, id, &row)? {
            None => kept.import.taken_back += 1,
            Some(because) => {
                store::note_kept(tx, id, row.row, because)?;
                kept.import.kept += 1;
            }
        }
    }
    if !has_more {
        for company in store::empty_companies(tx, id)? {
            companies::remove(tx, &Viewer::System { reason: "an import is taken back" }, company)?;
        }
        kept.import.state = ImportState::Undone;
        kept.import.ended_at = Some(tx.now());
        save(tx, &viewer, &mut kept)?;
    } else if is_last_of_run {
        save(tx, &viewer, &mut kept)?;
        go_on(tx, UNDO, id)?;
    } else {
        store::update(tx, &kept)?;
    }
    Ok(has_more)
}

/// Takes a row back; why not, or not whole.
fn take_back(tx: &mut Tx<'_>, viewer: &Viewer, import: ImportId, row: &DoneRow) -> Result<Option<KeptBecause>, Problem> {
    let Some(standing) = store::standing(tx, row.contact)? else { return Ok(Some(KeptBecause::Gone)) };
    if row.outcome == RowOutcome::Created {
        return match keeps(&standing, row) {
            None => remove(tx, viewer, row.contact, standing.version).map(|()| None),
            because => Ok(because),
        };
    }
    if standing.is_merged && store_contacts::contact(tx, &Viewer::System { reason: "an import is taken back" }, row.contact).is_err() {
        return Ok(Some(KeptBecause::Merged));
    }
    // A contact that this import created goes or stays as a whole.
    if store::was_created_by(tx, import, row.contact)? {
        return Ok(None);
    }
    restore(tx, viewer, row)
}

fn keeps(standing: &Standing, row: &DoneRow) -> Option<KeptBecause> {
    if standing.is_merged {
        Some(KeptBecause::Merged)
    } else if standing.has_talked {
        Some(KeptBecause::Talked)
    } else if standing.is_referred_to || row.version != Some(standing.version) {
        Some(KeptBecause::Changed)
    } else {
        None
    }
}

fn remove(tx: &mut Tx<'_>, viewer: &Viewer, id: ContactId, version: i64) -> Result<(), Problem> {
    let contact = store_contacts::contact(tx, &Viewer::System { reason: "an import is taken back" }, id)?;
    store_contacts::set_attributes(tx, id, &contact.attributes, &Values::new())?;
    store::remove_contact(tx, id)?;
    Ok(tx.announce(viewer.actor(), &ContactRemoved { contact_id: id, version: version + 1 }).map(drop)?)
}

/// Puts back what is still as the row wrote it.
fn restore(tx: &mut Tx<'_>, viewer: &Viewer, row: &DoneRow) -> Result<Option<KeptBecause>, Problem> {
    let before = store_contacts::contact(tx, &Viewer::System { reason: "an import is taken back" }, row.contact)?;
    let (after, mut is_whole) = restored(&before, &row.change);
    if let Some(step) = &row.change.company {
        let now = before.company.as_ref().map(|company| company.id);
        // The company it was may be gone.
        let back = match step.was {
            Some(company) => companies::is_there(tx, company)?,
            None => true,
        };
        if now == step.is && back {
            store_contacts::set_company(tx, row.contact, step.was)?;
        } else {
            is_whole = false;
        }
    }
    store_contacts::update_contact(tx, &after)?;
    store_contacts::set_attributes(tx, row.contact, &before.attributes, &after.attributes)?;
    for identity in &row.change.identities {
        is_whole &= store::remove_identity(tx, row.contact, *identity)?;
    }
    for note in &row.change.notes {
        if store::remove_note(tx, row.contact, *note)? {
            contacts::announce(tx, viewer.actor(), row.contact, "unnoted", Some(note.0))?;
        }
    }
    contacts::announce(tx, viewer.actor(), row.contact, "changed", None)?;
    Ok((!is_whole).then_some(KeptBecause::Changed))
}

/// The contact with what is still as the row wrote it put back, and whether that was all.
fn restored(contact: &Contact, change: &Change) -> (Contact, bool) {
    let (mut after, mut is_whole) = (contact.clone(), true);
    for (value, step) in [
        (&mut after.name, &change.name),
        (&mut after.language, &change.language),
        (&mut after.time_zone, &change.time_zone),
        (&mut after.country, &change.country),
    ] {
        match step {
            Some(Step { was, is }) if value == is => value.clone_from(was),
            Some(_) => is_whole = false,
            None => {}
        }
    }
    for (key, step) in &change.attributes {
        if after.attributes.get(key) != step.is.as_ref() {
            is_whole = false;
        } else if let Some(was) = &step.was {
            after.attributes.insert(key.clone(), was.clone());
        } else {
            after.attributes.remove(key);
        }
    }
    (after, is_whole)
}
