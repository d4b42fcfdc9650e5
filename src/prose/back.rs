//! The back of the document, gathered from what stands in it: what is not yet known, the words, the legal bases.

use std::collections::BTreeMap;

use super::book::heading;
use super::document::{Block, Entry, Grid, Line, Piece, say, words_of};
use super::voice::Voice;
use crate::base::Lang;
use crate::syntax::ast::Source;

/// What is not yet known, each with the number of the statement that says so.
pub(super) fn unknowns(blocks: &[Block], lang: Lang) -> Vec<Block> {
    let mut found = Vec::new();
    walk(blocks, &mut String::new(), &mut |place, line| {
        let is_unknown = line.pieces.iter().any(|piece| matches!(piece, Piece::Unknown(_)));
        if is_unknown && place.starts_with(|c: char| c.is_ascii_digit()) {
            found.push(Entry {
                number: Some(place.to_owned()),
                line: line.clone().sentence(),
                under: Vec::new(),
            });
        }
    });
    if found.is_empty() {
        return Vec::new();
    }
    for entry in &mut found {
        // The number of a statement stands where the statement stands; here it only points there.
        let number = entry.number.take().unwrap_or_default();
        entry.line = Line::text(format!("{number}: ")).and(std::mem::take(&mut entry.line));
    }
    vec![heading(lang.pick("Det, der endnu ikke er kendt", "What is not yet known")), Block::List(found)]
}

/// The names in the text, and the statements that they stand in.
pub(super) fn glossary(blocks: &[Block], lang: Lang) -> Vec<Block> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    walk(blocks, &mut String::new(), &mut |place, line| {
        for piece in &line.pieces {
            if let (Piece::Name(name), true) = (piece, place.starts_with(|c: char| c.is_ascii_digit())) {
                let places = found.entry(name.to_lowercase()).or_default();
                if places.last().is_none_or(|last| last != place) {
                    places.push(place.to_owned());
                }
            }
        }
    });
    if found.is_empty() {
        return Vec::new();
    }
    let mut all: Vec<(String, Vec<String>)> = found.into_iter().collect();
    all.sort_by_key(|(name, _)| danish_order(name));
    let row = |(name, places): (String, Vec<String>)| {
        vec![Line::one(Piece::Name(name)), Line::text(places.join(", "))]
    };
    let head = vec![Line::text(lang.pick("Begreb", "Term")), Line::text(lang.pick("Står i", "Stands in"))];
    let caption = lang.pick(
        "Navnene i reglerne, og de udsagn, de står i",
        "The names in the rules, and the statements they stand in",
    );
    vec![
        heading(lang.pick("Begreber", "Terms")),
        Block::Table(Grid { caption: Line::text(caption), head, rows: all.into_iter().map(row).collect() }),
    ]
}

/// The alphabet ends with æ, ø and å.
fn danish_order(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            'æ' => '\u{F000}',
            'ø' => '\u{F001}',
            'å' => '\u{F002}',
            other => other,
        })
        .collect()
}

/// The documents, and the places in them that statements rest on.
pub(super) fn basis_list(blocks: &[Block], sources: &[&Source], voice: &Voice<'_>) -> Vec<Block> {
    let lang = voice.lang;
    let mut found: BTreeMap<String, Vec<(String, Vec<String>)>> = BTreeMap::new();
    walk(blocks, &mut String::new(), &mut |place, line| {
        for piece in &line.pieces {
            let Piece::Cite { basis, .. } = piece else { continue };
            let places = found.entry(basis.source.clone()).or_default();
            if !places.iter().any(|(at, _)| *at == basis.at) {
                places.push((basis.at.clone(), Vec::new()));
            }
            let own = places.iter_mut().find(|(at, _)| *at == basis.at);
            if let Some((_, numbers)) =
                own.filter(|(_, numbers)| numbers.last().is_none_or(|last| last != place))
            {
                numbers.push(place.to_owned());
            }
        }
    });
    if found.is_empty() {
        return Vec::new();
    }
    let mut list = vec![heading(lang.pick("Hjemmel", "Legal bases"))];
    for (source, places) in found {
        let declared = sources.iter().find(|declared| declared.name.text == source);
        let name = words_of(&source);
        let about = declared.map_or_else(|| Line::text(name.clone()), |source| about(source, &name, voice));
        let row = |(at, numbers): (String, Vec<String>)| {
            let at = match at.is_empty() {
                true => lang.pick("dokumentet som helhed", "the document as a whole").to_owned(),
                false => voice.marks(&at),
            };
            vec![Line::text(at), Line::text(numbers.join(", "))]
        };
        let head = vec![
            Line::text(lang.pick("Sted", "Place")),
            Line::text(lang.pick("Bygger herpå", "Rests on it")),
        ];
        list.push(Block::Table(Grid { caption: about, head, rows: places.into_iter().map(row).collect() }));
    }
    list
}

/// A document: its title, who issued it and when.
fn about(source: &Source, name: &str, voice: &Voice<'_>) -> Line {
    let mut line = say("{0}: {1}", &[&Line::text(name), &Line::text(&source.title.text)]);
    if let Some(publisher) = &source.publisher {
        line = line.then(", ").then(&publisher.text);
    }
    match &source.date {
        Some((period, _)) => line.then(", ").then(&period.print(voice.lang)),
        None => line,
    }
}

/// Walks every line with the number of the statement or clause, or else the heading, that it stands in.
fn walk(blocks: &[Block], place: &mut String, each: &mut impl FnMut(&str, &Line)) {
    for block in blocks {
        match block {
            Block::Heading(heading) => {
                *place = heading.number.clone().unwrap_or_else(|| heading.text.clone());
            }
            Block::Para(line) | Block::Aside(line) => each(place, line),
            Block::List(entries) => {
                for entry in entries {
                    let mut own = entry.number.clone().unwrap_or_else(|| place.clone());
                    each(&own, &entry.line);
                    walk(&entry.under, &mut own, each);
                }
            }
            Block::Table(grid) => {
                std::iter::once(&grid.caption).chain(&grid.head).for_each(|line| each(place, line));
                // A cell says nothing without its row, and the row nothing without its table.
                for row in &grid.rows {
                    let join = |line: Line, cell: &Line| line.then(": ").and(cell.clone());
                    let said = row.iter().filter(|cell| !cell.is_empty());
                    each(place, &said.fold(grid.caption.clone(), join));
                }
            }
            Block::Blanks(_) => {}
        }
    }
}
