//! Lowering what readings and amendments state, and what is wrong where two of them state the same.

use super::build::{clause_scope, open_scope};
use super::laid::LaidStatement;
use super::layer_problem::LayerProblem;
use super::lower::Lowerer;
use super::paths::canonical;
use super::problem::NameProblem;
use super::scope::{Scope, Symbol};
use super::statements::path_text;
use super::{Alternative, Body, ClauseId, DefId, DefKind, LayerId, OverTarget, TableId};
use crate::base::{Bi, Lang, Span};
use crate::syntax::ast::{self, Stmt, StmtKind};
use crate::value::Interval;

/// Something that a reading or amendment states, for finding two that state the same.
#[derive(Clone, Debug)]
pub(super) struct Touched {
    pub(super) def: DefId,
    pub(super) layer: LayerId,
    pub(super) interval: Interval,
    /// The row of a table, and the column where one cell alone is stated; `None` is all of it.
    pub(super) row: Option<(TableId, usize, Option<usize>)>,
    pub(super) span: Span,
}

impl Lowerer<'_> {
    /// Lowers a line of a reading or amendment into its layer.
    pub(super) fn laid(&mut self, laid: &LaidStatement) {
        let mut scope = match laid.clause {
            Some(clause) => clause_scope(clause, laid.lang, self.model),
            None => {
                let open = open_scope(self.model, laid.lang, Some(laid.stmt.span));
                Scope { home: laid.agreement.or(open.home), ..open }
            }
        };
        (scope.layer, scope.holds) = (laid.layer, laid.holds);
        if let Some(from) = laid.carried {
            let home = self.model.clauses[from].agreement;
            let level = Some(self.model.header_level(from));
            scope = Scope { home, level, carried: Some(from), ..scope };
        }
        if replaces_whole(&laid.stmt) {
            // An amount put in place of another stands at that one's level, where it states none.
            scope.level = None;
        }
        match (&laid.stmt.kind, laid.clause) {
            (StmtKind::Check(check), clause) => self.check(check, clause, laid.stmt.span, &scope),
            (StmtKind::Precedence(precedence), clause) => self.precedence(clause, precedence),
            (StmtKind::Assign(assign), None) => self.laid_fact(assign, laid),
            (StmtKind::Require { condition, message }, None) => {
                self.requirement(None, condition, message, laid.stmt.span, &scope);
            }
            // Its name is declared, and that is all there is to it.
            (StmtKind::Given(_), None) => {}
            (_, None) => {
                let name = super::laid::subject(&laid.stmt).map(|path| path_text(&path)).unwrap_or_default();
                self.problems.report(&NameProblem::NotAssignable { span: laid.stmt.span, name });
            }
            (_, Some(clause)) => self.laid_in_clause(clause, laid, &scope),
        }
    }

    /// Facts are what data say; a reading may settle one, an amendment amends the text.
    fn laid_fact(&mut self, assign: &ast::Assign, laid: &LaidStatement) {
        if self.model.amendments_own(laid.layer).is_some() {
            let name = path_text(&assign.target.path);
            return self.problems.report(&LayerProblem::AmendedFact { span: assign.target.span, name });
        }
        self.over(assign, None, laid.layer, laid.clause, laid.lang);
    }

    fn laid_in_clause(&mut self, clause: ClauseId, laid: &LaidStatement, scope: &Scope) {
        match &laid.stmt.kind {
            StmtKind::Assign(assign) if assign.target.entity.is_some() || self.names_fact(assign, scope) => {
                self.laid_fact(assign, laid);
            }
            StmtKind::Assign(assign) => self.laid_definition(clause, assign, &laid.stmt, scope),
            StmtKind::Lift(path) | StmtKind::Repeal(path) => {
                self.ended(clause, path, laid.stmt.span, scope);
            }
            _ => self.statement(clause, &laid.stmt, scope),
        }
    }

    fn names_fact(&self, assign: &ast::Assign, scope: &Scope) -> bool {
        matches!(self.symbol(&super::rows::without_cells(&assign.target.path), scope), Ok(Symbol::Fact(_)))
    }

    /// A line that gives a grant's name a value gives its full amount; what it is conditional on stays.
    fn laid_definition(&mut self, clause: ClauseId, assign: &ast::Assign, stmt: &Stmt, scope: &Scope) {
        let names: Vec<&str> = assign.target.path.parts.iter().map(|part| part.name.text.as_str()).collect();
        let full = match self.symbols.find_in_clause(clause, &canonical(&names)) {
            Some(Symbol::Def(def)) if self.model.defs[def].kind == DefKind::Grant => {
                self.symbols.find_in_clause(clause, &format!("{}.fuldt", canonical(&names)))
            }
            Some(_) | None => None,
        };
        match full {
            Some(Symbol::Def(full)) => {
                let value = self.expr(&assign.value, &Scope { former_full: true, ..scope.clone() });
                let when = assign.target.when.as_ref();
                self.add(full, when, true, value, &assign.basis, assign.span, scope);
            }
            Some(Symbol::Fact(_)) | None => self.statement(clause, stmt, scope),
        }
    }

    /// `x gælder ikke` or `x udgår`: a definition, all of a grant, or an exception is set aside.
    fn ended(&mut self, clause: ClauseId, path: &ast::Path, span: Span, scope: &Scope) {
        if path.parts.last().is_some_and(|part| !part.cells.is_empty()) {
            return self.end_cells(path, span, scope);
        }
        let interval = scope.holds.unwrap_or(Interval::always());
        let name = path_text(path);
        let found: Vec<_> = self
            .model
            .exceptions
            .iter_enumerated()
            .filter(|(_, e)| e.clause == clause && e.name == name)
            .filter(|(_, e)| e.layer < scope.layer || scope.carried.is_some())
            .map(|(id, _)| id)
            .collect();
        let def = match self.symbol(path, scope) {
            Ok(Symbol::Def(def)) => def,
            Ok(Symbol::Fact(_)) => {
                return self.problems.report(&NameProblem::NotAssignable { span: path.span, name });
            }
            Err(_) if !found.is_empty() => {
                for id in found {
                    self.model.exceptions[id].ended.push((interval, scope.layer));
                }
                return;
            }
            Err(problem) => return self.problems.report(&problem),
        };
        for def in self.with_parts(def) {
            let plain = Alternative::plain(scope.layer, interval, Body::Lifted, span);
            let body = Alternative { carried: scope.carried, ..plain };
            self.touch(def, scope.layer, interval, None, span);
            self.model.defs[def].alternatives.push(body);
        }
    }

    /// A definition with the parts of a grant that have names of their own.
    pub(super) fn with_parts(&self, def: DefId) -> Vec<DefId> {
        let data = &self.model.defs[def];
        let parts = ["fuldt", "bortfaldet"].into_iter().filter_map(|part| {
            match self.symbols.find_in_clause(data.clause, &format!("{}.{part}", data.name)) {
                Some(Symbol::Def(def)) => Some(def),
                Some(Symbol::Fact(_)) | None => None,
            }
        });
        std::iter::once(def).chain(parts).collect()
    }

    /// Remembers what a reading or amendment states.
    pub(super) fn touch(
        &mut self,
        def: DefId,
        layer: LayerId,
        interval: Interval,
        row: Option<(TableId, usize, Option<usize>)>,
        span: Span,
    ) {
        if let Some(id) = self.model.amendments_own(layer) {
            let touches = &mut self.model.amendments[id].touches;
            if !touches.contains(&def) {
                touches.push(def);
            }
        }
        self.touched.push(Touched { def, layer, interval, row, span });
    }

    /// Two readings of the same text, or two amendments of the same date, must not state the same.
    pub(super) fn no_conflicts(&mut self) {
        let mut told: Vec<(Span, Span)> = Vec::new();
        for (index, one) in self.touched.iter().enumerate() {
            for other in self.touched.iter().skip(index + 1) {
                let same = one.def == other.def && same_part(one, other);
                let together = one.interval.overlaps(other.interval);
                if !same || !together || !self.model.is_unordered(one.layer, other.layer) {
                    continue;
                }
                if told.contains(&(one.span, other.span)) {
                    continue;
                }
                told.push((one.span, other.span));
                let shared = one.interval.intersect(other.interval);
                let problem = LayerProblem::LayersConflict {
                    span: other.span,
                    first: one.span,
                    name: self.model.full_name(one.def),
                    shared: Bi::new(shared.print(Lang::Da), shared.print(Lang::En)),
                    amendments: self.model.amendment_names(one.layer, other.layer),
                };
                self.problems.report(&problem);
            }
        }
    }

    /// Lowers what a scenario, a test, `--set` or the REPL lays over the text.
    pub(super) fn asked_statement(&mut self, stmt: &Stmt, layer: LayerId, lang: Lang) {
        match &stmt.kind {
            StmtKind::Assign(assign) | StmtKind::Condition(assign) => {
                self.over(assign, None, layer, None, lang);
            }
            StmtKind::EntityFacts { kind, name, facts } => {
                let Some(id) = self.kind_named(kind) else { return };
                self.name_entity(id, &name.text);
                for assign in facts {
                    self.over(assign, Some((id, &name.text)), layer, None, lang);
                }
            }
            StmtKind::Rows(edit) => {
                let scope = Scope { layer, ..open_scope(self.model, lang, Some(stmt.span)) };
                self.edit_rows(edit, &scope);
            }
            StmtKind::Lift(path) => self.asked_lift(path, layer, stmt.span, lang),
            // Years, days, readings, switches and what a scenario builds on are settled elsewhere; the grammar lets
            // nothing else stand in a scenario.
            _ => {}
        }
    }

    /// `loft gælder ikke` in a scenario.
    fn asked_lift(&mut self, path: &ast::Path, layer: LayerId, span: Span, lang: Lang) {
        let scope = Scope { layer, ..open_scope(self.model, lang, Some(span)) };
        if path.parts.last().is_some_and(|part| !part.cells.is_empty()) {
            return self.end_cells(path, span, &scope);
        }
        match self.symbol(path, &scope) {
            Ok(Symbol::Def(def)) => {
                for def in self.with_parts(def) {
                    let value = self.push(super::NodeKind::DoesNotApply(None), span);
                    let target = OverTarget::Def(def);
                    let over = super::Override { target, entity: None, interval: None, value, layer, span };
                    self.model.overrides.push(over);
                }
            }
            Ok(Symbol::Fact(fact)) => {
                let name = self.model.fact_name(fact);
                self.problems.report(&NameProblem::NotAssignable { span: path.span, name });
            }
            Err(problem) => self.problems.report(&problem),
        }
    }
}

/// Tells whether a line states the whole value of what it is about.
fn replaces_whole(stmt: &Stmt) -> bool {
    match &stmt.kind {
        StmtKind::Assign(assign) => assign.target.path.parts.iter().all(|part| part.cells.is_empty()),
        StmtKind::Condition(_)
        | StmtKind::Grant(_)
        | StmtKind::Split(_)
        | StmtKind::Table(_)
        | StmtKind::Scale(_) => true,
        _ => false,
    }
}

fn same_part(one: &Touched, other: &Touched) -> bool {
    match (one.row, other.row) {
        (None, _) | (_, None) => true,
        (Some((a, row, column)), Some((b, other_row, other_column))) => {
            let columns = column.is_none() || other_column.is_none() || column == other_column;
            a == b && row == other_row && columns
        }
    }
}

impl super::Model {
    /// Returns the amendment that a layer belongs to.
    pub fn amendments_own(&self, layer: LayerId) -> Option<super::AmendmentId> {
        match self.layers.origin(layer) {
            super::Origin::Amendment(id) => Some(*id),
            _ => None,
        }
    }

    fn amendment_names(&self, one: LayerId, other: LayerId) -> Option<(String, String)> {
        let name = |layer| self.amendments_own(layer).map(|id| self.amendments[id].name.clone());
        name(one).zip(name(other))
    }
}
