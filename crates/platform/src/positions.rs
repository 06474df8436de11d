//! Positions where many transactions commit at once.
//!
//! On SQLite the one writer gives an event its position as it is written. On PostgreSQL an event is committed without one, and
//! [`give`] numbers what has been committed: gapless, and an event that could have been seen by another stands before it.
//! Whoever gives positions holds a row's lock while doing so, so one node does it at a time, whichever; a node that stands still
//! with the lock is cut off by the server.

use std::time::Duration;

use tokio::time::timeout;

use crate::{
    events::{self, Position, Recorded},
    nodes::Nodes,
    params,
    store::{Error, Result, Store, Tx},
};

/// Rows of the product that carry the position of their event, and are written before it is known.
#[derive(Clone, Copy)]
pub struct Carrier {
    /// The kinds of event whose position they carry.
    pub kinds: &'static [&'static str],
    /// Writes it into them.
    pub carry: fn(&mut Tx<'_>, &Recorded) -> Result<()>,
}

/// Another node was giving positions and may not have seen what was just committed here.
const OTHERS_TURN: Duration = Duration::from_millis(3);

/// What came of one look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Given {
    /// So many events got their position.
    Some(usize),
    /// Somebody else is at it.
    OthersTurn,
}

/// Gives positions for as long as the store is open, and tells the other nodes; at once done where the writer gives them.
pub async fn run(store: Store, carriers: &'static [Carrier], nodes: Nodes) {
    if !store.is_postgres() {
        return;
    }
    let mut commits = store.commits();
    loop {
        commits.borrow_and_update();
        match give(&store, carriers).await {
            Ok(Given::Some(0)) => {}
            Ok(Given::Some(_)) => {
                nodes.log_grew();
                continue;
            }
            Ok(Given::OthersTurn) => {
                tokio::time::sleep(OTHERS_TURN).await;
                continue;
            }
            Err(Error::Closed) => return,
            Err(error) => tracing::warn!(target: "events", %error, "events wait for their positions; nothing is lost, live updates come later"),
        }
        if let Ok(Err(_)) = timeout(store.look_again(), commits.changed()).await {
            return;
        }
    }
}

/// Gives positions to what has been committed, at most a few hundred events. Tests call this until it gives none.
pub async fn give(store: &Store, carriers: &'static [Carrier]) -> Result<Given> {
    if !store.is_postgres() || !store.read(has_unplaced).await? {
        return Ok(Given::Some(0));
    }
    let given = store.write_over_committed(move |tx| place(tx, carriers)).await?;
    if given != Given::Some(0) {
        store.hint();
    }
    Ok(given)
}

fn has_unplaced(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(tx.opt("SELECT 1 AS unplaced FROM event WHERE position IS NULL LIMIT 1", params![], |_| Ok(()))?.is_some())
}

/// A transaction that saw another's rows began after that one had committed, so its own number (xmin) is higher: ordered by it,
/// causes stand before effects. `age` counts backwards and survives the numbers' beginning anew.
fn place(tx: &mut Tx<'_>, carriers: &[Carrier]) -> Result<Given> {
    let head = tx.opt("SELECT position FROM event_reader WHERE name = 'placed' FOR UPDATE SKIP LOCKED", params![], |row| row.get::<Position>("position"))?;
    let Some(head) = head else { return Ok(Given::OthersTurn) };
    let mut placed = tx.all(
        "UPDATE event e SET position = $1 + o.n
         FROM (SELECT id, row_number() OVER (ORDER BY age(xmin) DESC, ordinal) AS n FROM event WHERE position IS NULL ORDER BY age(xmin) DESC, ordinal LIMIT 500) o
         WHERE e.id = o.id RETURNING e.position, e.at, e.kind, e.schema, e.actor_kind, e.actor_id, e.stream, e.version, e.subject, e.depth, e.payload",
        params![head],
        events::recorded,
    )?;
    placed.sort_by_key(|event| event.position);
    for event in &placed {
        for carrier in carriers.iter().filter(|carrier| carrier.kinds.contains(&event.kind.as_str())) {
            (carrier.carry)(tx, event)?;
        }
    }
    if let Some(last) = placed.last() {
        tx.exec("UPDATE event_reader SET position = $1 WHERE name = 'placed'", params![last.position])?;
    }
    Ok(Given::Some(placed.len()))
}
