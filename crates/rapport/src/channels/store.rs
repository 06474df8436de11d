//! SQL of inboxes.

use platform::{
    params,
    store::{Json, JsonText, Result, Row, Tx},
};

use super::inboxes::{Inbox, SigningKey};
use crate::ids::{InboxId, SigningKeyId};

fn read_inbox(row: &Row<'_>) -> Result<Inbox> {
    Ok(Inbox {
        id: row.get("id")?,
        channel: row.get("channel")?,
        name: row.get("name")?,
        key: row.get("key")?,
        brand_id: row.get("brand_id")?,
        location_id: row.get("location_id")?,
        team_id: row.get("team_id")?,
        allowed_origins: row.get::<Json<_>>("allowed_origins")?.0,
        max_attachment_bytes: row.get("max_attachment_bytes")?,
        ask_email_when_closed: row.get("ask_email_when_closed")?,
        disabled_at: row.get("disabled_at")?,
        version: row.get("version")?,
        snippet: String::new(),
        signing_keys: Vec::new(),
    })
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT id, channel, name, key, brand_id, location_id, team_id, allowed_origins, max_attachment_bytes, ask_email_when_closed, disabled_at, version FROM inbox ", $rest)
    };
}

pub(super) fn inboxes(tx: &mut Tx<'_>) -> Result<Vec<Inbox>> {
    let mut inboxes = tx.all(select!("ORDER BY created_at, id"), params![], read_inbox)?;
    for inbox in &mut inboxes {
        inbox.signing_keys = signing_keys(tx, inbox.id)?;
    }
    Ok(inboxes)
}

pub(super) fn inbox(tx: &mut Tx<'_>, id: InboxId) -> Result<Inbox> {
    let mut inbox = tx.one(select!("WHERE id = $1"), params![id], read_inbox)?;
    inbox.signing_keys = signing_keys(tx, id)?;
    Ok(inbox)
}

/// The inbox of a key that takes messages.
pub(super) fn open_inbox(tx: &mut Tx<'_>, key: &str) -> Result<Inbox> {
    tx.one(select!("WHERE key = $1 AND disabled_at IS NULL"), params![key], read_inbox)
}

pub(super) fn insert(tx: &mut Tx<'_>, inbox: &Inbox) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "INSERT INTO inbox (id, channel, name, key, brand_id, location_id, team_id, allowed_origins, max_attachment_bytes, ask_email_when_closed, disabled_at, version, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        params![inbox.id, inbox.channel, inbox.name, inbox.key, inbox.brand_id, inbox.location_id, inbox.team_id, JsonText::of(&inbox.allowed_origins),
                inbox.max_attachment_bytes, inbox.ask_email_when_closed, inbox.disabled_at, inbox.version, now],
    ).map(drop)
}

pub(super) fn update(tx: &mut Tx<'_>, inbox: &Inbox) -> Result<()> {
    tx.exec(
        "UPDATE inbox SET name = $2, location_id = $3, team_id = $4, allowed_origins = $5, max_attachment_bytes = $6, ask_email_when_closed = $7, disabled_at = $8, version = $9 WHERE id = $1",
        params![inbox.id, inbox.name, inbox.location_id, inbox.team_id, JsonText::of(&inbox.allowed_origins), inbox.max_attachment_bytes, inbox.ask_email_when_closed,
                inbox.disabled_at, inbox.version],
    ).map(drop)
}

pub(super) fn raise_version(tx: &mut Tx<'_>, id: InboxId) -> Result<()> {
    tx.exec("UPDATE inbox SET version = version + 1 WHERE id = $1", params![id]).map(drop)
}

fn signing_keys(tx: &mut Tx<'_>, id: InboxId) -> Result<Vec<SigningKey>> {
    tx.all("SELECT id, created_at, hint FROM inbox_signing_key WHERE inbox_id = $1 ORDER BY created_at, id", params![id], |row| {
        Ok(SigningKey { id: row.get("id")?, created_at: row.get("created_at")?, hint: row.get("hint")? })
    })
}

pub(super) fn sealed_signing_keys(tx: &mut Tx<'_>, id: InboxId) -> Result<Vec<(SigningKeyId, Vec<u8>)>> {
    tx.all("SELECT id, secret FROM inbox_signing_key WHERE inbox_id = $1", params![id], |row| Ok((row.get("id")?, row.get("secret")?)))
}

pub(super) fn insert_signing_key(tx: &mut Tx<'_>, inbox: InboxId, id: SigningKeyId, sealed: &[u8], hint: &str) -> Result<()> {
    let now = tx.now();
    tx.exec("INSERT INTO inbox_signing_key (id, inbox_id, secret, hint, created_at) VALUES ($1, $2, $3, $4, $5)", params![id, inbox, sealed, hint, now])
        .map(drop)
}

pub(super) fn delete_signing_key(tx: &mut Tx<'_>, inbox: InboxId, id: SigningKeyId) -> Result<u64> {
    tx.exec("DELETE FROM inbox_signing_key WHERE inbox_id = $1 AND id = $2", params![inbox, id])
}
