//! Arithmetic on outcomes: exact where both sides are known, bounds where they are not.

use super::definition::one_of;
use super::machine::Machine;
use super::node::{Evaluated, plain};
use super::outcome::{meet, weakest};
use super::{At, Bounds, Detail, Lack, Outcome, RunProblem, StepId, Unknown};
use crate::facts::Datum;
use crate::model::{Arith, ExprId, NodeKind};
use crate::value::{Number, RoundMode};

impl Machine<'_> {
    pub(super) fn negate(&mut self, x: ExprId, at: At) -> Evaluated {
        let step = self.expr(x, at);
        let outcome = negated(self.outcome(step));
        plain(outcome, vec![step])
    }

    pub(super) fn arith(
        &mut self,
        expr: ExprId,
        op: Arith,
        left: ExprId,
        right: ExprId,
        at: At,
    ) -> Evaluated {
        let inputs = vec![self.expr(left, at), self.expr(right, at)];
        let (a, b) = (self.outcome(inputs[0]).clone(), self.outcome(inputs[1]).clone());
        plain(self.combine(expr, op, &a, &b), inputs)
    }

    pub(super) fn combine(&self, expr: ExprId, op: Arith, a: &Outcome, b: &Outcome) -> Outcome {
        if let (Some(Datum::Date(date)), Some(days)) = (a.datum(), b.as_number()) {
            return self.shifted(expr, op, *date, days).weakened(weakest([a, b]));
        }
        let here = self.model.node(expr).span;
        match combined(here, op, a, b) {
            Outcome::Error(problem) => match *problem {
                RunProblem::DivisionByZero { span, zero: None } if span == here => {
                    Outcome::error(RunProblem::DivisionByZero { span, zero: self.zero_of(expr) })
                }
                other => Outcome::error(other),
            },
            outcome => outcome,
        }
    }

    /// Finds where a denominator gets its 0 from: the last name on the way to what is computed or given.
    fn zero_of(&self, expr: ExprId) -> Option<(crate::base::Span, String)> {
        let mut at = match &self.model.node(expr).kind {
            NodeKind::Arith(Arith::Div, _, under)
            | NodeKind::AsPercentOf(_, under)
            | NodeKind::DivideOr(_, under, _) => *under,
            _ => return None,
        };
        let mut found = None;
        // Definitions do not build on themselves at one time; the count bounds those that do at others.
        for _ in 0..self.model.defs.len().saturating_add(2) {
            match &self.model.node(at).kind {
                NodeKind::Def(def) => {
                    let data = &self.model.defs[*def];
                    found = Some((data.span, self.model.full_name(*def)));
                    match data.alternatives.as_slice() {
                        [crate::model::Alternative { body: crate::model::Body::Expr(body), .. }] => {
                            at = *body
                        }
                        _ => return found,
                    }
                }
                NodeKind::Fact(fact) => {
                    return Some((self.model.facts[*fact].span, self.model.fact_name(*fact)));
                }
                NodeKind::Round(inner, ..) | NodeKind::Restated(inner) | NodeKind::Nominal(inner) => {
                    at = *inner
                }
                _ => return found,
            }
        }
        found
    }

    fn shifted(&self, expr: ExprId, op: Arith, date: crate::value::Date, days: &Number) -> Outcome {
        let signed = if op == Arith::Sub { days.neg() } else { days.clone() };
        match signed.to_i64().and_then(|days| date.add_days(days)) {
            Some(date) => Outcome::of(Datum::Date(date)),
            None => Outcome::error(RunProblem::OutsideCalendar { span: self.model.node(expr).span }),
        }
    }

    /// A node of the wrong kind of value: the checker keeps these from running.
    pub(super) fn invalid(&self, expr: ExprId) -> Outcome {
        Outcome::error(RunProblem::Invalid { span: self.model.node(expr).span })
    }

    pub(super) fn divide_or(
        &mut self,
        expr: ExprId,
        over: ExprId,
        under: ExprId,
        fallback: ExprId,
        at: At,
    ) -> Evaluated {
        let denominator = self.expr(under, at);
        if self.outcome(denominator).as_number().is_some_and(Number::is_zero) {
            let step = self.expr(fallback, at);
            return (self.outcome(step).clone(), vec![denominator, step], Detail::Branch(false));
        }
        let numerator = self.expr(over, at);
        let (a, b) = (self.outcome(numerator).clone(), self.outcome(denominator).clone());
        let quotient = self.combine(expr, Arith::Div, &a, &b);
        let may_be_zero = matches!(&b, Outcome::Unknown(unknown) if unknown.bounds.contains(&Number::zero()));
        if may_be_zero {
            let step = self.expr(fallback, at);
            let possible = [but_for_zero(quotient, &a, &b), self.outcome(step).clone()];
            return plain(one_of(&possible, &[b]), vec![numerator, denominator, step]);
        }
        (quotient, vec![numerator, denominator], Detail::Branch(true))
    }

    pub(super) fn scaled(&mut self, value: ExprId, raised: bool, by: ExprId, at: At) -> Evaluated {
        let inputs = vec![self.expr(value, at), self.expr(by, at)];
        let (a, b) = (self.outcome(inputs[0]).clone(), self.outcome(inputs[1]).clone());
        let factor =
            mapped(&b, |p| if raised { Number::one().add(p) } else { Number::one().sub(p) }, !raised);
        plain(self.combine(value, Arith::Mul, &a, &factor), inputs)
    }

    pub(super) fn as_percent(&mut self, expr: ExprId, value: ExprId, whole: ExprId, at: At) -> Evaluated {
        self.arith(expr, Arith::Div, value, whole, at)
    }

    pub(super) fn round(&mut self, value: ExprId, step: &Number, mode: RoundMode, at: At) -> Evaluated {
        let input = self.expr(value, at);
        let outcome = self.outcome(input);
        // INVARIANT: steps are above zero, which is checked when they are written.
        let rounded = |n: &Number| n.round(step, mode).unwrap_or_else(|| n.clone());
        let before = outcome.as_number().cloned();
        let after = mapped(outcome, rounded, false);
        let detail = before.map_or(Detail::Plain, |before| Detail::Rounded { before });
        (after, vec![input], detail)
    }

    /// `dog højst`, `dog mindst`: a limit that does not apply does not limit.
    pub(super) fn limit(&mut self, value: ExprId, at_most: bool, limit: ExprId, at: At) -> Evaluated {
        let inputs = vec![self.expr(value, at), self.expr(limit, at)];
        let (a, b) = (self.outcome(inputs[0]).clone(), self.outcome(inputs[1]).clone());
        if matches!(b, Outcome::DoesNotApply(_)) && !matches!(a, Outcome::Error(_)) {
            return (a, inputs, Detail::Limited(false));
        }
        if matches!(a, Outcome::DoesNotApply(_)) {
            return plain(a, inputs);
        }
        let bound = match (a.as_number(), b.as_number()) {
            (Some(x), Some(y)) if at_most => x > y,
            (Some(x), Some(y)) => x < y,
            (_, _) => false,
        };
        (pick_extreme(!at_most, &[a, b]), inputs, Detail::Limited(bound))
    }

    /// `mindste af (a; b)`: one that does not apply is passed on, for the text names them all.
    pub(super) fn extreme(&mut self, largest: bool, all: &[ExprId], at: At) -> Evaluated {
        let inputs = self.exprs(all, at);
        let outcomes: Vec<Outcome> = self.outcomes(&inputs);
        let outcome = match meet(&outcomes) {
            Some(state @ (Outcome::Error(_) | Outcome::DoesNotApply(_))) => state,
            Some(_) | None => pick_extreme(largest, &outcomes),
        };
        plain(outcome, inputs)
    }

    /// Adds outcomes exactly; what does not apply is skipped. Where nothing applies, neither does the sum: a zero would
    /// be a figure nobody stated.
    pub(super) fn total(&self, steps: &[StepId]) -> Outcome {
        total_of(&self.outcomes(steps))
    }

    /// Adds outcomes exactly, whatever their states.
    pub(super) fn added(&self, all: &[Outcome]) -> Outcome {
        all_added(all)
    }
}

/// Combines two numbers in whatever state they are; what goes wrong is told of the place given.
pub(super) fn combined(span: crate::base::Span, op: Arith, a: &Outcome, b: &Outcome) -> Outcome {
    if let Some(zero) = zero_times(op, a, b) {
        return zero;
    }
    if op == Arith::Div && matches!(a, Outcome::Unknown(_)) && b.as_number().is_some_and(Number::is_zero) {
        return Outcome::error(RunProblem::DivisionByZero { span, zero: None });
    }
    if let Some(state) = meet([a, b]) {
        return with_bounds(state, op, a, b);
    }
    let (Some(x), Some(y)) = (a.as_number(), b.as_number()) else {
        return Outcome::error(RunProblem::Invalid { span });
    };
    match exact(op, x, y) {
        Some(number) if number.bits() > MOST_BITS => Outcome::error(RunProblem::TooLarge { span }),
        Some(number) => Outcome::number(number).weakened(weakest([a, b])),
        None => Outcome::error(RunProblem::DivisionByZero { span, zero: None }),
    }
}

/// Adds up outcomes; what does not apply is skipped, and where nothing applies the sum takes the state of its parts.
pub(super) fn total_of(parts: &[Outcome]) -> Outcome {
    let applies = |part: &&Outcome| !matches!(part, Outcome::DoesNotApply(_));
    if let (Some(first), false) = (parts.first(), parts.iter().any(|part| applies(&part))) {
        return first.clone();
    }
    all_added(parts.iter().filter(applies))
}

fn all_added<'o>(all: impl IntoIterator<Item = &'o Outcome>) -> Outcome {
    let zero = Outcome::number(Number::zero());
    all.into_iter().fold(zero, |sum, next| match meet([&sum, next]) {
        Some(state) => with_bounds(state, Arith::Add, &sum, next),
        None => match (sum.as_number(), next.as_number()) {
            (Some(a), Some(b)) => Outcome::number(a.add(b)).weakened(weakest([&sum, next])),
            (_, _) => sum,
        },
    })
}

/// A quotient for which something else stands where the denominator is 0.
fn but_for_zero(quotient: Outcome, a: &Outcome, b: &Outcome) -> Outcome {
    let unsettled = a.is_unsettled() || b.is_unsettled();
    match quotient {
        Outcome::Unknown(unknown) => Outcome::Unknown(Unknown { unsettled, ..unknown }),
        other => other,
    }
}

/// The size in bits beyond which a number is refused: some 3,000 decimal digits, far beyond any agreement.
const MOST_BITS: u64 = 10_000;

/// `0 × ukendt` is 0, also for shares.
fn zero_times(op: Arith, a: &Outcome, b: &Outcome) -> Option<Outcome> {
    match op {
        Arith::Mul | Arith::Of => {}
        Arith::Add | Arith::Sub | Arith::Div => return None,
    }
    let zero = |o: &Outcome| o.as_number().is_some_and(Number::is_zero);
    // One that may yet be an error is not hidden: 0 × an error is an error.
    let unknown = |o: &Outcome| matches!(o, Outcome::Unknown(_)) && !o.is_unsettled();
    let hidden = (zero(a) && unknown(b)) || (unknown(a) && zero(b));
    hidden.then(|| Outcome::number(Number::zero()))
}

fn exact(op: Arith, a: &Number, b: &Number) -> Option<Number> {
    match op {
        Arith::Add => Some(a.add(b)),
        Arith::Sub => Some(a.sub(b)),
        Arith::Mul | Arith::Of => Some(a.mul(b)),
        Arith::Div => a.div(b),
    }
}

/// Gives an unknown the bounds that follow from those of its two sides.
fn with_bounds(state: Outcome, op: Arith, a: &Outcome, b: &Outcome) -> Outcome {
    match (state, a.bounds(), b.bounds()) {
        (Outcome::Unknown(unknown), Some(x), Some(y)) => {
            let lack = Lack { missing: unknown.missing, unsettled: unknown.unsettled };
            // What is divided by may be 0.
            let by_zero = op == Arith::Div && y.contains(&Number::zero());
            Outcome::within(Unknown::new(lack.unsettled_if(by_zero), kept(bounds_of(op, &x, &y))))
        }
        (other, _, _) => other,
    }
}

/// Bounds that have grown beyond the size of numbers say nothing any more.
fn kept(bounds: Bounds) -> Bounds {
    let fits = |end: Option<Number>| end.filter(|number| number.bits() <= MOST_BITS);
    Bounds { low: fits(bounds.low), high: fits(bounds.high), ..bounds }
}

fn bounds_of(op: Arith, x: &Bounds, y: &Bounds) -> Bounds {
    match op {
        Arith::Add => x.add(y),
        Arith::Sub => x.sub(y),
        Arith::Mul | Arith::Of => x.mul(y),
        Arith::Div => x.div(y),
    }
}

/// Applies a function to a number and, where it is unknown, to its bounds; `flips` when it reverses order. A rounding may
/// reach an end that the number itself does not.
pub(super) fn mapped(outcome: &Outcome, f: impl Fn(&Number) -> Number, flips: bool) -> Outcome {
    match outcome {
        Outcome::Value(value) => match outcome.as_number() {
            Some(number) => Outcome::number(f(number)).weakened(value.status),
            None => outcome.clone(),
        },
        Outcome::Unknown(unknown) => {
            let (low, high) = (unknown.bounds.low.as_ref().map(&f), unknown.bounds.high.as_ref().map(&f));
            let (low, high) = if flips { (high, low) } else { (low, high) };
            let bounds = Bounds { low, high, ..Bounds::default() };
            Outcome::within(unknown.clone().bounded(kept(bounds)))
        }
        Outcome::DoesNotApply(_) | Outcome::Error(_) => outcome.clone(),
    }
}

/// Turns a number around 0, with its bounds.
fn negated(outcome: &Outcome) -> Outcome {
    let turned = mapped(outcome, Number::neg, true);
    match (turned, outcome) {
        (Outcome::Unknown(turned), Outcome::Unknown(own)) => {
            let (low_open, high_open) = (own.bounds.high_open, own.bounds.low_open);
            let bounds = Bounds { low_open, high_open, ..turned.bounds.clone() };
            Outcome::Unknown(turned.bounded(bounds))
        }
        (turned, _) => turned,
    }
}

/// The largest (or smallest) of several outcomes; what does not apply is skipped.
pub(super) fn pick_extreme(largest: bool, all: &[Outcome]) -> Outcome {
    let counted: Vec<&Outcome> = all.iter().filter(|o| !matches!(o, Outcome::DoesNotApply(_))).collect();
    let Some(first) = counted.first() else {
        return all.first().cloned().unwrap_or(Outcome::number(Number::zero()));
    };
    if let Some(Outcome::Error(problem)) = meet(counted.iter().copied()) {
        return Outcome::Error(problem);
    }
    let dates: Option<Vec<&Datum>> =
        counted.iter().map(|o| o.datum().filter(|d| matches!(d, Datum::Date(_)))).collect();
    if let Some(dates) = dates {
        let best = if largest { dates.into_iter().max() } else { dates.into_iter().min() };
        let status = weakest(counted.iter().copied());
        return best.cloned().map_or_else(|| (*first).clone(), |date| Outcome::of(date).weakened(status));
    }
    let bounds: Vec<Bounds> = counted.iter().filter_map(|o| o.bounds()).collect();
    let bounds = Bounds::extreme(largest, &bounds);
    let unsettled = counted.iter().any(|outcome| outcome.is_unsettled());
    if let Some(only) = bounds.only().filter(|_| !unsettled) {
        return Outcome::number(only.clone()).weakened(weakest(counted.iter().copied()));
    }
    // One that cannot be it, whatever is still missing, is not missed.
    let may_be_it = |o: &&Outcome| unsettled || o.bounds().is_none_or(|own| reaches(largest, &own, &bounds));
    let possible: Vec<&Outcome> = counted.iter().copied().filter(may_be_it).collect();
    match meet(possible.iter().copied()) {
        Some(Outcome::Unknown(unknown)) => Outcome::within(unknown.bounded(bounds)),
        Some(other) => other,
        None => (*first).clone(),
    }
}

/// Tells whether something within `own` can be beyond what the extreme surely reaches.
fn reaches(largest: bool, own: &Bounds, extreme: &Bounds) -> bool {
    let (end, reached) = if largest { (&own.high, &extreme.low) } else { (&own.low, &extreme.high) };
    end.as_ref()
        .zip(reached.as_ref())
        .is_none_or(|(end, reached)| if largest { end > reached } else { end < reached })
}
