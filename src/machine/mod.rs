//! The fast machine: what is asked for each row of a kind, as instructions on whole numbers with decimals worked out
//! beforehand. The reference evaluator stays the specification: whatever has no registers, and each row that the code gives
//! up, is computed by it, so that both say the same.

mod code;
mod columns;
mod compiled;
mod known;
mod lower;
mod lower_exception;
mod lower_expr;
mod lower_table;
mod number;
mod one;
mod ranges;
mod rows;

pub use code::{Code, InputId, Op, Reg};
pub use columns::{Columns, ROWS_AT_ONCE};
pub use compiled::{Asked, Compiled, Made, Target, compile};
pub use known::{Known, LeftOut, Num, Sure, Val, Why};
pub use lower::{Form, Input};
pub use one::{One, Word};
pub use ranges::{Range, Ranges, Width};
