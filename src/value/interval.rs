use std::collections::BTreeSet;

use crate::base::{Bi, Lang, bi};

use super::{Date, Period};

/// A stretch of days. Where an end is left open, it goes on without end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Interval {
    /// The first day; `None` for no start.
    pub from: Option<Date>,
    /// The first day that is no longer in it; `None` for no end.
    pub until: Option<Date>,
}

impl Interval {
    /// All days.
    pub fn always() -> Interval {
        Interval { from: None, until: None }
    }

    /// No days.
    pub fn never() -> Interval {
        Interval { from: None, until: Some(Date::FIRST) }
    }

    /// The days of a period; `None` when there is no such period.
    ///
    /// A period that ends with the calendar has an open end.
    pub fn of_period(period: Period) -> Option<Interval> {
        let (first, last) = period.days()?;
        Some(Interval { from: Some(first), until: last.add_days(1) })
    }

    /// All days from `first` on.
    pub fn starting(first: Date) -> Interval {
        Interval { from: Some(first), until: None }
    }

    /// All days up to and including `last`.
    pub fn through(last: Date) -> Interval {
        Interval { from: None, until: last.add_days(1) }
    }

    /// Returns the last day in it; `None` when it has no end or nothing before its end.
    pub fn last(self) -> Option<Date> {
        self.until.and_then(|until| until.add_days(-1))
    }

    /// Tells whether `date` lies in it.
    pub fn contains(self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date < until)
    }

    /// Tells whether no day lies in it.
    pub fn is_empty(self) -> bool {
        self.until.is_some_and(|until| until <= self.from.unwrap_or(Date::FIRST))
    }

    /// Returns the days that lie in both.
    pub fn intersect(self, other: Interval) -> Interval {
        let until = match (self.until, other.until) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (one, None) | (None, one) => one,
        };
        // `None` sorts before every date, as an open start should.
        Interval { from: self.from.max(other.from), until }
    }

    /// Tells whether a day lies in both.
    pub fn overlaps(self, other: Interval) -> bool {
        !self.intersect(other).is_empty()
    }

    /// Tells whether every day of `other` lies in this one.
    pub fn covers(self, other: Interval) -> bool {
        other.is_empty() || self.starts_by(other) && self.ends_with_or_after(other)
    }

    /// Cuts it at every place where one of the others begins or ends within it.
    pub fn cut(self, others: impl IntoIterator<Item = Interval>) -> Vec<Interval> {
        let ends = others.into_iter().flat_map(|other| [other.from, other.until]).flatten();
        let inside = |date: &Date| self.contains(*date) && self.from != Some(*date);
        let cuts: BTreeSet<Date> = ends.filter(inside).collect();
        let mut pieces = Vec::new();
        let mut from = self.from;
        for cut in cuts {
            pieces.push(Interval { from, until: Some(cut) });
            from = Some(cut);
        }
        pieces.push(Interval { from, until: self.until });
        pieces
    }

    /// Writes the interval: `2025`, `fra 2019`, `til og med 30. juni 2026`, `fra … til og med …`, `altid`.
    pub fn print(self, lang: Lang) -> String {
        self.words().get(lang).to_owned()
    }

    fn words(self) -> Bi {
        if self.is_empty() {
            return bi!("aldrig", "never");
        }
        match (self.from, self.last()) {
            (None, None) => bi!("altid", "always"),
            (Some(from), None) => starting(from),
            (None, Some(last)) => through(last),
            (Some(from), Some(last)) => match Period::of_days(from, last) {
                Some(period) => Bi::new(period.print(Lang::Da), period.print(Lang::En)),
                None => Bi::new(
                    format!("fra {} til og med {}", from.print(Lang::Da), last.print(Lang::Da)),
                    format!("from {} through {}", from.print(Lang::En), last.print(Lang::En)),
                ),
            },
        }
    }

    fn starts_by(self, other: Interval) -> bool {
        self.from.unwrap_or(Date::FIRST) <= other.from.unwrap_or(Date::FIRST)
    }

    fn ends_with_or_after(self, other: Interval) -> bool {
        match (self.until, other.until) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(own), Some(others)) => others <= own,
        }
    }
}

fn starting(from: Date) -> Bi {
    if (from.month(), from.day()) == (1, 1) {
        return bi!("fra {year}", "from {year}", year = from.year());
    }
    Bi::new(format!("fra {}", from.print(Lang::Da)), format!("from {}", from.print(Lang::En)))
}

fn through(last: Date) -> Bi {
    if (last.month(), last.day()) == (12, 31) {
        return bi!("til og med {year}", "through {year}", year = last.year());
    }
    Bi::new(format!("til og med {}", last.print(Lang::Da)), format!("through {}", last.print(Lang::En)))
}
