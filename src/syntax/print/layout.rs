//! The rows of a formatted text: what stands on each line, how deep, and which lines line up with each other.

use std::collections::BTreeMap;

use super::line::{Role, Word};
use super::marks::Marks;
use crate::base::Lang;
use crate::syntax::literate::Prose;
use crate::syntax::opener::{Header, header, is_statement_word, opens_split};
use crate::syntax::split::{Line, Node, lines, outline};
use crate::syntax::tokens::{Token, TokenKind, tokens};

/// One line of the formatted text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Row {
    /// An empty line.
    Blank,
    /// A line of prose in a literate file, as it stands.
    Verbatim(String),
    /// A comment on a line of its own.
    Comment {
        /// The number of spaces before it.
        indent: usize,
        /// The comment with its slashes.
        text: String,
    },
    /// A line of code.
    Code(CodeRow),
}

/// A line of code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct CodeRow {
    /// The number of spaces before it.
    pub(super) indent: usize,
    /// Its words.
    pub(super) words: Vec<Word>,
    /// The comment at its end.
    pub(super) comment: Option<String>,
    /// What it lines up with: neighbours with an equal run.
    pub(super) run: Option<Run>,
    /// Whether it may be broken into several lines.
    pub(super) breakable: bool,
    /// Whether it continues the line above.
    pub(super) continues: bool,
}

/// Lines of one block that line up with each other when they are neighbours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Run {
    /// Where the header of the block stands.
    pub(super) block: usize,
    /// What kind of line it is.
    pub(super) kind: RunKind,
}

/// The kinds of lines that line up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum RunKind {
    /// `name = …`
    Definition,
    /// `betingelse name = …`
    Condition,
    /// `tilskud name = …`
    Grant,
    /// `name : type`
    Fact,
    /// `cell | cell`
    Cells,
}

/// Lays a text out in rows.
pub(super) fn rows(text: &str, lang: Lang, prose: &Prose<'_>, marks: &Marks) -> Vec<Row> {
    let places = places(&outline(text), text);
    let words = words_by_line(text, lang, marks);
    let all: Vec<Line> = lines(text).collect();
    let mut rows = Vec::new();
    for (index, line) in all.iter().enumerate() {
        if let Some(verbatim) = prose.line(index) {
            rows.push(Row::Verbatim(verbatim.to_owned()));
        } else if let Some(place) = places.get(&line.range.start) {
            // A line can be empty when its words were part of a phrase that begins on the line above.
            rows.extend(words.get(&index).map(|words| Row::Code(code_row(place, words.clone()))));
        } else if line.range.is_empty() {
            push_blank(&mut rows);
        } else {
            let indent = comment_indent(line, all.get(index + 1..).unwrap_or(&[]), text, &places);
            rows.push(Row::Comment { indent, text: line.text(text).to_owned() });
        }
    }
    trim_end(&mut rows);
    rows
}

fn push_blank(rows: &mut Vec<Row>) {
    if !matches!(rows.last(), None | Some(Row::Blank)) {
        rows.push(Row::Blank);
    }
}

fn trim_end(rows: &mut Vec<Row>) {
    while matches!(rows.last(), Some(Row::Blank)) {
        rows.pop();
    }
    // A literate file that ends with a line break has an empty line of prose last.
    if matches!(rows.last(), Some(Row::Verbatim(last)) if last.is_empty()) {
        rows.pop();
    }
}

/// Where a line of code belongs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Place {
    /// The number of block levels above it.
    depth: usize,
    /// The spaces before it as written.
    written_indent: usize,
    /// The header of its block: where it stands and what it is.
    parent: Option<(usize, Header)>,
    /// Whether it lies in a scenario or test, where nothing is lined up.
    loose: bool,
    /// What it opens itself.
    opens: bool,
    /// Whether it continues the line above.
    continues: bool,
}

impl Place {
    fn indent(&self) -> usize {
        2 * self.depth + if self.continues { 4 } else { 0 }
    }
}

/// Finds the place of every line of code, by where its first character stands.
fn places(roots: &[Node], text: &str) -> BTreeMap<usize, Place> {
    let mut found = BTreeMap::new();
    let top =
        Place { depth: 0, written_indent: 0, parent: None, loose: false, opens: false, continues: false };
    for root in roots {
        place_node(root, top, text, &mut found);
    }
    found
}

fn place_node(node: &Node, place: Place, text: &str, found: &mut BTreeMap<usize, Place>) {
    let head = text.get(node.head.clone()).unwrap_or("");
    let opens = !node.children.is_empty();
    found.insert(node.head.start, Place { written_indent: node.indent, opens, ..place });
    for line in lines(head).skip(1).filter(|line| line.is_code(head)) {
        let at = node.head.start + line.range.start;
        found.insert(at, Place { continues: true, written_indent: line.indent, ..place });
    }
    let own = node_header(head);
    let loose = place.loose || matches!(own, Header::Scenario | Header::Test | Header::Expect);
    let below = Place { depth: place.depth + 1, parent: Some((node.head.start, own)), loose, ..place };
    for child in &node.children {
        place_node(child, below, text, found);
    }
}

/// The header of a line with its continuations: a split is opened by its last line.
fn node_header(head: &str) -> Header {
    match header(head) {
        Header::Nothing if head.lines().last().is_some_and(opens_split) => Header::Split,
        found => found,
    }
}

/// A comment stands with the line of code below it; one that is deeper belongs to the end of the block above.
fn comment_indent(line: &Line, below: &[Line], text: &str, places: &BTreeMap<usize, Place>) -> usize {
    let next = below.iter().find(|line| line.is_code(text)).and_then(|line| places.get(&line.range.start));
    match next {
        Some(next) if next.written_indent >= line.indent => next.indent(),
        Some(_) | None => {
            let floor = next.map_or(0, |next| next.indent());
            enclosing(line, places).map_or(floor, |place| place.indent().max(floor))
        }
    }
}

/// The nearest line above that stands no deeper than the comment, and does not merely continue another.
fn enclosing<'a>(line: &Line, places: &'a BTreeMap<usize, Place>) -> Option<&'a Place> {
    let above = places.range(..line.range.start).rev().map(|(_, place)| place);
    above.filter(|place| !place.continues).find(|place| place.written_indent <= line.indent)
}

/// The words and the comment of each line, by its number from 0.
fn words_by_line(text: &str, lang: Lang, marks: &Marks) -> BTreeMap<usize, (Vec<Word>, Option<String>)> {
    let mut found: BTreeMap<usize, (Vec<Word>, Option<String>)> = BTreeMap::new();
    let (mut line, mut spaced) = (0, false);
    for token in tokens(text, lang) {
        let written = text.get(token.range.clone()).unwrap_or("");
        match token.kind {
            TokenKind::Newline => line += 1,
            TokenKind::Space => {}
            _ if marks.is_covered(&token) => {}
            TokenKind::Comment | TokenKind::Doc => found.entry(line).or_default().1 = Some(trimmed(written)),
            TokenKind::Keyword
            | TokenKind::Name
            | TokenKind::Number
            | TokenKind::Text
            | TokenKind::OpenText
            | TokenKind::Operator
            | TokenKind::Open
            | TokenKind::Close
            | TokenKind::Punctuation
            | TokenKind::Unknown => {
                push_word(&mut found.entry(line).or_default().0, &token, written, spaced, marks)
            }
        }
        spaced = matches!(token.kind, TokenKind::Space | TokenKind::Newline);
    }
    found
}

fn trimmed(comment: &str) -> String {
    comment.trim_end_matches(' ').to_owned()
}

fn push_word(words: &mut Vec<Word>, token: &Token, written: &str, spaced: bool, marks: &Marks) {
    let role = match marks.role(token, written) {
        Role::Trailing if words.is_empty() => Role::Plain,
        role => role,
    };
    words.push(Word::new(token, marks.text(token.range.start).unwrap_or(written), spaced, role));
}

fn code_row(place: &Place, (words, comment): (Vec<Word>, Option<String>)) -> CodeRow {
    let run = run(place, &words);
    let is_cells = words.iter().any(|word| word.text == "|");
    let is_typed = words.iter().any(|word| word.role == Role::Typing);
    let breakable = !place.opens && !is_cells && !is_typed;
    CodeRow { indent: place.indent(), words, comment, run, breakable, continues: place.continues }
}

/// Tells what a line lines up with.
fn run(place: &Place, words: &[Word]) -> Option<Run> {
    let (block, parent) = place.parent?;
    if place.loose || place.continues {
        return None;
    }
    let has = |sign: &str| words.iter().any(|word| word.text == sign);
    let typed = words.iter().any(|word| word.role == Role::Typing);
    let first = words.first()?;
    let kind = match parent {
        Header::Table | Header::Scale | Header::Rows if has("|") => RunKind::Cells,
        Header::Kind if typed => RunKind::Fact,
        _ if !has("=") || typed => return None,
        _ => definition_kind(first, words.get(1))?,
    };
    Some(Run { block, kind })
}

fn definition_kind(first: &Word, second: Option<&Word>) -> Option<RunKind> {
    let assigned_itself = second.is_some_and(|word| word.text == "=");
    match first.text.as_str() {
        _ if assigned_itself => Some(RunKind::Definition),
        "betingelse" | "condition" => Some(RunKind::Condition),
        "tilskud" | "grant" => Some(RunKind::Grant),
        word if is_statement_word(word) => None,
        _ => Some(RunKind::Definition),
    }
}
