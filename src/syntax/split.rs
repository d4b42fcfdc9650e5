//! The outline of a text: which lines belong together, found from indentation and first words alone. It needs no
//! grammar, so it also holds for texts that do not parse: the recovery cuts at it, the formatter indents by it.

use std::ops::Range;

use super::grammar::Kind;
use super::opener::{Header, header, header_kind, opens_split};

/// A line of code with the lines that continue it, and the block below it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Node {
    /// From its first character to the end of its last continuation line, without the line break.
    pub(super) head: Range<usize>,
    /// The number of spaces before it.
    pub(super) indent: usize,
    /// Whether it stands at the indentation of its block; a line that stands elsewhere belongs nowhere.
    pub(super) aligned: bool,
    /// The lines of its block.
    pub(super) children: Vec<Node>,
}

impl Node {
    /// Returns the bytes of the line and everything below it.
    pub(super) fn whole(&self) -> Range<usize> {
        self.head.start..self.children.last().map_or(self.head.end, |child| child.whole().end)
    }
}

/// Returns the outline of a text: the top-level items, each with its lines.
pub(super) fn outline(text: &str) -> Vec<Node> {
    let lines: Vec<Line> = lines(text).filter(|line| line.is_code(text)).collect();
    let mut rest = lines.as_slice();
    nodes(text, &mut rest, None)
}

/// A line: its first character after the indentation, its end without the line break, and the indentation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Line {
    pub(super) range: Range<usize>,
    pub(super) indent: usize,
}

impl Line {
    /// The words of the line.
    pub(super) fn text<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.range.clone()).unwrap_or("")
    }
    /// Tells whether the line holds anything but space and comment.
    pub(super) fn is_code(&self, text: &str) -> bool {
        let words = self.text(text);
        !words.is_empty() && !words.starts_with("//")
    }
}

/// Walks the lines of a text; spaces at their ends do not count.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line> {
    let mut start = 0;
    text.split('\n').map(move |line| {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let end = start + line.trim_end_matches(' ').len();
        let range = (start + indent).min(end)..end;
        start += line.len() + 1;
        Line { range, indent }
    })
}

/// Takes the lines of one block: those deeper than `parent`. The first line sets the indentation of the block.
fn nodes(text: &str, rest: &mut &[Line], parent: Option<usize>) -> Vec<Node> {
    let expected = match parent {
        None => 0,
        Some(_) => rest.first().map_or(0, |line| line.indent),
    };
    let mut found = Vec::new();
    while let Some((first, after)) = rest.split_first() {
        if parent.is_some_and(|parent| first.indent <= parent) {
            break;
        }
        *rest = after;
        found.push(node(text, first, rest, first.indent == expected));
    }
    found
}

fn node(text: &str, first: &Line, rest: &mut &[Line], aligned: bool) -> Node {
    let mut head = first.range.clone();
    let mut opens = header(first.text(text)) != Header::Nothing;
    if opens && let Some(end) = rest_of_header(text, first, rest) {
        head.end = end;
    }
    while !opens {
        match rest.split_first() {
            Some((line, after)) if line.indent > first.indent => {
                head.end = line.range.end;
                opens = opens_split(line.text(text));
                *rest = after;
            }
            Some(_) | None => return Node { head, indent: first.indent, aligned, children: Vec::new() },
        }
    }
    Node { head, indent: first.indent, aligned, children: nodes(text, rest, Some(first.indent)) }
}

/// Takes the lines that go on with a header above, and returns where they end. No line of a block begins as they do.
fn rest_of_header(text: &str, first: &Line, rest: &mut &[Line]) -> Option<usize> {
    let mut end = None;
    while let Some((line, after)) = rest.split_first()
        && line.indent > first.indent
        && goes_on(first.text(text), line.text(text))
    {
        end = Some(line.range.end);
        *rest = after;
    }
    end
}

fn goes_on(head: &str, line: &str) -> bool {
    // A row of a table can begin with a text.
    if matches!(header(head), Header::Table | Header::Scale | Header::Rows | Header::Expect) {
        return false;
    }
    match line.split(' ').next().unwrap_or("") {
        "for" | "viderefører" | "carries" => true,
        // In the block of a scale, `to` begins a row.
        "af" | "to" => header_kind(head) == Some(Kind::kw_amendment),
        first => first.starts_with('"'),
    }
}

#[cfg(test)]
mod tests;
