//! What the OpenAPI document says is what the server does: schemathesis makes up requests from it, right ones and wrong ones.
//!
//! No answer may be a fault of ours (5xx), and each must be one the document names: status, content type and schema.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use rapport_bench::http::{Http, get, send};
use rapport_bench::product::{House, Product};
use rapport_bench::report::{Table, Verdict};
use rapport_bench::socket::session;
use serde_json::{Value, json};

use crate::postgres::Cluster;
use crate::promise::{Ground, Outcome, Report};
use crate::verdict::check_none;

/// Where `scripts/python-tools` puts the program.
const PROGRAM: &str = "target/tools/python/bin/schemathesis";
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,use_after_free";
const END_WITHIN: Duration = Duration::from_secs(15);

/// How much is made up.
#[derive(Debug, Clone, Copy)]
pub struct MadeUp {
    /// Requests for each operation at most; the short form stops at these and does not go on to every phase.
    pub requests: Option<u32>,
    /// Seconds for each of the two callers, agent and visitor, when there is no such bound.
    pub seconds: u32,
    /// On PostgreSQL instead of SQLite.
    pub postgres: bool,
}

/// A caller of the API and what is left out for them.
struct Caller {
    name: &'static str,
    token: String,
    paths: [&'static str; 2],
}

impl MadeUp {
    /// Starts a server with something in it and has both callers ask.
    pub async fn run(self, ground: &Ground) -> Result<Outcome> {
        let Ok(program) = Path::new(PROGRAM).canonicalize() else {
            return Ok(Outcome::NotRun(format!("{PROGRAM} is missing; scripts/python-tools installs it")));
        };
        let cluster = self.postgres.then(|| Cluster::start(&ground.folder)).transpose()?;
        let environment = cluster.iter().map(|cluster| ("RAPPORT_DATABASE".to_owned(), cluster.url.clone())).collect();
        let mut house = House::furnish_with(&ground.binary, &ground.folder.join("data"), environment)?;
        house.log = ground.folder.join("server.log");
        let product = house.open().await?;
        let visitor = populate(&house, &product, &ground.folder.join("schemathesis.toml")).await?;
        let callers = [
            Caller { name: "agent", token: house.token.clone(), paths: ["--exclude-path-regex", "^/api/v1/chat/"] },
            Caller { name: "visitor", token: visitor, paths: ["--include-path-regex", "^/api/v1/chat/"] },
        ];
        let mut table = Table::new(&["caller", "operations", "requests", "failures"]);
        let (mut requests, mut operations, mut failures) = (0, 0, Vec::new());
        for caller in &callers {
            let report = self.ask(&program, ground, &product, caller)?;
            let count = |path: &str| report.pointer(path).and_then(Value::as_u64).unwrap_or(0);
            let found = failures_of(&report);
            table.row([caller.name.to_owned(), count("/operations/tested").to_string(), count("/test_cases/generated").to_string(), found.len().to_string()]);
            requests += count("/test_cases/generated");
            operations += count("/operations/tested");
            failures.extend(found.into_iter().map(|failure| format!("as {}: {failure}", caller.name)));
        }
        let served = product.stop(END_WITHIN).await?;
        let log = fs::read_to_string(&house.log)?;
        let faults: Vec<String> = log.lines().filter(|line| line.contains(" ERROR ") || line.contains("panicked")).map(str::to_owned).collect();

        print!("{}", table.render());
        let mut verdict = Verdict::default();
        verdict.check(requests > operations && operations > 0, format!("{requests} requests to {operations} operations"));
        check_none(&mut verdict, "answers that are faults or not in the document", &failures);
        check_none(&mut verdict, "faults in the server's log", &faults);
        verdict.check(served.is_some_and(|(status, _)| status.success()), "the server was there to the end and stopped when asked");
        let figure = format!("{} faults or undocumented answers from {operations} operations", failures.len());
        Ok(Outcome::Tried(Report { n: format!("{requests} requests"), figure, verdict }))
    }

    fn ask(self, program: &Path, ground: &Ground, product: &Product, caller: &Caller) -> Result<Value> {
        let report = ground.folder.join(format!("{}.json", caller.name));
        let log = fs::File::create(ground.folder.join(format!("{}.log", caller.name)))?;
        let limit = self.seconds + 300;
        let mut command = Command::new("timeout");
        command.arg(limit.to_string()).arg(program).arg("--config-file").arg(ground.folder.join("schemathesis.toml")).arg("run");
        command.arg(format!("http://{}/api/v1/openapi.json", product.address));
        command.args(["--header", &format!("Authorization: Bearer {}", caller.token)]).args(caller.paths);
        command.args(["--checks", CHECKS, "--continue-on-failure", "--no-color", "--request-timeout", "10", "--generation-database", "none"]);
        command.args(["--seed", &ground.seed.to_string(), "--report", "json", "--report-json-path"]).arg(&report);
        match self.requests {
            Some(requests) => command.args(["--phases", "examples,fuzzing", "--max-examples", &requests.to_string()]),
            None => command.args(["--max-time", &self.seconds.to_string()]),
        };
        command.current_dir(&ground.folder).stdout(log.try_clone()?).stderr(log).status()?;
        let text = fs::read_to_string(&report)
            .with_context(|| format!("schemathesis left no report or did not end in time; its words are in {}", ground.folder.display()))?;
        let report: Value = serde_json::from_str(&text)?;
        ensure!(report["operations"]["errored"] == 0, "schemathesis could not ask everything: {}", report["errors"]);
        Ok(report)
    }
}

fn failures_of(report: &Value) -> Vec<String> {
    let failures = report["failures"].as_array().cloned().unwrap_or_default();
    failures.iter().map(|failure| format!("{} at {}, {} times", failure["title"], failure["operations"], failure["count"])).collect()
}

/// Fills the empty house, so that requests meet something, and tells schemathesis the ids. Gives a visitor's session.
async fn populate(house: &House, product: &Product, config: &Path) -> Result<String> {
    let mut http = Http::connect(product.address).await?;
    let colleague = house.hire("colleague@example.com", "Colleague")?;
    let visitor = session(&mut http, &house.inbox_key).await?;
    let body = json!({"text": "Where is my order?"}).to_string();
    let message = http.exchange(&send("POST", "/api/v1/chat/messages", Some(&visitor), Some("first"), &body)).await?.expect(201)?.json()?;
    let conversation = text(&message, "/conversation_id")?;
    let mut ask = async |path: &str, token: &str| -> Result<Value> { http.exchange(&get(path, Some(token))).await?.expect(200)?.json() };
    let contact = text(&ask(&format!("/api/v1/conversations/{conversation}"), &house.token).await?, "/contact/id")?;
    let (brand, inbox) =
        (text(&ask("/api/v1/brands", &house.token).await?, "/items/0/id")?, text(&ask("/api/v1/inboxes", &house.token).await?, "/items/0/id")?);
    // Nobody may take away the rights of the one who asks: agents are tried on a colleague.
    let agent = text(&ask("/api/v1/me", &colleague).await?, "/agent/id")?;
    let parts = [("conversations", conversation), ("contacts", contact), ("brands", brand), ("inboxes", inbox), ("agents", agent)];
    let mut lines: Vec<String> = parts.map(|(part, id)| operation(&format!("/api/v1/{part}/\\\\{{id\\\\}}.*"), "id", &id)).into();
    lines.push(operation("/api/v1/chat/\\\\{inbox_key\\\\}.*", "inbox_key", &house.inbox_key));
    fs::write(config, lines.concat())?;
    Ok(visitor)
}

/// Requests to the operations of this path ask for this one.
fn operation(path: &str, parameter: &str, value: &str) -> String {
    format!("[[operations]]\ninclude-path-regex = \"^{path}$\"\nparameters = {{ \"path.{parameter}\" = \"{value}\" }}\n\n")
}

fn text(body: &Value, pointer: &str) -> Result<String> {
    Ok(body.pointer(pointer).and_then(Value::as_str).with_context(|| format!("no {pointer} in {body}"))?.to_owned())
}
