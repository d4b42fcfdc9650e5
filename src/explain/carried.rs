//! What a line that is carried over says of where it comes from.

use super::Words;
use super::teller::Teller;
use crate::eval::StepId;
use crate::model::{ClauseId, DefId};

impl Teller<'_> {
    /// Words where the line behind a result was carried over from; nothing for a clause's own.
    pub(super) fn carried_words(&self, step: StepId, def: DefId) -> Option<String> {
        let (_, alternative) = self.chosen(step, def)?;
        let from = origin_of(self.words, alternative.carried?);
        Some(self.words.lang.pick(format!("videreført fra {from}"), format!("carried over from {from}")))
    }
}

/// Names a clause with its agreement, since it is another one than the one around.
fn origin_of(words: Words<'_>, clause: ClauseId) -> String {
    words.model.with_agreement(clause).unwrap_or_else(|| words.model.clauses[clause].name.clone())
}
