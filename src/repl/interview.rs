//! Questions back: one missing fact at a time, the one that most results wait for first, until what was asked for is known.

use std::collections::{BTreeMap, BTreeSet};

use super::lookup::indented;
use super::missing::{fact_says, path_of};
use super::state::{Repl, Said};
use crate::base::{Bi, bi};
use crate::diag::Severity;
use crate::eval::{Missing, MissingWhat};
use crate::model::{FactId, Origin};
use crate::session::Answer;
use crate::syntax::{TokenKind, tokens};

/// An interview under way.
#[derive(Clone, Debug)]
pub(super) struct Interview {
    /// What is to be known in the end; empty for everything.
    target: String,
    /// What the person did not want to answer.
    skipped: BTreeSet<String>,
    /// What was asked last.
    now: Asked,
}

/// A question of an interview.
#[derive(Clone, Debug)]
struct Asked {
    /// The fact as it is given: `region["Sjælland"].lægetal`.
    path: String,
    /// The fact itself.
    fact: FactId,
    /// The unit that a bare number counts in.
    unit: String,
}

impl Repl {
    /// Starts to ask for the facts that a target lacks.
    pub(super) fn interview(&mut self, target: &str, name: &str) -> Said {
        let answer = match self.lacking(target, name) {
            Ok(answer) => answer,
            Err(said) => return *said,
        };
        self.ask_next(target.to_owned(), BTreeSet::new(), &answer, true)
    }

    /// What is being asked for, for the prompt.
    pub(super) fn asked_now(&self) -> Option<&str> {
        self.interview.as_ref().map(|interview| interview.now.path.as_str())
    }

    /// Takes a line as the answer to a question. `None` where it is a line of its own, as commands are.
    pub(super) fn answer_to(&mut self, line: &str, name: &str) -> Option<Said> {
        let interview = self.interview.clone()?;
        match line.trim() {
            // A script leaves empty lines out, so that skipping has a word too.
            "" | ":videre" | ":skip" => {
                let mut skipped = interview.skipped;
                skipped.insert(interview.now.path);
                Some(self.go_on(interview.target, skipped, name))
            }
            "?" => Some(Said::text(self.known_of(&interview.now))),
            ":stop" | ":slut" | ":quit" => {
                self.interview = None;
                Some(self.bi_line(&bi!(
                    "spørgsmålene er slut; det, der er svaret, gælder stadig",
                    "the questions are over; what was answered still holds"
                )))
            }
            command if command.starts_with(':') => None,
            value => Some(self.take(&interview, value, name)),
        }
    }

    /// Sets a fact as it was answered, and goes on; what is wrong with the answer is said, and the question stays.
    fn take(&mut self, interview: &Interview, value: &str, name: &str) -> Said {
        let Asked { path, unit, .. } = &interview.now;
        let value = with_unit(value, unit, self.session.lang());
        let written = format!("{path} = {value}");
        let said = self.change(&written, |session| session.assign(name, &written, Origin::WhatIf));
        if said.problems.iter().any(|found| found.severity == Severity::Error) {
            return said;
        }
        let next = self.go_on(interview.target.clone(), interview.skipped.clone(), name);
        let problems = said.problems.into_iter().chain(next.problems).collect();
        Said { text: next.text, problems, sources: said.sources }
    }

    fn go_on(&mut self, target: String, skipped: BTreeSet<String>, name: &str) -> Said {
        match self.lacking(&target, name) {
            Ok(answer) => self.ask_next(target, skipped, &answer, false),
            Err(said) => {
                self.interview = None;
                *said
            }
        }
    }

    fn lacking(&self, target: &str, name: &str) -> Result<Answer, Box<Said>> {
        match target {
            "" => self.ask(Vec::new()),
            target => self.ask_one(target, name).map(|(answer, _)| answer),
        }
    }

    /// Asks what most results wait for of what was not asked yet; or ends, with the results.
    fn ask_next(
        &mut self,
        target: String,
        skipped: BTreeSet<String>,
        answer: &Answer,
        is_first: bool,
    ) -> Said {
        let waiting = waiting(answer, self);
        let open: Vec<_> = waiting.into_iter().filter(|(asked, _)| !skipped.contains(&asked.path)).collect();
        let most = open.iter().max_by_key(|(_, results)| *results).map(|(_, results)| *results);
        let Some((asked, results)) = open.iter().find(|(_, results)| Some(*results) == most).cloned() else {
            self.interview = None;
            return Said::text(self.ended(answer, &skipped));
        };
        let count = open.len();
        let mut text = String::new();
        if is_first {
            text += &self.own_line(&bi!(
                "skriv en værdi; en tom linje eller :videre springer over, ? forklarer, :stop slutter",
                "type a value; an empty line or :skip skips, ? explains, :stop ends"
            ));
        }
        let results = match results {
            1 => bi!("1 resultat", "1 result"),
            results => bi!("{results} resultater", "{results} results"),
        };
        let (da, en) = (&results.da, &results.en);
        text += &self.own_line(&match count {
            1 => bi!(
                "den sidste oplysning, der mangler; {da} venter på den",
                "the last fact that is missing; {en} wait for it"
            ),
            count => bi!(
                "{count} oplysninger mangler; {da} venter på denne",
                "{count} facts are missing; {en} wait for this one"
            ),
        });
        text += &self.question(&asked, answer);
        self.interview = Some(Interview { target, skipped, now: asked });
        Said::text(text)
    }

    fn own_line(&self, words: &Bi) -> String {
        format!("{}\n", words.get(self.lang()))
    }

    fn question(&self, asked: &Asked, answer: &Answer) -> String {
        let words = answer.words(self.lang());
        let (ty, title) = fact_says(asked.fact, words);
        let title = title.map(|title| indented(&title)).unwrap_or_default();
        format!("{} : {ty}\n{title}", asked.path)
    }

    /// What is known of a fact: what it is, and what it rests on.
    fn known_of(&self, asked: &Asked) -> String {
        let model = self.model();
        let name = model.fact_name(asked.fact);
        let shown = self.rules().show(&name).unwrap_or_default();
        let source = self.rules().source(&name).unwrap_or_default();
        let unit = match asked.unit.as_str() {
            "" => String::new(),
            unit => self.own_line(&bi!("et tal alene regnes i {unit}", "a bare number counts in {unit}")),
        };
        let said = format!("{shown}{source}{unit}");
        if said.is_empty() { self.own_line(&Bi::same(name)) } else { said }
    }

    fn ended(&mut self, answer: &Answer, skipped: &BTreeSet<String>) -> String {
        let lacks = answer.lines.iter().any(|line| !answer.outcome(line).missing_set().is_empty());
        let said = match (lacks, skipped.is_empty()) {
            (false, _) => bi!("der mangler ikke mere", "nothing more is missing"),
            (true, false) => bi!(
                "der er ikke flere spørgsmål; det, der blev sprunget over, mangler stadig",
                "there are no more questions; what was skipped is still missing"
            ),
            (true, true) => bi!(
                "resten er ikke oplysninger, der kan gives; `:mangler` viser, hvad det er",
                "the rest are no facts that can be given; `:missing` shows what they are"
            ),
        };
        // Of everything, the results are too many to be shown unasked.
        let values = if answer.lines.len() > MOST_SHOWN { String::new() } else { self.listed(answer) };
        format!("{}{values}", self.own_line(&said))
    }
}

/// How many results are shown at the end.
const MOST_SHOWN: usize = 20;

/// The facts that can be given, in the order of the rules, each with how many results wait for it.
fn waiting(answer: &Answer, repl: &Repl) -> Vec<(Asked, usize)> {
    let words = answer.words(repl.lang());
    let mut counts: BTreeMap<Missing, usize> = BTreeMap::new();
    for line in &answer.lines {
        for missing in answer.outcome(line).missing_set() {
            *counts.entry(missing).or_default() += 1;
        }
    }
    let asked = counts.into_iter().filter_map(|(missing, results)| {
        let MissingWhat::Fact(fact) = missing.what else { return None };
        let path = path_of(fact, missing, words)?;
        let unit = words.model.facts[fact].declared.show.words.get(repl.session.lang()).to_owned();
        Some((Asked { path, fact, unit }, results))
    });
    asked.collect()
}

/// A bare number counts in the unit of the fact, as in data.
fn with_unit(value: &str, unit: &str, lang: crate::base::Lang) -> String {
    let tokens = tokens(value, lang);
    let mut telling = tokens.iter().filter(|token| !token.is_trivia());
    let is_bare =
        matches!(telling.next(), Some(first) if first.kind == TokenKind::Number) && telling.next().is_none();
    match is_bare && !unit.is_empty() {
        true => format!("{value} {unit}"),
        false => value.to_owned(),
    }
}
