//! Customers and agents make a history of requests and answers while the server is killed, paused, and its clock and its disk are
//! played with; afterwards there must be an order of what happened that explains every answer.

mod hands;
mod judge;
mod nemesis;
mod operations;
mod register;

use std::cell::Cell;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use futures_util::future::join_all;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use rapport_bench::http::{Http, get, send};
use rapport_bench::product::{House, Product};
use rapport_bench::report::{Table, Verdict};
use rapport_bench::socket::session;
use serde_json::json;
use tokio::task::{LocalSet, spawn_local};

use crate::client::{Client, Side};
use crate::clock_jumps::{Clock, LIBRARY, library};
use crate::crew::END_WITHIN;
use crate::database::inspect;
use crate::disk::Disk;
use crate::disk_full::DISK_MIB;
use crate::promise::{Ground, Outcome, Report, within};
use crate::readback::{as_customer, as_team};
use crate::town::CONVERGED_WITHIN;
use crate::verdict::{check_inspection, check_none};
use crate::writer::Role;
use hands::{Hand, Place};
use judge::Violations;
use nemesis::Nemesis;
use operations::{History, Outcome as Became, Told, What};

const VISITORS: usize = 6;
const AGENTS: usize = 4;
/// Consoles, and as many chats, that listen all the time and come back to where they were.
const LISTENERS: usize = 2;

/// For how long faults happen.
#[derive(Debug, Clone, Copy)]
pub struct Histories {
    /// Seconds.
    pub seconds: u64,
}

impl Histories {
    /// Makes a history and judges it.
    pub async fn run(self, ground: &Ground) -> Result<Outcome> {
        LocalSet::new().run_until(self.make(ground)).await.map(Outcome::Tried)
    }

    async fn make(self, ground: &Ground) -> Result<Report> {
        let (disk, clock) = means(ground)?;
        let mut environment = Vec::new();
        if let (Some(clock), Some(library)) = (&clock, library()) {
            clock.set(0)?;
            environment = clock.environment(&library);
        }
        let folder = disk.as_ref().map_or(ground.folder.as_path(), |disk| disk.point.as_path());
        let mut house = House::furnish_with(&ground.binary, &folder.join("data"), environment)?;
        house.log = ground.folder.join("server.log");
        let mut chance = StdRng::seed_from_u64(ground.seed);
        let history = History::default();
        let tokens = (0..AGENTS).map(|number| house.hire(&format!("agent{number}@example.com"), &format!("Agent {number}"))).collect::<Result<Vec<_>>>()?;
        let product = house.open().await?;
        let (place, hands, listeners) = begin(&house, &product, &tokens, &history, &mut chance).await?;
        let working: Vec<_> = hands.into_iter().map(|hand| spawn_local(hand.work(place.clone()))).collect();
        let listening: Vec<_> = listeners.iter().map(|client| spawn_local(listen(client.clone(), place.clone()))).collect();

        let point = disk.as_ref().map(|disk| disk.point.clone());
        let mut nemesis = Nemesis::new(house.clone(), product, place.clone(), clock, point, StdRng::seed_from_u64(chance.random()));
        let began = Instant::now();
        nemesis.rage(Duration::from_secs(self.seconds)).await?;
        let raged = began.elapsed();
        place.over.set(true);
        let hands = join_all(working).await.into_iter().collect::<Result<Vec<Hand>, _>>()?;
        let (counts, kinds, ended) = (nemesis.counts.clone(), nemesis.kinds(), nemesis.ended_on_full_disk);
        let product = nemesis.leave_alone()?;
        let stale = until_fresh(&listeners, product.address).await?;
        listening.iter().for_each(|task| task.abort());
        let end = End::look(hands, &place, product.address, &house.token).await?;
        product.stop(END_WITHIN).await?.context("the server did not end")?;

        let (violations, assignments, objections) = history.read(|told| {
            let violations = judge::judge(&told.operations, &end.team, &end.customers);
            (violations, register::judge(&told.operations), told.objections.clone())
        });
        let mut verdict = Verdict::default();
        for fault in kinds {
            let times = counts.get(&fault).copied().unwrap_or(0);
            verdict.check(times > 0, format!("{} happened {times} times", fault.name()));
        }
        history.read(|told| check_enough(&mut verdict, told));
        check_violations(&mut verdict, &violations);
        check_none(&mut verdict, "assignments that no order explains", &assignments);
        check_none(&mut verdict, "answers that break a rule", &objections);
        check_none(&mut verdict, "clients that stayed stale", &stale);
        check_inspection(&mut verdict, &inspect(&house.database())?);

        let found = count(&violations) + assignments.len() + objections.len() + stale.len();
        let figure = history.read(|told| format!("{found} violations in {}", summary(told)));
        print!("{}", table(&listeners, &history, raged).render());
        let faults: Vec<String> = counts.iter().map(|(fault, times)| format!("{times} {}", fault.name())).collect();
        let ends = if ended == 0 { String::new() } else { format!("; ended by itself on a full disk {ended} times") };
        Ok(Report { n: format!("{:.0} s: {}{ends}", raged.as_secs_f64(), faults.join(", ")), figure, verdict })
    }
}

/// A disk and a clock of the server's own, where this machine lets it have them.
fn means(ground: &Ground) -> Result<(Option<Disk>, Option<Clock>)> {
    let disk = match Disk::impossible(&ground.folder)? {
        None => Some(Disk::make(&ground.folder.join("disk.img"), &ground.folder.join("disk"), DISK_MIB)?),
        Some(why) => {
            println!("LEFT OUT: disk: {why}");
            None
        }
    };
    let clock = library().map(|_| Clock(ground.folder.join("clock")));
    if clock.is_none() {
        println!("LEFT OUT: clock: {LIBRARY} is not installed; scripts/setup does it");
    }
    Ok((disk, clock))
}

/// Everybody who takes part. Each customer has a conversation that is assigned to somebody.
async fn begin(house: &House, product: &Product, tokens: &[String], history: &History, chance: &mut StdRng) -> Result<(Rc<Place>, Vec<Hand>, Vec<Rc<Client>>)> {
    let mut http = Http::connect(product.address).await?;
    let mut agents = Vec::new();
    for token in tokens {
        let me = http.exchange(&get("/api/v1/me", Some(token))).await?.expect(200)?.json()?;
        agents.push(me["agent"]["id"].as_str().or(me["id"].as_str()).context("an agent without id")?.to_owned());
    }
    let (mut hands, mut listeners, mut conversations) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..VISITORS {
        let token = session(&mut http, &house.inbox_key).await?;
        let role = if number % 2 == 0 { Role::VisitorOverHttp } else { Role::VisitorOverSocket };
        let mut hand = Hand::new(number, role, token.clone(), history.clone(), chance.random());
        let conversation = hand.open_chat(product.address).await?;
        let to = json!({"assignee_id": agents[number % agents.len()]}).to_string();
        http.exchange(&send("PATCH", &format!("/api/v1/conversations/{conversation}"), Some(&house.token), None, &to)).await?.expect(200)?;
        conversations.push(conversation);
        hands.push(hand);
        if number < LISTENERS {
            listeners.push(Rc::new(Client::new(Side::Customer, token)));
        }
    }
    for (number, token) in tokens.iter().enumerate() {
        hands.push(Hand::new(VISITORS + number, Role::Agent, token.clone(), history.clone(), chance.random()));
    }
    listeners.extend((0..LISTENERS).map(|_| Rc::new(Client::new(Side::Team, house.token.clone()))));
    let place = Place { address: Cell::new(product.address), over: Cell::new(false), conversations, agents };
    Ok((Rc::new(place), hands, listeners))
}

/// Listens to the server wherever it is, until the task is ended.
async fn listen(client: Rc<Client>, place: Rc<Place>) {
    loop {
        let address = place.address.get();
        let moved = async {
            while place.address.get() == address {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::select! {
            _ = client.listen(address) => {}
            () = moved => {}
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Waits until every listener shows what one shows that loads everything anew; those that do not in time, in words.
async fn until_fresh(listeners: &[Rc<Client>], address: SocketAddr) -> Result<Vec<String>> {
    let began = Instant::now();
    loop {
        let mut stale = Vec::new();
        for client in listeners {
            stale.extend(client.differs(&client.afresh(address).await?));
        }
        if stale.is_empty() || began.elapsed() > within(CONVERGED_WITHIN) {
            return Ok(stale);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// What is there when all is over.
struct End {
    team: Vec<crate::checker::Found>,
    customers: HashMap<usize, Vec<crate::checker::Found>>,
}

impl End {
    /// Everybody reads once more what they read all the time; then everything is read.
    async fn look(mut hands: Vec<Hand>, place: &Place, address: SocketAddr, token: &str) -> Result<End> {
        let mut customers = HashMap::new();
        let mut http = Http::connect(address).await?;
        for hand in &mut hands {
            if hand.role == Role::Agent {
                for conversation in &place.conversations {
                    hand.look(&mut http, conversation).await?;
                }
            } else {
                hand.read_chat_at(address).await?;
                customers.insert(hand.number, as_customer(address, &hand.token).await?);
            }
        }
        Ok(End { team: as_team(address, token).await?, customers })
    }
}

fn check_violations(verdict: &mut Verdict, violations: &Violations) {
    for (name, sentences) in violations.faults.by_kind() {
        check_none(verdict, name, sentences);
    }
    check_none(verdict, "refused, and there all the same", &violations.refused);
    check_none(verdict, "numbers against the order of time", &violations.order);
    check_none(verdict, "readings that lack what was acknowledged before", &violations.stale);
    check_none(verdict, "pages that repeat, leave out or take back", &violations.cursor);
}

fn count(violations: &Violations) -> usize {
    let faults: usize = violations.faults.by_kind().iter().map(|(_, sentences)| sentences.len()).sum();
    faults + violations.refused.len() + violations.order.len() + violations.stale.len() + violations.cursor.len()
}

/// What came of the requests of a history.
#[derive(Default)]
struct Tally {
    sent: [usize; 3],
    assigned: [usize; 3],
    reads: usize,
}

fn tally(told: &Told) -> Tally {
    fn place<T>(outcome: &Became<T>) -> usize {
        match outcome {
            Became::Done(_) => 0,
            Became::Refused => 1,
            Became::Unknown => 2,
        }
    }
    let mut tally = Tally::default();
    for operation in &told.operations {
        match &operation.what {
            What::Send { outcome, .. } => tally.sent[place(outcome)] += 1,
            What::Assign { outcome, .. } => tally.assigned[place(outcome)] += 1,
            What::Read { .. } | What::Look { .. } => tally.reads += 1,
        }
    }
    tally
}

/// A history in which nothing was ever unknown or refused proves little.
fn check_enough(verdict: &mut Verdict, told: &Told) {
    let Tally { sent, assigned, reads } = tally(told);
    verdict.check(sent[0] > 0 && assigned[0] > 0 && reads > 0, format!("{} sent and {} assigned with success, {reads} readings", sent[0], assigned[0]));
    verdict.check(sent[2] + assigned[2] > 0, format!("{} of unknown outcome", sent[2] + assigned[2]));
    verdict.check(assigned[1] > 0, format!("{} assignments came too late and were refused", assigned[1]));
}

fn summary(told: &Told) -> String {
    let Tally { sent, assigned, reads } = tally(told);
    format!(
        "{} requests: sent {} ok, {} refused, {} unknown; assigned {} ok, {} refused, {} unknown; {reads} readings",
        told.operations.len(),
        sent[0],
        sent[1],
        sent[2],
        assigned[0],
        assigned[1],
        assigned[2]
    )
}

fn table(listeners: &[Rc<Client>], history: &History, raged: Duration) -> Table {
    let Tally { sent, assigned, reads } = history.read(tally);
    let mut table = Table::new(&["what", "ok", "refused", "unknown"]);
    table.row(["sent", &sent[0].to_string(), &sent[1].to_string(), &sent[2].to_string()]);
    table.row(["assigned", &assigned[0].to_string(), &assigned[1].to_string(), &assigned[2].to_string()]);
    table.row(["read", &reads.to_string(), "", ""]);
    let (connected, resynced) = listeners.iter().fold((0, 0), |sum, client| (sum.0 + client.connected.get(), sum.1 + client.resynced.get()));
    table.row([format!("listeners connected {connected} times, {resynced} of them to load all anew"), String::new(), String::new(), String::new()]);
    table.row([format!("faults for {:.0} s", raged.as_secs_f64()), String::new(), String::new(), String::new()]);
    table
}
