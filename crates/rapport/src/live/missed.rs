//! What somebody missed while they were away: the frames after a position, built from current state.
//!
//! After a restart everybody comes back at once. For a visitor only events of their own conversations are built. Agents may see
//! nearly everything, so those who come together share one building; who may see a frame is asked of each.

use std::sync::Arc;

use axum::extract::ws::Utf8Bytes;
use parking_lot::Mutex;
use platform::{
    events::{self, Position},
    store::{Error, Result},
};
use tokio::sync::oneshot;

use super::{
    feed::{self, Addressed},
    listener::Listener,
};
use crate::{
    conversations,
    desk::Desk,
    ids::{ContactId, VisitorId},
};

/// A client further behind than this reloads what it shows instead.
const REPLAY: i64 = 500;

/// The frames after a position that this listener may see, and the position they reach; no frames when there are too many.
/// The listener takes its seat before, so what happens from then on reaches it as a frame in any case.
pub(super) async fn by(desk: &Desk, who: &Listener, after: Option<Position>) -> (Option<Vec<Utf8Bytes>>, Position) {
    let found = match (after, who) {
        (None, _) => desk.store.read(events::head).await.map(|head| (Some(Vec::new()), head)),
        (Some(after), Listener::Agent { .. }) => for_agent(desk, who, after).await,
        (Some(after), Listener::Visitor { visitor, signed }) => for_visitor(desk, who, visitor.id, *signed, after).await,
    };
    found.unwrap_or_else(|_| (None, desk.hub.position()))
}

fn is_too_far(after: Position, head: Position) -> bool {
    head - after > REPLAY || after > head
}

async fn for_visitor(desk: &Desk, who: &Listener, id: VisitorId, signed: Option<ContactId>, after: Position) -> Result<(Option<Vec<Utf8Bytes>>, Position)> {
    let contact = signed.map(|contact| contact.0);
    let (frames, head) = desk
        .store
        .read(move |tx| {
            let head = events::head(tx)?;
            if is_too_far(after, head) {
                return Ok((None, head));
            }
            let mut frames: Vec<Addressed> = Vec::new();
            if after < head {
                let own = conversations::joined_by(tx, id)?;
                for event in events::after(tx, after, REPLAY)? {
                    if own.iter().any(|conversation| conversation.0 == event.stream) || (contact.is_some() && event.subject == contact) {
                        frames.extend(feed::frames_for_visitors(tx, &event)?);
                    }
                }
            }
            Ok::<_, Error>((Some(frames), head))
        })
        .await?;
    Ok((frames.map(|frames| frames.into_iter().filter(|(audience, _)| who.hears(audience)).map(|(_, frame)| frame).collect()), head))
}

/// Everything agents may have missed, by position.
struct Batch {
    head: Position,
    frames: Vec<(Position, Addressed)>,
}

/// Agents who wait to be told what they missed. Whoever comes while frames are built waits for the next building and not for
/// that one: it may have looked before they took their seat.
#[derive(Default)]
pub struct Replays {
    waiting: Mutex<Vec<(Position, oneshot::Sender<Arc<Batch>>)>>,
    building: tokio::sync::Mutex<()>,
}

async fn for_agent(desk: &Desk, who: &Listener, after: Position) -> Result<(Option<Vec<Utf8Bytes>>, Position)> {
    let batch = batch(desk, after).await?;
    if is_too_far(after, batch.head) {
        return Ok((None, batch.head));
    }
    let frames = batch.frames.iter().filter(|(position, (audience, _))| *position > after && who.hears(audience));
    Ok((Some(frames.map(|(_, (_, frame))| frame.clone()).collect()), batch.head))
}

async fn batch(desk: &Desk, after: Position) -> Result<Arc<Batch>> {
    let (told, mut answer) = oneshot::channel();
    desk.replays.waiting.lock().push((after, told));
    // Where another has built it for this one too, it is there as soon as that one is done.
    let _building = desk.replays.building.lock().await;
    if let Ok(batch) = answer.try_recv() {
        return Ok(batch);
    }
    let waiting = std::mem::take(&mut *desk.replays.waiting.lock());
    // Also when this one's place went with a builder that was dropped meanwhile.
    let places: Vec<Position> = waiting.iter().map(|(place, _)| *place).chain([after]).collect();
    let batch = Arc::new(build(desk, places).await?);
    for (_, told) in waiting {
        let _ = told.send(batch.clone());
    }
    Ok(batch)
}

/// Builds what all of them missed, those apart who are too far behind.
async fn build(desk: &Desk, places: Vec<Position>) -> Result<Batch> {
    let inner = desk.clone();
    desk.store
        .read(move |tx| {
            let head = events::head(tx)?;
            let mut frames = Vec::new();
            if let Some(first) = places.iter().copied().filter(|after| *after < head && !is_too_far(*after, head)).min() {
                for event in events::after(tx, first, REPLAY)? {
                    frames.extend(feed::frames_for_agents(tx, &inner, &event)?.into_iter().map(|frame| (event.position, frame)));
                }
            }
            Ok::<_, Error>(Batch { head, frames })
        })
        .await
}
