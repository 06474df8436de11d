//! Running a macro on a conversation: its text first, then what its actions come to. One transaction: all of it or nothing.

use std::time::Duration;

use platform::{i18n::Localised, store::Tx, web::Problem};
use serde_json::json;

use super::{
    super::{
        canned::{choose, facts_of},
        change,
        fill::Filler,
        model::{Conversation, ConversationChange, Mode, NewNote, NewReply, Status},
        reply::{self, open},
        store_views,
    },
    model::{Action, OfferedMacro, RunMacro},
    store,
};
use crate::{
    ids::{AgentId, ConversationId, MacroId},
    viewer::{Permission, Viewer},
};

const LIMIT: i64 = 500;

/// All that may be run here, last run first, with the text it would write.
pub(super) fn offered(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId) -> Result<Vec<OfferedMacro>, Problem> {
    let (agent, state) = open(tx, viewer, id, &[Permission::ConversationsWrite])?;
    let (filler, languages) = facts_of(tx, &agent, &state)?;
    let usable = store::usable(tx, &agent, state.scope.brand_id, LIMIT)?;
    Ok(usable
        .into_iter()
        .map(|(found, last_used_at)| {
            let (language, text, missing) = said(&found.texts, &filler, &languages);
            let language = language.to_owned();
            OfferedMacro {
                id: found.id,
                name: found.name,
                sharing: found.sharing,
                mode: found.mode,
                language,
                text,
                missing,
                actions: found.actions,
                last_used_at,
            }
        })
        .collect())
}

fn said<'a>(texts: &'a Localised, filler: &Filler, languages: &[String]) -> (&'a str, String, Vec<String>) {
    let wishes: Vec<&str> = languages.iter().map(String::as_str).collect();
    let (language, text) = choose(texts, &wishes);
    let filled = filler.fill(text);
    (language, filled.text, filled.missing)
}

/// Runs it on behalf of an agent, who must be allowed each part of it.
pub(super) fn run(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, which: MacroId, how: &RunMacro) -> Result<Conversation, Problem> {
    let (agent, mut state) = open(tx, viewer, id, &[Permission::ConversationsWrite])?;
    let found = store::one(tx, &agent, which)?;
    if found.sharing.brand_id.is_some_and(|brand| brand != state.scope.brand_id) {
        return Err(Problem::not_found());
    }
    let (filler, languages) = facts_of(tx, &agent, &state)?;
    let (_, text, missing) = said(&found.texts, &filler, &languages);
    if !missing.is_empty() && !how.accept_missing {
        let detail = format!("Nothing is known here for {}. Read the text, then send accept_missing.", missing.join(", "));
        return Err(Problem::conflict("variable_missing", detail).with("missing", json!(missing)));
    }
    change::ran_macro(tx, viewer, &mut state, which, &found.name)?;
    match found.mode {
        Some(Mode::Reply) => {
            let new = NewReply { text, identity_id: None, seen_seq: how.seen_seq, attachment_ids: Vec::new(), then: None };
            reply::reply(tx, viewer, id, &new, None)?;
        }
        Some(Mode::Note) => {
            drop(reply::note(tx, viewer, id, &NewNote { text, mentions: Vec::new(), team_mentions: Vec::new(), attachment_ids: Vec::new() }, None)?)
        }
        None => {}
    }
    store::count_use(tx, agent.id, which)?;
    if found.actions.is_empty() {
        return Ok(store_views::conversation(tx, viewer, id)?);
    }
    let change = together(&found.actions, agent.id, &state.tags, tx.now());
    change::change(tx, viewer, id, None, &change)
}

/// What actions come to when they are done in their order.
fn together(actions: &[Action], runner: AgentId, tags: &[String], now: platform::clock::Moment) -> ConversationChange {
    let mut change = ConversationChange::default();
    for action in actions {
        match action {
            Action::Assign { agent_id } => change.assignee_id = Some(*agent_id),
            Action::AssignToMe => change.assignee_id = Some(Some(runner)),
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

#[cfg(test)]
mod tests {
    use platform::clock::Moment;

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
        let change = together(&actions, AgentId::default(), &words(&["kept", "old"]), Moment(0));

        assert_eq!((change.tags, change.assignee_id), (Some(words(&["kept", "new"])), Some(Some(AgentId::default()))));
        assert_eq!((change.status, change.snoozed_until, change.snoozed_until_answer), (Some(Status::Resolved), None, None));
        let asleep = together(&[Action::SetStatus { status: Status::Open }, Action::Snooze { minutes: None }], AgentId::default(), &[], Moment(0));
        assert_eq!((asleep.status, asleep.snoozed_until, asleep.snoozed_until_answer), (Some(Status::Snoozed), None, Some(true)));
    }
}
