//! Bare numbers beside percentages: from 0 to 1 a written one is a share, any other could be read two ways.

use super::check::{Checker, Typed};
use super::percent_problem::{Grown, PercentProblem};
use crate::model::{Arith, ExprId, NodeKind, Show, Ty};
use crate::value::{Number, print_number};

impl Checker<'_> {
    /// Where one of several parts is a percentage, makes percentages of the bare numbers among them.
    pub(super) fn as_percentages(&mut self, parts: &[ExprId]) {
        let types: Vec<Ty> = parts.iter().map(|part| self.expr(*part).0).collect();
        if !types.contains(&Ty::Percent) {
            return;
        }
        for (part, _) in parts.iter().zip(&types).filter(|(_, ty)| **ty == Ty::Number) {
            self.as_percentage(*part);
        }
    }

    /// Makes a percentage of a bare number that stands where one is expected, or refuses it.
    pub(super) fn as_percentage(&mut self, expr: ExprId) {
        if !self.percent_literal(expr) {
            return self.bare_for_percent(expr, None);
        }
        let node = &mut self.model.nodes[expr];
        (node.ty, node.show) = (Ty::Percent, Show::percent(0));
    }

    /// Brings one more line of a definition together with the lines before it.
    pub(super) fn with_percentages(
        &mut self,
        (before, earlier): (Typed, &[ExprId]),
        (found, body): (Typed, ExprId),
    ) -> (Typed, Typed) {
        match (&before.0, &found.0) {
            (Ty::Number, Ty::Percent) => {
                for line in earlier {
                    if self.model.node(*line).ty == Ty::Number {
                        self.as_percentage(*line);
                    }
                }
                ((Ty::Percent, found.1.clone()), found)
            }
            (Ty::Percent, Ty::Number) => {
                self.as_percentage(body);
                let node = self.model.node(body);
                let found = (node.ty.clone(), node.show.clone());
                (before, found)
            }
            (_, _) => (before, found),
        }
    }

    /// `antal kommuner hvor c ≥ 21`, where c is a condition: the number belongs to the count, not to the condition.
    pub(super) fn refuse_compared_condition(&mut self, filter: ExprId, count: Option<ExprId>) {
        let NodeKind::Compare(_, left, right) = self.model.node(filter).kind else { return };
        let is_name = matches!(self.model.node(left).kind, NodeKind::Def(_) | NodeKind::Fact(_));
        if is_name && self.expr(left).0 == Ty::Bool && self.expr(right).0.is_numeric() {
            let span = |id: ExprId| self.model.node(id).span;
            let counted = count.map(|count| span(count).before().to(span(left)));
            let problem = PercentProblem::ComparedCondition { span: span(filter), counted };
            self.fail(filter, &problem);
        }
    }

    /// Tells whether a written plain number from 0 to 1 stands where a percentage is expected.
    pub(super) fn percent_literal(&self, expr: ExprId) -> bool {
        match &self.model.node(expr).kind {
            NodeKind::Figure { value, .. } => !value.is_negative() && *value <= Number::one(),
            _ => false,
        }
    }

    /// Tells whether a written plain number above 1 stands before `af`.
    pub(super) fn bare_share(&self, expr: ExprId, ty: &Ty) -> bool {
        *ty == Ty::Number && self.written(expr).is_some() && !self.percent_literal(expr)
    }

    /// Refuses a bare number where a percentage is expected; it has no type from then on. Before `af`, `whole` is what
    /// the percentage is of.
    pub(super) fn bare_for_percent(&mut self, expr: ExprId, whole: Option<ExprId>) {
        let (span, lang) = (self.model.node(expr).span, self.model.lang);
        let written = self.written(expr).map(|value| print_number(&value, lang, 0, 28).text);
        let name = match &self.model.node(expr).kind {
            NodeKind::Def(def) => Some(self.model.defs[*def].name.clone()),
            NodeKind::Fact(fact) => Some(self.model.facts[*fact].name.clone()),
            _ => None,
        };
        let problem = match written {
            Some(written) => {
                let whole = whole.map(|whole| self.model.node(whole).span);
                PercentProblem::BareForPercent { span, written, lang, whole }
            }
            None => PercentProblem::NumberForPercent { span, name },
        };
        self.fail(expr, &problem);
        self.model.nodes[expr].ty = Ty::Unknown;
    }

    /// Tells whether an amount that stands before a percentage may be meant to grow or shrink by it.
    pub(super) fn grown(&self, expr: ExprId) -> Option<Grown> {
        let NodeKind::Arith(op @ (Arith::Add | Arith::Sub), left, right) = self.model.node(expr).kind else {
            return None;
        };
        let sum = matches!(self.model.node(left).kind, NodeKind::Arith(Arith::Add | Arith::Sub, ..));
        let grown = Grown { lang: self.model.lang, raised: op == Arith::Add, sum };
        (self.model.node(right).ty == Ty::Percent).then_some(grown)
    }

    /// Returns a number as it is written out, with its sign.
    pub(super) fn written(&self, expr: ExprId) -> Option<Number> {
        match &self.model.node(expr).kind {
            NodeKind::Figure { value, .. } => Some(value.clone()),
            NodeKind::Negate(inner) => self.written(*inner).map(|value| value.neg()),
            _ => None,
        }
    }
}
