//! Switches that readings set: a `hvis` that asks nothing but how the text is read is told by the branch taken, as if it
//! stood alone, and the reading is named.

use std::collections::{BTreeMap, BTreeSet};

use super::teller::{Teller, chosen};
use super::{Rests, Words};
use crate::eval::{Detail, StepId, Trace, What};
use crate::model::{Body, DefId, ExprId, LayerId, NodeKind, Origin, Touch, Ty};

/// The switches that a run read, by what they were set to.
pub(super) type Switches = BTreeMap<DefId, bool>;

/// Finds the switches that were read: a plain yes or no, set by the text or one of its readings for as long as is asked.
/// One that data or a what-if sets is told like everything else that was put in the text's place.
pub(super) fn switches(words: Words<'_>, trace: &Trace) -> Switches {
    let offered = |assumption: &&crate::model::Assumption| assumption.chosen.is_some();
    let touches = words.model.assumptions.iter().filter(offered).flat_map(|assumption| &assumption.touches);
    let candidates: BTreeSet<DefId> = touches
        .filter_map(|touch| match touch {
            Touch::Def(def) => Some(*def),
            Touch::Row(..) | Touch::Fact(_) | Touch::Exception(_) | Touch::Index(..) => None,
            Touch::Clause(_) | Touch::Agreement(_) => None,
        })
        .filter(|def| words.model.defs[*def].ty == Ty::Bool)
        .collect();
    let mut found: BTreeMap<DefId, Option<bool>> = BTreeMap::new();
    for (step, data) in trace.steps.iter_enumerated() {
        let What::Def(def) = data.what else { continue };
        if candidates.contains(&def) {
            let set = set_to(words, trace, step, def);
            let known = found.entry(def).or_insert(set);
            *known = known.filter(|known| Some(*known) == set);
        }
    }
    let unread = candidates.iter().filter(|def| !found.contains_key(def));
    let unread: Switches = unread.filter_map(|def| Some((*def, stands(words, *def)?))).collect();
    found.into_iter().filter_map(|(def, set)| Some((def, set?))).chain(unread).collect()
}

/// What a switch that the run did not come to is set to: what was put in the place of a line is told with the line.
fn stands(words: Words<'_>, def: DefId) -> Option<bool> {
    let lines = &words.model.defs[def].alternatives;
    let top = lines.iter().map(|line| line.layer).max()?;
    let mut stated = lines.iter().filter(|line| line.layer == top);
    let (Some(line), None) = (stated.next(), stated.next()) else { return None };
    let Body::Expr(body) = line.body else { return None };
    plain(words, body, line.layer)
}

/// What the text or one of its readings sets a definition to, where it is a plain yes or no.
fn set_to(words: Words<'_>, trace: &Trace, step: StepId, def: DefId) -> Option<bool> {
    let Detail::Definition(detail) = &trace.step(step).detail else { return None };
    if detail.overridden.is_some() || detail.from_data.is_some() || detail.exception.is_some() {
        return None;
    }
    let (body, alternative) = chosen(words, trace, step, def)?;
    let What::Expr(expr) = trace.step(body).what else { return None };
    plain(words, expr, alternative.layer)
}

/// A plain yes or no that the text or one of its readings states.
fn plain(words: Words<'_>, expr: ExprId, layer: LayerId) -> Option<bool> {
    match (&words.model.node(expr).kind, words.model.layers.origin(layer)) {
        (NodeKind::Bool(set), Origin::Text | Origin::CarriedOver | Origin::Reading { .. }) => Some(*set),
        (_, _) => None,
    }
}

impl Teller<'_> {
    /// The switch that a `hvis` asks and nothing else, and the branch that it takes.
    pub(super) fn by_switch(&self, expr: ExprId) -> Option<(DefId, ExprId)> {
        let NodeKind::If(condition, then, otherwise) = &self.words.model.node(expr).kind else { return None };
        let (def, set) = self.switch(*condition)?;
        Some((def, if set { *then } else { *otherwise }))
    }

    fn switch(&self, condition: ExprId) -> Option<(DefId, bool)> {
        let kind = &self.words.model.node(condition).kind;
        if let NodeKind::Not(inner) = kind {
            return self.switch(*inner).map(|(def, set)| (def, !set));
        }
        let NodeKind::Def(def) = kind else { return None };
        self.switches.get(def).map(|set| (*def, *set))
    }

    /// The step that stands when the `hvis` that only ask how the text is read are left out.
    pub(super) fn settled(&self, step: StepId) -> StepId {
        let mut at = step;
        while self.expr_of(at).is_some_and(|expr| self.by_switch(expr).is_some())
            && matches!(self.trace.step(at).detail, Detail::Branch(_))
            && let Some(taken) = self.input(at, 1)
        {
            at = taken;
        }
        at
    }

    /// `efter læsningen uændret=tæller_ikke`: the readings that chose what is told of a step, each named where it is first
    /// met.
    pub(super) fn read_as(&mut self, step: StepId) -> Option<String> {
        if self.for_page {
            return None;
        }
        let fresh: Vec<usize> = self.read_by(step);
        let fresh = fresh.into_iter().filter(|index| self.readings_named.insert(*index)).collect::<Vec<_>>();
        self.reading_words(&fresh)
    }

    /// The same wherever it is asked, also where the reading was named before.
    pub(super) fn read_here(&self, step: StepId) -> Option<String> {
        self.reading_words(&self.read_by(step))
    }

    /// The assumptions, by position, whose chosen reading decided what is told of a step, each once.
    fn read_by(&self, step: StepId) -> Vec<usize> {
        let mut found = Vec::new();
        for def in self.switches_read(step) {
            for (index, assumption) in self.words.model.assumptions.iter().enumerate() {
                let decides = assumption.chosen.is_some() && assumption.touches.contains(&Touch::Def(def));
                if decides && !found.contains(&index) {
                    found.push(index);
                }
            }
        }
        found
    }

    fn reading_words(&self, indices: &[usize]) -> Option<String> {
        let assumptions = indices.iter().filter_map(|index| self.words.model.assumptions.get(*index));
        let names: Vec<String> = assumptions
            .filter_map(|assumption| {
                let reading = assumption.chosen.and_then(|chosen| assumption.readings.get(chosen))?;
                Some(format!("{}={}", assumption.name, reading.name))
            })
            .collect();
        let lang = self.words.lang;
        let word = match names.len() {
            0 => return None,
            1 => lang.pick("efter læsningen", "by the reading"),
            _ => lang.pick("efter læsningerne", "by the readings"),
        };
        Some(format!("{word} {}", names.join(", ")))
    }

    /// The assumptions that a line of a page rests on by itself: those behind it, and once those about its whole clause.
    pub(super) fn readings_behind(&mut self, step: StepId) -> Vec<usize> {
        if !self.for_page {
            return vec![];
        }
        let rests = Rests::own(self.words, self.trace, step, &|def| self.switches.contains_key(&def));
        let model = self.words.model;
        let is_wide = |touch: &Touch| matches!(touch, Touch::Clause(_) | Touch::Agreement(_));
        let touched = model.assumptions.iter().enumerate().filter(|(_, one)| rests.touched(self.words, one));
        let (wide, own): (Vec<_>, Vec<_>) = touched.partition(|(_, one)| one.touches.iter().all(is_wide));
        let fresh = wide.into_iter().filter(|(index, _)| self.readings_named.insert(*index));
        let mut all: Vec<usize> = fresh.chain(own).map(|(index, _)| index).collect();
        all.sort_unstable();
        all
    }

    /// The switches behind what is told of a step, in the order they are met; other definitions tell of their own.
    fn switches_read(&self, step: StepId) -> Vec<DefId> {
        let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
        let mut open = vec![step];
        while let Some(at) = open.pop() {
            let Some(expr) = self.expr_of(at).filter(|_| seen.insert(at)) else { continue };
            let inputs = &self.trace.step(at).inputs;
            match self.by_switch(expr) {
                Some((def, _)) => {
                    found.push(def);
                    open.extend(inputs.get(1));
                }
                None => open.extend(inputs.iter().rev()),
            }
        }
        found
    }
}
