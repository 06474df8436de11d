//! From a visitor's keyboard to the agent's screen, with a thousand visitors connected.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::sync::Mutex;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message;

use crate::figures::{Latencies, millis};
use crate::http::Http;
use crate::product::House;
use crate::relay_floor::{self, BareRelay, SINK};
use crate::report::{Table, Verdict};
use crate::socket::{self, Socket};

const VISITORS: usize = 1_000;
const PER_SECOND: u64 = 200;
const LASTING: Duration = Duration::from_secs(10);
const FLOOR_LASTING: Duration = Duration::from_secs(5);
const ROUNDS: usize = 10;
const AT_MOST: f64 = 5.0;

/// Text of the messages after their mark: about 120 characters, as a customer writes.
const TEXT: &str = "good morning, my parcel was due yesterday and has not come. could you please look where it is? thank you";

type Sent = Arc<Mutex<HashMap<u64, Instant>>>;

/// Connected visitors, ready to send in turn.
struct Visitors {
    writing: Vec<SplitSink<Socket, Message>>,
    reading: JoinSet<()>,
}

impl Visitors {
    fn new() -> Self {
        Self { writing: Vec::with_capacity(VISITORS), reading: JoinSet::new() }
    }

    /// Takes a connection; what comes back on it is read and dropped, so that the server never waits for us.
    fn add(&mut self, socket: Socket) {
        let (writing, mut reading) = socket.split();
        self.writing.push(writing);
        self.reading.spawn(async move { while let Some(Ok(_)) = reading.next().await {} });
    }
}

/// Measures product and floor in turn.
pub async fn measure(binary: &Path, folder: &Path) -> Result<Verdict> {
    let house = House::furnish(binary, &folder.join("relay"))?;
    let product = house.open().await?;
    let agent = socket::live(product.address, &house.token).await?;
    let mut visitors = product_visitors(product.address, &house.inbox_key).await?;
    let bare = BareRelay::start()?;
    let mut bare_sink = socket::connect(bare.address, "/").await?;
    bare_sink.send(Message::text(SINK)).await?;
    let mut bare_visitors = Visitors::new();
    for _ in 0..VISITORS {
        bare_visitors.add(socket::connect(bare.address, "/").await?);
    }

    let mut agent = agent.split().1;
    let mut bare_sink = bare_sink.split().1;
    // A first message of each visitor creates contact and conversation; what is measured is the steady state.
    let mut mark = Marks::default();
    mark.round(&mut visitors, &mut agent, Duration::from_secs(VISITORS as u64 / PER_SECOND), frame_of_product).await?;

    let mut table = Table::new(&["round", "product p50", "product p99", "bare p99", "fsync p99"]);
    let mut all = [Latencies::default(), Latencies::default(), Latencies::default()];
    for round in 1..=ROUNDS {
        let fsync = relay_floor::fsync(folder, PER_SECOND, FLOOR_LASTING).await?;
        let bare = mark.round(&mut bare_visitors, &mut bare_sink, FLOOR_LASTING, frame_of_bare_relay).await?;
        let own = mark.round(&mut visitors, &mut agent, LASTING, frame_of_product).await?;
        let mut of_round = [own, bare, fsync];
        table.row(row(&round.to_string(), &mut of_round));
        all.iter_mut().zip(&of_round).for_each(|(all, round)| all.merge(round));
    }
    table.row(row("all", &mut all));
    print!("{}", table.render());
    product.stop(Duration::from_secs(10)).await?;

    // Judged over all rounds together: a round has twenty messages above its 99th percentile, too few to compare.
    let [own, bare, fsync] = all.map(|mut latencies| millis(latencies.percentile(0.99)));
    let ratio = own / (bare + fsync);
    let mut verdict = Verdict::default();
    verdict.check(
        ratio <= AT_MOST,
        format!(
            "{VISITORS} visitors, {PER_SECOND} messages/s: p99 to the agent is {ratio:.2} × (bare relay p99 + fsync p99), over {ROUNDS} rounds (at most {AT_MOST:.0})"
        ),
    );
    Ok(verdict)
}

/// Figures of the product, the bare relay and the disk.
fn row(name: &str, [own, bare, fsync]: &mut [Latencies; 3]) -> Vec<String> {
    let figures = [own.percentile(0.50), own.percentile(0.99), bare.percentile(0.99), fsync.percentile(0.99)];
    std::iter::once(name.to_owned()).chain(figures.map(|figure| format!("{:.2} ms", millis(figure)))).collect()
}

async fn product_visitors(address: SocketAddr, inbox_key: &str) -> Result<Visitors> {
    let mut http = Http::connect(address).await?;
    let mut visitors = Visitors::new();
    for _ in 0..VISITORS {
        let token = socket::session(&mut http, inbox_key).await?;
        visitors.add(socket::live(address, &token).await?);
    }
    Ok(visitors)
}

fn frame_of_product(mark: u64) -> String {
    format!("{{\"type\":\"message\",\"key\":\"relay-{mark}\",\"text\":\"#{mark}# {TEXT}\"}}")
}

/// As long as the frame in which the agent hears of a message, so that the bare relay moves as many bytes.
fn frame_of_bare_relay(mark: u64) -> String {
    format!("{{\"type\":\"message_created\",\"message\":{{\"text\":\"#{mark}# {TEXT}\"}},\"conversation\":\"{}\"}}", "x".repeat(1_400))
}

/// Numbers the messages, so that each frame that arrives finds the moment it was sent.
#[derive(Default)]
struct Marks {
    next: u64,
}

impl Marks {
    async fn round(&mut self, visitors: &mut Visitors, sink: &mut SplitStream<Socket>, lasting: Duration, frame: fn(u64) -> String) -> Result<Latencies> {
        let count = lasting.as_secs() * PER_SECOND;
        let first = self.next;
        self.next += count;
        let sent: Sent = Arc::default();
        let sending = send(visitors, first, count, frame, Arc::clone(&sent));
        let receiving = tokio::time::timeout(lasting + Duration::from_secs(15), receive(sink, first, count, &sent));
        let (sending, received) = tokio::join!(sending, receiving);
        sending?;
        received.context("not every message arrived within 15 s after the last was sent")?
    }
}

async fn send(visitors: &mut Visitors, first: u64, count: u64, frame: fn(u64) -> String, sent: Sent) -> Result<()> {
    let start = tokio::time::Instant::now();
    for number in 0..count {
        let due = start + Duration::from_nanos(number * 1_000_000_000 / PER_SECOND);
        tokio::time::sleep_until(due).await;
        let mark = first + number;
        let visitor = usize::try_from(number)? % visitors.writing.len();
        sent.lock().await.insert(mark, Instant::now());
        visitors.writing[visitor].send(Message::text(frame(mark))).await.context("a visitor's connection broke")?;
    }
    Ok(())
}

async fn receive(sink: &mut SplitStream<Socket>, first: u64, count: u64, sent: &Sent) -> Result<Latencies> {
    let mut latencies = Latencies::default();
    while (latencies.len() as u64) < count {
        let frame = sink.next().await.context("the agent's connection closed")??;
        let arrived = Instant::now();
        let Ok(text) = frame.to_text() else { continue };
        ensure!(!text.contains("\"type\":\"resync\""), "the agent was told to resync: it was served too slowly");
        let Some(mark) = mark_of(text) else { continue };
        // A conversation's preview carries the text too: only the first frame with a mark counts, and none of earlier rounds.
        if mark >= first
            && let Some(at) = sent.lock().await.remove(&mark)
        {
            latencies.record(arrived - at);
        }
    }
    Ok(latencies)
}

/// The number between the first two `#` of the message of a `message_created` frame. Subject and preview of the conversation
/// carry marks of other messages, so the frame is read properly.
fn mark_of(text: &str) -> Option<u64> {
    let frame: serde_json::Value = serde_json::from_str(text).ok()?;
    let said = frame["message"]["text"].as_str().filter(|_| frame["type"] == "message_created")?;
    said.strip_prefix('#')?.split_once('#')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_found_again_by_its_mark() {
        assert_eq!(mark_of(&frame_of_bare_relay(42)), Some(42));
        assert_eq!(mark_of(r##"{"conversation":{"subject":"#7# x"},"type":"message_created","message":{"text":"#42# x"}}"##), Some(42));
        assert_eq!(mark_of(r##"{"type":"conversation_changed","message":{"text":"#42# x"}}"##), None);
        assert_eq!(mark_of(r##"{"type":"message_created","message":{"text":"hello"}}"##), None);
    }
}
