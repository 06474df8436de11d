//! A PostgreSQL server of the promise's own, with every setting that keeps its word: what it acknowledged is on the disk.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use rapport_bench::product::free_address;

use crate::processes::is_root;

/// How a server is ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Sessions are cut and everything is written out.
    Fast,
    /// Processes are gone at once; the next start recovers from the log.
    Immediate,
}

/// A server on loopback. Dropping it ends the server at once; its folder stays.
#[derive(Debug)]
pub struct Cluster {
    /// An empty database on it, for Rapport.
    pub url: String,
    /// Its data folder.
    pub data: PathBuf,
    /// Its port on 127.0.0.1; the same after every start.
    pub port: u16,
    log: PathBuf,
    programs: PathBuf,
}

impl Cluster {
    /// Makes a server in `folder` (which must be on the disk the promise is about) and starts it.
    pub fn start(folder: &Path) -> Result<Self> {
        let programs = programs()?;
        let home = folder.join("postgres");
        fs::create_dir_all(&home)?;
        fs::set_permissions(&home, fs::Permissions::from_mode(0o755))?;
        // PostgreSQL refuses to run as root, so root lends it the user postgres.
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(&home))?;
        }
        let port = free_address()?.port();
        let cluster = Self { url: format!("postgres://rapport@127.0.0.1:{port}/postgres"), data: home.join("data"), port, log: home.join("log"), programs };
        let data = cluster.data.display().to_string();
        run(cluster.as_server("initdb").args(["-D", &data, "-U", "rapport", "-A", "trust", "-E", "UTF8", "--locale=C"]))?;
        let settings = format!(
            "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = ''\nmax_connections = 100\nlog_min_messages = fatal\n\
             fsync = on\nfull_page_writes = on\nsynchronous_commit = on\n"
        );
        // The file belongs to the server's user; appended to it, it stays theirs.
        let path = cluster.data.join("postgresql.conf");
        let mut text = fs::read_to_string(&path)?;
        text.push_str(&settings);
        fs::write(&path, text)?;
        cluster.start_again()?;
        Ok(cluster)
    }

    /// Starts the server after [`Cluster::stop`]; it answers when this is back.
    pub fn start_again(&self) -> Result<()> {
        let (data, log) = (self.data.display().to_string(), self.log.display().to_string());
        run(self.as_server("pg_ctl").args(["-D", &data, "-l", &log, "-w", "-t", "60", "start"]))
    }

    /// Ends the server and waits until it is gone.
    pub fn stop(&self, how: Stop) -> Result<()> {
        let mode = match how {
            Stop::Fast => "fast",
            Stop::Immediate => "immediate",
        };
        run(self.as_server("pg_ctl").args(["-D", &self.data.display().to_string(), "-m", mode, "-w", "stop"]))
    }

    /// What a question answers, one line a row, columns parted by `|`.
    pub fn query(&self, sql: &str) -> Result<Vec<String>> {
        let output = Command::new(self.programs.join("psql")).args(["-X", "-A", "-t", "-q", "-d", &self.url, "-c", sql]).stdin(Stdio::null()).output()?;
        ensure!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr).trim());
        Ok(String::from_utf8(output.stdout)?.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect())
    }

    /// The process id of the server while it runs.
    pub fn pid(&self) -> Result<u32> {
        let text = fs::read_to_string(self.data.join("postmaster.pid")).context("the server does not run")?;
        Ok(text.lines().next().unwrap_or_default().trim().parse()?)
    }

    /// One of PostgreSQL's programs, as the user that may run it. Its log and messages go where `run` reads them.
    fn as_server(&self, program: &str) -> Command {
        let path = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = as_postgres();
            command.arg(path);
            command
        } else {
            Command::new(path)
        };
        command.current_dir("/");
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.pid().is_ok() {
            let _ = self.stop(Stop::Immediate);
        }
    }
}

/// Whether the user that runs the server can get to a folder, which is made if it is not there.
pub fn can_reach(folder: &Path) -> Result<bool> {
    fs::create_dir_all(folder)?;
    Ok(!is_root() || as_postgres().args(["test", "-x"]).arg(folder.canonicalize()?).status()?.success())
}

/// Runs what follows as the user to whom root lends the server.
fn as_postgres() -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--reuid", "postgres", "--regid", "postgres", "--init-groups"]);
    command
}

/// The newest installed version's programs.
fn programs() -> Result<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .context("PostgreSQL is not installed; scripts/setup does it")?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin")))
        })
        .collect();
    versions.sort();
    Ok(versions.pop().context("PostgreSQL is not installed; scripts/setup does it")?.1)
}

/// Runs a command to its end. What it prints goes to a file and not to a pipe, which a server it starts would keep open.
fn run(command: &mut Command) -> Result<()> {
    let shown = format!("{command:?}");
    let errors = std::env::temp_dir().join(format!("rapport-promise-{}.err", std::process::id()));
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(fs::File::create(&errors)?).status();
    let told = fs::read_to_string(&errors).unwrap_or_default();
    let _ = fs::remove_file(&errors);
    let status = status.with_context(|| format!("running {shown}"))?;
    ensure!(status.success(), "{shown} failed ({status}): {}", told.trim());
    Ok(())
}
