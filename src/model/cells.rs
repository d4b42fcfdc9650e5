//! Cells of tables named by their row, in what-ifs and readings.

use super::lower::Lowerer;
use super::{Body, DefId, ExprId, KeyTest, Model, NodeKind, Origin, RangeEnd, Replaced, TableId};
use crate::syntax::ast::{Cell, CellKind, Expr, ExprKind};
use crate::value::{Number, print_number};

impl Lowerer<'_> {
    /// Puts a value in every row of a result's tables that is written like `cells`; tells whether there was one.
    pub(super) fn replace_cell(
        &mut self,
        def: DefId,
        cells: &[Cell],
        value: ExprId,
        origin: &Origin,
    ) -> bool {
        let mut found = false;
        for (table, column) in self.tables_of(def) {
            for index in 0..self.model.tables[table].rows.len() {
                if !self.row_is(table, index, cells) {
                    continue;
                }
                let row = &mut self.model.tables[table].rows[index];
                let old = std::mem::replace(&mut row.results[column], value);
                let was = row.replaced[column].take().map_or(old, |replaced| replaced.was);
                row.replaced[column] = Some(Replaced { was, origin: origin.clone() });
                found = true;
            }
        }
        found
    }

    /// Puts a value and its basis in the row of a table that is carried over; tells whether there was one.
    pub(super) fn restate_cell(
        &mut self,
        def: DefId,
        cells: &[Cell],
        value: ExprId,
        basis: &[crate::syntax::ast::Citation],
    ) -> bool {
        let mut found = false;
        for (table, column) in self.tables_of(def) {
            for index in 0..self.model.tables[table].rows.len() {
                if self.row_is(table, index, cells) {
                    let row = &mut self.model.tables[table].rows[index];
                    row.results[column] = value;
                    row.basis.extend(basis.iter().cloned());
                    found = true;
                }
            }
        }
        found
    }

    /// Lists the rows of a result's tables as they can be named.
    pub(super) fn rows_of(&self, def: DefId) -> Vec<String> {
        let tables = self.tables_of(def);
        let rows = tables.iter().flat_map(|(table, _)| &self.model.tables[*table].rows);
        let named = |tests: &[KeyTest]| {
            let keys: Vec<String> = tests.iter().map(|test| self.test_text(test)).collect();
            format!("[{}]", keys.join("; "))
        };
        rows.map(|row| named(&row.tests)).collect()
    }

    fn tables_of(&self, def: DefId) -> Vec<(TableId, usize)> {
        let def = &self.model.defs[def];
        let all = def.alternatives.iter().chain(def.exceptions.iter().map(|(_, alternative)| alternative));
        all.filter_map(|alternative| match alternative.body {
            Body::Expr(expr) => match &self.model.nodes[expr].kind {
                NodeKind::Lookup { table, column, .. } => Some((*table, *column)),
                _ => None,
            },
            Body::Lifted => None,
        })
        .collect()
    }

    fn row_is(&self, table: TableId, index: usize, cells: &[Cell]) -> bool {
        let row = &self.model.tables[table].rows[index];
        row.tests.len() == cells.len()
            && row.tests.iter().zip(cells).all(|(test, cell)| self.same_key(test, &cell.kind))
    }

    fn same_key(&self, test: &KeyTest, cell: &CellKind) -> bool {
        match (test, cell) {
            (KeyTest::Any, CellKind::Any) | (KeyTest::Otherwise, CellKind::Otherwise) => true,
            (KeyTest::AnyOf(all), CellKind::Expr(expr)) => all.len() == 1 && self.same_values(all, &[expr]),
            (KeyTest::AnyOf(all), CellKind::AnyOf(cells))
            | (KeyTest::NoneOf(all), CellKind::NoneOf(cells)) => {
                self.same_values(all, &cells.iter().collect::<Vec<_>>())
            }
            (KeyTest::Range(low, high), CellKind::Range(range)) => {
                self.same_end(low.as_ref(), range.low.as_ref())
                    && self.same_end(high.as_ref(), range.high.as_ref())
            }
            _ => false,
        }
    }

    fn same_end(&self, end: Option<&RangeEnd>, bound: Option<&crate::syntax::ast::RangeBound>) -> bool {
        match (end, bound) {
            (None, None) => true,
            (Some(end), Some(bound)) => {
                end.included == bound.included && self.same_value(end.value, &bound.value)
            }
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    fn same_values(&self, ids: &[ExprId], exprs: &[&Expr]) -> bool {
        ids.len() == exprs.len() && ids.iter().zip(exprs).all(|(id, expr)| self.same_value(*id, expr))
    }

    fn same_value(&self, id: ExprId, expr: &Expr) -> bool {
        match (&self.model.nodes[id].kind, expr.kind.as_ref()) {
            (NodeKind::Figure { value, .. }, ExprKind::Literal(literal)) => {
                let plain = shown_value(self.model, id, value);
                plain == literal.number.value || *value == literal.number.value
            }
            (NodeKind::Text(text), ExprKind::Text(written)) => *text == written.text,
            (NodeKind::Bool(value), ExprKind::Bool(written)) => value == written,
            _ => false,
        }
    }

    fn test_text(&self, test: &KeyTest) -> String {
        let value = |id: &ExprId| self.value_text(*id);
        match test {
            KeyTest::Any => "-".to_owned(),
            KeyTest::Otherwise => self.model.lang.pick("ellers", "otherwise").to_owned(),
            KeyTest::AnyOf(all) => all.iter().map(value).collect::<Vec<_>>().join("; "),
            KeyTest::NoneOf(all) => {
                let list = all.iter().map(value).collect::<Vec<_>>().join("; ");
                format!("{} {list}", self.model.lang.pick("ikke", "not"))
            }
            KeyTest::Range(Some(low), None) if low.included => format!("{}+", self.value_text(low.value)),
            KeyTest::Range(low, high) => {
                let end = |end: &Option<RangeEnd>| {
                    end.as_ref().map(|e| self.value_text(e.value)).unwrap_or_default()
                };
                format!("{} – {}", end(low), end(high))
            }
            KeyTest::Condition(_) => "…".to_owned(),
        }
    }

    fn value_text(&self, id: ExprId) -> String {
        match &self.model.nodes[id].kind {
            NodeKind::Figure { value, .. } => {
                let node = &self.model.nodes[id];
                print_number(&shown_value(self.model, id, value), self.model.lang, node.show.decimals, 28)
                    .text
            }
            NodeKind::Text(text) => format!("\"{text}\""),
            NodeKind::Bool(true) => self.model.lang.pick("ja", "yes").to_owned(),
            NodeKind::Bool(false) => self.model.lang.pick("nej", "no").to_owned(),
            _ => "…".to_owned(),
        }
    }
}

fn shown_value(model: &Model, id: ExprId, value: &Number) -> Number {
    value.div(&model.nodes[id].show.scale).unwrap_or_else(|| value.clone())
}
