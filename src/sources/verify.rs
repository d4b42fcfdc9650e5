use std::collections::BTreeMap;

use super::cited::citations;
use super::document::{Document, Passage};
use super::elsewhere::Words;
use super::folder::Documents;
use super::lock::Lock;
use super::problem::{SourceProblem, Was};
use super::resolve::Resolved;
use crate::base::{FileId, Lang, SourceMap, Span};
use crate::diag::{Problems, nearest};
use crate::syntax::ast::{Citation, File};
use crate::syntax::cite;

/// How the citations of one source fared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// Those that lead to one passage, and that passage.
    pub found: Vec<(Span, Passage)>,
    /// Those that lead nowhere.
    pub unresolved: usize,
    /// Those that lead to several places.
    pub ambiguous: usize,
}

/// Follows every citation of the rules into its document. Of one that leads nowhere the lock of its file, where there is one,
/// tells where it led before.
pub fn follow<'f>(
    files: impl IntoIterator<Item = (FileId, &'f File)>,
    documents: &Documents,
    locks: &BTreeMap<FileId, &Lock>,
    sources: &SourceMap,
    problems: &mut Problems,
) -> BTreeMap<String, Followed> {
    let mut all: BTreeMap<String, Followed> = BTreeMap::new();
    let mut words = Words::default();
    for (file_id, file) in files {
        for citation in citations(file) {
            let id = &citation.source.text;
            let Some(document) = documents.get(id) else {
                if documents.is_told(id) {
                    continue;
                }
                let near = nearest(id, documents.iter().map(|(id, _)| id)).map(str::to_owned);
                problems.report(&SourceProblem::NotEntered {
                    span: citation.source.span,
                    id: id.clone(),
                    near,
                });
                continue;
            };
            let followed = all.entry(id.clone()).or_default();
            let before = locks.get(&file_id).and_then(|lock| lock.was(citation));
            let mut was =
                || before.map(|before| Was { line: before.line, left: words.left(document, id, before) });
            one(citation, (document, file.lang), &mut was, sources, followed, problems);
        }
    }
    all
}

fn one(
    citation: &Citation,
    (document, lang): (&Document, Lang),
    was: &mut dyn FnMut() -> Option<Was>,
    sources: &SourceMap,
    followed: &mut Followed,
    problems: &mut Problems,
) {
    let id = citation.source.text.clone();
    let said = |span: Span| format!("`{}`", sources.text(span).trim());
    match document.resolve(citation) {
        Resolved::Found(passage) => followed.found.push((citation.span, passage)),
        Resolved::Misspelt(passage, words) => {
            problems.report(&SourceProblem::Misspelt { span: citation.span, id, words });
            followed.found.push((citation.span, passage));
        }
        Resolved::Unresolved { locator, instead } => {
            followed.unresolved += 1;
            let (span, locator, was) = (locator, said(locator), was());
            problems.report(&SourceProblem::Unresolved { span, locator, id, instead, was });
        }
        Resolved::Ambiguous { locator, places } => {
            followed.ambiguous += 1;
            let line = |at: usize| document.line_of(at);
            let places = places.into_iter().map(|place| (place.clone(), line(place.passage.start))).collect();
            let (span, locator, was) = (locator, format!("`{}`", cite(citation, lang)), was());
            problems.report(&SourceProblem::Ambiguous { span, locator, id, places, was });
        }
    }
}
