//! The domain of a declared type: bounds that are written out, in the type's own unit, the lower one first.

use super::index_problem::IndexProblem;
use super::items::{FigureSlip, measure, read_figure};
use super::problem::NameProblem;
use super::{Domain, Model, Show, Ty};
use crate::base::{Bi, Span, bi};
use crate::diag::{Code, Diagnostic, Problems, Report};
use crate::syntax::ast::{Expr, ExprKind, Range, RangeBound};
use crate::value::{Number, Stretch};

/// Something wrong with a domain.
#[derive(Clone, Debug)]
pub enum DomainProblem {
    /// The lower bound is above the higher, or nothing lies between them.
    Reversed {
        /// The bound written first.
        low: Span,
        /// The other one.
        high: Span,
    },
    /// Both bounds are in order, but no whole number lies between them.
    NoneWhole {
        /// The lower bound.
        low: Span,
        /// The higher one.
        high: Span,
    },
    /// A domain of something that is no number.
    NotNumbers {
        /// A bound.
        span: Span,
    },
    /// A bound in another unit.
    OtherUnit {
        /// The bound.
        span: Span,
        /// The declared unit; empty for a plain number.
        declared: Bi,
    },
}

/// Resolves the bounds of a declared type, in base units; a bare number stands in the declared unit. Where only whole
/// numbers count, one of them must lie within.
pub(super) fn domain_of(
    range: &Range,
    (ty, show, whole): (&Ty, &Show, bool),
    model: &Model,
    problems: &mut Problems,
) -> Option<Domain> {
    let bounds = [range.low.as_ref(), range.high.as_ref()];
    if !ty.is_numeric() {
        let span = bounds.iter().flatten().next().map(|bound| bound.value.span);
        if let (Some(span), true) = (span, *ty != Ty::Unknown) {
            problems.report(&DomainProblem::NotNumbers { span });
        }
        return None;
    }
    let [low, high] = bounds.map(|bound| end(bound?, (ty, show), model, problems));
    if let (Some((lowest, low_in)), Some((highest, high_in))) = (&low, &high)
        && (lowest > highest || (lowest == highest && !(*low_in && *high_in)))
        && let [Some(low), Some(high)] = bounds
    {
        problems.report(&DomainProblem::Reversed { low: low.value.span, high: high.value.span });
        return None;
    }
    let domain = Domain { low, high };
    if whole
        && domain.stretch(Some(show.scale.clone())).is_empty()
        && let [Some(low), Some(high)] = bounds
    {
        problems.report(&DomainProblem::NoneWhole { low: low.value.span, high: high.value.span });
        return None;
    }
    Some(domain)
}

impl Domain {
    /// Returns the numbers within the bounds; only the multiples of a step where there is one.
    pub fn stretch(&self, step: Option<Number>) -> Stretch {
        let open = |bound: &Option<(Number, bool)>| bound.as_ref().is_some_and(|(_, included)| !included);
        let number = |bound: &Option<(Number, bool)>| bound.as_ref().map(|(number, _)| number.clone());
        Stretch {
            low: number(&self.low),
            low_open: open(&self.low),
            high: number(&self.high),
            high_open: open(&self.high),
            step,
        }
    }
}

fn end(
    bound: &RangeBound,
    (ty, show): (&Ty, &Show),
    model: &Model,
    problems: &mut Problems,
) -> Option<(Number, bool)> {
    let span = bound.value.span;
    match read_figure(&bound.value, ty, show, model) {
        Ok(number) => return Some((number, bound.included)),
        Err(FigureSlip::NotAFigure) => problems.report(&NameProblem::NotAFigure { span }),
        Err(FigureSlip::UnknownUnit) => unknown_unit(&bound.value, model, problems),
        Err(FigureSlip::OtherLevel) => problems.report(&IndexProblem::BoundLevel { span }),
        Err(FigureSlip::OtherUnit) => {
            problems.report(&DomainProblem::OtherUnit { span, declared: show.words.clone() });
        }
    }
    None
}

/// Reports the unit of a bound that nobody declares.
fn unknown_unit(bound: &Expr, model: &Model, problems: &mut Problems) {
    match bound.kind.as_ref() {
        ExprKind::Literal(literal) => {
            literal.unit.as_ref().and_then(|unit| measure(unit, model, problems));
        }
        ExprKind::Negate(inner) | ExprKind::Paren(inner) => unknown_unit(inner, model, problems),
        _ => problems.report(&NameProblem::NotAFigure { span: bound.span }),
    }
}

impl Report for DomainProblem {
    fn report(&self) -> Diagnostic {
        match self {
            DomainProblem::Reversed { low, high } => Diagnostic::new(
                Code::ReversedDomain,
                bi!(
                    "området er tomt: der er intet mellem de to grænser",
                    "the domain is empty: nothing lies between its bounds"
                ),
            )
            .label(*low, bi!("herfra", "from here"))
            .label(*high, bi!("hertil", "to here"))
            .help(bi!(
                "skriv den laveste grænse først; et tal uden enhed står i den erklærede enhed",
                "write the lowest bound first; a number without a unit stands in the declared unit"
            )),
            DomainProblem::NoneWhole { low, high } => Diagnostic::new(
                Code::ReversedDomain,
                bi!(
                    "området er tomt: der er intet helt tal mellem de to grænser",
                    "the domain is empty: there is no whole number between its bounds"
                ),
            )
            .label(*low, bi!("herfra", "from here"))
            .label(*high, bi!("hertil", "to here"))
            .help(bi!(
                "skriv en grænse, der selv er med, som `mindst` eller `højst`, eller `tal` i stedet for `hele tal`",
                "write a bound that itself counts as `at least` or `at most`, or `number` in place of `whole number`"
            )),
            DomainProblem::NotNumbers { span } => Diagnostic::new(
                Code::DomainMisfit,
                bi!("kun tal kan have et område", "only numbers can have a domain"),
            )
            .at(*span)
            .help(bi!(
                "tekster begrænses med `en af \"a\"; \"b\"`",
                "texts are limited by `one of \"a\"; \"b\"`"
            )),
            DomainProblem::OtherUnit { span, declared } => {
                let (da, en) = match (declared.da.as_str(), declared.en.as_str()) {
                    ("", _) => ("et tal uden enhed".to_owned(), "a number without a unit".to_owned()),
                    (da, en) => (format!("et tal i {da}"), format!("a number in {en}")),
                };
                Diagnostic::new(
                    Code::DomainMisfit,
                    bi!(
                        "grænsen passer ikke: her ventes {da}",
                        "the bound does not fit: {en} is expected here"
                    ),
                )
                .at(*span)
                .help(bi!(
                    "skriv grænserne i den enhed og det prisniveau, der er erklæret, eller uden enhed",
                    "write the bounds in the unit and at the price level declared, or without a unit"
                ))
            }
        }
    }
}
