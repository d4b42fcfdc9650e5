//! The plan: a checked model with its definitions in evaluation order. Only a [`Valid<Plan>`] can run.

mod order;
mod ring;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diag::Problems;
use crate::model::{DefId, ExprId, Model};
use crate::types::{self, Settled};
use order::Levels;

/// A model whose expressions have types, with the order in which its definitions can be computed.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The model; definitions that are wrong in themselves are marked and have no value.
    pub model: Model,
    /// Every definition after those it needs at the same time.
    pub order: Vec<DefId>,
    /// How long the longest chain is by which each definition needs others at the same time; nothing where none is long.
    levels: Levels,
}

/// Longer chains than this are computed from their beginning, so that they are never open all at once.
const FAR: u32 = 200;

impl Plan {
    /// Tells whether there is a chain that is better computed from its beginning.
    pub fn has_far(&self) -> bool {
        !self.levels.is_empty()
    }
    /// Tells whether a chain below a definition is so long that it is better computed from its beginning.
    pub fn is_far(&self, def: DefId) -> bool {
        self.level(def) > FAR
    }
    /// How long the longest chain is by which a definition needs others at the same time.
    pub fn level(&self, def: DefId) -> u32 {
        self.levels.get(&def).copied().unwrap_or(0)
    }
    /// The definitions that a definition may read, at any time.
    pub fn reads(&self, def: DefId) -> BTreeSet<DefId> {
        order::reads(&self.model, def)
    }
    /// The definitions that an expression may read by itself, at any time.
    pub fn reads_of_expression(&self, expr: ExprId) -> BTreeSet<DefId> {
        let mut read = BTreeSet::new();
        order::references(&self.model, expr, &mut |def| {
            read.insert(def);
        });
        read
    }
}

/// Something that has been checked. It can be had only by checking, and read but not changed.
/// Copies are the same thing: whoever holds one keeps it alive.
#[derive(Debug)]
pub struct Valid<T>(Arc<T>);

impl<T> Clone for Valid<T> {
    fn clone(&self) -> Valid<T> {
        Valid(Arc::clone(&self.0))
    }
}

impl<T> std::ops::Deref for Valid<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl Valid<Plan> {
    /// Checks a model: types, rings and what exceptions read. Definitions with errors are kept out of evaluation by
    /// marking them, so that the rest still runs.
    pub fn check(mut model: Model, problems: &mut Problems) -> Valid<Plan> {
        types::check(&mut model, problems);
        Valid(Arc::new(Valid::in_order(model, problems)))
    }
    /// Checks the model of a text that layers are to be laid over; copies of it share what they do not change.
    pub fn ground(mut model: Model, problems: &mut Problems) -> (Valid<Plan>, Settled) {
        let settled = types::check(&mut model, problems);
        let mut plan = Valid::in_order(model, problems);
        plan.model.share();
        (Valid(Arc::new(plan)), settled)
    }
    /// Checks the model of this text with something laid over it. `None` where that bears on what the text itself states:
    /// then the whole must be checked, and nothing that was found counts.
    pub fn laid(&self, mut model: Model, settled: &Settled, problems: &mut Problems) -> Option<Valid<Plan>> {
        let alone = types::check_laid(&mut model, &self.model, settled, problems);
        // What is put in place of a definition is not computed from the text's own lines, so their order stays.
        alone.then(|| Valid(Arc::new(Plan { model, order: self.order.clone(), levels: self.levels.clone() })))
    }
    fn in_order(mut model: Model, problems: &mut Problems) -> Plan {
        order::exceptions_reading_themselves(&mut model);
        let (order, mut levels) = order::order(&mut model, problems);
        if levels.values().all(|level| *level <= FAR) {
            levels.clear();
        }
        Plan { model, order, levels }
    }
}
