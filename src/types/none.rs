//! What may be `ingen`: it may be passed on, but is used only where it has been asked for first.

use std::collections::BTreeSet;

use super::problem::{TypeProblem, describe};
use crate::diag::Problems;
use crate::model::none::{Asked, before_row, joined, known, lines, of_exception, of_row};
use crate::model::{AtTime, DefId, DefKind, ExprId, KeyTest, Model, NodeKind, OverTarget, Selection, Ty};

/// Reports what may be `ingen` where it is used as if it were always something.
pub(super) fn report(model: &mut Model, problems: &mut Problems) {
    model.settle_none();
    let mut walk = Walk { model, found: Vec::new(), idle: Vec::new() };
    walk.all();
    let Walk { found, idle, .. } = walk;
    tell(model, found, idle, problems);
    stated(model, 0, problems);
}

/// Reports the same of what is laid over a text: the overrides from a position on, and what is asked. None of them makes
/// a definition `ingen` that is not without it, or bears on what is known to be something.
pub(super) fn report_laid(model: &mut Model, first: usize, problems: &mut Problems) {
    let mut walk = Walk { model, found: Vec::new(), idle: Vec::new() };
    for over in model.overrides.iter().skip(first) {
        if let OverTarget::Def(def) = over.target {
            walk.line(def, over.value, &Asked::new());
        }
    }
    walk.questions();
    let Walk { found, idle, .. } = walk;
    tell(model, found, idle, problems);
    stated(model, first, problems);
}

fn tell(model: &mut Model, found: Vec<ExprId>, idle: Vec<ExprId>, problems: &mut Problems) {
    let mut told = BTreeSet::new();
    for expr in idle {
        let (span, name) = (model.node(expr).span, named(model, expr));
        if told.insert(span) {
            problems.report(&TypeProblem::NeverNone { span, name });
        }
    }
    for expr in found {
        let (span, name) = (model.node(expr).span, named(model, expr));
        if told.insert(span) {
            problems.report(&TypeProblem::UnguardedNone { span, name });
        }
        model.nodes[expr].kind = NodeKind::Invalid;
    }
}

/// A fact that is always something cannot be set to `ingen`, by its default or by the overrides from a position on.
fn stated(model: &mut Model, first: usize, problems: &mut Problems) {
    let of_text = model.facts.iter_enumerated().filter(|_| first == 0);
    let defaults = of_text.filter_map(|(id, f)| Some((id, f.declared.default?)));
    let overrides = model.overrides.iter().skip(first).filter_map(|over| match over.target {
        OverTarget::Fact(fact) => Some((fact, over.value)),
        OverTarget::Def(_) => None,
    });
    let all: Vec<_> = defaults.chain(overrides).collect();
    for (fact, value) in all {
        let declared = &model.facts[fact].declared;
        if !declared.or_none && model.may_be_none(value) {
            let (span, expected) = (model.node(value).span, describe(&declared.ty, model));
            let found = describe(&Ty::Nothing, model);
            problems.report(&TypeProblem::Expected { span, expected, found, meant: Vec::new() });
            model.nodes[value].kind = NodeKind::Invalid;
        }
    }
}

fn named(model: &Model, expr: ExprId) -> Option<String> {
    match &model.node(expr).kind {
        NodeKind::Def(def) => Some(model.defs[*def].name.clone()),
        NodeKind::Fact(fact) => Some(model.facts[*fact].name.clone()),
        NodeKind::At(inner, _) | NodeKind::ForEntity(inner, ..) => named(model, *inner),
        _ => None,
    }
}

/// A walk over everything that is computed.
struct Walk<'m> {
    model: &'m Model,
    /// What is used although it may be `ingen`.
    found: Vec<ExprId>,
    /// What is asked for although it never is.
    idle: Vec<ExprId>,
}

impl Walk<'_> {
    fn all(&mut self) {
        let model = self.model;
        for def in model.defs.ids() {
            for (exception, body) in lines(model, def) {
                self.line(def, body, &of_exception(model, exception));
            }
        }
        let conditions = model.exceptions.iter().filter_map(|exception| exception.condition);
        let checks = model
            .checks
            .iter()
            .flat_map(|check| std::iter::once(check.condition).chain(check.known_difference));
        let asked = Asked::new();
        conditions.chain(checks).for_each(|expr| self.needed(expr, &asked));
        self.questions();
    }

    /// A line of a definition, or what is put in its place.
    fn line(&mut self, def: DefId, body: ExprId, asked: &Asked) {
        match self.model.defs[def].kind {
            DefKind::Condition => self.needed(body, asked),
            _ => self.visit(body, asked),
        }
    }

    /// What is asked of the text.
    fn questions(&mut self) {
        let (model, asked) = (self.model, Asked::new());
        let queries = model.queries.iter().copied();
        let tests = model.tests.iter().flat_map(|test| &test.expectations);
        let expected = tests.flat_map(|e| std::iter::once(e.target).chain(e.value));
        queries.chain(expected).for_each(|expr| self.visit(expr, &asked));
    }

    /// Something that must be there, whatever it is used for.
    fn needed(&mut self, expr: ExprId, asked: &Asked) {
        if self.model.may_be_none_after(expr, asked) {
            self.found.push(expr);
        }
        self.visit(expr, asked);
    }

    fn visit(&mut self, expr: ExprId, asked: &Asked) {
        let model = self.model;
        match &model.node(expr).kind {
            NodeKind::IsNone(value, _) => self.question(*value, asked),
            NodeKind::If(condition, then, otherwise) => {
                self.needed(*condition, asked);
                self.visit(*then, &joined(asked, known(model, *condition, true, 0)));
                self.visit(*otherwise, &joined(asked, known(model, *condition, false, 0)));
            }
            NodeKind::And(all) | NodeKind::AllMet(all) => self.side_by_side(all, true, asked),
            NodeKind::Or(all) => self.side_by_side(all, false, asked),
            NodeKind::Lookup { table, column, keys } => {
                keys.iter().for_each(|key| self.visit(*key, asked));
                let table = &model.tables[*table];
                for (at, row) in table.rows.iter().enumerate() {
                    let tests = row.tests.iter().flat_map(KeyTest::children);
                    let before = joined(asked, before_row(model, table, at));
                    tests.for_each(|value| self.visit(value, &before));
                    let asked = joined(asked, of_row(model, table, at));
                    row.results.get(*column).into_iter().for_each(|result| self.visit(*result, &asked));
                }
            }
            NodeKind::Grant { full, conditions, otherwise } => {
                self.visit(*full, asked);
                conditions.iter().for_each(|condition| self.needed(*condition, asked));
                otherwise.iter().for_each(|other| self.visit(*other, asked));
            }
            NodeKind::At(inner, time) => {
                self.visit(*inner, &Asked::new());
                if let AtTime::Computed(year) = time {
                    self.needed(*year, asked);
                }
            }
            NodeKind::ForEntity(inner, ..) => self.visit(*inner, &Asked::new()),
            // What is read of an owner that is none does not apply.
            NodeKind::Of { owner, value, .. } => {
                self.visit(*owner, asked);
                self.visit(*value, &Asked::new());
            }
            NodeKind::Rank { of, set, .. } => {
                let chosen = self.selection(set, asked);
                self.needed(*of, &chosen);
            }
            NodeKind::Quantified { condition, set, .. } => {
                let chosen = self.selection(set, asked);
                self.needed(*condition, &chosen);
            }
            NodeKind::Aggregate { of, set, weight, if_none, .. } => {
                let chosen = self.selection(set, asked);
                of.iter().chain(weight).for_each(|of| self.needed(*of, &chosen));
                if_none.iter().for_each(|fallback| self.visit(*fallback, asked));
            }
            NodeKind::Share(share) => {
                self.needed(share.pool, asked);
                let chosen = self.selection(&share.set, asked);
                share.key.iter().for_each(|key| self.needed(*key, &chosen));
            }
            NodeKind::Duty(terms) => {
                terms.only_if.iter().for_each(|condition| self.needed(*condition, asked));
                // No deadline and no day on which it was met are what `ingen` says of them.
                terms.deadline.iter().chain(&terms.met).for_each(|part| self.visit(*part, asked));
            }
            NodeKind::Restated(inner) | NodeKind::Nominal(inner) => self.visit(*inner, asked),
            _ => {
                let parts = model.node(expr).children(&model.tables);
                parts.into_iter().for_each(|part| self.needed(part, asked));
            }
        }
    }

    /// Visits whom something runs over, and returns what is known of those chosen. A link or a trait that is none only
    /// leaves somebody out.
    fn selection(&mut self, set: &Selection, asked: &Asked) -> Asked {
        let parts = set.within.map(|within| [within.owner, within.link]).into_iter().flatten();
        parts.chain(set.same).for_each(|part| self.visit(part, asked));
        set.filter.iter().for_each(|filter| self.needed(*filter, asked));
        let chosen = set.filter.map_or(Asked::new(), |filter| known(self.model, filter, true, 0));
        joined(asked, chosen)
    }

    /// In `a og b`, each side is read only where the other holds; in `a eller b`, where it does not.
    fn side_by_side(&mut self, all: &[ExprId], truth: bool, asked: &Asked) {
        for (index, part) in all.iter().enumerate() {
            let others = all.iter().enumerate().filter(|(other, _)| *other != index);
            let more = others.flat_map(|(_, other)| known(self.model, *other, truth, 0)).collect();
            self.needed(*part, &joined(asked, more));
        }
    }

    fn question(&mut self, value: ExprId, asked: &Asked) {
        let node = self.model.node(value);
        let is_read = matches!(node.kind, NodeKind::Fact(_) | NodeKind::Def(_)) && node.ty != Ty::Unknown;
        if is_read && !self.model.may_be_none(value) {
            self.idle.push(value);
        }
        self.visit(value, asked);
    }
}
