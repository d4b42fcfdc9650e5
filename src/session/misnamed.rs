//! Names in the rules that nobody loaded has, while somebody has nearly the same: perhaps a slip, perhaps somebody who
//! is not loaded. It is told, and changes no result.

use std::collections::BTreeSet;

use crate::base::{FileId, Span, bi};
use crate::diag::{Code, Diagnostic, Problems, nearest};
use crate::facts::Facts;
use crate::model::{Model, NodeKind, Ty};

/// Of names of one or two letters it cannot be told.
const SHORTEST: usize = 3;

/// Warns of every text that stands where a name stands, and is nearly one of those loaded.
pub(super) fn warn(model: &Model, facts: &Facts, problems: &mut Problems) {
    warn_within(model, facts, None, problems);
}

/// The same for one stretch of the rules, such as a test.
pub(super) fn warn_within(model: &Model, facts: &Facts, place: Option<Span>, problems: &mut Problems) {
    let written: BTreeSet<&str> = model.nodes.iter().filter_map(|node| text(&node.kind)).collect();
    let mut told = BTreeSet::new();
    // What a question names is told as what is wrong with the question.
    let typed: BTreeSet<FileId> = model.queries.iter().map(|query| model.node(*query).span.file).collect();
    let of_rules = model.nodes.iter().filter(|node| !typed.contains(&node.span.file));
    let nodes = of_rules.filter(|node| place.is_none_or(|place| place.holds(node.span)));
    for node in nodes {
        let (name, kind) = match (&node.kind, &node.ty) {
            (NodeKind::Text(name), Ty::Entity(kind)) | (NodeKind::ForEntity(_, kind, name), _) => {
                (name.as_str(), *kind)
            }
            (_, _) => continue,
        };
        if name.chars().count() < SHORTEST || facts.find(kind, name).is_some() || !told.insert(node.span) {
            continue;
        }
        let loaded = facts.of_kind(kind);
        let names = loaded.iter().map(|id| facts.get(*id).name.as_str());
        // Names that the rules write side by side are names of different ones.
        let Some(near) = nearest(name, names).filter(|near| !written.contains(near)) else { continue };
        let (kind, near) = (&model.kinds[kind].name, near.to_owned());
        let message =
            bi!("ingen {kind} i data hedder \"{name}\"", "no {kind} in the data is called \"{name}\"");
        let asked = bi!("mente du \"{near}\"?", "did you mean \"{near}\"?");
        let found = Diagnostic::new(Code::NotInData, message).at(node.span);
        problems.push(match node.kind {
            NodeKind::Text(_) => found.suggestion(asked, node.span, format!("\"{near}\"")),
            // The place is that of all that is read for the name.
            _ => found.help(asked),
        });
    }
}

fn text(kind: &NodeKind) -> Option<&str> {
    match kind {
        NodeKind::Text(text) => Some(text),
        _ => None,
    }
}
