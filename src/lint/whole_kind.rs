//! In a clause for each household, the children of the whole country counted instead of those in the household.

use crate::base::{Lang, Span, bi};
use crate::diag::{Code, Diagnostic, Problems, Report};
use crate::model::{Def, ExprId, KindId, Model, NodeKind, Selection, Ty};
use crate::types::{depends_on_outside, expressions};

/// Looks at every definition of a clause for each that has one value for all: what it counts is then nobody's own.
pub(super) fn whole_kind(model: &Model, problems: &mut Problems) {
    for (id, def) in model.defs.iter_enumerated() {
        let Some(each) = model.clauses[def.clause].each.filter(|_| !def.per_entity) else { continue };
        let Some((span, kind)) =
            expressions(model, id).into_iter().find_map(|expr| counted(model, expr, each))
        else {
            continue;
        };
        problems.report(&finding(model, def, span, (each, kind)));
    }
}

/// The first sum or count over all of a kind that has one link to the clause's, and where it stands.
fn counted(model: &Model, expr: ExprId, each: KindId) -> Option<(Span, KindId)> {
    let node = model.node(expr);
    let own = match &node.kind {
        NodeKind::Aggregate { of, set, weight, .. } => {
            let inside: Vec<ExprId> = of.iter().chain(weight).copied().collect();
            is_whole(model, set, &inside, each).then_some((node.span, set.kind))
        }
        _ => None,
    };
    let below = || node.children(&model.tables).into_iter().find_map(|child| counted(model, child, each));
    own.or_else(below)
}

fn is_whole(model: &Model, set: &Selection, inside: &[ExprId], each: KindId) -> bool {
    let links = model.kinds[set.kind].facts.iter().map(|fact| &model.facts[*fact].declared.ty);
    let one_link = links.filter(|ty| **ty == Ty::Entity(each)).count() == 1;
    one_link && set.within.is_none() && set.same.is_none() && !depends_on_outside(model, set, inside)
}

fn finding(model: &Model, def: &Def, span: Span, (each, kind): (KindId, KindId)) -> WholeKind {
    let (owner, counted) = (&model.kinds[each], &model.kinds[kind]);
    WholeKind {
        span,
        name: def.name.clone(),
        each: owner.name.clone(),
        owner: owner.definite.clone().unwrap_or_else(|| owner.name.clone()),
        counted: counted.plural.clone(),
        lang: model.lang,
    }
}

/// A definition in a clause for each that counts all of a kind.
struct WholeKind {
    /// The sum or count.
    span: Span,
    /// The definition.
    name: String,
    /// The clause's kind.
    each: String,
    /// The one at hand, as the text says it.
    owner: String,
    /// Those counted, plural.
    counted: String,
    /// The language of the rules.
    lang: Lang,
}

impl Report for WholeKind {
    fn report(&self) -> Diagnostic {
        let WholeKind { name, each, owner, counted, .. } = self;
        let own = self.lang.pick(format!("{counted} i {owner}"), format!("{counted} in {owner}"));
        Diagnostic::new(
            Code::WholeKind,
            bi!(
                "klausulen er for hver enkelt ({each}), men her tælles alle {counted} med, så `{name}` er det samme for alle",
                "the clause is for each {each}, but all {counted} are counted here, so `{name}` is the same for all"
            ),
        )
        .at(self.span)
        .help(bi!("er det kun dens egne, så skriv `{own}`", "if only its own are meant, write `{own}`"))
        .help(bi!(
            "er det alle, der menes, så flyt linjen til en klausul uden `for hver`",
            "if all are meant, move the line to a clause without `for each`"
        ))
    }
}
