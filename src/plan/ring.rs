//! What to say of a ring: where an exception or an amendment builds on the very name it replaces, the former value is
//! meant.

use crate::base::Span;
use crate::model::{Body, DefId, ExprId, Model, NodeKind};
use crate::types::TypeProblem;

/// Words a ring of definitions that need each other.
pub(super) fn problem(model: &Model, ring: &[DefId]) -> TypeProblem {
    if let [only] = ring
        && let Some(span) = restated_by_itself(model, *only)
    {
        return TypeProblem::ReadsItself { span, name: model.defs[*only].name.clone(), lang: model.lang };
    }
    let path = ring.iter().map(|def| (model.full_name(*def), model.defs[*def].span)).collect();
    TypeProblem::Cycle { path }
}

/// Where a line that replaces a definition reads that same definition.
fn restated_by_itself(model: &Model, def: DefId) -> Option<Span> {
    let data = &model.defs[def];
    let laid = data.alternatives.iter().filter(|alternative| alternative.layer != model.layers.text);
    let restated = data.exceptions.iter().map(|(_, alternative)| alternative);
    laid.chain(restated).find_map(|alternative| match alternative.body {
        Body::Expr(expr) => reading(model, expr, def),
        Body::Lifted => None,
    })
}

fn reading(model: &Model, expr: ExprId, def: DefId) -> Option<Span> {
    let node = model.node(expr);
    match node.kind {
        NodeKind::Def(read) if read == def => Some(node.span),
        _ => node.children(&model.tables).into_iter().find_map(|child| reading(model, child, def)),
    }
}
