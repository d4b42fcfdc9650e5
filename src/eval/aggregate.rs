//! Aggregates over the entities of a kind.

use super::machine::Machine;
use super::node::{Evaluated, plain};
use super::number::pick_extreme;
use super::outcome::{meet, weakest};
use super::{At, Detail, EntityLine, Outcome, RunProblem, StepId};
use crate::model::{Aggregate, ExprId, KindId};
use crate::value::Number;

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
}

fn whole(count: usize) -> Number {
    Number::from_i64(i64::try_from(count).unwrap_or(i64::MAX))
}
