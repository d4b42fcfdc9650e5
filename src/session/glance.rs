use super::answer::On;
use super::{Answer, Asked, Bound, Question, Session};
use crate::diag::Problems;
use crate::eval::Limits;
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
        let limits = Limits { steps: FEW_STEPS, ..self.run_limits() };
        let on = On { plan, facts, moment, limits };
        let (answer, judged) = self.computed(on, understood, &question, sources, problems);
        let is_judged = judged.trace.steps.len() < FEW_STEPS;
        Some(answer).filter(|answer| is_judged && !answer.hit_limit && !answer.problems.has_errors())
    }
}
