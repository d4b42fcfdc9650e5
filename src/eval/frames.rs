//! Who is at hand: a stack of entities, innermost first, interned so that a place can be compared and remembered.

use std::collections::BTreeMap;

use super::At;
use crate::base::{IndexVec, id_type};
use crate::facts::{EntityId, Facts};
use crate::model::{ExprId, FactOwner, KindId, Model, NodeKind};

id_type! {
    /// Names a stack of entities at hand around the innermost one.
    FrameId
}

/// One entity at hand, and those around it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Frame {
    entity: EntityId,
    outer: Option<FrameId>,
}

/// Every stack that a run has made, each once.
#[derive(Clone, Debug, Default)]
pub(super) struct Frames {
    frames: IndexVec<FrameId, Frame>,
    known: BTreeMap<Frame, FrameId>,
}

impl Frames {
    /// Returns the place with one more entity at hand.
    pub(super) fn inside(&mut self, at: At, entity: EntityId) -> At {
        let outer = at.entity.map(|innermost| {
            let frame = Frame { entity: innermost, outer: at.outer };
            *self.known.entry(frame).or_insert_with(|| self.frames.push(frame))
        });
        At { entity: Some(entity), outer: outer.or(at.outer), ..at }
    }

    /// Finds the entity of a kind at hand, passing over some of its kind from the innermost.
    pub(super) fn at_hand(&self, at: At, kind: KindId, skip: usize, facts: &Facts) -> Option<EntityId> {
        let mut outer = at.outer;
        let mut stack = at.entity.into_iter().chain(std::iter::from_fn(|| {
            let frame = self.frames.get(outer?)?;
            outer = frame.outer;
            Some(frame.entity)
        }));
        let mut of_kind = stack.by_ref().filter(|entity| facts.get(*entity).kind == kind);
        of_kind.nth(skip)
    }

    /// Returns the place a name is read in: of all at hand, only the one it is about.
    pub(super) fn meant(&self, expr: ExprId, at: At, model: &Model, facts: &Facts) -> At {
        let (kind, skip) = match &model.node(expr).kind {
            NodeKind::Entity(kind, skip) => (*kind, *skip),
            NodeKind::Fact(fact) => match model.facts[*fact].owner {
                FactOwner::Kind(kind) => (kind, 0),
                FactOwner::Clause(_) | FactOwner::File => return at,
            },
            NodeKind::Def(def) => match model.clauses[model.defs[*def].clause].each {
                Some(kind) if model.defs[*def].per_entity => (kind, 0),
                Some(_) | None => return at,
            },
            _ => return at,
        };
        At { entity: self.at_hand(at, kind, skip, facts), outer: None, ..at }
    }
}
