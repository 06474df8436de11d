use std::time::Duration;

use proptest::prelude::*;

use super::{
    super::hours::{Opening, Stretch},
    *,
};

fn office(weekly: &[(Day, &str, &str)]) -> Hours {
    Hours {
        time_zone: "Europe/Warsaw".into(),
        weekly: weekly.iter().map(|(day, from, to)| Opening { day: *day, from: (*from).into(), to: (*to).into() }).collect(),
    }
}

fn of(hours: Hours, special_days: Vec<SpecialDay>) -> BusinessTime {
    BusinessTime::nearest(&[Said { hours: Some(hours), special_days, inherits_special_days: true }])
}

fn special(date: &str, every_year: bool, openings: &[(&str, &str)]) -> SpecialDay {
    SpecialDay {
        date: date.parse().unwrap(),
        every_year,
        name: String::new(),
        openings: openings.iter().map(|(from, to)| Stretch { from: (*from).into(), to: (*to).into() }).collect(),
    }
}

fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

const HOUR: Duration = Duration::from_secs(3600);

#[test]
fn on_friday_evening_it_opens_on_monday() {
    let hours = of(office(&[(Day::Monday, "10:00", "18:00"), (Day::Friday, "09:00", "17:00")]), vec![]);

    // Friday 2026-11-20, 17:30 in Warsaw is 16:30 UTC.
    let state = hours.state(at("2026-11-20T16:30:00Z"));

    assert!(!state.open);
    assert_eq!(state.opens_at, Some(at("2026-11-23T09:00:00Z")));
}

#[test]
fn hours_follow_the_wall_clock_over_a_change_of_clocks() {
    let hours = of(office(&[(Day::Sunday, "09:00", "12:00")]), vec![]);

    // In Warsaw the clocks go back on 2026-10-25: 09:00 is 08:00 UTC from then on, 07:00 before.
    assert!(!hours.is_open(at("2026-10-25T07:30:00Z")));
    assert!(hours.is_open(at("2026-10-18T07:30:00Z")));
}

#[test]
fn an_hour_that_is_shown_twice_counts_twice_and_a_skipped_one_not() {
    let hours = of(office(&[(Day::Sunday, "00:00", "06:00")]), vec![]);

    assert_eq!(hours.between(at("2026-10-24T12:00:00Z"), at("2026-10-25T12:00:00Z")), 7 * HOUR);
    assert_eq!(hours.between(at("2026-03-28T12:00:00Z"), at("2026-03-29T12:00:00Z")), 5 * HOUR);
}

#[test]
fn openings_that_touch_at_midnight_are_one() {
    let hours = of(office(&[(Day::Friday, "20:00", "24:00"), (Day::Saturday, "00:00", "02:00")]), vec![]);

    let state = hours.state(at("2026-11-20T20:00:00Z"));

    assert_eq!(state.closes_at, Some(at("2026-11-21T01:00:00Z")));
}

#[test]
fn no_openings_mean_always_open() {
    let always = of(Hours::default(), vec![]);

    assert_eq!(always.state(at("2026-11-20T20:00:00Z")), State { open: true, opens_at: None, closes_at: None });
    assert_eq!(always.after(at("2026-11-20T20:00:00Z"), HOUR), Some(at("2026-11-20T21:00:00Z")));
}

#[test]
fn a_holiday_closes_a_day_that_is_open_otherwise_and_christmas_comes_every_year() {
    let week = [(Day::Thursday, "09:00", "17:00"), (Day::Friday, "09:00", "17:00"), (Day::Monday, "09:00", "17:00")];
    let hours = of(office(&week), vec![special("2020-12-25", true, &[]), special("2026-12-24", false, &[("09:00", "12:00")])]);

    // 2026-12-25 is a Friday. The eve is half a day, so three of four hours pass on it and the last one on Monday.
    assert!(!hours.is_open(at("2026-12-25T10:00:00Z")));
    assert_eq!(hours.after(at("2026-12-24T07:00:00Z"), 4 * HOUR), Some(at("2026-12-28T09:00:00Z")));
    assert_eq!(hours.state(at("2026-12-24T11:30:00Z")).opens_at, Some(at("2026-12-28T08:00:00Z")));
}

#[test]
fn who_is_always_open_closes_on_holidays_alone() {
    let hours = of(Hours::default(), vec![special("2026-12-25", false, &[])]);

    let state = hours.state(at("2026-12-20T10:00:00Z"));

    assert!(state.open && !hours.is_always_open());
    assert_eq!(state.closes_at, Some(at("2026-12-25T00:00:00Z")));
    assert_eq!(hours.state(at("2027-12-20T10:00:00Z")).closes_at, None, "nothing closes it any more");
}

#[test]
fn the_nearest_says_what_holds() {
    let brand = Said {
        hours: Some(office(&[(Day::Friday, "09:00", "17:00")])),
        special_days: vec![special("2026-11-20", false, &[]), special("2026-11-27", false, &[])],
        inherits_special_days: true,
    };
    let store = Said { hours: None, special_days: vec![special("2026-11-20", false, &[("10:00", "12:00")])], inherits_special_days: true };
    let abroad = Said { inherits_special_days: false, ..store.clone() };

    let here = BusinessTime::nearest(&[store, brand.clone()]);
    let there = BusinessTime::nearest(&[abroad, brand]);

    assert!(here.is_open(at("2026-11-20T10:00:00Z")) && !here.is_open(at("2026-11-20T15:00:00Z")), "its own day goes before the brand's");
    assert!(!here.is_open(at("2026-11-27T10:00:00Z")), "the brand's other day holds here");
    assert!(there.is_open(at("2026-11-27T10:00:00Z")), "and not where those of the brand are not taken");
}

#[test]
fn what_never_opens_has_no_end() {
    let closed: Vec<SpecialDay> = (1..=12).flat_map(|month| (1..=28).map(move |day| special(&format!("2026-{month:02}-{day:02}"), true, &[]))).collect();
    let hours = of(office(&[(Day::Monday, "09:00", "09:01")]), closed);

    assert_eq!(hours.after(at("2026-11-20T10:00:00Z"), 1000 * HOUR), None);
}

/// Minute by minute: whether the wall clock shows a time of an opening.
fn minutes_open(hours: &Hours, days: &[SpecialDay], from: Moment, count: i64) -> i64 {
    let zone = TimeZone::get(&hours.time_zone).unwrap();
    let shows = |minute: i64| {
        let zoned = Moment(from.0 + minute * MINUTE).timestamp().to_zoned(zone.clone());
        let date = zoned.date();
        let clock = i64::from(zoned.hour()) * 60 + i64::from(zoned.minute());
        let within = |from: &str, to: &str| (minutes(from).unwrap()..minutes(to).unwrap()).contains(&clock);
        let exact = days.iter().find(|day| !day.every_year && day.date == date);
        match exact.or_else(|| days.iter().find(|day| day.every_year && (day.date.month(), day.date.day()) == (date.month(), date.day()))) {
            Some(day) => day.openings.iter().any(|opening| within(&opening.from, &opening.to)),
            None => {
                hours.weekly.is_empty()
                    || hours
                        .weekly
                        .iter()
                        .any(|opening| opening.day == Day::ALL[date.weekday().to_monday_zero_offset() as usize] && within(&opening.from, &opening.to))
            }
        }
    };
    (0..count).filter(|minute| shows(*minute)).count() as i64
}

/// Days around which clocks change somewhere, and one on which none does.
const CHANGES: [&str; 7] = ["2026-03-28", "2026-10-24", "2026-11-01", "2026-03-07", "2018-11-03", "2026-04-04", "2026-07-01"];
const ZONES: [&str; 8] =
    ["Europe/Warsaw", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "America/Havana", "Asia/Kolkata", "UTC", "Pacific/Auckland"];

fn clock() -> impl Strategy<Value = (String, String)> {
    (0..1440_i64, 1..900_i64).prop_map(|(from, length)| {
        let to = (from + length).min(1440);
        (format!("{:02}:{:02}", from / 60, from % 60), format!("{:02}:{:02}", to / 60, to % 60))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn business_time_is_what_the_wall_clock_shows_minute_by_minute(
        zone in proptest::sample::select(&ZONES[..]),
        day in proptest::sample::select(&CHANGES[..]),
        weekly in proptest::collection::vec((0..7_usize, clock()), 0..10),
        specials in proptest::collection::btree_map(0..5_i64, (any::<bool>(), proptest::collection::vec(clock(), 0..3)), 0..3),
        (start, length) in (0..2880_i64, 1..4320_i64),
        wanted in 0..3000_i64,
    ) {
        let weekly = weekly.into_iter().map(|(day, (from, to))| Opening { day: Day::ALL[day], from, to }).collect();
        let hours = Hours { time_zone: zone.into(), weekly };
        let first: Date = day.parse().unwrap();
        let days: Vec<SpecialDay> = specials.into_iter().map(|(offset, (every_year, openings))| SpecialDay {
            date: first.checked_add(jiff::Span::new().days(offset)).unwrap(),
            every_year,
            name: String::new(),
            openings: openings.into_iter().map(|(from, to)| Stretch { from, to }).collect(),
        }).collect();
        let from = Moment(at(&format!("{day}T00:00:00Z")).0 + start * MINUTE);
        let business = of(hours.clone(), days.clone());

        let counted = minutes_open(&hours, &days, from, length);
        prop_assert_eq!(business.between(from, Moment(from.0 + length * MINUTE)), Duration::from_secs(60 * counted as u64));
        prop_assert_eq!(business.is_open(from), minutes_open(&hours, &days, from, 1) == 1);

        // So much business time later exactly so much has passed, and it is not longer than it takes.
        if let Some(end) = business.after(from, Duration::from_secs(60 * wanted as u64)) {
            prop_assert_eq!(business.between(from, end), Duration::from_secs(60 * wanted as u64));
            prop_assert!(wanted == 0 || business.is_open(Moment(end.0 - 1)));
        }
    }
}
