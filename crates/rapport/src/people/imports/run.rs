//! The work of an import: a job that writes some rows and how far it has come in one transaction.

use std::sync::Arc;

use platform::{
    events::Event,
    jobs::{self, Run},
    store::{JsonText, Tx},
    web::Problem,
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    apply,
    fields::{self, Reading},
    file::{self, Unread},
    model::{ImportState, RowOutcome},
    plan, store,
    store::{At, Kept},
};
use crate::{
    attributes::{self, AttributeOf},
    desk::Desk,
    ids::{AgentId, ApiTokenId, ImportId},
    people::access,
    sheet::Row,
    uploads,
    viewer::{Permission, Through, Viewer},
};

/// The kind of the job.
pub const IMPORT: &str = "import_contacts";
/// Rows in one transaction, so that nobody waits long behind it.
const CHUNK: usize = 50;
/// Rows in one run of the job: then other jobs have their turn.
const IN_ONE_RUN: usize = 2_000;

/// An import was added, started, has come further, or was taken back.
#[derive(Serialize)]
struct ImportChanged {
    import_id: ImportId,
    version: i64,
}
impl Event for ImportChanged {
    const KIND: &'static str = "people.import_changed";
    fn stream(&self) -> Uuid {
        self.import_id.0
    }
    fn version(&self) -> i64 {
        self.version
    }
}

/// Keeps a change of an import and tells of it.
pub(super) fn save(tx: &mut Tx<'_>, viewer: &Viewer, kept: &mut Kept) -> Result<(), Problem> {
    kept.import.version += 1;
    store::update(tx, kept)?;
    Ok(tx.announce(viewer.actor(), &ImportChanged { import_id: kept.import.id, version: kept.import.version }).map(drop)?)
}

/// Tells of a new import.
pub(super) fn announce_new(tx: &mut Tx<'_>, viewer: &Viewer, id: ImportId) -> Result<(), Problem> {
    Ok(tx.announce(viewer.actor(), &ImportChanged { import_id: id, version: 1 }).map(drop)?)
}

/// Has a job go on with an import now.
pub(super) fn go_on(tx: &mut Tx<'_>, kind: &'static str, id: ImportId) -> Result<(), Problem> {
    let now = tx.now();
    Ok(jobs::enqueue(tx, kind, &JsonText::of(&id), now, Some(&format!("{kind} {id}")))?)
}

/// As whom an import works: whoever brought it, as long as they may.
pub(super) fn importer(tx: &mut Tx<'_>, agent: AgentId) -> Result<Option<Viewer>, Problem> {
    let access = access::access_of(tx, agent, Through::Token(ApiTokenId::default()))?;
    Ok(access.filter(|access| access.can(Permission::ContactsImport)).map(|access| Viewer::Agent(Arc::new(access))))
}

/// What `Problem`s of the job mean for its log.
pub(super) fn told(problem: Problem) -> String {
    problem.detail
}

/// Does a part of an import; the job comes again for the rest.
pub async fn run(desk: Desk, run: Run) -> Result<(), String> {
    let id: ImportId = run.read().map_err(|error| error.to_string())?;
    let system = Viewer::System { reason: "an import goes on" };
    let kept = desk.store.read(move |tx| store::one(tx, &system, id)).await;
    let kept = match kept {
        Ok(kept) if kept.import.state == ImportState::Running => kept,
        Ok(_) | Err(platform::store::Error::NotFound) => return Ok(()),
        Err(error) => return Err(error.to_string()),
    };
    let rows = match next_rows(&desk, &kept).await.map_err(told)? {
        Ok(rows) => rows,
        Err(problem) => return fail(&desk, run, id, problem).await,
    };
    let chunks: Vec<Arc<[Row]>> = rows.chunks(CHUNK).map(Arc::from).collect();
    let (mut done, last) = (kept.import.done, chunks.len().saturating_sub(1));
    if chunks.is_empty() {
        return write(&desk, &run, id, done, Arc::from([]), true).await;
    }
    for (at, chunk) in chunks.into_iter().enumerate() {
        let rows = chunk.len() as i64;
        write(&desk, &run, id, done, chunk, at == last).await?;
        done += rows;
    }
    Ok(())
}

/// The next rows of the file; the inner error says why there are none.
async fn next_rows(desk: &Desk, kept: &Kept) -> Result<Result<Vec<Row>, String>, Problem> {
    let (blobs, hash, settings, done) = (desk.blobs.clone(), kept.file_hash.clone(), kept.import.settings.clone(), kept.import.done);
    let read = move || -> Result<Vec<Row>, Unread> {
        let mut rows = file::rows(&blobs, &hash, settings.encoding, settings.delimiter)?;
        rows.skip_rows(done)?;
        Ok(rows.take(IN_ONE_RUN).collect::<Result<Vec<_>, _>>()?)
    };
    uploads::on_disk(move || match read() {
        Ok(rows) => Ok(Ok(rows)),
        Err(Unread::Mistake(problem)) => Ok(Err(problem)),
        // What is gone or damaged does not come back by waiting.
        Err(Unread::Storage(error)) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::InvalidData) => {
            Ok(Err("The file cannot be read any more. Upload it again.".into()))
        }
        Err(Unread::Storage(error)) => Err(error),
    })
    .await
}

async fn write(desk: &Desk, run: &Run, id: ImportId, done: i64, chunk: Arc<[Row]>, is_last: bool) -> Result<(), String> {
    let run = run.clone();
    let work = move |tx: &mut Tx<'_>| {
        run.hold(tx)?;
        let system = Viewer::System { reason: "an import goes on" };
        let mut kept = store::one(tx, &system, id)?;
        // Somebody stopped it, or these rows were written by another run.
        if kept.import.state != ImportState::Running || kept.import.done != done {
            return Ok(());
        }
        let Some(viewer) = importer(tx, kept.import.agent_id)? else {
            return end(
                tx,
                &system,
                kept,
                ImportState::Failed,
                Some("Whoever started this import may no longer import. Somebody who may can import the rest."),
            );
        };
        if !chunk.is_empty() {
            let attributes = attributes::definitions(tx, AttributeOf::Contact)?;
            match fields::reading(&kept.import.settings, attributes) {
                Ok(reading) => write_rows(tx, &viewer, &reading, &mut kept, &chunk)?,
                Err(problem) => return end(tx, &system, kept, ImportState::Failed, Some(&problem.detail)),
            }
        }
        if chunk.is_empty() || kept.import.done >= kept.import.rows {
            return end(tx, &viewer, kept, ImportState::Done, None);
        }
        if !is_last {
            return Ok(store::update(tx, &kept)?);
        }
        save(tx, &viewer, &mut kept)?;
        go_on(tx, IMPORT, id)
    };
    desk.store.write_in_background(work).await.map_err(told)
}

fn write_rows(tx: &mut Tx<'_>, viewer: &Viewer, reading: &Reading, kept: &mut Kept, chunk: &[Row]) -> Result<(), Problem> {
    for (line, cells) in chunk {
        kept.import.done += 1;
        let at = At { import: kept.import.id, row: kept.import.done, line: *line };
        match plan::plan(tx, viewer, reading, cells) {
            Ok((plan, _)) => match plan.outcome() {
                RowOutcome::Created | RowOutcome::Updated => {
                    let applied = apply::apply(tx, viewer, &plan)?;
                    store::note_done(tx, at, plan.outcome(), &applied)?;
                    if plan.contact.is_none() { kept.import.created += 1 } else { kept.import.updated += 1 }
                }
                RowOutcome::Unchanged | RowOutcome::Refused => kept.import.unchanged += 1,
            },
            Err(problem) if problem.status.is_client_error() => {
                store::note_refused(tx, at, &problem.detail)?;
                kept.import.refused += 1;
            }
            Err(problem) => return Err(problem),
        }
    }
    Ok(())
}

/// Ends an import.
fn end(tx: &mut Tx<'_>, viewer: &Viewer, mut kept: Kept, state: ImportState, problem: Option<&str>) -> Result<(), Problem> {
    kept.import.state = state;
    kept.import.problem = problem.map(str::to_owned);
    kept.import.ended_at = Some(tx.now());
    save(tx, viewer, &mut kept)
}

async fn fail(desk: &Desk, run: Run, id: ImportId, problem: String) -> Result<(), String> {
    let work = move |tx: &mut Tx<'_>| {
        run.hold(tx)?;
        let system = Viewer::System { reason: "an import cannot go on" };
        let kept = store::one(tx, &system, id)?;
        end(tx, &system, kept, ImportState::Failed, Some(&problem))
    };
    desk.store.write_in_background(work).await.map_err(told)
}
