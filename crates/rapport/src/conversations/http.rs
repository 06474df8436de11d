//! Requests about conversations.

use platform::{
    clock::Moment,
    web::{Body, Created, Done, Found, Input, NoQuery, Page, Problem},
};
use serde::Deserialize;
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use super::{
    drafts,
    drafts::{Draft, DraftText},
    frames::shown,
    merges::{self, Before},
    model::{Conversation, ConversationChange, Message, Mode, NewNote, NewReply, Participant, Transfer},
    participants, read,
    saved_views::{self, Listed},
    store, store_messages,
    store_views::{self, Conversations},
    views::{self, ConversationPage, Views},
};
use crate::{
    Call, check, cursor,
    ids::{AgentId, CompanyId, ContactId, ContactReasonId, ConversationId, InboxId, SavedViewId, TeamId},
    live::Audience,
};

/// Which conversations are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ConversationQuery {
    /// `mine`, `due` (promised on time, soonest first), `mentions`, `participating`, `unassigned`, `all` (open and waiting), `snoozed` or
    /// `resolved`; `all` unless told.
    view: Option<String>,
    /// Only of this team.
    team_id: Option<TeamId>,
    /// Only of this inbox.
    inbox_id: Option<InboxId>,
    /// Only of this contact, whatever their status.
    contact_id: Option<ContactId>,
    /// Those of everybody in a company.
    company_id: Option<CompanyId>,
    /// Only of this contact reason or one below it, whatever their status.
    contact_reason_id: Option<ContactReasonId>,
    /// Those of a saved view, in its order.
    saved_view_id: Option<SavedViewId>,
    /// Those of a condition, as JSON; `GET /api/v1/conversation-fields` says what may be asked. What takes too long ends with what was found so far, and goes on from `next`.
    filter: Option<String>,
    /// 1 to 100, 25 unless told.
    limit: Option<i64>,
    /// The cursor of the page before.
    cursor: Option<String>,
}

/// Which messages are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct MessageQuery {
    /// 1 to 200, 50 unless told.
    limit: Option<i64>,
    /// The cursor of the page before: older messages.
    before: Option<String>,
    /// Instead: messages after this number, oldest first.
    after_seq: Option<i64>,
}

/// Up to where one has read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadUpTo {
    seq: i64,
}

fn which(query: &ConversationQuery) -> Result<Conversations, Problem> {
    if let Some(company) = query.company_id {
        return Ok(Conversations::Company(company));
    }
    if let Some(contact) = query.contact_id {
        return Ok(Conversations::Contact(contact));
    }
    if let Some(reason) = query.contact_reason_id {
        return Ok(Conversations::Reason(reason));
    }
    if let Some(team) = query.team_id {
        return Ok(Conversations::Team(team));
    }
    if let Some(inbox) = query.inbox_id {
        return Ok(Conversations::Inbox(inbox));
    }
    match query.view.as_deref().unwrap_or("all") {
        "mine" => Ok(Conversations::Mine),
        "due" => Ok(Conversations::Due),
        "mentions" => Ok(Conversations::Mentions),
        "participating" => Ok(Conversations::Participating),
        "unassigned" => Ok(Conversations::Unassigned),
        "all" => Ok(Conversations::All),
        "snoozed" => Ok(Conversations::Snoozed),
        "resolved" => Ok(Conversations::Resolved),
        other => {
            Err(Problem::invalid("", format!("There is no view {other}; write mine, due, mentions, participating, unassigned, all, snoozed or resolved.")))
        }
    }
}

pub(super) fn with_presence(call: &Call, mut conversation: Conversation) -> Conversation {
    conversation.contact.online = call.desk.presence.is_contact_online(conversation.contact.id);
    conversation
}

fn listed(query: &ConversationQuery) -> Result<Option<Listed>, Problem> {
    match (query.saved_view_id, query.filter.as_deref()) {
        (Some(_), Some(_)) => Err(Problem::invalid("", "Write saved_view_id or filter, not both.")),
        (Some(view), None) => Ok(Some(Listed::View(view))),
        (None, Some(json)) => Listed::by_condition(json).map(Some),
        (None, None) => Ok(None),
    }
}

/// Lists what a saved view or a condition comes to.
async fn filed(call: &Call, listed: Listed, query: &ConversationQuery) -> Result<Found<ConversationPage>, Problem> {
    let (viewer, limit, after) = (call.viewer.clone(), check::limit(query.limit, 100)?, query.cursor.clone());
    let ((items, next), position) =
        call.read(move |tx| Ok((saved_views::list_of(tx, &viewer, &listed, after.as_deref(), limit)?, views::position(tx)?))).await?;
    Ok(Found(ConversationPage { items: items.into_iter().map(|conversation| with_presence(call, conversation)).collect(), next, position }))
}

/// Counts every view.
pub async fn views(call: Call, _: Input) -> Result<Found<Views>, Problem> {
    let viewer = call.viewer.clone();
    Ok(Found(call.read(move |tx| views::counts(tx, &viewer)).await?))
}

/// Lists the conversations of a view, newest activity first; those of `due` by their deadline.
pub async fn conversations(call: Call, input: Input<(), ConversationQuery>) -> Result<Found<ConversationPage>, Problem> {
    if let Some(listed) = listed(&input.query)? {
        return filed(&call, listed, &input.query).await;
    }
    let (which, limit) = (which(&input.query)?, check::limit(input.query.limit, 100)?);
    let place = input.query.cursor.as_deref().map(cursor::read::<(i64, ConversationId)>).transpose()?.map(|(at, id)| (Moment(at), id));
    let viewer = call.viewer.clone();
    let (items, position) = call.read(move |tx| Ok((store_views::find_conversations(tx, &viewer, which, place, limit)?, views::position(tx)?))).await?;
    let placed = |last: &Conversation| if which == Conversations::Due { last.due.map_or(last.last_activity_at, |due| due.at) } else { last.last_activity_at };
    let next = items.last().filter(|_| items.len() as i64 == limit).map(|last| cursor::write(&(placed(last).0, last.id)));
    Ok(Found(ConversationPage { items: items.into_iter().map(|conversation| with_presence(&call, conversation)).collect(), next, position }))
}

/// Shows a conversation.
pub async fn conversation(call: Call, input: Input<ConversationId>) -> Result<Found<Conversation>, Problem> {
    let viewer = call.viewer.clone();
    let conversation = call.read(move |tx| Ok(store_views::conversation(tx, &viewer, input.path)?)).await?;
    Ok(Found(with_presence(&call, conversation)))
}

/// Lists the messages of a conversation and of what was merged into it, newest first; `conversation_id` says where each was said.
pub async fn messages(call: Call, input: Input<ConversationId, MessageQuery>) -> Result<Found<Page<Message>>, Problem> {
    let limit = check::limit(input.query.limit.or(Some(50)), 200)?;
    let before = input.query.before.as_deref().map(cursor::read::<Before>).transpose()?.unwrap_or(Before::Number(i64::MAX));
    let (viewer, id, after) = (call.viewer.clone(), input.path, input.query.after_seq);
    let (items, next) = call
        .read(move |tx| {
            store::state(tx, &viewer, id)?;
            Ok(match after {
                // Nothing is ever added to what was merged into it.
                Some(after) => (store_messages::after(tx, id, after, limit)?, None),
                None => merges::page(tx, id, &before, limit)?,
            })
        })
        .await?;
    Ok(Found(Page { items: items.into_iter().map(shown).collect(), next: next.map(|next| cursor::write(&next)) }))
}

/// Changes a conversation.
pub async fn change(call: Call, input: Input<ConversationId, NoQuery, Body<ConversationChange>>) -> Result<Found<Conversation>, Problem> {
    let (viewer, id, based_on, wanted) = (call.viewer.clone(), input.path, call.if_match, input.body.0);
    let conversation = call.write(move |tx| super::change::change(tx, &viewer, id, based_on, &wanted)).await?;
    Ok(Found(with_presence(&call, conversation)))
}

/// Answers the customer.
pub async fn reply(call: Call, input: Input<ConversationId, NoQuery, Body<NewReply>>) -> Result<Created<Message>, Problem> {
    let (viewer, id, new) = (call.viewer.clone(), input.path, input.body.0);
    let key = call.key.as_ref().map(|key| key.key.clone());
    Ok(Created(call.write(move |tx| super::reply::reply(tx, &viewer, id, &new, key.as_deref())).await?))
}

/// Notes something for the team.
pub async fn note(call: Call, input: Input<ConversationId, NoQuery, Body<NewNote>>) -> Result<Created<Message>, Problem> {
    let (viewer, id, new) = (call.viewer.clone(), input.path, input.body.0);
    let key = call.key.as_ref().map(|key| key.key.clone());
    Ok(Created(call.write(move |tx| super::reply::note(tx, &viewer, id, &new, key.as_deref())).await?))
}

/// Gives a conversation to somebody else, with the reason.
pub async fn transfer(call: Call, input: Input<ConversationId, NoQuery, Body<Transfer>>) -> Result<Found<Conversation>, Problem> {
    let (viewer, id, wanted) = (call.viewer.clone(), input.path, input.body.0);
    let key = call.key.as_ref().map(|key| key.key.clone());
    let conversation = call.write(move |tx| participants::transfer(tx, &viewer, id, &wanted, key.as_deref())).await?;
    Ok(Found(with_presence(&call, conversation)))
}

/// Lists who takes part in a conversation.
pub async fn participants(call: Call, input: Input<ConversationId>) -> Result<Found<Page<Participant>>, Problem> {
    let viewer = call.viewer.clone();
    Ok(Found(Page::whole(call.read(move |tx| participants::list(tx, &viewer, input.path)).await?)))
}

/// Somebody takes part from now on.
pub async fn add_participant(call: Call, input: Input<(ConversationId, AgentId)>) -> Result<Done, Problem> {
    let (viewer, (id, agent)) = (call.viewer.clone(), input.path);
    call.write(move |tx| participants::add(tx, &viewer, id, agent)).await?;
    Ok(Done)
}

/// Somebody takes part no more.
pub async fn remove_participant(call: Call, input: Input<(ConversationId, AgentId)>) -> Result<Done, Problem> {
    let (viewer, (id, agent)) = (call.viewer.clone(), input.path);
    call.write(move |tx| participants::remove(tx, &viewer, id, agent)).await?;
    Ok(Done)
}

/// Marks a conversation as read up to a message.
pub async fn mark_read(call: Call, input: Input<ConversationId, NoQuery, Body<ReadUpTo>>) -> Result<Done, Problem> {
    let (viewer, id, seq) = (call.viewer.clone(), input.path, input.body.0.seq);
    let read_count = call.write(move |tx| read::by_agent(tx, &viewer, id, seq)).await?;
    tell_own_tabs(&call, json!({"type": "read_changed", "conversation_id": id, "read_count": read_count}));
    Ok(Done)
}

/// Marks a conversation as unread.
pub async fn mark_unread(call: Call, input: Input<ConversationId>) -> Result<Done, Problem> {
    let (viewer, id) = (call.viewer.clone(), input.path);
    let read_count = call.write(move |tx| read::unread_by_agent(tx, &viewer, id)).await?;
    tell_own_tabs(&call, json!({"type": "read_changed", "conversation_id": id, "read_count": read_count}));
    Ok(Done)
}

/// Lists one's drafts in a conversation.
pub async fn drafts(call: Call, input: Input<ConversationId>) -> Result<Found<Page<Draft>>, Problem> {
    let viewer = call.viewer.clone();
    Ok(Found(Page::whole(call.read(move |tx| drafts::list(tx, &viewer, input.path)).await?)))
}

fn mode(word: &str) -> Result<Mode, Problem> {
    Mode::from_word(word).ok_or_else(Problem::not_found)
}

/// Keeps a draft.
pub async fn keep_draft(call: Call, input: Input<(ConversationId, String), NoQuery, Body<DraftText>>) -> Result<Found<Draft>, Problem> {
    let (viewer, id, mode, typed) = (call.viewer.clone(), input.path.0, mode(&input.path.1)?, input.body.0);
    let draft = call.write(move |tx| drafts::keep(tx, &viewer, id, mode, &typed)).await?;
    tell_own_tabs(
        &call,
        json!({"type": "draft_changed", "conversation_id": id, "mode": draft.mode, "text": draft.text, "attachment_ids": draft.attachment_ids, "updated_at": draft.updated_at}),
    );
    Ok(Found(draft))
}

/// Throws a draft away.
pub async fn discard_draft(call: Call, input: Input<(ConversationId, String)>) -> Result<Done, Problem> {
    let (viewer, id, mode) = (call.viewer.clone(), input.path.0, mode(&input.path.1)?);
    call.write(move |tx| drafts::discard(tx, &viewer, id, mode)).await?;
    tell_own_tabs(
        &call,
        json!({"type": "draft_changed", "conversation_id": id, "mode": mode, "text": "", "attachment_ids": [], "updated_at": call.desk.store.clock().now()}),
    );
    Ok(Done)
}

/// What concerns nobody but the agent who did it goes to their other tabs only, and is not an event.
fn tell_own_tabs(call: &Call, body: serde_json::Value) {
    if let Some(agent) = call.viewer.agent() {
        crate::live::publish(&call.desk, &Audience::Agent(agent.id), &body);
    }
}
