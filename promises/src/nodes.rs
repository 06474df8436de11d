//! Two nodes on one PostgreSQL with NATS, one of them killed, paused or cut off, or the database itself away: nothing
//! acknowledged is lost, nothing is done twice, and no client stays stale.

use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use futures_util::future::join_all;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use rapport_bench::figures::{median, millis};
use rapport_bench::http::{Http, get, send};
use rapport_bench::report::{Table, Verdict};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::LocalSet;

use crate::ledger::Ledger;
use crate::postgres::Stop;
use crate::promise::{Ground, Report, within};
use crate::town::{CONVERGED_WITHIN, Crowd, Found, Node, Town};
use crate::verdict::check_none;

/// After the database is back, both nodes take writes again within this time.
const RECOVERED_WITHIN: Duration = Duration::from_secs(5);
/// Who was connected to a node that is gone is believed to be there for this long at most.
const BELIEVED: Duration = Duration::from_secs(30);
/// Conversations that sleep and are to wake once.
const SLEEPERS: usize = 12;

/// What happens to the nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Either is killed at random moments and started again.
    Kill,
    /// One is stopped in the middle of whatever it does (SIGSTOP) and goes on later.
    Pause,
    /// One cannot reach NATS, then PostgreSQL, then both.
    Partition,
    /// The database server is stopped at once, and started again.
    DatabaseAway,
}

/// A fault, how often, and how long each time.
#[derive(Debug, Clone, Copy)]
pub struct Nodes {
    /// Which.
    pub fault: Fault,
    /// How often.
    pub times: u32,
    /// For kills, how long they go on altogether; otherwise how long the fault lasts.
    pub seconds: u64,
}

/// What the faults themselves showed.
#[derive(Debug, Default)]
struct Seen {
    faults: u32,
    /// Messages acknowledged while a fault lasted.
    acknowledged_meanwhile: Vec<usize>,
    recovered_ms: Vec<f64>,
    broken: Vec<String>,
    believed: Option<Duration>,
}

impl Nodes {
    /// Builds the town, breaks it, and judges.
    pub async fn run(self, ground: &Ground) -> Result<Report> {
        LocalSet::new().run_until(self.in_town(ground)).await
    }

    async fn in_town(self, ground: &Ground) -> Result<Report> {
        let town = Rc::new(Town::build(ground).await?);
        let mut chance = StdRng::seed_from_u64(ground.seed);
        let crowd = Crowd::gather(&town, &mut chance).await?;
        // In the full form they are to wake in the middle of a fault; a job in the hands of a killed node is done a minute later.
        let asleep = if self.seconds < 30 { self.seconds + 4 } else { self.seconds / 2 };
        let sleepers = put_to_sleep(&town, &crowd.ledger, asleep).await?;
        let mut seen = Seen::default();
        tokio::time::sleep(Duration::from_millis(500)).await;
        match self.fault {
            Fault::Kill => self.kill(&town, &mut chance, &mut seen).await?,
            Fault::Pause => self.pause(&town, &crowd, &mut seen).await?,
            Fault::Partition => self.cut_off(&town, &crowd, &mut seen).await?,
            Fault::DatabaseAway => self.database_away(&town, &crowd, &mut seen).await?,
        }
        let found = crowd.disperse(Instant::now()).await?;
        // It takes half a minute, which the short form does not have; a test of the product holds it as well.
        if self.fault == Fault::Kill && self.seconds >= BELIEVED.as_secs() {
            seen.believed = Some(presence_of_the_dead(&town).await?);
        }
        self.judge(&town, &sleepers, &seen, &found).await
    }

    async fn kill(self, town: &Town, chance: &mut StdRng, seen: &mut Seen) -> Result<()> {
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(self.seconds) {
            tokio::time::sleep(Duration::from_millis(chance.random_range(200..1_200))).await;
            let node = &town.nodes[chance.random_range(0..town.nodes.len())];
            node.kill()?;
            seen.faults += 1;
            tokio::time::sleep(Duration::from_millis(chance.random_range(0..400))).await;
            node.start().await.context("starting a node again")?;
        }
        Ok(())
    }

    async fn pause(self, town: &Town, crowd: &Crowd, seen: &mut Seen) -> Result<()> {
        for number in 0..self.times {
            let node = &town.nodes[number as usize % town.nodes.len()];
            node.signal("STOP")?;
            let before = crowd.ledger.acknowledged();
            tokio::time::sleep(Duration::from_secs(self.seconds)).await;
            seen.acknowledged_meanwhile.push(crowd.ledger.acknowledged() - before);
            // The paused node may hold the lock under which events get their positions; the server cuts it off.
            if self.seconds > 20 {
                let waiting =
                    town.cluster.query("SELECT count(*) FROM event WHERE position IS NULL AND at < extract(epoch FROM now() - interval '2 s') * 1000000")?;
                if waiting != ["0"] {
                    seen.broken.push(format!("{waiting:?} events have waited two seconds for a position while a node was paused"));
                }
            }
            node.signal("CONT")?;
            seen.faults += 1;
            if number + 1 < self.times {
                tokio::time::sleep(Duration::from_secs(2)).await;
            }
        }
        Ok(())
    }

    async fn cut_off(self, town: &Town, crowd: &Crowd, seen: &mut Seen) -> Result<()> {
        for number in 0..self.times {
            let node = &town.nodes[0];
            let (nats, database) = [(true, false), (false, true), (true, true)][number as usize % 3];
            node.nats.let_pass(!nats);
            node.database.let_pass(!database);
            let before = crowd.ledger.acknowledged();
            tokio::time::sleep(Duration::from_secs(self.seconds)).await;
            seen.acknowledged_meanwhile.push(crowd.ledger.acknowledged() - before);
            node.nats.let_pass(true);
            node.database.let_pass(true);
            seen.faults += 1;
            if number + 1 < self.times {
                tokio::time::sleep(Duration::from_secs(2)).await;
            }
        }
        Ok(())
    }

    async fn database_away(self, town: &Town, crowd: &Crowd, seen: &mut Seen) -> Result<()> {
        let chat = town.session().await?;
        for number in 0..self.times {
            let pids: Vec<_> = town.nodes.iter().map(|node| node.pid()).collect();
            // Every other time as an administrator would stop it, which cuts sessions with a word instead of none.
            town.cluster.stop(if number.is_multiple_of(2) { Stop::Immediate } else { Stop::Fast })?;
            let began = Instant::now();
            let text = format!("while it is away {}", seen.faults);
            crowd.ledger.attempt(&text, false);
            let request = send("POST", "/api/v1/chat/messages", Some(&chat), None, &json!({"text": text}).to_string());
            for answer in join_all(town.nodes.iter().filter_map(Node::address).map(|address| raw(address, &request))).await {
                let answer = answer?;
                let head = answer.to_lowercase();
                if !head.starts_with("http/1.1 503") || !head.contains("\r\nretry-after:") {
                    seen.broken.push(format!("a node answered without its database: {}", answer.chars().take(300).collect::<String>()));
                }
            }
            tokio::time::sleep(Duration::from_secs(self.seconds).saturating_sub(began.elapsed())).await;
            // Starting waits until the server takes connections.
            town.cluster.start_again()?;
            let back = Instant::now();
            for node in &town.nodes {
                let address = node.address().context("a node does not run")?;
                let key = format!("back-{}-{address}", seen.faults);
                crowd.ledger.attempt(&key, false);
                let request = send("POST", "/api/v1/chat/messages", Some(&chat), Some(&key), &json!({"text": key}).to_string());
                loop {
                    let answer = async { Http::connect(address).await?.exchange(&request).await };
                    let answer = tokio::time::timeout(Duration::from_secs(2), answer).await;
                    if matches!(answer, Ok(Ok(answer)) if answer.status == 201) {
                        break;
                    }
                    ensure!(back.elapsed() < 4 * within(RECOVERED_WITHIN), "a node takes no writes although the database is back: {}", node.last_words());
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
            seen.recovered_ms.push(millis(back.elapsed()));
            seen.faults += 1;
            if pids != town.nodes.iter().map(|node| node.pid()).collect::<Vec<_>>() {
                seen.broken.push("a process was started anew".to_owned());
            }
        }
        Ok(())
    }

    async fn judge(self, town: &Town, sleepers: &[String], seen: &Seen, found: &Found) -> Result<Report> {
        let mut verdict = Verdict::default();
        let mut table = Table::new(&["what", "figure"]);
        let (acknowledged, (repeated, stored)) = (found.acknowledged, found.repeated);
        table.row(["faults".to_owned(), seen.faults.to_string()]);
        table.row(["messages acknowledged".to_owned(), acknowledged.to_string()]);
        table.row(["sent again, outcome unknown".to_owned(), repeated.to_string()]);
        table.row(["  of these stored, answer lost".to_owned(), stored.to_string()]);
        table.row(["clients connected".to_owned(), format!("{} times, told to load anew {} times", found.connected, found.resynced)]);
        table.row(["last unknown outcome known after".to_owned(), format!("{:.1} s", found.settled.as_secs_f64())]);
        if !seen.acknowledged_meanwhile.is_empty() {
            table.row(["acknowledged while a fault lasted".to_owned(), format!("{:?}", seen.acknowledged_meanwhile)]);
        }
        print!("{}", table.render());

        verdict.check(acknowledged > 0 && found.read > 0, format!("{acknowledged} messages were acknowledged and read back"));
        for (name, sentences) in found.faults.by_kind() {
            check_none(&mut verdict, name, sentences);
        }
        check_none(&mut verdict, "answers that break a rule", &found.objections);
        check_none(&mut verdict, "stale clients", &found.stale);
        let converged = found.converged.map_or("never".to_owned(), |after| format!("{:.1} s", after.as_secs_f64()));
        verdict.check(
            found.converged.is_some_and(|after| after <= within(CONVERGED_WITHIN)),
            format!("every client was fresh {converged} after the last fault (10 s)"),
        );
        check_none(&mut verdict, "promises of this fault broken", &seen.broken);
        if !seen.acknowledged_meanwhile.is_empty() {
            verdict.check(seen.acknowledged_meanwhile.iter().all(|n| *n > 0), "the other node went on taking messages, each time");
        }
        if !seen.recovered_ms.is_empty() {
            let slowest = seen.recovered_ms.iter().copied().fold(0.0, f64::max);
            verdict.check(
                slowest <= millis(within(RECOVERED_WITHIN)),
                format!("both nodes took writes again within {slowest:.0} ms of the database's return, median {:.0} ms (5 s)", median(&seen.recovered_ms)),
            );
        }
        if let Some(believed) = seen.believed {
            verdict.check(believed <= BELIEVED, format!("who was connected to a killed node was seen there for {:.1} s (30 s)", believed.as_secs_f64()));
        }
        let asleep = still_asleep_or_woken_twice(town, sleepers).await?;
        check_none(&mut verdict, "sleeping conversations that did not wake exactly once", &asleep);
        check_none(&mut verdict, "faults in the database", &inspect(town)?);
        let figure = format!(
            "{acknowledged} acknowledged: {} lost, {} doubled; {} stale clients, fresh after {converged}",
            found.faults.lost.len(),
            found.faults.doubled.len(),
            found.stale.len()
        );
        let what = match self.fault {
            Fault::Kill => format!("{} kills", seen.faults),
            Fault::Pause => format!("{} pauses of {} s", seen.faults, self.seconds),
            Fault::Partition => format!("{} partitions of {} s", seen.faults, self.seconds),
            Fault::DatabaseAway => format!("{} stops of {} s", seen.faults, self.seconds),
        };
        Ok(Report { n: what, figure, verdict })
    }
}

/// Conversations of a customer of their own that sleep for so many seconds; their ids.
async fn put_to_sleep(town: &Town, ledger: &Ledger, seconds: u64) -> Result<Vec<String>> {
    let mut http = Http::connect(town.any(0).context("no node runs")?).await?;
    let mut asleep = Vec::new();
    for number in 0..SLEEPERS {
        let (token, text) = (town.session().await?, format!("sleeper {number}"));
        ledger.attempt(&text, false);
        let body = json!({"text": text}).to_string();
        let sent = http.exchange(&send("POST", "/api/v1/chat/messages", Some(&token), None, &body)).await?.expect(201)?.json()?;
        let id = sent["conversation_id"].as_str().context("no conversation")?.to_owned();
        let until = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(i64::try_from(seconds)?);
        let change = json!({"status": "snoozed", "snoozed_until": until.to_string()}).to_string();
        http.exchange(&send("PATCH", &format!("/api/v1/conversations/{id}"), Some(&town.token), None, &change)).await?.expect(200)?;
        asleep.push(id);
    }
    Ok(asleep)
}

async fn still_asleep_or_woken_twice(town: &Town, sleepers: &[String]) -> Result<Vec<String>> {
    let began = Instant::now();
    loop {
        let mut wrong = Vec::new();
        for id in sleepers {
            let woken = town.cluster.query(&format!(
                "SELECT count(*) FROM event WHERE stream = '{id}' AND kind = 'conversations.changed' AND actor_kind = 'system'
                 AND payload::json->>'from' = 'snoozed' AND payload::json->>'to' = 'open'"
            ))?;
            if woken != ["1"] {
                wrong.push(format!("{id} woke {woken:?} times"));
            }
        }
        // A job in the hands of a node that was cut off or killed is done when its lease has lapsed.
        if wrong.is_empty() || began.elapsed() > Duration::from_secs(90) {
            return Ok(wrong);
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// Connects a console to one node, kills the node, and measures for how long the other shows the agent.
async fn presence_of_the_dead(town: &Town) -> Result<Duration> {
    let token = town.hire("shown")?;
    let one = town.nodes[0].address().context("a node does not run")?;
    let two = town.nodes[1].address().context("a node does not run")?;
    let _console = rapport_bench::socket::live(one, &token).await?;
    let mut http = Http::connect(two).await?;
    wait_for(Duration::from_secs(10), async || Ok(is_online(&mut http, &town.token).await?)).await.context("the other node never showed the agent")?;
    town.nodes[0].kill()?;
    let took = wait_for(2 * BELIEVED, async || Ok(!is_online(&mut http, &town.token).await?)).await;
    town.nodes[0].start().await?;
    took
}

async fn is_online(http: &mut Http, token: &str) -> Result<bool> {
    let agents = http.exchange(&get("/api/v1/agents", Some(token))).await?.expect(200)?.json()?;
    let agents = agents["items"].as_array().context("a list without items")?;
    Ok(agents.iter().any(|agent| agent["name"] == "shown" && agent["online"] == true))
}

async fn wait_for(most: Duration, mut is_so: impl AsyncFnMut() -> Result<bool>) -> Result<Duration> {
    let began = Instant::now();
    while !is_so().await? {
        ensure!(began.elapsed() < most, "waited {most:?} in vain");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(began.elapsed())
}

/// One request on a connection of its own, the answer as it came.
async fn raw(address: SocketAddr, request: &[u8]) -> Result<String> {
    let exchange = async {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(request).await?;
        let mut buffer = vec![0; 16 * 1024];
        let read = stream.read(&mut buffer).await?;
        Ok::<_, anyhow::Error>(String::from_utf8_lossy(&buffer[..read]).into_owned())
    };
    tokio::time::timeout(Duration::from_secs(20), exchange).await.context("no answer within 20 s")?
}

/// What only the database can tell, each fault as a sentence.
fn inspect(town: &Town) -> Result<Vec<String>> {
    const QUESTIONS: [&str; 4] = [
        "SELECT 'events ' || count(*) || ', positions ' || min(position) || ' to ' || max(position) || ', without ' || count(*) FILTER (WHERE position IS NULL)
         FROM event HAVING count(*) FILTER (WHERE position IS NULL) > 0 OR min(position) <> 1 OR max(position) <> count(*)",
        "SELECT 'the job ' || kind || ' was given up: ' || coalesce(last_error, '') FROM job WHERE failed_at IS NOT NULL",
        "SELECT 'the job ' || kind || ' waits for more than two minutes' FROM job WHERE run_at < extract(epoch FROM now() - interval '2 minutes') * 1000000",
        "SELECT 'conversation ' || c.number || ': last_seq ' || c.last_seq || ' of ' || m.n FROM conversation c
         JOIN (SELECT conversation_id, count(*) AS n, max(seq) AS top FROM message GROUP BY 1) m ON m.conversation_id = c.id
         WHERE c.last_seq <> m.n OR m.top <> m.n",
    ];
    let mut faults = Vec::new();
    for question in QUESTIONS {
        faults.extend(town.cluster.query(question)?);
    }
    Ok(faults)
}
