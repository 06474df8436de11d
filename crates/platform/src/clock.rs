//! Time as an edge: the one place that asks the machine what time it is.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use jiff::Timestamp;
use parking_lot::Mutex;
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

    /// How far this clock was moved since the process began, other than time passed; `None` when it goes as it should. What was moved
    /// and stays so for two days is taken for the truth.
    #[expect(clippy::disallowed_methods, reason = "time that passes is what the clock is compared with")]
    pub fn jumped(&self) -> Option<Duration> {
        static COURSE: Mutex<Option<Course>> = Mutex::new(None);
        let Clock::Real = self else { return None };
        let (wall, passed) = (self.now(), Instant::now());
        COURSE.lock().get_or_insert(Course { wall, passed, strays_since: None }).compare(wall, passed)
    }

    /// Moves a fake clock on; the machine's clock cannot be moved.
    pub fn advance(&self, by: Duration) {
        if let Clock::Fake(at) = self {
            at.fetch_add(i64::try_from(by.as_micros()).unwrap_or(0), Ordering::SeqCst);
        }
    }
}

/// A clock and time that passes, side by side.
struct Course {
    wall: Moment,
    passed: Instant,
    strays_since: Option<Instant>,
}

impl Course {
    /// Less is what an operator or the network corrects.
    const TOLERATED: Duration = Duration::from_secs(3600);
    /// Who sleeps for a night, as a laptop does, is not wrong for ever.
    const BELIEVED_AFTER: Duration = Duration::from_secs(2 * 86_400);

    fn compare(&mut self, wall: Moment, passed: Instant) -> Option<Duration> {
        let off = wall.apart(self.wall.plus(passed - self.passed));
        if off < Self::TOLERATED {
            self.strays_since = None;
            return None;
        }
        let since = *self.strays_since.get_or_insert(passed);
        if passed - since < Self::BELIEVED_AFTER {
            return Some(off);
        }
        *self = Course { wall, passed, strays_since: None };
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a moment to count from")]
    fn a_clock_that_jumps_is_found_out_and_believed_after_two_days() {
        let (began, hour, day) = (Instant::now(), Duration::from_secs(3600), Duration::from_secs(86_400));
        let noon = Moment(1_790_000_000_000_000);
        let mut course = Course { wall: noon, passed: began, strays_since: None };

        assert_eq!(course.compare(noon.plus(5 * day), began + 5 * day), None);
        assert_eq!(course.compare(noon.plus(6 * day), began + 5 * day + hour), Some(23 * hour));
        assert_eq!(course.compare(noon.plus(5 * day + 2 * hour), began + 5 * day + 2 * hour), None, "it is right again");
        assert_eq!(course.compare(noon.minus(day), began + 6 * day), Some(7 * day));
        assert_eq!(course.compare(noon.plus(day + hour), began + 8 * day + hour), None, "it has stayed so for two days");
    }

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
