use std::ops::RangeInclusive;

use crate::base::Lang;

use super::Date;
use super::date::month_name;

/// A calendar period as agreements name it.
///
/// A period can be written that does not exist (month 13, years that run backwards): [`Period::first`] is then `None`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Period {
    /// One day.
    Day(Date),
    /// A month, `2024-12`: year and month from 1.
    Month(i16, i8),
    /// A quarter, `3. kvartal 2024`: year and quarter from 1.
    Quarter(i16, i8),
    /// A calendar year.
    Year(i16),
    /// Each year from the first to the last, both included.
    Years(i16, i16),
}

impl Period {
    /// Returns the first day; `None` when there is no such period.
    pub fn first(self) -> Option<Date> {
        self.days().map(|(first, _)| first)
    }

    /// Returns the last day, itself within the period; `None` when there is no such period.
    pub fn last(self) -> Option<Date> {
        self.days().map(|(_, last)| last)
    }

    /// Returns the first and the last day; `None` when there is no such period.
    pub fn days(self) -> Option<(Date, Date)> {
        let (first, last) = match self {
            Period::Day(date) => (date, date),
            Period::Month(year, month) => months(year, month, month)?,
            Period::Quarter(year, quarter @ 1..=4) => months(year, quarter * 3 - 2, quarter * 3)?,
            Period::Quarter(_, _) => return None,
            Period::Year(year) => (Date::new(year, 1, 1)?, Date::new(year, 12, 31)?),
            Period::Years(from, to) => (Date::new(from, 1, 1)?, Date::new(to, 12, 31)?),
        };
        (first <= last).then_some((first, last))
    }

    /// Returns the period that has exactly these days, the shortest name first; `None` when none has.
    pub fn of_days(first: Date, last: Date) -> Option<Period> {
        let year = first.year();
        let quarter = (first.month() + 2) / 3;
        let named = [
            Period::Day(first),
            Period::Month(year, first.month()),
            Period::Quarter(year, quarter),
            Period::Year(year),
            Period::Years(year, last.year()),
        ];
        named.into_iter().find(|period| period.days() == Some((first, last)))
    }

    /// Returns the years that the period lies in; empty when they run backwards.
    pub fn years(self) -> RangeInclusive<i16> {
        match self {
            Period::Day(date) => date.year()..=date.year(),
            Period::Month(year, _) | Period::Quarter(year, _) | Period::Year(year) => year..=year,
            Period::Years(from, to) => from..=to,
        }
    }

    /// Writes the period: `1. juli 2025`, `december 2024`, `3. kvartal 2024` (`Q3 2024`), `2024`, `2019-2023`.
    pub fn print(self, lang: Lang) -> String {
        match self {
            Period::Day(date) => date.print(lang),
            Period::Month(year, month) => match month_name(month, lang) {
                Some(name) => format!("{name} {year}"),
                None => format!("{year}-{month:02}"),
            },
            Period::Quarter(year, quarter) => {
                lang.pick(format!("{quarter}. kvartal {year}"), format!("Q{quarter} {year}"))
            }
            Period::Year(year) => year.to_string(),
            Period::Years(from, to) => format!("{from}-{to}"),
        }
    }
}

/// Returns the first day of one month and the last day of another of the same year.
fn months(year: i16, from: i8, to: i8) -> Option<(Date, Date)> {
    Some((Date::new(year, from, 1)?, Date::new(year, to, 1)?.last_of_month()))
}
