//! What a clause wants of data: `krav`, and what holds of a `givet` that is not given.

use super::lower::Lowerer;
use super::scope::Scope;
use super::statements::states_figure;
use super::{ClauseId, Requirement};
use crate::base::Span;
use crate::syntax::ast::{Expr, Given, Text};

impl Lowerer<'_> {
    /// Lowers what holds where a clause's given value is not given.
    pub(super) fn default_of_given(&mut self, clause: ClauseId, given: &Given, scope: &Scope) {
        let Some(default) = &given.ty.default else { return };
        let fact = self.symbols.givens.get(&(clause, given.name.text.clone())).copied();
        let value = self.expr(default, scope);
        if let Some(fact) = fact {
            self.model.facts[fact].declared.default = Some(value);
        }
    }

    /// Lowers a requirement. One that states a figure is required in its clause's or agreement's period, as a
    /// definition would hold there.
    pub(super) fn requirement(
        &mut self,
        clause: ClauseId,
        condition: &Expr,
        message: &Text,
        span: Span,
        scope: &Scope,
    ) {
        let interval = self.undated_interval(states_figure(condition), scope);
        let condition = self.expr(condition, scope);
        self.model.requirements.push(Requirement {
            clause,
            exception: scope.exceptions.last().copied(),
            condition,
            message: message.text.clone(),
            interval,
            per_entity: false,
            span,
        });
    }
}
