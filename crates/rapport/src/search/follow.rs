//! The follower: brings the index to where the log is. It runs beside the writing of messages and never in its transaction, so a message
//! is taken in as quickly as without a search, and is found within a second.
//!
//! It goes by position, as every reader of the log does. What was there before it began is scanned; a new index is made while the old one
//! answers. Several nodes may try the same step: the version of the index lets one of them write.

use std::time::Duration;

use platform::{
    events,
    follow::{self, Pace},
    store::{Error, Result, Store, Tx},
};

use super::{
    compact, look,
    prepare::prepare,
    store_index::{self as store, Index, State},
};

/// People come first: while they wait, it works a tenth of the time.
const PACE: Pace = Pace { name: "search", gather: Duration::from_millis(250), tick: None, rest: 9 };

/// Follows for as long as the store is open.
pub async fn run(store: Store) {
    follow::run(store, PACE, |store| async move { step(&store).await }).await;
}

/// Does one step for every index; whether there is more to do at once. Tests call this until there is not.
pub async fn step(store: &Store) -> Result<bool> {
    let indexes = store.read(store::indexes).await?;
    if indexes.is_empty() {
        store.write_in_background(|tx| begin(tx, State::Serving)).await?;
        return Ok(true);
    }
    let mut more = false;
    for index in &indexes {
        more |= match index.state {
            State::Leaving => {
                let generation = index.generation;
                store.write_in_background(move |tx| store::remove_some(tx, generation)).await?
            }
            State::Building | State::Serving => follow(store, index).await?,
        };
    }
    if store.read(|tx| Ok::<_, Error>(successor(&store::indexes(tx)?).is_some())).await? {
        store.write_in_background(change_over).await?;
        more = true;
    }
    Ok(more)
}

/// The index that answers and the one that has caught up with it.
fn successor(indexes: &[Index]) -> Option<(Index, Index)> {
    let serving = indexes.iter().find(|index| index.state == State::Serving)?;
    let ready = indexes.iter().find(|index| index.state == State::Building && index.is_scanned && index.position >= serving.position)?;
    Some((serving.clone(), ready.clone()))
}

fn change_over(tx: &mut Tx<'_>) -> Result<()> {
    let Some((mut old, mut new)) = successor(&store::indexes(tx)?) else { return Ok(()) };
    (old.state, new.state) = (State::Leaving, State::Serving);
    store::advance(tx, &old)?;
    store::advance(tx, &new)?;
    Ok(())
}

/// Begins an index, unless one is being built already.
pub(super) fn begin(tx: &mut Tx<'_>, state: State) -> Result<()> {
    let indexes = store::indexes(tx)?;
    if state == State::Serving && !indexes.is_empty() || indexes.iter().any(|index| index.state == State::Building) {
        return Ok(());
    }
    let position = events::head(tx)?;
    store::begin(tx, indexes.last().map_or(1, |index| index.generation + 1), state, position)
}

async fn follow(store: &Store, index: &Index) -> Result<bool> {
    let before = index.clone();
    let Some(seen) = store.read(move |tx| look::look(tx, &before)).await? else { return Ok(false) };
    let more = seen.is_full;
    let work = beside(move || prepare(seen)).await?;
    let mut more = more & store.write_in_background(move |tx| work.write(tx)).await?;
    let generation = index.generation;
    while let Some(merge) = store.read(move |tx| compact::due(tx, generation)).await? {
        let merged = beside(move || merge.merged()).await?;
        more |= store.write_in_background(move |tx| merged.write(tx)).await?;
    }
    Ok(more)
}

/// Runs what takes the processor for a while where it holds up nothing else.
async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::Panicked)
}
