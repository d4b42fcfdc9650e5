//! Types of expressions: units, percentages and price levels are proved to fit before anything runs.

mod check;
mod ops;
mod per_entity;
mod problem;
mod show;

pub use check::check;
pub(crate) use check::type_words;
pub use ops::{Clash, arith, compare, join};
pub use problem::TypeProblem;
