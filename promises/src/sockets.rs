//! Autobahn's fuzzing client against the sockets of the product: the same upgrade, limits and farewell, with an echo behind
//! them, because the client judges by what comes back. Then the same cases against the live address of the real server, which
//! echoes nothing: it must end each of them and go on.

use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use axum::Router;
use axum::extract::Request;
use axum::extract::ws::{Message, WebSocket};
use axum::response::IntoResponse as _;
use axum::routing::get;
use futures_util::{SinkExt as _, StreamExt as _};
use platform::web::{server, socket};
use rapport_bench::http::{Http, get as ask};
use rapport_bench::product::House;
use rapport_bench::report::{Table, Verdict};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::promise::{Ground, Outcome, Report};
use crate::verdict::check_none;

/// Where `scripts/autobahn` puts the program.
const PROGRAM: &str = "target/tools/autobahn/wstest";
/// Messages above our limit of 64 KiB, which are refused by intent, and an extension we do not offer.
const LEFT_OUT: &[&str] =
    &["9.1.2", "9.1.3", "9.1.4", "9.1.5", "9.1.6", "9.2.2", "9.2.3", "9.2.4", "9.2.5", "9.2.6", "9.3.*", "9.4.*", "9.5.*", "9.6.*", "12.*", "13.*"];
const LIMIT_SECONDS: u32 = 300;

/// Which cases are tried.
#[derive(Debug, Clone, Copy)]
pub struct Cases {
    /// Only those of framing, fragments, UTF-8 and closing with short texts.
    pub few: bool,
}

/// How one case went, in the client's words.
struct Case {
    name: String,
    behaviour: String,
    /// How the connection ended.
    ending: String,
}

impl Cases {
    /// Tries them.
    pub async fn run(self, ground: &Ground) -> Result<Outcome> {
        let Ok(program) = Path::new(PROGRAM).canonicalize() else {
            return Ok(Outcome::NotRun(format!("{PROGRAM} is missing; scripts/autobahn installs it")));
        };
        let echo = self.against(&program, ground, "echo", echo().await?, "/").await?;

        let mut house = House::furnish(&ground.binary, &ground.folder.join("data"))?;
        house.log = ground.folder.join("server.log");
        let product = house.open().await?;
        let live = self.against(&program, ground, "live", product.address, "/api/v1/live").await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        let ready = Http::connect(product.address).await?.exchange(&ask("/readyz", None)).await?.expect(200)?.json()?;
        let left = ready["connections"].as_u64().context("no connections in /readyz")?;
        let served = product.stop(Duration::from_secs(15)).await?;
        let log = fs::read_to_string(&house.log)?;
        let faults: Vec<String> = log.lines().filter(|line| line.contains(" ERROR ") || line.contains("panicked")).map(str::to_owned).collect();

        let mut table = Table::new(&["behaviour", "cases"]);
        let mut behaviours: BTreeMap<&str, u64> = BTreeMap::new();
        for case in &echo {
            *behaviours.entry(&case.behaviour).or_default() += 1;
        }
        for (behaviour, count) in &behaviours {
            table.row([(*behaviour).to_owned(), count.to_string()]);
        }
        print!("{}", table.render());
        let failed: Vec<String> = echo.iter().filter(|case| case.behaviour == "FAILED").map(|case| format!("case {}", case.name)).collect();
        let unclean: Vec<String> = echo
            .iter()
            .filter(|case| ["FAILED", "UNCLEAN", "WRONG CODE"].contains(&case.ending.as_str()))
            .map(|case| format!("case {}: {}", case.name, case.ending))
            .collect();
        let mut verdict = Verdict::default();
        verdict.check(echo.len() > 100 && live.len() == echo.len(), format!("{} cases against the echo, {} against the live address", echo.len(), live.len()));
        check_none(&mut verdict, "cases that failed", &failed);
        check_none(&mut verdict, "cases that did not end as the protocol asks", &unclean);
        check_none(&mut verdict, "faults in the server's log", &faults);
        verdict.check(left == 0, format!("{left} connections of the client are still held by the server"));
        verdict.check(served.is_some_and(|(status, _)| status.success()), "the server was there to the end and stopped when asked");
        let figure = format!("{} failed; {behaviours:?}", failed.len());
        Ok(Outcome::Tried(Report { n: format!("{} cases", echo.len()), figure, verdict }))
    }

    /// Each case, as the client judged it.
    async fn against(self, program: &Path, ground: &Ground, name: &str, address: SocketAddr, path: &str) -> Result<Vec<Case>> {
        let specification = ground.folder.join(format!("{name}.json"));
        let reports = ground.folder.join(format!("{name}-reports"));
        let cases: &[&str] = if self.few { &["1.1.*", "2.*", "3.*", "4.*", "5.*", "6.1.*", "6.2.*", "6.3.*", "7.*"] } else { &["*"] };
        let wanted = json!({
            "outdir": reports,
            "servers": [{"agent": name, "url": format!("ws://{address}{path}")}],
            "cases": cases, "exclude-cases": LEFT_OUT, "exclude-agent-cases": {},
        });
        fs::write(&specification, wanted.to_string())?;
        let log = fs::File::create(ground.folder.join(format!("{name}.log")))?;
        let mut command = Command::new("timeout");
        command.arg(LIMIT_SECONDS.to_string()).arg(program).args(["--mode", "fuzzingclient", "--spec"]).arg(&specification);
        let mut child = command.stdout(log.try_clone()?).stderr(log).spawn()?;
        // The echo runs on this very thread, so the wait must let it.
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        ensure!(status.success(), "the fuzzing client ended with {status}; its words are in {}", ground.folder.display());
        let index: Value = serde_json::from_str(&fs::read_to_string(reports.join("index.json"))?)?;
        let cases = index[name].as_object().context("no cases in the report")?;
        let word = |result: &Value, name: &str| result[name].as_str().unwrap_or("FAILED").to_owned();
        Ok(cases.iter().map(|(name, result)| Case { name: name.clone(), behaviour: word(result, "behavior"), ending: word(result, "behaviorClose") }).collect())
    }
}

/// Serves the product's sockets with an echo behind them for as long as this process lives.
async fn echo() -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let router = Router::new().route(
        "/",
        get(async |request: Request| {
            let (mut parts, _) = request.into_parts();
            match socket::upgrade(&mut parts).await {
                Ok(upgrade) => upgrade.on_upgrade(echo_all),
                Err(problem) => problem.into_response(),
            }
        }),
    );
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        server::serve(listener, router, stopped).await;
        drop(stop);
    });
    Ok(address)
}

async fn echo_all(mut socket: WebSocket) {
    while let Some(told) = socket.next().await {
        let answer = match told {
            Ok(message @ (Message::Text(_) | Message::Binary(_))) => message,
            Ok(Message::Ping(_) | Message::Pong(_)) => continue,
            Ok(Message::Close(_)) => return drop(socket.flush().await),
            Err(error) => match socket::goodbye(error) {
                Some(frame) => Message::Close(Some(frame)),
                None => return,
            },
        };
        if socket.send(answer).await.is_err() {
            return;
        }
    }
}
