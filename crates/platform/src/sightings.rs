//! Sightings: page views, clicks, searches. Many, cheap, not events: buffered, flushed each second, kept 90 days.
//!
//! They may be lost in a crash; acknowledged calls may not.

use std::{sync::Arc, time::Duration};

use parking_lot::Mutex;
use uuid::Uuid;

use crate::{
    clock::Moment,
    params,
    store::{Error, Result, Store, Tx},
};

/// How long sightings are kept.
pub const KEPT: Duration = Duration::from_secs(90 * 24 * 3600);
/// More than this many wait at most; later ones are dropped rather than memory filled.
const BUFFER: usize = 20_000;

/// Something somebody was seen doing.
#[derive(Clone, Debug)]
pub struct Sighting {
    /// Who was seen, e.g. a visitor.
    pub who: Uuid,
    /// When.
    pub at: Moment,
    /// What kind, e.g. `page`.
    pub kind: &'static str,
    /// The page, or what was searched.
    pub what: String,
    /// Its title.
    pub title: Option<String>,
}

/// The buffer in front of the table.
#[derive(Clone, Default)]
pub struct Sightings {
    waiting: Arc<Mutex<Vec<Sighting>>>,
}

impl Sightings {
    /// Notes a sighting; it reaches the table within a second.
    pub fn note(&self, sighting: Sighting) {
        let mut waiting = self.waiting.lock();
        if waiting.len() < BUFFER {
            waiting.push(sighting);
        }
    }

    /// Flushes once a second for as long as the store is open.
    pub async fn run(self, store: Store) {
        loop {
            tokio::time::sleep(Duration::from_secs(1)).await;
            if let Err(Error::Closed) = self.flush(&store).await {
                return;
            }
        }
    }

    /// Writes what waits. What a database that is away does not take waits on.
    pub async fn flush(&self, store: &Store) -> Result<()> {
        loop {
            let chunk: Vec<Sighting> = {
                let mut waiting = self.waiting.lock();
                let most = waiting.len().min(500);
                waiting.drain(..most).collect()
            };
            if chunk.is_empty() {
                return Ok(());
            }
            let rows = chunk.clone();
            let written = store.write_in_background(move |tx| rows.iter().try_for_each(|sighting| insert(tx, sighting))).await;
            if let Err(error) = written {
                let mut waiting = self.waiting.lock();
                let room = BUFFER.saturating_sub(waiting.len());
                waiting.splice(0..0, chunk.into_iter().take(room));
                return Err(error);
            }
        }
    }
}

/// Writes one sighting at once, for data made in advance.
pub fn insert(tx: &mut Tx<'_>, sighting: &Sighting) -> Result<()> {
    let id = tx.id::<Uuid>();
    tx.exec(
        "INSERT INTO sighting (id, who, at, kind, what, title) VALUES ($1, $2, $3, $4, $5, $6)",
        params![id, sighting.who, sighting.at, sighting.kind, sighting.what, sighting.title],
    )?;
    Ok(())
}

/// Forgets a chunk of sightings older than [`KEPT`]; how many.
pub fn forget_old(tx: &mut Tx<'_>) -> Result<u64> {
    let before = tx.now().minus(KEPT);
    tx.exec("DELETE FROM sighting WHERE id IN (SELECT id FROM sighting WHERE at < $1 ORDER BY at LIMIT 5000)", params![before])
}
