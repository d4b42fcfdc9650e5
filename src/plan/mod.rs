//! The plan: a checked model with its definitions in evaluation order. Only a [`Valid<Plan>`] can run.

mod order;
mod ring;

use std::sync::Arc;

use crate::diag::Problems;
use crate::model::{DefId, Model};
use crate::types::{self, Settled};

/// A model whose expressions have types, with the order in which its definitions can be computed.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The model; definitions that are wrong in themselves are marked and have no value.
    pub model: Model,
    /// Every definition after those it needs at the same time.
    pub order: Vec<DefId>,
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
        alone.then(|| Valid(Arc::new(Plan { model, order: self.order.clone() })))
    }
    fn in_order(mut model: Model, problems: &mut Problems) -> Plan {
        order::exceptions_reading_themselves(&mut model);
        let order = order::order(&mut model, problems);
        Plan { model, order }
    }
}
