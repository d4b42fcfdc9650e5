//! Everything that turns along one fact: where a result jumps, and what an unknown fact would decide.

use super::change::{Asked, MOST_DAYS};
use super::decision::{Decision, Spot, decided};
use super::flip::{Along, Edge, Found, Search};
use super::knob::{Knob, Values};
use super::runs::Run;
use crate::eval::{Laid, Outcome};
use crate::facts::Datum;
use crate::value::Number;

/// The most places told of along one fact in one direction.
const MOST_TURNS: usize = 6;

/// A place along a fact where something is decided otherwise.
pub(super) struct Turn {
    /// The first value with which it is.
    pub(super) to: Datum,
    /// The exact limit.
    pub(super) edge: Option<Edge>,
    /// Whether nothing was passed over.
    pub(super) proved: bool,
    /// The result just before it.
    pub(super) before: Outcome,
    /// The result from there on.
    pub(super) after: Outcome,
    /// What is decided otherwise, before and after.
    pub(super) effects: Vec<(Spot, Option<Decision>, Option<Decision>)>,
    /// The run from there on.
    pub(super) run: Run,
    /// How much the result jumps, beyond what it moves with the fact anyway; `None` where it is no number.
    pub(super) jump: Option<Number>,
}

/// Walks along a fact in one direction and collects where it turns.
pub(super) fn turns(asked: &Asked<'_>, search: &Search<'_>, knob: &Knob, down: bool) -> Vec<Turn> {
    let reach = match &knob.values {
        Values::Numbers(scale) if down => -scale.reach().0,
        Values::Numbers(scale) => scale.reach().1,
        Values::Days(_) => MOST_DAYS,
        Values::These(_) => return Vec::new(),
    };
    let along = Along { knob, down };
    let (mut at, mut all) = (0, Vec::new());
    while all.len() < MOST_TURNS {
        let Some(was) = search.at(&along, at) else { break };
        let Found::At { steps, proved } = search.first(&along, (at + 1, reach), &was) else { break };
        if let Some(turn) = turn(asked, search, &along, (steps, proved), &was) {
            all.push(turn);
        }
        at = steps;
    }
    all
}

fn turn(
    asked: &Asked<'_>,
    search: &Search<'_>,
    along: &Along<'_>,
    (steps, proved): (i64, bool),
    was: &Decision,
) -> Option<Turn> {
    let words = asked.answer.words(asked.lang);
    let run = |steps: i64| {
        let datum = along.knob.datum(if along.down { -steps } else { steps })?;
        Some(search.runs.run(&Laid::default().value(along.knob.place, datum)))
    };
    let (old, new) = (run(steps - 1)?, run(steps)?);
    let edge = search.edge(along, steps, was);
    let limit = edge.as_ref().filter(|edge| edge.included).map(|edge| Datum::Number(edge.limit.clone()));
    let to = limit.or_else(|| along.knob.datum(if along.down { -steps } else { steps }))?;
    let outcome = |run: &Run| run.trace.outcome(run.root).clone();
    let number = |run: &Run| run.trace.outcome(run.root).as_number().cloned();
    let slope = run(steps - 2).and_then(|earlier| Some(number(&old)?.sub(&number(&earlier)?)));
    let jump = number(&old).zip(number(&new)).map(|(before, after)| {
        let moved = after.sub(&before);
        slope.map_or(moved.clone(), |slope| moved.sub(&slope))
    });
    let (a, b) = (
        decided(words, &old, &[along.knob.place]).unwrap_or_default(),
        decided(words, &new, &[along.knob.place]).unwrap_or_default(),
    );
    let mut spots: Vec<Spot> = a.keys().chain(b.keys()).copied().collect();
    spots.sort();
    spots.dedup();
    let effects = spots.into_iter().filter_map(|spot| {
        let (old, new) = (a.get(&spot).cloned(), b.get(&spot).cloned());
        (old != new).then_some((spot, old, new))
    });
    let effects = effects.collect();
    Some(Turn { to, edge, proved, before: outcome(&old), after: outcome(&new), effects, run: new, jump })
}
