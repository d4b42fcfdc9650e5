//! What values depend on: the facts and definitions behind them, at whatever time, and whether the time itself decides.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::model::{DefId, ExprId, FactId, Model, NodeKind, OverTarget};

/// What some expressions depend on.
#[derive(Clone, Debug, Default)]
pub(super) struct Reached {
    facts: BTreeSet<FactId>,
    defs: BTreeSet<DefId>,
    time: bool,
}

impl Reached {
    /// Follows expressions through the definitions that they read.
    pub(super) fn by(model: &Model, exprs: impl IntoIterator<Item = ExprId>) -> Reached {
        let mut reached = Reached::default();
        reached.follow(model, exprs, |_| false);
        reached
    }

    /// Tells whether some expressions depend on what is given, and not on what the text states alone.
    pub(super) fn depend_on_facts(model: &Model, exprs: impl IntoIterator<Item = ExprId>) -> bool {
        let mut reached = Reached::default();
        reached.follow(model, exprs, |reached| !reached.facts.is_empty());
        !reached.facts.is_empty()
    }

    /// Follows expressions until enough is known.
    fn follow(
        &mut self,
        model: &Model,
        exprs: impl IntoIterator<Item = ExprId>,
        is_enough: impl Fn(&Reached) -> bool,
    ) {
        let mut open: Vec<ExprId> = exprs.into_iter().collect();
        while let Some(expr) = open.pop() {
            if is_enough(self) {
                return;
            }
            let node = model.node(expr);
            match &node.kind {
                NodeKind::Fact(fact) | NodeKind::FormerFact(fact, _) => {
                    self.facts.insert(*fact);
                }
                NodeKind::Def(def) | NodeKind::CarriedOn(def) | NodeKind::Former(def, _) => {
                    self.def(model, *def, &mut open);
                }
                NodeKind::Cell(cell) => self.def(model, cell.def, &mut open),
                NodeKind::Year | NodeKind::Day => self.time = true,
                _ => {}
            }
            open.extend(node.children(&model.tables));
        }
    }

    fn def(&mut self, model: &Model, def: DefId, open: &mut Vec<ExprId>) {
        if !self.defs.insert(def) {
            return;
        }
        let data = &model.defs[def];
        open.extend(data.bodies());
        let laid = model.overrides.iter().filter(|over| over.target == OverTarget::Def(def));
        open.extend(laid.map(|over| over.value));
        open.extend(data.exceptions.iter().filter_map(|(id, _)| model.exceptions[*id].condition));
        // Lines that hold at different times make the value depend on the time.
        self.time |= data.alternatives.len() > 1;
    }

    /// Tells whether nothing is behind two of some expressions, so that each can be anything whatever the others are.
    pub(super) fn are_apart(model: &Model, exprs: &[ExprId]) -> bool {
        if exprs.len() < 2 {
            return true;
        }
        let all: Vec<Reached> = exprs.iter().map(|expr| Reached::by(model, [*expr])).collect();
        all.iter().enumerate().all(|(at, one)| all.iter().skip(at + 1).all(|other| one.is_apart(other)))
    }
    /// Returns the facts among what they depend on.
    pub(super) fn facts(&self) -> impl Iterator<Item = FactId> {
        self.facts.iter().copied()
    }
    /// Tells whether a definition is among what they depend on.
    pub(super) fn has(&self, def: DefId) -> bool {
        self.defs.contains(&def)
    }
    /// Tells whether nothing is behind both.
    pub(super) fn is_apart(&self, other: &Reached) -> bool {
        self.facts.is_disjoint(&other.facts)
            && self.defs.is_disjoint(&other.defs)
            && !(self.time && other.time)
    }
}

/// What some expressions depend on, followed once somebody asks: most are never asked about.
pub(super) struct Behind<'m> {
    model: &'m Model,
    exprs: Vec<ExprId>,
    found: OnceCell<Reached>,
}

impl<'m> Behind<'m> {
    /// Nothing is followed yet.
    pub(super) fn new(model: &'m Model, exprs: impl IntoIterator<Item = ExprId>) -> Behind<'m> {
        Behind { model, exprs: exprs.into_iter().collect(), found: OnceCell::new() }
    }
    /// Tells whether nothing is behind both these and another expression.
    pub(super) fn is_apart_from(&self, other: ExprId) -> bool {
        let own = self.found.get_or_init(|| Reached::by(self.model, self.exprs.iter().copied()));
        own.is_apart(&Reached::by(self.model, [other]))
    }
}
