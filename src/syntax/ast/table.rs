//! Tables and scales: rows, cells and what a table says of several rows that fit.

use super::expression::Expr;
use super::item::Name;
use super::line::{Citation, Path, When};
use crate::base::Span;

/// A lookup table.
#[derive(Clone, Debug)]
pub struct Table {
    /// The clauses in front of the results, where the table stands outside its clause.
    pub owners: Vec<Path>,
    /// The results looked up; at least one.
    pub results: Vec<Name>,
    /// When the table holds.
    pub when: Option<When>,
    /// `efter key; key`: names, `dag`, `år` or `kommunens region`; empty for a table of conditions.
    pub keys: Vec<Expr>,
    /// `første række gælder` and the like.
    pub policy: Option<(Policy, Span)>,
    /// The rows.
    pub rows: Vec<Row>,
    /// `hjemmel …` lines of the table's own.
    pub basis: Vec<Citation>,
}

/// What holds when several rows match.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Policy {
    /// `første række gælder`.
    First,
    /// `rækkerne skal være enige`.
    Agree,
    /// `rækkerne lægges sammen`.
    Add,
    /// `den største gælder`.
    Largest,
    /// `den mindste gælder`.
    Smallest,
    /// `lineært mellem punkterne`.
    Linear,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// The cells: keys first, then results, told apart by their column. An `ellers` row has one key cell,
    /// [`CellKind::Otherwise`], for all keys.
    pub cells: Vec<Cell>,
    /// A basis of its own.
    pub basis: Vec<Citation>,
    /// The whole row.
    pub span: Span,
}

/// A cell of a row, or one index in brackets.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What it holds.
    pub kind: CellKind,
    /// Where it stands.
    pub span: Span,
}

/// What a cell can hold.
#[derive(Clone, Debug)]
pub enum CellKind {
    /// An expression: a key value, a whole condition or a result.
    Expr(Expr),
    /// `"a"; "b"`: any of them.
    AnyOf(Vec<Expr>),
    /// `ikke "a"`: none of them.
    NoneOf(Vec<Expr>),
    /// `3+`, `80.000 – 300.000 indbyggere`, `under …`, `over … og højst …`.
    Range(Range),
    /// `fra 1. april 2019`, `i 2025` in a table by day.
    When(When),
    /// `2024 til 2025`: a step of an index.
    Step(i16, i16),
    /// `til 50.000 kr.`, and `derover` (`None`): a slice of a scale, in brackets alone.
    Slice(Option<Expr>),
    /// `-`.
    Any,
    /// `ellers`.
    Otherwise,
    /// `udgår`.
    Repealed,
}

/// An interval of key values.
#[derive(Clone, Debug)]
pub struct Range {
    /// The lower bound.
    pub low: Option<RangeBound>,
    /// The upper bound.
    pub high: Option<RangeBound>,
}

/// One end of an interval.
#[derive(Clone, Debug)]
pub struct RangeBound {
    /// The value. In `80.000 – 300.000 indbyggere` the lower literal has no unit of its own; the key's is meant.
    pub value: Expr,
    /// Whether the bound belongs to the interval.
    pub included: bool,
}

/// A row edit in an amendment or reading.
#[derive(Clone, Debug)]
pub struct RowEdit {
    /// The table.
    pub table: Path,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A scale of marginal rates.
#[derive(Clone, Debug)]
pub struct Scale {
    /// The clause in front of its name, where it stands outside it.
    pub owner: Option<Path>,
    /// Its name.
    pub name: Name,
    /// When it holds.
    pub when: Option<When>,
    /// What it is charged on.
    pub by: Path,
    /// The slices.
    pub rows: Vec<ScaleRow>,
    /// `hjemmel …` lines of the scale's own.
    pub basis: Vec<Citation>,
}

/// A slice of a scale.
#[derive(Clone, Debug)]
pub struct ScaleRow {
    /// `til …`; `None` is `derover`.
    pub up_to: Option<Expr>,
    /// The rate.
    pub rate: Expr,
    /// A basis of its own.
    pub basis: Vec<Citation>,
    /// The whole row.
    pub span: Span,
}
