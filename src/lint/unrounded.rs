//! Amounts paid out that can be finer than øre and that nothing rounds: grants, and shares that nothing else reads.

use std::collections::{BTreeMap, BTreeSet};

use super::MoneyProblem;
use super::grain::{Grain, Grains, is_money};
use super::reached::Reached;
use crate::base::Span;
use crate::diag::Problems;
use crate::model::{Def, DefId, DefKind, ExprId, Model, NodeKind, ShareRule};
use crate::value::Number;

/// Looks at every amount that is paid, once.
pub(super) fn unrounded(model: &Model, problems: &mut Problems) {
    let paid = paid(model);
    if paid.is_empty() {
        return;
    }
    let rounded = Reached::by(model, rounded(model));
    let mut grains = Grains::new(model);
    let mut told = BTreeSet::new();
    for (id, grant) in paid {
        // What another definition rounds is no last figure.
        if rounded.has(id) || rounded.has(grant) {
            continue;
        }
        let def = &model.defs[id];
        let found = amounts(model, def, id).find_map(|amount| {
            let cause = finer(&mut grains, amount)?;
            Some((amount, cause))
        });
        let Some((amount, cause)) = found else { continue };
        let span = model.node(amount).span;
        if told.insert(span) {
            let name = model.defs[grant].name.clone();
            problems.report(&MoneyProblem::Unrounded {
                span,
                cause: cause.filter(|at| *at != span),
                name,
                grant: id != grant,
            });
        }
    }
}

/// What is paid, with the definition whose name it is paid by: the full amount of each grant, and each exact share of
/// money that nothing else reads.
fn paid(model: &Model) -> Vec<(DefId, DefId)> {
    let mut all = Vec::new();
    let mut grants: BTreeMap<DefId, DefId> = BTreeMap::new();
    for (id, def) in model.defs.iter_enumerated().filter(|(_, def)| def.kind == DefKind::Grant) {
        for body in def.bodies() {
            if let NodeKind::Grant { full, .. } = &model.node(body).kind
                && let NodeKind::Def(full) = &model.node(*full).kind
            {
                grants.insert(*full, id);
            }
        }
    }
    all.extend(grants);
    let read: BTreeSet<DefId> = model.nodes.iter().filter_map(read).collect();
    let shares = model.defs.iter_enumerated().filter(|(id, def)| {
        !read.contains(id) && is_money(model, &def.ty) && def.bodies().any(|body| is_exact_share(model, body))
    });
    all.extend(shares.map(|(id, _)| (id, id)));
    all
}

fn read(node: &crate::model::Node) -> Option<DefId> {
    match &node.kind {
        NodeKind::Def(def) | NodeKind::CarriedOn(def) | NodeKind::Former(def, _) => Some(*def),
        _ => None,
    }
}

/// A share that is `vist i` something is said to be for reading, not for paying.
fn is_exact_share(model: &Model, body: ExprId) -> bool {
    matches!(&model.node(body).kind, NodeKind::Share(share) if share.rule == ShareRule::Exact)
}

/// The amounts of a definition; of a grant also what is paid when it lapses.
fn amounts<'a>(model: &'a Model, def: &'a Def, id: DefId) -> impl Iterator<Item = ExprId> {
    let lapsed = move |body: ExprId| match &model.node(body).kind {
        NodeKind::Grant { full, otherwise: Some(otherwise), .. } if matches!(&model.node(*full).kind, NodeKind::Def(full) if *full == id) => {
            Some(*otherwise)
        }
        _ => None,
    };
    let grants =
        model.defs.iter().filter(move |grant| grant.kind == DefKind::Grant && grant.clause == def.clause);
    def.bodies().chain(grants.flat_map(Def::bodies).filter_map(lapsed))
}

fn rounded(model: &Model) -> impl Iterator<Item = ExprId> {
    model.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Round(value, ..) | NodeKind::EachRound(value, _) => Some(*value),
        NodeKind::Share(share) => share.step.as_ref().map(|_| share.pool),
        _ => None,
    })
}

/// Whether an amount of money can be finer than øre; the place that makes it so, where there is a single one.
fn finer(grains: &mut Grains<'_>, amount: ExprId) -> Option<Option<Span>> {
    match grains.of(amount) {
        Grain::Finer(cause) => Some(Some(cause)),
        Grain::Of(step) => {
            let whole = step.div(&Number::pow10(-2)).is_some_and(|count| count.is_integer());
            (!whole).then_some(None)
        }
        Grain::Any | Grain::Unclear => None,
    }
}
