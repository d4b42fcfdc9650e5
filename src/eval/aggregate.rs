//! Aggregates over the entities of a kind, and sums over years.

use super::machine::Machine;
use super::node::{Evaluated, plain};
use super::number::pick_extreme;
use super::outcome::{meet, weakest};
use super::{At, Detail, EntityLine, Outcome, RunProblem, StepId};
use crate::facts::Moment;
use crate::model::{Aggregate, ExprId, KindId, NodeKind, OverTarget};
use crate::value::{Interval, Number, Period};

impl Machine<'_> {
    /// Reads something of every entity and decides which are selected. Where the selection is not known for some
    /// entity, that state is the result.
    pub(super) fn selected(
        &mut self,
        kind: KindId,
        filter: Option<ExprId>,
        of: Option<ExprId>,
        at: At,
    ) -> Result<Vec<EntityLine>, (Outcome, Vec<StepId>)> {
        let entities = self.entities(kind, at).map_err(|outcome| (outcome, vec![]))?;
        let mut lines = Vec::new();
        let mut filters = Vec::new();
        for entity in entities {
            let place = At { entity: Some(entity), ..at };
            let decided = filter.map(|filter| self.expr(filter, place));
            filters.extend(decided);
            let chosen = decided.is_none_or(|step| self.outcome(step).as_truth() == Some(true));
            let read = of.map(|of| self.expr(of, place));
            lines.push(EntityLine { entity, read, selected: chosen, condition: decided });
        }
        let skipped = |o: &Outcome| matches!(o, Outcome::DoesNotApply(_));
        let outcomes: Vec<Outcome> = self.outcomes(&filters).into_iter().filter(|o| !skipped(o)).collect();
        match meet(&outcomes) {
            Some(state) => Err((state, filters)),
            None => Ok(lines),
        }
    }

    pub(super) fn aggregate(
        &mut self,
        expr: ExprId,
        op: Aggregate,
        of: Option<ExprId>,
        (kind, filter): (KindId, Option<ExprId>),
        if_none: Option<ExprId>,
        at: At,
    ) -> Evaluated {
        let lines = match self.selected(kind, filter, of, at) {
            Ok(lines) => lines,
            Err((outcome, inputs)) => return plain(outcome, inputs),
        };
        let inputs: Vec<StepId> =
            lines.iter().filter(|line| line.selected).filter_map(|line| line.read).collect();
        let chosen = lines.iter().filter(|line| line.selected).count();
        let counted = self.applying(&inputs);
        let nobody = if of.is_some() { counted.is_empty() } else { chosen == 0 };
        if let (true, Some(fallback)) = (nobody, if_none) {
            let step = self.expr(fallback, at);
            return (self.outcome(step).clone(), vec![step], Detail::Entities(lines));
        }
        let outcome = match op {
            Aggregate::Count => Outcome::number(whole(chosen)),
            Aggregate::Sum => self.total(&inputs),
            Aggregate::Average | Aggregate::Largest | Aggregate::Smallest | Aggregate::Rank if nobody => {
                Outcome::error(RunProblem::NobodySelected { span: self.model.node(expr).span })
            }
            Aggregate::Average => self.average(&inputs, counted.len()),
            Aggregate::Largest | Aggregate::Rank => pick_extreme(true, &counted),
            Aggregate::Smallest => pick_extreme(false, &counted),
        };
        (outcome, inputs, Detail::Entities(lines))
    }

    fn applying(&self, steps: &[StepId]) -> Vec<Outcome> {
        self.outcomes(steps).into_iter().filter(|o| !matches!(o, Outcome::DoesNotApply(_))).collect()
    }

    fn average(&self, inputs: &[StepId], count: usize) -> Outcome {
        let total = self.total(inputs);
        match total.as_number().and_then(|sum| sum.div(&whole(count))) {
            Some(average) => Outcome::number(average).weakened(weakest([&total])),
            None => total,
        }
    }

    /// `sum af x i 2025-2030`: each year's value, or a total stated for just those years.
    pub(super) fn sum_over(&mut self, of: ExprId, first: i16, last: i16, at: At) -> Evaluated {
        if let Some(step) = self.stated_total(of, first, last, at) {
            return plain(self.outcome(step).clone(), vec![step]);
        }
        if i32::from(last) - i32::from(first) > MOST_YEARS {
            let problem = RunProblem::TooManyYears { span: self.model.node(of).span, limit: MOST_YEARS };
            return plain(Outcome::error(problem), vec![]);
        }
        let years: Vec<(i16, StepId)> = (first..=last)
            .map(|year| (year, self.expr(of, At { moment: Moment::Year(year), ..at })))
            .collect();
        let steps: Vec<StepId> = years.iter().map(|(_, step)| *step).collect();
        (self.total(&steps), steps, Detail::Years(years))
    }

    /// `ramme samlet i 2023-2024 = …` is what its sum over those years is.
    fn stated_total(&mut self, of: ExprId, first: i16, last: i16, at: At) -> Option<StepId> {
        let model = self.model;
        let NodeKind::Def(def) = &model.node(of).kind else { return None };
        let data = &model.defs[*def];
        let replaced = model.overrides.iter().any(|over| over.target == OverTarget::Def(*def))
            || self.facts.overridden().any(|other| other == *def);
        // What stands in for the definition stands in for its total as well; it is read year by year.
        if replaced || data.faulty || !data.exceptions.is_empty() {
            return None;
        }
        let wanted = Interval::of_period(Period::Years(first, last))?;
        let stated = model.defs[*def].alternatives.iter().find(|a| a.total && a.interval == wanted)?;
        match stated.body {
            crate::model::Body::Expr(expr) => Some(self.expr(expr, at)),
            crate::model::Body::Lifted => None,
        }
    }
}

/// More years than any agreement spans.
const MOST_YEARS: i32 = 1_000;

fn whole(count: usize) -> Number {
    Number::from_i64(i64::try_from(count).unwrap_or(i64::MAX))
}
