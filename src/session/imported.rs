//! What is said of files that `brug` brought in: only what could make a result wrong.

use crate::base::Span;
use crate::diag::{Problems, Severity};
use crate::model::{Imports, Model};

/// Keeps all findings but the warnings and notes about files that were brought in.
pub(super) fn without_their_warnings(found: Problems, imports: &Imports) -> Problems {
    if imports.files.is_empty() {
        return found;
    }
    let mut kept = Problems::new();
    for finding in found.iter() {
        let theirs = finding.span().is_some_and(|span| imports.module(span.file).is_some());
        if !theirs || finding.severity == Severity::Error {
            kept.push(finding.clone());
        }
    }
    kept
}

/// Tells whether something stands in a file that was asked for.
pub(super) fn is_own(model: &Model, span: Span) -> bool {
    model.imports.module(span.file).is_none()
}
