//! The nearest value of a fact with which something is decided otherwise, found and proved.
//!
//! A run with the fact unknown but for bounds decides what holds for all values within them. So whole ranges are shown to
//! make no difference in one run, the rest is halved, and what is left is tried value by value: no value is passed over,
//! and none is guessed. Between two values of a number that need not be whole, the exact limit is where the sides of the
//! comparison that turned meet; it is tried too, and the ranges on both sides of it are shown to hold nothing else.

use std::collections::BTreeMap;

use super::decision::{Aim, Decision, decide};
use super::knob::{Knob, Values};
use super::runs::{Run, Runs};
use crate::eval::{At, Laid, Place, What};
use crate::explain::Words;
use crate::facts::Datum;
use crate::model::{KeyTest, NodeKind};
use crate::value::{Bounds, Number};

/// How many runs one search may make before it no longer proves what it finds.
const MOST_PROVING: usize = 1_500;

/// What a search along a fact found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Found {
    /// Nothing; whether that is proved.
    Nothing { proved: bool },
    /// The nearest value with which it is decided otherwise, in steps; whether no nearer one is, is proved.
    At { steps: i64, proved: bool },
}

/// An exact limit between two values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Edge {
    /// Where it lies.
    pub(super) limit: Number,
    /// Whether it is decided otherwise at the limit itself.
    pub(super) included: bool,
}

/// A way to turn facts: so many steps of the way, a value for each.
pub(super) trait Way {
    /// The facts with their values so far along.
    fn point(&self, steps: i64) -> Option<Laid>;
    /// The facts within what lies from one place on the way to another; `None` where they have no bounds.
    fn range(&self, from: i64, to: i64) -> Option<Laid>;
    /// The facts that are turned.
    fn places(&self) -> Vec<Place>;
}

/// One fact, up or down.
pub(super) struct Along<'k> {
    pub(super) knob: &'k Knob,
    pub(super) down: bool,
}

impl Along<'_> {
    fn signed(&self, steps: i64) -> i64 {
        if self.down { -steps } else { steps }
    }
}

impl Way for Along<'_> {
    fn point(&self, steps: i64) -> Option<Laid> {
        let datum = self.knob.datum(self.signed(steps))?;
        Some(Laid::default().value(self.knob.place, datum))
    }
    fn range(&self, from: i64, to: i64) -> Option<Laid> {
        let bounds = self.knob.bounds(self.signed(from), self.signed(to))?;
        Some(Laid::default().within(self.knob.place, bounds))
    }
    fn places(&self) -> Vec<Place> {
        vec![self.knob.place]
    }
}

/// A search for what is decided otherwise.
pub(super) struct Search<'a> {
    pub(super) words: Words<'a>,
    pub(super) runs: &'a Runs<'a>,
    pub(super) aim: &'a Aim,
}

impl Search<'_> {
    /// What is decided at a place on a way.
    pub(super) fn at(&self, way: &dyn Way, steps: i64) -> Option<Decision> {
        let run = self.runs.run(&way.point(steps)?);
        decide(self.words, &run, self.aim, &way.places())
    }

    /// The value of the result at a place on a way.
    pub(super) fn value(&self, way: &dyn Way, steps: i64) -> Option<Datum> {
        let run = self.runs.run(&way.point(steps)?);
        run.trace.outcome(run.root).datum().cloned()
    }

    /// The value of the result as it is.
    pub(super) fn value_now(&self) -> Option<Datum> {
        let run = self.runs.run(&Laid::default());
        run.trace.outcome(run.root).datum().cloned()
    }

    /// Tells whether values laid over facts change what is aimed at; a number must come out otherwise, too.
    pub(super) fn is_change(
        &self,
        laid: &Laid,
        places: &[Place],
        was: &Decision,
        now: Option<&Datum>,
    ) -> bool {
        let run = self.runs.run(laid);
        let other = decide(self.words, &run, self.aim, places).is_some_and(|then| then != *was);
        let same_number = matches!(was, Decision::All(_))
            && *self.aim == Aim::Result
            && run.trace.outcome(run.root).datum() == now;
        other && !same_number
    }

    /// What is decided for all of a range; `None` where it is not one and the same.
    fn throughout(&self, way: &dyn Way, from: i64, to: i64) -> Option<Decision> {
        let run = self.runs.run(&way.range(from, to)?);
        decide(self.words, &run, self.aim, &way.places())
    }

    /// The first place on a way, from one to another, where it is decided otherwise than it was.
    pub(super) fn first(&self, way: &dyn Way, (from, to): (i64, i64), was: &Decision) -> Found {
        if from > to {
            return Found::Nothing { proved: true };
        }
        let mut open = vec![(from, to)];
        let mut left = MOST_PROVING;
        while let Some((from, to)) = open.pop() {
            if left == 0 || self.runs.is_spent() {
                return self.unproved(way, (from, open.first().map_or(to, |(_, last)| *last)), was);
            }
            left -= 1;
            if from == to {
                if self.at(way, from).is_some_and(|now| now != *was) {
                    return Found::At { steps: from, proved: true };
                }
                continue;
            }
            if self.throughout(way, from, to).as_ref() == Some(was) {
                continue;
            }
            let middle = from + (to - from) / 2;
            open.push((middle + 1, to));
            open.push((from, middle));
        }
        Found::Nothing { proved: true }
    }

    /// Looks ever farther away, and then for the first of what it found; something nearer may have been passed over.
    fn unproved(&self, way: &dyn Way, (from, to): (i64, i64), was: &Decision) -> Found {
        let differs = |steps| self.at(way, steps).is_some_and(|now| now != *was);
        let (mut same, mut ahead) = (from, 1_i64);
        let other = loop {
            let next = from.saturating_add(ahead).min(to);
            if differs(next) {
                break next;
            }
            if next == to {
                return Found::Nothing { proved: false };
            }
            (same, ahead) = (next, ahead.saturating_mul(2));
        };
        let mut other = other;
        while other - same > 1 {
            let middle = same + (other - same) / 2;
            if differs(middle) { other = middle } else { same = middle }
        }
        Found::At { steps: other, proved: false }
    }

    /// The exact limit just before a value at which it is decided otherwise, where it can be found and proved.
    pub(super) fn edge(&self, along: &Along<'_>, steps: i64, was: &Decision) -> Option<Edge> {
        let Values::Numbers(scale) = &along.knob.values else { return None };
        if scale.whole {
            return None;
        }
        let (before, after) = (scale.at(along.signed(steps - 1)), scale.at(along.signed(steps)));
        let run = |number: &Number| {
            self.runs.run(&Laid::default().value(along.knob.place, Datum::Number(number.clone())))
        };
        let now = self.at(along, steps)?;
        let (run_before, run_after) = (run(&before), run(&after));
        let mut limits = self.meetings((&before, &run_before), (&after, &run_after));
        limits.sort_by_key(|limit| limit.sub(&before).abs());
        limits.dedup();
        limits.into_iter().find_map(|limit| self.proved(along, (&before, &after), limit, (was, &now)))
    }

    /// Proves a limit: nothing changes before it, and all is changed after it.
    fn proved(
        &self,
        along: &Along<'_>,
        (before, after): (&Number, &Number),
        limit: Number,
        (was, now): (&Decision, &Decision),
    ) -> Option<Edge> {
        let place = along.knob.place;
        let decide_with = |laid: Laid| decide(self.words, &self.runs.run(&laid), self.aim, &[place]);
        let at = decide_with(Laid::default().value(place, Datum::Number(limit.clone())))?;
        let between = |from: &Number, to: &Number| {
            let (low, high) = (from.min(to).clone(), from.max(to).clone());
            Bounds { low: Some(low), high: Some(high), low_open: true, high_open: true }
        };
        let same = limit == *before || {
            decide_with(Laid::default().within(place, between(before, &limit))).as_ref() == Some(was)
        };
        let other = limit == *after || {
            decide_with(Laid::default().within(place, between(&limit, after))).as_ref() == Some(now)
        };
        let included = at == *now;
        (same && other && (included || at == *was)).then_some(Edge { limit, included })
    }

    /// Where the sides of the comparisons that turned meet, and where keys pass the bounds of rows.
    fn meetings(&self, (x0, a): (&Number, &Run), (x1, b): (&Number, &Run)) -> Vec<Number> {
        let mut found = Vec::new();
        let steps = by_place(b);
        for id in a.trace.behind(a.root) {
            let step = a.trace.step(id);
            let What::Expr(expr) = step.what else { continue };
            let Some(other) = steps.get(&(expr, step.at)).map(|id| b.trace.step(*id)) else { continue };
            let number = |run: &Run, inputs: &[crate::eval::StepId], index: usize| {
                inputs.get(index).and_then(|input| run.trace.outcome(*input).as_number().cloned())
            };
            let pair = |index| Some((number(a, &step.inputs, index)?, number(b, &other.inputs, index)?));
            match &self.words.model.node(expr).kind {
                NodeKind::Compare(..) if step.outcome != other.outcome => {
                    if let (Some((l0, l1)), Some((r0, r1))) = (pair(0), pair(1)) {
                        found.extend(root((x0, &l0.sub(&r0)), (x1, &l1.sub(&r1))));
                    }
                }
                NodeKind::Between(..) if step.outcome != other.outcome => {
                    for bound in [1, 2] {
                        if let (Some((l0, l1)), Some((r0, r1))) = (pair(0), pair(bound)) {
                            found.extend(root((x0, &l0.sub(&r0)), (x1, &l1.sub(&r1))));
                        }
                    }
                }
                NodeKind::Lookup { table, keys, .. } => {
                    for index in 0..keys.len() {
                        let Some((k0, k1)) = pair(index) else { continue };
                        let ends = self.ends(*table, index);
                        found.extend(
                            ends.iter().filter_map(|end| root((x0, &k0.sub(end)), (x1, &k1.sub(end)))),
                        );
                    }
                }
                _ => {}
            }
        }
        let (low, high) = (x0.min(x1), x0.max(x1));
        found.retain(|limit| low <= limit && limit <= high);
        found
    }

    /// The figures that bound the rows of a table in one key.
    fn ends(&self, table: crate::model::TableId, index: usize) -> Vec<Number> {
        let rows = &self.words.model.tables[table].rows;
        let tests = rows.iter().filter_map(|row| row.tests.get(index));
        let cells = tests.flat_map(|test| match test {
            KeyTest::Range(low, high) => low.iter().chain(high).map(|end| end.value).collect(),
            KeyTest::AnyOf(all) | KeyTest::NoneOf(all) => all.clone(),
            KeyTest::Any | KeyTest::Otherwise | KeyTest::Condition(_) => Vec::new(),
            KeyTest::Time(_) | KeyTest::From(_) | KeyTest::Slice(_) => Vec::new(),
        });
        let figure = |expr| match &self.words.model.node(expr).kind {
            NodeKind::Figure { value, .. } => Some(value.clone()),
            _ => None,
        };
        cells.filter_map(figure).collect()
    }
}

fn by_place(run: &Run) -> BTreeMap<(crate::model::ExprId, At), crate::eval::StepId> {
    let steps = run.trace.behind(run.root).into_iter();
    let expr = |id| match run.trace.step(id).what {
        What::Expr(expr) => Some(((expr, run.trace.step(id).at), id)),
        What::Def(_) => None,
    };
    steps.filter_map(expr).collect()
}

/// Where a line through two points is 0.
fn root((x0, y0): (&Number, &Number), (x1, y1): (&Number, &Number)) -> Option<Number> {
    let rise = y1.sub(y0);
    let part = y0.neg().div(&rise)?;
    Some(x0.add(&x1.sub(x0).mul(&part)))
}
