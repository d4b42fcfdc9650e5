use super::{Diagnostic, Severity};

/// Anything that a stage can find: data with all its places, worded only here.
pub trait Report {
    /// Words the finding in both languages.
    fn report(&self) -> Diagnostic;
}

/// The sink every stage writes to; findings are collected, never thrown.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    found: Vec<Diagnostic>,
}

impl Problems {
    /// Makes an empty sink.
    pub fn new() -> Self {
        Self::default()
    }
    /// Adds a stage's own finding.
    pub fn report(&mut self, problem: &impl Report) {
        self.push(problem.report());
    }
    /// Adds a worded finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }
    /// Takes over all findings of another sink.
    pub fn append(&mut self, other: Problems) {
        self.found.extend(other.found);
    }
    /// Tells whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }
    /// Counts findings of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.found.iter().filter(|d| d.severity == severity).count()
    }
    /// Tells whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
    /// Returns the number of findings.
    pub fn len(&self) -> usize {
        self.found.len()
    }
    /// Walks the findings in the order they were made.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.found.iter()
    }
    /// Returns the findings by file and place, each once.
    pub fn sorted(&self) -> Vec<Diagnostic> {
        let mut all = self.found.clone();
        all.sort_by(|a, b| (a.span(), a.code, &a.message).cmp(&(b.span(), b.code, &b.message)));
        all.dedup();
        all
    }
}
