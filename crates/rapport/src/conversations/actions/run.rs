//! Doing it: what actions come to for a macro, and one after the other for a rule.

use std::time::Duration;

use platform::{clock::Moment, i18n::Localised, store::Tx, web::Problem};

use super::{
    super::{
        canned::{choose, facts_of},
        change,
        fill::Filler,
        model::{ConversationChange, Mode, Status},
        reply,
        store::{self, State},
    },
    model::{Action, Doing, Done, Outcome},
};
use crate::{
    ids::{AgentId, ConversationId},
    viewer::{ActingRule, Viewer},
};

/// A text in the language that suits, filled in, and what had nothing to say.
pub(in crate::conversations) fn said<'a>(texts: &'a Localised, filler: &Filler, languages: &[String]) -> (&'a str, String, Vec<String>) {
    let wishes: Vec<&str> = languages.iter().map(String::as_str).collect();
    let (language, text) = choose(texts, &wishes);
    let filled = filler.fill(text);
    (language, filled.text, filled.missing)
}

/// What actions come to when they are done in their order.
pub(in crate::conversations) fn together(actions: &[Action], runner: Option<AgentId>, tags: &[String], now: Moment) -> ConversationChange {
    let mut change = ConversationChange::default();
    for action in actions {
        match action {
            Action::Assign { agent_id } => change.assignee_id = Some(*agent_id),
            Action::AssignToMe => change.assignee_id = runner.map(Some),
            Action::SetTeam { team_id } => change.team_id = Some(*team_id),
            Action::SetStatus { status } => (change.status, change.snoozed_until, change.snoozed_until_answer) = (Some(*status), None, None),
            Action::Snooze { minutes } => {
                let until = minutes.map(|minutes| now.plus(Duration::from_secs(60 * minutes.unsigned_abs())));
                (change.status, change.snoozed_until, change.snoozed_until_answer) = (Some(Status::Snoozed), until, Some(until.is_none()));
            }
            Action::SetPriority { priority } => change.priority = Some(*priority),
            Action::SetContactReason { contact_reason_id } => change.contact_reason_id = Some(*contact_reason_id),
            Action::AddTags { tags: more } => change.tags.get_or_insert_with(|| tags.to_vec()).extend(more.iter().cloned()),
            Action::RemoveTags { tags: less } => change.tags.get_or_insert_with(|| tags.to_vec()).retain(|tag| !less.contains(tag)),
        }
    }
    // One that is there already is not there twice, and does not count against the most there may be.
    if let Some(tags) = &mut change.tags {
        let mut seen = std::collections::HashSet::new();
        tags.retain(|tag| seen.insert(tag.clone()));
    }
    change
}

/// Whether a change leaves anything otherwise.
fn differs(change: &ConversationChange, state: &State) -> bool {
    let sleeps =
        change.snoozed_until.is_some() || change.snoozed_until_answer == Some(true) && !(state.status == Status::Snoozed && state.snoozed_until_answer);
    change.assignee_id.is_some_and(|to| to != state.assignee_id)
        || change.team_id.is_some_and(|to| to != state.scope.team_id)
        || change.priority.is_some_and(|to| to != state.priority)
        || change.contact_reason_id.is_some_and(|to| to != state.contact_reason_id)
        || change.tags.as_ref().is_some_and(|to| *to != state.tags)
        || change.status.is_some_and(|to| to != state.status)
        || sleeps
}

/// What would become of each part as the conversation stands now. What can fail is not tried.
pub fn foreseen(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, doing: &Doing) -> Result<Vec<Done>, Problem> {
    let (state, now) = (store::state(tx, viewer, id)?, tx.now());
    Ok(parts(doing).map(|part| part.became(if part.moves(&state, now) { Outcome::Done } else { Outcome::Unchanged }, None)).collect())
}

/// A text, or one action.
#[derive(Clone, Copy)]
enum Part<'a> {
    Text(Mode),
    Action(&'a Action),
}

fn parts(doing: &Doing) -> impl Iterator<Item = Part<'_>> {
    doing.mode.map(Part::Text).into_iter().chain(doing.actions.iter().map(Part::Action))
}

impl Part<'_> {
    fn change(self, state: &State, now: Moment) -> Option<ConversationChange> {
        match self {
            Part::Text(_) => None,
            Part::Action(action) => Some(together(std::slice::from_ref(action), None, &state.tags, now)),
        }
    }

    fn moves(self, state: &State, now: Moment) -> bool {
        self.change(state, now).is_none_or(|change| differs(&change, state))
    }

    fn became(self, outcome: Outcome, why: Option<String>) -> Done {
        match self {
            Part::Text(mode) => Done { mode: Some(mode), action: None, outcome, why },
            Part::Action(action) => Done { mode: None, action: Some(action.clone()), outcome, why },
        }
    }
}

/// Does what a rule does, one part after the other. What cannot be done is told and keeps nothing else from being done; where everything
/// stands as it should already, nothing is written.
pub fn perform(tx: &mut Tx<'_>, rule: &ActingRule, id: ConversationId, doing: &Doing, because: &str) -> Result<Vec<Done>, Problem> {
    let viewer = Viewer::Automation(rule.clone().into());
    let mut state = store::state(tx, &viewer, id)?;
    let now = tx.now();
    if !parts(doing).any(|part| part.moves(&state, now)) {
        return Ok(parts(doing).map(|part| part.became(Outcome::Unchanged, None)).collect());
    }
    change::rule_ran(tx, &viewer, &mut state, rule, because)?;
    let mut done = Vec::new();
    for part in parts(doing) {
        if !part.moves(&state, now) {
            done.push(part.became(Outcome::Unchanged, None));
            continue;
        }
        let tried: Result<State, Problem> = tx.savepoint(|tx| {
            let mut next = state.clone();
            match part.change(&next, now) {
                Some(change) => change::apply(tx, &viewer, &mut next, &change)?,
                None => say(tx, &viewer, &mut next, doing)?,
            }
            Ok(next)
        });
        match tried {
            Ok(next) => {
                state = next;
                done.push(part.became(Outcome::Done, None));
            }
            // The whole step is tried again: the disk is full, or the server of the database is away.
            Err(problem) if problem.status == http::StatusCode::SERVICE_UNAVAILABLE => return Err(problem),
            Err(problem) => done.push(part.became(Outcome::Failed, Some(problem.detail))),
        }
    }
    Ok(done)
}

/// Its text, in the customer's language. Nobody reads it first, so where a variable has nothing to say the sentence is closed without it.
fn say(tx: &mut Tx<'_>, viewer: &Viewer, state: &mut State, doing: &Doing) -> Result<(), Problem> {
    let Some(mode) = doing.mode else { return Ok(()) };
    let (filler, languages) = facts_of(tx, None, state)?;
    let (_, text, _) = said(&doing.texts, &filler, &languages);
    reply::say(tx, viewer, state, mode, &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_actions_win_over_earlier_ones() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let actions = [
            Action::AddTags { tags: words(&["new", "old"]) },
            Action::Snooze { minutes: Some(5) },
            Action::RemoveTags { tags: words(&["old", "absent"]) },
            Action::Assign { agent_id: None },
            Action::AssignToMe,
            Action::SetStatus { status: Status::Resolved },
        ];
        let change = together(&actions, Some(AgentId::default()), &words(&["kept", "old"]), Moment(0));

        assert_eq!((change.tags, change.assignee_id), (Some(words(&["kept", "new"])), Some(Some(AgentId::default()))));
        assert_eq!((change.status, change.snoozed_until, change.snoozed_until_answer), (Some(Status::Resolved), None, None));
        let asleep = together(&[Action::SetStatus { status: Status::Open }, Action::Snooze { minutes: None }], None, &[], Moment(0));
        assert_eq!((asleep.status, asleep.snoozed_until, asleep.snoozed_until_answer), (Some(Status::Snoozed), None, Some(true)));
    }
}
