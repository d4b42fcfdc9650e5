//! Names that look alike but are not the same: `a` and Cyrillic `а`.

use std::collections::BTreeMap;

use super::Model;
use crate::base::{Span, bi};
use crate::diag::{Code, Diagnostic, Problems, Report};
use crate::syntax::{confusable, confusable_key};

/// Two names that readers cannot tell apart.
struct LookAlike<'a> {
    first: (&'a str, Span),
    second: (&'a str, Span),
}

/// Reports each name that looks like another that is declared before it.
pub(super) fn look_alikes(model: &Model, problems: &mut Problems) {
    let mut seen: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    for (name, span) in names(model) {
        let first = *seen.entry(confusable_key(name)).or_insert((name, span));
        if confusable(first.0, name) {
            problems.report(&LookAlike { first, second: (name, span) });
        }
    }
}

fn names(model: &Model) -> impl Iterator<Item = (&str, Span)> {
    let kinds = model.kinds.iter().map(|kind| (kind.name.as_str(), kind.span));
    let facts = model.facts.iter().map(|fact| (fact.name.as_str(), fact.span));
    let clauses = model.clauses.iter().map(|clause| (clause.name.as_str(), clause.span));
    let defs = model.defs.iter().map(|def| (def.name.as_str(), def.span));
    let exceptions = model.exceptions.iter().map(|exception| (exception.name.as_str(), exception.span));
    kinds.chain(facts).chain(clauses).chain(defs).chain(exceptions)
}

impl Report for LookAlike<'_> {
    fn report(&self) -> Diagnostic {
        let (first, second) = (self.first.0, self.second.0);
        let odd: Vec<String> = second
            .chars()
            .filter(|c| !first.contains(*c))
            .map(|c| format!("`{c}` (U+{:04X})", u32::from(c)))
            .collect();
        let odd = odd.join(", ");
        Diagnostic::new(
            Code::ConfusableNames,
            bi!(
                "navnet `{second}` ligner `{first}`, men er et andet: {odd}",
                "the name `{second}` looks like `{first}` but is another one: {odd}"
            ),
        )
        .label(self.second.1, bi!("dette", "this one"))
        .label(self.first.1, bi!("og dette", "and this one"))
        .help(bi!(
            "skriv navnet om med tastaturet, eller giv det ene et navn, der kan kendes fra det andet",
            "type the name again, or give one of them a name that can be told from the other"
        ))
    }
}
