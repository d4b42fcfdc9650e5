use std::ops::Range;

use super::problem::TableProblem;
use crate::base::{FileId, Span};
use crate::diag::Problems;

/// What stands between the cells of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Separator {
    Semicolon,
    Comma,
}

/// One line of a table.
pub(super) struct Row {
    /// The line it starts on, from 1: the row number of a spreadsheet.
    pub(super) number: usize,
    pub(super) span: Span,
    pub(super) cells: Vec<Cell>,
}

/// One cell, without quotation marks and surrounding blanks.
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) span: Span,
}

impl Separator {
    /// Finds the separator in the heading line; reports a missing heading line, or one with both separators.
    pub(super) fn detect(file: FileId, text: &str, problems: &mut Problems) -> Option<Separator> {
        let start = heading_start(text);
        let line = text.get(start..)?.lines().next().unwrap_or("");
        let at = Span::new(file, start, start + line.len());
        if line.trim().is_empty() {
            problems.report(&TableProblem::NoHeadings { at });
            return None;
        }
        match (count(line, Separator::Semicolon), count(line, Separator::Comma)) {
            (1, 2..) => Some(Separator::Comma),
            (_, 1) => Some(Separator::Semicolon),
            _ => {
                problems.report(&TableProblem::TwoSeparators { at });
                None
            }
        }
    }
    /// The separator as a byte.
    pub(super) fn byte(self) -> u8 {
        match self {
            Separator::Semicolon => b';',
            Separator::Comma => b',',
        }
    }
}

fn count(line: &str, separator: Separator) -> usize {
    split(line, separator).map_or(1, |cells| cells.len())
}

/// Splits a table into rows; `None` when a quotation mark is never closed.
pub(super) fn rows(
    file: FileId,
    text: &str,
    separator: Separator,
    problems: &mut Problems,
) -> Option<Vec<Row>> {
    let head = heading_start(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator.byte())
        .from_reader(text.get(head..).unwrap_or("").as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        let from = head + offset(reader.position());
        // INVARIANT: the text is UTF-8 and rows may differ in length, so reading from memory cannot fail.
        if !reader.read_record(&mut record).unwrap_or(false) {
            return Some(rows);
        }
        let start = row_start(text, from);
        let written =
            text.get(start..head + offset(reader.position())).unwrap_or("").trim_end_matches(['\n', '\r']);
        let Some(places) = split(written, separator) else {
            let at = Span::new(file, start, start + written.lines().next().unwrap_or("").len());
            problems.report(&TableProblem::OpenQuote { at });
            return None;
        };
        let line = rows.last().map_or((1, 0), |row: &Row| (row.number, row.span.start as usize));
        let number = line.0 + text.get(line.1..start).map_or(0, |between| between.matches('\n').count());
        let span = Span::new(file, start, start + written.len());
        let cells = record.iter().enumerate().map(|(index, value)| {
            let place = places.get(index).cloned().unwrap_or(0..written.len());
            let place = trimmed(written, place);
            Cell {
                text: value.trim().to_owned(),
                span: Span::new(file, start + place.start, start + place.end),
            }
        });
        rows.push(Row { number, span, cells: cells.collect() });
    }
}

fn offset(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

/// Skips the empty lines and the free text above the headings.
fn heading_start(text: &str) -> usize {
    let is_free = |line: &&str| line.starts_with('#') || line.trim().is_empty();
    text.split_inclusive('\n').take_while(is_free).map(str::len).sum()
}

/// Skips the line breaks before a row, as the reader does.
fn row_start(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or("");
    from + (rest.len() - rest.trim_start_matches(['\n', '\r']).len())
}

/// Finds the places of the cells of one row; `None` when a quotation mark is never closed.
fn split(written: &str, separator: Separator) -> Option<Vec<Range<usize>>> {
    let mut places = Vec::new();
    let (mut start, mut quoted, mut previous) = (0, false, None);
    for (at, byte) in written.bytes().enumerate() {
        // A doubled quotation mark closes and opens again at once, which is the same to us.
        match byte {
            b'"' if quoted => quoted = false,
            b'"' if at == start || previous == Some(b'"') => quoted = true,
            _ if byte == separator.byte() && !quoted => {
                places.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
        previous = Some(byte);
    }
    places.push(start..written.len());
    (!quoted).then_some(places)
}

/// Narrows a place to its text without surrounding blanks.
fn trimmed(written: &str, place: Range<usize>) -> Range<usize> {
    let cell = written.get(place.clone()).unwrap_or("");
    let start = place.start + (cell.len() - cell.trim_start().len());
    start..start + cell.trim().len()
}
