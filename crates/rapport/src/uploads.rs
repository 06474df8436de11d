//! Uploads: a request's body becomes a blob, piece by piece, and a row refers to it.

use std::{future::Future, io};

use axum::{
    body::{Body, BodyDataStream},
    extract::{Query, Request},
};
use futures_util::StreamExt;
use http::header;
use platform::{
    blobs::{Blob, Incoming},
    web::Problem,
};
use serde::Deserialize;

use crate::desk::Desk;

/// So much of a file that is refused is read and dropped, in bytes.
const READ_ON: usize = 64 * 1024 * 1024;

#[derive(Deserialize)]
struct NameQuery {
    #[serde(default)]
    name: String,
}

/// Streams the body into a blob, at most `limit` bytes, and has `refer` write the row that refers to it, by the name it was sent under.
pub async fn keep<T, F>(desk: &Desk, request: Request, limit: i64, refer: impl FnOnce(Blob, String) -> F + Send) -> Result<T, Problem>
where
    F: Future<Output = Result<T, Problem>> + Send,
{
    let name = Query::<NameQuery>::try_from_uri(request.uri()).map(|query| query.0.name).unwrap_or_default();
    let told: Option<i64> = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if told.is_some_and(|bytes| bytes > limit) {
        let waits = request.headers().contains_key(header::EXPECT);
        return Err(if waits { Problem::too_large(limit) } else { too_large(request.into_body().into_data_stream(), limit).await });
    }
    desk.room.for_upload()?;
    let incoming = receive(desk, request.into_body(), limit).await?;
    let _referring = desk.blobs.while_referring().await.map_err(|error| match error.kind() {
        io::ErrorKind::WouldBlock => Problem::unavailable("Files are being tidied up on another node. Nothing was changed. Try again in a moment."),
        _ => Problem::fault(error),
    })?;
    let blob = on_disk(move || incoming.finish()).await?;
    if blob.size_bytes == 0 {
        return Err(Problem::invalid("", "The file is empty."));
    }
    refer(blob, name).await
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

/// Works with files or their storage on a thread that may wait.
pub async fn on_disk<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(work).await.map_err(Problem::fault)?;
    done.map_err(|error| match error.kind() {
        io::ErrorKind::HostUnreachable => {
            tracing::error!(target: "files", %error, "the storage of uploads does not answer");
            Problem::unavailable("The storage of files does not answer. Nothing was kept. Try again in a moment.")
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            Problem::no_room("The server's disk is full. The file was not kept. Try again later; the administrator must free space.")
        }
        _ => Problem::fault(error),
    })
}

/// A name without path, control characters and direction tricks, at most 120 characters; it is only ever a label.
pub fn safe_name(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let hidden = |c: char| c.is_control() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let clean: String = base.chars().filter(|c| !hidden(*c)).take(120).collect();
    let clean = clean.trim().trim_matches('.').trim();
    if clean.is_empty() { "file".into() } else { clean.into() }
}

#[cfg(test)]
mod tests {
    use super::safe_name;

    #[test]
    fn a_name_is_a_label_and_never_a_path() {
        assert_eq!(safe_name("../../etc/passwd"), "passwd");
        assert_eq!(safe_name("C:\\temp\\photo.png"), "photo.png");
        assert_eq!(safe_name("exe\u{202E}gpj.scr"), "exegpj.scr");
        assert_eq!(safe_name("..."), "file");
    }
}
