//! What should have been done by now: backups, jobs, reactions, the readers of the log.

use std::time::Duration;

use super::{Finding, span};
use crate::{
    clock::Moment,
    params,
    store::{Result, Tx},
};

/// A day's backup may be late by a day before anybody is told.
const BACKUP_LATE: Duration = Duration::from_secs(48 * 3600);
const BACKUP_MISSING: Duration = Duration::from_secs(8 * 24 * 3600);
/// A new installation has a day to begin with.
const NEW: Duration = Duration::from_secs(24 * 3600);
/// Jobs are looked for twice a second, events dispatched in a fraction of one.
const LATE: Duration = Duration::from_secs(5 * 60);
const VERY_LATE: Duration = Duration::from_secs(3600);

/// How old the newest backup is.
pub fn backups(tx: &mut Tx<'_>) -> Result<Finding> {
    const MEND: &str = "rapport backup FILE, every day, and copy the file to another machine";
    let now = tx.now();
    let last = tx.opt("SELECT taken_at, size_bytes FROM backup ORDER BY taken_at DESC LIMIT 1", params![], |row| {
        Ok((row.get::<Moment>("taken_at")?, row.get::<i64>("size_bytes")?))
    })?;
    let Some((taken_at, size)) = last else {
        let made_at: Option<Moment> = tx.one("SELECT min(applied_at) AS made_at FROM schema_migration", params![], |row| row.get("made_at"))?;
        return Ok(match made_at.map(|made_at| now.since(made_at)) {
            Some(age) if age > BACKUP_MISSING => Finding::fault("backup", format!("no backup was ever made, in {}", span(age)), MEND),
            Some(age) if age <= NEW => Finding::ok("backup", format!("none yet; the installation is {} old. Make one a day: rapport backup FILE", span(age))),
            _ => Finding::warning("backup", "no backup was ever made", MEND),
        });
    };
    let says = format!("the newest backup is {} old ({} MiB)", span(now.since(taken_at)), size >> 20);
    Ok(match now.since(taken_at) {
        age if age > BACKUP_MISSING => Finding::fault("backup", says, MEND),
        age if age > BACKUP_LATE => Finding::warning("backup", says, MEND),
        _ => Finding::ok("backup", says),
    })
}

/// Whether jobs wait longer than they should, or were given up.
pub fn jobs(tx: &mut Tx<'_>, server_answers: bool) -> Result<Finding> {
    let now = tx.now();
    let failed =
        tx.all("SELECT kind, count(*) AS n, max(last_error) AS error FROM job WHERE failed_at IS NOT NULL GROUP BY kind ORDER BY kind", params![], |row| {
            Ok(format!("{} {} ({})", row.get::<i64>("n")?, row.get::<String>("kind")?, row.get::<Option<String>>("error")?.unwrap_or_default()))
        })?;
    let (waiting, oldest) =
        tx.one("SELECT count(*) AS n, min(run_at) AS oldest FROM job WHERE run_at <= $1 AND lease_until < $1 AND failed_at IS NULL", params![now], |row| {
            Ok((row.get::<i64>("n")?, row.get::<Option<Moment>>("oldest")?))
        })?;
    let age = oldest.map_or(Duration::ZERO, |oldest| now.since(oldest));
    let says = format!("{waiting} jobs are due; the oldest waits for {}", span(age));
    if age > LATE {
        return Ok(if !server_answers {
            Finding::warning("jobs", format!("{says}, and no server answers that could do them"), "Start the server, or give this command the same --listen")
        } else if age > VERY_LATE {
            Finding::fault("jobs", format!("{says}: snoozed cases do not wake"), "Look for \"job\" in the server's log, and restart it")
        } else {
            Finding::warning("jobs", says, "Look for \"job\" in the server's log; if they stay, restart the server")
        });
    }
    if !failed.is_empty() {
        let mend = "Mend what the words say, then have them tried again: rapport doctor --repair";
        return Ok(Finding::warning("jobs", format!("jobs were given up after many tries: {}", failed.join(", ")), mend));
    }
    Ok(Finding::ok("jobs", if waiting == 0 { "none is due, none was given up".to_owned() } else { says }))
}

/// Whether reactions fail and are tried again.
pub fn reactions(tx: &mut Tx<'_>) -> Result<Finding> {
    let again = tx.all(
        "SELECT reaction, count(*) AS n, max(attempts) AS attempts, max(error) AS error FROM reaction_retry GROUP BY reaction ORDER BY reaction",
        params![],
        |row| {
            let (name, n, attempts, error): (String, i64, i64, String) = (row.get("reaction")?, row.get("n")?, row.get("attempts")?, row.get("error")?);
            Ok(format!("{name} for {n} events, up to {attempts} times ({error})"))
        },
    )?;
    Ok(if again.is_empty() {
        Finding::ok("reactions", "none has to be tried again")
    } else {
        Finding::warning(
            "reactions",
            format!("some fail and are tried again: {}. What they keep, such as the timeline, lacks these events", again.join(", ")),
            "Nothing is lost, they go on by themselves. If the same words stay for hours, report them: they are a fault of Rapport",
        )
    })
}

/// How far the readers of the log are behind.
pub fn log(tx: &mut Tx<'_>, server_answers: bool) -> Result<(Finding, Option<Moment>)> {
    let now = tx.now();
    let newest = tx.opt("SELECT position, at FROM event WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1", params![], |row| {
        Ok((row.get::<i64>("position")?, row.get::<Moment>("at")?))
    })?;
    let newest_at = newest.map(|(_, at)| at);
    let head = newest.map_or(0, |(position, _)| position);
    let unplaced: i64 = tx.one("SELECT count(*) AS n FROM event WHERE position IS NULL AND at < $1", params![now.minus(LATE)], |row| row.get("n"))?;
    let mut readers =
        tx.all("SELECT name, position FROM event_reader ORDER BY name", params![], |row| Ok((row.get::<String>("name")?, row.get::<i64>("position")?)))?;
    readers.retain(|(name, _)| name != "placed");
    let mut behind = Vec::new();
    for (name, position) in readers {
        let next = tx.opt("SELECT at FROM event WHERE position > $1 ORDER BY position LIMIT 1", params![position], |row| row.get::<Moment>("at"))?;
        if let Some(age) = next.map(|at| now.since(at)).filter(|age| *age > LATE) {
            behind.push(format!("{name} by {} events, since {}", head - position, span(age)));
        }
    }
    if unplaced > 0 {
        behind.push(format!("{unplaced} events have no position yet"));
    }
    let finding = if behind.is_empty() {
        Finding::ok("log", format!("{head} events; every reader has seen them"))
    } else if server_answers {
        Finding::fault(
            "log",
            format!("readers of the log are behind: {}", behind.join(", ")),
            "Look for \"dispatch\" and \"events\" in the server's log, and restart it; nothing is lost, they go on where they were",
        )
    } else {
        Finding::warning(
            "log",
            format!("readers of the log are behind: {}, and no server answers", behind.join(", ")),
            "Start the server; they go on where they were",
        )
    };
    Ok((finding, newest_at))
}
