//! Rows and cells that a later layer or an exception puts in place of others, adds or ends.

use super::build::clause_scope;
use super::lower::Lowerer;
use super::problem::NameProblem;
use super::rows::{RowChange, RowEdit, without_cells};
use super::scope::{CellPlace, Scope, Symbol};
use super::set_problem::SetProblem;
use super::{Alternative, Body, DefId, ExceptionId, NodeKind, Row, TableId};
use crate::base::Span;
use crate::syntax::ast::{self, Cell, CellKind, Path};
use crate::value::Interval;

/// Rows or a cell that an exception states, kept until the tables are as readings and amendments leave them.
#[derive(Clone, Debug)]
pub(super) struct ExceptionRows {
    exception: ExceptionId,
    scope: Scope,
    what: Edited,
}

#[derive(Clone, Debug)]
enum Edited {
    Rows(ast::RowEdit),
    Cell(Box<ast::Assign>),
}

/// Which tables an edit reaches, and when.
#[derive(Clone, Debug)]
struct Reach {
    def: DefId,
    tables: Vec<(TableId, usize)>,
    interval: Interval,
}

/// Writes cells as brackets do, where each value of a list is a cell of its own.
pub(super) fn flat(cells: &[Cell]) -> Vec<Cell> {
    let each = |expr: &ast::Expr| Cell { kind: CellKind::Expr(expr.clone()), span: expr.span };
    cells
        .iter()
        .flat_map(|cell| match &cell.kind {
            CellKind::AnyOf(all) => all.iter().map(each).collect(),
            CellKind::NoneOf(all) => {
                let first = all.iter().take(1).cloned().collect();
                let first = Cell { kind: CellKind::NoneOf(first), span: cell.span };
                std::iter::once(first).chain(all.iter().skip(1).map(each)).collect()
            }
            _ => vec![cell.clone()],
        })
        .collect()
}

impl Lowerer<'_> {
    /// `andel_bevaret` with rows below: each replaces the row written like it, adds one, or ends one.
    pub(super) fn edit_rows(&mut self, edit: &ast::RowEdit, scope: &Scope) {
        let Some(reach) = self.reach(&edit.table, None, scope) else { return };
        for row in &edit.rows {
            self.edit_row(&reach, row, scope);
        }
    }

    /// `andel_bevaret[2] = 60 pct.`.
    pub(super) fn edit_cell(&mut self, assign: &ast::Assign, scope: &Scope) {
        let path = &assign.target.path;
        if let Some(one) = &assign.target.entity {
            let (span, name) = (assign.target.span, super::statements::path_text(&without_cells(path)));
            let problem = SetProblem::CellForOne { span, name, entity: one.text.clone() };
            return self.problems.report(&problem);
        }
        let when = assign.target.when.as_ref().map(|when| super::time::bounds(when, self.problems).interval);
        let Some(reach) = self.reach(path, when, scope) else { return };
        let cells = path.parts.last().map(|part| part.cells.as_slice()).unwrap_or_default();
        let found = self.reached(&reach, cells);
        if found.is_empty() {
            return self.no_such_row((reach.def, cells), path.span, scope);
        }
        for (table, row, column) in found {
            let scope = self.row_scope(reach.def, Some(CellPlace { table, row, column }), scope);
            let value = self.expr(&assign.value, &scope);
            self.touch(reach.def, scope.layer, reach.interval, Some((table, row, Some(column))), assign.span);
            self.model.tables[table].rows[row].edits.push(RowEdit {
                layer: scope.layer,
                interval: reach.interval,
                change: RowChange::Cell(column, value),
                basis: assign.basis.clone(),
                span: assign.span,
            });
        }
    }

    /// `andel_bevaret[2] udgår`.
    pub(super) fn end_cells(&mut self, path: &Path, span: Span, scope: &Scope) {
        let Some(reach) = self.reach(path, None, scope) else { return };
        let cells = path.parts.last().map(|part| part.cells.as_slice()).unwrap_or_default();
        self.end_row(&reach, cells, span, &[], scope);
    }

    fn edit_row(&mut self, reach: &Reach, row: &ast::Row, scope: &Scope) {
        super::declare::check_sources(&row.basis, self.model, self.problems);
        let ends = matches!(row.cells.last().map(|cell| &cell.kind), Some(CellKind::Repealed));
        if ends {
            let keys = &row.cells[..row.cells.len().saturating_sub(1)];
            return self.end_row(reach, keys, row.span, &row.basis, scope);
        }
        for (table, _) in &reach.tables {
            self.put_row(reach, *table, row, scope);
        }
    }

    /// Replaces the row written like this one, or adds it.
    fn put_row(&mut self, reach: &Reach, table: TableId, row: &ast::Row, scope: &Scope) {
        let results = self.model.tables[table].results.len();
        let keys = match row.cells.first().map(|cell| &cell.kind) {
            Some(CellKind::Otherwise) => 1,
            Some(_) | None => self.model.tables[table].keys.len().max(1),
        };
        if row.cells.len() != keys + results {
            let (expected, found) = (keys + results, row.cells.len());
            return self.problems.report(&NameProblem::CellCount { span: row.span, expected, found });
        }
        let (tests, values) = row.cells.split_at(keys);
        let inner = self.row_scope(reach.def, None, scope);
        let at =
            (0..self.model.tables[table].rows.len()).find(|at| self.row_is(table, *at, &flat(tests), &inner));
        match at {
            Some(at) => self.replace_row(reach, table, (at, values), row, scope),
            None => self.add_row(reach, table, (tests, values), row, scope),
        }
    }

    fn replace_row(
        &mut self,
        reach: &Reach,
        table: TableId,
        (at, values): (usize, &[Cell]),
        row: &ast::Row,
        scope: &Scope,
    ) {
        let Reach { def, interval, .. } = *reach;
        for (column, cell) in values.iter().enumerate() {
            let scope = self.row_scope(def, Some(CellPlace { table, row: at, column }), scope);
            let value = self.result_cell(cell, &scope);
            self.model.tables[table].rows[at].edits.push(RowEdit {
                layer: scope.layer,
                interval,
                change: RowChange::Cell(column, value),
                basis: row.basis.clone(),
                span: row.span,
            });
        }
        self.touch(def, scope.layer, interval, Some((table, at, None)), row.span);
    }

    fn add_row(
        &mut self,
        reach: &Reach,
        table: TableId,
        (tests, values): (&[Cell], &[Cell]),
        row: &ast::Row,
        scope: &Scope,
    ) {
        let inner = self.row_scope(reach.def, None, scope);
        let whole = self.model.tables[table].keys.is_empty();
        let tests: Option<Vec<_>> = tests.iter().map(|cell| self.key_test(cell, whole, &inner)).collect();
        let Some(tests) = tests else { return };
        let results = values.iter().map(|cell| self.result_cell(cell, &inner)).collect();
        let at = self.model.tables[table].rows.len();
        self.touch(reach.def, scope.layer, reach.interval, Some((table, at, None)), row.span);
        self.model.tables[table].rows.push(Row {
            tests,
            results,
            layer: scope.layer,
            interval: reach.interval,
            edits: Vec::new(),
            basis: row.basis.clone(),
            span: row.span,
        });
    }

    fn end_row(&mut self, reach: &Reach, keys: &[Cell], span: Span, basis: &[ast::Citation], scope: &Scope) {
        let found = self.reached(reach, keys);
        if found.is_empty() {
            return self.no_such_row((reach.def, keys), span, scope);
        }
        for (table, row, _) in found {
            self.touch(reach.def, scope.layer, reach.interval, Some((table, row, None)), span);
            self.model.tables[table].rows[row].edits.push(RowEdit {
                layer: scope.layer,
                interval: reach.interval,
                change: RowChange::Ended,
                basis: basis.to_vec(),
                span,
            });
        }
    }

    /// The tables below this layer that hold at the same time. Readings and amendments reach the text, what is asked
    /// reaches exceptions too.
    fn reach(&mut self, path: &Path, when: Option<Interval>, scope: &Scope) -> Option<Reach> {
        let bare = without_cells(path);
        let def = match self.symbol(&bare, scope) {
            Ok(Symbol::Def(def)) => def,
            Ok(Symbol::Fact(_)) => {
                let name = super::statements::path_text(&bare);
                self.problems.report(&NameProblem::NotAssignable { span: path.span, name });
                return None;
            }
            Err(problem) => {
                self.problems.report(&problem);
                return None;
            }
        };
        let holds = scope.holds.unwrap_or(Interval::always());
        let interval = when.map_or(holds, |when| when.intersect(holds));
        let data = &self.model.defs[def];
        let asked = scope.layer > self.model.layers.exceptions;
        // What is read of a carried text is about that text alone.
        let own = |a: &&Alternative| scope.carried.is_none() || a.carried == scope.carried;
        let text = data.alternatives.iter().filter(|a| a.layer <= scope.layer).filter(own);
        let restated = data.exceptions.iter().map(|(_, a)| a).filter(|_| asked);
        let timely = text.chain(restated).filter(|a| a.interval.overlaps(interval));
        let tables: Vec<(TableId, usize)> = timely.filter_map(|a| self.looked_up(a)).collect();
        if tables.is_empty() {
            self.no_such_row((def, &[]), path.span, scope);
            return None;
        }
        Some(Reach { def, tables, interval })
    }

    fn reached(&self, reach: &Reach, cells: &[Cell]) -> Vec<(TableId, usize, usize)> {
        let scope = clause_scope(self.model.defs[reach.def].clause, self.model.lang, self.model);
        let cells = &flat(cells);
        let mut found = Vec::new();
        for (table, column) in &reach.tables {
            let rows = 0..self.model.tables[*table].rows.len();
            found.extend(
                rows.filter(|row| self.row_is(*table, *row, cells, &scope)).map(|row| (*table, row, *column)),
            );
        }
        found
    }

    /// A table that is carried over has the rows that it has where it stands, which is where a missing one is told.
    fn no_such_row(&mut self, (def, cells): (DefId, &[Cell]), span: Span, scope: &Scope) {
        if scope.carried.is_some() {
            return;
        }
        let (rows, meant) = (self.rows_of(def), self.row_meant(def, cells));
        let table = self.model.full_name(def);
        self.problems.report(&NameProblem::NoSuchCell { span, table, rows, meant });
    }

    /// The values of a row are read as the table's own are.
    fn row_scope(&self, def: DefId, cell: Option<CellPlace>, scope: &Scope) -> Scope {
        let clause = self.model.defs[def].clause;
        let own = clause_scope(clause, scope.lang, self.model);
        // What a reading, an amendment or a what-if puts in a table stands at the table's level, where it states none.
        let layers = &self.model.layers;
        let level = own.level.filter(|_| !layers.is_laid(scope.layer) && scope.layer <= layers.exceptions);
        Scope {
            level,
            home: if scope.carried.is_some() { scope.home } else { own.home },
            carried: scope.carried,
            layer: scope.layer,
            holds: scope.holds,
            exceptions: scope.exceptions.clone(),
            cell: cell.map(|place| (def, place)),
            ..own
        }
    }

    // Exceptions.

    /// Keeps rows that an exception states until the text's own tables are complete.
    pub(super) fn exception_rows(&mut self, edit: &ast::RowEdit, scope: &Scope) {
        let Some(exception) = scope.exceptions.last().copied() else { return };
        let what = Edited::Rows(edit.clone());
        self.exception_rows.push(ExceptionRows { exception, scope: scope.clone(), what });
    }

    /// Keeps a cell that an exception states.
    pub(super) fn exception_cell(&mut self, assign: &ast::Assign, scope: &Scope) {
        let Some(exception) = scope.exceptions.last().copied() else { return };
        let what = Edited::Cell(Box::new(assign.clone()));
        self.exception_rows.push(ExceptionRows { exception, scope: scope.clone(), what });
    }

    /// An exception that states rows has a table of its own: the text's with those rows in it.
    pub(super) fn lower_exception_rows(&mut self) {
        for kept in std::mem::take(&mut self.exception_rows) {
            let path = match &kept.what {
                Edited::Rows(edit) => &edit.table,
                Edited::Cell(assign) => &assign.target.path,
            };
            let bare = without_cells(path);
            let def = match self.symbol(&bare, &kept.scope) {
                Ok(Symbol::Def(def)) => def,
                Ok(Symbol::Fact(_)) => {
                    let name = super::statements::path_text(&bare);
                    self.problems.report(&NameProblem::NotAssignable { span: path.span, name });
                    continue;
                }
                Err(problem) => {
                    self.problems.report(&problem);
                    continue;
                }
            };
            // A clause sets only its own names, and so do its exceptions.
            if Some(self.model.defs[def].clause) != kept.scope.clause {
                let name = super::statements::path_text(&bare);
                self.problems.report(&NameProblem::NotAssignable { span: path.span, name });
                continue;
            }
            self.copy_tables(def, kept.exception);
            let scope = Scope { layer: self.model.layers.exceptions, ..kept.scope };
            // The copies alone are edited, so they are set apart while the edit finds its tables.
            let own = std::mem::take(&mut self.model.defs[def].alternatives);
            let all = std::mem::take(&mut self.model.defs[def].exceptions);
            let (mine, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(id, alternative)| {
                *id == kept.exception
                    && self
                        .looked_up(alternative)
                        .is_some_and(|(table, ..)| self.model.tables[table].edited_in == Some(*id))
            });
            self.model.defs[def].alternatives =
                mine.iter().map(|(_, alternative)| alternative.clone()).collect();
            match &kept.what {
                Edited::Rows(edit) => self.edit_rows(edit, &scope),
                Edited::Cell(assign) => self.edit_cell(assign, &scope),
            }
            self.model.defs[def].alternatives = own;
            self.model.defs[def].exceptions = others.into_iter().chain(mine).collect();
        }
    }

    /// Gives an exception a copy of each table that a definition is looked up in, for every result of the table.
    fn copy_tables(&mut self, def: DefId, exception: ExceptionId) {
        let own = self.model.defs[def].alternatives.clone();
        let tables: Vec<TableId> =
            own.iter().filter_map(|a| self.looked_up(a)).map(|(table, ..)| table).collect();
        for table in tables {
            let copied = self.model.defs[def].exceptions.iter().any(|(id, alternative)| {
                *id == exception
                    && self
                        .looked_up(alternative)
                        .is_some_and(|(found, ..)| self.model.tables[found].copy_of == Some(table))
            });
            if copied {
                continue;
            }
            let mut copy = self.model.tables[table].clone();
            (copy.edited_in, copy.copy_of) = (Some(exception), Some(table));
            let copy = self.model.tables.push(copy);
            for other in self.model.defs.ids() {
                self.restate_from(other, exception, (table, copy));
            }
        }
    }

    fn restate_from(&mut self, def: DefId, exception: ExceptionId, (table, copy): (TableId, TableId)) {
        let own = self.model.defs[def].alternatives.clone();
        for alternative in own {
            let Some((found, _)) = self.looked_up(&alternative) else { continue };
            let Body::Expr(expr) = alternative.body else { continue };
            if found != table {
                continue;
            }
            let span = self.model.nodes[expr].span;
            let kind = match self.model.nodes[expr].kind.clone() {
                NodeKind::Lookup { column, keys, .. } => NodeKind::Lookup { table: copy, column, keys },
                NodeKind::Scale { base, .. } => NodeKind::Scale { table: copy, base },
                other => other,
            };
            let value = self.push(kind, span);
            let layer = self.model.layers.exceptions;
            let restated = Alternative { body: Body::Expr(value), layer, ..alternative };
            self.model.defs[def].exceptions.push((exception, restated));
        }
    }
}
