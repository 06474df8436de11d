//! A NATS server of the test's own.

use std::{
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

/// A `nats-server` on a free port of loopback. Dropping it ends the process.
pub struct Nats {
    port: u16,
    arguments: Vec<String>,
    child: Option<Child>,
}

impl Nats {
    /// Starts one that lets everybody in.
    pub fn start() -> Nats {
        Nats::start_with(&[])
    }

    /// Starts one with more arguments, e.g. `--user`.
    pub fn start_with(arguments: &[&str]) -> Nats {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut nats = Nats { port, arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect(), child: None };
        nats.start_again();
        nats
    }

    /// Where it is, for the setting `nats`; `login` is `user:password@` or empty.
    pub fn url(&self, login: &str) -> String {
        format!("nats://{login}127.0.0.1:{}", self.port)
    }

    /// Ends it; whoever is connected is cut off.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Starts it on the same port as before, and waits until it listens.
    pub fn start_again(&mut self) {
        self.stop();
        // Debian installs it where only root's path leads.
        let program = if Path::new("/usr/sbin/nats-server").exists() { "/usr/sbin/nats-server" } else { "nats-server" };
        let mut child = Command::new(program)
            .args(["--addr", "127.0.0.1", "--port", &self.port.to_string()])
            .args(&self.arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{program} cannot be started ({error}); scripts/setup installs it"));
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(child.try_wait().unwrap().is_none(), "nats-server ended by itself");
            std::thread::sleep(Duration::from_millis(5));
        }
        self.child = Some(child);
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        self.stop();
    }
}
