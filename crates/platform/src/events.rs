//! The event log: append-only, gapless positions in commit order, no text, names or addresses in payloads.
//!
//! A use case writes its rows and announces an event in the same transaction ([`Tx::announce`]). Readers resume by
//! [`Position`], never by time. The log is its own outbox: reactions and live updates keep a position in it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{
    clock::Moment,
    params,
    store::{Error, JsonText, Result, Row, Tx},
    word_enum,
};

/// The place of an event in the log: 1, 2, 3 ... without gaps, in commit order.
pub type Position = i64;

/// Chains of reactions longer than this are a loop.
const DEPTH_LIMIT: i64 = 8;

word_enum! {
    /// What kind of somebody did it.
    ActorKind {
        /// A member of staff.
        Agent = "agent",
        /// A customer.
        Contact = "contact",
        /// A guided flow or bot.
        Flow = "flow",
        /// A rule.
        Automation = "automation",
        /// Rapport itself.
        System = "system",
    }
}

/// Who did it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Actor {
    /// What kind of somebody.
    pub kind: ActorKind,
    /// Which one; none for the system.
    pub id: Option<Uuid>,
}

impl Actor {
    /// Rapport itself.
    pub const SYSTEM: Actor = Actor { kind: ActorKind::System, id: None };
    /// A member of staff.
    pub fn agent(id: impl Into<Uuid>) -> Actor {
        Actor { kind: ActorKind::Agent, id: Some(id.into()) }
    }
    /// A customer.
    pub fn contact(id: impl Into<Uuid>) -> Actor {
        Actor { kind: ActorKind::Contact, id: Some(id.into()) }
    }
}

/// Something that happened. The payload (its serde form) holds ids, enums and figures, never text, names or addresses.
pub trait Event: Serialize {
    /// `part.past_participle`, e.g. `conversations.resolved`.
    const KIND: &'static str;
    /// Raised when the payload changes its shape. Where somebody reads it: that of its [`Payload`].
    const SCHEMA: i64 = 1;
    /// The row whose history this belongs to.
    fn stream(&self) -> Uuid;
    /// The version of that row after the event.
    fn version(&self) -> i64;
    /// Whom or what else it is about, e.g. the contact of a conversation.
    fn subject(&self) -> Option<Uuid> {
        None
    }
    /// Who may hear of it, as ids.
    fn scope(&self) -> JsonText {
        JsonText("{}".into())
    }
}

/// What a payload is read as. The log keeps what was announced for ever, so old shapes are upcast on read.
pub trait Payload: DeserializeOwned {
    /// How each shape becomes the next: the first makes schema 2 of schema 1.
    const UPCASTS: &'static [Upcast] = &[];
    /// The schema that is announced and read now.
    const SCHEMA: i64 = 1 + Self::UPCASTS.len() as i64;
}

/// Makes the payload of one schema that of the next.
pub type Upcast = fn(serde_json::Value) -> serde_json::Value;

/// The event that made a reaction run.
#[derive(Clone, Copy, Debug)]
pub struct Cause {
    /// Its position.
    pub position: Position,
    /// How many reactions led to it.
    pub depth: i64,
}

/// An event as the log keeps it.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Its place in the log.
    pub position: Position,
    /// When it was written; for people, never a cursor.
    pub at: Moment,
    /// Its kind.
    pub kind: String,
    /// The shape of its payload.
    pub schema: i64,
    /// Who did it.
    pub actor: Actor,
    /// The row it belongs to.
    pub stream: Uuid,
    /// The version of that row.
    pub version: i64,
    /// Whom else it is about.
    pub subject: Option<Uuid>,
    /// How many reactions led to it.
    pub depth: i64,
    /// The payload as JSON.
    pub payload: String,
}

impl Recorded {
    /// It as the cause of what follows from it.
    pub fn cause(&self) -> Cause {
        Cause { position: self.position, depth: self.depth }
    }

    /// Reads the payload, of whichever schema; an error means it was written by a newer binary.
    pub fn read<T: Payload>(&self) -> Result<T> {
        let wrong = |why: &dyn std::fmt::Display| Error::Binding(format!("event {} ({}, schema {}): {why}", self.position, self.kind, self.schema));
        let older = match usize::try_from(T::SCHEMA - self.schema) {
            Ok(0) => return serde_json::from_str(&self.payload).map_err(|error| wrong(&error)),
            Ok(older) if older <= T::UPCASTS.len() => older,
            _ => return Err(wrong(&format!("this version reads up to schema {}", T::SCHEMA))),
        };
        let payload = serde_json::from_str(&self.payload).map_err(|error| wrong(&error))?;
        let upcast = T::UPCASTS[T::UPCASTS.len() - older..].iter().fold(payload, |payload, upcast| upcast(payload));
        serde_json::from_value(upcast).map_err(|error| wrong(&error))
    }
}

impl Tx<'_> {
    /// Writes `event` into the log of this transaction and hints it to listeners after the commit. Its position is known at once
    /// where one writer gives it (SQLite); elsewhere it is given after the commit ([`crate::positions`]).
    pub fn announce<E: Event>(&mut self, actor: Actor, event: &E) -> Result<Option<Position>> {
        let depth = self.cause.map_or(0, |cause| cause.depth + 1);
        if depth > DEPTH_LIMIT {
            return Err(Error::Binding(format!("{} would be the {depth}th reaction in a row: a loop", E::KIND)));
        }
        let (id, payload) = (self.id::<Uuid>(), JsonText::of(event));
        let (now, cause, ordinal) = (self.now(), self.cause.map(|cause| cause.position), self.announced);
        // SQLite gives the position and needs no order within the transaction, so it is not asked to keep one.
        let sql = if self.is_postgres() {
            "INSERT INTO event (id, at, kind, schema, actor_kind, actor_id, stream, version, subject, scope, caused_by, depth, payload, ordinal)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
        } else {
            "INSERT INTO event (id, at, kind, schema, actor_kind, actor_id, stream, version, subject, scope, caused_by, depth, payload)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
        };
        self.exec(
            sql,
            params![
                id,
                now,
                E::KIND,
                E::SCHEMA,
                actor.kind,
                actor.id,
                event.stream(),
                event.version(),
                event.subject(),
                event.scope(),
                cause,
                depth,
                payload,
                ordinal
            ],
        )?;
        self.announced += 1;
        Ok(self.last_key())
    }
}

impl Tx<'_> {
    /// Does what follows from an event: what it announces says so. When it fails or panics, it alone is taken back.
    pub fn following<T, E: From<Error>>(&mut self, cause: Option<Cause>, work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        self.savepoint(|tx| {
            let before = std::mem::replace(&mut tx.cause, cause);
            let result = catch_unwind(AssertUnwindSafe(|| work(tx))).unwrap_or_else(|_| Err(Error::Panicked.into()));
            tx.cause = before;
            result
        })
    }
}

/// The position of the newest event; 0 in an empty log.
pub fn head(tx: &mut Tx<'_>) -> Result<Position> {
    Ok(tx.one("SELECT max(position) AS head FROM event", params![], |row| row.get::<Option<Position>>("head"))?.unwrap_or(0))
}

/// Which kinds of event came after `position`.
pub fn kinds_after(tx: &mut Tx<'_>, position: Position) -> Result<Vec<String>> {
    tx.all("SELECT DISTINCT kind FROM event WHERE position > $1", params![position], |row| row.get("kind"))
}

/// Up to `limit` events after `position`, in order.
pub fn after(tx: &mut Tx<'_>, position: Position, limit: i64) -> Result<Vec<Recorded>> {
    tx.all(
        "SELECT position, at, kind, schema, actor_kind, actor_id, stream, version, subject, depth, payload
         FROM event WHERE position > $1 ORDER BY position LIMIT $2",
        params![position, limit],
        recorded,
    )
}

/// Up to `limit` events before `position`, newest first.
pub fn before(tx: &mut Tx<'_>, position: Position, limit: i64) -> Result<Vec<Recorded>> {
    tx.all(
        "SELECT position, at, kind, schema, actor_kind, actor_id, stream, version, subject, depth, payload
         FROM event WHERE position < $1 ORDER BY position DESC LIMIT $2",
        params![position, limit],
        recorded,
    )
}

/// The event at `position`.
pub fn at(tx: &mut Tx<'_>, position: Position) -> Result<Recorded> {
    tx.one(
        "SELECT position, at, kind, schema, actor_kind, actor_id, stream, version, subject, depth, payload FROM event WHERE position = $1",
        params![position],
        recorded,
    )
}

pub(crate) fn recorded(row: &Row<'_>) -> Result<Recorded> {
    Ok(Recorded {
        position: row.get("position")?,
        at: row.get("at")?,
        kind: row.get("kind")?,
        schema: row.get("schema")?,
        actor: Actor { kind: row.get("actor_kind")?, id: row.get("actor_id")? },
        stream: row.get("stream")?,
        version: row.get("version")?,
        subject: row.get("subject")?,
        depth: row.get("depth")?,
        payload: row.get("payload")?,
    })
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::{Value, json};

    use super::*;

    /// Schema 1 had `grams` as text, schema 2 as a number; schema 3 tells parcels from letters.
    #[derive(Deserialize, Debug, PartialEq)]
    struct Weighed {
        grams: i64,
        kind: String,
    }
    impl Payload for Weighed {
        const UPCASTS: &'static [Upcast] = &[
            |mut payload| {
                payload["grams"] = payload["grams"].as_str().and_then(|grams| grams.parse::<i64>().ok()).into();
                payload
            },
            |mut payload| {
                payload["kind"] = if payload["grams"].as_i64() > Some(500) { "parcel" } else { "letter" }.into();
                payload
            },
        ];
    }

    fn recorded(schema: i64, payload: Value) -> Recorded {
        let (at, stream) = (Moment(0), Uuid::nil());
        Recorded {
            position: 7,
            at,
            kind: "post.weighed".into(),
            schema,
            actor: Actor::SYSTEM,
            stream,
            version: 1,
            subject: None,
            depth: 0,
            payload: payload.to_string(),
        }
    }

    #[test]
    fn what_was_announced_long_ago_is_read_as_it_is_announced_now() {
        assert_eq!(Weighed::SCHEMA, 3);
        let parcel = Weighed { grams: 900, kind: "parcel".into() };
        for (schema, payload) in [(1, json!({"grams": "900"})), (2, json!({"grams": 900})), (3, json!({"grams": 900, "kind": "parcel"}))] {
            assert_eq!(recorded(schema, payload).read::<Weighed>().unwrap(), parcel, "schema {schema}");
        }
    }

    #[test]
    fn an_event_of_a_newer_binary_is_not_guessed_at() {
        for schema in [0, 4, -1] {
            let error = recorded(schema, json!({"grams": 900, "kind": "parcel"})).read::<Weighed>().unwrap_err().to_string();
            assert!(error.contains("up to schema 3") && error.contains("event 7"), "{error}");
        }
        assert!(recorded(1, json!({"grams": "much"})).read::<Weighed>().is_err());
    }
}
