//! Opening hours as they are kept: weekly, by the wall clock of a time zone, and special days that go before the week. What follows
//! from them is [`super::business_time`].

use std::collections::HashSet;

use jiff::{civil::Date, tz::TimeZone};
use platform::{web::Problem, word_enum};
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

/// From when to when on a special day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    /// `HH:MM` by the wall clock.
    #[schema(example = "10:00")]
    pub from: String,
    /// `HH:MM`, later than `from`; `24:00` is the end of the day.
    #[schema(example = "14:00")]
    pub to: String,
}

/// A day that goes before the week: a holiday, or a day with other hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SpecialDay {
    /// Which day.
    #[schema(value_type = String, format = Date, example = "2026-12-25")]
    pub date: Date,
    /// Whether it comes every year; a 29 February then comes in leap years.
    #[serde(default)]
    pub every_year: bool,
    /// What it is, for whoever keeps it.
    #[serde(default)]
    #[schema(example = "Christmas Day")]
    pub name: String,
    /// When it is open; nothing means closed.
    #[serde(default)]
    pub openings: Vec<Stretch>,
}

/// What a place or a team says of its hours. What is nearer to the work goes before what is further: team, location, its regions, brand.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Its own week and time zone; none takes those of what is further.
    pub hours: Option<Hours>,
    /// Its own special days.
    pub special_days: Vec<SpecialDay>,
    /// Whether those further away hold here as well.
    pub inherits_special_days: bool,
}

const MOST_SPECIAL_DAYS: usize = 500;

impl Hours {
    /// Refuses unknown time zones and openings that end before they begin.
    pub fn check(&self) -> Result<(), Problem> {
        TimeZone::get(&self.time_zone)
            .map_err(|_| Problem::invalid("/hours/time_zone", format!("There is no time zone {}; write e.g. Europe/Lisbon.", self.time_zone)))?;
        if self.weekly.len() > 50 {
            return Err(Problem::invalid("/hours/weekly", "At most 50 openings a week."));
        }
        for (index, opening) in self.weekly.iter().enumerate() {
            check_stretch(&format!("/hours/weekly/{index}"), &opening.from, &opening.to)?;
        }
        Ok(())
    }
}

/// Special days as they are kept, by date; refuses two for one day.
pub fn check_special_days(days: &[SpecialDay]) -> Result<Vec<SpecialDay>, Problem> {
    if days.len() > MOST_SPECIAL_DAYS {
        return Err(Problem::invalid("/special_days", format!("At most {MOST_SPECIAL_DAYS} special days. Remove those that are past.")));
    }
    let mut seen = HashSet::new();
    let mut checked = Vec::with_capacity(days.len());
    for (index, day) in days.iter().enumerate() {
        let pointer = format!("/special_days/{index}");
        if !(1970..=2200).contains(&day.date.year()) {
            return Err(Problem::invalid(&format!("{pointer}/date"), "Write a date between 1970 and 2200, e.g. 2026-12-25."));
        }
        let name = crate::check::optional_text(&format!("{pointer}/name"), &day.name, 100)?;
        if day.openings.len() > 10 {
            return Err(Problem::invalid(&format!("{pointer}/openings"), "At most 10 openings a day."));
        }
        for (at, opening) in day.openings.iter().enumerate() {
            check_stretch(&format!("{pointer}/openings/{at}"), &opening.from, &opening.to)?;
        }
        let year = if day.every_year { None } else { Some(day.date.year()) };
        if !seen.insert((year, day.date.month(), day.date.day())) {
            return Err(Problem::invalid(&format!("{pointer}/date"), format!("There are two entries for {}. Keep one of them.", day.date)));
        }
        checked.push(SpecialDay { name, ..day.clone() });
    }
    checked.sort_by_key(|day| day.date);
    Ok(checked)
}

fn check_stretch(pointer: &str, from: &str, to: &str) -> Result<(), Problem> {
    if minutes(from).zip(minutes(to)).is_some_and(|(from, to)| from < to) {
        return Ok(());
    }
    Err(Problem::invalid(pointer, "Write from and to as HH:MM, from before to; 24:00 is the end of the day."))
}

/// Minutes since midnight of a `HH:MM`.
pub(super) fn minutes(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
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

    #[test]
    fn wrong_hours_are_refused_in_words() {
        assert!(office(&[(Day::Monday, "18:00", "09:00")]).check().is_err());
        assert!(office(&[(Day::Monday, "9", "18:00")]).check().is_err());
        assert!(Hours { time_zone: "Mars/Olympus".into(), weekly: vec![] }.check().is_err());
    }

    #[test]
    fn a_day_has_one_entry() {
        let day = |date: &str, every_year| SpecialDay { date: date.parse().unwrap(), every_year, name: String::new(), openings: vec![] };

        assert!(check_special_days(&[day("2026-12-25", false), day("2026-12-25", false)]).is_err());
        assert!(check_special_days(&[day("2026-12-25", true), day("2027-12-25", true)]).is_err());
        let kept = check_special_days(&[day("2026-12-25", true), day("2026-12-25", false), day("2026-12-24", false)]).unwrap();
        assert_eq!(kept[0].date.to_string(), "2026-12-24", "by date");
    }
}
