//! Which line of a definition is in force at a moment, where bounds may be dates that are given and perhaps unknown.

use super::definition::{Computed, one_of};
use super::machine::Machine;
use super::{At, Bounds, Missing, MissingWhat, Outcome, Reason, RunProblem, StepId};
use crate::facts::Datum;
use crate::model::{Alternative, Body, BoundEdge, DefId, ExceptionId, ExprId, GivenBound, NodeKind};
use crate::value::{Date, Interval, Period};

/// What holds of the lines of a definition at the moment asked about; lines by position.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Picked {
    /// One line holds throughout.
    One(usize),
    /// Several lines hold, each in a part of it.
    Pieces(Vec<(usize, Interval)>),
    /// Two lines hold on the same day.
    Overlap((usize, Interval), (usize, Interval)),
    /// None holds.
    Nothing,
}

/// Which of some lines is in force throughout a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Line {
    /// The one at this position.
    One(usize),
    /// None.
    Nothing,
    /// One in a part of it and another, or none, in the rest.
    Several,
}

/// Tells which line is in force throughout a time, of lines that no given date bounds.
pub fn line_in_force(lines: &[&Alternative], asked: Interval) -> Line {
    let intervals: Vec<Interval> = lines.iter().map(|line| line.interval).collect();
    match choose(lines, &intervals, asked) {
        Picked::One(at) => Line::One(at),
        Picked::Nothing => Line::Nothing,
        Picked::Pieces(_) | Picked::Overlap(..) => Line::Several,
    }
}

/// What a given date is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Given {
    /// A day.
    On(Date),
    /// `ingen`.
    Nothing,
    /// Unknown; the same number is the same date.
    Open(usize),
}

/// The given dates of some bounds, evaluated.
struct GivenDates {
    dates: Vec<(ExprId, Given)>,
    /// The steps of all of them.
    steps: Vec<StepId>,
    /// The steps of the unknown ones, by their number.
    open: Vec<StepId>,
}

impl Machine<'_> {
    /// Computes what the lines in force say.
    pub(super) fn in_force(
        &mut self,
        def: DefId,
        alternatives: &[&Alternative],
        exception: Option<ExceptionId>,
        at: At,
    ) -> Computed {
        let Some(asked) = at.moment.interval() else {
            let span = self.model.defs[def].span;
            return Computed::of(Outcome::error(RunProblem::OutsideCalendar { span }));
        };
        let dates = match self.given_dates(alternatives.iter().flat_map(|a| &a.given), at) {
            Ok(dates) => dates,
            Err((outcome, inputs)) => return Computed { inputs, ..Computed::of(outcome) },
        };
        let mut picks: Vec<Picked> = Vec::new();
        for world in dates.worlds(asked) {
            let pick = choose(alternatives, &dates.intervals(alternatives, &world), asked);
            if !picks.contains(&pick) {
                picks.push(pick);
            }
        }
        let all: Vec<Computed> =
            picks.iter().map(|pick| self.picked(def, alternatives, pick, exception, at)).collect();
        let mut computed = self.whichever(all, &dates.open);
        computed.inputs.extend(dates.steps);
        computed
    }

    /// What holds whichever of the possibilities is true.
    fn whichever(&self, all: Vec<Computed>, open: &[StepId]) -> Computed {
        let possible: Vec<Outcome> = all.iter().map(|one| one.outcome.clone()).collect();
        let several = all.len() > 1;
        let mut all = all.into_iter();
        let Some(mut computed) = all.next() else { return Computed::of(Outcome::truth(false)) };
        if several {
            computed.inputs.extend(all.flat_map(|other| other.inputs));
            computed.outcome = match possible.iter().all(|other| *other == possible[0]) {
                true => computed.outcome,
                false => one_of(&possible, &self.outcomes(open)),
            };
        }
        computed
    }

    fn picked(
        &mut self,
        def: DefId,
        alternatives: &[&Alternative],
        pick: &Picked,
        exception: Option<ExceptionId>,
        at: At,
    ) -> Computed {
        match pick {
            Picked::Nothing => Computed::of(Outcome::DoesNotApply(Reason::NotInForce(def))),
            Picked::One(index) => self.line(def, *index, alternatives[*index], exception, at),
            Picked::Pieces(pieces) => self.pieces(def, alternatives, pieces, exception, at),
            Picked::Overlap(first, second) => {
                let place = |(index, interval): &(usize, Interval)| (alternatives[*index].span, *interval);
                let name = self.model.full_name(def);
                let (first, second) = (place(first), place(second));
                Computed::of(Outcome::error(RunProblem::Overlap { name, first, second }))
            }
        }
    }

    fn line(
        &mut self,
        def: DefId,
        index: usize,
        alternative: &Alternative,
        exception: Option<ExceptionId>,
        at: At,
    ) -> Computed {
        let mut computed = match (alternative.body, exception) {
            // A total of one year is that year's value.
            _ if alternative.total && !is_one_year(alternative.interval) => {
                let missing = Missing { what: MissingWhat::Total(def), entity: at.entity, moment: at.moment };
                Computed::of(Outcome::missing(missing, Bounds::open()))
            }
            (Body::Expr(expr), _) => self.stated(def, expr, at),
            (Body::Lifted, Some(exception)) => {
                Computed::of(Outcome::DoesNotApply(Reason::Lifted(def, exception)))
            }
            (Body::Lifted, None) => {
                Computed::of(Outcome::DoesNotApply(Reason::Ended(def, alternative.layer)))
            }
        };
        computed.detail.alternative = Some(index);
        computed
    }

    /// A value that changes within the moment asked about is an error, unless the lines say the same throughout.
    fn pieces(
        &mut self,
        def: DefId,
        alternatives: &[&Alternative],
        pieces: &[(usize, Interval)],
        exception: Option<ExceptionId>,
        at: At,
    ) -> Computed {
        let all: Vec<Computed> = pieces
            .iter()
            .map(|(index, _)| self.line(def, *index, alternatives[*index], exception, at))
            .collect();
        let whole = at.moment.interval().is_some_and(|asked| cover(pieces, asked));
        let same = |one: &Computed| one.outcome.datum().is_some() && one.outcome == all[0].outcome;
        if whole && all.iter().all(same) {
            return self.whichever(all, &[]);
        }
        let (span, name) = (self.model.defs[def].span, self.model.full_name(def));
        let intervals = pieces.iter().map(|(_, interval)| *interval).collect();
        let problem = RunProblem::Changes { span, name, moment: at.moment, pieces: intervals };
        Computed::of(Outcome::error(problem))
    }

    /// Picks the one line in force; where an unknown date decides which, its state.
    pub(super) fn pick<'m>(
        &mut self,
        def: DefId,
        alternatives: &[&'m Alternative],
        at: At,
    ) -> Result<(usize, &'m Alternative), Outcome> {
        let Some(asked) = at.moment.interval() else {
            let span = self.model.defs[def].span;
            return Err(Outcome::error(RunProblem::OutsideCalendar { span }));
        };
        let dates = self.given_dates(alternatives.iter().flat_map(|a| &a.given), at).map_err(|(o, _)| o)?;
        if let Some(open) = dates.open.first() {
            return Err(self.outcome(*open).clone());
        }
        match choose(alternatives, &dates.intervals(alternatives, &[]), asked) {
            Picked::One(index) => Ok((index, alternatives[index])),
            other => Err(self.picked(def, alternatives, &other, None, at).outcome),
        }
    }

    /// The intervals of a definition's lines, `ellers` left out.
    ///
    /// # Errors
    /// When a given date has no value: the state that follows, and the steps that led to it.
    pub(super) fn intervals(&mut self, def: DefId, at: At) -> Result<Vec<Interval>, (Outcome, Vec<StepId>)> {
        let model = self.model;
        let lines: Vec<&Alternative> = model.defs[def].alternatives.iter().filter(|a| !a.otherwise).collect();
        let dates = self.given_dates(lines.iter().flat_map(|a| &a.given), at)?;
        match dates.open.first() {
            Some(open) => Err((self.outcome(*open).clone(), dates.steps)),
            None => Ok(dates.intervals(&lines, &[])),
        }
    }

    /// Tells whether an interval with given bounds holds: throughout the moment asked about, or in a part of it. `None`
    /// where that depends on a date that is unknown or wrong; its step is the second result.
    pub(super) fn holds(
        &mut self,
        interval: Interval,
        given: &[GivenBound],
        throughout: bool,
        at: At,
    ) -> (Option<bool>, Option<StepId>) {
        let Some(asked) = at.moment.interval() else { return (Some(false), None) };
        let dates = match self.given_dates(given.iter(), at) {
            Ok(dates) => dates,
            Err((Outcome::DoesNotApply(_), steps)) => return (Some(false), steps.last().copied()),
            Err((_, steps)) => return (None, steps.last().copied()),
        };
        let holds = |world: &[Date]| {
            let interval = dates.narrowed(interval, given, world);
            if throughout { interval.covers(asked) } else { interval.overlaps(asked) }
        };
        let all: Vec<bool> = dates.worlds(asked).iter().map(|world| holds(world)).collect();
        let same = all.iter().all(|one| *one == all[0]);
        let step = dates.open.first().or(dates.steps.first()).copied();
        (same.then(|| all[0]), step)
    }

    fn given_dates<'b>(
        &mut self,
        bounds: impl Iterator<Item = &'b GivenBound>,
        at: At,
    ) -> Result<GivenDates, (Outcome, Vec<StepId>)> {
        let mut found = GivenDates { dates: Vec::new(), steps: Vec::new(), open: Vec::new() };
        let mut keys: Vec<ExprId> = Vec::new();
        for bound in bounds {
            let step = self.expr(bound.date, at);
            found.steps.push(step);
            let given = match self.outcome(step) {
                Outcome::Value(value) => match &value.datum {
                    Datum::Date(date) => Given::On(*date),
                    Datum::Nothing | Datum::Number(_) | Datum::Bool(_) | Datum::Text(_) => Given::Nothing,
                },
                Outcome::Unknown(_) => {
                    let known = keys.iter().position(|key| same_read(self.model, *key, bound.date));
                    Given::Open(known.unwrap_or_else(|| {
                        keys.push(bound.date);
                        found.open.push(step);
                        keys.len() - 1
                    }))
                }
                state @ (Outcome::DoesNotApply(_) | Outcome::Error(_)) => {
                    return Err((state.clone(), found.steps));
                }
            };
            found.dates.push((bound.date, given));
        }
        if found.open.len() > MOST_OPEN {
            let all = self.outcomes(&found.open);
            return Err((one_of(&all, &all), found.steps));
        }
        Ok(found)
    }
}

/// More unknown dates than bound any definition; beyond, the value is simply unknown.
const MOST_OPEN: usize = 3;

fn same_read(model: &crate::model::Model, a: ExprId, b: ExprId) -> bool {
    match (&model.node(a).kind, &model.node(b).kind) {
        (NodeKind::Def(a), NodeKind::Def(b)) => a == b,
        (NodeKind::Fact(a), NodeKind::Fact(b)) => a == b,
        (_, _) => a == b,
    }
}

impl GivenDates {
    /// Every choice of days for the unknown dates that can make a difference: before, at either end of, within and
    /// after the moment asked about.
    fn worlds(&self, asked: Interval) -> Vec<Vec<Date>> {
        let days = telling_days(asked);
        self.open.iter().fold(vec![vec![]], |worlds: Vec<Vec<Date>>, _| {
            let extended = |world: &Vec<Date>| -> Vec<Vec<Date>> {
                days.iter().map(|day| world.iter().copied().chain([*day]).collect()).collect()
            };
            worlds.iter().flat_map(extended).collect()
        })
    }

    fn intervals(&self, alternatives: &[&Alternative], world: &[Date]) -> Vec<Interval> {
        alternatives.iter().map(|a| self.narrowed(a.interval, &a.given, world)).collect()
    }

    fn narrowed(&self, interval: Interval, given: &[GivenBound], world: &[Date]) -> Interval {
        given.iter().fold(interval, |so_far, bound| {
            let known = self.dates.iter().find(|(expr, _)| *expr == bound.date).map(|(_, given)| *given);
            let date = match known {
                Some(Given::On(date)) => Some(date),
                Some(Given::Open(index)) => world.get(index).copied(),
                Some(Given::Nothing) | None => None,
            };
            so_far.intersect(bound_interval(bound.edge, date))
        })
    }
}

/// Nothing begins on a date that is none, and nothing ends on it.
fn bound_interval(edge: BoundEdge, date: Option<Date>) -> Interval {
    match (edge, date) {
        (BoundEdge::From, Some(date)) => Interval::starting(date),
        (BoundEdge::From, None) => Interval::never(),
        (BoundEdge::Through, Some(date)) => Interval::through(date),
        (BoundEdge::Until, Some(date)) => Interval { from: None, until: Some(date) },
        (BoundEdge::Through | BoundEdge::Until, None) => Interval::always(),
    }
}

fn telling_days(asked: Interval) -> Vec<Date> {
    let first = asked.from.unwrap_or(Date::FIRST);
    let last = asked.last().unwrap_or(Date::LAST);
    let near = [first.add_days(-1), Some(first), first.add_days(1), Some(last), last.add_days(1)];
    let mut days: Vec<Date> = near.into_iter().flatten().collect();
    days.dedup();
    days
}

/// Picks the line in force.
fn choose(alternatives: &[&Alternative], intervals: &[Interval], asked: Interval) -> Picked {
    let indexed = || alternatives.iter().zip(intervals.iter().copied()).enumerate();
    let dated =
        || indexed().filter(|(_, (a, _))| !a.otherwise).map(|(index, (_, interval))| (index, interval));
    let pieces: Vec<(usize, Interval)> = dated().filter(|(_, interval)| interval.overlaps(asked)).collect();
    // Overlaps of written dates are found before anything runs; those of given dates can be found only now.
    for (position, first) in pieces.iter().enumerate() {
        let clash = pieces[position + 1..].iter().find(|second| {
            let given = !alternatives[first.0].given.is_empty() || !alternatives[second.0].given.is_empty();
            let one = alternatives[first.0].layer == alternatives[second.0].layer;
            given && one && first.1.intersect(asked).overlaps(second.1)
        });
        if let Some(second) = clash {
            return Picked::Overlap(*first, *second);
        }
    }
    // In each stretch in which none begins or ends, the topmost layer counts, and a dated line before `ellers`.
    let mut found: Vec<(Interval, Option<usize>)> = Vec::new();
    for piece in asked.cut(intervals.iter().copied()) {
        let here = indexed().filter(|(_, (_, interval))| interval.covers(piece));
        let top = here.max_by_key(|(index, (a, _))| (a.layer, !a.otherwise, std::cmp::Reverse(*index)));
        let top = top.map(|(index, _)| index);
        match found.last_mut() {
            Some((last, before)) if *before == top => last.until = piece.until,
            Some(_) | None => found.push((piece, top)),
        }
    }
    let layers = found.iter().filter_map(|(_, top)| top.map(|index| alternatives[index].layer));
    let one = layers.clone().min() == layers.max();
    match found.as_slice() {
        [(_, Some(only))] => Picked::One(*only),
        [(_, None)] | [] => Picked::Nothing,
        // Where one layer says it all, its lines are told as they are written.
        _ => Picked::Pieces(
            found
                .iter()
                .filter_map(|(piece, top)| top.map(|at| (at, if one { intervals[at] } else { *piece })))
                .collect(),
        ),
    }
}

/// Tells whether pieces that do not overlap cover a moment without gaps.
fn cover(pieces: &[(usize, Interval)], asked: Interval) -> bool {
    let mut sorted: Vec<Interval> = pieces.iter().map(|(_, interval)| *interval).collect();
    sorted.sort_by_key(|interval| interval.from);
    let mut reached = asked.from;
    for interval in sorted {
        if interval.from > reached {
            return false;
        }
        match interval.until {
            None => return true,
            until => reached = reached.max(until),
        }
    }
    asked.until.is_some() && reached >= asked.until
}

fn is_one_year(interval: Interval) -> bool {
    let days = interval.from.zip(interval.last());
    days.and_then(|(first, last)| Period::of_days(first, last)).is_some_and(|p| matches!(p, Period::Year(_)))
}
