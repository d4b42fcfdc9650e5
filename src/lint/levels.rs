//! A figure at another price level than all other figures of its series, before and after it.

use std::collections::BTreeSet;

use super::MoneyProblem;
use super::grain::is_money;
use crate::diag::Problems;
use crate::model::{Alternative, Body, Def, ExprId, Model, NodeKind};
use crate::value::Levels;

/// How many other figures a series must have before one is told to be the odd one.
const OTHERS: usize = 3;

/// Looks at every series of written figures.
pub(super) fn levels(model: &Model, problems: &mut Problems) {
    let mut told = BTreeSet::new();
    for def in model.defs.iter() {
        let Some(figures) = figures(model, def) else { continue };
        let Some((figure, other)) = odd(&figures) else { continue };
        let span = model.node(figure).span;
        if told.insert(span) {
            let other = model.node(other).span;
            problems.report(&MoneyProblem::OtherLevel { span, other, name: def.name.clone() });
        }
    }
}

struct Figure<'a> {
    line: &'a Alternative,
    expr: ExprId,
    level: &'a Levels,
}

/// The figures of a series in the order of their times, where every line is a written amount of the text itself.
fn figures<'a>(model: &'a Model, def: &'a Def) -> Option<Vec<Figure<'a>>> {
    if def.alternatives.len() <= OTHERS {
        return None;
    }
    let layer = def.alternatives.first()?.layer;
    let figure = |line: &'a Alternative| {
        let Body::Expr(expr) = line.body else { return None };
        let node = model.node(expr);
        let written = matches!(node.kind, NodeKind::Figure { .. }) && is_money(model, &node.ty);
        let plain = line.layer == layer && line.given.is_empty() && !line.otherwise;
        if !written || !plain {
            return None;
        }
        Some(Figure { line, expr, level: node.ty.level()? })
    };
    let mut all: Vec<Figure<'a>> = def.alternatives.iter().map(figure).collect::<Option<_>>()?;
    all.sort_by_key(|figure| figure.line.interval.from);
    Some(all)
}

/// The one figure between others that all stand at one other level, with one of those. At the ends of a series a level
/// may change on purpose.
fn odd(figures: &[Figure<'_>]) -> Option<(ExprId, ExprId)> {
    let (first, last) = (figures.first()?, figures.last()?);
    let mut odd = figures.iter().filter(|figure| figure.level != first.level);
    match (odd.next(), odd.next()) {
        (Some(odd), None) if last.level == first.level => Some((odd.expr, first.expr)),
        (_, _) => None,
    }
}
