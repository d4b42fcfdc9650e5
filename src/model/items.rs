//! Units, types and levels: from written words to declared types.

use super::domain::domain_of;
use super::problem::NameProblem;
use super::word_problem::WordProblem;
use super::{Declared, Model, Show, Ty};
use crate::base::{Bi, Lang};
use crate::diag::{Problems, nearest};
use crate::syntax::ast::{
    Expr, ExprKind, Literal, NumberLit, TypeBase, TypeExpr, UnitExpr, UnitKind, UnitWord,
};
use crate::value::{Level, Levels, Number, PriceLevel, Unit, UnitTable, print_number};

/// A written unit, resolved.
#[derive(Clone, Debug)]
pub(super) struct Measure {
    /// Its type, without a price level.
    pub(super) ty: Ty,
    /// One of it in base units.
    pub(super) scale: Number,
    /// Its words.
    pub(super) words: Bi,
}

impl Measure {
    /// Returns the type at a price level; levels are for money alone.
    pub(super) fn at_level(&self, level: Option<Level>, model: &Model) -> Ty {
        match &self.ty {
            Ty::Quantity { unit, .. } if has_money(unit, model) => self.ty.at_level(level.map(Levels::named)),
            other => other.clone(),
        }
    }
    /// Returns how values of it are shown.
    pub(super) fn show(&self, decimals: u32) -> Show {
        Show {
            scale: self.scale.clone(),
            words: self.words.clone(),
            decimals,
            fixed: false,
            weak: false,
            ungrouped: false,
        }
    }
}

/// Tells whether amounts of a unit have a price level.
pub(super) fn has_money(unit: &Unit, model: &Model) -> bool {
    unit.has_money(&model.units)
}

/// Resolves a written unit.
pub(super) fn measure(unit: &UnitExpr, model: &Model, problems: &mut Problems) -> Option<Measure> {
    if let Some(plain) = plain_measure(unit) {
        return Some(plain);
    }
    let (mut total, mut scale) = base_of(&unit.over, model, problems)?;
    let mut words = unit.over.kind.words();
    for (count, per) in &unit.per {
        let (base, factor) = base_of(per, model, problems)?;
        total = total.per(&base);
        let whole = count.as_ref().map_or(factor.clone(), |n| factor.mul(&n.value));
        scale = scale.div(&whole)?;
        words = per_words(&words, count.as_ref(), per);
    }
    Some(Measure { ty: Ty::Quantity { unit: total, level: None }, scale, words })
}

/// Percent and per mille alone are types of their own.
fn plain_measure(unit: &UnitExpr) -> Option<Measure> {
    if !unit.per.is_empty() {
        return None;
    }
    let power = match unit.over.kind {
        UnitKind::Percent | UnitKind::PercentagePoint => -2,
        UnitKind::PerMille => -3,
        UnitKind::Krone | UnitKind::ThousandKroner | UnitKind::MillionKroner | UnitKind::BillionKroner => {
            return None;
        }
        UnitKind::Year | UnitKind::Quarter | UnitKind::Month | UnitKind::Day | UnitKind::Named(_) => {
            return None;
        }
    };
    Some(Measure { ty: Ty::Percent, scale: Number::pow10(power), words: unit.over.kind.words() })
}

fn base_of(word: &UnitWord, model: &Model, problems: &mut Problems) -> Option<(Unit, Number)> {
    let money = |power| Some((Unit::base(UnitTable::KRONE), Number::pow10(power)));
    let months = |count| Some((Unit::base(UnitTable::MONTH), Number::from_i64(count)));
    match &word.kind {
        UnitKind::Krone => money(0),
        UnitKind::ThousandKroner => money(3),
        UnitKind::MillionKroner => money(6),
        UnitKind::BillionKroner => money(9),
        UnitKind::Percent | UnitKind::PercentagePoint => Some((Unit::none(), Number::pow10(-2))),
        UnitKind::PerMille => Some((Unit::none(), Number::pow10(-3))),
        UnitKind::Year => months(12),
        UnitKind::Quarter => months(3),
        UnitKind::Month => months(1),
        UnitKind::Day => Some((Unit::base(UnitTable::DAY), Number::one())),
        UnitKind::Named(name) => named_unit(name, word, model, problems),
    }
}

fn named_unit(name: &str, word: &UnitWord, model: &Model, problems: &mut Problems) -> Option<(Unit, Number)> {
    let found = model.units.lookup(name);
    if found.is_none() {
        if let Some(problem) = WordProblem::of(name, model.lang, word.span) {
            problems.report(&problem);
            return None;
        }
        let (span, name) = (word.span, name.to_owned());
        problems.report(&match usual(&name) {
            Some(kind) => {
                let meant = kind.words().get(model.lang).to_owned();
                NameProblem::UnitInOtherWords { span, name, meant }
            }
            None => {
                let nearest = nearest(&name, model.units.names()).map(str::to_owned);
                NameProblem::UnknownUnit { span, name, nearest }
            }
        });
    }
    found
}

/// What people write for the built-in units, in either language, and what it stands for.
fn usual(word: &str) -> Option<UnitKind> {
    match word {
        "procent" | "percent" | "pct" | "pc" => Some(UnitKind::Percent),
        "procentpoint" | "pp" => Some(UnitKind::PercentagePoint),
        "mio" | "million" | "millions" | "millioner" | "mill" => Some(UnitKind::MillionKroner),
        "mia" | "milliard" | "milliarder" | "billion" | "billions" | "bn" => Some(UnitKind::BillionKroner),
        "kr" | "krone" | "kroner" | "kroners" | "DKK" => Some(UnitKind::Krone),
        _ => None,
    }
}

fn per_words(over: &Bi, count: Option<&NumberLit>, per: &UnitWord) -> Bi {
    // One of a unit of time is named in the singular: `kr. pr. måned`, `kr. pr. 3 måneder`.
    let word = match (&per.kind, count) {
        (UnitKind::Quarter, None) => Bi::new("kvartal", "quarter"),
        (UnitKind::Month, None) => Bi::new("måned", "month"),
        (UnitKind::Day, None) => Bi::new("dag", "day"),
        (UnitKind::Year, None) => Bi::new("år", "year"),
        (_, _) => per.kind.words(),
    };
    let spelled = |lang: Lang| {
        let number = count.map(|n| format!("{} ", print_number(&n.value, lang, n.decimals, 28).text));
        format!(
            "{} {} {}{}",
            over.get(lang),
            lang.pick("pr.", "per"),
            number.unwrap_or_default(),
            word.get(lang)
        )
    };
    Bi::new(spelled(Lang::Da), spelled(Lang::En))
}

/// Resolves the type of a fact or given value. Its default is lowered by the caller. What a named type says of its
/// values holds unless the line says otherwise.
pub(super) fn declared(ty: &TypeExpr, model: &Model, level: Level, problems: &mut Problems) -> Declared {
    let mut declared = match type_name(ty).and_then(|name| model.named_types.get(name)) {
        Some(named) => Declared { default: None, ..named.clone() },
        None => {
            let (base, show, whole) = type_base(ty, model, level, problems);
            Declared { ty: base, show, whole, ..Declared::unknown() }
        }
    };
    if let (Some(stated), Ty::Quantity { level, .. }) = (ty.level, &mut declared.ty) {
        *level = level.take().map(|_| crate::value::Levels::named(stated));
    }
    declared.or_none |= ty.or_none;
    declared.always |= ty.always;
    if let Some(range) = &ty.domain {
        declared.domain = domain_of(range, (&declared.ty, &declared.show, declared.whole), model, problems);
    }
    declared
}

/// Returns the single word that a type consists of; it may name a type, a kind or a unit.
pub(super) fn type_name(ty: &TypeExpr) -> Option<&str> {
    match &ty.base {
        TypeBase::Unit(unit) if unit.per.is_empty() => match &unit.over.kind {
            UnitKind::Named(name) => Some(name),
            _ => None,
        },
        _ => None,
    }
}

fn type_base(ty: &TypeExpr, model: &Model, level: Level, problems: &mut Problems) -> (Ty, Show, bool) {
    match &ty.base {
        TypeBase::Number => (Ty::Number, Show::plain(), false),
        TypeBase::Whole(None) => (Ty::Number, Show::plain(), true),
        TypeBase::Text => (Ty::Text, Show::plain(), false),
        TypeBase::Date => (Ty::Date, Show::plain(), false),
        TypeBase::YesNo => (Ty::Bool, Show::plain(), false),
        TypeBase::OneOf(texts) => {
            (Ty::OneOf(texts.iter().map(|t| t.text.clone()).collect()), Show::plain(), false)
        }
        TypeBase::Whole(Some(unit)) => {
            let (ty, show) = unit_type(unit, ty.level.unwrap_or(level), model, problems);
            (ty, show, true)
        }
        TypeBase::Unit(unit) => entity_type(unit, model).unwrap_or_else(|| {
            let (ty, show) = unit_type(unit, ty.level.unwrap_or(level), model, problems);
            (ty, show, false)
        }),
    }
}

/// A single word may name a kind rather than a unit.
fn entity_type(unit: &UnitExpr, model: &Model) -> Option<(Ty, Show, bool)> {
    let UnitKind::Named(name) = &unit.over.kind else { return None };
    if !unit.per.is_empty() {
        return None;
    }
    let kind = model.kinds.iter_enumerated().find(|(_, kind)| kind.name == *name)?;
    Some((Ty::Entity(kind.0), Show::plain(), false))
}

fn unit_type(unit: &UnitExpr, level: Level, model: &Model, problems: &mut Problems) -> (Ty, Show) {
    match measure(unit, model, problems) {
        Some(measure) => (measure.at_level(Some(level), model), measure.show(0)),
        None => (Ty::Unknown, Show::plain()),
    }
}

/// Why a figure does not fit what is declared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FigureSlip {
    /// It is not a figure.
    NotAFigure,
    /// Its unit is not declared.
    UnknownUnit,
    /// It stands in another unit.
    OtherUnit,
    /// It stands at another price level.
    OtherLevel,
}

/// Reads a written figure as a value of a declared type, in base units; a bare number stands in the declared unit.
///
/// # Errors
/// What does not fit.
pub fn read_figure(expr: &Expr, ty: &Ty, show: &Show, model: &Model) -> Result<Number, FigureSlip> {
    match expr.kind.as_ref() {
        ExprKind::Literal(literal) => read_literal(literal, ty, show, model),
        ExprKind::Fraction(over, under) => {
            let fraction = over.value.div(&under.value).ok_or(FigureSlip::NotAFigure)?;
            Ok(fraction.mul(&show.scale))
        }
        ExprKind::Negate(inner) => read_figure(inner, ty, show, model).map(|n| n.neg()),
        ExprKind::Paren(inner) => read_figure(inner, ty, show, model),
        _ => Err(FigureSlip::NotAFigure),
    }
}

fn read_literal(literal: &Literal, ty: &Ty, show: &Show, model: &Model) -> Result<Number, FigureSlip> {
    let Some(unit) = &literal.unit else { return Ok(literal.number.value.mul(&show.scale)) };
    let measure = measure(unit, model, &mut Problems::new()).ok_or(FigureSlip::UnknownUnit)?;
    match (&measure.ty, ty) {
        (Ty::Quantity { unit: a, .. }, Ty::Quantity { unit: b, .. }) if a == b => {}
        (Ty::Percent, Ty::Percent) => {}
        (_, _) => return Err(FigureSlip::OtherUnit),
    }
    match (literal.level, ty.level()) {
        (Some((written, _)), Some(declared)) if declared.single() != Some(PriceLevel::named(written)) => {
            Err(FigureSlip::OtherLevel)
        }
        (_, _) => Ok(literal.number.value.mul(&measure.scale)),
    }
}
