//! Tickets: a console's cookie never travels over the socket; a ticket good for half a minute, once, does.

use std::time::Duration;

use platform::{
    clock::Moment,
    store::{Error, Tx},
    web::{Created, Input, Problem, use_up},
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

/// A ticket that is genuine and has not expired.
pub(super) struct Ticket {
    /// Whose it is.
    pub(super) agent: AgentId,
    /// The session it was made for.
    pub(super) session: SessionId,
    nonce: Uuid,
}

impl Ticket {
    /// Reads one.
    pub(super) fn read(desk: &Desk, token: &str) -> Option<Ticket> {
        let content = desk.vault.verify(PURPOSE, token)?;
        if content.len() != 56 {
            return None;
        }
        let expires_at = Moment(i64::from_le_bytes(content[32..40].try_into().ok()?));
        let now = desk.store.clock().now();
        // One that lasts longer than any was made under a clock that was wrong.
        if expires_at <= now || expires_at > now.plus(2 * LASTS) {
            return None;
        }
        let id = |bytes: &[u8]| Uuid::from_slice(bytes).ok();
        Some(Ticket { agent: AgentId(id(&content[..16])?), session: SessionId(id(&content[16..32])?), nonce: id(&content[40..])? })
    }

    /// Uses it up; `false` when it was used before, on this node or another. What is kept of it opens nothing.
    pub(super) fn redeem(&self, tx: &mut Tx<'_>) -> Result<bool, Error> {
        use_up(tx, self.session.0, &format!("ticket {}", self.nonce))
    }
}
