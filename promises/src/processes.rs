//! Signals to processes that were started here, by their id.

use std::fs;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use rustix::process::{Pid, Signal, kill_process};

/// Whether this process may mount, and may look into others whoever runs them.
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Sends a signal to one process.
pub fn send(id: u32, signal: Signal) -> Result<()> {
    let pid = Pid::from_raw(i32::try_from(id)?).context("no process id")?;
    kill_process(pid, signal).with_context(|| format!("signal {signal:?} to {id}"))
}

/// A process and all that it has started.
pub fn tree(root: u32) -> Result<Vec<u32>> {
    let mut parents = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let Some(id) = entry?.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        if let Some(parent) = fields(&format!("/proc/{id}/stat")).and_then(|fields| fields.1.parse::<u32>().ok()) {
            parents.push((id, parent));
        }
    }
    let mut found = vec![root];
    let mut next = 0;
    while next < found.len() {
        let parent = found[next];
        found.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(id, _)| *id));
        next += 1;
    }
    Ok(found)
}

/// Stops processes (SIGSTOP) and waits until no thread of theirs runs any more: one that waits for the disk ends that first.
pub async fn freeze(ids: &[u32]) -> Result<()> {
    for id in ids {
        send(*id, Signal::STOP)?;
    }
    let began = Instant::now();
    while !ids.iter().all(|id| threads_are(*id, &["T", "t", "Z", "X"])) {
        ensure!(began.elapsed() < Duration::from_secs(10), "a process does not stop");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    Ok(())
}

/// Kills processes (SIGKILL) and waits until they have let go of their files. One that has ended meanwhile does not matter.
pub async fn kill_all(ids: &[u32]) -> Result<()> {
    for id in ids {
        let _ = send(*id, Signal::KILL);
    }
    let began = Instant::now();
    while !ids.iter().all(|id| threads_are(*id, &["Z", "X"])) {
        ensure!(began.elapsed() < Duration::from_secs(10), "a process does not end");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    Ok(())
}

/// Whether every thread of a process is in one of these states, or gone.
fn threads_are(id: u32, states: &[&str]) -> bool {
    let Ok(threads) = fs::read_dir(format!("/proc/{id}/task")) else { return true };
    threads.flatten().all(|thread| {
        let state = fields(&format!("{}/stat", thread.path().display())).map(|fields| fields.0);
        state.is_none_or(|state| states.contains(&state.as_str()))
    })
}

/// State and parent in a `stat` file: the name in brackets before them may hold anything.
fn fields(stat: &str) -> Option<(String, String)> {
    let text = fs::read_to_string(stat).ok()?;
    let mut behind = text.rsplit_once(')')?.1.split_whitespace();
    Some((behind.next()?.to_owned(), behind.next()?.to_owned()))
}
