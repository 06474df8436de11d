//! The order of things, read from a trace: rows are written, then flushed, and only then is the answer given.

use std::time::Duration;

use anyhow::Result;
use rapport_bench::http::{Http, send};
use rapport_bench::product::House;
use rapport_bench::report::{Table, Verdict};
use rapport_bench::socket::{self, session};
use serde_json::json;

use crate::crew::END_WITHIN;
use crate::files::{id_of, upload};
use crate::promise::{Ground, Outcome, Report};
use crate::strace::Strace;
use crate::trace::{Event, parse};
use crate::verdict::check_none;
use crate::writer::over_socket;

/// Whatever writes, flushes, names or answers; with the paths of files and with all that was written.
const TRACED: [&str; 6] = ["-ttt", "-y", "-s", "5000", "-e", "trace=write,pwrite64,writev,sendto,sendmsg,fsync,fdatasync,rename,renameat,renameat2"];

/// How often each kind of request is made.
#[derive(Debug, Clone, Copy)]
pub struct SyncOrder {
    /// How often.
    pub times: u32,
}

impl SyncOrder {
    /// Makes the requests one after another under a trace and judges their order.
    pub async fn run(self, ground: &Ground) -> Result<Outcome> {
        if let Some(why) = Strace::impossible(&ground.folder).await? {
            return Ok(Outcome::NotRun(why));
        }
        let house = House::furnish(&ground.binary, &ground.folder.join("data"))?;
        let product = house.open().await?;
        let mut http = Http::connect(product.address).await?;
        let token = session(&mut http, &house.inbox_key).await?;
        let mut socket = socket::live(product.address, &token).await?;
        let strace = Strace::attach(product.id(), &ground.folder, &TRACED).await?;
        for number in 1..=self.times {
            let text = format!("over-http-{number}.");
            let request = send("POST", "/api/v1/chat/messages", Some(&token), Some(&text), &json!({"text": text}).to_string());
            http.exchange(&request).await?.expect(201)?;

            let text = format!("over-socket-{number}.");
            over_socket(&mut socket, &text, &text).await?.expect(201)?;

            let name = format!("upload-{number}.txt");
            id_of(upload(&mut http, &token, &name, &format!("The content of {name}\n")).await?)?;
        }
        // The last answer was read here before strace has written its line.
        tokio::time::sleep(Duration::from_millis(100)).await;
        let events = parse(&strace.finish()?);
        product.stop(END_WITHIN).await?;

        let mut faults = Vec::new();
        for number in 1..=self.times {
            faults.extend(check_message(&events, &format!("over-http-{number}."), "HTTP/1.1 201"));
            faults.extend(check_message(&events, &format!("over-socket-{number}."), "accepted"));
            faults.extend(check_file(&events, &format!("upload-{number}.txt")));
        }
        let flushes = events.iter().filter(|event| event.is("fdatasync", "-wal")).count();
        let mut table = Table::new(&["what", "figure"]);
        table.row(["requests: HTTP, WebSocket, upload".to_owned(), format!("{} each", self.times)]);
        table.row(["flushes of the log seen".to_owned(), flushes.to_string()]);
        print!("{}", table.render());
        let mut verdict = Verdict::default();
        verdict.check(flushes > 0, format!("{flushes} flushes of the log were traced"));
        check_none(&mut verdict, "requests answered before what they wrote was flushed", &faults);
        let figure = format!("{} of {} answers came before the flush of what they acknowledge", faults.len(), 3 * self.times);
        Ok(Outcome::Tried(Report { n: format!("{} requests", 3 * self.times), figure, verdict }))
    }
}

/// A row with this text is written to the log, the same thread flushes the log, and then the answer is given.
fn check_message(events: &[Event], text: &str, answer: &str) -> Option<String> {
    let (row, flush) = match flushed_row(events, text, 0) {
        Ok(found) => found,
        Err(what) => return Some(format!("{text} {what}")),
    };
    check_answer(events, row, flush, answer).map(|what| format!("{text} {what}"))
}

/// What is said when it is missing, and whether an event is it.
type Step<'a> = (&'static str, &'a dyn Fn(&Event) -> bool);

/// The file is written and flushed, gets its name, the folder is flushed, and then as for a message.
fn check_file(events: &[Event], name: &str) -> Option<String> {
    let content = format!("The content of {name}");
    let steps: [Step<'_>; 4] = [
        ("is not written", &|event| event.is("write", &content)),
        ("is not flushed before it is named", &|event| event.is("fsync", "/incoming/") && event.succeeded()),
        ("is not named", &|event| event.text.starts_with("rename") && event.text.contains("/incoming/") && event.succeeded()),
        ("has no flushed folder", &|event| event.is("fsync", "/files/") && !event.text.contains("/incoming/") && event.succeeded()),
    ];
    let mut line = 0;
    for (missing, is_it) in steps {
        match events.iter().find(|event| event.begin >= line && is_it(event)) {
            Some(Event { end: Some(end), .. }) => line = end + 1,
            _ => return Some(format!("{name} {missing}")),
        }
    }
    match flushed_row(events, name, line) {
        Ok((row, flush)) => check_answer(events, row, flush, "HTTP/1.1 201").map(|what| format!("{name} {what}")),
        Err(what) => Some(format!("{name} {what}")),
    }
}

/// Where a row with this text was written to the log after `line`, and the flush of the same thread that follows.
fn flushed_row<'a>(events: &'a [Event], text: &str, line: usize) -> Result<(&'a Event, &'a Event), &'static str> {
    let row =
        events.iter().find(|event| event.begin >= line && event.is("pwrite64", text) && event.text.contains("-wal>")).ok_or("is not written to the log")?;
    let flush = events.iter().find(|event| event.begin > row.begin && event.thread == row.thread && event.is("fdatasync", "-wal>"));
    let flush = flush.ok_or("is never flushed")?;
    if flush.succeeded() { Ok((row, flush)) } else { Err("is flushed without success") }
}

fn check_answer(events: &[Event], row: &Event, flush: &Event, answer: &str) -> Option<&'static str> {
    match events.iter().find(|event| event.begin > row.begin && is_answer(event, answer)) {
        Some(given) => (!flush.was_over_before(given.begin)).then_some("is answered before it is flushed"),
        None => Some("has an answer that the trace does not show"),
    }
}

/// Whether bytes go out over a connection and hold this.
pub fn is_answer(event: &Event, answer: &str) -> bool {
    ["write", "writev", "sendto", "sendmsg"].iter().any(|name| event.is(name, answer)) && event.text.contains("<socket:")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = "7 1.0 pwrite64(12</d/rapport.db-wal>, \"...hello...\", 4096, 24) = 4096";
    const FLUSH: &str = "7 1.1 fdatasync(12</d/rapport.db-wal>) = 0";
    const ANSWER: &str = "8 1.2 writev(20<socket:[99]>, [\"HTTP/1.1 201 Created\"], 2) = 481";

    fn fault(lines: &[&str]) -> Option<String> {
        check_message(&parse(&lines.join("\n")), "hello", "HTTP/1.1 201")
    }

    #[test]
    fn the_right_order_is_no_fault() {
        assert_eq!(fault(&[ROW, FLUSH, ANSWER]), None);
    }

    #[test]
    fn an_answer_before_the_flush_is_found_out() {
        assert!(fault(&[ROW, ANSWER, FLUSH]).unwrap().contains("answered before"));
        assert!(fault(&[ROW, ANSWER]).unwrap().contains("never flushed"));
        let overtaken = ["7 1.1 fdatasync(12</d/rapport.db-wal> <unfinished ...>", ANSWER, "7 1.3 <... fdatasync resumed>) = 0"];
        assert!(fault(&[ROW, overtaken[0], overtaken[1], overtaken[2]]).unwrap().contains("answered before"));
    }

    #[test]
    fn a_flush_of_another_thread_or_one_that_failed_does_not_count() {
        assert!(fault(&[ROW, FLUSH]).is_some(), "and without an answer nothing is shown");
        assert!(fault(&[ROW, &FLUSH.replace('7', "9"), ANSWER]).is_some());
        assert!(fault(&[ROW, &FLUSH.replace("= 0", "= -1 EIO (Input/output error)"), ANSWER]).is_some());
    }
}
