use std::collections::BTreeMap;
use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::text::push_picture;
use super::visible;
use crate::base::{LineCol, SourceFile, is_hidden};

/// Lines of context around a place.
const CONTEXT: usize = 1;
/// However far apart the places on a line are, no more characters of it are shown than this.
const WIDEST: usize = 240;
/// A place that covers more lines than this is shown by its first line.
const TALLEST: usize = 8;

/// What miette is shown of one text: only the lines around the places, hidden characters made visible, long lines
/// cut. Line numbers and columns stay those of the text.
#[derive(Debug)]
pub(super) struct Snippet {
    name: String,
    text: String,
    lines: Vec<Line>,
    /// For each character shown: its offset in the real text and in the shown one, both rising.
    marks: Vec<(usize, usize)>,
    /// The places, in the order asked for.
    places: Vec<Place>,
}

#[derive(Debug)]
struct Line {
    /// Where the line starts in the shown text.
    start: usize,
    /// Its number in the real text, from 1.
    number: usize,
}

#[derive(Debug)]
struct Place {
    /// Where it stands in the shown text.
    shown: Range<usize>,
    /// Its column in the real text, from 1.
    column: usize,
}

impl Snippet {
    /// Cuts out what is to be shown of `file` for `spans`, byte ranges of its text. Lines are cut at about `width`
    /// characters, or where the places on them end.
    pub(super) fn new(file: &SourceFile, spans: &[Range<usize>], width: usize) -> Self {
        let spans: Vec<Range<usize>> = spans.iter().map(|span| shorten(file, span)).collect();
        let name = visible(&file.name).into_owned();
        let mut snippet = Snippet { name, text: String::new(), lines: vec![], marks: vec![], places: vec![] };
        for (number, range) in wanted_lines(file, &spans) {
            let on_line = spans.iter().filter(|s| (range.start..=range.end).contains(&s.start));
            let first = on_line.clone().map(|s| s.start).min().unwrap_or(range.start);
            let last = on_line.map(|s| s.end.min(range.end)).max().unwrap_or(range.start);
            snippet.push_line(&file.text, number, &range, &(first..last), width);
        }
        for span in spans {
            let shown = snippet.shown(span.start)..snippet.shown(span.end);
            let column = file.line_col(span.start).column;
            snippet.places.push(Place { shown, column });
        }
        snippet
    }

    /// Returns the places in offsets of the shown text, in the order asked for.
    pub(super) fn spans(&self) -> impl Iterator<Item = SourceSpan> {
        self.places.iter().map(|place| SourceSpan::from(place.shown.clone()))
    }

    /// Appends one line of the real text, cut around `focus` where it is too long.
    fn push_line(
        &mut self,
        text: &str,
        number: usize,
        range: &Range<usize>,
        focus: &Range<usize>,
        width: usize,
    ) {
        self.lines.push(Line { start: self.text.len(), number });
        let line = text.get(range.clone()).unwrap_or("");
        let keep = window(line, focus.start - range.start..focus.end - range.start, width);
        if keep.start > 0 {
            self.text.push('…');
        }
        for (at, c) in line.get(keep.clone()).unwrap_or("").char_indices() {
            self.marks.push((range.start + keep.start + at, self.text.len()));
            if is_hidden(c) { push_picture(&mut self.text, c) } else { self.text.push(c) }
        }
        self.marks.push((range.start + keep.end, self.text.len()));
        if keep.end < line.len() {
            self.text.push('…');
        }
        self.text.push('\n');
    }

    /// Returns where a byte of the real text is shown: there, or at the first character shown after it.
    fn shown(&self, offset: usize) -> usize {
        let at = self.marks.partition_point(|(real, _)| *real < offset);
        self.marks.get(at).or(self.marks.last()).map_or(0, |(_, shown)| *shown)
    }

    /// Finds the shown line that holds an offset of the shown text.
    fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.start <= offset).saturating_sub(1)
    }

    /// Tells whether the shown lines from `first` to `last` follow each other in the real text.
    fn unbroken(&self, first: usize, last: usize) -> bool {
        match (self.lines.get(first), self.lines.get(last)) {
            (Some(a), Some(b)) => b.number - a.number == last - first,
            _ => false,
        }
    }

    /// Returns the real column, from 1, of a place at an offset of the shown text.
    fn column(&self, offset: usize) -> usize {
        self.places.iter().find(|place| place.shown.start == offset).map_or(1, |place| place.column)
    }
}

/// Shows a tall place by its first line, and keeps every place inside the text.
fn shorten(file: &SourceFile, span: &Range<usize>) -> Range<usize> {
    let start = floor(&file.text, span.start);
    let end = floor(&file.text, span.end.max(start));
    let words = file.text.get(start..end).unwrap_or("");
    let tall = words.match_indices('\n').nth(TALLEST).is_some();
    let words = if tall { words.lines().next().unwrap_or("") } else { words.trim_end_matches('\n') };
    start..start + words.len()
}

/// Moves an offset back to the nearest character boundary of the text.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// Lists the lines to show, in order, each with its byte range without line break.
fn wanted_lines(file: &SourceFile, spans: &[Range<usize>]) -> BTreeMap<usize, Range<usize>> {
    let mut wanted = BTreeMap::new();
    for span in spans {
        let first = file.line_col(span.start).line.saturating_sub(CONTEXT).max(1);
        let last = file.line_col(span.end).line + CONTEXT;
        for number in first..=last {
            if let Some(range) = line_range(file, number, span.start) {
                wanted.insert(number, range);
            }
        }
    }
    wanted
}

/// Returns the bytes of line `number`, found by walking from an offset near it; `None` past the end.
fn line_range(file: &SourceFile, number: usize, near: usize) -> Option<Range<usize>> {
    let LineCol { line, .. } = file.line_col(near);
    let text = &file.text;
    let mut start = text.get(..near)?.rfind('\n').map_or(0, |at| at + 1);
    for _ in number..line {
        start = text.get(..start.checked_sub(1)?)?.rfind('\n').map_or(0, |at| at + 1);
    }
    for _ in line..number {
        start += text.get(start..)?.find('\n')? + 1;
    }
    if start == text.len() && number > 1 && number > line {
        return None;
    }
    let rest = text.get(start..)?;
    Some(start..start + rest.find('\n').unwrap_or(rest.len()))
}

/// Chooses the part of a line that is shown, so that `focus` (a byte range of it) is within as far as possible.
fn window(line: &str, focus: Range<usize>, width: usize) -> Range<usize> {
    if line.chars().count() <= width {
        return 0..line.len();
    }
    let focus = floor(line, focus.start)..floor(line, focus.end);
    let lead = width / 3;
    let before = line.get(..focus.start).unwrap_or("");
    let start = before.char_indices().rev().nth(lead).map_or(0, |(at, _)| at);
    let wanted = line.get(start..focus.end).unwrap_or("").chars().count() + 1;
    let rest = line.get(start..).unwrap_or("");
    let end = rest
        .char_indices()
        .nth(wanted.clamp(width.min(WIDEST), WIDEST))
        .map_or(line.len(), |(at, _)| start + at);
    start..end
}

impl SourceCode for Snippet {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let mut first = self.line_at(span.offset());
        let mut last = self.line_at(span.offset() + span.len().saturating_sub(1)).max(first);
        if !self.unbroken(first, last) {
            return Err(MietteError::OutOfBounds);
        }
        if before > 0 && first > 0 && self.unbroken(first - 1, last) {
            first -= 1;
        }
        if after > 0 && self.unbroken(first, last + 1) {
            last += 1;
        }
        let start = self.lines.get(first).map_or(0, |line| line.start);
        let end = self.lines.get(last + 1).map_or(self.text.len(), |line| line.start);
        let data = self.text.as_bytes().get(start..end).ok_or(MietteError::OutOfBounds)?;
        // Lines and columns count from 0 here. Only the picture's head asks without context, and only it shows a column.
        let line = self.lines.get(first).map_or(0, |line| line.number - 1);
        let column = if before == 0 { self.column(span.offset()) - 1 } else { 0 };
        let (name, shown) = (self.name.clone(), SourceSpan::from(start..end));
        Ok(Box::new(MietteSpanContents::new_named(name, data, shown, line, column, last - first + 1)))
    }
}
