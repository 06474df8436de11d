//! A console or a chat that listens: what it believes from frames, compared with a fresh look. One that differs is stale.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use futures_util::SinkExt as _;
use rapport_bench::http::{Http, get};
use rapport_bench::socket::{connect, next_text};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::readback::as_customer_after;

/// Which side it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// A console: every conversation with its version, and every message.
    Team,
    /// A chat: the customer's messages.
    Customer,
}

/// What is shown of one conversation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    version: i64,
    messages: BTreeMap<i64, String>,
}

/// Everything a client shows.
pub type Screen = BTreeMap<String, Shown>;

/// One client. It keeps its place in the log from one connection, and one node, to the next.
#[derive(Debug)]
pub struct Client {
    side: Side,
    token: String,
    position: Cell<Option<i64>>,
    screen: RefCell<Screen>,
    /// Up to where a chat has loaded what there was.
    cursor: RefCell<Option<String>>,
    /// When what it shows last became something else.
    changed: Cell<Option<Instant>>,
    /// What it is doing, to say so when it is stale.
    stage: Cell<&'static str>,
    /// How often it connected.
    pub connected: Cell<u64>,
    /// How often it was told to load everything anew.
    pub resynced: Cell<u64>,
}

impl Client {
    /// A client that has shown nothing yet.
    pub fn new(side: Side, token: String) -> Self {
        Self {
            side,
            token,
            position: Cell::default(),
            screen: RefCell::default(),
            cursor: RefCell::default(),
            changed: Cell::default(),
            stage: Cell::new("not connected"),
            connected: Cell::default(),
            resynced: Cell::default(),
        }
    }

    /// Listens to a node until the connection ends. May be dropped at any moment: what was not shown completely is asked for again.
    pub async fn listen(&self, address: SocketAddr) -> Result<()> {
        self.stage.set("connecting");
        let mut socket = connect(address, "/api/v1/live").await?;
        self.stage.set("waiting to be greeted");
        let auth = json!({"type": "auth", "token": self.token, "protocol": 1, "after": self.position.get()});
        socket.send(Message::text(auth.to_string())).await?;
        let mut must_load = self.position.get().is_none();
        while let Some(text) = next_text(&mut socket).await? {
            let frame: Value = serde_json::from_str(&text)?;
            match frame["type"].as_str().unwrap_or_default() {
                "resync" => {
                    self.resynced.set(self.resynced.get() + 1);
                    must_load = true;
                }
                "ready" => {
                    self.connected.set(self.connected.get() + 1);
                    if must_load {
                        // The connection stands already, so what happens from here on arrives as a frame.
                        self.stage.set("loading what it lacks");
                        let known = self.screen.borrow().clone();
                        let mut cursor = self.cursor.borrow().clone();
                        let fresh = catch_up(self.side, &self.token, address, known, &mut cursor).await?;
                        self.cursor.replace(cursor);
                        if *self.screen.borrow() != fresh {
                            self.changed.set(Some(Instant::now()));
                        }
                        self.screen.replace(fresh);
                        self.position.set(frame["position"].as_i64());
                    }
                    must_load = false;
                    self.stage.set("listening");
                }
                // A head beyond what has arrived is no place to resume from.
                "heartbeat" => {}
                "session_ended" => bail!("the session has ended"),
                kind => {
                    if let (Side::Team, Some(id)) = (self.side, frame["conversation_id"].as_str())
                        && !self.screen.borrow().contains_key(id)
                    {
                        // It came into sight, so it is fetched, as a console does that opens it.
                        let shown = look_at(&mut Http::connect(address).await?, &self.token, id, Shown::default()).await?;
                        self.screen.borrow_mut().insert(id.to_owned(), shown);
                        self.changed.set(Some(Instant::now()));
                    }
                    self.apply(kind, &frame);
                    if !must_load {
                        self.position.set(self.position.get().max(frame["position"].as_i64()));
                    }
                }
            }
        }
        Ok(())
    }

    /// Applies a frame of a conversation; repeats are known by their version.
    fn apply(&self, kind: &str, frame: &Value) {
        let (Some(id), Some(version)) = (frame["conversation_id"].as_str(), frame["version"].as_i64()) else { return };
        let mut screen = self.screen.borrow_mut();
        if kind == "conversation_removed" {
            if screen.remove(id).is_some() {
                self.changed.set(Some(Instant::now()));
            }
            return;
        }
        let shown = screen.entry(id.to_owned()).or_default();
        if self.side == Side::Customer || version > shown.version {
            // A customer's repeats are applied once more, and change nothing.
            let mut is_new = self.side == Side::Team;
            shown.version = version;
            if let Some(seq) = frame["message"]["seq"].as_i64() {
                let text = frame["message"]["text"].as_str().unwrap_or_default();
                is_new |= shown.messages.insert(seq, text.to_owned()).as_deref() != Some(text);
            }
            if is_new {
                self.changed.set(Some(Instant::now()));
            }
        }
    }

    /// How long after a moment it last showed something new. Once it shows what is there, it has done so since then.
    pub fn changed_after(&self, moment: Instant) -> Duration {
        self.changed.get().map_or(Duration::ZERO, |changed| changed.saturating_duration_since(moment))
    }

    /// What one that loads everything anew would show.
    pub async fn afresh(&self, address: SocketAddr) -> Result<Screen> {
        catch_up(self.side, &self.token, address, Screen::new(), &mut None).await
    }

    /// Which side it shows.
    pub fn side(&self) -> Side {
        self.side
    }

    /// How this client differs from one that has just loaded everything, in words; nothing when it does not.
    pub fn differs(&self, fresh: &Screen) -> Option<String> {
        let screen = self.screen.borrow();
        let shown = |screen: &Screen, id: &str| screen.get(id).cloned().unwrap_or_default();
        fresh.keys().chain(screen.keys()).find_map(|id| {
            let (mut has, is) = (shown(&screen, id), shown(fresh, id));
            if self.side == Side::Customer {
                has.version = is.version;
            }
            let missing: Vec<_> = is.messages.keys().filter(|seq| !has.messages.contains_key(seq)).collect();
            let (first, last) = (missing.first(), missing.last());
            (has != is).then(|| {
                format!(
                    "a {:?} client, {} at position {:?}, shows conversation {id} at version {} with {} messages; it is at version {} with {}, and {} are missing, {first:?} to {last:?}",
                    self.side,
                    self.stage.get(),
                    self.position.get(),
                    has.version,
                    has.messages.len(),
                    is.version,
                    is.messages.len(),
                    missing.len()
                )
            })
        })
    }
}

/// Everything there is, of which only what is not known is loaded: a conversation's messages from the first that is lacking. Its
/// version is read before its messages, so that none of that version is missing; one that moves from list to list meanwhile may be
/// missed, and comes with its next frame.
async fn catch_up(side: Side, token: &str, address: SocketAddr, mut known: Screen, cursor: &mut Option<String>) -> Result<Screen> {
    let mut screen = Screen::new();
    if side == Side::Customer {
        for message in as_customer_after(address, token, cursor).await? {
            known.entry(message.conversation_id).or_default().messages.insert(message.seq, message.text);
        }
        return Ok(known);
    }
    let mut http = Http::connect(address).await?;
    for view in ["all", "snoozed", "resolved"] {
        let first = format!("/api/v1/conversations?view={view}&limit=100");
        let mut path = first.clone();
        loop {
            let page = fetch(&mut http, token, &path).await?;
            for item in items(&page)? {
                let id = item["id"].as_str().context("a conversation without id")?.to_owned();
                let shown = known.remove(&id);
                screen.entry(id).or_insert_with(|| shown.unwrap_or_default());
            }
            let Some(next) = page["next"].as_str() else { break };
            path = format!("{first}&cursor={next}");
        }
    }
    for (id, shown) in &mut screen {
        *shown = look_at(&mut http, token, id, std::mem::take(shown)).await?;
    }
    Ok(screen)
}

async fn look_at(http: &mut Http, token: &str, id: &str, mut shown: Shown) -> Result<Shown> {
    shown.version = fetch(http, token, &format!("/api/v1/conversations/{id}")).await?["version"].as_i64().context("no version")?;
    // The team sees every message, so the first number that is not there is what is lacking.
    let mut after = (1..).zip(shown.messages.keys()).take_while(|(n, seq)| n == *seq).last().map_or(0, |(n, _)| n);
    loop {
        let page = fetch(http, token, &format!("/api/v1/conversations/{id}/messages?after_seq={after}&limit=100")).await?;
        for message in items(&page)? {
            let seq = message["seq"].as_i64().context("a message without seq")?;
            after = after.max(seq);
            shown.messages.insert(seq, message["text"].as_str().unwrap_or_default().to_owned());
        }
        if items(&page)?.is_empty() {
            return Ok(shown);
        }
    }
}

async fn fetch(http: &mut Http, token: &str, path: &str) -> Result<Value> {
    http.exchange(&get(path, Some(token))).await?.expect(200).with_context(|| format!("GET {path}"))?.json()
}

fn items(page: &Value) -> Result<&Vec<Value>> {
    page["items"].as_array().context("a list without items")
}
