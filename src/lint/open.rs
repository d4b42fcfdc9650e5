//! Questions that were neither proved nor disproved, with the reason: they are listed, and not passed over in silence.

use super::settle::Why;
use crate::base::Span;

/// A question that stays open.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Opened {
    /// Where it arises.
    pub span: Span,
    /// What was asked.
    pub what: What,
    /// Why it stays open.
    pub why: Why,
}

/// What is asked of norms.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum What {
    /// Whether two exceptions can be live together with different values.
    Conflict,
    /// Whether a condition is always or never met.
    Condition,
    /// Whether a branch is ever reached.
    Branch,
    /// Whether a grant can be paid, and can lapse.
    Grant,
}

/// The questions that stay open, in the order in which they were met.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Questions {
    /// Each with its place and reason.
    pub all: Vec<Opened>,
}

impl Questions {
    /// Leaves a question open.
    pub(super) fn leave(&mut self, opened: Opened) {
        if !self.all.contains(&opened) {
            self.all.push(opened);
        }
    }
}
