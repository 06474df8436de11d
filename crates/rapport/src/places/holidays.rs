//! Holidays out of a calendar file (iCalendar, RFC 5545), as special days for a person to choose from. Nothing is kept here.

use std::collections::BTreeMap;

use calcard::{
    Entry, Parser,
    common::{PartialDateTime, timezone::Tz},
    icalendar::{
        ICalendar, ICalendarComponent, ICalendarFrequency, ICalendarProperty, ICalendarRecurrenceRule, ICalendarStatus, ICalendarValue, dates::TimeOrDelta,
    },
};
use jiff::{ToSpan, civil::Date};
use platform::{web::Problem, word_enum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::hours::SpecialDay;

/// For how many years ahead events are read that come back by a rule (the fourth Thursday of November).
const YEARS_AHEAD: i16 = 5;
/// How many days one event may last; longer ones are seasons, not holidays.
const LONGEST: i64 = 31;
const MOST_DATES: usize = 20_000;
const MOST: usize = 500;

/// A calendar file.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarFile {
    /// What is in it.
    #[schema(example = "BEGIN:VCALENDAR ...")]
    pub content: String,
}

word_enum! {
    /// Why an event is no special day.
    Reason {
        /// It lasts hours, not days.
        NotAllDay = "not_all_day",
        /// It is over.
        Past = "past",
        /// It was cancelled.
        Cancelled = "cancelled",
        /// It lasts longer than a month.
        TooLong = "too_long",
        /// Its dates cannot be read.
        Unreadable = "unreadable",
    }
}

/// An event that is no special day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Skipped {
    /// What it is called.
    pub name: String,
    /// Why.
    pub reason: Reason,
}

/// What a calendar holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Holidays {
    /// Its whole days from today on, by date, all of them closed. What comes back on the same date stands here once.
    pub special_days: Vec<SpecialDay>,
    /// Its other events.
    pub skipped: Vec<Skipped>,
}

/// Reads a calendar on a day.
pub fn read(content: &str, today: Date) -> Result<Holidays, Problem> {
    let mut calendar = parse(content)?;
    let mut found = Holidays::default();
    let mut events = BTreeMap::new();
    for (id, component) in calendar.components.iter_mut().enumerate().filter(|(_, component)| component.component_type.is_event()) {
        let name = name(component);
        match reason(component) {
            Some(reason) => found.skipped.push(Skipped { name, reason }),
            None => drop(events.insert(id as u32, Event { name, every_year: bound(component, today), dates: Vec::new(), is_past: false })),
        }
    }
    for happening in calendar.expand_dates(Tz::Floating, MOST_DATES).events {
        let Some(event) = events.get_mut(&happening.comp_id) else { continue };
        let first = date(happening.start.date_naive());
        let days = match happening.end {
            TimeOrDelta::Time(end) => (end.date_naive() - happening.start.date_naive()).num_days(),
            TimeOrDelta::Delta(length) => length.num_days(),
        };
        event.take(first, days.max(1), today);
    }
    for event in events.into_values() {
        found.take(event);
    }
    found.special_days.sort_by_key(|day| (day.date, day.every_year));
    found.special_days.dedup_by(|one, other| one.date == other.date && one.every_year == other.every_year);
    found.special_days.truncate(MOST);
    found.skipped.truncate(MOST);
    Ok(found)
}

struct Event {
    name: String,
    every_year: bool,
    dates: Vec<Date>,
    is_past: bool,
}

impl Event {
    fn take(&mut self, first: Option<Date>, days: i64, today: Date) {
        let Some(first) = first else { return };
        // What comes every year is kept by its first date; it is never over.
        if self.every_year && !self.dates.is_empty() {
            return;
        }
        for offset in 0..days.min(LONGEST + 1) {
            let Ok(date) = first.checked_add(offset.days()) else { return };
            if self.every_year || date >= today {
                self.dates.push(date);
            } else {
                self.is_past = true;
            }
        }
    }
}

impl Holidays {
    fn take(&mut self, event: Event) {
        let Event { name, every_year, dates, is_past } = event;
        let reason = match dates.len() {
            0 if is_past => Reason::Past,
            0 => Reason::Unreadable,
            days if days as i64 > LONGEST && dates[LONGEST as usize].since(dates[0]).is_ok_and(|span| i64::from(span.get_days()) == LONGEST) => Reason::TooLong,
            _ => {
                self.special_days.extend(dates.into_iter().map(|date| SpecialDay { date, every_year, name: name.clone(), openings: Vec::new() }));
                return;
            }
        };
        self.skipped.push(Skipped { name, reason });
    }
}

fn parse(content: &str) -> Result<ICalendar, Problem> {
    match Parser::new(content).entry() {
        Entry::ICalendar(calendar) if calendar.components.iter().any(|component| component.component_type.is_event()) => Ok(calendar),
        Entry::ICalendar(_) => Err(Problem::invalid("/content", "This calendar holds no events.")),
        _ => Err(Problem::invalid("/content", "This is no calendar. It should begin with BEGIN:VCALENDAR; take the file that ends in .ics.")),
    }
}

fn name(component: &ICalendarComponent) -> String {
    let told = component.property(&ICalendarProperty::Summary).and_then(|entry| entry.values.first()).and_then(ICalendarValue::as_text).unwrap_or_default();
    told.trim().chars().filter(|character| !character.is_control()).take(100).collect()
}

/// Why an event is no special day, as far as it tells without its dates.
fn reason(component: &ICalendarComponent) -> Option<Reason> {
    if component.status() == Some(&ICalendarStatus::Cancelled) {
        return Some(Reason::Cancelled);
    }
    match starts(component) {
        None => Some(Reason::Unreadable),
        Some(start) if start.hour.is_some() => Some(Reason::NotAllDay),
        Some(_) => None,
    }
}

fn starts(component: &ICalendarComponent) -> Option<&PartialDateTime> {
    component.property(&ICalendarProperty::Dtstart)?.values.first()?.as_partial_date_time()
}

/// Whether an event comes back on the same date every year; one that comes back by another rule without end gets one.
fn bound(component: &mut ICalendarComponent, today: Date) -> bool {
    let on = starts(component).and_then(|start| Some((start.month?, start.day?)));
    let excepts = component.property(&ICalendarProperty::Exdate).is_some();
    let rules = component.properties_mut(&ICalendarProperty::Rrule);
    let mut every_year = false;
    for rule in rules.flat_map(|entry| &mut entry.values) {
        let ICalendarValue::RecurrenceRule(rule) = rule else { continue };
        let endless = rule.until.is_none() && rule.count.is_none();
        every_year |= endless && !excepts && is_plainly_yearly(rule, on);
        if endless {
            let year = u16::try_from(today.year() + YEARS_AHEAD).ok();
            rule.until = Some(PartialDateTime {
                year,
                month: Some(12),
                day: Some(31),
                hour: Some(23),
                minute: Some(59),
                second: Some(59),
                ..PartialDateTime::default()
            });
        }
    }
    every_year
}

fn is_plainly_yearly(rule: &ICalendarRecurrenceRule, on: Option<(u8, u8)>) -> bool {
    let Some((month, day)) = on else { return false };
    let same_month = rule.bymonth.is_empty() || (rule.bymonth.len() == 1 && rule.bymonth[0].month() == month);
    let same_day = rule.bymonthday.is_empty() || rule.bymonthday == [i8::try_from(day).unwrap_or(0)];
    rule.freq == ICalendarFrequency::Yearly
        && rule.interval.unwrap_or(1) == 1
        && same_month
        && same_day
        && rule.byday.is_empty()
        && rule.byyearday.is_empty()
        && rule.byweekno.is_empty()
        && rule.bysetpos.is_empty()
}

/// The same day as another library's date, which is written the same way.
fn date(date: impl std::fmt::Display) -> Option<Date> {
    date.to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(events: &str) -> Holidays {
        let text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test\r\n{}END:VCALENDAR\r\n", events.replace('\n', "\r\n"));
        read(&text, "2026-11-20".parse().unwrap()).unwrap()
    }

    fn event(lines: &str) -> String {
        format!("BEGIN:VEVENT\nUID:{}\n{lines}END:VEVENT\n", lines.len())
    }

    fn dates(found: &Holidays) -> Vec<String> {
        found.special_days.iter().map(|day| format!("{}{}", day.date, if day.every_year { " yearly" } else { "" })).collect()
    }

    #[test]
    fn a_holiday_is_a_closed_day_with_its_name() {
        let found = calendar(&event("DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261226\nSUMMARY:Christmas\\, first day\n"));

        let day = SpecialDay { date: "2026-12-25".parse().unwrap(), every_year: false, name: "Christmas, first day".into(), openings: vec![] };
        assert_eq!(found, Holidays { special_days: vec![day], skipped: vec![] });
    }

    #[test]
    fn what_comes_every_year_stands_once_and_what_comes_by_a_rule_for_years_ahead() {
        let plain = event("DTSTART;VALUE=DATE:19710101\nRRULE:FREQ=YEARLY\nSUMMARY:New Year\n");
        let named = event("DTSTART;VALUE=DATE:20011101\nRRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=1\nSUMMARY:All Saints\n");
        let thanksgiving = event("DTSTART;VALUE=DATE:20101125\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\nSUMMARY:Thanksgiving\n");

        let found = calendar(&format!("{plain}{named}{thanksgiving}"));

        let thursdays = ["2026-11-26", "2027-11-25", "2028-11-23", "2029-11-22", "2030-11-28", "2031-11-27"];
        assert_eq!(dates(&found), [vec!["1971-01-01 yearly", "2001-11-01 yearly"], thursdays.to_vec()].concat());
    }

    #[test]
    fn a_day_that_is_left_out_is_left_out_and_one_of_several_days_is_all_of_them() {
        let rule = event("DTSTART;VALUE=DATE:20261224\nRRULE:FREQ=YEARLY;COUNT=3\nEXDATE;VALUE=DATE:20271224\nSUMMARY:Eve\n");
        let days = event("DTSTART;VALUE=DATE:20270215\nDTEND;VALUE=DATE:20270218\nSUMMARY:Carnival\n");

        assert_eq!(dates(&calendar(&format!("{rule}{days}"))), ["2026-12-24", "2027-02-15", "2027-02-16", "2027-02-17", "2028-12-24"]);
    }

    #[test]
    fn what_is_no_holiday_is_told_with_its_reason() {
        let events = [
            event("DTSTART:20261225T100000Z\nDTEND:20261225T110000Z\nSUMMARY:Meeting\n"),
            event("DTSTART;VALUE=DATE:20200101\nSUMMARY:Long ago\n"),
            event("DTSTART;VALUE=DATE:20261230\nSTATUS:CANCELLED\nSUMMARY:Not any more\n"),
            event("DTSTART;VALUE=DATE:20270101\nDTEND;VALUE=DATE:20270601\nSUMMARY:Season\n"),
            event("SUMMARY:Nowhere\n"),
        ];

        let found = calendar(&events.concat());

        let mut reasons: Vec<(&str, &str)> = found.skipped.iter().map(|skipped| (skipped.name.as_str(), skipped.reason.word())).collect();
        reasons.sort_unstable();
        let expected = [("Long ago", "past"), ("Meeting", "not_all_day"), ("Not any more", "cancelled"), ("Nowhere", "unreadable"), ("Season", "too_long")];
        assert_eq!((reasons, found.special_days), (expected.to_vec(), vec![]));
    }

    #[test]
    fn a_file_that_is_no_calendar_is_refused_and_one_of_endless_rules_ends() {
        let today = "2026-11-20".parse().unwrap();
        for wrong in ["", "date,name\n2026-12-25,Christmas", "BEGIN:VCALENDAR\nEND:VCALENDAR", "BEGIN:VCARD\nFN:Anna\nEND:VCARD"] {
            assert!(read(wrong, today).is_err(), "{wrong}");
        }
        let never = event("DTSTART;VALUE=DATE:20260228\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\nSUMMARY:Never\n");
        let daily = event("DTSTART;VALUE=DATE:00010101\nRRULE:FREQ=DAILY\nSUMMARY:Always\n");

        assert!(calendar(&format!("{never}{}", daily.repeat(50))).special_days.len() <= MOST);
    }
}
