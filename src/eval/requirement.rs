//! Requirements on data: evaluated before anything else, at the moment asked. What an unmet one read is bad data, and
//! whatever reads it comes to an error that names the requirement.

use std::collections::BTreeMap;

use super::machine::Machine;
use super::{At, Detail, FactOrigin, Limits, Outcome, RunProblem, StepId, Trace, What};
use crate::facts::{EntityId, Facts, Moment};
use crate::model::{DefId, FactId, FactOwner, NodeKind, Requirement};
use crate::plan::{Plan, Valid};

/// Something that data gave and that an unmet requirement read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Read {
    /// A fact or given value.
    Fact(FactId),
    /// A value that data put in place of a definition.
    Def(DefId),
}

/// The values that may not be used: what was read, for whom and when; a value that holds in every year, at all times.
#[derive(Clone, Debug, Default)]
pub struct Refused {
    values: BTreeMap<(Read, Option<EntityId>, Option<Moment>), RunProblem>,
}

/// What one requirement came to for one entity, or for all.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Its position in the model.
    pub requirement: usize,
    /// For whom.
    pub entity: Option<EntityId>,
    /// What it came to.
    pub outcome: Outcome,
    /// The step that decided it.
    pub step: StepId,
    /// What it read of the data, each with the step that read it.
    pub read: Vec<(Read, StepId)>,
}

/// All requirements, judged, with the trace of how.
#[derive(Clone, Debug, Default)]
pub struct Judgement {
    /// The trace.
    pub trace: Trace,
    /// Each requirement for each entity it is about.
    pub judged: Vec<Judged>,
    /// What may not be used.
    pub refused: Refused,
}

impl Refused {
    /// Returns why a value may not be used.
    pub(super) fn why(&self, read: Read, entity: Option<EntityId>, moment: Moment) -> Option<&RunProblem> {
        let at = |moment| self.values.get(&(read, entity, moment));
        at(Some(moment)).or_else(|| at(None))
    }
}

/// Judges every requirement of a plan on some facts, at a moment.
pub fn requirements(plan: &Valid<Plan>, facts: &Facts, base: Moment, limits: Limits) -> Judgement {
    let mut judgement = Judgement::default();
    if plan.model.requirements.is_empty() {
        return judgement;
    }
    let mut machine = Machine::new(plan, facts, base, limits);
    for (index, requirement) in plan.model.requirements.iter().enumerate() {
        let entities = match requirement.each {
            Some(kind) => facts.of_kind(kind).into_iter().map(Some).collect(),
            None => vec![None],
        };
        for entity in entities {
            if let Some((outcome, step)) = machine.judge(requirement, entity) {
                let read = reads(&machine, step);
                judgement.judged.push(Judged { requirement: index, entity, outcome, step, read });
            }
        }
    }
    let unmet = judgement.judged.iter().filter(|judged| judged.outcome.as_truth() == Some(false));
    for judged in unmet {
        let requirement = &plan.model.requirements[judged.requirement];
        let problem = RunProblem::Unmet {
            span: requirement.span,
            message: requirement.message.clone(),
            who: judged.entity.map(|entity| facts.get(entity).name.clone()),
            moment: base,
        };
        for (read, step) in &judged.read {
            let at = machine.trace().step(*step).at;
            let (entity, moment) = place(&machine, *read, at);
            judgement.refused.values.entry((*read, entity, moment)).or_insert_with(|| problem.clone());
        }
    }
    judgement.trace = machine.into_trace();
    judgement
}

fn place(machine: &Machine<'_>, read: Read, at: At) -> (Option<EntityId>, Option<Moment>) {
    match read {
        Read::Fact(fact) => {
            let fact = &machine.model.facts[fact];
            let entity = at.entity.filter(|_| matches!(fact.owner, FactOwner::Kind(_)));
            (entity, (!fact.declared.always).then_some(at.moment))
        }
        Read::Def(_) => (at.entity, Some(at.moment)),
    }
}

/// The values from data behind a step.
fn reads(machine: &Machine<'_>, root: StepId) -> Vec<(Read, StepId)> {
    let mut found = Vec::new();
    for id in machine.trace().behind(root) {
        let step = machine.trace().step(id);
        match (step.what, &step.detail) {
            (What::Expr(expr), Detail::Fact(origin)) if *origin != FactOrigin::Missing => {
                if let NodeKind::Fact(fact) = machine.model.node(expr).kind {
                    found.push((Read::Fact(fact), id));
                }
            }
            (What::Def(def), Detail::Definition(detail)) if detail.from_data.is_some() => {
                found.push((Read::Def(def), id));
            }
            (_, _) => {}
        }
    }
    found
}

impl<'a> Machine<'a> {
    /// The same machine, which does not use values that a requirement refuses.
    pub fn refusing(mut self, refused: &'a Refused) -> Machine<'a> {
        self.refused = Some(refused);
        self
    }

    /// Evaluates a requirement; `None` where it is not in force.
    fn judge(&mut self, requirement: &Requirement, entity: Option<EntityId>) -> Option<(Outcome, StepId)> {
        let at = At { entity, outer: None, moment: self.base, without: None, below: None };
        match self.holds(requirement.interval, &requirement.given, false, at) {
            (Some(true), _) => {}
            (Some(false), _) => return None,
            // Whether it is required turns on a date that is unknown or wrong.
            (None, step) => return step.map(|step| (self.outcome(step).clone(), step)),
        }
        // What stands in an exception is required while the exception is live.
        if let Some(exception) = requirement.exception
            && self.live(exception, at).live != Some(true)
        {
            return None;
        }
        let step = self.expr(requirement.condition, at);
        match self.outcome(step) {
            Outcome::DoesNotApply(_) => None,
            outcome => Some((outcome.clone(), step)),
        }
    }

    /// Why the value of a fact, or one that data put in place of a definition, may not be used here.
    pub(super) fn refused(&self, read: Read, at: At) -> Option<Outcome> {
        let problem = self.refused?.why(read, at.entity, at.moment)?;
        Some(Outcome::error(problem.clone()))
    }
}
