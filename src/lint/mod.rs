//! What can be found wrong before anything runs: one analysis a file.

mod columns;
mod points;
mod problem;
mod scales;
mod splits;
mod tables;

use crate::diag::Problems;
use crate::plan::{Plan, Valid};

pub use problem::LintProblem;

/// Runs every analysis.
pub fn lint(plan: &Valid<Plan>, problems: &mut Problems) {
    tables::tables(&plan.model, problems);
    scales::scales(&plan.model, problems);
    splits::splits(&plan.model, problems);
}
