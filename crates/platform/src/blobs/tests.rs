//! Blobs in a folder, and in a bucket.

use std::time::UNIX_EPOCH;

use super::*;
use crate::store::Store;

#[test]
fn the_same_bytes_are_kept_once_under_their_hash() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path()).unwrap();

    let stored: Vec<Blob> = (0..2)
        .map(|_| {
            let mut incoming = blobs.begin(&Chance::Real).unwrap();
            incoming.write(b"hel").unwrap();
            incoming.write(b"lo").unwrap();
            incoming.finish().unwrap()
        })
        .collect();

    assert_eq!(stored[0], stored[1]);
    assert_eq!(stored[0].hash, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    assert_eq!(io::read_to_string(blobs.read(&stored[0].hash).unwrap()).unwrap(), "hello");
    assert_eq!(fs::read_dir(folder.path().join("incoming")).unwrap().count(), 0);
}

#[tokio::test]
async fn what_a_killed_process_left_is_collected_and_nothing_that_a_row_names() {
    use crate::{
        clock::Clock,
        store::{Migration, scratch},
    };
    const SCHEMA: &[Migration] = &[
        Migration { name: "0001_platform.sql", sql: include_str!("../../../../migrations/0001_platform.sql") },
        Migration { name: "0002.sql", sql: "-- postgres\nINSERT INTO event_reader (name, position) VALUES ('placed', 0);\n-- both\n" },
    ];
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(scratch::options(scratch::database(folder.path(), SCHEMA)), SCHEMA).unwrap();
    let blobs = Blobs::open(folder.path().join("files")).unwrap();
    let keep = |text: &str| {
        let mut incoming = blobs.begin(&Chance::Real).unwrap();
        incoming.write(text.as_bytes()).unwrap();
        incoming.finish().unwrap()
    };
    let (named, stray, young) = (keep("named"), keep("stray"), keep("young"));
    let cut_off = blobs.folder.join("incoming/cut-off");
    fs::write(&cut_off, "half").unwrap();
    let referred = named.clone();
    store.write(move |tx| refer(tx, &referred, "thing", Uuid::from_u128(1))).await.unwrap();
    let yesterday = std::time::Duration::from_secs(86_400);
    for path in [&place(&blobs.folder, &named.hash).unwrap(), &place(&blobs.folder, &stray.hash).unwrap(), &cut_off] {
        let file = File::options().write(true).open(path).unwrap();
        file.set_modified(UNIX_EPOCH + yesterday).unwrap();
    }

    let copying = blobs.while_copying().unwrap();
    assert_eq!(collect_strays(&store, &blobs, Clock::Real.now().minus(yesterday)).await.unwrap(), 0, "not while a backup copies");
    drop(copying);
    assert_eq!(collect_strays(&store, &blobs, Clock::Real.now().minus(yesterday)).await.unwrap(), 2);

    assert!(blobs.read(&named.hash).is_ok() && blobs.read(&young.hash).is_ok());
    assert!(blobs.read(&stray.hash).is_err() && !cut_off.exists());
}

#[test]
fn an_upload_that_breaks_off_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path()).unwrap();

    blobs.begin(&Chance::Real).unwrap().write(b"half").unwrap();

    assert_eq!(fs::read_dir(folder.path().join("incoming")).unwrap().count(), 0);
}

#[test]
fn the_type_is_read_from_the_bytes() {
    assert_eq!(sniff(b"\x89PNG\r\n\x1a\n0000"), "image/png");
    assert_eq!(sniff(b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>"), "application/octet-stream");
    assert_eq!(sniff(b"<html><script>"), "application/octet-stream");
    assert_eq!(sniff("Dzień dobry".as_bytes()), "text/plain");
}

#[test]
fn a_name_that_is_no_hash_cannot_leave_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Blobs::open(folder.path()).unwrap().read("../../etc/passwd").is_err());
}

/// A bucket of this test's own, on the S3 server that `scripts/with-s3` starts; nothing without one.
pub(crate) fn bucket_of(test: &str) -> Option<Files> {
    let endpoint = std::env::var("RAPPORT_TEST_S3").ok()?;
    let name = format!("{test}-{}", std::process::id());
    // Our own client makes no buckets.
    let mut stream = std::net::TcpStream::connect(endpoint.trim_start_matches("http://")).unwrap();
    stream.write_all(format!("PUT /{name} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n").as_bytes()).unwrap();
    let answer = io::read_to_string(stream).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let address = Address::parse(&format!("s3://{name}/rapport?endpoint={endpoint}")).unwrap();
    Some(Files::Bucket { address, key: "throw-away".into(), secret: "throw-away".into() })
}

fn keep_in(blobs: &Blobs, bytes: &[u8]) -> io::Result<Blob> {
    let mut incoming = blobs.begin(&Chance::Real)?;
    for piece in bytes.chunks(100_000) {
        incoming.write(piece)?;
    }
    incoming.finish()
}

fn read_all(blobs: &Blobs, hash: &str) -> (usize, io::Result<()>) {
    let mut found = Vec::new();
    let read = blobs.read(hash).and_then(|mut from| from.read_to_end(&mut found).map(drop));
    (found.len(), read)
}

#[test]
fn a_bucket_keeps_what_a_folder_keeps_small_and_in_parts() {
    let Some(files) = bucket_of("keeps") else { return };
    let folder = tempfile::tempdir().unwrap();
    let blobs = files.open(folder.path()).unwrap();
    let large: Vec<u8> = (0..21_000_000_u32).map(|n| (n ^ (n >> 11)) as u8).collect();

    let kept: Vec<Blob> = [&b"hello"[..], &large, b"hello"].iter().map(|bytes| keep_in(&blobs, bytes).unwrap()).collect();

    assert_eq!(kept[0], kept[2]);
    let mut expected = vec![(kept[0].hash.clone(), 5), (kept[1].hash.clone(), 21_000_000)];
    expected.sort();
    let mut all = blobs.all().unwrap();
    all.sort();
    assert_eq!(all, expected);
    assert_eq!(fs::read_dir(folder.path().join("files/incoming")).unwrap().count(), 0, "nothing stays on the disk");
    for blob in &kept {
        let (length, read) = read_all(&blobs, &blob.hash);
        read.unwrap();
        assert_eq!((length as i64, blobs.size(&blob.hash).unwrap(), blobs.is_whole(&blob.hash).unwrap()), (blob.size_bytes, Some(length as u64), true));
    }
    blobs.remove(&kept[1].hash).unwrap();
    blobs.remove(&kept[1].hash).unwrap();
    assert_eq!((blobs.size(&kept[1].hash).unwrap(), blobs.all().unwrap().len()), (None, 1));
    assert_eq!(read_all(&blobs, &kept[1].hash).1.unwrap_err().kind(), io::ErrorKind::NotFound);
}

#[test]
fn the_end_of_a_damaged_upload_is_withheld_wherever_it_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let bytes: Vec<u8> = (0..200_000_u32).map(|n| n as u8).collect();
    let mut damaged = bytes.clone();
    damaged[77] ^= 1;

    let blobs = Blobs::open(folder.path()).unwrap();
    let blob = keep_in(&blobs, &bytes).unwrap();
    assert!(read_all(&blobs, &blob.hash).1.is_ok());
    fs::write(place(folder.path(), &blob.hash).unwrap(), &damaged).unwrap();
    let (given, read) = read_all(&blobs, &blob.hash);
    assert!(given < bytes.len() && read.unwrap_err().kind() == io::ErrorKind::InvalidData);
    assert!(!blobs.is_whole(&blob.hash).unwrap());

    let Some(files) = bucket_of("damaged") else { return };
    let blobs = files.open(folder.path()).unwrap();
    let blob = keep_in(&blobs, &bytes).unwrap();
    let path = folder.path().join("damaged");
    fs::write(&path, &damaged).unwrap();
    blobs.bucket.as_ref().unwrap().keep(&path, &blob.hash).unwrap();
    let (given, read) = read_all(&blobs, &blob.hash);
    let error = read.unwrap_err();
    assert!(given < bytes.len() && error.kind() == io::ErrorKind::InvalidData, "{given} {error:?}");
    assert!(!blobs.is_whole(&blob.hash).unwrap());
}

#[test]
fn a_storage_that_does_not_answer_keeps_nothing_and_is_not_taken_for_a_missing_upload() {
    let folder = tempfile::tempdir().unwrap();
    // Nobody listens on port 1.
    let address = Address::parse("s3://nowhere?endpoint=http://127.0.0.1:1").unwrap();
    let files = Files::Bucket { address, key: "id".into(), secret: "hunter2".into() };
    let blobs = files.open(folder.path()).unwrap();

    let error = keep_in(&blobs, b"hello").unwrap_err();

    assert_eq!(error.kind(), io::ErrorKind::HostUnreachable);
    assert!(error.to_string().contains("s3://nowhere/") && !error.to_string().contains("hunter2"), "{error}");
    assert!(!format!("{blobs:?}").contains("hunter2"));
    assert_eq!(fs::read_dir(folder.path().join("files/incoming")).unwrap().count(), 0);
    let hash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    assert!(blobs.size(hash).is_err() && blobs.is_whole(hash).is_err());
}

#[tokio::test]
async fn strays_in_a_bucket_are_collected_as_well() {
    use crate::{
        clock::Clock,
        store::{Migration, scratch},
    };
    const SCHEMA: &[Migration] = &[
        Migration { name: "0001_platform.sql", sql: include_str!("../../../../migrations/0001_platform.sql") },
        Migration { name: "0002.sql", sql: "-- postgres\nINSERT INTO event_reader (name, position) VALUES ('placed', 0);\n-- both\n" },
    ];
    let Some(files) = bucket_of("strays") else { return };
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(scratch::options(scratch::database(folder.path(), SCHEMA)), SCHEMA).unwrap();
    let (blobs, named, stray) = tokio::task::spawn_blocking({
        let path = folder.path().to_owned();
        move || {
            let blobs = files.open(&path).unwrap();
            let (named, stray) = (keep_in(&blobs, b"named").unwrap(), keep_in(&blobs, b"stray").unwrap());
            (blobs, named, stray)
        }
    })
    .await
    .unwrap();
    let referred = named.clone();
    store.write(move |tx| refer(tx, &referred, "thing", Uuid::from_u128(1))).await.unwrap();
    let hour = std::time::Duration::from_secs(3600);

    assert_eq!(collect_strays(&store, &blobs, Clock::Real.now().minus(hour)).await.unwrap(), 0, "an upload has its time");
    assert_eq!(collect_strays(&store, &blobs, Clock::Real.now().plus(hour)).await.unwrap(), 1);

    let left = tokio::task::spawn_blocking(move || (blobs.size(&named.hash).unwrap(), blobs.size(&stray.hash).unwrap())).await.unwrap();
    assert_eq!(left, (Some(5), None));
}
