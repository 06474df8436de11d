//! Those who write while the server is being broken, and what they find afterwards.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use futures_util::future::join_all;
use rand::RngExt as _;
use rand::rngs::StdRng;
use rapport_bench::http::Http;
use rapport_bench::product::{House, Product};
use rapport_bench::socket::session;

use crate::checker::{Faults, Found, compare};
use crate::files::{Files, Uploader};
use crate::ledger::Ledger;
use crate::readback::{as_customer, as_team};
use crate::writer::{Role, Writer};

/// How many of each kind write.
#[derive(Debug, Clone, Copy)]
pub struct Hands {
    /// Customers: half of them over HTTP, half over a WebSocket; one alone over HTTP.
    pub visitors: usize,
    /// Agents who answer all of them.
    pub agents: usize,
    /// Customers with many files.
    pub uploaders: usize,
}

impl Hands {
    /// Enough to keep the server busy.
    pub const MANY: Hands = Hands { visitors: 8, agents: 2, uploaders: 2 };
}

/// How long a server may take to end when asked.
pub const END_WITHIN: Duration = Duration::from_secs(10);
/// Everybody notices within this time that the server is gone; copying a disk on the way included.
const NOTICED_WITHIN: Duration = Duration::from_secs(60);
/// How often a message of unknown outcome is repeated at the end: a server that has just started may ask to come again.
const SETTLE_TRIES: usize = 3;

/// Customers over HTTP, over a WebSocket and with files, and agents who answer them.
#[derive(Debug)]
pub struct Crew {
    writers: Vec<Writer>,
    uploaders: Vec<Uploader>,
    /// What was acknowledged of messages.
    pub ledger: Ledger,
    /// What was acknowledged of files.
    pub files: Files,
}

/// What was there at the end.
#[derive(Debug, Default)]
pub struct ReadBack {
    /// What differs from the ledger.
    pub faults: Faults,
    /// Messages read back, by both sides.
    pub read: usize,
    /// How long reading took.
    pub reading: Duration,
    /// Files looked for; `None` when nobody was to upload any.
    pub files: Option<usize>,
    /// Files that are not there, or not as they were sent.
    pub lost_files: Vec<String>,
    /// Uploads that were refused.
    pub refused_files: Vec<String>,
}

impl Crew {
    /// Makes their accounts and sessions.
    pub async fn hire(house: &House, chance: &mut StdRng, hands: Hands) -> Result<Crew> {
        let (ledger, files) = (Ledger::default(), Files::default());
        let mut writers = Vec::new();
        for number in 0..hands.agents {
            let token = house.hire(&format!("agent{number}@example.com"), &format!("Agent {number}"))?;
            writers.push(Writer::new(Role::Agent, format!("agent-{number}"), token, ledger.clone(), chance.random()));
        }
        let product = house.open().await?;
        let mut http = Http::connect(product.address).await?;
        for number in 0..hands.visitors {
            let token = session(&mut http, &house.inbox_key).await?;
            let role = if number % 2 == 0 { Role::VisitorOverHttp } else { Role::VisitorOverSocket };
            writers.push(Writer::new(role, format!("visitor-{number}"), token, ledger.clone(), chance.random()));
        }
        let mut uploaders = Vec::new();
        for number in 0..hands.uploaders {
            let token = session(&mut http, &house.inbox_key).await?;
            uploaders.push(Uploader::new(format!("uploader-{number}"), token, files.clone(), chance.random()));
        }
        product.stop(END_WITHIN).await?;
        Ok(Crew { writers, uploaders, ledger, files })
    }

    /// Lets everybody write, lets `breaking` happen after so long and waits until everybody has noticed.
    pub async fn work<T>(&mut self, address: SocketAddr, after: Duration, breaking: impl Future<Output = Result<T>>) -> Result<T> {
        let writing = join_all(self.writers.iter_mut().map(|writer| writer.write(address)));
        let uploading = join_all(self.uploaders.iter_mut().map(|uploader| uploader.write(address)));
        let breaking = async {
            tokio::time::sleep(after).await;
            breaking.await
        };
        let everybody = tokio::time::timeout(after + NOTICED_WITHIN, async { tokio::join!(writing, uploading) });
        let (broken, noticed) = tokio::join!(breaking, everybody);
        let broken = broken?;
        noticed.context("a writer did not notice that the server is gone")?;
        Ok(broken)
    }

    /// Repeats what is of unknown outcome, then compares what is there with what was acknowledged.
    pub async fn read_back(&mut self, product: &Product, team_token: &str) -> Result<ReadBack> {
        for writer in &mut self.writers {
            let mut settled = false;
            for _ in 0..SETTLE_TRIES {
                settled = settled || writer.settle(product.address).await;
            }
            ensure!(settled, "a message could not be delivered to a server that runs: {}", product.last_words());
        }
        let begun = Instant::now();
        let team = as_team(product.address, team_token).await?;
        let mut customers: Vec<Found> = Vec::new();
        for writer in self.writers.iter().filter(|writer| writer.is_visitor()) {
            customers.extend(as_customer(product.address, &writer.token).await?);
        }
        Ok(ReadBack {
            read: team.len() + customers.len(),
            reading: begun.elapsed(),
            faults: self.ledger.read(|entries| compare(entries, &team, &customers)),
            files: (!self.uploaders.is_empty()).then(|| self.files.len()),
            lost_files: self.files.missing(product.address, 0).await?,
            refused_files: self.files.refused(),
        })
    }
}
