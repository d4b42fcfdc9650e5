//! Rows by time: `fra 1. april 2019 | …` runs until the next row begins, `i 2025`, `1. juli 2025 – 30. juni 2026`.

use std::collections::BTreeSet;
use std::ops::Bound;

use super::lower::Lowerer;
use super::time::edge_of;
use super::{KeyTest, Row, Table};
use crate::syntax::ast::{Expr, ExprKind, Range, RangeBound, Time};
use crate::value::{Date, Interval};

impl Lowerer<'_> {
    /// Returns the days of a range whose ends are written dates; `None` when they are something else.
    pub(super) fn days_of(&mut self, range: &Range) -> Option<Interval> {
        let dated = |bound: &Option<RangeBound>| bound.as_ref().is_none_or(|b| written(&b.value).is_some());
        if !dated(&range.low) || !dated(&range.high) {
            return None;
        }
        let from = range.low.as_ref().and_then(|low| self.start(low));
        let until = range.high.as_ref().and_then(|high| self.end(high));
        let interval = Interval { from, until };
        (from.is_some() || until.is_some()).then_some(interval)
    }

    fn start(&mut self, low: &RangeBound) -> Option<crate::value::Date> {
        let time = written(&low.value)?;
        match low.included {
            true => edge_of(time, true, self.problems),
            false => edge_of(time, false, self.problems).and_then(|last| last.add_days(1)),
        }
    }

    fn end(&mut self, high: &RangeBound) -> Option<crate::value::Date> {
        let time = written(&high.value)?;
        match high.included {
            true => edge_of(time, false, self.problems).and_then(|last| last.add_days(1)),
            false => edge_of(time, true, self.problems),
        }
    }
}

fn written(expr: &Expr) -> Option<&Time> {
    match expr.kind.as_ref() {
        ExprKind::Date(time) => Some(time),
        ExprKind::Paren(inner) => written(inner),
        _ => None,
    }
}

/// A stretch of time within which a table has the same rows, with the days on which rows begin, by column.
#[derive(Clone, Debug)]
pub struct RowTimes {
    /// The stretch.
    pub time: Interval,
    starts: Vec<BTreeSet<Date>>,
}

impl RowTimes {
    /// Returns the days of a row by time in a column; `None` of other tests.
    pub fn days(&self, column: usize, test: &KeyTest) -> Option<Interval> {
        match test {
            KeyTest::Time(days) => Some(*days),
            KeyTest::From(from) => {
                let starts = self.starts.get(column);
                let until =
                    starts.and_then(|all| all.range((Bound::Excluded(*from), Bound::Unbounded)).next());
                Some(Interval { from: Some(*from), until: until.copied() })
            }
            KeyTest::Any | KeyTest::Otherwise | KeyTest::AnyOf(_) | KeyTest::NoneOf(_) => None,
            KeyTest::Range(..) | KeyTest::Condition(_) | KeyTest::Slice(_) => None,
        }
    }
}

impl KeyTest {
    /// A row by time: one that has a start alone runs until the next begins.
    pub fn by_time(days: Interval) -> KeyTest {
        match days {
            Interval { from: Some(from), until: None } => KeyTest::From(from),
            Interval { .. } => KeyTest::Time(days),
        }
    }

    fn start(&self) -> Option<Date> {
        match self {
            KeyTest::Time(days) => days.from,
            KeyTest::From(from) => Some(*from),
            KeyTest::Any | KeyTest::Otherwise | KeyTest::AnyOf(_) | KeyTest::NoneOf(_) => None,
            KeyTest::Range(..) | KeyTest::Condition(_) | KeyTest::Slice(_) => None,
        }
    }
}

impl Table {
    /// Cuts a time into the stretches within which the table has the same rows.
    pub fn row_times(&self, asked: Interval) -> Vec<RowTimes> {
        let edits = self.rows.iter().flat_map(|row| row.edits.iter().map(|edit| edit.interval));
        let cuts: Vec<Interval> = edits.chain(self.rows.iter().map(|row| row.interval)).collect();
        asked.cut(cuts).into_iter().map(|time| RowTimes { time, starts: self.starts(time) }).collect()
    }

    /// A row that is not there yet, or no more, begins nothing.
    fn starts(&self, time: Interval) -> Vec<BTreeSet<Date>> {
        let there: Vec<&Row> = self.rows.iter().filter(|row| row.stands(time)).collect();
        let columns = there.iter().map(|row| row.tests.len()).max().unwrap_or(0);
        let of = |column: usize| there.iter().filter_map(|row| row.tests.get(column)?.start()).collect();
        (0..columns).map(of).collect()
    }
}
