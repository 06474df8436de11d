//! Blobs in S3-compatible storage, for machines whose disk is not to hold them.
//!
//! Blocking, as the folder is: whoever calls is on a thread that may wait. The requests run on a runtime of their own, so that the
//! same code serves the server, a backup and the doctor.

use std::{
    fs::File,
    io::{self, Read},
    path::Path as LocalPath,
    sync::Arc,
    time::Duration,
};

use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{
    BackoffConfig, ClientOptions, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig, WriteMultipart,
    aws::{AmazonS3Builder, Checksum},
    path::Path,
};
use percent_encoding::percent_decode_str;

use crate::clock::Moment;

/// Larger blobs travel in parts of this size; two parts are in memory at most. S3 takes parts from 5 MiB.
const PART: usize = 8 << 20;
const PARTS_AT_ONCE: usize = 2;
const CONNECT: Duration = Duration::from_secs(5);
/// For one request: a part, or the head of an answer.
const ANSWER: Duration = Duration::from_secs(60);
/// How long a request that failed is tried again before somebody is told.
const PATIENCE: Duration = Duration::from_secs(15);

/// Where a bucket is: `s3://BUCKET/PREFIX?region=...&endpoint=...`. Credentials are not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The bucket.
    pub bucket: String,
    /// What names of blobs begin with; empty or ends in `/`.
    pub prefix: String,
    /// `us-east-1` unless told.
    pub region: String,
    /// Another service than Amazon's.
    pub endpoint: Option<String>,
}

impl Address {
    /// Reads an address. What cannot be read is not repeated: somebody may have written credentials into it.
    pub fn parse(text: &str) -> Result<Address, String> {
        const FORM: &str = "files is empty (the folder files in the data folder) or s3://BUCKET/PREFIX?region=REGION&endpoint=https://HOST; \
                            credentials are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment";
        let rest = text.strip_prefix("s3://").ok_or(FORM)?;
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'/'));
        if bucket.is_empty() || !plain(bucket) || !plain(prefix) {
            return Err(FORM.into());
        }
        let prefix = Some(prefix.trim_matches('/')).filter(|prefix| !prefix.is_empty()).map(|prefix| format!("{prefix}/")).unwrap_or_default();
        let mut address = Address { bucket: bucket.into(), prefix, region: "us-east-1".into(), endpoint: None };
        for (name, value) in query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, ""))) {
            let value = percent_decode_str(value).decode_utf8().map_err(|_| FORM)?.into_owned();
            match name {
                "region" if !value.is_empty() => address.region = value,
                "endpoint" if (value.starts_with("https://") || value.starts_with("http://")) && !value.contains('@') => address.endpoint = Some(value),
                _ => return Err(FORM.into()),
            }
        }
        Ok(address)
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "s3://{}/{}", self.bucket, self.prefix)?;
        self.endpoint.as_ref().map_or(Ok(()), |endpoint| write!(f, " at {endpoint}"))
    }
}

/// An open bucket.
#[derive(Clone)]
pub(super) struct Bucket {
    store: Arc<dyn ObjectStore>,
    address: Address,
    runtime: Arc<Runtime>,
}

/// Ends without waiting: the last one may be dropped where nobody may wait.
struct Runtime(Option<tokio::runtime::Runtime>);

impl Drop for Runtime {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The store knows the credentials.
        write!(f, "{}", self.address)
    }
}

impl Bucket {
    /// Reaches for a bucket. Nothing is asked of it yet.
    pub(super) fn open(address: &Address, key: &str, secret: &str) -> io::Result<Bucket> {
        // TLS is ring's in the whole program; where it was said before, it stays.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = address.endpoint.as_ref().is_some_and(|endpoint| endpoint.starts_with("http://"));
        let options = ClientOptions::new().with_allow_http(http).with_connect_timeout(CONNECT).with_timeout(ANSWER);
        let retry = RetryConfig { backoff: BackoffConfig::default(), max_retries: 5, retry_timeout: PATIENCE };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&address.bucket)
            .with_region(&address.region)
            .with_access_key_id(key)
            .with_secret_access_key(secret)
            // The storage compares what arrived before it says that it has it.
            .with_checksum_algorithm(Checksum::SHA256)
            .with_client_options(options)
            .with_retry(retry);
        if let Some(endpoint) = &address.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        let store = builder.build().map_err(|error| told(address, error))?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).thread_name("files").enable_all().build()?;
        Ok(Bucket { store: Arc::new(store), address: address.clone(), runtime: Arc::new(Runtime(Some(runtime))) })
    }

    /// Waits for a request; the thread of the caller may wait.
    fn wait<T>(&self, request: impl Future<Output = object_store::Result<T>>) -> io::Result<T> {
        let runtime = self.runtime.0.as_ref().ok_or_else(|| io::Error::other("the files are closed"))?;
        runtime.handle().block_on(request).map_err(|error| told(&self.address, error))
    }

    fn path(&self, hash: &str) -> Path {
        Path::from(format!("{}{}/{}", self.address.prefix, &hash[..2], &hash[2..]))
    }

    /// Uploads a local file under its hash. What is there already is written again: it may have been damaged.
    pub(super) fn keep(&self, from: &LocalPath, hash: &str) -> io::Result<()> {
        let (mut file, path) = (File::open(from)?, self.path(hash));
        let size = file.metadata()?.len();
        if size <= PART as u64 {
            let mut whole = Vec::with_capacity(usize::try_from(size).unwrap_or(PART));
            file.read_to_end(&mut whole)?;
            self.wait(self.store.put(&path, PutPayload::from(whole)))?;
        } else {
            self.wait(async {
                let mut parts = WriteMultipart::new_with_chunk_size(self.store.put_multipart(&path).await?, PART);
                let mut piece = vec![0; 256 << 10];
                loop {
                    parts.wait_for_capacity(PARTS_AT_ONCE - 1).await?;
                    match file.read(&mut piece) {
                        Ok(0) => return parts.finish().await.map(drop),
                        Ok(read) => parts.write(&piece[..read]),
                        Err(error) => {
                            parts.abort().await?;
                            return Err(object_store::Error::Generic { store: "files", source: error.into() });
                        }
                    }
                }
            })?;
        }
        // It must be there for whoever reads next, not only accepted.
        match self.size(hash)? {
            Some(there) if there == size => Ok(()),
            found => Err(io::Error::other(format!("{} took {hash} and has {} bytes of {size}", self.address, found.unwrap_or(0)))),
        }
    }

    /// How long a blob is; none when it is not there.
    pub(super) fn size(&self, hash: &str) -> io::Result<Option<u64>> {
        match self.wait(self.store.head(&self.path(hash))) {
            Ok(found) => Ok(Some(found.size)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Reads a blob piece by piece.
    pub(super) fn read(&self, hash: &str) -> io::Result<Reading> {
        let stream = self.wait(async { Ok(self.store.get(&self.path(hash)).await?.into_stream()) })?;
        Ok(Reading { stream, piece: bytes::Bytes::new(), bucket: self.clone() })
    }

    /// Removes a blob, if it is there.
    pub(super) fn remove(&self, hash: &str) -> io::Result<()> {
        match self.wait(self.store.delete(&self.path(hash))) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }

    /// Every blob, or those whose hash begins so: hash, length, and when it was written.
    pub(super) fn all(&self, begins: &str) -> io::Result<Vec<(String, u64, Moment)>> {
        let prefix = Path::from(format!("{}{begins}", self.address.prefix));
        let place = self.address.prefix.clone();
        let found: Vec<_> = self.wait(self.store.list(Some(&prefix).filter(|prefix| !prefix.as_ref().is_empty())).try_collect())?;
        let named = found.into_iter().filter_map(|object| {
            let (first, rest) = object.location.as_ref().strip_prefix(&place)?.split_once('/')?;
            let is_hash = first.len() == 2 && rest.len() == 62 && rest.bytes().all(|byte| byte.is_ascii_hexdigit());
            is_hash.then(|| (format!("{first}{rest}"), object.size, Moment(object.last_modified.timestamp_micros())))
        });
        Ok(named.collect())
    }
}

/// A blob that is being read.
pub(super) struct Reading {
    stream: BoxStream<'static, object_store::Result<bytes::Bytes>>,
    piece: bytes::Bytes,
    bucket: Bucket,
}

impl Read for Reading {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() {
            let next = self.stream.next();
            let runtime = self.bucket.runtime.0.as_ref().ok_or_else(|| io::Error::other("the files are closed"))?;
            match runtime.handle().block_on(next) {
                Some(piece) => self.piece = piece.map_err(|error| told(&self.bucket.address, error))?,
                None => return Ok(0),
            }
        }
        let taken = self.piece.split_to(buffer.len().min(self.piece.len()));
        buffer[..taken.len()].copy_from_slice(&taken);
        Ok(taken.len())
    }
}

/// In words. That a blob is not there is told from a storage that does not answer.
fn told(address: &Address, error: object_store::Error) -> io::Error {
    let kind = match &error {
        object_store::Error::NotFound { .. } => io::ErrorKind::NotFound,
        object_store::Error::PermissionDenied { .. } | object_store::Error::Unauthenticated { .. } => io::ErrorKind::PermissionDenied,
        object_store::Error::Generic { .. } => io::ErrorKind::HostUnreachable,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, format!("the file storage {address} does not do it: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_what_is_wrong_is_not_repeated() {
        let address = Address::parse("s3://shop-files/rapport/prod?region=eu-west-1&endpoint=http%3A%2F%2F127.0.0.1%3A9000").unwrap();
        assert_eq!((address.bucket.as_str(), address.prefix.as_str(), address.region.as_str()), ("shop-files", "rapport/prod/", "eu-west-1"));
        assert_eq!(address.endpoint.as_deref(), Some("http://127.0.0.1:9000"));
        assert_eq!(Address::parse("s3://shop-files").unwrap().prefix, "");

        for wrong in ["", "files", "s3://", "s3://KEY:hunter2@bucket/x", "s3://b?secret=hunter2", "s3://b?endpoint=https://u:hunter2@host", "https://b"] {
            let said = Address::parse(wrong).unwrap_err();
            assert!(said.contains("AWS_SECRET_ACCESS_KEY") && !said.contains("hunter2"), "{wrong}: {said}");
        }
    }
}
