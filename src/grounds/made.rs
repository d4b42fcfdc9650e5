//! A statement, made from an answer and its record.

use std::collections::BTreeMap;

use serde_json::Value;

use super::facts::{facts, lacking};
use super::readings::{Tried, readings};
use super::steps::{numbered, places, steps, text};
use super::{Cited, Line, Stated, Statement};
use crate::base::Lang;
use crate::diag::Severity;
use crate::eval::StepId;
use crate::explain::{Basis, Depth, Explanation, Item, Notes, NotesKind, basis_of, explain};
use crate::record::{Link, Record, Rested};
use crate::session::{Answer, AnswerLine, Question, Session};

/// What a statement is made from.
pub struct Asked<'a> {
    /// The session.
    pub session: &'a Session,
    /// The question.
    pub question: &'a Question,
    /// Its answer.
    pub answer: &'a Answer,
    /// The files of data, and what the lock files say of the documents.
    pub rested: &'a Rested<'a>,
    /// What came of trying other readings.
    pub tried: &'a [Tried],
    /// The what-ifs that the answer would be the same without.
    pub idle: &'a [String],
    /// The language of the statement.
    pub lang: Lang,
}

impl Statement {
    /// Makes the statement of an answer. The same rules, data and question give the same statement, wherever the files lie.
    pub fn of(asked: &Asked<'_>) -> Statement {
        let Asked { session, question, answer, lang, .. } = *asked;
        let record = Record::of(session, question, answer, asked.rested, &Link::first());
        let mut places = Places::of(answer, &record, lang);
        let results: Vec<Stated> =
            answer.lines.iter().map(|line| stated(asked, &record, line, &mut places)).collect();
        let roots: Vec<StepId> = answer.lines.iter().map(|line| line.step).collect();
        let (weighed, judged) = facts(answer, &record, lang);
        Statement {
            lang,
            title: title(&results, question, lang),
            asked: what_was_asked(asked),
            warnings: warnings(asked),
            basis: places.all,
            facts: weighed,
            judged,
            lacking: lacking(answer, &record),
            readings: readings(answer, &roots, asked.tried, lang),
            steps: steps(answer, &record, lang),
            made_from: made_from(session, &record, lang),
            results,
        }
    }
}

fn title(results: &[Stated], question: &Question, lang: Lang) -> String {
    let what = match results {
        [one] => one.name.clone(),
        _ if question.targets.is_empty() => lang.pick("alle resultater", "all results").to_owned(),
        _ => question.targets.join(", "),
    };
    format!("{}: {what}", lang.pick("Begrundelse", "Statement of grounds"))
}

fn what_was_asked(asked: &Asked<'_>) -> Vec<(String, String)> {
    let Asked { session, question, answer, lang, .. } = *asked;
    let model = &answer.plan.model;
    let agreements = model.agreements.iter().enumerate().filter(|(at, _)| {
        model
            .clauses
            .ids()
            .any(|clause| model.clauses[clause].agreement == Some(*at) && !model.is_imported(clause))
    });
    let agreements = agreements.map(|(_, agreement)| match &agreement.title {
        Some(title) => format!("{} ({title})", agreement.name),
        None => agreement.name.clone(),
    });
    let whom = question.only.iter().map(|(kind, name)| format!("{kind} {name}"));
    let rows = [
        (lang.pick("Aftale", "Agreement"), agreements.collect::<Vec<_>>().join("; ")),
        (lang.pick("Spurgt om", "Asked about"), question.targets.join("; ")),
        (lang.pick("Regnet for", "Computed for"), answer.moment.print(lang)),
        (lang.pick("For hvem", "For whom"), whom.collect::<Vec<_>>().join("; ")),
        (lang.pick("Antaget", "Assumed"), session.what_ifs().join("; ")),
    ];
    let told = rows.into_iter().filter(|(_, words)| !words.is_empty());
    told.map(|(heading, words)| (heading.to_owned(), words)).collect()
}

/// What lies behind the results besides the rules as they stand, and what is wrong.
fn warnings(asked: &Asked<'_>) -> Vec<String> {
    let Asked { session, answer, idle, lang, .. } = *asked;
    let mut all = Vec::new();
    let what_ifs: Vec<String> = session.what_ifs().into_iter().filter(|one| !idle.contains(one)).collect();
    if !what_ifs.is_empty() {
        let words = lang.pick(
            "Svaret er ikke det, aftalen giver: det er regnet, som om dette gjaldt:",
            "The answer is not what the agreement gives: it is computed as if this held:",
        );
        all.push(format!("{words} {}", what_ifs.join("; ")));
    }
    if !idle.is_empty() {
        let words = lang.pick("Uden virkning på svaret er:", "Without effect on the answer:");
        all.push(format!("{words} {}", idle.join("; ")));
    }
    let wrong = answer.problems.sorted().into_iter().filter(|found| found.severity == Severity::Error);
    all.extend(wrong.map(|found| {
        format!("{} {}: {}", lang.pick("Fejl", "Error"), found.code.id(), found.message.get(lang))
    }));
    all
}

fn stated(asked: &Asked<'_>, record: &Record, line: &AnswerLine, places: &mut Places) -> Stated {
    let Asked { answer, lang, .. } = *asked;
    let words = answer.words(lang);
    let brief = explain(words, &answer.trace, line.step, Depth::Result);
    let explanation = explain(words, &answer.trace, line.step, Depth::Clause);
    let derivation = told(&explanation.root, record, places);
    let own = |notes: &&Notes| !matches!(notes.kind, NotesKind::Facts | NotesKind::Assumptions);
    let notes = explanation.notes.iter().filter(own).cloned().collect();
    Stated {
        name: explanation.root.label.clone(),
        value: explanation.root.value.clone().unwrap_or_default(),
        step: record.place(line.step).map(numbered),
        brief: brief.root.says,
        derivation,
        explanation: Explanation { notes: Vec::new(), ..explanation },
        notes,
    }
}

fn told(item: &Item, record: &Record, places: &mut Places) -> Line {
    Line {
        kind: item.kind,
        label: item.label.clone(),
        title: item.title.clone(),
        value: item.value.clone(),
        exact: item.exact.clone(),
        says: item.says.clone(),
        basis: item.basis.iter().map(|basis| places.of_basis(basis)).collect(),
        step: item.step.and_then(|step| record.place(step)).map(numbered),
        children: item.children.iter().map(|child| told(child, record, places)).collect(),
    }
}

/// The places cited, each once, in the order of the record; those that only the words cite stand after them.
struct Places {
    all: Vec<Cited>,
    known: BTreeMap<Basis, usize>,
}

impl Places {
    fn of(answer: &Answer, record: &Record, lang: Lang) -> Places {
        let list =
            |part: &str| record.parts().get(part).and_then(Value::as_array).cloned().unwrap_or_default();
        let documents = list("sources");
        let mut all: Vec<Cited> =
            list("citations").iter().map(|citation| cited(citation, &documents)).collect();
        let mut known = BTreeMap::new();
        for (id, written) in record.steps() {
            let named = text(written, "clause").or_else(|| text(written, "name"));
            // The record words places in the language of the rules; the statement may be in the other one.
            let worded = basis_of(answer.words(lang), &answer.trace, id);
            for (place, basis) in places(written, "basis").zip(worded) {
                let Some(cited) = all.get_mut(place) else { continue };
                cited.at.clone_from(&basis.at);
                if let Some(name) = named.filter(|name| !cited.carries.iter().any(|known| known == name)) {
                    cited.carries.push(name.to_owned());
                }
                known.insert(basis, place);
            }
        }
        Places { all, known }
    }

    fn of_basis(&mut self, basis: &Basis) -> usize {
        let next = self.all.len();
        let all = &mut self.all;
        *self.known.entry(basis.clone()).or_insert_with(|| {
            let document = all.iter().find(|known| known.source == basis.source);
            let document = document.map(|known| known.document.clone()).unwrap_or_default();
            all.push(Cited {
                source: basis.source.clone(),
                document,
                at: basis.at.clone(),
                line: None,
                sha256: None,
                carries: Vec::new(),
            });
            next
        })
    }
}

fn cited(citation: &Value, documents: &[Value]) -> Cited {
    let source = text(citation, "source").unwrap_or_default();
    let document = documents.iter().find(|document| text(document, "id") == Some(source));
    let parts = document.map(|document| ["title", "publisher", "date"].map(|part| text(document, part)));
    let parts = parts.into_iter().flatten().flatten().collect::<Vec<_>>();
    Cited {
        source: source.to_owned(),
        document: parts.join(", "),
        at: text(citation, "at").unwrap_or_default().to_owned(),
        line: citation.get("line").and_then(Value::as_u64),
        sha256: text(citation, "sha256").map(str::to_owned),
        carries: Vec::new(),
    }
}

fn made_from(session: &Session, record: &Record, lang: Lang) -> Vec<(String, String)> {
    let mut rows = vec![
        (lang.pick("Program", "Program").to_owned(), format!("klausul {}", env!("CARGO_PKG_VERSION"))),
        (lang.pick("Regler (sha256)", "Rules (sha256)").to_owned(), session.rules_hash()),
    ];
    let data = record.parts().get("data").and_then(Value::as_array).cloned().unwrap_or_default();
    rows.extend(data.iter().map(|file| {
        let name = text(file, "name").unwrap_or_default();
        let words = lang.pick("Data", "Data");
        (format!("{words}: {name} (sha256)"), text(file, "sha256").unwrap_or_default().to_owned())
    }));
    rows.push((lang.pick("Spor (fingeraftryk)", "Record (digest)").to_owned(), record.digest()));
    rows
}
