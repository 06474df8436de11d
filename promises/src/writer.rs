//! Customers and agents who write without pause and keep their word: what has an unknown outcome is repeated under
//! the same key until it is acknowledged, also after a restart of the server.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context as _, Result};
use futures_util::SinkExt as _;
use jiff::Timestamp;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use rapport_bench::http::{Answer, Http, get, send};
use rapport_bench::socket::{self, Socket};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::ledger::{Acknowledged, Kind, Ledger};

/// An answer that takes longer counts as an unknown outcome.
const PATIENCE: Duration = Duration::from_secs(5);

/// Who writes, and by what means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A customer who posts each message.
    VisitorOverHttp,
    /// A customer whose widget holds a WebSocket.
    VisitorOverSocket,
    /// An agent who replies, notes and changes the status of conversations.
    Agent,
}

/// One person who writes.
#[derive(Debug)]
pub struct Writer {
    role: Role,
    name: String,
    /// Session or API token.
    pub token: String,
    ledger: Ledger,
    chance: StdRng,
    written: u64,
    pending: Option<Draft>,
    last: Option<(Draft, Acknowledged)>,
    connected_at: Timestamp,
}

/// A message on its way.
#[derive(Debug, Clone)]
struct Draft {
    key: String,
    text: String,
    kind: Kind,
    /// Where an agent writes; customers do not choose.
    conversation_id: Option<String>,
    sent_before: bool,
}

enum Line {
    Http(Http),
    Socket(Box<Socket>),
}

/// Why a writer paused: the connection broke (expected, the server was broken on purpose).
struct Cut;

impl<E: std::fmt::Display> From<E> for Cut {
    fn from(_: E) -> Self {
        Self
    }
}

impl Writer {
    /// A writer with a name that makes its texts unique.
    pub fn new(role: Role, name: String, token: String, ledger: Ledger, seed: u64) -> Self {
        let chance = StdRng::seed_from_u64(seed);
        Self { role, name, token, ledger, chance, written: 0, pending: None, last: None, connected_at: Timestamp::MIN }
    }

    /// Whether this is a customer.
    pub fn is_visitor(&self) -> bool {
        self.role != Role::Agent
    }

    /// Writes until the connection breaks. First the message of unknown outcome, then one that was acknowledged
    /// already (its answer must be the same), then new ones.
    pub async fn write(&mut self, address: SocketAddr) {
        let _ = self.until_cut(address, None).await;
    }

    /// Repeats the message of unknown outcome, if there is one; whether everything is known afterwards.
    pub async fn settle(&mut self, address: SocketAddr) -> bool {
        let _ = self.until_cut(address, Some(0)).await;
        self.pending.is_none()
    }

    async fn until_cut(&mut self, address: SocketAddr, new_messages: Option<u64>) -> Result<(), Cut> {
        let mut line = self.connect(address).await?;
        self.connected_at = Timestamp::now();
        if let Some(draft) = self.pending.clone() {
            self.deliver(&mut line, draft).await?;
        }
        if let Some((draft, first)) = self.last.clone() {
            self.echo(&mut line, draft, &first).await?;
        }
        let before = self.written;
        while new_messages.is_none_or(|count| self.written < before + count) {
            if self.role == Role::Agent && self.chance.random_ratio(1, 8) {
                self.change_status(&mut line).await?;
            } else if let Some(draft) = self.draft() {
                self.pending = Some(draft.clone());
                self.deliver(&mut line, draft).await?;
            } else if let Line::Http(http) = &mut line {
                // An agent with nothing to answer yet would not notice that the server is gone.
                tokio::time::timeout(PATIENCE, http.exchange(&get("/healthz", None))).await??;
            }
            tokio::time::sleep(Duration::from_millis(self.chance.random_range(1..=6))).await;
        }
        Ok(())
    }

    async fn connect(&self, address: SocketAddr) -> Result<Line, Cut> {
        Ok(match self.role {
            Role::VisitorOverSocket => Line::Socket(Box::new(socket::live(address, &self.token).await?)),
            _ => Line::Http(Http::connect(address).await?),
        })
    }

    fn draft(&mut self) -> Option<Draft> {
        let conversation_id = match self.role {
            Role::Agent => Some(self.ledger.conversation(self.chance.random_range(0..1_000))?),
            _ => None,
        };
        let kind = match self.role {
            Role::Agent if self.chance.random_ratio(1, 3) => Kind::Note,
            Role::Agent => Kind::Reply,
            _ => Kind::Inbound,
        };
        self.written += 1;
        let (name, number) = (&self.name, self.written);
        let text = format!("{name} writes message {number}: has parcel {number} left yet?");
        Some(Draft { key: format!("{name}-{number}"), text, kind, conversation_id, sent_before: false })
    }

    /// Sends a message and notes its acknowledgement, after it has been read.
    async fn deliver(&mut self, line: &mut Line, draft: Draft) -> Result<(), Cut> {
        self.ledger.attempt(&draft.text, draft.sent_before);
        self.pending = Some(Draft { sent_before: true, ..draft.clone() });
        if let Some((acknowledged, created_at)) = self.send(line, &draft).await? {
            self.ledger.acknowledge(acknowledged.clone());
            if draft.sent_before && created_at.is_some_and(|created_at| created_at < self.connected_at) {
                self.ledger.found_stored();
            }
            self.pending = None;
            self.last = Some((draft, acknowledged));
        }
        Ok(())
    }

    /// Sends an acknowledged message again: the server must answer as it did the first time.
    async fn echo(&mut self, line: &mut Line, draft: Draft, first: &Acknowledged) -> Result<(), Cut> {
        self.ledger.echo();
        if let Some((again, _)) = self.send(line, &draft).await?
            && again != *first
        {
            self.ledger.object(format!("a repeated key was answered differently: first {first:?}, then {again:?}"));
        }
        Ok(())
    }

    async fn send(&mut self, line: &mut Line, draft: &Draft) -> Result<Option<(Acknowledged, Option<Timestamp>)>, Cut> {
        let answer = match line {
            Line::Http(http) => tokio::time::timeout(PATIENCE, http.exchange(&self.request(draft))).await??,
            Line::Socket(socket) => tokio::time::timeout(PATIENCE, over_socket(socket, &draft.key, &draft.text)).await??,
        };
        self.read(draft, &answer)
    }

    fn request(&self, draft: &Draft) -> Vec<u8> {
        let conversation = draft.conversation_id.as_deref().unwrap_or_default();
        let path = match draft.kind {
            Kind::Inbound => "/api/v1/chat/messages".to_owned(),
            Kind::Reply => format!("/api/v1/conversations/{conversation}/replies"),
            Kind::Note => format!("/api/v1/conversations/{conversation}/notes"),
        };
        send("POST", &path, Some(&self.token), Some(&draft.key), &json!({"text": draft.text}).to_string())
    }

    /// An acknowledgement, or nothing when the server asked to come again (503); any other answer is an objection.
    fn read(&self, draft: &Draft, answer: &Answer) -> Result<Option<(Acknowledged, Option<Timestamp>)>, Cut> {
        if answer.status == 503 {
            return Err(Cut);
        }
        if answer.status == 401 {
            self.ledger.stranger(format!("{} got 401: {}", self.name, answer.text()));
            return Err(Cut);
        }
        let body = answer.json()?;
        let text = |name: &str| body[name].as_str().map(str::to_owned);
        let acknowledged = (|| {
            Some(Acknowledged {
                text: draft.text.clone(),
                kind: draft.kind,
                message_id: text("id")?,
                conversation_id: text("conversation_id")?,
                seq: body["seq"].as_i64()?,
            })
        })();
        if answer.status != 201 || acknowledged.is_none() {
            self.ledger.object(format!("{} got {} for {:?}: {}", self.name, answer.status, draft.text, answer.text()));
            return Err(Cut);
        }
        let created_at = body["created_at"].as_str().and_then(|text| text.parse().ok());
        Ok(acknowledged.map(|acknowledged| (acknowledged, created_at)))
    }

    /// Opens, resolves or takes over a conversation, so that kept counts move while the server is broken.
    async fn change_status(&mut self, line: &mut Line) -> Result<(), Cut> {
        let Line::Http(http) = line else { return Ok(()) };
        let Some(conversation) = self.ledger.conversation(self.chance.random_range(0..1_000)) else { return Ok(()) };
        let change = [json!({"status": "resolved"}), json!({"status": "open"}), json!({"status": "waiting"}), json!({"priority": "high"})];
        let change = &change[self.chance.random_range(0..change.len())];
        let path = format!("/api/v1/conversations/{conversation}");
        let request = send("PATCH", &path, Some(&self.token), None, &change.to_string());
        let answer = tokio::time::timeout(PATIENCE, http.exchange(&request)).await??;
        if answer.status != 200 && answer.status != 503 {
            self.ledger.object(format!("changing {conversation} by {change} got {}: {}", answer.status, answer.text()));
        }
        Ok(())
    }
}

/// Sends over the WebSocket and waits for the frame that answers this key.
pub async fn over_socket(socket: &mut Socket, key: &str, text: &str) -> Result<Answer> {
    let frame = json!({"type": "message", "key": key, "text": text});
    socket.send(Message::text(frame.to_string())).await?;
    loop {
        let text = socket::next_text(socket).await?.context("the connection closed")?;
        let frame: Value = serde_json::from_str(&text)?;
        if frame["key"] != key {
            continue;
        }
        match frame["type"].as_str() {
            Some("accepted") => return Ok(Answer { status: 201, body: text.into_bytes() }),
            Some("refused") => {
                let status = frame["problem"]["status"].as_u64().unwrap_or(500);
                return Ok(Answer { status: u16::try_from(status)?, body: text.into_bytes() });
            }
            _ => {}
        }
    }
}
