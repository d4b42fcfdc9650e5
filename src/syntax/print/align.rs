//! Rows become lines: neighbours of one kind are lined up at their signs.

use super::layout::{CodeRow, Row, Run, RunKind};
use super::line::{Role, Word, join};
use crate::syntax::tokens::TokenKind;

/// A target wider than this is not lined up with its neighbours.
const WIDEST: usize = 48;

/// Prints rows as text; every line ends with a line break.
pub(super) fn print_rows(rows: &[Row]) -> String {
    let mut text = String::new();
    let mut rest = rows;
    while !rest.is_empty() {
        let run = neighbours(rest);
        let codes: Vec<&CodeRow> = run.iter().filter_map(code).collect();
        let mut printed = print_run(&codes).into_iter();
        for row in run {
            match row {
                Row::Blank => {}
                Row::Verbatim(line) => text.push_str(line),
                Row::Comment { indent, text: comment } => text.push_str(&format!("{:indent$}{comment}", "")),
                Row::Code(_) => text.push_str(&printed.next().unwrap_or_default()),
            }
            text.push('\n');
        }
        rest = rest.get(run.len()..).unwrap_or(&[]);
    }
    text
}

fn code(row: &Row) -> Option<&CodeRow> {
    match row {
        Row::Code(code) => Some(code),
        Row::Blank | Row::Verbatim(_) | Row::Comment { .. } => None,
    }
}

/// The rows from the first one on that line up with it, and the comments among them; at least that one.
fn neighbours(rows: &[Row]) -> &[Row] {
    let run = |row: &Row| code(row).and_then(|code| code.run);
    let Some(wanted) = rows.first().and_then(run) else { return rows.get(..1).unwrap_or(rows) };
    let belongs = |row: &&Row| matches!(row, Row::Comment { .. }) || run(row) == Some(wanted);
    let reach = rows.iter().take_while(belongs).count();
    let count = rows.iter().take(reach).rposition(|row| run(row) == Some(wanted)).map_or(1, |last| last + 1);
    rows.get(..count).unwrap_or(rows)
}

fn print_run(rows: &[&CodeRow]) -> Vec<String> {
    rows.iter().zip(lined_up(rows)).map(|(row, cells)| print_row(row, &cells)).collect()
}

/// A row cut at its signs, with the width each part is padded to.
type Cells = Vec<(String, usize)>;

fn print_row(row: &CodeRow, cells: &Cells) -> String {
    let mut line = " ".repeat(row.indent);
    for (text, width) in cells {
        if !line.trim_start_matches(' ').is_empty() {
            line.push(' ');
        }
        line.push_str(text);
        line.push_str(&" ".repeat(width.saturating_sub(text.chars().count())));
    }
    let mut line = line.trim_end_matches(' ').to_owned();
    if let Some(comment) = &row.comment {
        line.push_str("  ");
        line.push_str(comment);
    }
    line
}

fn lined_up(rows: &[&CodeRow]) -> Vec<Cells> {
    let anchors = anchors(rows);
    let cut: Vec<Vec<String>> = rows.iter().zip(&anchors).map(|(row, at)| cut(&row.words, at)).collect();
    let shifted = shift_numbers(rows, &anchors, cut);
    let widths = widths(&shifted);
    let usual = shifted.iter().map(Vec::len).max().unwrap_or(0);
    let pad = |cells: Vec<String>| {
        let even = cells.len() == usual;
        let width = |index: usize| if even { widths.get(index).copied().unwrap_or(0) } else { 0 };
        cells.into_iter().enumerate().map(|(index, text)| (text, width(index))).collect()
    };
    shifted.into_iter().map(pad).collect()
}

/// The width of each column: the widest part in it, of the rows that have all columns.
fn widths(rows: &[Vec<String>]) -> Vec<usize> {
    let usual = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |row: &Vec<String>, index: usize| row.get(index).map_or(0, |text| text.chars().count());
    let column = |index: usize| {
        let full = rows.iter().filter(|row| row.len() == usual);
        let fits = full.map(|row| width(row, index)).filter(|width| *width <= WIDEST);
        // The last part of a row is never padded.
        if index + 1 == usual { 0 } else { fits.max().unwrap_or(0) }
    };
    (0..usual).map(column).collect()
}

/// The words before which each row of a run is cut.
fn anchors(rows: &[&CodeRow]) -> Vec<Vec<usize>> {
    let kind = rows.first().and_then(|row| row.run).map(|run: Run| run.kind);
    let per_row =
        |find: fn(&[Word]) -> Vec<usize>| rows.iter().map(|row| find(&row.words)).collect::<Vec<_>>();
    match kind {
        None => vec![Vec::new(); rows.len()],
        Some(RunKind::Definition | RunKind::Grant) => per_row(equals),
        Some(RunKind::Fact) => per_row(|words| positions(words, |word| word.role == Role::Typing)),
        Some(RunKind::Cells) => per_row(|words| positions(words, |word| word.text == "|")),
        Some(RunKind::Condition) => {
            let compared = per_row(comparisons);
            if compared.iter().all(|at| at.len() == 2) { compared } else { per_row(equals) }
        }
    }
}

fn positions(words: &[Word], wanted: fn(&Word) -> bool) -> Vec<usize> {
    words.iter().enumerate().filter(|(_, word)| wanted(word)).map(|(index, _)| index).collect()
}

/// The sign that gives the value: the first `=` of the line.
fn equals(words: &[Word]) -> Vec<usize> {
    positions(words, |word| word.text == "=").into_iter().take(1).collect()
}

/// The sign that gives the value, and the only comparison after it.
fn comparisons(words: &[Word]) -> Vec<usize> {
    positions(words, |word| matches!(word.text.as_str(), "=" | "<" | ">" | "≤" | "≥" | "≠"))
}

fn cut(words: &[Word], anchors: &[usize]) -> Vec<String> {
    let bounds: Vec<usize> = std::iter::once(0).chain(anchors.iter().copied()).chain([words.len()]).collect();
    let part = |pair: &[usize]| match pair {
        [from, to] => join(words.get(*from..*to).unwrap_or(&[])).0,
        _ => String::new(),
    };
    bounds.windows(2).map(part).collect()
}

/// Lines the figures of one name up at their units' place: ` 8,7` under `18,0`.
fn shift_numbers(rows: &[&CodeRow], anchors: &[Vec<usize>], mut cells: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let figures: Vec<Option<(&str, usize)>> =
        rows.iter().zip(anchors).map(|(row, at)| figure(row, at)).collect();
    for index in 0..cells.len() {
        let Some(Some((name, len))) = figures.get(index) else { continue };
        let widest = group(&figures, index, name).map(|(_, len)| len).max().unwrap_or(*len);
        if let Some(text) = cells.get_mut(index).and_then(|row| row.get_mut(1)) {
            *text = format!("= {:pad$}{}", "", text.trim_start_matches("= "), pad = widest - len);
        }
    }
    cells
}

/// The unbroken group of figures of one name around a row.
fn group<'a>(
    figures: &'a [Option<(&'a str, usize)>],
    index: usize,
    name: &'a str,
) -> impl Iterator<Item = (&'a str, usize)> {
    let same = move |figure: &&Option<(&str, usize)>| figure.is_some_and(|(other, _)| other == name);
    let before = figures.get(..index).unwrap_or(&[]).iter().rev().take_while(same);
    let after = figures.get(index..).unwrap_or(&[]).iter().take_while(same);
    before.chain(after).copied().flatten()
}

/// The name of a dated definition and the length of its figure's whole part, if its value is a plain figure.
fn figure<'a>(row: &'a CodeRow, anchors: &[usize]) -> Option<(&'a str, usize)> {
    let [equals] = anchors else { return None };
    let is_definition = row.run.is_some_and(|run| run.kind == RunKind::Definition);
    let value = row.words.get(equals + 1..)?;
    let (number, unit) = value.split_first()?;
    let plain = number.kind == TokenKind::Number && unit.iter().all(|word| word.kind == TokenKind::Keyword);
    let whole = number.text.split([',', '½', '⅓', '⅔']).next()?.chars().count();
    (is_definition && plain && *equals > 1).then_some((row.words.first()?.text.as_str(), whole))
}
