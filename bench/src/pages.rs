//! Pages of the inbox over 10,000 and over 100,000 conversations: the time of a page must not depend on history.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use rusqlite::Connection;
use tokio::task::JoinSet;

use crate::figures::{Latencies, median, millis};
use crate::http::{Http, get};
use crate::metronome::Metronome;
use crate::product::{House, Product};
use crate::report::{Table, Verdict};
use crate::seed;

const SMALL: u64 = 10_000;
const LARGE: u64 = 100_000;
/// Short rounds, many of them: what disturbs one hits one pair, and the median pair is not it.
const ROUNDS: usize = 10;
const PER_SECOND: u64 = 200;
const LASTING: Duration = Duration::from_secs(2);
const CONNECTIONS: usize = 16;
const PAGES_DEEP: usize = 40;
const P99_BELOW_MS: f64 = 15.0;
const AT_MOST_TIMES: f64 = 1.3;
const QUESTIONS: [&str; 5] = ["first page of a view", "40 pages deep", "one conversation", "its messages", "views and counts"];

/// One server over a seeded folder, with the requests of each question.
struct Side {
    product: Product,
    requests: Vec<Arc<Vec<Vec<u8>>>>,
    /// For each question, its rounds.
    latencies: Vec<Vec<Latencies>>,
    cpu: Vec<Duration>,
}

/// Seeds both sizes and measures them in turn.
pub async fn measure(binary: &Path, folder: &Path) -> Result<Verdict> {
    let mut sides = Vec::new();
    for size in [SMALL, LARGE] {
        sides.push(Side::open(binary, &folder.join(format!("pages-{size}")), size).await?);
    }
    for question in 0..QUESTIONS.len() {
        for side in &mut sides {
            // One unmeasured round fills caches, as a server that has run for a minute has them.
            ask(side.product.address, &side.requests[question], Duration::from_secs(1), PER_SECOND).await?;
        }
        for round in 0..ROUNDS {
            // Neither side always comes second.
            for turn in 0..sides.len() {
                let side = (turn + round) % sides.len();
                sides[side].round(question).await?;
            }
        }
    }
    let verdict = compare(&mut sides)?;
    for side in sides {
        side.product.stop(Duration::from_secs(10)).await?;
    }
    Ok(verdict)
}

fn compare(sides: &mut [Side]) -> Result<Verdict> {
    let [small, large] = sides else { anyhow::bail!("two sizes are compared") };
    let mut table = Table::new(&["question", "p50 10k", "p50 100k", "p99 10k", "p99 100k", "cpu 10k", "cpu 100k", "p50 ×", "cpu ×"]);
    let mut verdict = Verdict::default();
    for (at, question) in QUESTIONS.iter().enumerate() {
        let pairs: Vec<f64> = (0..ROUNDS).map(|round| large.p50(at, round) / small.p50(at, round)).collect();
        let (few, many) = (small.figures(at), large.figures(at));
        let (times, cpu_times) = (median(&pairs), many.2 / few.2);
        let mut row = vec![(*question).to_owned()];
        row.extend([few.0, many.0, few.1, many.1, few.2, many.2].map(|figure| format!("{figure:.2} ms")));
        row.extend([times, cpu_times].map(|figure| format!("{figure:.2}")));
        table.row(row);
        verdict.check(many.1 < P99_BELOW_MS, format!("{question}: p99 {:.1} ms over {LARGE} conversations (below {P99_BELOW_MS:.0})", many.1));
        verdict.check(
            times <= AT_MOST_TIMES && cpu_times <= AT_MOST_TIMES,
            format!("{question}: {times:.2} × the time and {cpu_times:.2} × the processor time of {SMALL} (at most {AT_MOST_TIMES})"),
        );
    }
    print!("{}", table.render());
    Ok(verdict)
}

impl Side {
    async fn open(binary: &Path, data: &Path, size: u64) -> Result<Self> {
        let house = House::furnish(binary, data)?;
        seed::examples(&house).await?;
        let begun = Instant::now();
        seed::fill(&house.database(), size)?;
        println!("seeded {size} conversations in {:.0} s", begun.elapsed().as_secs_f64());
        let product = house.open().await?;
        let requests = requests(&house, product.address).await?;
        let questions = requests.len();
        Ok(Self { product, requests, latencies: vec![Vec::new(); questions], cpu: vec![Duration::ZERO; questions] })
    }

    /// The median of one round, in milliseconds.
    fn p50(&mut self, question: usize, round: usize) -> f64 {
        millis(self.latencies[question][round].percentile(0.50))
    }

    /// Median, 99th percentile and processor time of a request over all rounds, in milliseconds.
    fn figures(&mut self, question: usize) -> (f64, f64, f64) {
        let mut all = Latencies::default();
        self.latencies[question].iter().for_each(|round| all.merge(round));
        (millis(all.percentile(0.50)), millis(all.percentile(0.99)), millis(self.cpu[question]) / all.len() as f64)
    }

    async fn round(&mut self, question: usize) -> Result<()> {
        let cpu = self.product.cpu_time()?;
        let latencies = ask(self.product.address, &self.requests[question], LASTING, PER_SECOND).await?;
        self.cpu[question] += self.product.cpu_time()? - cpu;
        self.latencies[question].push(latencies);
        Ok(())
    }
}

/// The requests of each question, in the order of [`QUESTIONS`].
async fn requests(house: &House, address: SocketAddr) -> Result<Vec<Arc<Vec<Vec<u8>>>>> {
    let token = Some(house.token.as_str());
    let first = "/api/v1/conversations?view=all&limit=25".to_owned();
    let deep = deep_page(house, address, &first).await?;
    let ids = some_conversations(&house.database())?;
    let each = |suffix: &str| ids.iter().map(|id| get(&format!("/api/v1/conversations/{id}{suffix}"), token)).collect();
    Ok([vec![get(&first, token)], vec![get(&deep, token)], each(""), each("/messages?limit=50"), vec![get("/api/v1/views", token)]]
        .into_iter()
        .map(Arc::new)
        .collect())
}

async fn deep_page(house: &House, address: SocketAddr, first: &str) -> Result<String> {
    let mut http = Http::connect(address).await?;
    let mut path = first.to_owned();
    for page in 1..PAGES_DEEP {
        let answer = http.exchange(&get(&path, Some(&house.token))).await?.expect(200)?.json()?;
        let full = answer["items"].as_array().is_some_and(|items| items.len() == 25);
        ensure!(full, "page {page} is not full: the seed is too small");
        let cursor = answer["next"].as_str().context("no next page")?;
        path = format!("{first}&cursor={cursor}");
    }
    Ok(path)
}

fn some_conversations(database: &Path) -> Result<Vec<uuid::Uuid>> {
    let connection = Connection::open(database)?;
    let mut statement = connection.prepare("SELECT id FROM conversation ORDER BY random() LIMIT 500")?;
    let ids = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    ids.iter().map(|id| Ok(uuid::Uuid::from_slice(id)?)).collect()
}

/// Asks at a fixed rate for so long; latency counts from the planned moment.
pub async fn ask(address: SocketAddr, requests: &Arc<Vec<Vec<u8>>>, lasting: Duration, per_second: u64) -> Result<Latencies> {
    let mut connections = Vec::with_capacity(CONNECTIONS);
    for _ in 0..CONNECTIONS {
        connections.push(Http::connect(address).await?);
    }
    let metronome = Arc::new(Metronome::start(per_second, lasting)?);
    let mut tasks: JoinSet<Result<Latencies>> = JoinSet::new();
    for mut http in connections {
        let (metronome, requests) = (Arc::clone(&metronome), Arc::clone(requests));
        tasks.spawn(async move {
            let mut latencies = Latencies::default();
            while let Some(beat) = metronome.next().await {
                let request = &requests[usize::try_from(beat.number)? % requests.len()];
                http.exchange(request).await?.expect(200)?;
                latencies.record(beat.due.elapsed());
            }
            Ok(latencies)
        });
    }
    let mut all = Latencies::default();
    while let Some(finished) = tasks.join_next().await {
        all.merge(&finished??);
    }
    ensure!(!all.is_empty(), "no answer came");
    Ok(all)
}
