use std::collections::{BTreeMap, BTreeSet};

use super::{At, Detail, Limits, Outcome, Refused, RunProblem, Step, StepId, Trace, What};
use crate::facts::{EntityId, Facts, Moment};
use crate::model::{DefId, ExceptionId, ExprId, Model};
use crate::plan::{Plan, Valid};

/// Evaluates a valid plan on facts, remembering each definition's value and how it came about.
pub struct Machine<'a> {
    pub(super) model: &'a Model,
    pub(super) facts: &'a Facts,
    /// The moment the run asks about; what-ifs on facts without a time mean this one.
    pub(super) base: Moment,
    limits: Limits,
    trace: Trace,
    memo: BTreeMap<(DefId, At), StepId>,
    pub(super) shares: BTreeMap<(ExprId, Moment, Option<ExceptionId>), StepId>,
    open: Vec<(DefId, At)>,
    open_set: BTreeSet<(DefId, At)>,
    nested: usize,
    hit_limit: bool,
    traced: bool,
    pub(super) refused: Option<&'a Refused>,
}

impl<'a> Machine<'a> {
    /// Makes a machine for one run at a moment.
    pub fn new(plan: &'a Valid<Plan>, facts: &'a Facts, base: Moment, limits: Limits) -> Machine<'a> {
        Machine {
            model: &plan.model,
            facts,
            base,
            limits,
            trace: Trace::default(),
            memo: BTreeMap::new(),
            shares: BTreeMap::new(),
            open: Vec::new(),
            open_set: BTreeSet::new(),
            nested: 0,
            hit_limit: false,
            traced: true,
            refused: None,
        }
    }
    /// Makes a machine that keeps the results of its steps, but neither what they read nor what an explanation needs.
    /// INVARIANT: its results are those of a machine that keeps both.
    pub fn without_trace(
        plan: &'a Valid<Plan>,
        facts: &'a Facts,
        base: Moment,
        limits: Limits,
    ) -> Machine<'a> {
        Machine { traced: false, ..Machine::new(plan, facts, base, limits) }
    }
    /// Evaluates a definition for an entity (where it differs between them) at the run's moment.
    pub fn definition(&mut self, def: DefId, entity: Option<EntityId>) -> StepId {
        self.def(def, At { entity, moment: self.base, without: None })
    }
    /// Evaluates an expression of the plan for an entity at the run's moment.
    pub fn expression(&mut self, expr: ExprId, entity: Option<EntityId>) -> StepId {
        self.expr(expr, At { entity, moment: self.base, without: None })
    }
    /// Returns the trace so far.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }
    /// Ends the run and hands over its trace.
    pub fn into_trace(self) -> Trace {
        self.trace
    }
    /// Tells whether a limit was reached, so that results say less than they could.
    pub fn hit_limit(&self) -> bool {
        self.hit_limit
    }

    /// Returns the result of a step.
    pub(super) fn outcome(&self, step: StepId) -> &Outcome {
        self.trace.outcome(step)
    }

    /// Adds a step.
    pub(super) fn push(
        &mut self,
        what: What,
        at: At,
        outcome: Outcome,
        inputs: Vec<StepId>,
        detail: Detail,
    ) -> StepId {
        // The shares of all are one step, from which each entity's own is read.
        let (inputs, detail) = match detail {
            detail if self.traced => (inputs, detail),
            detail @ Detail::Shares(_) => (Vec::new(), detail),
            _ => (Vec::new(), Detail::Plain),
        };
        self.trace.steps.push(Step { what, at, outcome, inputs, detail })
    }

    /// Evaluates a definition, once for each place it is read in.
    pub(super) fn def(&mut self, def: DefId, at: At) -> StepId {
        let model = self.model;
        let at = if model.defs[def].per_entity { at } else { At { entity: None, ..at } };
        if let Some(step) = self.memo.get(&(def, at)) {
            return *step;
        }
        let step = match self.enter(def, at) {
            Ok(()) => {
                let step = self.compute(def, at);
                self.open.pop();
                self.open_set.remove(&(def, at));
                step
            }
            Err(problem) => self.push(What::Def(def), at, Outcome::error(problem), Vec::new(), Detail::Plain),
        };
        self.memo.insert((def, at), step);
        step
    }

    fn enter(&mut self, def: DefId, at: At) -> Result<(), RunProblem> {
        let span = self.model.defs[def].span;
        let name = self.model.full_name(def);
        if self.open_set.contains(&(def, at)) {
            return Err(RunProblem::Endless { span, name });
        }
        if self.open.len() >= self.limits.depth {
            self.hit_limit = true;
            return Err(RunProblem::TooDeep { span, name, limit: self.limits.depth });
        }
        if self.trace.steps.len() >= self.limits.steps {
            self.hit_limit = true;
            return Err(RunProblem::TooManySteps { span, limit: self.limits.steps });
        }
        self.open.push((def, at));
        self.open_set.insert((def, at));
        Ok(())
    }

    /// Evaluates an expression.
    pub(super) fn expr(&mut self, expr: ExprId, at: At) -> StepId {
        if let Some(problem) = self.beyond_limits(expr) {
            self.hit_limit = true;
            return self.push(What::Expr(expr), at, Outcome::error(problem), Vec::new(), Detail::Plain);
        }
        self.nested += 1;
        let (outcome, inputs, detail) = self.node(expr, at);
        self.nested -= 1;
        self.push(What::Expr(expr), at, outcome, inputs, detail)
    }

    fn beyond_limits(&self, expr: ExprId) -> Option<RunProblem> {
        let span = self.model.node(expr).span;
        if self.trace.steps.len() >= self.limits.steps {
            return Some(RunProblem::TooManySteps { span, limit: self.limits.steps });
        }
        (self.nested >= self.limits.nesting)
            .then_some(RunProblem::TooNested { span, limit: self.limits.nesting })
    }

    /// Evaluates several expressions in order.
    pub(super) fn exprs(&mut self, all: &[ExprId], at: At) -> Vec<StepId> {
        all.iter().map(|expr| self.expr(*expr, at)).collect()
    }

    /// Copies the results of steps.
    pub(super) fn outcomes(&self, steps: &[StepId]) -> Vec<Outcome> {
        steps.iter().map(|step| self.outcome(*step).clone()).collect()
    }
}
