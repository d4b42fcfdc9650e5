//! Sums over years: year by year, with the totals that the text states for several years together.

use super::machine::Machine;
use super::node::{Evaluated, plain};
use super::{At, Detail, MissingWhat, Outcome, RunProblem, StepId};
use crate::facts::Moment;
use crate::model::{Alternative, Body, DefId, ExprId, NodeKind};
use crate::value::{Interval, Period};

/// More years than any agreement spans.
const MOST_YEARS: i32 = 1_000;

impl Machine<'_> {
    /// `sum af x i 2025-2030`: each year's value; a total stated for years within the span counts for these together.
    pub(super) fn sum_over(&mut self, expr: ExprId, of: ExprId, period: Period, at: At) -> Evaluated {
        let parts = match period {
            Period::Year(year) => self.by_year(of, year, year, at),
            Period::Years(first, last) => self.by_year(of, first, last, at),
            Period::Quarter(..) | Period::Month(..) | Period::Day(_) => self.as_stated(expr, of, period, at),
        };
        match parts {
            Ok(parts) => {
                let steps: Vec<StepId> = parts.iter().map(|(_, step)| *step).collect();
                match parts.as_slice() {
                    // The total is told as it stands; there is nothing to add.
                    [(part, step)] if *part == period && !matches!(part, Period::Year(_)) => {
                        plain(self.outcome(*step).clone(), steps)
                    }
                    _ => (self.total(&steps), steps, Detail::Years(parts)),
                }
            }
            Err(problem) => plain(Outcome::error(problem), vec![]),
        }
    }

    fn by_year(
        &mut self,
        of: ExprId,
        first: i16,
        last: i16,
        at: At,
    ) -> Result<Vec<(Period, StepId)>, RunProblem> {
        if i32::from(last) - i32::from(first) > MOST_YEARS {
            return Err(RunProblem::TooManyYears { span: self.model.node(of).span, limit: MOST_YEARS });
        }
        let mut parts = Vec::new();
        let mut year = first;
        while year <= last {
            let (period, step) = match self.total_from(of, year, last, at) {
                Some((until, step)) => (Period::Years(year, until), step),
                None => (Period::Year(year), self.expr(of, At { moment: Moment::Year(year), ..at })),
            };
            parts.push((period, step));
            let Some(next) = period.years().end().checked_add(1) else { break };
            year = next;
        }
        Ok(parts)
    }

    /// The total stated for the years from `year` to one that is not after `last`.
    fn total_from(&mut self, of: ExprId, year: i16, last: i16, at: At) -> Option<(i16, StepId)> {
        let stated = self.stated_total(of, |total| {
            let years = whole_years(total)?;
            (*years.start() == year && *years.end() <= last && years.start() < years.end())
                .then_some(*years.end())
        })?;
        let (def, body, until) = stated;
        // What stands in for the definition in one of the years stands in for the total as well.
        let only_total = (year..=until).all(|year| {
            let step = self.def(def, At { moment: Moment::Year(year), ..at });
            let missing = self.outcome(step).missing_set();
            !missing.is_empty() && missing.iter().all(|m| m.what == MissingWhat::Total(def))
        });
        only_total.then(|| (until, self.expr(body, at)))
    }

    /// A month or quarter has a sum where the text states the total for exactly that.
    fn as_stated(
        &mut self,
        expr: ExprId,
        of: ExprId,
        period: Period,
        at: At,
    ) -> Result<Vec<(Period, StepId)>, RunProblem> {
        let wanted = Interval::of_period(period);
        match self.stated_total(of, |total| (Some(total) == wanted).then_some(())) {
            Some((_, body, ())) => Ok(vec![(period, self.expr(body, at))]),
            None => Err(RunProblem::NoTotal { span: self.model.node(expr).span, period }),
        }
    }

    fn stated_total<T>(
        &self,
        of: ExprId,
        fits: impl Fn(Interval) -> Option<T>,
    ) -> Option<(DefId, ExprId, T)> {
        let NodeKind::Def(def) = &self.model.node(of).kind else { return None };
        let data = &self.model.defs[*def];
        let totals = data.alternatives.iter().filter(|a| a.total && !data.faulty);
        let found = |a: &Alternative| match a.body {
            Body::Expr(body) => fits(a.interval).map(|fit| (*def, body, fit)),
            Body::Lifted => None,
        };
        totals.into_iter().find_map(found)
    }
}

/// The years an interval consists of, where it consists of whole years.
fn whole_years(interval: Interval) -> Option<std::ops::RangeInclusive<i16>> {
    let period = Period::of_days(interval.from?, interval.last()?)?;
    match period {
        Period::Year(_) | Period::Years(..) => Some(period.years()),
        Period::Day(_) | Period::Month(..) | Period::Quarter(..) => None,
    }
}
