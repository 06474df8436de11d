//! Some messages become a conversation of their own.

use platform::{clock::Moment, store::Tx, web::Problem};

use super::{
    merge::{tell, tell_as},
    model::Split,
    store::{self, Said},
    unmerge::show_newest,
};
use crate::{
    conversations::{
        announce::Changed,
        keep, links,
        model::{Conversation, MessageKind, Status},
        receive::subject,
        reply::open,
        store::{self as conversation_store, State},
        store_around, store_views,
    },
    ids::ConversationId,
    people::contacts,
    viewer::{Permission, Viewer},
};

/// So many messages move at once.
const MOST: usize = 1000;

/// Splits them off; the new conversation, which follows from the old one.
pub(super) fn split(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, wanted: &Split) -> Result<Conversation, Problem> {
    let (agent, before) = open(tx, viewer, id, &[Permission::ConversationsWrite])?;
    let said = store::said_in(tx, id)?;
    let moved = chosen(&said, wanted)?;
    let left: Vec<Said> = said.into_iter().filter(|message| !moved.iter().any(|gone| gone.id == message.id)).collect();
    if !left.iter().any(Said::is_public) {
        return Err(Problem::invalid("/message_ids", "Leave at least one message of the customer, or to them, where it is."));
    }
    let mut own = begin(tx, &before, &moved)?;
    conversation_store::insert(tx, &own)?;
    for (n, message) in moved.iter().enumerate() {
        store::move_message(tx, message.id, own.id, n as i64 + 1)?;
    }
    store::split_reads(tx, &before, &own, &left, &moved)?;
    store::split_visitors(tx, id, own.id, &moved)?;
    store::split_mentions(tx, id, &own)?;
    for author in moved.iter().filter_map(Said::agent).chain([agent.id]) {
        store_around::participate(tx, own.id, author, true)?;
    }
    contacts::count_conversation(tx, own.contact_id, 1)?;
    let inserted = own.clone();
    show_newest(tx, &mut own)?;
    keep::save_new(tx, &inserted, &mut own)?;
    shrink(tx, viewer, &before, &own, &left)?;
    tell_as(tx, viewer, &own, "split_from", &before, Changed { started: true, ..Changed::default() })?;
    links::follow(tx, viewer, own.id, id)?;
    let system = Viewer::System { reason: "just split off by the viewer" };
    Ok(store_views::conversation(tx, viewer, own.id).or_else(|_| store_views::conversation(tx, &system, own.id))?)
}

fn chosen(said: &[Said], wanted: &Split) -> Result<Vec<Said>, Problem> {
    let missing = |pointer| Problem::invalid(pointer, "There is no such message in this conversation. What was merged into it is taken apart first.");
    let moved: Vec<Said> = match wanted.from_message_id {
        Some(_) if !wanted.message_ids.is_empty() => return Err(Problem::invalid("/from_message_id", "Say message_ids or from_message_id, not both.")),
        Some(from) => {
            let first = said.iter().find(|message| message.id == from).ok_or_else(|| missing("/from_message_id"))?.seq;
            said.iter().filter(|message| message.seq >= first).cloned().collect()
        }
        None => said.iter().filter(|message| wanted.message_ids.contains(&message.id)).cloned().collect(),
    };
    if wanted.message_ids.iter().any(|id| !said.iter().any(|message| message.id == *id)) {
        return Err(missing("/message_ids"));
    }
    match moved.len() {
        0 => Err(Problem::invalid("/message_ids", "Say which messages.")),
        n if n > MOST => Err(Problem::invalid("/message_ids", format!("At most {MOST} messages."))),
        _ if !moved.iter().any(Said::is_public) => Err(Problem::invalid("/message_ids", "Choose at least one message of the customer, or to them.")),
        _ => Ok(moved),
    }
}

fn begin(tx: &mut Tx<'_>, from: &State, moved: &[Said]) -> Result<State, Problem> {
    let inbound = |message: &&Said| message.kind == MessageKind::Inbound;
    let text = moved.iter().find(inbound).or(moved.first()).map(|message| message.text.as_str()).unwrap_or_default();
    Ok(State {
        id: tx.id(),
        number: tx.number("conversation")?,
        status: Status::Open,
        subject: subject(text),
        snoozed_until: None,
        snoozed_until_answer: false,
        resolved_at: None,
        sla_policy_id: None,
        due: None,
        version: 1,
        public_version: 1,
        last_seq: moved.len() as i64 + 1,
        inbound_count: moved.iter().filter(inbound).count() as i64,
        team_read_seq: store::numbered(moved, from.team_read_seq),
        customer_delivered_seq: store::numbered(moved, from.customer_delivered_seq),
        customer_read_seq: store::numbered(moved, from.customer_read_seq),
        waiting_since: waits_since(moved),
        answered_at: moved.iter().find(|message| message.kind == MessageKind::Reply).map(|message| message.created_at),
        ..from.clone()
    })
}

/// Since when the customer waits: their first message after the last answer.
fn waits_since(said: &[Said]) -> Option<Moment> {
    let after = said.iter().rposition(|message| message.kind == MessageKind::Reply).map_or(0, |at| at + 1);
    said[after..].iter().find(|message| message.kind == MessageKind::Inbound).map(|message| message.created_at)
}

fn shrink(tx: &mut Tx<'_>, viewer: &Viewer, before: &State, own: &State, left: &[Said]) -> Result<(), Problem> {
    let mut state = before.clone();
    state.version += 1;
    state.public_version += 1;
    state.last_seq += 1;
    state.inbound_count -= own.inbound_count;
    show_newest(tx, &mut state)?;
    if state.waiting_since.is_some() {
        state.waiting_since = waits_since(left);
    }
    keep::save(tx, before, &mut state)?;
    tell(tx, viewer, &state, "split_off", own)
}
