//! Scales: each slice of a base charged at its own rate.

use super::declare::check_sources;
use super::lower::Lowerer;
use super::scope::Scope;
use super::statements::{path_text, states_figure};
use super::{KeyTest, NodeKind, Row, Table};
use crate::base::Span;
use crate::syntax::ast::{self, Expr, ExprKind};
use crate::value::Interval;

impl Lowerer<'_> {
    /// Lowers `trappe skat efter indkomst`: its slices are the rows of a table, so that they are named, replaced and
    /// cited as rows are.
    pub(super) fn scale(&mut self, scale: &ast::Scale, span: Span, scope: &Scope) {
        check_sources(&scale.basis, self.model, self.problems);
        let Some(def) = self.def_named(&scale.name.text, scope) else { return };
        let base = Expr { kind: Box::new(ExprKind::Path(scale.by.clone())), span: scale.by.span };
        let base = self.expr(&base, scope);
        let rows = scale.rows.iter().map(|row| self.slice(row, scope)).collect();
        let table = self.model.tables.push(Table {
            results: vec![scale.name.text.clone()],
            keys: vec![path_text(&scale.by)],
            policy: None,
            rows,
            edited_in: None,
            whole: true,
            copy_of: None,
            span,
        });
        let value = self.push(NodeKind::Scale { table, base }, scale.name.span);
        let figures = scale
            .rows
            .iter()
            .any(|row| states_figure(&row.rate) || row.up_to.as_ref().is_some_and(states_figure));
        self.add(def, scale.when.as_ref(), figures, value, &scale.basis, span, scope);
    }

    fn slice(&mut self, row: &ast::ScaleRow, scope: &Scope) -> Row {
        check_sources(&row.basis, self.model, self.problems);
        let up_to = row.up_to.as_ref().map(|bound| self.expr(bound, scope));
        let rate = self.expr(&row.rate, scope);
        Row {
            tests: vec![KeyTest::Slice(up_to)],
            results: vec![rate],
            layer: scope.layer,
            interval: Interval::always(),
            edits: Vec::new(),
            basis: row.basis.clone(),
            span: row.span,
        }
    }
}
