//! The disk fills up and is emptied again, round after round, under one server that is never started anew.
//!
//! On the way down an operator is told, then files are refused, then everything but sign-ins; reads go on throughout. As soon as
//! there is room everything is accepted again. Nothing that was acknowledged on the way is lost.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use rapport_bench::http::{Answer, Http, get, send};
use rapport_bench::product::{House, Product};
use rapport_bench::report::{Table, Verdict};
use rapport_bench::socket::{self, session};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::crew::{Crew, END_WITHIN, Hands};
use crate::cycles::BREAK_AFTER_MS;
use crate::database::inspect;
use crate::disk::{Disk, filler, leave};
use crate::files::upload;
use crate::ledger::Ledger;
use crate::promise::{Ground, Outcome, Report, within};
use crate::verdict::{check_inspection, check_ledger, check_none, summary};
use crate::writer::over_socket;

/// A tenth of it is more than what uploads need.
pub const DISK_MIB: u64 = 2048;
/// How soon the server notices how full the disk is.
const NOTICES_WITHIN: Duration = Duration::from_secs(5);
/// How soon everything is accepted again when there is room.
pub const RECOVERS_WITHIN: Duration = Duration::from_secs(30);
const EMAIL: &str = "keeper@example.com";
const PASSWORD: &str = "a long enough password";

/// How often the disk fills up.
#[derive(Debug, Clone, Copy)]
pub struct DiskFull {
    /// How often.
    pub times: u32,
}

/// What is asked of the server at each stage.
struct Probe {
    house: House,
    disk: PathBuf,
    address: SocketAddr,
    http: Http,
    visitor: String,
    ledger: Ledger,
    asked: u32,
    /// Texts that were refused: none of them may be there.
    refused: Vec<String>,
    faults: Vec<String>,
}

impl DiskFull {
    /// Fills, looks, empties, and judges.
    pub async fn run(self, ground: &Ground) -> Result<Outcome> {
        if let Some(why) = Disk::impossible(&ground.folder)? {
            return Ok(Outcome::NotRun(why));
        }
        let disk = Disk::make(&ground.folder.join("disk.img"), &ground.folder.join("disk"), DISK_MIB)?;
        let mut house = House::furnish(&ground.binary, &disk.point.join("data"))?;
        house.log = ground.folder.join("server.log");
        let mut chance = StdRng::seed_from_u64(ground.seed);
        let mut crew = Crew::hire(&house, &mut chance, Hands::MANY).await?;
        let link = house.command_line(&["agent", "add", "--email", EMAIL, "--name", "Keeper", "--role", "administrator"])?;
        let mut product = house.open().await?;
        let mut probe = Probe::begin(&house, &disk, &product, &crew.ledger).await?;
        probe.choose_password(&link).await?;
        let mut recovered: Vec<f64> = Vec::new();
        for round in 1..=self.times {
            probe.stage_of_warning().await.with_context(|| format!("round {round}: a tenth is left"))?;
            probe.stage_without_uploads().await.with_context(|| format!("round {round}: little is left"))?;
            let after = Duration::from_millis(chance.random_range(BREAK_AFTER_MS));
            leave(&probe.disk, 1024)?;
            probe.until_level(0.0).await?;
            crew.work(product.address, after, async { leave(&probe.disk, 0) }).await?;
            probe.stage_of_refusal().await.with_context(|| format!("round {round}: nothing is left"))?;
            fs::remove_file(filler(&probe.disk))?;
            recovered.push(probe.until_accepted().await?.as_secs_f64());
        }
        ensure!(product.ended(Duration::ZERO).await?.is_none(), "the server ended");
        let back = crew.read_back(&product, &house.token).await?;
        product.stop(END_WITHIN).await?;

        let slowest = recovered.iter().copied().fold(0.0, f64::max);
        let mut table = Table::new(&["what", "figure"]);
        table.row(["times the disk was full".to_owned(), recovered.len().to_string()]);
        table.row(["questions asked of the server meanwhile".to_owned(), probe.asked.to_string()]);
        table.row(["from room to the first message, slowest".to_owned(), format!("{slowest:.1} s")]);
        table.row(["messages and files acknowledged".to_owned(), format!("{} and {}", crew.ledger.acknowledged(), back.files.unwrap_or(0))]);
        print!("{}", table.render());
        let mut verdict = Verdict::default();
        verdict.check(recovered.len() == self.times as usize, format!("{} times the disk was full, under one process", recovered.len()));
        check_none(&mut verdict, "answers that are not as promised on a disk that fills up", &probe.faults);
        verdict.check(slowest < RECOVERS_WITHIN.as_secs_f64(), format!("with room again, a message was accepted after {slowest:.1} s at most"));
        verdict.check(!probe.refused.is_empty(), format!("{} messages were refused", probe.refused.len()));
        check_none(&mut verdict, "refused, and there all the same", &probe.kept_though_refused()?);
        check_ledger(&mut verdict, &back, &crew.ledger);
        check_inspection(&mut verdict, &inspect(&house.database())?);
        let figure = format!(
            "{} of {} answers not as promised; accepted again {slowest:.1} s after there was room, without a restart; {}",
            probe.faults.len(),
            probe.asked,
            crew.ledger.read(|entries| summary(entries, &back))
        );
        Ok(Outcome::Tried(Report { n: format!("filled {} times", self.times), figure, verdict }))
    }
}

impl Probe {
    async fn begin(house: &House, disk: &Disk, product: &Product, ledger: &Ledger) -> Result<Probe> {
        let mut http = Http::connect(product.address).await?;
        let visitor = session(&mut http, &house.inbox_key).await?;
        let (house, disk, ledger) = (house.clone(), disk.point.clone(), ledger.clone());
        Ok(Probe { house, disk, address: product.address, http, visitor, ledger, asked: 0, refused: Vec::new(), faults: Vec::new() })
    }

    /// How many of the refused texts are there all the same.
    fn kept_though_refused(&self) -> Result<Vec<String>> {
        let connection = Connection::open_with_flags(self.house.database(), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let mut statement = connection.prepare("SELECT count(*) FROM message WHERE text = ?1")?;
        let mut kept = Vec::new();
        for text in &self.refused {
            if statement.query_row([text], |row| row.get::<_, i64>(0))? > 0 {
                kept.push(text.clone());
            }
        }
        Ok(kept)
    }

    fn new_text(&mut self) -> String {
        self.asked += 1;
        let text = format!("Is anybody there? ({})", self.asked);
        self.ledger.attempt(&text, false);
        text
    }

    async fn choose_password(&mut self, link: &str) -> Result<()> {
        let token = link.rsplit_once('#').context("a link without a token")?.1;
        let body = json!({"token": token, "password": PASSWORD}).to_string();
        self.http.exchange(&send("POST", "/api/v1/links/use", None, None, &body)).await?.expect(200)?;
        Ok(())
    }

    /// Less than a tenth is left: all is accepted, and an operator can know.
    async fn stage_of_warning(&mut self) -> Result<()> {
        leave(&self.disk, 180)?;
        self.until_level(1.0).await?;
        self.message(201).await?;
        self.upload(201).await?;
        self.doctor("warning")
    }

    /// Files are refused, messages are not.
    async fn stage_without_uploads(&mut self) -> Result<()> {
        leave(&self.disk, 100)?;
        self.until_level(2.0).await?;
        self.message(201).await?;
        self.upload(503).await
    }

    /// Nothing is left: the server has been told so by errors already, and now knows.
    async fn stage_of_refusal(&mut self) -> Result<()> {
        self.until_level(3.0).await?;
        self.message(503).await?;
        self.upload(503).await?;
        self.over_socket().await?;
        self.words_of_refusal().await?;
        let token = self.house.token.clone();
        let list = self.ask(&get("/api/v1/conversations?view=all&limit=1", Some(&token)), 200, "an agent reads").await?.json()?;
        let conversation = list["items"][0]["id"].as_str().context("no conversation")?.to_owned();
        let path = format!("/api/v1/conversations/{conversation}/replies");
        self.ask(&send("POST", &path, Some(&token), None, &json!({"text": "refused"}).to_string()), 503, "an agent replies").await?;
        let visitor = self.visitor.clone();
        self.ask(&get("/api/v1/chat/messages?limit=100", Some(&visitor)), 200, "a customer reads").await?;
        let signs_in = json!({"email": EMAIL, "password": PASSWORD}).to_string();
        self.ask(&send("POST", "/api/v1/sign-in", None, None, &signs_in), 200, "an agent signs in").await?;
        let log = fs::read_to_string(&self.house.log)?;
        self.note(log.contains("the disk is full"), || "the log does not say that the disk is full".into());
        self.doctor("fault")
    }

    /// Waits until `/metrics` tells this level.
    async fn until_level(&mut self, level: f64) -> Result<()> {
        let began = Instant::now();
        loop {
            let text = self.http.exchange(&get("/metrics", None)).await?.expect(200)?;
            let text = String::from_utf8(text.body)?;
            let told = text.lines().find_map(|line| line.strip_prefix("rapport_disk_level ")).and_then(|figure| figure.parse().ok());
            if told == Some(level) {
                return Ok(());
            }
            ensure!(began.elapsed() < within(NOTICES_WITHIN), "/metrics tells disk level {told:?} and not {level}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// How long it takes until a message is accepted.
    async fn until_accepted(&mut self) -> Result<Duration> {
        let began = Instant::now();
        while self.say().await?.status != 201 {
            ensure!(began.elapsed() < RECOVERS_WITHIN, "no message is accepted {RECOVERS_WITHIN:?} after there was room");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(began.elapsed())
    }

    async fn say(&mut self) -> Result<Answer> {
        let text = self.new_text();
        let request = send("POST", "/api/v1/chat/messages", Some(&self.visitor), None, &json!({"text": text}).to_string());
        let answer = self.http.exchange(&request).await?;
        if answer.status == 503 {
            self.refused.push(text);
        }
        Ok(answer)
    }

    async fn message(&mut self, status: u16) -> Result<()> {
        let answer = self.say().await?;
        self.note(answer.status == status, || format!("a message got {} and not {status}: {}", answer.status, answer.text()));
        Ok(())
    }

    async fn upload(&mut self, status: u16) -> Result<()> {
        // A refused upload may close its connection, so it has one of its own.
        let mut http = Http::connect(self.address).await?;
        let answer = upload(&mut http, &self.visitor, "photo.txt", &"What it looks like.\n".repeat(100)).await?;
        self.note(answer.status == status, || format!("an upload got {} and not {status}: {}", answer.status, answer.text()));
        Ok(())
    }

    async fn over_socket(&mut self) -> Result<()> {
        let mut socket = socket::live(self.address, &self.visitor).await?;
        let text = self.new_text();
        let answer = over_socket(&mut socket, &text, &text).await?;
        self.refused.push(text);
        let frame: Value = answer.json()?;
        let detail = frame["problem"]["detail"].as_str().unwrap_or_default().to_owned();
        self.note(answer.status == 503 && detail.contains("disk is full"), || format!("over the socket: {}", answer.text()));
        Ok(())
    }

    /// A problem document that says what happened, what is safe and what to do, and when to come again.
    async fn words_of_refusal(&mut self) -> Result<()> {
        let text = self.new_text();
        let body = json!({"text": text}).to_string();
        self.refused.push(text);
        let request = send("POST", "/api/v1/chat/messages", Some(&self.visitor), None, &body);
        let mut stream = TcpStream::connect(self.address).await?;
        stream.write_all(&request).await?;
        let mut answer = vec![0; 4096];
        let read = stream.read(&mut answer).await?;
        let text = String::from_utf8_lossy(&answer[..read]).to_lowercase();
        for part in ["http/1.1 503", "application/problem+json", "retry-after: ", "nothing was changed", "administrator"] {
            self.note(text.contains(part), || format!("the refusal lacks {part:?}: {text}"));
        }
        Ok(())
    }

    async fn ask(&mut self, request: &[u8], status: u16, what: &str) -> Result<Answer> {
        let answer = self.http.exchange(request).await?;
        self.note(answer.status == status, || format!("{what}: {} and not {status}: {}", answer.status, answer.text()));
        Ok(answer)
    }

    fn doctor(&mut self, status: &str) -> Result<()> {
        let output = self.house.command(&["doctor", "--json"]).output()?;
        let report: Value = serde_json::from_slice(&output.stdout).context("doctor --json")?;
        let disk = report["checks"].as_array().into_iter().flatten().find(|check| check["check"] == "disk").cloned().unwrap_or_default();
        self.note(disk["status"] == status, || format!("the doctor says {disk} and no {status}"));
        Ok(())
    }

    fn note(&mut self, held: bool, otherwise: impl FnOnce() -> String) {
        self.asked += 1;
        if !held {
            self.faults.push(otherwise());
        }
    }
}
