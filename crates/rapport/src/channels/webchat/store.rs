//! SQL of visitors' sessions.

use platform::{
    clock::Moment,
    params,
    store::{Json, JsonText, Result, Tx},
};

use super::session::Known;
use crate::{
    ids::{ContactId, InboxId, VisitorId},
    viewer::{Scope, Visitor},
};

/// What is kept of a session.
pub(super) struct Kept {
    /// Who it is, when the session has a row.
    pub(super) known: Option<Known>,
    /// Whether it was logged out.
    pub(super) ended: bool,
    /// The scope of its inbox, unless the inbox takes no messages any more.
    pub(super) scope: Option<Scope>,
}

/// A session and the scope of its inbox, in one look: every message asks for both.
pub(super) fn session(tx: &mut Tx<'_>, visitor: &Visitor) -> Result<Kept> {
    let kept = tx.opt(
        "SELECT i.brand_id, i.location_id, i.team_id, i.disabled_at, w.visitor_id, w.contact_id, p.name, w.identity_id, w.verification, w.claimed, w.ended_at
         FROM inbox i LEFT JOIN webchat_session w ON w.visitor_id = $1 LEFT JOIN contact p ON p.id = w.contact_id WHERE i.id = $2",
        params![visitor.id, visitor.inbox_id],
        |row| {
            let scope =
                Scope { brand_id: row.get("brand_id")?, location_id: row.get("location_id")?, team_id: row.get("team_id")?, inbox_id: visitor.inbox_id };
            let is_open = row.get::<Option<Moment>>("disabled_at")?.is_none();
            let mut kept = Kept { known: None, ended: false, scope: is_open.then_some(scope) };
            if row.get::<Option<VisitorId>>("visitor_id")?.is_some() {
                kept.known = Some(Known {
                    contact_id: row.get("contact_id")?,
                    name: row.get("name")?,
                    identity_id: row.get("identity_id")?,
                    verification: row.get("verification")?,
                    claimed: row.get::<Json<_>>("claimed")?.0,
                    durable: true,
                });
                kept.ended = row.get::<Option<Moment>>("ended_at")?.is_some();
            }
            Ok(kept)
        },
    )?;
    Ok(kept.unwrap_or(Kept { known: None, ended: false, scope: None }))
}

pub(super) fn put(tx: &mut Tx<'_>, visitor: &Visitor, known: &Known, identity_hash: Option<&[u8]>) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "INSERT INTO webchat_session (visitor_id, inbox_id, contact_id, identity_id, verification, claimed, identity_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (visitor_id) DO UPDATE SET contact_id = excluded.contact_id, identity_id = excluded.identity_id, verification = excluded.verification, claimed = excluded.claimed,
           identity_hash = COALESCE(excluded.identity_hash, webchat_session.identity_hash)",
        params![visitor.id, visitor.inbox_id, known.contact_id, known.identity_id, known.verification, JsonText::of(&known.claimed), identity_hash, now],
    ).map(drop)
}

/// Moves the sessions of one contact to another; those moved.
pub(super) fn move_sessions(tx: &mut Tx<'_>, from: ContactId, into: ContactId) -> Result<Vec<VisitorId>> {
    tx.all("UPDATE webchat_session SET contact_id = $2 WHERE contact_id = $1 RETURNING visitor_id", params![from, into], |row| row.get("visitor_id"))
}

pub(super) fn return_session(tx: &mut Tx<'_>, id: VisitorId, into: ContactId, from: ContactId) -> Result<u64> {
    tx.exec("UPDATE webchat_session SET contact_id = $3 WHERE visitor_id = $1 AND contact_id = $2", params![id, into, from])
}

/// Whether the session's identity is the customer `external_id` of the shop.
pub(super) fn is_external(tx: &mut Tx<'_>, known: &Known, external_id: &str) -> Result<bool> {
    Ok(tx
        .opt("SELECT 1 AS same FROM contact_identity WHERE id = $1 AND kind = 'external' AND value = $2", params![known.identity_id, external_id], |_| Ok(()))?
        .is_some())
}

pub(super) fn max_attachment_bytes(tx: &mut Tx<'_>, inbox: InboxId) -> Result<i64> {
    tx.one("SELECT max_attachment_bytes FROM inbox WHERE id = $1 AND disabled_at IS NULL", params![inbox], |row| row.get("max_attachment_bytes"))
}

pub(super) fn is_revoked(tx: &mut Tx<'_>, identity_hash: &[u8]) -> Result<bool> {
    Ok(tx.opt("SELECT 1 AS revoked FROM webchat_revoked WHERE identity_hash = $1", params![identity_hash], |_| Ok(()))?.is_some())
}

pub(super) fn end(tx: &mut Tx<'_>, visitor: VisitorId, keep_until: Moment) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "INSERT INTO webchat_revoked (identity_hash, expires_at) SELECT identity_hash, $2 FROM webchat_session WHERE visitor_id = $1 AND identity_hash IS NOT NULL
         ON CONFLICT (identity_hash) DO NOTHING",
        params![visitor, keep_until],
    )?;
    tx.exec("UPDATE webchat_session SET ended_at = $2 WHERE visitor_id = $1", params![visitor, now]).map(drop)
}

pub(super) fn forget_revoked(tx: &mut Tx<'_>) -> Result<()> {
    let now = tx.now();
    tx.exec("DELETE FROM webchat_revoked WHERE expires_at < $1", params![now]).map(drop)
}
