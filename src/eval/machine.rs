use std::collections::{BTreeMap, BTreeSet};

use super::frames::Frames;
use super::share::Whole;
use super::{
    At, Detail, EntityLine, Inputs, Laid, Limits, Outcome, Reason, Refused, RunProblem, Step, StepId, Trace,
    What,
};
use crate::base::Span;
use crate::facts::{EntityId, Facts, Moment};
use crate::model::{DefId, ExprId, KindId, Model};
use crate::plan::{Plan, Valid};

/// Evaluates a valid plan on facts, remembering each definition's value and how it came about.
pub struct Machine<'a> {
    plan: &'a Valid<Plan>,
    pub(super) model: &'a Model,
    pub(super) facts: &'a Facts,
    /// The moment the run asks about; what-ifs on facts without a time mean this one.
    pub(super) base: Moment,
    limits: Limits,
    trace: Trace,
    memo: BTreeMap<(DefId, At), StepId>,
    pub(super) shares: BTreeMap<(ExprId, At, Vec<EntityId>), Whole>,
    pub(super) lists: BTreeMap<(ExprId, At), Vec<EntityLine>>,
    frames: Frames,
    open: Vec<(DefId, At)>,
    open_set: BTreeSet<(DefId, At)>,
    nested: usize,
    hit_limit: bool,
    traced: bool,
    pub(super) refused: Option<&'a Refused>,
    pub(super) laid: Option<&'a Laid>,
}

impl<'a> Machine<'a> {
    /// Makes a machine for one run at a moment.
    pub fn new(plan: &'a Valid<Plan>, facts: &'a Facts, base: Moment, limits: Limits) -> Machine<'a> {
        Machine {
            plan,
            model: &plan.model,
            facts,
            base,
            limits,
            trace: Trace::default(),
            memo: BTreeMap::new(),
            shares: BTreeMap::new(),
            lists: BTreeMap::new(),
            frames: Frames::default(),
            open: Vec::new(),
            open_set: BTreeSet::new(),
            nested: 0,
            hit_limit: false,
            traced: true,
            refused: None,
            laid: None,
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
        self.definition_at(def, entity, self.base)
    }
    /// Evaluates an expression of the plan for an entity at the run's moment.
    pub fn expression(&mut self, expr: ExprId, entity: Option<EntityId>) -> StepId {
        self.expression_at(expr, entity, self.base)
    }
    /// Evaluates a definition for an entity at another moment than the run's.
    pub fn definition_at(&mut self, def: DefId, entity: Option<EntityId>, moment: Moment) -> StepId {
        let at = At { entity, outer: None, moment, without: None, below: None };
        self.first(|_| [def].into(), at);
        self.def(def, at)
    }
    /// Evaluates an expression of the plan for an entity at another moment than the run's.
    pub fn expression_at(&mut self, expr: ExprId, entity: Option<EntityId>, moment: Moment) -> StepId {
        let at = At { entity, outer: None, moment, without: None, below: None };
        self.first(|plan| plan.reads_of_expression(expr), at);
        self.expr(expr, at)
    }
    /// Computes what lies at the far end of long chains before what rests on it, so that no chain is open all at once
    /// however long it is. What each comes to is kept; nothing else changes.
    fn first(&mut self, wanted: impl FnOnce(&Plan) -> BTreeSet<DefId>, at: At) {
        let plan = self.plan;
        if !plan.has_far() {
            return;
        }
        let wanted = wanted(plan);
        if !wanted.iter().any(|def| plan.is_far(*def)) {
            return;
        }
        let (mut below, mut queue) = (BTreeSet::new(), Vec::from_iter(wanted));
        while let Some(def) = queue.pop() {
            if !self.is_known(def, at) && below.insert((plan.level(def), def)) {
                queue.extend(plan.reads(def));
            }
        }
        for (_, def) in below {
            if self.each_of(def).is_none_or(|kind| self.at_hand(at, kind, 0).is_some()) {
                self.def(def, at);
            }
        }
    }
    /// The kind whose entities have a value of a definition each.
    fn each_of(&self, def: DefId) -> Option<KindId> {
        self.model.clauses[self.model.defs[def].clause].each.filter(|_| self.model.defs[def].per_entity)
    }
    fn is_known(&self, def: DefId, at: At) -> bool {
        let entity = self.each_of(def).and_then(|kind| self.at_hand(at, kind, 0));
        self.memo.contains_key(&(def, At { entity, outer: None, below: None, ..at }))
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
        let (inputs, detail) = match self.traced {
            true => (Inputs::from_slice(&inputs), detail),
            false => (Inputs::new(), Detail::Plain),
        };
        self.trace.steps.push(Step { what, at, outcome, inputs, detail })
    }

    /// Evaluates a definition, once for each place it is read in.
    pub(super) fn def(&mut self, def: DefId, at: At) -> StepId {
        let entity = self.each_of(def).and_then(|kind| self.at_hand(at, kind, 0));
        let at = At { entity, outer: None, below: None, ..at };
        if let Some(step) = self.memo.get(&(def, at)) {
            return *step;
        }
        let step = match self.exists(def, at).and_then(|()| self.enter(def, at)) {
            Ok(()) => {
                let step = self.compute(def, at);
                self.open.pop();
                self.open_set.remove(&(def, at));
                step
            }
            Err(state) => self.push(What::Def(def), at, state, Vec::new(), Detail::Plain),
        };
        self.memo.insert((def, at), step);
        step
    }

    /// What is defined for somebody applies while they exist.
    fn exists(&self, def: DefId, at: At) -> Result<(), Outcome> {
        let (Some(entity), Some(asked)) = (at.entity, at.moment.interval()) else { return Ok(()) };
        let life = self.facts.life(entity);
        if life.covers(asked) {
            return Ok(());
        }
        if !life.overlaps(asked) {
            return Err(Outcome::DoesNotApply(Reason::NotThen(entity)));
        }
        let name = self.facts.get(entity).name.clone();
        let kind = self.model.kinds[self.facts.get(entity).kind].plural.clone();
        let (span, partly) = (self.model.defs[def].span, vec![(name, life)]);
        Err(Outcome::error(RunProblem::KindChanges { span, kind, moment: at.moment, partly }))
    }

    /// Returns the place with one more entity at hand.
    pub(super) fn inside(&mut self, at: At, entity: EntityId) -> At {
        self.frames.inside(at, entity)
    }

    /// Finds the entity of a kind at hand, passing over some of its kind from the innermost.
    pub(super) fn at_hand(&self, at: At, kind: KindId, skip: usize) -> Option<EntityId> {
        self.frames.at_hand(at, kind, skip, self.facts)
    }

    /// Tells whether a definition is being computed, at whatever moment.
    pub(super) fn is_open(&self, def: DefId) -> bool {
        self.open.iter().any(|(open, _)| *open == def)
    }

    fn enter(&mut self, def: DefId, at: At) -> Result<(), Outcome> {
        let span = self.model.defs[def].span;
        // Made where it is told, which is hardly ever.
        let name = || self.model.full_name(def);
        if self.open_set.contains(&(def, at)) {
            return Err(Outcome::error(RunProblem::Endless { span, name: name() }));
        }
        if self.limits.stop.is_asked() {
            self.hit_limit = true;
            return Err(Outcome::error(RunProblem::Stopped { span }));
        }
        if self.open.len() >= self.limits.depth {
            // A chain that is mostly the same definition at other times goes back without end.
            if self.open.iter().filter(|(open, _)| *open == def).count() > self.limits.depth / 4 {
                return Err(Outcome::error(RunProblem::NoOpening { span, name: name(), moment: None }));
            }
            self.hit_limit = true;
            return Err(Outcome::error(RunProblem::TooDeep { span, name: name(), limit: self.limits.depth }));
        }
        if let Some(problem) = self.beyond_steps(span) {
            self.hit_limit = true;
            return Err(Outcome::error(problem));
        }
        self.open.push((def, at));
        self.open_set.insert((def, at));
        Ok(())
    }

    /// Evaluates an expression.
    pub(super) fn expr(&mut self, expr: ExprId, at: At) -> StepId {
        let at = self.frames.meant(expr, at, self.model, self.facts);
        if let Some(problem) = self.beyond_limits(expr) {
            self.hit_limit = true;
            return self.push(What::Expr(expr), at, Outcome::error(problem), Vec::new(), Detail::Plain);
        }
        if let Some(laid) = self.laid_over_written(expr, at) {
            return self.push(What::Expr(expr), at, laid, Vec::new(), Detail::Plain);
        }
        self.nested += 1;
        let (outcome, inputs, detail) = self.node(expr, at);
        self.nested -= 1;
        self.push(What::Expr(expr), at, outcome, inputs, detail)
    }

    fn beyond_limits(&self, expr: ExprId) -> Option<RunProblem> {
        let span = self.model.node(expr).span;
        if self.limits.stop.is_asked() {
            return Some(RunProblem::Stopped { span });
        }
        if let Some(problem) = self.beyond_steps(span) {
            return Some(problem);
        }
        (self.nested >= self.limits.nesting)
            .then_some(RunProblem::TooNested { span, limit: self.limits.nesting })
    }

    fn beyond_steps(&self, span: Span) -> Option<RunProblem> {
        let taken = self.trace.steps.len();
        match taken < self.limits.steps.min(self.limits.fitting) {
            true => None,
            false if taken < self.limits.steps => {
                Some(RunProblem::TooMuchMemory { span, limit: self.limits.memory })
            }
            false => Some(RunProblem::TooManySteps { span, limit: self.limits.steps }),
        }
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
