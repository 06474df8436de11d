//! What 500 rules cost: the intake of one server with all of them switched off and on in turn, and whether they keep up with 200 messages a second.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::figures::{median, millis};
use crate::http::{Http, get, send};
use crate::intake_load::{Pace, Writers};
use crate::product::House;
use crate::report::{Table, Verdict};

const RULES: usize = 500;
/// So many of them fit now and then: each when a conversation has a certain number of messages, so that about every tenth message makes one run.
const FITTING: usize = 50;
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_secs(4);
const SHARE: f64 = 0.7;
const PER_SECOND: u64 = 200;
const STEADY: Duration = Duration::from_secs(20);
const STEADY_P99_MS: f64 = 50.0;
const CAUGHT_UP: Duration = Duration::from_secs(2);

struct Desk<'a> {
    address: SocketAddr,
    token: &'a str,
}

impl Desk<'_> {
    /// Over a connection of its own: one that is idle for a round is closed.
    async fn ask(&self, method: &str, path: &str, body: &Value) -> Result<Value> {
        let request = if method == "GET" { get(path, Some(self.token)) } else { send(method, path, Some(self.token), None, &body.to_string()) };
        let answer = Http::connect(self.address).await?.exchange(&request).await?;
        ensure!(answer.status < 300, "{method} {path}: {} {}", answer.status, answer.text());
        answer.json()
    }

    /// Adds the rules, switched off.
    async fn write_rules(&self) -> Result<Vec<String>> {
        let mut ids = Vec::with_capacity(RULES);
        for number in 0..RULES {
            let rule = self.ask("POST", "/api/v1/automation/rules", &rule(number)).await?;
            ids.push(rule["id"].as_str().unwrap_or_default().to_owned());
        }
        Ok(ids)
    }

    async fn switch(&self, ids: &[String], on: bool) -> Result<()> {
        for id in ids {
            self.ask("PATCH", &format!("/api/v1/automation/rules/{id}"), &json!({"enabled": on})).await?;
        }
        Ok(())
    }

    /// How often all rules ran.
    async fn runs(&self) -> Result<i64> {
        let rules = self.ask("GET", "/api/v1/automation/rules", &Value::Null).await?;
        Ok(rules["items"].as_array().into_iter().flatten().filter_map(|rule| rule["run_count"].as_i64()).sum())
    }

    /// How long it takes until no rule runs any more.
    async fn caught_up(&self) -> Result<Duration> {
        const STILL: Duration = Duration::from_secs(2);
        let begun = Instant::now();
        let (mut ran, mut last) = (self.runs().await?, begun);
        while last.elapsed() < STILL {
            tokio::time::sleep(Duration::from_millis(50)).await;
            let now = self.runs().await?;
            if now != ran {
                (ran, last) = (now, Instant::now());
            }
            ensure!(begun.elapsed() < Duration::from_secs(120), "rules still run two minutes after the last message");
        }
        Ok(last - begun)
    }
}

/// As rules are written: some words, a status, something of the customer.
fn rule(number: usize) -> Value {
    let fits = if number < FITTING {
        json!({"field": "customer_messages", "op": "is", "value": 10 * (number + 1)})
    } else {
        json!({"field": "tags", "op": "one_of", "value": [format!("tag {number}")]})
    };
    let condition = json!({"all": [
        {"field": "status", "op": "one_of", "value": ["open", "waiting"]},
        {"any": [{"field": "message", "op": "contains", "value": "parcel"}, {"field": "subject", "op": "contains", "value": format!("word {number}")}]},
        fits,
    ]});
    let actions = json!([{"type": "add_tags", "tags": [format!("fits {}", number % 5)]}, {"type": "set_priority", "priority": if number.is_multiple_of(2) { "high" } else { "normal" }}]);
    json!({"name": format!("Rule {number}"), "enabled": false, "trigger": {"on": "message_received"}, "condition": condition, "actions": actions, "sharing": {"with": "everyone"}})
}

/// Measures; `folder` receives the data folder.
pub async fn measure(binary: &Path, folder: &Path) -> Result<Verdict> {
    let house = House::furnish(binary, &folder.join("rules"))?;
    let product = house.open().await?;
    let desk = Desk { address: product.address, token: &house.token };
    let ids = desk.write_rules().await?;
    let mut writers = Writers::connect(product.address, &house.inbox_key, "rules").await?;
    let mut verdict = Verdict::default();

    let mut table = Table::new(&["round", "none msg/s", "500 rules msg/s", "share", "none µs/msg", "500 rules µs/msg"]);
    let mut shares = Vec::new();
    for round in 1..=ROUNDS {
        let mut rates = Vec::new();
        let mut costs = Vec::new();
        for on in [false, true] {
            desk.switch(&ids, on).await?;
            let cpu = product.cpu_time()?;
            let (latencies, took) = writers.write(Pace::Closed, ROUND, &format!("{on}{round}")).await?;
            rates.push(latencies.len() as f64 / took.as_secs_f64());
            costs.push((product.cpu_time()? - cpu).as_secs_f64() * 1e6 / latencies.len() as f64);
        }
        shares.push(rates[1] / rates[0]);
        let [none, with] = [rates[0], rates[1]].map(|rate| format!("{rate:.0}"));
        table.row([round.to_string(), none, with, format!("{:.2}", rates[1] / rates[0]), format!("{:.0}", costs[0]), format!("{:.0}", costs[1])]);
    }
    print!("{}", table.render());
    let share = median(&shares);
    verdict.check(share >= SHARE, format!("intake with {RULES} rules: {share:.2} of that with none, median of {ROUNDS} (at least {SHARE})"));

    desk.caught_up().await?;
    let (cpu, ran) = (product.cpu_time()?, desk.runs().await?);
    let (mut latencies, _) = writers.write(Pace::Open { per_second: PER_SECOND }, STEADY, "steady").await?;
    let cost = (product.cpu_time()? - cpu).as_secs_f64() * 1e6 / latencies.len() as f64;
    let behind = desk.caught_up().await?;
    let ran = desk.runs().await? - ran;
    let p99 = millis(latencies.percentile(0.99));
    verdict.check(
        p99 < STEADY_P99_MS && behind < CAUGHT_UP && ran > 0,
        format!(
            "{PER_SECOND} messages/s with {RULES} rules for {} s: p99 {p99:.1} ms (below {STEADY_P99_MS:.0}), {cost:.0} µs/msg, {ran} runs, the last {:.1} s after the last message (below {})",
            STEADY.as_secs(),
            behind.as_secs_f64(),
            CAUGHT_UP.as_secs()
        ),
    );
    product.stop(Duration::from_secs(10)).await?;
    Ok(verdict)
}
