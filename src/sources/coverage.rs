//! The other way round: which amounts, percentages and days of a document no clause rests on.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::cited::citations;
use super::claims::claims;
use super::compare::{fits, led_to};
use super::document::{Document, Passage};
use super::figures::{Figure, FigureKind, figures};
use super::folder::Documents;
use crate::base::{FileId, Lang, SourceMap};
use crate::syntax::ast::{Citation, File, ItemKind, Note};

/// What the rules make of a document.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// Its sections that print figures, in their order.
    pub sections: Vec<SectionCoverage>,
}

/// What the rules make of one section of a document.
#[derive(Clone, Debug)]
pub struct SectionCoverage {
    /// How to name it; empty for what stands before the first heading.
    pub name: String,
    /// Figures that a clause states.
    pub stated: usize,
    /// Figures in a passage cited as background, or left to judgement.
    pub noted: usize,
    /// Those that nothing rests on.
    pub uncited: Vec<Uncited>,
}

/// A figure of a document that no clause states.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Uncited {
    /// As it is printed, on one line.
    pub words: String,
    /// Its line in the document, from 1.
    pub line: usize,
}

impl SectionCoverage {
    /// How many figures the section prints.
    pub fn all(&self) -> usize {
        self.stated + self.noted + self.uncited.len()
    }
}

/// A figure of a document, and what the rules make of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Printed {
    /// Where it stands.
    pub range: Range<usize>,
    /// What the rules make of it.
    pub treated: Treated,
}

/// What rules make of a passage or a figure of a document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Treated {
    /// A clause states it.
    Encoded,
    /// Somebody must judge it.
    Judgement,
    /// It is cited as background.
    Background,
    /// Nothing rests on it.
    Not,
}

/// Looks for what no clause rests on, in each document that the rules cite. Years and counts are left out: they stand everywhere.
pub fn coverage(
    files: &[(FileId, &File)],
    documents: &Documents,
    sources: &SourceMap,
) -> BTreeMap<String, Coverage> {
    let printed = printed(files, documents, sources);
    let one = |(id, document): (&str, &Document)| {
        printed.get(id).map(|figures| (id.to_owned(), by_section(document, figures)))
    };
    documents.iter().filter_map(one).collect()
}

/// Returns the amounts, percentages and days of each document that the rules cite, with what the rules make of each.
pub(super) fn printed(
    files: &[(FileId, &File)],
    documents: &Documents,
    sources: &SourceMap,
) -> BTreeMap<String, Vec<Printed>> {
    let (stated, noted) = (stated(files, documents, sources), noted(files, documents));
    let one = |(id, document): (&str, &Document)| {
        let stated: Vec<&(Passage, Figure)> =
            stated.iter().filter(|(of, _)| of == id).map(|(_, at)| at).collect();
        let noted: Vec<&(Passage, Treated)> =
            noted.iter().filter(|(of, _)| of == id).map(|(_, at)| at).collect();
        (id.to_owned(), of_document(document, &stated, &noted))
    };
    let all = files.iter().flat_map(|(_, file)| citations(file));
    let cited: BTreeSet<&str> = all.map(|citation| citation.source.text.as_str()).collect();
    documents.iter().filter(|(id, _)| cited.contains(id)).map(one).collect()
}

fn of_document(
    document: &Document,
    stated: &[&(Passage, Figure)],
    noted: &[&(Passage, Treated)],
) -> Vec<Printed> {
    let holds = |passage: &Passage, at: usize| passage.start <= at && at < passage.end;
    let counted = |figure: &Figure| match figure.kind {
        FigureKind::Money | FigureKind::Percent => !figure.value.is_zero(),
        FigureKind::Date => true,
        FigureKind::Year | FigureKind::Count => false,
    };
    let printed: Vec<Figure> = figures(document.text(), Lang::Da).into_iter().filter(counted).collect();
    // The days that words for a part of a year can mean stand at one place: it is stated when one of them is.
    let one = |same: &[Figure]| {
        let range = same.first()?.range.clone();
        let at = range.start;
        let is_stated = stated
            .iter()
            .any(|(passage, own)| holds(passage, at) && same.iter().any(|figure| fits(own, figure)));
        let note = noted.iter().filter(|(passage, _)| holds(passage, at)).map(|(_, treated)| *treated).min();
        let treated = if is_stated { Treated::Encoded } else { note.unwrap_or(Treated::Not) };
        Some(Printed { range, treated })
    };
    printed.chunk_by(|one, next| one.range == next.range).filter_map(one).collect()
}

fn by_section(document: &Document, figures: &[Printed]) -> Coverage {
    let mut coverage = Coverage::default();
    for figure in figures {
        let at = figure.range.start;
        let name = document.way_to(at);
        if coverage.sections.last().is_none_or(|section| section.name != name) {
            coverage.sections.push(SectionCoverage { name, stated: 0, noted: 0, uncited: Vec::new() });
        }
        let Some(section) = coverage.sections.last_mut() else { continue };
        match figure.treated {
            Treated::Encoded => section.stated += 1,
            Treated::Background | Treated::Judgement => section.noted += 1,
            Treated::Not => {
                let words =
                    document.words(figure.range.clone()).split_whitespace().collect::<Vec<_>>().join(" ");
                section.uncited.push(Uncited { words, line: document.line_of(at) });
            }
        }
    }
    coverage
}

/// Every figure that rules state, with each passage that it is cited from.
fn stated(
    files: &[(FileId, &File)],
    documents: &Documents,
    sources: &SourceMap,
) -> Vec<(String, (Passage, Figure))> {
    let mut found = Vec::new();
    for (id, file) in files {
        for claim in claims(*id, file, sources) {
            for citation in claim.citations {
                let passage =
                    documents.get(&citation.source.text).and_then(|document| led_to(document, citation));
                let pair =
                    passage.map(|passage| (citation.source.text.clone(), (passage, claim.figure.clone())));
                found.extend(pair);
            }
        }
    }
    found
}

/// The passages that hold nothing to compute, or that somebody must judge.
fn noted(files: &[(FileId, &File)], documents: &Documents) -> Vec<(String, (Passage, Treated))> {
    let notes = files.iter().flat_map(|(_, file)| &file.items).filter_map(|item| match &item.kind {
        ItemKind::Note(note) => Some(note),
        _ => None,
    });
    let led = |citation: &Citation, treated: Treated| {
        let id = citation.source.text.clone();
        Some((id.clone(), (led_to(documents.get(&id)?, citation)?, treated)))
    };
    let of = |note: &Note| {
        let treated = if note.is_judgement { Treated::Judgement } else { Treated::Background };
        note.basis.iter().filter_map(|citation| led(citation, treated)).collect::<Vec<_>>()
    };
    notes.flat_map(of).collect()
}
