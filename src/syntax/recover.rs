//! What a text says although parts of it do not parse: each broken part is reported once, at its own place, and written
//! over, so that the rest is parsed as if the part were right.

use std::ops::Range;

use super::grammar::{Kind, StrictError, parse_as};
use super::opener::{Header, header, header_kind};
use super::problem::SyntaxProblem;
use super::split::{Node, outline};
use super::stop::{Scene, worded};
use super::tokens::{TokenKind, tokens};
use super::traps::goes_on_with_header;
use crate::base::{FileId, Lang, Limit, Limits, Span, bi};
use crate::diag::{Code, Diagnostic, Edit, Label, Report};

/// What stands for a broken part; the grammar's `broken` and `lost`.
const BROKEN: u8 = 0x1A;

/// So many findings are made; what comes after them is written over unread.
const MOST_FOUND: usize = 100;

/// A text that parses, and what was wrong with it.
#[derive(Clone, Debug)]
pub(super) struct Recovered {
    /// The text with its broken parts written over; every other byte stands where it stood.
    pub(super) text: String,
    /// One finding for each broken part.
    pub(super) found: Vec<Diagnostic>,
}

/// Finds the broken parts of a text: items by their first column, lines by the indentation of their block.
pub(super) fn recover(text: &str, file: FileId, lang: Lang, limits: &Limits) -> Recovered {
    let blocks = limits.count(Limit::Blocks);
    let mut state = State { blocks, text, file, lang, patched: text.as_bytes().to_vec(), found: Vec::new() };
    for item in outline(text) {
        state.limit_depth(&item, 0);
        state.mend(&item, None, Kind::only_item);
    }
    state.found = one_rename_each(state.found, text);
    // INVARIANT: whole tokens and lines are written over by ASCII, so the text stays UTF-8.
    Recovered { text: String::from_utf8(state.patched).unwrap_or_default(), found: state.found }
}

/// A word of the language that is used as a name stops the parse again wherever the name is read: that is one mistake,
/// mended by one new name.
fn one_rename_each(found: Vec<Diagnostic>, text: &str) -> Vec<Diagnostic> {
    let place = |finding: &Diagnostic| finding.span().map(|span| or_word_before(span, text));
    let word = |finding: &Diagnostic| place(finding).and_then(|span| text.get(span.range()));
    let (mut names, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|f| f.code == Code::ReservedName);
    let mut kept = Vec::new();
    for other in others {
        let general = other.code == Code::UnexpectedHere && other.fixes.is_empty() && other.helps.is_empty();
        let same =
            names.iter_mut().find(|name| general && word(name).is_some() && word(name) == word(&other));
        match (same, place(&other)) {
            (Some(name), Some(span)) => read_again(name, span, text),
            (_, _) => kept.push(other),
        }
    }
    names.extend(kept);
    names
}

/// A parse that stopped at the end of a line has read the last word there as one of the language: that word.
fn or_word_before(at: Span, text: &str) -> Span {
    let before = text.get(..at.start as usize).unwrap_or("");
    let rest = text.get(at.start as usize..).unwrap_or("");
    if !rest.is_empty() && !rest.starts_with('\n') {
        return at;
    }
    let length = before.len() - before.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_').len();
    Span::new(at.file, before.len() - length, before.len())
}

/// Adds a line that reads such a name to what is said of it, and to its correction.
fn read_again(name: &mut Diagnostic, at: Span, text: &str) {
    let word = text.get(at.range()).unwrap_or("");
    let line = text.get(at.start as usize..).and_then(|rest| rest.lines().next()).unwrap_or("");
    let is_name = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let places: Vec<Span> = line
        .match_indices(word)
        .filter(|(start, _)| !is_name(line.get(..*start).and_then(|l| l.chars().next_back())))
        .filter(|(start, _)| !is_name(line.get(start + word.len()..).and_then(|l| l.chars().next())))
        .map(|(start, _)| at.start as usize + start)
        .map(|start| Span::new(at.file, start, start + word.len()))
        .collect();
    name.labels.push(Label { span: at, text: bi!("og læst her", "and read here") });
    for fix in &mut name.fixes {
        let Some(text) = fix.edits.first().map(|edit| edit.text.clone()) else { continue };
        fix.edits.extend(places.iter().map(|span| Edit { span: *span, text: text.clone() }));
    }
}

struct State<'t> {
    text: &'t str,
    file: FileId,
    lang: Lang,
    blocks: usize,
    patched: Vec<u8>,
    found: Vec<Diagnostic>,
}

impl State<'_> {
    /// Writes over what nests too deeply, before anything is parsed: parsing takes the longer, the deeper a block is.
    fn limit_depth(&mut self, node: &Node, depth: usize) {
        if depth < self.blocks {
            node.children.iter().for_each(|child| self.limit_depth(child, depth + 1));
        } else if !node.children.is_empty() {
            let at = Span::new(self.file, node.head.start, node.head.end);
            self.found.push(SyntaxProblem::TooNested { at, limit: self.blocks }.report());
            self.cover(node.whole());
        }
    }

    /// Parses a piece again and again, each time with one more broken part written over, until it parses.
    fn mend(&mut self, piece: &Node, parent: Option<&Node>, entry: Kind) {
        if !piece.aligned {
            self.report(piece, parent, piece.head.start, &[]);
            self.blank(piece.whole());
            return;
        }
        if self.parse(piece, entry).is_ok() {
            return;
        }
        self.mend_misplaced(piece);
        self.mend_block(piece);
        let mut broken: Vec<(usize, u8)> = Vec::new();
        while let Err(error) = self.parse(piece, entry) {
            if self.found.len() >= MOST_FOUND {
                self.cover(piece.whole());
                return;
            }
            let at = piece.head.start + error.offset;
            let (node, above) = innermost(piece, parent, at);
            let times =
                broken.iter().find(|(start, _)| *start == node.head.start).map_or(0, |(_, times)| *times);
            if times == 0 {
                let error = self
                    .probed(piece, entry, node)
                    .filter(|probed| probed.offset >= error.offset)
                    .unwrap_or(error);
                self.report(node, above, piece.head.start + error.offset, &error.expected);
            }
            if node.head.start == piece.head.start {
                self.cover(piece.whole());
                return;
            }
            self.cover_part(node, times, at);
            broken.retain(|(start, _)| *start != node.head.start);
            broken.push((node.head.start, times + 1));
            if times > 1 {
                // The line cannot even be written over, so its block has no room for it: give the whole piece up.
                self.cover(piece.whole());
                return;
            }
        }
    }

    /// Reports the lines below a piece that stand at no level; where they stand says that they cannot be right.
    fn mend_misplaced(&mut self, piece: &Node) {
        // The rest of a header on its own line is not the first line of the block, and sets no indentation.
        let rest = piece.children.first().filter(|first| goes_on_with_header(self.text, first));
        for child in &piece.children {
            if rest == Some(child) || !child.aligned && rest.is_none() {
                self.report(child, Some(piece), child.head.start, &[]);
                self.blank(child.whole());
            } else {
                self.mend_misplaced(child);
            }
        }
    }

    /// Parses a piece with one more, impossible word at the end of a line. A parse that stopped at the end of that line
    /// then tells which words could have followed: they are only tried after a space.
    fn probed(&self, piece: &Node, entry: Kind, node: &Node) -> Option<StrictError> {
        let whole = piece.whole();
        let head = self.text.get(node.head.clone())?;
        let last = tokens(head, self.lang).into_iter().rfind(|word| !word.is_trivia())?;
        let end = node.head.start + last.range.end;
        let before = std::str::from_utf8(self.patched.get(whole.start..end)?).ok()?;
        let after = std::str::from_utf8(self.patched.get(end..whole.end)?).ok()?;
        parse_as(entry, &format!("{before} \u{7F}{after}"), self.lang).err()
    }

    /// Mends the lines of a block one by one, so that a long block with many mistakes does not take longer than its
    /// length; what is left is a matter of the block as a whole.
    fn mend_block(&mut self, piece: &Node) {
        let head = self.text.get(piece.head.clone()).unwrap_or("");
        if let Some(entry) = line_entry(head) {
            piece.children.iter().for_each(|line| self.mend(line, Some(piece), entry));
        }
    }

    fn parse(&self, piece: &Node, entry: Kind) -> Result<(), StrictError> {
        let words =
            self.patched.get(piece.whole()).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("");
        parse_as(entry, words, self.lang).map(|_| ())
    }

    fn report(&mut self, node: &Node, parent: Option<&Node>, offset: usize, expected: &[Kind]) {
        let scene = Scene::of_line(self.text, self.file, self.lang, (node, parent), offset, expected);
        let finding = worded(&scene);
        // One message for a pair of braces: the line with the closing one says nothing new.
        let closing = scene.words.len() == 1 && scene.word(0) == "}";
        // What is wrong with a header is found again at each of its lines.
        let again = self.found.contains(&finding);
        let pair = closing && self.found.iter().any(|found| found.code == finding.code);
        if !again && !pair && !self.continues(&finding) {
            self.found.push(finding);
        }
    }

    /// Lines in a row with the very same fault, such as rows without their table, are one finding over all of them.
    fn continues(&mut self, finding: &Diagnostic) -> bool {
        let Some(span) = finding.span().filter(|_| finding.fixes.is_empty()) else { return false };
        let text = self.text;
        let Some(last) = self.found.last_mut() else { return false };
        let whole =
            |at: Span| text.get(..at.start as usize).is_some_and(|t| t.trim_end_matches(' ').ends_with('\n'));
        let (Some(label), true) = (last.labels.first_mut(), last.message == finding.message) else {
            return false;
        };
        let between = text.get(label.span.end as usize..span.start as usize).unwrap_or("…");
        let below = between.trim().is_empty() && whole(label.span) && whole(span);
        if below {
            label.span = label.span.to(span);
        }
        below
    }

    /// Writes over a line: first only its value, so that its name stays declared; if that does not help, all of it.
    fn cover_part(&mut self, node: &Node, times: u8, at: usize) {
        match self.value_of(node).filter(|value| times == 0 && value.start <= at) {
            Some(value) => self.cover(value.start..node.whole().end),
            None => self.cover(node.whole()),
        }
    }

    /// From the sign that gives the value to the end of the line.
    fn value_of(&self, node: &Node) -> Option<Range<usize>> {
        let head = self.text.get(node.head.clone())?;
        let words = tokens(head, self.lang);
        let equals = words.iter().find(|word| head.get(word.range.clone()) == Some("="))?;
        let row = words
            .iter()
            .any(|word| word.kind == TokenKind::Punctuation && head.get(word.range.clone()) == Some("|"));
        (!row).then_some(node.head.start + equals.range.start..node.head.end)
    }

    fn cover(&mut self, range: Range<usize>) {
        self.blank(range.clone());
        // All of the first letter, so that the place of what is broken cuts none in two.
        let first =
            self.text.get(range.start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let end = (range.start + first).min(range.end);
        self.patched.get_mut(range.start..end).into_iter().flatten().for_each(|byte| *byte = BROKEN);
    }

    fn blank(&mut self, range: Range<usize>) {
        for byte in self.patched.get_mut(range).into_iter().flatten().filter(|byte| **byte != b'\n') {
            *byte = b' ';
        }
    }
}

/// The line that holds an offset, or the last one before it, with the line it belongs to.
fn innermost<'n>(piece: &'n Node, parent: Option<&'n Node>, at: usize) -> (&'n Node, Option<&'n Node>) {
    let (mut node, mut above) = (piece, parent);
    while let Some(child) = node.children.iter().rev().find(|child| child.head.start <= at) {
        (node, above) = (child, Some(node));
    }
    (node, above)
}

/// The anchored rule for the lines below a header.
fn line_entry(head: &str) -> Option<Kind> {
    match header_kind(head) {
        Some(Kind::kw_agreement | Kind::kw_act) => Some(Kind::only_agreement_line),
        Some(Kind::kw_each) => Some(Kind::only_kind_line),
        Some(Kind::kw_index) => Some(Kind::only_index_line),
        Some(Kind::kw_clause) => Some(Kind::only_clause_line),
        Some(Kind::kw_exception) => Some(Kind::only_exception_line),
        Some(Kind::kw_reading) => Some(Kind::only_reading_line),
        Some(Kind::kw_amendment) => Some(Kind::only_amendment_line),
        Some(Kind::kw_scenario) => Some(Kind::only_scenario_line),
        Some(Kind::kw_test) => Some(Kind::only_test_line),
        Some(Kind::kw_expect) => Some(Kind::only_expect_line),
        Some(Kind::kw_table) => Some(Kind::only_table_line),
        _ if header(head) == Header::Entity => Some(Kind::only_entity_line),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
