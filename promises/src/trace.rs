//! What strace wrote, read back as system calls in the order they were made.

/// One system call. Others may have been made between its beginning and its end, by other threads.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The thread that made it.
    pub thread: u32,
    /// When it began, in seconds since 1970.
    pub at: f64,
    /// The line it began in.
    pub begin: usize,
    /// The line it ended in; `None` when it did not.
    pub end: Option<usize>,
    /// Name, arguments and result: `fdatasync(12</data/rapport.db-wal>) = 0`.
    pub text: String,
}

impl Event {
    /// Whether it is the call `name` and its text holds `part`.
    pub fn is(&self, name: &str, part: &str) -> bool {
        self.text.strip_prefix(name).is_some_and(|rest| rest.starts_with('(')) && self.text.contains(part)
    }

    /// Whether it ended, without an error.
    pub fn succeeded(&self) -> bool {
        self.end.is_some() && self.text.rsplit_once(") = ").is_some_and(|(_, result)| !result.starts_with('-') && !result.starts_with('?'))
    }

    /// Whether it was over before `line`.
    pub fn was_over_before(&self, line: usize) -> bool {
        self.end.is_some_and(|end| end < line)
    }
}

/// Reads what `strace -f -ttt` wrote. Ends of threads come as events without brackets: `+++ exited with 0 +++`.
pub fn parse(trace: &str) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    for (number, line) in trace.lines().enumerate() {
        let mut words = line.splitn(2, ' ');
        let (Some(Ok(thread)), Some(rest)) = (words.next().map(str::parse::<u32>), words.next()) else { continue };
        let Some((Ok(at), text)) = rest.trim_start().split_once(' ').map(|(at, text)| (at.parse::<f64>(), text)) else { continue };
        if let Some(resumed) = text.strip_prefix("<... ") {
            let begun = events.iter_mut().rev().find(|event| event.thread == thread && event.end.is_none());
            if let (Some(event), Some((_, ending))) = (begun, resumed.split_once(" resumed>")) {
                event.text.push_str(ending);
                event.text = squeeze(&event.text);
                event.end = Some(number);
            }
        } else if let Some(begun) = text.strip_suffix("<unfinished ...>") {
            events.push(Event { thread, at, begin: number, end: None, text: begun.trim_end().to_owned() });
        } else {
            events.push(Event { thread, at, begin: number, end: Some(number), text: squeeze(text) });
        }
    }
    events
}

/// strace lines results up with spaces: `fdatasync(12)     = 0`.
fn squeeze(text: &str) -> String {
    match text.rsplit_once(" = ") {
        Some((call, result)) => format!("{} = {result}", call.trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_that_another_thread_overtook_has_its_beginning_and_its_end() {
        let events = parse(
            "7  1.5 fdatasync(12</d/rapport.db-wal> <unfinished ...>\n\
             8  1.6 writev(20, \"x\", 1)     = 1\n\
             7  1.7 <... fdatasync resumed>) = 0\n\
             7  1.8 +++ exited with 74 +++\n",
        );

        assert_eq!(events[0], Event { thread: 7, at: 1.5, begin: 0, end: Some(2), text: "fdatasync(12</d/rapport.db-wal>) = 0".into() });
        assert_eq!((events[1].begin, events[1].text.as_str()), (1, "writev(20, \"x\", 1) = 1"));
        assert!(events[0].is("fdatasync", "-wal") && events[0].succeeded() && !events[0].was_over_before(1));
        assert!(events[2].text.contains("exited with 74"));
    }

    #[test]
    fn a_call_that_was_made_to_fail_did_not_succeed() {
        let events = parse("7  1.5 fdatasync(12) = -1 EIO (Input/output error) (INJECTED)\n7  1.6 fsync(3) = ?\n");

        assert!(events.iter().all(|event| !event.succeeded()));
    }
}
