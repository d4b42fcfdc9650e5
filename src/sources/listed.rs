//! Each figure of the rules with where it stands in the document that it is cited from, or with the printed figures that it is
//! computed from.

use std::collections::BTreeSet;

use super::claims::{Claim, Silent, written};
use super::compare::{Looked, Place};
use super::figures::FigureKind;
use super::folder::Documents;
use super::named::{Named, Names};
use super::regions::RegionKind;
use super::sweep::Sweep;
use crate::base::{FileId, SourceMap, Span};
use crate::syntax::ast::File;

/// The figures of rules.
#[derive(Clone, Debug, Default)]
pub struct ListedFigures {
    /// Those of clauses, readings and indices, file by file in the order they stand.
    pub listed: Vec<Listed>,
    /// How many stand in tests and scenarios, which nobody looks for.
    pub of_tests: usize,
}

/// A figure of the rules.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The clause, or what else it stands in.
    pub owner: String,
    /// What it is called; empty where it has no name of its own.
    pub name: String,
    /// As the rules write it, on one line.
    pub figure: String,
    /// Where it stands in the rules.
    pub span: Span,
    /// Where it is from.
    pub stands: Stands,
}

/// Where a figure is from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stands {
    /// It is printed in the passage that it cites.
    Printed(Place),
    /// It is computed from others.
    Expression(Made),
    /// It is a year of the agreement's own.
    OwnYear,
    /// It is not in the passage that it cites, which is an error.
    NotThere,
    /// Its citation leads nowhere, which is an error.
    Lost,
    /// It is not looked for: 0, 1 or 100 per cent.
    Neutral,
    /// It is not looked for: the step of a rounding, or a known difference.
    Step,
    /// It is not looked for: a reading, which the text leaves open.
    Reading,
    /// It is not looked for: what bounds something given.
    Given,
    /// It is not looked for: its clause cites nothing.
    NoBasis,
}

/// What a figure is computed from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Made {
    /// The names that it reads itself.
    pub names: Vec<String>,
    /// The printed figures that it is made of in the end, as the rules write them, each with its place in a document.
    pub printed: Vec<(String, Place)>,
}

/// Lists the figures of the rules.
pub fn listed(files: &[(FileId, &File)], documents: &Documents, sources: &SourceMap) -> ListedFigures {
    let names = Names::of(files, sources);
    let mut looked = Looked::new(files, documents, sources);
    let mut found = ListedFigures::default();
    // By the number of what is named: the figures that stand in it.
    let mut own: Vec<Vec<usize>> = vec![Vec::new(); names.all().len()];
    for (id, file) in files {
        let numbers: Vec<usize> = of_file(&names, *id).collect();
        let spans = numbers.iter().filter_map(|number| names.all().get(*number)).map(|one| one.span.range());
        let mut around = Sweep::new(spans);
        for (claim, silent) in written(*id, file, sources) {
            let stands = match silent {
                Some(Silent::Of(RegionKind::Test)) => {
                    found.of_tests += 1;
                    continue;
                }
                Some(Silent::Of(RegionKind::Rules)) => continue,
                silent => stands(&claim, silent, *id, &mut looked, sources),
            };
            let held =
                around.at(claim.span.start as usize).next_back().and_then(|at| numbers.get(at)).copied();
            let named = held.and_then(|number| names.all().get(number));
            if let Some((named, figures)) = named.zip(held.and_then(|number| own.get_mut(number))) {
                // A year in front of a value says when it holds, and is no part of it.
                let is_part = match named.computed {
                    Some(span) => span.holds(claim.span),
                    None => claim.figure.kind != FigureKind::Year,
                };
                figures.extend(is_part.then_some(found.listed.len()));
            }
            found.listed.push(Listed {
                owner: named.map_or_else(String::new, |named| named.owner.clone()),
                name: named.map_or_else(String::new, |named| named.name.clone()),
                figure: on_one_line(sources.text(claim.span)),
                span: claim.span,
                stands,
            });
        }
    }
    let computed = expressions(files, &names, &own, &found.listed, sources);
    found.listed.extend(computed);
    let order = |id: FileId| files.iter().position(|(file, _)| *file == id);
    // A computed figure stands before those that it is written with.
    found.listed.sort_by_key(|one| (order(one.span.file), one.span.start, std::cmp::Reverse(one.span.end)));
    found
}

/// The numbers of what a file calls by names.
fn of_file(names: &Names, id: FileId) -> impl Iterator<Item = usize> + '_ {
    let all = names.all().iter().enumerate();
    all.filter(move |(_, named)| named.span.file == id).map(|(number, _)| number)
}

fn stands(
    claim: &Claim<'_>,
    silent: Option<Silent>,
    id: FileId,
    looked: &mut Looked<'_>,
    sources: &SourceMap,
) -> Stands {
    match silent {
        Some(Silent::Step) => return Stands::Step,
        Some(Silent::Of(RegionKind::Reading)) => return Stands::Reading,
        Some(Silent::Of(RegionKind::Given)) => return Stands::Given,
        Some(Silent::Of(RegionKind::Text | RegionKind::Test | RegionKind::Rules)) | None => {}
    }
    if claim.is_neutral() {
        return Stands::Neutral;
    }
    if claim.citations.is_empty() {
        return Stands::NoBasis;
    }
    if looked.passages.figures(claim).is_none() {
        return Stands::Lost;
    }
    match looked.passages.place(claim) {
        Some(place) => Stands::Printed(place),
        None if looked.is_own_year(claim, id, sources) => Stands::OwnYear,
        None => Stands::NotThere,
    }
}

/// What is computed, each with what it is made of.
fn expressions(
    files: &[(FileId, &File)],
    names: &Names,
    own: &[Vec<usize>],
    listed: &[Listed],
    sources: &SourceMap,
) -> Vec<Listed> {
    let reads: Vec<Vec<usize>> = names
        .all()
        .iter()
        .map(|named| {
            let file = files.iter().find(|(id, _)| *id == named.span.file);
            file.map_or_else(Vec::new, |(_, file)| names.read_by(named, file, sources))
        })
        .collect();
    let one = |(number, named): (usize, &Named)| {
        let span = named.computed?;
        let printed = printed(number, &reads, own, listed);
        let said = |number: &usize| {
            let named = names.all().get(*number)?;
            let parts = [named.owner.as_str(), named.name.as_str()];
            Some(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("."))
        };
        let mut read: Vec<String> = Vec::new();
        for name in reads.get(number).into_iter().flatten().filter_map(said) {
            if !read.contains(&name) {
                read.push(name);
            }
        }
        let stands = Stands::Expression(Made { names: read, printed });
        let figure = on_one_line(sources.text(span));
        Some(Listed { owner: named.owner.clone(), name: named.name.clone(), figure, span, stands })
    };
    names.all().iter().enumerate().filter_map(one).collect()
}

/// The printed figures that something is made of: those that it states, and those of all that it reads.
fn printed(
    number: usize,
    reads: &[Vec<usize>],
    own: &[Vec<usize>],
    listed: &[Listed],
) -> Vec<(String, Place)> {
    let mut found: Vec<(String, Place)> = Vec::new();
    let (mut seen, mut open) = (BTreeSet::from([number]), vec![number]);
    while let Some(number) = open.pop() {
        for figure in own.get(number).into_iter().flatten().filter_map(|at| listed.get(*at)) {
            let Stands::Printed(place) = &figure.stands else { continue };
            let pair = (figure.figure.clone(), place.clone());
            if !found.contains(&pair) {
                found.push(pair);
            }
        }
        let read = reads.get(number).into_iter().flatten().rev().copied();
        open.extend(read.filter(|read| seen.insert(*read)));
    }
    found
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
