//! Tickets: a console's cookie never travels over the socket; a ticket good for half a minute, once, does.

use std::{collections::HashMap, time::Duration};

use parking_lot::Mutex;
use platform::{
    clock::Moment,
    web::{Created, Input, Problem},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Call,
    desk::Desk,
    ids::{AgentId, SessionId},
    viewer::Through,
};

const PURPOSE: &str = "live ticket";
const LASTS: Duration = Duration::from_secs(30);

/// A ticket.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct TicketMade {
    /// The first frame carries it.
    pub token: String,
    /// Until when.
    pub expires_at: Moment,
}

/// Tickets used already, until they would have expired.
static USED: Mutex<Option<HashMap<Vec<u8>, Moment>>> = Mutex::new(None);

/// Makes a ticket for the session that asks.
pub async fn add_ticket(call: Call, _: Input) -> Result<Created<TicketMade>, Problem> {
    let access = call.viewer.agent().ok_or_else(Problem::not_found)?;
    let Through::Session(session) = access.through else {
        return Err(Problem::invalid("", "An API token connects with itself; it needs no ticket."));
    };
    let expires_at = call.desk.store.clock().now().plus(LASTS);
    let mut nonce = [0; 16];
    call.desk.store.chance().fill(&mut nonce);
    let content = [access.id.0.as_bytes(), session.0.as_bytes(), &expires_at.0.to_le_bytes()[..], &nonce].concat();
    Ok(Created(TicketMade { token: call.desk.vault.sign(PURPOSE, &content), expires_at }))
}

/// Whose ticket it is, once.
pub(super) fn redeem(desk: &Desk, token: &str) -> Option<(AgentId, SessionId)> {
    let content = desk.vault.verify(PURPOSE, token)?;
    if content.len() != 56 {
        return None;
    }
    let now = desk.store.clock().now();
    let expires_at = Moment(i64::from_le_bytes(content[32..40].try_into().ok()?));
    // One that lasts longer than any was made under a clock that was wrong.
    if expires_at <= now || expires_at > now.plus(2 * LASTS) {
        return None;
    }
    let ids = (AgentId(Uuid::from_slice(&content[..16]).ok()?), SessionId(Uuid::from_slice(&content[16..32]).ok()?));
    let mut used = USED.lock();
    let used = used.get_or_insert_default();
    used.retain(|_, until| *until > now);
    used.insert(content, expires_at).is_none().then_some(ids)
}
