use std::collections::BTreeMap;

use super::cited::citations;
use super::document::{Document, Passage};
use super::folder::Documents;
use super::problem::SourceProblem;
use super::resolve::Resolved;
use crate::base::{Lang, SourceMap, Span};
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

/// Follows every citation of the rules into its document.
pub fn follow<'f>(
    files: impl IntoIterator<Item = &'f File>,
    documents: &Documents,
    sources: &SourceMap,
    problems: &mut Problems,
) -> BTreeMap<String, Followed> {
    let mut all: BTreeMap<String, Followed> = BTreeMap::new();
    for file in files {
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
            one(citation, document, file.lang, sources, followed, problems);
        }
    }
    all
}

fn one(
    citation: &Citation,
    document: &Document,
    lang: Lang,
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
            problems.report(&SourceProblem::Unresolved {
                span: locator,
                locator: said(locator),
                id,
                instead,
            });
        }
        Resolved::Ambiguous { locator, places } => {
            followed.ambiguous += 1;
            let line = |at: usize| document.words(0..at).matches('\n').count() + 1;
            let places = places.into_iter().map(|place| (place.clone(), line(place.passage.start))).collect();
            let locator_words = format!("`{}`", cite(citation, lang));
            problems.report(&SourceProblem::Ambiguous { span: locator, locator: locator_words, id, places });
        }
    }
}
