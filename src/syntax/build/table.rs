//! Tables, scales, their cells and ranges.

use super::super::ast::{
    BinOp, Cell, CellKind, Expr, ExprKind, Headed, Literal, Policy, Range, RangeBound, Row, RowEdit, Scale,
    ScaleRow, Table,
};
use super::super::grammar::{Kind, Node};
use super::super::problem::SyntaxProblem;
use super::super::spoken_bound;
use super::Builder;
use super::parts::{Built, Lost, Parts};
use super::time::is_when;
use crate::value::Status;

/// What the column of a cell says about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Column {
    /// A value, list or range of the key.
    Key,
    /// The whole condition of a table without keys.
    Condition,
    /// A result.
    Result,
    /// Not known here: rows of a table that stands elsewhere.
    Open,
}

impl Builder<'_> {
    pub(super) fn table(&mut self, node: &Node) -> Built<Table> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_table)?;
        let (mut owners, mut results) = (Vec::new(), Vec::new());
        while parts.peek_kind() == Some(Kind::headed) {
            let Headed { owner, name } = self.take_headed(&mut parts)?;
            owners.extend(owner);
            results.push(name);
        }
        let when = self.eat_when(&mut parts)?;
        let keys = match parts.eat(Kind::keys) {
            Some(node) => {
                let mut parts = Parts::of(node);
                parts.take(Kind::kw_by)?;
                parts.rest().iter().map(|key| self.expr(key)).collect::<Built<_>>()?
            }
            None => Vec::new(),
        };
        let mut table =
            Table { owners, results, when, keys, policy: None, rows: Vec::new(), basis: Vec::new() };
        for line in parts.rest() {
            match line.kind {
                Kind::basis => table.basis.extend(self.basis(line)?),
                Kind::policy => {
                    self.once(line, table.policy.is_some());
                    table.policy = Some((policy(line)?, self.span(line)));
                }
                _ => {
                    let row = self.row(line, Some(table.keys.len()))?;
                    table.rows.push(row);
                }
            }
        }
        Ok(table)
    }

    pub(super) fn row_edit(&mut self, node: &Node) -> Built<RowEdit> {
        let mut parts = Parts::of(node);
        let table = self.take_path(&mut parts)?;
        let rows = parts.rest().iter().map(|row| self.row(row, None)).collect::<Built<_>>()?;
        Ok(RowEdit { table, rows })
    }

    pub(super) fn scale(&mut self, node: &Node) -> Built<Scale> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_scale)?;
        let Headed { owner, name } = self.take_headed(&mut parts)?;
        let when = self.eat_when(&mut parts)?;
        parts.take(Kind::kw_by)?;
        let by = self.take_path(&mut parts)?;
        let (mut rows, mut basis) = (Vec::new(), Vec::new());
        for line in parts.rest() {
            match line.kind {
                Kind::basis => basis.extend(self.basis(line)?),
                _ => rows.push(self.scale_row(line)?),
            }
        }
        Ok(Scale { owner, name, when, by, rows, basis })
    }
    fn scale_row(&mut self, node: &Node) -> Built<ScaleRow> {
        let mut parts = Parts::of(node);
        let up_to = match parts.next()?.kind {
            Kind::kw_above_that => None,
            _ => Some(self.next_expr(&mut parts)?),
        };
        let rate = self.next_expr(&mut parts)?;
        let basis = self.trailing_basis(&mut parts)?;
        parts.done()?;
        Ok(ScaleRow { up_to, rate, basis, span: self.span(node) })
    }

    /// A row of a table with so many keys; `None` when the table stands elsewhere.
    fn row(&mut self, node: &Node, keys: Option<usize>) -> Built<Row> {
        let mut parts = Parts::of(node);
        let nodes = parts.all(Kind::cell);
        let basis = self.trailing_basis(&mut parts)?;
        parts.done()?;
        let mut cells = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            let mut cell = self.cell(node)?;
            let otherwise = matches!(cells.first(), Some(Cell { kind: CellKind::Otherwise, .. }));
            let column = match keys {
                None if index + 1 == nodes.len() => Column::Result,
                None => Column::Open,
                Some(_) if otherwise => Column::Result,
                Some(0) if index == 0 => Column::Condition,
                Some(keys) if index < keys => Column::Key,
                Some(_) => Column::Result,
            };
            self.settle(&mut cell, column, node);
            cells.push(cell);
        }
        Ok(Row { cells, basis, span: self.span(node) })
    }

    /// One index in brackets.
    pub(super) fn index_cell(&mut self, node: &Node) -> Built<Cell> {
        let mut cell = self.cell(node)?;
        self.settle(&mut cell, Column::Key, node);
        Ok(cell)
    }

    fn cell(&mut self, node: &Node) -> Built<Cell> {
        let inner = Parts::of(node).next()?;
        let kind = match inner.kind {
            Kind::cell_repealed => CellKind::Repealed,
            Kind::cell_any => CellKind::Any,
            Kind::cell_otherwise => CellKind::Otherwise,
            Kind::cell_not | Kind::index_not => {
                let mut parts = Parts::of(inner);
                parts.take(Kind::kw_not)?;
                CellKind::NoneOf(parts.rest().iter().map(|value| self.expr(value)).collect::<Built<_>>()?)
            }
            Kind::open_range | Kind::cell_bounds => CellKind::Range(self.range(inner)?),
            Kind::index_step => {
                let (from, to) = self.step(inner)?;
                CellKind::Step(from, to)
            }
            Kind::index_slice => CellKind::Slice(self.slice(inner)?),
            Kind::cell_value | Kind::index_value => self.long_cell(inner)?,
            kind if is_when(kind) => CellKind::When(self.when(inner)?),
            _ => {
                self.refuse_spoken_bound(inner);
                CellKind::Expr(self.expr(inner)?)
            }
        };
        Ok(Cell { kind, span: self.span(node) })
    }
    /// `50.000 kr. og derover`: what follows a figure is no condition.
    fn refuse_spoken_bound(&mut self, node: &Node) {
        let figure = node.children.first().is_some_and(|first| first.kind == Kind::literal);
        let joined = matches!(node.kind, Kind::and_chain | Kind::or_chain);
        let Some(word) = spoken_bound::ends_in(self.words(node), self.lang) else { return };
        if let (true, true, [first, _, _]) = (figure, joined, node.children.as_slice()) {
            let bound = self.words(node).get(..first.end - node.start).unwrap_or("").to_owned();
            self.problems.push(SyntaxProblem::SpokenBound { at: self.span(node), word, bound });
        }
    }
    /// `til 50.000 kr.`, or `derover`.
    fn slice(&mut self, node: &Node) -> Built<Option<Expr>> {
        let mut parts = Parts::of(node);
        match parts.next()?.kind {
            Kind::kw_above_that => Ok(None),
            _ => Ok(Some(self.next_expr(&mut parts)?)),
        }
    }
    /// An expression with what makes it a range or a list.
    fn long_cell(&mut self, node: &Node) -> Built<CellKind> {
        let mut parts = Parts::of(node);
        let first = parts.next()?;
        let tail = parts.next()?;
        if tail.kind == Kind::range_tail {
            return Ok(CellKind::Range(self.range(node)?));
        }
        let mut values = vec![self.expr(first)?];
        for value in Parts::of(tail).rest() {
            values.push(self.expr(value)?);
        }
        Ok(CellKind::AnyOf(values))
    }

    /// An interval: of key values, or the domain of a type.
    pub(super) fn range(&mut self, node: &Node) -> Built<Range> {
        let mut parts = Parts::of(node);
        match node.kind {
            Kind::open_range => {
                let low = self.open_low(node)?;
                Ok(Range { low: Some(RangeBound { value: low, included: true }), high: None })
            }
            Kind::cell_bounds => self.bounds_of(node),
            Kind::between => {
                parts.take(Kind::kw_between)?;
                let low = self.next_expr(&mut parts)?;
                parts.take(Kind::kw_and)?;
                let high = self.next_expr(&mut parts)?;
                Ok(closed(low, high, true))
            }
            _ => {
                let low = self.next_expr(&mut parts)?;
                if parts.peek().is_none() {
                    return Ok(self.range_with_hyphen(low));
                }
                let mut tail = Parts::of(parts.take(Kind::range_tail)?);
                tail.take(Kind::dash)?;
                let included = tail.eat(Kind::kw_under).is_none();
                Ok(closed(low, self.next_expr(&mut tail)?, included))
            }
        }
    }
    /// `0 - 4`, where the hyphen was read as a minus.
    fn range_with_hyphen(&mut self, expr: Expr) -> Range {
        let at = expr.span;
        match key_of(expr) {
            CellKind::Range(range) => range,
            _ => {
                self.problems.push(SyntaxProblem::NotARange { at });
                Range { low: None, high: None }
            }
        }
    }
    /// `3+`, `80+ indbyggere`.
    fn open_low(&mut self, node: &Node) -> Built<Expr> {
        let mut parts = Parts::of(node);
        let number = self.number(parts.take(Kind::number)?);
        parts.take(Kind::plus)?;
        let unit = match parts.eat(Kind::unit_expr) {
            Some(unit) => Some(self.unit_expr(unit)?),
            None => None,
        };
        let span = number.span;
        let literal = Literal { number, unit, level: None, status: Status::Final, span };
        Ok(Expr { kind: Box::new(ExprKind::Literal(literal)), span })
    }
    fn bounds_of(&mut self, node: &Node) -> Built<Range> {
        let mut range = Range { low: None, high: None };
        for part in &node.children {
            match part.kind {
                Kind::between => range = self.range(part)?,
                Kind::bound => self.bound(part, &mut range)?,
                Kind::kw_and => {}
                _ => return Err(Lost { at: part.start }),
            }
        }
        Ok(range)
    }
    fn bound(&mut self, node: &Node, range: &mut Range) -> Built<()> {
        let mut parts = Parts::of(node);
        let side_word = parts.next()?.kind;
        let value = self.next_expr(&mut parts)?;
        let (side, included) = match side_word {
            Kind::kw_at_least | Kind::kw_no_earlier => (&mut range.low, true),
            Kind::kw_over => (&mut range.low, false),
            Kind::kw_at_most | Kind::kw_no_later => (&mut range.high, true),
            Kind::kw_under | Kind::kw_before => (&mut range.high, false),
            _ => return Err(Lost { at: node.start }),
        };
        let twice = side.replace(RangeBound { value, included }).is_some();
        self.once(node, twice);
        Ok(())
    }

    /// Fits a cell to its column: a hyphen between two values makes a range of a key and a difference of a result;
    /// `ikke x` excludes a key and negates a condition.
    fn settle(&mut self, cell: &mut Cell, column: Column, node: &Node) {
        let kind = std::mem::replace(&mut cell.kind, CellKind::Any);
        cell.kind = match (column, kind) {
            (Column::Key | Column::Open, CellKind::Expr(expr)) => key_of(expr),
            (Column::Condition | Column::Result, CellKind::NoneOf(values)) => {
                self.negated(values, cell, node)
            }
            (Column::Open, CellKind::NoneOf(values)) if !values.iter().all(is_plain) => {
                self.negated(values, cell, node)
            }
            (Column::Condition, kind @ (CellKind::Range(_) | CellKind::AnyOf(_) | CellKind::When(_))) => {
                self.problems.push(SyntaxProblem::KeyWithoutKeys { at: cell.span });
                kind
            }
            (
                Column::Result,
                kind @ (CellKind::Range(_) | CellKind::AnyOf(_) | CellKind::When(_) | CellKind::Any),
            ) => {
                self.problems.push(SyntaxProblem::KeyInResult { at: cell.span });
                kind
            }
            (_, kind) => kind,
        };
    }
    fn negated(&mut self, mut values: Vec<Expr>, cell: &Cell, node: &Node) -> CellKind {
        let span = cell.span;
        match (values.pop(), values.is_empty()) {
            (Some(value), true) => CellKind::Expr(Expr { kind: Box::new(ExprKind::Not(value)), span }),
            (last, _) => {
                self.problems.push(SyntaxProblem::KeyInResult { at: self.span(node) });
                values.extend(last);
                CellKind::NoneOf(values)
            }
        }
    }
}

fn closed(low: Expr, high: Expr, included: bool) -> Range {
    Range {
        low: Some(RangeBound { value: low, included: true }),
        high: Some(RangeBound { value: high, included }),
    }
}

/// In a key column nothing is computed: `2 - 4` is a range, and `ikke "a"` excludes a value.
fn key_of(expr: Expr) -> CellKind {
    let span = expr.span;
    match *expr.kind {
        ExprKind::Not(value) if is_plain(&value) => CellKind::NoneOf(vec![value]),
        ExprKind::Binary { op: BinOp::Sub, left, right, .. } if is_plain(&left) && is_plain(&right) => {
            CellKind::Range(closed(left, right, true))
        }
        kind => CellKind::Expr(Expr { kind: Box::new(kind), span }),
    }
}

/// Tells whether an expression is a value as written.
fn is_plain(expr: &Expr) -> bool {
    matches!(
        *expr.kind,
        ExprKind::Literal(_)
            | ExprKind::Fraction(..)
            | ExprKind::Text(_)
            | ExprKind::Bool(_)
            | ExprKind::Date(_)
            | ExprKind::Nothing
    )
}

fn policy(node: &Node) -> Built<Policy> {
    match Parts::of(node).next()?.kind {
        Kind::kw_first_row => Ok(Policy::First),
        Kind::kw_rows_agree => Ok(Policy::Agree),
        Kind::kw_rows_add => Ok(Policy::Add),
        Kind::kw_largest_applies => Ok(Policy::Largest),
        Kind::kw_smallest_applies => Ok(Policy::Smallest),
        Kind::kw_linear => Ok(Policy::Linear),
        _ => Err(Lost { at: node.start }),
    }
}
