//! A whole record: its parts, its place in a chain, and its digests.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::canon::{canonical, digest, sha256};
use super::head::{self, DataFile, Locked};
use super::keys::PrivateKey;
use super::scribe::{Scribe, Written};
use super::value::moment;
use crate::eval::StepId;
use crate::session::{Answer, Question, Session, Target, level_at};
use crate::types::level_words;

/// The name and version of the format.
pub const FORMAT: &str = "klausul-record/1";

/// Where a record stands in a chain: its number, and the digest of the one before it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// 1 for the first.
    pub sequence: u64,
    /// The digest of the one before, `None` for the first.
    pub previous: Option<String>,
}

impl Link {
    /// The first place of a chain.
    pub fn first() -> Link {
        Link { sequence: 1, previous: None }
    }
    /// The place after a record with this number and digest; `None` beyond the last number there is.
    pub fn after(sequence: u64, digest: &str) -> Option<Link> {
        Some(Link { sequence: sequence.checked_add(1)?, previous: Some(digest.to_owned()) })
    }
}

/// What a record is told of besides the session: its files.
#[derive(Clone, Copy, Debug)]
pub struct Rested<'a> {
    /// The data files, in the order in which they were given.
    pub data: &'a [DataFile],
    /// What the lock files of the rules say of the documents.
    pub locked: &'a Locked,
}

/// A record of an answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// Its parts, as the format names them.
    body: Value,
    /// Where each step of the computation stands among its steps.
    places: BTreeMap<StepId, usize>,
    /// Of each of its steps, the step of the computation that it is written from.
    own: Vec<StepId>,
}

impl Record {
    /// Records an answer, with everything that led to it.
    ///
    /// The same rules, data and question give the same record, wherever the files lie.
    pub fn of(
        session: &Session,
        question: &Question,
        answer: &Answer,
        rests: &Rested<'_>,
        link: &Link,
    ) -> Record {
        let roots: Vec<StepId> = answer.lines.iter().map(|line| line.step).collect();
        let files: Vec<String> = rests.data.iter().map(|file| file.name.clone()).collect();
        let written = Scribe::write(session, answer, &roots, &files);
        let mut body = Map::from_iter([
            ("format".to_owned(), json!(FORMAT)),
            ("sequence".to_owned(), json!(link.sequence)),
            ("previous".to_owned(), json!(link.previous)),
            ("engine".to_owned(), head::engine()),
            ("question".to_owned(), head::question(session, answer, question)),
            ("rules".to_owned(), head::rules(session)),
            ("data".to_owned(), head::data(session, rests.data)),
            ("sources".to_owned(), head::sources(answer, &written.citations, rests.locked)),
            ("citations".to_owned(), head::citations(&written.citations, rests.locked)),
            ("assumptions".to_owned(), head::assumptions(answer, &roots)),
            ("results".to_owned(), results(answer, &written)),
            ("steps".to_owned(), Value::Array(written.steps.clone())),
        ]);
        let sections: Map<String, Value> = body
            .iter()
            .map(|(name, part)| (name.clone(), json!(sha256(canonical(part).as_bytes()))))
            .collect();
        body.insert("sections".to_owned(), Value::Object(sections));
        Record { body: Value::Object(body), places: written.places, own: written.own }
    }

    /// Returns where a step of the computation stands among the steps of the record, from 0; one that only passes on
    /// what it read stands where that stands.
    pub fn place(&self, step: StepId) -> Option<usize> {
        self.places.get(&step).copied()
    }

    /// Returns the steps of the computation in the order of the record's steps, each with what the record says of it.
    pub fn steps(&self) -> impl Iterator<Item = (StepId, &Value)> {
        let written = self.body.get("steps").and_then(Value::as_array);
        self.own.iter().copied().zip(written.into_iter().flatten())
    }

    /// Returns the parts of the record, by the names of the format.
    pub fn parts(&self) -> &Value {
        &self.body
    }

    /// Returns the digest of the record.
    pub fn digest(&self) -> String {
        digest(&self.body)
    }

    /// Returns the record as it stands on a line of a file, without the line break, signed with these keys.
    pub fn line(&self, keys: &[PrivateKey]) -> String {
        let mut signatures: Vec<Value> = Vec::new();
        for signature in keys.iter().map(|key| key.sign(&self.body)) {
            // One who signs twice has signed once.
            if !signatures.contains(&signature) {
                signatures.push(signature);
            }
        }
        canonical(&json!({ "digest": self.digest(), "record": self.body, "signatures": signatures }))
    }
}

fn results(answer: &Answer, written: &Written) -> Value {
    let words = answer.words(answer.plan.model.lang);
    let told = answer.lines.iter().map(|line| {
        let (outcome, (ty, show)) = (answer.outcome(line), answer.typed(line));
        let name = match line.target {
            Target::Def(def) => words.def_name(def),
            Target::Expr(_) => line.name.clone(),
        };
        let mut told = json!({
            "name": name,
            "step": written.places.get(&line.step),
            "text": words.outcome(outcome, ty, show),
            "value": super::value::outcome(words, outcome),
            "when": moment(answer.moment),
        });
        if let Some(fields) = told.as_object_mut() {
            let who = line.entity.map(|entity| words.entity(entity));
            fields.extend(who.map(|who| ("who".to_owned(), json!(who))));
            let level = level_at(answer.moment, ty).filter(|_| outcome.bounds().is_some());
            let level = level.map(|level| level_words(level).get(words.lang).to_owned());
            fields.extend(level.map(|level| ("price_level".to_owned(), json!(level))));
        }
        told
    });
    told.collect()
}
