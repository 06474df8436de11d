//! What one does with an import: look at it, say what its columns mean, start it, stop it, take it back.

use std::time::Duration;

use platform::{
    blobs::{self, Blob},
    store::{Error, Tx},
    web::Problem,
};

use super::{
    fields::{self, Reading},
    file::Look,
    model::{ContactImport, ExistingContacts, ImportChange, ImportSettings, ImportState, KeptRow, PreviewRow, RowOutcome},
    plan, run,
    run::{announce_new, go_on, save},
    store,
    store::Kept,
    told, undo,
};
use crate::{
    attributes::{self, AttributeOf},
    ids::ImportId,
    people::{contacts::IdentityKind, store_contacts},
    sheet::Row,
    uploads,
    viewer::Viewer,
};

/// How long imports and their files stay.
const KEPT: Duration = Duration::from_secs(30 * 86_400);
/// Bytes stay so long after they came, because the same file may just be coming again.
const GRACE: Duration = Duration::from_secs(86_400);
/// Rows removed in one transaction.
const FORGOTTEN: i64 = 2_000;
/// The owner of a file among those who refer to blobs.
const OWNER: &str = "import";

/// Keeps an uploaded file as an import that is yet to start.
pub(super) fn add(tx: &mut Tx<'_>, viewer: &Viewer, blob: &Blob, name: &str, look: &Look) -> Result<ContactImport, Problem> {
    let agent = viewer.agent().ok_or_else(Problem::not_found)?;
    let mut columns = look.columns.clone();
    fields::guess(&mut columns, &attributes::definitions(tx, AttributeOf::Contact)?);
    let import = ContactImport {
        id: tx.id(),
        name: uploads::safe_name(name),
        size_bytes: blob.size_bytes,
        agent_id: agent.id,
        agent_name: agent.name.clone(),
        state: ImportState::Draft,
        settings: ImportSettings { encoding: look.encoding, delimiter: look.delimiter, existing: ExistingContacts::Update, phone_country: None, columns },
        rows: look.rows,
        done: 0,
        created: 0,
        updated: 0,
        unchanged: 0,
        refused: 0,
        taken_back: 0,
        kept: 0,
        problem: None,
        created_at: tx.now(),
        started_at: None,
        ended_at: None,
        version: 1,
    };
    blobs::refer(tx, blob, OWNER, import.id.0)?;
    store::insert(tx, &import, &blob.hash)?;
    announce_new(tx, viewer, import.id)?;
    Ok(import)
}

/// An import that is in one of these states.
pub(super) fn in_state(tx: &mut Tx<'_>, viewer: &Viewer, id: ImportId, states: &[ImportState]) -> Result<Kept, Problem> {
    let kept = store::one(tx, viewer, id)?;
    if states.contains(&kept.import.state) {
        return Ok(kept);
    }
    let detail = match kept.import.state {
        ImportState::Draft => "This import was not started.",
        ImportState::Running | ImportState::Undoing => "This import is at work. Wait until it is done, or stop it.",
        ImportState::Done | ImportState::Stopped | ImportState::Failed => "This import was started already. Upload the file again to import it once more.",
        ImportState::Undone => "This import was taken back. Upload the file again to import it once more.",
    };
    Err(Problem::conflict("wrong_state", detail))
}

/// Changes how a file is read. `look` is how it looks by another encoding or delimiter.
pub(super) fn change(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: ImportId,
    based_on: Option<i64>,
    change: &ImportChange,
    look: Option<&Look>,
) -> Result<ContactImport, Problem> {
    let mut kept = in_state(tx, viewer, id, &[ImportState::Draft])?;
    if based_on.is_some_and(|version| version != kept.import.version) {
        return Err(Problem::version_conflict(serde_json::to_value(&kept.import).unwrap_or_default()));
    }
    let definitions = attributes::definitions(tx, AttributeOf::Contact)?;
    let settings = &mut kept.import.settings;
    if let Some(look) = look {
        (settings.encoding, settings.delimiter) = (look.encoding, look.delimiter);
        settings.columns.clone_from(&look.columns);
        fields::guess(&mut settings.columns, &definitions);
        kept.import.rows = look.rows;
    }
    if let Some(existing) = change.existing {
        settings.existing = existing;
    }
    if let Some(country) = &change.phone_country {
        let known = |typed: &String| {
            let code = told::country(typed).filter(|code| wire::phone::is_country(code));
            code.ok_or_else(|| Problem::invalid("/phone_country", "Write the two letters of a country, e.g. PT."))
        };
        settings.phone_country = country.as_ref().map(known).transpose()?;
    }
    if let Some(fields) = &change.fields {
        if fields.len() != settings.columns.len() {
            return Err(Problem::invalid("/fields", format!("The file has {} columns: name a field, or null, for each.", settings.columns.len())));
        }
        settings.columns.iter_mut().zip(fields).for_each(|(column, field)| column.field.clone_from(field));
    }
    fields::reading(settings, definitions)?;
    save(tx, viewer, &mut kept)?;
    Ok(kept.import)
}

/// How the rows of an import are read; a refusal when no column names anybody.
fn reading_of(tx: &mut Tx<'_>, kept: &Kept) -> Result<Reading, Problem> {
    let reading = fields::reading(&kept.import.settings, attributes::definitions(tx, AttributeOf::Contact)?)?;
    if reading.names_somebody() {
        return Ok(reading);
    }
    Err(Problem::invalid("/fields", "Say which column holds the name, the e-mail address, the phone number or the external id."))
}

/// What rows would do.
pub(super) fn preview(tx: &mut Tx<'_>, viewer: &Viewer, id: ImportId, rows: &[Row]) -> Result<Vec<PreviewRow>, Problem> {
    let kept = in_state(tx, viewer, id, &[ImportState::Draft])?;
    let reading = reading_of(tx, &kept)?;
    let (mut shown, mut seen): (Vec<PreviewRow>, Vec<(IdentityKind, String, i64)>) = (Vec::new(), Vec::new());
    for (line, cells) in rows {
        let mut row =
            PreviewRow { line: *line, outcome: RowOutcome::Refused, contact_id: None, same_as_line: None, problem: None, contact: Default::default() };
        match plan::plan(tx, viewer, &reading, cells) {
            Ok((plan, told)) => {
                row.outcome = plan.outcome();
                row.contact_id = plan.contact.as_ref().map(|contact| contact.id);
                row.contact = plan.shown();
                let before = seen.iter().find(|(kind, value, _)| told.identities.iter().any(|(own, known)| (own, known) == (kind, value)));
                row.same_as_line = before.map(|(_, _, line)| *line).filter(|_| row.outcome == RowOutcome::Created);
                seen.extend(told.identities.into_iter().map(|(kind, value)| (kind, value, *line)));
            }
            Err(problem) if problem.status.is_client_error() => row.problem = Some(problem.detail),
            Err(problem) => return Err(problem),
        }
        shown.push(row);
    }
    Ok(shown)
}

/// Starts an import.
pub(super) fn start(tx: &mut Tx<'_>, viewer: &Viewer, id: ImportId) -> Result<ContactImport, Problem> {
    let mut kept = in_state(tx, viewer, id, &[ImportState::Draft])?;
    reading_of(tx, &kept)?;
    kept.import.state = ImportState::Running;
    kept.import.started_at = Some(tx.now());
    save(tx, viewer, &mut kept)?;
    go_on(tx, run::IMPORT, id)?;
    Ok(kept.import)
}

/// Stops one that is at work; what was written stays.
pub(super) fn stop(tx: &mut Tx<'_>, viewer: &Viewer, id: ImportId) -> Result<ContactImport, Problem> {
    let mut kept = in_state(tx, viewer, id, &[ImportState::Running])?;
    kept.import.state = ImportState::Stopped;
    kept.import.ended_at = Some(tx.now());
    save(tx, viewer, &mut kept)?;
    Ok(kept.import)
}

/// Begins to take one back.
pub(super) fn begin_undo(tx: &mut Tx<'_>, viewer: &Viewer, id: ImportId) -> Result<ContactImport, Problem> {
    let mut kept = store::one(tx, viewer, id)?;
    match kept.import.state {
        ImportState::Done | ImportState::Stopped | ImportState::Failed => {}
        ImportState::Undoing | ImportState::Undone => return Err(Problem::conflict("already_undone", "This import was taken back already.")),
        ImportState::Draft => return Err(Problem::conflict("wrong_state", "This import was not started. Remove it.")),
        ImportState::Running => return Err(Problem::conflict("wrong_state", "This import is at work. Stop it first.")),
    }
    kept.import.state = ImportState::Undoing;
    kept.undone_to = kept.import.done + 1;
    save(tx, viewer, &mut kept)?;
    go_on(tx, undo::UNDO, id)?;
    Ok(kept.import)
}

/// Removes one that was not started.
pub(super) fn remove(tx: &mut Tx<'_>, viewer: &Viewer, id: ImportId) -> Result<(), Problem> {
    in_state(tx, viewer, id, &[ImportState::Draft])?;
    Ok(store::hide(tx, id)?)
}

/// What an undo kept, as far as the viewer may see whom.
pub(super) fn kept_rows(tx: &mut Tx<'_>, viewer: &Viewer, id: ImportId, after: i64, limit: i64) -> Result<(Vec<KeptRow>, Option<i64>), Problem> {
    store::one(tx, viewer, id)?;
    let rows = store::kept_after(tx, id, after, limit)?;
    let next = rows.last().filter(|_| rows.len() as i64 == limit).map(|(row, ..)| *row);
    let mut shown = Vec::new();
    for (_, line, contact, because) in rows {
        let contact = match store_contacts::contact(tx, viewer, contact) {
            Ok(contact) => Some(contact),
            Err(Error::NotFound) => None,
            Err(error) => return Err(error.into()),
        };
        let name = contact.as_ref().and_then(|contact| contact.name.clone());
        shown.push(KeptRow { line, contact_id: contact.map(|contact| contact.id), name, because });
    }
    Ok((shown, next))
}

/// Forgets some old imports; how much was done, and the hashes of files nothing refers to any more.
pub fn forget_old(tx: &mut Tx<'_>) -> Result<(usize, Vec<String>), Error> {
    let (before, grace) = (tx.now().minus(KEPT), tx.now().minus(GRACE));
    let (mut done, mut free) = (0, Vec::new());
    for (id, hash) in store::old(tx, before, grace, 20)? {
        done += 1;
        if store::remove_rows(tx, id, FORGOTTEN)? {
            break;
        }
        if blobs::release(tx, &hash, id.0, grace)? {
            free.push(hash);
        }
        store::remove(tx, id)?;
    }
    Ok((done, free))
}
