//! Running a macro on a conversation: its text first, then what its actions come to. One transaction: all of it or nothing.

use platform::{store::Tx, web::Problem};
use serde_json::json;

use super::{
    super::{
        actions::{said, together},
        canned::facts_of,
        change,
        model::{Conversation, Mode, NewNote, NewReply},
        reply::{self, open},
        store_views,
    },
    model::{OfferedMacro, RunMacro},
    store,
};
use crate::{
    ids::{ConversationId, MacroId},
    viewer::{Permission, Viewer},
};

const LIMIT: i64 = 500;

/// All that may be run here, last run first, with the text it would write.
pub(super) fn offered(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId) -> Result<Vec<OfferedMacro>, Problem> {
    let (agent, state) = open(tx, viewer, id, &[Permission::ConversationsWrite])?;
    let (filler, languages) = facts_of(tx, Some(&agent), &state)?;
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

/// Runs it on behalf of an agent, who must be allowed each part of it.
pub(super) fn run(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, which: MacroId, how: &RunMacro) -> Result<Conversation, Problem> {
    let (agent, mut state) = open(tx, viewer, id, &[Permission::ConversationsWrite])?;
    let found = store::one(tx, &agent, which)?;
    if found.sharing.brand_id.is_some_and(|brand| brand != state.scope.brand_id) {
        return Err(Problem::not_found());
    }
    let (filler, languages) = facts_of(tx, Some(&agent), &state)?;
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
    let change = together(&found.actions, Some(agent.id), &state.tags, tx.now());
    change::change(tx, viewer, id, None, &change)
}
