//! Which definitions differ between entities, and where a regional name is read without saying for which.

use std::collections::{BTreeMap, BTreeSet};

use super::problem::TypeProblem;
use crate::diag::Problems;
use crate::model::{
    Body, DefId, ExprId, FactOwner, KindId, Model, NodeKind, OverTarget, Selection, Ty, genitive,
};

/// One place where an expression reads something of an entity at hand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Reading {
    /// The entity's kind.
    pub kind: KindId,
    /// How many of its kind at hand, from the innermost, are passed over.
    pub skip: usize,
    /// The node that reads.
    pub node: ExprId,
    /// The definition read, which may turn out to be the same for all.
    pub def: Option<DefId>,
}

/// Marks the definitions that differ between entities of their clause's kind: those that read something of the entity
/// themselves, and those that read such a one.
pub(super) fn mark(model: &mut Model) {
    let mut readers: BTreeMap<DefId, Vec<DefId>> = BTreeMap::new();
    let mut queue = Vec::new();
    for def in model.defs.ids() {
        let Some(each) = model.clauses[model.defs[def].clause].each else { continue };
        let mut own = set_for_one(model, def);
        for expr in expressions(model, def) {
            for reading in possible_readings(model, expr).into_iter().filter(|r| r.kind == each) {
                match reading.def {
                    Some(read) => readers.entry(read).or_default().push(def),
                    None => own = true,
                }
            }
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
        let dates = requirement.given.iter().map(|bound| bound.date);
        let all = [Some(requirement.condition), exception].into_iter().flatten().chain(dates);
        let each = all.collect::<Vec<_>>().into_iter().find_map(|expr| needs(model, expr));
        model.requirements[index].each = each.map(|(kind, _)| kind);
    }
}

/// Tells whether a layer sets a definition for one entity alone.
fn set_for_one(model: &Model, def: DefId) -> bool {
    model.overrides.iter().any(|over| over.entity.is_some() && over.target == OverTarget::Def(def))
}

/// Returns where an expression reads something of an entity at hand, in reading order.
pub fn readings(model: &Model, expr: ExprId) -> Vec<Reading> {
    let differs = |reading: &Reading| reading.def.is_none_or(|def| model.defs[def].per_entity);
    possible_readings(model, expr).into_iter().filter(differs).collect()
}

/// Tells whether what is read of each of a selection depends on who is at hand outside it.
pub fn depends_on_outside(model: &Model, set: &Selection, of_each: &[ExprId]) -> bool {
    let outside = set.within.map(|within| within.owner).into_iter().chain(set.same);
    let inside = of_each.iter().copied().chain(set.filter);
    outside.into_iter().any(|expr| !readings(model, expr).is_empty())
        || inside.into_iter().any(|expr| !within(set.kind, readings(model, expr)).is_empty())
}

/// Every reading, also of definitions that may turn out to be the same for all.
fn possible_readings(model: &Model, expr: ExprId) -> Vec<Reading> {
    let node = model.node(expr);
    let all = |ids: &[ExprId]| -> Vec<Reading> {
        ids.iter().flat_map(|child| possible_readings(model, *child)).collect()
    };
    let own = |kind, skip, def| vec![Reading { kind, skip, node: expr, def }];
    let of_set = |set: &Selection, outside: &[ExprId], inside: &[ExprId]| -> Vec<Reading> {
        let owner = set.within.map(|within| within.owner);
        let outside: Vec<ExprId> = outside.iter().copied().chain(owner).chain(set.same).collect();
        let inside: Vec<ExprId> = inside.iter().copied().chain(set.filter).collect();
        all(&outside).into_iter().chain(within(set.kind, all(&inside))).collect()
    };
    match &node.kind {
        NodeKind::Fact(fact) => match model.facts[*fact].owner {
            FactOwner::Kind(kind) => own(kind, 0, None),
            FactOwner::Clause(_) | FactOwner::File => Vec::new(),
        },
        NodeKind::Def(def) => match model.clauses[model.defs[*def].clause].each {
            Some(kind) => own(kind, 0, Some(*def)),
            None => Vec::new(),
        },
        NodeKind::Entity(kind, skip) => own(*kind, *skip, None),
        NodeKind::Of { owner, kind, value } => {
            all(&[*owner]).into_iter().chain(within(*kind, all(&[*value]))).collect()
        }
        NodeKind::ForEntity(value, kind, _) => within(*kind, all(&[*value])),
        NodeKind::Share(share) => {
            let key: Vec<ExprId> = share.key.into_iter().collect();
            let parts = of_set(&share.set, &[share.pool], &key);
            own(share.set.kind, 0, None).into_iter().chain(parts).collect()
        }
        NodeKind::Rank { of, set, .. } => {
            own(set.kind, 0, None).into_iter().chain(of_set(set, &[], &[*of])).collect()
        }
        NodeKind::Quantified { condition, set, .. } => of_set(set, &[], &[*condition]),
        NodeKind::Aggregate { of, set, weight, if_none, .. } => {
            let outside: Vec<ExprId> = if_none.iter().copied().collect();
            let inside: Vec<ExprId> = of.iter().chain(weight).copied().collect();
            of_set(set, &outside, &inside)
        }
        _ => all(&node.children(&model.tables)),
    }
}

/// Readings as seen from outside something that puts an entity of a kind at hand.
fn within(kind: KindId, all: Vec<Reading>) -> Vec<Reading> {
    all.into_iter()
        .filter_map(|reading| match (reading.kind == kind, reading.skip) {
            (false, _) => Some(reading),
            (true, 0) => None,
            (true, skip) => Some(Reading { skip: skip - 1, ..reading }),
        })
        .collect()
}

/// Every expression a definition's value may come from.
pub fn expressions(model: &Model, def: DefId) -> Vec<ExprId> {
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
    readings(model, expr).first().map(|reading| (reading.kind, reading.node))
}

/// Reports regional names read where no entity, or one of another kind, is at hand.
pub(super) fn report(model: &mut Model, problems: &mut Problems) {
    let mut wrong = Misread::default();
    let mut misread = |expr, each| wrong.add(model, expr, each);
    for def in model.defs.ids() {
        let each = model.clauses[model.defs[def].clause].each;
        expressions(model, def).into_iter().for_each(|expr| misread(expr, each));
    }
    for check in model.checks.iter() {
        let each = check.clause.and_then(|clause| model.clauses[clause].each);
        let all = [Some(check.condition), check.known_difference];
        all.into_iter().flatten().for_each(|expr| misread(expr, each));
    }
    for requirement in &model.requirements {
        // One that no clause has is asked of those of one kind, as a question is.
        let each = match requirement.clause {
            Some(clause) => model.clauses[clause].each,
            None => needs(model, requirement.condition).map(|(kind, _)| kind),
        };
        misread(requirement.condition, each);
    }
    questions(model, &mut wrong);
    let shares: Vec<(ExprId, TypeProblem)> =
        model.nodes.ids().filter_map(|id| share_problem(model, id).map(|problem| (id, problem))).collect();
    wrong.tell(model, problems);
    for (expr, problem) in shares {
        problems.report(&problem);
        model.nodes[expr].kind = NodeKind::Invalid;
    }
}

/// Reports the same of what is asked of a text that has been checked without it.
pub(super) fn report_questions(model: &mut Model, problems: &mut Problems) {
    let mut wrong = Misread::default();
    questions(model, &mut wrong);
    wrong.tell(model, problems);
}

fn questions(model: &Model, wrong: &mut Misread) {
    // A test has nobody at hand.
    for expectation in model.tests.iter().flat_map(|test| &test.expectations) {
        [Some(expectation.target), expectation.value]
            .into_iter()
            .flatten()
            .for_each(|expr| wrong.add(model, expr, None));
    }
    // A question is run for those of one kind.
    for query in &model.queries {
        let first = needs(model, *query).map(|(kind, _)| kind);
        wrong.add(model, *query, first);
    }
}

/// What reads an entity's own where another, or none, is at hand: the kind that it is of, and the one at hand.
#[derive(Default)]
struct Misread(BTreeMap<ExprId, (KindId, Option<KindId>)>);

impl Misread {
    fn add(&mut self, model: &Model, expr: ExprId, each: Option<KindId>) {
        for reading in readings(model, expr).into_iter().filter(|r| each != Some(r.kind)) {
            self.0.entry(reading.node).or_insert((reading.kind, each));
        }
    }

    fn tell(self, model: &mut Model, problems: &mut Problems) {
        for (expr, (kind, each)) in self.0 {
            let problem = which_entity(model, expr, kind, each);
            problems.report(&problem);
            model.nodes[expr].kind = NodeKind::Invalid;
        }
    }
}

fn which_entity(model: &Model, expr: ExprId, kind: KindId, each: Option<KindId>) -> TypeProblem {
    let node = model.node(expr);
    let (one, plural) = (model.kinds[kind].name.clone(), model.kinds[kind].plural.clone());
    let name = match &node.kind {
        NodeKind::Def(def) => model.defs[*def].name.clone(),
        NodeKind::Fact(fact) => model.facts[*fact].name.clone(),
        _ => return TypeProblem::NotOneOfThem { span: node.span, kind: plural },
    };
    let links: Vec<_> = each
        .into_iter()
        .flat_map(|each| &model.kinds[each].facts)
        .filter(|fact| model.facts[**fact].declared.ty == Ty::Entity(kind))
        .collect();
    let through = match links.as_slice() {
        [_] => {
            let data = &model.kinds[kind];
            let owner = genitive(data.definite.as_deref().unwrap_or(&data.name), model.lang);
            Some(format!("{owner} {name}"))
        }
        _ => None,
    };
    TypeProblem::WhichEntity { span: node.span, name, kind: plural, one, through }
}

/// A distribution must come out the same whoever asks.
fn share_problem(model: &Model, expr: ExprId) -> Option<TypeProblem> {
    let span = model.node(expr).span;
    let NodeKind::Share(share) = &model.node(expr).kind else { return None };
    let own = |all: Vec<Reading>| all.iter().any(|reading| reading.kind == share.set.kind);
    // Within a group, what is shared may differ between groups; that it is the same within one is seen when it runs.
    let grouped = share.set.within.is_some() || share.set.same.is_some();
    if !grouped && own(readings(model, share.pool)) {
        return Some(TypeProblem::PoolPerEntity { span });
    }
    let of_each: BTreeSet<ExprId> = share.key.into_iter().chain(share.set.filter).collect();
    let asks = of_each.into_iter().any(|part| own(within(share.set.kind, readings(model, part))));
    asks.then_some(TypeProblem::ShareByViewer { span })
}
