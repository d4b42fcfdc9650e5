//! Sentences whose figures lead to the steps that they are the values of.

use super::StepNumber;
use super::steps::{numbered, typed};
use crate::base::Lang;
use crate::eval::{Detail, StepId, What};
use crate::record::Record;
use crate::session::Answer;

/// A sentence, part by part.
pub type Sentence = Vec<Part>;

/// A part of a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// Its words.
    pub text: String,
    /// The step that it is the value of.
    pub step: Option<StepNumber>,
}

/// A figure that sentences about a step may name.
struct Figure {
    words: String,
    /// Where a sentence says the unit later, once for both sides of a comparison: the unit.
    later: Option<String>,
    step: StepNumber,
    used: bool,
}

/// The figures of the steps behind one step, in the order in which they are read: those of its own expressions, and the
/// values of the definitions that these read.
pub(super) struct Figures(Vec<Figure>);

impl Figures {
    pub(super) fn behind(answer: &Answer, record: &Record, root: Option<StepId>, lang: Lang) -> Figures {
        let (mut found, mut open) = (Vec::new(), Vec::new());
        let inputs = |step: StepId| answer.trace.step(step).inputs.iter().rev().copied();
        open.extend(root.into_iter().flat_map(|root| stated_by(answer, root)).rev());
        while let Some(step) = open.pop() {
            if let What::Expr(_) = answer.trace.step(step).what {
                open.extend(inputs(step));
            }
            let outcome = answer.trace.outcome(step);
            let (ty, show) = typed(answer, step);
            if let (Some(_), Some(place)) = (outcome.as_number(), record.place(step)) {
                let words = spaced(&answer.words(lang).outcome(outcome, ty, show));
                let step = numbered(place);
                let bare = words
                    .split_once(' ')
                    .filter(|(number, _)| number.ends_with(|c: char| c.is_ascii_digit()));
                let bare = bare.map(|(number, unit)| (number.to_owned(), unit.to_owned()));
                found.push(Figure { words, later: None, step, used: false });
                found.extend(bare.map(|(words, unit)| Figure {
                    words,
                    later: Some(unit),
                    step,
                    used: false,
                }));
            }
        }
        Figures(found)
    }

    /// Parts the sentences about one thing. Its formula, which comes first and begins with `=`, is the rule's own words:
    /// its figures stand as they are written.
    pub(super) fn part_all(&mut self, sentences: &[String]) -> Vec<Sentence> {
        let one = |(at, sentence): (usize, &String)| {
            if at > 0 || !sentence.starts_with('=') {
                return self.part(sentence);
            }
            // In a paragraph the figures follow the formula after another `=`.
            let (formula, figures) = match sentence.split_once(" = ") {
                Some((formula, figures)) => (format!("{formula} = "), figures),
                None => (sentence.clone(), ""),
            };
            let mut parts = vec![Part { text: spaced(&formula), step: None }];
            parts.extend(self.part(figures));
            parts
        };
        sentences.iter().enumerate().map(one).collect()
    }

    /// Parts a sentence at its figures. Of several steps with the same value, each is led to once, in their order.
    // INVARIANT: a figure leads only to a step that has it for its value.
    pub(super) fn part(&mut self, sentence: &str) -> Sentence {
        let sentence = spaced(sentence);
        let (mut parts, mut plain, mut at, mut quoted) = (Vec::new(), String::new(), 0, false);
        while let Some(first) = sentence.get(at..).and_then(|rest| rest.chars().next()) {
            // Words of the rules stand as they are written.
            let figure = if quoted { None } else { self.figure_at(&sentence, at) };
            let Some((words, step)) = figure else {
                quoted ^= first == '`';
                plain.push(first);
                at += first.len_utf8();
                continue;
            };
            if !plain.is_empty() {
                parts.push(Part { text: std::mem::take(&mut plain), step: None });
            }
            // A step is led to once, with its unit or without: the same figure again is another step's.
            self.0.iter_mut().filter(|figure| figure.step == step).for_each(|figure| figure.used = true);
            at += words.len();
            parts.push(Part { text: words, step: Some(step) });
        }
        if !plain.is_empty() {
            parts.push(Part { text: plain, step: None });
        }
        parts
    }

    /// The figure that stands at a place: the longest, and of those the first that was not led to yet.
    fn figure_at(&self, sentence: &str, at: usize) -> Option<(String, StepNumber)> {
        let before = sentence.get(..at)?.chars().next_back();
        let rest = sentence.get(at..)?;
        if before.is_some_and(|before| before.is_alphanumeric() || "_.,-−/[".contains(before)) {
            return None;
        }
        let stands = |figure: &&Figure| {
            let says_unit = |after: &str| match &figure.later {
                None => true,
                Some(unit) => {
                    [" er ", " is "].iter().any(|word| after.starts_with(word))
                        && after.contains(unit.as_str())
                }
            };
            rest.strip_prefix(figure.words.as_str()).is_some_and(|after| is_end(after) && says_unit(after))
        };
        // Of equals, the last of the reversed is the first.
        let found =
            self.0.iter().rev().filter(stands).max_by_key(|figure| (figure.words.len(), !figure.used));
        found.map(|figure| (figure.words.clone(), figure.step))
    }
}

/// The steps that state a step: of a definition, the line in force alone, and not the exceptions that were looked at.
fn stated_by(answer: &Answer, step: StepId) -> Vec<StepId> {
    let inputs = answer.trace.step(step).inputs.to_vec();
    let (What::Def(def), Detail::Definition(detail)) =
        (answer.trace.step(step).what, &answer.trace.step(step).detail)
    else {
        return inputs;
    };
    let data = &answer.plan.model.defs[def];
    let stated: Vec<What> = data.bodies().map(What::Expr).collect();
    let body = inputs.iter().copied().find(|input| stated.contains(&answer.trace.step(*input).what));
    match (detail.overridden, body) {
        (Some(_), _) | (None, None) => inputs,
        (None, Some(body)) => vec![body],
    }
}

/// Tells whether a figure may end before these words: they go on with neither a digit nor a letter.
fn is_end(after: &str) -> bool {
    let mut rest = after.chars();
    match rest.next() {
        None => true,
        Some(first) if first.is_alphanumeric() || "_/]".contains(first) => false,
        // `1. januar` is no 1.
        Some('.') => {
            rest.next().is_none_or(|second| second == ' ') && !rest.next().is_some_and(char::is_lowercase)
        }
        Some(',') => !rest.next().is_some_and(|second| second.is_ascii_digit()),
        Some(_) => true,
    }
}

/// Numbers and their units are kept together by a space of another kind, which no page needs.
fn spaced(words: &str) -> String {
    words.replace('\u{a0}', " ")
}
