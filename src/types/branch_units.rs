//! Rows and branches of which some have a unit and some are bare numbers.

use super::check::Checker;
use super::show::described;
use crate::base::{Bi, Span, bi};
use crate::diag::{Code, Diagnostic, Edit, Report};
use crate::model::{ExprId, Ty};
use crate::value::print_number;

/// A bare number where the others have a unit.
#[derive(Clone, Debug)]
struct WithoutUnit {
    /// The bare number.
    span: Span,
    /// As written.
    written: String,
    /// One that has a unit, and what it is.
    other: (Span, Bi),
    /// The number with that unit.
    meant: String,
}

impl Checker<'_> {
    /// Of several values that must be alike, refuses the bare numbers where another has a unit.
    pub(super) fn refuse_without_unit(&mut self, all: &[ExprId]) {
        let types: Vec<Ty> = all.iter().map(|expr| self.expr(*expr).0).collect();
        let with_unit = all.iter().zip(&types).find(|(_, ty)| matches!(ty, Ty::Quantity { .. }));
        let Some((other, ty)) = with_unit.map(|(expr, ty)| (*expr, ty.without_level())) else { return };
        let words = described(&ty, &self.model.node(other).show, self.model);
        let (other, unit) = (self.model.node(other).span, self.model.node(other).show.words.clone());
        for (expr, _) in all.iter().zip(&types).filter(|(_, ty)| **ty == Ty::Number) {
            let (Some(value), lang) = (self.written(*expr), self.model.lang) else { continue };
            let written = print_number(&value, lang, 0, 28).text;
            let problem = WithoutUnit {
                span: self.model.node(*expr).span,
                meant: format!("{written} {}", unit.get(lang)),
                written,
                other: (other, words.clone()),
            };
            self.fail(*expr, &problem);
            self.model.nodes[*expr].ty = Ty::Unknown;
        }
    }
}

impl Report for WithoutUnit {
    fn report(&self) -> Diagnostic {
        let (written, other) = (&self.written, &self.other.1);
        let label = Bi { da: format!("dette er {}", other.da), en: format!("this is {}", other.en) };
        let message = bi!(
            "`{written}` mangler sin enhed; værdierne her skal være af samme slags",
            "`{written}` lacks its unit; the values here must be of the same kind"
        );
        Diagnostic::new(Code::WrongType, message)
            .label(self.span, bi!("dette er et tal uden enhed", "this is a number without a unit"))
            .label(self.other.0, label)
            .reading(
                bi!("skriv enheden", "write the unit"),
                vec![Edit { span: self.span, text: self.meant.clone() }],
            )
    }
}
