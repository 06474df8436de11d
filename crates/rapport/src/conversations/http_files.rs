//! Uploads and downloads of agents, and the answer every download gets.

use std::io::Read as _;

use axum::{
    body::{Body, BodyDataStream},
    extract::{FromRequestParts, Path, Query, Request},
    response::{IntoResponse, Response},
};
use futures_util::StreamExt;
use http::{HeaderValue, StatusCode, header};
use platform::{
    blobs::Incoming,
    web::{Answer, Created, Problem},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    files::{self, File},
    model::Attachment,
    store_files,
};
use crate::{Call, desk::Desk, ids::FileId};

/// So much of a file that is refused is read and dropped, in bytes.
const READ_ON: usize = 64 * 1024 * 1024;

#[derive(Deserialize)]
struct NameQuery {
    #[serde(default)]
    name: String,
}

/// Streams the body into a blob, at most `limit` bytes.
pub async fn upload(desk: &Desk, request: Request, limit: i64, uploader: Uuid) -> Result<Attachment, Problem> {
    let name = Query::<NameQuery>::try_from_uri(request.uri()).map(|query| query.0.name).unwrap_or_default();
    let told: Option<i64> = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if told.is_some_and(|bytes| bytes > limit) {
        let waits = request.headers().contains_key(header::EXPECT);
        return Err(if waits { Problem::too_large(limit) } else { too_large(request.into_body().into_data_stream(), limit).await });
    }
    desk.room.for_upload()?;
    let incoming = receive(desk, request.into_body(), limit).await?;
    let _referring = desk.blobs.while_referring().await.map_err(|error| match error.kind() {
        std::io::ErrorKind::WouldBlock => Problem::unavailable("Files are being tidied up on another node. Nothing was changed. Try again in a moment."),
        _ => Problem::fault(error),
    })?;
    let blob = on_disk(move || incoming.finish()).await?;
    if blob.size_bytes == 0 {
        return Err(Problem::invalid("", "The file is empty."));
    }
    desk.store.write(move |tx| files::keep_file(tx, &blob, &name, uploader)).await
}

async fn receive(desk: &Desk, body: Body, limit: i64) -> Result<Incoming, Problem> {
    let (blobs, chance) = (desk.blobs.clone(), desk.store.chance().clone());
    let mut incoming = on_disk(move || blobs.begin(&chance)).await?;
    let mut stream = body.into_data_stream();
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(|error| Problem::unread(&error))?;
        if incoming.size_bytes() + piece.len() as i64 > limit {
            return Err(too_large(stream, limit).await);
        }
        incoming = on_disk(move || incoming.write(&piece).map(|()| incoming)).await?;
    }
    Ok(incoming)
}

/// Reads on before it refuses: a client that writes all of its file first would find the connection cut and never see the answer,
/// and a proxy would make a 502 of it. What is above [`READ_ON`] meets a cut connection all the same.
async fn too_large(mut rest: BodyDataStream, limit: i64) -> Problem {
    let mut left = READ_ON;
    while let Some(Ok(piece)) = rest.next().await {
        left = left.saturating_sub(piece.len());
        if left == 0 {
            break;
        }
    }
    Problem::too_large(limit)
}

async fn on_disk<T: Send + 'static>(work: impl FnOnce() -> std::io::Result<T> + Send + 'static) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(work).await.map_err(Problem::fault)?;
    done.map_err(|error| match error.kind() {
        std::io::ErrorKind::HostUnreachable => {
            tracing::error!(target: "files", %error, "the storage of uploads does not answer");
            Problem::unavailable("The storage of files does not answer. Nothing was kept. Try again in a moment.")
        }
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
            Problem::no_room("The server's disk is full. The file was not kept. Try again later; the administrator must free space.")
        }
        _ => Problem::fault(error),
    })
}

/// The file as a download: typed from its bytes, from an opaque origin, in place only when nothing in it can run.
pub async fn download(desk: &Desk, file: File) -> Result<Response, Problem> {
    let (blobs, hash) = (desk.blobs.clone(), file.hash.clone());
    let opened = on_disk(move || blobs.read(&hash)).await?;
    let disposition = if files::is_inline(&file.content_type) { "inline" } else { "attachment" };
    // RFC 6266 with RFC 8187: the name travels percent-encoded, so it cannot end the header.
    let name = percent_encoding::utf8_percent_encode(&file.name, percent_encoding::NON_ALPHANUMERIC);
    let headers = [
        (header::CONTENT_TYPE, file.content_type.clone()),
        (header::CONTENT_LENGTH, file.size_bytes.to_string()),
        (header::CONTENT_DISPOSITION, format!("{disposition}; filename*=UTF-8''{name}")),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'; style-src 'unsafe-inline'; media-src 'self'".into()),
        (header::CACHE_CONTROL, "private, max-age=3600".into()),
    ];
    let stream = futures_util::stream::unfold(Some(opened), |opened| async move {
        let mut file = opened?;
        let read = tokio::task::spawn_blocking(move || {
            let mut buffer = vec![0; 64 * 1024];
            let read = file.read(&mut buffer)?;
            buffer.truncate(read);
            Ok::<_, std::io::Error>((buffer, file))
        })
        .await;
        match read {
            Ok(Ok((buffer, _))) if buffer.is_empty() => None,
            Ok(Ok((buffer, file))) => Some((Ok(buffer), Some(file))),
            Ok(Err(error)) => {
                tracing::error!(target: "files", %error, "a download was cut off; rapport doctor --deep looks at every upload");
                Some((Err(error), None))
            }
            Err(_) => None,
        }
    });
    let mut response = (StatusCode::OK, Body::from_stream(stream)).into_response();
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

/// Uploads a file for a reply or a note.
pub async fn upload_by_agent(call: Call, request: Request) -> Result<Response, Problem> {
    let Some(agent) = call.viewer.agent() else { return Err(Problem::not_found()) };
    let limit = call.desk.config.max_upload_bytes;
    Ok(Created(upload(&call.desk, request, limit, agent.id.0).await?).respond())
}

/// Downloads a file the viewer may see.
pub async fn download_by_agent(call: Call, request: Request) -> Result<Response, Problem> {
    let (mut parts, _) = request.into_parts();
    let Path(id) = Path::<FileId>::from_request_parts(&mut parts, &()).await.map_err(|_| Problem::not_found())?;
    let viewer = call.viewer.clone();
    let file = call.read(move |tx| files::for_agent(tx, &viewer, id)).await?;
    download(&call.desk, file).await
}

/// Downloads a brand's logo.
pub async fn logo(call: Call, request: Request) -> Result<Response, Problem> {
    let (mut parts, _) = request.into_parts();
    let Path(id) = Path::<FileId>::from_request_parts(&mut parts, &()).await.map_err(|_| Problem::not_found())?;
    let file = call.read(move |tx| Ok(store_files::logo(tx, id)?)).await?;
    download(&call.desk, file).await
}
