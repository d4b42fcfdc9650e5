//! Two types that do not go together, told with both sides and where each has its type from.

use super::check::Checker;
use super::describe;
use super::ops::Clash;
use super::origin::{WithOrigins, origin};
use super::percent_problem::PercentProblem;
use super::problem::TypeProblem;
use super::show::described;
use crate::base::{Bi, Span, bi};
use crate::model::{ExprId, NodeKind, Ty};
use crate::value::UnitTable;

impl Checker<'_> {
    /// Reports an expression of another type than needed.
    pub(super) fn expected(&mut self, expr: ExprId, expected: Bi, found: &Ty) {
        self.expected_with(expr, expected, found, None);
    }

    fn expected_with(&mut self, expr: ExprId, expected: Bi, found: &Ty, help: Option<Bi>) {
        let node = self.model.node(expr);
        let own = node.ty.without_level() == found.without_level();
        let found = if own { described(found, &node.show, self.model) } else { describe(found, self.model) };
        let problem =
            TypeProblem::Expected { span: self.model.node(expr).span, expected, found, meant: Vec::new() };
        let origins = origin(self.model, expr, false).into_iter().collect();
        self.fail(expr, &WithOrigins { problem, origins, help });
    }

    /// Reports something that is neither met nor not where a condition is needed, and how to ask about it.
    pub(super) fn no_condition(&mut self, expr: ExprId, found: &Ty) {
        let name = match &self.model.node(expr).kind {
            NodeKind::Def(def) => self.model.defs[*def].name.clone(),
            NodeKind::Fact(fact) => self.model.facts[*fact].name.clone(),
            _ => "…".to_owned(),
        };
        let sign = if found.is_numeric() || *found == Ty::Date { "≥" } else { "=" };
        let help = bi!(
            "sig, hvornår den er opfyldt, med en sammenligning: `{name} {sign} …`",
            "say with a comparison when it is met: `{name} {sign} …`"
        );
        let expected = bi!("en betingelse, der er opfyldt eller ej", "a condition that is met or not");
        self.expected_with(expr, expected, found, Some(help));
    }

    /// Reports something stated in a unit that it cannot be converted to.
    pub(super) fn not_restated(&mut self, expr: ExprId, wanted: &Ty, found: &Ty) {
        let counts = |ty: &Ty, base| match ty {
            Ty::Quantity { unit, .. } => unit.powers().any(|(own, _)| own == base),
            _ => false,
        };
        let (month, day) = (UnitTable::MONTH, UnitTable::DAY);
        let between = |a: &Ty, b: &Ty| counts(a, month) && counts(b, day);
        let help = (between(wanted, found) || between(found, wanted)).then(|| {
            bi!(
                "en måned har ikke et bestemt antal dage; skriv, hvor mange dage der regnes med, og divider selv",
                "a month has no certain number of days; write how many are counted with, and divide yourself"
            )
        });
        let expected = describe(&wanted.without_level(), self.model);
        self.expected_with(expr, expected, &found.without_level(), help);
    }

    /// Reports two sides that cannot be added, compared or multiplied.
    pub(super) fn clash(&mut self, expr: ExprId, clash: Clash, left: ExprId, right: ExprId) {
        if clash == Clash::NotNumbers && self.no_number(expr, left, right) {
            return;
        }
        let levels = clash == Clash::Levels;
        let origins = [left, right].into_iter().filter_map(|side| origin(self.model, side, levels)).collect();
        let side = |id: ExprId| -> (Span, Bi) {
            let node = self.model.node(id);
            let ty = if levels { node.ty.clone() } else { node.ty.without_level() };
            (node.span, described(&ty, &node.show, self.model))
        };
        let level = |id: ExprId| self.model.node(id).ty.level().cloned();
        let both = level(left).zip(level(right));
        let (span, left_side, right_side) = (self.model.node(expr).span, side(left), side(right));
        if clash == Clash::AmountAndPercent {
            let compared = matches!(self.model.node(expr).kind, NodeKind::Compare(..) | NodeKind::Approx(..));
            let grown = self.grown(expr);
            let (left, right) = (left_side, right_side);
            let problem = PercentProblem::AmountAndPercent { span, left, right, grown, compared };
            return self.fail(expr, &WithOrigins { problem, origins, help: None });
        }
        let problem = match clash {
            Clash::Levels => TypeProblem::Levels { span, left: left_side, right: right_side, levels: both },
            Clash::Units | Clash::BareNumber | Clash::NotNumbers | Clash::AmountAndPercent => {
                let meant = self.bare_side(left, right);
                let numbers = clash != Clash::NotNumbers;
                TypeProblem::Units { span, left: left_side, right: right_side, meant, numbers }
            }
        };
        self.fail(expr, &WithOrigins { problem, origins, help: None });
    }

    /// A bare number beside something with a unit, as it would be written with that unit.
    fn bare_side(&mut self, left: ExprId, right: ExprId) -> Option<(Span, Vec<String>)> {
        [(left, right), (right, left)].into_iter().find_map(|(bare, other)| {
            let (ty, show) = (self.model.node(other).ty.clone(), self.model.node(other).show.clone());
            let meant = self.with_unit(bare, &ty, &show)?;
            Some((self.model.node(bare).span, meant))
        })
    }

    /// Something computed with that is no number at all is told by itself: units are not what is wrong.
    fn no_number(&mut self, expr: ExprId, left: ExprId, right: ExprId) -> bool {
        let computes = matches!(self.model.node(expr).kind, NodeKind::Arith(..));
        let is_number = |ty: &Ty| ty.is_numeric() || matches!(ty, Ty::Unknown | Ty::Date);
        let odd = [left, right].into_iter().find(|side| !is_number(&self.model.node(*side).ty));
        let Some(odd) = odd.filter(|_| computes) else { return false };
        let ty = self.model.node(odd).ty.clone();
        self.expected(odd, bi!("et tal, der kan regnes med", "a number that can be computed with"), &ty);
        true
    }
}
