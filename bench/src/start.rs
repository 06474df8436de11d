//! How soon the server answers after it was started, and how much memory it holds when idle.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use crate::figures::{median, millis};
use crate::product::House;
use crate::report::{Table, Verdict};

const STARTS: usize = 10;
const ANSWER_WITHIN_MS: f64 = 400.0;
const IDLE: Duration = Duration::from_secs(10);
const RESIDENT_BELOW_MB: f64 = 60.0;

/// Measures both; `folder` receives the data folder.
pub async fn measure(binary: &Path, folder: &Path) -> Result<Verdict> {
    let house = House::furnish(binary, &folder.join("start"))?;
    // The first start of all creates what later ones find: it is not what an operator waits for after an upgrade.
    house.open().await?.stop(Duration::from_secs(10)).await?;

    let mut table = Table::new(&["from process start to", "median ms", "worst ms"]);
    let mut verdict = Verdict::default();
    let mut openapi = Vec::new();
    let mut readyz = Vec::new();
    for _ in 0..STARTS {
        openapi.push(first_answer(&house, "/api/v1/openapi.json").await?);
        readyz.push(first_answer(&house, "/readyz").await?);
    }
    for (path, figures) in [("/api/v1/openapi.json", &openapi), ("/readyz", &readyz)] {
        let middle = median(figures);
        let worst = figures.iter().copied().fold(0.0, f64::max);
        table.row([format!("200 of {path}"), format!("{middle:.0}"), format!("{worst:.0}")]);
        verdict.check(middle <= ANSWER_WITHIN_MS, format!("first 200 of {path} after {middle:.0} ms, median of {STARTS} (at most {ANSWER_WITHIN_MS:.0})"));
    }
    print!("{}", table.render());

    let resident = idle_megabytes(&house).await?;
    verdict.check(resident < RESIDENT_BELOW_MB, format!("{resident:.1} MB resident after {} s idle (below {RESIDENT_BELOW_MB:.0})", IDLE.as_secs()));
    Ok(verdict)
}

async fn first_answer(house: &House, path: &str) -> Result<f64> {
    let mut product = house.spawn()?;
    let took = product.ready(path, Duration::from_secs(10)).await?;
    product.stop(Duration::from_secs(10)).await?;
    Ok(millis(took))
}

async fn idle_megabytes(house: &House) -> Result<f64> {
    let product = house.open().await?;
    tokio::time::sleep(IDLE).await;
    let kib = product.resident_kib()?;
    product.stop(Duration::from_secs(10)).await?;
    Ok(kib as f64 * 1_024.0 / 1_000_000.0)
}
