//! The facts that a result read, each as something that can be turned: its value now, and the values it can take.

use std::collections::{BTreeMap, BTreeSet};

use super::runs::Run;
use crate::eval::{Detail, FactOrigin, Place, StepId, Trace, What};
use crate::explain::Words;
use crate::facts::{Datum, Found};
use crate::model::{Declared, FactId, FactOwner, NodeKind, Ty};
use crate::value::{Bounds, Date, Number, Stretch};

/// A fact that can be turned.
#[derive(Clone, Debug)]
pub(super) struct Knob {
    pub(super) place: Place,
    /// The time it is read at, where that is not the one asked about.
    pub(super) when: Option<crate::facts::Moment>,
    /// Its value now; `None` where it is not known.
    pub(super) now: Option<Datum>,
    /// The values it can take.
    pub(super) values: Values,
}

/// The values a fact can take.
#[derive(Clone, Debug)]
pub(super) enum Values {
    /// Numbers a step apart.
    Numbers(Scale),
    /// Days.
    Days(Date),
    /// These and no others.
    These(Vec<Datum>),
}

/// Numbers a step apart, counted from where the fact stands.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    /// Number 0.
    pub(super) start: Number,
    /// The step.
    pub(super) step: Number,
    /// Whether only these count; else they are those that are tried, and others lie between.
    pub(super) whole: bool,
    /// The largest of the figures of its unit that the result rests on, its own among them.
    largest: Number,
    /// What the fact can be.
    domain: Stretch,
}

/// Numbers of more decimals than this are tried in steps of this many.
const MOST_DECIMALS: u32 = 6;

/// Where nothing bounds a fact, it is varied by this many times the largest figure of its unit, and at least by this many
/// steps.
const TIMES: i64 = 10;
const LEAST_STEPS: i64 = 1_000;

/// More steps than this are not counted.
const MOST_STEPS: i64 = 1_000_000_000_000;

impl Scale {
    /// The number so many steps on.
    pub(super) fn at(&self, steps: i64) -> Number {
        self.start.add(&self.step.mul(&Number::from_i64(steps)))
    }
    /// The lowest and the highest number that the fact can be, where both are there.
    pub(super) fn ends(&self) -> Option<(Number, Number)> {
        let domain = self.domain.clone().closed();
        domain.low.zip(domain.high).filter(|_| !domain.low_open && !domain.high_open)
    }
    /// Tells whether the fact can be a number.
    pub(super) fn allows(&self, number: &Number) -> bool {
        self.domain.contains(number)
    }
    /// How far the fact can be turned down and up, in steps.
    pub(super) fn reach(&self) -> (i64, i64) {
        let size = self.largest.div(&self.step).map_or(LEAST_STEPS, |size| whole(&size));
        let far = size.saturating_mul(TIMES).clamp(LEAST_STEPS, MOST_STEPS);
        let domain = self.domain.clone().closed();
        let steps = |end: &Number| end.sub(&self.start).div(&self.step).map_or(0, |steps| whole(&steps));
        let (mut down, mut up) = (-far, far);
        if let Some(low) = &domain.low {
            down = steps(low).max(-MOST_STEPS);
            // An end that does not count itself leaves the step before it.
            if down < 0 && !domain.contains(&self.at(down)) {
                down += 1;
            }
        }
        if let Some(high) = &domain.high {
            up = steps(high).min(MOST_STEPS);
            if up > 0 && !domain.contains(&self.at(up)) {
                up -= 1;
            }
        }
        (down.min(0), up.max(0))
    }
}

/// The whole number of a number, towards 0.
fn whole(number: &Number) -> i64 {
    let cut = number.abs().floor().to_i64().unwrap_or(MOST_STEPS);
    if number.is_negative() { -cut } else { cut }
}

impl Knob {
    /// A value as the evaluator takes it.
    pub(super) fn datum(&self, steps: i64) -> Option<Datum> {
        match &self.values {
            Values::Numbers(scale) => Some(Datum::Number(scale.at(steps))),
            Values::Days(date) => date.add_days(steps).map(Datum::Date),
            Values::These(all) => usize::try_from(steps).ok().and_then(|at| all.get(at)).cloned(),
        }
    }
    /// The bounds from one value to another, in either order.
    pub(super) fn bounds(&self, from: i64, to: i64) -> Option<Bounds> {
        let Values::Numbers(scale) = &self.values else { return None };
        let (low, high) = (scale.at(from.min(to)), scale.at(from.max(to)));
        Some(Bounds { low: Some(low), high: Some(high), ..Bounds::default() })
    }
    pub(super) fn declared<'m>(&self, words: Words<'m>) -> &'m Declared {
        &words.model.facts[self.place.fact].declared
    }
}

/// The facts that a run read, each once, in the order they were read.
pub(super) fn knobs(words: Words<'_>, run: &Run, root: StepId) -> Vec<Knob> {
    let (mut all, mut known) = (Vec::new(), BTreeSet::new());
    let behind = run.trace.behind(root);
    let mut figures = Figures::new(words, &run.trace, &behind);
    for id in behind {
        let step = run.trace.step(id);
        let (What::Expr(expr), Detail::Fact(_)) = (step.what, &step.detail) else { continue };
        let NodeKind::Fact(fact) = words.model.node(expr).kind else { continue };
        let data = &words.model.facts[fact];
        let entity = match data.owner {
            FactOwner::Kind(_) => step.at.entity,
            FactOwner::Clause(_) | FactOwner::File => None,
        };
        let moment = step.at.moment;
        let given = match words.facts.fact(fact, entity, moment) {
            Found::One(given) if matches!(step.detail, Detail::Fact(FactOrigin::Data(_))) => {
                Some(given.interval)
            }
            Found::One(_) | Found::Changes(_) | Found::Missing => None,
        };
        let interval = if data.declared.always { None } else { given.or_else(|| moment.interval()) };
        let place = Place { fact, entity, interval };
        let when = (moment != words.base && !data.declared.always).then_some(moment);
        let now = step.outcome.datum().cloned();
        // What went wrong is no value that could be another.
        let is_open = matches!(step.outcome, crate::eval::Outcome::Unknown(_));
        if known.contains(&place) || now.is_none() && !is_open {
            continue;
        }
        if let Some(values) = values(&mut figures, fact, now.as_ref()) {
            known.insert(place);
            all.push(Knob { place, when, now, values });
        }
    }
    all
}

fn values(figures: &mut Figures<'_>, fact: FactId, now: Option<&Datum>) -> Option<Values> {
    let model = figures.words.model;
    let declared = &model.facts[fact].declared;
    match (&declared.ty, now) {
        (Ty::Bool, _) => {
            let both = [true, false].map(Datum::Bool);
            Some(Values::These(both.into_iter().filter(|value| Some(value) != now).collect()))
        }
        (Ty::OneOf(all), _) => {
            let others = all.iter().map(|text| Datum::Text(text.clone()));
            Some(Values::These(others.filter(|value| Some(value) != now).collect()))
        }
        (Ty::Date, Some(Datum::Date(date))) => Some(Values::Days(*date)),
        (Ty::Number | Ty::Percent | Ty::Quantity { .. } | Ty::Zero, Some(Datum::Number(now))) => {
            Some(Values::Numbers(figures.scale(fact, now)))
        }
        (Ty::Number | Ty::Percent | Ty::Quantity { .. } | Ty::Zero, None) => {
            let domain = model.fact_stretch(fact).closed();
            let start = domain.low.clone().or(domain.high.clone()).unwrap_or_else(Number::zero);
            Some(Values::Numbers(figures.scale(fact, &start)))
        }
        (_, _) => None,
    }
}

/// The figures that a result rests on, looked through once for each fact: facts of many entities are varied alike.
struct Figures<'a> {
    words: Words<'a>,
    all: Vec<(&'a Ty, &'a Number)>,
    sizes: BTreeMap<FactId, Size>,
}

/// How fine and how large the figures of a fact's unit are.
#[derive(Clone)]
struct Size {
    decimals: u32,
    largest: Number,
}

impl<'a> Figures<'a> {
    fn new(words: Words<'a>, trace: &'a Trace, behind: &[StepId]) -> Figures<'a> {
        let figure = |id: &StepId| {
            let step = trace.step(*id);
            let What::Expr(expr) = step.what else { return None };
            let node = words.model.node(expr);
            let is_figure = matches!(node.kind, NodeKind::Figure { .. } | NodeKind::Fact(_));
            step.outcome.as_number().filter(|_| is_figure).map(|number| (&node.ty, number))
        };
        Figures { words, all: behind.iter().filter_map(figure).collect(), sizes: BTreeMap::new() }
    }

    /// Whole units where only those count; else steps of the finest decimal among the figures of the same unit that the
    /// result rests on, the fact's own among them.
    fn scale(&mut self, fact: FactId, start: &Number) -> Scale {
        let declared = &self.words.model.facts[fact].declared;
        let size = self.size(fact, declared);
        let unit = &declared.show.scale;
        let own = start.div(unit).and_then(|number| number.decimals()).unwrap_or(0);
        let decimals = match declared.whole {
            true => 0,
            false => size.decimals.max(own).max(declared.show.decimals).min(MOST_DECIMALS),
        };
        let decimals = i32::try_from(decimals).unwrap_or(0);
        Scale {
            start: start.clone(),
            step: unit.mul(&Number::pow10(-decimals)),
            whole: declared.whole,
            largest: size.largest.max(start.abs()),
            domain: self.words.model.fact_stretch(fact),
        }
    }

    fn size(&mut self, fact: FactId, declared: &Declared) -> Size {
        let (all, unit) = (&self.all, &declared.show.scale);
        let looked = || {
            let alike = all.iter().filter(|(ty, _)| ty.without_level() == declared.ty.without_level());
            let alike: Vec<&Number> = alike.map(|(_, number)| *number).collect();
            let decimals = alike.iter().filter_map(|figure| figure.div(unit)?.decimals()).max();
            let largest = alike.iter().map(|figure| figure.abs()).max();
            Size { decimals: decimals.unwrap_or(0), largest: largest.unwrap_or_else(Number::zero) }
        };
        self.sizes.entry(fact).or_insert_with(looked).clone()
    }
}
