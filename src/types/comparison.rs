//! What is compared: of one unit, or a text with what it can be.

use super::check::{Checker, Typed};
use super::ops::compare;
use super::problem::TypeProblem;
use crate::diag::nearest;
use crate::model::{Compare, DutyStatus, ExprId, NodeKind, Show, Ty};

impl Checker<'_> {
    pub(super) fn compare(&mut self, expr: ExprId, op: Compare, left: ExprId, right: ExprId) -> Typed {
        self.as_percentages(&[left, right]);
        let a = self.expr(left).0;
        self.expr(right);
        self.compared_with_year(op, &a, right);
        let b = self.model.node(right).ty.clone();
        self.as_year(left, right);
        self.as_year(right, left);
        self.one_of(&a, right);
        self.one_of(&b, left);
        match compare(op, &a, &b) {
            Ok(()) => {}
            Err(clash) => self.clash(expr, clash, left, right),
        }
        (Ty::Bool, Show::plain())
    }

    /// A number compared with the year evaluated is shown as a year.
    fn as_year(&mut self, year: ExprId, other: ExprId) {
        if matches!(self.model.node(year).kind, NodeKind::Year) && self.model.node(other).ty == Ty::Number {
            self.model.nodes[other].show.ungrouped = true;
        }
    }

    /// A text compared with an enumeration must be one of its values; one compared with a link names an entity.
    pub(super) fn one_of(&mut self, ty: &Ty, expr: ExprId) {
        if let (Ty::Entity(_), NodeKind::Text(_)) = (ty, &self.model.node(expr).kind) {
            self.model.nodes[expr].ty = ty.clone();
            return;
        }
        let (Ty::OneOf(allowed), NodeKind::Text(text)) = (ty, &self.model.node(expr).kind) else { return };
        if allowed.contains(text) {
            return;
        }
        let duty = DutyStatus::is(ty);
        if let Some(status) = DutyStatus::read(text).filter(|_| duty) {
            self.model.nodes[expr].kind = NodeKind::Text(status.name().to_owned());
            self.model.nodes[expr].ty = ty.clone();
            return;
        }
        let allowed = if duty { DutyStatus::all_words(self.model.lang) } else { allowed.clone() };
        let near = nearest(text, allowed.iter().map(String::as_str)).map(str::to_owned);
        let problem = TypeProblem::NotOneOf {
            span: self.model.node(expr).span,
            text: text.clone(),
            allowed: allowed.clone(),
            nearest: near,
        };
        self.fail(expr, &problem);
    }
}
