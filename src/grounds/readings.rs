//! How unclear passages are read, and what another reading would change.

use super::Read;
use crate::base::Lang;
use crate::eval::StepId;
use crate::explain::{Rests, Words};
use crate::model::{Assumption, Reading};
use crate::session::Answer;
use crate::value::Bounds;

/// A reading other than the one in force, tried.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tried {
    /// The assumption's name.
    pub assumption: String,
    /// The reading's name.
    pub reading: String,
    /// What came of it.
    pub then: Then,
    /// What is known of the results then, one for each of the answer's own, where they are or would be numbers.
    pub reach: Vec<Option<Reach>>,
}

/// What is known of a number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reach {
    /// What it lies between; a number that is known lies between itself and itself.
    pub bounds: Bounds,
    /// Whether it is known.
    pub is_firm: bool,
}

impl Tried {
    /// Tells whether a result is no number then that is one as the text is read: not known, an error, or not there.
    pub(super) fn is_open(&self, is_number: &[bool]) -> bool {
        let then =
            |at: usize| self.reach.get(at).is_some_and(|one| one.as_ref().is_some_and(|one| one.is_firm));
        is_number.iter().enumerate().any(|(at, own)| *own && !then(at))
    }
}

impl Then {
    /// Tells whether anything comes out otherwise.
    pub(super) fn is_other(&self) -> bool {
        match self {
            Then::Changes { effects, .. } => !effects.is_empty(),
            Then::NoAnswer(_) => true,
        }
    }
}

/// What another reading does to the results.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Then {
    /// There is an answer.
    Changes {
        /// What it changes; nothing, where it changes nothing.
        effects: Vec<Effect>,
        /// What the results wait for then that they do not wait for otherwise.
        missing: Vec<String>,
    },
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
    let rests = Rests::of_all(words, &answer.trace, roots.iter().copied());
    let touched = |one: &&Assumption| rests.touched(words, one);
    let read = answer.plan.model.assumptions.iter().filter(touched).map(|assumption| read(assumption, tried));
    read.chain(levels(&rests, words)).collect()
}

/// The price levels that are assumed for agreements as a whole, which no assumption of the rules tells.
fn levels(rests: &Rests, words: Words<'_>) -> Vec<Read> {
    let mut all: Vec<Read> = Vec::new();
    for level in rests.assumed_levels(words) {
        let question = Some(capital(&format!("{} {}", level.name, level.says)));
        if !all.iter().any(|one| one.question == question) {
            all.push(Read { name: level.name, question, chosen: None, why: Vec::new(), others: Vec::new() });
        }
    }
    all
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
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
        why: assumption.reasons().cloned().collect(),
        others: others.collect(),
    }
}

fn titled(reading: &Reading) -> String {
    match &reading.title {
        Some(title) => format!("{title} ({})", reading.name),
        None => reading.name.clone(),
    }
}
