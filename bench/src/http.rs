//! The smallest HTTP/1.1 client that can keep a connection alive.
//!
//! A general client would cost more processor time than the server it measures, and both share the machine.
//! It reads answers that state their length or come in chunks, and nothing else.

use std::net::SocketAddr;

use anyhow::{Context as _, Result, bail, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// One kept-alive connection.
#[derive(Debug)]
pub struct Http {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// Status and body of an answer.
#[derive(Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The body as it came.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Result<serde_json::Value> {
        serde_json::from_slice(&self.body).with_context(|| format!("status {}, body {:?}", self.status, self.text()))
    }

    /// The body as text, for error messages.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).chars().take(400).collect()
    }

    /// Refuses anything but the expected status, with the problem the server stated.
    pub fn expect(self, status: u16) -> Result<Self> {
        ensure!(self.status == status, "expected {status}, got {}: {}", self.status, self.text());
        Ok(self)
    }
}

/// The bytes of a GET request.
pub fn get(path: &str, bearer: Option<&str>) -> Vec<u8> {
    let authorization = bearer.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{authorization}\r\n").into_bytes()
}

/// The bytes of a request with a JSON body; `key` becomes the `Idempotency-Key`.
pub fn send(method: &str, path: &str, bearer: Option<&str>, key: Option<&str>, body: &str) -> Vec<u8> {
    let authorization = bearer.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    let key = key.map(|key| format!("Idempotency-Key: {key}\r\n")).unwrap_or_default();
    format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n{authorization}{key}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len())
        .into_bytes()
}

impl Http {
    /// Connects.
    pub async fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(16 * 1024) })
    }

    /// Sends one request and reads its answer. After an error the connection must not be used again.
    pub async fn exchange(&mut self, request: &[u8]) -> Result<Answer> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head_length = self.read_head().await?;
        let head = std::str::from_utf8(&self.buffer[..head_length]).context("head of the answer")?;
        let status: u16 = head.get(9..12).context("status line")?.parse()?;
        let framing = framing(head, status);
        self.buffer.drain(..head_length);
        let body = match framing {
            Framing::Length(length) => self.read_length(length).await?,
            Framing::Chunked => self.read_chunks().await?,
            Framing::Unknown => bail!("an answer without a length (status {status})"),
        };
        Ok(Answer { status, body })
    }

    async fn fill(&mut self) -> Result<()> {
        let read = self.stream.read_buf(&mut self.buffer).await?;
        ensure!(read > 0, "the server closed the connection");
        Ok(())
    }

    async fn read_head(&mut self) -> Result<usize> {
        loop {
            if let Some(at) = self.buffer.windows(4).position(|window| window == b"\r\n\r\n") {
                return Ok(at + 4);
            }
            ensure!(self.buffer.len() < 64 * 1024, "the head of the answer is too long");
            self.fill().await?;
        }
    }

    async fn read_length(&mut self, length: usize) -> Result<Vec<u8>> {
        while self.buffer.len() < length {
            self.fill().await?;
        }
        Ok(self.buffer.drain(..length).collect())
    }

    async fn read_chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let end = loop {
                if let Some(at) = self.buffer.windows(2).position(|window| window == b"\r\n") {
                    break at;
                }
                self.fill().await?;
            };
            let size = usize::from_str_radix(std::str::from_utf8(&self.buffer[..end])?.trim(), 16)?;
            self.buffer.drain(..end + 2);
            let chunk = self.read_length(size + 2).await?;
            if size == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&chunk[..size]);
        }
    }
}

enum Framing {
    Length(usize),
    Chunked,
    Unknown,
}

fn framing(head: &str, status: u16) -> Framing {
    if status == 204 || status == 304 {
        return Framing::Length(0);
    }
    for line in head.lines().skip(1) {
        let Some((name, value)) = line.split_once(':') else { continue };
        if name.eq_ignore_ascii_case("content-length") {
            return value.trim().parse().map_or(Framing::Unknown, Framing::Length);
        }
        if name.eq_ignore_ascii_case("transfer-encoding") {
            return Framing::Chunked;
        }
    }
    Framing::Unknown
}
