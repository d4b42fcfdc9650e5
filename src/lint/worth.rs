//! What a line comes to for values that are tried: exactly, or not at all. Whatever needs more than what is written and
//! the values at hand is left out, so that nothing is said of it.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Value, constant};
use super::conditions::{Subject, subject};
use crate::model::{Arith, Body, ExprId, Model, NodeKind};
use crate::value::{Interval, Number};

/// How deep a line is looked into.
const DEEPEST: usize = 30;
/// How many expressions are looked at in one line.
const MOST_STEPS: usize = 2_000;

/// Values at hand, for a time.
pub(super) struct Hand<'m> {
    pub(super) model: &'m Model,
    pub(super) values: BTreeMap<Subject, Value>,
    pub(super) time: Interval,
    left: Cell<usize>,
}

impl<'m> Hand<'m> {
    /// Takes values at hand.
    pub(super) fn new(model: &'m Model, values: BTreeMap<Subject, Value>, time: Interval) -> Hand<'m> {
        Hand { model, values, time, left: Cell::new(MOST_STEPS) }
    }

    /// What an expression comes to.
    pub(super) fn worth(&self, expr: ExprId) -> Option<Value> {
        self.left.set(MOST_STEPS);
        self.within(expr, DEEPEST)
    }

    fn within(&self, expr: ExprId, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        self.left.set(self.left.get().checked_sub(1)?);
        if let Some(value) = constant(self.model, expr) {
            return Some(value);
        }
        let number = |at: ExprId| match self.within(at, depth)? {
            Value::Number(number) => Some(number),
            Value::Text(_) | Value::Truth(_) | Value::Date(_) | Value::Nothing => None,
        };
        let known = match &self.model.node(expr).kind {
            NodeKind::Restated(inner) => return self.within(*inner, depth),
            NodeKind::Def(def) => match self.model.only_body(*def) {
                // A line that does not hold all the time may not apply.
                Some(body) => return self.covered(*def)?.then(|| self.within(body, depth))?,
                None => return None,
            },
            NodeKind::Fact(_) | NodeKind::Year => {
                return self.values.get(&subject(self.model, expr)?).cloned();
            }
            NodeKind::Negate(inner) => number(*inner)?.neg(),
            NodeKind::Arith(op, a, b) => combined(*op, &number(*a)?, &number(*b)?)?,
            NodeKind::Scaled(value, up, by) => {
                let by = number(*by)?;
                let factor = if *up { Number::one().add(&by) } else { Number::one().sub(&by) };
                number(*value)?.mul(&factor)
            }
            NodeKind::Round(inner, step, mode) => number(*inner)?.round(step, *mode)?,
            NodeKind::Limit(inner, at_most, limit) => {
                let (value, limit) = (number(*inner)?, number(*limit)?);
                if *at_most { value.min(limit) } else { value.max(limit) }
            }
            _ => return None,
        };
        Some(Value::Number(known))
    }

    fn covered(&self, def: crate::model::DefId) -> Option<bool> {
        let data = &self.model.defs[def];
        let in_force = self.model.clauses[data.clause].in_force.unwrap_or(Interval::always());
        let line = data.alternatives.first()?;
        Some(line.interval.covers(self.time) && in_force.covers(self.time))
    }
}

fn combined(op: Arith, a: &Number, b: &Number) -> Option<Number> {
    match op {
        Arith::Add => Some(a.add(b)),
        Arith::Sub => Some(a.sub(b)),
        Arith::Mul | Arith::Of => Some(a.mul(b)),
        Arith::Div => a.div(b),
    }
}

/// The facts that a line is computed of, as far as it can be.
pub(super) fn facts_of(model: &Model, body: Body) -> Vec<(Subject, ExprId)> {
    let Body::Expr(expr) = body else { return Vec::new() };
    let (mut open, mut found, mut seen) = (vec![expr], Vec::new(), BTreeSet::new());
    while let Some(expr) = open.pop() {
        if seen.len() > MOST_STEPS || !seen.insert(expr) {
            continue;
        }
        match &model.node(expr).kind {
            NodeKind::Fact(_) => found.extend(subject(model, expr).map(|subject| (subject, expr))),
            NodeKind::Def(def) => open.extend(model.only_body(*def)),
            NodeKind::Restated(_) | NodeKind::Negate(_) | NodeKind::Arith(..) | NodeKind::Scaled(..) => {
                open.extend(model.node(expr).children(&model.tables));
            }
            NodeKind::Round(..) | NodeKind::Limit(..) => {
                open.extend(model.node(expr).children(&model.tables));
            }
            _ => {}
        }
    }
    found.sort_by_key(|(subject, _)| *subject);
    found.dedup_by_key(|(subject, _)| *subject);
    found
}

/// Tells whether two expressions say the same, so that they always come to the same at one moment.
pub(super) fn alike(model: &Model, one: ExprId, other: ExprId) -> bool {
    let (mut open, mut left) = (vec![(one, other)], 200_usize);
    while let Some((a, b)) = open.pop() {
        let (one, other) = (model.node(a), model.node(b));
        left = match left.checked_sub(1) {
            Some(left) => left,
            None => return false,
        };
        let same = match (&one.kind, &other.kind) {
            _ if a == b => continue,
            (NodeKind::Figure { value: a, status: x }, NodeKind::Figure { value: b, status: y }) => {
                a == b && x == y
            }
            (NodeKind::Bool(a), NodeKind::Bool(b)) => a == b,
            (NodeKind::Text(a), NodeKind::Text(b)) => a == b,
            (NodeKind::Date(a), NodeKind::Date(b)) => a == b,
            (NodeKind::Def(a), NodeKind::Def(b)) => a == b,
            (NodeKind::Fact(a), NodeKind::Fact(b)) => a == b,
            (NodeKind::Arith(a, ..), NodeKind::Arith(b, ..)) => a == b,
            (NodeKind::Scaled(_, a, _), NodeKind::Scaled(_, b, _)) => a == b,
            (NodeKind::Compare(a, ..), NodeKind::Compare(b, ..)) => a == b,
            (NodeKind::Limit(_, a, _), NodeKind::Limit(_, b, _)) => a == b,
            (NodeKind::Round(_, a, x), NodeKind::Round(_, b, y)) => a == b && x == y,
            (NodeKind::Year, NodeKind::Year) | (NodeKind::Nothing, NodeKind::Nothing) => true,
            (NodeKind::Negate(_), NodeKind::Negate(_)) | (NodeKind::Not(_), NodeKind::Not(_)) => true,
            (NodeKind::And(_), NodeKind::And(_)) | (NodeKind::Or(_), NodeKind::Or(_)) => true,
            (NodeKind::If(..), NodeKind::If(..)) | (NodeKind::Restated(_), NodeKind::Restated(_)) => true,
            (_, _) => false,
        };
        let (a, b) = (one.children(&model.tables), other.children(&model.tables));
        if !same || a.len() != b.len() {
            return false;
        }
        open.extend(a.into_iter().zip(b));
    }
    true
}
