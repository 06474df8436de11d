//! Thousands of visitors who leave the chat open and say nothing, fifty agents, and a restart under them.
//!
//! One visitor in ten has written and waits for answers; agents reply to them all the time. Everybody reconnects with the
//! widget's own delays, fetches what was missed and notes every message: at the end nobody may lack one.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use futures_util::SinkExt as _;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use rapport_bench::figures::{Latencies, millis};
use rapport_bench::http::{Http, get, send};
use rapport_bench::product::{House, Product};
use rapport_bench::report::{Table, Verdict};
use rapport_bench::socket::{self, next_text, session};
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::task::LocalSet;
use tokio_tungstenite::tungstenite::Message;

use crate::promise::{Ground, Report};
use crate::verdict::check_none;

const AGENTS: usize = 50;
const ONE_WAITS_IN: usize = 10;
const REPLIES_EVERY: Duration = Duration::from_millis(20);
const ASK_EVERY: Duration = Duration::from_millis(100);
/// Heartbeats come every fifteen seconds, so that idleness is measured over two of them.
const IDLE: Duration = Duration::from_secs(30);
const KIB_EACH: f64 = 64.0;
const CONNECTS_PER_SECOND: f64 = 500.0;
const IDLE_SHARE: f64 = 0.15;
const BACK_WITHIN: Duration = Duration::from_secs(60);
const P99_BELOW_MS: f64 = 1_000.0;
const STOP_WITHIN: Duration = Duration::from_secs(15);

/// How many visitors there are.
#[derive(Debug, Clone, Copy)]
pub struct Idle {
    /// How many.
    pub visitors: usize,
    /// Whether the machine is left alone long enough to measure idleness and memory; the short form does not.
    pub measured: bool,
}

/// What everybody knows.
struct Shared {
    address: Cell<SocketAddr>,
    connected: Cell<usize>,
    stop: Cell<bool>,
    /// Only so many shake hands at once: a browser has its own processor, these share one.
    door: Semaphore,
    faults: RefCell<Vec<String>>,
    told_to_reload: Cell<usize>,
    repeated: Cell<usize>,
}

/// The message ids one client has seen, by whatever way.
type Seen = Rc<RefCell<HashSet<String>>>;

struct Waiting {
    conversation: String,
    seen: Seen,
}

impl Idle {
    /// Connects them all, restarts the server, and waits until everybody is back.
    pub async fn run(self, ground: &Ground) -> Result<Report> {
        LocalSet::new().run_until(self.all(ground)).await
    }

    async fn all(self, ground: &Ground) -> Result<Report> {
        let mut house = House::furnish(&ground.binary, &ground.folder.join("data"))?;
        house.log = ground.folder.join("server.log");
        let mut product = house.open().await?;
        let shared = Rc::new(Shared {
            address: Cell::new(product.address),
            connected: Cell::new(0),
            stop: Cell::new(false),
            door: Semaphore::new(64),
            faults: RefCell::default(),
            told_to_reload: Cell::new(0),
            repeated: Cell::new(0),
        });
        let mut http = Http::connect(product.address).await?;
        let mut people = Vec::new();
        let mut waiting = Vec::new();
        for number in 0..self.visitors {
            let token = session(&mut http, &house.inbox_key).await?;
            let seen = Seen::default();
            if number % ONE_WAITS_IN == 0 {
                let body = json!({"text": format!("Question {number}")}).to_string();
                let answer = http.exchange(&send("POST", "/api/v1/chat/messages", Some(&token), Some("first"), &body)).await?.expect(201)?.json()?;
                let conversation = answer["conversation_id"].as_str().context("no conversation_id")?.to_owned();
                waiting.push(Waiting { conversation, seen: seen.clone() });
            }
            people.push((token, seen, number % ONE_WAITS_IN == 0));
        }
        let agents: Vec<Seen> = (0..AGENTS).map(|_| Seen::default()).collect();
        let mut chance = StdRng::seed_from_u64(ground.seed);
        for seen in &agents {
            tokio::task::spawn_local(agent(shared.clone(), house.token.clone(), seen.clone(), StdRng::seed_from_u64(chance.random())));
        }
        shared.connected_reach(AGENTS).await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        let before_kib = product.resident_kib()?;
        let began = Instant::now();
        for (token, seen, waits) in people {
            tokio::task::spawn_local(visitor(shared.clone(), token, seen, waits, StdRng::seed_from_u64(chance.random())));
        }
        let everybody = AGENTS + self.visitors;
        shared.connected_reach(everybody).await?;
        let connecting = began.elapsed();
        let mut cpu_share = 0.0;
        if self.measured {
            tokio::time::sleep(Duration::from_secs(5)).await;
            let (cpu, began) = (product.cpu_time()?, Instant::now());
            tokio::time::sleep(IDLE).await;
            cpu_share = (product.cpu_time()? - cpu).as_secs_f64() / began.elapsed().as_secs_f64();
        }
        let kib_each = product.resident_kib()?.saturating_sub(before_kib) as f64 / self.visitors as f64;

        let replies = tokio::task::spawn_local(replies(shared.clone(), house.token.clone(), waiting.iter().map(|one| one.conversation.clone()).collect()));
        let asking = tokio::task::spawn_local(ask(shared.clone(), house.token.clone()));
        tokio::time::sleep(Duration::from_secs(3)).await;
        let asked = Instant::now();
        product.stop(STOP_WITHIN).await?.context("the server did not end when asked")?;
        product = restart(&house, &shared).await?;
        let back = shared.connected_reach(everybody).await.map(|()| asked.elapsed());
        tokio::time::sleep(Duration::from_secs(3)).await;
        shared.stop.set(true);
        let (sent, mut latencies) = (replies.await??, asking.await?);
        // The last frames are on their way.
        tokio::time::sleep(Duration::from_secs(1)).await;
        let served = product.stop(STOP_WITHIN).await?;

        let missing = missing(&sent, &waiting, &agents, shared.told_to_reload.get());
        let (connects, p99) = (self.visitors as f64 / connecting.as_secs_f64(), millis(latencies.percentile(0.99)));
        let seconds = back.as_ref().map(Duration::as_secs_f64).unwrap_or(f64::INFINITY);
        let mut table = Table::new(&["what", "figure"]);
        table.row(["visitors, agents".to_owned(), format!("{}, {AGENTS}", self.visitors)]);
        table.row(["connected a second".to_owned(), format!("{connects:.0}")]);
        table.row(["memory for each visitor".to_owned(), format!("{kib_each:.1} KiB")]);
        table.row(["processor while idle".to_owned(), format!("{:.1} % of a core", cpu_share * 100.0)]);
        table.row(["all back after the request to stop".to_owned(), format!("{seconds:.1} s")]);
        table.row(["replies acknowledged".to_owned(), sent.len().to_string()]);
        table.row(["agents told to reload".to_owned(), shared.told_to_reload.get().to_string()]);
        table.row(["frames that came again, dropped by version".to_owned(), shared.repeated.get().to_string()]);
        table.row(["p99 of a page of the inbox meanwhile".to_owned(), format!("{p99:.0} ms")]);
        print!("{}", table.render());
        let mut verdict = Verdict::default();
        if self.measured {
            verdict.check(kib_each <= KIB_EACH, format!("{kib_each:.1} KiB for each visitor (at most {KIB_EACH:.0})"));
            verdict.check(connects >= CONNECTS_PER_SECOND, format!("{connects:.0} connected a second (at least {CONNECTS_PER_SECOND:.0})"));
            verdict.check(cpu_share <= IDLE_SHARE, format!("{:.1} % of a core while idle (at most {:.0})", cpu_share * 100.0, IDLE_SHARE * 100.0));
            verdict.check(p99 <= P99_BELOW_MS, format!("p99 of an agent's page {p99:.0} ms (at most {P99_BELOW_MS:.0})"));
        }
        verdict.check(seconds <= BACK_WITHIN.as_secs_f64(), format!("everybody was back after {seconds:.1} s (at most {})", BACK_WITHIN.as_secs()));
        verdict.check(!sent.is_empty(), format!("{} replies were acknowledged meanwhile", sent.len()));
        check_none(&mut verdict, "messages a client lacks", &missing);
        check_none(&mut verdict, "messages that came with two numbers, positions that went back", &shared.faults.borrow());
        verdict.check(served.is_some_and(|(status, _)| status.success()), "the server ended when asked");
        let figure = format!(
            "{kib_each:.1} KiB each, {connects:.0} connected/s, {:.1} % of a core idle; all back after {seconds:.1} s, p99 of a page {p99:.0} ms, {} lacking, {} doubled",
            cpu_share * 100.0,
            missing.len(),
            shared.faults.borrow().len()
        );
        Ok(Report { n: format!("{} visitors, {AGENTS} agents, 1 restart", self.visitors), figure, verdict })
    }
}

impl Shared {
    async fn connected_reach(&self, wanted: usize) -> Result<()> {
        let began = Instant::now();
        while self.connected.get() < wanted {
            ensure!(began.elapsed() < BACK_WITHIN * 2, "only {} of {wanted} are connected", self.connected.get());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Ok(())
    }
}

/// Starts the server again; clients learn its address.
async fn restart(house: &House, shared: &Shared) -> Result<Product> {
    let product = house.open().await?;
    ensure!(product.address != shared.address.get(), "the server got the port of the one before, so that clients of both cannot be told apart");
    shared.address.set(product.address);
    shared.connected.set(0);
    Ok(product)
}

/// The widget's delay: soon at first, then full jitter up to twenty seconds.
fn delay(tries: u32, chance: &mut StdRng) -> Duration {
    let most = if tries == 0 { 1_800 } else { 20_000.min(1_000 << tries.min(10)) };
    Duration::from_millis(chance.random_range(0..most) + if tries == 0 { 200 } else { 0 })
}

/// Counts as connected to the server of its address for as long as it lives.
struct Connected<'a>(&'a Shared, SocketAddr);

impl<'a> Connected<'a> {
    fn new(shared: &'a Shared, to: SocketAddr) -> Self {
        let one = Self(shared, to);
        one.count(1);
        one
    }

    fn count(&self, by: isize) {
        if self.1 == self.0.address.get() {
            self.0.connected.set(self.0.connected.get().saturating_add_signed(by));
        }
    }
}

impl Drop for Connected<'_> {
    fn drop(&mut self) {
        self.count(-1);
    }
}

async fn visitor(shared: Rc<Shared>, token: String, seen: Seen, waits: bool, mut chance: StdRng) {
    let (mut tries, mut cursor) = (0, None);
    while !shared.stop.get() {
        if stay_as_visitor(&shared, &token, &seen, waits, &mut cursor, &mut tries).await.is_err() {
            tokio::time::sleep(delay(tries, &mut chance)).await;
            tries += 1;
        }
    }
}

/// Connects, fetches what was missed, and listens until the connection breaks.
async fn stay_as_visitor(shared: &Shared, token: &str, seen: &Seen, waits: bool, cursor: &mut Option<String>, tries: &mut u32) -> Result<()> {
    let knocking = shared.door.acquire().await?;
    let address = shared.address.get();
    let mut socket = socket::live(address, token).await?;
    if waits {
        let path = format!("/api/v1/chat/messages?limit=200{}", cursor.as_ref().map(|cursor| format!("&after={cursor}")).unwrap_or_default());
        let page = Http::connect(address).await?.exchange(&get(&path, Some(token))).await?.expect(200)?.json()?;
        for item in page["items"].as_array().into_iter().flatten() {
            seen.borrow_mut().insert(item["id"].as_str().unwrap_or_default().to_owned());
            *cursor = item["cursor"].as_str().map(str::to_owned).or_else(|| cursor.take());
        }
    }
    drop(knocking);
    let _connected = Connected::new(shared, address);
    *tries = 0;
    let mut on_this_line = HashMap::new();
    while let Some(text) = next_text(&mut socket).await? {
        let frame: Value = serde_json::from_str(&text)?;
        if frame["type"] == "message_created" {
            note(shared, &mut on_this_line, seen, &frame);
        }
    }
    bail!("the connection ended")
}

async fn agent(shared: Rc<Shared>, token: String, seen: Seen, mut chance: StdRng) {
    let (mut tries, mut position) = (0, None);
    while !shared.stop.get() {
        if stay_as_agent(&shared, &token, &seen, &mut position, &mut tries).await.is_err() {
            tokio::time::sleep(delay(tries, &mut chance)).await;
            tries += 1;
        }
    }
}

async fn stay_as_agent(shared: &Shared, token: &str, seen: &Seen, position: &mut Option<i64>, tries: &mut u32) -> Result<()> {
    let address = shared.address.get();
    let mut socket = socket::connect(address, "/api/v1/live").await?;
    socket.send(Message::text(json!({"type": "auth", "token": token, "protocol": 1, "after": position}).to_string())).await?;
    let mut connected = None;
    let mut on_this_line = HashMap::new();
    while let Some(text) = next_text(&mut socket).await? {
        let frame: Value = serde_json::from_str(&text)?;
        match frame["type"].as_str() {
            Some("ready") => {
                *tries = 0;
                connected = Some(Connected::new(shared, address));
            }
            Some("resync") => shared.told_to_reload.set(shared.told_to_reload.get() + 1),
            Some("message_created") => note(shared, &mut on_this_line, seen, &frame),
            _ => {}
        }
        if let Some(here) = frame["position"].as_i64() {
            if frame["type"] == "heartbeat" && position.is_some_and(|before| here < before) {
                shared.faults.borrow_mut().push(format!("a heartbeat says {here} after {position:?}"));
            }
            *position = (*position).max(Some(here));
        }
    }
    drop(connected);
    bail!("the connection ended")
}

/// Notes a message. A frame may come again, and clients drop it by its version; it must then be the same in every figure.
fn note(shared: &Shared, on_this_line: &mut HashMap<String, String>, seen: &Seen, frame: &Value) {
    let id = frame["message"]["id"].as_str().unwrap_or_default().to_owned();
    let figures = format!("position {}, version {}, number {}", frame["position"], frame["version"], frame["message"]["seq"]);
    match on_this_line.insert(id.clone(), figures.clone()) {
        Some(before) if before != figures => shared.faults.borrow_mut().push(format!("message {id} came with {before} and with {figures}")),
        Some(_) => shared.repeated.set(shared.repeated.get() + 1),
        None => {}
    }
    seen.borrow_mut().insert(id);
}

/// Replies to those who wait, in turn, until told to stop; gives the acknowledged ones with their conversation.
async fn replies(shared: Rc<Shared>, token: String, conversations: Vec<String>) -> Result<Vec<(String, String)>> {
    let mut sent = Vec::new();
    let mut http: Option<Http> = None;
    let mut number = 0;
    while !shared.stop.get() {
        let conversation = &conversations[number % conversations.len()];
        let body = json!({"text": format!("Answer {number}")}).to_string();
        let request = send("POST", &format!("/api/v1/conversations/{conversation}/replies"), Some(&token), Some(&format!("answer-{number}")), &body);
        let answer = match &mut http {
            Some(http) => http.exchange(&request).await,
            None => match Http::connect(shared.address.get()).await {
                Ok(connected) => http.insert(connected).exchange(&request).await,
                Err(error) => Err(error),
            },
        };
        match answer {
            Ok(answer) if answer.status == 201 => {
                sent.push((answer.json()?["id"].as_str().context("no id")?.to_owned(), conversation.clone()));
                number += 1;
            }
            // Of unknown outcome: the same again under the same key.
            Ok(answer) if answer.status == 503 => {}
            Ok(answer) => bail!("a reply was answered with {}: {}", answer.status, answer.text()),
            Err(_) => http = None,
        }
        tokio::time::sleep(REPLIES_EVERY).await;
    }
    Ok(sent)
}

/// An agent who turns pages all the time; how long each took, without those that met no server.
async fn ask(shared: Rc<Shared>, token: String) -> Latencies {
    let mut latencies = Latencies::default();
    while !shared.stop.get() {
        let began = Instant::now();
        let asked =
            async { Http::connect(shared.address.get()).await?.exchange(&get("/api/v1/conversations?view=all&limit=25", Some(&token))).await?.expect(200) };
        if asked.await.is_ok() {
            latencies.record(began.elapsed());
        }
        tokio::time::sleep(ASK_EVERY).await;
    }
    latencies
}

/// Who lacks a message they should have seen. An agent who was told to reload fetches pages, which is not followed here.
fn missing(sent: &[(String, String)], waiting: &[Waiting], agents: &[Seen], told_to_reload: usize) -> Vec<String> {
    let by_conversation: HashMap<&str, &Seen> = waiting.iter().map(|one| (one.conversation.as_str(), &one.seen)).collect();
    let mut missing = Vec::new();
    for (id, conversation) in sent {
        if !by_conversation[conversation.as_str()].borrow().contains(id) {
            missing.push(format!("the visitor of {conversation} lacks {id}"));
        }
        let lacking = agents.iter().filter(|seen| !seen.borrow().contains(id)).count();
        if lacking > told_to_reload {
            missing.push(format!("{lacking} agents lack {id}, and only {told_to_reload} were told to reload"));
        }
    }
    missing
}
