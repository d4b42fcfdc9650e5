//! Two facts changed together: both by the same part of what they are, each up or down, and the smallest such part.

use super::change::{Candidate, MOST_ON, Turned};
use super::decision::Decision;
use super::flip::{Found, Search, Way};
use super::knob::{Knob, Values};
use crate::eval::{Laid, Place};
use crate::facts::Datum;
use crate::value::{Bounds, Number, RoundMode};

/// The parts that are tried, in thousandths: a tenth of a per cent at a time, up to the whole.
const WHOLE: i64 = 1_000;

/// The most facts that are tried two by two.
pub(super) const MOST_FACTS: usize = 8;

/// Two facts, each up or down, by the same part of what they are.
struct Together<'k> {
    knobs: [&'k Knob; 2],
    down: [bool; 2],
}

impl Together<'_> {
    /// The value of one of them when it is changed by so many thousandths: no more than that, in whole steps.
    fn value(&self, index: usize, thousandths: i64) -> Option<Number> {
        let (knob, down) = (self.knobs[index], self.down[index]);
        let Values::Numbers(scale) = &knob.values else { return None };
        let part = Number::from_i64(thousandths).div(&Number::from_i64(WHOLE))?;
        let by = scale.start.abs().mul(&part).round(&scale.step, RoundMode::Down)?;
        Some(if down { scale.start.sub(&by) } else { scale.start.add(&by) })
    }

    /// How far both can go.
    fn reach(&self, most: i64) -> i64 {
        let fits = |thousandths: i64| {
            (0..2).all(|index| {
                let Values::Numbers(scale) = &self.knobs[index].values else { return false };
                self.value(index, thousandths).is_some_and(|value| scale.allows(&value))
            })
        };
        let (mut low, mut high) = (0, most);
        // Domains have no holes, so what fits goes on from nothing to some part.
        while low < high {
            let middle = low + (high - low + 1) / 2;
            if fits(middle) { low = middle } else { high = middle - 1 }
        }
        low
    }
}

impl Way for Together<'_> {
    fn point(&self, steps: i64) -> Option<Laid> {
        let mut laid = Laid::default();
        for (index, knob) in self.knobs.iter().enumerate() {
            laid = laid.value(knob.place, Datum::Number(self.value(index, steps)?));
        }
        Some(laid)
    }
    fn range(&self, from: i64, to: i64) -> Option<Laid> {
        let mut laid = Laid::default();
        for (index, knob) in self.knobs.iter().enumerate() {
            let (one, other) = (self.value(index, from)?, self.value(index, to)?);
            let (low, high) = (Some(one.clone().min(other.clone())), Some(one.max(other)));
            laid = laid.within(knob.place, Bounds { low, high, ..Bounds::default() });
        }
        Some(laid)
    }
    fn places(&self) -> Vec<Place> {
        self.knobs.iter().map(|knob| knob.place).collect()
    }
}

/// The smallest changes of two facts together that are smaller than those of one by itself, the smallest first.
pub(super) fn pairs(
    search: &Search<'_>,
    knobs: &[Knob],
    was: &Decision,
    smallest: Option<&Number>,
) -> Vec<Candidate> {
    let numbers: Vec<&Knob> = knobs.iter().filter(|knob| is_number(knob)).take(MOST_FACTS).collect();
    let mut most = smallest.and_then(thousandths_below).unwrap_or(WHOLE);
    let mut found: Vec<(i64, Candidate)> = Vec::new();
    for (at, one) in numbers.iter().enumerate() {
        for other in &numbers[at + 1..] {
            for down in [[true, true], [true, false], [false, true], [false, false]] {
                let way = Together { knobs: [one, other], down };
                if let Some((steps, candidate)) = needed(search, &way, was, most) {
                    // Only what is as small is of interest from here on.
                    most = steps;
                    found.push((steps, candidate));
                }
            }
        }
    }
    found.retain(|(steps, _)| *steps == most);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The smallest change along a way that takes both facts: neither is enough at the value it is given then. What turns
/// without changing the result, or takes one of them only, is passed, so many times.
fn needed(search: &Search<'_>, way: &Together<'_>, was: &Decision, most: i64) -> Option<(i64, Candidate)> {
    let now = search.value_now();
    let is_same = |laid: &Laid| !search.is_change(laid, &way.places(), was, now.as_ref());
    let reach = way.reach(most);
    let (mut from, mut here, mut all_proved) = (1, was.clone(), true);
    for _ in 0..MOST_ON {
        let Found::At { steps, proved } = search.first(way, (from, reach), &here) else { return None };
        all_proved &= proved;
        let alone = |index: usize| {
            let value = way.value(index, steps)?;
            Some(Laid::default().value(way.knobs[index].place, Datum::Number(value)))
        };
        let takes_both = [0, 1].into_iter().all(|index| alone(index).is_some_and(|laid| is_same(&laid)));
        if takes_both && way.point(steps).is_some_and(|laid| !is_same(&laid)) {
            return candidate(way, steps, all_proved).map(|candidate| (steps, candidate));
        }
        (from, here) = (steps + 1, search.at(way, steps)?);
    }
    None
}

/// Tells whether a fact is a number that can be changed by a part of itself.
pub(super) fn is_number(knob: &Knob) -> bool {
    let Some(Datum::Number(now)) = &knob.now else { return false };
    !now.is_zero() && matches!(knob.values, Values::Numbers(_))
}

/// The largest number of thousandths below a part; `None` where that is the whole or more.
fn thousandths_below(part: &Number) -> Option<i64> {
    let thousandths = part.mul(&Number::from_i64(WHOLE));
    let floor = thousandths.floor().to_i64()?;
    let below = if thousandths.is_integer() { floor - 1 } else { floor };
    (below < WHOLE).then_some(below.max(0))
}

fn candidate(way: &Together<'_>, steps: i64, proved: bool) -> Option<Candidate> {
    let turned: Option<Vec<Turned>> = (0..2)
        .map(|index| {
            let to = Datum::Number(way.value(index, steps)?);
            Some(Turned { knob: way.knobs[index].clone(), to })
        })
        .collect();
    let turned = turned?;
    // What does not move makes it a change of one.
    if turned.iter().any(|turned| turned.knob.now.as_ref() == Some(&turned.to)) {
        return None;
    }
    let size = Number::from_i64(steps).div(&Number::from_i64(WHOLE));
    Some(Candidate { turned, size, edge: None, proved })
}
