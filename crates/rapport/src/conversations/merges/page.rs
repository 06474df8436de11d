//! The messages of a conversation with those of its parts, in the order of their time.

use platform::store::{Result, Tx};
use serde::{Deserialize, Serialize};

use crate::{
    conversations::{model::Message, store_around, store_messages},
    ids::ConversationId,
};

/// Where a page begins.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(in crate::conversations) enum Before {
    /// Before this number, in a conversation without parts.
    Number(i64),
    /// Before these numbers, in the conversation and each of its parts.
    Each(Vec<(ConversationId, i64)>),
}

impl Before {
    fn of(&self, id: ConversationId, is_own: bool) -> i64 {
        match self {
            Before::Number(seq) if is_own => *seq,
            Before::Number(_) => i64::MAX,
            Before::Each(each) => each.iter().find(|(conversation, _)| *conversation == id).map_or(i64::MAX, |(_, seq)| *seq),
        }
    }
}

/// A page, newest first, and where the next begins. The caller has loaded the conversation through the viewer.
pub(in crate::conversations) fn page(tx: &mut Tx<'_>, id: ConversationId, before: &Before, limit: i64) -> Result<(Vec<Message>, Option<Before>)> {
    let parts = store_around::parts(tx, id)?;
    if parts.is_empty() {
        let items = store_messages::before(tx, id, before.of(id, true), limit)?;
        let next = items.last().filter(|last| items.len() as i64 == limit && last.seq > 1).map(|last| Before::Number(last.seq));
        return Ok((items, next));
    }
    let mut streams = Vec::new();
    for one in std::iter::once(id).chain(parts) {
        let from = before.of(one, one == id);
        let mut messages = store_messages::before(tx, one, from, limit)?;
        messages.reverse();
        streams.push((one, from, messages));
    }
    let mut items: Vec<Message> = Vec::new();
    while (items.len() as i64) < limit {
        // Within a conversation the order is that of its numbers, whatever the clock did.
        let newest = streams.iter_mut().filter(|(_, _, rest)| !rest.is_empty()).max_by_key(|(_, _, rest)| rest.last().map(|message| message.created_at));
        let Some((_, from, rest)) = newest else { break };
        if let Some(message) = rest.pop() {
            *from = message.seq;
            items.push(message);
        }
    }
    let more = items.len() as i64 == limit && streams.iter().any(|(_, from, rest)| !rest.is_empty() || *from > 1);
    let next = more.then(|| Before::Each(streams.into_iter().map(|(one, from, _)| (one, from)).collect()));
    Ok((items, next))
}
