//! What a process that was killed left: an upload that was cut off, one whose row was not written any more, a removal whose rows were
//! gone already.

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use super::{Blobs, Collecting, place};
use crate::{
    clock::Moment,
    params,
    store::{Error, Result, Store},
};

/// Removes files that no row names and nobody has touched since `before`; how many. One folder at a time, because nobody finishes an
/// upload meanwhile.
pub async fn collect_strays(store: &Store, blobs: &Blobs, before: Moment) -> Result<u64> {
    let mut collected = 0;
    for number in 0..=255_u8 {
        let begins = format!("{number:02x}");
        let Some(_collecting) = alone(blobs).await? else { return Ok(collected) };
        let (kept, first) = (blobs.clone(), begins.clone());
        let mut old = on_disk(move || kept.older_than(&first, before)).await?;
        if old.is_empty() {
            continue;
        }
        let end = format!("{begins}g");
        let named = store.read(move |tx| tx.all("SELECT hash FROM blob WHERE hash >= $1 AND hash < $2", params![begins, end], |row| row.get::<String>("hash")));
        let named: HashSet<String> = named.await?.into_iter().collect();
        old.retain(|hash| !named.contains(hash));
        collected += old.len() as u64;
        let kept = blobs.clone();
        on_disk(move || old.iter().try_for_each(|hash| kept.remove(hash))).await?;
    }
    let incoming = blobs.folder.join("incoming");
    let Some(_collecting) = alone(blobs).await? else { return Ok(collected) };
    let cut_off = on_disk(move || {
        let old = files_older_than(&incoming, before)?;
        old.iter().try_for_each(fs::remove_file)?;
        Ok(old.len() as u64)
    });
    Ok(collected + cut_off.await?)
}

impl Blobs {
    /// The blobs whose hash begins so and that were written before a moment.
    fn older_than(&self, begins: &str, before: Moment) -> io::Result<Vec<String>> {
        if let Some(bucket) = &self.bucket {
            return Ok(bucket.all(begins)?.into_iter().filter(|(_, _, written)| *written < before).map(|(hash, ..)| hash).collect());
        }
        let old = files_older_than(&self.folder.join(begins), before)?;
        let named = old.iter().filter_map(|path| Some(format!("{begins}{}", path.file_name()?.to_str()?)));
        Ok(named.filter(|hash| place(&self.folder, hash).is_ok()).collect())
    }
}

/// The files of a folder that were last written before a moment; none when there is no such folder.
fn files_older_than(folder: &Path, before: Moment) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut old = Vec::new();
    for entry in entries {
        let entry = entry?;
        let found = entry.metadata()?;
        let written = found.modified()?.duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_micros()).unwrap_or(i64::MAX));
        if found.is_file() && written < before.0 {
            old.push(entry.path());
        }
    }
    Ok(old)
}

fn told(error: impl std::fmt::Display) -> Error {
    Error::Schema(format!("the files cannot be looked through: {error}"))
}

async fn alone(blobs: &Blobs) -> Result<Option<Collecting<'_>>> {
    blobs.while_collecting().await.map_err(told)
}

async fn on_disk<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::Panicked)?.map_err(told)
}
