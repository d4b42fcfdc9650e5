//! What would change a result: of each fact it rests on, the nearest value with which it comes out otherwise.

use super::decision::{Aim, Decision, Spot, decide, decided};
use super::ends::{Ends, ends};
use super::flip::{Along, Edge, Found, Search};
use super::knob::{Knob, Values, knobs};
use super::pairs::pairs;
use super::runs::{Run, Runs};
use super::walk::{Turn, turns};
use super::why_not::in_words;
use crate::base::Lang;
use crate::eval::{Laid, Outcome};
use crate::facts::Datum;
use crate::model::Origin;
use crate::session::{Answer, AnswerLine, Question, Session};
use crate::value::Number;
use std::collections::BTreeMap;

/// Dates are tried this many days before and after.
pub(super) const MOST_DAYS: i64 = 366;

/// The most changes that are told of one result.
const MOST_TOLD: usize = 8;

/// The most changes of two facts that are told of one result.
const MOST_PAIRS: usize = 3;

/// The most facts that a result is followed along from end to end.
const MOST_WALKED: usize = 12;

/// One fact with another value.
#[derive(Clone, Debug)]
pub(super) struct Turned {
    pub(super) knob: Knob,
    pub(super) to: Datum,
}

/// A change of facts with which a result comes out otherwise.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// What is changed.
    pub(super) turned: Vec<Turned>,
    /// The change as a part of the value it changes, where that is a number other than 0.
    pub(super) size: Option<Number>,
    /// The exact limit.
    pub(super) edge: Option<Edge>,
    /// Whether it is proved that no smaller change does it.
    pub(super) proved: bool,
    /// What is decided otherwise on the way.
    pub(super) effects: Vec<(Spot, Option<Decision>, Option<Decision>)>,
    /// The result, computed anew as a question of its own.
    pub(super) result: String,
    /// The what-ifs that bring it about, as they are written.
    pub(super) set: Vec<String>,
    /// The run that shows it.
    pub(super) run: std::rc::Rc<Run>,
}

/// What would change one result.
pub(super) struct Changes {
    /// The changes, the smallest first.
    pub(super) changes: Vec<Change>,
    /// Whether the result is a number, which facts may also move without anything being decided otherwise.
    pub(super) is_number: bool,
    /// The facts of which no value tried changes it, and whether that is proved for all of them.
    pub(super) idle: Vec<Knob>,
    pub(super) idle_proved: bool,
    /// The changes of two facts together that are smaller than those of one, the smallest first.
    pub(super) pairs: Vec<Change>,
    /// Where a number jumps along a fact.
    pub(super) cliffs: Vec<(Knob, Turn)>,
    /// What a fact that is not known would decide, along what it can be.
    pub(super) thresholds: Vec<(Knob, Turn)>,
    /// What the result would be at the ends of what is not known.
    pub(super) ends: Option<Ends>,
    /// The facts that were not tried two by two, and those not followed from end to end, because there are too many.
    pub(super) not_followed: (Vec<Knob>, Vec<Knob>),
    /// Whether there were more changes than are told.
    pub(super) more: usize,
    /// Whether the count of runs was reached.
    pub(super) is_spent: bool,
}

/// A change on its way to being verified.
pub(super) struct Candidate {
    pub(super) turned: Vec<Turned>,
    pub(super) size: Option<Number>,
    pub(super) edge: Option<Edge>,
    pub(super) proved: bool,
}

/// One result asked about.
pub(super) struct Asked<'a> {
    pub(super) session: &'a Session,
    pub(super) question: &'a Question,
    pub(super) answer: &'a Answer,
    pub(super) line: &'a AnswerLine,
    pub(super) aim: &'a Aim,
    pub(super) lang: Lang,
}

/// Finds what would change a result; `None` where it is an error as it is.
pub(super) fn changes(asked: &Asked<'_>, runs: &Runs<'_>) -> Option<Changes> {
    let words = asked.answer.words(asked.lang);
    let base = runs.run(&Laid::default());
    let was = decide(words, &base, asked.aim, &[])?;
    if was == Decision::Wrong {
        return None;
    }
    let search = Search { words, runs, aim: asked.aim };
    let (mut candidates, mut idle, mut open, mut idle_proved) = (Vec::new(), Vec::new(), Vec::new(), true);
    let all: Vec<Knob> = knobs(words, &base, base.root);
    for knob in all.clone() {
        if knob.now.is_none() {
            open.push(knob);
            continue;
        }
        let (found, proved) = of_knob(&search, &knob, &was);
        if found.is_empty() {
            idle_proved &= proved;
            idle.push(knob);
        }
        candidates.extend(found);
    }
    // The smallest first; what cannot be measured keeps its order and comes last.
    candidates
        .sort_by(|a, b| (a.size.is_none(), &a.size, a.days()).cmp(&(b.size.is_none(), &b.size, b.days())));
    let before = decided(words, &base, &[]).unwrap_or_default();
    let told = |found: Vec<Candidate>, most: usize| -> Vec<Change> {
        let found = found.into_iter().take(most);
        found.filter_map(|candidate| verified(asked, runs, candidate, &before)).collect()
    };
    let count = candidates.len();
    let smallest = candidates.first().and_then(|candidate| candidate.size.clone());
    let together = pairs(&search, &all, &was, smallest.as_ref());
    let cliffs = match asked.answer.outcome(asked.line).as_number() {
        Some(_) if *asked.aim == Aim::Result => {
            along(asked, &search, all.iter().filter(|knob| knob.now.is_some()))
        }
        Some(_) | None => Vec::new(),
    };
    let cliffs = cliffs
        .into_iter()
        .filter(|(_, turn)| turn.jump.as_ref().is_some_and(|jump| !jump.is_zero()))
        .collect();
    Some(Changes {
        changes: told(candidates, MOST_TOLD),
        pairs: told(together, MOST_PAIRS),
        cliffs,
        thresholds: along(asked, &search, open.iter()),
        ends: ends(asked, runs, &open),
        is_number: matches!(was, Decision::All(_)),
        not_followed: not_followed(&all, asked),
        idle,
        idle_proved,
        more: count.saturating_sub(MOST_TOLD),
        is_spent: runs.is_spent(),
    })
}

/// The facts that were not tried two by two, and those not followed from end to end.
fn not_followed(all: &[Knob], asked: &Asked<'_>) -> (Vec<Knob>, Vec<Knob>) {
    let known = all.iter().filter(|knob| knob.now.is_some());
    let is_number = *asked.aim == Aim::Result && asked.answer.outcome(asked.line).as_number().is_some();
    let walked = known.filter(|_| is_number).skip(MOST_WALKED).cloned();
    let numbers = all.iter().filter(|knob| super::pairs::is_number(knob));
    (numbers.skip(super::pairs::MOST_FACTS).cloned().collect(), walked.collect())
}

/// Where something turns along facts, in both directions, the nearest first.
fn along<'k>(
    asked: &Asked<'_>,
    search: &Search<'_>,
    all: impl Iterator<Item = &'k Knob>,
) -> Vec<(Knob, Turn)> {
    let both = |knob: &'k Knob| {
        let ways = [true, false].into_iter().flat_map(|down| turns(asked, search, knob, down));
        ways.map(|turn| (knob.clone(), turn)).collect::<Vec<_>>()
    };
    all.take(MOST_WALKED).flat_map(both).collect()
}

/// The nearest values of a fact with which it is decided otherwise, down and up, or all others of a list; and whether it is
/// proved that there is none where none is found.
fn of_knob(search: &Search<'_>, knob: &Knob, was: &Decision) -> (Vec<Candidate>, bool) {
    match &knob.values {
        Values::These(all) => {
            let way = Along { knob, down: false };
            let others = (0..all.len()).filter_map(|at| i64::try_from(at).ok());
            let now = search.value_now();
            let same = |at: i64| {
                *search.aim == Aim::Result && matches!(was, Decision::All(_)) && search.value(&way, at) == now
            };
            let differs =
                others.filter(|at| search.at(&way, *at).is_some_and(|now| now != *was) && !same(*at));
            let one = |at: i64| {
                let to = knob.datum(at)?;
                let turned = vec![Turned { knob: knob.clone(), to }];
                Some(Candidate { turned, size: None, edge: None, proved: true })
            };
            (differs.filter_map(one).collect(), true)
        }
        Values::Days(_) => both_ways(search, knob, (-MOST_DAYS, MOST_DAYS), was),
        Values::Numbers(scale) => both_ways(search, knob, scale.reach(), was),
    }
}

/// A number that comes out the same though something on the way is decided otherwise is no change; the search goes on
/// from there, this many times.
pub(super) const MOST_ON: usize = 6;

fn both_ways(
    search: &Search<'_>,
    knob: &Knob,
    (low, high): (i64, i64),
    was: &Decision,
) -> (Vec<Candidate>, bool) {
    let (mut found, mut none_proved) = (Vec::new(), true);
    let now = search.value_now();
    for (down, reach) in [(true, -low), (false, high)] {
        let along = Along { knob, down };
        let (mut from, mut was, mut all_proved) = (1, was.clone(), true);
        for _ in 0..MOST_ON {
            let (steps, proved) = match search.first(&along, (from, reach), &was) {
                Found::Nothing { proved } => {
                    none_proved &= proved;
                    break;
                }
                Found::At { steps, proved } => (steps, proved),
            };
            all_proved &= proved;
            let same = *search.aim == Aim::Result
                && matches!(was, Decision::All(_))
                && search.value(&along, steps) == now;
            if same {
                (from, was) = (steps + 1, search.at(&along, steps).unwrap_or(was));
                continue;
            }
            found.extend(candidate(search, &along, (steps, all_proved), &was));
            break;
        }
    }
    (found, none_proved)
}

fn candidate(
    search: &Search<'_>,
    along: &Along<'_>,
    (steps, proved): (i64, bool),
    was: &Decision,
) -> Option<Candidate> {
    let edge = search.edge(along, steps, was);
    let at_limit = edge.as_ref().filter(|edge| edge.included).map(|edge| Datum::Number(edge.limit.clone()));
    let to = at_limit.or_else(|| along.knob.datum(if along.down { -steps } else { steps }))?;
    let size = size(along.knob.now.as_ref(), &to);
    Some(Candidate { turned: vec![Turned { knob: along.knob.clone(), to }], size, edge, proved })
}

impl Candidate {
    /// How many days a change of a date is; none where something else is changed.
    fn days(&self) -> Option<u64> {
        match self.turned.as_slice() {
            [only] => match (only.knob.now.as_ref()?, &only.to) {
                (Datum::Date(from), Datum::Date(to)) => Some(from.days_until(*to).unsigned_abs()),
                (_, _) => None,
            },
            _ => None,
        }
    }
}

/// A change of a number as a part of what it was.
pub(super) fn size(from: Option<&Datum>, to: &Datum) -> Option<Number> {
    match (from?, to) {
        (Datum::Number(from), Datum::Number(to)) => to.sub(from).abs().div(&from.abs()),
        (_, _) => None,
    }
}

/// Computes a change anew as the what-if that somebody would type, through everything that is checked then. `None` where it
/// is refused, or the result is an error or other than the run gave.
pub(super) fn verified(
    asked: &Asked<'_>,
    runs: &Runs<'_>,
    candidate: Candidate,
    before: &BTreeMap<Spot, Decision>,
) -> Option<Change> {
    let words = asked.answer.words(asked.lang);
    let laid = candidate
        .turned
        .iter()
        .fold(Laid::default(), |laid, turned| laid.value(turned.knob.place, turned.to.clone()));
    let run = runs.run(&laid);
    let places: Vec<_> = candidate.turned.iter().map(|turned| turned.knob.place).collect();
    let after = decided(words, &run, &places).unwrap_or_default();
    let set: Vec<String> =
        candidate.turned.iter().map(|turned| super::words::what_if(asked.answer, turned)).collect();
    let (then, at) = asked_with(asked, &set)?;
    let line = then.lines.get(at)?;
    let outcome = then.outcome(line);
    if matches!(outcome, Outcome::Error(_)) || outcome.datum() != run.trace.outcome(run.root).datum() {
        return None;
    }
    let mut spots: Vec<Spot> = before.keys().chain(after.keys()).copied().collect();
    spots.sort();
    spots.dedup();
    let differs = |spot: Spot| {
        let (old, new) = (before.get(&spot).cloned(), after.get(&spot).cloned());
        (old != new).then_some((spot, old, new))
    };
    let effects = spots.into_iter().filter_map(differs).collect();
    let result = in_words(&then, line, asked.lang);
    let Candidate { turned, size, edge, proved } = candidate;
    Some(Change { turned, size, edge, proved, effects, result, set, run: std::rc::Rc::new(run) })
}

/// The answer to the same question with what-ifs laid over it, and which of its lines is the one asked about.
fn asked_with(asked: &Asked<'_>, set: &[String]) -> Option<(Answer, usize)> {
    let mut session = asked.session.clone();
    for text in set {
        session.assign("--set", text, Origin::Set).ok()?;
    }
    let then = session.ask(&Question { moment: Some(asked.answer.moment), ..asked.question.clone() }).ok()?;
    let who = |answer: &Answer, line: &AnswerLine| line.entity.map(|id| answer.facts.get(id).name.clone());
    let own = who(asked.answer, asked.line);
    let at = then.lines.iter().position(|line| {
        line.name == asked.line.name && line.asked == asked.line.asked && who(&then, line) == own
    })?;
    Some((then, at))
}
