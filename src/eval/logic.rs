//! Comparisons, `og`/`eller`, `hvis`, grants and counts of conditions, in three values.

use std::cmp::Ordering;

use super::definition::one_of;
use super::machine::Machine;
use super::node::{Evaluated, plain};
use super::outcome::{meet, weakest};
use super::{At, Bounds, Detail, Lack, Outcome, Reason, StepId, Unknown};
use crate::facts::Datum;
use crate::model::{Compare, ExprId, NodeKind};
use crate::value::{Number, RoundMode};

impl Machine<'_> {
    pub(super) fn compare(&mut self, op: Compare, left: ExprId, right: ExprId, at: At) -> Evaluated {
        let inputs = vec![self.expr(left, at), self.expr(right, at)];
        let outcome = compared(op, self.outcome(inputs[0]), self.outcome(inputs[1]));
        plain(outcome, inputs)
    }

    pub(super) fn approx(&mut self, left: ExprId, right: ExprId, step: &Number, at: At) -> Evaluated {
        let inputs = vec![self.expr(left, at), self.expr(right, at)];
        let (a, b) = (self.outcome(inputs[0]).clone(), self.outcome(inputs[1]).clone());
        if let Some(state) = meet([&a, &b]) {
            return plain(roughly(&a, &b, step).unwrap_or(state), inputs);
        }
        let rounded = a.as_number().and_then(|n| n.round(step, RoundMode::Nearest));
        let equal = rounded.as_ref().is_some_and(|n| b.as_number() == Some(n));
        plain(Outcome::truth(equal).weakened(weakest([&a, &b])), inputs)
    }

    pub(super) fn between(&mut self, value: ExprId, low: ExprId, high: ExprId, at: At) -> Evaluated {
        let inputs = self.exprs(&[value, low, high], at);
        let above = compared(Compare::Ge, self.outcome(inputs[0]), self.outcome(inputs[1]));
        let below = compared(Compare::Le, self.outcome(inputs[0]), self.outcome(inputs[2]));
        plain(conjunction(&[above, below]), inputs)
    }

    pub(super) fn is_one_of(&mut self, value: ExprId, all: &[ExprId], at: At) -> Evaluated {
        let first = self.expr(value, at);
        let rest = self.exprs(all, at);
        let equal: Vec<Outcome> =
            rest.iter().map(|step| compared(Compare::Eq, self.outcome(first), self.outcome(*step))).collect();
        let inputs = std::iter::once(first).chain(rest).collect();
        plain(disjunction(&equal), inputs)
    }

    pub(super) fn is_none(&mut self, value: ExprId, negated: bool, at: At) -> Evaluated {
        let step = self.expr(value, at);
        let outcome = match self.outcome(step) {
            Outcome::Value(v) => Outcome::truth((v.datum == Datum::Nothing) != negated),
            other => other.clone(),
        };
        plain(outcome, vec![step])
    }

    pub(super) fn not(&mut self, x: ExprId, at: At) -> Evaluated {
        let step = self.expr(x, at);
        let outcome = self.outcome(step);
        let outcome = match outcome.as_truth() {
            Some(truth) => Outcome::truth(!truth).weakened(outcome.status()),
            None => outcome.clone(),
        };
        plain(outcome, vec![step])
    }

    /// `eller` when `any`, else `og`. A side that decides makes the others irrelevant, whatever their state.
    pub(super) fn both(&mut self, all: &[ExprId], any: bool, at: At) -> Evaluated {
        let inputs = self.exprs(all, at);
        let outcomes = self.outcomes(&inputs);
        let outcome = if any { disjunction(&outcomes) } else { conjunction(&outcomes) };
        plain(outcome, inputs)
    }

    /// Tells whether every condition that still stands is met.
    pub(super) fn all_met(&mut self, all: &[ExprId], at: At) -> Evaluated {
        let inputs = self.exprs(all, at);
        plain(conjunction(&standing(self.outcomes(&inputs))), inputs)
    }

    /// Counts met conditions; those that are unknown leave the count between two numbers.
    pub(super) fn count_met(&mut self, all: &[ExprId], at: At) -> Evaluated {
        let inputs = self.exprs(all, at);
        let outcomes = self.outcomes(&inputs);
        plain(count(&outcomes), inputs)
    }

    pub(super) fn branch(&mut self, condition: ExprId, then: ExprId, otherwise: ExprId, at: At) -> Evaluated {
        let decided = self.expr(condition, at);
        match self.outcome(decided).as_truth() {
            Some(truth) => {
                let step = self.expr(if truth { then } else { otherwise }, at);
                let status = self.outcome(decided).status();
                (self.outcome(step).clone().weakened(status), vec![decided, step], Detail::Branch(truth))
            }
            None => self.undecided_branch(decided, then, otherwise, at),
        }
    }

    fn undecided_branch(&mut self, decided: StepId, then: ExprId, otherwise: ExprId, at: At) -> Evaluated {
        let state = self.outcome(decided).clone();
        if !matches!(state, Outcome::Unknown(_)) {
            return plain(state, vec![decided]);
        }
        let both = [self.expr(then, at), self.expr(otherwise, at)];
        let outcomes = self.outcomes(&both);
        plain(one_of(&outcomes, &[state]), vec![decided, both[0], both[1]])
    }

    /// A grant is paid in full when all its conditions are met; otherwise it lapses, or the other amount is paid.
    pub(super) fn grant(
        &mut self,
        expr: ExprId,
        full: ExprId,
        conditions: &[ExprId],
        otherwise: Option<ExprId>,
        at: At,
    ) -> Evaluated {
        let mut inputs = self.exprs(conditions, at);
        let met = conjunction(&standing(self.outcomes(&inputs)));
        let amount = self.expr(full, at);
        inputs.push(amount);
        let full = self.full_of_line(expr, full, amount, at);
        match met.as_truth() {
            Some(true) => (full.weakened(met.status()), inputs, Detail::Branch(true)),
            Some(false) => {
                let paid = self.lapsed(otherwise, &mut inputs, at);
                (paid.weakened(met.status()), inputs, Detail::Branch(false))
            }
            None if matches!(met, Outcome::Unknown(_)) => {
                let paid = self.lapsed(otherwise, &mut inputs, at);
                let possible = [full, paid];
                plain(one_of(&possible, &[met]), inputs)
            }
            None => plain(met, inputs),
        }
    }

    /// The full amount as the line of the grant at hand states it. Where exceptions leave it unknown, each line of the grant
    /// goes with its own amount, whether it is in the text or in one of them.
    fn full_of_line(&mut self, expr: ExprId, full: ExprId, amount: StepId, at: At) -> Outcome {
        let outcome = self.outcome(amount).clone();
        let NodeKind::Def(def) = &self.model.node(full).kind else { return outcome };
        let exceptions = &self.model.defs[*def].exceptions;
        if exceptions.is_empty() || !matches!(outcome, Outcome::Unknown(_)) {
            return outcome;
        }
        let line = self.model.node(expr).span;
        match exceptions.iter().find(|(_, alternative)| alternative.span == line) {
            Some((exception, _)) => self.restated(*def, *exception, at).outcome,
            None => self.text(*def, at, None).outcome,
        }
    }

    fn lapsed(&mut self, otherwise: Option<ExprId>, inputs: &mut Vec<StepId>, at: At) -> Outcome {
        match otherwise {
            None => Outcome::number(Number::zero()),
            Some(expr) => {
                let step = self.expr(expr, at);
                inputs.push(step);
                self.outcome(step).clone()
            }
        }
    }
}

/// What is left of conditions when those that an amendment has ended are gone: they bind nobody any more.
fn standing(mut all: Vec<Outcome>) -> Vec<Outcome> {
    all.retain(|outcome| !matches!(outcome, Outcome::DoesNotApply(Reason::Ended(..))));
    all
}

/// Whether an unknown, rounded, equals a figure, where its bounds leave one answer.
fn roughly(a: &Outcome, b: &Outcome, step: &Number) -> Option<Outcome> {
    let (Outcome::Unknown(unknown), Some(figure)) = (a, b.as_number()) else { return None };
    if unknown.unsettled {
        return None;
    }
    let rounded = |end: &Option<Number>| end.as_ref().and_then(|n| n.round(step, RoundMode::Nearest));
    let (low, high) = (rounded(&unknown.bounds.low), rounded(&unknown.bounds.high));
    let beyond =
        low.as_ref().is_some_and(|low| low > figure) || high.as_ref().is_some_and(|high| high < figure);
    let same = low.as_ref() == Some(figure) && high.as_ref() == Some(figure);
    (beyond || same).then(|| Outcome::truth(same).weakened(b.status()))
}

/// Compares two outcomes; bounds may decide where a side is unknown.
pub(super) fn compared(op: Compare, a: &Outcome, b: &Outcome) -> Outcome {
    if let Some(state) = meet([a, b]) {
        let decided = a.deciding_bounds().zip(b.deciding_bounds()).and_then(|(x, y)| decided(op, &x, &y));
        return match (state, decided) {
            // What the known side rests on, the answer rests on too.
            (Outcome::Unknown(_), Some(truth)) => Outcome::truth(truth).weakened(weakest([a, b])),
            (state, _) => state,
        };
    }
    let (Some(x), Some(y)) = (a.datum(), b.datum()) else { return Outcome::truth(false) };
    let ordering = x.cmp(y);
    let truth = match op {
        Compare::Eq => ordering == Ordering::Equal,
        Compare::Ne => ordering != Ordering::Equal,
        Compare::Lt => ordering == Ordering::Less,
        Compare::Le => ordering != Ordering::Greater,
        Compare::Gt => ordering == Ordering::Greater,
        Compare::Ge => ordering != Ordering::Less,
    };
    Outcome::truth(truth).weakened(weakest([a, b]))
}

/// Decides a comparison from bounds alone, where they allow it.
fn decided(op: Compare, x: &Bounds, y: &Bounds) -> Option<bool> {
    let at_most =
        |a: &Bounds, b: &Bounds| a.high.as_ref().zip(b.low.as_ref()).is_some_and(|(high, low)| high <= low);
    match op {
        Compare::Lt => either(below(x, y), at_most(y, x)),
        Compare::Le => either(at_most(x, y), below(y, x)),
        Compare::Gt => either(below(y, x), at_most(x, y)),
        Compare::Ge => either(at_most(y, x), below(x, y)),
        Compare::Eq => same(x, y),
        Compare::Ne => same(x, y).map(|same| !same),
    }
}

/// Two that can be only one number each are equal or not; two that do not reach each other are not.
fn same(x: &Bounds, y: &Bounds) -> Option<bool> {
    match (x.only(), y.only()) {
        (Some(a), Some(b)) => Some(a == b),
        (_, _) => (below(x, y) || below(y, x)).then_some(false),
    }
}

/// Tells whether one is surely below the other: also where they meet at an end that one of them does not reach.
fn below(a: &Bounds, b: &Bounds) -> bool {
    let open = a.high_open || b.low_open;
    a.high.as_ref().zip(b.low.as_ref()).is_some_and(|(high, low)| high < low || (open && high == low))
}

fn either(yes: bool, no: bool) -> Option<bool> {
    match (yes, no) {
        (true, _) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    }
}

/// All must hold: one that does not decides.
pub(super) fn conjunction(all: &[Outcome]) -> Outcome {
    match all.iter().find(|o| o.as_truth() == Some(false)) {
        Some(decides) => decides.clone(),
        None => undecided(all).unwrap_or_else(|| Outcome::truth(true).weakened(weakest(all))),
    }
}

/// One must hold: one that does decides.
pub(super) fn disjunction(all: &[Outcome]) -> Outcome {
    match all.iter().find(|o| o.as_truth() == Some(true)) {
        Some(decides) => decides.clone(),
        None => undecided(all).unwrap_or_else(|| Outcome::truth(false).weakened(weakest(all))),
    }
}

/// What becomes of several of which none decides. One that is unknown may yet decide, so that one that does not apply does
/// not settle it.
fn undecided(all: &[Outcome]) -> Option<Outcome> {
    let lack: Lack = all.iter().map(Outcome::lack).collect();
    match meet(all) {
        Some(Outcome::DoesNotApply(_)) if !lack.missing.is_empty() => {
            Some(Outcome::Unknown(Unknown::new(lack.unsettled_if(true), Bounds::open())))
        }
        state => state,
    }
}

pub(super) fn count(all: &[Outcome]) -> Outcome {
    let counted: Vec<&Outcome> = all.iter().filter(|o| !matches!(o, Outcome::DoesNotApply(_))).collect();
    let number = |n: usize| Number::from_i64(i64::try_from(n).unwrap_or(i64::MAX));
    let met = counted.iter().filter(|o| o.as_truth() == Some(true)).count();
    let open = counted.iter().filter(|o| matches!(o, Outcome::Unknown(_))).count();
    match meet(counted.iter().copied()) {
        None => Outcome::number(number(met)).weakened(weakest(counted.iter().copied())),
        Some(Outcome::Unknown(unknown)) => {
            let (low, high) = (Some(number(met)), Some(number(met + open)));
            let bounds = Bounds { low, high, ..Bounds::default() };
            Outcome::Unknown(unknown.bounded(bounds))
        }
        Some(other) => other,
    }
}
