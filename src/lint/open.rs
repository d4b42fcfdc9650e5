//! Questions that were neither proved nor disproved, with the reason: they are listed, and not passed over in silence.

use std::collections::BTreeSet;

use super::settle::Why;
use crate::base::{Bi, Span, bi};

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
    /// Whether what is divided by can be 0.
    Division,
}

impl What {
    /// Words the question.
    pub(super) fn words(self) -> Bi {
        match self {
            What::Conflict => bi!(
                "om denne undtagelse kan gælde samtidig med en anden, der siger noget andet",
                "whether this exception can hold together with another that says something else"
            ),
            What::Condition => bi!(
                "om denne betingelse kan blive både opfyldt og ikke opfyldt",
                "whether this condition can be met and can fail"
            ),
            What::Division => {
                bi!("om det, der divideres med her, kan være 0", "whether what is divided by here can be 0")
            }
            What::Branch => bi!("om denne gren nogensinde nås", "whether this branch is ever reached"),
            What::Grant => bi!(
                "om dette tilskud både kan udbetales og kan bortfalde",
                "whether this grant can be paid and can lapse"
            ),
        }
    }
}

impl Why {
    /// Words the reason.
    pub(super) fn words(self) -> Bi {
        match self {
            Why::Computed => bi!(
                "noget i det regnes ud, sammenlignes med en anden oplysning eller læses et andet sted",
                "something in it is computed, compared with another fact, or read elsewhere"
            ),
            Why::GivenDate => {
                bi!(
                    "en dato, der først gives med data, afgør det",
                    "a date that is given only with the data decides it"
                )
            }
            Why::Required => bi!(
                "et `krav` kan udelukke det, men er ikke forstået til bunds",
                "a `require` may rule it out, but is not understood in full"
            ),
            Why::Around => bi!(
                "det, der skal være opfyldt, hvor det læses, kan udelukke det, men er ikke forstået til bunds",
                "what must be met where it is read may rule it out, but is not understood in full"
            ),
            Why::NotDeclared => bi!(
                "det er en oplysning, og det er ikke erklæret, hvad den kan være",
                "it is a fact, and it is not declared what it can be"
            ),
            Why::TooMuch => bi!(
                "der er flere kombinationer, end der ses på",
                "there are more combinations than are looked at"
            ),
        }
    }
}

/// The questions that stay open, by place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Questions {
    /// Each with its place and reason.
    pub all: BTreeSet<Opened>,
}

impl Questions {
    /// Leaves a question open.
    pub(super) fn leave(&mut self, opened: Opened) {
        self.all.insert(opened);
    }
}
