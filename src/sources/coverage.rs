//! The other way round: which amounts, percentages and days of a document no clause rests on.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::cited::citations;
use super::claims::claims;
use super::compare::fits;
use super::document::{Document, Passage};
use super::figures::{Figure, FigureKind, figures};
use super::folder::Documents;
use super::led::Led;
use super::sweep::Sweep;
use crate::base::{FileId, Lang, SourceMap, one_line};
use crate::syntax::ast::{File, ItemKind};

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
    let mut led = Led::new(documents);
    let (stated, noted) = (stated(files, &mut led, sources), noted(files, &mut led));
    let one = |(id, document): (&str, &Document)| {
        let (stated, noted) = (stated.get(id), noted.get(id));
        (
            id.to_owned(),
            of_document(document, stated.unwrap_or(&Stated::new()), noted.map_or(&[], Vec::as_slice)),
        )
    };
    let all = files.iter().flat_map(|(_, file)| citations(file));
    let cited: BTreeSet<&str> = all.map(|citation| citation.source.text.as_str()).collect();
    documents.iter().filter(|(id, _)| cited.contains(id)).map(one).collect()
}

/// What rules state of the passages of a document.
type Stated = BTreeMap<Passage, Vec<Figure>>;

fn of_document(document: &Document, stated: &Stated, noted: &[(Passage, Treated)]) -> Vec<Printed> {
    let counted = |figure: &Figure| match figure.kind {
        FigureKind::Money | FigureKind::Percent => !figure.value.is_zero(),
        FigureKind::Date => true,
        FigureKind::Year | FigureKind::Count => false,
    };
    let all = figures(document.text(), Lang::Da);
    let stated: Vec<(&Passage, &Vec<Figure>)> = stated.iter().collect();
    let range = |passage: &Passage| passage.start..passage.end;
    let mut passages = Sweep::new(stated.iter().map(|(passage, _)| range(passage)));
    let mut notes = Sweep::new(noted.iter().map(|(passage, _)| range(passage)));
    // Words for a part of a year are several figures at one place, the days that they can mean and the year itself: what they
    // say is stated when one of those is.
    let one = |same: &[Figure]| {
        let range = same.iter().find(|figure| counted(figure))?.range.clone();
        let mut own =
            passages.at(range.start).filter_map(|at| stated.get(at)).flat_map(|(_, own)| own.iter());
        let is_stated = own.any(|own| same.iter().any(|figure| fits(own, figure)));
        let note = notes.at(range.start).filter_map(|at| noted.get(at)).map(|(_, treated)| *treated).min();
        let treated = if is_stated { Treated::Encoded } else { note.unwrap_or(Treated::Not) };
        Some(Printed { range, treated })
    };
    all.chunk_by(|one, next| next.range.start < one.range.end).filter_map(one).collect()
}

fn by_section(document: &Document, figures: &[Printed]) -> Coverage {
    let mut coverage = Coverage::default();
    let mut ways = document.ways();
    for figure in figures {
        let at = figure.range.start;
        let (_, name) = ways.to(at);
        if coverage.sections.last().is_none_or(|section| section.name != name) {
            let name = name.to_owned();
            coverage.sections.push(SectionCoverage { name, stated: 0, noted: 0, uncited: Vec::new() });
        }
        let Some(section) = coverage.sections.last_mut() else { continue };
        match figure.treated {
            Treated::Encoded => section.stated += 1,
            Treated::Background | Treated::Judgement => section.noted += 1,
            Treated::Not => {
                let words = one_line(document.words(figure.range.clone()));
                section.uncited.push(Uncited { words, line: document.line_of(at) });
            }
        }
    }
    coverage
}

/// Every figure that rules state, by the documents and the passages that it is cited from.
fn stated(files: &[(FileId, &File)], led: &mut Led<'_>, sources: &SourceMap) -> BTreeMap<String, Stated> {
    let mut found: BTreeMap<String, Stated> = BTreeMap::new();
    for (id, file) in files {
        for claim in claims(*id, file, sources) {
            for citation in claim.citations {
                let Some((_, passage)) = led.to(citation) else { continue };
                let of_document = found.entry(citation.source.text.clone()).or_default();
                of_document.entry(passage).or_default().push(claim.figure.clone());
            }
        }
    }
    found
}

/// The passages that hold nothing to compute, or that somebody must judge.
fn noted(files: &[(FileId, &File)], led: &mut Led<'_>) -> BTreeMap<String, Vec<(Passage, Treated)>> {
    let mut found: BTreeMap<String, Vec<(Passage, Treated)>> = BTreeMap::new();
    let notes = files.iter().flat_map(|(_, file)| &file.items).filter_map(|item| match &item.kind {
        ItemKind::Note(note) => Some(note),
        _ => None,
    });
    for note in notes {
        let treated = if note.is_judgement { Treated::Judgement } else { Treated::Background };
        for citation in &note.basis {
            let passage = led.to(citation).map(|(_, passage)| (passage, treated));
            found.entry(citation.source.text.clone()).or_default().extend(passage);
        }
    }
    found
}
