//! What happens to the server meanwhile, drawn by chance: it is killed, it stands still, its clock jumps, its disk is full.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use rand::RngExt as _;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rapport_bench::http::{Http, get};
use rapport_bench::product::{House, Product};
use rustix::process::Signal;

use super::hands::Place;
use crate::clock_jumps::Clock;
use crate::disk::{filler, leave};
use crate::disk_full::RECOVERS_WITHIN;
use crate::io_error::DEVICE_FAILED;
use crate::processes;

/// What can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// SIGKILL, and a start soon after.
    Kill,
    /// SIGSTOP for one to five seconds.
    Pause,
    /// The clock is off for a while; now and then the server is killed and started meanwhile.
    Clock,
    /// Nothing is left on the disk for a while.
    Disk,
}

impl Fault {
    /// Its name, for people.
    pub fn name(self) -> &'static str {
        match self {
            Fault::Kill => "kill",
            Fault::Pause => "pause",
            Fault::Clock => "clock",
            Fault::Disk => "disk",
        }
    }
}

/// By how many seconds the clock may be off: sessions of customers outlive all of them.
const OFF: [i64; 6] = [3_600, -3_600, 86_400, -86_400, 61, -61];

/// The server and what is done to it.
#[derive(Debug)]
pub struct Nemesis {
    house: House,
    product: Option<Product>,
    place: Rc<Place>,
    clock: Option<Clock>,
    disk: Option<PathBuf>,
    chance: StdRng,
    /// Faults still to come before each comes again.
    deck: Vec<Fault>,
    /// How often each has come.
    pub counts: BTreeMap<Fault, u32>,
    /// How often the server ended by itself on a full disk.
    pub ended_on_full_disk: u32,
}

impl Nemesis {
    /// Nothing has happened yet. Without a clock or a disk of its own those faults do not come.
    pub fn new(house: House, product: Product, place: Rc<Place>, clock: Option<Clock>, disk: Option<PathBuf>, chance: StdRng) -> Self {
        Self { house, product: Some(product), place, clock, disk, chance, deck: Vec::new(), counts: BTreeMap::new(), ended_on_full_disk: 0 }
    }

    /// Lets faults happen for so long, each kind at least once. Everything is as it should be afterwards.
    pub async fn rage(&mut self, time: Duration) -> Result<()> {
        let began = Instant::now();
        let mut rounds = 0;
        while began.elapsed() < time || (rounds <= 1 && !self.deck.is_empty()) {
            if self.deck.is_empty() {
                rounds += 1;
                self.deck = self.kinds();
                self.deck.shuffle(&mut self.chance);
            }
            self.wait(500, 2_000).await;
            let Some(fault) = self.deck.pop() else { continue };
            self.happen(fault).await.with_context(|| format!("while this happened: {}", fault.name()))?;
            *self.counts.entry(fault).or_default() += 1;
            let product = self.product.as_mut().context("the server does not run")?;
            ensure!(product.ended(Duration::ZERO).await?.is_none(), "the server ended by itself after this: {}: {}", fault.name(), product.last_words());
        }
        Ok(())
    }

    /// What can happen on this machine.
    pub fn kinds(&self) -> Vec<Fault> {
        let clock = self.clock.as_ref().map(|_| Fault::Clock);
        let disk = self.disk.as_ref().map(|_| Fault::Disk);
        [Some(Fault::Kill), Some(Fault::Pause), clock, disk].into_iter().flatten().collect()
    }

    /// The server, when nothing more is to happen to it.
    pub fn leave_alone(self) -> Result<Product> {
        self.product.context("the server does not run")
    }

    async fn wait(&mut self, from_ms: u64, to_ms: u64) {
        tokio::time::sleep(Duration::from_millis(self.chance.random_range(from_ms..=to_ms))).await;
    }

    async fn happen(&mut self, fault: Fault) -> Result<()> {
        match fault {
            Fault::Kill => self.kill().await,
            Fault::Pause => {
                let id = self.product.as_ref().context("the server does not run")?.id();
                processes::send(id, Signal::STOP)?;
                self.wait(1_000, 5_000).await;
                processes::send(id, Signal::CONT)
            }
            Fault::Clock => {
                let off = OFF[self.chance.random_range(0..OFF.len())];
                self.set_clock(off)?;
                self.wait(500, 2_000).await;
                if self.chance.random_ratio(1, 3) {
                    self.kill().await?;
                    self.wait(200, 1_000).await;
                }
                self.set_clock(0)
            }
            Fault::Disk => {
                let disk = self.disk.clone().context("no disk")?;
                leave(&disk, 0)?;
                self.wait(2_000, 4_000).await;
                std::fs::remove_file(filler(&disk))?;
                // Where SQLite cannot make room for the index of its log behind a commit's flush, the server does not know what became
                // of that commit, and ends rather than say something of it; whoever supervises it starts it again.
                let product = self.product.as_mut().context("the server does not run")?;
                if let Some(status) = product.ended(Duration::ZERO).await? {
                    ensure!(status.code() == Some(DEVICE_FAILED), "the server ended by itself on a full disk, with {status}: {}", product.last_words());
                    self.ended_on_full_disk += 1;
                    self.product = None;
                    self.start().await?;
                }
                self.until_room_is_noticed().await
            }
        }
    }

    fn set_clock(&self, off: i64) -> Result<()> {
        self.clock.as_ref().context("no clock")?.set(off)
    }

    async fn kill(&mut self) -> Result<()> {
        self.product.take().context("the server does not run")?.kill()?;
        self.wait(20, 500).await;
        self.start().await
    }

    async fn start(&mut self) -> Result<()> {
        let product = self.house.open().await?;
        self.place.address.set(product.address);
        self.product = Some(product);
        Ok(())
    }

    async fn until_room_is_noticed(&self) -> Result<()> {
        let began = Instant::now();
        loop {
            let mut http = Http::connect(self.place.address.get()).await?;
            let text = String::from_utf8(http.exchange(&get("/metrics", None)).await?.expect(200)?.body)?;
            if text.lines().any(|line| line == "rapport_disk_level 0") {
                return Ok(());
            }
            ensure!(began.elapsed() < RECOVERS_WITHIN, "{RECOVERS_WITHIN:?} after there was room on the disk /metrics does not say so");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}
