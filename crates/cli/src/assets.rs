//! The built console and widget inside the binary. Debug builds read them from disk, so that a change shows without a rebuild.

use std::{
    collections::HashMap,
    io::Write,
    sync::{LazyLock, Mutex},
};

use flate2::{Compression, write::GzEncoder};
use rapport::desk::Asset;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../web/console/dist"]
#[allow_missing = true]
struct Console;

#[derive(RustEmbed)]
#[folder = "../../web/widget/dist"]
#[allow_missing = true]
struct Widget;

static KNOWN: LazyLock<Mutex<HashMap<String, Asset>>> = LazyLock::new(Mutex::default);

/// The file at a path such as `console/index.html`, compressed once.
pub fn find(path: &str) -> Option<Asset> {
    if !cfg!(debug_assertions)
        && let Some(asset) = KNOWN.lock().ok()?.get(path)
    {
        return Some(asset.clone());
    }
    let file = match path.split_once('/')? {
        ("console", rest) => Console::get(rest)?,
        ("widget", rest) => Widget::get(rest)?,
        _ => return None,
    };
    let tag = file.metadata.sha256_hash()[..12].iter().map(|byte| format!("{byte:02x}")).collect();
    let asset = Asset { tag, gzip: gzip(&file.data), bytes: file.data.into_owned().into() };
    KNOWN.lock().ok()?.insert(path.to_owned(), asset.clone());
    Some(asset)
}

fn gzip(bytes: &[u8]) -> Option<bytes::Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).ok()?;
    let small = encoder.finish().ok()?;
    (small.len() < bytes.len()).then(|| small.into())
}
