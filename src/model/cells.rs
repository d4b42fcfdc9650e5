//! Cells of tables named by their row, in what-ifs and readings.

use super::lower::Lowerer;
use super::scope::{Scope, Symbol};
use super::{Alternative, Arith, Body, DefId, ExprId, KeyTest, Model, NodeKind, RangeEnd, TableId};
use crate::base::Span;
use crate::diag::meant;
use crate::syntax::ast::{self, Cell, CellKind, Expr, ExprKind};
use crate::value::{Interval, Number, print_number};

impl Lowerer<'_> {
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

    /// The only row that a cell in brackets lies in (`3` in `3+`), or that says nearly the same text; and where the cell
    /// stands.
    pub(super) fn row_meant(&self, def: DefId, cells: &[Cell]) -> Option<(Span, String)> {
        let [Cell { kind: CellKind::Expr(expr), span }] = cells else { return None };
        let tables = self.tables_of(def);
        let rows = tables.iter().flat_map(|(table, _)| &self.model.tables[*table].rows);
        let tests: Vec<&KeyTest> =
            rows.filter_map(|row| row.tests.first().filter(|_| row.tests.len() == 1)).collect();
        let meant = match expr.kind.as_ref() {
            ExprKind::Literal(literal) => {
                let holds = |test: &&&KeyTest| self.holds(test, &literal.number.value);
                let mut found: Vec<String> =
                    tests.iter().filter(holds).map(|test| self.test_text(test)).collect();
                found.dedup();
                <[String; 1]>::try_from(found).ok().map(|[only]| only)
            }
            ExprKind::Text(written) => {
                let texts = tests.iter().filter_map(|test| match test {
                    KeyTest::AnyOf(all) => match &self.model.nodes[*all.first()?].kind {
                        NodeKind::Text(text) => Some(text.as_str()).filter(|_| all.len() == 1),
                        _ => None,
                    },
                    _ => None,
                });
                meant(&written.text, texts).map(|text| format!("\"{text}\""))
            }
            _ => None,
        };
        meant.map(|row| (*span, row))
    }

    /// Tells whether a number lies in a row that is written with what it ends in.
    fn holds(&self, test: &KeyTest, number: &Number) -> bool {
        let end = |end: &RangeEnd| match &self.model.nodes[end.value].kind {
            NodeKind::Figure { value, .. } if end.included => Some(shown_value(self.model, end.value, value)),
            _ => None,
        };
        match test {
            KeyTest::Range(Some(low), None) => end(low).is_some_and(|low| low <= *number),
            KeyTest::Range(Some(low), Some(high)) => {
                let bounds = end(low).zip(end(high));
                bounds.is_some_and(|(low, high)| low <= *number && *number <= high)
            }
            KeyTest::Any | KeyTest::Otherwise | KeyTest::AnyOf(_) | KeyTest::NoneOf(_) => false,
            KeyTest::Range(None, _) | KeyTest::Condition(_) => false,
            KeyTest::Slice(_) | KeyTest::Time(_) | KeyTest::From(_) => false,
        }
    }

    /// Lists the tables that a definition is looked up in, with its column in each.
    pub(super) fn tables_of(&self, def: DefId) -> Vec<(TableId, usize)> {
        let def = &self.model.defs[def];
        def.lines().filter_map(|alternative| self.looked_up(alternative)).collect()
    }

    /// Returns the table and the column that an alternative looks up.
    pub(super) fn looked_up(&self, alternative: &Alternative) -> Option<(TableId, usize)> {
        match alternative.body {
            Body::Expr(expr) => self.model.table_behind(expr),
            Body::Lifted => None,
        }
    }

    /// Finds the rows of a definition's tables that are written like `cells`.
    pub(super) fn rows_written(&self, def: DefId, cells: &[Cell]) -> Vec<(TableId, usize)> {
        let scope = super::build::clause_scope(self.model.defs[def].clause, self.model.lang, self.model);
        let mut found = Vec::new();
        for (table, _) in self.tables_of(def) {
            let rows = 0..self.model.tables[table].rows.len();
            found.extend(rows.filter(|row| self.row_is(table, *row, cells, &scope)).map(|row| (table, row)));
        }
        found.dedup();
        found
    }

    /// Tells whether a row is written like `cells`. A list of values takes as many cells as it has values, as in
    /// brackets a semicolon separates all of them.
    pub(super) fn row_is(&self, table: TableId, index: usize, cells: &[Cell], scope: &Scope) -> bool {
        let mut left = cells;
        for test in &self.model.tables[table].rows[index].tests {
            let (own, rest) = left.split_at(cells_of(test).min(left.len()));
            if !self.same_key(test, own, scope) {
                return false;
            }
            left = rest;
        }
        left.is_empty()
    }

    fn same_key(&self, test: &KeyTest, cells: &[Cell], scope: &Scope) -> bool {
        let same = |id: &ExprId, expr: &Expr| self.same_value(*id, expr, scope);
        let first = cells.first().map(|cell| &cell.kind);
        match (test, first) {
            (KeyTest::Any, Some(CellKind::Any)) | (KeyTest::Otherwise, Some(CellKind::Otherwise)) => true,
            (KeyTest::Time(days), Some(CellKind::When(when))) => {
                *days == super::time::bounds(when, &mut crate::diag::Problems::new()).interval
            }
            (KeyTest::From(from), Some(CellKind::When(when))) => {
                super::time::bounds(when, &mut crate::diag::Problems::new()).interval
                    == Interval::starting(*from)
            }
            (KeyTest::Time(days), Some(CellKind::Range(range))) => range_days(range) == Some(*days),
            (KeyTest::Slice(None), Some(CellKind::Slice(None))) => true,
            (KeyTest::Slice(Some(bound)), Some(CellKind::Slice(Some(expr)))) => same(bound, expr),
            (KeyTest::AnyOf(all), Some(CellKind::Expr(_))) => {
                all.len() == cells.len()
                    && all.iter().zip(cells).all(|(id, cell)| match &cell.kind {
                        CellKind::Expr(expr) => same(id, expr),
                        _ => false,
                    })
            }
            (KeyTest::NoneOf(all), Some(CellKind::NoneOf(_))) => {
                all.len() == cells.len()
                    && all.iter().zip(cells).enumerate().all(|(at, (id, cell))| match &cell.kind {
                        CellKind::NoneOf(values) => values.len() == 1 && same(id, &values[0]),
                        // `ikke "a"; "b"`: the word stands once.
                        CellKind::Expr(expr) => at > 0 && same(id, expr),
                        _ => false,
                    })
            }
            (KeyTest::Range(low, high), Some(CellKind::Range(range))) => {
                self.same_end(low.as_ref(), range.low.as_ref(), scope)
                    && self.same_end(high.as_ref(), range.high.as_ref(), scope)
            }
            _ => false,
        }
    }

    fn same_end(&self, end: Option<&RangeEnd>, bound: Option<&ast::RangeBound>, scope: &Scope) -> bool {
        match (end, bound) {
            (None, None) => true,
            (Some(end), Some(bound)) => {
                end.included == bound.included && self.same_value(end.value, &bound.value, scope)
            }
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// Tells whether an expression is written like a cell: the same figures, names and signs.
    fn same_value(&self, id: ExprId, expr: &Expr, scope: &Scope) -> bool {
        match (&self.model.nodes[id].kind, expr.kind.as_ref()) {
            (_, ExprKind::Paren(inner)) => self.same_value(id, inner, scope),
            (NodeKind::Figure { value, .. }, ExprKind::Literal(literal)) => {
                let plain = shown_value(self.model, id, value);
                plain == literal.number.value || *value == literal.number.value
            }
            (NodeKind::Figure { value, .. }, ExprKind::Fraction(over, under)) => {
                over.value.div(&under.value).as_ref() == Some(value)
            }
            (NodeKind::Text(text), ExprKind::Text(written)) => *text == written.text,
            (NodeKind::Bool(value), ExprKind::Bool(written)) => value == written,
            (NodeKind::Date(date), ExprKind::Date(time)) => {
                super::time::day(time, self.model.lang, &mut crate::diag::Problems::new()) == Some(*date)
            }
            (NodeKind::Nothing, ExprKind::Nothing) | (NodeKind::Year, ExprKind::Year) => true,
            (NodeKind::Negate(inner), ExprKind::Negate(written)) => self.same_value(*inner, written, scope),
            (NodeKind::Arith(op, a, b), ExprKind::Binary { op: written, left, right, .. }) => {
                arith_of(*written) == Some(*op)
                    && self.same_value(*a, left, scope)
                    && self.same_value(*b, right, scope)
            }
            (kind, ExprKind::Path(path)) => match (kind, self.symbol(path, scope)) {
                (NodeKind::Def(def), Ok(Symbol::Def(named))) => *def == named,
                (NodeKind::Fact(fact), Ok(Symbol::Fact(named))) => *fact == named,
                (_, _) => false,
            },
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
            KeyTest::Time(days) => days.print(self.model.lang),
            KeyTest::From(from) => Interval::starting(*from).print(self.model.lang),
            KeyTest::Slice(None) => self.model.lang.pick("derover", "above that").to_owned(),
            KeyTest::Slice(Some(up_to)) => {
                format!("{} {}", self.model.lang.pick("til", "to"), self.value_text(*up_to))
            }
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
            NodeKind::Date(date) => date.print(self.model.lang),
            NodeKind::Nothing => self.model.lang.pick("ingen", "none").to_owned(),
            NodeKind::Def(def) => self.model.defs[*def].name.clone(),
            NodeKind::Fact(fact) => self.model.facts[*fact].name.clone(),
            NodeKind::Negate(inner) => format!("−{}", self.value_text(*inner)),
            NodeKind::Arith(op, a, b) => {
                let sign = match op {
                    Arith::Add => "+",
                    Arith::Sub => "−",
                    Arith::Mul => "×",
                    Arith::Div => "/",
                    Arith::Of => self.model.lang.pick("af", "of"),
                };
                format!("{} {sign} {}", self.value_text(*a), self.value_text(*b))
            }
            _ => "…".to_owned(),
        }
    }
}

/// The days of a range between written dates.
fn range_days(range: &ast::Range) -> Option<crate::value::Interval> {
    let day = |bound: &Option<ast::RangeBound>| match bound.as_ref()?.value.kind.as_ref() {
        ExprKind::Date(time) => {
            super::time::day(time, crate::base::Lang::Da, &mut crate::diag::Problems::new())
        }
        _ => None,
    };
    let until = day(&range.high).and_then(|last| last.add_days(1));
    Some(crate::value::Interval { from: Some(day(&range.low)?), until: Some(until?) })
}

/// How many cells in brackets a test takes.
fn cells_of(test: &KeyTest) -> usize {
    match test {
        KeyTest::AnyOf(all) | KeyTest::NoneOf(all) => all.len(),
        KeyTest::Any | KeyTest::Otherwise | KeyTest::Range(..) | KeyTest::Condition(_) => 1,
        KeyTest::Slice(_) | KeyTest::Time(_) | KeyTest::From(_) => 1,
    }
}

fn arith_of(op: ast::BinOp) -> Option<Arith> {
    match op {
        ast::BinOp::Add => Some(Arith::Add),
        ast::BinOp::Sub => Some(Arith::Sub),
        ast::BinOp::Mul => Some(Arith::Mul),
        ast::BinOp::Div => Some(Arith::Div),
        ast::BinOp::Of => Some(Arith::Of),
        ast::BinOp::Eq | ast::BinOp::Ne | ast::BinOp::Lt | ast::BinOp::Le | ast::BinOp::Gt => None,
        ast::BinOp::Ge | ast::BinOp::Approx | ast::BinOp::And | ast::BinOp::Or => None,
    }
}

fn shown_value(model: &Model, id: ExprId, value: &Number) -> Number {
    value.div(&model.nodes[id].show.scale).unwrap_or_else(|| value.clone())
}

impl Model {
    /// Returns the table and column that an expression reads a row of.
    pub fn cell_behind(&self, expr: ExprId, row: usize) -> Option<(TableId, usize)> {
        match &self.nodes[expr].kind {
            NodeKind::Cell(read) => {
                let option = read.options.iter().find(|option| option.row == row)?;
                Some((option.table, option.column))
            }
            _ => self.table_behind(expr),
        }
    }
    /// Returns the table that an expression reads, with the column, where it is nothing but that.
    pub fn table_behind(&self, expr: ExprId) -> Option<(TableId, usize)> {
        match &self.nodes[expr].kind {
            NodeKind::Lookup { table, column, .. } => Some((*table, *column)),
            NodeKind::Scale { table, .. } => Some((*table, 0)),
            NodeKind::EachRound(inner, _) => self.table_behind(*inner),
            _ => None,
        }
    }
}
