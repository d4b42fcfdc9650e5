//! Agreements that use each other: `brug` that leads back to where it began.

use std::collections::BTreeSet;

use super::{AgreementProblem, Model};
use crate::base::Span;
use crate::diag::Problems;
use crate::syntax::ast::{self, ItemKind};

/// A `brug`: where it stands, the agreement it stands in, and the one it names.
struct Edge {
    span: Span,
    from: usize,
    to: usize,
}

/// Reports each ring once, at the first `brug` of it in the files that were asked for.
pub(super) fn import_rings(files: &[&ast::File], model: &Model, problems: &mut Problems) {
    let edges = edges(files, model);
    let mut told: BTreeSet<BTreeSet<usize>> = BTreeSet::new();
    for edge in edges.iter().filter(|edge| !model.imports.is_brought_in(edge.span.file)) {
        let Some(way) = way_back(&edges, edge) else { continue };
        if told.insert(way.iter().map(|step| step.from).collect()) {
            let name = |index: usize| model.agreements.get(index).map_or(String::new(), |a| a.name.clone());
            let steps = way.iter().map(|step| (step.span, name(step.from), name(step.to))).collect();
            problems.report(&AgreementProblem::UseRing { steps });
        }
    }
}

fn edges(files: &[&ast::File], model: &Model) -> Vec<Edge> {
    let items = files.iter().flat_map(|file| &file.items);
    let used = items.filter_map(|item| match &item.kind {
        ItemKind::Use(name) => Some(name),
        _ => None,
    });
    let edge = |name: &ast::Name| {
        let to = model.agreements.iter().position(|agreement| agreement.name == name.text)?;
        // An agreement that uses itself is told of by itself.
        let from = model.home(name.span).filter(|from| *from != to)?;
        Some(Edge { span: name.span, from, to })
    };
    used.filter_map(edge).collect()
}

/// The shortest way from a `brug` back to the agreement it stands in, itself first.
fn way_back<'e>(edges: &'e [Edge], first: &'e Edge) -> Option<Vec<&'e Edge>> {
    let mut seen = BTreeSet::from([first.to]);
    let mut ways: Vec<Vec<&Edge>> = vec![vec![first]];
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            let at = way.last().map_or(first.to, |edge| edge.to);
            if at == first.from {
                return Some(way);
            }
            for edge in edges.iter().filter(|edge| edge.from == at) {
                if edge.to == first.from || seen.insert(edge.to) {
                    longer.push(way.iter().copied().chain([edge]).collect());
                }
            }
        }
        ways = longer;
    }
    None
}
