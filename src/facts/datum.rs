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

/// The time that is asked about: a whole year, or one day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Moment {
    /// A calendar year.
    Year(i16),
    /// A day.
    Day(Date),
}

impl Moment {
    /// Returns the year, or the year of the day.
    pub fn year(self) -> i16 {
        match self {
            Moment::Year(year) => year,
            Moment::Day(date) => date.year(),
        }
    }
    /// Returns the days it covers; `None` outside the calendar.
    pub fn interval(self) -> Option<Interval> {
        match self {
            Moment::Year(year) => Interval::of_period(Period::Year(year)),
            Moment::Day(date) => Interval::of_period(Period::Day(date)),
        }
    }
    /// Returns the same moment a year before.
    pub fn year_before(self) -> Option<Moment> {
        match self {
            Moment::Year(year) => year.checked_sub(1).map(Moment::Year),
            Moment::Day(date) => date.year_before().map(Moment::Day),
        }
    }
    /// Returns the same moment in another year.
    pub fn in_year(self, year: i16) -> Option<Moment> {
        match self {
            Moment::Year(_) => Some(Moment::Year(year)),
            Moment::Day(date) => {
                let same = Date::new(year, date.month(), date.day());
                // 29 February has no counterpart in most years; the last day of the month stands for it.
                same.or_else(|| Date::new(year, date.month(), 28)).map(Moment::Day)
            }
        }
    }
    /// Writes the moment.
    pub fn print(self, lang: Lang) -> String {
        match self {
            Moment::Year(year) => Period::Year(year).print(lang),
            Moment::Day(date) => date.print(lang),
        }
    }
}
