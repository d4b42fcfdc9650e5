//! What lies around a result: why something did not come into play, and what would change it. Everything that is said
//! here was computed: by the evaluator on the rules as they were checked, with other facts laid over them.

mod problem;
mod sought;
mod why_not;

pub use problem::ExploreProblem;
pub use why_not::{Refused, WhyNot, why_not};
