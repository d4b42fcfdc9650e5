//! Years beside dates: `senest 2025` is through the year's last day, `før 2025` before its first. A year is written as any
//! other number, so only what it is compared with tells that it is one.

use super::check::{Checker, Typed};
use crate::model::{Arith, Compare, ExprId, KeyTest, NodeKind, RangeEnd, Show, TableId, Ty};
use crate::value::{Date, Interval, Period};

impl Checker<'_> {
    /// Makes a year or a span of years that a date is compared with the day that it means.
    pub(super) fn compared_with_year(&mut self, op: Compare, left: &Ty, right: ExprId) {
        let first = match op {
            Compare::Le | Compare::Gt => false,
            Compare::Lt | Compare::Ge => true,
            Compare::Eq | Compare::Ne => return,
        };
        if *left == Ty::Date {
            self.year_limit(right, first);
        }
    }

    /// Makes a written year or span of years its first or its last day, where a date is wanted.
    pub(super) fn year_limit(&mut self, limit: ExprId, first: bool) {
        let Some(date) = self.day_of_years(limit, first) else { return };
        let node = &mut self.model.nodes[limit];
        (node.kind, node.ty, node.show) = (NodeKind::Date(date), Ty::Date, Show::plain());
    }

    /// Makes the years that bound a row the days that they mean, where the row is looked up by a date.
    pub(super) fn year_cell(&mut self, table: TableId, row: usize, column: usize, key: Option<&Typed>) {
        if key.is_none_or(|(ty, _)| *ty != Ty::Date) {
            return;
        }
        let test = self.model.tables[table].rows.get(row).and_then(|row| row.tests.get(column)).cloned();
        let Some(KeyTest::Range(low, high)) = test else { return };
        let day = |end: &Option<RangeEnd>, first: bool| match end {
            // What is beyond a year begins after its last day, and what comes before one ends before its first.
            Some(end) => {
                self.day_of_years(end.value, end.included == first).map(|day| Some((day, end.included)))
            }
            None => Some(None),
        };
        let (Some(low), Some(high)) = (day(&low, true), day(&high, false)) else { return };
        let next = |(day, included): (Date, bool), counts: bool| match included == counts {
            true => Some(day),
            false => day.add_days(1),
        };
        let until = high.and_then(|high| next(high, false));
        let days = match low.map(|low| next(low, true)) {
            None => Interval { from: None, until },
            Some(Some(from)) => Interval { from: Some(from), until },
            // After the last day that there is comes none: the row never applies.
            Some(None) => Interval { from: Some(Date::LAST), until: Some(Date::LAST) },
        };
        if let Some(test) = self.model.tables[table].rows[row].tests.get_mut(column) {
            *test = KeyTest::by_time(days);
        }
    }

    fn day_of_years(&self, limit: ExprId, first: bool) -> Option<Date> {
        let years = match self.model.node(limit).kind {
            NodeKind::Arith(Arith::Sub, from, to) => {
                Period::Years(self.written_year(from)?, self.written_year(to)?)
            }
            _ => Period::Year(self.written_year(limit)?),
        };
        if let Period::Years(from, to) = years
            && from >= to
        {
            return None;
        }
        if first { years.first() } else { years.last() }
    }

    /// A year is four digits and nothing else.
    fn written_year(&self, expr: ExprId) -> Option<i16> {
        let node = self.model.node(expr);
        let NodeKind::Figure { value, .. } = &node.kind else { return None };
        let digits = node.span.range().len() == 4 && node.ty == Ty::Number;
        let year = value.to_i64().filter(|year| digits && (1000..=9999).contains(year))?;
        i16::try_from(year).ok()
    }
}
