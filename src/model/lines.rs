//! When a line holds: what is written on it, what bounds its clause, and the rule for undated figures.

use super::lower::Lowerer;
use super::problem::NameProblem;
use super::scope::Scope;
use super::{Alternative, Body, ClauseId, ExprId, GivenBound};
use crate::base::Span;
use crate::syntax::ast::{Stmt, StmtKind, TimeKind, When};
use crate::value::Interval;

impl Lowerer<'_> {
    /// Makes an alternative that says when a line holds; what it states is filled in by the caller.
    pub(super) fn in_time(
        &mut self,
        when: Option<&When>,
        figures: bool,
        span: Span,
        scope: &Scope,
    ) -> Alternative {
        let mut alternative = match when {
            Some(when) => self.dated(when, span, scope),
            None => {
                let interval = self.undated_interval(figures, scope);
                Alternative::plain(scope.layer, interval, Body::Lifted, span)
            }
        };
        if let Some(holds) = scope.holds {
            alternative.interval = alternative.interval.intersect(holds);
            // A line of an amendment that has a time of its own says so on purpose, also where the clause has ended.
            if when.is_some() {
                return alternative;
            }
        }
        let clause = scope.clause.map(|clause| self.model.clauses[clause].given.clone());
        alternative.given.extend(clause.unwrap_or_default());
        alternative
    }

    fn dated(&mut self, when: &When, span: Span, scope: &Scope) -> Alternative {
        let bounds = super::time::written_bounds(when, self.problems);
        let clause = scope.clause.and_then(|clause| self.model.clauses[clause].in_force);
        let clause = clause.filter(|_| scope.holds.is_none()).unwrap_or(Interval::always());
        let interval = bounds.interval.intersect(clause);
        if interval.is_empty() && !bounds.interval.is_empty() && scope.carried.is_none() {
            let problem = NameProblem::OutsideClauseTime { span: when.span, line: bounds.interval, clause };
            self.problems.report(&problem);
        }
        // A total is of the whole period it is set for, also where the clause ends within it.
        let interval = if bounds.total { bounds.interval } else { interval };
        let given = self.given_bounds(when, scope);
        let plain = Alternative::plain(scope.layer, interval, Body::Lifted, span);
        Alternative { given, otherwise: bounds.otherwise, total: bounds.total, ..plain }
    }

    /// An undated line that states a figure holds in its clause's or its agreement's period, so that a figure agreed
    /// for one year never leaks into the next; one that states none holds whenever what it uses does. What an amendment
    /// states holds while the amendment and the clause do, whatever the agreement's period.
    pub(super) fn undated_interval(&self, figures: bool, scope: &Scope) -> Interval {
        let clause = scope.clause.map(|clause| &self.model.clauses[clause]);
        let agreement = clause.and_then(|c| c.agreement).and_then(|a| self.model.agreements.get(a));
        let in_force = clause.and_then(|clause| clause.in_force);
        let own_time = scope.holds.is_some() || self.exception_has_time(scope);
        match (in_force, agreement) {
            (Some(interval), _) => interval,
            (None, Some(agreement)) if figures && !own_time => agreement.period,
            (None, _) => Interval::always(),
        }
    }

    /// An exception that says when it applies, or stands in one that does, gives what it states that time.
    fn exception_has_time(&self, scope: &Scope) -> bool {
        scope.exceptions.iter().any(|id| self.model.exceptions[*id].interval.is_some())
    }

    /// Lowers the given dates that bound a clause, before the lines that they bound with it.
    pub(super) fn clause_given(&mut self, clause: ClauseId, body: &[Stmt], scope: &Scope) {
        for stmt in body {
            if let StmtKind::InForce(when) = &stmt.kind {
                self.model.clauses[clause].given = self.given_bounds(when, scope);
            }
        }
    }

    /// Lowers the given dates of a bound.
    pub(super) fn given_bounds(&mut self, when: &When, scope: &Scope) -> Vec<GivenBound> {
        let mut bounds = Vec::new();
        for (edge, time) in super::time::given(when) {
            if let TimeKind::Path(path) = &time.kind {
                let date: ExprId = self.path(path, scope);
                bounds.push(GivenBound { edge, date });
            }
        }
        bounds
    }
}
