//! Connections that hear of a change as it happens: bounded queues by topic. What a frame says is the product's business.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use axum::extract::ws::Utf8Bytes;
use parking_lot::RwLock;
use tokio::sync::{Notify, mpsc};
use uuid::Uuid;

use crate::events::Position;

/// Frames that may wait for one connection; a reader slower than this is told to come back and resync.
pub const QUEUE: usize = 256;

/// A frame: text that is rendered once and shared by all who receive it.
pub type Frame = Utf8Bytes;

/// One open connection.
pub struct Connection<M> {
    /// Names it in this process.
    pub id: u64,
    /// What the product knows of it.
    pub who: M,
    frames: mpsc::Sender<Utf8Bytes>,
    overrun: Notify,
}

impl<M> Connection<M> {
    /// Resolves when this connection was too slow for its queue: it gets nothing any more and should be told to come back.
    pub async fn overrun(&self) {
        self.overrun.notified().await;
    }

    /// Ends this connection, e.g. because its viewer lost the right to listen.
    pub fn end(&self) {
        self.overrun.notify_one();
    }
}

/// All open connections of this process.
pub struct Hub<M> {
    topics: RwLock<HashMap<Uuid, Vec<Arc<Connection<M>>>>>,
    next: AtomicU64,
    open: AtomicI64,
    position: AtomicI64,
}

impl<M> Default for Hub<M> {
    fn default() -> Self {
        Hub { topics: RwLock::default(), next: AtomicU64::new(1), open: AtomicI64::new(0), position: AtomicI64::new(0) }
    }
}

impl<M: Send + Sync> Hub<M> {
    /// Adds a connection that listens to `topics`. Dropping the [`Seat`] removes it.
    pub fn connect(self: &Arc<Self>, who: M, topics: Vec<Uuid>) -> (Seat<M>, mpsc::Receiver<Utf8Bytes>) {
        let (frames, receiver) = mpsc::channel(QUEUE);
        let connection = Arc::new(Connection { id: self.next.fetch_add(1, Ordering::Relaxed), who, frames, overrun: Notify::new() });
        let mut map = self.topics.write();
        for topic in &topics {
            map.entry(*topic).or_default().push(connection.clone());
        }
        self.open.fetch_add(1, Ordering::Relaxed);
        (Seat { hub: self.clone(), connection, topics }, receiver)
    }

    /// Sends `frame` to the connections of `topic` that `wanted` picks. A connection whose queue is full is dropped from the
    /// topic and learns it through [`Connection::overrun`].
    pub fn publish(&self, topic: Uuid, wanted: impl Fn(&Connection<M>) -> bool, frame: &Utf8Bytes) {
        let mut slow = Vec::new();
        if let Some(connections) = self.topics.read().get(&topic) {
            for connection in connections.iter().filter(|connection| wanted(connection)) {
                if connection.frames.try_send(frame.clone()).is_err() {
                    connection.overrun.notify_one();
                    slow.push(connection.id);
                }
            }
        }
        if !slow.is_empty() {
            self.forget(&slow);
        }
    }

    /// The connections of a topic.
    pub fn listeners(&self, topic: Uuid) -> Vec<Arc<Connection<M>>> {
        self.topics.read().get(&topic).cloned().unwrap_or_default()
    }

    /// Whether anybody listens to `topic`.
    pub fn is_listening(&self, topic: Uuid) -> bool {
        self.topics.read().contains_key(&topic)
    }

    /// How many connections are open.
    pub fn len(&self) -> usize {
        usize::try_from(self.open.load(Ordering::Relaxed)).unwrap_or(0)
    }

    /// Whether nobody is connected.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The position up to which everything has been sent; heartbeats carry it.
    pub fn position(&self) -> Position {
        self.position.load(Ordering::Acquire)
    }

    /// Says that everything up to `position` has been sent.
    pub fn reached(&self, position: Position) {
        self.position.fetch_max(position, Ordering::AcqRel);
    }

    /// Ends every connection there is, e.g. because there is too much to tell: each comes back and loads anew.
    pub fn end_all(&self) {
        let ended = std::mem::take(&mut *self.topics.write());
        for connection in ended.into_values().flatten() {
            connection.end();
        }
    }

    fn forget(&self, ids: &[u64]) {
        let mut map = self.topics.write();
        map.retain(|_, connections| {
            connections.retain(|connection| !ids.contains(&connection.id));
            !connections.is_empty()
        });
    }
}

/// A connection's place in the hub.
pub struct Seat<M: Send + Sync> {
    hub: Arc<Hub<M>>,
    /// The connection.
    pub connection: Arc<Connection<M>>,
    topics: Vec<Uuid>,
}

impl<M: Send + Sync> Seat<M> {
    /// Puts a frame into this connection's own queue; `false` when it is full.
    pub fn send(&self, frame: Utf8Bytes) -> bool {
        self.connection.frames.try_send(frame).is_ok()
    }
}

impl<M: Send + Sync> Drop for Seat<M> {
    fn drop(&mut self) {
        let mut map = self.hub.topics.write();
        for topic in &self.topics {
            if let Some(connections) = map.get_mut(topic) {
                connections.retain(|connection| connection.id != self.connection.id);
                if connections.is_empty() {
                    map.remove(topic);
                }
            }
        }
        self.hub.open.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_slow_reader_is_dropped_and_others_go_on() {
        let hub = Arc::new(Hub::default());
        let topic = Uuid::nil();
        let (slow, mut slow_queue) = hub.connect("slow", vec![topic]);
        let (_quick, mut quick_queue) = hub.connect("quick", vec![topic]);

        for n in 0..=QUEUE {
            hub.publish(topic, |_| true, &n.to_string().into());
            quick_queue.recv().await.unwrap();
        }

        assert_eq!(hub.listeners(topic).len(), 1);
        slow.connection.overrun().await;
        let mut received = 0;
        while slow_queue.try_recv().is_ok() {
            received += 1;
        }
        assert_eq!(received, QUEUE, "what was queued is still delivered");
    }

    #[tokio::test]
    async fn all_are_ended_and_newcomers_are_not() {
        let hub = Arc::new(Hub::default());
        let topics = [Uuid::from_u128(1), Uuid::from_u128(2)];
        let (both, _frames) = hub.connect("both", topics.to_vec());
        let (one, _frames) = hub.connect("one", vec![topics[1]]);

        hub.end_all();
        let (_newcomer, mut frames) = hub.connect("newcomer", vec![topics[1]]);
        hub.publish(topics[1], |_| true, &"news".into());

        both.connection.overrun().await;
        one.connection.overrun().await;
        assert_eq!(frames.recv().await.unwrap(), "news");
        drop((both, one));
        assert_eq!((hub.len(), hub.listeners(topics[1]).len()), (1, 1));
    }
}
