//! Requests about imports.

use std::collections::HashMap;

use axum::{
    body::Body as HttpBody,
    extract::{FromRequestParts, Path, Request},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use http::header;
use platform::{
    clock::Moment,
    web::{Answer, Body, Created, Done, Found, Input, NoQuery, Page, Problem},
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    file::{self, FileRows, Look, MOST_BYTES, Unread},
    keep,
    model::{ContactImport, FileDelimiter, FileEncoding, ImportChange, ImportState, KeptRow, PreviewRow},
    store,
};
use crate::{Call, check, cursor, ids::ImportId, sheet, uploads};

/// Rows of a preview.
const PREVIEWED: usize = 20;
/// Refused rows that are written at once.
const REFUSED: i64 = 1_000;

/// Which are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ImportQuery {
    /// 1 to 100, 25 unless told.
    limit: Option<i64>,
    /// The cursor of the page before.
    cursor: Option<String>,
}

/// Uploads a file.
pub async fn upload(call: Call, request: Request) -> Result<Response, Problem> {
    let import = uploads::keep(&call.desk, request, MOST_BYTES, async |blob, name| {
        let look = look(&call, blob.hash.clone(), None, None).await?;
        let viewer = call.viewer.clone();
        call.write(move |tx| keep::add(tx, &viewer, &blob, &name, &look)).await
    });
    Ok(Created(import.await?).respond())
}

async fn look(call: &Call, hash: String, encoding: Option<FileEncoding>, delimiter: Option<FileDelimiter>) -> Result<Look, Problem> {
    let blobs = call.desk.blobs.clone();
    understood(move || file::look(&blobs, &hash, encoding, delimiter)).await
}

/// Reads a file on a thread that may wait.
async fn understood<T: Send + 'static>(work: impl FnOnce() -> Result<T, Unread> + Send + 'static) -> Result<T, Problem> {
    let read = uploads::on_disk(move || match work() {
        Ok(read) => Ok(Ok(read)),
        Err(Unread::Mistake(detail)) => Ok(Err(detail)),
        Err(Unread::Storage(error)) => Err(error),
    });
    read.await?.map_err(|detail| Problem::invalid("", detail))
}

/// Lists imports, the newest first.
pub async fn imports(call: Call, input: Input<(), ImportQuery>) -> Result<Found<Page<ContactImport>>, Problem> {
    let limit = check::limit(input.query.limit, 100)?;
    let before = input.query.cursor.as_deref().map(cursor::read::<(i64, ImportId)>).transpose()?.map(|(at, id)| (Moment(at), id));
    let viewer = call.viewer.clone();
    let items = call.read(move |tx| Ok(store::page(tx, &viewer, before, limit)?)).await?;
    let next = items.last().filter(|_| items.len() as i64 == limit).map(|last| cursor::write(&(last.created_at.0, last.id)));
    Ok(Found(Page { items, next }))
}

/// Shows an import.
pub async fn import(call: Call, input: Input<ImportId>) -> Result<Found<ContactImport>, Problem> {
    Ok(Found(one(&call, input.path).await?.import))
}

async fn one(call: &Call, id: ImportId) -> Result<store::Kept, Problem> {
    let viewer = call.viewer.clone();
    call.read(move |tx| Ok(store::one(tx, &viewer, id)?)).await
}

/// Changes how a file is read, and what its columns mean.
pub async fn change(call: Call, input: Input<ImportId, NoQuery, Body<ImportChange>>) -> Result<Found<ContactImport>, Problem> {
    let (viewer, id, based_on, change) = (call.viewer.clone(), input.path, call.if_match, input.body.0);
    let look = match (change.encoding, change.delimiter) {
        (None, None) => None,
        (encoding, delimiter) => {
            let kept = one(&call, id).await?;
            // Another encoding may show another delimiter; another delimiter leaves the encoding.
            let encoding = encoding.or(Some(kept.import.settings.encoding));
            Some(look(&call, kept.file_hash, encoding, delimiter).await?)
        }
    };
    Ok(Found(call.write(move |tx| keep::change(tx, &viewer, id, based_on, &change, look.as_ref())).await?))
}

/// Shows what the first rows would do.
pub async fn preview(call: Call, input: Input<ImportId>) -> Result<Found<Page<PreviewRow>>, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    let kept = one(&call, id).await?;
    let blobs = call.desk.blobs.clone();
    let rows = understood(move || {
        let rows = file::rows(&blobs, &kept.file_hash, kept.import.settings.encoding, kept.import.settings.delimiter)?;
        Ok(rows.take(PREVIEWED).collect::<Result<Vec<_>, _>>()?)
    });
    let rows = rows.await?;
    Ok(Found(Page::whole(call.read(move |tx| keep::preview(tx, &viewer, id, &rows)).await?)))
}

/// Starts an import.
pub async fn start(call: Call, input: Input<ImportId>) -> Result<Found<ContactImport>, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    Ok(Found(call.write(move |tx| keep::start(tx, &viewer, id)).await?))
}

/// Stops an import.
pub async fn stop(call: Call, input: Input<ImportId>) -> Result<Found<ContactImport>, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    Ok(Found(call.write(move |tx| keep::stop(tx, &viewer, id)).await?))
}

/// Takes an import back.
pub async fn undo(call: Call, input: Input<ImportId>) -> Result<Found<ContactImport>, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    Ok(Found(call.write(move |tx| keep::begin_undo(tx, &viewer, id)).await?))
}

/// Removes an import that was not started.
pub async fn remove(call: Call, input: Input<ImportId>) -> Result<Done, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    call.write(move |tx| keep::remove(tx, &viewer, id)).await?;
    Ok(Done)
}

/// Lists the contacts that an undo left, or left a part of.
pub async fn kept(call: Call, input: Input<ImportId, ImportQuery>) -> Result<Found<Page<KeptRow>>, Problem> {
    let limit = check::limit(input.query.limit, 100)?;
    let after: i64 = input.query.cursor.as_deref().map(cursor::read).transpose()?.unwrap_or_default();
    let (viewer, id) = (call.viewer.clone(), input.path);
    let (items, next) = call.read(move |tx| keep::kept_rows(tx, &viewer, id, after, limit)).await?;
    Ok(Found(Page { items, next: next.map(|row| cursor::write(&row)) }))
}

/// What is still to be written of the refused rows.
struct Refused {
    call: Call,
    id: ImportId,
    rows: FileRows,
    /// The last row that was read.
    at: i64,
    width: usize,
    text: Option<String>,
}

/// Gives the refused rows as a table, with what is wrong with each as its last column.
pub async fn refused(call: Call, request: Request) -> Result<Response, Problem> {
    let (mut parts, _) = request.into_parts();
    let Path(id) = Path::<ImportId>::from_request_parts(&mut parts, &()).await.map_err(|_| Problem::not_found())?;
    let kept = one(&call, id).await?;
    if kept.import.state == ImportState::Draft {
        return Err(Problem::conflict("wrong_state", "This import was not started."));
    }
    let (blobs, settings) = (call.desk.blobs.clone(), kept.import.settings.clone());
    let rows = understood(move || file::rows(&blobs, &kept.file_hash, settings.encoding, settings.delimiter)).await?;
    let mut header = rows.header.clone();
    let width = header.len();
    header.push("problem".into());
    let head = sheet::written(&[header]).map_err(Problem::fault)?;
    let rest = Refused { call, id, rows, at: 0, width, text: Some(format!("{}{head}", sheet::BYTE_ORDER_MARK)) };
    let pieces = stream::try_unfold(rest, |mut rest| async move {
        if let Some(text) = rest.text.take() {
            return Ok(Some((text, rest)));
        }
        more(rest).await.map_err(|problem| std::io::Error::other(problem.detail))
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"refused.csv\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, HttpBody::from_stream(pieces)).into_response())
}

/// The next refused rows as text; none when there are no more.
async fn more(rest: Refused) -> Result<Option<(String, Refused)>, Problem> {
    let Refused { call, id, mut rows, at, width, .. } = rest;
    let refused: Vec<(i64, String)> = call.read(move |tx| Ok(store::refused_after(tx, id, at, REFUSED)?)).await?;
    let Some((last, _)) = refused.last() else { return Ok(None) };
    let (last, mut problems) = (*last, refused.into_iter().collect::<HashMap<i64, String>>());
    let read = understood(move || {
        let mut table = Vec::new();
        for row in at + 1..=last {
            let Some(next) = rows.next() else { break };
            let Some(problem) = problems.remove(&row) else {
                next?;
                continue;
            };
            let mut cells = next?.1;
            cells.resize(cells.len().max(width), String::new());
            cells.push(problem);
            table.push(cells);
        }
        Ok((table, rows))
    });
    let (table, rows) = read.await?;
    let text = sheet::written(&table).map_err(Problem::fault)?;
    Ok(Some((text, Refused { call, id, rows, at: last, width, text: None })))
}
