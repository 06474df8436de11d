//! Compares what was acknowledged with what is there. Pure, so that it can be shown to fail.

use std::collections::{HashMap, HashSet};

use crate::ledger::{Acknowledged, Entries, Kind};

/// A message as it was read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its conversation.
    pub conversation_id: String,
    /// Its id.
    pub message_id: String,
    /// Its number in the conversation.
    pub seq: i64,
    /// Its text; empty for system messages.
    pub text: String,
}

/// Everything that is not as promised, each as a sentence.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// Acknowledged, and not there.
    pub lost: Vec<String>,
    /// There more than once.
    pub doubled: Vec<String>,
    /// There, but not as it was acknowledged: another id, number or conversation.
    pub changed: Vec<String>,
    /// Numbers of a conversation that are missing or given twice.
    pub gaps: Vec<String>,
    /// There, and never sent by anybody.
    pub invented: Vec<String>,
    /// Not shown to the customer although public, or shown although internal.
    pub misshown: Vec<String>,
}

impl Faults {
    /// Each kind of fault with its name.
    pub fn by_kind(&self) -> [(&'static str, &[String]); 6] {
        [
            ("lost", &self.lost),
            ("doubled", &self.doubled),
            ("changed after acknowledgement", &self.changed),
            ("gaps in a conversation's numbers", &self.gaps),
            ("invented", &self.invented),
            ("shown to the wrong side", &self.misshown),
        ]
    }
}

/// Compares the ledger with what the team sees and with what the customers see.
pub fn compare(entries: &Entries, team: &[Found], customers: &[Found]) -> Faults {
    let mut faults = Faults::default();
    let by_text = index(team);
    let seen_by_customers = index(customers);
    for acknowledged in &entries.acknowledged {
        match by_text.get(acknowledged.text.as_str()).map(Vec::as_slice) {
            None => faults.lost.push(describe(acknowledged)),
            Some(found) => {
                if !found.iter().any(|found| is_as_acknowledged(acknowledged, found)) {
                    faults.changed.push(format!("{} is now {:?}", describe(acknowledged), found[0]));
                }
            }
        }
        let shown = seen_by_customers.get(acknowledged.text.as_str()).map_or(0, Vec::len);
        if shown != usize::from(acknowledged.kind != Kind::Note) {
            faults.misshown.push(format!("{} is shown {shown} times to the customer", describe(acknowledged)));
        }
    }
    for (text, found) in &by_text {
        if found.len() > 1 {
            faults.doubled.push(format!("{text:?} is there {} times: {found:?}", found.len()));
        }
        if !entries.attempted.contains(*text) {
            faults.invented.push(format!("{:?}", found[0]));
        }
    }
    faults.doubled.extend(repeated_ids(team));
    faults.gaps.extend(gaps(team));
    faults
}

fn index(messages: &[Found]) -> HashMap<&str, Vec<&Found>> {
    let mut by_text: HashMap<&str, Vec<&Found>> = HashMap::new();
    for found in messages.iter().filter(|found| !found.text.is_empty()) {
        by_text.entry(found.text.as_str()).or_default().push(found);
    }
    by_text
}

fn is_as_acknowledged(acknowledged: &Acknowledged, found: &Found) -> bool {
    found.message_id == acknowledged.message_id && found.seq == acknowledged.seq && found.conversation_id == acknowledged.conversation_id
}

fn describe(acknowledged: &Acknowledged) -> String {
    let Acknowledged { text, message_id, conversation_id, seq, .. } = acknowledged;
    format!("{text:?} (message {message_id}, number {seq} of {conversation_id})")
}

fn repeated_ids(team: &[Found]) -> Vec<String> {
    let mut seen = HashSet::new();
    team.iter().filter(|found| !seen.insert(found.message_id.as_str())).map(|found| format!("id twice: {found:?}")).collect()
}

/// Conversations whose numbers are not exactly 1, 2, 3 ... n.
fn gaps(team: &[Found]) -> Vec<String> {
    let mut numbers: HashMap<&str, Vec<i64>> = HashMap::new();
    for found in team {
        numbers.entry(&found.conversation_id).or_default().push(found.seq);
    }
    let mut gaps = Vec::new();
    for (conversation, mut seqs) in numbers {
        seqs.sort_unstable();
        let broken = seqs.iter().zip(1_i64..).find(|(seq, expected)| *seq != expected);
        if let Some((seq, expected)) = broken {
            gaps.push(format!("conversation {conversation}: {expected} is expected, {seq} is there"));
        }
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acknowledged(text: &str, kind: Kind, seq: i64) -> Acknowledged {
        Acknowledged { text: text.into(), kind, message_id: format!("m{seq}"), conversation_id: "c".into(), seq }
    }

    fn found(text: &str, seq: i64) -> Found {
        Found { conversation_id: "c".into(), message_id: format!("m{seq}"), seq, text: text.into() }
    }

    fn ledger(messages: &[Acknowledged]) -> Entries {
        Entries { attempted: messages.iter().map(|one| one.text.clone()).collect(), acknowledged: messages.to_vec(), ..Entries::default() }
    }

    #[test]
    fn what_is_there_as_acknowledged_is_no_fault() {
        let entries = ledger(&[acknowledged("a", Kind::Inbound, 1), acknowledged("n", Kind::Note, 2)]);
        let team = [found("a", 1), found("n", 2), found("", 3)];

        assert_eq!(compare(&entries, &team, &[found("a", 1)]), Faults::default());
    }

    #[test]
    fn a_lost_message_is_found_out() {
        let entries = ledger(&[acknowledged("a", Kind::Inbound, 1), acknowledged("b", Kind::Inbound, 2)]);
        let kept = [found("a", 1)];

        let faults = compare(&entries, &kept, &kept);

        assert_eq!((faults.lost.len(), faults.doubled.len()), (1, 0));
        assert!(faults.lost[0].contains("\"b\""));
    }

    #[test]
    fn a_doubled_message_is_found_out_even_when_nobody_acknowledged_it() {
        let mut entries = ledger(&[acknowledged("a", Kind::Inbound, 1)]);
        entries.attempted.insert("b".into());
        let team = [found("a", 1), found("b", 2), found("b", 3)];

        let faults = compare(&entries, &team, &team);

        assert_eq!((faults.lost.len(), faults.doubled.len()), (0, 1));
    }

    #[test]
    fn a_message_that_moved_after_its_acknowledgement_is_found_out() {
        let entries = ledger(&[acknowledged("a", Kind::Inbound, 2)]);
        let team = [found("a", 1)];

        assert_eq!(compare(&entries, &team, &team).changed.len(), 1);
    }

    #[test]
    fn a_missing_and_a_repeated_number_are_gaps() {
        let texts = ["a", "b", "c"].map(|text| acknowledged(text, Kind::Inbound, 1));
        let entries = ledger(&texts);

        assert_eq!(compare(&entries, &[found("a", 1), found("b", 3)], &[]).gaps.len(), 1);
        assert_eq!(compare(&entries, &[found("a", 1), found("b", 1)], &[]).gaps.len(), 1);
        assert_eq!(compare(&entries, &[found("a", 2), found("b", 1)], &[]).gaps.len(), 0);
    }

    #[test]
    fn a_text_nobody_sent_is_found_out() {
        let team = [found("ghost", 1)];

        assert_eq!(compare(&ledger(&[]), &team, &team).invented.len(), 1);
    }

    #[test]
    fn a_note_the_customer_sees_and_a_reply_the_customer_misses_are_found_out() {
        let entries = ledger(&[acknowledged("n", Kind::Note, 1), acknowledged("r", Kind::Reply, 2)]);
        let team = [found("n", 1), found("r", 2)];

        assert_eq!(compare(&entries, &team, &[found("n", 1)]).misshown.len(), 2);
    }
}
