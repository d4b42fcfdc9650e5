//! Distribution of a pool: exact shares, rounded so that they always add to the pool.

use super::machine::Machine;
use super::node::{Evaluated, plain};
use super::outcome::meet;
use super::{At, Detail, EntityLine, Outcome, RunProblem, ShareLine, StepId, What};
use crate::model::{Distribution, ExprId, ShareRule, Ty};
use crate::value::{
    DistributionError, Number, RoundMode, each_rounded, exact_shares, largest_remainder, rest_to,
};

impl Machine<'_> {
    /// The share of the entity at hand; all shares are computed once and remembered.
    pub(super) fn share(&mut self, expr: ExprId, distribution: &Distribution, at: At) -> Evaluated {
        let key = (expr, at.moment, at.without);
        let whole = match self.shares.get(&key) {
            Some(step) => *step,
            None => {
                let (outcome, inputs, detail) =
                    self.distribute(expr, distribution, At { entity: None, ..at });
                let step = self.push(What::Expr(expr), At { entity: None, ..at }, outcome, inputs, detail);
                self.shares.insert(key, step);
                step
            }
        };
        let outcome = self.own_share(expr, whole, at);
        plain(outcome, vec![whole])
    }

    fn own_share(&self, expr: ExprId, whole: StepId, at: At) -> Outcome {
        let step = self.trace().step(whole);
        let Detail::Shares(lines) = &step.detail else { return step.outcome.clone() };
        match lines.iter().find(|line| Some(line.entity) == at.entity) {
            Some(line) => Outcome::number(line.share.clone()).weakened(step.outcome.status()),
            None => self.invalid(expr),
        }
    }

    fn distribute(&mut self, expr: ExprId, distribution: &Distribution, at: At) -> Evaluated {
        let pool = self.expr(distribution.pool, at);
        let lines = match self.selected(distribution.kind, distribution.filter, distribution.key, at) {
            Ok(lines) => lines,
            Err((outcome, inputs)) => {
                return plain(outcome, std::iter::once(pool).chain(inputs).collect());
            }
        };
        let keys: Vec<StepId> = lines.iter().filter_map(|line| line.read).collect();
        let inputs: Vec<StepId> = std::iter::once(pool).chain(keys).collect();
        let outcomes = self.outcomes(&inputs);
        if let Some(state) = meet(&outcomes) {
            return plain(state, inputs);
        }
        let Some(amount) = outcomes.first().and_then(Outcome::as_number).cloned() else {
            return plain(self.invalid(expr), inputs);
        };
        match self.shares_of(expr, distribution, &amount, &lines) {
            Ok(shares) => {
                let whole = self.resting_on(amount, &inputs);
                (whole, inputs, Detail::Shares(shares))
            }
            Err(problem) => plain(Outcome::error(problem), inputs),
        }
    }

    fn shares_of(
        &self,
        expr: ExprId,
        distribution: &Distribution,
        pool: &Number,
        lines: &[EntityLine],
    ) -> Result<Vec<ShareLine>, RunProblem> {
        let span = self.model.node(expr).span;
        let weights: Vec<Number> = lines.iter().map(|line| self.weight(line)).collect();
        self.keys_add_up(expr, distribution, lines)?;
        let names: Vec<&str> = lines.iter().map(|line| self.facts.get(line.entity).name.as_str()).collect();
        // Those left out take no part, also in ties and roundings.
        let chosen: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].selected).collect();
        let parts: Vec<(Number, &str)> = chosen.iter().map(|i| (weights[*i].clone(), names[*i])).collect();
        let failed = |error| RunProblem::Distribution { span, error };
        let exact = exact_shares(pool, &parts).map_err(failed)?;
        let rounded = rounded(distribution, pool, &parts).map_err(failed)?.unwrap_or_else(|| exact.clone());
        let mut shares = exact.into_iter().zip(rounded);
        let line = |line: &EntityLine| {
            let own = if line.selected { shares.next() } else { None };
            let (exact, share) = own.unwrap_or_else(|| (Number::zero(), Number::zero()));
            let (key, condition) = (line.read, line.condition);
            ShareLine { entity: line.entity, key, selected: line.selected, condition, exact, share }
        };
        Ok(lines.iter().map(line).collect())
    }

    fn weight(&self, line: &EntityLine) -> Number {
        line.read.and_then(|step| self.outcome(step).as_number()).cloned().unwrap_or_else(Number::one)
    }

    /// A percentage key must add to 100 pct. over the whole kind, before anyone is left out.
    fn keys_add_up(
        &self,
        expr: ExprId,
        distribution: &Distribution,
        lines: &[EntityLine],
    ) -> Result<(), RunProblem> {
        let Some(key) = distribution.key else { return Ok(()) };
        if self.model.node(key).ty != Ty::Percent {
            return Ok(());
        }
        let sum = lines.iter().map(|line| self.weight(line)).fold(Number::zero(), |sum, key| sum.add(&key));
        if sum == Number::one() {
            return Ok(());
        }
        Err(RunProblem::KeysDoNotAdd {
            span: self.model.node(expr).span,
            key: self.model.node(key).span,
            sum,
        })
    }
}

fn rounded(
    distribution: &Distribution,
    pool: &Number,
    parts: &[(Number, &str)],
) -> Result<Option<Vec<Number>>, DistributionError> {
    let Some(step) = &distribution.step else { return Ok(None) };
    match &distribution.rule {
        ShareRule::Exact => Ok(None),
        ShareRule::LargestRemainder => largest_remainder(pool, parts, step).map(Some),
        ShareRule::RestTo(who) => rest_to(pool, parts, step, RoundMode::Nearest, who).map(Some),
        ShareRule::Each(mode) => each_rounded(pool, parts, step, *mode).map(Some),
    }
}
