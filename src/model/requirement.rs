//! `krav`: what a clause requires of data.

use super::lower::Lowerer;
use super::scope::Scope;
use super::statements::states_figure;
use super::{ClauseId, Requirement};
use crate::base::Span;
use crate::syntax::ast::{Expr, Text};

impl Lowerer<'_> {
    /// Lowers a requirement. One that states a figure is required in its clause's or agreement's period, as a
    /// definition would hold there; one that an amendment states on its own, while the amendment holds.
    pub(super) fn requirement(
        &mut self,
        clause: Option<ClauseId>,
        condition: &Expr,
        message: &Text,
        span: Span,
        scope: &Scope,
    ) {
        let line = self.in_time(None, states_figure(condition), span, scope);
        let condition = self.expr(condition, scope);
        self.model.requirements.push(Requirement {
            clause,
            exception: scope.exceptions.last().copied(),
            condition,
            message: message.text.clone(),
            interval: line.interval,
            given: line.given,
            each: None,
            span,
        });
    }
}
