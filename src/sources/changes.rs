//! Documents that are no longer what rules rested on: which passages changed, which words of them, and what rests on them.

use std::collections::{BTreeMap, BTreeSet};

use super::cited::citations;
use super::differences::{Compared, differences};
use super::document::{Document, Passage};
use super::elsewhere::Words;
use super::folder::Documents;
use super::led::Led;
use super::lock::{Lock, Locked, key, locked};
use super::problem::SourceProblem;
use crate::base::{FileId, SourceMap, Span};
use crate::diag::Problems;
use crate::syntax::Basis;
use crate::syntax::ast::File;

/// How the passages of a lock stand to the documents as they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Changes {
    /// Documents whose bytes are the same.
    pub same_documents: usize,
    /// Documents whose bytes changed.
    pub changed_documents: usize,
    /// Passages that say the same, on other lines perhaps.
    pub same: usize,
    /// Passages whose text stands, word for word, elsewhere than their citation leads.
    pub moved: usize,
    /// Passages that say something else.
    pub changed: usize,
    /// Passages that are gone.
    pub gone: usize,
    /// Citations that the lock does not know.
    pub new: usize,
    /// Passages of the lock that no rule cites any more.
    pub uncited: usize,
}

/// A text of fewer words may have stood elsewhere all along: it has not moved where something else stands in its place.
const FEWEST_MOVED: usize = 6;

/// What a passage is known by in a lock: its source, and the way to it.
type Key = (String, String);

/// Where a passage is cited, and what it is now.
struct Cited<'d> {
    spans: Vec<Span>,
    /// The way to it, as the rules write it.
    at: String,
    now: Option<(&'d Document, Locked, Passage)>,
}

/// Holds a lock against the documents. What changed is reported at the citations that rest on it.
pub fn changes(
    lock: &Lock,
    files: &[(FileId, &File)],
    documents: &Documents,
    sources: &SourceMap,
    problems: &mut Problems,
) -> Changes {
    let mut changes = Changes::default();
    for (id, sha256) in &lock.documents {
        match documents.get(id).map(|document| document.sha256() == sha256) {
            Some(true) => changes.same_documents += 1,
            Some(false) => changes.changed_documents += 1,
            None => {}
        }
    }
    let mut words = Words::default();
    let mut new = Vec::new();
    for (key, cited) in cited(files, documents) {
        match (lock.passages.get(&key), documents.get(&key.0)) {
            (Some(before), Some(document)) => {
                let problem = held((key, cited), before, document, &mut words, sources, &mut changes);
                problem.into_iter().for_each(|problem| problems.report(&problem));
            }
            (None, _) => {
                changes.new += 1;
                new.extend(cited.spans.first());
            }
            (_, None) => {}
        }
    }
    let left = left_over(lock, files);
    changes.uncited = left.len();
    // Of what could not be read nobody knows whether the lock has it.
    if !new.is_empty() && !lock.faulty {
        problems.report(&SourceProblem::NotLocked { spans: new });
    }
    if !left.is_empty() {
        let (places, spans): (Vec<_>, Vec<_>) = left.into_iter().unzip();
        problems.report(&SourceProblem::LeftInLock { spans: spans.into_iter().flatten().collect(), places });
    }
    changes
}

/// The passages that files cite, each with all the places that cite it.
fn cited<'d>(files: &[(FileId, &File)], documents: &'d Documents) -> BTreeMap<Key, Cited<'d>> {
    let mut led = Led::new(documents);
    let mut all: BTreeMap<Key, Cited<'d>> = BTreeMap::new();
    let citations =
        files.iter().flat_map(|(_, file)| citations(file).into_iter().map(|one| (one, file.lang)));
    for (citation, lang) in citations {
        let id = &citation.source.text;
        if documents.get(id).is_none() {
            continue;
        }
        let fresh = || {
            let now = led.to(citation);
            let now = now.map(|(document, passage)| (document, locked(document, id, &passage), passage));
            Cited { spans: Vec::new(), at: Basis::of(citation, lang).at, now }
        };
        all.entry(key(citation)).or_insert_with(fresh).spans.push(citation.span);
    }
    all
}

/// Holds one passage against what it was, and counts how it stands.
fn held(
    (key, cited): (Key, Cited<'_>),
    before: &Locked,
    document: &Document,
    words: &mut Words,
    sources: &SourceMap,
    changes: &mut Changes,
) -> Option<SourceProblem> {
    let Cited { spans, at, now } = cited;
    if now.as_ref().is_some_and(|(_, now, _)| now.sha256 == before.sha256) {
        changes.same += 1;
        return None;
    }
    let clauses = clauses(&spans, sources);
    let (id, _) = key;
    let places = words.places(document, &id, before);
    // Where the citation leads to the former words and to more, words were added; nothing has moved.
    let apart = now.as_ref().is_none_or(|(_, _, passage)| {
        let touches = |place: &std::ops::Range<usize>| place.start < passage.end && passage.start < place.end;
        before.marks.len() >= FEWEST_MOVED && !places.iter().any(touches)
    });
    match (places.first().filter(|_| apart), now) {
        (Some(place), _) => {
            changes.moved += 1;
            let lines = (before.line, document.line_of(place.start));
            Some(SourceProblem::Moved { spans, id, at, lines, clauses })
        }
        (None, Some((_, now, passage))) => {
            changes.changed += 1;
            let compared = Compared { document, id: &id, before, now: &now, passage: &passage };
            let differences = differences(&compared, words);
            Some(SourceProblem::Changed { spans, id, at, line: now.line, differences, clauses })
        }
        (None, None) => {
            // That the citation leads nowhere is told of it anyway.
            changes.gone += 1;
            None
        }
    }
}

/// The passages of a lock that no rule cites any more, each as it is cited and where it stands in the lock file.
fn left_over(lock: &Lock, files: &[(FileId, &File)]) -> Vec<(String, Option<Span>)> {
    let known: BTreeSet<Key> = files.iter().flat_map(|(_, file)| citations(file)).map(key).collect();
    let left = lock.passages.iter().filter(|(key, _)| !known.contains(*key));
    left.map(|((id, at), locked)| (format!("{id} {at}").trim_end().to_owned(), locked.span)).collect()
}

/// The clauses that citations stand in, each once.
fn clauses(spans: &[Span], sources: &SourceMap) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for section in spans.iter().filter_map(|span| sources.section(*span)) {
        if !names.contains(&section.name) {
            names.push(section.name.clone());
        }
    }
    names
}
