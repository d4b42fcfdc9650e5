//! What is claimed of places of the text. A place may stand several times in the model: what is carried over, what an
//! exception and the main rule share. A claim is told where it is true of all of them.

use std::collections::BTreeMap;

use super::norm_problem::NormProblem;
use crate::base::Span;
use crate::diag::Problems;

/// Claims by the place that they are about, with what is asked there.
#[derive(Debug, Default)]
pub(super) struct Claims {
    all: BTreeMap<(Span, &'static str), Option<NormProblem>>,
}

impl Claims {
    /// Notes what is true of a place this time; `None` where the claim is not.
    pub(super) fn note(&mut self, span: Span, asked: &'static str, claim: Option<NormProblem>) {
        let known = self.all.entry((span, asked)).or_insert_with(|| claim.clone());
        if claim.is_none() {
            *known = None;
        }
    }
    /// Tells whether a claim is made of a place, as far as it was looked at.
    pub(super) fn makes(&self, span: Span, asked: &'static str) -> bool {
        self.all.get(&(span, asked)).is_some_and(Option::is_some)
    }
    /// Tells what is true of all.
    pub(super) fn tell(self, problems: &mut Problems) {
        self.all.into_values().flatten().for_each(|claim| problems.report(&claim));
    }
}
