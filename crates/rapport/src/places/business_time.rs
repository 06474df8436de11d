//! Business time: what hours and special days come to. What is open now, what opens next, how much business time lies between two
//! moments, and when so much of it will have passed.
//!
//! An opening is the set of moments at which the wall clock shows a time of it. So over a change of clocks an hour that is shown twice
//! counts twice, and one that is skipped does not count.

use std::{collections::HashMap, time::Duration};

use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};
use platform::clock::Moment;

use super::hours::{Day, Hours, Said, SpecialDay, minutes};

const MINUTE: i64 = 60_000_000;
/// How far ahead an opening is looked for: special days may close a year, not for ever.
const HORIZON_DAYS: usize = 800;

/// Whether it is open at a moment, and when that changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// Whether it is open.
    pub open: bool,
    /// When it opens next; none while open or when it never opens.
    pub opens_at: Option<Moment>,
    /// When it closes; none while closed or when it never closes.
    pub closes_at: Option<Moment>,
}

/// Openings of one day, in minutes since midnight: in order, apart from each other.
type Openings = Vec<(i64, i64)>;

/// The special days of one place.
struct Layer {
    dates: HashMap<Date, Openings>,
    yearly: HashMap<(i8, i8), Openings>,
}

/// Hours ready to be asked.
pub struct BusinessTime {
    zone: TimeZone,
    zone_name: String,
    week: Vec<Openings>,
    /// Nearest first.
    layers: Vec<Layer>,
    always_open: bool,
}

impl BusinessTime {
    /// What holds where several say something, nearest first: the nearest week, and for each day the nearest special day.
    pub fn nearest(said: &[Said]) -> BusinessTime {
        let fallback = Hours::default();
        let hours = said.iter().find_map(|said| said.hours.as_ref()).unwrap_or(&fallback);
        let heard = said.iter().position(|said| !said.inherits_special_days).map_or(said.len(), |last| last + 1);
        let layers: Vec<Layer> = said[..heard].iter().filter(|said| !said.special_days.is_empty()).map(|said| layer(&said.special_days)).collect();
        BusinessTime {
            zone: TimeZone::get(&hours.time_zone).unwrap_or(TimeZone::UTC),
            zone_name: hours.time_zone.clone(),
            always_open: hours.weekly.is_empty() && layers.is_empty(),
            week: week(hours),
            layers,
        }
    }

    /// Whether it never closes.
    pub fn is_always_open(&self) -> bool {
        self.always_open
    }

    /// The IANA name of the time zone by whose wall clock this goes.
    pub fn time_zone(&self) -> &str {
        &self.zone_name
    }

    /// The state at `at`.
    pub fn state(&self, at: Moment) -> State {
        if self.always_open {
            return State { open: true, opens_at: None, closes_at: None };
        }
        // Openings that touch (Friday to 24:00, Saturday from 00:00) are one to the customer.
        let mut closes: Option<i64> = None;
        for (from, to) in self.openings(at.0).take_while(|(from, _)| *from < at.0 + 86_400_000_000 * HORIZON_DAYS as i64) {
            match closes {
                None if to <= at.0 => {}
                None if from <= at.0 => closes = Some(to),
                None => return State { open: false, opens_at: Some(Moment(from)), closes_at: None },
                Some(end) if from <= end => closes = Some(to),
                Some(_) => break,
            }
        }
        // One that goes on to the horizon does not close.
        let never = closes.is_some_and(|end| end >= at.0 + 86_400_000_000 * (HORIZON_DAYS as i64 - 2));
        State { open: closes.is_some(), opens_at: None, closes_at: closes.filter(|_| !never).map(Moment) }
    }

    /// Whether it is open at `at`.
    pub fn is_open(&self, at: Moment) -> bool {
        self.always_open || self.openings(at.0).take_while(|(from, _)| *from <= at.0).any(|(_, to)| at.0 < to)
    }

    /// How much business time lies between two moments; none when `to` is not later.
    pub fn between(&self, from: Moment, to: Moment) -> Duration {
        if self.always_open {
            return micros(to.0 - from.0);
        }
        micros(self.openings(from.0).take_while(|(opens, _)| *opens < to.0).map(|(opens, closes)| (closes.min(to.0) - opens.max(from.0)).max(0)).sum())
    }

    /// The moment at which so much business time will have passed; none when it is not open so long within two years.
    pub fn after(&self, from: Moment, time: Duration) -> Option<Moment> {
        let mut left = i64::try_from(time.as_micros()).ok()?;
        if self.always_open || left == 0 {
            return from.0.checked_add(left).map(Moment);
        }
        for (opens, closes) in self.openings(from.0) {
            let opens = opens.max(from.0);
            if closes <= opens {
                continue;
            }
            if closes - opens >= left {
                return Some(Moment(opens + left));
            }
            left -= closes - opens;
        }
        None
    }

    /// The openings from the day of `at` on, in order, as microseconds; those of one day may lie before `at`.
    fn openings(&self, at: i64) -> impl Iterator<Item = (i64, i64)> + '_ {
        let first = Moment(at).timestamp().to_zoned(self.zone.clone()).date();
        let days = std::iter::successors(Some(first), |date| date.tomorrow().ok()).take(HORIZON_DAYS);
        days.flat_map(|date| self.openings_on(date))
    }

    fn openings_on(&self, date: Date) -> Vec<(i64, i64)> {
        let openings = self.layers.iter().find_map(|layer| layer.dates.get(&date).or_else(|| layer.yearly.get(&(date.month(), date.day()))));
        let openings = openings.unwrap_or_else(|| &self.week[usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0)]);
        let mut found = Vec::with_capacity(openings.len());
        if openings.is_empty() {
            return found;
        }
        let Some((begins, ends)) = self.first_of(date).zip(date.tomorrow().ok().and_then(|next| self.first_of(next))) else { return found };
        // Between two changes of clocks the wall clock runs as time does.
        let mut from = begins;
        while from < ends {
            let (offset, until) = self.stretch(from, ends);
            let Ok(midnight) = offset.to_timestamp(date.to_datetime(Time::midnight())) else { return found };
            let midnight = midnight.as_microsecond();
            for (opens, closes) in openings {
                let (opens, closes) = ((midnight + opens * MINUTE).max(from), (midnight + closes * MINUTE).min(until));
                if opens < closes {
                    found.push((opens, closes));
                }
            }
            from = until;
        }
        found
    }

    /// The first moment of a day.
    fn first_of(&self, date: Date) -> Option<i64> {
        Some(date.to_zoned(self.zone.clone()).ok()?.timestamp().as_microsecond())
    }

    /// How far the clock is ahead of UTC at `from`, and up to when it stays so, at most `ends`.
    fn stretch(&self, from: i64, ends: i64) -> (jiff::tz::Offset, i64) {
        let at = |micros: i64| Moment(micros).timestamp();
        let offset = self.zone.to_offset(at(from));
        if offset == self.zone.to_offset(at(ends - 1)) {
            return (offset, ends);
        }
        let change = self.zone.following(at(from)).map(|change| change.timestamp()).find(|change| self.zone.to_offset(*change) != offset);
        (offset, change.map_or(ends, |change: Timestamp| change.as_microsecond().min(ends)))
    }
}

fn micros(count: i64) -> Duration {
    Duration::from_micros(u64::try_from(count).unwrap_or(0))
}

fn week(hours: &Hours) -> Vec<Openings> {
    if hours.weekly.is_empty() {
        return vec![vec![(0, 24 * 60)]; 7];
    }
    let of = |day: Day| hours.weekly.iter().filter(move |opening| opening.day == day).map(|opening| (opening.from.as_str(), opening.to.as_str()));
    Day::ALL.iter().map(|day| joined(of(*day))).collect()
}

fn layer(days: &[SpecialDay]) -> Layer {
    let mut layer = Layer { dates: HashMap::new(), yearly: HashMap::new() };
    for day in days {
        let openings = joined(day.openings.iter().map(|opening| (opening.from.as_str(), opening.to.as_str())));
        if day.every_year {
            layer.yearly.insert((day.date.month(), day.date.day()), openings);
        } else {
            layer.dates.insert(day.date, openings);
        }
    }
    layer
}

/// In order, and what overlaps as one, so that no minute counts twice.
fn joined<'a>(openings: impl Iterator<Item = (&'a str, &'a str)>) -> Openings {
    let mut sorted: Openings = openings.filter_map(|(from, to)| minutes(from).zip(minutes(to))).collect();
    sorted.sort_unstable();
    let mut joined: Openings = Vec::with_capacity(sorted.len());
    for (from, to) in sorted {
        match joined.last_mut() {
            Some((_, end)) if from <= *end => *end = to.max(*end),
            _ => joined.push((from, to)),
        }
    }
    joined
}

#[cfg(test)]
mod tests;
