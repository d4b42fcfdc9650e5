//! What a result would be at the ends of what is not known: the lowest and the highest, and which values give them.

use super::change::Asked;
use super::knob::{Knob, Values};
use super::runs::Runs;
use crate::eval::{Laid, Outcome};
use crate::facts::Datum;

/// The most combinations of ends that are tried.
const MOST_COMBINATIONS: usize = 256;

/// A result, and the values that give it.
#[derive(Clone)]
pub(super) struct End {
    pub(super) outcome: Outcome,
    pub(super) values: Vec<(Knob, Datum)>,
}

/// What the result would be.
pub(super) struct Ends {
    /// The different results, of numbers the lowest and the highest.
    pub(super) ends: Vec<End>,
    /// Whether it is proved that a number lies between them whatever is given.
    pub(super) proved: bool,
    /// What is not known and has no bounds to try.
    pub(super) unbounded: Vec<Knob>,
}

/// Tries what is not known at the ends of what it can be; `None` where nothing that is missing can be tried.
pub(super) fn ends(asked: &Asked<'_>, runs: &Runs<'_>, open: &[Knob]) -> Option<Ends> {
    let outcome = asked.answer.outcome(asked.line);
    if !matches!(outcome, Outcome::Unknown(_)) || open.is_empty() {
        return None;
    }
    let (bounded, unbounded): (Vec<&Knob>, Vec<&Knob>) =
        open.iter().partition(|knob| !choices(knob).is_empty());
    let unbounded: Vec<Knob> = unbounded.into_iter().cloned().collect();
    let combinations = bounded.iter().try_fold(1_usize, |all, knob| all.checked_mul(choices(knob).len()));
    let tried = combinations.is_some_and(|count| count <= MOST_COMBINATIONS) && !bounded.is_empty();
    if !tried {
        return Some(Ends { ends: Vec::new(), proved: false, unbounded });
    }
    let mut ways: Vec<Vec<(Knob, Datum)>> = vec![Vec::new()];
    for knob in bounded {
        let with = |datum: Datum| {
            let added = |way: &Vec<(Knob, Datum)>| {
                way.iter().cloned().chain([(knob.clone(), datum.clone())]).collect::<Vec<_>>()
            };
            ways.iter().map(added).collect::<Vec<_>>()
        };
        ways = choices(knob).into_iter().flat_map(with).collect();
    }
    let results = ways.into_iter().map(|values| {
        let laid =
            values.iter().fold(Laid::default(), |laid, (knob, datum)| laid.value(knob.place, datum.clone()));
        let run = runs.run(&laid);
        End { outcome: run.trace.outcome(run.root).clone(), values }
    });
    let results: Vec<End> = results.filter(|end| end.outcome.datum().is_some()).collect();
    Some(gathered(outcome, results, unbounded))
}

/// Of numbers the lowest and the highest; of anything else, each once.
fn gathered(outcome: &Outcome, results: Vec<End>, unbounded: Vec<Knob>) -> Ends {
    let number = |end: &End| end.outcome.as_number().cloned();
    let numeric = !results.is_empty() && results.iter().all(|end| number(end).is_some());
    if !numeric {
        let mut ends: Vec<End> = Vec::new();
        for end in results {
            if !ends.iter().any(|known| known.outcome.datum() == end.outcome.datum()) {
                ends.push(end);
            }
        }
        return Ends { ends, proved: false, unbounded };
    }
    // Of several ways to an end, the first is told.
    let low = results.iter().reduce(|a, b| if number(b) < number(a) { b } else { a }).cloned();
    let high = results.iter().reduce(|a, b| if number(b) > number(a) { b } else { a }).cloned();
    let bounds = outcome.bounds();
    let proved = bounds.is_some_and(|bounds| {
        bounds.low.is_some()
            && bounds.high.is_some()
            && bounds.low == low.as_ref().and_then(number)
            && bounds.high == high.as_ref().and_then(number)
    });
    let same = low.as_ref().and_then(number) == high.as_ref().and_then(number);
    let ends = low.into_iter().chain(high.filter(|_| !same)).collect();
    Ends { ends, proved, unbounded }
}

/// The values that are tried of something unknown: the ends of its domain, or all of a list.
fn choices(knob: &Knob) -> Vec<Datum> {
    match &knob.values {
        Values::Numbers(scale) => match scale.ends() {
            Some((low, high)) if low == high => vec![Datum::Number(low)],
            Some((low, high)) => vec![Datum::Number(low), Datum::Number(high)],
            None => Vec::new(),
        },
        Values::These(all) => all.clone(),
        Values::Days(_) => Vec::new(),
    }
}
