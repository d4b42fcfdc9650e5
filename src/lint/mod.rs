//! What can be found wrong before anything runs: one analysis a file.

mod always;
mod branches;
mod claims;
mod columns;
mod commencement;
mod condition_tables;
mod conditions;
mod conflicts;
mod forms;
mod grain;
mod levels;
mod limits;
mod money_problem;
mod never_live;
mod norm_problem;
mod open;
mod otherwise;
mod points;
mod problem;
mod proof;
mod ranges;
mod reach_time;
mod reached;
mod restating;
mod roundings;
mod scales;
mod settle;
mod splits;
mod sweep;
mod tables;
mod time_problem;
mod totals;
mod unreached;
mod unrounded;
mod usage;
mod usage_problem;
mod whole_kind;
mod witness;
mod worth;
mod zero;

use crate::diag::Problems;
use crate::model::Model;
use crate::plan::{Plan, Valid};

pub use money_problem::MoneyProblem;
pub use never_live::idle_where_carried;
pub use norm_problem::NormProblem;
pub use open::{Opened, Questions, What};
pub use problem::{Doubt, LintProblem};
pub use proof::{Proofs, Proved, Question, Reason, Undecided};
pub use settle::Why;
pub use time_problem::TimeProblem;
pub use usage_problem::UsageProblem;

/// How much is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Depth {
    /// Nothing: only the model is wanted.
    Nothing,
    /// What must stop a run.
    Errors,
    /// Everything.
    All,
}

/// Runs the analyses. What nobody uses is looked for only where nothing is wrong: a line with an error may be the one
/// that would use it.
pub fn lint(plan: &Valid<Plan>, depth: Depth, problems: &mut Problems) -> Proofs {
    if depth == Depth::Nothing {
        return Proofs::default();
    }
    let sound = !problems.has_errors();
    let mut proofs = tables::tables(&plan.model, depth == Depth::All, problems);
    let scales = scales::scales(&plan.model, problems);
    if depth == Depth::All {
        proofs.undecided.extend(scales);
    }
    splits::splits(&plan.model, problems);
    // Another reading may use what this one does not, or give it a time or a value.
    if depth == Depth::All && sound && !chosen_among(&plan.model) {
        proofs.undecided.extend(unused(plan, problems));
    }
    proofs.whole = depth == Depth::All && sound;
    proofs
}

/// Looks at the tables of one way of reading the text.
pub fn tables_of(plan: &Valid<Plan>, problems: &mut Problems) -> Proofs {
    let mut proofs = tables::tables(&plan.model, true, problems);
    proofs.undecided.extend(scales::scales(&plan.model, problems));
    proofs
}

/// Looks for what nobody uses and for what can never come about, in the readings and amendments that the plan has, and
/// returns the questions that were neither proved nor disproved.
pub fn unused(plan: &Valid<Plan>, problems: &mut Problems) -> Vec<Undecided> {
    usage::usage(&plan.model, problems);
    otherwise::otherwise(&plan.model, problems);
    let mut open = Questions::default();
    zero::zero(&plan.model, &mut open, problems);
    unrounded::unrounded(&plan.model, problems);
    roundings::roundings(&plan.model, problems);
    totals::totals(&plan.model, problems);
    levels::levels(&plan.model, problems);
    restating::restating(&plan.model, problems);
    reach_time::reach_time(&plan.model, problems);
    commencement::commencement(&plan.model, problems);
    whole_kind::whole_kind(&plan.model, problems);
    let norms = norms(plan, problems);
    open.all.into_iter().chain(norms.all).map(Undecided::from).collect()
}

/// Looks for what of the norms cannot be meant, and returns the questions that were neither proved nor disproved.
pub fn norms(plan: &Valid<Plan>, problems: &mut Problems) -> Questions {
    let mut open = Questions::default();
    let required = settle::Required::of(&plan.model);
    never_live::never_live(&required, &plan.model, problems);
    conflicts::conflicts(&plan.model, &required, &mut open, problems);
    let mut claims = claims::Claims::default();
    always::always(&required, &plan.model, &mut claims, &mut open);
    branches::branches(&required, &plan.model, &mut claims, &mut open);
    claims.tell(problems);
    open
}

/// Tells whether the text can be read in several ways, or an amendment is left out of this one.
pub fn chosen_among(model: &Model) -> bool {
    let several = model.assumptions.iter().any(|one| one.readings.iter().any(|reading| reading.states));
    several || model.amendments.iter().any(|amendment| !amendment.on)
}
