//! Types of rows: times need a date, and points need numbers on both sides.

use super::check::{Checker, Typed};
use super::problem::{TypeProblem, describe};
use crate::model::{ExprId, KeyTest, NodeKind, TableId, Ty};
use crate::syntax::ast::Policy;
use crate::value::Levels;

impl Checker<'_> {
    /// A time as a row fits `dag`, `år` and dates.
    pub(super) fn date_cell(&mut self, test: &KeyTest, row: usize, table: TableId, key: Option<ExprId>) {
        let (KeyTest::Time(_) | KeyTest::From(_), Some(key)) = (test, key) else { return };
        let node = self.model.node(key);
        if matches!(node.ty, Ty::Date | Ty::Unknown) || matches!(node.kind, NodeKind::Year) {
            return;
        }
        let found = describe(&node.ty, self.model);
        let data = &self.model.tables[table];
        let (span, results) = (data.rows[row].span, data.rows[row].results.clone());
        self.problems.report(&TypeProblem::DateCell { span, found });
        results.into_iter().for_each(|result| self.model.nodes[result].kind = NodeKind::Invalid);
    }

    /// Types the results of a column: the table's own first, since what a later layer puts in their place stands at
    /// their level where it states none.
    pub(super) fn results(&mut self, table: TableId, column: usize) -> Typed {
        let all = self.level_rows(table, column);
        self.branches(&all)
    }

    /// Types every expression of a column where it stands, and returns them.
    pub(super) fn level_rows(&mut self, table: TableId, column: usize) -> Vec<ExprId> {
        let data = &self.model.tables[table];
        let first = data.rows.iter().map(|row| row.layer).min();
        let own = data.rows.iter().filter(|row| Some(row.layer) == first);
        let own: Vec<ExprId> = own.filter_map(|row| row.results.get(column).copied()).collect();
        let all: Vec<ExprId> = data.rows.iter().flat_map(|row| row.stated_in(column)).collect();
        let header = Levels::named(self.model.level_at(data.span));
        let level = own.iter().find_map(|result| self.expr(*result).0.level().cloned());
        let outer = self.standing.replace(level.unwrap_or(header));
        all.iter().for_each(|result| drop(self.expr(*result)));
        self.standing = outer;
        all
    }

    /// Between points only numbers can be computed.
    pub(super) fn points(&mut self, table: TableId, keys: &[Typed]) {
        if self.model.tables[table].policy != Some(Policy::Linear) {
            return;
        }
        let span = self.model.tables[table].span;
        let between = |ty: &Ty| ty.is_numeric() || *ty == Ty::Unknown;
        if let Some((ty, _)) = keys.iter().find(|(ty, _)| !between(ty)) {
            let found = describe(ty, self.model);
            self.problems.report(&TypeProblem::NotBetween { span, found });
        }
        let results: Vec<ExprId> =
            self.model.tables[table].rows.iter().flat_map(|row| row.results.clone()).collect();
        let mut told = false;
        for result in results {
            let ty = self.expr(result).0;
            if between(&ty) {
                continue;
            }
            // The rows have one type, so the first tells it for all.
            if !std::mem::replace(&mut told, true) {
                let (span, found) = (self.model.node(result).span, describe(&ty, self.model));
                self.problems.report(&TypeProblem::NotBetween { span, found });
            }
            self.model.nodes[result].kind = NodeKind::Invalid;
        }
    }
}
