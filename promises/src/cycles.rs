//! The cycles of a run: start, write, break, again; then read everything back.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use rapport_bench::http::Http;
use rapport_bench::product::{House, Product};
use rapport_bench::socket::session;
use tokio::task::LocalSet;

use crate::checker::{Found, compare};
use crate::database::inspect;
use crate::ledger::Ledger;
use crate::promise::{Ground, Report};
use crate::readback::{as_customer, as_team};
use crate::verdict::{Outcome, judge};
use crate::writer::{Role, Writer};

const VISITORS: usize = 8;
const AGENTS: usize = 2;
/// How long after the writers began the server is broken.
const BREAK_AFTER_MS: std::ops::RangeInclusive<u64> = 50..=500;
/// How long a server may take to end when asked.
const END_WITHIN: Duration = Duration::from_secs(10);

/// How often a message of unknown outcome is repeated at the end: a server that has just started may ask to come again.
const SETTLE_TRIES: usize = 3;

/// How the server is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// SIGKILL: it cannot do anything any more.
    Kill,
    /// SIGTERM: it is asked to end.
    Terminate,
}

/// How the server is broken, and how often.
#[derive(Debug, Clone, Copy)]
pub struct Cycles {
    /// How.
    pub breaking: Break,
    /// How often.
    pub times: u32,
}

impl Cycles {
    /// Runs all cycles, reads back and judges.
    pub async fn run(self, ground: &Ground) -> Result<Report> {
        let house = House::furnish(&ground.binary, &ground.folder.join("data"))?;
        let ledger = Ledger::default();
        let mut chance = StdRng::seed_from_u64(ground.seed);
        let mut writers = hire(&house, &ledger, &mut chance).await?;
        let mut outcome = Outcome::new(self);
        for cycle in 1..=self.times {
            let product = house.open().await.with_context(|| format!("starting again for cycle {cycle}"))?;
            outcome.started.push(product.started.elapsed());
            let after = Duration::from_millis(chance.random_range(BREAK_AFTER_MS));
            writers = self.cycle(product, writers, after, &mut outcome).await?;
            if cycle % 25 == 0 {
                println!("{cycle} of {}: {} messages acknowledged", self.times, ledger.acknowledged());
            }
        }
        read_back(&house, &ledger, &mut writers, &mut outcome).await?;
        outcome.inspection = inspect(&house.database())?;
        Ok(judge(&outcome, &ledger))
    }

    /// Lets everybody write, breaks the server after so long and waits until every writer has noticed.
    async fn cycle(self, product: Product, writers: Vec<Writer>, after: Duration, outcome: &mut Outcome) -> Result<Vec<Writer>> {
        let address = product.address;
        let local = LocalSet::new();
        let tasks: Vec<_> = writers
            .into_iter()
            .map(|mut writer| {
                local.spawn_local(async move {
                    writer.write(address).await;
                    writer
                })
            })
            .collect();
        local
            .run_until(async {
                tokio::time::sleep(after).await;
                match self.breaking {
                    Break::Kill => product.kill()?,
                    Break::Terminate => {
                        let ended = product.stop(END_WITHIN).await?;
                        outcome.ended.push(ended.map(|(status, took)| (status.success(), took)));
                    }
                }
                let mut returned = Vec::new();
                for task in tasks {
                    let writer = tokio::time::timeout(Duration::from_secs(20), task).await;
                    returned.push(writer.context("a writer did not notice that the server is gone")??);
                }
                Ok(returned)
            })
            .await
    }
}

/// Half of the customers write over HTTP, half over a WebSocket; agents answer all of them.
async fn hire(house: &House, ledger: &Ledger, chance: &mut StdRng) -> Result<Vec<Writer>> {
    let mut writers = Vec::new();
    for number in 0..AGENTS {
        let token = house.hire(&format!("agent{number}@example.com"), &format!("Agent {number}"))?;
        writers.push(Writer::new(Role::Agent, format!("agent-{number}"), token, ledger.clone(), chance.random()));
    }
    let product = house.open().await?;
    let mut http = Http::connect(product.address).await?;
    for number in 0..VISITORS {
        let token = session(&mut http, &house.inbox_key).await?;
        let role = if number % 2 == 0 { Role::VisitorOverHttp } else { Role::VisitorOverSocket };
        writers.push(Writer::new(role, format!("visitor-{number}"), token, ledger.clone(), chance.random()));
    }
    product.stop(END_WITHIN).await?;
    Ok(writers)
}

/// Repeats what is still unknown, then compares what is there with the ledger.
async fn read_back(house: &House, ledger: &Ledger, writers: &mut [Writer], outcome: &mut Outcome) -> Result<()> {
    let product = house.open().await?;
    for writer in writers.iter_mut() {
        let mut settled = false;
        for _ in 0..SETTLE_TRIES {
            settled = settled || writer.settle(product.address).await;
        }
        ensure!(settled, "a message could not be delivered to a server that runs: {}", product.last_words());
    }
    let begun = Instant::now();
    let team = as_team(product.address, &house.token).await?;
    let mut customers: Vec<Found> = Vec::new();
    for writer in writers.iter().filter(|writer| writer.is_visitor()) {
        customers.extend(as_customer(product.address, &writer.token).await?);
    }
    outcome.read = team.len() + customers.len();
    outcome.reading = begun.elapsed();
    outcome.faults = ledger.read(|entries| compare(entries, &team, &customers));
    product.stop(END_WITHIN).await?;
    Ok(())
}
