//! Places whose text could not be read, or can be read in two ways: nothing is computed from them, and what later
//! stages find there is only an echo of the first finding.

use crate::base::{SourceMap, Span};
use crate::diag::{Code, Diagnostic, Problems, Severity};
use crate::model::{Model, NodeKind};
use crate::syntax::{declared_at, detect_language};

/// Returns where parsing found errors.
pub(super) fn places(parsed: &Problems) -> Vec<Span> {
    parsed.iter().filter(|finding| finding.severity == Severity::Error).filter_map(|f| f.span()).collect()
}

/// Makes every expression around such a place invalid, so that no result rests on one of several readings.
pub(super) fn refuse(model: &mut Model, unread: &[Span]) {
    if unread.is_empty() {
        return;
    }
    for id in model.nodes.ids() {
        let span = model.nodes[id].span;
        if unread.iter().any(|place| holds(span, *place)) {
            model.nodes[id].kind = NodeKind::Invalid;
        }
    }
}

/// Drops the findings whose own place overlaps one that could not be read, and those that miss a name which a line that
/// could not be read declares. `sources` has the texts of all findings, those of a question too.
pub(super) fn without_echoes(found: Problems, unread: &[Span], sources: &SourceMap) -> Problems {
    let mut names: Option<Vec<&str>> = None;
    let mut missed = |finding: &Diagnostic| {
        let span = finding.span().filter(|_| finding.code == Code::UndefinedName && !unread.is_empty());
        let name = span.map(|span| sources.text(span)).filter(|name| !name.is_empty());
        name.is_some_and(|name| names.get_or_insert_with(|| declared(unread, sources)).contains(&name))
    };
    let mut kept = Problems::new();
    for finding in found.iter() {
        let echo = finding.span().is_some_and(|span| unread.iter().any(|place| overlap(span, *place)));
        if !echo && !missed(finding) {
            kept.push(finding.clone());
        }
    }
    kept
}

/// The names that the lines with such a place declare.
fn declared<'s>(unread: &[Span], sources: &'s SourceMap) -> Vec<&'s str> {
    let at = |place: &Span| {
        let text = &sources.file(place.file).text;
        declared_at(text, place.start as usize, detect_language(text))
    };
    unread.iter().flat_map(at).collect()
}

pub(super) fn holds(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

fn overlap(a: Span, b: Span) -> bool {
    a.file == b.file && a.start < b.end && b.start < a.end
}
