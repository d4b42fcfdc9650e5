//! The reference evaluator: simple, exact, and read as the specification. Three states stand beside a value, limits
//! are counted, and every step is kept for the explanation.

mod aggregate;
mod cases;
mod cell;
mod dates;
mod definition;
mod duty;
mod in_force;
mod index;
mod limits;
mod logic;
mod machine;
mod node;
mod number;
mod outcome;
mod points;
mod problem;
mod requirement;
mod rest;
mod scale;
mod share;
mod sum_over;
mod table;
mod trace;

pub use index::conversion_years;
pub use limits::Limits;
pub use machine::Machine;
pub use outcome::{Bounds, Missing, MissingWhat, Outcome, Reason, Unknown, Value};
pub use problem::RunProblem;
pub use requirement::{Judged, Judgement, Read, Refused, requirements};
pub use trace::{
    At, Considered, DefinitionDetail, Detail, EntityLine, FactOrigin, ShareLine, SliceLine, Step, StepId,
    Trace, What,
};
