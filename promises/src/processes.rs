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
    let all = all()?;
    let mut found = vec![root];
    let mut next = 0;
    while next < found.len() {
        let parent = found[next];
        found.extend(all.iter().filter(|(_, stat)| stat.parent == parent).map(|(id, _)| *id));
        next += 1;
    }
    Ok(found)
}

/// The processes of a group.
pub fn of_group(group: u32) -> Result<Vec<u32>> {
    Ok(all()?.into_iter().filter(|(_, stat)| stat.group == group).map(|(id, _)| id).collect())
}

/// What each of these processes does at this moment, a line each.
pub fn stand(ids: &[u32]) -> String {
    let line = |id: &u32| {
        let read = |name: &str| fs::read_to_string(format!("/proc/{id}/{name}")).unwrap_or_default();
        let state = Stat::read(&format!("/proc/{id}/stat")).map_or_else(|| "gone".to_owned(), |stat| stat.state);
        format!("  {id} {state} in {}: {}\n", read("wchan"), read("cmdline").replace('\0', " "))
    };
    ids.iter().map(line).collect()
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
        let state = Stat::read(&format!("{}/stat", thread.path().display())).map(|stat| stat.state);
        state.is_none_or(|state| states.contains(&state.as_str()))
    })
}

/// What is needed of a `stat` file (proc(5)).
struct Stat {
    state: String,
    parent: u32,
    group: u32,
}

impl Stat {
    fn read(path: &str) -> Option<Self> {
        let text = fs::read_to_string(path).ok()?;
        // The name in brackets may hold anything.
        let mut behind = text.rsplit_once(')')?.1.split_whitespace();
        Some(Self { state: behind.next()?.to_owned(), parent: behind.next()?.parse().ok()?, group: behind.next()?.parse().ok()? })
    }
}

fn all() -> Result<Vec<(u32, Stat)>> {
    let ids = fs::read_dir("/proc")?.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    Ok(ids.filter_map(|id| Some((id, Stat::read(&format!("/proc/{id}/stat"))?))).collect())
}
