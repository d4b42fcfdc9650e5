//! A statement, made from an answer and its record.

use std::collections::BTreeMap;

use serde_json::Value;

use super::facts::{facts, lacking};
use super::readings::{Tried, readings};
use super::sentence::Figures;
use super::standing::{Counted, standing};
use super::steps::{numbered, places, steps, text};
use super::{Cited, Line, Read, Stated, Statement};
use crate::base::Lang;
use crate::diag::Severity;
use crate::eval::{StepId, What};
use crate::explain::{
    Basis, Explanation, Item, Notes, NotesKind, basis_of, brief_for_page, explain_for_page, fact_basis,
};
use crate::facts::Moment;
use crate::record::{Link, Record, Rested};
use crate::session::{Answer, AnswerLine, Question, Session, Target};
use crate::sources::{Documents, quoted as quoted_words};

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
    /// The documents, where they are at hand: what is cited is then quoted.
    pub documents: Option<&'a Documents>,
    /// The form of the page, as `--format` names it.
    pub form: &'static str,
    /// The language of the statement.
    pub lang: Lang,
}

impl Statement {
    /// Makes the statement of an answer. The same rules, data and question give the same statement, wherever the files lie.
    pub fn of(asked: &Asked<'_>) -> Statement {
        let Asked { session, question, answer, lang, .. } = *asked;
        let record = Record::of(session, question, answer, asked.rested, &Link::first());
        let roots: Vec<StepId> = answer.lines.iter().map(|line| line.step).collect();
        let read = readings(answer, &roots, asked.tried, lang);
        let mut telling =
            Telling { asked, record: &record, read: &read, places: Places::of(answer, &record, lang) };
        let results: Vec<Stated> = answer.lines.iter().map(|line| telling.stated(line)).collect();
        let places = telling.places;
        let (weighed, judged) = facts(answer, &record, lang);
        let lacking = lacking(answer, &record);
        let assumed = assumed_changes(asked);
        let counted = Counted {
            facts: &weighed,
            judged: &judged,
            readings: &read,
            lacking,
            assumed,
            tried: asked.tried,
        };
        Statement {
            lang,
            title: title(answer, &results, question, lang),
            standing: standing(answer, &counted, lang),
            missing: missing(&results),
            notes: session.data_notes(lang),
            asked: what_was_asked(asked),
            warnings: warnings(asked),
            basis: quoting(places.all, asked),
            facts: weighed,
            judged,
            lacking,
            readings: read,
            steps: steps(answer, &record, lang),
            made_from: made_from(asked, &record),
            results,
        }
    }
}

/// What it is about: the title of the clause asked about, for whom and when, where one result is asked for.
fn title(answer: &Answer, results: &[Stated], question: &Question, lang: Lang) -> String {
    let what = match (results, answer.lines.as_slice()) {
        ([one], [line]) => titled(answer, line, &one.name),
        _ if question.targets.is_empty() => lang.pick("alle resultater", "all results").to_owned(),
        _ => question.targets.join(", "),
    };
    format!("{}: {what}", lang.pick("Begrundelse", "Statement of grounds"))
}

/// `Nærhedsfinansiering, bevaret for Sjælland, 2025`, of `nærhedsfinansiering.bevaret for Sjælland, 2025`.
fn titled(answer: &Answer, line: &AnswerLine, name: &str) -> String {
    let Target::Def(def) = line.target else { return name.to_owned() };
    let model = &answer.plan.model;
    let clause = &model.clauses[model.defs[def].clause];
    match (&clause.title, name.strip_prefix(&format!("{}.", clause.full))) {
        (Some(title), Some(rest)) => {
            let own = &model.defs[def].name;
            format!("{title}, {}", rest.replacen(own.as_str(), &own.replace('_', " "), 1))
        }
        _ => name.to_owned(),
    }
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

/// The what-ifs that the answer would not be the same without.
fn effective(asked: &Asked<'_>) -> Vec<String> {
    asked.session.what_ifs().into_iter().filter(|one| !asked.idle.contains(one)).collect()
}

/// How many of them are changes; a reading asked for is counted among the readings.
fn assumed_changes(asked: &Asked<'_>) -> usize {
    let word = asked.session.lang().pick("læsning", "reading");
    let readings: Vec<String> =
        asked.session.assumed().readings.iter().map(|one| format!("{word} {one}")).collect();
    effective(asked).iter().filter(|one| !readings.contains(one)).count()
}

/// What lies behind the results besides the rules as they stand, and what is wrong.
fn warnings(asked: &Asked<'_>) -> Vec<String> {
    let Asked { answer, idle, lang, .. } = *asked;
    let mut all = Vec::new();
    let what_ifs = effective(asked);
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

/// What results wait for, each once.
fn missing(results: &[Stated]) -> Vec<(String, String)> {
    let notes = results.iter().flat_map(|one| &one.notes).filter(|notes| notes.kind == NotesKind::Missing);
    let mut all: Vec<(String, String)> = Vec::new();
    for item in notes.flat_map(|notes| &notes.items) {
        let told = (item.label.clone(), item.says.join("; "));
        if !all.contains(&told) {
            all.push(told);
        }
    }
    all
}

/// Tells results, collecting the places that they cite.
struct Telling<'a> {
    asked: &'a Asked<'a>,
    record: &'a Record,
    read: &'a [Read],
    places: Places,
}

impl Telling<'_> {
    fn stated(&mut self, line: &AnswerLine) -> Stated {
        let Asked { answer, lang, .. } = *self.asked;
        let words = answer.words(lang);
        let brief = brief_for_page(words, &answer.trace, line.step);
        let explanation = explain_for_page(words, &answer.trace, line.step);
        let derivation = self.told(&explanation.root);
        let own = |notes: &&Notes| !matches!(notes.kind, NotesKind::Facts | NotesKind::Assumptions);
        let notes = explanation.notes.iter().filter(own).cloned().collect();
        let mut figures = self.figures(explanation.root.step);
        Stated {
            name: explanation.root.label.clone(),
            value: explanation.root.value.clone().unwrap_or_default(),
            step: self.record.place(line.step).map(numbered),
            brief: figures.part_all(&brief.root.says),
            derivation,
            explanation: Explanation { notes: Vec::new(), ..explanation },
            notes,
        }
    }

    fn figures(&self, step: Option<StepId>) -> Figures {
        Figures::behind(self.asked.answer, self.record, step, self.asked.lang)
    }

    fn told(&mut self, item: &Item) -> Line {
        let mut figures = self.figures(item.step);
        let assumptions = &self.asked.answer.plan.model.assumptions;
        let place = |index: &usize| {
            let name = &assumptions.get(*index)?.name;
            self.read.iter().position(|one| one.name == *name)
        };
        Line {
            kind: item.kind,
            label: item.label.clone(),
            title: item.title.clone(),
            value: item.value.clone(),
            exact: item.exact.clone(),
            says: figures.part_all(&item.says),
            basis: item.basis.iter().map(|basis| self.places.of_basis(basis)).collect(),
            read: item.read.iter().filter_map(place).collect(),
            step: item.step.and_then(|step| self.record.place(step)).map(numbered),
            children: item.children.iter().map(|child| self.told(child)).collect(),
        }
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
            let worded = match answer.trace.step(id).what {
                What::Def(_) => basis_of(answer.words(lang), &answer.trace, id),
                What::Expr(_) => fact_basis(answer.words(lang), &answer.trace, id),
            };
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
                words: None,
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
        words: None,
    }
}

/// The places cited, with their words where the documents are at hand.
fn quoting(mut all: Vec<Cited>, asked: &Asked<'_>) -> Vec<Cited> {
    let Some(documents) = asked.documents else { return all };
    for cited in &mut all {
        let basis = Basis { source: cited.source.clone(), at: cited.at.clone() };
        cited.words = quoted_words(documents, &basis, asked.lang);
    }
    all
}

/// What others need to make the page again, and to hold it to its record.
fn made_from(asked: &Asked<'_>, record: &Record) -> Vec<(String, String)> {
    let Asked { session, lang, .. } = *asked;
    let mut rows = vec![
        (lang.pick("Program", "Program").to_owned(), format!("klausul {}", env!("CARGO_PKG_VERSION"))),
        (lang.pick("Spurgt med", "Asked with").to_owned(), command(asked)),
        (
            lang.pick(
                "Regler under ét (sha256 over hver fils navn, længde og tekst, i navnenes orden; sporet har hver fils egen)",
                "Rules together (sha256 over each file's name, length and text, in the order of the names; the record has each file's own)",
            )
            .to_owned(),
            session.rules_hash(),
        ),
    ];
    let list = |part: &str| record.parts().get(part).and_then(Value::as_array).cloned().unwrap_or_default();
    let hashed = |head: &str, name: &str, one: &Value| {
        let name = text(one, name).unwrap_or_default();
        Some((format!("{head}: {name} (sha256)"), text(one, "sha256")?.to_owned()))
    };
    rows.extend(list("data").iter().filter_map(|one| hashed(lang.pick("Data", "Data"), "name", one)));
    rows.extend(
        list("sources").iter().filter_map(|one| hashed(lang.pick("Dokument", "Document"), "id", one)),
    );
    rows.push((lang.pick("Spor (fingeraftryk)", "Record (digest)").to_owned(), record.digest()));
    rows
}

/// The question as it is written on a command line, files without their folders.
fn command(asked: &Asked<'_>) -> String {
    let Asked { session, question, answer, rested, lang, .. } = *asked;
    let mut words = vec!["klausul explain".to_owned(), lang.pick("REGLER", "RULES").to_owned()];
    words.extend(question.targets.iter().map(|target| quoted(target)));
    words.push(match answer.moment {
        Moment::Year(year) => format!("--year {year}"),
        Moment::Day(day) => format!("--date {}", day.to_iso()),
        // No question is asked for a quarter or a month by itself.
        other @ (Moment::Quarter(..) | Moment::Month(..)) => format!("--date {}", quoted(&other.print(lang))),
    });
    words.extend(rested.data.iter().map(|file| {
        let kind = file.kind.as_ref().map(|kind| format!("{kind}=")).unwrap_or_default();
        format!("--data {}", quoted(&format!("{kind}{}", own_name(&file.name))))
    }));
    words.extend(
        question.only.iter().map(|(kind, name)| format!("--for {}", quoted(&format!("{kind}={name}")))),
    );
    let (assumed, left_out) = (session.assumed(), session.left_out());
    let given = [
        ("--scenario", &assumed.scenarios),
        ("--reading", &assumed.readings),
        ("--without", &left_out),
        ("--set", &assumed.assignments),
    ];
    for (option, values) in given {
        words.extend(values.iter().map(|value| format!("{option} {}", quoted(value))));
    }
    if asked.documents.is_some() {
        words.push(format!("--sources {}", lang.pick("DOKUMENTER", "DOCUMENTS")));
    }
    words.push(format!("--format {}", asked.form));
    words.join(" ")
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "._-=/:".contains(c);
    match word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

/// The name without folders, so that the page is the same wherever the files lie.
fn own_name(file: &str) -> &str {
    file.rsplit(['/', '\\']).next().unwrap_or(file)
}
