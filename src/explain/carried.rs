//! What a line that is carried over says of where it comes from.

use super::teller::Teller;
use super::{Basis, Item, Words};
use crate::eval::StepId;
use crate::model::{Amendment, ClauseId, DefId};

impl Teller<'_> {
    /// Cites what a line within its clause rests on. Of several that are carried over from the same place, the first says
    /// which; of the others it is enough that they are, which is returned and told last.
    pub(super) fn line_head(
        &mut self,
        item: &mut Item,
        (step, def): (StepId, DefId),
        own: Vec<Basis>,
    ) -> Option<String> {
        let from = self.chosen(step, def).and_then(|(_, alternative)| alternative.carried);
        let known = from.map(|clause| (clause, own.clone()));
        match known {
            Some(known)
                if self.carried_told.contains(&known)
                    && self.without_its_amendments(step, def, known.0).is_none() =>
            {
                Some(self.words.lang.pick("videreført", "carried over").to_owned())
            }
            known => {
                self.carried_head(item, (step, def), own);
                self.carried_told.extend(known);
                None
            }
        }
    }

    /// Cites what a line rests on: where it is carried over, what the clause that carries it over rests on itself, and
    /// then the place whose wording it shares.
    pub(super) fn carried_head(&mut self, item: &mut Item, (step, def): (StepId, DefId), own: Vec<Basis>) {
        let Some(from) = self.carried_words(step, def) else {
            item.basis = own;
            return;
        };
        let clause = &self.words.model.clauses[self.words.model.defs[def].clause];
        item.basis = Basis::all(&clause.basis, self.words.lang);
        let other: Vec<Basis> = own.into_iter().filter(|basis| !item.basis.contains(basis)).collect();
        item.says.push(match other.is_empty() {
            true => from,
            false => {
                let same = self.words.lang.pick("samme ordlyd som", "same wording as");
                format!("{same} {} ({from})", super::cite_all(&other))
            }
        });
    }

    /// Words where the line behind a result was carried over from; nothing for a clause's own.
    pub(super) fn carried_words(&self, step: StepId, def: DefId) -> Option<String> {
        let (_, alternative) = self.chosen(step, def)?;
        let clause = alternative.carried?;
        let from = origin_of(self.words, clause);
        let mut words =
            self.words.lang.pick(format!("videreført fra {from}"), format!("carried over from {from}"));
        if let Some(without) = self.without_its_amendments(step, def, clause) {
            words.push_str(&without);
        }
        Some(words)
    }

    /// Words for the amendments of the clause that is carried over, which stay with that clause.
    fn without_its_amendments(&self, step: StepId, def: DefId, clause: ClauseId) -> Option<String> {
        let model = self.words.model;
        let asked = self.trace.step(step).at.moment.interval()?;
        let there =
            model.clauses[clause].defs.iter().find(|id| model.defs[**id].name == model.defs[def].name)?;
        let amends = |amendment: &&Amendment| {
            amendment.on && amendment.touches.contains(there) && amendment.interval.overlaps(asked)
        };
        let names: Vec<String> =
            model.amendments.iter().filter(amends).map(|amendment| format!("`{}`", amendment.name)).collect();
        let (names, many) = (names.join(", "), names.len() > 1);
        let (da, en) = match many {
            false => ("uden ændringen", "without the amendment"),
            true => ("uden ændringerne", "without the amendments"),
        };
        let there = self.words.lang.pick(", der kun gælder der", ", which holds only there");
        (!names.is_empty()).then(|| format!(", {} {names}{there}", self.words.lang.pick(da, en)))
    }
}

/// Names a clause with its agreement, since it is another one than the one around.
fn origin_of(words: Words<'_>, clause: ClauseId) -> String {
    words.model.with_agreement(clause).unwrap_or_else(|| words.model.clauses[clause].name.clone())
}
