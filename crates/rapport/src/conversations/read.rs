//! Reading: what an agent has read, what reached the customer's device and what was read there.

use platform::{events::Actor, store::Tx, web::Problem, word_enum};

use super::{
    announce::{Changed, Delivered, TeamRead},
    keep,
    model::Delivery,
    store, store_around, store_messages,
};
use crate::{
    ids::{ContactId, ConversationId, VisitorId},
    viewer::{Permission, Viewer},
};

/// An agent has read up to `seq`; how many of the customer's messages they have read now.
pub(super) fn by_agent(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId, seq: i64) -> Result<i64, Problem> {
    let before = store::state(tx, viewer, id)?;
    let Some(agent) = viewer.agent() else { return Err(Problem::not_found()) };
    let seq = seq.clamp(0, before.last_seq);
    let read_count = before.inbound_count - store_messages::inbound_after(tx, id, seq)?;
    store_around::set_read_count(tx, agent.id, id, read_count)?;
    // The customer is told that the team has read it, so only those count who could answer.
    let answers = agent.can_in(Permission::ConversationsWrite, &before.scope);
    if answers && seq > before.team_read_seq && store_messages::inbound_after(tx, id, before.team_read_seq)? > before.inbound_count - read_count {
        let mut state = before.clone();
        state.team_read_seq = seq;
        state.version += 1;
        state.public_version += 1;
        keep::save(tx, &before, &mut state)?;
        TeamRead::announce(tx, viewer.actor(), &state, Changed { seq: Some(seq), ..Changed::default() })?;
    }
    Ok(read_count)
}

/// An agent wants to come back to it: its newest message counts as unread.
pub(super) fn unread_by_agent(tx: &mut Tx<'_>, viewer: &Viewer, id: ConversationId) -> Result<i64, Problem> {
    let state = store::state(tx, viewer, id)?;
    let Some(agent) = viewer.agent() else { return Err(Problem::not_found()) };
    let read_count = (state.inbound_count - 1).max(0);
    store_around::set_read_count(tx, agent.id, id, read_count)?;
    Ok(read_count)
}

word_enum! {
    /// What a customer's device tells.
    Heard {
        /// It has shown the message.
        Delivered = "delivered",
        /// The customer has read it.
        Read = "read",
    }
}

/// The customer's device has shown, or the customer has read, up to `seq`.
pub fn receipt(tx: &mut Tx<'_>, id: ConversationId, visitor: VisitorId, signed: Option<ContactId>, seq: i64, heard: Heard) -> Result<(), Problem> {
    let before = store::state_for_visitor(tx, id, visitor, signed)?;
    let seq = seq.clamp(0, before.last_seq);
    let (known, delivery) = match heard {
        Heard::Delivered => (before.customer_delivered_seq, Delivery::Delivered),
        Heard::Read => (before.customer_read_seq, Delivery::Read),
    };
    if seq <= known || store_messages::advance_delivery(tx, id, known, seq, delivery)? == 0 {
        return Ok(());
    }
    let mut state = before.clone();
    state.version += 1;
    state.customer_delivered_seq = state.customer_delivered_seq.max(seq);
    if heard == Heard::Read {
        state.customer_read_seq = seq;
    }
    keep::save(tx, &before, &mut state)?;
    Delivered::announce(tx, Actor::contact(state.contact_id.0), &state, Changed { seq: Some(seq), to: Some(heard.word().into()), ..Changed::default() })?;
    Ok(())
}
