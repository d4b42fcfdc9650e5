use klausul::base::Lang;
use klausul::value::{Date, DateSlip, MissingDay, month_name, month_names};
use proptest::prelude::*;

fn day(iso: &str) -> Date {
    Date::from_iso(iso).unwrap_or_else(|| panic!("`{iso}` is not a date"))
}

#[test]
fn dates_that_do_not_exist_are_refused() {
    assert_eq!(Date::new(2025, 2, 29), None);
    assert_eq!(Date::new(2025, 13, 1), None);
    assert_eq!(Date::new(0, 1, 1), None);
    assert_eq!(Date::new(-5, 1, 1), None);
    for text in
        ["2025-2-01", "25-02-01", "2025-02-30", "2025-02", "+025-02-01", "2025-02-01 ", "2025/02/01", ""]
    {
        assert_eq!(Date::from_iso(text), None, "{text}");
    }
}

#[test]
fn dates_are_printed_in_words() {
    assert_eq!(day("2025-07-01").print(Lang::Da), "1. juli 2025");
    assert_eq!(day("2025-07-01").print(Lang::En), "1 July 2025");
    assert_eq!(day("0099-12-31").to_iso(), "0099-12-31");
    assert_eq!(month_name(12, Lang::Da), Some("december"));
    assert_eq!(month_name(0, Lang::Da).or(month_name(13, Lang::En)).or(month_name(-1, Lang::En)), None);
    assert_eq!(month_names(Lang::En)[4], "May");
}

#[test]
fn months_are_added_with_a_rule_for_the_missing_day() {
    let end = day("2025-01-31");
    let refused = DateSlip::MissingDay { year: 2025, month: 2, day: 31 };
    assert_eq!(end.add_months(1, MissingDay::Refuse), Err(refused));
    assert_eq!(refused.says().da, "der er ingen 31. februar 2025");
    assert_eq!(refused.says().en, "there is no 31 February 2025");
    assert_eq!(end.add_months(1, MissingDay::LastOfMonth), Ok(day("2025-02-28")));
    assert_eq!(end.add_months(1, MissingDay::FirstOfNext), Ok(day("2025-03-01")));
    assert_eq!(end.add_months(2, MissingDay::Refuse), Ok(day("2025-03-31")));
    assert_eq!(end.add_months(-1, MissingDay::Refuse), Ok(day("2024-12-31")));
    assert_eq!(day("2024-02-29").add_months(12, MissingDay::LastOfMonth), Ok(day("2025-02-28")));
    assert_eq!(day("2024-02-29").add_months(-12, MissingDay::FirstOfNext), Ok(day("2023-03-01")));
}

#[test]
fn the_year_before_is_the_same_date() {
    assert_eq!(day("2025-07-01").year_before(), Some(day("2024-07-01")));
    assert_eq!(day("2024-02-29").year_before(), Some(day("2023-03-01")));
    assert_eq!(Date::FIRST.year_before(), None);
}

#[test]
fn whole_years_and_months() {
    let cases = [
        ("2000-07-01", "2025-06-30", 24, 299),
        ("2000-07-01", "2025-07-01", 25, 300),
        ("2004-02-29", "2025-02-28", 20, 251),
        ("2004-02-29", "2025-03-01", 21, 252),
        ("2004-02-29", "2024-02-28", 19, 239),
        ("2004-02-29", "2024-02-29", 20, 240),
        ("2025-01-31", "2025-02-28", 0, 0),
        ("2025-01-31", "2025-03-01", 0, 1),
        ("2025-01-31", "2025-03-31", 0, 2),
        ("2025-01-01", "2025-01-01", 0, 0),
    ];
    for (from, until, years, months) in cases {
        let (from, until) = (day(from), day(until));
        assert_eq!(
            (from.whole_years(until), from.whole_months(until)),
            (years, months),
            "{from:?} {until:?}"
        );
        assert_eq!((until.whole_years(from), until.whole_months(from)), (-years, -months));
    }
}

#[test]
fn the_calendar_ends_without_a_crash() {
    let (first, last) = (Date::FIRST, Date::LAST);
    assert_eq!((first.add_days(-1), last.add_days(1)), (None, None));
    assert_eq!((first.add_days(i64::MIN), last.add_days(i64::MAX)), (None, None));
    for months in [i64::MIN, -1, i64::MIN + 30_000] {
        assert_eq!(first.add_months(months, MissingDay::Refuse), Err(DateSlip::OutOfCalendar));
    }
    for months in [i64::MAX, 1, i64::MAX - 130_000] {
        assert_eq!(last.add_months(months, MissingDay::LastOfMonth), Err(DateSlip::OutOfCalendar));
    }
    assert_eq!(first.days_until(last), 3_652_058);
    assert_eq!(last.days_until(first), -3_652_058);
    assert_eq!(first.add_days(3_652_058), Some(last));
    assert_eq!((first.whole_years(last), first.whole_months(last)), (9_998, 119_987));
    assert_eq!(last.last_of_month(), last);
}

fn dates() -> impl Strategy<Value = Date> {
    (0i64..=3_652_058).prop_map(|days| Date::FIRST.add_days(days).unwrap())
}

proptest! {
    #[test]
    fn iso_reads_back(date in dates()) {
        prop_assert_eq!(Date::from_iso(&date.to_iso()), Some(date));
    }

    #[test]
    fn days_count_what_was_added(a in dates(), b in dates()) {
        prop_assert_eq!(a.add_days(a.days_until(b)), Some(b));
        prop_assert_eq!(a.days_until(b), -b.days_until(a));
    }

    #[test]
    fn whole_months_is_the_largest_that_fits(a in dates(), days in 0i64..200_000) {
        let Some(b) = a.add_days(days) else { return Ok(()) };
        let months = a.whole_months(b);
        let at = |n| a.add_months(n, MissingDay::FirstOfNext);
        prop_assert!(at(months).unwrap() <= b);
        prop_assert!(at(months + 1).is_ok_and(|date| date > b) || at(months + 1).is_err());
        let years = a.whole_years(b);
        prop_assert!(at(12 * years).unwrap() <= b);
        prop_assert!(at(12 * (years + 1)).is_ok_and(|date| date > b) || at(12 * (years + 1)).is_err());
    }
}
