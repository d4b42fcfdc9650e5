use klausul::base::Lang;
use klausul::value::{Date, Interval, Period};
use proptest::prelude::*;

fn day(iso: &str) -> Date {
    Date::from_iso(iso).unwrap_or_else(|| panic!("`{iso}` is not a date"))
}

fn days(period: Period) -> Option<(String, String)> {
    Some((period.first()?.to_iso(), period.last()?.to_iso()))
}

fn pair(first: &str, last: &str) -> Option<(String, String)> {
    Some((first.to_owned(), last.to_owned()))
}

#[test]
fn periods_have_a_first_and_a_last_day() {
    assert_eq!(days(Period::Month(2024, 2)), pair("2024-02-01", "2024-02-29"));
    assert_eq!(days(Period::Quarter(2024, 3)), pair("2024-07-01", "2024-09-30"));
    assert_eq!(days(Period::Year(2025)), pair("2025-01-01", "2025-12-31"));
    assert_eq!(days(Period::Years(2019, 2023)), pair("2019-01-01", "2023-12-31"));
    assert_eq!(days(Period::Day(day("2025-07-01"))), pair("2025-07-01", "2025-07-01"));
    assert_eq!(Period::Years(2019, 2021).years().collect::<Vec<_>>(), [2019, 2020, 2021]);
    assert_eq!(Period::Quarter(2019, 2).years(), 2019..=2019);
}

#[test]
fn periods_that_do_not_exist_have_no_days() {
    let wrong = [
        Period::Month(2024, 13),
        Period::Month(2024, 0),
        Period::Quarter(2024, 5),
        Period::Quarter(2024, -128),
        Period::Year(0),
        Period::Year(i16::MAX),
        Period::Years(2024, 2023),
        Period::Quarter(2024, 127),
    ];
    for period in wrong {
        assert_eq!((days(period), Interval::of_period(period)), (None, None), "{period:?}");
        period.print(Lang::Da);
    }
}

#[test]
fn periods_are_printed() {
    let both = |period: Period| [Lang::Da, Lang::En].map(|lang| period.print(lang));
    assert_eq!(both(Period::Month(2024, 12)), ["december 2024", "December 2024"]);
    assert_eq!(both(Period::Quarter(2024, 3)), ["3. kvartal 2024", "Q3 2024"]);
    assert_eq!(both(Period::Years(2019, 2023)), ["2019-2023", "2019-2023"]);
    assert_eq!(both(Period::Year(2025)), ["2025", "2025"]);
    assert_eq!(both(Period::Day(day("2025-07-01"))), ["1. juli 2025", "1 July 2025"]);
}

#[test]
fn intervals_are_printed() {
    let both = |interval: Interval| [Lang::Da, Lang::En].map(|lang| interval.print(lang));
    let between = |from: &str, until: &str| Interval { from: Some(day(from)), until: Some(day(until)) };
    assert_eq!(both(Interval::always()), ["altid", "always"]);
    assert_eq!(both(Interval::never()), ["aldrig", "never"]);
    assert_eq!(both(between("2025-01-01", "2025-01-01")), ["aldrig", "never"]);
    assert_eq!(both(between("2025-01-01", "2026-01-01")), ["2025", "2025"]);
    assert_eq!(both(between("2025-01-01", "2025-01-02")), ["1. januar 2025", "1 January 2025"]);
    assert_eq!(both(between("2019-01-01", "2024-01-01")), ["2019-2023", "2019-2023"]);
    assert_eq!(both(between("2025-04-01", "2025-07-01")), ["2. kvartal 2025", "Q2 2025"]);
    assert_eq!(
        both(between("2025-04-02", "2026-01-01")),
        ["fra 2. april 2025 til og med 31. december 2025", "from 2 April 2025 through 31 December 2025"]
    );
    assert_eq!(both(Interval::starting(day("2019-01-01"))), ["fra 2019", "from 2019"]);
    assert_eq!(both(Interval::starting(day("2019-07-01"))), ["fra 1. juli 2019", "from 1 July 2019"]);
    assert_eq!(both(Interval::through(day("2026-12-31"))), ["til og med 2026", "through 2026"]);
    assert_eq!(
        both(Interval::through(day("2026-06-30"))),
        ["til og med 30. juni 2026", "through 30 June 2026"]
    );
}

#[test]
fn intervals_reach_the_ends_of_the_calendar() {
    let last = Interval::of_period(Period::Year(9999)).unwrap();
    assert!(last.until.is_none() && last.contains(Date::LAST));
    let nothing = Interval { from: None, until: Some(Date::FIRST) };
    assert!(nothing.is_empty() && !nothing.contains(Date::FIRST) && nothing.last().is_none());
    assert_eq!(nothing.print(Lang::Da), "aldrig");
    let all = Interval { from: Some(Date::FIRST), until: None };
    assert!(all.covers(Interval::always()));
}

fn dates() -> impl Strategy<Value = Date> {
    (0i64..60).prop_map(|days| day("2024-12-01").add_days(days).unwrap())
}

fn intervals() -> impl Strategy<Value = Interval> {
    (proptest::option::of(dates()), proptest::option::of(dates()))
        .prop_map(|(from, until)| Interval { from, until })
}

/// All days that the intervals above can tell apart.
fn all_days() -> impl Iterator<Item = Date> {
    (-1..=61).map(|days| day("2024-12-01").add_days(days).unwrap())
}

proptest! {
    #[test]
    fn intervals_are_sets_of_days(a in intervals(), b in intervals()) {
        let both = a.intersect(b);
        for date in all_days() {
            prop_assert_eq!(both.contains(date), a.contains(date) && b.contains(date));
        }
        prop_assert_eq!(a.is_empty(), !all_days().any(|date| a.contains(date)));
        prop_assert_eq!(a.overlaps(b), all_days().any(|date| a.contains(date) && b.contains(date)));
        prop_assert_eq!(a.covers(b), all_days().all(|date| a.contains(date) || !b.contains(date)));
    }

    #[test]
    fn a_period_is_found_by_its_days(first in dates(), length in 0i64..800) {
        let last = first.add_days(length).unwrap();
        if let Some(period) = Period::of_days(first, last) {
            prop_assert_eq!(period.days(), Some((first, last)));
        }
    }
}
