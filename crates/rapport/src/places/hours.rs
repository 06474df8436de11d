//! Opening hours: weekly, by the wall clock of a time zone; what is open now and what opens next.

use jiff::{
    Timestamp, ToSpan,
    civil::{Time, Weekday},
    tz::TimeZone,
};
use platform::{clock::Moment, web::Problem, word_enum};
use serde::{Deserialize, Serialize};

word_enum! {
    /// A day of the week.
    Day {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
}

impl Day {
    fn of(weekday: Weekday) -> Day {
        Day::ALL[usize::try_from(weekday.to_monday_zero_offset()).unwrap_or(0)]
    }
}

/// One opening of a day. `to` is `24:00` for the end of the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The day.
    pub day: Day,
    /// `HH:MM` by the wall clock.
    #[schema(example = "09:00")]
    pub from: String,
    /// `HH:MM`, later than `from`.
    #[schema(example = "18:00")]
    pub to: String,
}

/// Weekly opening hours. No opening at all means: always open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// IANA name, e.g. `Europe/Lisbon`.
    #[schema(example = "Europe/Lisbon")]
    pub time_zone: String,
    /// The openings.
    pub weekly: Vec<Opening>,
}

impl Default for Hours {
    fn default() -> Hours {
        Hours { time_zone: "UTC".into(), weekly: Vec::new() }
    }
}

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

impl Hours {
    /// Refuses unknown time zones and openings that end before they begin.
    pub fn check(&self) -> Result<(), Problem> {
        TimeZone::get(&self.time_zone)
            .map_err(|_| Problem::invalid("/hours/time_zone", format!("There is no time zone {}; write e.g. Europe/Lisbon.", self.time_zone)))?;
        if self.weekly.len() > 50 {
            return Err(Problem::invalid("/hours/weekly", "At most 50 openings a week."));
        }
        for (index, opening) in self.weekly.iter().enumerate() {
            let valid = minutes(&opening.from).zip(minutes(&opening.to)).is_some_and(|(from, to)| from < to);
            if !valid {
                return Err(Problem::invalid(&format!("/hours/weekly/{index}"), "Write from and to as HH:MM, from before to; 24:00 is the end of the day."));
            }
        }
        Ok(())
    }

    /// Whether there are no hours, that is: always open.
    pub fn is_always_open(&self) -> bool {
        self.weekly.is_empty()
    }

    /// The state at `at`.
    pub fn state(&self, at: Moment) -> State {
        if self.is_always_open() {
            return State { open: true, opens_at: None, closes_at: None };
        }
        let at = at.timestamp();
        let spans = self.spans(at);
        // Openings that touch (Friday to 24:00, Saturday from 00:00) are one to the customer.
        let mut closes: Option<Timestamp> = spans.iter().find(|(from, to)| *from <= at && at < *to).map(|(_, to)| *to);
        while let Some(end) = closes {
            match spans.iter().find(|(from, to)| *from <= end && end < *to) {
                Some((_, later)) => closes = Some(*later),
                None => break,
            }
        }
        let opens = spans.iter().map(|(from, _)| *from).filter(|from| *from > at).min();
        State { open: closes.is_some(), opens_at: opens.filter(|_| closes.is_none()).map(Into::into), closes_at: closes.map(Into::into) }
    }

    /// The openings of yesterday to in eight days, as moments. A time a change of clocks skips is taken as the next that exists.
    fn spans(&self, around: Timestamp) -> Vec<(Timestamp, Timestamp)> {
        let zone = TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC);
        let today = around.to_zoned(zone.clone()).date();
        let mut spans = Vec::new();
        for offset in -1..=8 {
            let Ok(date) = today.checked_add(offset.days()) else { continue };
            for opening in self.weekly.iter().filter(|opening| opening.day == Day::of(date.weekday())) {
                let moment = |text: &str| -> Option<Timestamp> {
                    let minutes = minutes(text)?;
                    let (date, time) = if minutes == 24 * 60 {
                        (date.tomorrow().ok()?, Time::midnight())
                    } else {
                        (date, Time::new((minutes / 60) as i8, (minutes % 60) as i8, 0, 0).ok()?)
                    };
                    Some(date.to_datetime(time).to_zoned(zone.clone()).ok()?.timestamp())
                };
                if let (Some(from), Some(to)) = (moment(&opening.from), moment(&opening.to)) {
                    spans.push((from, to));
                }
            }
        }
        spans
    }
}

fn minutes(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= 24 * 60).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office(weekly: &[(Day, &str, &str)]) -> Hours {
        Hours {
            time_zone: "Europe/Warsaw".into(),
            weekly: weekly.iter().map(|(day, from, to)| Opening { day: *day, from: (*from).into(), to: (*to).into() }).collect(),
        }
    }

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    #[test]
    fn on_friday_evening_it_opens_on_monday() {
        let hours = office(&[(Day::Monday, "10:00", "18:00"), (Day::Friday, "09:00", "17:00")]);

        // Friday 2026-11-20, 17:30 in Warsaw is 16:30 UTC.
        let state = hours.state(at("2026-11-20T16:30:00Z"));

        assert!(!state.open);
        assert_eq!(state.opens_at, Some(at("2026-11-23T09:00:00Z")));
    }

    #[test]
    fn hours_follow_the_wall_clock_over_a_change_of_clocks() {
        let hours = office(&[(Day::Sunday, "09:00", "12:00")]);

        // In Warsaw the clocks go back on 2026-10-25: 09:00 is 08:00 UTC from then on, 07:00 before.
        assert!(!hours.state(at("2026-10-25T07:30:00Z")).open);
        assert!(hours.state(at("2026-10-18T07:30:00Z")).open);
    }

    #[test]
    fn openings_that_touch_at_midnight_are_one() {
        let hours = office(&[(Day::Friday, "20:00", "24:00"), (Day::Saturday, "00:00", "02:00")]);

        let state = hours.state(at("2026-11-20T20:00:00Z"));

        assert_eq!(state.closes_at, Some(at("2026-11-21T01:00:00Z")));
    }

    #[test]
    fn no_openings_mean_always_open() {
        assert_eq!(Hours::default().state(at("2026-11-20T20:00:00Z")), State { open: true, opens_at: None, closes_at: None });
    }

    #[test]
    fn wrong_hours_are_refused_in_words() {
        assert!(office(&[(Day::Monday, "18:00", "09:00")]).check().is_err());
        assert!(office(&[(Day::Monday, "9", "18:00")]).check().is_err());
        assert!(Hours { time_zone: "Mars/Olympus".into(), weekly: vec![] }.check().is_err());
    }
}
