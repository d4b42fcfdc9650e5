//! Lines of a clause that round: `hvert beløb afrundet til …` and `hvert led afrundet til …`.

use super::declare::Declarer;
use super::items::measure;
use super::lower::Lowerer;
use super::problem::NameProblem;
use super::scope::Scope;
use super::table_problem::TableProblem;
use super::{ClauseId, EachRounding, ExprId, NodeKind, Show, Ty};
use crate::base::Span;
use crate::syntax::ast::{self, EachWhat};
use crate::value::Number;

impl Declarer<'_> {
    /// Notes a clause's rounding before its lines are lowered, as it may stand anywhere among them.
    pub(super) fn each_rounded(
        &mut self,
        clause: ClauseId,
        what: EachWhat,
        rounding: &ast::Rounding,
        span: Span,
    ) {
        let literal = &rounding.step;
        let decimals = literal.number.decimals;
        let (scale, ty, show) = match &literal.unit {
            None => (Number::one(), Ty::Number, Show { decimals, ..Show::plain() }),
            Some(unit) => match measure(unit, self.model, self.problems) {
                Some(measure) => {
                    let (ty, show) = (measure.at_level(None, self.model), measure.show(decimals));
                    (measure.scale, ty, show)
                }
                None => return,
            },
        };
        let step = literal.number.value.mul(&scale);
        if step.is_zero() || step.is_negative() {
            return self.problems.report(&NameProblem::ZeroStep { span: literal.span });
        }
        let mode = rounding.mode;
        let all = self.model.rounding.entry(clause).or_default();
        if let Some(first) = all.iter().find(|other| other.what == what) {
            return self.problems.report(&TableProblem::RoundedTwice { span, first: first.span });
        }
        all.push(EachRounding { what, step, mode, ty, show, span });
    }
}

impl Lowerer<'_> {
    /// Rounds the result of a step, where the clause says that each is.
    pub(super) fn step_rounded(&mut self, step: ExprId, scope: &Scope, span: Span) -> ExprId {
        let all = scope.clause.and_then(|clause| self.model.rounding.get(&clause));
        let each = all.and_then(|all| all.iter().find(|rounding| rounding.what == EachWhat::Step)).cloned();
        match each {
            Some(rounding) => self.push(NodeKind::EachRound(step, rounding), span),
            None => step,
        }
    }
}
