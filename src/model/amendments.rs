//! Amendments: when each holds, which of them the question leaves in force, and in which order they replace each other.

use std::collections::BTreeSet;

use super::declare::{Dangling, Declarer, check_sources, dangling};
use super::laid::{alone, subject};
use super::layer_problem::LayerProblem;
use super::lower::Lowerer;
use super::readings::{Wanted, last};
use super::rows::without_cells;
use super::scope::Symbol;
use super::{Amendment, AmendmentId, DefId, ExceptionId, LayerId, Model, Origin};
use crate::base::Lang;
use crate::diag::{Problems, nearest};
use crate::syntax::ast::{self, ItemKind, Path, Stmt, StmtKind, SwitchWhat};
use crate::value::{Date, Interval};

/// An amendment in force.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amended<'a> {
    pub(super) id: AmendmentId,
    pub(super) tree: &'a ast::Amendment,
    pub(super) lang: Lang,
}

/// Returns when a reading or an amendment says that it holds.
pub(super) fn interval_of(body: &[Stmt], problems: &mut Problems) -> Option<Interval> {
    let stated = body.iter().filter_map(|stmt| match &stmt.kind {
        StmtKind::InForce(when) => Some(super::time::bounds(when, problems).interval),
        _ => None,
    });
    stated.reduce(Interval::intersect)
}

impl Declarer<'_> {
    /// Declares the amendments and returns those in force, in the order in which they replace each other: by the date
    /// from which they hold, and as the text says which goes before which.
    pub(super) fn amendments<'a>(
        &mut self,
        files: &'a [&'a ast::File],
        wanted: &Wanted<'_>,
    ) -> Vec<Amended<'a>> {
        let mut all = Vec::new();
        for file in files {
            for item in &file.items {
                if let ItemKind::Amendment(tree) = &item.kind {
                    let id = self.amendment(tree);
                    all.push(Amended { id, tree, lang: file.lang });
                }
            }
        }
        self.switch_amendments(wanted);
        self.amendment_order(files, &all);
        let order = self.in_order();
        let found = |id: AmendmentId| all.iter().find(|a| a.id == id).copied();
        order.into_iter().filter(|id| self.model.amendments[*id].on).filter_map(found).collect()
    }

    fn amendment(&mut self, tree: &ast::Amendment) -> AmendmentId {
        if let Some(first) = self.model.amendments.iter().find(|a| a.name == tree.name.text).map(|a| a.span) {
            self.duplicate(&tree.name, first);
        }
        if !self.model.agreements.iter().any(|a| a.name == tree.of.text) {
            let names = self.model.agreements.iter().map(|a| a.name.as_str());
            let near = nearest(&tree.of.text, names).map(str::to_owned);
            self.problems.report(&dangling(Dangling::Agreement, &tree.of, near));
        }
        let basis = tree.body.iter().filter_map(|stmt| match &stmt.kind {
            StmtKind::Basis(citations) => Some(citations.as_slice()),
            _ => None,
        });
        let basis: Vec<ast::Citation> = basis.flatten().cloned().collect();
        check_sources(&basis, self.model, self.problems);
        let interval = interval_of(&tree.body, self.problems);
        if let (None, Some(first)) = (interval, tree.body.iter().find(|stmt| is_undated(stmt))) {
            self.problems.report(&LayerProblem::UndatedAmendment {
                span: tree.name.span,
                name: tree.name.text.clone(),
                first: first.span,
            });
        }
        self.model.amendments.push(Amendment {
            name: tree.name.text.clone(),
            title: tree.title.as_ref().map(|t| t.text.clone()),
            basis,
            interval: interval.unwrap_or(Interval::always()),
            on: true,
            touches: Vec::new(),
            span: tree.name.span,
        })
    }

    fn switch_amendments(&mut self, wanted: &Wanted<'_>) {
        for (path, on) in &wanted.amendments {
            let Some(name) = last(path) else { continue };
            match self.amendment_named(&name.text) {
                Some(id) => self.model.amendments[id].on = *on,
                None => self.no_amendment(name),
            }
        }
    }

    fn amendment_named(&self, name: &str) -> Option<AmendmentId> {
        self.model.amendments.iter_enumerated().find(|(_, a)| a.name == name).map(|(id, _)| id)
    }

    fn no_amendment(&mut self, name: &ast::Name) {
        let names = self.model.amendments.iter().map(|a| a.name.as_str());
        let near = nearest(&name.text, names).map(str::to_owned);
        self.problems.report(&dangling(Dangling::Amendment, name, near));
    }

    /// `ændring b går forud for a`, at file level or in an amendment.
    fn amendment_order(&mut self, files: &[&ast::File], all: &[Amended<'_>]) {
        let at_file = files.iter().flat_map(|file| &file.items).filter_map(|item| match &item.kind {
            ItemKind::Precedence(precedence) => Some(precedence),
            _ => None,
        });
        let inside = all.iter().flat_map(|a| &a.tree.body).filter_map(|stmt| match &stmt.kind {
            StmtKind::Precedence(precedence) => Some(precedence),
            _ => None,
        });
        let stated: Vec<&ast::Precedence> =
            at_file.chain(inside).filter(|p| p.what == SwitchWhat::Amendment).collect();
        for precedence in stated {
            // An amendment belongs to no clause.
            let found = |headed: &'_ ast::Headed| match headed.owner {
                Some(_) => None,
                None => self.amendment_named(&headed.name.text),
            };
            match [&precedence.first, &precedence.second].map(|headed| (found(headed), &headed.name)) {
                [(Some(first), at), (Some(second), _)] => {
                    if self.model.goes_before(second, first) || first == second {
                        let names = (precedence.first.name.text.clone(), precedence.second.name.text.clone());
                        self.problems.report(&LayerProblem::PrecedenceRing { span: at.span, names });
                        continue;
                    }
                    self.model.amendment_precedence.push((first, second));
                }
                [(None, name), _] | [_, (None, name)] => self.no_amendment(name),
            }
        }
    }

    /// INVARIANT: what goes before what has no rings, since the line that closes one is left out.
    fn in_order(&self) -> Vec<AmendmentId> {
        let mut rest: BTreeSet<(Option<Date>, AmendmentId)> =
            self.model.amendments.iter_enumerated().map(|(id, a)| (a.interval.from, id)).collect();
        let mut order = Vec::new();
        while !rest.is_empty() {
            let free = |id: AmendmentId| !rest.iter().any(|(_, other)| self.model.goes_before(id, *other));
            let Some(next) = rest.iter().copied().find(|(_, id)| free(*id)) else { break };
            rest.remove(&next);
            order.push(next.1);
        }
        order
    }
}

impl Lowerer<'_> {
    /// Notes what the amendments that are switched off would have stated, so that explanations can say so.
    pub(super) fn note_switched_off(&mut self, files: &[&ast::File]) {
        for tree in files.iter().flat_map(|file| &file.items).filter_map(|item| match &item.kind {
            ItemKind::Amendment(tree) => Some(tree),
            _ => None,
        }) {
            let named = |(_, a): &(_, &Amendment)| a.span == tree.name.span && !a.on;
            let Some(id) = self.model.amendments.iter_enumerated().find(named).map(|(id, _)| id) else {
                continue;
            };
            let mut touches: Vec<DefId> = tree.body.iter().flat_map(|stmt| self.stated_by(stmt)).collect();
            touches.sort();
            touches.dedup();
            self.model.amendments[id].touches = touches;
        }
    }

    /// The definitions that a line of an amendment is about; what it would have added is not there.
    fn stated_by(&self, stmt: &Stmt) -> Vec<DefId> {
        if let StmtKind::Exception(exception) = &stmt.kind {
            return exception.body.iter().flat_map(|inner| self.stated_by(inner)).collect();
        }
        let tables: Vec<Path> = match &stmt.kind {
            StmtKind::Table(table) => table.results.iter().map(alone).collect(),
            _ => subject(stmt).into_iter().collect(),
        };
        let scope = super::build::open_scope(self.model, self.model.lang, Some(stmt.span));
        let found = tables.iter().map(|path| self.symbol(&without_cells(path), &scope));
        let defs = found.filter_map(|found| match found {
            Ok(Symbol::Def(def)) => Some(self.with_parts(def)),
            Ok(Symbol::Fact(_)) | Err(_) => None,
        });
        let whole = tables.iter().flat_map(|path| match path.parts.as_slice() {
            [clause] => self.symbols.clauses_named(&clause.name.text, scope.home, self.model),
            _ => vec![],
        });
        let whole = whole.flat_map(|clause| self.model.clauses[clause].defs.clone());
        defs.flatten().chain(whole).collect()
    }
}

/// A line that takes its time from the amendment.
fn is_undated(stmt: &Stmt) -> bool {
    let dated = |target: &ast::Target| target.when.is_some();
    match &stmt.kind {
        StmtKind::Assign(assign) | StmtKind::Condition(assign) => !dated(&assign.target),
        StmtKind::Grant(grant) => !dated(&grant.target),
        StmtKind::Split(split) => !dated(&split.target),
        StmtKind::Table(table) => table.when.is_none(),
        StmtKind::Scale(scale) => scale.when.is_none(),
        StmtKind::Rows(_) | StmtKind::Lift(_) | StmtKind::Repeal(_) | StmtKind::Exception(_) => true,
        StmtKind::Require { .. } | StmtKind::Duty(_) => true,
        _ => false,
    }
}

impl Model {
    /// Tells whether one amendment goes before another by what the text says, directly or through others.
    pub(super) fn goes_before(&self, first: AmendmentId, second: AmendmentId) -> bool {
        let (mut open, mut seen) = (vec![first], BTreeSet::new());
        while let Some(at) = open.pop() {
            if !seen.insert(at) {
                continue;
            }
            let below = self.amendment_precedence.iter().filter(|(winner, _)| *winner == at);
            for (_, loser) in below {
                if *loser == second {
                    return true;
                }
                open.push(*loser);
            }
        }
        false
    }

    /// Tells whether one exception sets another aside where both are live: it is nested in it, or the text says that it
    /// goes before it, directly or through others. What goes before an exception goes before those nested in it.
    pub fn exception_before(&self, first: ExceptionId, second: ExceptionId) -> bool {
        let (mut open, mut seen) = (vec![first], BTreeSet::new());
        while let Some(at) = open.pop() {
            if !seen.insert(at) {
                continue;
            }
            let losers: Vec<ExceptionId> =
                self.precedence.iter().filter(|p| p.first == at).map(|p| p.second).collect();
            let set_aside = |loser: ExceptionId| loser == second || self.is_within(second, loser);
            if losers.iter().any(|loser| set_aside(*loser) && !self.is_within(first, *loser)) {
                return true;
            }
            open.extend(losers);
            if let Some(outer) = self.exceptions[at].outer {
                if outer == second {
                    return true;
                }
                open.push(outer);
            }
        }
        false
    }

    /// Returns the time that an exception bears itself, within those around it.
    pub fn exception_time(&self, id: ExceptionId) -> Interval {
        let around = std::iter::successors(Some(id), |at| self.exceptions[*at].outer);
        around.filter_map(|id| self.exceptions[id].interval).fold(Interval::always(), Interval::intersect)
    }

    /// Tells whether an exception is nested in another, at any depth.
    pub fn is_within(&self, inner: ExceptionId, outer: ExceptionId) -> bool {
        std::iter::successors(self.exceptions[inner].outer, |at| self.exceptions[*at].outer)
            .any(|at| at == outer)
    }

    /// Tells whether nothing says which of two layers replaces the other: two readings of the same text, or two
    /// amendments from the same date of which neither goes before the other.
    pub(super) fn is_unordered(&self, one: LayerId, other: LayerId) -> bool {
        match (self.layers.origin(one), self.layers.origin(other)) {
            (Origin::Amendment(a), Origin::Amendment(b)) => {
                a != b
                    && self.amendments[*a].interval.from == self.amendments[*b].interval.from
                    && !self.goes_before(*a, *b)
                    && !self.goes_before(*b, *a)
            }
            (Origin::Reading { .. }, Origin::Reading { .. }) => {
                let above = |layer: LayerId| {
                    let below = self.layers.all.iter_enumerated().rev().filter(|(id, _)| *id < layer);
                    below.map(|(_, origin)| origin).find(|o| !matches!(o, Origin::Reading { .. })).cloned()
                };
                one != other && above(one) == above(other)
            }
            (_, _) => false,
        }
    }
}
