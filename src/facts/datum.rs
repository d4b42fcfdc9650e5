use crate::base::Lang;
use crate::value::{Date, Interval, Number, Period};

/// A single value. Numbers are in base units; what they are is said by the type beside them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Datum {
    /// A number.
    Number(Number),
    /// Yes or no.
    Bool(bool),
    /// A date.
    Date(Date),
    /// A text, or an entity's name.
    Text(String),
    /// `ingen`.
    Nothing,
}

/// The time that is asked about: a whole year, quarter or month, or one day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Moment {
    /// A calendar year.
    Year(i16),
    /// A quarter: year and quarter from 1.
    Quarter(i16, i8),
    /// A month: year and month from 1.
    Month(i16, i8),
    /// A day.
    Day(Date),
}

impl Moment {
    /// Returns the moment that a period is; `None` for a span of years, or when there is no such period.
    pub fn of_period(period: Period) -> Option<Moment> {
        period.days()?;
        match period {
            Period::Year(year) => Some(Moment::Year(year)),
            Period::Quarter(year, quarter) => Some(Moment::Quarter(year, quarter)),
            Period::Month(year, month) => Some(Moment::Month(year, month)),
            Period::Day(date) => Some(Moment::Day(date)),
            Period::Years(..) => None,
        }
    }
    /// Returns the period it is.
    pub fn period(self) -> Period {
        match self {
            Moment::Year(year) => Period::Year(year),
            Moment::Quarter(year, quarter) => Period::Quarter(year, quarter),
            Moment::Month(year, month) => Period::Month(year, month),
            Moment::Day(date) => Period::Day(date),
        }
    }
    /// Returns the year it is, or lies in.
    pub fn year(self) -> i16 {
        match self {
            Moment::Year(year) | Moment::Quarter(year, _) | Moment::Month(year, _) => year,
            Moment::Day(date) => date.year(),
        }
    }
    /// Returns the days it covers; `None` outside the calendar.
    pub fn interval(self) -> Option<Interval> {
        Interval::of_period(self.period())
    }
    /// Returns the same moment a year before.
    pub fn year_before(self) -> Option<Moment> {
        self.year().checked_sub(1).and_then(|year| self.in_year(year))
    }
    /// Returns the same moment in another year. 29 February has no counterpart in most years; 1 March stands for it.
    pub fn in_year(self, year: i16) -> Option<Moment> {
        match self {
            Moment::Year(_) => Some(Moment::Year(year)),
            Moment::Quarter(_, quarter) => Some(Moment::Quarter(year, quarter)),
            Moment::Month(_, month) => Some(Moment::Month(year, month)),
            Moment::Day(date) => {
                let same = Date::new(year, date.month(), date.day());
                same.or_else(|| Date::new(year, 3, 1)).map(Moment::Day)
            }
        }
    }
    /// Writes the moment.
    pub fn print(self, lang: Lang) -> String {
        self.period().print(lang)
    }
}
