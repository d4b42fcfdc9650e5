//! Dates and lines that speak of other times: `videreført`, `ligeligt pr. år`, months added to dates, periods that
//! stand where a date is needed.

use super::lower::Lowerer;
use super::problem::NameProblem;
use super::scope::Scope;
use super::{Alternative, AtTime, Body, DefId, ExprId, Model, NodeKind, Ty};
use crate::base::{Lang, Span, bi};
use crate::diag::Problems;
use crate::syntax::ast::{self, BinOp, Expr, ExprKind, SpanUnit, TimeKind, When, WhenKind};
use crate::value::{Date, MissingDay, Period};

/// The dated line whose value is being lowered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// The definition it is a line of.
    def: DefId,
    /// Whether it says when it begins, so that something may stand before it.
    starts: bool,
    /// The day before a line of an exception begins.
    before: Option<Date>,
    /// The years of `samlet i`, where these are whole years.
    years: Option<i64>,
    /// Whether `ligeligt pr. år` has split the total.
    split: bool,
}

impl Line {
    fn of(def: DefId, when: Option<&When>, scope: &Scope) -> Line {
        let starts = when.is_some_and(begins) && scope.exceptions.is_empty();
        Line { def, starts, before: None, years: when.and_then(total_years), split: false }
    }
}

fn begins(when: &When) -> bool {
    match &when.kind {
        WhenKind::In(_) | WhenKind::Bounds { from: Some(_), .. } => true,
        WhenKind::TotalIn(_) | WhenKind::Bounds { from: None, .. } | WhenKind::Otherwise => false,
    }
}

fn total_years(when: &When) -> Option<i64> {
    match &when.kind {
        WhenKind::TotalIn(Period::Year(_)) => Some(1),
        WhenKind::TotalIn(Period::Years(first, last)) => Some(i64::from(*last) - i64::from(*first) + 1),
        WhenKind::TotalIn(Period::Day(_) | Period::Month(..) | Period::Quarter(..)) => None,
        WhenKind::In(_) | WhenKind::Bounds { .. } | WhenKind::Otherwise => None,
    }
}

impl Lowerer<'_> {
    /// Lowers the value of a line of a definition; tells whether a total was split over its years.
    pub(super) fn line_value(
        &mut self,
        def: DefId,
        when: Option<&When>,
        value: &Expr,
        scope: &Scope,
    ) -> (ExprId, bool) {
        let before = self.before_exception(when, scope);
        self.line = Some(Line { before, ..Line::of(def, when, scope) });
        let lowered = self.expr(value, scope);
        let split = self.line.take().is_some_and(|line| line.split);
        (lowered, split)
    }

    /// The day before a line of an exception begins: by its own date, else by that of the exception around it.
    fn before_exception(&self, when: Option<&When>, scope: &Scope) -> Option<Date> {
        let exception = scope.exceptions.last()?;
        let own = when.map(|when| super::time::written_bounds(when, &mut Problems::new()).interval);
        let around = self.model.exception_time(*exception);
        let from = match own {
            Some(own) => own.from.and(own.intersect(around).from),
            None => around.from,
        };
        from.and_then(|from| from.add_days(-1))
    }

    /// Lowers `videreført`. A line of an exception carries on what held the day before it begins.
    pub(super) fn carried_on(&mut self, span: Span) -> ExprId {
        match self.line {
            Some(Line { def, before: Some(before), .. }) => {
                let value = self.push(NodeKind::Def(def), span);
                self.push(NodeKind::At(value, AtTime::Period(Period::Day(before))), span)
            }
            Some(line) if line.starts => self.push(NodeKind::CarriedOn(line.def), span),
            Some(_) | None => self.report(&NameProblem::NothingToCarryOn { span, name: None }, span),
        }
    }

    /// Lowers `…, ligeligt pr. år`.
    pub(super) fn per_year(&mut self, value: &Expr, at: Span, scope: &Scope, span: Span) -> ExprId {
        let Some((years, line)) = self.line.as_mut().and_then(|line| Some((line.years?, line))) else {
            let modifier = bi!("ligeligt pr. år", "equally per year");
            let after = bi!(
                "et beløb, der er fastsat samlet for flere år: `x samlet i 2023-2024 = …`",
                "an amount set for several years together: `x in total in 2023-2024 = …`"
            );
            return self.report(&NameProblem::Misplaced { span: at, modifier, after }, span);
        };
        line.split = true;
        let value = self.expr(value, scope);
        self.push(NodeKind::PerYear(value, years), span)
    }

    /// Lowers `dage fra a til b`.
    pub(super) fn date_span(
        &mut self,
        unit: SpanUnit,
        (from, to): (&Expr, &Expr),
        scope: &Scope,
        span: Span,
    ) -> ExprId {
        let all = self.all([from, to], scope);
        self.push(NodeKind::DateSpan(unit, all[0], all[1]), span)
    }

    /// Lowers `d + 1 måned, hvis dagen mangler: …`.
    pub(super) fn shifted(
        &mut self,
        value: &Expr,
        first_of_next: bool,
        at: Span,
        scope: &Scope,
        span: Span,
    ) -> ExprId {
        let sum = match super::lower::bare(value).kind.as_ref() {
            ExprKind::Binary { op: BinOp::Add, left, right, .. } => Some((left, right, true)),
            ExprKind::Binary { op: BinOp::Sub, left, right, .. } => Some((left, right, false)),
            _ => None,
        };
        let Some((date, by, forward)) = sum else {
            let modifier = bi!("hvis dagen mangler", "if the day is missing");
            let after = bi!("en dato med måneder eller år lagt til", "a date with months or years added");
            return self.report(&NameProblem::Misplaced { span: at, modifier, after }, span);
        };
        let all = self.all([date, by], scope);
        let missing = if first_of_next { MissingDay::FirstOfNext } else { MissingDay::LastOfMonth };
        self.push(NodeKind::Shift { date: all[0], by: all[1], forward, missing }, span)
    }

    /// Lowers a date. A month or quarter is a date only where the words around it say which of its days is meant.
    pub(super) fn date(&mut self, time: &ast::Time, lang: Lang, span: Span) -> ExprId {
        match super::time::day(time, lang, self.problems) {
            Some(date) => self.typed(NodeKind::Date(date), Ty::Date, span),
            None => self.invalid(span),
        }
    }

    /// Lowers the right side of a comparison, where `senest april 2026` means its last day and `før april 2026` its
    /// first.
    pub(super) fn compared_with(&mut self, op: BinOp, right: &Expr, scope: &Scope) -> ExprId {
        let first = match op {
            BinOp::Le | BinOp::Gt => false,
            BinOp::Lt | BinOp::Ge => true,
            BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::Div | BinOp::Of | BinOp::Eq | BinOp::Ne => {
                return self.expr(right, scope);
            }
            BinOp::Approx | BinOp::And | BinOp::Or => return self.expr(right, scope),
        };
        self.edge(right, first, scope)
    }

    /// Lowers an expression; a written period in it stands for its first or its last day.
    pub(super) fn edge(&mut self, expr: &Expr, first: bool, scope: &Scope) -> ExprId {
        match written_period(expr).and_then(|period| edge_of(period, first)) {
            Some(date) => self.typed(NodeKind::Date(date), Ty::Date, expr.span),
            None => self.expr(expr, scope),
        }
    }
}

fn edge_of(period: Period, first: bool) -> Option<Date> {
    if first { period.first() } else { period.last() }
}

fn written_period(expr: &Expr) -> Option<Period> {
    match super::lower::bare(expr).kind.as_ref() {
        ExprKind::Date(ast::Time { kind: TimeKind::Period(period), .. }) => Some(*period),
        _ => None,
    }
}

/// Reports `videreført` where nothing is set before the line it stands in.
pub(super) fn check_carried(model: &Model, problems: &mut Problems) {
    for def in model.defs.iter() {
        // Where dates are given, that is known only when it runs.
        if def.alternatives.iter().any(|a| !a.given.is_empty()) {
            continue;
        }
        for line in &def.alternatives {
            let Body::Expr(expr) = line.body else { continue };
            let (Some(at), Some(from)) = (carried(model, expr), line.interval.from) else { continue };
            let before = |other: &Alternative| other.interval.until.is_some_and(|until| until <= from);
            if !def.alternatives.iter().any(before) {
                let span = model.nodes[at].span;
                problems.report(&NameProblem::NothingToCarryOn { span, name: Some(def.name.clone()) });
            }
        }
    }
}

fn carried(model: &Model, expr: ExprId) -> Option<ExprId> {
    let node = &model.nodes[expr];
    match &node.kind {
        NodeKind::CarriedOn(_) => Some(expr),
        _ => node.children(&model.tables).into_iter().find_map(|child| carried(model, child)),
    }
}
