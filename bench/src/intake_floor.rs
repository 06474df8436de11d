//! The floor of the intake: one thread that writes the same rows into the same schema on the same disk, in batches
//! as large as the product could ever gather from its writers, and waits for the disk once a batch.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result};
use rusqlite::types::Value;
use rusqlite::{Connection, params};

use crate::intake_load::{VISITORS_PER_WRITER, WRITERS};
use crate::template::{Ids, Template};

/// A copy of the product's database, written to without the product.
#[derive(Debug)]
pub struct Floor {
    connection: Connection,
    conversations: Vec<(Value, i64)>,
    message: Template,
    event: Template,
    idempotency: Template,
    position: i64,
    ids: Ids,
    written: usize,
}

/// Whose message is the n-th, in the order in which the load's writers take turns: one message from each of them, each from
/// its next visitor. Neighbours in a batch are no neighbours in the database, for the floor as little as for the product.
fn whose_turn(n: usize) -> usize {
    let (writer, turn) = (n % WRITERS, n / WRITERS);
    writer * VISITORS_PER_WRITER + (writer + turn) % VISITORS_PER_WRITER
}

impl Floor {
    /// Copies the database of the (idle) product next to it and learns what one message writes.
    pub fn copy(database: &Path, folder: &Path) -> Result<Self> {
        let copy = folder.join("floor.db");
        let original = Connection::open(database)?;
        original.execute("VACUUM INTO ?1", [copy.to_str().context("path of the copy")?])?;
        drop(original);
        let connection = Connection::open(&copy)?;
        // The same settings as the product's, with its own limit for the length of the log: what differs is only who writes.
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;
             PRAGMA wal_autocheckpoint = 32768; PRAGMA cache_size = -32768;",
        )?;
        connection.set_prepared_statement_cache_capacity(32);
        let conversations = connection
            .prepare("SELECT id, last_seq FROM conversation ORDER BY number")?
            .query_map([], |row| Ok((row.get::<_, Value>(0)?, row.get::<_, i64>(1)?)))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let position = connection.query_row("SELECT ifnull(max(position), 0) FROM event", [], |row| row.get(0))?;
        Ok(Self {
            message: Template::load(&connection, "message", "kind = 'inbound' ORDER BY id DESC")?,
            event: Template::load(&connection, "event", "stream IN (SELECT id FROM conversation) ORDER BY position DESC")?,
            idempotency: Template::load(&connection, "idempotency", "1 ORDER BY created_at DESC")?,
            connection,
            conversations,
            position,
            ids: Ids::default(),
            written: 0,
        })
    }

    /// Writes at least so many messages; gives messages a second. The number is the caller's, so that both databases
    /// grow alike: the larger one would be the slower.
    pub fn write(&mut self, messages: usize) -> Result<f64> {
        let begun = Instant::now();
        let before = self.written;
        while self.written - before < messages {
            self.connection.execute_batch("BEGIN IMMEDIATE")?;
            for _ in 0..WRITERS {
                self.message()?;
            }
            self.connection.execute_batch("COMMIT")?;
        }
        Ok((self.written - before) as f64 / begun.elapsed().as_secs_f64())
    }

    /// What one message of a customer writes: the message, its conversation, the event, the answer for a repeated request.
    fn message(&mut self) -> Result<()> {
        let at = whose_turn(self.written) % self.conversations.len();
        self.written += 1;
        self.position += 1;
        let now = jiff::Timestamp::now().as_microsecond();
        let millis = u64::try_from(now / 1_000)?;
        let key = format!("floor-{}", self.written);
        let (conversation, seq) = &mut self.conversations[at];
        *seq += 1;

        self.connection
            .prepare_cached(
                "UPDATE conversation SET version = version + 1, public_version = public_version + 1, last_seq = ?2,
                 inbound_count = inbound_count + 1, preview_text = ?3, last_activity_at = ?4 WHERE id = ?1",
            )?
            .execute(params![&*conversation, *seq, key, now])?;
        self.event.set("position", self.position)?;
        self.event.set("id", self.ids.at(millis))?;
        self.event.set("stream", conversation.clone())?;
        self.event.set("at", now)?;
        self.event.insert(&self.connection)?;
        self.message.set("id", self.ids.at(millis))?;
        self.message.set("conversation_id", conversation.clone())?;
        self.message.set("seq", *seq)?;
        self.message.set("created_at", now)?;
        self.message.set_if_there("position", self.position);
        self.message.set_if_there("client_key", key.clone());
        self.message.insert(&self.connection)?;
        self.idempotency.set("key", key)?;
        self.idempotency.set("created_at", now)?;
        self.idempotency.insert(&self.connection)
    }
}
