//! Visitors who write through the public API: as fast as they are answered, or at a fixed rate.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Result, ensure};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::figures::Latencies;
use crate::http::{Http, send};
use crate::socket::session;

/// How many customers write at the same time.
pub const WRITERS: usize = 64;

/// Each writer speaks for several visitors in turn, so that no single conversation takes all messages.
pub const VISITORS_PER_WRITER: usize = 16;

/// What a customer typically writes: 120 characters.
const TEXT: &str = "Good morning, my parcel was due yesterday and has not come. Could you please look where it is? Thank you in advance, A.";

/// Connected writers with their sessions; every visitor has written once, so that conversations exist.
#[derive(Debug)]
pub struct Writers {
    writers: Vec<Writer>,
    run: String,
}

#[derive(Debug)]
struct Writer {
    http: Http,
    sessions: Vec<String>,
    next: usize,
}

/// How a run is paced.
#[derive(Debug, Clone, Copy)]
pub enum Pace {
    /// The next message as soon as the last one is acknowledged.
    Closed,
    /// So many messages a second in all, whether or not the server keeps up; latency counts from the planned moment.
    Open {
        /// Messages a second over all writers.
        per_second: u64,
    },
}

impl Writers {
    /// Connects the writers and has every visitor write a first message.
    pub async fn connect(address: SocketAddr, inbox_key: &str, run: &str) -> Result<Self> {
        let mut writers = Vec::with_capacity(WRITERS);
        for number in 0..WRITERS {
            let mut http = Http::connect(address).await?;
            let mut sessions = Vec::with_capacity(VISITORS_PER_WRITER);
            for visitor in 0..VISITORS_PER_WRITER {
                let token = session(&mut http, inbox_key).await?;
                let key = format!("{run}-first-{number}-{visitor}");
                http.exchange(&message(&token, &key, TEXT)).await?.expect(201)?;
                sessions.push(token);
            }
            writers.push(Writer { http, sessions, next: number });
        }
        Ok(Self { writers, run: run.into() })
    }

    /// Writes for so long; gives the latencies of the acknowledged messages and how long the run took.
    pub async fn write(&mut self, pace: Pace, lasting: Duration, round: &str) -> Result<(Latencies, Duration)> {
        let ticket = Arc::new(AtomicU64::new(0));
        // A short head start lets every writer wait for its ticket before the first one is due.
        let start = Instant::now() + Duration::from_millis(20);
        let mut tasks = JoinSet::new();
        for writer in self.writers.drain(..) {
            let prefix = format!("{}-{round}", self.run);
            tasks.spawn(writer.write(pace, start, lasting, prefix, Arc::clone(&ticket)));
        }
        let mut latencies = Latencies::default();
        let mut last = start;
        while let Some(finished) = tasks.join_next().await {
            let (writer, own, end) = finished??;
            latencies.merge(&own);
            last = last.max(end);
            self.writers.push(writer);
        }
        ensure!(!latencies.is_empty(), "no message was acknowledged");
        Ok((latencies, last - start))
    }
}

impl Writer {
    async fn write(mut self, pace: Pace, start: Instant, lasting: Duration, prefix: String, ticket: Arc<AtomicU64>) -> Result<(Self, Latencies, Instant)> {
        let mut latencies = Latencies::default();
        loop {
            let number = ticket.fetch_add(1, Ordering::Relaxed);
            let planned = match pace {
                Pace::Closed => Instant::now().max(start),
                Pace::Open { per_second } => start + Duration::from_nanos(number * 1_000_000_000 / per_second),
            };
            if planned - start >= lasting {
                return Ok((self, latencies, Instant::now()));
            }
            if planned > Instant::now() {
                tokio::time::sleep_until(planned).await;
            }
            let session = &self.sessions[self.next % self.sessions.len()];
            self.next += 1;
            let request = message(session, &format!("{prefix}-{number}"), TEXT);
            self.http.exchange(&request).await?.expect(201)?;
            latencies.record(planned.elapsed());
        }
    }
}

fn message(token: &str, key: &str, text: &str) -> Vec<u8> {
    send("POST", "/api/v1/chat/messages", Some(token), Some(key), &format!("{{\"text\":\"{text}\"}}"))
}
