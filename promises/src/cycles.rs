//! The cycles of a run: start, write, break, again; then read everything back.

use std::time::Duration;

use anyhow::{Context as _, Result};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use rapport_bench::product::House;

use crate::crew::{Crew, END_WITHIN, Hands};
use crate::database::inspect;
use crate::promise::{Ground, Report};
use crate::verdict::{Outcome, judge};

/// How long after the writers began the server is broken.
pub const BREAK_AFTER_MS: std::ops::RangeInclusive<u64> = 50..=500;

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
        let mut chance = StdRng::seed_from_u64(ground.seed);
        let mut crew = Crew::hire(&house, &mut chance, Hands::MANY).await?;
        let mut outcome = Outcome::new(self);
        for cycle in 1..=self.times {
            let product = house.open().await.with_context(|| format!("starting again for cycle {cycle}"))?;
            outcome.started.push(product.started.elapsed());
            let after = Duration::from_millis(chance.random_range(BREAK_AFTER_MS));
            let address = product.address;
            let breaking = async {
                match self.breaking {
                    Break::Kill => product.kill().map(|()| None),
                    Break::Terminate => product.stop(END_WITHIN).await.map(Some),
                }
            };
            if let Some(ended) = crew.work(address, after, breaking).await? {
                outcome.ended.push(ended.map(|(status, took)| (status.success(), took)));
            }
            if cycle % 25 == 0 {
                println!("{cycle} of {}: {} messages acknowledged", self.times, crew.ledger.acknowledged());
            }
        }
        let product = house.open().await?;
        outcome.back = crew.read_back(&product, &house.token).await?;
        product.stop(END_WITHIN).await?;
        outcome.inspection = inspect(&house.database())?;
        Ok(judge(&outcome, &crew.ledger))
    }
}
