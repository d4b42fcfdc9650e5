//! What is left of a total when the stated parts are taken out.

use super::machine::Machine;
use super::node::{Evaluated, plain};
use super::{At, Bounds, Outcome, RunProblem, Unknown};
use crate::model::{Arith, ExprId};
use crate::value::Number;

impl Machine<'_> {
    /// Parts that do not apply take nothing; parts that are more than the whole are an error.
    pub(super) fn rest(&mut self, expr: ExprId, whole: ExprId, parts: &[ExprId], at: At) -> Evaluated {
        let mut inputs = vec![self.expr(whole, at)];
        inputs.extend(self.exprs(parts, at));
        let taken: Vec<Outcome> = self
            .outcomes(&inputs[1..])
            .into_iter()
            .filter(|part| !matches!(part, Outcome::DoesNotApply(_)))
            .collect();
        let (total, sum) = (self.outcome(inputs[0]).clone(), self.added(&taken));
        let rest = self.combine(expr, Arith::Sub, &total, &sum);
        let below = rest.bounds().and_then(|bounds| bounds.high).is_some_and(|high| high.is_negative());
        if below {
            let span = self.model.node(expr).span;
            return plain(Outcome::error(RunProblem::PartsExceed { span }), inputs);
        }
        let outcome = match rest {
            // Less than nothing would be an error, so what is known starts at nothing.
            Outcome::Unknown(unknown) => {
                let may_exceed = unknown.bounds.low.as_ref().is_none_or(Number::is_negative);
                let high = unknown.bounds.high.clone();
                let low = unknown.bounds.low.clone().map_or_else(Number::zero, |low| low.max(Number::zero()));
                let lack = Outcome::Unknown(unknown).lack().unsettled_if(may_exceed);
                Outcome::Unknown(Unknown::new(lack, Bounds { low: Some(low), high, ..Bounds::default() }))
            }
            other => other,
        };
        plain(outcome, inputs)
    }
}
