//! The short forms, several at a time: most of them wait for something, and each has a folder and ports of its own.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::Mutex;
use std::time::Instant;

use anyhow::Result;

use crate::NOT_RUN;
use crate::promise::SHORT;

const LANES: usize = 3;
/// What is promised within seconds is promised of a machine that does nothing else.
const PATIENCE: &str = "4";

/// Runs them all, each as a process of its own. What the machine does not allow is said and is no failure.
pub fn short(bin: &Path, dir: &Path) -> Result<ExitCode> {
    let program = std::env::current_exe()?;
    let waiting = Mutex::new(SHORT.iter());
    let ended = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..LANES {
            scope.spawn(|| {
                while let Some(line) = take(&waiting) {
                    let began = Instant::now();
                    let output =
                        Command::new(&program).args(line.split(' ')).args(["--patience", PATIENCE]).arg("--bin").arg(bin).arg("--dir").arg(dir).output();
                    let (held, words) = match &output {
                        Ok(output) if output.status.success() => (true, "held"),
                        Ok(output) if output.status.code() == Some(i32::from(NOT_RUN)) => (true, "NOT RUN, so nothing is proved"),
                        _ => (false, "NOT HELD"),
                    };
                    let text = output.map_or_else(
                        |error| error.to_string(),
                        |output| [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat(),
                    );
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
