//! Owners: the entity at hand as a value, and what is read of the one that a link leads to.

use super::definition::one_of;
use super::machine::Machine;
use super::node::{Evaluated, plain};
use super::outcome::meet;
use super::{At, Outcome, Reason, RunProblem, Unknown};
use crate::diag::nearest;
use crate::facts::{Datum, EntityId};
use crate::model::{ExprId, KindId};

impl Machine<'_> {
    /// `region`: the one at hand, by its name.
    pub(super) fn entity_itself(&self, kind: KindId, at: At) -> Outcome {
        match at.entity {
            Some(entity) => Outcome::of(Datum::Text(self.facts.get(entity).name.clone())),
            None => self.nobody_of(kind, at),
        }
    }

    /// `kommunens region`: what is read of the owner. An owner that is `ingen` has nothing that applies.
    pub(super) fn of(
        &mut self,
        expr: ExprId,
        owner: ExprId,
        kind: KindId,
        value: ExprId,
        at: At,
    ) -> Evaluated {
        let whose = self.expr(owner, at);
        let outcome = self.outcome(whose).clone();
        let name = match &outcome {
            Outcome::Value(found) => match &found.datum {
                Datum::Text(name) => name.clone(),
                Datum::Nothing => {
                    let owner_at = self.trace().step(whose).at.entity;
                    return plain(Outcome::DoesNotApply(Reason::NoLink(owner, owner_at)), vec![whose]);
                }
                Datum::Number(_) | Datum::Bool(_) | Datum::Date(_) => {
                    return plain(self.invalid(expr), vec![whose]);
                }
            },
            Outcome::Unknown(_) => {
                let link = self.perhaps_none(owner, outcome);
                return self.of_somebody(expr, link, kind, value, (at, whose));
            }
            Outcome::DoesNotApply(_) | Outcome::Error(_) => return plain(outcome, vec![whose]),
        };
        let status = outcome.status();
        match self.called(expr, kind, &name, at) {
            Ok(entity) => {
                let place = self.inside(at, entity);
                let step = self.expr(value, place);
                plain(self.outcome(step).clone().weakened(status), vec![whose, step])
            }
            Err(outcome) => plain(outcome, vec![whose]),
        }
    }

    /// Finds the entity of a name; one of a kind of which nobody is loaded is missing, any other a slip.
    pub(super) fn called(&self, expr: ExprId, kind: KindId, name: &str, at: At) -> Result<EntityId, Outcome> {
        if let Some(entity) = self.facts.find(kind, name) {
            return Ok(entity);
        }
        let all = self.facts.of_kind(kind);
        if all.is_empty() {
            return Err(self.nobody_of(kind, at));
        }
        let near = nearest(name, all.iter().map(|id| self.facts.get(*id).name.as_str())).map(str::to_owned);
        let (span, kind) = (self.model.node(expr).span, self.model.kinds[kind].name.clone());
        Err(Outcome::error(RunProblem::NobodyCalled { span, kind, name: name.to_owned(), nearest: near }))
    }

    /// An unknown link that may turn out to be `ingen` may yet lead to nobody.
    pub(super) fn perhaps_none(&self, owner: ExprId, link: Outcome) -> Outcome {
        match link {
            Outcome::Unknown(unknown) => {
                let unsettled = unknown.unsettled || self.model.may_be_none(owner);
                Outcome::Unknown(Unknown { unsettled, ..unknown })
            }
            other => other,
        }
    }

    /// Where the link is unknown, the value is known when it is the same whoever it is.
    fn of_somebody(
        &mut self,
        expr: ExprId,
        link: Outcome,
        kind: KindId,
        value: ExprId,
        (at, whose): (At, super::StepId),
    ) -> Evaluated {
        let candidates = match self.entities(expr, kind, at) {
            Ok(candidates) => candidates,
            Err(state) => {
                let met = meet([&state, &link]).unwrap_or(state);
                return plain(met, vec![whose]);
            }
        };
        let mut steps = Vec::new();
        for entity in candidates {
            let place = self.inside(at, entity);
            steps.push(self.expr(value, place));
        }
        let possible = self.outcomes(&steps);
        match one_of(&possible, std::slice::from_ref(&link)) {
            known @ Outcome::Value(_) => {
                plain(known, std::iter::once(whose).chain(steps.first().copied()).collect())
            }
            Outcome::Unknown(found) if !possible.is_empty() => {
                // What others lack matters only to them that it turns out to be; the link is what is asked for.
                let lack = link.lack().unsettled_if(found.unsettled);
                plain(Outcome::Unknown(Unknown::new(lack, found.bounds)), vec![whose])
            }
            _ => plain(link, vec![whose]),
        }
    }
}
