//! Totals over several years that another line reads as if they were one year's: then the line is never known.

use std::collections::BTreeSet;

use super::MoneyProblem;
use crate::base::Span;
use crate::diag::Problems;
use crate::model::{Alternative, Body, Def, DefId, ExprId, Model, NodeKind};

/// Looks at every line that is not itself a total.
pub(super) fn totals(model: &Model, problems: &mut Problems) {
    let totals: BTreeSet<DefId> =
        model.defs.iter_enumerated().filter(|(_, def)| is_total(def)).map(|(id, _)| id).collect();
    if totals.is_empty() {
        return;
    }
    let mut told = BTreeSet::new();
    for def in model.defs.iter() {
        for line in def.lines().filter(|line| !line.total) {
            let Body::Expr(body) = line.body else { continue };
            let Some((read, total)) = read_for_a_year(model, body, &totals) else { continue };
            if told.insert(model.node(read).span) {
                tell(model, (read, total), problems);
            }
        }
    }
}

/// A definition that is stated in total for several years, and in no other way.
fn is_total(def: &Def) -> bool {
    def.exceptions.is_empty()
        && !def.alternatives.is_empty()
        && def.alternatives.iter().all(|line| line.total && line.given.is_empty() && several_years(line))
}

fn several_years(line: &Alternative) -> bool {
    let (from, last) = (line.interval.from, line.interval.last());
    from.zip(last).is_some_and(|(from, last)| from.year() < last.year())
}

/// Whether the whole line rests on one year of a total. What is added over years, asked for at another time, chosen or
/// read beside other amounts is left to the evaluation.
fn read_for_a_year(model: &Model, mut expr: ExprId, totals: &BTreeSet<DefId>) -> Option<(ExprId, DefId)> {
    loop {
        match &model.node(expr).kind {
            NodeKind::Def(def) => return totals.contains(def).then_some((expr, *def)),
            NodeKind::Restated(x) | NodeKind::Negate(x) | NodeKind::Nominal(x) => expr = *x,
            NodeKind::Round(x, ..) | NodeKind::EachRound(x, _) | NodeKind::Scaled(x, ..) => expr = *x,
            NodeKind::Limit(x, ..) | NodeKind::PerYear(x, _) => expr = *x,
            NodeKind::Converted { value, .. } => expr = *value,
            NodeKind::Share(share) => expr = share.pool,
            NodeKind::Arith(_, a, b) => {
                let first = read_for_a_year(model, *a, totals);
                return first.or_else(|| read_for_a_year(model, *b, totals));
            }
            _ => return None,
        }
    }
}

fn tell(model: &Model, (read, total): (ExprId, DefId), problems: &mut Problems) {
    let def = &model.defs[total];
    let stated: Option<Span> = def.alternatives.first().map(|line| line.span);
    problems.report(&MoneyProblem::TotalForAYear {
        span: model.node(read).span,
        stated: stated.unwrap_or(def.span),
        name: def.name.clone(),
    });
}
