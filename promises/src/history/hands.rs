//! Those who make the history: customers who send and read, agents who answer, read and assign. One thing at a time each.

use std::cell::Cell;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use rapport_bench::http::{Answer, Http, get, send};
use rapport_bench::socket::{self, Socket};
use serde_json::{Value, json};
use tokio::time::timeout;

use super::operations::{History, Outcome, What};
use crate::ledger::{Acknowledged, Kind};
use crate::readback::{items, read};
use crate::writer::{Role, over_socket};

/// An answer that takes longer counts as an unknown outcome; a pause may be shorter or longer.
const PATIENCE: Duration = Duration::from_secs(3);
/// So many messages a page, so that readings have many pages.
const PAGE: usize = 20;

/// Where everybody works.
#[derive(Debug)]
pub struct Place {
    /// Where the server answers; it moves with each start.
    pub address: Cell<SocketAddr>,
    /// Whether it is time to end.
    pub over: Cell<bool>,
    /// Conversations that are assigned to somebody from the beginning.
    pub conversations: Vec<String>,
    /// Agents to assign to.
    pub agents: Vec<String>,
}

/// One of them.
#[derive(Debug)]
pub struct Hand {
    /// Names it in the history.
    pub number: usize,
    /// Who, and by what means.
    pub role: Role,
    /// Session or API token.
    pub token: String,
    history: History,
    chance: StdRng,
    written: u64,
    /// A message of unknown outcome that it will send again.
    pending: Option<Draft>,
    /// Where a customer's next reading begins.
    cursor: Option<String>,
    /// Behind which number an agent's next reading of a conversation begins.
    read_up_to: HashMap<String, i64>,
}

#[derive(Debug, Clone)]
struct Draft {
    text: String,
    kind: Kind,
    conversation_id: Option<String>,
}

struct Line {
    http: Http,
    socket: Option<Box<Socket>>,
}

impl Hand {
    /// One who has not done anything yet.
    pub fn new(number: usize, role: Role, token: String, history: History, seed: u64) -> Self {
        let chance = StdRng::seed_from_u64(seed);
        Self { number, role, token, history, chance, written: 0, pending: None, cursor: None, read_up_to: HashMap::new() }
    }

    /// Works until it is over, over as many connections as it takes.
    pub async fn work(mut self, place: Rc<Place>) -> Self {
        while !place.over.get() {
            let _ = self.until_cut(&place).await;
            self.rest(10..=60).await;
        }
        self
    }

    async fn rest(&mut self, milliseconds: std::ops::RangeInclusive<u64>) {
        tokio::time::sleep(Duration::from_millis(self.chance.random_range(milliseconds))).await;
    }

    async fn until_cut(&mut self, place: &Place) -> Result<()> {
        let mut line = timeout(PATIENCE, self.connect(place.address.get())).await??;
        while !place.over.get() {
            let chosen = self.chance.random_range(0..10);
            match self.role {
                Role::Agent if chosen < 4 => self.assign(&mut line, place).await?,
                Role::Agent if chosen < 7 => {
                    let id = place.conversations[self.chance.random_range(0..place.conversations.len())].clone();
                    self.read_conversation(&mut line, &id).await?;
                }
                Role::VisitorOverHttp | Role::VisitorOverSocket if chosen < 4 => self.read_chat(&mut line).await?,
                _ => self.say(&mut line, place).await?,
            }
            self.rest(10..=60).await;
        }
        Ok(())
    }

    async fn connect(&self, address: SocketAddr) -> Result<Line> {
        let socket = match self.role {
            Role::VisitorOverSocket => Some(Box::new(socket::live(address, &self.token).await?)),
            _ => None,
        };
        Ok(Line { http: Http::connect(address).await?, socket })
    }

    /// Sends the message of unknown outcome again, under its key, or a new one.
    async fn say(&mut self, line: &mut Line, place: &Place) -> Result<()> {
        let draft = match self.pending.take() {
            Some(draft) => draft,
            None => self.draft(place),
        };
        let began = self.history.tick();
        let answer = timeout(PATIENCE, self.send(line, &draft)).await.map_err(anyhow::Error::from).and_then(|answer| answer);
        let outcome = match &answer {
            Ok(answer) => self.outcome(&draft, answer),
            Err(_) => Outcome::Unknown,
        };
        if outcome == Outcome::Unknown && self.chance.random_ratio(2, 3) {
            self.pending = Some(draft.clone());
        }
        self.history.note(self.number, began, What::Send { text: draft.text, kind: draft.kind, outcome });
        answer.map(drop)
    }

    fn draft(&mut self, place: &Place) -> Draft {
        self.written += 1;
        let text = format!("Client {} writes message {}.", self.number, self.written);
        if self.role != Role::Agent {
            return Draft { text, kind: Kind::Inbound, conversation_id: None };
        }
        let kind = if self.chance.random_ratio(1, 3) { Kind::Note } else { Kind::Reply };
        Draft { text, kind, conversation_id: Some(place.conversations[self.chance.random_range(0..place.conversations.len())].clone()) }
    }

    async fn send(&self, line: &mut Line, draft: &Draft) -> Result<Answer> {
        // The text is unique, so it is its own key.
        if let Some(socket) = &mut line.socket {
            return over_socket(socket, &draft.text, &draft.text).await;
        }
        let conversation = draft.conversation_id.as_deref().unwrap_or_default();
        let path = match draft.kind {
            Kind::Inbound => "/api/v1/chat/messages".to_owned(),
            Kind::Reply => format!("/api/v1/conversations/{conversation}/replies"),
            Kind::Note => format!("/api/v1/conversations/{conversation}/notes"),
        };
        line.http.exchange(&send("POST", &path, Some(&self.token), Some(&draft.text), &json!({"text": draft.text}).to_string())).await
    }

    fn outcome(&self, draft: &Draft, answer: &Answer) -> Outcome<Acknowledged> {
        let body = answer.json().unwrap_or_default();
        let text = |name: &str| body[name].as_str().map(str::to_owned);
        match (answer.status, text("id"), text("conversation_id"), body["seq"].as_i64()) {
            (201, Some(message_id), Some(conversation_id), Some(seq)) => {
                Outcome::Done(Acknowledged { text: draft.text.clone(), kind: draft.kind, message_id, conversation_id, seq })
            }
            (503, ..) if says_unknown(answer) => Outcome::Unknown,
            (503, ..) => Outcome::Refused,
            _ => {
                self.history.object(format!("sending {:?} got {}: {}", draft.text, answer.status, answer.text()));
                Outcome::Unknown
            }
        }
    }

    /// A customer's first message, before anything happens to the server; the conversation it is in.
    pub async fn open_chat(&mut self, address: SocketAddr) -> Result<String> {
        let draft = Draft { text: format!("Client {} says hello.", self.number), kind: Kind::Inbound, conversation_id: None };
        let mut line = Line { http: Http::connect(address).await?, socket: None };
        let began = self.history.tick();
        let answer = self.send(&mut line, &draft).await?;
        let outcome = self.outcome(&draft, &answer);
        let Outcome::Done(accepted) = outcome.clone() else { bail!("the first message got {}: {}", answer.status, answer.text()) };
        self.history.note(self.number, began, What::Send { text: draft.text, kind: draft.kind, outcome });
        Ok(accepted.conversation_id)
    }

    /// Reads a customer's chat on from where the last reading ended.
    pub async fn read_chat_at(&mut self, address: SocketAddr) -> Result<()> {
        let mut line = Line { http: Http::connect(address).await?, socket: None };
        self.read_chat(&mut line).await
    }

    async fn read_chat(&mut self, line: &mut Line) -> Result<()> {
        let (began, mut found) = (self.history.tick(), Vec::new());
        let all = async {
            loop {
                let after = self.cursor.as_ref().map(|cursor| format!("&after={cursor}")).unwrap_or_default();
                let page = fetch(&mut line.http, &self.token, &format!("/api/v1/chat/messages?limit={PAGE}{after}")).await?;
                for item in items(&page)? {
                    found.push(read(item)?);
                }
                if let Some(cursor) = page["cursor"].as_str() {
                    self.cursor = Some(cursor.to_owned());
                }
                if page["next"].is_null() {
                    return Ok(());
                }
            }
        };
        let ended: Result<()> = timeout(PATIENCE, all).await.unwrap_or_else(|slow| Err(slow.into()));
        self.history.note(self.number, began, What::Read { conversation_id: None, items: found, whole: ended.is_ok() });
        ended
    }

    async fn read_conversation(&mut self, line: &mut Line, id: &str) -> Result<()> {
        let (began, mut found) = (self.history.tick(), Vec::new());
        let last = self.read_up_to.entry(id.to_owned()).or_default();
        let all = async {
            loop {
                let page = fetch(&mut line.http, &self.token, &format!("/api/v1/conversations/{id}/messages?after_seq={last}&limit={PAGE}")).await?;
                if items(&page)?.is_empty() {
                    return Ok(());
                }
                for item in items(&page)? {
                    let message = read(item)?;
                    *last = message.seq;
                    found.push(message);
                }
            }
        };
        let ended: Result<()> = timeout(PATIENCE, all).await.unwrap_or_else(|slow| Err(slow.into()));
        self.history.note(self.number, began, What::Read { conversation_id: Some(id.to_owned()), items: found, whole: ended.is_ok() });
        ended
    }

    /// Looks who a conversation is assigned to and assigns it to somebody else, unless it has changed meanwhile.
    async fn assign(&mut self, line: &mut Line, place: &Place) -> Result<()> {
        let id = place.conversations[self.chance.random_range(0..place.conversations.len())].clone();
        let (based_on, current) = self.look(&mut line.http, &id).await?;
        // Agents meet here on purpose.
        self.rest(0..=20).await;
        let others: Vec<&String> = place.agents.iter().filter(|agent| **agent != current).collect();
        let assignee = others[self.chance.random_range(0..others.len())].clone();
        let began = self.history.tick();
        let answer =
            timeout(PATIENCE, line.http.exchange(&patch(&id, &self.token, based_on, &assignee))).await.map_err(anyhow::Error::from).and_then(|answer| answer);
        let outcome = match &answer {
            Ok(answer) => match (answer.status, answer.json().unwrap_or_default()["version"].as_i64()) {
                (200, Some(version)) => Outcome::Done(version),
                (503, _) if says_unknown(answer) => Outcome::Unknown,
                (412 | 503, _) => Outcome::Refused,
                _ => {
                    self.history.object(format!("assigning {id} at version {based_on} got {}: {}", answer.status, answer.text()));
                    Outcome::Unknown
                }
            },
            Err(_) => Outcome::Unknown,
        };
        self.history.note(self.number, began, What::Assign { conversation_id: id, based_on, assignee, outcome });
        answer.map(drop)
    }

    /// Looks who a conversation is assigned to; its version, and to whom.
    pub async fn look(&self, http: &mut Http, id: &str) -> Result<(i64, String)> {
        let began = self.history.tick();
        let shown = timeout(PATIENCE, fetch(http, &self.token, &format!("/api/v1/conversations/{id}"))).await??;
        let version = shown["version"].as_i64().context("a conversation without version")?;
        let assignee = shown["assignee_id"].as_str().unwrap_or("nobody").to_owned();
        self.history.note(self.number, began, What::Look { conversation_id: id.to_owned(), version, assignee: assignee.clone() });
        Ok((version, assignee))
    }
}

/// Assigns a conversation on the condition that it is at this version.
fn patch(id: &str, token: &str, version: i64, assignee: &str) -> Vec<u8> {
    let body = json!({"assignee_id": assignee}).to_string();
    format!(
        "PATCH /api/v1/conversations/{id} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nIf-Match: \"{version}\"\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

async fn fetch(http: &mut Http, token: &str, path: &str) -> Result<Value> {
    let answer = http.exchange(&get(path, Some(token))).await?;
    if answer.status != 200 {
        bail!("GET {path} got {}: {}", answer.status, answer.text());
    }
    answer.json()
}

/// A commit that a full disk broke off: the server says that it does not know what became of it.
fn says_unknown(answer: &Answer) -> bool {
    answer.text().contains("not known whether")
}
