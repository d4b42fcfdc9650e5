//! Clauses, exceptions and lines that begin on a date which the rules do not fix: one that is given as data, perhaps in
//! another way for another year, or one that is still unknown.

use std::collections::BTreeSet;

use super::TimeProblem;
use crate::base::Span;
use crate::diag::Problems;
use crate::model::{BoundEdge, ExprId, GivenBound, Model, NodeKind};

/// Looks at every bound that is a given date.
pub(super) fn commencement(model: &Model, problems: &mut Problems) {
    let clauses = model.clauses.iter().flat_map(|clause| &clause.given);
    let exceptions = model.exceptions.iter().flat_map(|exception| &exception.given);
    let lines = model.defs.iter().flat_map(|def| {
        def.alternatives
            .iter()
            .chain(def.exceptions.iter().map(|(_, line)| line))
            .flat_map(|line| &line.given)
    });
    let mut told = BTreeSet::new();
    for bound in clauses.chain(exceptions).chain(lines) {
        if let Some((dated, problem)) = open(model, bound)
            && told.insert(dated)
        {
            problems.report(&problem);
        }
    }
}

/// How a commencement is open, with the place of what it depends on.
fn open(model: &Model, bound: &GivenBound) -> Option<(Span, TimeProblem)> {
    if bound.edge != BoundEdge::From {
        return None;
    }
    let span = model.node(bound.date).span;
    match &model.node(stands_for(model, bound.date)).kind {
        NodeKind::Fact(fact) if !model.facts[*fact].declared.always => {
            let data = &model.facts[*fact];
            Some((data.span, TimeProblem::GivenStart { span, name: data.name.clone(), declared: data.span }))
        }
        NodeKind::Unknown(reason) => {
            let place = model.node(stands_for(model, bound.date)).span;
            Some((place, TimeProblem::UnknownStart { span, place, reason: reason.clone() }))
        }
        _ => None,
    }
}

fn stands_for(model: &Model, mut expr: ExprId) -> ExprId {
    for _ in 0..20 {
        match &model.node(expr).kind {
            NodeKind::Def(def) => match model.only_body(*def) {
                Some(body) => expr = body,
                None => return expr,
            },
            _ => return expr,
        }
    }
    expr
}
