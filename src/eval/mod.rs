//! The reference evaluator: simple, exact, and read as the specification. Three states stand beside a value, limits
//! are counted, and every step is kept for the explanation.

mod aggregate;
mod cases;
mod cell;
mod dates;
mod definition;
mod duty;
mod exception;
mod frames;
mod in_force;
mod index;
mod kind_problem;
mod laid;
mod layers;
mod limits;
mod logic;
mod machine;
mod node;
mod number;
mod outcome;
mod owner;
mod points;
mod problem;
mod problem_words;
mod rank;
mod requirement;
mod rest;
mod scale;
mod select;
mod share;
mod sum_over;
mod table;
mod trace;

pub use crate::value::Bounds;
pub use frames::FrameId;
pub use in_force::{Line, line_in_force};
pub use index::conversion_years;
pub use laid::{Laid, Place};
pub use limits::Limits;
pub use machine::Machine;
pub use outcome::{Lack, Missing, MissingWhat, Outcome, Reason, Unknown, Value};
pub use problem::RunProblem;
pub use problem_words::Live;
pub use requirement::{Judged, Judgement, Read, Refused, requirements};
pub use trace::{
    At, Considered, DefinitionDetail, Detail, EntityLine, FactOrigin, Inputs, RankLine, ShareLine, SliceLine,
    Step, StepId, Trace, What,
};
