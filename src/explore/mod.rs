//! What lies around a result: why something did not come into play, and what would change it. Everything that is said
//! here was computed: by the evaluator on the rules as they were checked, with other facts laid over them.

mod across;
mod ask;
mod change;
mod decision;
mod ends;
mod flip;
mod form;
mod frontier;
mod knob;
mod lines;
mod pairs;
mod pieces;
mod problem;
mod runs;
mod sections;
mod solve;
mod sought;
mod spelled;
mod sweep;
mod varied;
mod walk;
mod why_not;
mod words;

pub use across::across;
pub use ask::what_would_change;
pub use frontier::{Frontier, FrontierRow, Solutions, frontier, solutions};
pub use problem::{ExploreProblem, StepFault};
pub use solve::{Bound, Nearest, Solution, Solved, solve};
pub use sought::{is_reading, target_of};
pub use spelled::{Spelled, cut, cut_first, spelled};
pub use sweep::{Break, End, Moves, Range, Segment, Sweep, Told, sweep};
pub use why_not::{Refused, WhyNot, why_not};
