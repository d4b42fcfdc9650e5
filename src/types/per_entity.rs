//! Which definitions differ between entities, and where a regional name is read without saying for which.

use super::problem::TypeProblem;
use crate::base::Id;
use crate::diag::Problems;
use crate::model::{Body, DefId, ExprId, FactOwner, KindId, Model, NodeKind};

/// Marks the definitions that differ between entities of their clause's kind.
pub(super) fn mark(model: &mut Model) {
    loop {
        let newly: Vec<DefId> = model
            .defs
            .ids()
            .filter(|def| !model.defs[*def].per_entity && reads_entity(model, *def))
            .collect();
        if newly.is_empty() {
            return;
        }
        for def in newly {
            model.defs[def].per_entity = true;
        }
    }
}

fn reads_entity(model: &Model, def: DefId) -> bool {
    model.clauses[model.defs[def].clause].each.is_some()
        && (expressions(model, def).iter().any(|expr| needs(model, *expr).is_some())
            || model
                .overrides
                .iter()
                .any(|o| o.entity.is_some() && o.target == crate::model::OverTarget::Def(def)))
}

/// Every expression a definition's value may come from.
pub(super) fn expressions(model: &Model, def: DefId) -> Vec<ExprId> {
    let def_data = &model.defs[def];
    let restated = def_data.exceptions.iter();
    let bodies = def_data.alternatives.iter().chain(restated.clone().map(|(_, alternative)| alternative));
    let bodies = bodies.filter_map(|alternative| match alternative.body {
        Body::Expr(expr) => Some(expr),
        Body::Lifted => None,
    });
    let conditions = restated.filter_map(|(id, _)| model.exceptions[*id].condition);
    bodies.chain(conditions).collect()
}

/// Returns the first node that reads a value of the entity at hand, and its kind.
pub fn needs(model: &Model, expr: ExprId) -> Option<(KindId, ExprId)> {
    let node = model.node(expr);
    match &node.kind {
        NodeKind::Fact(fact) => match model.facts[*fact].owner {
            FactOwner::Kind(kind) => Some((kind, expr)),
            FactOwner::Clause(_) | FactOwner::File => None,
        },
        NodeKind::Def(def) => {
            let def = &model.defs[*def];
            let each = model.clauses[def.clause].each?;
            def.per_entity.then_some((each, expr))
        }
        NodeKind::Share(distribution) => Some((distribution.kind, expr)),
        NodeKind::ForEntity(..) | NodeKind::Quantified { .. } => None,
        NodeKind::Aggregate { if_none, .. } => if_none.and_then(|fallback| needs(model, fallback)),
        _ => node.children(&model.tables).into_iter().find_map(|child| needs(model, child)),
    }
}

/// Reports regional names read where no entity, or one of another kind, is at hand.
pub(super) fn report(model: &mut Model, problems: &mut Problems) {
    let mut wrong = Vec::new();
    for def in model.defs.ids() {
        let each = model.clauses[model.defs[def].clause].each;
        for expr in expressions(model, def) {
            wrong.extend(misread(model, expr, each));
        }
    }
    let checks = model.checks.iter().flat_map(|check| [Some(check.condition), check.known_difference]);
    let whole: Vec<ExprId> = checks.flatten().collect();
    wrong.extend(whole.into_iter().filter_map(|expr| misread(model, expr, None)));
    let pools: Vec<ExprId> = model.nodes.ids().filter(|id| has_own_pool(model, *id)).collect();
    for (kind, expr) in wrong {
        let node = model.node(expr);
        let name = match &node.kind {
            NodeKind::Def(def) => model.defs[*def].name.clone(),
            NodeKind::Fact(fact) => model.facts[*fact].name.clone(),
            _ => crate::base::Lang::pick(model.lang, "fordelingen", "the distribution").to_owned(),
        };
        problems.report(&TypeProblem::WhichEntity {
            span: node.span,
            name,
            kind: model.kinds[kind].plural.clone(),
        });
        model.nodes[expr].kind = NodeKind::Invalid;
    }
    for expr in pools {
        problems.report(&TypeProblem::PoolPerEntity { span: model.node(expr).span });
        model.nodes[expr].kind = NodeKind::Invalid;
    }
}

fn misread(model: &Model, expr: ExprId, each: Option<KindId>) -> Option<(KindId, ExprId)> {
    needs(model, expr).filter(|(kind, _)| each != Some(*kind))
}

fn has_own_pool(model: &Model, expr: ExprId) -> bool {
    debug_assert!(expr.index() < model.nodes.len(), "ids come from the arena itself");
    match &model.node(expr).kind {
        NodeKind::Share(distribution) => needs(model, distribution.pool).is_some(),
        _ => false,
    }
}
