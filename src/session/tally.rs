//! How much was found, and in how many clauses: what a reader wants to know before and after the findings themselves.

use std::collections::BTreeSet;

use super::Session;
use crate::base::{Section, SectionKind, Span};
use crate::diag::{Diagnostic, Severity};

/// The findings counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tally {
    /// The files asked for, without those that `brug` brought in.
    pub files: usize,
    /// The findings that are errors.
    pub errors: usize,
    /// The findings that are warnings.
    pub warnings: usize,
    /// The findings that are notes.
    pub notes: usize,
    /// The clauses of the files asked for.
    pub clauses: usize,
    /// How many of the clauses have a finding.
    pub with_findings: usize,
    /// Whether a finding lies in none of the clauses.
    pub elsewhere: bool,
}

impl Session {
    /// Counts findings. A finding belongs to the clause that its first place lies in.
    pub fn tally(&self, found: &[Diagnostic]) -> Tally {
        let count = |severity| found.iter().filter(|finding| finding.severity == severity).count();
        let own = || self.rule_files.iter().filter(|file| !self.imports.is_brought_in(**file));
        let clauses = own().flat_map(|file| self.map.sections(*file)).filter(|section| is_clause(section));
        let at =
            |finding: &Diagnostic| Some(self.map.section(finding.span()?).filter(|s| is_clause(s))?.span);
        let places: BTreeSet<Option<Span>> = found.iter().map(at).collect();
        Tally {
            files: own().count(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            clauses: clauses.count(),
            with_findings: places.iter().flatten().count(),
            elsewhere: places.contains(&None),
        }
    }
}

fn is_clause(section: &Section) -> bool {
    section.kind == SectionKind::Clause
}
