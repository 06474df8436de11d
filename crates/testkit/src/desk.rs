//! The test desk.

use std::{collections::BTreeMap, net::SocketAddr, sync::Arc, time::Duration};

use axum::Router;
use platform::{
    clock::{Clock, Moment},
    config::Config,
    crypto::Vault,
    events,
    ids::Chance,
    nodes::Nats,
    positions::{self, Given},
    store::{Database, Error, Options, Store, scratch},
    telemetry::Metrics,
    web::Problem,
};
use rapport::{
    app,
    automation::Follower,
    channels::{self, Channel, Inbox, NewInbox},
    conversations::saved_views,
    desk::{Desk, MIGRATIONS},
    live,
    people::{self, GrantSpec, NewAgent},
    places::{self, NewBrand},
    reactions::{CARRIERS, REACTIONS},
    schedule, search,
    viewer::{Role, Viewer},
};
use tokio::net::TcpListener;

use crate::{
    actors::{Agent, Answer, Visitor},
    mirror::{AgentMirror, VisitorMirror},
    socket::Socket,
};

const SYSTEM: Viewer = Viewer::System { reason: "test" };

/// A whole Rapport in one test.
pub struct TestDesk {
    /// The desk itself, for what no door shows.
    pub desk: Desk,
    /// Moved by hand.
    pub clock: Clock,
    /// The router every actor speaks to.
    pub router: Router,
    agents: Vec<AgentMirror>,
    visitors: Vec<VisitorMirror>,
    rules: Follower,
    place: Place,
}

/// What the nodes of an installation share.
#[derive(Clone)]
struct Place {
    folder: Arc<tempfile::TempDir>,
    database: Database,
    clock: Clock,
}

/// How a node hears of the others.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    /// Through which NATS; through none when it only looks.
    pub nats: Option<&'a str>,
    /// How often it looks at the log. Longer than a test may last proves that it was told.
    pub look_again: Duration,
}

/// Monday, 2026-03-02, noon UTC.
fn noon() -> Clock {
    Clock::fake(Moment::parse("2026-03-02T12:00:00Z").unwrap())
}

impl Place {
    fn opened(&self, chance: Chance, settings: &[(&str, &str)], node: Option<Node<'_>>) -> (Store, Config) {
        let mut flags: BTreeMap<String, String> = settings.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        flags.insert("data".into(), self.folder.path().display().to_string());
        let mut config = Config::load(&flags, |name| name.starts_with("AWS_").then(|| std::env::var(name).ok()).flatten(), "").unwrap();
        let mut options = Options { clock: self.clock.clone(), chance, ..scratch::options(self.database.clone()) };
        if let Some(node) = node {
            config.nats = node.nats.map(|url| Nats::parse(url).unwrap());
            options.look_again = node.look_again;
        }
        (Store::open(options, MIGRATIONS).unwrap(), config)
    }
}

impl TestDesk {
    /// Opens one: a company with one brand (Zonnebloem), no inbox, no agent.
    pub async fn open() -> TestDesk {
        TestDesk::open_with(&[("rate_limits", "off")]).await
    }

    /// Opens one with settings.
    pub async fn open_with(settings: &[(&str, &str)]) -> TestDesk {
        let folder = tempfile::tempdir().unwrap();
        let database = scratch::database(folder.path(), MIGRATIONS);
        let place = Place { folder: Arc::new(folder), database, clock: noon() };
        TestDesk::furnish(place, Chance::Real, settings, None).await
    }

    /// Opens one on this database, with ids and secrets from `chance`: two desks with the same seed make the same rows.
    pub async fn open_on(database: Database, chance: Chance) -> TestDesk {
        let place = Place { folder: Arc::new(tempfile::tempdir().unwrap()), database, clock: noon() };
        TestDesk::furnish(place, chance, &[("rate_limits", "off")], None).await
    }

    /// Opens the first node of an installation that may have more; on PostgreSQL only.
    pub async fn open_node(node: Node<'_>) -> TestDesk {
        let folder = tempfile::tempdir().unwrap();
        let database = scratch::database(folder.path(), MIGRATIONS);
        let place = Place { folder: Arc::new(folder), database, clock: noon() };
        TestDesk::furnish(place, Chance::Real, &[("rate_limits", "off")], Some(node)).await
    }

    /// Opens another node on the same database, files, key and clock.
    pub async fn beside(&self, node: Node<'_>) -> TestDesk {
        TestDesk::furnish(self.place.clone(), Chance::Real, &[("rate_limits", "off")], Some(node)).await
    }

    /// Opens one on the same database that signs with a master key of its own: a start refuses that, a forger would not.
    pub async fn beside_with_another_key(&self, node: Node<'_>) -> TestDesk {
        let place = Place { folder: Arc::new(tempfile::tempdir().unwrap()), ..self.place.clone() };
        let (store, config) = place.opened(Chance::Real, &[("rate_limits", "off")], Some(node));
        let vault = Vault::read_or_make(&config.data.join("master.key"), &Chance::Real, place.clock.now()).unwrap();
        let blobs = config.files.open(&config.data).unwrap();
        TestDesk::around(place, Desk::new(store, blobs, vault, config, |_| None, Metrics::none())).await
    }

    async fn furnish(place: Place, chance: Chance, settings: &[(&str, &str)], node: Option<Node<'_>>) -> TestDesk {
        let (store, config) = place.opened(chance, settings, node);
        let desk = Desk::open_on(store, config, |_| None, Metrics::none()).await.unwrap();
        TestDesk::around(place, desk).await
    }

    async fn around(place: Place, desk: Desk) -> TestDesk {
        // What a fault was is told in the log alone, so a failing test shows it.
        let _already = tracing_subscriber::fmt().with_test_writer().with_max_level(tracing_subscriber::filter::LevelFilter::ERROR).try_init();
        desk.store.write(places::company).await.unwrap();
        platform::jobs::schedule(&desk.store, &schedule::doers()).await.unwrap();
        platform::jobs::spawn("positions", positions::run(desk.store.clone(), CARRIERS, desk.nodes.clone()));
        platform::jobs::spawn("live", live::Feed::begin(&desk).await.unwrap().run());
        platform::jobs::spawn("nodes", live::run_nodes(desk.clone()));
        TestDesk {
            router: app::router(desk.clone()),
            desk,
            clock: place.clock.clone(),
            agents: Vec::new(),
            visitors: Vec::new(),
            rules: Follower::default(),
            place,
        }
    }

    /// Sends a request of nobody, or of whoever the headers say.
    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<serde_json::Value>) -> Answer {
        crate::actors::send(&self.router, method, path, headers, body).await
    }

    /// The newest position of the log, of all that is committed.
    pub async fn place(&self) -> i64 {
        while positions::give(&self.desk.store, CARRIERS).await.unwrap() != Given::Some(0) {}
        self.read(events::head).await
    }

    /// An agent with a role everywhere, and a token.
    pub async fn agent(&self, name: &str, role: Role) -> Agent {
        self.agent_with(name, vec![GrantSpec::everywhere(role)]).await
    }

    /// An agent with these grants, and a token.
    pub async fn agent_with(&self, name: &str, grants: Vec<GrantSpec>) -> Agent {
        let new = NewAgent { name: name.into(), email: format!("{}@example.com", name.to_lowercase()), grants, team_ids: Vec::new(), language: None };
        let (id, token) = self
            .desk
            .store
            .write(move |tx| {
                let (agent, _) = people::add_agent(tx, &SYSTEM, new.clone())?;
                Ok::<_, Problem>((agent.id, people::make_token(tx, agent.id, "*")?))
            })
            .await
            .unwrap();
        Agent { id, name: name.into(), token, router: self.router.clone() }
    }

    /// A web chat of the first brand.
    pub async fn inbox(&self) -> Inbox {
        self.desk
            .store
            .write(|tx| {
                let brand_id = places::first_brand(tx)?.ok_or_else(Problem::not_found)?;
                channels::add_inbox(
                    tx,
                    platform::events::Actor::SYSTEM,
                    &NewInbox { name: "Web".into(), channel: Channel::Webchat, brand_id, location_id: None, team_id: None },
                    "http://test",
                )
            })
            .await
            .unwrap()
    }

    /// A second brand (Noord) with a web chat of its own.
    pub async fn second_brand(&self) -> Inbox {
        self.desk
            .store
            .write(|tx| {
                let brand = places::add_brand(tx, platform::events::Actor::SYSTEM, NewBrand { name: "Noord".into(), ..NewBrand::default() })?;
                channels::add_inbox(
                    tx,
                    platform::events::Actor::SYSTEM,
                    &NewInbox { name: "Noord".into(), channel: Channel::Webchat, brand_id: brand.id, location_id: None, team_id: None },
                    "http://test",
                )
            })
            .await
            .unwrap()
    }

    /// A visitor with a fresh session.
    pub async fn visitor(&self, inbox: &Inbox) -> Visitor {
        Visitor::open(self.router.clone(), &inbox.key).await
    }

    /// From now on, a connected console of this agent is compared with a fresh one at every step.
    pub async fn watch(&mut self, agent: &Agent) {
        let mirror = AgentMirror::connect(&self.desk, agent).await;
        self.agents.push(mirror);
    }

    /// The same for a visitor's chat.
    pub async fn watch_visitor(&mut self, visitor: &Visitor) {
        let mirror = VisitorMirror::connect(&self.desk, visitor).await;
        self.visitors.push(mirror);
    }

    /// A socket of whoever holds the token, e.g. an agent's or a chat's, at an address of [`TestDesk::serve`].
    pub async fn connect(address: SocketAddr, token: &str) -> Socket {
        Socket::connect(address, token, None).await
    }

    /// The same for a client that has seen everything up to a position, on whichever node.
    pub async fn resume(address: SocketAddr, token: &str, after: i64) -> Socket {
        Socket::connect(address, token, Some(after)).await
    }

    /// The mirror of an agent, to see what they were told.
    pub fn mirror(&self, agent: &Agent) -> &AgentMirror {
        self.agents.iter().find(|mirror| mirror.agent.id == agent.id).unwrap()
    }

    /// Moves the clock and does what became due.
    pub async fn advance(&mut self, by: Duration) {
        self.clock.advance(by);
        self.settle().await;
    }

    /// Does all that is queued, waits until everybody has heard, and demands of every mirror: snapshot + events = fresh snapshot.
    pub async fn settle(&mut self) {
        let doers = schedule::doers();
        loop {
            while positions::give(&self.desk.store, CARRIERS).await.unwrap() != Given::Some(0) {}
            let reacted = platform::dispatch::step(&self.desk.store, REACTIONS).await.unwrap();
            let worked = platform::jobs::step(&self.desk.store, &self.desk, &doers).await.unwrap();
            if reacted + worked == 0 {
                while search::step(&self.desk.store).await.unwrap() {}
                // What rules do and what moved between views is told by events, which want a position.
                if !self.rules.step(&self.desk.store).await.unwrap()
                    && !saved_views::step(&self.desk.store).await.unwrap()
                    && positions::give(&self.desk.store, CARRIERS).await.unwrap() == Given::Some(0)
                {
                    break;
                }
            }
        }
        self.desk.sightings.flush(&self.desk.store).await.unwrap();
        let head = self.desk.store.read(events::head).await.unwrap();
        while self.desk.hub.position() < head {
            tokio::task::yield_now().await;
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        for mirror in &mut self.agents {
            mirror.catch_up().await;
            mirror.assert_fresh().await;
        }
        for mirror in &mut self.visitors {
            mirror.catch_up().await;
            mirror.assert_fresh().await;
        }
    }

    /// Serves real connections on loopback; the address.
    pub async fn serve(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (router, stop) = (self.router.clone(), self.desk.stopping.subscribe());
        platform::jobs::spawn("test server", platform::web::server::serve(listener, router, stop));
        address
    }

    /// Reads with the desk's own eyes.
    pub async fn read<T: Send + 'static>(&self, question: impl Fn(&mut platform::store::Tx<'_>) -> Result<T, Error> + Send + 'static) -> T {
        self.desk.store.read(question).await.unwrap()
    }
}

impl Drop for TestDesk {
    /// The threads of the database end with the test, so that a server's connections are free for the next.
    fn drop(&mut self) {
        self.desk.store.close();
    }
}
