//! When a line holds, in words: as written, with the given dates that bound it.

use super::Words;
use super::teller::Teller;
use crate::eval::{StepId, What};
use crate::model::{Alternative, BoundEdge, GivenBound, NodeKind};
use crate::value::Interval;

impl Words<'_> {
    /// Says when a line holds, given dates by their names: `fra ikraft`, `2025`, `ellers`.
    pub fn holding(&self, alternative: &Alternative) -> String {
        let names = alternative.given.iter().map(|bound| self.bound(bound, ""));
        let written = (alternative.interval != Interval::always() || alternative.given.is_empty())
            .then(|| alternative.interval.print(self.lang));
        let written = written.filter(|_| !alternative.otherwise);
        let rest = alternative.otherwise.then(|| self.lang.pick("ellers", "otherwise").to_owned());
        written.into_iter().chain(rest).chain(names).collect::<Vec<_>>().join(" ")
    }

    /// `fra ikraft`, with what stands after the name.
    fn bound(&self, bound: &GivenBound, after: &str) -> String {
        let name = match &self.model.node(bound.date).kind {
            NodeKind::Def(def) => self.def_name(*def),
            NodeKind::Fact(fact) => self.model.fact_name(*fact),
            _ => self.lang.pick("en dato", "a date").to_owned(),
        };
        let word = match bound.edge {
            BoundEdge::From => self.lang.pick("fra", "from"),
            BoundEdge::Through => self.lang.pick("til og med", "through"),
            BoundEdge::Until => self.lang.pick("indtil", "until"),
        };
        format!("{word} {name}{after}")
    }
}

impl Teller<'_> {
    /// Says when a line holds, given dates with what they are; `None` for a line that always holds.
    pub(super) fn holding(&self, alternative: &Alternative, step: Option<StepId>) -> Option<String> {
        let written = alternative.interval != Interval::always() && !alternative.otherwise;
        let written = written.then(|| alternative.interval.print(self.words.lang));
        let given = self.given_words(&alternative.given, step);
        let all: Vec<String> = written.into_iter().chain(given).collect();
        (!all.is_empty()).then(|| all.join(self.words.lang.pick(" og ", " and ")))
    }

    /// `den gælder fra ikraft (1. juli 2025)`, of an exception.
    pub(super) fn exception_dates(&self, considered: crate::eval::Considered) -> Option<String> {
        let data = &self.words.model.exceptions[considered.exception];
        let value = considered.date.map(|date| format!(" ({})", self.value_words(date, false)));
        let value = value.filter(|_| data.given.len() == 1).unwrap_or_default();
        let bounds: Vec<String> = data.given.iter().map(|bound| self.words.bound(bound, &value)).collect();
        let text = self.words.lang.pick("den er kun for tiden", "it is only for the time");
        Some(format!("{text} {}", bounds.join(" ")))
    }

    /// `fra ikraft (1. juli 2025)`.
    fn given_words(&self, given: &[GivenBound], step: Option<StepId>) -> Option<String> {
        let words = |bound: &GivenBound| {
            let inputs = step.map(|step| self.trace.step(step).inputs.as_slice()).unwrap_or_default();
            let is_read = |input: &&StepId| self.trace.step(**input).what == What::Expr(bound.date);
            let read = inputs.iter().find(is_read);
            let value = read.map(|read| format!(" ({})", self.value_words(*read, false))).unwrap_or_default();
            self.words.bound(bound, &value)
        };
        let all: Vec<String> = given.iter().map(words).collect();
        (!all.is_empty()).then(|| all.join(" "))
    }
}
