//! Exceptions: which are live, which of them wins, and what holds where that cannot be decided.

use super::definition::{Computed, one_of};
use super::machine::Machine;
use super::outcome::weakest;
use super::{At, Bounds, Considered, Detail, Lack, Live, Outcome, RunProblem, StepId, Unknown};
use crate::model::{Alternative, Body, DefId, ExceptionId};
use crate::value::Interval;

/// More undecided exceptions of one definition than this are not tried in every combination.
const MOST_UNDECIDED: usize = 10;

/// An exception that was looked at, with the conditions it depends on: its own and those of the ones around it.
struct Looked {
    considered: Considered,
    /// Those whose condition is not decided.
    open: Vec<ExceptionId>,
    /// The pieces of the time asked about, where it holds in a part of it only.
    partly: Vec<Interval>,
}

impl Machine<'_> {
    /// Computes a definition as live exceptions leave it: all of them, or those that one goes before.
    pub(super) fn with_exceptions(&mut self, def: DefId, at: At, below: Option<ExceptionId>) -> Computed {
        let looked = self.look(def, at, below);
        let sure: Vec<ExceptionId> = named(&looked, Some(true));
        let sure: Vec<ExceptionId> =
            sure.into_iter().filter(|exception| self.reaches(def, *exception, at)).collect();
        let winners = self.winners(&sure);
        let set_aside = |m: &Machine<'_>, id: ExceptionId| {
            winners.iter().any(|winner| m.model.exception_before(*winner, id))
        };
        let partly = looked.iter().find(|l| {
            !l.partly.is_empty()
                && l.considered.live != Some(false)
                && !set_aside(self, l.considered.exception)
        });
        let mut computed = match partly {
            Some(looked) if !self.says_the_same(def, looked.considered.exception, at) => {
                return self.changes(def, at, looked.partly.clone());
            }
            Some(_) | None => self.of_live(def, &winners, at),
        };
        let open: Vec<&Looked> = looked
            .iter()
            .filter(|l| l.considered.live.is_none() && !set_aside(self, l.considered.exception))
            .collect();
        let conditions: Vec<StepId> = looked.iter().flat_map(|l| l.considered.steps()).collect();
        if !open.is_empty() {
            computed = self.undecided(def, computed, &sure, &open, at);
        }
        // Whether an exception is live rests on the figures of its condition, whichever way it went.
        computed.outcome =
            computed.outcome.weakened(weakest(conditions.iter().map(|step| self.outcome(*step))));
        computed.inputs.extend(conditions);
        computed.detail.considered = looked.into_iter().map(|l| l.considered).collect();
        computed
    }

    /// Tells whether an exception gives what the text gives without it.
    fn says_the_same(&mut self, def: DefId, exception: ExceptionId, at: At) -> bool {
        let (with, without) = (self.restated(def, exception, at), self.text(def, at, None));
        with.outcome.datum().is_some() && with.outcome.datum() == without.outcome.datum()
    }

    /// Looks at every exception that restates a definition.
    pub(super) fn consider(&mut self, def: DefId, at: At) -> Vec<Considered> {
        self.look(def, at, None).into_iter().map(|looked| looked.considered).collect()
    }

    fn look(&mut self, def: DefId, at: At, below: Option<ExceptionId>) -> Vec<Looked> {
        let model = self.model;
        let mut seen: Vec<Looked> = Vec::new();
        for (exception, alternative) in &model.defs[def].exceptions {
            let known = seen.iter().any(|l| l.considered.exception == *exception);
            let off = model.switched_off.contains(exception) || at.without == Some(*exception);
            let above = below.is_some_and(|below| !model.exception_before(below, *exception));
            if known || off || above || self.is_ended(*exception, at) {
                continue;
            }
            let (timely, date) = self.holds(alternative.interval, &alternative.given, false, at);
            if timely == Some(false) {
                continue;
            }
            let mut looked = self.look_at(*exception, at);
            if below.is_some_and(|below| model.is_within(below, *exception)) {
                // What is nested applies only within those around it.
                looked.considered.live = Some(true);
                (looked.open, looked.partly) = (Vec::new(), Vec::new());
            }
            if timely.is_none() && looked.considered.live == Some(true) {
                looked.considered.live = None;
                looked.considered.date = date;
                looked.open.push(*exception);
            }
            seen.push(looked);
        }
        seen
    }

    /// Tells whether a reading or amendment sets an exception aside for all of the moment.
    fn is_ended(&self, exception: ExceptionId, at: At) -> bool {
        let ended = &self.model.exceptions[exception].ended;
        at.moment.interval().is_some_and(|asked| ended.iter().any(|(interval, _)| interval.covers(asked)))
    }

    /// Decides whether an exception is live.
    pub(super) fn live(&mut self, exception: ExceptionId, at: At) -> Considered {
        self.look_at(exception, at).considered
    }

    /// Decides whether an exception is live: its time fits, its outer exception is live, its condition is met.
    fn look_at(&mut self, exception: ExceptionId, at: At) -> Looked {
        let mut considered = Considered {
            exception,
            live: Some(false),
            in_time: true,
            condition: None,
            outer_condition: None,
            date: None,
        };
        if self.model.switched_off.contains(&exception)
            || at.without == Some(exception)
            || self.is_ended(exception, at)
        {
            // What stands within an exception that is off is off with it.
            return Looked { considered, open: Vec::new(), partly: Vec::new() };
        }
        let data = &self.model.exceptions[exception];
        let (own, given, ended) = (data.interval.unwrap_or(Interval::always()), &data.given, &data.ended);
        let (timely, date) = self.holds(own, given, false, at);
        considered.date = date;
        let Some(asked) = at.moment.interval().filter(|_| timely != Some(false)) else {
            considered.in_time = false;
            return Looked { considered, open: Vec::new(), partly: Vec::new() };
        };
        // An exception that holds in a part of the moment makes the value change within it.
        let throughout = self.holds(own, given, true, at).0;
        let pieces = asked.cut(ended.iter().map(|(ended, _)| *ended).chain([own]));
        let mut partly: Vec<Interval> = pieces
            .into_iter()
            .filter(|piece| own.covers(*piece) && !ended.iter().any(|(ended, _)| ended.covers(*piece)))
            .collect();
        // Where a date that is unknown decides, it is undecided and not known to hold in a part.
        let whole = throughout == Some(true) || (throughout.is_none() && timely.is_none());
        if whole && partly == [asked] {
            partly.clear();
        }
        let mut looked = Looked { considered, open: Vec::new(), partly };
        if let Some(outer) = data.outer {
            let outer = self.look_at(outer, at);
            if outer.considered.live == Some(false) {
                return looked;
            }
            looked.considered.outer_condition = outer
                .considered
                .condition
                .or(outer.considered.outer_condition)
                .filter(|_| outer.considered.live.is_none());
            looked.open = outer.open;
            looked.partly.extend(outer.partly);
        }
        self.decide(exception, timely, at, &mut looked);
        looked
    }

    fn decide(&mut self, exception: ExceptionId, timely: Option<bool>, at: At, looked: &mut Looked) {
        let data = &self.model.exceptions[exception];
        let met = match data.condition {
            None => Some(true),
            Some(condition) => {
                let place = if data.reads_itself { At { without: Some(exception), ..at } } else { at };
                let step = self.expr(condition, place);
                looked.considered.condition = Some(step);
                match self.outcome(step) {
                    Outcome::DoesNotApply(_) => Some(false),
                    outcome => outcome.as_truth(),
                }
            }
        };
        let own = match (met, timely) {
            (Some(true), timely) => timely,
            (met, _) => met,
        };
        if own.is_none() {
            looked.open.push(exception);
        }
        looked.considered.live = match (own, looked.open.is_empty()) {
            (Some(false), _) => Some(false),
            (_, true) => own,
            (_, false) => None,
        };
    }

    /// Of the live ones, drops those a nested or preceding live one sets aside.
    pub(super) fn winners(&self, live: &[ExceptionId]) -> Vec<ExceptionId> {
        let yields = |loser: ExceptionId| live.iter().any(|w| self.model.exception_before(*w, loser));
        live.iter().copied().filter(|id| !yields(*id)).collect()
    }

    fn of_live(&mut self, def: DefId, winners: &[ExceptionId], at: At) -> Computed {
        match winners {
            [] => self.text(def, at, None),
            [one] => self.restated(def, *one, at),
            many => self.several(def, many, at),
        }
    }

    /// An exception that states some rows of a table says nothing where another row is hit.
    fn reaches(&mut self, def: DefId, exception: ExceptionId, at: At) -> bool {
        let model = self.model;
        let exceptions = model.layers.exceptions;
        let all = model.defs[def].exceptions.iter().filter(|(id, _)| *id == exception);
        let bodies: Vec<_> = all.map(|(_, alternative)| alternative.body).collect();
        for body in bodies {
            let Body::Expr(expr) = body else { return true };
            let crate::model::NodeKind::Lookup { table, column, .. } = &model.node(expr).kind else {
                return true;
            };
            if model.tables[*table].edited_in != Some(exception) {
                return true;
            }
            let step = self.expr(expr, at);
            let Detail::Row { rows, .. } = &self.trace().step(step).detail else { return true };
            // A row that cannot be decided may be one of those stated.
            let stated = |row: &usize| {
                model.tables[*table].rows.get(*row).is_some_and(|row| {
                    let edited = |e: &crate::model::RowEdit| {
                        e.layer == exceptions
                            && !matches!(e.change, crate::model::RowChange::Cell(at, _) if at != *column)
                    };
                    row.layer == exceptions || row.edits.iter().any(edited)
                })
            };
            if rows.is_empty() || rows.iter().any(stated) {
                return true;
            }
        }
        false
    }

    pub(super) fn restated(&mut self, def: DefId, exception: ExceptionId, at: At) -> Computed {
        let model = self.model;
        let own = model.defs[def].exceptions.iter().filter(|(id, _)| *id == exception);
        let alternatives: Vec<&Alternative> = own.map(|(_, alternative)| alternative).collect();
        let mut computed = self.in_force(def, &alternatives, Some(exception), at);
        computed.detail.alternative = None;
        computed.detail.exception = Some(exception);
        computed
    }

    /// Two live exceptions must agree, unless one goes before the other.
    fn several(&mut self, def: DefId, live: &[ExceptionId], at: At) -> Computed {
        let all: Vec<Computed> = live.iter().map(|exception| self.restated(def, *exception, at)).collect();
        let mut all = all.into_iter();
        let Some(first) = all.next() else { return self.text(def, at, None) };
        let rest: Vec<Computed> = all.collect();
        let inputs: Vec<StepId> =
            first.inputs.iter().copied().chain(rest.iter().flat_map(|other| other.inputs.clone())).collect();
        if rest.iter().all(|other| agree(&first.outcome, &other.outcome)) {
            return Computed { inputs, ..first };
        }
        if let Some(open) = still_open(&first, &rest) {
            return Computed { outcome: open, inputs, ..first };
        }
        let exceptions = live.iter().map(|id| Live::of(self.model, *id)).collect();
        let problem = RunProblem::Conflict { name: self.model.full_name(def), exceptions };
        Computed { outcome: Outcome::error(problem), inputs, detail: first.detail }
    }

    /// Exceptions that may or may not be live leave the value known only where every combination of them gives it.
    fn undecided(
        &mut self,
        def: DefId,
        computed: Computed,
        sure: &[ExceptionId],
        open: &[&Looked],
        at: At,
    ) -> Computed {
        let mut atoms: Vec<ExceptionId> = open.iter().flat_map(|l| l.open.iter().copied()).collect();
        atoms.sort();
        atoms.dedup();
        let steps = open.iter().flat_map(|l| l.considered.steps());
        let conditions: Vec<Outcome> = steps.map(|step| self.outcome(step).clone()).collect();
        if atoms.len() > MOST_UNDECIDED {
            let lack: Lack = conditions.iter().map(Outcome::lack).collect();
            let outcome = Outcome::Unknown(Unknown::new(lack.unsettled_if(true), Bounds::open()));
            return Computed { outcome, ..computed };
        }
        let mut inputs = computed.inputs.clone();
        let mut tried: Vec<Vec<ExceptionId>> = Vec::new();
        let mut possible = Vec::new();
        for choice in 0..(1_usize << atoms.len()) {
            let met =
                |id: &ExceptionId| atoms.iter().position(|a| a == id).is_some_and(|i| choice >> i & 1 == 1);
            let live = open.iter().filter(|l| l.open.iter().all(met)).map(|l| l.considered.exception);
            let live: Vec<ExceptionId> = sure.iter().copied().chain(live).collect();
            let winners = self.winners(&live);
            if tried.contains(&winners) {
                continue;
            }
            let one = self.of_live(def, &winners, at);
            tried.push(winners);
            inputs.extend(one.inputs);
            possible.push(one.outcome);
        }
        Computed { outcome: one_of(&possible, &conditions), inputs, detail: computed.detail }
    }
}

/// Live exceptions of which some are unknown, and the others agree, may yet come to the same.
fn still_open(first: &Computed, rest: &[Computed]) -> Option<Outcome> {
    let all: Vec<&Outcome> = std::iter::once(first).chain(rest).map(|computed| &computed.outcome).collect();
    let (open, known): (Vec<&Outcome>, Vec<&Outcome>) =
        all.into_iter().partition(|outcome| matches!(outcome, Outcome::Unknown(_)));
    let agreeing = known.windows(2).all(|pair| agree(pair[0], pair[1]));
    if open.is_empty() || !agreeing {
        return None;
    }
    // Unless they come to the same, they conflict.
    let lack: Lack = open.iter().map(|outcome| outcome.lack()).collect();
    Some(Outcome::Unknown(Unknown::new(lack.unsettled_if(true), Bounds::open())))
}

/// Tells whether two live exceptions come to the same: the same value, or that it does not apply.
fn agree(one: &Outcome, other: &Outcome) -> bool {
    match (one, other) {
        (Outcome::DoesNotApply(_), Outcome::DoesNotApply(_)) => true,
        _ => one.datum().is_some() && one.datum() == other.datum(),
    }
}

fn named(looked: &[Looked], live: Option<bool>) -> Vec<ExceptionId> {
    looked.iter().filter(|l| l.considered.live == live).map(|l| l.considered.exception).collect()
}
