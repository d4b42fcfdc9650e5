//! Expressions: names become ids, figures base units, ambiguous modifiers their one meaning.

use super::index::IndexSet;
use super::items::{has_money, measure};
use super::line_problem::LineProblem;
use super::overlay::Touched;
use super::problem::NameProblem;
use super::row_edits::ExceptionRows;
use super::scope::{Scope, Symbols};
use super::{Arith, AtTime, Compare, ExprId, KindId, Model, Node, NodeKind, ShareRule, Show, Ty};
use crate::base::{Bi, Span, bi};
use crate::diag::{Problems, nearest};
use crate::syntax::ast::{self, BinOp, Expr, ExprKind, Literal, Modifier};
use crate::value::{Number, Period, Status};

/// Lowers expressions into the arena of one model.
pub(super) struct Lowerer<'a> {
    pub(super) model: &'a mut Model,
    pub(super) symbols: &'a Symbols,
    pub(super) problems: &'a mut Problems,
    /// The dated line being lowered, for what is only said of one.
    pub(super) line: Option<super::dates::Line>,
    /// What readings and amendments state.
    pub(super) touched: Vec<Touched>,
    /// What scenarios and other what-ifs set in indices.
    pub(super) index_set: Vec<IndexSet>,
    /// Rows that exceptions state.
    pub(super) exception_rows: Vec<ExceptionRows>,
}

impl Lowerer<'_> {
    /// Lowers an expression as read from a place; what is wrong is reported and becomes [`NodeKind::Invalid`].
    pub(super) fn expr(&mut self, expr: &Expr, scope: &Scope) -> ExprId {
        match expr.kind.as_ref() {
            ExprKind::Literal(literal) => self.literal(literal, scope),
            ExprKind::Fraction(over, under) => self.fraction(over, under, expr.span),
            ExprKind::Text(text) => self.typed(NodeKind::Text(text.text.clone()), Ty::Text, expr.span),
            ExprKind::Bool(value) => self.typed(NodeKind::Bool(*value), Ty::Bool, expr.span),
            ExprKind::Date(time) => self.date(time, scope.lang, expr.span),
            ExprKind::Nothing => self.typed(NodeKind::Nothing, Ty::Nothing, expr.span),
            ExprKind::Year => self.typed(NodeKind::Year, Ty::Number, expr.span),
            ExprKind::Day => self.typed(NodeKind::Day, Ty::Date, expr.span),
            ExprKind::Path(path) => self.path(path, scope),
            ExprKind::Unknown(text) => {
                self.push(NodeKind::Unknown(text.as_ref().map(|t| t.text.clone())), expr.span)
            }
            ExprKind::DoesNotApply(why) => {
                self.push(NodeKind::DoesNotApply(why.as_ref().map(|why| why.text.clone())), expr.span)
            }
            ExprKind::Paren(inner) => self.expr(inner, scope),
            ExprKind::Negate(inner) => self.unary(NodeKind::Negate, inner, scope, expr.span),
            ExprKind::Not(inner) => self.unary(NodeKind::Not, inner, scope, expr.span),
            ExprKind::Nominal(inner) => self.unary(NodeKind::Nominal, inner, scope, expr.span),
            ExprKind::Binary { op, left, right, .. } => self.binary(*op, left, right, scope, expr.span),
            ExprKind::Between { value, low, high } => {
                let value = self.expr(value, scope);
                let (low, high) = (self.edge(low, true, scope), self.edge(high, false, scope));
                self.push(NodeKind::Between(value, low, high), expr.span)
            }
            ExprKind::IsOneOf { value, values } => {
                let value = self.expr(value, scope);
                let values = self.all(values, scope);
                self.push(NodeKind::IsOneOf(value, values), expr.span)
            }
            ExprKind::IsNone { value, negated } => {
                let value = self.expr(value, scope);
                self.push(NodeKind::IsNone(value, *negated), expr.span)
            }
            ExprKind::If { condition, then, otherwise } => {
                let all = self.all([condition, then, otherwise], scope);
                self.push(NodeKind::If(all[0], all[1], all[2]), expr.span)
            }
            ExprKind::Scaled { value, raised, by } => {
                let all = self.all([value, by], scope);
                self.push(NodeKind::Scaled(all[0], *raised, all[1]), expr.span)
            }
            ExprKind::AsPercentOf { value, whole } => {
                let all = self.all([value, whole], scope);
                self.push(NodeKind::AsPercentOf(all[0], all[1]), expr.span)
            }
            ExprKind::StatedIn { value, unit } => self.stated_in(value, unit, scope, expr.span),
            ExprKind::Shared { pool, key, among } => {
                self.shared(pool, key.as_ref(), among, (ShareRule::Exact, None), scope, expr.span)
            }
            ExprKind::At { value, time } => self.at(value, time, scope, expr.span),
            ExprKind::ForEntity { value, entity } => self.for_entity(value, entity, scope, expr.span),
            ExprKind::Quantified { condition, at_least, set } => {
                self.quantified(condition, at_least.as_ref(), set, scope, expr.span)
            }
            ExprKind::Aggregate { .. } => self.aggregate(expr, None, scope, expr.span),
            ExprKind::SumOver { of, period, .. } => self.sum_over(of, *period, scope, expr.span),
            ExprKind::CountMet(named) => self.count_met(named.as_deref(), scope, expr.span),
            ExprKind::AllMet => {
                let all = self.conditions(scope, expr.span);
                self.push(NodeKind::AllMet(all), expr.span)
            }
            ExprKind::Extreme { largest, of } => {
                let all = self.all(of, scope);
                self.push(NodeKind::Extreme(*largest, all), expr.span)
            }
            ExprKind::Modified { value, modifier, modifier_span } => {
                self.modified(value, modifier, *modifier_span, scope, expr.span)
            }
            ExprKind::Owned { owners, member } => self.owned(owners, member, scope, expr.span),
            ExprKind::CarriedOn => self.carried_on(expr.span),
            ExprKind::Former(path) => self.former(path, scope, expr.span),
            ExprKind::Converted { value, level, index } => {
                self.converted(value, target_year(level.0), index, scope, expr.span)
            }
            ExprKind::Adjusted { value, index } => self.converted(value, None, index, scope, expr.span),
            ExprKind::DateSpan { unit, from, to } => self.date_span(*unit, (from, to), scope, expr.span),
            ExprKind::Error => self.invalid(expr.span),
        }
    }

    /// Lowers several expressions in order.
    pub(super) fn all<'e>(
        &mut self,
        exprs: impl IntoIterator<Item = &'e Expr>,
        scope: &Scope,
    ) -> Vec<ExprId> {
        exprs.into_iter().map(|expr| self.expr(expr, scope)).collect()
    }

    /// Adds a node whose type the checker finds.
    pub(super) fn push(&mut self, kind: NodeKind, span: Span) -> ExprId {
        self.typed(kind, Ty::Unknown, span)
    }

    pub(super) fn typed(&mut self, kind: NodeKind, ty: Ty, span: Span) -> ExprId {
        self.model.nodes.push(Node { kind, span, ty, show: Show::plain() })
    }

    /// Adds a node for something already reported.
    pub(super) fn invalid(&mut self, span: Span) -> ExprId {
        self.push(NodeKind::Invalid, span)
    }

    pub(super) fn report(&mut self, problem: &NameProblem, span: Span) -> ExprId {
        self.problems.report(problem);
        self.invalid(span)
    }

    fn unary(&mut self, make: fn(ExprId) -> NodeKind, inner: &Expr, scope: &Scope, span: Span) -> ExprId {
        let inner = self.expr(inner, scope);
        self.push(make(inner), span)
    }

    fn literal(&mut self, literal: &Literal, scope: &Scope) -> ExprId {
        let figure = |value| NodeKind::Figure { value, status: literal.status };
        let Some(unit) = &literal.unit else {
            let ty = if literal.number.value.is_zero() { Ty::Zero } else { Ty::Number };
            let show = Show { decimals: literal.number.decimals, ..Show::plain() };
            return self.shown(figure(literal.number.value.clone()), ty, show, literal.span);
        };
        let Some(measure) = measure(unit, self.model, self.problems) else {
            return self.invalid(literal.span);
        };
        let value = literal.number.value.mul(&measure.scale);
        let level = literal.level.map(|(level, _)| level).or(scope.level);
        let ty = match &measure.ty {
            Ty::Quantity { unit, .. } if value.is_zero() && has_money(unit, self.model) => {
                measure.at_level(None, self.model)
            }
            _ => measure.at_level(level, self.model),
        };
        let show = Show { weak: value.is_zero(), ..measure.show(literal.number.decimals) };
        self.shown(figure(value), ty, show, literal.span)
    }

    fn shown(&mut self, kind: NodeKind, ty: Ty, show: Show, span: Span) -> ExprId {
        self.model.nodes.push(Node { kind, span, ty, show })
    }

    fn fraction(&mut self, over: &ast::NumberLit, under: &ast::NumberLit, span: Span) -> ExprId {
        match over.value.div(&under.value) {
            Some(value) => self.typed(NodeKind::Figure { value, status: Status::Final }, Ty::Number, span),
            None => self.report(&NameProblem::ZeroDenominator { span: under.span }, span),
        }
    }

    fn binary(&mut self, op: BinOp, left: &Expr, right: &Expr, scope: &Scope, span: Span) -> ExprId {
        match op {
            BinOp::And => return self.logical(BinOp::And, left, right, scope, span),
            BinOp::Or => return self.logical(BinOp::Or, left, right, scope, span),
            BinOp::Approx => return self.approx(left, right, scope, span),
            BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::Div | BinOp::Of => {}
            BinOp::Eq | BinOp::Ne | BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge => {}
        }
        let all = [self.expr(left, scope), self.compared_with(op, right, scope)];
        let arith = |op| NodeKind::Arith(op, all[0], all[1]);
        let compare = |op| NodeKind::Compare(op, all[0], all[1]);
        let kind = match op {
            BinOp::Add => arith(Arith::Add),
            BinOp::Sub => arith(Arith::Sub),
            BinOp::Mul => arith(Arith::Mul),
            BinOp::Div => arith(Arith::Div),
            BinOp::Of => arith(Arith::Of),
            BinOp::Eq => compare(Compare::Eq),
            BinOp::Ne => compare(Compare::Ne),
            BinOp::Lt => compare(Compare::Lt),
            BinOp::Le => compare(Compare::Le),
            BinOp::Gt => compare(Compare::Gt),
            BinOp::Ge => compare(Compare::Ge),
            BinOp::And | BinOp::Or | BinOp::Approx => NodeKind::Invalid,
        };
        let id = self.push(kind, span);
        match op {
            BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::Div | BinOp::Of => {
                self.step_rounded(id, scope, span)
            }
            BinOp::Eq | BinOp::Ne | BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge => id,
            BinOp::And | BinOp::Or | BinOp::Approx => id,
        }
    }

    /// `a og b og c` is one node over three, so that the explanation lists them side by side.
    fn logical(&mut self, op: BinOp, left: &Expr, right: &Expr, scope: &Scope, span: Span) -> ExprId {
        let mut parts = Vec::new();
        flatten(op, left, &mut parts);
        flatten(op, right, &mut parts);
        let all = self.all(parts, scope);
        let kind = if op == BinOp::And { NodeKind::And(all) } else { NodeKind::Or(all) };
        self.push(kind, span)
    }

    fn stated_in(&mut self, value: &Expr, unit: &ast::UnitExpr, scope: &Scope, span: Span) -> ExprId {
        let value = self.expr(value, scope);
        let Some(measure) = measure(unit, self.model, self.problems) else { return self.invalid(span) };
        let ty = measure.at_level(None, self.model);
        self.shown(NodeKind::Restated(value), ty, measure.show(0), span)
    }

    fn shown_in(&mut self, value: &Expr, literal: &Literal, scope: &Scope, span: Span) -> ExprId {
        let value = self.expr(value, scope);
        let (ty, show) = match &literal.unit {
            None => (Ty::Number, Show { decimals: literal.number.decimals, fixed: true, ..Show::plain() }),
            Some(unit) => match measure(unit, self.model, self.problems) {
                Some(measure) => {
                    let show = Show { fixed: true, ..measure.show(literal.number.decimals) };
                    (measure.at_level(None, self.model), show)
                }
                None => return self.invalid(span),
            },
        };
        self.shown(NodeKind::Restated(value), ty, show, span)
    }

    fn at(&mut self, value: &Expr, time: &ast::AtTime, scope: &Scope, span: Span) -> ExprId {
        if is_written(value) {
            let problem = LineProblem::TimedFigure { span, line: None };
            self.problems.report(&problem);
            return self.invalid(span);
        }
        let value = self.expr(value, scope);
        let time = match time {
            ast::AtTime::Period(Period::Years(first, _), _) => {
                let value = self.model.node(value).span;
                let problem = NameProblem::SpanOutsideSum { span, value, first: *first, lang: scope.lang };
                return self.report(&problem, span);
            }
            ast::AtTime::Period(period, _) => AtTime::Period(*period),
            ast::AtTime::Computed(expr) => AtTime::Computed(self.expr(expr, scope)),
            ast::AtTime::YearBefore(_) => AtTime::YearBefore,
            ast::AtTime::Day(time) => match super::time::day(time, scope.lang, self.problems) {
                Some(date) => AtTime::Period(Period::Day(date)),
                None => return self.invalid(span),
            },
        };
        self.push(NodeKind::At(value, time), span)
    }

    fn for_entity(&mut self, value: &Expr, entity: &ast::Text, scope: &Scope, span: Span) -> ExprId {
        let value_id = self.expr(value, scope);
        match self.kind_meant(value_id, scope) {
            Some(kind) => self.push(NodeKind::ForEntity(value_id, kind, entity.text.clone()), span),
            None if matches!(self.model.nodes[value_id].kind, NodeKind::Invalid) => value_id,
            // A value that is the same for all is the same for one.
            None => value_id,
        }
    }

    /// Finds a kind by the word used for it, or reports that there is none.
    pub(super) fn kind_named(&mut self, name: &ast::Name) -> Option<KindId> {
        let found = self.model.find_kind(&name.text);
        if found.is_none() {
            let names = self.model.kinds.iter().flat_map(|kind| [kind.name.as_str(), kind.plural.as_str()]);
            let near = nearest(&name.text, names).map(str::to_owned);
            self.problems.report(&NameProblem::UnknownKind {
                span: name.span,
                name: name.text.clone(),
                nearest: near,
            });
        }
        found
    }

    fn sum_over(&mut self, of: &Expr, period: Period, scope: &Scope, span: Span) -> ExprId {
        let of = self.expr(of, scope);
        self.push(NodeKind::SumOver(of, period), span)
    }

    fn count_met(&mut self, named: Option<&[Expr]>, scope: &Scope, span: Span) -> ExprId {
        let all = match named {
            Some(named) => self.all(named, scope),
            None => self.conditions(scope, span),
        };
        self.push(NodeKind::CountMet(all), span)
    }

    /// The conditions of the clause at hand.
    fn conditions(&mut self, scope: &Scope, span: Span) -> Vec<ExprId> {
        let clause =
            scope.clause.map(|clause| self.model.clauses[clause].conditions.clone()).unwrap_or_default();
        if clause.is_empty() {
            self.problems.report(&NameProblem::NoConditions { span });
        }
        clause.into_iter().map(|def| self.push(NodeKind::Def(def), span)).collect()
    }

    fn modified(&mut self, value: &Expr, modifier: &Modifier, at: Span, scope: &Scope, span: Span) -> ExprId {
        match modifier {
            Modifier::Rounded(rounding) => self.rounded(value, rounding, scope, span),
            Modifier::RoundedEach(rounding) => {
                let Some(step) = self.step(&rounding.step) else { return self.invalid(span) };
                let id = self.share_with(value, ShareRule::Each(rounding.mode), Some(step), at, scope, span);
                self.with_step_show(id, &rounding.step)
            }
            Modifier::RestTo(text) => self.rest_to(value, text, at, scope, span),
            Modifier::AtMost(limit) => {
                let all = self.all([value, limit], scope);
                self.push(NodeKind::Limit(all[0], true, all[1]), span)
            }
            Modifier::AtLeast(limit) => {
                let all = self.all([value, limit], scope);
                self.push(NodeKind::Limit(all[0], false, all[1]), span)
            }
            Modifier::ShownIn(literal) => self.shown_in(value, literal, scope, span),
            Modifier::IfZero(fallback) => self.if_zero(value, fallback, at, scope, span),
            Modifier::IfNone(fallback) => self.if_none(value, fallback, at, scope, span),
            Modifier::Converted(level, index) => {
                self.converted(value, target_year(level.0), index, scope, span)
            }
            Modifier::Adjusted(index) => self.converted(value, None, index, scope, span),
            Modifier::EquallyPerYear => self.per_year(value, at, scope, span),
            Modifier::IfDayMissing { first_of_next } => self.shifted(value, *first_of_next, at, scope, span),
        }
    }

    /// Resolves the step of a rounding to base units.
    fn step(&mut self, literal: &Literal) -> Option<Number> {
        let scale = match &literal.unit {
            Some(unit) => measure(unit, self.model, self.problems)?.scale,
            None => Number::one(),
        };
        let step = literal.number.value.mul(&scale);
        if step.is_zero() || step.is_negative() {
            self.problems.report(&NameProblem::ZeroStep { span: literal.span });
            return None;
        }
        Some(step)
    }

    fn rounded(&mut self, value: &Expr, rounding: &ast::Rounding, scope: &Scope, span: Span) -> ExprId {
        let Some(step) = self.step(&rounding.step) else { return self.invalid(span) };
        if let ExprKind::Shared { pool, key, among } = value.kind.as_ref() {
            if rounding.mode != crate::value::RoundMode::Nearest {
                let problem = NameProblem::DirectedShare { span: rounding.step.span };
                return self.report(&problem, span);
            }
            let rule = (ShareRule::LargestRemainder, Some(step));
            let id = self.shared(pool, key.as_ref(), among, rule, scope, span);
            return self.with_step_show(id, &rounding.step);
        }
        let value = self.expr(value, scope);
        let id = self.push(NodeKind::Round(value, step, rounding.mode), span);
        self.with_step_show(id, &rounding.step)
    }

    /// A rounded amount is shown as its step is written.
    fn with_step_show(&mut self, id: ExprId, step: &Literal) -> ExprId {
        let measured = step.unit.as_ref().and_then(|unit| measure(unit, self.model, &mut Problems::new()));
        let node = &mut self.model.nodes[id];
        let decimals = step.number.decimals;
        match measured {
            Some(measure) => {
                node.show = measure.show(decimals);
                node.ty = measure.ty;
            }
            None => {
                node.show = Show { decimals, ..Show::plain() };
                node.ty = Ty::Number;
            }
        }
        id
    }

    fn share_with(
        &mut self,
        value: &Expr,
        rule: ShareRule,
        step: Option<Number>,
        at: Span,
        scope: &Scope,
        span: Span,
    ) -> ExprId {
        let ExprKind::Shared { pool, key, among } = value.kind.as_ref() else {
            let problem = misplaced(at, bi!("hver for sig", "each"));
            return self.report(&problem, span);
        };
        self.shared(pool, key.as_ref(), among, (rule, step), scope, span)
    }

    fn rest_to(&mut self, value: &Expr, text: &ast::Text, at: Span, scope: &Scope, span: Span) -> ExprId {
        let misplaced = misplaced(at, bi!("rest til", "remainder to"));
        let ExprKind::Modified { value: inner, modifier: Modifier::Rounded(rounding), .. } =
            value.kind.as_ref()
        else {
            return self.report(&misplaced, span);
        };
        let ExprKind::Shared { pool, key, among } = inner.kind.as_ref() else {
            return self.report(&misplaced, span);
        };
        let Some(step) = self.step(&rounding.step) else { return self.invalid(span) };
        let rule = (ShareRule::RestTo(text.text.clone()), Some(step));
        let id = self.shared(pool, key.as_ref(), among, rule, scope, span);
        self.with_step_show(id, &rounding.step)
    }

    fn if_zero(&mut self, value: &Expr, fallback: &Expr, at: Span, scope: &Scope, span: Span) -> ExprId {
        let ExprKind::Binary { op: BinOp::Div, left, right, .. } = bare(value).kind.as_ref() else {
            let after = bi!("en division", "a division");
            let modifier = bi!("hvis nævneren er 0", "if the denominator is 0");
            return self.report(&NameProblem::Misplaced { span: at, modifier, after }, span);
        };
        let all = self.all([left, right, fallback], scope);
        let id = self.push(NodeKind::DivideOr(all[0], all[1], all[2]), span);
        self.step_rounded(id, scope, span)
    }

    fn if_none(&mut self, value: &Expr, fallback: &Expr, at: Span, scope: &Scope, span: Span) -> ExprId {
        let value = bare(value);
        if !matches!(value.kind.as_ref(), ExprKind::Aggregate { .. }) {
            let after =
                bi!("en sum, et antal eller lignende over en slags", "a sum, number or the like over a kind");
            let modifier = bi!("hvis ingen", "if none");
            return self.report(&NameProblem::Misplaced { span: at, modifier, after }, span);
        }
        self.aggregate(value, Some(fallback), scope, span)
    }
}

fn misplaced(span: Span, modifier: Bi) -> NameProblem {
    NameProblem::Misplaced {
        span,
        modifier,
        after: bi!("en fordeling, der afrundes", "a distribution that is rounded"),
    }
}

/// The year whose prices are wanted; `None` for those of the year evaluated.
fn target_year(level: crate::value::Level) -> Option<i16> {
    match level {
        crate::value::Level::Of(year) => Some(year),
        crate::value::Level::Current => None,
    }
}

/// Drops parentheses.
pub(super) fn bare(expr: &Expr) -> &Expr {
    match expr.kind.as_ref() {
        ExprKind::Paren(inner) => bare(inner),
        _ => expr,
    }
}

fn flatten<'e>(op: BinOp, expr: &'e Expr, parts: &mut Vec<&'e Expr>) {
    // Only the left spine grows with the length of a chain, so it is walked without recursion.
    let mut spine = Vec::new();
    let mut at = expr;
    while let ExprKind::Binary { op: found, left, right, .. } = at.kind.as_ref() {
        if *found != op {
            break;
        }
        spine.push(right);
        at = left;
    }
    parts.push(at);
    parts.extend(spine.into_iter().rev());
}

/// Tells whether a value is written out, so that it is the same at any time.
pub(super) fn is_written(value: &Expr) -> bool {
    match value.kind.as_ref() {
        ExprKind::Literal(_) => true,
        ExprKind::Negate(inner) | ExprKind::Paren(inner) => is_written(inner),
        _ => false,
    }
}
