//! The server is killed at every system call of one request, one after another: there is no moment at which it may not end.
//!
//! For each kind of call and each K, the server starts on a copy of the same folder, gets one request, and ends at the K-th such
//! call of a thread. Then it starts again and the request is repeated under its key: it must be there exactly once, and if the
//! first one was acknowledged, it must be that one. K rises until the request goes through unharmed.

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use rapport_bench::http::{Http, get, send};
use rapport_bench::product::{House, Product};
use rapport_bench::report::{Table, Verdict};
use rapport_bench::socket::{self, Socket, session};
use rusqlite::{Connection, OpenFlags};
use serde_json::json;

use crate::crew::END_WITHIN;
use crate::database::inspect;
use crate::files::{id_of, upload};
use crate::promise::{Ground, Outcome, Report};
use crate::readback::{as_customer, as_team};
use crate::strace::Strace;
use crate::verdict::check_none;
use crate::writer::over_socket;

/// Whatever changes something: files, their names, and what others are told.
const CALLS: [&str; 8] = ["pwrite64", "fdatasync", "fsync", "write", "writev", "sendto", "rename", "ftruncate"];
/// No request makes so many calls of a kind on one thread; threads that wake up by themselves make some all the time.
const MOST: u32 = 300;
const PATIENCE: Duration = Duration::from_secs(5);
/// So long after an answer was read the server may still die of the call that gave it.
const JUST_AFTER: Duration = Duration::from_millis(20);
const TEXT: &str = "Is my parcel on its way?";
const FILE: &str = "The label of the parcel.\n";

/// What is asked of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Request {
    Http,
    Socket,
    Upload,
}

/// How finely.
#[derive(Debug, Clone, Copy)]
pub struct SyscallKill {
    /// Every so many-th write; every other call in any case.
    pub every: u32,
}

#[derive(Default)]
struct Tally {
    kills: u32,
    /// Killed, and the first request had been acknowledged.
    acknowledged: u32,
    /// Killed before the answer, and yet durable: only the key kept the message from being there twice.
    stored: u32,
    by_call: BTreeMap<&'static str, u32>,
    faults: Vec<String>,
}

/// A folder with one customer who has not written yet.
struct Prepared {
    house: House,
    token: String,
    /// Where each run has its copy.
    copy: PathBuf,
}

impl SyscallKill {
    /// Kills at each, and judges.
    pub async fn run(self, ground: &Ground) -> Result<Outcome> {
        if let Some(why) = Strace::impossible(&ground.folder).await? {
            return Ok(Outcome::NotRun(why));
        }
        let house = House::furnish(&ground.binary, &ground.folder.join("prepared"))?;
        let product = house.open().await?;
        let token = session(&mut Http::connect(product.address).await?, &house.inbox_key).await?;
        product.stop(END_WITHIN).await?;
        let prepared = Prepared { house, token, copy: ground.folder.join("data") };
        let mut tally = Tally::default();
        for request in [Request::Http, Request::Socket, Request::Upload] {
            for call in CALLS {
                // Only writes come by the dozen. The seed says where the sparse form begins, so that several short runs see others.
                let every = if call == "pwrite64" { self.every } else { 1 };
                let mut k = 1 + (ground.seed % u64::from(every)) as u32;
                while prepared.killed(request, call, k, &mut tally).await.with_context(|| format!("{request:?}, {call} {k}"))? {
                    k += every;
                    ensure!(k < MOST, "{request:?} was killed at its {k}th {call}: it never goes through");
                }
            }
            println!("{request:?}: {} kills so far", tally.kills);
        }
        Ok(Outcome::Tried(judge(&tally)))
    }
}

fn judge(tally: &Tally) -> Report {
    let mut table = Table::new(&["killed at", "times"]);
    for (call, times) in &tally.by_call {
        table.row([(*call).to_owned(), times.to_string()]);
    }
    print!("{}", table.render());
    let mut verdict = Verdict::default();
    verdict.check(tally.kills > 0, format!("the server was killed at {} calls", tally.kills));
    verdict.check(tally.stored > 0, format!("{} times what had no answer was durable already, and was there once all the same", tally.stored));
    check_none(&mut verdict, "lost, doubled or changed", &tally.faults);
    let figure = format!(
        "a message over HTTP, one over a WebSocket, an upload: {} lost, doubled or changed; {} were acknowledged before the kill, {} stored without an answer",
        tally.faults.len(),
        tally.acknowledged,
        tally.stored
    );
    Report { n: format!("{} system calls", tally.kills), figure, verdict }
}

impl Prepared {
    /// One run; `false` when the request went through unharmed.
    async fn killed(&self, request: Request, call: &'static str, k: u32, tally: &mut Tally) -> Result<bool> {
        fresh_copy(&self.house.data, &self.copy)?;
        let house = House { data: self.copy.clone(), log: self.copy.join("server.log"), ..self.house.clone() };
        let mut product = house.open().await?;
        let mut line = Line::open(request, &product, &self.token).await?;
        // Attached when the client is connected already, so that the calls counted are those of the request.
        let (trace, inject) = (format!("trace={call}"), format!("inject={call}:signal=SIGKILL:when={k}"));
        let strace = Strace::attach(product.id(), house.data.parent().context("no folder")?, &["-e", &trace, "-e", &inject]).await?;
        let first = tokio::time::timeout(PATIENCE, line.ask(request, &self.token)).await.context("no answer and no end")?;
        let mut killed = product.ended(if first.is_ok() { JUST_AFTER } else { PATIENCE }).await?;
        drop(strace);
        if killed.is_none() {
            // It may have been about to end when strace was told to let go.
            killed = product.ended(JUST_AFTER).await?;
        }
        drop(product);
        let Some(status) = killed else {
            first.context("the server lives and did not answer")?;
            return Ok(false);
        };
        ensure!(status.signal() == Some(9), "the server ended by itself: {status}");
        tally.kills += 1;
        *tally.by_call.entry(call).or_default() += 1;
        let faults = self.look(request, &house, first.ok(), tally).await?;
        tally.faults.extend(faults.into_iter().map(|fault| format!("{request:?}, killed at {call} {k}: {fault}")));
        Ok(true)
    }

    /// Starts again, repeats the request and looks what is there.
    async fn look(&self, request: Request, house: &House, first: Option<String>, tally: &mut Tally) -> Result<Vec<String>> {
        let product = house.open().await?;
        let mut faults = Vec::new();
        let was_stored = stored(house)? > 0;
        tally.acknowledged += u32::from(first.is_some());
        tally.stored += u32::from(first.is_none() && was_stored);
        if request == Request::Upload {
            // An upload has no key: one that was acknowledged is there, and another one can be made.
            let mut line = Line::open(request, &product, &self.token).await?;
            let again = line.ask(request, &self.token).await?;
            for id in first.iter().chain([&again]) {
                if !line.has_file(id, &self.token).await? {
                    faults.push(format!("file {id} is not there"));
                }
            }
        } else {
            let again = Line::open(request, &product, &self.token).await?.ask(request, &self.token).await?;
            if first.as_ref().is_some_and(|first| *first != again) {
                faults.push(format!("acknowledged as {first:?}, and as {again} when it was repeated"));
            }
            let team = as_team(product.address, &self.house.token).await?;
            let shown = as_customer(product.address, &self.token).await?;
            for (who, found) in [("the team", team), ("the customer", shown)] {
                let ids: Vec<&str> = found.iter().filter(|found| found.text == TEXT).map(|found| found.message_id.as_str()).collect();
                if ids != [again.as_str()] {
                    faults.push(format!("{who} sees {ids:?} and not {again}"));
                }
            }
        }
        product.kill()?;
        let inspection = inspect(&house.database())?;
        faults.extend([inspection.log, inspection.counts, inspection.conversations].concat());
        if inspection.integrity != "ok" {
            faults.push(inspection.integrity);
        }
        Ok(faults)
    }
}

/// A connected customer.
enum Line {
    Http(Http),
    Socket(Box<Socket>),
}

impl Line {
    async fn open(request: Request, product: &Product, token: &str) -> Result<Line> {
        Ok(match request {
            Request::Socket => Line::Socket(Box::new(socket::live(product.address, token).await?)),
            Request::Http | Request::Upload => Line::Http(Http::connect(product.address).await?),
        })
    }

    /// Makes the request and gives the id it was acknowledged with.
    async fn ask(&mut self, request: Request, token: &str) -> Result<String> {
        let answer = match self {
            Line::Http(http) if request == Request::Upload => return id_of(upload(http, token, "label.txt", FILE).await?),
            Line::Http(http) => {
                let body = json!({"text": TEXT}).to_string();
                http.exchange(&send("POST", "/api/v1/chat/messages", Some(token), Some("the-key"), &body)).await?.expect(201)?
            }
            Line::Socket(socket) => over_socket(socket, "the-key", TEXT).await?.expect(201)?,
        };
        Ok(answer.json()?["id"].as_str().context("a message without id")?.to_owned())
    }

    async fn has_file(&mut self, id: &str, token: &str) -> Result<bool> {
        let Line::Http(http) = self else { return Ok(false) };
        let answer = http.exchange(&get(&format!("/api/v1/chat/files/{id}"), Some(token))).await?;
        Ok(answer.status == 200 && answer.body == FILE.as_bytes())
    }
}

/// How many messages and files there are.
fn stored(house: &House) -> Result<i64> {
    let connection = Connection::open_with_flags(house.database(), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    Ok(connection.query_row("SELECT (SELECT count(*) FROM message) + (SELECT count(*) FROM file)", [], |row| row.get(0))?)
}

/// Replaces `to` by a copy of `from`.
fn fresh_copy(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        std::fs::remove_dir_all(to)?;
    }
    let copied = Command::new("cp").arg("-r").arg(from).arg(to).status()?;
    ensure!(copied.success(), "copying {} failed", from.display());
    Ok(())
}
