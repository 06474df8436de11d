//! Beats at a fixed rate, told to whoever is free.
//!
//! The runtime's own timers wake up to a millisecond late, which is longer than the answers that are measured; a thread that
//! sleeps by itself is some fifty microseconds late.

use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::sync::{
    Mutex,
    mpsc::{UnboundedReceiver, unbounded_channel},
};

/// A moment at which something is due.
#[derive(Debug, Clone, Copy)]
pub struct Beat {
    /// Counts from 0.
    pub number: u64,
    /// When it was due, which is not when somebody was free to take it.
    pub due: Instant,
}

/// Beats of one run.
#[derive(Debug)]
pub struct Metronome {
    beats: Mutex<UnboundedReceiver<Beat>>,
}

impl Metronome {
    /// Beats so often a second for so long.
    pub fn start(per_second: u64, lasting: Duration) -> Result<Self> {
        let (tell, beats) = unbounded_channel();
        std::thread::Builder::new().name("metronome".into()).spawn(move || {
            let start = Instant::now();
            for number in 0.. {
                let after = Duration::from_nanos(number * 1_000_000_000 / per_second);
                if after >= lasting {
                    return;
                }
                let due = start + after;
                std::thread::sleep(due.saturating_duration_since(Instant::now()));
                if tell.send(Beat { number, due }).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self { beats: Mutex::new(beats) })
    }

    /// The next beat once it is due, to one of those who wait; `None` when the run is over.
    pub async fn next(&self) -> Option<Beat> {
        self.beats.lock().await.recv().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_beat_comes_once_and_not_before_it_is_due() {
        let metronome = Metronome::start(1_000, Duration::from_millis(50)).unwrap();

        let mut expected = 0;
        while let Some(beat) = metronome.next().await {
            assert!(Instant::now() >= beat.due);
            assert_eq!(beat.number, expected);
            expected += 1;
        }
        assert_eq!(expected, 50);
    }
}
