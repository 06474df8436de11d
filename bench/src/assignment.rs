//! From a customer's first message to the agent who has it, with two hundred agents and a hundred new conversations a second.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use tokio::sync::Mutex;
use tokio::task::JoinSet;

use crate::figures::{Latencies, millis};
use crate::http::{Http, get, send};
use crate::product::House;
use crate::report::{Table, Verdict};
use crate::socket::{self, next_text, session};

const AGENTS: usize = 200;
const PER_SECOND: u64 = 100;
const LASTING: Duration = Duration::from_secs(10);
/// What is given out must be there within this time, nearly always.
const WITHIN: f64 = 200.0;
const CAPACITY: i64 = 8;
const CONNECTIONS: usize = 8;

/// Measures one method after the other.
pub async fn measure(binary: &Path, folder: &Path) -> Result<Verdict> {
    let mut verdict = Verdict::default();
    for method in ["round_robin", "least_loaded"] {
        let house = House::furnish(binary, &folder.join(format!("assignment-{method}")))?;
        run(&house, method, &mut verdict).await.with_context(|| method.to_owned())?;
    }
    Ok(verdict)
}

async fn run(house: &House, method: &str, verdict: &mut Verdict) -> Result<()> {
    let product = house.open().await?;
    let mut http = Http::connect(product.address).await?;
    furnish(house, &mut http, method).await?;
    let count = usize::try_from(PER_SECOND * LASTING.as_secs())?;
    let mut visitors = Vec::with_capacity(count);
    for _ in 0..count {
        visitors.push(session(&mut http, &house.inbox_key).await?);
    }
    let mut agent = socket::live(product.address, &house.token).await?;
    let began = Instant::now();
    let seen = tokio::spawn(async move {
        let mut seen: HashMap<String, Instant> = HashMap::new();
        while seen.len() < count && began.elapsed() < LASTING + Duration::from_secs(10) {
            let Ok(Ok(Some(text))) = tokio::time::timeout(Duration::from_secs(5), next_text(&mut agent)).await else { break };
            let frame: Value = serde_json::from_str(&text).unwrap_or_default();
            if !frame["conversation"]["assignee_id"].is_null()
                && let Some(id) = frame["conversation_id"].as_str()
            {
                seen.entry(id.to_owned()).or_insert_with(Instant::now);
            }
        }
        seen
    });
    let said = write_all(product.address, visitors).await?;
    let seen = seen.await?;
    let mut waits = Latencies::default();
    for (conversation, at) in &said {
        let assigned = seen.get(conversation).with_context(|| format!("{conversation} was given to nobody"))?;
        waits.record(assigned.saturating_duration_since(*at));
    }
    let loads = loads(&mut http, &house.token).await?;
    let (least, most) = (loads.iter().min().copied().unwrap_or(0), loads.iter().max().copied().unwrap_or(0));
    let mut table = Table::new(&["method", "conversations", "p50 ms", "p99 ms", "most ms", "fewest", "most"]);
    let at = |waits: &mut Latencies, share| format!("{:.1}", millis(waits.percentile(share)));
    table.row([method.to_owned(), count.to_string(), at(&mut waits, 0.5), at(&mut waits, 0.99), at(&mut waits, 1.0), least.to_string(), most.to_string()]);
    println!("{}", table.render());
    let p99 = millis(waits.percentile(0.99));
    verdict.check(p99 <= WITHIN, format!("{method}: {AGENTS} agents, {PER_SECOND}/s: given out within {WITHIN} ms (p99 {p99:.1})"));
    verdict.check(most <= CAPACITY, format!("{method}: nobody has more than {CAPACITY} (most {most})"));
    verdict.check(most - least <= 1, format!("{method}: equals differ by one at most ({least} to {most})"));
    product.stop(Duration::from_secs(10)).await?;
    Ok(())
}

/// Hires the agents into one team that takes what comes in.
async fn furnish(house: &House, http: &mut Http, method: &str) -> Result<()> {
    let token = Some(house.token.as_str());
    let mut members = Vec::with_capacity(AGENTS);
    for n in 0..AGENTS {
        let body = json!({"name": format!("Agent {n}"), "email": format!("agent-{n}@example.com"), "grants": [{"role": "agent"}]});
        let made = http.exchange(&send("POST", "/api/v1/agents", token, Some(&format!("agent-{n}")), &body.to_string())).await?.expect(201)?.json()?;
        members.push(made["agent"]["id"].clone());
    }
    let team = json!({"name": "Care", "member_ids": members}).to_string();
    let team = http.exchange(&send("POST", "/api/v1/teams", token, Some("team"), &team)).await?.expect(201)?.json()?;
    let team = team["id"].as_str().unwrap_or_default().to_owned();
    let inboxes = http.exchange(&get("/api/v1/inboxes", token)).await?.expect(200)?.json()?;
    let inbox = inboxes["items"][0]["id"].as_str().unwrap_or_default().to_owned();
    let change = json!({"team_id": team}).to_string();
    http.exchange(&send("PATCH", &format!("/api/v1/inboxes/{inbox}"), token, None, &change)).await?.expect(200)?;
    let settings = json!({"capacity": CAPACITY}).to_string();
    http.exchange(&send("PUT", "/api/v1/assignment", token, None, &settings)).await?.expect(200)?;
    let assignment = json!({"method": method}).to_string();
    http.exchange(&send("PUT", &format!("/api/v1/teams/{team}/assignment"), token, None, &assignment)).await?.expect(200)?;
    Ok(())
}

/// Lets the customers write at an even pace; each first message with when it was accepted.
async fn write_all(address: SocketAddr, visitors: Vec<String>) -> Result<Vec<(String, Instant)>> {
    let mut writing: JoinSet<Result<(String, Instant)>> = JoinSet::new();
    let mut pace = tokio::time::interval(Duration::from_secs(1) / u32::try_from(PER_SECOND)?);
    let mut connections: Vec<Http> = Vec::new();
    for _ in 0..CONNECTIONS {
        connections.push(Http::connect(address).await?);
    }
    let connections = Arc::new(Mutex::new(connections));
    for (n, visitor) in visitors.into_iter().enumerate() {
        pace.tick().await;
        let connections = connections.clone();
        writing.spawn(async move {
            let taken = connections.lock().await.pop();
            let mut http = match taken {
                Some(http) => http,
                None => Http::connect(address).await?,
            };
            let request = send("POST", "/api/v1/chat/messages", Some(&visitor), Some(&format!("first-{n}")), "{\"text\":\"Where is my parcel?\"}");
            let answer = http.exchange(&request).await?.expect(201)?.json()?;
            let at = Instant::now();
            connections.lock().await.push(http);
            Ok((answer["conversation_id"].as_str().unwrap_or_default().to_owned(), at))
        });
    }
    let mut said = Vec::new();
    while let Some(one) = writing.join_next().await {
        said.push(one??);
    }
    Ok(said)
}

/// How much each agent of the team has.
async fn loads(http: &mut Http, token: &str) -> Result<Vec<i64>> {
    let overview = http.exchange(&get("/api/v1/assignment", Some(token))).await?.expect(200)?.json()?;
    let agents = overview["agents"].as_array().cloned().unwrap_or_default();
    // The one whose token is used is in no team.
    let loads: Vec<i64> = agents.iter().filter_map(|agent| agent["load"].as_i64()).collect();
    ensure!(loads.len() == AGENTS + 1, "{} agents instead of {}", loads.len(), AGENTS + 1);
    let mut loads = loads;
    loads.sort_unstable();
    Ok(loads.split_off(1))
}
