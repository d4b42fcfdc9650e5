//! Aggregates over the entities of a kind.

use super::definition::one_of;
use super::logic::{compared, conjunction, count};
use super::machine::Machine;
use super::node::Evaluated;
use super::number::pick_extreme;
use super::outcome::weakest;
use super::select::OfEach;
use super::{At, Bounds, Detail, EntityLine, Lack, Outcome, RunProblem, StepId, Unknown};
use crate::model::{Aggregate, Compare, ExprId, Selection};
use crate::value::Number;

/// An aggregate's parts.
pub(super) struct Aggregated<'m> {
    pub(super) op: Aggregate,
    pub(super) of: Option<ExprId>,
    pub(super) set: &'m Selection,
    pub(super) weight: Option<ExprId>,
    pub(super) if_none: Option<ExprId>,
}

impl Machine<'_> {
    pub(super) fn aggregate(&mut self, expr: ExprId, parts: &Aggregated<'_>, at: At) -> Evaluated {
        let each = OfEach { of: parts.of, weight: parts.weight };
        let lines = match self.lines(expr, parts.set, each, at) {
            Ok(lines) => lines,
            Err(evaluated) => return counted_at_least_nobody(parts.op, evaluated),
        };
        let fallback = self.fallback(&lines, parts, at);
        let outcome = match parts.op {
            Aggregate::Count => self.number_of(&lines),
            Aggregate::Sum => self.sum(&lines),
            Aggregate::Average if parts.weight.is_some() => self.weighted(expr, &lines),
            Aggregate::Average => self.average(&lines),
            Aggregate::Largest | Aggregate::Rank => self.extreme_of(true, &lines),
            Aggregate::Smallest => self.extreme_of(false, &lines),
        };
        let outcome = self.over_nobody(expr, parts, &lines, outcome, fallback);
        let read = lines.iter().filter(|line| line.selected || line.open);
        let inputs = read.flat_map(|line| [line.read, line.weight]).flatten();
        let inputs = inputs.chain(fallback).collect();
        (outcome, inputs, Detail::Entities(lines))
    }

    /// Computes what holds over nobody, where it may come to that.
    fn fallback(&mut self, lines: &[EntityLine], parts: &Aggregated<'_>, at: At) -> Option<StepId> {
        let surely_somebody = lines.iter().any(|line| line.selected && self.applies(line));
        parts.if_none.filter(|_| !surely_somebody).map(|fallback| self.expr(fallback, at))
    }

    /// Tells whether a line counts: what is read of it, where something is, applies.
    fn applies(&self, line: &EntityLine) -> bool {
        let lapses = |step: StepId| matches!(self.outcome(step), Outcome::DoesNotApply(_));
        ![line.read, line.weight].into_iter().flatten().any(lapses)
    }

    /// Over an empty selection a sum or a number is 0, the others an error, unless `hvis ingen` says otherwise.
    fn over_nobody(
        &self,
        expr: ExprId,
        parts: &Aggregated<'_>,
        lines: &[EntityLine],
        outcome: Outcome,
        fallback: Option<StepId>,
    ) -> Outcome {
        let surely = lines.iter().any(|line| line.selected && self.applies(line));
        let perhaps: Vec<&EntityLine> = lines.iter().filter(|line| line.open && self.applies(line)).collect();
        match (surely, perhaps.is_empty(), fallback) {
            (true, _, _) => outcome,
            (false, true, Some(step)) => self.outcome(step).clone(),
            (false, true, None) => match parts.op {
                Aggregate::Count | Aggregate::Sum => outcome,
                Aggregate::Average | Aggregate::Largest | Aggregate::Smallest | Aggregate::Rank => {
                    Outcome::error(RunProblem::NobodySelected { span: self.model.node(expr).span })
                }
            },
            (false, false, Some(step)) => {
                let conditions = self.deciding(&perhaps);
                one_of(&[outcome, self.outcome(step).clone()], &conditions)
            }
            (false, false, None) => match (parts.op, outcome) {
                (Aggregate::Count | Aggregate::Sum, outcome) => outcome,
                // It may come to nobody, so nothing is certain.
                (_, outcome) => {
                    let lack = self.lack_of(&perhaps, &outcome).unsettled_if(true);
                    Outcome::Unknown(Unknown::new(lack, Bounds::open()))
                }
            },
        }
    }

    fn deciding(&self, lines: &[&EntityLine]) -> Vec<Outcome> {
        let conditions: Vec<StepId> = lines.iter().filter_map(|line| line.condition).collect();
        self.outcomes(&conditions)
    }

    fn lack_of(&self, lines: &[&EntityLine], outcome: &Outcome) -> Lack {
        let decide = self.deciding(lines);
        decide.iter().chain([outcome]).map(Outcome::lack).collect()
    }

    /// `antal`: those surely chosen, and perhaps those that are open.
    fn number_of(&self, lines: &[EntityLine]) -> Outcome {
        let truths: Vec<Outcome> = lines
            .iter()
            .filter(|line| line.selected || line.open)
            .map(|line| match line.condition {
                Some(step) if line.open => self.unknown_of(step),
                Some(step) => Outcome::truth(true).weakened(self.outcome(step).status()),
                None => Outcome::truth(true),
            })
            .collect();
        count(&truths)
    }

    /// The condition of an open line, which is unknown.
    fn unknown_of(&self, step: StepId) -> Outcome {
        Outcome::Unknown(Unknown::new(self.outcome(step).lack(), Bounds::open()))
    }

    fn sum(&self, lines: &[EntityLine]) -> Outcome {
        let mut parts: Vec<Outcome> = Vec::new();
        for line in lines {
            let Some(read) = line.read.filter(|_| line.selected || line.open) else { continue };
            let value = self.outcome(read).clone();
            match line.condition.filter(|_| line.open) {
                None => parts.push(value),
                // One that may be left out adds its value or nothing.
                Some(_) if matches!(value, Outcome::DoesNotApply(_)) => {}
                Some(condition) => {
                    let unknown = self.unknown_of(condition);
                    parts.push(one_of(&[Outcome::number(Number::zero()), value], &[unknown]));
                }
            }
        }
        super::number::total_of(&parts)
    }

    /// What is read of those that are chosen, or may be.
    fn candidates(&self, lines: &[EntityLine], wanted: fn(&EntityLine) -> bool) -> Vec<Outcome> {
        let lines = lines.iter().filter(|line| wanted(line) && self.applies(line));
        let steps: Vec<StepId> = lines.filter_map(|line| line.read).collect();
        self.outcomes(&steps)
    }

    /// Whoever of the open ones is chosen, the extreme lies between that of the sure ones and that of all.
    fn extreme_of(&self, largest: bool, lines: &[EntityLine]) -> Outcome {
        let sure = self.candidates(lines, |line| line.selected);
        let all = self.candidates(lines, |line| line.selected || line.open);
        let open: Vec<&EntityLine> = lines.iter().filter(|line| line.open).collect();
        match (open.is_empty(), sure.is_empty()) {
            (true, _) => pick_extreme(largest, &sure),
            (false, false) => {
                let both = [pick_extreme(largest, &sure), pick_extreme(largest, &all)];
                one_of(&both, &self.deciding(&open))
            }
            (false, true) => one_of(&all, &self.deciding(&open)),
        }
    }

    fn average(&self, lines: &[EntityLine]) -> Outcome {
        let open: Vec<&EntityLine> = lines.iter().filter(|line| line.open && self.applies(line)).collect();
        let sure = self.candidates(lines, |line| line.selected);
        // What is wrong with one that surely counts is wrong whoever else does.
        if let Some(error) = sure.iter().find(|value| matches!(value, Outcome::Error(_))) {
            return error.clone();
        }
        if !open.is_empty() {
            // An average lies between the least and the greatest of those it may be taken over.
            let all = self.candidates(lines, |line| line.selected || line.open);
            return one_of(&all, &self.deciding(&open));
        }
        let count = whole(sure.len());
        scaled(super::number::total_of(&sure), |sum| sum.div(&count))
    }

    /// Σ value × weight / Σ weight.
    fn weighted(&self, expr: ExprId, lines: &[EntityLine]) -> Outcome {
        let span = self.model.node(expr).span;
        let taken: Vec<&EntityLine> =
            lines.iter().filter(|line| (line.selected || line.open) && self.applies(line)).collect();
        let open: Vec<&EntityLine> = taken.iter().copied().filter(|line| line.open).collect();
        let values = self.candidates(lines, |line| line.selected || line.open);
        // What a value comes to is read before what it weighs.
        let sure = taken.iter().zip(&values).filter(|(line, _)| line.selected);
        if let Some((_, error)) = sure.into_iter().find(|(_, value)| matches!(value, Outcome::Error(_))) {
            return error.clone();
        }
        let steps: Vec<StepId> = taken.iter().filter_map(|line| line.weight).collect();
        let weights = self.outcomes(&steps);
        let negative =
            taken.iter().zip(&weights).find(|(_, w)| w.as_number().is_some_and(Number::is_negative));
        if let Some((line, _)) = negative {
            let name = self.facts.get(line.entity).name.clone();
            return Outcome::error(RunProblem::NegativeWeight { span, name });
        }
        let known: Option<Vec<&Number>> = weights.iter().map(Outcome::as_number).collect();
        let (Some(known), true) = (known, open.is_empty()) else {
            if let Some(error) = weights.iter().chain(&values).find(|o| matches!(o, Outcome::Error(_))) {
                return error.clone();
            }
            let may_fail = weights_may_fail(taken.iter().map(|line| line.selected).zip(&weights));
            let deciding: Vec<Outcome> = self.deciding(&open).into_iter().chain(weights).collect();
            let average = one_of(&values, &deciding);
            return if may_fail { perhaps(average, &deciding) } else { average };
        };
        let whole = known.iter().fold(Number::zero(), |sum, weight| sum.add(weight));
        if whole.is_zero() && !taken.is_empty() {
            return Outcome::error(RunProblem::WeightsZero { span });
        }
        let parts: Vec<Outcome> = values
            .into_iter()
            .zip(&known)
            .filter(|(value, weight)| !weight.is_zero() || matches!(value, Outcome::Error(_)))
            .map(|(value, weight)| scaled(value, |number| Some(number.mul(weight))))
            .collect();
        scaled(super::number::total_of(&parts), |sum| sum.div(&whole)).weakened(weakest(&weights))
    }

    /// `c for alle …`, `c for mindst n …`.
    pub(super) fn quantified(
        &mut self,
        expr: ExprId,
        condition: ExprId,
        at_least: Option<&Number>,
        set: &Selection,
        at: At,
    ) -> Evaluated {
        let each = OfEach { of: Some(condition), weight: None };
        let lines = match self.lines(expr, set, each, at) {
            Ok(lines) => lines,
            Err(evaluated) => return evaluated,
        };
        let taken: Vec<&EntityLine> = lines.iter().filter(|line| line.selected || line.open).collect();
        let truths: Vec<Outcome> = taken
            .iter()
            .filter_map(|line| {
                let met = self.outcome(line.read?).clone();
                Some(match line.condition.filter(|_| line.open) {
                    None => met,
                    Some(step) => open_truth(met, self.unknown_of(step), at_least.is_none()),
                })
            })
            .collect();
        let outcome = match at_least {
            None => conjunction(&truths),
            Some(wanted) => compared(Compare::Ge, &count(&truths), &Outcome::number(wanted.clone())),
        };
        let inputs = taken.iter().filter_map(|line| line.read).collect();
        (outcome, inputs, Detail::Entities(lines))
    }
}

/// What one that may be left out says: for all, it does no harm when it is met; for a number, it does not count when
/// it is not.
fn open_truth(met: Outcome, unknown: Outcome, for_all: bool) -> Outcome {
    match met.as_truth() {
        Some(truth) if truth == for_all => met,
        Some(_) => unknown,
        None => one_of(&[Outcome::truth(for_all), met], &[unknown]),
    }
}

/// A number of those of a kind that nothing is known of is at least 0.
fn counted_at_least_nobody(op: Aggregate, (outcome, inputs, detail): Evaluated) -> Evaluated {
    let outcome = match (op, outcome) {
        (Aggregate::Count, Outcome::Unknown(unknown)) => {
            let bounds = Bounds { low: Some(Number::zero()), ..Bounds::default() };
            Outcome::Unknown(unknown.bounded(bounds))
        }
        (_, outcome) => outcome,
    };
    (outcome, inputs, detail)
}

/// What an average that may yet be an error is within, if it comes to anything.
fn perhaps(average: Outcome, deciding: &[Outcome]) -> Outcome {
    match average {
        Outcome::Unknown(unknown) => Outcome::Unknown(Unknown { unsettled: true, ..unknown }),
        Outcome::Value(_) => {
            let lack: Lack = deciding.iter().map(Outcome::lack).collect();
            Outcome::Unknown(Unknown::new(lack.unsettled_if(true), Bounds::open()))
        }
        state => state,
    }
}

/// Tells whether weights may turn out to be below 0, or to be 0 all of them; of each is told whether it surely counts.
fn weights_may_fail<'o>(weights: impl Iterator<Item = (bool, &'o Outcome)> + Clone) -> bool {
    let zero = Number::zero();
    let least = |weight: &Outcome| weight.deciding_bounds().and_then(|own| own.low);
    let never_below = weights.clone().all(|(_, weight)| least(weight).is_some_and(|low| low >= zero));
    let somebody = |(sure, weight): (bool, &Outcome)| {
        sure && weight.deciding_bounds().is_some_and(|own| !own.contains(&zero))
    };
    !never_below || !weights.clone().any(somebody)
}

/// Applies a rising change to a number, or to the bounds of an unknown.
fn scaled(outcome: Outcome, change: impl Fn(&Number) -> Option<Number>) -> Outcome {
    let status = outcome.status();
    match outcome {
        Outcome::Value(ref value) => match outcome.as_number().and_then(&change) {
            Some(number) => Outcome::number(number).weakened(status),
            None => Outcome::Value(value.clone()),
        },
        Outcome::Unknown(unknown) => {
            let end = |end: &Option<Number>| end.as_ref().and_then(&change);
            let (low, high) = (end(&unknown.bounds.low), end(&unknown.bounds.high));
            let bounds = Bounds { low, high, ..Bounds::default() };
            Outcome::Unknown(unknown.bounded(bounds))
        }
        other => other,
    }
}

/// Makes a number of things a number.
pub(super) fn whole(count: usize) -> Number {
    Number::from_i64(i64::try_from(count).unwrap_or(i64::MAX))
}
