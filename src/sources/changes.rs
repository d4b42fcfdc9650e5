//! Documents that are no longer what rules rested on: which passages changed, which words of them, and what rests on them.

use std::collections::BTreeMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::cited::citations;
use super::compare::led_to;
use super::document::{Document, Passage};
use super::folder::Documents;
use super::lock::{Lock, Locked, Mark, key, locked, mark, squeezed_hash, words_of};
use super::problem::SourceProblem;
use crate::base::{FileId, SourceMap, Span};
use crate::diag::Problems;
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
    /// Passages whose text stands elsewhere than their citation leads.
    pub moved: usize,
    /// Passages that say something else.
    pub changed: usize,
    /// Passages that are gone.
    pub gone: usize,
    /// Citations that the lock does not know.
    pub new: usize,
}

/// A place where a passage differs: the words that are new, and how many of the former ones are missing there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Difference {
    /// How many words were taken out.
    pub(super) removed: usize,
    /// The words that are new there, the first of them.
    pub(super) added: String,
    /// How many more are.
    pub(super) more: usize,
    /// The last words before.
    pub(super) before: String,
}

/// How many words are shown before a difference.
const WORDS_BEFORE: usize = 3;
/// How many new words are shown of one difference.
const MOST_WORDS: usize = 20;

/// Where a passage is cited, and what it is now.
#[derive(Default)]
struct Cited {
    spans: Vec<Span>,
    now: Option<(Locked, Passage)>,
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
    let mut cited: BTreeMap<(String, String), Cited> = BTreeMap::new();
    for (file, citation) in
        files.iter().flat_map(|(_, file)| citations(file).into_iter().map(move |c| (file, c)))
    {
        let id = &citation.source.text;
        let Some(document) = documents.get(id) else { continue };
        let places = cited.entry(key(citation, file)).or_default();
        places.spans.push(citation.span);
        if places.now.is_none() {
            places.now = led_to(document, citation).map(|passage| (locked(document, id, &passage), passage));
        }
    }
    for (key, Cited { spans, now }) in cited {
        let (Some(before), Some(document)) = (lock.passages.get(&key), documents.get(&key.0)) else {
            changes.new += 1;
            continue;
        };
        if now.as_ref().is_some_and(|(now, _)| now.sha256 == before.sha256) {
            changes.same += 1;
            continue;
        }
        let clauses = clauses(&spans, sources);
        let (id, at) = key;
        let elsewhere = words.found(document, &id, before);
        let problem = match (elsewhere, now) {
            (Some(line), _) => {
                changes.moved += 1;
                SourceProblem::Moved { spans, id, at, lines: (before.line, line), clauses }
            }
            (None, Some((now, passage))) => {
                changes.changed += 1;
                let differences = differences(document, before, (&now, &passage));
                SourceProblem::Changed { spans, id, at, line: now.line, differences, clauses }
            }
            (None, None) => {
                // That the citation leads nowhere is told of it anyway.
                changes.gone += 1;
                continue;
            }
        };
        problems.report(&problem);
    }
    changes
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

/// The words of documents with their marks, each document read once.
#[derive(Default)]
struct Words {
    known: BTreeMap<String, Vec<(Range<usize>, Mark)>>,
}

impl Words {
    /// The line where the text of a passage as it was stands now, if it does.
    fn found(&mut self, document: &Document, id: &str, before: &Locked) -> Option<usize> {
        let text = document.text();
        let words = self.known.entry(id.to_owned()).or_insert_with(|| marked(text, id));
        let length = before.marks.len();
        if length == 0 {
            return None;
        }
        let alike = words.windows(length).filter(|some| some.iter().map(|(_, mark)| mark).eq(&before.marks));
        // Marks are short: only the hash shows that the words are the same.
        let mut same = alike.filter_map(|some| {
            let (start, end) = (some.first()?.0.start, some.last()?.0.end);
            (squeezed_hash(text.get(start..end)?) == before.sha256).then(|| document.line_of(start))
        });
        same.next()
    }
}

fn marked(text: &str, id: &str) -> Vec<(Range<usize>, Mark)> {
    let word = |range: Range<usize>| (range.clone(), mark(id, text.get(range).unwrap_or("")));
    words_of(text).into_iter().map(word).collect()
}

/// What is different in a passage, in the order of its words.
fn differences(document: &Document, before: &Locked, (now, passage): (&Locked, &Passage)) -> Vec<Difference> {
    let text = document.words(passage.start..passage.end);
    let words = words_of(text);
    let said = |from: usize, count: usize| {
        let some = words.iter().skip(from).take(count).filter_map(|word| text.get(word.clone()));
        some.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
    };
    let differs = |op: DiffOp| {
        let (removed, at, added) = match op {
            DiffOp::Equal { .. } => return None,
            DiffOp::Delete { old_len, new_index, .. } => (old_len, new_index, 0),
            DiffOp::Insert { new_index, new_len, .. } => (0, new_index, new_len),
            DiffOp::Replace { old_len, new_index, new_len, .. } => (old_len, new_index, new_len),
        };
        let from = at.saturating_sub(WORDS_BEFORE);
        let shown = added.min(MOST_WORDS);
        let more = added - shown;
        Some(Difference { removed, added: said(at, shown), more, before: said(from, at - from) })
    };
    capture_diff_slices(Algorithm::Myers, &before.marks, &now.marks).into_iter().filter_map(differs).collect()
}
