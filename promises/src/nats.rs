//! A NATS server of the promise's own, on loopback.

use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use rapport_bench::product::free_address;

/// A running `nats-server`. Dropping it ends the process.
#[derive(Debug)]
pub struct Nats {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Nats {
    /// Starts one and waits until it listens.
    pub fn start() -> Result<Self> {
        let address = free_address()?;
        // Debian installs it where only root's path leads.
        let program = if Path::new("/usr/sbin/nats-server").exists() { "/usr/sbin/nats-server" } else { "nats-server" };
        let child = Command::new(program)
            .args(["--addr", "127.0.0.1", "--port", &address.port().to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("nats-server is not installed; scripts/setup does it")?;
        let nats = Self { child, address };
        let began = Instant::now();
        while TcpStream::connect(address).is_err() {
            ensure!(began.elapsed() < Duration::from_secs(10), "nats-server does not listen");
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(nats)
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
