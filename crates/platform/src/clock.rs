//! Time as an edge: the one place that asks the machine what time it is.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A moment in UTC, in microseconds since 1970-01-01. In JSON: RFC 3339 with microseconds and `Z`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Moment(pub i64);

impl Moment {
    /// This moment and `duration` more; saturates at the ends of time.
    pub fn plus(self, duration: Duration) -> Moment {
        Moment(self.0.saturating_add(i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)))
    }

    /// `duration` before this moment.
    pub fn minus(self, duration: Duration) -> Moment {
        Moment(self.0.saturating_sub(i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)))
    }

    /// How long after `earlier` this is; zero when it is not after it.
    pub fn since(self, earlier: Moment) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// How far apart the two are, whichever is earlier. For what was noted a while ago: a clock that was turned back in between makes it
    /// lie in the future, and it must not count as fresh until then.
    pub fn apart(self, other: Moment) -> Duration {
        self.since(other).max(other.since(self))
    }

    /// The same moment for calendar arithmetic. A value outside jiff's range is clamped to its ends.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 { Timestamp::MIN } else { Timestamp::MAX })
    }

    /// Reads RFC 3339.
    pub fn parse(text: &str) -> Result<Moment, jiff::Error> {
        Ok(text.parse::<Timestamp>()?.into())
    }
}

impl From<Timestamp> for Moment {
    fn from(timestamp: Timestamp) -> Moment {
        Moment(timestamp.as_microsecond())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.6}", self.timestamp())
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Moment, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Moment::parse(&text).map_err(|_| serde::de::Error::custom("not an RFC 3339 time, e.g. 2026-11-22T14:28:29Z"))
    }
}

impl utoipa::PartialSchema for Moment {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
        ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime))).build().into()
    }
}
impl utoipa::ToSchema for Moment {}

/// Where time comes from: the machine, or a test that moves it by hand.
#[derive(Clone, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    Real,
    /// Stands still until it is moved.
    Fake(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `at` until [`Clock::advance`] moves it.
    pub fn fake(at: Moment) -> Clock {
        Clock::Fake(Arc::new(AtomicI64::new(at.0)))
    }

    /// Now.
    #[expect(clippy::disallowed_methods, reason = "this is the edge")]
    pub fn now(&self) -> Moment {
        match self {
            Clock::Real => Timestamp::now().into(),
            Clock::Fake(at) => Moment(at.load(Ordering::SeqCst)),
        }
    }

    /// Turns a fake clock back.
    pub fn turn_back(&self, by: Duration) {
        if let Clock::Fake(at) = self {
            at.fetch_sub(i64::try_from(by.as_micros()).unwrap_or(0), Ordering::SeqCst);
        }
    }

    /// Moves a fake clock on; the machine's clock cannot be moved.
    pub fn advance(&self, by: Duration) {
        if let Clock::Fake(at) = self {
            at.fetch_add(i64::try_from(by.as_micros()).unwrap_or(0), Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_back_what_it_wrote() {
        let moment = Moment(1_790_000_000_123_456);

        assert_eq!(moment.to_string(), "2026-09-21T14:13:20.123456Z");
        assert_eq!(Moment::parse(&moment.to_string()).unwrap(), moment);
    }

    #[test]
    fn a_fake_clock_moves_only_by_hand() {
        let clock = Clock::fake(Moment(0));

        clock.advance(Duration::from_secs(2));

        assert_eq!(clock.now(), Moment(2_000_000));
    }
}
