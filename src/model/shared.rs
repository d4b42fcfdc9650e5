//! What all agreements share: units, kinds and their facts, named types, sources, the given values of a whole file.
//! Stated again in another agreement it must be stated alike.

use super::agreement_problem::AgreementProblem;
use super::declare::Declarer;
use super::{FactId, KindId};
use crate::base::{Bi, Span, bi};
use crate::syntax::ast::{self, Expr, ExprKind, Name, TimeKind};

impl Declarer<'_> {
    /// Tells whether two declarations stand in the same part of the same file, where one of them is a slip.
    pub(super) fn in_one_place(&self, a: Span, b: Span) -> bool {
        a.file == b.file && self.model.home(a) == self.model.home(b)
    }

    fn contradiction(&mut self, name: &Name, first: Span, what: Bi, differs: Bi) {
        let (span, name) = (name.span, name.text.clone());
        self.problems.report(&AgreementProblem::Contradiction { span, first, what, name, differs });
    }

    /// A unit stated again.
    pub(super) fn unit_again(&mut self, unit: &ast::UnitDecl) {
        let Some(name) = unit.names.first() else { return };
        let Some((known, first)) = self.units.get(&name.text).cloned() else {
            self.units.insert(name.text.clone(), (unit.clone(), name.span));
            return;
        };
        let plural = |unit: &ast::UnitDecl| unit.names.get(1).map(|name| name.text.clone());
        let differs = match (&known.multiple_of, &unit.multiple_of) {
            _ if plural(&known) != plural(unit) => bi!("flertallet", "the plural"),
            _ if known.is_money != unit.is_money => bi!("om den er penge", "whether it is money"),
            (None, None) => return,
            (Some(a), Some(b)) if same_literal(a, b) => return,
            (_, _) => bi!("hvad den er et antal af", "what it is a multiple of"),
        };
        self.contradiction(name, first, bi!("måleenheden", "unit"), differs);
    }

    /// A kind stated again: its words must be the same; what either says alone is added to the other.
    pub(super) fn kind_again(&mut self, kind: &ast::KindDecl, id: KindId) {
        let Some(name) = kind.names.first() else { return };
        let known = &mut self.model.kinds[id];
        let plural = kind.names.get(1).map_or(name.text.as_str(), |name| name.text.as_str());
        let definite = kind.names.get(2).map(|name| name.text.clone());
        let column = kind.key_column.as_ref().map(|text| text.text.clone());
        let differs = if known.plural != plural {
            bi!("flertallet", "the plural")
        } else if known.definite.is_some() && definite.is_some() && known.definite != definite {
            bi!("den bestemte form", "the definite form")
        } else if known.key_column.is_some() && column.is_some() && known.key_column != column {
            bi!("kolonnen med navnet", "the column of the name")
        } else {
            known.definite = known.definite.take().or(definite);
            known.key_column = known.key_column.take().or(column);
            return;
        };
        let first = known.span;
        self.contradiction(name, first, bi!("slagsen", "kind"), differs);
    }

    /// A fact or a file's given value stated again: tells whether it is the same one, and reports what differs.
    pub(super) fn fact_again(&mut self, known: FactId, name: &Name, ty: &ast::TypeExpr) {
        let first = self.model.facts[known].span;
        if self.in_one_place(first, name.span) {
            return self.duplicate(name, first);
        }
        let level = self.model.level_at(name.span);
        let new = super::items::declared(ty, self.model, level, self.problems);
        let old = &self.model.facts[known].declared;
        let default = self.defaults.get(&known);
        let differs = if old.ty != new.ty && old.ty.without_level() == new.ty.without_level() {
            bi!("prisniveauet", "the price level")
        } else if old.ty != new.ty || old.whole != new.whole || old.or_none != new.or_none {
            bi!("typen", "the type")
        } else if old.domain != new.domain {
            bi!("hvad der er tilladt", "what is allowed")
        } else if old.always != new.always {
            bi!("om den er `altid`", "whether it is `always`")
        } else if !same_default(default, ty.default.as_ref()) {
            bi!("hvad der gælder, hvis den ikke er oplyst", "what holds if it is not stated")
        } else {
            return;
        };
        self.contradiction(name, first, bi!("oplysningen", "fact"), differs);
    }

    /// A named type stated again.
    pub(super) fn type_again(&mut self, declaration: &ast::TypeDecl, new: &super::Declared) {
        let name = &declaration.name;
        let Some(first) = self.types.get(&name.text).copied() else {
            self.types.insert(name.text.clone(), name.span);
            return;
        };
        if self.in_one_place(first, name.span) {
            self.duplicate(name, first);
        } else if self.model.named_types.get(&name.text) != Some(new) {
            self.contradiction(name, first, bi!("typen", "type"), bi!("hvad den er", "what it is"));
        }
    }

    /// A source stated again.
    pub(super) fn source_again(&mut self, known: &ast::Source, source: &ast::Source) {
        let first = known.name.span;
        if self.in_one_place(first, source.name.span) {
            return self.duplicate(&source.name, first);
        }
        let publisher = |source: &ast::Source| source.publisher.as_ref().map(|text| text.text.clone());
        let date = |source: &ast::Source| source.date.map(|(period, _)| period);
        let differs = if known.title.text != source.title.text {
            bi!("titlen", "the title")
        } else if both_and_other(publisher(known), publisher(source)) {
            bi!("udgiveren", "the publisher")
        } else if both_and_other(date(known), date(source)) {
            bi!("datoen", "the date")
        } else {
            return;
        };
        self.contradiction(&source.name, first, bi!("kilden", "source"), differs);
    }
}

fn both_and_other<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.is_some() && other.is_some() && one != other
}

fn same_default(one: Option<&Expr>, other: Option<&Expr>) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => same_figure(one, other),
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// Tells whether two defaults are written alike. Those that are more than a figure, a text, a truth or a date are told
/// apart, since nobody could see at a glance that they come to the same.
fn same_figure(one: &Expr, other: &Expr) -> bool {
    match (one.kind.as_ref(), other.kind.as_ref()) {
        (ExprKind::Literal(a), ExprKind::Literal(b)) => same_literal(a, b),
        (ExprKind::Fraction(a, b), ExprKind::Fraction(c, d)) => a.value == c.value && b.value == d.value,
        (ExprKind::Negate(a), ExprKind::Negate(b)) | (ExprKind::Paren(a), ExprKind::Paren(b)) => {
            same_figure(a, b)
        }
        (ExprKind::Text(a), ExprKind::Text(b)) => a.text == b.text,
        (ExprKind::Bool(a), ExprKind::Bool(b)) => a == b,
        (ExprKind::Nothing, ExprKind::Nothing) => true,
        (ExprKind::Date(a), ExprKind::Date(b)) => match (&a.kind, &b.kind) {
            (TimeKind::Period(a), TimeKind::Period(b)) => a == b,
            (_, _) => false,
        },
        (_, _) => false,
    }
}

fn same_literal(a: &ast::Literal, b: &ast::Literal) -> bool {
    let level = |literal: &ast::Literal| literal.level.map(|(level, _)| level);
    let unit = |literal: &ast::Literal| {
        literal.unit.as_ref().map(|unit| {
            let per = unit
                .per
                .iter()
                .map(|(count, word)| (count.as_ref().map(|count| count.value.clone()), word.kind.clone()));
            (unit.over.kind.clone(), per.collect::<Vec<_>>())
        })
    };
    a.number.value == b.number.value && a.status == b.status && level(a) == level(b) && unit(a) == unit(b)
}
