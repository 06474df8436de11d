//! A thousand clients at a byte a second, and agents who must not notice.
//!
//! A third of them never end the head of a request, a third never its body, a third open a WebSocket and say nothing. Whoever is
//! cut off comes again. Rounds with and without them take turns; in each an agent turns pages at a fixed rate.

use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use rapport_bench::figures::{Latencies, millis};
use rapport_bench::http::{Http, get};
use rapport_bench::metronome::Metronome;
use rapport_bench::product::House;
use rapport_bench::report::{Table, Verdict};
use rapport_bench::socket::session;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::LocalSet;

use crate::promise::{Ground, Report};

const PER_SECOND: u64 = 200;
const BYTE_EVERY: Duration = Duration::from_secs(1);
const AT_MOST_TIMES: f64 = 1.2;
/// Below this nobody notices anything, whatever the ratio of two small figures.
const UNNOTICED_MS: f64 = 5.0;
/// Ten seconds are allowed; the rest is the clock of a busy machine.
const CUT_WITHIN: Duration = Duration::from_secs(15);
const MIB_AT_MOST: u64 = 64;

/// How many clients, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Slow {
    /// How many clients.
    pub clients: usize,
    /// Rounds with them, and as many without.
    pub rounds: u32,
    /// Seconds of a round.
    pub seconds: u64,
    /// Whether the agent's pages are judged; the short form runs on machines that do other things.
    pub measured: bool,
}

/// What a slow client is slow with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum With {
    Head,
    Body,
    FirstFrame,
}

#[derive(Default)]
struct Shared {
    stop: Cell<bool>,
    cut: [Cell<u32>; 3],
    slowest: [Cell<Duration>; 3],
    answers: RefCell<Vec<String>>,
}

impl Slow {
    /// Tries it.
    pub async fn run(self, ground: &Ground) -> Result<Report> {
        LocalSet::new().run_until(self.rounds(ground)).await
    }

    async fn rounds(self, ground: &Ground) -> Result<Report> {
        let mut house = House::furnish(&ground.binary, &ground.folder.join("data"))?;
        house.log = ground.folder.join("server.log");
        let product = house.open().await?;
        let mut http = Http::connect(product.address).await?;
        let token = session(&mut http, &house.inbox_key).await?;
        let lasting = Duration::from_secs(self.seconds);
        let page = get("/api/v1/conversations?view=all&limit=25", Some(&house.token));
        ask(product.address, &page, Duration::from_secs(1)).await?;
        let before_kib = product.resident_kib()?;
        let (mut alone, mut beside, mut most_kib) = (Latencies::default(), Latencies::default(), 0);
        let shared = Rc::new(Shared::default());
        let mut chance = StdRng::seed_from_u64(ground.seed);
        for _ in 0..self.rounds {
            alone.merge(&ask(product.address, &page, lasting).await?);
            shared.stop.set(false);
            let clients: Vec<_> = (0..self.clients)
                .map(|number| {
                    let with = [With::Head, With::Body, With::FirstFrame][number % 3];
                    // Not all at once: what is measured is that they are there, not that they come.
                    let first = Duration::from_millis(chance.random_range(0..1_000));
                    tokio::task::spawn_local(crawl(shared.clone(), product.address, token.clone(), with, first))
                })
                .collect();
            tokio::time::sleep(Duration::from_secs(2)).await;
            beside.merge(&ask(product.address, &page, lasting).await?);
            most_kib = most_kib.max(product.resident_kib()?);
            // Each ends when it is cut off next, and is waited for: that is the promise.
            shared.stop.set(true);
            for client in clients {
                client.await??;
            }
        }
        let served = product.stop(Duration::from_secs(15)).await?;

        let (without, with) = (millis(alone.percentile(0.99)), millis(beside.percentile(0.99)));
        let mib = most_kib.saturating_sub(before_kib) / 1024;
        let mut table = Table::new(&["slow with", "cut off", "slowest after"]);
        let mut verdict = Verdict::default();
        for (at, name) in ["the head", "the body", "the first frame"].into_iter().enumerate() {
            let (cut, slowest) = (shared.cut[at].get(), shared.slowest[at].get());
            table.row([name.to_owned(), cut.to_string(), format!("{:.1} s", slowest.as_secs_f64())]);
            verdict.check(
                cut as usize >= self.clients / 3 * self.rounds as usize && slowest <= CUT_WITHIN,
                format!("{cut} clients slow with {name} were cut off, the last after {:.1} s", slowest.as_secs_f64()),
            );
        }
        print!("{}", table.render());
        verdict.check(
            !self.measured || with <= without * AT_MOST_TIMES || with <= UNNOTICED_MS,
            format!(
                "p99 of an agent's page {with:.2} ms beside {} slow clients, {without:.2} ms alone (at most {AT_MOST_TIMES} times, or {UNNOTICED_MS} ms)",
                self.clients
            ),
        );
        verdict.check(mib <= MIB_AT_MOST, format!("{mib} MiB more of memory (at most {MIB_AT_MOST})"));
        let told = shared.answers.borrow().iter().filter(|answer| answer.contains(" 408 ")).count();
        verdict.check(told > 0, format!("{told} clients slow with the body were told 408"));
        verdict.check(served.is_some_and(|(status, _)| status.success()), "the server was there to the end");
        let figure = format!("p99 of a page {with:.2} ms beside them, {without:.2} ms alone; {mib} MiB more; all cut off");
        Ok(Report { n: format!("{} clients, {} rounds", self.clients, self.rounds), figure, verdict })
    }
}

/// An agent who turns pages at a fixed rate; latency counts from the planned moment.
async fn ask(address: SocketAddr, page: &[u8], lasting: Duration) -> Result<Latencies> {
    let metronome = Metronome::start(PER_SECOND, lasting)?;
    let mut http = Http::connect(address).await?;
    let mut latencies = Latencies::default();
    while let Some(beat) = metronome.next().await {
        http.exchange(page).await?.expect(200)?;
        latencies.record(beat.due.elapsed());
    }
    ensure!(!latencies.is_empty(), "no page was turned");
    Ok(latencies)
}

/// Connects and crawls until cut off, again and again until told to stop.
async fn crawl(shared: Rc<Shared>, address: SocketAddr, token: String, with: With, first: Duration) -> Result<()> {
    tokio::time::sleep(first).await;
    while !shared.stop.get() {
        let mut stream = TcpStream::connect(address).await?;
        let begun = Instant::now();
        stream.write_all(beginning(with, &token).as_bytes()).await?;
        let mut answer = Vec::new();
        loop {
            let mut piece = [0; 1024];
            match tokio::time::timeout(BYTE_EVERY, stream.read(&mut piece)).await {
                Ok(Ok(0) | Err(_)) => break,
                Ok(Ok(count)) => answer.extend_from_slice(&piece[..count]),
                // A socket that has not signed in says nothing at all.
                Err(_) if with == With::FirstFrame => {}
                Err(_) if stream.write_all(b"x").await.is_err() => break,
                Err(_) => {}
            }
            if begun.elapsed() > CUT_WITHIN * 2 {
                break;
            }
        }
        let at = with as usize;
        shared.cut[at].set(shared.cut[at].get() + 1);
        shared.slowest[at].set(shared.slowest[at].get().max(begun.elapsed()));
        if with == With::Body {
            let line = String::from_utf8_lossy(&answer).lines().next().context("cut without an answer").unwrap_or("").to_owned();
            shared.answers.borrow_mut().push(line);
        }
    }
    Ok(())
}

fn beginning(with: With, token: &str) -> String {
    match with {
        With::Head => "POST /api/v1/chat/messages HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".into(),
        With::Body => format!(
            "POST /api/v1/chat/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n{{"
        ),
        With::FirstFrame => {
            "GET /api/v1/live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".into()
        }
    }
}
