//! The plan: a checked model with its definitions in evaluation order. Only a [`Valid<Plan>`] can run.

mod order;
mod ring;

use crate::diag::Problems;
use crate::model::{DefId, Model};
use crate::types;

/// A model whose expressions have types, with the order in which its definitions can be computed.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The model; definitions that are wrong in themselves are marked and have no value.
    pub model: Model,
    /// Every definition after those it needs at the same time.
    pub order: Vec<DefId>,
}

/// Something that has been checked. It can be had only by checking, and read but not changed.
#[derive(Clone, Debug)]
pub struct Valid<T>(T);

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
        order::exceptions_reading_themselves(&mut model);
        let order = order::order(&mut model, problems);
        Valid(Plan { model, order })
    }
}
