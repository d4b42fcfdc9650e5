//! The resolved tree: names are ids, times are intervals, expressions lie in one arena with children before parents.
//!
//! The model knows nothing of types of expressions, of data or of results.

mod aggregate;
mod agreement_problem;
mod amendments;
mod build;
mod carried_readings;
mod carry;
mod cell_read;
mod cells;
mod confusable;
mod dates;
mod day_rows;
mod declare;
mod domain;
mod duty;
mod entity;
mod excepted;
mod former;
mod ground;
mod import_ring;
mod index;
mod index_problem;
mod items;
mod key_domain;
mod kind_problem;
mod laid;
mod layer;
mod layer_problem;
mod line_problem;
mod lines;
mod lower;
mod named_types;
mod namespace;
mod node;
pub mod none;
mod overlay;
mod owner;
mod paths;
mod precision;
mod problem;
mod readings;
mod requirement;
mod rounding;
mod row_edits;
mod rows;
mod scale;
mod scenarios;
mod scope;
mod select;
mod set_problem;
mod shared;
mod source_problem;
mod split;
mod statements;
mod table_problem;
mod time;
mod touches;
mod tree;
mod ty;
mod units;
mod word_problem;

pub use agreement_problem::AgreementProblem;
pub use build::{Input, build};
pub use day_rows::RowTimes;
pub use domain::DomainProblem;
pub use duty::{DutyStatus, DutyTerms};
pub use entity::Life;
pub use ground::{Ground, Over};
pub use index::{Index, IndexId, IndexKind, IndexLine, IndexPath};
pub use items::{FigureSlip, read_figure};
pub use key_domain::KeyDomain;
pub use kind_problem::KindProblem;
pub use layer::{Below, Layer, LayerId, Layers, Origin, OverTarget, Override};
pub use layer_problem::LayerProblem;
pub use line_problem::{LineProblem, TimedLine};
pub use namespace::Imports;
pub use node::{
    Aggregate, Arith, AtTime, CellOption, CellRead, Compare, Distribution, EachRounding, ExprId, KeyTest,
    Node, NodeKind, RangeEnd, Replaced, Row, ShareRule, SpanUnit, Split, Table, TableId,
};
pub use owner::genitive;
pub use problem::NameProblem;
pub use rows::{RowChange, RowEdit, Standing};
pub use select::{Selection, Within};
pub use tree::{
    Agreement, Alternative, Amendment, AmendmentId, Assumption, Body, BoundEdge, Check, CheckId, Clause,
    ClauseId, Def, DefId, DefKind, Exception, ExceptionId, Expectation, Fact, FactId, FactOwner, GivenBound,
    Kind, KindId, Model, Precedence, Reading, Requirement, Test, TestId, Touch,
};
pub use ty::{Declared, Domain, Show, Ty, TypeRing};
pub use units::UnitProblem;
pub use word_problem::is_said_otherwise;
