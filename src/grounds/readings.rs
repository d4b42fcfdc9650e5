//! How unclear passages are read, and what another reading would change.

use super::Read;
use crate::base::Lang;
use crate::eval::StepId;
use crate::explain::Rests;
use crate::model::{Assumption, Reading};
use crate::session::Answer;

/// A reading other than the one in force, tried.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tried {
    /// The assumption's name.
    pub assumption: String,
    /// The reading's name.
    pub reading: String,
    /// What came of it.
    pub then: Then,
}

/// What another reading does to the results.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Then {
    /// What it changes; nothing, where it changes nothing.
    Changes(Vec<Effect>),
    /// There is no answer then: why.
    NoAnswer(String),
}

/// A result that another reading changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Effect {
    /// The result, and whose.
    pub name: String,
    /// What it comes to then.
    pub after: String,
    /// How much that is more or less, where both are numbers.
    pub by: String,
}

/// The assumptions that results rest on, each with what its other readings would change.
pub(super) fn readings(answer: &Answer, roots: &[StepId], tried: &[Tried], lang: Lang) -> Vec<Read> {
    let words = answer.words(lang);
    let rests: Vec<Rests> = roots.iter().map(|root| Rests::of(words, &answer.trace, *root)).collect();
    let touched = |one: &&Assumption| rests.iter().any(|rest| rest.touched(words, one));
    answer.plan.model.assumptions.iter().filter(touched).map(|assumption| read(assumption, tried)).collect()
}

fn read(assumption: &Assumption, tried: &[Tried]) -> Read {
    let chosen = assumption.chosen.and_then(|index| assumption.readings.get(index));
    let others = assumption.readings.iter().filter(|one| chosen.is_none_or(|chosen| chosen.name != one.name));
    let others = others.map(|other| {
        let is_it = |one: &&Tried| one.assumption == assumption.name && one.reading == other.name;
        (titled(other), tried.iter().find(is_it).map(|one| one.then.clone()))
    });
    Read {
        name: assumption.name.clone(),
        question: assumption.title.clone(),
        chosen: chosen.map(titled),
        others: others.collect(),
    }
}

fn titled(reading: &Reading) -> String {
    match &reading.title {
        Some(title) => format!("{title} ({})", reading.name),
        None => reading.name.clone(),
    }
}
