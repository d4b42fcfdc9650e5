//! Values of facts laid over everything else for one run of the same plan: known exactly, or known to lie within bounds.
//! So a fact can be varied without anything being read or checked anew, and what holds for all of a range be proved.

use super::machine::Machine;
use super::{At, Bounds, Missing, MissingWhat, Outcome};
use crate::facts::{Datum, EntityId, Moment};
use crate::model::{ExprId, FactId};
use crate::value::Interval;

/// A fact of somebody at some time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// The fact.
    pub fact: FactId,
    /// Whose it is; `None` where it is given once.
    pub entity: Option<EntityId>,
    /// When; `None` at all times.
    pub interval: Option<Interval>,
}

/// Values laid over facts, whatever data, defaults and what-ifs say of them, and over figures as they are written.
#[derive(Clone, Debug, Default)]
pub struct Laid {
    facts: Vec<(Place, Over)>,
    exprs: Vec<(ExprId, Over)>,
}

/// What is laid over a fact.
#[derive(Clone, Debug)]
enum Over {
    Value(Datum),
    Within(Bounds),
}

impl Laid {
    /// Lays a value over a fact.
    #[must_use]
    pub fn value(mut self, place: Place, datum: Datum) -> Laid {
        self.facts.push((place, Over::Value(datum)));
        self
    }
    /// Leaves a number unknown but for bounds. INVARIANT: what a run decides then, it decides for every number within.
    #[must_use]
    pub fn within(mut self, place: Place, bounds: Bounds) -> Laid {
        self.facts.push((place, Over::Within(bounds)));
        self
    }
    /// Lays a value over what is written at a place of the rules or of a what-if.
    #[must_use]
    pub fn written(mut self, expr: ExprId, datum: Datum) -> Laid {
        self.exprs.push((expr, Over::Value(datum)));
        self
    }
    /// Leaves a number that is written unknown but for bounds. INVARIANT: as for [`Laid::within`].
    #[must_use]
    pub fn written_within(mut self, expr: ExprId, bounds: Bounds) -> Laid {
        self.exprs.push((expr, Over::Within(bounds)));
        self
    }
}

impl Place {
    /// Tells whether the fact at a moment is the one that is meant.
    fn is(&self, fact: FactId, entity: Option<EntityId>, moment: Moment) -> bool {
        let timely = |own: Interval| moment.interval().is_some_and(|asked| own.covers(asked));
        self.fact == fact && self.entity == entity && self.interval.is_none_or(timely)
    }
    /// Tells whether something that is missing is this fact.
    pub fn is_missing(&self, missing: &Missing) -> bool {
        missing.what == MissingWhat::Fact(self.fact)
            && (self.entity.is_none() || missing.entity == self.entity)
            && self.interval.is_none_or(|own| missing.moment.interval().is_some_and(|then| own.covers(then)))
    }
}

impl<'a> Machine<'a> {
    /// The same machine with values laid over facts.
    pub fn laying(mut self, laid: &'a Laid) -> Machine<'a> {
        self.laid = Some(laid);
        self
    }

    /// What is laid over a fact, if anything is.
    pub(super) fn laid(&self, fact: FactId, entity: Option<EntityId>, moment: Moment) -> Option<Outcome> {
        let (_, over) = self.laid?.facts.iter().rev().find(|(place, _)| place.is(fact, entity, moment))?;
        Some(match over {
            Over::Value(datum) => Outcome::of(datum.clone()),
            Over::Within(bounds) => {
                let missing = Missing { what: MissingWhat::Fact(fact), entity, moment };
                Outcome::missing(missing, bounds.clone())
            }
        })
    }

    /// What is laid over something written, if anything is.
    pub(super) fn laid_over_written(&self, expr: ExprId, at: At) -> Option<Outcome> {
        let (_, over) = self.laid?.exprs.iter().rev().find(|(own, _)| *own == expr)?;
        Some(match over {
            Over::Value(datum) => Outcome::of(datum.clone()),
            Over::Within(bounds) => {
                let missing =
                    Missing { what: MissingWhat::Entity(expr), entity: at.entity, moment: at.moment };
                Outcome::missing(missing, bounds.clone())
            }
        })
    }
}
