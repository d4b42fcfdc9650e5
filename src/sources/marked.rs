//! A document whole, with what the rules make of each of its passages and figures: for a page that shows it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::cited::citations;
use super::coverage::{Printed, Treated, printed};
use super::document::{Document, Passage};
use super::folder::Documents;
use super::led::Led;
use super::outline::PartKind;
use super::sweep::Sweep;
use crate::base::{FileId, SourceMap, Span};
use crate::syntax::ast::{File, Item, ItemKind};

/// A document with what the rules make of it.
#[derive(Clone, Debug)]
pub struct Marked {
    /// How rules cite it.
    pub id: String,
    /// Its title, as the rules have it.
    pub title: Option<String>,
    /// All of its text.
    pub text: String,
    /// The passages that rules cite: by where they begin, the longest first.
    pub passages: Vec<MarkedPassage>,
    /// Its amounts, percentages and days.
    pub figures: Vec<Printed>,
    /// Its headings, those of lists left out; they do not overlap.
    pub headings: Vec<Heading>,
    /// Its sections that print figures, with their figures counted.
    pub sections: Vec<MarkedSection>,
}

/// A passage that rules cite.
#[derive(Clone, Debug)]
pub struct MarkedPassage {
    /// Where it is.
    pub passage: Passage,
    /// What the rules make of it: where several cite it, a clause counts first, then judgement.
    pub treated: Treated,
    /// Who cites it.
    pub cited_by: Vec<CitedBy>,
    /// How to name its place: `bilag 1, boks 5`.
    pub way: String,
    /// Its first and its last line, from 1.
    pub lines: (usize, usize),
}

/// A place of the rules that cites a passage.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct CitedBy {
    /// The clause, or what else cites it.
    pub name: String,
    /// What it makes of the passage.
    pub treated: Treated,
    /// The rule file.
    pub file: String,
    /// The line of the citation, from 1.
    pub line: usize,
}

/// A heading of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heading {
    /// Where it stands, its number included.
    pub range: Range<usize>,
    /// How deep it is, from 1.
    pub depth: usize,
}

/// A section of a document with its figures counted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MarkedSection {
    /// How to name it; empty for what stands before the first heading.
    pub name: String,
    /// Where its heading begins.
    pub heading: Option<usize>,
    /// How many of its figures are encoded, left to judgement, background, and in none.
    pub counts: [usize; 4],
}

/// A stretch of a document of which all is marked alike.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// Where it is.
    pub range: Range<usize>,
    /// The narrowest passage that it lies in, counted among the document's.
    pub passage: Option<usize>,
    /// What the rules make of the figure that it is of.
    pub figure: Option<Treated>,
    /// The heading that it is of, counted among the document's.
    pub heading: Option<usize>,
}

/// Marks each document that the rules cite.
pub fn marked(files: &[(FileId, &File)], documents: &Documents, sources: &SourceMap) -> Vec<Marked> {
    let mut figures = printed(files, documents, sources);
    let mut cited = cited(files, documents, sources);
    let one = |(id, document): (&str, &Document)| {
        let figures = figures.remove(id)?;
        let headings = headings(document);
        Some(Marked {
            id: id.to_owned(),
            title: title(files, id),
            text: document.text().to_owned(),
            passages: passages(cited.remove(id).unwrap_or_default(), document),
            sections: sections(document, &figures, &headings),
            figures,
            headings,
        })
    };
    documents.iter().filter_map(one).collect()
}

impl Marked {
    /// Cuts the text into stretches that are marked alike, in their order; together they are all of it.
    pub fn pieces(&self) -> Vec<Piece> {
        let passages = self.passages.iter().map(|passage| passage.passage.start..passage.passage.end);
        let figures = self.figures.iter().map(|figure| figure.range.clone());
        let headings = self.headings.iter().map(|heading| heading.range.clone());
        let cuts: BTreeSet<usize> = passages
            .chain(figures)
            .chain(headings)
            .flat_map(|range| [range.start, range.end])
            .chain([0, self.text.len()])
            .filter(|at| self.text.is_char_boundary(*at))
            .collect();
        let (starts, ends) = (cuts.iter(), cuts.iter().skip(1));
        let mut around =
            Sweep::new(self.passages.iter().map(|marked| marked.passage.start..marked.passage.end));
        let mut piece = |range: Range<usize>| {
            let at = range.start;
            let length = |index: &usize| {
                self.passages.get(*index).map(|marked| marked.passage.end - marked.passage.start)
            };
            // Figures do not overlap, and no more do headings.
            let figure = self.figures.partition_point(|figure| figure.range.end <= at);
            let heading = self.headings.partition_point(|heading| heading.range.end <= at);
            Piece {
                passage: around.at(at).min_by_key(length),
                figure: self.figures.get(figure).filter(|of| of.range.contains(&at)).map(|of| of.treated),
                heading: self.headings.get(heading).filter(|of| of.range.contains(&at)).map(|_| heading),
                range,
            }
        };
        starts.zip(ends).map(|(start, end)| piece(*start..*end)).collect()
    }

    /// The passages that one lies within, the narrowest first.
    pub fn around(&self, index: usize) -> Vec<usize> {
        let Some(own) = self.passages.get(index).map(|marked| &marked.passage) else { return Vec::new() };
        let all = self.passages.iter().enumerate();
        let wider = all.filter(|(other, marked)| {
            *other != index && marked.passage.start <= own.start && own.end <= marked.passage.end
        });
        let mut found: Vec<(usize, usize)> =
            wider.map(|(other, marked)| (marked.passage.end - marked.passage.start, other)).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, other)| other).collect()
    }
}

fn title(files: &[(FileId, &File)], id: &str) -> Option<String> {
    let items = files.iter().flat_map(|(_, file)| &file.items);
    let mut titles = items.filter_map(|item| match &item.kind {
        ItemKind::Source(source) if source.name.text == id => Some(source.title.text.clone()),
        _ => None,
    });
    titles.next()
}

/// The passages of documents, each with those who cite it.
type CitedPassages = BTreeMap<Passage, BTreeSet<CitedBy>>;

fn cited(
    files: &[(FileId, &File)],
    documents: &Documents,
    sources: &SourceMap,
) -> BTreeMap<String, CitedPassages> {
    let mut led = Led::new(documents);
    let mut found: BTreeMap<String, CitedPassages> = BTreeMap::new();
    for (_, file) in files {
        for citation in citations(file) {
            let Some((_, passage)) = led.to(citation) else { continue };
            let of_document = found.entry(citation.source.text.clone()).or_default();
            of_document.entry(passage).or_default().insert(cited_by(file, citation.span, sources));
        }
    }
    found
}

fn passages(cited: CitedPassages, document: &Document) -> Vec<MarkedPassage> {
    let mut ways = document.ways();
    let one = |(passage, cited_by): (Passage, BTreeSet<CitedBy>)| MarkedPassage {
        treated: cited_by.iter().map(|by| by.treated).min().unwrap_or(Treated::Not),
        cited_by: cited_by.into_iter().collect(),
        way: ways.to(passage.start).1.to_owned(),
        lines: (document.line_of(passage.start), last_line(document, &passage)),
        passage,
    };
    let mut all: Vec<MarkedPassage> = cited.into_iter().map(one).collect();
    all.sort_by_key(|marked| (marked.passage.start, std::cmp::Reverse(marked.passage.end)));
    all
}

/// The line of the last word of a passage.
fn last_line(document: &Document, passage: &Passage) -> usize {
    let words = document.words(passage.start..passage.end);
    document.line_of(passage.start + words.trim_end().len())
}

fn cited_by(file: &File, span: Span, sources: &SourceMap) -> CitedBy {
    let item = file.items.iter().find(|item| item.span.holds(span));
    let (name, treated) = item.map_or_else(|| (String::new(), Treated::Encoded), named);
    let file = sources.file(span.file).name.clone();
    CitedBy { name, treated, file, line: sources.place(span).line }
}

/// What an item is called, and what it makes of what it cites.
fn named(item: &Item) -> (String, Treated) {
    let name = match &item.kind {
        ItemKind::Note(note) => {
            let treated = if note.is_judgement { Treated::Judgement } else { Treated::Background };
            return (note.name.text.clone(), treated);
        }
        ItemKind::Clause(clause) => &clause.name.text,
        ItemKind::Amendment(amendment) => &amendment.name.text,
        ItemKind::Assumption(assumption) => &assumption.name.text,
        ItemKind::Index(index) => &index.name.text,
        ItemKind::Agreement(agreement) => &agreement.name.text,
        ItemKind::Entity(entity) => &entity.name.text,
        ItemKind::Test(test) => &test.title.text,
        ItemKind::Scenario(scenario) => &scenario.name.text,
        ItemKind::Given(given) => &given.name.text,
        ItemKind::Use(name) => &name.text,
        ItemKind::Source(source) => &source.name.text,
        ItemKind::Type(declared) => &declared.name.text,
        ItemKind::Check(_)
        | ItemKind::Unit(_)
        | ItemKind::Kind(_)
        | ItemKind::Precedence(_)
        | ItemKind::Error => return (String::new(), Treated::Encoded),
    };
    (name.clone(), Treated::Encoded)
}

/// The headings of a document, a wider part's before those within it; one that lies in another's is left out.
fn headings(document: &Document) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    let mut ways = document.ways();
    for part in document.parts() {
        let is_heading = match part.kind {
            PartKind::Annex
            | PartKind::Article
            | PartKind::Paragraph
            | PartKind::Section(_)
            | PartKind::Box
            | PartKind::Heading => true,
            PartKind::Subsection | PartKind::Number | PartKind::Letter | PartKind::Bullet => false,
        };
        let range = part.whole.start..part.title.end.max(part.whole.start);
        let apart = found.last().is_none_or(|last| last.range.end <= range.start);
        if is_heading && apart && !range.is_empty() {
            let (held, _) = ways.to(part.whole.start);
            found.push(Heading { range, depth: held.len().max(1) });
        }
    }
    found
}

fn sections(document: &Document, figures: &[Printed], headings: &[Heading]) -> Vec<MarkedSection> {
    let mut sections: Vec<MarkedSection> = Vec::new();
    let mut ways = document.ways();
    for figure in figures {
        let (held, name) = ways.to(figure.range.start);
        if sections.last().is_none_or(|section| section.name != name) {
            let heading = heading_of(document, held, headings);
            sections.push(MarkedSection { name: name.to_owned(), heading, counts: [0; 4] });
        }
        let at = match figure.treated {
            Treated::Encoded => 0,
            Treated::Judgement => 1,
            Treated::Background => 2,
            Treated::Not => 3,
        };
        if let Some(count) = sections.last_mut().and_then(|section| section.counts.get_mut(at)) {
            *count += 1;
        }
    }
    sections
}

/// Where the heading begins that a place stands under, of the parts that hold it: the innermost of those that are shown, since a
/// subsection's is not.
fn heading_of(document: &Document, held: &[usize], headings: &[Heading]) -> Option<usize> {
    let starts =
        held.iter().rev().filter_map(|part| document.parts().get(*part)).map(|part| part.whole.start);
    let shown = |start: &usize| headings.binary_search_by_key(start, |heading| heading.range.start).is_ok();
    starts.into_iter().find(shown)
}
