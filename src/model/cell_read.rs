//! Cells of tables read by their row in an expression: `andel_bevaret[2]`, `grundsats["stor"; 80+]`.

use super::index::cells_from_to;
use super::lower::Lowerer;
use super::problem::NameProblem;
use super::scope::{Scope, Symbol};
use super::statements::path_text;
use super::table_problem::TableProblem;
use super::{CellOption, CellRead, ExprId, IndexId, NodeKind};
use crate::base::Id;
use crate::syntax::ast::{Cell, Path, PathPart};

impl Lowerer<'_> {
    /// Lowers a path whose last part names a row; which row that is shows when all tables and layers are known.
    pub(super) fn cell(&mut self, path: &Path, scope: &Scope) -> ExprId {
        let cells = path.parts.last().map(|part| part.cells.clone()).unwrap_or_default();
        let bare = |part: &PathPart| PathPart { name: part.name.clone(), cells: Vec::new() };
        let bare = Path { parts: path.parts.iter().map(bare).collect(), span: path.span };
        match self.symbol(&bare, scope) {
            Ok(Symbol::Def(def)) if !cells.is_empty() => {
                let read = CellRead { def, cells, options: Vec::new() };
                self.push(NodeKind::Cell(Box::new(read)), path.span)
            }
            Ok(Symbol::Def(_) | Symbol::Fact(_)) => self.no_table(path),
            Err(problem) => match self.model.find_indices(path).as_slice() {
                [index] => self.index_read(*index, path, &cells),
                [] | [_, ..] => {
                    self.problems.report(&problem);
                    self.invalid(path.span)
                }
            },
        }
    }

    /// `pl_samlet[2024 til 2025]`, `satser[2026]`: the figure of a line of an index.
    fn index_read(&mut self, index: IndexId, path: &Path, cells: &[Cell]) -> ExprId {
        match cells_from_to(cells, self.model.indices[index].kind) {
            Some((from, to)) => self.push(NodeKind::IndexFigure(index, from, to), path.span),
            None => {
                let table = self.model.indices[index].name.clone();
                let rows = self.index_rows(index);
                self.problems.report(&NameProblem::NoSuchCell { span: path.span, table, rows, meant: None });
                self.invalid(path.span)
            }
        }
    }

    fn no_table(&mut self, path: &Path) -> ExprId {
        self.problems.report(&TableProblem::NotATable { span: path.span, name: path_text(path) });
        self.invalid(path.span)
    }

    /// Finds the rows that cells are read from.
    pub(super) fn resolve_cells(&mut self) {
        for index in 0..self.model.nodes.len() {
            let id = ExprId::from_index(index);
            if let NodeKind::Cell(read) = &self.model.nodes[id].kind {
                let read = read.clone();
                self.resolve_cell(id, *read);
            }
        }
    }

    fn resolve_cell(&mut self, id: ExprId, read: CellRead) {
        let def = &self.model.defs[read.def];
        let scope = super::build::clause_scope(def.clause, self.model.lang, self.model);
        let tables: Vec<_> = def.bodies().filter_map(|body| self.model.table_behind(body)).collect();
        let span = self.model.nodes[id].span;
        let mut options = Vec::new();
        for (table, column) in &tables {
            let rows = &self.model.tables[*table].rows;
            let found = (0..rows.len()).find(|row| self.row_is(*table, *row, &read.cells, &scope));
            let result = found.and_then(|row| rows[row].results.get(*column).map(|result| (row, *result)));
            if let Some((row, result)) = result {
                options.push(CellOption { table: *table, row, column: *column, result });
            }
        }
        if !options.is_empty() {
            self.model.nodes[id].kind = NodeKind::Cell(Box::new(CellRead { options, ..read }));
            return;
        }
        let name = self.model.full_name(read.def);
        match tables.is_empty() {
            true => self.problems.report(&TableProblem::NotATable { span, name }),
            false => {
                let (rows, meant) = (self.rows_of(read.def), self.row_meant(read.def, &read.cells));
                self.problems.report(&NameProblem::NoSuchCell { span, table: name, rows, meant });
            }
        }
        self.model.nodes[id].kind = NodeKind::Invalid;
    }
}
