//! Places whose text could not be read, or can be read in two ways: nothing is computed from them, and what later
//! stages find there is only an echo of the first finding.

use crate::base::{SourceMap, Span};
use crate::diag::{Code, Diagnostic, Problems, Severity};
use crate::model::{Model, NodeKind};
use crate::syntax::{declared_at, detect_language};

/// Returns where parsing found errors. What hangs on a header that could not be read goes with it.
pub(super) fn places(parsed: &Problems, sources: &SourceMap) -> Vec<Span> {
    let errors = parsed.iter().filter(|finding| finding.severity == Severity::Error);
    let place = |finding: &Diagnostic| match (finding.code, finding.span()) {
        (Code::HeaderContinued, Some(span)) => Some(with_its_block(span, sources)),
        (_, span) => span,
    };
    errors.filter_map(place).collect()
}

/// The rest of the block in whose header the place stands: the lines after it that are indented deeper than the line
/// that the header begins on.
fn with_its_block(place: Span, sources: &SourceMap) -> Span {
    let text = &sources.file(place.file).text;
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let start = text.get(..place.start as usize).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let own = text.get(start..).and_then(|rest| rest.lines().next()).map_or(0, indent);
    let above = text.get(..start).unwrap_or("").lines().rev();
    let header = above.filter(|line| !line.trim().is_empty()).map(indent).find(|i| *i < own).unwrap_or(0);
    let below = text.get(place.end as usize..).unwrap_or("").split_inclusive('\n');
    let inside =
        below.enumerate().take_while(|(at, l)| *at == 0 || l.trim().is_empty() || indent(l) > header);
    let length: usize = inside.map(|(_, line)| line.len()).sum();
    Span { end: place.end + u32::try_from(length).unwrap_or(0), ..place }
}

/// Makes every expression around such a place invalid, from a position on, so that no result rests on one of several
/// readings.
pub(super) fn refuse(model: &mut Model, first: usize, unread: &[Span]) {
    if unread.is_empty() {
        return;
    }
    for id in model.nodes.ids_from(first) {
        let span = model.nodes[id].span;
        if unread.iter().any(|place| span.holds(*place)) {
            model.nodes[id].kind = NodeKind::Invalid;
        }
    }
}

/// Drops the findings whose own place overlaps one that could not be read, those that miss a name which a line that
/// could not be read declares, and those that miss a basis or an expectation, which may stand in such a line. `sources` has the texts of
/// all findings, those of a question too.
pub(super) fn without_echoes(found: Problems, unread: &[Span], sources: &SourceMap) -> Problems {
    let mut names: Option<Vec<&str>> = None;
    let mut missed = |finding: &Diagnostic| {
        let of_a_name = matches!(finding.code, Code::UndefinedName | Code::UnknownSource);
        let span = finding.span().filter(|_| of_a_name && !unread.is_empty());
        let name = span.map(|span| sources.text(span)).filter(|name| !name.is_empty());
        name.is_some_and(|name| names.get_or_insert_with(|| declared(unread, sources)).contains(&name))
    };
    let mut kept = Problems::new();
    for finding in found.iter() {
        let echo = finding.span().is_some_and(|span| unread.iter().any(|place| overlap(span, *place)));
        if !echo && !missed(finding) && !may_be_unread(finding, unread) {
            kept.push(finding.clone());
        }
    }
    kept
}

/// Tells whether what a finding misses may stand in a line that could not be read.
fn may_be_unread(finding: &Diagnostic, unread: &[Span]) -> bool {
    let file = finding.span().map(|span| span.file);
    matches!(finding.code, Code::NoBasis | Code::ExpectsNothing)
        && unread.iter().any(|place| Some(place.file) == file)
}

/// The names that the lines with such a place declare.
fn declared<'s>(unread: &[Span], sources: &'s SourceMap) -> Vec<&'s str> {
    let at = |place: &Span| {
        let text = &sources.file(place.file).text;
        declared_at(text, place.start as usize, detect_language(text))
    };
    unread.iter().flat_map(at).collect()
}

fn overlap(a: Span, b: Span) -> bool {
    a.file == b.file && a.start < b.end && b.start < a.end
}
