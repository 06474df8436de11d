//! Two nodes on one PostgreSQL with NATS, those who write to either and those who listen at either.

use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::process::Command;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use rapport_bench::http::Http;
use rapport_bench::product::{House, Product};
use rapport_bench::socket::session;
use tokio::sync::watch;
use tokio::task::{JoinHandle, spawn_local};

use crate::checker::{Faults, compare};
use crate::client::{Client, Screen, Side};
use crate::ledger::Ledger;
use crate::nats::Nats;
use crate::postgres::Cluster;
use crate::promise::{Ground, within};
use crate::proxy::Proxy;
use crate::readback::{as_customer, as_team};
use crate::writer::{Role, Writer};

const VISITORS: usize = 6;
const AGENTS: usize = 2;
/// Consoles and chats that listen: so many of each kind.
const CONSOLES: usize = 4;
/// After the last fault is mended, every client is as fresh as a new one within this time.
pub const CONVERGED_WITHIN: Duration = Duration::from_secs(10);

/// Both nodes and what they stand on.
#[derive(Debug)]
pub struct Town {
    /// The database server, which keeps its word.
    pub cluster: Cluster,
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The administrator's token.
    pub token: String,
    /// What both share, with a way to the database that nothing cuts.
    house: House,
    _nats: Nats,
}

/// One node. Its ways to PostgreSQL and NATS can be cut.
#[derive(Debug)]
pub struct Node {
    house: House,
    product: RefCell<Option<Product>>,
    address: Cell<Option<SocketAddr>>,
    /// Its way to PostgreSQL.
    pub database: Proxy,
    /// Its way to NATS.
    pub nats: Proxy,
}

impl Node {
    /// Starts it and waits until it answers.
    pub async fn start(&self) -> Result<()> {
        let product = self.house.open().await?;
        self.address.set(Some(product.address));
        self.product.replace(Some(product));
        Ok(())
    }

    /// Ends it at once.
    pub fn kill(&self) -> Result<()> {
        self.address.set(None);
        self.product.take().context("the node does not run")?.kill()
    }

    /// Where it answers; nothing while it is down.
    pub fn address(&self) -> Option<SocketAddr> {
        self.address.get()
    }

    /// Its process.
    pub fn pid(&self) -> Option<u32> {
        self.product.borrow().as_ref().map(Product::id)
    }

    /// Sends it a signal by name, e.g. `STOP`.
    pub fn signal(&self, name: &str) -> Result<()> {
        let pid = self.pid().context("the node does not run")?;
        ensure!(Command::new("kill").args([format!("-{name}"), pid.to_string()]).status()?.success(), "sending SIG{name} failed");
        Ok(())
    }

    /// The end of its log.
    pub fn last_words(&self) -> String {
        self.product.borrow().as_ref().map(Product::last_words).unwrap_or_default()
    }
}

impl Town {
    /// Builds it: two nodes that run. Needs a `LocalSet` around it.
    pub async fn build(ground: &Ground) -> Result<Self> {
        let (cluster, nats) = (Cluster::start(&ground.folder)?, Nats::start()?);
        let server = SocketAddr::from(([127, 0, 0, 1], cluster.port));
        let directly = vec![("RAPPORT_DATABASE".to_owned(), cluster.url.clone())];
        let furnished = House::furnish_with(&ground.binary, &ground.folder.join("data"), directly)?;
        let mut nodes = Vec::new();
        for name in ["one", "two"] {
            let (database, way) = (Proxy::start(server).await?, Proxy::start(nats.address).await?);
            let environment = vec![
                ("RAPPORT_DATABASE".to_owned(), format!("postgres://rapport@{}/postgres", database.address)),
                ("RAPPORT_NATS".to_owned(), format!("nats://{}", way.address)),
            ];
            // Both have the same data folder, and with it the same files and the same key.
            let house = House { environment, log: ground.folder.join(format!("node-{name}.log")), ..furnished.clone() };
            let node = Node { house, product: RefCell::default(), address: Cell::new(None), database, nats: way };
            node.start().await?;
            nodes.push(node);
        }
        Ok(Self { cluster, nodes, token: furnished.token.clone(), house: furnished, _nats: nats })
    }

    /// A node that runs, chosen by a number.
    pub fn any(&self, chosen: usize) -> Option<SocketAddr> {
        let running: Vec<SocketAddr> = self.nodes.iter().filter_map(Node::address).collect();
        (!running.is_empty()).then(|| running[chosen % running.len()])
    }

    /// Opens a chat; its token.
    pub async fn session(&self) -> Result<String> {
        let mut http = Http::connect(self.any(0).context("no node runs")?).await?;
        session(&mut http, &self.house.inbox_key).await
    }

    /// Adds an agent; their token.
    pub fn hire(&self, name: &str) -> Result<String> {
        self.house.hire(&format!("{name}@example.com"), name)
    }
}

/// What clients do that are not faithful to one node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Going {
    /// They move on now and then.
    Roam,
    /// They stay where they are: who moves on before it has been told everything is not stale but impatient.
    Stay,
    /// All of them end.
    End,
}

/// Everybody at work.
#[derive(Debug)]
pub struct Crowd {
    town: Rc<Town>,
    /// What was acknowledged.
    pub ledger: Ledger,
    writers: Vec<JoinHandle<Writer>>,
    clients: Vec<Rc<Client>>,
    listening: Vec<JoinHandle<()>>,
    work: watch::Sender<bool>,
    going: watch::Sender<Going>,
}

/// What was found at the end.
#[derive(Debug, Default)]
pub struct Found {
    /// What differs from the ledger.
    pub faults: Faults,
    /// Messages read back, by both sides.
    pub read: usize,
    /// Clients that were stale at the end.
    pub stale: Vec<String>,
    /// How long after the last fault the last client was fresh; nothing when one never was.
    pub converged: Option<Duration>,
    /// How long after the last fault the last message of unknown outcome was delivered.
    pub settled: Duration,
    /// How often clients connected, and how often they were told to load everything anew.
    pub connected: u64,
    /// See above.
    pub resynced: u64,
    /// How many messages were acknowledged.
    pub acknowledged: usize,
    /// How many were sent again because their outcome was unknown, and how many of these had been stored.
    pub repeated: (u64, u64),
    /// Answers that broke a rule.
    pub objections: Vec<String>,
}

impl Crowd {
    /// Customers and agents begin to write, consoles and chats to listen, each at a node it chooses anew now and then.
    pub async fn gather(town: &Rc<Town>, chance: &mut StdRng) -> Result<Self> {
        let ledger = Ledger::default();
        let (work, going) = (watch::Sender::new(true), watch::Sender::new(Going::Roam));
        let mut crowd = Self { town: town.clone(), ledger: ledger.clone(), writers: Vec::new(), clients: Vec::new(), listening: Vec::new(), work, going };
        let mut clients: Vec<Client> = (0..CONSOLES).map(|_| Client::new(Side::Team, town.token.clone())).collect();
        let mut hands = Vec::new();
        for number in 0..AGENTS {
            hands.push((Role::Agent, format!("agent-{number}"), town.hire(&format!("agent{number}"))?));
        }
        for number in 0..VISITORS {
            let token = town.session().await?;
            clients.push(Client::new(Side::Customer, token.clone()));
            let role = if number % 2 == 0 { Role::VisitorOverHttp } else { Role::VisitorOverSocket };
            hands.push((role, format!("visitor-{number}"), token));
        }
        for (role, name, token) in hands {
            let writer = Writer::new(role, name, token, ledger.clone(), chance.random());
            crowd.writers.push(spawn_local(keep_writing(writer, town.clone(), crowd.work.subscribe(), chance.random())));
        }
        for (number, client) in clients.into_iter().enumerate() {
            let client = Rc::new(client);
            // Half of them stay with their node whatever happens to it, the others move on now and then.
            let home = (number % 2 == 0).then_some(number / 2 % town.nodes.len());
            crowd.listening.push(spawn_local(keep_listening(client.clone(), town.clone(), home, crowd.going.subscribe(), chance.random())));
            crowd.clients.push(client);
        }
        Ok(crowd)
    }

    /// Ends writing, delivers what is of unknown outcome, waits for the clients to be fresh, and compares everything.
    /// `mended` is when the last fault was.
    pub async fn disperse(mut self, mended: Instant) -> Result<Found> {
        let _ = (self.work.send_replace(false), self.going.send_replace(Going::Stay));
        let mut writers = Vec::new();
        for task in std::mem::take(&mut self.writers) {
            writers.push(task.await?);
        }
        for (number, writer) in writers.iter_mut().enumerate() {
            let mut settled = false;
            for attempt in 0..5 {
                let address = self.town.any(number + attempt).context("no node runs")?;
                settled = settled || writer.settle(address).await;
            }
            ensure!(settled, "a message could not be delivered to nodes that run: {}", self.town.nodes[0].last_words());
        }
        let mut found = Found { settled: mended.elapsed(), ..Found::default() };
        // They go on listening while they are compared.
        while found.converged.is_none() && mended.elapsed() < 3 * within(CONVERGED_WITHIN) {
            let fresh = self.afresh().await?;
            let looked = Instant::now();
            // Nobody writes any more, but what is still under way may change what is there: then it is looked at once more.
            while found.converged.is_none() && looked.elapsed() < Duration::from_secs(2) {
                found.stale = self.clients.iter().zip(&fresh).filter_map(|(client, fresh)| client.differs(fresh)).collect();
                if found.stale.is_empty() {
                    // Loading everything to compare with takes seconds on a busy machine; nobody was stale meanwhile for that.
                    found.converged = self.clients.iter().map(|client| client.changed_after(mended)).max();
                } else {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
        }
        let _ = self.going.send_replace(Going::End);
        for task in std::mem::take(&mut self.listening) {
            task.await?;
        }
        for client in &self.clients {
            found.connected += client.connected.get();
            found.resynced += client.resynced.get();
        }
        let address = self.town.any(0).context("no node runs")?;
        let team = as_team(address, &self.town.token).await?;
        let mut customers = Vec::new();
        for writer in writers.iter().filter(|writer| writer.is_visitor()) {
            customers.extend(as_customer(address, &writer.token).await?);
        }
        found.read = team.len() + customers.len();
        self.ledger.read(|entries| {
            found.faults = compare(entries, &team, &customers);
            found.acknowledged = entries.acknowledged.len();
            found.repeated = (entries.repeated, entries.found_stored);
            found.objections.clone_from(&entries.objections);
        });
        Ok(found)
    }
}

impl Crowd {
    /// What each client would show if it loaded everything anew; all consoles show the same.
    async fn afresh(&self) -> Result<Vec<Screen>> {
        let mut screens: Vec<Screen> = Vec::new();
        for (number, client) in self.clients.iter().enumerate() {
            let same = if client.side() == Side::Team { screens.first().cloned() } else { None };
            let screen = match same {
                Some(screen) => screen,
                None => client.afresh(self.town.any(number).context("no node runs")?).await?,
            };
            screens.push(screen);
        }
        Ok(screens)
    }
}

async fn keep_writing(mut writer: Writer, town: Rc<Town>, mut work: watch::Receiver<bool>, seed: u64) -> Writer {
    let mut chance = StdRng::seed_from_u64(seed);
    while *work.borrow() {
        if let Some(address) = town.any(chance.random_range(0..1_000)) {
            // Whoever is interrupted in the middle of a message repeats it, to whichever node.
            let a_while = tokio::time::sleep(Duration::from_millis(chance.random_range(500..4_000)));
            tokio::select! {
                () = writer.write(address) => {}
                () = a_while => {}
                _ = work.changed() => {}
            }
        }
        tokio::time::sleep(Duration::from_millis(chance.random_range(5..30))).await;
    }
    writer
}

async fn keep_listening(client: Rc<Client>, town: Rc<Town>, home: Option<usize>, going: watch::Receiver<Going>, seed: u64) {
    let mut chance = StdRng::seed_from_u64(seed);
    let mut end = going.clone();
    while *going.borrow() != Going::End {
        let address = match home {
            Some(home) => town.nodes[home].address(),
            None => town.any(chance.random_range(0..1_000)),
        };
        if let Some(address) = address {
            let stay = Duration::from_millis(chance.random_range(1_000..6_000));
            let moves_on = async {
                loop {
                    tokio::time::sleep(stay).await;
                    if home.is_none() && *going.borrow() == Going::Roam {
                        return;
                    }
                }
            };
            tokio::select! {
                _ = client.listen(address) => {}
                () = moves_on => {}
                _ = end.wait_for(|going| *going == Going::End) => {}
            }
        }
        tokio::time::sleep(Duration::from_millis(chance.random_range(5..50))).await;
    }
}
