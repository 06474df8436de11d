//! Request bodies that must keep a pace, so that a thousand clients at a byte a second hold nothing for long.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::body::Body;
use bytes::Bytes;
use hyper::body::{Body as _, Frame, Incoming, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

/// A body may pause for this long.
const GRACE: Duration = Duration::from_secs(10);
/// Beside that, so many bytes a second.
const BYTES_A_SECOND: u64 = 1_000;

/// The body came more slowly than one kilobyte a second.
#[derive(Debug, thiserror::Error)]
#[error("the body came too slowly")]
struct TooSlow;

/// A request's body as the handlers read it.
pub(super) fn paced(body: Incoming) -> Body {
    if body.is_end_stream() { Body::empty() } else { Body::new(Paced { body, pace: Pace::from(Instant::now()), alarm: None }) }
}

/// Whether this is why a body could not be read to its end.
pub(super) fn is_too_slow(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |cause| cause.source()).any(|cause| cause.is::<TooSlow>())
}

/// Until when the next piece must have come.
#[derive(Debug)]
struct Pace {
    until: Instant,
    /// When a piece was last handed on: what passes until the next is asked for is not the client's doing.
    handed_on: Option<Instant>,
}

impl Pace {
    fn from(now: Instant) -> Pace {
        Pace { until: now + GRACE, handed_on: Some(now) }
    }

    /// Somebody asks for the next piece; whether the client still has time.
    fn asked(&mut self, now: Instant) -> bool {
        self.until += self.handed_on.take().map_or(Duration::ZERO, |before| now - before);
        now < self.until
    }

    /// A piece has come. A fast beginning is no credit for a slow end, so the time it earns is bounded.
    fn came(&mut self, now: Instant, bytes: usize) {
        let earned = self.until + Duration::from_millis(bytes as u64 * 1_000 / BYTES_A_SECOND);
        self.until = earned.min(now + GRACE);
        self.handed_on = Some(now);
    }
}

struct Paced {
    body: Incoming,
    pace: Pace,
    alarm: Option<Pin<Box<Sleep>>>,
}

impl hyper::body::Body for Paced {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let now = Instant::now();
        if !self.pace.asked(now) {
            return Poll::Ready(Some(Err(axum::Error::new(TooSlow))));
        }
        match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Ready(Some(Ok(frame))) => {
                self.pace.came(now, frame.data_ref().map_or(0, Bytes::len));
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(ended) => Poll::Ready(ended.map(|ended| ended.map_err(axum::Error::new))),
            Poll::Pending => {
                let until = self.pace.until;
                let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep_until(until)));
                alarm.as_mut().reset(until);
                alarm.as_mut().poll(context).map(|()| Some(Err(axum::Error::new(TooSlow))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces of so many bytes, each so many seconds after it was asked for, by somebody who asks at once; how many came in time.
    fn in_time(pieces: &[(u64, usize)]) -> usize {
        let mut now = Instant::now();
        let mut pace = Pace::from(now);
        for (number, (seconds, bytes)) in pieces.iter().enumerate() {
            assert!(pace.asked(now));
            now += Duration::from_secs(*seconds);
            if now >= pace.until {
                return number;
            }
            pace.came(now, *bytes);
        }
        pieces.len()
    }

    #[test]
    fn a_byte_a_second_is_cut_off_after_the_grace_and_a_kilobyte_a_second_is_not() {
        assert_eq!(in_time(&[(1, 1); 60]), 10);
        assert_eq!(in_time(&[(1, 1_100); 60]), 60);
        assert_eq!(in_time(&[(9, 10)]), 1, "who begins slowly but is done in time");
    }

    #[test]
    fn neither_a_fast_beginning_nor_pieces_that_come_together_buy_time() {
        assert_eq!(in_time(&[(1, 1_000_000), (11, 1)]), 1);
        assert_eq!(in_time(&[(6, 1), (0, 1)].repeat(10)), 2);
    }

    #[test]
    fn time_in_which_nobody_asks_is_not_the_clients() {
        let mut now = Instant::now();
        let mut pace = Pace::from(now);
        for _ in 0..5 {
            now += Duration::from_secs(30);
            assert!(pace.asked(now), "the disk was slow, not the client");
            pace.came(now, 10);
        }
    }
}
