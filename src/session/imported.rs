//! What is said of files that `brug` brought in: only what could make a result wrong.

use super::Session;
use crate::base::Span;
use crate::diag::{Code, Diagnostic, Problems, Severity};
use crate::model::Model;

impl Session {
    /// Keeps all findings but the warnings and notes about files that were brought in; of what nobody uses in them
    /// only where the session is to be compared with others that load them.
    pub(super) fn without_their_warnings(&self, found: Problems) -> Problems {
        if self.imports.brought_in.is_empty() {
            return found;
        }
        let mut kept = Problems::new();
        for finding in found.iter() {
            let theirs = finding.span().is_some_and(|span| self.imports.is_brought_in(span.file));
            let told = finding.severity == Severity::Error || self.is_compared && is_of_use(finding);
            if !theirs || told {
                kept.push(finding.clone());
            }
        }
        kept
    }
}

/// Tells whether a finding says that nobody uses a name.
pub(super) fn is_of_use(finding: &Diagnostic) -> bool {
    matches!(finding.code, Code::UnusedFact | Code::UnusedLocal)
}

/// Tells whether something stands in a file that was asked for.
pub(super) fn is_own(model: &Model, span: Span) -> bool {
    !model.imports.is_brought_in(span.file)
}
