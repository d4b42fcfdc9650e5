//! The checker: one pass over definitions, each typed when first needed; every node gets its type and its show.

use std::collections::{BTreeMap, BTreeSet};

use super::laid::Settled;
use super::ops::{Clash, join};
use super::problem::{TypeProblem, describe};
use super::show::{described, finer};
use super::{none, per_entity};
use crate::base::{Id, bi};
use crate::diag::{Problems, Report};
use crate::model::{Arith, Compare, DefId, DefKind, ExprId, LayerId, Model, NodeKind, OverTarget, Show, Ty};
use crate::value::{Interval, Levels};

/// Types every expression of the model; what does not fit is reported and becomes [`NodeKind::Invalid`].
pub fn check(model: &mut Model, problems: &mut Problems) -> Settled {
    Checker::new(model, problems, 0).run();
    none::report(model, problems);
    per_entity::mark(model);
    per_entity::report(model, problems);
    mark_faulty(model);
    Settled::of(model)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

pub(super) struct Checker<'a> {
    pub(super) model: &'a mut Model,
    pub(super) problems: &'a mut Problems,
    pub(super) typed: Vec<bool>,
    defs: Vec<State>,
    pub(super) tables: Vec<bool>,
    /// The times in which what is being typed may be evaluated.
    pub(super) window: Vec<Interval>,
    /// The level of amounts that state none, in a line of a reading or an amendment.
    pub(super) standing: Option<Levels>,
    /// What a definition is below each layer that states it.
    pub(super) below: BTreeMap<(DefId, LayerId), Ty>,
    /// The definitions that `hidtidig` reads, and below which layer.
    pub(super) formers: BTreeSet<(DefId, LayerId)>,
}

pub(super) type Typed = (Ty, Show);

impl<'a> Checker<'a> {
    /// Makes one for a model whose first nodes, and all definitions and tables if there are any such, have their types.
    pub(super) fn new(model: &'a mut Model, problems: &'a mut Problems, known: usize) -> Checker<'a> {
        let state = if known > 0 { State::Done } else { State::New };
        let typed = model.nodes.ids().map(|id| id.index() < known).collect();
        let defs = model.defs.ids().map(|_| state).collect();
        let tables = model.tables.ids().map(|_| known > 0).collect();
        Checker {
            model,
            problems,
            typed,
            defs,
            tables,
            window: vec![Interval::always()],
            standing: None,
            below: BTreeMap::new(),
            formers: BTreeSet::new(),
        }
    }
}

impl Checker<'_> {
    fn run(&mut self) {
        self.index_figures();
        self.find_formers();
        for def in self.model.defs.ids() {
            self.def(def);
        }
        for id in self.model.exceptions.ids() {
            if let Some(condition) = self.model.exceptions[id].condition {
                self.truth(condition);
            }
        }
        for fact in self.model.facts.ids() {
            let declared = &self.model.facts[fact].declared;
            if let Some(default) = declared.default {
                let ty = declared.ty.clone();
                self.fits(default, &ty);
            }
        }
        for index in 0..self.model.overrides.len() {
            self.over(index);
        }
        for id in self.model.checks.ids() {
            let (condition, known) =
                (self.model.checks[id].condition, self.model.checks[id].known_difference);
            let time = self.check_time(id);
            self.in_window(time, |checker| checker.truth(condition));
            if let (Some(known), Some((left, _))) = (known, self.model.checks[id].sides) {
                let ty = self.expr(left).0;
                self.fits(known, &ty);
            }
        }
        for index in 0..self.model.requirements.len() {
            self.truth(self.model.requirements[index].condition);
        }
        self.questions();
        self.splits();
        for expr in self.model.nodes.ids() {
            self.expr(expr);
        }
    }

    /// Types what is asked of the text: a test's expectations, and expressions.
    pub(super) fn questions(&mut self) {
        self.window = vec![self.model.asked.unwrap_or(Interval::always())];
        for id in self.model.tests.ids() {
            for index in 0..self.model.tests[id].expectations.len() {
                let expectation = &self.model.tests[id].expectations[index];
                let (target, value) = (expectation.target, expectation.value);
                let ty = self.expr(target).0;
                if let Some(value) = value {
                    self.fits(value, &ty);
                }
            }
        }
        for query in self.model.queries.clone() {
            self.expr(query);
        }
        self.window = vec![Interval::always()];
    }

    /// Types what is put in place of a fact or a definition.
    pub(super) fn over(&mut self, index: usize) {
        let (target, value) = (self.model.overrides[index].target, self.model.overrides[index].value);
        let (ty, show) = match target {
            OverTarget::Def(def) => self.def(def),
            OverTarget::Fact(fact) => {
                let declared = &self.model.facts[fact].declared;
                (declared.ty.clone(), declared.show.clone())
            }
        };
        let time = self.model.overrides[index].interval.unwrap_or(Interval::always());
        let ty = ty.at_level(ty.level().map(|levels| levels.within(time)));
        self.in_window(time, |checker| checker.expr(value));
        match self.with_unit(value, &ty, &show) {
            Some(meant) => {
                let (expected, found) = (describe(&ty, self.model), describe(&Ty::Number, self.model));
                let span = self.model.node(value).span;
                self.fail(value, &TypeProblem::Expected { span, expected, found, meant });
            }
            None => self.fits(value, &ty),
        }
        self.reading_rounded(index);
    }

    /// Returns a bare number as it would be written with the unit that is expected.
    /// Where the unit is a multiple of kroner, kroner may be meant as well.
    pub(super) fn with_unit(&mut self, value: ExprId, ty: &Ty, show: &Show) -> Option<Vec<String>> {
        let found = self.expr(value).0;
        match (&self.model.node(value).kind, ty) {
            (NodeKind::Figure { value, .. }, Ty::Quantity { .. }) if found == Ty::Number => {
                let lang = self.model.lang;
                let number = crate::value::print_number(value, lang, 0, 28).text;
                let kroner = (*ty == self.kroner(ty.level().cloned()) && show.words.get(lang) != "kr.")
                    .then(|| format!("{number} kr."));
                Some(kroner.into_iter().chain([format!("{number} {}", show.words.get(lang))]).collect())
            }
            (_, _) => None,
        }
    }

    pub(super) fn kroner(&self, level: Option<Levels>) -> Ty {
        Ty::Quantity { unit: crate::value::Unit::base(crate::value::UnitTable::KRONE), level }
    }

    /// Types a definition: all that it may be must fit together.
    pub(super) fn def(&mut self, def: DefId) -> Typed {
        let known = |model: &Model| (model.defs[def].ty.clone(), model.defs[def].show.clone());
        match self.defs[def.index()] {
            // A definition that refers to itself at another time has the type of its alternatives typed so far.
            State::Open | State::Done => return known(self.model),
            State::New => self.defs[def.index()] = State::Open,
        }
        let mut earlier = Vec::new();
        for line in self.stated(def) {
            let (found, body) = (self.typed_line(def, &line), line.body);
            let found = self.as_condition(def, body, found);
            let (body, found) = self.each_amount(def, body, found);
            let (ty, show) = known(self.model);
            let before = (self.left_by(&ty, &line, &found.0), show);
            let (before, found) = self.with_percentages((before, &earlier), (found, body));
            earlier.push(body);
            let ty = match self.alternative_levels(&before.0, &found.0, &line.times) {
                Some(ty) if join(&before.0.without_level(), &found.0.without_level()).is_ok() => ty,
                _ => self.joined(&before, &found, body),
            };
            let show = if before.0 == Ty::Unknown { found.1 } else { finer(&before, &found) };
            self.model.defs[def].ty = ty;
            self.model.defs[def].show = show;
        }
        self.defs[def.index()] = State::Done;
        self.given_bounds(def);
        known(self.model)
    }

    fn as_condition(&mut self, def: DefId, body: ExprId, found: Typed) -> Typed {
        if self.model.defs[def].kind != DefKind::Condition || matches!(found.0, Ty::Bool | Ty::Unknown) {
            return found;
        }
        self.expected(
            body,
            bi!("en betingelse, der er opfyldt eller ej", "a condition that is met or not"),
            &found.0,
        );
        (Ty::Bool, Show::plain())
    }

    /// Joins the type of one more alternative or branch, or reports that it does not fit.
    pub(super) fn joined(&mut self, before: &Typed, found: &Typed, expr: ExprId) -> Ty {
        match join(&before.0, &found.0) {
            Ok(ty) => ty,
            Err(Clash::Levels) => {
                self.other_level(expr, &before.0, &found.0);
                before.0.clone()
            }
            Err(_) => {
                let wanted = described(&before.0, &before.1, self.model);
                self.expected(expr, wanted, &found.0);
                before.0.clone()
            }
        }
    }

    /// Types an expression, once.
    pub(super) fn expr(&mut self, expr: ExprId) -> Typed {
        if self.typed[expr.index()] {
            let node = self.model.node(expr);
            return (node.ty.clone(), node.show.clone());
        }
        self.typed[expr.index()] = true;
        let (ty, show) = self.node(expr);
        let node = &mut self.model.nodes[expr];
        node.ty = ty.clone();
        node.show = show.clone();
        (ty, show)
    }

    fn node(&mut self, expr: ExprId) -> Typed {
        let node = self.model.node(expr).clone();
        let plain = |ty| (ty, Show::plain());
        match node.kind {
            NodeKind::Figure { .. } => (self.at_standing(node.ty, &node.show), node.show),
            NodeKind::Bool(_) | NodeKind::Text(_) | NodeKind::Date(_) => (node.ty, node.show),
            NodeKind::Year => (node.ty, Show { ungrouped: true, ..node.show }),
            NodeKind::Nothing | NodeKind::Day => (node.ty, node.show),
            NodeKind::Def(def) => self.read_def(def),
            NodeKind::Fact(fact) => {
                let declared = &self.model.facts[fact].declared;
                (declared.ty.clone(), declared.show.clone())
            }
            NodeKind::Former(def, below) => self.former(def, below),
            NodeKind::FormerFact(fact, _) => {
                let declared = &self.model.facts[fact].declared;
                (declared.ty.clone(), declared.show.clone())
            }
            NodeKind::FormerCell(table, row, column, below) => {
                let all = self.model.tables[table].rows[row].stated_below(column, below);
                self.branches(&all)
            }
            NodeKind::Unknown(_) | NodeKind::DoesNotApply(_) | NodeKind::Invalid => plain(Ty::Unknown),
            NodeKind::Negate(x) => self.number(x),
            NodeKind::Not(x) => self.all_truths(&[x]),
            NodeKind::And(all) | NodeKind::Or(all) | NodeKind::AllMet(all) => self.all_truths(&all),
            NodeKind::CountMet(all) => {
                self.all_truths(&all);
                plain(Ty::Number)
            }
            NodeKind::Arith(op, left, right) => self.arith(expr, op, left, right),
            NodeKind::DivideOr(left, right, fallback) => {
                let divided = self.arith(expr, Arith::Div, left, right);
                let other = self.expr(fallback);
                (self.joined(&divided, &other, fallback), divided.1)
            }
            NodeKind::Compare(op, left, right) => self.compare(expr, op, left, right),
            NodeKind::Approx(left, right, _) => self.compare(expr, Compare::Eq, left, right),
            NodeKind::Between(value, low, high) => {
                self.compare(expr, Compare::Ge, value, low);
                self.compare(expr, Compare::Le, value, high)
            }
            NodeKind::IsOneOf(value, all) => {
                for other in all {
                    self.compare(expr, Compare::Eq, value, other);
                }
                plain(Ty::Bool)
            }
            NodeKind::IsNone(value, _) => {
                self.expr(value);
                plain(Ty::Bool)
            }
            NodeKind::If(condition, then, otherwise) => {
                self.truth(condition);
                self.branches(&[then, otherwise])
            }
            NodeKind::Extreme(_, all) => self.branches(&all),
            NodeKind::Scaled(value, raised, by) => self.scaled(value, raised, by),
            NodeKind::AsPercentOf(value, whole) => self.as_percent(expr, value, whole),
            NodeKind::Restated(value) => self.restated(expr, value, node.ty, node.show),
            NodeKind::Nominal(value) => self.nominal(value),
            NodeKind::Share(distribution) => self.share(expr, &distribution, node.show),
            NodeKind::At(value, time) => self.at_time(expr, value, &time),
            NodeKind::Converted { value, index, to } => self.converted(expr, value, index, to),
            NodeKind::SumOver(value, period) => self.summed(expr, value, period),
            NodeKind::ForEntity(value, ..) => self.expr(value),
            NodeKind::PerYear(value, _) => {
                let found = self.number(value);
                (found.0, Show { decimals: 0, ..found.1 })
            }
            NodeKind::DateSpan(unit, from, to) => self.date_span(unit, from, to),
            NodeKind::Shift { date, by, .. } => self.shift(date, by),
            NodeKind::Duty(terms) => self.duty(&terms),
            NodeKind::CarriedOn(def) => self.carried_on(def),
            NodeKind::Entity(kind, _) => plain(Ty::Entity(kind)),
            NodeKind::Of { owner, value, .. } => {
                self.expr(owner);
                self.expr(value)
            }
            NodeKind::Quantified { condition, set, .. } => {
                self.selection(&set, None);
                self.all_truths(&[condition])
            }
            NodeKind::Aggregate { op, of, set, weight, if_none } => {
                self.selection(&set, Some(expr));
                self.aggregate(op, of, weight, if_none)
            }
            NodeKind::Rank { of, set, .. } => {
                self.selection(&set, None);
                self.number(of);
                plain(Ty::Number)
            }
            NodeKind::Round(value, _, _) => self.round(expr, value, &node.ty, node.show),
            NodeKind::Limit(value, _, limit) => self.branches(&[value, limit]),
            NodeKind::Lookup { table, column, keys } => self.lookup(table, column, &keys),
            NodeKind::Scale { table, base } => self.scale(table, base),
            NodeKind::EachRound(value, rounding) => self.each_round(expr, value, &rounding),
            NodeKind::Rest(whole, parts) => {
                let whole = self.expr(whole);
                parts.iter().for_each(|part| drop(self.expr(*part)));
                whole
            }
            NodeKind::IndexFigure(index, ..) => self.model.indices[index].kind.figure(),
            NodeKind::Cell(read) => {
                read.options.iter().for_each(|option| drop(self.level_rows(option.table, option.column)));
                let rows = read
                    .options
                    .iter()
                    .map(|option| self.model.tables[option.table].rows[option.row].stated_in(option.column));
                let all: Vec<ExprId> = rows.flatten().collect();
                self.branches(&all)
            }
            NodeKind::Grant { full, conditions, otherwise } => {
                self.all_truths(&conditions);
                let all: Vec<ExprId> = std::iter::once(full).chain(otherwise).collect();
                self.branches(&all)
            }
        }
    }

    pub(super) fn number(&mut self, expr: ExprId) -> Typed {
        let found = self.expr(expr);
        if !found.0.is_numeric() && found.0 != Ty::Unknown {
            self.expected(expr, bi!("et tal", "a number"), &found.0);
            return (Ty::Unknown, Show::plain());
        }
        found
    }

    pub(super) fn all_truths(&mut self, all: &[ExprId]) -> Typed {
        for expr in all {
            self.truth(*expr);
        }
        (Ty::Bool, Show::plain())
    }

    pub(super) fn truth(&mut self, expr: ExprId) {
        let found = self.expr(expr).0;
        if !matches!(found, Ty::Bool | Ty::Unknown) {
            self.no_condition(expr, &found);
        }
    }

    pub(super) fn branches(&mut self, all: &[ExprId]) -> Typed {
        self.as_percentages(all);
        self.refuse_without_unit(all);
        let mut so_far: Typed = (Ty::Unknown, Show::plain());
        for expr in all {
            let found = self.expr(*expr);
            let ty = self.joined(&so_far, &found, *expr);
            let show = if so_far.0 == Ty::Unknown { found.1 } else { finer(&so_far, &found) };
            so_far = (ty, show);
        }
        so_far
    }

    /// Reports a value that does not have the type needed.
    pub(super) fn fits(&mut self, expr: ExprId, wanted: &Ty) {
        let found = self.expr(expr).0;
        if *wanted == Ty::Percent && found == Ty::Number {
            return self.as_percentage(expr);
        }
        self.one_of(wanted, expr);
        match join(wanted, &found) {
            Ok(_) => {}
            Err(Clash::Levels) => self.other_level(expr, wanted, &found),
            Err(_) => {
                let wanted = describe(wanted, self.model);
                self.expected(expr, wanted, &found);
            }
        }
    }

    pub(super) fn fail(&mut self, expr: ExprId, problem: &impl Report) {
        self.problems.report(problem);
        self.model.nodes[expr].kind = NodeKind::Invalid;
    }
}

/// Marks the definitions that hold something invalid, so that their results say so.
fn mark_faulty(model: &mut Model) {
    for def in model.defs.ids() {
        let faulty = per_entity::expressions(model, def).iter().any(|expr| holds_invalid(model, *expr));
        model.defs[def].faulty =
            faulty || model.defs[def].alternatives.is_empty() && model.defs[def].exceptions.is_empty();
    }
}

fn holds_invalid(model: &Model, expr: ExprId) -> bool {
    let node = model.node(expr);
    matches!(node.kind, NodeKind::Invalid)
        || node.children(&model.tables).iter().any(|child| holds_invalid(model, *child))
}
