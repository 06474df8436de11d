//! The machine a figure was measured on; a figure without it says nothing.

use std::fs;
use std::path::Path;

/// One line: date, cores, processor, memory, kernel, the file system under `folder`, and how busy the machine was before.
pub fn describe(folder: &Path) -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let kernel = first_line("/proc/sys/kernel/osrelease");
    let date = jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M UTC");
    format!(
        "{date} · {cores} cores · {} · {} GiB · Linux {kernel} · {} · load {}",
        processor(),
        memory_gib(),
        file_system(folder),
        // Above a few tenths somebody else is at work, and the figures say as much about them.
        first_line("/proc/loadavg").split(' ').next().unwrap_or("unknown")
    )
}

fn first_line(path: &str) -> String {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines().next().unwrap_or("unknown").trim().to_owned()
}

fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    text.lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map_or_else(|| "unknown processor".into(), |(_, name)| name.trim().to_owned())
}

fn memory_gib() -> u64 {
    let text = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib = text
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))
        .and_then(|rest| rest.trim().strip_suffix("kB"))
        .and_then(|number| number.trim().parse::<u64>().ok())
        .unwrap_or(0);
    (kib + 524_288) / 1_048_576
}

/// Type and device of the longest mount point that holds the folder.
fn file_system(folder: &Path) -> String {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    mounts
        .lines()
        .filter_map(|line| {
            let mut fields = line.split(' ');
            let (device, point, kind) = (fields.next()?, fields.next()?, fields.next()?);
            folder.starts_with(point).then(|| (point.len(), format!("{kind} on {device}")))
        })
        .max()
        .map_or_else(|| "unknown file system".into(), |(_, described)| described)
}
