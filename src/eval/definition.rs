//! Definitions and facts: their steps, and what holds where several things may.

use super::machine::Machine;
use super::outcome::meet;
use super::{
    At, Bounds, DefinitionDetail, Detail, FactOrigin, Lack, Missing, MissingWhat, Outcome, Read, Reason,
    RunProblem, StepId, Unknown, What,
};
use crate::facts::{Datum, Found, can_be, in_domain};
use crate::model::{DefId, ExprId, FactId, FactOwner, LayerId, OverTarget, Ty};
use crate::value::Stretch;

/// What a definition came to, on the way to its step.
pub(super) struct Computed {
    pub(super) outcome: Outcome,
    pub(super) inputs: Vec<StepId>,
    pub(super) detail: DefinitionDetail,
}

impl Computed {
    pub(super) fn of(outcome: Outcome) -> Computed {
        Computed { outcome, inputs: Vec::new(), detail: DefinitionDetail::default() }
    }
    pub(super) fn from_step(step: StepId, outcome: Outcome) -> Computed {
        Computed { outcome, inputs: vec![step], detail: DefinitionDetail::default() }
    }
}

impl Machine<'_> {
    /// Computes a definition and adds its step.
    pub(super) fn compute(&mut self, def: DefId, at: At) -> StepId {
        let computed = self.layered(def, at, None);
        let detail = Detail::Definition(Box::new(computed.detail));
        self.push(What::Def(def), at, computed.outcome, computed.inputs, detail)
    }

    /// Evaluates a fact.
    pub(super) fn fact(&mut self, fact: FactId, at: At) -> (Outcome, Vec<StepId>, Detail) {
        self.fact_below(fact, at, None)
    }

    /// Evaluates a fact with the layers from `below` on left out.
    pub(super) fn fact_below(
        &mut self,
        fact: FactId,
        at: At,
        below: Option<LayerId>,
    ) -> (Outcome, Vec<StepId>, Detail) {
        let data = &self.model.facts[fact];
        let entity = match data.owner {
            FactOwner::Kind(_) => at.entity,
            FactOwner::Clause(_) | FactOwner::File => None,
        };
        let at = At { entity, outer: None, ..at };
        if let Some(laid) = self.laid(fact, entity, at.moment).filter(|_| below.is_none()) {
            return (laid, vec![], Detail::Fact(FactOrigin::Default));
        }
        let state = self.no_longer(at).or_else(|| self.refused(Read::Fact(fact), at));
        if let Some(state) = state {
            return (state, vec![], Detail::Fact(FactOrigin::Missing));
        }
        if let Some(index) = self.find_override(OverTarget::Fact(fact), at, data.declared.always, below) {
            let step = self.expr(self.model.overrides[index].value, at);
            let outcome = self.allowed(fact, self.outcome(step).clone(), self.model.overrides[index].span);
            let outcome = self.leads_to_somebody(fact, outcome, self.model.overrides[index].value, at);
            return (outcome, vec![step], Detail::Fact(FactOrigin::Override(index)));
        }
        match self.facts.fact(fact, entity, at.moment) {
            Found::One(given) => {
                (Outcome::given(given), vec![], Detail::Fact(FactOrigin::Data(given.origin.clone())))
            }
            Found::Changes(given) => {
                let pieces = given.iter().map(|g| g.interval).collect();
                let name = self.model.fact_name(fact);
                let problem = RunProblem::Changes { span: data.span, name, moment: at.moment, pieces };
                (Outcome::error(problem), vec![], Detail::Fact(FactOrigin::Missing))
            }
            Found::Missing => self.not_given(fact, at),
        }
    }

    /// A what-if that links to a name nobody has is bad data, unless nobody of the kind is loaded at all.
    fn leads_to_somebody(&self, fact: FactId, outcome: Outcome, value: ExprId, at: At) -> Outcome {
        let (Ty::Entity(kind), Some(Datum::Text(name))) =
            (&self.model.facts[fact].declared.ty, outcome.datum())
        else {
            return outcome;
        };
        match self.called(value, *kind, name, at) {
            Err(error @ Outcome::Error(_)) => error,
            Ok(_) | Err(_) => outcome,
        }
    }

    /// Those who exist no longer have no facts; what was before one began can be given.
    fn no_longer(&self, at: At) -> Option<Outcome> {
        let entity = at.entity?;
        let asked = at.moment.interval()?;
        let life = self.facts.life(entity);
        let ended = life.until.zip(asked.from).is_some_and(|(until, from)| until <= from);
        ended.then_some(Outcome::DoesNotApply(Reason::NotThen(entity)))
    }

    fn not_given(&mut self, fact: FactId, at: At) -> (Outcome, Vec<StepId>, Detail) {
        let declared = &self.model.facts[fact].declared;
        if let Some(default) = declared.default {
            let step = self.expr(default, at);
            return (self.outcome(step).clone(), vec![step], Detail::Fact(FactOrigin::Default));
        }
        let Stretch { low, low_open, high, high_open, .. } = self.model.fact_stretch(fact).closed();
        let bounds = Bounds { low, high, low_open, high_open };
        // What holds in every year is missing as such, not at some moment.
        let moment = if declared.always { self.base } else { at.moment };
        let missing = Missing { what: MissingWhat::Fact(fact), entity: at.entity, moment };
        (Outcome::missing(missing, bounds), vec![], Detail::Fact(FactOrigin::Missing))
    }

    /// A what-if outside a fact's domain is bad data, not a result.
    pub fn allowed(&self, fact: FactId, outcome: Outcome, span: crate::base::Span) -> Outcome {
        let declared = &self.model.facts[fact].declared;
        let Some(Err(whole)) = outcome.as_number().map(|number| in_domain(number, declared)) else {
            return outcome;
        };
        let (name, allowed) = (self.model.fact_name(fact), can_be(declared));
        Outcome::error(RunProblem::OutsideDomain { span, name, whole, allowed })
    }
}

/// Returns what holds whichever of the outcomes is true: their common value, or what is missing to tell.
pub(super) fn one_of(possible: &[Outcome], deciding: &[Outcome]) -> Outcome {
    let Some(first) = possible.first() else { return Outcome::truth(false) };
    // What decides between them must be computable, also where they agree.
    if let Some(Outcome::Error(problem)) = meet(deciding) {
        return Outcome::Error(problem);
    }
    let same: Option<&Datum> = first.datum();
    // Nor is anything certain while it may turn out that it cannot be decided.
    let unsettled = deciding.iter().any(Outcome::is_unsettled);
    if same.is_some() && !unsettled && possible.iter().all(|other| other.datum() == same) {
        return first.clone().weakened(super::outcome::weakest(possible));
    }
    if possible.iter().all(|case| matches!(case, Outcome::Error(_))) {
        return first.clone();
    }
    if !unsettled && possible.iter().all(|case| matches!(case, Outcome::DoesNotApply(_))) {
        return first.clone();
    }
    let lack: Lack = possible.iter().chain(deciding).map(Outcome::lack).collect();
    let mut all = possible.iter().filter_map(Outcome::bounds);
    let bounds = all.next().map_or(Bounds::open(), |first| all.fold(first, |a, b| a.hull(&b)));
    let numeric = possible.iter().all(|o| o.bounds().is_some());
    let lack = lack.unsettled_if(possible.iter().any(has_no_value));
    Outcome::within(Unknown::new(lack, if numeric { bounds } else { Bounds::open() }))
}

/// Tells whether an outcome is known not to be a value.
pub(super) fn has_no_value(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::DoesNotApply(_) | Outcome::Error(_))
}
