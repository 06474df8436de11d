//! strace, attached to a running server: it traces system calls, makes them fail, or ends the process at one of them.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use rustix::process::Signal;

use crate::processes::send;

const LET_GO_WITHIN: Duration = Duration::from_secs(2);

/// An attached strace. Dropped, it lets go of the process, which goes on.
#[derive(Debug)]
pub struct Strace {
    child: Child,
    /// What it traced.
    pub trace: PathBuf,
}

impl Strace {
    /// Why it cannot be used on this machine; `None` when it can.
    pub async fn impossible(folder: &Path) -> Result<Option<String>> {
        let Ok(mut sleeper) = Command::new("sleep").arg("20").spawn() else { return Ok(Some("there is no `sleep` here".into())) };
        let attached = Strace::attach(sleeper.id(), folder, &["-e", "trace=none"]).await;
        sleeper.kill()?;
        sleeper.wait()?;
        Ok(attached.err().map(|error| format!("strace cannot look into a process here: {error:#}")))
    }

    /// Attaches to a process with all its threads, and returns when it has. The trace goes into a file in `folder`.
    pub async fn attach(process: u32, folder: &Path, arguments: &[&str]) -> Result<Strace> {
        let (trace, says) = (folder.join(format!("strace-{process}.txt")), folder.join(format!("strace-{process}.says")));
        let child = Command::new("strace")
            .args(["-f", "-p", &process.to_string(), "-o"])
            .arg(&trace)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(&says)?)
            .spawn()
            .context("strace is missing; scripts/setup installs it")?;
        let mut strace = Strace { child, trace };
        let began = Instant::now();
        while !fs::read_to_string(&says)?.contains(" attached") {
            let ended = strace.child.try_wait()?;
            ensure!(ended.is_none() && began.elapsed() < Duration::from_secs(10), "strace: {}", fs::read_to_string(&says)?.trim());
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Ok(strace)
    }

    /// Lets go of the process and gives what was traced.
    pub fn finish(mut self) -> Result<String> {
        self.end()?;
        Ok(fs::read_to_string(&self.trace)?)
    }

    /// Told to let go of a process that is just ending, strace may wait for ever: for the first thread, which waits for the others,
    /// which nobody but strace can bury. The system lets go for it when it is killed.
    fn end(&mut self) -> Result<()> {
        if self.child.try_wait()?.is_some() {
            return Ok(());
        }
        send(self.child.id(), Signal::TERM)?;
        let began = Instant::now();
        while began.elapsed() < LET_GO_WITHIN {
            if self.child.try_wait()?.is_some() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Strace {
    fn drop(&mut self) {
        let _ = self.end();
    }
}
