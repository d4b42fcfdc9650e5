//! Where a type comes from: the line that gives a name its unit or its price level, so that a message about two sides
//! can show why each is what it is.

use std::collections::BTreeSet;

use super::per_entity::expressions;
use super::show::described;
use crate::base::{Bi, Span};
use crate::diag::{Diagnostic, Report};
use crate::model::{ExprId, Model, NodeKind, Ty};

/// The place that decides what a name is.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    /// The figure, the line or the declaration.
    span: Span,
    /// The name that it gives its type.
    name: String,
    /// What that is.
    what: Bi,
    /// Whether it is declared there, rather than set.
    declared: bool,
}

/// A finding with the places where its sides have their types from.
#[derive(Clone, Debug)]
pub(super) struct WithOrigins<P> {
    /// The finding.
    pub(super) problem: P,
    /// Where its sides have their types from.
    pub(super) origins: Vec<Origin>,
    /// What can be done, where the finding alone does not say so.
    pub(super) help: Option<Bi>,
}

impl<P: Report> Report for WithOrigins<P> {
    fn report(&self) -> Diagnostic {
        let mut found = self.problem.report();
        for origin in &self.origins {
            // What stands within a side that is shown needs no second look.
            let shown = found.labels.iter().any(|label| label.span.holds(origin.span));
            if !shown {
                found = found.label(origin.span, origin.words());
            }
        }
        self.help.iter().fold(found, |found, help| found.help(help.clone()))
    }
}

impl Origin {
    fn words(&self) -> Bi {
        let (name, Bi { da, en }) = (&self.name, &self.what);
        match self.declared {
            true => Bi::new(
                format!("`{name}` er erklæret her som {da}"),
                format!("`{name}` is declared here as {en}"),
            ),
            false => {
                Bi::new(format!("her er `{name}` sat til {da}"), format!("here `{name}` is set to {en}"))
            }
        }
    }
}

/// Follows the names in an expression to the figure or the fact that gives it its unit; with `levels`, its price level
/// as well. `None` where the expression itself says it.
pub(super) fn origin(model: &Model, expr: ExprId, levels: bool) -> Option<Origin> {
    let level = |expr: ExprId| model.node(expr).ty.level().and_then(|levels| levels.single());
    let shape = |expr: ExprId| (model.node(expr).ty.without_level(), levels.then(|| level(expr)));
    let (ty, wanted) = (&model.node(expr).ty, shape(expr));
    if *ty == Ty::Unknown || wanted.1 == Some(None) {
        return None;
    }
    let what = described(if levels { ty } else { &wanted.0 }, &model.node(expr).show, model);
    let alike = |expr: &ExprId| shape(*expr) == wanted;
    let (mut at, mut name, mut seen) = (expr, None, BTreeSet::new());
    loop {
        let node = model.node(at);
        let next = match &node.kind {
            NodeKind::Fact(fact) => {
                let fact = &model.facts[*fact];
                return Some(Origin { span: fact.span, name: fact.name.clone(), what, declared: true });
            }
            NodeKind::Def(def) => {
                // A name that is built on itself at another time says nothing new the second time.
                seen.insert(*def).then_some(())?;
                name = Some(model.defs[*def].name.clone());
                Some(expressions(model, *def).into_iter().find(alike)?)
            }
            _ => node.children(&model.tables).into_iter().find(alike),
        };
        match next {
            Some(next) => at = next,
            None => break,
        }
    }
    let span = model.node(at).span;
    name.map(|name| Origin { span, name, what, declared: false })
}
