//! The parts of a record around its steps: what was asked, and what the answer rests on.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::canon;
use super::value::moment;
use crate::base::FileId;
use crate::eval::StepId;
use crate::explain::{AssumedLevel, Basis, Rests};
use crate::session::{Answer, Question, Session};
use crate::syntax::print;

/// A data file that was read: its name as it was given, and the kind of its rows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DataFile {
    /// The name as it was given.
    pub name: String,
    /// The kind of its rows, for CSV.
    pub kind: Option<String>,
}

/// The program that computed.
pub(super) fn engine() -> Value {
    json!({ "name": "klausul", "version": env!("CARGO_PKG_VERSION"), "evaluator": "reference" })
}

/// What was asked and assumed besides the rules.
pub(super) fn question(session: &Session, answer: &Answer, question: &Question) -> Value {
    let assumed = session.assumed();
    json!({
        "targets": question.targets,
        "time": moment(answer.moment),
        "only": question.only,
        "scenarios": assumed.scenarios,
        "readings": assumed.readings,
        "switches": assumed.switches,
        "assignments": assumed.assignments,
    })
}

/// The rule files, by name.
pub(super) fn rules(session: &Session) -> Value {
    let mut files: Vec<(String, Value)> = Vec::new();
    for (file, tree) in session.rule_files().iter().zip(session.files()) {
        let source = session.sources().file(*file);
        let bytes = source.original().as_bytes();
        // A file with errors has no tree to print; it has its bytes.
        let printed = print(tree, source, tree.lang).ok().map(|text| canon::sha256(text.as_bytes()));
        let name = session.plain_name(*file);
        let told = json!({
            "path": name, "bytes": bytes.len(), "sha256": canon::sha256(bytes), "layout_free": printed,
        });
        files.push((name, told));
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    let files: Vec<Value> = files.into_iter().map(|(_, told)| told).collect();
    json!({ "files": files, "language": session.lang().pick("da", "en") })
}

/// The data files, in the order in which they were given.
pub(super) fn data(session: &Session, files: &[DataFile]) -> Value {
    let told = files.iter().map(|file| {
        let text = text_of(session, &file.name).map(|id| session.sources().file(id).original());
        let bytes = text.unwrap_or_default().as_bytes();
        json!({
            "name": own_name(&file.name), "kind": file.kind, "bytes": bytes.len(), "sha256": canon::sha256(bytes),
        })
    });
    told.collect()
}

fn text_of(session: &Session, name: &str) -> Option<FileId> {
    session.sources().iter().find(|(_, file)| file.name == name).map(|(id, _)| id)
}

/// A file's name without folders.
pub(super) fn own_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned()
}

/// What lock files say of the documents and passages that rules cite.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Locked {
    /// The hash of each document, by its id.
    pub documents: BTreeMap<String, String>,
    /// The line and the hash of each passage, by its citation as the rules write it.
    pub passages: BTreeMap<Basis, (usize, String)>,
}

/// The documents that are cited, by id.
pub(super) fn sources(answer: &Answer, citations: &[Basis], locked: &Locked) -> Value {
    let cited = |id: &String| citations.iter().any(|basis| basis.source == *id);
    let known = answer.plan.model.sources.iter().filter(|(id, _)| cited(id));
    let told = known.map(|(id, source)| {
        json!({
            "id": id,
            "title": source.title.text,
            "publisher": source.publisher.as_ref().map(|text| &text.text),
            "date": source.date.as_ref().map(|(date, _)| date.print(answer.plan.model.lang)),
            "sha256": locked.documents.get(id),
        })
    });
    told.collect()
}

/// The places cited, in the order in which the steps name them.
pub(super) fn citations(citations: &[Basis], locked: &Locked) -> Value {
    let told = citations.iter().map(|basis| {
        let passage = locked.passages.get(basis);
        json!({
            "source": basis.source,
            "at": basis.at,
            "line": passage.map(|(line, _)| line),
            "sha256": passage.map(|(_, sha256)| sha256),
        })
    });
    told.collect()
}

/// The readings and assumptions that the results rest on, and the price levels assumed for whole agreements.
pub(super) fn assumptions(answer: &Answer, roots: &[StepId]) -> Value {
    let words = answer.words(answer.plan.model.lang);
    let rests = Rests::of_all(words, &answer.trace, roots.iter().copied());
    let rested_on = answer.plan.model.assumptions.iter().filter(|one| rests.touched(words, one));
    let told = rested_on.map(|assumption| {
        let chosen = assumption.chosen.and_then(|index| assumption.readings.get(index));
        let others =
            assumption.readings.iter().filter(|reading| chosen.is_none_or(|c| c.name != reading.name));
        json!({
            "name": assumption.name,
            "question": assumption.title,
            "chosen": chosen.map(|reading| &reading.name),
            "alternatives": others.map(|reading| &reading.name).collect::<Vec<_>>(),
        })
    });
    let mut levels: Vec<AssumedLevel> = Vec::new();
    for level in rests.assumed_levels(words) {
        if !levels.contains(&level) {
            levels.push(level);
        }
    }
    let levels = levels.into_iter().map(
        |level| json!({ "name": level.name, "question": level.says, "chosen": null, "alternatives": [] }),
    );
    told.chain(levels).collect()
}
