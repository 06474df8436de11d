//! The other nodes of an installation, heard of through NATS (the core protocol; nothing is kept there).
//!
//! The truth is in the database. What is said here is a hint (*the log grew*) or lasts only moments (who is connected), so a word
//! that is lost loses nothing: the log is looked at every [`Store::look_again`] anyway, and whoever says something that lasts says
//! it again. While NATS is away everything goes on by looking.
//!
//! Every letter is signed with the master key and with its subject, which holds the installation's id: what another installation,
//! another program or a node with another key says is not believed.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use async_nats::{Client, ConnectOptions, Event, Message, ServerAddr};
use futures_util::StreamExt as _;
use parking_lot::Mutex;
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tokio::{
    sync::{Notify, mpsc, oneshot, watch},
    time::timeout,
};
use uuid::Uuid;

use crate::{crypto::Vault, ids::Chance, store::Store};

/// Words that may wait to be said, and to be heard; those beyond are dropped and the speaker is told ([`Nodes::has_missed`]).
const QUEUE: usize = 4096;
/// The server is asked this often whether it is there, so that a dead connection is noticed within three times as long.
const PING: Duration = Duration::from_secs(5);
/// For how long one letter may wait for the connection.
const PATIENCE: Duration = Duration::from_secs(1);

/// Where NATS is, and who we are there.
#[derive(Clone)]
pub struct Nats {
    servers: Vec<ServerAddr>,
    login: Option<Login>,
    tls: Option<rustls::ClientConfig>,
    shown: String,
}

#[derive(Clone)]
enum Login {
    User(String, String),
    Token(String),
}

impl std::fmt::Debug for Nats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown)
    }
}

impl Nats {
    /// Reads `nats://user:password@host:4222` or `tls://token@host?sslrootcert=PATH`; several servers of one cluster with commas.
    /// `tls` demands TLS with a certificate that is valid for the host. What cannot be read is not repeated: it may hold a password.
    pub fn parse(text: &str) -> Result<Nats, String> {
        let wrong = || "nats is nats://user:password@host:4222 or tls://..., several with commas between them".to_owned();
        let (mut servers, mut login, mut roots, mut is_tls, mut shown) = (Vec::new(), None, None, false, Vec::new());
        for part in text.split(',').map(str::trim) {
            let (scheme, rest) = part.split_once("://").ok_or_else(wrong)?;
            if scheme != "nats" && scheme != "tls" {
                return Err(wrong());
            }
            is_tls |= scheme == "tls";
            let (rest, settings) = rest.split_once('?').unwrap_or((rest, ""));
            for setting in settings.split('&').filter(|setting| !setting.is_empty()) {
                roots = Some(setting.strip_prefix("sslrootcert=").ok_or_else(|| "a nats URL has one setting: sslrootcert=PATH".to_owned())?.to_owned());
            }
            let (who, host) = rest.rsplit_once('@').map_or((None, rest), |(who, host)| (Some(who), host));
            let plain = |text: &str| percent_decode_str(text).decode_utf8().map(|text| text.into_owned()).map_err(|_| wrong());
            if let Some(who) = who {
                login = Some(match who.split_once(':') {
                    Some((user, password)) => Login::User(plain(user)?, plain(password)?),
                    None => Login::Token(plain(who)?),
                });
            }
            let address = format!("{scheme}://{}", host.trim_end_matches('/'));
            servers.push(address.parse::<ServerAddr>().ok().filter(|address| !address.host().is_empty()).ok_or_else(wrong)?);
            shown.push(address);
        }
        let tls = if is_tls { Some(crate::tls::client(roots.as_deref())?) } else { None };
        Ok(Nats { servers, login, tls, shown: shown.join(", ") })
    }

    fn options(&self) -> ConnectOptions {
        // Servers are those the operator named: addresses that a server makes known may not be reachable from here.
        let mut options = ConnectOptions::new()
            .name("rapport")
            .no_echo()
            .retry_on_initial_connect()
            .ignore_discovered_servers()
            .ping_interval(PING)
            .connection_timeout(Duration::from_secs(4))
            .reconnect_delay_callback(|attempts| Duration::from_millis(50 * attempts.min(20) as u64))
            .subscription_capacity(QUEUE);
        if let Some(tls) = &self.tls {
            options = options.require_tls(true).tls_client_config(tls.clone());
        }
        match &self.login {
            Some(Login::User(user, password)) => options.user_and_password(user.clone(), password.clone()),
            Some(Login::Token(token)) => options.token(token.clone()),
            None => options,
        }
    }
}

/// How the way to the other nodes is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Link {
    /// This installation has one node.
    Alone,
    /// Words arrive.
    Up,
    /// NATS cannot be reached; everything goes on by looking.
    Away,
}

/// What reaches this node.
#[derive(Debug)]
pub enum Heard {
    /// The link is up (again): what lasts must be said anew, and asked for.
    Back,
    /// Another node said something.
    Said {
        /// Which; a process has a new name after every start.
        node: Uuid,
        /// Its words, as JSON.
        content: String,
    },
}

/// The way to the other nodes; without NATS there are none and every call is free. Clones share it.
#[derive(Clone)]
pub struct Nodes(Option<Arc<Inner>>);

struct Inner {
    nats: Nats,
    own: Uuid,
    vault: Vault,
    say: mpsc::Sender<Outgoing>,
    waiting: Mutex<Option<mpsc::Receiver<Outgoing>>>,
    grew: Notify,
    missed: AtomicBool,
    refused: AtomicBool,
    link: watch::Sender<bool>,
}

enum Outgoing {
    Word(String),
    /// Answered when everything before has left.
    Flush(oneshot::Sender<()>),
}

#[derive(Serialize)]
struct Letter<'a> {
    from: Uuid,
    said: &'a RawValue,
}

#[derive(Deserialize)]
struct Opened {
    from: Uuid,
    said: Box<RawValue>,
}

impl Nodes {
    /// No other nodes.
    pub fn none() -> Nodes {
        Nodes(None)
    }

    /// The nodes behind `nats`; nothing is connected before [`Nodes::run`].
    pub fn behind(nats: Option<Nats>, vault: &Vault, chance: &Chance) -> Nodes {
        Nodes(nats.map(|nats| {
            let mut own = [0; 16];
            chance.fill(&mut own);
            let (say, waiting) = mpsc::channel(QUEUE);
            Arc::new(Inner {
                nats,
                own: uuid::Builder::from_random_bytes(own).into_uuid(),
                vault: vault.clone(),
                say,
                waiting: Mutex::new(Some(waiting)),
                grew: Notify::new(),
                missed: AtomicBool::new(false),
                refused: AtomicBool::new(false),
                link: watch::Sender::new(false),
            })
        }))
    }

    /// Whether this installation has one node.
    pub fn is_alone(&self) -> bool {
        self.0.is_none()
    }

    /// How the way to the others is.
    pub fn link(&self) -> Link {
        match &self.0 {
            None => Link::Alone,
            Some(inner) if *inner.link.borrow() => Link::Up,
            Some(_) => Link::Away,
        }
    }

    /// Has the others look at the log. Many calls at once are one word.
    pub fn log_grew(&self) {
        if let Some(inner) = &self.0 {
            inner.grew.notify_one();
        }
    }

    /// Says something to the others, in the order of the calls. Never waits: what does not fit is dropped.
    pub fn say(&self, said: &impl Serialize) {
        let Some(inner) = &self.0 else { return };
        let word = serde_json::to_string(said).unwrap_or_default();
        if !*inner.link.borrow() || inner.say.try_send(Outgoing::Word(word)).is_err() {
            inner.missed.store(true, Ordering::Relaxed);
        }
    }

    /// Whether a word was dropped since this was asked last; then what lasts must be said anew.
    pub fn has_missed(&self) -> bool {
        self.0.as_ref().is_some_and(|inner| inner.missed.swap(false, Ordering::Relaxed))
    }

    /// Waits, for a second at most, until what was said has left.
    pub async fn flush(&self) {
        let Some(inner) = &self.0 else { return };
        let (done, left) = oneshot::channel();
        if inner.say.try_send(Outgoing::Flush(done)).is_ok() {
            let _ = timeout(PATIENCE, left).await;
        }
    }

    /// Speaks and listens for as long as it is polled. Hints go to the store, everything else to `heard`.
    pub async fn run(self, store: Store, installation: Uuid, heard: mpsc::Sender<Heard>) {
        let Some(inner) = self.0 else { return };
        let Some(mut waiting) = inner.waiting.lock().take() else { return };
        let subject = |what: &str| format!("rapport.{}.{what}", installation.simple());
        let (log, words) = (subject("log"), subject("word"));
        let Some((client, mut logs, mut said)) = inner.connect(&log, &words).await else { return };
        let mut link = inner.link.subscribe();
        let mut was_up = false;
        let mut first = Box::pin(tokio::time::sleep(3 * PATIENCE));
        let mut told = false;
        loop {
            tokio::select! {
                () = inner.grew.notified() => inner.publish(&client, &log, "null").await,
                Some(outgoing) = waiting.recv() => match outgoing {
                    Outgoing::Word(word) => inner.publish(&client, &words, &word).await,
                    Outgoing::Flush(done) => {
                        let _ = timeout(PATIENCE, client.flush()).await;
                        let _ = done.send(());
                    }
                },
                Some(message) = logs.next() => if inner.open(&log, &message).is_some() { store.hint() },
                Some(message) = said.next() => if let Some(Opened { from, said }) = inner.open(&words, &message)
                    && heard.try_send(Heard::Said { node: from, content: said.get().to_owned() }).is_err()
                {
                    metrics::counter!("rapport_nodes_words_total", "what" => "dropped").increment(1);
                },
                Ok(()) = link.changed() => {
                    let is_up = *link.borrow_and_update();
                    if is_up && !was_up {
                        tracing::info!(target: "nodes", nats = inner.nats.shown, "the other nodes are heard through NATS");
                        let _ = heard.try_send(Heard::Back);
                    }
                    if was_up && !is_up {
                        away(&inner.nats.shown);
                    }
                    told |= is_up;
                    was_up = is_up;
                }
                () = &mut first, if !told => {
                    away(&inner.nats.shown);
                    told = true;
                }
            }
        }
    }
}

fn away(nats: &str) {
    tracing::warn!(
        target: "nodes",
        nats,
        "NATS cannot be reached. Nothing is lost: changes of other nodes are seen by looking, who is connected to them is not. Trying on"
    );
}

impl Inner {
    async fn connect(&self, log: &str, words: &str) -> Option<(Client, async_nats::Subscriber, async_nats::Subscriber)> {
        let link = self.link.clone();
        let options = self.nats.options().event_callback(move |event| {
            let link = link.clone();
            async move {
                match event {
                    Event::Connected => drop(link.send_replace(true)),
                    Event::Disconnected | Event::Closed => drop(link.send_replace(false)),
                    _ => {}
                }
            }
        });
        let connected = async {
            let client = options.connect(self.nats.servers.as_slice()).await.map_err(|error| error.to_string())?;
            let logs = client.subscribe(log.to_owned()).await.map_err(|error| error.to_string())?;
            let said = client.subscribe(words.to_owned()).await.map_err(|error| error.to_string())?;
            Ok::<_, String>((client, logs, said))
        };
        match connected.await {
            Ok(all) => Some(all),
            Err(error) => {
                tracing::error!(target: "nodes", nats = self.nats.shown, error, "NATS cannot be used; changes of other nodes are seen by looking");
                None
            }
        }
    }

    async fn publish(&self, client: &Client, subject: &str, word: &str) {
        let Ok(said) = serde_json::from_str::<&RawValue>(word) else { return };
        let letter = serde_json::to_vec(&Letter { from: self.own, said }).unwrap_or_default();
        let signed = self.vault.sign(subject, &letter);
        let left = *self.link.borrow() && matches!(timeout(PATIENCE, client.publish(subject.to_owned(), signed.into())).await, Ok(Ok(())));
        if left {
            metrics::counter!("rapport_nodes_words_total", "what" => "said").increment(1);
        } else {
            self.missed.store(true, Ordering::Relaxed);
        }
    }

    /// What a letter says, when another node of ours wrote it.
    fn open(&self, subject: &str, message: &Message) -> Option<Opened> {
        let opened = std::str::from_utf8(&message.payload).ok().and_then(|signed| {
            let letter = self.vault.verify(subject, signed)?;
            serde_json::from_slice::<Opened>(&letter).ok()
        });
        let what = if opened.is_some() { "heard" } else { "refused" };
        metrics::counter!("rapport_nodes_words_total", "what" => what).increment(1);
        if opened.is_none() && !self.refused.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                target: "nodes",
                "a word of this installation is signed with another master key and was refused, as all such words will be. Give every node the same master.key"
            );
        }
        opened.filter(|opened| opened.from != self.own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_never_shows_who_we_are_there() {
        let nats = Nats::parse("nats://sam:p%40ss@nats.example.com:4333, nats://two.example.com").unwrap();

        assert_eq!(format!("{nats:?}"), "nats://nats.example.com:4333, nats://two.example.com");
        assert!(matches!(nats.login, Some(Login::User(user, password)) if user == "sam" && password == "p@ss"));
        assert!(matches!(Nats::parse("nats://t0ken@127.0.0.1").unwrap().login, Some(Login::Token(token)) if token == "t0ken"));
    }

    #[test]
    fn what_cannot_be_read_is_not_repeated() {
        for text in ["nats.example.com", "http://sam:secret@nats.example.com", "nats://sam:secret@", "nats://sam:secret@host?x=y", "nats://sam:secret@h:port"] {
            let refusal = Nats::parse(text).unwrap_err();
            assert!(!refusal.contains("secret"), "{refusal}");
        }
    }
}
