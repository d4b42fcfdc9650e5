//! How fine an amount can be: the steps that it comes in, as far as what it is made of tells.

use std::collections::BTreeMap;

use crate::base::Span;
use crate::model::{
    Aggregate, Arith, DefId, ExprId, FactId, KeyTest, Model, NodeKind, ShareRule, TableId, Ty,
};
use crate::syntax::ast::Policy;
use crate::value::Number;

/// The steps in which a value comes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Grain {
    /// It has no value of its own that would tell: 0, unknown, or not applicable.
    Any,
    /// A multiple of this.
    Of(Number),
    /// Of any fineness, because of what stands here.
    Finer(Span),
    /// Nothing is said.
    Unclear,
}

impl Grain {
    /// A value that is one of the two, or their sum.
    fn or(self, other: Grain) -> Grain {
        match (self, other) {
            (Grain::Any, grain) | (grain, Grain::Any) => grain,
            (Grain::Finer(span), _) | (_, Grain::Finer(span)) => Grain::Finer(span),
            (Grain::Unclear, _) | (_, Grain::Unclear) => Grain::Unclear,
            (Grain::Of(a), Grain::Of(b)) => common(a, b).map_or(Grain::Unclear, Grain::Of),
        }
    }
    fn times(self, other: Grain) -> Grain {
        match (self, other) {
            (Grain::Any, _) | (_, Grain::Any) => Grain::Any,
            (Grain::Finer(span), _) | (_, Grain::Finer(span)) => Grain::Finer(span),
            (Grain::Unclear, _) | (_, Grain::Unclear) => Grain::Unclear,
            (Grain::Of(a), Grain::Of(b)) => of(a.mul(&b)),
        }
    }
}

fn of(step: Number) -> Grain {
    if step.is_zero() { Grain::Any } else { Grain::Of(step.abs()) }
}

/// How often the larger step is taken from the smaller one before it is given up.
const MOST_STEPS: usize = 200;

/// The largest step that both are multiples of.
fn common(mut a: Number, mut b: Number) -> Option<Number> {
    for _ in 0..MOST_STEPS {
        if b.is_zero() {
            return Some(a);
        }
        let whole = a.div(&b)?.floor();
        let left = a.sub(&b.mul(&whole));
        (a, b) = (b, left);
    }
    None
}

/// How deep definitions are looked into.
const DEEPEST: usize = 100;

/// Finds the steps of expressions, each definition once.
pub(super) struct Grains<'a> {
    model: &'a Model,
    /// `None` while it is being looked at: what it was before says nothing new.
    known: BTreeMap<DefId, Option<Grain>>,
    depth: usize,
}

impl<'a> Grains<'a> {
    /// Looks at nothing yet.
    pub(super) fn new(model: &'a Model) -> Grains<'a> {
        Grains { model, known: BTreeMap::new(), depth: 0 }
    }

    fn def(&mut self, def: DefId) -> Grain {
        if let Some(known) = self.known.get(&def) {
            return known.clone().unwrap_or(Grain::Any);
        }
        if self.depth >= DEEPEST {
            return Grain::Unclear;
        }
        self.depth += 1;
        self.known.insert(def, None);
        let data = &self.model.defs[def];
        let grain = self.one_of(data.bodies());
        self.known.insert(def, Some(grain.clone()));
        self.depth -= 1;
        grain
    }

    fn one_of(&mut self, all: impl IntoIterator<Item = ExprId>) -> Grain {
        all.into_iter().fold(Grain::Any, |grain, expr| grain.or(self.of(expr)))
    }

    /// Returns the steps that an expression's values come in.
    pub(super) fn of(&mut self, expr: ExprId) -> Grain {
        let model = self.model;
        let node = model.node(expr);
        match &node.kind {
            NodeKind::Figure { value, .. } => of(value.clone()),
            NodeKind::Unknown(_) | NodeKind::DoesNotApply(_) | NodeKind::Nothing => Grain::Any,
            NodeKind::Def(def) | NodeKind::CarriedOn(def) | NodeKind::Former(def, _) => self.def(*def),
            NodeKind::Cell(cell) => self.def(cell.def),
            NodeKind::Fact(fact) => self.fact(*fact, node.span),
            NodeKind::Year | NodeKind::Day | NodeKind::CountMet(_) | NodeKind::Rank { .. } => {
                Grain::Of(Number::one())
            }
            NodeKind::Restated(x) | NodeKind::Nominal(x) | NodeKind::Negate(x) => self.of(*x),
            NodeKind::At(x, _) | NodeKind::ForEntity(x, ..) | NodeKind::SumOver(x, _) => self.of(*x),
            NodeKind::Of { value, .. } => self.of(*value),
            NodeKind::Converted { .. } | NodeKind::AsPercentOf(..) => Grain::Finer(node.span),
            NodeKind::Arith(op, a, b) => self.arith(*op, *a, *b, node.span),
            NodeKind::DivideOr(a, b, other) => self.divided(*a, *b, node.span).or(self.of(*other)),
            NodeKind::PerYear(x, years) => self.by(*x, &Number::from_i64(*years)),
            NodeKind::Scaled(x, _, by) => {
                let part = self.of(*x).times(self.of(*by));
                self.of(*x).or(part)
            }
            NodeKind::If(_, then, otherwise) => self.one_of([*then, *otherwise]),
            NodeKind::Limit(x, _, limit) => self.one_of([*x, *limit]),
            NodeKind::Extreme(_, all) => self.one_of(all.iter().copied()),
            NodeKind::Rest(whole, parts) => self.one_of(std::iter::once(*whole).chain(parts.iter().copied())),
            NodeKind::Grant { full, otherwise, .. } => self.one_of(std::iter::once(*full).chain(*otherwise)),
            NodeKind::Round(_, step, _) => of(step.clone()),
            NodeKind::EachRound(_, each) => of(each.step.clone()),
            NodeKind::Share(share) => match (&share.rule, &share.step) {
                // A pool of 0 gives 0.
                (_, _) if self.of(share.pool) == Grain::Any => Grain::Any,
                (ShareRule::Exact, _) | (_, None) => Grain::Finer(node.span),
                (ShareRule::RestTo(_), Some(step)) => of(step.clone()).or(self.of(share.pool)),
                (ShareRule::LargestRemainder | ShareRule::Each(_), Some(step)) => of(step.clone()),
            },
            NodeKind::Aggregate { op, of: inner, if_none, .. } => {
                self.aggregate(*op, *inner, *if_none, node.span)
            }
            NodeKind::Lookup { table, column, .. } => self.looked_up(*table, *column),
            NodeKind::Scale { table, base } => self.scale(*table, *base),
            _ => Grain::Unclear,
        }
    }

    /// Amounts of money in data are taken to be whole øre; of other measures nothing is said unless they are counted.
    fn fact(&self, fact: FactId, read: Span) -> Grain {
        let declared = &self.model.facts[fact].declared;
        match &declared.ty {
            _ if declared.whole => of(declared.show.scale.clone()),
            Ty::Percent => Grain::Finer(read),
            ty if is_money(self.model, ty) => of(Number::pow10(-2)),
            _ => Grain::Unclear,
        }
    }

    fn arith(&mut self, op: Arith, a: ExprId, b: ExprId, span: Span) -> Grain {
        match op {
            Arith::Add | Arith::Sub => self.one_of([a, b]),
            Arith::Mul | Arith::Of => self.of(a).times(self.of(b)),
            Arith::Div => self.divided(a, b, span),
        }
    }

    fn divided(&mut self, a: ExprId, b: ExprId, span: Span) -> Grain {
        match self.written(b) {
            Some(number) => self.by(a, &number),
            None if self.of(a) == Grain::Any => Grain::Any,
            None => Grain::Finer(span),
        }
    }

    fn by(&mut self, a: ExprId, number: &Number) -> Grain {
        match self.of(a) {
            Grain::Of(step) => step.div(number).map_or(Grain::Any, of),
            other => other,
        }
    }

    /// A written number, also behind names.
    fn written(&self, mut expr: ExprId) -> Option<Number> {
        for _ in 0..DEEPEST {
            match &self.model.node(expr).kind {
                NodeKind::Figure { value, .. } => return Some(value.clone()),
                NodeKind::Def(def) => expr = self.model.only_body(*def)?,
                NodeKind::Restated(inner) => expr = *inner,
                _ => return None,
            }
        }
        None
    }

    fn aggregate(
        &mut self,
        op: Aggregate,
        inner: Option<ExprId>,
        if_none: Option<ExprId>,
        span: Span,
    ) -> Grain {
        match (op, inner) {
            (Aggregate::Count | Aggregate::Rank, _) => Grain::Of(Number::one()),
            (Aggregate::Sum | Aggregate::Largest | Aggregate::Smallest, Some(inner)) => {
                self.one_of(std::iter::once(inner).chain(if_none))
            }
            (Aggregate::Average, _) => Grain::Finer(span),
            (Aggregate::Sum | Aggregate::Largest | Aggregate::Smallest, None) => Grain::Unclear,
        }
    }

    fn looked_up(&mut self, table: TableId, column: usize) -> Grain {
        let table = &self.model.tables[table];
        // Between points everything can come out.
        if table.policy == Some(Policy::Linear) || table.rows.iter().any(|row| !row.edits.is_empty()) {
            return Grain::Unclear;
        }
        self.one_of(table.rows.iter().filter_map(|row| row.results.get(column).copied()))
    }

    fn scale(&mut self, table: TableId, base: ExprId) -> Grain {
        let rows = &self.model.tables[table].rows;
        let bounds = rows.iter().flat_map(|row| &row.tests).flat_map(KeyTest::children);
        let sliced = self.one_of(std::iter::once(base).chain(bounds));
        let rate = self.one_of(rows.iter().flat_map(|row| row.results.iter().copied()));
        sliced.times(rate)
    }
}

/// Tells whether values are plain amounts of money, not money per something.
pub(super) fn is_money(model: &Model, ty: &Ty) -> bool {
    matches!(ty, Ty::Quantity { unit, .. } if unit.is_money(&model.units))
}
