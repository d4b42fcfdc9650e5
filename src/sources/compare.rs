//! The figures of rules against the passages that they cite.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::claims::{Claim, claims};
use super::derived::derived;
use super::document::{Document, Passage};
use super::figures::{Figure, FigureKind, figures};
use super::folder::Documents;
use super::led::Led;
use super::problem::SourceProblem;
use crate::base::{FileId, Lang, SourceMap, one_line};
use crate::diag::Problems;
use crate::syntax::ast::{File, ItemKind, When, WhenKind};
use crate::value::Number;

/// How many figures were looked for, and how many were found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Compared {
    /// Figures that must stand in a passage.
    pub figures: usize,
    /// Those found in a passage that they cite.
    pub found: usize,
    /// Those whose citations lead nowhere, so that they cannot be looked for.
    pub lost: usize,
    /// The same by the first document that each is cited from: how many, and how many were found.
    pub documents: BTreeMap<String, (usize, usize)>,
}

/// Looks for every figure of the rules in the passages that its line, else its clause, cites. The documents are in Danish;
/// the rules may be in either language.
pub fn compare(
    files: &[(FileId, &File)],
    documents: &Documents,
    sources: &SourceMap,
    problems: &mut Problems,
) -> Compared {
    let mut looked = Looked::new(files, documents, sources);
    let mut compared = Compared::default();
    for (id, file) in files.iter().copied() {
        let of_file = looked.of_file(id, file, sources, problems);
        compared.figures += of_file.figures;
        compared.found += of_file.found;
        compared.lost += of_file.lost;
        for (id, (figures, found)) in of_file.documents {
            let all = compared.documents.entry(id).or_default();
            *all = (all.0 + figures, all.1 + found);
        }
    }
    compared
}

/// Documents in which the figures of rules are looked for, file by file: each citation is followed once, and each passage
/// read once.
#[derive(Clone, Debug)]
pub struct Looked<'d> {
    years: OwnYears,
    pub(super) passages: Passages<'d>,
}

impl<'d> Looked<'d> {
    /// Makes ready to look for the figures of rules.
    pub fn new(files: &[(FileId, &File)], documents: &'d Documents, sources: &SourceMap) -> Looked<'d> {
        let years = own_years(files, sources);
        let passages = Passages { documents, led: Led::new(documents), known: BTreeMap::new() };
        Looked { years, passages }
    }

    /// Looks for every figure of one file of those rules, or of one that stands in its place.
    pub fn of_file(
        &mut self,
        id: FileId,
        file: &File,
        sources: &SourceMap,
        problems: &mut Problems,
    ) -> Compared {
        let mut compared = Compared::default();
        for claim in claims(id, file, sources).into_iter().filter(|claim| !claim.is_neutral()) {
            let mut cited = claim.citations.iter().map(|citation| &citation.source.text);
            let at_hand = cited.clone().find(|id| self.passages.documents.get(id).is_some());
            let document = at_hand.or_else(|| cited.next()).cloned().unwrap_or_default();
            let of_document = compared.documents.entry(document).or_default();
            of_document.0 += 1;
            compared.figures += 1;
            let Some(printed) = self.passages.figures(&claim) else {
                compared.lost += 1;
                continue;
            };
            let own = self.is_own_year(&claim, id, sources);
            if own || printed.iter().any(|(printed, _)| fits(&claim.figure, printed)) {
                of_document.1 += 1;
                compared.found += 1;
                continue;
            }
            let figure = sources.text(claim.span).to_owned();
            let nearest = nearest(&claim.figure, &printed);
            let derived = derived(&claim.figure, &printed, file.lang);
            let span = claim.span;
            problems.report(&SourceProblem::FigureNotThere { span, figure, nearest, derived });
        }
        compared
    }

    /// Tells whether a figure of a file is a year of its agreement's own.
    pub(super) fn is_own_year(&self, claim: &Claim<'_>, id: FileId, sources: &SourceMap) -> bool {
        let own = || self.years.get(folder_of(id, sources));
        claim.figure.kind == FigureKind::Year
            && own().is_some_and(|years| years.contains(&claim.figure.value))
    }
}

/// The years of agreements' own periods, by the folder of their rules: a text that is about 2025 need not say so in every box,
/// and what another text is about bears nothing out.
type OwnYears = BTreeMap<PathBuf, BTreeSet<Number>>;

fn own_years(files: &[(FileId, &File)], sources: &SourceMap) -> OwnYears {
    let mut all = OwnYears::new();
    for (id, file) in files {
        let periods = file.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Agreement(agreement) => agreement.period.as_ref(),
            _ => None,
        });
        let years = periods.flat_map(years_of).map(|year| Number::from_i64(year.into()));
        all.entry(folder_of(*id, sources).to_owned()).or_default().extend(years);
    }
    all
}

/// The folder of a rule file: the files of one are of one agreement.
fn folder_of(id: FileId, sources: &SourceMap) -> &Path {
    Path::new(&sources.file(id).name).parent().unwrap_or(Path::new(""))
}

fn years_of(when: &When) -> Vec<i16> {
    match &when.kind {
        WhenKind::In(period) => period.years().collect(),
        _ => Vec::new(),
    }
}

/// The figures of passages, each citation followed and each passage read once.
#[derive(Clone, Debug)]
pub(super) struct Passages<'d> {
    documents: &'d Documents,
    led: Led<'d>,
    known: BTreeMap<(String, Passage), Vec<(Figure, String)>>,
}

impl Passages<'_> {
    /// The figures of all passages that a claim cites, with their words; `None` where none of its citations leads anywhere,
    /// which has been told.
    pub(super) fn figures(&mut self, claim: &Claim<'_>) -> Option<Vec<(Figure, String)>> {
        let mut all = Vec::new();
        let mut led = false;
        for citation in &claim.citations {
            let Some((document, passage)) = self.led.to(citation) else { continue };
            led = true;
            let key = (citation.source.text.clone(), passage.clone());
            all.extend(self.known.entry(key).or_insert_with(|| read(document, &passage)).iter().cloned());
        }
        led.then_some(all)
    }

    /// Where a figure of a passage that a claim cites bears it out: the document, the line, and the words there. One that says
    /// the same is preferred to one that it follows from.
    pub(super) fn place(&mut self, claim: &Claim<'_>) -> Option<Place> {
        let mut best: Option<Place> = None;
        for citation in &claim.citations {
            let Some((document, passage)) = self.led.to(citation) else { continue };
            let id = &citation.source.text;
            let key = (id.clone(), passage.clone());
            let printed = self.known.entry(key).or_insert_with(|| read(document, &passage));
            let place = |(figure, words): &(Figure, String)| {
                let line = document.line_of(passage.start + figure.range.start);
                Place { source: id.clone(), line, words: words.clone() }
            };
            if let Some(same) = printed.iter().find(|(figure, _)| claim.figure.says(figure)) {
                return Some(place(same));
            }
            let near = || printed.iter().find(|(figure, _)| fits(&claim.figure, figure));
            best = best.or_else(|| near().map(place));
        }
        best
    }
}

/// A figure of a document.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// How rules cite the document.
    pub source: String,
    /// Its line, from 1.
    pub line: usize,
    /// As it is printed, on one line.
    pub words: String,
}

fn read(document: &Document, passage: &Passage) -> Vec<(Figure, String)> {
    let words = document.words(passage.start..passage.end);
    let with_words = |figure: Figure| {
        let words = one_line(words.get(figure.range.clone()).unwrap_or_default());
        (figure, words)
    };
    figures(words, Lang::Da).into_iter().map(with_words).collect()
}

/// Tells whether a printed figure bears a stated one out. A share may be printed in words (`halvdelen`), a year as part of a
/// day, and the first and the last day of a year as the year alone.
pub(super) fn fits(stated: &Figure, printed: &Figure) -> bool {
    let year = |figure: &Figure| figure.date.map(|date| Number::from_i64(date.year().into()));
    match (stated.kind, printed.kind) {
        (FigureKind::Percent, FigureKind::Count) => {
            let share = printed.value.mul(&Number::from_i64(100));
            share == stated.value
                && !printed.value.sub(&Number::one()).is_zero()
                && printed.value.sub(&Number::one()).is_negative()
        }
        (FigureKind::Year, FigureKind::Date) => year(printed).as_ref() == Some(&stated.value),
        (FigureKind::Date, FigureKind::Year) => {
            // `fra 2027` begins on its first day, and what must be done `i 2025` is done by its last.
            let edge =
                stated.date.is_some_and(|date| matches!((date.month(), date.day()), (1, 1) | (12, 31)));
            edge && year(stated).as_ref() == Some(&printed.value)
        }
        _ => stated.says(printed),
    }
}

/// The printed figure of the same kind whose digits are most like those stated.
fn nearest(stated: &Figure, printed: &[(Figure, String)]) -> Option<String> {
    let digits = |figure: &Figure| match figure.date {
        Some(date) => date.to_iso(),
        None => figure.value.to_exact(),
    };
    let wanted = digits(stated);
    let alike = printed.iter().filter(|(figure, _)| figure.kind == stated.kind);
    let distance = |(figure, _): &&(Figure, String)| strsim::damerau_levenshtein(&digits(figure), &wanted);
    alike.min_by_key(distance).map(|(_, words)| words.clone())
}
