//! The server under test: its data folder, its process, its processor time and memory.

use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};

use crate::http::{Http, get};

/// How long the server may take until it answers on `/healthz`.
const READY_WITHIN: Duration = Duration::from_secs(30);

/// A data folder with an administrator, an API token and a webchat inbox.
#[derive(Debug, Clone)]
pub struct House {
    /// The release binary.
    pub binary: PathBuf,
    /// Its data folder.
    pub data: PathBuf,
    /// An API token of the administrator, with every scope.
    pub token: String,
    /// The key of the webchat inbox.
    pub inbox_key: String,
    /// Environment of every process of the house, e.g. `RAPPORT_DATABASE`.
    pub environment: Vec<(String, String)>,
    /// Where the server's log goes; outside the data folder where that may be full or is copied.
    pub log: PathBuf,
}

impl House {
    /// Sets up an empty data folder through the command line, as an operator would.
    pub fn furnish(binary: &Path, data: &Path) -> Result<Self> {
        Self::furnish_with(binary, data, Vec::new())
    }

    /// As [`House::furnish`], where every process gets this environment.
    pub fn furnish_with(binary: &Path, data: &Path, environment: Vec<(String, String)>) -> Result<Self> {
        fs::create_dir_all(data).with_context(|| format!("creating {}", data.display()))?;
        let log = data.join("server.log");
        let mut house = Self { binary: binary.into(), data: data.into(), token: String::new(), inbox_key: String::new(), environment, log };
        house.token = house.hire("bench@example.com", "Bench")?;
        house.inbox_key = house.command_line(&["inbox", "add", "webchat", "--name", "Bench"])?;
        Ok(house)
    }

    /// Adds one more agent and gives an API token of that agent.
    pub fn hire(&self, email: &str, name: &str) -> Result<String> {
        self.command_line(&["agent", "add", "--email", email, "--name", name, "--role", "administrator"])?;
        self.command_line(&["token", "create", "--agent", email, "--scope", "*"])
    }

    /// Starts the server on a free loopback port and waits until it answers.
    pub async fn open(&self) -> Result<Product> {
        let mut product = self.spawn()?;
        product.ready("/healthz", READY_WITHIN).await?;
        Ok(product)
    }

    /// Starts the server on a free loopback port without waiting for anything.
    pub fn spawn(&self) -> Result<Product> {
        let address = free_address()?;
        let file = File::options().create(true).append(true).open(&self.log)?;
        let started = Instant::now();
        let child = self
            .command(&["serve", "--listen", &address.to_string()])
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()
            .with_context(|| format!("starting {}", self.binary.display()))?;
        Ok(Product { child, address, started, log: self.log.clone() })
    }

    /// Runs one command of the binary and gives what it printed, trimmed.
    pub fn command_line(&self, arguments: &[&str]) -> Result<String> {
        let output = self.command(arguments).output().with_context(|| format!("running {}", self.binary.display()))?;
        ensure!(output.status.success(), "`rapport {}` failed ({}): {}", arguments.join(" "), output.status, String::from_utf8_lossy(&output.stderr).trim());
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// One command of the binary on this house, not yet run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = clean(Command::new(&self.binary));
        command.args(arguments).arg("--data").arg(&self.data).stdin(Stdio::null());
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.data.join("rapport.db")
    }
}

/// Settings of the person who runs the bench must not reach the server under test.
fn clean(mut command: Command) -> Command {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("RAPPORT_") {
            command.env_remove(name);
        }
    }
    command.env("RAPPORT_RATE_LIMITS", "off");
    command
}

/// A loopback address nobody listens on.
pub fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// A running server. Dropping it kills the process; nothing else is ever ended.
#[derive(Debug)]
pub struct Product {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// When it was started.
    pub started: Instant,
    log: PathBuf,
}

impl Product {
    /// Waits until `path` answers 200 and gives the time since the process was started.
    pub async fn ready(&mut self, path: &str, within: Duration) -> Result<Duration> {
        let request = get(path, None);
        loop {
            if let Ok(mut http) = Http::connect(self.address).await
                && let Ok(answer) = http.exchange(&request).await
                && answer.status == 200
            {
                return Ok(self.started.elapsed());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended before it was ready ({status}): {}", self.last_words());
            }
            ensure!(self.started.elapsed() < within, "{path} did not answer 200 within {within:?}: {}", self.last_words());
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// The end of the server's log, for error messages.
    pub fn last_words(&self) -> String {
        let text = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(8)..].join("\n")
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Processor time used so far, user and kernel together.
    pub fn cpu_time(&self) -> Result<Duration> {
        cpu_time(self.child.id())
    }

    /// Resident memory in KiB.
    pub fn resident_kib(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        Ok(line.trim().trim_end_matches("kB").trim().parse()?)
    }

    /// Waits until the process has ended by itself and gives its status; `None` when it has not within that time.
    pub async fn ended(&mut self, within: Duration) -> Result<Option<ExitStatus>> {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(Some(status));
            }
            if began.elapsed() > within {
                return Ok(None);
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// Ends the process at once (SIGKILL) and waits until it is gone. What the system has taken it still writes: no power cut.
    pub fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks the process to end (SIGTERM) and gives its status and how long it took; `None` when it did not end in time.
    pub async fn stop(mut self, within: Duration) -> Result<Option<(ExitStatus, Duration)>> {
        let asked = Instant::now();
        // The standard library can only kill; the shell's own `kill` takes the id of exactly this child.
        let status = Command::new("sh").arg("-c").arg(format!("kill -TERM {}", self.child.id())).status()?;
        ensure!(status.success(), "sending SIGTERM failed");
        Ok(self.ended(within).await?.map(|status| (status, asked.elapsed())))
    }
}

/// Processor time a process has used so far.
pub fn cpu_time(process: u32) -> Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name in brackets may hold spaces, so fields are counted behind it: utime and stime are the 12th and 13th.
    let (_, behind) = stat.rsplit_once(')').context("reading /proc stat")?;
    let ticks: u64 = behind.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum();
    // Linux reports to user space in hundredths of a second on every architecture we run on.
    Ok(Duration::from_millis(ticks * 10))
}

impl Drop for Product {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
