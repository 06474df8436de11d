//! What an agent may say in one conversation, in its language and with its names filled in.

use platform::{store::Tx, web::Problem};

use super::{
    super::{fill::Filler, reply::open, store::State},
    keep::agent_of,
    model::{OfferedResponse, choose},
    store,
};
use crate::{
    ids::{CannedResponseId, ConversationId},
    people, places,
    viewer::{AgentAccess, Permission, Viewer},
};

const LIMIT: i64 = 1_000;

/// What is known of a conversation: the words for its variables, and the languages that suit, best first.
pub(in crate::conversations) fn facts_of(tx: &mut Tx<'_>, agent: Option<&AgentAccess>, state: &State) -> Result<(Filler, Vec<String>), Problem> {
    let contact = people::contact_row(tx, state.contact_id)?;
    let email = people::contacts::email_of(tx, state.contact_id)?;
    let brand = places::brand(tx, state.scope.brand_id)?;
    let location = state.scope.location_id.map(|id| places::location(tx, id)).transpose()?;
    let company = places::company_name(tx)?;
    let first = |name: &str| name.split_whitespace().next().map(str::to_owned);
    let filler = Filler::new(|variable| match variable {
        "contact.name" => contact.name.clone(),
        "contact.first_name" => contact.name.as_deref().and_then(first),
        "contact.email" => email.clone(),
        "agent.name" => agent.map(|agent| agent.name.clone()),
        "agent.first_name" => agent.and_then(|agent| first(&agent.name)),
        "brand.name" => Some(brand.name.clone()),
        "company.name" => Some(company.clone()),
        "conversation.number" => Some(state.number.to_string()),
        "conversation.subject" => Some(state.subject.clone()),
        "location.name" => location.as_ref().map(|location| location.name.clone()),
        _ => None,
    });
    Ok((filler, contact.language.into_iter().chain(brand.languages).collect()))
}

/// All that may be used here, last used first.
pub(super) fn offered(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId) -> Result<Vec<OfferedResponse>, Problem> {
    let (agent, state) = open(tx, viewer, id, &[Permission::ConversationsWrite])?;
    let (filler, languages) = facts_of(tx, Some(&agent), &state)?;
    let wishes: Vec<&str> = languages.iter().map(String::as_str).collect();
    let usable = store::usable(tx, &agent, state.scope.brand_id, LIMIT)?;
    Ok(usable
        .into_iter()
        .map(|found| {
            let (language, text) = choose(&found.texts, &wishes);
            let filled = filler.fill(text);
            OfferedResponse {
                id: found.id,
                language: language.to_owned(),
                text: filled.text,
                missing: filled.missing,
                name: found.name,
                shortcut: found.shortcut,
                sharing: found.sharing,
                last_used_at: found.last_used_at,
            }
        })
        .collect())
}

/// Counts that the agent used it.
pub(super) fn used(tx: &mut Tx<'_>, viewer: &Viewer, id: CannedResponseId) -> Result<(), Problem> {
    let agent = agent_of(viewer)?;
    store::one(tx, agent, id)?;
    Ok(store::count_use(tx, agent.id, id)?)
}
