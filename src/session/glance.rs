use super::answer::{chosen, run_target};
use super::{Answer, Asked, Bound, Question, Session};
use crate::diag::Problems;
use crate::eval::{Limits, Machine, requirements};
use crate::facts::bind;
use crate::lint::Depth;

/// What is to be known while somebody types may take no more steps than this.
const FEW_STEPS: usize = 20_000;

impl Session {
    /// Answers one target where that takes little: for what is told while a person types. `bound` must be bound by this
    /// session as it now is. `None` where the target cannot be understood, has errors, has no moment to be asked for, or
    /// takes more than a few steps.
    pub fn glance(&self, bound: &Bound, target: &str, only: &[(String, String)]) -> Option<Answer> {
        let moment = bound.moment?;
        let question =
            Question { targets: vec![target.to_owned()], moment: Some(moment), only: only.to_vec() };
        let mut problems = Problems::new();
        let mut sources = self.sources().clone();
        let (understood, queries) =
            self.understand(&question, &bound.plan.model, &mut sources, &mut problems);
        // What is defined needs nothing but the plan that is there; an expression needs one that has it.
        let (plan, facts) = match queries.as_slice() {
            [] => (bound.plan.clone(), bound.facts.clone()),
            queries => {
                let asked = Asked { queries, at: moment.interval(), sources: &sources };
                let plan = self.build_asked(self.layers(), None, asked, Depth::Nothing).plan;
                let facts = bind(&plan.model, self.data(), moment, self.sources(), &mut Problems::new());
                (plan, facts)
            }
        };
        let limits = Limits { steps: FEW_STEPS, ..Limits::until(self.stop()) };
        let judged = requirements(&plan, &facts, moment, limits.clone());
        let is_judged = judged.trace.steps.len() < FEW_STEPS;
        let mut machine = Machine::new(&plan, &facts, moment, limits).refusing(&judged.refused);
        let whom = chosen(&question, &plan.model, &facts, &mut problems)?;
        let mut lines = Vec::new();
        for target in understood {
            run_target(target, &plan.model, &facts, &whom, &mut machine, &mut lines, &mut problems);
        }
        let hit_limit = machine.hit_limit();
        let trace = machine.into_trace();
        let answer = Answer {
            plan,
            facts,
            moment,
            trace,
            lines,
            problems,
            aside: Vec::new(),
            sources,
            hit_limit,
            of_everything: false,
            stop: self.stop().clone(),
        };
        Some(answer).filter(|answer| is_judged && !answer.hit_limit && !answer.problems.has_errors())
    }
}
