//! What an evaluation can end in: a value, or one of three states that are never mistaken for one.

use std::collections::BTreeSet;

use super::RunProblem;
use crate::facts::{Datum, EntityId, Given, Moment};
use crate::model::{DefId, ExceptionId, ExprId, FactId, KindId, LayerId};
use crate::value::{Bounds, Number, Status};

/// The result of evaluating something for an entity at a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// A value.
    Value(Value),
    /// Not given, or announced but not fixed.
    Unknown(Unknown),
    /// Not in force then, lifted, or no row by rule.
    DoesNotApply(Reason),
    /// Something went wrong, at its own place.
    Error(Box<RunProblem>),
}

/// A value and how sure it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Value {
    /// The value.
    pub datum: Datum,
    /// The weakest status of the figures it rests on.
    pub status: Status,
}

/// What keeps a value from being known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unknown {
    /// What is missing.
    pub missing: BTreeSet<Missing>,
    /// What is known of a number all the same.
    pub bounds: Bounds,
    /// Whether it may yet turn out to be an error, or not to apply.
    // INVARIANT: nothing is decided from the bounds of what may have no value, for no value may become an error.
    pub unsettled: bool,
}

/// What several outcomes lack together.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lack {
    /// What is missing.
    pub missing: BTreeSet<Missing>,
    /// Whether one of them may yet turn out to be an error, or not to apply.
    pub unsettled: bool,
}

impl FromIterator<Lack> for Lack {
    fn from_iter<I: IntoIterator<Item = Lack>>(all: I) -> Lack {
        all.into_iter().fold(Lack::default(), |mut sum, next| {
            sum.missing.extend(next.missing);
            Lack { unsettled: sum.unsettled || next.unsettled, ..sum }
        })
    }
}

impl Lack {
    /// The same lack, of something that may also turn out to be an error or not to apply, if `so`.
    pub fn unsettled_if(self, so: bool) -> Lack {
        Lack { unsettled: self.unsettled || so, ..self }
    }
}

impl Unknown {
    /// Makes an unknown.
    pub fn new(Lack { missing, unsettled }: Lack, bounds: Bounds) -> Unknown {
        Unknown { missing, bounds, unsettled }
    }
    /// The same unknown within other bounds.
    pub fn bounded(self, bounds: Bounds) -> Unknown {
        Unknown { bounds, ..self }
    }
}

/// Something that is missing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Missing {
    /// What.
    pub what: MissingWhat,
    /// Of whom.
    pub entity: Option<EntityId>,
    /// When.
    pub moment: Moment,
}

/// What can be missing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum MissingWhat {
    /// A fact that was not given.
    Fact(FactId),
    /// A definition stated to be unknown, and the node that says so.
    Stated(DefId, ExprId),
    /// A definition stated as a total over several years.
    Total(DefId),
    /// Entities of a kind, of which none were loaded.
    Entities(KindId),
    /// A single entity that was not loaded; the node names it.
    Entity(ExprId),
}

/// Why something does not apply.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Reason {
    /// The definition is not in force at the moment asked for.
    NotInForce(DefId),
    /// An exception lifts it.
    Lifted(DefId, ExceptionId),
    /// A reading or amendment ends it.
    Ended(DefId, LayerId),
    /// The text says so at this place.
    Stated(ExprId),
    /// The condition of a duty is not met.
    NoDuty(ExprId),
    /// No row matches under a policy that allows that.
    NoRow(ExprId),
    /// The entity does not exist at the moment asked for.
    NotThen(EntityId),
    /// The link is `ingen`; of whom it was read.
    NoLink(ExprId, Option<EntityId>),
    /// The entity is not among those ranked or shared to.
    NotAmong(ExprId, EntityId),
}

impl Outcome {
    /// Makes a final value.
    pub fn of(datum: Datum) -> Outcome {
        Outcome::Value(Value { datum, status: Status::Final })
    }
    /// Makes what data give: a final value, or an error where it cannot be one.
    pub fn given(given: &Given) -> Outcome {
        match &given.datum {
            Ok(datum) => Outcome::of(datum.clone()),
            Err(refused) => Outcome::error(RunProblem::Refused(refused.clone())),
        }
    }
    /// Makes a final number.
    pub fn number(number: Number) -> Outcome {
        Outcome::of(Datum::Number(number))
    }
    /// Makes a truth value.
    pub fn truth(truth: bool) -> Outcome {
        Outcome::of(Datum::Bool(truth))
    }
    /// Makes an unknown that one thing is missing for.
    pub fn missing(missing: Missing, bounds: Bounds) -> Outcome {
        let lack = Lack { missing: BTreeSet::from([missing]), unsettled: false };
        Outcome::Unknown(Unknown::new(lack, bounds))
    }
    /// Makes an unknown number. Where its bounds leave only one number, that is its value: what is missing cannot
    /// change it.
    pub fn within(unknown: Unknown) -> Outcome {
        match unknown.bounds.only() {
            // The one number that it may be, or no value at all.
            Some(_) if unknown.unsettled => Outcome::Unknown(unknown.bounded(Bounds::open())),
            Some(only) => Outcome::number(only.clone()),
            None => Outcome::Unknown(unknown),
        }
    }
    /// Makes an error.
    pub fn error(problem: RunProblem) -> Outcome {
        Outcome::Error(Box::new(problem))
    }
    /// Returns the datum of a value.
    pub fn datum(&self) -> Option<&Datum> {
        match self {
            Outcome::Value(value) => Some(&value.datum),
            Outcome::Unknown(_) | Outcome::DoesNotApply(_) | Outcome::Error(_) => None,
        }
    }
    /// Returns the number of a value.
    pub fn as_number(&self) -> Option<&Number> {
        match self.datum()? {
            Datum::Number(number) => Some(number),
            Datum::Bool(_) | Datum::Date(_) | Datum::Text(_) | Datum::Nothing => None,
        }
    }
    /// Returns the truth of a value.
    pub fn as_truth(&self) -> Option<bool> {
        match self.datum()? {
            Datum::Bool(truth) => Some(*truth),
            Datum::Number(_) | Datum::Date(_) | Datum::Text(_) | Datum::Nothing => None,
        }
    }
    /// Returns what is known of a number: exactly one for a value, the bounds of an unknown.
    pub fn bounds(&self) -> Option<Bounds> {
        match self {
            Outcome::Value(_) => self.as_number().map(Bounds::point),
            Outcome::Unknown(unknown) => Some(unknown.bounds.clone()),
            Outcome::DoesNotApply(_) | Outcome::Error(_) => None,
        }
    }
    /// Returns the bounds from which something may be decided: none of what may yet have no value.
    pub fn deciding_bounds(&self) -> Option<Bounds> {
        self.bounds().filter(|_| !self.is_unsettled())
    }
    /// Returns what is missing.
    pub fn missing_set(&self) -> BTreeSet<Missing> {
        match self {
            Outcome::Unknown(unknown) => unknown.missing.clone(),
            Outcome::Value(_) | Outcome::DoesNotApply(_) | Outcome::Error(_) => BTreeSet::new(),
        }
    }
    /// Returns what keeps it from being known.
    pub fn lack(&self) -> Lack {
        Lack { missing: self.missing_set(), unsettled: self.is_unsettled() }
    }
    /// Tells whether it is unknown and may yet turn out to be an error, or not to apply.
    pub fn is_unsettled(&self) -> bool {
        matches!(self, Outcome::Unknown(unknown) if unknown.unsettled)
    }
    /// Returns the status of a value.
    pub fn status(&self) -> Status {
        match self {
            Outcome::Value(value) => value.status,
            Outcome::Unknown(_) | Outcome::DoesNotApply(_) | Outcome::Error(_) => Status::Final,
        }
    }
    /// Returns the same value with a status at least as weak as `status`.
    pub fn weakened(self, status: Status) -> Outcome {
        match self {
            Outcome::Value(value) => Outcome::Value(Value { status: value.status.max(status), ..value }),
            other => other,
        }
    }
}

/// Where states meet: an error before "does not apply", that before unknown. `None` when all are values.
pub(super) fn meet<'a>(outcomes: impl IntoIterator<Item = &'a Outcome> + Clone) -> Option<Outcome> {
    let first = |wanted: fn(&Outcome) -> bool| outcomes.clone().into_iter().find(|o| wanted(o)).cloned();
    first(|o| matches!(o, Outcome::Error(_)))
        .or_else(|| first(|o| matches!(o, Outcome::DoesNotApply(_))))
        .or_else(|| {
            let unknown = outcomes.clone().into_iter().any(|o| matches!(o, Outcome::Unknown(_)));
            let lack = outcomes.into_iter().map(Outcome::lack).collect();
            unknown.then_some(Outcome::Unknown(Unknown::new(lack, Bounds::open())))
        })
}

/// Returns the weakest status of several outcomes.
pub(super) fn weakest<'a>(outcomes: impl IntoIterator<Item = &'a Outcome>) -> Status {
    outcomes.into_iter().map(Outcome::status).max().unwrap_or_default()
}
