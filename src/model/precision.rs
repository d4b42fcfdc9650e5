//! `a ≈ 748,6 mio. kr.`: how precisely a figure is written.

use super::ExprId;
use super::NodeKind;
use super::lower::{Lowerer, bare};
use super::problem::NameProblem;
use super::scope::Scope;
use crate::base::Span;
use crate::syntax::ast::{Expr, ExprKind, NumberLit};
use crate::value::Number;

impl Lowerer<'_> {
    /// Lowers `a ≈ b`: the precision of b is remembered; one that is computed has none.
    pub(super) fn approx(&mut self, left: &Expr, right: &Expr, scope: &Scope, span: Span) -> ExprId {
        let all = self.all([left, right], scope);
        match self.precision(right, all[1]) {
            Some(step) => self.push(NodeKind::Approx(all[0], all[1], step), span),
            None => self.invalid(span),
        }
    }

    /// One unit of a figure's last written place, in the unit it is written in; one that is computed has none, and that
    /// is told.
    pub(super) fn precision(&mut self, figure: &Expr, lowered: ExprId) -> Option<Number> {
        let Some(step) = written_step(figure) else {
            self.problems.report(&NameProblem::NotAFigure { span: figure.span });
            return None;
        };
        // The unit stands at the figure itself, behind its sign.
        let mut figure = lowered;
        while let NodeKind::Negate(inner) = self.model.nodes[figure].kind {
            figure = inner;
        }
        Some(step.mul(&self.model.nodes[figure].show.scale))
    }
}

/// Returns one unit of a figure's last written place: 0,1 for `748,6`, 1/2 for `2½`, 1/3 for `1/3`.
fn written_step(expr: &Expr) -> Option<Number> {
    match bare(expr).kind.as_ref() {
        ExprKind::Literal(literal) => Some(last_place(&literal.number)),
        ExprKind::Fraction(_, under) => Number::one().div(&under.value),
        ExprKind::Negate(inner) => written_step(inner),
        _ => None,
    }
}

fn last_place(number: &NumberLit) -> Number {
    let decimals = Number::pow10(-i32::try_from(number.decimals).unwrap_or(0));
    // A sign such as ⅓ or ½ is written in parts of its own, whether or not they are decimals as well.
    if number.written.ends_with(|last: char| last.is_ascii_digit()) {
        return decimals;
    }
    let fits = |step: &Number| number.value.div(step).is_some_and(|count| count.is_integer());
    let parts = (2..=LARGEST_PART).filter_map(|part| Number::one().div(&Number::from_i64(part)));
    parts.into_iter().find(fits).unwrap_or(decimals)
}

/// The smallest parts that have a sign of their own are tenths.
const LARGEST_PART: i64 = 10;
