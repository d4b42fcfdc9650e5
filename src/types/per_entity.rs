//! Which definitions differ between entities, and where a regional name is read without saying for which.

use super::problem::TypeProblem;
use std::collections::BTreeMap;

use crate::base::Id;
use crate::diag::Problems;
use crate::model::{Body, DefId, ExprId, FactOwner, KindId, Model, Node, NodeKind, OverTarget};

/// Marks the definitions that differ between entities of their clause's kind: those that read something of the entity
/// themselves, and those that read such a one.
pub(super) fn mark(model: &mut Model) {
    let mut readers: BTreeMap<DefId, Vec<DefId>> = BTreeMap::new();
    let mut queue = Vec::new();
    for def in model.defs.ids().filter(|def| model.clauses[model.defs[*def].clause].each.is_some()) {
        let mut own = set_for_one(model, def);
        for expr in expressions(model, def) {
            visit(model, expr, &mut |_, node| match &node.kind {
                NodeKind::Def(read) => readers.entry(*read).or_default().push(def),
                NodeKind::Share(_) | NodeKind::Itself(_) => own = true,
                NodeKind::Fact(fact) => own |= matches!(model.facts[*fact].owner, FactOwner::Kind(_)),
                _ => {}
            });
        }
        if own {
            queue.push(def);
        }
    }
    while let Some(def) = queue.pop() {
        if !std::mem::replace(&mut model.defs[def].per_entity, true) {
            queue.extend(readers.get(&def).into_iter().flatten().copied());
        }
    }
    mark_requirements(model);
}

/// Marks the requirements that differ between entities, in what they say or in when they are required.
fn mark_requirements(model: &mut Model) {
    for index in 0..model.requirements.len() {
        let requirement = &model.requirements[index];
        let exception = requirement.exception.and_then(|id| model.exceptions[id].condition);
        let all = [Some(requirement.condition), exception];
        let differs = all.into_iter().flatten().any(|expr| needs(model, expr).is_some());
        model.requirements[index].per_entity = differs;
    }
}

/// Tells whether a layer sets a definition for one entity alone.
fn set_for_one(model: &Model, def: DefId) -> bool {
    model.overrides.iter().any(|over| over.entity.is_some() && over.target == OverTarget::Def(def))
}

/// Walks the nodes that are read for the entity at hand, not those that are read for others.
fn visit(model: &Model, expr: ExprId, see: &mut impl FnMut(ExprId, &Node)) {
    let node = model.node(expr);
    see(expr, node);
    let below = match &node.kind {
        NodeKind::Share(_) | NodeKind::ForEntity(..) | NodeKind::Quantified { .. } => Vec::new(),
        NodeKind::Aggregate { if_none, .. } => if_none.iter().copied().collect(),
        _ => node.children(&model.tables),
    };
    below.into_iter().for_each(|child| visit(model, child, see));
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
    let conditions = restated.clone().filter_map(|(id, _)| model.exceptions[*id].condition);
    let lines = def_data.alternatives.iter().chain(restated.clone().map(|(_, alternative)| alternative));
    let dates = lines.flat_map(|a| &a.given).chain(restated.flat_map(|(id, _)| &model.exceptions[*id].given));
    bodies.chain(conditions).chain(dates.map(|bound| bound.date)).collect()
}

/// Returns the first node that reads a value of the entity at hand, and its kind.
pub fn needs(model: &Model, expr: ExprId) -> Option<(KindId, ExprId)> {
    let mut first = None;
    visit(model, expr, &mut |id, node| {
        if first.is_none() {
            first = kind_read(model, node).map(|kind| (kind, id));
        }
    });
    first
}

fn kind_read(model: &Model, node: &Node) -> Option<KindId> {
    match &node.kind {
        NodeKind::Fact(fact) => match model.facts[*fact].owner {
            FactOwner::Kind(kind) => Some(kind),
            FactOwner::Clause(_) | FactOwner::File => None,
        },
        NodeKind::Def(def) => {
            let def = &model.defs[*def];
            model.clauses[def.clause].each.filter(|_| def.per_entity)
        }
        NodeKind::Share(distribution) => Some(distribution.kind),
        NodeKind::Itself(kind) => Some(*kind),
        _ => None,
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
    for check in model.checks.iter() {
        let each = check.clause.and_then(|clause| model.clauses[clause].each);
        let all = [Some(check.condition), check.known_difference];
        wrong.extend(all.into_iter().flatten().filter_map(|expr| misread(model, expr, each)));
    }
    for requirement in &model.requirements {
        let each = model.clauses[requirement.clause].each;
        wrong.extend(misread(model, requirement.condition, each));
    }
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
