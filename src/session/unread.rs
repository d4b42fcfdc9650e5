//! Places whose text could not be read, or can be read in two ways: nothing is computed from them, and what later
//! stages find there is only an echo of the first finding.

use crate::base::Span;
use crate::diag::{Problems, Severity};
use crate::model::{Model, NodeKind};

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

/// Drops the findings whose own place overlaps one that could not be read.
pub(super) fn without_echoes(found: Problems, unread: &[Span]) -> Problems {
    let mut kept = Problems::new();
    for finding in found.iter() {
        let echo = finding.span().is_some_and(|span| unread.iter().any(|place| overlap(span, *place)));
        if !echo {
            kept.push(finding.clone());
        }
    }
    kept
}

pub(super) fn holds(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

fn overlap(a: Span, b: Span) -> bool {
    a.file == b.file && a.start < b.end && b.start < a.end
}
