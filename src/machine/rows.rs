//! What reads the row at hand, and what reads other rows than it.

use std::collections::{BTreeMap, BTreeSet};

use super::lower::is_of;
use crate::base::Id;
use crate::model::{DefId, ExprId, KindId, Model, NodeKind, OverTarget};

/// What reads which rows of a kind.
pub(super) struct Reads {
    kind: KindId,
    /// The definitions that read others of the kind, directly or through others, at whatever time.
    pub(super) other_rows: BTreeSet<DefId>,
    needs: BTreeMap<DefId, Vec<DefId>>,
    /// The place of each in the order of computation.
    place: BTreeMap<DefId, usize>,
}

impl Reads {
    pub(super) fn of(model: &Model, kind: KindId, order: &[DefId]) -> Reads {
        let place = order.iter().enumerate().map(|(place, def)| (*def, place)).collect();
        let mut reads = Reads { kind, other_rows: BTreeSet::new(), needs: BTreeMap::new(), place };
        let mut readers: BTreeMap<DefId, Vec<DefId>> = BTreeMap::new();
        for def in model.defs.ids() {
            let (mut needed, mut others) = (BTreeSet::new(), false);
            for body in bodies(model, def) {
                others |= reads.walk(model, body, &mut needed);
            }
            if others {
                reads.other_rows.insert(def);
            }
            for other in &needed {
                readers.entry(*other).or_default().push(def);
            }
            reads.needs.insert(def, needed.into_iter().collect());
        }
        let mut open: Vec<DefId> = reads.other_rows.iter().copied().collect();
        while let Some(def) = open.pop() {
            for reader in readers.get(&def).into_iter().flatten() {
                if reads.other_rows.insert(*reader) {
                    open.push(*reader);
                }
            }
        }
        reads
    }

    /// Notes the definitions that an expression names, and tells whether it reads others of the kind itself.
    fn walk(&self, model: &Model, root: ExprId, named: &mut BTreeSet<DefId>) -> bool {
        let (mut open, mut others) = (vec![root], false);
        while let Some(expr) = open.pop() {
            let node = model.node(expr);
            others |= match &node.kind {
                NodeKind::Share(share) => share.set.kind == self.kind,
                NodeKind::Quantified { set, .. } | NodeKind::Aggregate { set, .. } => set.kind == self.kind,
                NodeKind::Rank { set, .. } => set.kind == self.kind,
                NodeKind::ForEntity(_, kind, _) => *kind == self.kind,
                NodeKind::Of { kind, .. } => *kind == self.kind,
                _ => false,
            };
            if let NodeKind::Def(def) | NodeKind::CarriedOn(def) | NodeKind::Former(def, _) = &node.kind {
                named.insert(*def);
            }
            if let NodeKind::Cell(read) = &node.kind {
                named.insert(read.def);
            }
            open.extend(node.children(&model.tables));
        }
        others
    }

    /// Tells whether an expression reads others of the kind, itself or through definitions.
    pub(super) fn others(&self, model: &Model, expr: ExprId) -> bool {
        let mut named = BTreeSet::new();
        self.walk(model, expr, &mut named) || named.iter().any(|def| self.other_rows.contains(def))
    }

    /// The kind between whose entities a definition differs.
    pub(super) fn kind_of(&self, model: &Model, def: DefId) -> Option<KindId> {
        model.clauses[model.defs[def].clause].each.filter(|_| model.defs[def].per_entity)
    }

    /// Tells whether an expression reads the row at hand.
    pub(super) fn row(&self, model: &Model, root: ExprId) -> bool {
        let mut open = vec![root];
        while let Some(expr) = open.pop() {
            let node = model.node(expr);
            let reads = match &node.kind {
                NodeKind::Fact(fact) | NodeKind::FormerFact(fact, _) => is_of(model, *fact, self.kind),
                NodeKind::Entity(kind, _) => *kind == self.kind,
                NodeKind::Def(def) | NodeKind::Former(def, _) | NodeKind::CarriedOn(def) => {
                    self.kind_of(model, *def) == Some(self.kind)
                }
                _ => false,
            };
            if reads {
                return true;
            }
            open.extend(node.children(&model.tables));
        }
        false
    }

    /// The definitions that one needs and that are not known yet, each after those that it needs.
    pub(super) fn needed(&self, def: DefId, is_known: impl Fn(DefId) -> bool) -> Vec<DefId> {
        let (mut seen, mut open) = (BTreeSet::from([def]), vec![def]);
        while let Some(at) = open.pop() {
            for needed in self.needs.get(&at).into_iter().flatten() {
                if !is_known(*needed) && seen.insert(*needed) {
                    open.push(*needed);
                }
            }
        }
        seen.remove(&def);
        let mut all: Vec<DefId> = seen.into_iter().collect();
        all.sort_by_key(|def| self.place.get(def).copied().unwrap_or(usize::MAX));
        all
    }
}

/// Every expression that a definition may be, or that decides what it is.
fn bodies(model: &Model, def: DefId) -> Vec<ExprId> {
    let data = &model.defs[def];
    let dates = data.lines().flat_map(|line| line.given.iter().map(|bound| bound.date));
    let mut all: Vec<ExprId> = data.bodies().chain(dates).collect();
    for (exception, _) in &data.exceptions {
        let mut at = Some(*exception);
        while let Some(exception) = at {
            let data = &model.exceptions[exception];
            all.extend(data.condition);
            all.extend(data.given.iter().map(|bound| bound.date));
            at = data.outer;
        }
    }
    let over = model.overrides.iter().filter(|over| over.target == OverTarget::Def(def));
    all.extend(over.map(|over| over.value));
    all.sort_by_key(|expr| expr.index());
    all.dedup();
    all
}
