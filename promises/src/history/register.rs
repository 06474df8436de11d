//! Judges assignments: each conversation is a register whose every change has a version of its own. Pure, so that it can be shown to fail.

use std::collections::{BTreeMap, HashMap};

use super::operations::{Operation, Outcome, Tick, What};

/// What is known of one conversation.
#[derive(Default)]
struct Register<'a> {
    /// Versions that were seen, with the times of whoever saw them.
    seen: Vec<(Tick, Tick, i64)>,
    /// Who it was assigned to at a version.
    values: BTreeMap<i64, &'a str>,
    /// Assignments that were acknowledged, by the version they were based on.
    done: HashMap<i64, &'a str>,
    /// Assignments that may have happened, with the version they would have been based on.
    maybe: Vec<(i64, &'a str)>,
}

/// Everything that no order of the assignments explains, each as a sentence.
pub fn judge(operations: &[Operation]) -> Vec<String> {
    let mut registers: HashMap<&str, Register<'_>> = HashMap::new();
    let mut faults = Vec::new();
    for operation in operations {
        match &operation.what {
            What::Look { conversation_id, version, assignee } => {
                registers.entry(conversation_id).or_default().see(operation, *version, assignee, &mut faults);
            }
            What::Assign { conversation_id, based_on, assignee, outcome } => {
                let register = registers.entry(conversation_id).or_default();
                match outcome {
                    Outcome::Done(version) => {
                        if let Some(other) = register.done.insert(*based_on, assignee) {
                            faults.push(format!(
                                "{conversation_id}: {other} and {assignee} were both assigned on the condition that it is at version {based_on}"
                            ));
                        }
                        if *version != based_on + 1 {
                            faults.push(format!("{conversation_id}: assigned at version {based_on}, and then it is at {version}"));
                        }
                        register.see(operation, *version, assignee, &mut faults);
                    }
                    Outcome::Unknown => register.maybe.push((*based_on, assignee)),
                    Outcome::Refused => {}
                }
            }
            What::Send { .. } | What::Read { .. } => {}
        }
    }
    for (id, register) in registers {
        faults.extend(register.unexplained().into_iter().chain(register.gone_back()).map(|fault| format!("{id}: {fault}")));
    }
    faults
}

impl<'a> Register<'a> {
    fn see(&mut self, operation: &Operation, version: i64, assignee: &'a str, faults: &mut Vec<String>) {
        self.seen.push((operation.began, operation.ended, version));
        if let Some(other) = self.values.insert(version, assignee).filter(|other| *other != assignee) {
            faults.push(format!("at version {version} it is assigned to {other} and to {assignee}"));
        }
    }

    /// Between two versions that were seen, only what was acknowledged or may have happened can have changed it.
    fn unexplained(&self) -> Vec<String> {
        let changes = self.values.iter().zip(self.values.iter().skip(1)).filter(|((_, before), (_, after))| before != after);
        changes
            .filter(|((from, _), (to, after))| {
                let is_done = self.done.get(&(*to - 1)) == Some(after);
                !is_done && !self.maybe.iter().any(|(based_on, assignee)| assignee == *after && (**from..**to).contains(based_on))
            })
            .map(|((from, before), (to, after))| format!("{before} at version {from}, {after} at version {to}, and nobody did that"))
            .collect()
    }

    /// Whoever asks later sees no older version than one that somebody has seen before.
    fn gone_back(&self) -> Vec<String> {
        let (mut by_begin, mut by_end) = (self.seen.clone(), self.seen.clone());
        by_begin.sort_unstable_by_key(|(began, ..)| *began);
        by_end.sort_unstable_by_key(|(_, ended, _)| *ended);
        let (mut before, mut highest) = (0, i64::MIN);
        let mut faults = Vec::new();
        for (began, _, version) in by_begin {
            while by_end[before].1 < began {
                highest = highest.max(by_end[before].2);
                before += 1;
            }
            if version < highest {
                faults.push(format!("it was at version {highest}, and is at {version} later"));
            }
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(times: [Tick; 2], version: i64, assignee: &str) -> Operation {
        let what = What::Look { conversation_id: "c".into(), version, assignee: assignee.into() };
        Operation { client: 0, began: times[0], ended: times[1], what }
    }

    fn assign(times: [Tick; 2], based_on: i64, assignee: &str, outcome: Outcome<i64>) -> Operation {
        let what = What::Assign { conversation_id: "c".into(), based_on, assignee: assignee.into(), outcome };
        Operation { client: 0, began: times[0], ended: times[1], what }
    }

    #[test]
    fn assignments_in_a_row_and_one_of_unknown_outcome_are_no_fault() {
        let happened = [
            look([1, 2], 3, "anna"),
            assign([3, 4], 3, "ben", Outcome::Done(4)),
            assign([5, 6], 3, "carla", Outcome::Refused),
            assign([7, 8], 6, "dora", Outcome::Unknown),
            look([9, 10], 9, "dora"),
        ];
        let did_not_happen = [look([1, 2], 3, "anna"), assign([3, 4], 3, "ben", Outcome::Unknown), look([5, 6], 4, "anna")];

        assert_eq!(judge(&happened), Vec::<String>::new());
        assert_eq!(judge(&did_not_happen), Vec::<String>::new());
    }

    #[test]
    fn two_assignments_on_the_same_condition_are_found_out() {
        let history = [assign([1, 2], 3, "ben", Outcome::Done(4)), assign([3, 4], 3, "carla", Outcome::Done(4))];

        assert!(judge(&history).iter().any(|fault| fault.contains("both assigned")));
    }

    #[test]
    fn a_lost_and_an_invented_assignment_are_found_out() {
        let lost = [look([1, 2], 3, "anna"), assign([3, 4], 3, "ben", Outcome::Done(4)), look([5, 6], 5, "anna")];
        let refused = [look([1, 2], 3, "anna"), assign([3, 4], 3, "ben", Outcome::Refused), look([5, 6], 4, "ben")];
        let too_late = [look([1, 2], 3, "anna"), assign([3, 4], 2, "ben", Outcome::Unknown), look([5, 6], 4, "ben")];

        for history in [&lost[..], &refused[..], &too_late[..]] {
            assert!(judge(history).iter().any(|fault| fault.contains("nobody did that")), "{history:?}");
        }
    }

    #[test]
    fn one_version_with_two_assignees_is_found_out() {
        assert_eq!(judge(&[look([1, 2], 3, "anna"), look([3, 4], 3, "ben")]).len(), 1);
    }

    #[test]
    fn a_version_that_goes_back_is_found_out_and_one_read_meanwhile_is_not() {
        assert_eq!(judge(&[look([1, 2], 4, "anna"), look([3, 4], 3, "anna")]).len(), 1);
        assert_eq!(judge(&[look([1, 3], 4, "anna"), look([2, 4], 3, "anna")]).len(), 0);
    }

    #[test]
    fn an_assignment_that_skips_a_version_is_found_out() {
        assert_eq!(judge(&[assign([1, 2], 3, "ben", Outcome::Done(5))]).len(), 1);
    }
}
