//! What is laid over a text that has been checked: only what is laid is looked at, where it cannot bear on the rest.

use super::check::Checker;
use super::{none, per_entity};
use crate::diag::Problems;
use crate::model::{Model, NodeKind, OverTarget, Override, Ty};

/// What the checker has found out of a text.
#[derive(Clone, Debug)]
pub struct Settled {
    /// Whether nothing in the text may be.
    never_none: bool,
}

impl Settled {
    pub(super) fn of(model: &Model) -> Settled {
        let never_none = !model.maybe_none.contains(&true)
            && !model.facts.iter().any(|fact| fact.declared.or_none)
            && !model.nodes.iter().any(|node| matches!(node.kind, NodeKind::Nothing));
        Settled { never_none }
    }
}

/// Types what is laid over a text: its expressions, the values it puts in place of others, and what is asked. Tells
/// whether that is all there is to check; where what is laid bears on what the text itself states, the whole must be
/// checked anew, and nothing that was found counts.
pub fn check_laid(model: &mut Model, text: &Model, settled: &Settled, problems: &mut Problems) -> bool {
    let (nodes, overrides) = (text.nodes.len(), text.overrides.len());
    if nodes == 0 || !model.nodes.ids_from(nodes).all(|id| stands_alone(&model.nodes[id].kind)) {
        return false;
    }
    let mut checker = Checker::new(model, problems, nodes);
    for index in overrides..checker.model.overrides.len() {
        checker.over(index);
    }
    checker.questions();
    for id in checker.model.nodes.ids_from(nodes) {
        checker.expr(id);
    }
    if !model.overrides.iter().skip(overrides).all(|over| keeps_to_itself(over, model, text, settled)) {
        return false;
    }
    none::report_laid(model, overrides, problems);
    per_entity::report_questions(model, problems);
    model.leaves(text)
}

/// Tells whether putting a value in another's place leaves everything that was found of the text as it is.
fn keeps_to_itself(over: &Override, model: &Model, text: &Model, settled: &Settled) -> bool {
    let def = match over.target {
        OverTarget::Fact(_) => return true,
        OverTarget::Def(def) => &text.defs[def],
    };
    // What is set for one differs between entities, and so does what reads it.
    let for_one = over.entity.is_some() && !def.per_entity;
    // A condition with something in its place no longer says what is asked for, and what may be `ingen` may be read.
    let none = !settled.never_none || model.may_be_none(over.value);
    // Which days a shifted date can be is looked for through definitions.
    !for_one && !none && def.ty != Ty::Date
}

/// Tells whether an expression of a kind is checked by itself and its parts: it neither reads inside the text's tables and
/// lines nor is among what they look at.
fn stands_alone(kind: &NodeKind) -> bool {
    match kind {
        NodeKind::Figure { .. } | NodeKind::Bool(_) | NodeKind::Text(_) | NodeKind::Date(_) => true,
        NodeKind::Nothing | NodeKind::Year | NodeKind::Day | NodeKind::Def(_) | NodeKind::Fact(_) => true,
        NodeKind::Entity(..) | NodeKind::Of { .. } | NodeKind::Unknown(_) | NodeKind::DoesNotApply(_) => true,
        NodeKind::Negate(_) | NodeKind::Not(_) | NodeKind::Arith(..) | NodeKind::Compare(..) => true,
        NodeKind::Approx(..) | NodeKind::And(_) | NodeKind::Or(_) | NodeKind::Between(..) => true,
        NodeKind::IsOneOf(..) | NodeKind::IsNone(..) | NodeKind::If(..) | NodeKind::Scaled(..) => true,
        NodeKind::AsPercentOf(..) | NodeKind::Restated(_) | NodeKind::Nominal(_) => true,
        NodeKind::Converted { .. }
        | NodeKind::IndexFigure(..)
        | NodeKind::At(..)
        | NodeKind::ForEntity(..) => true,
        NodeKind::Quantified { .. } | NodeKind::Aggregate { .. } | NodeKind::Rank { .. } => true,
        NodeKind::SumOver(..) | NodeKind::DateSpan(..) | NodeKind::Shift { .. } => true,
        NodeKind::PerYear(..) | NodeKind::CountMet(_) | NodeKind::AllMet(_) | NodeKind::Extreme(..) => true,
        NodeKind::Round(..) | NodeKind::Limit(..) | NodeKind::DivideOr(..) | NodeKind::Invalid => true,
        NodeKind::Former(..) | NodeKind::FormerCell(..) | NodeKind::FormerFact(..) => false,
        NodeKind::Share(_) | NodeKind::CarriedOn(_) | NodeKind::Lookup { .. } | NodeKind::Cell(_) => false,
        NodeKind::Scale { .. } | NodeKind::EachRound(..) | NodeKind::Rest(..) => false,
        NodeKind::Grant { .. } | NodeKind::Duty(_) => false,
    }
}
