//! Units: the declarations of all files together, in whatever order they stand.

use super::items::{Measure, measure};
use super::{Model, Ty};
use crate::base::{Span, bi};
use crate::diag::{Code, Diagnostic, Problems, Report};
use crate::syntax::ast::{Literal, Name, UnitDecl, UnitExpr, UnitKind};
use crate::value::{Number, Unit};

/// Something wrong with a declared unit.
#[derive(Clone, Debug)]
pub enum UnitProblem {
    /// A multiple of a bare number, of a percentage, or 0 or fewer of something.
    NotAMultiple {
        /// What it is said to be.
        span: Span,
        /// The unit.
        name: String,
    },
    /// Multiples that are made of each other.
    Ring {
        /// Where each is declared, in the order they stand.
        places: Vec<(String, Span)>,
    },
    /// A name that is another unit already.
    Contradiction {
        /// The second declaration's name.
        span: Span,
        /// The unit.
        name: String,
    },
}

/// Declares all units: first those that stand for themselves, then multiples, each when its base is there.
///
/// A unit declared again is compared with its first declaration elsewhere.
pub(super) fn declare(all: &[&UnitDecl], model: &mut Model, problems: &mut Problems) {
    let name = |unit: &UnitDecl| unit.names.first().map(|name| name.text.clone());
    let again = |at: usize| all.iter().take(at).any(|first| name(first) == name(all[at]));
    let units: Vec<&UnitDecl> = (0..all.len()).filter(|at| !again(*at)).map(|at| all[at]).collect();
    for unit in units.iter().filter(|unit| unit.multiple_of.is_none()) {
        base(unit, model, problems);
    }
    let mut open: Vec<(&UnitDecl, &Literal)> =
        units.iter().filter_map(|unit| unit.multiple_of.as_ref().map(|of| (*unit, of))).collect();
    loop {
        let before = open.len();
        open.retain(|(unit, of)| match written(of, model) {
            Some(found) => {
                multiple(unit, of, &found, model, problems);
                false
            }
            None => true,
        });
        if open.is_empty() || open.len() == before {
            break;
        }
    }
    without_base(&open, model, problems);
}

/// Resolves what a multiple is made of; `None` while that is not declared.
fn written(of: &Literal, model: &Model) -> Option<Option<Measure>> {
    match &of.unit {
        Some(unit) => measure(unit, model, &mut Problems::new()).map(Some),
        None => Some(None),
    }
}

/// A unit that stands for itself. The same one may be declared in several files of a module.
fn base(unit: &UnitDecl, model: &mut Model, problems: &mut Problems) {
    let Some(first) = unit.names.first() else { return };
    let plural = unit.names.get(1).unwrap_or(first);
    let Some((known, scale)) = model.units.lookup(&first.text) else {
        if model.units.lookup(&plural.text).is_some() {
            return contradiction(plural, problems);
        }
        model.units.add(&first.text, &plural.text, unit.is_money);
        return;
    };
    let is_same = known.is_money(&model.units) == unit.is_money && scale == Number::one();
    let plural_known = model.units.lookup(&plural.text).is_some_and(|(unit, _)| unit == known);
    if !is_same {
        contradiction(first, problems);
    } else if !plural_known {
        contradiction(plural, problems);
    }
}

fn multiple(
    unit: &UnitDecl,
    of: &Literal,
    found: &Option<Measure>,
    model: &mut Model,
    problems: &mut Problems,
) {
    let Some(first) = unit.names.first() else { return };
    let plural = unit.names.get(1).unwrap_or(first);
    let Some((base, factor)) = factor(of, found) else {
        problems.report(&UnitProblem::NotAMultiple { span: of.span, name: first.text.clone() });
        return stands_in(unit, model);
    };
    let declared = (base.clone(), factor.clone());
    for name in [first, plural] {
        if model.units.lookup(&name.text).is_some_and(|known| known != declared) {
            return contradiction(name, problems);
        }
    }
    model.units.add_multiple(&first.text, &plural.text, &base, &factor);
}

/// Returns the unit a multiple is of, and how many of it: more than none.
fn factor(of: &Literal, found: &Option<Measure>) -> Option<(Unit, Number)> {
    let Some(Measure { ty: Ty::Quantity { unit, .. }, scale, .. }) = found else { return None };
    let factor = of.number.value.mul(scale);
    (!factor.is_zero() && !factor.is_negative()).then(|| (unit.clone(), factor))
}

/// What is left needs a base that nobody declares, or itself.
fn without_base(open: &[(&UnitDecl, &Literal)], model: &mut Model, problems: &mut Problems) {
    let is_open = |name: &str| open.iter().any(|(unit, _)| unit.names.iter().any(|n| n.text == name));
    let mut ring = Vec::new();
    for (unit, of) in open {
        let names = of.unit.as_ref().map(named).unwrap_or_default();
        if names.iter().all(|name| is_open(name) || model.units.lookup(name).is_some()) {
            ring.extend(unit.names.first().map(|name| (name.text.clone(), name.span)));
            continue;
        }
        if let Some(unit) = &of.unit {
            measure(unit, model, problems);
        }
    }
    if !ring.is_empty() {
        problems.report(&UnitProblem::Ring { places: ring });
    }
    open.iter().for_each(|(unit, _)| stands_in(unit, model));
}

/// What is wrong with a unit is said once; where it is used, it stands for itself.
fn stands_in(unit: &UnitDecl, model: &mut Model) {
    let Some(first) = unit.names.first() else { return };
    let plural = unit.names.get(1).unwrap_or(first);
    model.units.add(&first.text, &plural.text, false);
}

/// The declared units that a written one is made of.
fn named(unit: &UnitExpr) -> Vec<&str> {
    let words = std::iter::once(&unit.over).chain(unit.per.iter().map(|(_, per)| per));
    words
        .filter_map(|word| match &word.kind {
            UnitKind::Named(name) => Some(name.as_str()),
            UnitKind::Krone | UnitKind::ThousandKroner | UnitKind::MillionKroner => None,
            UnitKind::BillionKroner | UnitKind::Percent | UnitKind::PercentagePoint => None,
            UnitKind::PerMille | UnitKind::Year | UnitKind::Quarter | UnitKind::Month => None,
            UnitKind::Day => None,
        })
        .collect()
}

fn contradiction(name: &Name, problems: &mut Problems) {
    problems.report(&UnitProblem::Contradiction { span: name.span, name: name.text.clone() });
}

impl Report for UnitProblem {
    fn report(&self) -> Diagnostic {
        match self {
            UnitProblem::NotAMultiple { span, name } => Diagnostic::new(
                Code::UnitMultiple,
                bi!("`{name}` kan ikke være dette", "`{name}` cannot be this"),
            )
            .at(*span)
            .help(bi!(
                "en enhed kan være et antal over 0 af en anden enhed, som i `måleenhed ton = 1.000 kg`",
                "a unit can be a number above 0 of another unit, as in `unit tonne = 1,000 kg`"
            )),
            UnitProblem::Ring { places } => {
                let d = Diagnostic::new(
                    Code::UnitMultiple,
                    bi!(
                        "enhederne er erklæret ved hinanden, og ingen af dem står for sig selv",
                        "the units are declared by each other, and none of them stands for itself"
                    ),
                );
                let label = |(name, span): &(String, Span)| (*span, bi!("`{name}`", "`{name}`"));
                places.iter().map(label).fold(d, |d, (span, text)| d.label(span, text)).help(bi!(
                    "erklær den mindste uden `=`, for eksempel `måleenhed kg`",
                    "declare the smallest without `=`, for example `unit kg`"
                ))
            }
            UnitProblem::Contradiction { span, name } => Diagnostic::new(
                Code::UnitContradiction,
                bi!("`{name}` er allerede en anden enhed", "`{name}` is another unit already"),
            )
            .at(*span)
            .help(bi!("vælg et andet ord for den ene af dem", "choose another word for one of them")),
        }
    }
}
