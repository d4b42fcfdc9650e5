//! Whom an aggregate, a rank or a distribution runs over: those loaded, that exist then, and are chosen.

use super::logic::{compared, conjunction};
use super::machine::Machine;
use super::node::{Evaluated, plain};
use super::{At, Bounds, EntityLine, Missing, MissingWhat, Outcome, Reason, RunProblem, StepId};
use crate::facts::{Datum, EntityId};
use crate::model::{Compare, ExprId, KindId, Selection, Within};

/// What is read of each that may be chosen.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OfEach {
    /// What is summed, compared or shared by.
    pub(super) of: Option<ExprId>,
    /// What it is weighted by.
    pub(super) weight: Option<ExprId>,
}

impl Machine<'_> {
    /// Returns the entities of a kind that exist at a moment, or what is missing when none were loaded.
    pub(super) fn entities(&self, expr: ExprId, kind: KindId, at: At) -> Result<Vec<EntityId>, Outcome> {
        let Some(asked) = at.moment.interval() else {
            let span = self.model.node(expr).span;
            return Err(Outcome::error(RunProblem::OutsideCalendar { span }));
        };
        let all = self.facts.of_kind(kind);
        let then = |entity: &EntityId| self.facts.life(*entity).overlaps(asked);
        let alive: Vec<EntityId> = all.iter().copied().filter(then).collect();
        // Nobody loaded, or nobody of those loaded alive: nothing is known of the kind then.
        if alive.is_empty() && (!self.facts.is_loaded(kind) || !all.is_empty()) {
            return Err(self.nobody_of(kind, at));
        }
        let partly = alive.iter().copied().filter(|entity| !self.facts.life(*entity).covers(asked));
        let partly: Vec<_> =
            partly.map(|entity| (self.facts.get(entity).name.clone(), self.facts.life(entity))).collect();
        if !partly.is_empty() {
            let (span, kind) = (self.model.node(expr).span, self.model.kinds[kind].plural.clone());
            return Err(Outcome::error(RunProblem::KindChanges { span, kind, moment: at.moment, partly }));
        }
        Ok(alive)
    }

    /// Nothing is known of a kind of which nobody is loaded.
    pub(super) fn nobody_of(&self, kind: KindId, at: At) -> Outcome {
        let missing = Missing { what: MissingWhat::Entities(kind), entity: None, moment: at.moment };
        Outcome::missing(missing, Bounds::open())
    }

    /// Decides for each of a kind whether it is chosen, and reads what is wanted of those that may be. Those that a
    /// link or a common trait leaves out have no line; those that `hvor` leaves out have one, to tell why.
    pub(super) fn selected(
        &mut self,
        expr: ExprId,
        set: &Selection,
        each: OfEach,
        at: At,
    ) -> Result<Vec<EntityLine>, Evaluated> {
        let entities = self.entities(expr, set.kind, at).map_err(|outcome| plain(outcome, vec![]))?;
        let group = self.group(set, entities, at)?;
        let mut lines = Vec::new();
        for (entity, member) in group {
            let place = self.inside(at, entity);
            let line = self.one_of_them(entity, member, set.filter, each, place);
            if let Some(condition) = line.condition
                && let error @ Outcome::Error(_) = self.outcome(condition)
            {
                return Err(plain(error.clone(), vec![condition]));
            }
            lines.push(line);
        }
        Ok(lines)
    }

    /// Applies `hvor` to one that is, or may be, of the group.
    fn one_of_them(
        &mut self,
        entity: EntityId,
        member: Option<StepId>,
        filter: Option<ExprId>,
        each: OfEach,
        place: At,
    ) -> EntityLine {
        let condition = filter.map(|filter| self.expr(filter, place));
        let (selected, ruled_out) = match condition.map(|step| self.outcome(step)) {
            None => (true, false),
            Some(outcome) => {
                let truth = outcome.as_truth();
                (truth == Some(true), truth == Some(false) || matches!(outcome, Outcome::DoesNotApply(_)))
            }
        };
        let selected_surely = selected && member.is_none();
        let open = !ruled_out && !selected_surely;
        // What decides is told: the condition, unless that one is met and the link is what is unknown.
        let condition = if selected && open { member } else { condition };
        let read = each.of.filter(|_| !ruled_out).map(|of| self.expr(of, place));
        let weight = each.weight.filter(|_| !ruled_out).map(|weight| self.expr(weight, place));
        EntityLine { entity, read, weight, selected: selected_surely, open, condition }
    }

    /// Those of `i regionen` and `med samme …`, each with the step that leaves it open whether it is one of them.
    pub(super) fn group(
        &mut self,
        set: &Selection,
        entities: Vec<EntityId>,
        at: At,
    ) -> Result<Vec<(EntityId, Option<StepId>)>, Evaluated> {
        let owner = match set.within {
            Some(within) => Some(self.owner_of(within, at)?),
            None => None,
        };
        let own = match set.same {
            Some(same) => Some(self.own_trait(set.kind, same, at)?),
            None => None,
        };
        let mut group = Vec::new();
        for entity in entities {
            let place = self.inside(at, entity);
            let mut tests: Vec<(StepId, Outcome)> = Vec::new();
            if let (Some(within), Some(owner)) = (set.within, &owner) {
                let step = self.expr(within.link, place);
                tests.push((step, compared(Compare::Eq, self.outcome(step), owner)));
            }
            if let (Some(same), Some((whose, own, own_step))) = (set.same, &own)
                && *whose != entity
            {
                let step = self.expr(same, place);
                let equal = compared(Compare::Eq, self.outcome(step), own);
                // What leaves it open is told: one's own trait, where that of the other is known.
                let known = matches!(self.outcome(step), Outcome::Value(_));
                tests.push((if known { *own_step } else { step }, equal));
            }
            let outcomes: Vec<Outcome> = tests.iter().map(|(_, outcome)| outcome.clone()).collect();
            match conjunction(&outcomes) {
                Outcome::Error(problem) => return Err(plain(Outcome::Error(problem), vec![])),
                Outcome::DoesNotApply(_) => {}
                outcome if outcome.as_truth() == Some(true) => group.push((entity, None)),
                Outcome::Value(_) => {}
                Outcome::Unknown(_) => {
                    let open = tests.iter().find(|(_, outcome)| matches!(outcome, Outcome::Unknown(_)));
                    group.push((entity, open.map(|(step, _)| *step)));
                }
            }
        }
        Ok(group)
    }

    /// The owner that links must lead to.
    fn owner_of(&mut self, within: Within, at: At) -> Result<Outcome, Evaluated> {
        let step = self.expr(within.owner, at);
        match self.outcome(step) {
            Outcome::Value(value) if value.datum == Datum::Nothing => {
                Err(plain(Outcome::DoesNotApply(Reason::NoLink(within.owner, at.entity)), vec![step]))
            }
            owner @ Outcome::Value(_) => Ok(owner.clone()),
            state => Err(plain(self.perhaps_none(within.owner, state.clone()), vec![step])),
        }
    }

    /// What the one at hand has, that the others must have too.
    fn own_trait(
        &mut self,
        kind: KindId,
        same: ExprId,
        at: At,
    ) -> Result<(EntityId, Outcome, StepId), Evaluated> {
        let Some(whose) = self.at_hand(at, kind, 0) else {
            return Err(plain(self.nobody_of(kind, at), vec![]));
        };
        let step = self.expr(same, at);
        match self.outcome(step) {
            state @ (Outcome::Error(_) | Outcome::DoesNotApply(_)) => Err(plain(state.clone(), vec![step])),
            // Who is unlike an unknown is unknown too; the one at hand is surely like itself.
            own @ (Outcome::Value(_) | Outcome::Unknown(_)) => Ok((whose, own.clone(), step)),
        }
    }
}
