//! Search over a million messages, asked by somebody who sees everything and by somebody who sees one team's conversations.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use rusqlite::{Connection, params};

use crate::figures::{Latencies, millis};
use crate::http::{Http, get, send};
use crate::pages::ask;
use crate::product::{House, Product};
use crate::report::{Table, Verdict};
use crate::seed;

/// Ten messages each.
const CONVERSATIONS: u64 = 100_000;
const PER_SECOND: u64 = 50;
const LASTING: Duration = Duration::from_secs(6);
const P99_BELOW_MS: f64 = 60.0;
/// The share of conversations that the team has: one of so many.
const TEAMS: i64 = 20;
/// Somebody who sees little must not be asked about all that others see.
const AT_MOST_TIMES: f64 = 1.5;
/// The last word written, by which it is seen that the index is complete.
const LAST: &str = "zzyzx";
/// Words in all; the n-th is written one n-th as often as the first, as in every language.
const VOCABULARY: f64 = 40_000.0;
const SYLLABLES: [&str; 20] = ["ka", "lo", "mi", "ta", "re", "nu", "so", "pe", "vi", "da", "ro", "li", "ne", "tu", "sa", "mo", "ki", "be", "fa", "go"];

/// Seeds SQLite, measures it, and where there is a server (`RAPPORT_TEST_POSTGRES`) copies everything there and measures that.
pub async fn measure(binary: &Path, folder: &Path) -> Result<Verdict> {
    let data = folder.join("search");
    let house = House::furnish(binary, &data)?;
    seed::examples(&house).await?;
    let team_token = team(&house).await?;
    let begun = Instant::now();
    seed::fill(&house.database(), CONVERSATIONS)?;
    write_words(&house.database())?;
    println!("seeded {} messages in {:.0} s", CONVERSATIONS * 10, begun.elapsed().as_secs_f64());

    let mut table = Table::new(&["question", "p50", "p99", "cpu"]);
    let mut verdict = Verdict::default();
    measure_engine("SQLite", &house, &team_token, &mut table, &mut verdict).await?;
    if let Ok(server) = std::env::var("RAPPORT_TEST_POSTGRES") {
        let begun = Instant::now();
        house.command_line(&["copy", "--from", &format!("sqlite:{}", house.database().display()), "--to", &server])?;
        println!("copied in {:.0} s", begun.elapsed().as_secs_f64());
        let house = House { environment: vec![("RAPPORT_DATABASE".into(), server)], ..house };
        measure_engine("PostgreSQL", &house, &team_token, &mut table, &mut verdict).await?;
    } else {
        println!("PostgreSQL is left out: run within scripts/with-postgres");
    }
    print!("{}", table.render());
    Ok(verdict)
}

async fn measure_engine(engine: &str, house: &House, team_token: &str, table: &mut Table, verdict: &mut Verdict) -> Result<()> {
    let product = house.open().await?;
    let begun = Instant::now();
    complete(product.address, &house.token).await?;
    println!("{engine}: the index was complete after {:.0} s", begun.elapsed().as_secs_f64());
    let mut spent = Vec::new();
    for (viewer, token) in [("everything", &house.token), ("one team", &team_token.to_owned())] {
        let (mut all, mut cpu) = (Latencies::default(), Duration::ZERO);
        for (question, paths) in questions() {
            let requests: Arc<Vec<Vec<u8>>> = Arc::new(paths.iter().map(|path| get(path, Some(token))).collect());
            ask(product.address, &requests, Duration::from_secs(1), PER_SECOND).await?;
            let before = product.cpu_time()?;
            let mut latencies = ask(product.address, &requests, LASTING, PER_SECOND).await?;
            let took = product.cpu_time()? - before;
            let figures = (latencies.percentile(0.5), latencies.percentile(0.99), millis(took) / latencies.len() as f64);
            table.row([format!("{engine}, {viewer}: {question}"), ms(millis(figures.0)), ms(millis(figures.1)), ms(figures.2)]);
            cpu += took;
            all.merge(&latencies);
        }
        let p99 = millis(all.percentile(0.99));
        verdict.check(p99 < P99_BELOW_MS, format!("{engine}, a viewer of {viewer}: p99 {p99:.1} ms at {PER_SECOND}/s (below {P99_BELOW_MS:.0})"));
        spent.push(millis(cpu) / all.len() as f64);
    }
    let times = spent[1] / spent[0];
    verdict.check(times <= AT_MOST_TIMES, format!("{engine}: a viewer of one team costs {times:.2} × one of everything (at most {AT_MOST_TIMES})"));
    memory(&product, engine)?;
    product.stop(Duration::from_secs(10)).await?;
    Ok(())
}

fn ms(figure: f64) -> String {
    format!("{figure:.2} ms")
}

fn memory(product: &Product, engine: &str) -> Result<()> {
    println!("{engine}: {} MiB resident", product.resident_kib()? / 1024);
    Ok(())
}

/// An agent of one team; their token.
async fn team(house: &House) -> Result<String> {
    let product = house.open().await?;
    let mut http = Http::connect(product.address).await?;
    let made = send("POST", "/api/v1/teams", Some(&house.token), None, r#"{"name":"Delivery"}"#);
    let team = http.exchange(&made).await?.expect(201)?.json()?["id"].as_str().context("a team")?.to_owned();
    let body = format!(r#"{{"name":"Sam","email":"sam@example.com","grants":[{{"role":"agent","team_id":"{team}"}}]}}"#);
    http.exchange(&send("POST", "/api/v1/agents", Some(&house.token), None, &body)).await?.expect(201)?;
    product.stop(Duration::from_secs(10)).await?;
    house.command_line(&["token", "create", "--agent", "sam@example.com", "--scope", "*"])
}

/// The n-th word of the language, from 1.
fn word(mut rank: u64) -> String {
    let mut word = String::new();
    rank += 19;
    while rank > 0 {
        word += SYLLABLES[usize::try_from(rank % 20).unwrap_or(0)];
        rank /= 20;
    }
    word
}

/// Gives every message words of its own, and every so many conversations the team. What was indexed of the examples is made anew.
fn write_words(database: &Path) -> Result<()> {
    let mut connection = Connection::open(database)?;
    connection.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;")?;
    let last: i64 = connection.query_row("SELECT max(rowid) FROM message", [], |row| row.get(0))?;
    let newest: i64 = connection.query_row("SELECT rowid FROM message ORDER BY id DESC LIMIT 1", [], |row| row.get(0))?;
    let mut chance = StdRng::seed_from_u64(11);
    let transaction = connection.transaction()?;
    {
        let mut update = transaction.prepare("UPDATE message SET text = ?2 WHERE rowid = ?1")?;
        for row in 1..=last {
            let mut words: Vec<String> = (0..12).map(|_| word(VOCABULARY.powf(chance.random::<f64>()) as u64)).collect();
            if row == newest {
                words.push(LAST.into());
            }
            update.execute(params![row, words.join(" ")])?;
        }
    }
    transaction.execute("UPDATE conversation SET team_id = (SELECT id FROM team) WHERE number % ?1 = 0", [TEAMS])?;
    for table in ["index", "document", "conversation", "mark", "segment", "page"] {
        transaction.execute(&format!("DELETE FROM search_{table}"), [])?;
    }
    transaction.commit()?;
    connection.execute_batch("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);")?;
    Ok(())
}

async fn complete(address: SocketAddr, token: &str) -> Result<()> {
    let mut http = Http::connect(address).await?;
    let begun = Instant::now();
    loop {
        let answer = http.exchange(&get(&format!("/api/v1/search?in=messages&q={LAST}"), Some(token))).await?.expect(200)?.json()?;
        if answer["items"].as_array().is_some_and(|items| !items.is_empty()) {
            return Ok(());
        }
        ensure!(begun.elapsed() < Duration::from_secs(1_800), "the index is not complete after half an hour");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// What is asked, each question in many forms so that no two requests in a row are alike.
fn questions() -> Vec<(&'static str, Vec<String>)> {
    let path = |words: &str, rest: &str| format!("/api/v1/search?in=messages&q={}{rest}", words.replace(' ', "%20"));
    let many = |make: &dyn Fn(u64) -> String| (0..40).map(make).collect::<Vec<String>>();
    vec![
        ("a common word", many(&|n| path(&word(1 + n), ""))),
        ("a rare word", many(&|n| path(&word(20_000 + n * 97), ""))),
        ("two words, seldom together", many(&|n| path(&format!("{} {}", word(300 + n), word(900 + n * 7)), ""))),
        ("half a word", many(&|n| path(&word(2_000 + n * 31)[..3], ""))),
        ("a common word and half of a rare one", many(&|n| path(&format!("{} {}", word(1 + n), &word(9_000 + n * 53)[..5]), ""))),
        ("a word nobody wrote", many(&|n| path(&format!("zz{} {}", word(n), word(n + 1)), ""))),
        ("within filters", many(&|n| path(&word(50 + n), "&status=open&assignee=none"))),
    ]
}
