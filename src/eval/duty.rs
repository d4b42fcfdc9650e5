//! Duties: how far they have come on a day, as far as it is known.

use super::definition::one_of;
use super::machine::Machine;
use super::node::{Evaluated, plain};
use super::outcome::weakest;
use super::{At, Bounds, Missing, MissingWhat, Outcome, Reason, RunProblem, StepId};
use crate::facts::Datum;
use crate::model::{DutyStatus, DutyTerms, ExprId};
use crate::value::Date;

/// The deadline, as far as it is known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deadline {
    On(Date),
    None,
    Open,
}

/// What is known of when it was met.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Met {
    On(Date),
    Yes,
    No,
    /// Nothing says when it is met.
    Unsaid,
    /// Unknown; whether the date would tell if it was late.
    Open {
        date: bool,
    },
}

impl Machine<'_> {
    /// The status of a duty on the day asked about; of a year, quarter or month that is its last day.
    pub(super) fn duty(&mut self, expr: ExprId, terms: &DutyTerms, at: At) -> Evaluated {
        let Some(day) = at.moment.interval().map(|asked| asked.last().unwrap_or(Date::LAST)) else {
            let span = self.model.node(expr).span;
            return plain(Outcome::error(RunProblem::OutsideCalendar { span }), vec![]);
        };
        let mut inputs = Vec::new();
        let mut read = |machine: &mut Self, part: Option<ExprId>| -> Option<StepId> {
            let step = part.map(|part| machine.expr(part, at));
            inputs.extend(step);
            step
        };
        let only_if = read(self, terms.only_if);
        if let Some(state) = only_if.and_then(|step| self.no_duty(expr, step)) {
            return plain(state, inputs);
        }
        let (deadline, met) = (read(self, terms.deadline), read(self, terms.met));
        let parts = [only_if, deadline, met];
        if let Some(state) = self.broken(&parts) {
            return plain(state, inputs);
        }
        let outcome = self.status(expr, day, parts, at);
        plain(outcome, inputs)
    }

    /// Where the condition of a duty is not met there is none.
    fn no_duty(&self, expr: ExprId, condition: StepId) -> Option<Outcome> {
        match self.outcome(condition) {
            outcome if outcome.as_truth() == Some(false) => Some(Outcome::DoesNotApply(Reason::NoDuty(expr))),
            Outcome::Value(_) | Outcome::Unknown(_) => None,
            state @ (Outcome::DoesNotApply(_) | Outcome::Error(_)) => Some(state.clone()),
        }
    }

    /// An error in what decides is an error of the duty; what does not apply passes that on.
    fn broken(&self, parts: &[Option<StepId>]) -> Option<Outcome> {
        let outcomes: Vec<&Outcome> = parts.iter().flatten().map(|step| self.outcome(*step)).collect();
        match super::outcome::meet(outcomes) {
            Some(Outcome::Unknown(_)) | None => None,
            state => state,
        }
    }

    fn status(&self, expr: ExprId, day: Date, parts: [Option<StepId>; 3], at: At) -> Outcome {
        let [only_if, deadline, met] = parts.map(|part| part.map(|step| self.outcome(step).clone()));
        let open = |outcome: &Option<Outcome>| matches!(outcome, Some(Outcome::Unknown(_)));
        let is_date = parts[2].is_some_and(|step| self.is_date(step));
        let known = met_of(met.as_ref(), is_date);
        let all = statuses(day, deadline_of(deadline.as_ref()), known);
        if all.is_empty() {
            // Nothing tells whether it is met, so that has to be given.
            let missing = Missing { what: MissingWhat::Entity(expr), entity: at.entity, moment: at.moment };
            return Outcome::missing(missing, Bounds::open());
        }
        let deciding: Vec<Outcome> = [&only_if, &deadline, &met].into_iter().flatten().cloned().collect();
        let value = |status: &DutyStatus| Outcome::of(Datum::Text(status.name().to_owned()));
        let mut possible: Vec<Outcome> = all.iter().map(value).collect();
        if open(&only_if) {
            possible.push(Outcome::DoesNotApply(Reason::NoDuty(expr)));
        }
        match possible.as_slice() {
            [one] => one.clone().weakened(weakest(&deciding)),
            several => one_of(several, &deciding),
        }
    }

    fn is_date(&self, step: StepId) -> bool {
        match self.trace().step(step).what {
            super::What::Expr(expr) => self.model.node(expr).ty != crate::model::Ty::Bool,
            super::What::Def(_) => true,
        }
    }
}

fn deadline_of(outcome: Option<&Outcome>) -> Deadline {
    match outcome {
        None => Deadline::None,
        Some(Outcome::Value(value)) => match &value.datum {
            Datum::Date(date) => Deadline::On(*date),
            Datum::Nothing | Datum::Number(_) | Datum::Bool(_) | Datum::Text(_) => Deadline::None,
        },
        Some(Outcome::Unknown(_) | Outcome::DoesNotApply(_) | Outcome::Error(_)) => Deadline::Open,
    }
}

fn met_of(outcome: Option<&Outcome>, date: bool) -> Met {
    match outcome {
        None => Met::Unsaid,
        Some(Outcome::Value(value)) => match &value.datum {
            Datum::Date(date) => Met::On(*date),
            Datum::Bool(true) => Met::Yes,
            Datum::Bool(false) | Datum::Nothing | Datum::Number(_) | Datum::Text(_) => Met::No,
        },
        Some(Outcome::Unknown(_) | Outcome::DoesNotApply(_) | Outcome::Error(_)) => Met::Open { date },
    }
}

/// Every status that the duty can have on a day; none where nothing says how it is met and the deadline has passed.
fn statuses(day: Date, deadline: Deadline, met: Met) -> Vec<DutyStatus> {
    use DutyStatus::{Met as InTime, MetLate, NotDue, Overdue};
    let unmet = match deadline {
        Deadline::On(last) if last < day => vec![Overdue],
        Deadline::On(_) | Deadline::None => vec![NotDue],
        Deadline::Open => vec![NotDue, Overdue],
    };
    match met {
        Met::On(date) if date > day => unmet,
        Met::On(date) => match deadline {
            Deadline::On(last) if last < date => vec![MetLate],
            Deadline::On(_) | Deadline::None => vec![InTime],
            Deadline::Open => vec![InTime, MetLate],
        },
        Met::Yes => vec![InTime],
        Met::No => unmet,
        Met::Unsaid => unmet.into_iter().filter(|status| *status == NotDue).collect(),
        Met::Open { date } => {
            let late = date && !matches!(unmet.as_slice(), [NotDue]);
            unmet.into_iter().chain([InTime]).chain(late.then_some(MetLate)).collect()
        }
    }
}
