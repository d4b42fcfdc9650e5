//! Definitions: layers, exceptions and times, in the order in which each replaces the ones below it.

use super::machine::Machine;
use super::outcome::meet;
use super::{
    At, Bounds, Considered, DefinitionDetail, Detail, FactOrigin, Missing, MissingWhat, Outcome, Read,
    Reason, RunProblem, StepId, Unknown, What,
};
use crate::facts::{Datum, Found, in_domain};
use crate::model::{Alternative, DefId, ExceptionId, ExprId, FactId, FactOwner, OverTarget, Ty};
use crate::value::Interval;

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
    fn from_step(step: StepId, outcome: Outcome) -> Computed {
        Computed { outcome, inputs: vec![step], detail: DefinitionDetail::default() }
    }
}

impl Machine<'_> {
    /// Computes a definition and adds its step.
    pub(super) fn compute(&mut self, def: DefId, at: At) -> StepId {
        let computed = match self.overridden(def, at) {
            Some(computed) => computed,
            None if self.model.defs[def].faulty => {
                let (span, name) = (self.model.defs[def].span, self.model.full_name(def));
                Computed::of(Outcome::error(RunProblem::Faulty { span, name }))
            }
            None => self.with_exceptions(def, at),
        };
        let detail = Detail::Definition(Box::new(computed.detail));
        self.push(What::Def(def), at, computed.outcome, computed.inputs, detail)
    }

    /// What-ifs and data lie above everything the text says.
    fn overridden(&mut self, def: DefId, at: At) -> Option<Computed> {
        if let Some(index) = self.find_override(OverTarget::Def(def), at, true) {
            let step = self.expr(self.model.overrides[index].value, at);
            let mut computed = Computed::from_step(step, self.outcome(step).clone());
            computed.detail.overridden = Some(index);
            return Some(computed);
        }
        let found = match self.facts.def(def, at.entity, at.moment) {
            Found::Missing => self.facts.def(def, None, at.moment),
            found => found,
        };
        match found {
            Found::One(given) => {
                let refused = self.refused(Read::Def(def), at);
                let value = refused.unwrap_or_else(|| Outcome::of(given.datum.clone()));
                let mut computed = Computed::of(value);
                computed.detail.from_data = Some(given.origin.clone());
                Some(computed)
            }
            Found::Changes(given) => {
                let pieces = given.iter().map(|g| g.interval).collect();
                let (span, name) = (self.model.defs[def].span, self.model.full_name(def));
                Some(Computed::of(Outcome::error(RunProblem::Changes {
                    span,
                    name,
                    moment: at.moment,
                    pieces,
                })))
            }
            Found::Missing => None,
        }
    }

    /// Finds the last override that holds here. One without a time means the run's own moment for a fact, and every
    /// moment for a definition.
    fn find_override(&self, target: OverTarget, at: At, always: bool) -> Option<usize> {
        let name = at.entity.map(|entity| self.facts.get(entity).name.as_str());
        let moment = at.moment.interval();
        self.model.overrides.iter().rposition(|over| {
            let timely = match (over.interval, moment) {
                (Some(interval), Some(moment)) => interval.covers(moment),
                (Some(_), None) => false,
                (None, Some(moment)) => {
                    always || self.base.interval().is_some_and(|base| base.covers(moment))
                }
                (None, None) => always,
            };
            over.target == target && timely && (over.entity.is_none() || over.entity.as_deref() == name)
        })
    }

    fn with_exceptions(&mut self, def: DefId, at: At) -> Computed {
        let considered = self.consider(def, at);
        let live = self.winners(&considered);
        let open: Vec<ExceptionId> =
            considered.iter().filter(|c| c.live.is_none()).map(|c| c.exception).collect();
        // Whatever an undecided exception turns out to be, one that surely goes before it wins.
        let undecided: Vec<ExceptionId> =
            open.into_iter().filter(|id| !live.iter().any(|winner| self.goes_before(*winner, *id))).collect();
        if let Some(problem) = self.changing(def, &live, at) {
            return problem;
        }
        let mut computed = match live.as_slice() {
            [] => self.plain(def, at),
            [one] => self.restated(def, *one, at),
            many => self.several(def, many, at),
        };
        computed.inputs.extend(considered.iter().flat_map(Considered::steps));
        computed.detail.considered = considered;
        match undecided.as_slice() {
            [] => computed,
            _ if self.is_error_condition(&computed) => computed,
            _ => self.undecided(def, computed, &undecided, at),
        }
    }

    /// An exception that holds in a part of the moment asked about makes the value change, unless it says the same as
    /// the text without it.
    fn changing(&mut self, def: DefId, live: &[ExceptionId], at: At) -> Option<Computed> {
        let partly: Vec<(ExceptionId, Interval)> =
            live.iter().filter_map(|id| Some((*id, self.partly(*id, at)?))).collect();
        let (first, _) = partly.first()?;
        let (with, without) = (self.restated(def, *first, at), self.plain(def, at));
        if with.outcome.datum().is_some() && with.outcome.datum() == without.outcome.datum() {
            return None;
        }
        let (span, name) = (self.model.defs[def].span, self.model.full_name(def));
        let pieces = partly.into_iter().map(|(_, interval)| interval).collect();
        Some(Computed::of(Outcome::error(RunProblem::Changes { span, name, moment: at.moment, pieces })))
    }

    /// The part of the moment asked about in which an exception with written bounds holds, where it is not all of it.
    fn partly(&mut self, exception: ExceptionId, at: At) -> Option<Interval> {
        let model = self.model;
        let mut next = Some(exception);
        let asked = at.moment.interval()?;
        while let Some(id) = next {
            let data = &model.exceptions[id];
            let interval = data.interval.unwrap_or(Interval::always());
            if self.holds(interval, &data.given, true, at).0 != Some(true) {
                return Some(interval.intersect(asked));
            }
            next = data.outer;
        }
        None
    }

    fn is_error_condition(&self, computed: &Computed) -> bool {
        matches!(computed.outcome, Outcome::Error(_))
    }

    /// Looks at every exception that restates a definition.
    pub(super) fn consider(&mut self, def: DefId, at: At) -> Vec<Considered> {
        let model = self.model;
        let mut seen: Vec<Considered> = Vec::new();
        for (exception, alternative) in &model.defs[def].exceptions {
            let known = seen.iter().any(|c| c.exception == *exception);
            let off = model.switched_off.contains(exception) || at.without == Some(*exception);
            if known || off {
                continue;
            }
            let (timely, date) = self.holds(alternative.interval, &alternative.given, false, at);
            if timely == Some(false) {
                continue;
            }
            let mut considered = self.live(*exception, at);
            if timely.is_none() && considered.live == Some(true) {
                considered.live = None;
                considered.date = date;
            }
            seen.push(considered);
        }
        seen
    }

    /// Decides whether an exception is live: its time fits, its outer exception is live, its condition is met.
    pub(super) fn live(&mut self, exception: ExceptionId, at: At) -> Considered {
        let data = &self.model.exceptions[exception];
        if self.model.switched_off.contains(&exception) || at.without == Some(exception) {
            // What stands within an exception that is off is off with it.
            return Considered {
                exception,
                live: Some(false),
                in_time: true,
                condition: None,
                outer_condition: None,
                date: None,
            };
        }
        let interval = data.interval.unwrap_or(Interval::always());
        // An exception that holds in a part of the moment makes the value change within it.
        let (timely, date) = self.holds(interval, &data.given, false, at);
        let in_time = timely != Some(false);
        let mut considered =
            Considered { exception, live: timely, in_time, condition: None, outer_condition: None, date };
        let outer = data.outer.filter(|_| in_time).map(|outer| self.live(outer, at));
        match outer.map(|outer| (outer.live, outer.condition.or(outer.outer_condition))) {
            Some((Some(false), _)) => considered.live = Some(false),
            Some((None, condition)) => {
                considered.live = None;
                considered.outer_condition = condition;
            }
            Some((Some(true), _)) | None => {}
        }
        let Some(condition) = data.condition.filter(|_| considered.live != Some(false)) else {
            return considered;
        };
        let place = if data.reads_itself { At { without: Some(exception), ..at } } else { at };
        let step = self.expr(condition, place);
        considered.condition = Some(step);
        let met = match self.outcome(step) {
            Outcome::DoesNotApply(_) => Some(false),
            outcome => outcome.as_truth(),
        };
        considered.live = match (met, considered.live) {
            (Some(false), _) => Some(false),
            (Some(true), live) => live,
            (None, _) => None,
        };
        considered
    }

    /// Of the live ones, drops those a nested or preceding live one sets aside.
    pub(super) fn winners(&self, considered: &[Considered]) -> Vec<ExceptionId> {
        let live: Vec<ExceptionId> =
            considered.iter().filter(|c| c.live == Some(true)).map(|c| c.exception).collect();
        let yields = |loser: ExceptionId| live.iter().any(|winner| self.goes_before(*winner, loser));
        live.iter().copied().filter(|id| !yields(*id)).collect()
    }

    /// Tells whether an exception sets another aside: it is nested in it, or said to go before it.
    pub(super) fn goes_before(&self, winner: ExceptionId, loser: ExceptionId) -> bool {
        self.is_within(winner, loser)
            || self.model.precedence.iter().any(|p| p.first == winner && p.second == loser)
    }

    fn is_within(&self, inner: ExceptionId, outer: ExceptionId) -> bool {
        let mut at = self.model.exceptions[inner].outer;
        while let Some(id) = at {
            if id == outer {
                return true;
            }
            at = self.model.exceptions[id].outer;
        }
        false
    }

    fn restated(&mut self, def: DefId, exception: ExceptionId, at: At) -> Computed {
        let model = self.model;
        let alternatives: Vec<&Alternative> = model.defs[def]
            .exceptions
            .iter()
            .filter(|(id, _)| *id == exception)
            .map(|(_, alternative)| alternative)
            .collect();
        let mut computed = self.in_force(def, &alternatives, Some(exception), at);
        computed.detail.alternative = None;
        computed.detail.exception = Some(exception);
        computed
    }

    /// Two live exceptions must agree, unless one goes before the other.
    fn several(&mut self, def: DefId, live: &[ExceptionId], at: At) -> Computed {
        let all: Vec<Computed> = live.iter().map(|exception| self.restated(def, *exception, at)).collect();
        let mut all = all.into_iter();
        let Some(first) = all.next() else { return self.plain(def, at) };
        let rest: Vec<Computed> = all.collect();
        if rest
            .iter()
            .all(|other| other.outcome.datum().is_some() && other.outcome.datum() == first.outcome.datum())
        {
            let inputs = rest.into_iter().flat_map(|other| other.inputs);
            return Computed { inputs: first.inputs.into_iter().chain(inputs).collect(), ..first };
        }
        let exceptions = live.iter().map(|id| {
            let exception = &self.model.exceptions[*id];
            (exception.name.clone(), exception.span)
        });
        let problem =
            RunProblem::Conflict { name: self.model.full_name(def), exceptions: exceptions.collect() };
        let inputs =
            first.inputs.into_iter().chain(rest.into_iter().flat_map(|other| other.inputs)).collect();
        Computed { outcome: Outcome::error(problem), inputs, detail: first.detail }
    }

    /// An exception that may or may not be live leaves the value known only where it makes no difference.
    fn undecided(&mut self, def: DefId, computed: Computed, undecided: &[ExceptionId], at: At) -> Computed {
        let mut possible = vec![computed.outcome.clone()];
        let mut inputs = computed.inputs.clone();
        for exception in undecided {
            let other = self.restated(def, *exception, at);
            inputs.extend(other.inputs);
            possible.push(other.outcome);
        }
        let conditions: Vec<Outcome> = computed
            .detail
            .considered
            .iter()
            .filter(|c| c.live.is_none())
            .flat_map(Considered::steps)
            .map(|step| self.outcome(step).clone())
            .collect();
        let outcome = one_of(&possible, &conditions);
        Computed { outcome, inputs, detail: computed.detail }
    }

    fn plain(&mut self, def: DefId, at: At) -> Computed {
        let model = self.model;
        let alternatives: Vec<&Alternative> = model.defs[def].alternatives.iter().collect();
        self.in_force(def, &alternatives, None, at)
    }

    /// Evaluates what a line states; a stated unknown is missing under the definition's own name.
    pub(super) fn stated(&mut self, def: DefId, expr: ExprId, at: At) -> Computed {
        let step = self.expr(expr, at);
        let outcome = match &self.model.node(expr).kind {
            crate::model::NodeKind::Unknown(_) => {
                let missing =
                    Missing { what: MissingWhat::Stated(def, expr), entity: at.entity, moment: at.moment };
                Outcome::missing(missing, Bounds::open())
            }
            _ => self.named_by(def, self.outcome(step).clone()),
        };
        Computed::from_step(step, outcome)
    }

    /// What a cell or a branch states to be unknown is missing under the name of the definition it belongs to.
    fn named_by(&self, def: DefId, outcome: Outcome) -> Outcome {
        let Outcome::Unknown(unknown) = outcome else { return outcome };
        let named = |missing: Missing| match missing.what {
            MissingWhat::Entity(expr)
                if self.model.index_line(expr).is_none()
                    && matches!(
                        self.model.node(expr).kind,
                        crate::model::NodeKind::Unknown(_) | crate::model::NodeKind::Duty(_)
                    ) =>
            {
                Missing { what: MissingWhat::Stated(def, expr), ..missing }
            }
            _ => missing,
        };
        Outcome::Unknown(Unknown { missing: unknown.missing.into_iter().map(named).collect(), ..unknown })
    }

    /// Evaluates a fact.
    pub(super) fn fact(&mut self, fact: FactId, at: At) -> (Outcome, Vec<StepId>, Detail) {
        let data = &self.model.facts[fact];
        let entity = match data.owner {
            FactOwner::Kind(_) => at.entity,
            FactOwner::Clause(_) | FactOwner::File => None,
        };
        let at = At { entity, outer: None, ..at };
        let state = self.no_longer(at).or_else(|| self.refused(Read::Fact(fact), at));
        if let Some(state) = state {
            return (state, vec![], Detail::Fact(FactOrigin::Missing));
        }
        if let Some(index) = self.find_override(OverTarget::Fact(fact), at, data.declared.always) {
            let step = self.expr(self.model.overrides[index].value, at);
            let outcome = self.allowed(fact, self.outcome(step).clone(), self.model.overrides[index].span);
            let outcome = self.leads_to_somebody(fact, outcome, self.model.overrides[index].value, at);
            return (outcome, vec![step], Detail::Fact(FactOrigin::Override(index)));
        }
        match self.facts.fact(fact, entity, at.moment) {
            Found::One(given) => (
                Outcome::of(given.datum.clone()),
                vec![],
                Detail::Fact(FactOrigin::Data(given.origin.clone())),
            ),
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
        let bounds = declared.domain.as_ref().map_or(Bounds::open(), |domain| Bounds {
            low: domain.low.as_ref().map(|(low, _)| low.clone()),
            high: domain.high.as_ref().map(|(high, _)| high.clone()),
        });
        let missing = Missing { what: MissingWhat::Fact(fact), entity: at.entity, moment: at.moment };
        (Outcome::missing(missing, bounds), vec![], Detail::Fact(FactOrigin::Missing))
    }

    /// A what-if outside a fact's domain is bad data, not a result.
    pub fn allowed(&self, fact: FactId, outcome: Outcome, span: crate::base::Span) -> Outcome {
        let declared = &self.model.facts[fact].declared;
        let Some(Err(whole)) = outcome.as_number().map(|number| in_domain(number, declared)) else {
            return outcome;
        };
        let name = self.model.fact_name(fact);
        Outcome::error(RunProblem::OutsideDomain { span, name, whole })
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
    if same.is_some() && possible.iter().all(|other| other.datum() == same) {
        return first.clone().weakened(super::outcome::weakest(possible));
    }
    let missing = possible.iter().chain(deciding).flat_map(Outcome::missing_set).collect();
    let mut all = possible.iter().filter_map(Outcome::bounds);
    let bounds = all.next().map_or(Bounds::open(), |first| all.fold(first, |a, b| a.hull(&b)));
    let numeric = possible.iter().all(|o| o.bounds().is_some());
    Outcome::within(Unknown { missing, bounds: if numeric { bounds } else { Bounds::open() } })
}
