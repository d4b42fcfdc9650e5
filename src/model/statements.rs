//! The second walk: what clauses, exceptions and checks state is lowered into alternatives.

use super::carry::restates_cell;
use super::declare::{PendingClause, check_sources};
use super::layer_problem::LayerProblem;
use super::line_problem::{LineProblem, TimedLine};
use super::lower::{Lowerer, is_written};
use super::paths::canonical;
use super::problem::NameProblem;
use super::scope::{Scope, Symbol};
use super::table_problem::TableProblem;
use super::{
    Alternative, Body, Check, ClauseId, DefId, ExceptionId, ExprId, KeyTest, LayerId, NodeKind, Precedence,
    RangeEnd, Row, Table, TableId,
};
use crate::base::Span;
use crate::diag::nearest;
use crate::syntax::ast::{
    self, Cell, CellKind, Expr, ExprKind, Modifier, Policy, Stmt, StmtKind, UnitKind, When,
};
use crate::value::Interval;

impl Lowerer<'_> {
    /// Lowers the lines of a clause.
    pub(super) fn clause_body(&mut self, clause: &PendingClause<'_>, scope: &Scope) {
        let basis = self.model.clauses[clause.id].basis.clone();
        check_sources(&basis, self.model, self.problems);
        self.clause_given(clause.id, &clause.tree.body, scope);
        let (cells, lines): (Vec<&Stmt>, Vec<&Stmt>) =
            clause.tree.body.iter().partition(|stmt| restates_cell(stmt));
        for stmt in lines {
            self.statement(clause.id, stmt, scope);
        }
        self.carried_lines(clause, scope);
        for stmt in cells {
            self.carried_cell(stmt, scope);
        }
    }

    pub(super) fn statement(&mut self, clause: ClauseId, stmt: &Stmt, scope: &Scope) {
        match &stmt.kind {
            StmtKind::Assign(assign) | StmtKind::Condition(assign) => self.definition(assign, scope),
            StmtKind::Grant(grant) => self.grant(grant, scope),
            StmtKind::Table(table) => self.table(table, stmt.span, scope),
            StmtKind::Check(check) => self.check(check, Some(clause), stmt.span, scope),
            StmtKind::Exception(exception) => self.exception(clause, exception, scope),
            StmtKind::Precedence(precedence) => self.precedence(Some(clause), precedence),
            StmtKind::Lift(path) if scope.clause.is_some_and(|c| self.model.clauses[c].carries.is_some()) => {
                self.not_carried(path, stmt.span, scope);
            }
            StmtKind::Lift(path) | StmtKind::Repeal(path) => {
                let name = path.parts.iter().map(|p| p.name.text.as_str()).collect::<Vec<_>>().join(".");
                self.problems.report(&NameProblem::NotAssignable { span: path.span, name });
            }
            StmtKind::Split(split) => self.split(clause, split, stmt.span, scope),
            StmtKind::Scale(scale) => self.scale(scale, stmt.span, scope),
            StmtKind::Duty(duty) => self.duty(duty, stmt.span, scope),
            StmtKind::Require { condition, message } => {
                self.requirement(Some(clause), condition, message, stmt.span, scope)
            }
            StmtKind::EachRounded { .. } if scope.exceptions.is_empty() => {}
            StmtKind::EachRounded { .. } => {
                self.problems.report(&TableProblem::RoundedWithin { span: stmt.span });
            }
            StmtKind::Rows(edit) if !scope.exceptions.is_empty() => self.exception_rows(edit, scope),
            StmtKind::Rows(edit) => self.edit_rows(edit, scope),
            StmtKind::Basis(_) | StmtKind::InForce(_) | StmtKind::Given(_) | StmtKind::Assumption(_) => {}
            StmtKind::Only(_) | StmtKind::Error => {}
            StmtKind::Year(_) | StmtKind::Day(_) | StmtKind::BuildsOn(_) | StmtKind::Reading { .. } => {}
            StmtKind::Switch { .. } | StmtKind::EntityFacts { .. } | StmtKind::Expect(_) => {}
        }
    }

    fn exception(&mut self, clause: ClauseId, exception: &ast::Exception, outer: &Scope) {
        // Exceptions of one name may stand in several layers, so they are told apart by their place.
        let here = |(_, e): &(_, &super::Exception)| e.span == exception.name.span && e.clause == clause;
        let Some(id) = self.model.exceptions.iter_enumerated().find(here).map(|(id, _)| id) else { return };
        let basis = self.model.exceptions[id].basis.clone();
        check_sources(&basis, self.model, self.problems);
        let mut scope = outer.clone();
        scope.exceptions.push(id);
        for stmt in &exception.body {
            match &stmt.kind {
                StmtKind::Only(condition) => {
                    let condition = self.expr(condition, &scope);
                    self.model.exceptions[id].condition = Some(condition);
                }
                StmtKind::InForce(when) => {
                    self.model.exceptions[id].given = self.given_bounds(when, &scope);
                }
                StmtKind::Lift(path) => self.lift(path, id, &scope, stmt.span),
                _ => self.statement(clause, stmt, &scope),
            }
        }
    }

    fn lift(&mut self, path: &ast::Path, id: ExceptionId, scope: &Scope, span: Span) {
        match self.symbol(path, scope) {
            Ok(Symbol::Def(def)) => {
                for def in self.with_parts(def) {
                    let layer = self.model.layers.exceptions;
                    let body = Alternative::plain(layer, Interval::always(), Body::Lifted, span);
                    self.model.defs[def].exceptions.push((id, body));
                }
            }
            Ok(Symbol::Fact(fact)) => {
                let name = self.model.fact_name(fact);
                self.problems.report(&NameProblem::NotAssignable { span: path.span, name });
            }
            Err(problem) => self.problems.report(&problem),
        }
    }

    /// `undtagelse a går forud for b`: between all exceptions of these names in the clause, or anywhere.
    pub(super) fn precedence(&mut self, clause: Option<ClauseId>, precedence: &ast::Precedence) {
        if precedence.what == ast::SwitchWhat::Amendment {
            return;
        }
        let find = |headed: &ast::Headed| -> Vec<ExceptionId> {
            let near = self.model.home(headed.name.span);
            let owner = headed.owner.as_ref().map(|owner| self.symbols.clause_at(owner, near, self.model));
            let all = self.model.exceptions.iter_enumerated();
            let named = all.filter(|(_, e)| e.name == headed.name.text);
            // A clause in front counts before the one around it.
            let counts = |e: &super::Exception| match owner {
                Some(owner) => owner == Some(e.clause),
                None => clause.is_none_or(|clause| e.clause == clause),
            };
            named.filter(|(_, e)| counts(e)).map(|(id, _)| id).collect()
        };
        let (first, second) = (find(&precedence.first), find(&precedence.second));
        if first.is_empty() || second.is_empty() {
            let name = if first.is_empty() { &precedence.first.name } else { &precedence.second.name };
            let names = self.model.exceptions.iter().map(|e| e.name.as_str());
            let near = nearest(&name.text, names).map(str::to_owned);
            let problem = super::declare::dangling(super::declare::Dangling::Exception, name, near);
            return self.problems.report(&problem);
        }
        for (first, second) in first.iter().flat_map(|a| second.iter().map(move |b| (*a, *b))) {
            if first == second || self.model.exception_before(second, first) {
                let (first, second) = (&precedence.first.name, &precedence.second.name);
                let names = (first.text.clone(), second.text.clone());
                let problem = LayerProblem::PrecedenceRing { span: first.span, names };
                return self.problems.report(&problem);
            }
            self.model.precedence.push(Precedence { first, second });
        }
    }

    fn definition(&mut self, assign: &ast::Assign, scope: &Scope) {
        if assign.target.path.parts.iter().any(|part| !part.cells.is_empty()) {
            return match scope.exceptions.is_empty() {
                true => self.edit_cell(assign, scope),
                false => self.exception_cell(assign, scope),
            };
        }
        let Some(def) = self.defined(&assign.target, scope) else { return };
        let when = assign.target.when.as_ref();
        let stated = self.without_time(assign, scope);
        let (value, split) = self.line_value(def, when, stated, scope);
        let figures = states_figure(stated);
        self.add(def, when, figures, value, &assign.basis, assign.span, scope);
        if split {
            self.not_total(def, scope);
        }
    }

    /// What a line states; where that is a written figure with a time after it, the figure alone.
    fn without_time<'e>(&mut self, assign: &'e ast::Assign, scope: &Scope) -> &'e Expr {
        let ExprKind::At { value, time: ast::AtTime::Period(period, _) } = assign.value.kind.as_ref() else {
            return &assign.value;
        };
        if assign.target.when.is_some() || !is_written(value) {
            return &assign.value;
        }
        let (target, figure, period, lang) = (assign.target.span, value.span, *period, scope.lang);
        let line = Some(TimedLine { target, figure, period, lang });
        self.problems.report(&LineProblem::TimedFigure { span: assign.value.span, line });
        value
    }

    /// A total that is split over its years has a value in each of them.
    fn not_total(&mut self, def: DefId, scope: &Scope) {
        let def = &mut self.model.defs[def];
        let last = match scope.exceptions.last() {
            Some(_) if def.local_to.is_none() => {
                def.exceptions.last_mut().map(|(_, alternative)| alternative)
            }
            Some(_) | None => def.alternatives.last_mut(),
        };
        if let Some(alternative) = last {
            alternative.total = false;
        }
    }

    fn defined(&mut self, target: &ast::Target, scope: &Scope) -> Option<DefId> {
        let names: Vec<&str> = target.path.parts.iter().map(|part| part.name.text.as_str()).collect();
        self.def_named(&canonical(&names), scope)
    }

    pub(super) fn def_named(&self, name: &str, scope: &Scope) -> Option<DefId> {
        let local =
            scope.exceptions.iter().rev().find_map(|e| self.symbols.locals.get(&(*e, name.to_owned())));
        local.or_else(|| self.symbols.defs.get(&(scope.clause?, name.to_owned()))).copied()
    }

    #[expect(clippy::too_many_arguments, reason = "an alternative has these parts, each from another place")]
    pub(super) fn add(
        &mut self,
        def: DefId,
        when: Option<&When>,
        figures: bool,
        value: ExprId,
        basis: &[ast::Citation],
        span: Span,
        scope: &Scope,
    ) {
        let line = self.in_time(when, figures, span, scope);
        self.add_line(def, Alternative { body: Body::Expr(value), ..line }, basis, scope);
    }

    /// Adds a line to a definition, or to what an exception puts in its place.
    pub(super) fn add_line(&mut self, def: DefId, line: Alternative, basis: &[ast::Citation], scope: &Scope) {
        check_sources(basis, self.model, self.problems);
        let exception =
            scope.exceptions.last().copied().filter(|id| self.model.defs[def].local_to != Some(*id));
        let mut alternative =
            Alternative { basis: self.basis_of_line(basis, scope), carried: scope.carried, ..line };
        if exception.is_some() {
            alternative.layer = self.model.layers.exceptions;
        }
        match exception {
            Some(id) => self.model.defs[def].exceptions.push((id, alternative)),
            None => {
                self.no_overlap(def, &alternative);
                if scope.layer > self.model.layers.text && self.model.defs[def].local_to.is_none() {
                    self.touch(def, scope.layer, alternative.interval, None, alternative.span);
                }
                self.model.defs[def].alternatives.push(alternative);
            }
        }
    }

    fn no_overlap(&mut self, def: DefId, new: &Alternative) {
        let def = &self.model.defs[def];
        let clash = def
            .alternatives
            .iter()
            .filter(|old| old.carried == new.carried && old.layer == new.layer)
            // Given dates decide when it runs.
            .filter(|old| old.given.is_empty() && new.given.is_empty())
            .find(|old| old.otherwise == new.otherwise && old.interval.overlaps(new.interval));
        if let Some(old) = clash {
            let shared = old.interval.intersect(new.interval);
            let shared = crate::base::Bi::new(
                shared.print(crate::base::Lang::Da),
                shared.print(crate::base::Lang::En),
            );
            let problem =
                NameProblem::Overlap { span: new.span, first: old.span, name: def.name.clone(), shared };
            self.problems.report(&problem);
        }
    }

    fn grant(&mut self, grant: &ast::Grant, scope: &Scope) {
        let [part] = grant.target.path.parts.as_slice() else { return };
        let name = &part.name.text;
        let find = |suffix: &str| self.def_named(&format!("{name}{suffix}"), scope);
        let (Some(paid), Some(full), Some(lapsed)) = (find(""), find(".fuldt"), find(".bortfaldet")) else {
            return;
        };
        let when = grant.target.when.as_ref();
        let amount = self.expr(&grant.amount, scope);
        // A grant holds as one: what is paid instead is a figure of it too.
        let figures =
            [Some(&grant.amount), grant.otherwise.as_ref()].into_iter().flatten().any(states_figure);
        self.add(full, when, figures, amount, &grant.basis, grant.span, scope);
        let conditions = grant.conditions.iter().map(|path| self.condition_path(path, scope)).collect();
        let otherwise = grant.otherwise.as_ref().map(|expr| self.expr(expr, scope));
        let full_value = self.push(NodeKind::Def(full), grant.span);
        let value = self.push(NodeKind::Grant { full: full_value, conditions, otherwise }, grant.span);
        self.add(paid, when, figures, value, &grant.basis, grant.span, scope);
        let (full_value, paid_value) =
            (self.push(NodeKind::Def(full), grant.span), self.push(NodeKind::Def(paid), grant.span));
        let gap = self.push(NodeKind::Arith(super::Arith::Sub, full_value, paid_value), grant.span);
        self.add(lapsed, when, figures, gap, &grant.basis, grant.span, scope);
    }

    fn condition_path(&mut self, path: &ast::Path, scope: &Scope) -> ExprId {
        let kind = Box::new(ExprKind::Path(path.clone()));
        self.expr(&Expr { kind, span: path.span }, scope)
    }

    fn table(&mut self, table: &ast::Table, span: Span, scope: &Scope) {
        check_sources(&table.basis, self.model, self.problems);
        if let Some((Policy::Linear, at)) = table.policy
            && table.keys.len() != 1
        {
            return self.problems.report(&TableProblem::PointKeys { span: at, keys: table.keys.len() });
        }
        let keys: Vec<ExprId> = self.all(&table.keys, scope);
        let rows: Vec<Row> = table.rows.iter().filter_map(|row| self.row(table, row, scope)).collect();
        let id = self.model.tables.push(Table {
            results: table.results.iter().map(|name| name.text.clone()).collect(),
            keys: table.keys.iter().map(key_text).collect(),
            policy: table.policy.map(|(policy, _)| policy),
            whole: rows.len() == table.rows.len(),
            rows,
            edited_in: None,
            copy_of: None,
            span,
        });
        for (column, name) in table.results.iter().enumerate() {
            self.column(id, column, &keys, name, table, scope);
        }
    }

    fn column(
        &mut self,
        table: TableId,
        column: usize,
        keys: &[ExprId],
        name: &ast::Name,
        tree: &ast::Table,
        scope: &Scope,
    ) {
        let Some(def) = self.def_named(&name.text, scope) else {
            let problem = NameProblem::Undefined { span: name.span, name: name.text.clone(), nearest: None };
            return self.problems.report(&problem);
        };
        let value = self.push(NodeKind::Lookup { table, column, keys: keys.to_vec() }, name.span);
        // An undated table holds in its period, whatever its cells say: it is agreed for that time.
        self.add(def, tree.when.as_ref(), true, value, &tree.basis, name.span, scope);
    }

    fn row(&mut self, table: &ast::Table, row: &ast::Row, scope: &Scope) -> Option<Row> {
        check_sources(&row.basis, self.model, self.problems);
        let results = table.results.len();
        let keys = table.keys.len().max(1);
        let otherwise = matches!(row.cells.first().map(|c| &c.kind), Some(CellKind::Otherwise));
        let expected = if otherwise { 1 + results } else { keys + results };
        if row.cells.len() != expected {
            self.problems.report(&NameProblem::CellCount {
                span: row.span,
                expected,
                found: row.cells.len(),
            });
            return None;
        }
        let (tests, values) = row.cells.split_at(expected - results);
        let whole = table.keys.is_empty();
        let tests = tests.iter().map(|cell| self.key_test(cell, whole, scope)).collect::<Option<Vec<_>>>()?;
        let linear = table.policy.is_some_and(|(policy, _)| policy == Policy::Linear);
        let point = |test: &KeyTest| match test {
            KeyTest::AnyOf(all) => all.len() == 1,
            KeyTest::Otherwise => true,
            KeyTest::Any | KeyTest::NoneOf(_) | KeyTest::Range(..) | KeyTest::Condition(_) => false,
            KeyTest::Slice(_) | KeyTest::Time(_) | KeyTest::From(_) => false,
        };
        if linear && !tests.iter().all(point) {
            self.problems.report(&TableProblem::NotAPoint { span: row.span });
            return None;
        }
        let results: Vec<ExprId> = values.iter().map(|cell| self.result_cell(cell, scope)).collect();
        Some(Row {
            tests,
            results,
            layer: scope.layer,
            interval: Interval::always(),
            edits: Vec::new(),
            basis: row.basis.clone(),
            span: row.span,
        })
    }

    pub(super) fn key_test(&mut self, cell: &Cell, whole_condition: bool, scope: &Scope) -> Option<KeyTest> {
        match &cell.kind {
            CellKind::Any => Some(KeyTest::Any),
            CellKind::Otherwise => Some(KeyTest::Otherwise),
            CellKind::Expr(expr) if whole_condition => Some(KeyTest::Condition(self.expr(expr, scope))),
            CellKind::Expr(expr) => Some(KeyTest::AnyOf(vec![self.expr(expr, scope)])),
            CellKind::AnyOf(all) => Some(KeyTest::AnyOf(self.all(all, scope))),
            CellKind::NoneOf(all) => Some(KeyTest::NoneOf(self.all(all, scope))),
            CellKind::Range(range) => {
                if let Some(days) = self.days_of(range) {
                    return Some(KeyTest::by_time(days));
                }
                let low = range.low.as_ref().map(|bound| self.range_end(bound, scope));
                let high = range.high.as_ref().map(|bound| self.range_end(bound, scope));
                Some(KeyTest::Range(low, high))
            }
            CellKind::When(when) => Some(KeyTest::by_time(super::time::bounds(when, self.problems).interval)),
            CellKind::Repealed | CellKind::Step(..) | CellKind::Slice(_) => {
                self.problems.report(&NameProblem::NotAFigure { span: cell.span });
                None
            }
        }
    }

    fn range_end(&mut self, bound: &ast::RangeBound, scope: &Scope) -> RangeEnd {
        RangeEnd { value: self.expr(&bound.value, scope), included: bound.included }
    }

    pub(super) fn result_cell(&mut self, cell: &Cell, scope: &Scope) -> ExprId {
        match &cell.kind {
            CellKind::Expr(expr) => self.expr(expr, scope),
            CellKind::AnyOf(_) | CellKind::NoneOf(_) | CellKind::Range(_) | CellKind::When(_) => {
                self.no_figure(cell)
            }
            CellKind::Step(..)
            | CellKind::Slice(_)
            | CellKind::Any
            | CellKind::Otherwise
            | CellKind::Repealed => self.no_figure(cell),
        }
    }

    fn no_figure(&mut self, cell: &Cell) -> ExprId {
        self.problems.report(&NameProblem::NotAFigure { span: cell.span });
        self.invalid(cell.span)
    }

    /// Lowers a check of the text on itself.
    pub(super) fn check(&mut self, check: &ast::Check, clause: Option<ClauseId>, span: Span, scope: &Scope) {
        check_sources(&check.basis, self.model, self.problems);
        let condition = self.expr(&check.condition, scope);
        let sides = match &self.model.nodes[condition].kind {
            NodeKind::Compare(_, left, right) | NodeKind::Approx(left, right, _) => Some((*left, *right)),
            _ => None,
        };
        let known = check.known_difference.as_ref().map(|(value, _)| self.expr(value, scope));
        let reason =
            check.known_difference.as_ref().and_then(|(_, text)| text.as_ref()).map(|t| t.text.clone());
        let title = check.title.as_ref().map(|t| t.text.clone());
        self.model.checks.push(Check {
            title,
            clause,
            condition,
            sides,
            known_difference: known,
            reason,
            span,
        });
    }
}

impl Alternative {
    /// Makes an alternative with nothing special about it.
    pub(super) fn plain(layer: LayerId, interval: Interval, body: Body, span: Span) -> Alternative {
        let (given, basis) = (Vec::new(), Vec::new());
        let (otherwise, total, carried) = (false, false, None);
        Alternative { layer, interval, given, otherwise, total, body, basis, carried, span }
    }
}

/// Writes a table's key as it stands in the file.
fn key_text(key: &Expr) -> String {
    match key.kind.as_ref() {
        ExprKind::Path(path) => path_text(path),
        ExprKind::Owned { owners, member } => {
            let owners: String = owners.iter().map(|owner| format!("{} ", owner.text)).collect();
            format!("{owners}{}", path_text(member))
        }
        ExprKind::Year => "år".to_owned(),
        ExprKind::Day => "dag".to_owned(),
        _ => String::new(),
    }
}

/// Writes a path as it stands in the file.
pub(super) fn path_text(path: &ast::Path) -> String {
    path.parts.iter().map(|part| part.name.text.as_str()).collect::<Vec<_>>().join(".")
}

/// Tells whether an expression states a figure of the agreement: a literal with a unit other than 0 and 100 pct.,
/// outside roundings and `vist i`.
pub(super) fn states_figure(expr: &Expr) -> bool {
    let any = |all: &[&Expr]| all.iter().any(|e| states_figure(e));
    match expr.kind.as_ref() {
        ExprKind::Literal(literal) => match &literal.unit {
            None => false,
            Some(unit) => {
                !literal.number.value.is_zero() && !is_hundred_percent(&literal.number.value, &unit.over.kind)
            }
        },
        ExprKind::Modified { value, modifier, .. } => match modifier {
            Modifier::AtMost(limit)
            | Modifier::AtLeast(limit)
            | Modifier::IfNone(limit)
            | Modifier::IfZero(limit) => any(&[value, limit]),
            Modifier::Rounded(_) | Modifier::RoundedEach(_) | Modifier::ShownIn(_) => states_figure(value),
            Modifier::Converted(..) | Modifier::Adjusted(_) | Modifier::RestTo(_) => states_figure(value),
            Modifier::EquallyPerYear | Modifier::IfDayMissing { .. } => states_figure(value),
        },
        ExprKind::Paren(x) | ExprKind::Negate(x) | ExprKind::Not(x) | ExprKind::Nominal(x) => {
            states_figure(x)
        }
        // Days, months or years added to a date are arithmetic, not a figure that was agreed for a time.
        ExprKind::Binary { op: ast::BinOp::Add | ast::BinOp::Sub, left, right, .. }
            if is_time_span(right) =>
        {
            !is_time_span(left) && states_figure(left)
        }
        ExprKind::Binary { left, right, .. } => any(&[left, right]),
        ExprKind::Between { value, low, high } => any(&[value, low, high]),
        ExprKind::IsOneOf { value, values } => states_figure(value) || values.iter().any(states_figure),
        ExprKind::IsNone { value, .. } => states_figure(value),
        ExprKind::If { condition, then, otherwise } => any(&[condition, then, otherwise]),
        ExprKind::Scaled { value, by, .. } => any(&[value, by]),
        ExprKind::AsPercentOf { value, whole } => any(&[value, whole]),
        ExprKind::Converted { value, .. } | ExprKind::Adjusted { value, .. } => states_figure(value),
        ExprKind::StatedIn { value, .. } | ExprKind::At { value, .. } => states_figure(value),
        ExprKind::ForEntity { value, .. } | ExprKind::SumOver { of: value, .. } => states_figure(value),
        ExprKind::Shared { pool, key, among } => {
            states_figure(pool) || key.iter().chain(&among.filter).any(states_figure)
        }
        ExprKind::Quantified { condition, set, .. } => {
            states_figure(condition) || set.filter.as_ref().is_some_and(states_figure)
        }
        ExprKind::Aggregate { of, set, weight, .. } => {
            of.iter().chain(&set.filter).chain(weight).any(states_figure)
        }
        ExprKind::CountMet(Some(all)) => all.iter().any(states_figure),
        ExprKind::Extreme { of, .. } => of.iter().any(states_figure),
        ExprKind::DateSpan { .. } | ExprKind::CountMet(None) | ExprKind::AllMet => false,
        ExprKind::Fraction(..) | ExprKind::Text(_) | ExprKind::Bool(_) | ExprKind::Date(_) => false,
        ExprKind::Nothing | ExprKind::Year | ExprKind::Day | ExprKind::Path(_) | ExprKind::Owned { .. } => {
            false
        }
        ExprKind::Unknown(_) | ExprKind::CarriedOn | ExprKind::Former(_) | ExprKind::DoesNotApply(_) => false,
        ExprKind::Error => false,
    }
}

/// A written number of days, months, quarters or years.
fn is_time_span(expr: &Expr) -> bool {
    let ExprKind::Literal(ast::Literal { unit: Some(unit), .. }) = expr.kind.as_ref() else { return false };
    match &unit.over.kind {
        UnitKind::Day | UnitKind::Month | UnitKind::Quarter | UnitKind::Year => unit.per.is_empty(),
        UnitKind::Krone | UnitKind::ThousandKroner | UnitKind::MillionKroner | UnitKind::BillionKroner => {
            false
        }
        UnitKind::Percent | UnitKind::PercentagePoint | UnitKind::PerMille | UnitKind::Named(_) => false,
    }
}

fn is_hundred_percent(value: &crate::value::Number, unit: &UnitKind) -> bool {
    *unit == UnitKind::Percent && *value == crate::value::Number::from_i64(100)
}
