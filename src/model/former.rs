//! `hidtidig x`: the value of the layers below the one it stands in.

use super::layer_problem::LayerProblem;
use super::lower::Lowerer;
use super::problem::NameProblem;
use super::rows::without_cells;
use super::scope::{CellPlace, Scope, Symbol};
use super::{Below, DefId, DefKind, ExprId, NodeKind};
use crate::base::Span;
use crate::syntax::ast::Path;

impl Lowerer<'_> {
    /// Lowers `hidtidig x`. What there is below depends on the layer it stands in; the agreement's own text has nothing
    /// that it replaces.
    pub(super) fn former(&mut self, path: &Path, scope: &Scope, span: Span) -> ExprId {
        let below = match scope.exceptions.last() {
            Some(exception) => Below::Exception(*exception),
            None if scope.layer > self.model.layers.exceptions || self.model.layers.is_laid(scope.layer) => {
                Below::Layer(scope.layer)
            }
            None => {
                self.problems.report(&LayerProblem::NothingFormer { span });
                return self.invalid(span);
            }
        };
        match self.symbol(&without_cells(path), scope) {
            Ok(Symbol::Fact(fact)) => {
                let kind = NodeKind::FormerFact(fact, scope.layer);
                self.push(kind, span)
            }
            Ok(Symbol::Def(def)) => self.former_def(def, below, path, scope, span),
            Err(problem) => {
                self.problems.report(&problem);
                self.invalid(span)
            }
        }
    }

    fn former_def(&mut self, def: DefId, below: Below, path: &Path, scope: &Scope, span: Span) -> ExprId {
        let cells = path.parts.last().map(|part| part.cells.as_slice()).unwrap_or_default();
        if !cells.is_empty() {
            return self.former_cell(def, path, scope, span);
        }
        // In a row of its own table, the name means the row.
        if let Some((stated, CellPlace { table, row, column })) = scope.cell
            && stated == def
        {
            return self.push(NodeKind::FormerCell(table, row, column, scope.layer), span);
        }
        let def = match self.model.defs[def].kind {
            DefKind::Grant if scope.former_full => self.with_parts(def).get(1).copied().unwrap_or(def),
            _ => def,
        };
        self.push(NodeKind::Former(def, below), span)
    }

    fn former_cell(&mut self, def: DefId, path: &Path, scope: &Scope, span: Span) -> ExprId {
        let cells = path.parts.last().map(|part| part.cells.as_slice()).unwrap_or_default();
        let own = scope
            .cell
            .filter(|(stated, place)| *stated == def && self.row_is(place.table, place.row, cells, scope));
        let place = own.map(|(_, place)| place).or_else(|| {
            let (table, row) = self.rows_written(def, cells).into_iter().next()?;
            let (_, column) = self.tables_of(def).into_iter().find(|(found, _)| *found == table)?;
            Some(CellPlace { table, row, column })
        });
        match place {
            Some(CellPlace { table, row, column }) => {
                self.push(NodeKind::FormerCell(table, row, column, scope.layer), span)
            }
            None => {
                let (rows, table) = (self.rows_of(def), self.model.full_name(def));
                let meant = self.row_meant(def, cells);
                self.problems.report(&NameProblem::NoSuchCell { span: path.span, table, rows, meant });
                self.invalid(span)
            }
        }
    }
}
