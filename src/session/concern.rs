//! Which remarks about the rules concern a question: those about what it asks for. The others are there whatever is asked.

use super::Session;
use super::answer::Understood;
use crate::base::Span;
use crate::diag::{Diagnostic, Problems, Severity};
use crate::model::{DefId, Model, NodeKind};

impl Session {
    /// Returns the warnings and notes about the rules files that concern nothing that is asked for; where everything is,
    /// none of them concerns it more than another.
    pub(super) fn aside(&self, found: &Problems, asked: &[Understood], model: &Model) -> Vec<Diagnostic> {
        let places: Vec<Span> = asked.iter().flat_map(|target| self.places_of(target, model)).collect();
        let concerns = |finding: &Diagnostic| {
            let mut labels = finding.labels.iter();
            labels.any(|label| places.iter().any(|place| place.holds(label.span) || label.span.holds(*place)))
        };
        found.sorted().into_iter().filter(|finding| self.is_remark(finding) && !concerns(finding)).collect()
    }

    /// Tells whether a finding is no error, and is about a rule file.
    pub fn is_remark(&self, finding: &Diagnostic) -> bool {
        let of_rules = finding.span().is_some_and(|span| self.rule_files().contains(&span.file));
        finding.severity != Severity::Error && of_rules
    }

    fn places_of(&self, target: &Understood, model: &Model) -> Vec<Span> {
        match target {
            Understood::Clause(clause) => {
                let section = self.sources().section(model.clauses[*clause].span);
                section.map(|section| section.span).into_iter().collect()
            }
            Understood::Def(def) => lines(model, *def),
            Understood::Expr(_, index) => {
                let query = model.queries.get(*index).copied();
                let (mut open, mut all): (Vec<_>, Vec<_>) = (query.into_iter().collect(), Vec::new());
                while let Some(expr) = open.pop() {
                    let node = model.node(expr);
                    if let NodeKind::Def(def) = node.kind {
                        all.extend(lines(model, def));
                    }
                    open.extend(node.children(&model.tables));
                }
                all
            }
            Understood::Wrong(_) | Understood::Unreadable => Vec::new(),
        }
    }
}

fn lines(model: &Model, def: DefId) -> Vec<Span> {
    model.defs[def].lines().map(|line| line.span).collect()
}
