//! Uploads and downloads of agents, and the answer every download gets.

use std::io::Read as _;

use axum::{
    body::Body,
    extract::{FromRequestParts, Path, Request},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use platform::web::{Answer, Created, Problem};
use uuid::Uuid;

use super::{
    files::{self, File},
    model::Attachment,
    store_files,
};
use crate::{Call, desk::Desk, ids::FileId, uploads};

/// Keeps the body as a file of `uploader`, at most `limit` bytes.
pub async fn upload(desk: &Desk, request: Request, limit: i64, uploader: Uuid) -> Result<Attachment, Problem> {
    uploads::keep(desk, request, limit, |blob, name| desk.store.write(move |tx| files::keep_file(tx, &blob, &name, uploader))).await
}

/// The file as a download: typed from its bytes, from an opaque origin, in place only when nothing in it can run.
pub async fn download(desk: &Desk, file: File) -> Result<Response, Problem> {
    let (blobs, hash) = (desk.blobs.clone(), file.hash.clone());
    let opened = uploads::on_disk(move || blobs.read(&hash)).await?;
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
