//! What numbers lie within, whatever is given: the domains that are declared, followed through what is computed of them.
//! Two mentions of one fact are not related here, so that the bounds may be wider than what can come about, never
//! narrower.

use std::cell::Cell;

use super::reached::Reached;
use crate::model::{
    Aggregate, Arith, Compare, DefId, ExprId, FactId, Model, NodeKind, OverTarget, ShareRule, TableId,
};
use crate::syntax::ast::Policy;
use crate::value::{Bounds, Number};

/// How deep what is computed is followed.
const DEEPEST: usize = 30;
/// How many expressions are looked at for one question.
const MOST_STEPS: usize = 1_000;

/// Returns what a number lies within.
pub(super) fn bounds(model: &Model, expr: ExprId) -> Bounds {
    let ranges = Ranges { model, left: Cell::new(MOST_STEPS) };
    ranges.of(expr, DEEPEST).unwrap_or_default()
}

/// Tells what a comparison of two numbers comes to, where what they lie within settles it.
pub(super) fn decided(model: &Model, op: Compare, left: ExprId, right: ExprId) -> Option<bool> {
    let is_number = |expr: ExprId| model.node(expr).ty.is_numeric() && !model.may_be_none(expr);
    if !is_number(left) || !is_number(right) {
        return None;
    }
    let apart = bounds(model, left).sub(&bounds(model, right));
    let zero = Number::zero();
    let (low, high) = (apart.low.as_ref(), apart.high.as_ref());
    let above = low.is_some_and(|low| *low > zero || (*low == zero && apart.low_open));
    let below = high.is_some_and(|high| *high < zero || (*high == zero && apart.high_open));
    let at_least = above || low.is_some_and(|low| *low >= zero);
    let at_most = below || high.is_some_and(|high| *high <= zero);
    let settled = |so: bool, not: bool| if so { Some(true) } else { not.then_some(false) };
    let so = match op {
        Compare::Eq => settled(apart.only() == Some(&zero), above || below),
        Compare::Ne => settled(above || below, apart.only() == Some(&zero)),
        Compare::Lt => settled(below, at_least),
        Compare::Le => settled(at_most, above),
        Compare::Gt => settled(above, at_most),
        Compare::Ge => settled(at_least, below),
    };
    // Figures alone are what the text states, and may be stated otherwise by an amendment or a what-if.
    so.filter(|_| Reached::depend_on_facts(model, [left, right]))
}

struct Ranges<'m> {
    model: &'m Model,
    left: Cell<usize>,
}

/// `None`: it never has a value, so that it widens nothing.
type Range = Option<Bounds>;

impl Ranges<'_> {
    fn of(&self, expr: ExprId, depth: usize) -> Range {
        let left = self.left.get().checked_sub(1);
        let Some((depth, left)) = depth.checked_sub(1).zip(left) else { return Some(Bounds::open()) };
        self.left.set(left);
        let of = |x: &ExprId| self.of(*x, depth);
        let model = self.model;
        match &model.node(expr).kind {
            NodeKind::Figure { value, .. } => Some(Bounds::point(value)),
            NodeKind::DoesNotApply(_) | NodeKind::Nothing => None,
            NodeKind::Fact(fact) => Some(self.fact(*fact)),
            NodeKind::Def(def) => self.def(*def, depth),
            NodeKind::Restated(x) | NodeKind::Nominal(x) => of(x),
            NodeKind::At(x, _) | NodeKind::ForEntity(x, ..) => of(x),
            NodeKind::Of { value, .. } => of(value),
            NodeKind::Negate(x) => Some(of(x)?.negated()),
            NodeKind::Arith(op, a, b) => Some(combined(*op, &of(a)?, &of(b)?)),
            NodeKind::AsPercentOf(a, b) => Some(of(a)?.div(&of(b)?)),
            NodeKind::DivideOr(a, b, other) => hull([Some(of(a)?.div(&of(b)?)), of(other)]),
            NodeKind::Scaled(x, raised, by) => {
                let (one, by) = (Bounds::point(&Number::one()), of(by)?);
                Some(of(x)?.mul(&if *raised { one.add(&by) } else { one.sub(&by) }))
            }
            // INVARIANT: the figures of an index are above 0, and no growth is a loss of all; that is checked.
            NodeKind::Converted { value, .. } => Some(signed(&of(value)?)),
            NodeKind::PerYear(x, years) => Some(of(x)?.div(&Bounds::point(&Number::from_i64(*years)))),
            NodeKind::If(_, then, otherwise) => hull([of(then), of(otherwise)]),
            NodeKind::Extreme(largest, all) => {
                Some(Bounds::extreme(*largest, &all.iter().map(of).collect::<Option<Vec<_>>>()?))
            }
            NodeKind::Limit(x, at_most, limit) => self.limited(of(x)?, *at_most, *limit, depth),
            NodeKind::Round(x, step, mode) => {
                Some(mapped(of(x)?, |end| end.round(step, *mode).unwrap_or_else(|| end.clone())))
            }
            NodeKind::EachRound(x, each) => {
                Some(mapped(of(x)?, |end| end.round(&each.step, each.mode).unwrap_or_else(|| end.clone())))
            }
            NodeKind::Grant { full, otherwise, .. } => {
                let lapsed = otherwise.map_or(Some(zero()), |amount| of(&amount));
                hull([of(full), lapsed])
            }
            NodeKind::CountMet(all) => {
                let most = i64::try_from(all.len()).ok().map(Number::from_i64);
                Some(Bounds { high: most, ..at_least_zero() })
            }
            NodeKind::Aggregate { op, of: inner, if_none, .. } => {
                let inner = inner.map(|inner| of(&inner));
                self.aggregate(*op, inner.flatten(), if_none.and_then(|x| of(&x)))
            }
            NodeKind::SumOver(x, _) => Some(summed(&of(x)?)),
            NodeKind::Lookup { table, column, .. } => self.looked_up(*table, *column, depth),
            NodeKind::Share(share) => {
                let positive = |expr: &ExprId| of(expr).is_some_and(|bounds| is_not_negative(&bounds));
                // The one that takes what is left may have to give.
                let shared = !matches!(share.rule, ShareRule::RestTo(_));
                let sure = shared && positive(&share.pool) && share.key.as_ref().is_none_or(positive);
                Some(if sure { at_least_zero() } else { Bounds::open() })
            }
            NodeKind::Rank { .. } => Some(Bounds { low: Some(Number::one()), ..Bounds::open() }),
            _ => Some(Bounds::open()),
        }
    }

    fn fact(&self, fact: FactId) -> Bounds {
        let all = self.model.fact_stretch(fact).closed();
        if self.model.facts[fact].declared.or_none {
            return Bounds::open();
        }
        Bounds { low: all.low, high: all.high, low_open: all.low_open, high_open: all.high_open }
    }

    /// Everything that a definition can be at any time.
    fn def(&self, def: DefId, depth: usize) -> Range {
        let data = &self.model.defs[def];
        if self.model.overrides.iter().any(|over| over.target == OverTarget::Def(def)) || data.faulty {
            return Some(Bounds::open());
        }
        hull(data.bodies().map(|body| self.of(body, depth)))
    }

    /// A limit that does not apply does not limit, so only one that always has a value bounds what is limited. A name may
    /// stand for a line that does not hold all the time.
    fn limited(&self, value: Bounds, at_most: bool, limit: ExprId, depth: usize) -> Range {
        let limit_bounds = self.of(limit, depth).unwrap_or_default();
        let limited = Bounds::extreme(!at_most, &[value.clone(), limit_bounds]);
        let mut stated = limit;
        while let NodeKind::Restated(inner) = self.model.node(stated).kind {
            stated = inner;
        }
        match self.model.node(stated).kind {
            NodeKind::Figure { .. } | NodeKind::Fact(_) => Some(limited),
            _ => hull([Some(value), Some(limited)]),
        }
    }

    fn aggregate(&self, op: Aggregate, of: Range, if_none: Range) -> Range {
        match op {
            Aggregate::Count => Some(at_least_zero()),
            Aggregate::Rank => Some(Bounds::open()),
            Aggregate::Sum => hull([Some(summed(&of.unwrap_or_default())), if_none]),
            Aggregate::Average | Aggregate::Largest | Aggregate::Smallest => hull([of, if_none]),
        }
    }

    /// What any row of a table says; between points, it lies between what they say.
    fn looked_up(&self, table: TableId, column: usize, depth: usize) -> Range {
        let data = &self.model.tables[table];
        let cells = data.rows.iter().flat_map(|row| row.stated_in(column));
        let any = hull(cells.map(|cell| self.of(cell, depth)));
        match data.policy {
            Some(Policy::Add) => any.map(|any| summed(&any)),
            Some(Policy::First | Policy::Agree | Policy::Largest | Policy::Smallest | Policy::Linear)
            | None => any,
        }
    }
}

fn combined(op: Arith, a: &Bounds, b: &Bounds) -> Bounds {
    match op {
        Arith::Add => a.add(b),
        Arith::Sub => a.sub(b),
        Arith::Mul | Arith::Of => a.mul(b),
        Arith::Div => a.div(b),
    }
}

fn hull(all: impl IntoIterator<Item = Range>) -> Range {
    all.into_iter().flatten().reduce(|a, b| a.hull(&b))
}

fn zero() -> Bounds {
    Bounds::point(&Number::zero())
}

fn at_least_zero() -> Bounds {
    Bounds { low: Some(Number::zero()), ..Bounds::open() }
}

fn is_not_negative(bounds: &Bounds) -> bool {
    bounds.low.as_ref().is_some_and(|low| !low.is_negative())
}

/// A sum of any number of such: of none it is 0.
fn summed(each: &Bounds) -> Bounds {
    let not_positive = each.high.as_ref().is_some_and(|high| high.is_negative() || high.is_zero());
    match (is_not_negative(each), not_positive) {
        (true, true) => zero(),
        (true, false) => at_least_zero(),
        (false, true) => at_least_zero().negated(),
        (false, false) => Bounds::open(),
    }
}

/// What is multiplied by something above 0 has the sign that it had.
fn signed(bounds: &Bounds) -> Bounds {
    let (above, below) = (bounds.low.as_ref(), bounds.high.as_ref());
    let low = above.filter(|low| !low.is_negative());
    let high = below.filter(|high| high.is_negative() || high.is_zero());
    Bounds {
        low_open: low.is_some_and(|low| !low.is_zero() || bounds.low_open),
        high_open: high.is_some_and(|high| !high.is_zero() || bounds.high_open),
        low: low.map(|_| Number::zero()),
        high: high.map(|_| Number::zero()),
    }
}

/// What keeps the order of numbers may reach an end that they do not.
fn mapped(bounds: Bounds, f: impl Fn(&Number) -> Number) -> Bounds {
    Bounds { low: bounds.low.as_ref().map(&f), high: bounds.high.as_ref().map(&f), ..Bounds::open() }
}
