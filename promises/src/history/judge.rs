//! Judges a history of messages. Pure, so that it can be shown to fail; assignments have their own judge, `register.rs`.

use std::collections::{HashMap, HashSet};

use super::operations::{Operation, Outcome, Tick, What};
use crate::checker::{Faults, Found, compare};
use crate::ledger::{Acknowledged, Entries, Kind};

/// Everything that may not have been, each as a sentence.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Violations {
    /// What differs between what was acknowledged and what is there.
    pub faults: Faults,
    /// Refused, and there all the same.
    pub refused: Vec<String>,
    /// Acknowledged before another was begun, and numbered behind it.
    pub order: Vec<String>,
    /// Acknowledged before a reading began, and not in it.
    pub stale: Vec<String>,
    /// Read page after page, and not what is there: repeated, left out, changed or taken back.
    pub cursor: Vec<String>,
}

/// A message that was acknowledged, from the first time it was sent.
struct Sent<'a> {
    client: usize,
    began: Tick,
    ended: Tick,
    message: &'a Acknowledged,
}

/// Judges messages: `team` is everything as the team sees it at the end, `customers` what each customer does, by client.
pub fn judge(operations: &[Operation], team: &[Found], customers: &HashMap<usize, Vec<Found>>) -> Violations {
    let (entries, refused) = outcomes(operations);
    let sent = sent(operations);
    let shown: Vec<Found> = customers.values().flatten().cloned().collect();
    let there: HashSet<&str> = team.iter().map(|found| found.text.as_str()).collect();
    Violations {
        faults: compare(&entries, team, &shown),
        refused: refused.into_iter().filter(|text| there.contains(text.as_str())).collect(),
        order: out_of_order(&sent),
        stale: stale(operations, &sent),
        cursor: beside_the_end(operations, team, customers),
    }
}

/// What was tried and acknowledged, and the texts that were refused each time they were tried.
fn outcomes(operations: &[Operation]) -> (Entries, Vec<String>) {
    let mut entries = Entries::default();
    let mut maybe: HashSet<&str> = HashSet::new();
    for operation in operations {
        let What::Send { text, outcome, .. } = &operation.what else { continue };
        entries.repeated += u64::from(!entries.attempted.insert(text.clone()));
        match outcome {
            Outcome::Done(message) => {
                entries.acknowledged.push(message.clone());
                maybe.insert(text);
            }
            Outcome::Unknown => drop(maybe.insert(text)),
            Outcome::Refused => {}
        }
    }
    let refused = entries.attempted.iter().filter(|text| !maybe.contains(text.as_str())).cloned().collect();
    (entries, refused)
}

/// Acknowledged messages in the order of their acknowledgements.
fn sent(operations: &[Operation]) -> Vec<Sent<'_>> {
    let mut first: HashMap<&str, Tick> = HashMap::new();
    let mut sent = Vec::new();
    for operation in operations {
        let What::Send { text, outcome, .. } = &operation.what else { continue };
        let began = *first.entry(text).or_insert(operation.began);
        if let Outcome::Done(message) = outcome {
            sent.push(Sent { client: operation.client, began, ended: operation.ended, message });
        }
    }
    sent.sort_by_key(|sent| sent.ended);
    sent
}

fn out_of_order(sent: &[Sent<'_>]) -> Vec<String> {
    let mut conversations: HashMap<&str, Vec<&Sent<'_>>> = HashMap::new();
    for one in sent {
        conversations.entry(&one.message.conversation_id).or_default().push(one);
    }
    let mut faults = Vec::new();
    for by_end in conversations.values() {
        let mut by_begin = by_end.clone();
        by_begin.sort_by_key(|sent| sent.began);
        let (mut before, mut highest): (usize, Option<&Sent<'_>>) = (0, None);
        for later in by_begin {
            while by_end[before].ended < later.began {
                highest = Some(by_end[before]).into_iter().chain(highest).max_by_key(|sent| sent.message.seq);
                before += 1;
            }
            if let Some(earlier) = highest.filter(|earlier| earlier.message.seq >= later.message.seq) {
                faults.push(format!("{:?} was acknowledged before {:?} was begun", earlier.message, later.message));
            }
        }
    }
    faults
}

/// A client, and the conversation it reads; none where it reads all of its own.
type Reader<'a> = (usize, Option<&'a str>);

/// Readings that reached the end and lack what had been acknowledged before they began, to whomever. What a client acknowledged
/// itself is the case people notice.
fn stale(operations: &[Operation], sent: &[Sent<'_>]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut readers: HashMap<Reader<'_>, (HashSet<&str>, usize)> = HashMap::new();
    let own = own_conversations(sent);
    for operation in operations {
        let What::Read { conversation_id, items, whole } = &operation.what else { continue };
        let (seen, looked) = readers.entry((operation.client, conversation_id.as_deref())).or_default();
        seen.extend(items.iter().map(|found| found.message_id.as_str()));
        if !whole {
            continue;
        }
        // What an earlier reading held stays read, so each message is looked for once.
        while let Some(must) = sent.get(*looked).filter(|must| must.ended < operation.began) {
            *looked += 1;
            let place = must.message.conversation_id.as_str();
            let concerns = match conversation_id.as_deref() {
                Some(id) => place == id,
                None => must.message.kind != Kind::Note && own.contains(&(operation.client, place)),
            };
            if concerns && !seen.contains(must.message.message_id.as_str()) {
                let whose = if must.client == operation.client { "its own" } else { "another's" };
                faults.push(format!("client {} did not read {whose} {:?}, acknowledged before", operation.client, must.message));
            }
        }
    }
    faults
}

/// Which conversations belong to which customer.
fn own_conversations<'a>(sent: &[Sent<'a>]) -> HashSet<(usize, &'a str)> {
    sent.iter().filter(|sent| sent.message.kind == Kind::Inbound).map(|sent| (sent.client, sent.message.conversation_id.as_str())).collect()
}

/// Whoever reads page after page has read, put together, a beginning of what is there at the end.
fn beside_the_end(operations: &[Operation], team: &[Found], customers: &HashMap<usize, Vec<Found>>) -> Vec<String> {
    let mut ends: HashMap<&str, Vec<&Found>> = HashMap::new();
    for found in team {
        ends.entry(&found.conversation_id).or_default().push(found);
    }
    for end in ends.values_mut() {
        end.sort_by_key(|found| found.seq);
    }
    let mut places: HashMap<(usize, Option<&str>), usize> = HashMap::new();
    let mut faults = Vec::new();
    for operation in operations {
        let What::Read { conversation_id, items, .. } = &operation.what else { continue };
        let place = places.entry((operation.client, conversation_id.as_deref())).or_default();
        for item in items {
            let is = match conversation_id.as_deref() {
                Some(id) => ends.get(id).and_then(|end| end.get(*place)).copied(),
                None => customers.get(&operation.client).and_then(|end| end.get(*place)),
            };
            if is != Some(item) {
                faults.push(format!("client {} read {item:?} in place {place}, where {is:?} is", operation.client));
            }
            *place += 1;
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str, seq: i64) -> Acknowledged {
        Acknowledged { text: text.into(), kind: Kind::Inbound, message_id: format!("m-{text}"), conversation_id: "c".into(), seq }
    }

    fn found(text: &str, seq: i64) -> Found {
        Found { conversation_id: "c".into(), message_id: format!("m-{text}"), seq, text: text.into() }
    }

    fn send(client: usize, times: [Tick; 2], text: &str, outcome: Outcome<i64>) -> Operation {
        let outcome = match outcome {
            Outcome::Done(seq) => Outcome::Done(message(text, seq)),
            Outcome::Refused => Outcome::Refused,
            Outcome::Unknown => Outcome::Unknown,
        };
        Operation { client, began: times[0], ended: times[1], what: What::Send { text: text.into(), kind: Kind::Inbound, outcome } }
    }

    fn read(client: usize, times: [Tick; 2], items: &[Found]) -> Operation {
        Operation { client, began: times[0], ended: times[1], what: What::Read { conversation_id: None, items: items.to_vec(), whole: true } }
    }

    fn judged(operations: &[Operation], there: &[Found]) -> Violations {
        judge(operations, there, &HashMap::from([(0, there.to_vec())]))
    }

    #[test]
    fn a_history_as_it_should_be_has_no_violations() {
        let history = [
            send(0, [1, 2], "a", Outcome::Done(1)),
            send(0, [3, 4], "b", Outcome::Unknown),
            send(0, [5, 6], "b", Outcome::Done(2)),
            read(0, [7, 8], &[found("a", 1), found("b", 2)]),
            send(0, [9, 10], "never came", Outcome::Unknown),
            send(0, [11, 12], "too much", Outcome::Refused),
            send(0, [13, 16], "c", Outcome::Done(3)),
            // It began before "c" was acknowledged, so it may have it or not.
            read(0, [14, 15], &[]),
        ];

        assert_eq!(judged(&history, &[found("a", 1), found("b", 2), found("c", 3)]), Violations::default());
    }

    #[test]
    fn lost_doubled_and_invented_messages_are_found_out_whatever_their_outcome() {
        let history = [send(0, [1, 2], "a", Outcome::Done(1)), send(0, [3, 4], "b", Outcome::Unknown)];

        assert_eq!(judged(&history, &[found("b", 1)]).faults.lost.len(), 1);
        assert_eq!(judged(&history, &[found("a", 1), found("b", 2), found("b", 3)]).faults.doubled.len(), 2, "by its text and by its id");
        assert_eq!(judged(&history, &[found("a", 1), found("ghost", 2)]).faults.invented.len(), 1);
        assert_eq!(judged(&history, &[found("a", 1), found("b", 3)]).faults.gaps.len(), 1);
    }

    #[test]
    fn what_was_refused_may_not_be_there_unless_another_try_may_have_done_it() {
        let refused = [send(0, [1, 2], "a", Outcome::Refused)];
        let maybe = [send(0, [1, 2], "a", Outcome::Unknown), send(0, [3, 4], "a", Outcome::Refused)];

        assert_eq!(judged(&refused, &[found("a", 1)]).refused, ["a"]);
        assert_eq!(judged(&maybe, &[found("a", 1)]).refused, Vec::<String>::new());
    }

    #[test]
    fn numbers_against_the_order_of_time_are_found_out() {
        let one_after_another = [send(0, [1, 2], "a", Outcome::Done(2)), send(1, [3, 4], "b", Outcome::Done(1))];
        let at_once = [send(0, [1, 3], "a", Outcome::Done(2)), send(1, [2, 4], "b", Outcome::Done(1))];
        let there = [found("b", 1), found("a", 2)];

        assert_eq!(judged(&one_after_another, &there).order.len(), 1);
        assert_eq!(judged(&at_once, &there).order.len(), 0);
    }

    #[test]
    fn whoever_reads_less_than_was_acknowledged_before_is_found_out() {
        let there = [found("a", 1), found("b", 2)];
        let own = [send(0, [1, 2], "a", Outcome::Done(1)), read(0, [3, 4], &[])];
        let anothers = [own[0].clone(), send(1, [3, 4], "b", Outcome::Done(2)), read(0, [5, 6], &[found("a", 1)])];

        assert!(judged(&own, &there).stale[0].contains("its own"));
        assert!(judged(&anothers, &there).stale[0].contains("another's"));
    }

    #[test]
    fn a_cursor_that_goes_back_or_leaves_out_is_found_out() {
        let there = [found("a", 1), found("b", 2), found("c", 3)];
        let reads = |items: &[Found]| judged(&[read(0, [1, 2], &there[..1]), read(0, [3, 4], items)], &there).cursor.len();

        assert_eq!(reads(&there[1..]), 0);
        assert_eq!(reads(&there[..1]), 1, "once more");
        assert_eq!(reads(&there[2..]), 1, "left out");
        assert_eq!(reads(&[found("taken back", 2)]), 1);
    }

    #[test]
    fn one_conversation_is_judged_by_what_the_team_sees_of_it() {
        let there = [found("b", 2), found("a", 1)];
        let what = What::Read { conversation_id: Some("c".into()), items: vec![found("a", 1)], whole: true };
        let history = [send(0, [1, 2], "b", Outcome::Done(2)), Operation { client: 7, began: 3, ended: 4, what }];

        let violations = judged(&history, &there);

        assert_eq!((violations.cursor.len(), violations.stale.len()), (0, 1));
    }
}
