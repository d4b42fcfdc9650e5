//! What can be found wrong before anything runs: one analysis a file.

mod columns;
mod condition_tables;
mod conditions;
mod never_live;
mod otherwise;
mod points;
mod problem;
mod scales;
mod splits;
mod tables;
mod usage;
mod usage_problem;

use crate::diag::Problems;
use crate::model::Model;
use crate::plan::{Plan, Valid};

pub use problem::LintProblem;
pub use usage_problem::UsageProblem;

/// Runs every analysis. What nobody uses is looked for only where nothing is wrong: a line with an error may be the one
/// that would use it.
pub fn lint(plan: &Valid<Plan>, problems: &mut Problems) {
    let sound = !problems.has_errors();
    tables::tables(&plan.model, problems);
    scales::scales(&plan.model, problems);
    splits::splits(&plan.model, problems);
    // Another reading may use what this one does not, or give it a time or a value.
    if sound && !chosen_among(&plan.model) {
        usage::usage(&plan.model, problems);
        never_live::never_live(&plan.model, problems);
        otherwise::otherwise(&plan.model, problems);
    }
}

/// Tells whether the text can be read in several ways, or an amendment is left out of this one.
fn chosen_among(model: &Model) -> bool {
    let several = model.assumptions.iter().any(|one| one.readings.iter().any(|reading| reading.states));
    several || model.amendments.iter().any(|amendment| !amendment.on)
}
