//! The short forms, several at a time: most of them wait for something, and each has a folder and ports of its own.

use std::fs::{self, File};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitCode, ExitStatus};
use std::sync::Mutex;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use rustix::process::Signal;

use crate::promise::SHORT;
use crate::{NOT_RUN, processes};

const LANES: usize = 3;
/// What is promised within seconds is promised of a machine that does nothing else.
const PATIENCE: &str = "4";
/// Several times what the longest takes. One that hangs is ended, so that it says where it stood instead of holding up the rest.
const LIMIT: Duration = Duration::from_secs(300);

/// Runs them all, each as a process of its own. What the machine does not allow is said and is no failure.
pub fn short(bin: &Path, dir: &Path) -> Result<ExitCode> {
    fs::create_dir_all(dir)?;
    let waiting = Mutex::new(SHORT.iter());
    let ended = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..LANES {
            scope.spawn(|| {
                while let Some(line) = take(&waiting) {
                    let began = Instant::now();
                    let (held, words, text) = match one(line, bin, dir) {
                        Ok((End::Itself(status), text)) if status.success() => (true, "held", text),
                        Ok((End::Itself(status), text)) if status.code() == Some(i32::from(NOT_RUN)) => (true, "NOT RUN, so nothing is proved", text),
                        Ok((End::Itself(_), text)) => (false, "NOT HELD", text),
                        Ok((End::Limit, text)) => (false, "NOT HELD: it hung and was ended", text),
                        Err(error) => (false, "NOT HELD: it could not be run", format!("{error:#}")),
                    };
                    if let Ok(mut ended) = ended.lock() {
                        println!("{text}");
                        ended.push((held, format!("{line}: {words} ({:.1} s)", began.elapsed().as_secs_f64())));
                    }
                }
            });
        }
    });
    let ended = ended.into_inner().unwrap_or_default();
    for (_, line) in &ended {
        println!("{line}");
    }
    let all_held = ended.len() == SHORT.len() && ended.iter().all(|(held, _)| *held);
    Ok(if all_held { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn take<'a>(waiting: &Mutex<std::slice::Iter<'a, &'static str>>) -> Option<&'a &'static str> {
    waiting.lock().ok()?.next()
}

enum End {
    Itself(ExitStatus),
    Limit,
}

/// Runs one; how it ended and what it said.
fn one(line: &str, bin: &Path, dir: &Path) -> Result<(End, String)> {
    let words = dir.join(format!("{}.{}.log", line.replace([' ', '-'], ""), std::process::id()));
    // A file and no pipe: a process that it left behind would hold a pipe open for ever.
    let said = File::create(&words)?;
    let mut child = Command::new(std::env::current_exe()?)
        .args(line.split(' '))
        .args(["--patience", PATIENCE])
        .arg("--bin")
        .arg(bin)
        .arg("--dir")
        .arg(dir)
        .stdout(said.try_clone()?)
        .stderr(said)
        .process_group(0)
        .spawn()
        .context("starting it")?;
    let (end, more) = wait(&mut child)?;
    let text = fs::read_to_string(&words)? + &more;
    fs::remove_file(&words)?;
    Ok((end, text))
}

/// Waits until it has ended, and ends what it left behind; what is to be said of that.
fn wait(child: &mut Child) -> Result<(End, String)> {
    let began = Instant::now();
    let mut more = String::new();
    let end = loop {
        if let Some(status) = child.try_wait()? {
            break End::Itself(status);
        }
        if began.elapsed() > LIMIT {
            let tree = processes::tree(child.id())?;
            more = format!("no end after {} s:\n{}", LIMIT.as_secs(), processes::stand(&tree));
            end_all(&tree);
            child.wait()?;
            break End::Limit;
        }
        sleep(Duration::from_millis(50));
    };
    let left = processes::of_group(child.id())?;
    if !left.is_empty() {
        more += &format!("left behind:\n{}", processes::stand(&left));
        end_all(&left);
    }
    Ok((end, more))
}

fn end_all(ids: &[u32]) {
    for id in ids {
        // One that has ended meanwhile does not matter.
        let _ = processes::send(*id, Signal::KILL);
    }
}
