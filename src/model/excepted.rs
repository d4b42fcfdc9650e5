//! The names of exceptions and in them: what they restate is the clause's, what the clause lacks is their own.

use super::declare::Declarer;
use super::line_problem::LineProblem;
use super::paths::canonical;
use super::problem::NameProblem;
use super::{ClauseId, DefKind, Exception, ExceptionId};
use crate::diag::nearest;
use crate::syntax::ast::{self, Name, Stmt, StmtKind};
use crate::syntax::check_name;
use crate::value::Interval;
impl Declarer<'_> {
    pub(super) fn exception(
        &mut self,
        clause: ClauseId,
        outer: Option<ExceptionId>,
        exception: &ast::Exception,
    ) {
        check_name(&exception.name.text, exception.name.span, self.problems);
        self.no_owner(clause, &exception.owner, &exception.name);
        let id = self.model.exceptions.push(Exception {
            name: exception.name.text.clone(),
            title: exception.title.as_ref().map(|t| t.text.clone()),
            clause,
            outer,
            basis: Vec::new(),
            condition: None,
            interval: self.holds,
            given: Vec::new(),
            layer: self.layer,
            ended: Vec::new(),
            reads_itself: false,
            span: exception.name.span,
        });
        self.model.clauses[clause].exceptions.push(id);
        let key = (clause, exception.name.text.clone());
        if let Some(first) = self.symbols.exceptions.insert(key, id) {
            self.restated_exception(first, id, &exception.name);
        }
        // Those within come last: what they restate is the outer one's, wherever it stands.
        if self.holds.is_none() && !exception.body.iter().any(says_when) {
            let (span, name) = (exception.name.span, exception.name.text.clone());
            self.problems.report(&LineProblem::AlwaysExcepted { span, name });
        }
        let is_nested = |stmt: &&ast::Stmt| matches!(stmt.kind, StmtKind::Exception(_));
        let (nested, own): (Vec<&ast::Stmt>, Vec<&ast::Stmt>) = exception.body.iter().partition(is_nested);
        for stmt in own.into_iter().chain(nested) {
            self.exception_statement(clause, id, stmt);
        }
    }

    /// An exception of the same name in a later layer replaces the earlier one while it holds.
    fn restated_exception(&mut self, earlier: ExceptionId, later: ExceptionId, name: &Name) {
        let (old, new) = (&self.model.exceptions[earlier], &self.model.exceptions[later]);
        if old.layer == new.layer || self.model.is_unordered(old.layer, new.layer) {
            let first = old.span;
            return self.duplicate(name, first);
        }
        let layer = new.layer;
        let holds = self.holds.unwrap_or(Interval::always());
        self.model.exceptions[earlier].ended.push((holds, layer));
    }

    fn exception_statement(&mut self, clause: ClauseId, id: ExceptionId, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Assign(assign) => self.local(clause, id, &assign.target, DefKind::Value),
            StmtKind::Condition(assign) => self.local(clause, id, &assign.target, DefKind::Condition),
            StmtKind::Basis(citations) => self.model.exceptions[id].basis.extend(citations.iter().cloned()),
            StmtKind::InForce(when) => {
                let own = super::time::written_bounds(when, self.problems).interval;
                let holds = self.holds.unwrap_or(Interval::always());
                self.model.exceptions[id].interval = Some(own.intersect(holds));
            }
            StmtKind::Exception(inner) => self.exception(clause, Some(id), inner),
            StmtKind::Grant(grant) => self.local_grant(clause, id, &grant.target),
            StmtKind::Table(table) => {
                table.results.iter().take(1).for_each(|name| self.no_owner(clause, &table.owners, name));
                for name in &table.results {
                    self.local_name(clause, id, name, DefKind::TableResult);
                }
            }
            StmtKind::Scale(scale) => {
                self.no_owner(clause, &scale.owner, &scale.name);
                self.local_name(clause, id, &scale.name, DefKind::TableResult);
            }
            StmtKind::Split(split) => {
                self.local(clause, id, &split.target, DefKind::Value);
                for part in &split.parts {
                    self.local_name(clause, id, &part.name, DefKind::Part);
                }
            }
            StmtKind::Lift(_) | StmtKind::Repeal(_) | StmtKind::Only(_) | StmtKind::Error => {}
            StmtKind::Rows(_) | StmtKind::Precedence(_) => {}
            StmtKind::Duty(duty) => {
                self.no_owner(clause, &duty.owner, &duty.name);
                self.local_name(clause, id, &duty.name, DefKind::Duty);
            }
            StmtKind::Assumption(_) | StmtKind::Given(_) | StmtKind::Require { .. } => {}
            StmtKind::Check(_) | StmtKind::EachRounded { .. } | StmtKind::Year(_) | StmtKind::Day(_) => {}
            StmtKind::BuildsOn(_) | StmtKind::Reading { .. } | StmtKind::Switch { .. } => {}
            StmtKind::EntityFacts { .. } | StmtKind::Expect(_) => {}
        }
    }

    /// A name that the clause lacks is local to the exception, unless it looks like a slip.
    fn local(&mut self, clause: ClauseId, id: ExceptionId, target: &ast::Target, kind: DefKind) {
        match target.path.parts.as_slice() {
            [part] if part.cells.is_empty() => self.local_name(clause, id, &part.name, kind),
            // The rows of a table are looked for when all tables are there.
            parts if parts.iter().any(|part| !part.cells.is_empty()) => {}
            parts => {
                let names: Vec<&str> = parts.iter().map(|part| part.name.text.as_str()).collect();
                if !self.carrying && !self.has_here(clause, id, &canonical(&names)) {
                    let (span, name) = (target.path.span, names.join("."));
                    self.problems.report(&NameProblem::NotAssignable { span, name });
                }
            }
        }
    }

    /// Tells whether a clause or an exception around has a name, `g.fuldt` too.
    fn has_here(&self, clause: ClauseId, id: ExceptionId, name: &str) -> bool {
        let around = std::iter::successors(Some(id), |at| self.model.exceptions[*at].outer);
        self.symbols.find_in_clause(clause, name).is_some()
            || around.into_iter().any(|at| self.symbols.locals.contains_key(&(at, name.to_owned())))
    }

    fn local_grant(&mut self, clause: ClauseId, id: ExceptionId, target: &ast::Target) {
        let [part] = target.path.parts.as_slice() else {
            return self.local(clause, id, target, DefKind::Grant);
        };
        self.local_name(clause, id, &part.name, DefKind::Grant);
        for (suffix, kind) in [("fuldt", DefKind::GrantFull), ("bortfaldet", DefKind::GrantLapsed)] {
            let name = Name { text: format!("{}.{suffix}", part.name.text), span: part.name.span };
            let key = (id, part.name.text.clone());
            // What the grant's own name is, its parts are: the clause's, or the exception's.
            if self.symbols.locals.contains_key(&key) {
                self.local_name(clause, id, &name, kind);
            } else {
                self.define(clause, &name, kind, &[]);
            }
        }
    }

    fn local_name(&mut self, clause: ClauseId, id: ExceptionId, name: &Name, kind: DefKind) {
        if self.has_here(clause, id, &name.text) {
            return;
        }
        self.nearly_restated(clause, name);
        let def = self.push_def(clause, name, kind, &[], Some(id));
        self.symbols.locals.insert((id, name.text.clone()), def);
    }

    /// A new name one letter away from one that the clause has is a slip: it would leave the clause as it was.
    pub(super) fn nearly_restated(&mut self, clause: ClauseId, name: &Name) {
        let near = nearest(&name.text, self.symbols.names_in(clause)).map(str::to_owned);
        let alone = !name.text.contains('.');
        let slip = near.filter(|near| alone && one_letter_away(near, &name.text));
        if let Some(nearest) = slip {
            let (span, name) = (name.span, name.text.clone());
            self.problems.report(&NameProblem::NearlyRestated { span, name, nearest });
        }
    }
}

/// Tells whether a name may be a slip of the pen for another. Of very short names each is a letter away from any other.
fn one_letter_away(one: &str, other: &str) -> bool {
    other.chars().count() > 2 && strsim::damerau_levenshtein(one, other) == 1
}

/// Tells whether a line of an exception says when it applies, or could not be read.
fn says_when(stmt: &Stmt) -> bool {
    match &stmt.kind {
        StmtKind::Only(_) | StmtKind::InForce(_) | StmtKind::Error => true,
        StmtKind::Assign(assign) | StmtKind::Condition(assign) => assign.target.when.is_some(),
        StmtKind::Grant(grant) => grant.target.when.is_some(),
        StmtKind::Split(split) => split.target.when.is_some(),
        StmtKind::Table(table) => table.when.is_some(),
        // What an exception within says of its time is its own; one that holds nothing else is there for those within.
        StmtKind::Exception(_) => true,
        _ => false,
    }
}
