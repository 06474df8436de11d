//! Durable intake: how many customers' messages a second are acknowledged after they are safe on disk, and how soon.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use crate::figures::{median, millis};
use crate::intake_floor::Floor;
use crate::intake_load::{Pace, WRITERS, Writers};
use crate::product::{House, cpu_time};
use crate::report::{Table, Verdict};

const ROUNDS: usize = 5;
const PRODUCT_ROUND: Duration = Duration::from_secs(4);
const SHARE_OF_FLOOR: f64 = 0.4;
const STEADY_PER_SECOND: u64 = 500;
const STEADY: Duration = Duration::from_secs(20);
const STEADY_P99_MS: f64 = 50.0;

/// Measures both; `folder` receives the data folder and the floor's database.
pub async fn measure(binary: &Path, folder: &Path) -> Result<Verdict> {
    let house = House::furnish(binary, &folder.join("intake"))?;
    let product = house.open().await?;
    let mut writers = Writers::connect(product.address, &house.inbox_key, "intake").await?;
    let mut floor = Floor::copy(&house.database(), folder)?;
    let mut verdict = Verdict::default();

    let mut table = Table::new(&["round", "floor msg/s", "product msg/s", "share", "p50 ms", "p99 ms", "server µs/msg", "client µs/msg"]);
    let (mut floors, mut rates, mut shares) = (Vec::new(), Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        let (cpu, own) = (product.cpu_time()?, cpu_time(std::process::id())?);
        let (mut latencies, took) = writers.write(Pace::Closed, PRODUCT_ROUND, &format!("c{round}")).await?;
        let (cpu, own) = (product.cpu_time()? - cpu, cpu_time(std::process::id())? - own);
        let rate = latencies.len() as f64 / took.as_secs_f64();
        let below = floor.write(latencies.len())?;
        table.row([
            round.to_string(),
            format!("{below:.0}"),
            format!("{rate:.0}"),
            format!("{:.2}", rate / below),
            format!("{:.1}", millis(latencies.percentile(0.50))),
            format!("{:.1}", millis(latencies.percentile(0.99))),
            format!("{:.0}", cpu.as_secs_f64() * 1e6 / latencies.len() as f64),
            format!("{:.0}", own.as_secs_f64() * 1e6 / latencies.len() as f64),
        ]);
        floors.push(below);
        rates.push(rate);
        shares.push(rate / below);
    }
    table.row(["median".into(), format!("{:.0}", median(&floors)), format!("{:.0}", median(&rates)), format!("{:.2}", median(&shares))]);
    print!("{}", table.render());
    let share = median(&shares);
    verdict.check(share >= SHARE_OF_FLOOR, format!("{WRITERS} writers: {share:.2} of the group-commit floor, median of {ROUNDS} (at least {SHARE_OF_FLOOR})"));

    let (mut latencies, _) = writers.write(Pace::Open { per_second: STEADY_PER_SECOND }, STEADY, "open").await?;
    let (p50, p99) = (millis(latencies.percentile(0.50)), millis(latencies.percentile(0.99)));
    verdict.check(
        p99 < STEADY_P99_MS,
        format!("{STEADY_PER_SECOND} messages/s for {} s: p50 {p50:.1} ms, p99 {p99:.1} ms (p99 below {STEADY_P99_MS:.0})", STEADY.as_secs()),
    );
    product.stop(Duration::from_secs(10)).await?;
    Ok(verdict)
}
