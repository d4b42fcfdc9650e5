//! Dates and other times: spans of days, dates moved by months, values carried on.

use super::machine::Machine;
use super::node::{Evaluated, plain};
use super::outcome::{meet, weakest};
use super::{At, Outcome, RunProblem};
use crate::facts::{Datum, Moment};
use crate::model::{DefId, ExprId, SpanUnit};
use crate::value::{Date, DateSlip, Interval, MissingDay, Number};

impl Machine<'_> {
    /// `dage fra a til b`, whole months and whole years; in days or months.
    pub(super) fn date_span(&mut self, unit: SpanUnit, from: ExprId, to: ExprId, at: At) -> Evaluated {
        let inputs = vec![self.expr(from, at), self.expr(to, at)];
        let (a, b) = (self.outcome(inputs[0]).clone(), self.outcome(inputs[1]).clone());
        if let Some(state) = meet([&a, &b]) {
            return plain(state, inputs);
        }
        let outcome = match (a.datum(), b.datum()) {
            (Some(Datum::Date(from)), Some(Datum::Date(to))) => {
                let count = match unit {
                    SpanUnit::Days => from.days_until(*to),
                    SpanUnit::WholeMonths => from.whole_months(*to),
                    SpanUnit::WholeYears => from.whole_years(*to).saturating_mul(12),
                };
                Outcome::number(Number::from_i64(count)).weakened(weakest([&a, &b]))
            }
            // The checker keeps what may be none from getting here.
            (_, _) => self.invalid(from),
        };
        plain(outcome, inputs)
    }

    /// `d + 1 måned`: the same day of another month.
    pub(super) fn shift(
        &mut self,
        expr: ExprId,
        (date, by): (ExprId, ExprId),
        forward: bool,
        missing: MissingDay,
        at: At,
    ) -> Evaluated {
        let inputs = vec![self.expr(date, at), self.expr(by, at)];
        let (a, b) = (self.outcome(inputs[0]).clone(), self.outcome(inputs[1]).clone());
        if let Some(state) = meet([&a, &b]) {
            return plain(state, inputs);
        }
        let span = self.model.node(expr).span;
        let moved = match (a.datum(), b.as_number().map(Number::to_i64)) {
            (Some(Datum::Date(date)), Some(Some(months))) => {
                moved(*date, months, forward, missing).map_err(|slip| match slip {
                    DateSlip::MissingDay { .. } => RunProblem::NoSuchDay { span, slip },
                    DateSlip::OutOfCalendar => RunProblem::OutsideCalendar { span },
                })
            }
            (Some(Datum::Date(_)), Some(None)) => Err(RunProblem::NotWholeMonths { span }),
            (_, _) => Err(RunProblem::Invalid { span: self.model.node(date).span }),
        };
        let outcome = match moved {
            Ok(date) => Outcome::of(Datum::Date(date)).weakened(weakest([&a, &b])),
            Err(problem) => Outcome::error(problem),
        };
        plain(outcome, inputs)
    }

    /// `videreført`: what the definition was at the end of the last line before the one at hand. Where it is read for
    /// `hidtidig`, that is read below the same layer, so that what a later layer adds counts once.
    pub(super) fn carried_on(&mut self, expr: ExprId, def: DefId, at: At) -> Evaluated {
        let before = match self.intervals(def, at) {
            Ok(intervals) => last_before(&intervals, at.moment),
            Err((outcome, inputs)) => return plain(outcome, inputs),
        };
        let Some(moment) = before else {
            let (span, name) = (self.model.node(expr).span, self.model.full_name(def));
            return plain(Outcome::error(RunProblem::NothingBefore { span, name }), vec![]);
        };
        let at = At { moment, ..at };
        if let Some(below) = at.below {
            return self.former(def, below, at);
        }
        let step = self.def(def, at);
        plain(self.outcome(step).clone(), vec![step])
    }

    /// `…, ligeligt pr. år`.
    pub(super) fn per_year(&mut self, value: ExprId, years: i64, at: At) -> Evaluated {
        let step = self.expr(value, at);
        let outcome = super::number::mapped(
            self.outcome(step),
            // INVARIANT: a span of years holds at least one; others are refused when they are read.
            |total| total.div(&Number::from_i64(years)).unwrap_or_else(|| total.clone()),
            false,
        );
        plain(outcome, vec![step])
    }
}

fn moved(date: Date, months: i64, forward: bool, missing: MissingDay) -> Result<Date, DateSlip> {
    let months = if forward { Some(months) } else { months.checked_neg() };
    date.add_months(months.ok_or(DateSlip::OutOfCalendar)?, missing)
}

/// The last moment of the line that ended last before the one in force: its whole last year, where a year is asked
/// about and the line holds in all of it.
fn last_before(intervals: &[Interval], moment: Moment) -> Option<Moment> {
    let asked = moment.interval()?;
    let from = intervals.iter().filter(|i| i.overlaps(asked)).filter_map(|i| i.from).max()?;
    let earlier = intervals.iter().filter(|i| i.until.is_some_and(|until| until <= from));
    let line = earlier.max_by_key(|i| i.until)?;
    let last = line.last()?;
    let year = Moment::Year(last.year());
    let whole = year.interval().is_some_and(|year| line.covers(year));
    let years = match moment {
        Moment::Year(_) => true,
        Moment::Quarter(..) | Moment::Month(..) | Moment::Day(_) => false,
    };
    Some(if years && whole { year } else { Moment::Day(last) })
}
