//! Lines at the wrong place: their indentation, and headers.

use super::problem::{Trap, Written};
use crate::syntax::grammar::{Kind, parse_as};
use crate::syntax::opener::{Header, header, is_statement_word};
use crate::syntax::split::Node;
use crate::syntax::stop::Scene;
use crate::syntax::tokens::{TokenKind, tokens};

/// A line that stands at no level: deeper than column 0 without a header, or between two levels.
pub(super) fn misplaced(scene: &Scene<'_>) -> Option<Trap> {
    if scene.node.aligned {
        return None;
    }
    // All lines of the block that stand elsewhere are one slip: each of them is answered with the same finding.
    let siblings = scene.parent.map_or(std::slice::from_ref(scene.node), |parent| parent.children.as_slice());
    let block = siblings.first().filter(|first| first.aligned).map_or(0, |first| first.indent);
    let away: Vec<&Node> = siblings.iter().filter(|node| !node.aligned).collect();
    let first = away.first().copied().unwrap_or(scene.node);
    let words = tokens(scene.text.get(first.head.clone()).unwrap_or(""), scene.lang);
    let length = words.first().map_or(0, |word| word.range.end);
    Some(Trap::Misplaced {
        at: scene.place(first.head.start..first.head.start + length),
        indentations: away.iter().map(|node| indentation(scene, node.head.start)).collect(),
        block,
        indent: first.indent,
    })
}

/// The spaces before a place.
fn indentation(scene: &Scene<'_>, start: usize) -> crate::base::Span {
    let before = scene.text.get(..start).unwrap_or("");
    let spaces = before.len() - before.trim_end_matches(' ').len();
    scene.place(start - spaces..start)
}

/// A header whose rest stands on the next line.
pub(super) fn header_continued(scene: &Scene<'_>) -> Option<Trap> {
    let parent = scene.parent?;
    let first = parent.children.first()?;
    let is_first = first.head.start == scene.node.head.start;
    let goes_on = goes_on_with_header(scene.text, scene.node);
    (is_first && goes_on && scene.stop <= 1).then(|| Trap::HeaderContinued {
        at: scene.span(0),
        gap: scene.place(parent.head.end..scene.node.head.start),
    })
}

/// Tells whether a line begins as only the rest of a header does: `efter trin`.
pub(in crate::syntax) fn goes_on_with_header(text: &str, line: &Node) -> bool {
    let first = text.get(line.head.clone()).and_then(|head| head.split(' ').next()).unwrap_or("");
    matches!(first, "efter" | "by" | ";" | ",")
}

/// A statement that is indented deeper than its block, and so was read as the rest of the line above.
pub(super) fn statement_too_deep(scene: &Scene<'_>) -> Option<Trap> {
    // The parse may go one word into the line before it stops: `3 +` and then a name.
    let start = (1..=scene.stop.min(scene.words.len().saturating_sub(1)))
        .rev()
        .find(|index| scene.begins_line(*index))?;
    let on_line = (start + 1..scene.words.len()).take_while(|index| !scene.begins_line(*index));
    let gives = on_line.clone().any(|index| matches!(scene.word(index), "=" | ":"));
    let is_statement = is_statement_word(scene.word(start)) && scene.kind(start + 1).is_some();
    let looks =
        matches!(scene.kind(start), Some(TokenKind::Name | TokenKind::Keyword)) && (gives || is_statement);
    looks.then(|| Trap::TooDeep {
        at: scene.span(start),
        indentation: indentation(scene, scene.span(start).start as usize),
        indent: scene.node.indent,
    })
}

/// `hver region har` without lines below it: with a line, it would parse.
pub(super) fn empty_block(scene: &Scene<'_>) -> Option<Trap> {
    let head = scene.text.get(scene.node.head.start..scene.end())?;
    if !scene.node.children.is_empty() || header(head) == Header::Nothing {
        return None;
    }
    let with_line = format!("{head}\n{}\u{1A}", " ".repeat(scene.node.indent + 2));
    let entries = [Kind::only_item, Kind::only_clause_line, Kind::only_amendment_line, Kind::only_test_line];
    let parses = |entry: &Kind| parse_as(*entry, &with_line, scene.lang).is_ok();
    let written = Written { text: scene.word(0).to_owned(), at: scene.span(0) };
    entries.iter().any(parses).then_some(Trap::EmptyBlock { header: written, indent: scene.node.indent + 2 })
}
