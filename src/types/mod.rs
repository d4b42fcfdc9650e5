//! Types of expressions: units, percentages and price levels are proved to fit before anything runs.

mod aggregate;
mod arithmetic;
mod branch_units;
mod check;
mod clash;
mod comparison;
mod dates;
mod index_figures;
mod keys;
mod laid;
mod layered;
mod level;
mod level_problem;
mod none;
mod ops;
mod origin;
mod per_entity;
mod percent;
mod percent_problem;
mod problem;
mod rounding;
mod rows;
mod scale;
mod show;
mod step_unit;
mod year_limits;

pub use check::check;
pub use laid::{Settled, check_laid};
pub use level_problem::{missing_words, years_missing};
pub use ops::{Clash, arith, compare, join};
pub use per_entity::{Reading, depends_on_outside, expressions, needs as entity_read, readings};
pub use problem::TypeProblem;
pub use problem::{describe, level_words, levels_words, price_words};
