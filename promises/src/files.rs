//! Customers who upload files without pause, and whether the files are there afterwards, byte for byte.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use rapport_bench::http::{Answer, Http, get};

/// An answer that takes longer counts as an unknown outcome.
const PATIENCE: Duration = Duration::from_secs(5);
/// Length of the files, in lines.
const LINES: std::ops::RangeInclusive<usize> = 20..=4_000;
/// Between one file and the next.
const PAUSE_MS: std::ops::RangeInclusive<u64> = 1..=30;

/// A file the server has acknowledged.
#[derive(Debug, Clone)]
struct Kept {
    id: String,
    token: String,
    line: String,
    lines: usize,
}

/// Every acknowledged file of one run. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Files {
    kept: Rc<RefCell<Vec<Kept>>>,
    /// Answers that are neither an acknowledgement nor a request to come again.
    refused: Rc<RefCell<Vec<String>>>,
}

/// A customer with many files.
#[derive(Debug)]
pub struct Uploader {
    name: String,
    token: String,
    files: Files,
    chance: StdRng,
    sent: u64,
}

impl Uploader {
    /// A customer with a name that makes the files unique.
    pub fn new(name: String, token: String, files: Files, seed: u64) -> Uploader {
        Uploader { name, token, files, chance: StdRng::seed_from_u64(seed), sent: 0 }
    }

    /// Uploads until the connection breaks or the server asks to come again. A file whose answer never came is forgotten: nobody
    /// has promised anything about it.
    pub async fn write(&mut self, address: SocketAddr) {
        let Ok(mut http) = Http::connect(address).await else { return };
        loop {
            self.sent += 1;
            let (line, lines) = (format!("{}, file {}, a line of it\n", self.name, self.sent), self.chance.random_range(LINES));
            let content = line.repeat(lines);
            let Ok(Ok(answer)) = tokio::time::timeout(PATIENCE, upload(&mut http, &self.token, "file.txt", &content)).await else { return };
            if answer.status == 503 {
                return;
            }
            let id = match id_of(answer) {
                Ok(id) => id,
                Err(error) => return self.files.refused.borrow_mut().push(error.to_string()),
            };
            self.files.kept.borrow_mut().push(Kept { id, token: self.token.clone(), line, lines });
            tokio::time::sleep(Duration::from_millis(self.chance.random_range(PAUSE_MS))).await;
        }
    }
}

impl Files {
    /// How many were acknowledged so far.
    pub fn len(&self) -> usize {
        self.kept.borrow().len()
    }

    /// Uploads that were refused, each as a sentence.
    pub fn refused(&self) -> Vec<String> {
        self.refused.borrow().clone()
    }

    /// Those after the first `from` that are not there as they were sent, each as a sentence.
    pub async fn missing(&self, address: SocketAddr, from: usize) -> Result<Vec<String>> {
        let kept: Vec<Kept> = self.kept.borrow()[from..].to_vec();
        let mut http = Http::connect(address).await?;
        let mut missing = Vec::new();
        for file in kept {
            let Ok(answer) = http.exchange(&get(&format!("/api/v1/chat/files/{}", file.id), Some(&file.token))).await else {
                // What is shorter than its row says ends in the middle of the answer.
                missing.push(format!("file {} cannot be read to its end", file.id));
                http = Http::connect(address).await?;
                continue;
            };
            if answer.status != 200 || answer.body != file.line.repeat(file.lines).as_bytes() {
                missing.push(format!("file {} ({} bytes) answers {} with {} bytes", file.id, file.line.len() * file.lines, answer.status, answer.body.len()));
            }
        }
        Ok(missing)
    }
}

/// Uploads one file as a customer.
pub async fn upload(http: &mut Http, token: &str, name: &str, content: &str) -> Result<Answer> {
    let length = content.len();
    let request = format!(
        "POST /api/v1/chat/files?name={name} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\r\n{content}"
    );
    http.exchange(request.as_bytes()).await
}

/// The id of a file that was acknowledged.
pub fn id_of(answer: Answer) -> Result<String> {
    if answer.status != 201 {
        bail!("an upload got {}: {}", answer.status, answer.text());
    }
    Ok(answer.json()?["id"].as_str().context("a file without id")?.to_owned())
}
