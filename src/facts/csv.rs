use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::cells::{Cell, Row, Separator, rows};
use super::figure::{self, Figure, Mark};
use super::problem::{FigureProblem, FormProblem, ShapeProblem, TableProblem};
use super::time::split_name;
use super::tree::{check_name, text_value};
use super::{Origin, Place, RawData, RawEntity, RawEntry, RawKind, RawTarget, RawTime, RawValue, read_time};
use crate::base::{FileId, Limit, Limits, Span};
use crate::diag::Problems;

/// The most problems of one sort that are told of one table; a mistake in every row is one mistake.
const MAX_REPORTED: usize = 20;

/// Reads a table of entities of one kind: a heading line, then a row per entity, or per entity and time.
///
/// The key stands in the column `key_column`, otherwise in the first one. Lines that start with `#` above the headings are
/// free text.
pub(super) fn read_csv(
    file: FileId,
    text: &str,
    limits: &Limits,
    kind: &str,
    key_column: Option<&str>,
    problems: &mut Problems,
) -> RawData {
    read_some((file, limits), text, (kind, key_column), None, problems)
}

/// A row that is read alone, of a table that was looked at before.
pub(super) struct Alone {
    /// The decimal mark that the table shows.
    pub(super) mark: Option<Mark>,
    /// The number of the row in the table.
    pub(super) number: usize,
}

/// Reads a table, or its headings with one row of it.
pub(super) fn read_some(
    (file, limits): (FileId, &Limits),
    text: &str,
    (kind, key_column): (&str, Option<&str>),
    alone: Option<&Alone>,
    problems: &mut Problems,
) -> RawData {
    let mut data = RawData::default();
    let Some(separator) = Separator::detect(file, text, problems) else { return data };
    let Some(mut found) = rows(file, text, separator, problems) else { return data };
    if let Some(alone) = alone {
        found.iter_mut().skip(1).for_each(|row| row.number = alone.number);
    }
    let Some((head, body)) = found.split_first() else { return data };
    let Some(table) = headings(head, key_column, problems) else { return data };
    let origin = Origin { span: head.span, place: Place::Cell { row: head.number, column: kind.to_owned() } };
    data.kinds.push(RawKind { name: kind.to_owned(), origin });
    let body = fitting(head, body, problems);
    let Some(mut mark) = decimal_mark(&table, &body, problems) else { return data };
    if let Some(Alone { mark: Some(own), .. }) = alone {
        if let Some(other) = mark.shown.filter(|shown| shown != own) {
            let at = body.first().map_or(head.span, |row| row.span);
            problems.report(&FigureProblem::OtherMark { at, other: other == Mark::Comma });
            return data;
        }
        mark.shown = Some(*own);
    }
    Reader { kind, table: &table, mark, limits, problems, data: &mut data, seen: BTreeMap::new(), asked: 0 }
        .rows(&body);
    data
}

/// A heading as a reader of single rows needs it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heading {
    /// The place of its cells in a row, from 0.
    pub index: usize,
    /// As it is written.
    pub written: String,
    /// The name of the fact, a time at its end cut off.
    pub name: String,
    /// The time at its end.
    pub time: Option<RawTime>,
}

/// What the beginning of a table says of all of it.
pub(super) struct Looked {
    pub(super) key: usize,
    /// Whether it has a column of times, so that an entity may have several rows.
    pub(super) by_time: bool,
    pub(super) headings: Vec<Heading>,
    pub(super) mark: Option<Mark>,
    /// Where the first row below the headings begins, in bytes.
    pub(super) body: usize,
    pub(super) separator: Separator,
}

/// Looks at the beginning of a table: its headings, and what its first rows show of the decimal mark.
pub(super) fn look(
    file: FileId,
    text: &str,
    key_column: Option<&str>,
    problems: &mut Problems,
) -> Option<Looked> {
    let separator = Separator::detect(file, text, problems)?;
    let found = rows(file, text, separator, problems)?;
    let (head, body) = found.split_first()?;
    let table = headings(head, key_column, problems)?;
    let rows: Vec<&Row> = body.iter().filter(|row| row.cells.len() == head.cells.len()).collect();
    let mark = decimal_mark(&table, &rows, problems)?.shown;
    let own = |column: &Column<'_>| Heading {
        index: column.index,
        written: column.heading.to_owned(),
        name: column.name.clone(),
        time: column.time,
    };
    let body = usize::try_from(head.span.end).unwrap_or(usize::MAX).saturating_add(1);
    Some(Looked {
        key: table.key.index,
        by_time: table.time.is_some(),
        headings: table.facts.iter().map(own).collect(),
        mark,
        body,
        separator,
    })
}

/// What the headings say.
struct Table<'a> {
    key: Column<'a>,
    time: Option<Column<'a>>,
    facts: Vec<Column<'a>>,
}

struct Column<'a> {
    index: usize,
    heading: &'a str,
    /// The name of the fact, a time at its end cut off.
    name: String,
    time: Option<RawTime>,
}

fn headings<'a>(head: &'a Row, key_column: Option<&str>, problems: &mut Problems) -> Option<Table<'a>> {
    let before = problems.len();
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    let mut columns = Vec::new();
    for (index, cell) in head.cells.iter().enumerate() {
        let name: String = cell.text.nfc().collect();
        let is_fit = check_name(&name, cell.span, problems);
        if let Some(first) = seen.insert(name.clone(), cell.span).filter(|_| is_fit) {
            problems.report(&TableProblem::RepeatedColumn { name, first, again: cell.span });
        } else {
            columns.push(Column { index, heading: &cell.text, name, time: None });
        }
    }
    let key = match key_column {
        None => Some(0),
        Some(wanted) => columns.iter().position(|column| column.name == wanted),
    };
    let Some(key) = key else {
        let column = key_column.unwrap_or_default().to_owned();
        problems.report(&TableProblem::NoKeyColumn { at: head.span, column });
        return None;
    };
    if problems.len() > before || columns.is_empty() {
        return None;
    }
    let key = columns.remove(key);
    let time = columns.iter().position(|column| is_time_column(&column.name)).map(|at| columns.remove(at));
    for column in &mut columns {
        if let Some((name, time)) = split_name(&column.name) {
            (column.name, column.time) = (name.to_owned(), Some(time));
        }
    }
    Some(Table { key, time, facts: columns })
}

fn is_time_column(name: &str) -> bool {
    matches!(name.to_lowercase().as_str(), "år" | "year")
}

/// Keeps the rows that have a cell for each heading; empty rows are dropped, others reported.
fn fitting<'a>(head: &Row, body: &'a [Row], problems: &mut Problems) -> Vec<&'a Row> {
    let expected = head.cells.len();
    let rows = || body.iter().filter(|row| row.cells.iter().any(|cell| !cell.text.is_empty()));
    for row in rows().filter(|row| row.cells.len() != expected).take(MAX_REPORTED) {
        problems.report(&TableProblem::RowLength { at: row.span, found: row.cells.len(), expected });
    }
    rows().filter(|row| row.cells.len() == expected).collect()
}

/// What the numbers of a table show of their decimal mark.
struct Marks {
    /// The mark, where any number shows it.
    shown: Option<Mark>,
}

/// Finds the decimal mark of the whole table; `None` when the numbers contradict each other.
fn decimal_mark(table: &Table<'_>, body: &[&Row], problems: &mut Problems) -> Option<Marks> {
    let mut first: BTreeMap<Mark, Origin> = BTreeMap::new();
    for row in body {
        for column in &table.facts {
            let Some(cell) = row.cells.get(column.index) else { continue };
            if let Figure::Shows(mark) = figure::classify(&cell.text) {
                first.entry(mark).or_insert_with(|| origin(row, column, cell));
            }
        }
    }
    match (first.remove(&Mark::Comma), first.remove(&Mark::Point)) {
        (Some(comma), Some(point)) => {
            problems.report(&FigureProblem::TwoMarks { comma, point });
            None
        }
        (Some(_), None) => Some(Marks { shown: Some(Mark::Comma) }),
        (None, Some(_)) => Some(Marks { shown: Some(Mark::Point) }),
        (None, None) => Some(Marks { shown: None }),
    }
}

struct Reader<'a> {
    kind: &'a str,
    table: &'a Table<'a>,
    mark: Marks,
    limits: &'a Limits,
    problems: &'a mut Problems,
    data: &'a mut RawData,
    /// The keys and times that have had a row.
    seen: BTreeMap<(String, Option<RawTime>), Origin>,
    /// How many ambiguous numbers have been reported.
    asked: usize,
}

impl Reader<'_> {
    fn rows(&mut self, body: &[&Row]) {
        for row in body {
            self.row(row);
        }
    }

    fn row(&mut self, row: &Row) {
        let table = self.table;
        let Some(cell) = row.cells.get(table.key.index) else { return };
        let key: String = cell.text.nfc().collect();
        let origin_of_key = origin(row, &table.key, cell);
        let Some(time) = self.time_of(row) else { return };
        if !check_name(&key, cell.span, self.problems) {
            return;
        }
        if let Some(first) = self.seen.get(&(key.clone(), time)) {
            let first = first.clone();
            return self.problems.report(&TableProblem::RepeatedRow { key, first, again: origin_of_key });
        }
        self.seen.insert((key.clone(), time), origin_of_key.clone());
        let kind = self.kind.to_owned();
        self.data.entities.push(RawEntity { kind, key: key.clone(), parent: None, origin: origin_of_key });
        for column in &table.facts {
            self.fact(row, &key, time, column);
        }
    }

    /// Reads the time column of a row: `Some(None)` when the row is for no special time, `None` when it cannot be read.
    fn time_of(&mut self, row: &Row) -> Option<Option<RawTime>> {
        let Some(column) = &self.table.time else { return Some(None) };
        let Some(cell) = row.cells.get(column.index).filter(|cell| !cell.text.is_empty()) else {
            return Some(None);
        };
        let time = read_time(&cell.text);
        if time.is_none() {
            let (at, written) = (cell.span, cell.text.clone());
            self.problems.report(&ShapeProblem::BadTime { at, written });
        }
        time.map(Some)
    }

    fn fact(&mut self, row: &Row, key: &str, row_time: Option<RawTime>, column: &Column<'_>) {
        let Some(cell) = row.cells.get(column.index) else { return };
        let origin = origin(row, column, cell);
        let Some(value) = self.value(cell, &origin) else { return };
        let fact = column.name.clone();
        let target = RawTarget::Entity { kind: self.kind.to_owned(), key: key.to_owned(), fact };
        let full_name = column.time.map(|_| column.heading.nfc().collect());
        let time = column.time.or(row_time);
        self.data.entries.push(RawEntry { target, full_name, time, value, origin });
    }

    fn value(&mut self, cell: &Cell, origin: &Origin) -> Option<RawValue> {
        let (at, written) = (cell.span, cell.text.clone());
        let limit = self.limits.count(Limit::TextLength);
        if written.len() > limit {
            self.problems.report(&FormProblem::TextTooLong { at, bytes: written.len(), limit });
            return None;
        }
        let most = self.limits.count(Limit::Digits);
        let mark = match figure::classify(&cell.text) {
            Figure::Words => return Some(text_value(&cell.text)),
            Figure::Shows(mark) => mark,
            Figure::Whole => self.mark.shown.unwrap_or(Mark::Comma),
            Figure::Either(_) => match self.mark.shown {
                Some(mark) => mark,
                None => {
                    self.asked += 1;
                    if self.asked <= MAX_REPORTED {
                        self.problems.report(&FigureProblem::Ambiguous { at: origin.clone(), written });
                    }
                    return None;
                }
            },
        };
        let number = figure::number(&cell.text, mark, most);
        if number.is_none() {
            self.problems.report(&FigureProblem::TooManyDigits { at, written, most });
        }
        number.map(RawValue::Number)
    }
}

fn origin(row: &Row, column: &Column<'_>, cell: &Cell) -> Origin {
    let place = Place::Cell { row: row.number, column: column.heading.to_owned() };
    Origin { span: cell.span, place }
}
