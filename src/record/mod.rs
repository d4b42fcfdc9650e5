//! The record of a computation: what was asked, what it rests on, every step and the result, as canonical JSON that others
//! can redo from the record alone. The format is docs/record.md; this room writes it and holds it to what it says.

mod arith;
mod canon;
mod chain;
mod head;
mod made;
mod pool;
mod scribe;
mod table;
mod value;

pub use canon::{canonical, digest};
pub use chain::{ChainProblem, next_link};
pub use head::DataFile;
pub use made::{FORMAT, Link, Record};
