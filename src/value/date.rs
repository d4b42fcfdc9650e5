use jiff::civil;

use crate::base::{Bi, Lang, bi};

/// A civil date from 1 January of year 1 to 31 December 9999: no clock, no time zone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// What a date is when its month has no such day: 31 January and a month.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MissingDay {
    /// Nothing was said: it is an error.
    Refuse,
    /// `månedens sidste dag`.
    LastOfMonth,
    /// `den 1. i næste måned`.
    FirstOfNext,
}

/// Why there is no such date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum DateSlip {
    /// The month has no such day, and it was not said which one to take.
    MissingDay {
        /// The year.
        year: i16,
        /// The month, from 1.
        month: i8,
        /// The day that the month does not have.
        day: i8,
    },
    /// The date lies before year 1 or after year 9999.
    OutOfCalendar,
}

impl DateSlip {
    /// Says what is wrong, in both languages.
    pub fn says(self) -> Bi {
        match self {
            DateSlip::MissingDay { year, month, day } => {
                let [da, en] = [Lang::Da, Lang::En].map(|lang| month_name(month, lang).unwrap_or_default());
                Bi::new(format!("der er ingen {day}. {da} {year}"), format!("there is no {day} {en} {year}"))
            }
            DateSlip::OutOfCalendar => bi!(
                "datoen ligger uden for kalenderen, der går fra år 1 til år 9999",
                "the date lies outside the calendar, which goes from year 1 to year 9999"
            ),
        }
    }
}

impl Date {
    /// The first day of the calendar.
    pub const FIRST: Date = Date(civil::Date::constant(1, 1, 1));
    /// The last day of the calendar.
    pub const LAST: Date = Date(civil::Date::constant(9999, 12, 31));

    /// Makes a date; `None` when there is no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Date> {
        civil::Date::new(year, month, day).ok().and_then(Date::within)
    }

    /// Reads `2025-07-01`; `None` for anything else, or when there is no such day.
    pub fn from_iso(text: &str) -> Option<Date> {
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let (year, rest) = text.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        let right = year.len() == 4 && month.len() == 2 && day.len() == 2;
        if !right || ![year, month, day].into_iter().all(digits) {
            return None;
        }
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// Writes `2025-07-01`.
    pub fn to_iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }

    /// Writes the date in words: `1. juli 2025`, `1 July 2025`.
    pub fn print(self, lang: Lang) -> String {
        let (year, day) = (self.year(), self.day());
        let month = month_name(self.month(), lang).unwrap_or_default();
        lang.pick(format!("{day}. {month} {year}"), format!("{day} {month} {year}"))
    }

    /// Returns the year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Returns the month, from 1.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Returns the day of the month, from 1.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// Returns the last day of this date's month.
    pub fn last_of_month(self) -> Date {
        Date(self.0.last_of_month())
    }

    /// Goes `days` days forward, or back when negative; `None` beyond the calendar.
    pub fn add_days(self, days: i64) -> Option<Date> {
        let span = jiff::Span::new().try_days(days).ok()?;
        self.0.checked_add(span).ok().and_then(Date::within)
    }

    /// Goes `months` months forward, or back when negative, to the same day of the month.
    ///
    /// # Errors
    /// When that month has no such day and `missing` refuses it, or when the calendar ends.
    pub fn add_months(self, months: i64, missing: MissingDay) -> Result<Date, DateSlip> {
        let count = self.month_count().checked_add(months).ok_or(DateSlip::OutOfCalendar)?;
        let first = first_of(count).ok_or(DateSlip::OutOfCalendar)?;
        let (year, month, day) = (first.year(), first.month(), self.day());
        match (Date::new(year, month, day), missing) {
            (Some(date), _) => Ok(date),
            (None, MissingDay::Refuse) => Err(DateSlip::MissingDay { year, month, day }),
            (None, MissingDay::LastOfMonth) => Ok(first.last_of_month()),
            // Month 12 has all days, so the next month is in the same year.
            (None, MissingDay::FirstOfNext) => first_of(count + 1).ok_or(DateSlip::OutOfCalendar),
        }
    }

    /// Returns the same date one year before, for `(året før)`; a missing 29 February counts as 1 March.
    ///
    /// `None` in the first year of the calendar.
    pub fn year_before(self) -> Option<Date> {
        self.add_months(-12, MissingDay::FirstOfNext).ok()
    }

    /// Counts the days from this date to `other`; negative when `other` comes first.
    pub fn days_until(self, other: Date) -> i64 {
        self.0.duration_until(other.0).as_hours() / 24
    }

    /// Counts the whole years from `self` to `until`: the largest n with `self` + n years ≤ `until`, where a missing
    /// 29 February counts as 1 March. Backwards it is minus the count from `until` to `self`.
    pub fn whole_years(self, until: Date) -> i64 {
        if until < self {
            return -until.whole_years(self);
        }
        let years = i64::from(until.year()) - i64::from(self.year());
        let short = (until.month(), until.day()) < (self.month(), self.day());
        years - i64::from(short)
    }

    /// Counts the whole months from `self` to `until`: the largest n with `self` + n months ≤ `until`, where a day
    /// that a month does not have counts as the 1st of the next. Backwards it is minus the count the other way.
    pub fn whole_months(self, until: Date) -> i64 {
        if until < self {
            return -until.whole_months(self);
        }
        let months = until.month_count() - self.month_count();
        months - i64::from(until.day() < self.day())
    }

    /// Counts the months since the start of year 0.
    fn month_count(self) -> i64 {
        i64::from(self.year()) * 12 + i64::from(self.month()) - 1
    }

    fn within(date: civil::Date) -> Option<Date> {
        (Date::FIRST..=Date::LAST).contains(&Date(date)).then_some(Date(date))
    }
}

impl std::fmt::Debug for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_iso())
    }
}

/// Returns the first day of the month that lies `count` months after the start of year 0.
fn first_of(count: i64) -> Option<Date> {
    let year = i16::try_from(count.div_euclid(12)).ok()?;
    let month = i8::try_from(count.rem_euclid(12) + 1).ok()?;
    Date::new(year, month, 1)
}

/// Returns the name of a month, numbered from 1; `None` for another number.
pub fn month_name(month: i8, lang: Lang) -> Option<&'static str> {
    let index = usize::try_from(month).ok()?.checked_sub(1)?;
    month_names(lang).get(index).copied()
}

/// Returns the names of the twelve months, as written within a sentence.
pub fn month_names(lang: Lang) -> &'static [&'static str; 12] {
    lang.pick(&DANISH_MONTHS, &ENGLISH_MONTHS)
}

static DANISH_MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];

static ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
