//! Rows by time: `fra 1. april 2019 | …` runs until the next row begins, `i 2025`, `1. juli 2025 – 30. juni 2026`.

use super::lower::Lowerer;
use super::time::edge_of;
use super::{KeyTest, Row};
use crate::syntax::ast::{Expr, ExprKind, Range, RangeBound, Time};
use crate::value::Interval;

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

/// Lets each row that has a start alone run until the next start of its column.
pub(super) fn run_until_next(rows: &mut [Row]) {
    let columns = rows.iter().map(|row| row.tests.len()).max().unwrap_or(0);
    for column in 0..columns {
        let mut starts: Vec<_> = rows
            .iter()
            .filter_map(|row| match row.tests.get(column) {
                Some(KeyTest::Time(interval)) => interval.from,
                _ => None,
            })
            .collect();
        starts.sort();
        for row in rows.iter_mut() {
            if let Some(KeyTest::Time(Interval { from: Some(from), until: until @ None })) =
                row.tests.get_mut(column)
            {
                *until = starts.iter().copied().find(|start| start > from);
            }
        }
    }
}
