//! The uploads: what rows name is there, and is what was uploaded.

use std::collections::BTreeMap;

use super::Finding;
use crate::{blobs::Blobs, ids::Chance};

/// How many are read when not all are.
const SAMPLE: usize = 100;
/// So many are named.
const NAMED: usize = 5;

/// Compares the uploads that rows name with those that are kept; `deep` reads all of them, otherwise a sample.
pub fn uploads(kept: &Blobs, named: &[(String, i64)], deep: bool, chance: &Chance, watch: &mut dyn FnMut(u64, u64)) -> Finding {
    let there: BTreeMap<String, u64> = match kept.all() {
        Ok(there) => there.into_iter().collect(),
        Err(_) if named.is_empty() => BTreeMap::new(),
        Err(error) => {
            return Finding::fault(
                "files",
                format!("the uploads cannot be looked through: {error}"),
                "Run this as the user the server runs as; check the disk, or the storage that --files names, the way to it and its credentials",
            );
        }
    };
    let (missing, present): (Vec<_>, Vec<_>) = named.iter().partition(|(hash, _)| !there.contains_key(hash));
    let mut damaged: Vec<&str> = Vec::new();
    let mut read = 0_u64;
    let total = if deep { present.len() } else { present.len().min(SAMPLE) } as u64;
    let mut left = total;
    for (number, (hash, size)) in present.iter().enumerate() {
        let fits = there.get(hash).is_some_and(|found| i64::try_from(*found).is_ok_and(|found| found == *size));
        // Each of those that remain is as likely to be in the sample as any other.
        let chosen = deep || chance.below((present.len() - number) as u64) < left;
        let whole = if chosen && fits {
            left = left.saturating_sub(1);
            read += 1;
            watch(read, total);
            match kept.is_whole(hash) {
                Ok(whole) => whole,
                // A storage that falls silent says nothing of its files.
                Err(error) => {
                    return Finding::fault(
                        "files",
                        format!("the uploads cannot be read: {error}"),
                        "Check the storage that --files names and the way to it, then try again",
                    );
                }
            }
        } else {
            fits
        };
        if !whole {
            damaged.push(hash);
        }
    }
    let list = |hashes: &[&str]| -> String {
        let mut names: Vec<String> = hashes.iter().take(NAMED).map(|hash| format!("files/{}/{}", &hash[..2], &hash[2..])).collect();
        if hashes.len() > NAMED {
            names.push(format!("{} more", hashes.len() - NAMED));
        }
        names.join(", ")
    };
    let mend = "Take each out of a backup that has it, into the data folder: tar -xf BACKUP -C DATA files/...; the name is the SHA-256 of the content, so any backup will do";
    let missing: Vec<&str> = missing.iter().map(|(hash, _)| hash.as_str()).collect();
    let extra = there.len() - present.len();
    let spare = if extra > 0 { format!("; {extra} more on disk that nothing refers to, which only take room") } else { String::new() };
    match (missing.is_empty(), damaged.is_empty()) {
        (true, true) => Finding::ok(
            "files",
            format!("{} uploads, none missing, {read} read and whole{}{spare}", named.len(), if deep { "" } else { " (--deep reads all)" }),
        ),
        (false, true) => Finding::fault("files", format!("{} of {} uploads are missing: {}", missing.len(), named.len(), list(&missing)), mend),
        (true, false) => Finding::fault("files", format!("{} uploads are damaged: {}", damaged.len(), list(&damaged)), mend),
        (false, false) => Finding::fault(
            "files",
            format!("{} of {} uploads are missing: {}; {} are damaged: {}", missing.len(), named.len(), list(&missing), damaged.len(), list(&damaged)),
            mend,
        ),
    }
}
