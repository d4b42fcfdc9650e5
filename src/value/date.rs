/// A civil date: no clock, no time zone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// Makes a date; `None` when there is no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Date> {
        jiff::civil::Date::new(year, month, day).ok().map(Date)
    }
    /// Returns the year.
    pub fn year(self) -> i16 {
        self.0.year()
    }
}

/// A calendar period as agreements name it.
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
