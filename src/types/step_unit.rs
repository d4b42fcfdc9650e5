//! The unit that the step of a rounding lacks.

use super::check::Checker;
use crate::base::Span;
use crate::model::{ExprId, NodeKind, Ty};
use crate::value::RoundMode;

impl Checker<'_> {
    /// `afrundet til 1.000` of an amount: where the unit is missing, and which.
    pub(super) fn unit_of_step(&self, expr: ExprId, value: &Ty, step: &Ty) -> Option<(Span, String)> {
        let node = self.model.node(expr);
        // INVARIANT: without a direction, the step is the last word of the rounding.
        let at_end = match &node.kind {
            NodeKind::Round(_, _, mode) => *mode == RoundMode::Nearest,
            NodeKind::Share(_) => true,
            _ => false,
        };
        let lang = self.model.lang;
        let unit = match *value == self.kroner(value.level().cloned()) {
            true => "kr.".to_owned(),
            false => node.show.words.get(lang).to_owned(),
        };
        (at_end && *step == Ty::Number && !unit.is_empty()).then_some((node.span, unit))
    }
}
