//! Where a difference comes from: the first results on the way that differ although nothing that they read does.

use std::collections::{BTreeMap, BTreeSet};

use super::table::{Comparison, Row, who};
use crate::base::Lang;
use crate::eval::{Outcome, Step, StepId, Trace, What};
use crate::explain::{Basis, basis_of};
use crate::facts::Moment;
use crate::model::{Assumption, DefId, Model, Touch};
use crate::session::{Answer, Target};

/// A result that a difference begins with.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Cause {
    /// Its full name.
    pub name: String,
    /// Where it cites nothing, a reading says what it is, and another one is chosen: the reading in the words of the rules.
    pub reading: Option<String>,
    /// What it rests on in the documents.
    pub basis: Vec<Basis>,
}

/// A definition for somebody at a time, by names that are the same in every world. Times are told from the one asked about,
/// so that two years can be held against each other.
type Place = (String, Option<(String, String)>, Option<Moment>);

/// The year that times are told from.
const ANY_YEAR: i16 = 2000;

/// The definitions on the way to an answer that came out otherwise than in another.
#[derive(Debug, Default)]
pub(super) struct Differing(BTreeSet<StepId>);

impl Differing {
    pub(super) fn of(old: &Answer, new: &Answer) -> Differing {
        let steps = old.trace.steps.iter();
        let before: BTreeMap<Place, &Outcome> =
            steps.filter_map(|step| Some((place(old, step)?, &step.outcome))).collect();
        let differs = |step: &Step| {
            let (name, who, when) = place(new, step)?;
            // What one answer has for each, the other may have for all.
            let own = before.get(&(name.clone(), who, when)).or_else(|| before.get(&(name, None, when)));
            // What the other answer did not read is no difference by itself; what reads it is, where it came out otherwise.
            Some(own.is_some_and(|known| is_other(known, &step.outcome)))
        };
        let all = new.trace.steps.iter_enumerated();
        Differing(all.filter(|(_, step)| differs(step) == Some(true)).map(|(id, _)| id).collect())
    }
}

fn is_other(before: &Outcome, after: &Outcome) -> bool {
    match (before, after) {
        (Outcome::Value(a), Outcome::Value(b)) => a != b,
        (Outcome::Unknown(a), Outcome::Unknown(b)) => a.bounds != b.bounds,
        (Outcome::DoesNotApply(_), Outcome::DoesNotApply(_)) | (Outcome::Error(_), Outcome::Error(_)) => {
            false
        }
        (Outcome::Value(_) | Outcome::Unknown(_) | Outcome::DoesNotApply(_) | Outcome::Error(_), _) => true,
    }
}

fn place(answer: &Answer, step: &Step) -> Option<Place> {
    let What::Def(def) = step.what else { return None };
    if step.at.without.is_some() || step.at.below.is_some() {
        return None;
    }
    let entity = step.at.entity.map(|entity| {
        let who = who(answer, entity);
        (who.kind, who.name)
    });
    let years = step.at.moment.year().checked_sub(answer.moment.year());
    let from_here = years.and_then(|years| step.at.moment.in_year(ANY_YEAR.checked_add(years)?));
    // What is asked for a day may be read for its year: each answer has its own.
    Some((answer.plan.model.full_name(def), entity, from_here))
}

impl Comparison<'_> {
    /// Returns what the difference of a row in a column begins with, in the order in which it is read.
    pub(super) fn causes(&self, row: &Row, column: usize, differing: &Differing, lang: Lang) -> Vec<Cause> {
        let (Some((old, _)), Some((new, line))) = (self.line(row, 0), self.line(row, column)) else {
            return Vec::new();
        };
        let roots = Looking { trace: &new.trace, differing }.roots(line.step);
        let words = new.words(lang);
        let mut causes: Vec<Cause> = Vec::new();
        for step in roots {
            // An expression that was asked for is no clause of the rules.
            let What::Def(def) = new.trace.step(step).what else { continue };
            let basis = basis_of(words, &new.trace, step);
            // What cites a passage is known to its reader by its own name and that passage.
            let reading = if basis.is_empty() {
                other_reading(&old.plan.model, &new.plan.model, def, lang)
            } else {
                None
            };
            let cause = Cause { name: words.def_name(def), reading, basis };
            if !causes.iter().any(|known| known.name == cause.name) {
                causes.push(cause);
            }
        }
        causes
    }
    /// Tells whether a result is the definition of a cause itself.
    pub(super) fn is_own(&self, row: &Row, column: usize, cause: &Cause, lang: Lang) -> bool {
        self.line(row, column).is_some_and(|(answer, line)| match line.target {
            Target::Def(def) => answer.words(lang).def_name(def) == cause.name,
            Target::Expr(_) => false,
        })
    }
}

/// The reading that is chosen anew of an assumption whose readings say what a definition is. Such a definition is a switch
/// that only the rules know by name; their reader knows the question and the answer to it.
fn other_reading(old: &Model, new: &Model, def: DefId, lang: Lang) -> Option<String> {
    new.assumptions.iter().find_map(|one| {
        let chosen = |one: &'_ Assumption| one.chosen.and_then(|at| one.readings.get(at).cloned());
        let before = old.assumptions.iter().find(|known| known.name == one.name)?;
        let (was, is) = (chosen(before)?, chosen(one)?);
        if was.name == is.name || !one.touches.contains(&Touch::Def(def)) {
            return None;
        }
        let title = is.title.map(|title| format!(" (\"{title}\")")).unwrap_or_default();
        let reading = lang.pick("læsningen", "the reading");
        Some(format!("{reading} {} = {}{title}", one.name, is.name))
    })
}

struct Looking<'a> {
    trace: &'a Trace,
    differing: &'a Differing,
}

impl Looking<'_> {
    /// Goes down as long as something below differs.
    fn roots(&self, from: StepId) -> Vec<StepId> {
        let (mut seen, mut roots, mut open) = (BTreeSet::new(), Vec::new(), vec![from]);
        while let Some(step) = open.pop() {
            if !seen.insert(step) {
                continue;
            }
            let below: Vec<StepId> =
                self.definitions(step).into_iter().filter(|inner| self.differing.0.contains(inner)).collect();
            match below.is_empty() {
                true if self.differing.0.contains(&step) => roots.push(step),
                true => {}
                false => open.extend(below.into_iter().rev()),
            }
        }
        roots
    }

    /// The definitions that a step reads without one between.
    fn definitions(&self, step: StepId) -> Vec<StepId> {
        let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
        let mut open: Vec<StepId> = self.trace.step(step).inputs.iter().rev().copied().collect();
        while let Some(next) = open.pop() {
            if !seen.insert(next) {
                continue;
            }
            match self.trace.step(next).what {
                What::Def(_) => found.push(next),
                What::Expr(_) => open.extend(self.trace.step(next).inputs.iter().rev()),
            }
        }
        found
    }
}
