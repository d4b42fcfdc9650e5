//! Readings of a text that is carried over: what a chosen reading states of a clause holds of its text wherever that
//! stands, below what the carrying clause states itself.

use super::ClauseId;
use super::declare::{Declarer, PendingClause};
use super::laid::LaidStatement;
use super::lower::Lowerer;
use super::paths::canonical;
use super::readings::Assumed;
use crate::syntax::ast::{Stmt, StmtKind};

/// An assumption whose readings go with a clause into one that carries it over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct CarriedReading {
    /// The assumption, by its position among all of them.
    assumption: usize,
    /// The clause whose text it is about.
    pub(super) from: ClauseId,
    /// The clause that carries that text over.
    pub(super) into: ClauseId,
}

impl CarriedReading {
    /// Tells whether it is of the assumption at a position, about the text of a clause.
    pub(super) fn is_of(&self, assumption: usize, from: ClauseId) -> bool {
        self.assumption == assumption && self.from == from
    }
}

impl Declarer<'_> {
    /// Finds the assumptions that are carried over: all of a text, but for those that have one of the same name beside
    /// what carries it over. What an amendment assumes stays with the amendment.
    pub(super) fn carried_readings(
        &self,
        all: &[Assumed<'_>],
        clauses: &[PendingClause<'_>],
    ) -> Vec<CarriedReading> {
        let mut found = Vec::new();
        for clause in clauses {
            for (depth, text) in clause.carried.iter().enumerate() {
                let nearer: Vec<ClauseId> = std::iter::once(clause.id)
                    .chain(clause.carried.iter().take(depth).map(|text| text.from))
                    .collect();
                let carried = all.iter().enumerate().filter(|(at, one)| {
                    let taken_out = || clause.nearer_than(text.from).takes_out(&one.tree.name.text);
                    let own = one.clause == Some(text.from);
                    one.within.is_none()
                        && !self.is_asked_anew(all, (*at, one), &nearer)
                        && !(own && taken_out())
                });
                let (from, into) = (text.from, clause.id);
                found.extend(carried.map(|(assumption, _)| CarriedReading { assumption, from, into }));
            }
        }
        found
    }

    /// Tells whether another assumption of the same name stands in one of the clauses, or in the agreement of one.
    fn is_asked_anew(
        &self,
        all: &[Assumed<'_>],
        (at, one): (usize, &Assumed<'_>),
        nearer: &[ClauseId],
    ) -> bool {
        all.iter().enumerate().filter(|(other, _)| *other != at).any(|(_, other)| {
            let near = |clause: &ClauseId| match other.clause {
                Some(of) => of == *clause,
                None => self.model.home(other.tree.name.span) == self.model.clauses[*clause].agreement,
            };
            other.within.is_none() && other.tree.name.text == one.tree.name.text && nearer.iter().any(near)
        })
    }

    /// Lays what the chosen readings state of a text over it wherever it is carried over, and declares the names that
    /// they add there.
    pub(super) fn lay_carried(
        &mut self,
        all: &[Assumed<'_>],
        carried: &[CarriedReading],
        clauses: &[PendingClause<'_>],
        laid: &mut Vec<LaidStatement>,
    ) {
        let mut added = Vec::new();
        for (at, assumed) in all.iter().enumerate() {
            let origin = assumed.reading().map(|reading| reading.origin());
            let layers = origin.and_then(|origin| {
                let below = self.model.layers.of_carried(&origin)?;
                Some((self.model.layers.of(&origin)?, below))
            });
            let Some((own, below)) = layers else { continue };
            for one in laid.iter().filter(|one| one.layer == own) {
                let Some((clause, stmt)) = self.stated_of(one, assumed) else { continue };
                for carried in carried.iter().filter(|carried| carried.is_of(at, clause)) {
                    let Some(pending) = clauses.iter().find(|pending| pending.id == carried.into) else {
                        continue;
                    };
                    if !pending.nearer_than(clause).leaves(&stmt) {
                        continue;
                    }
                    added.push(LaidStatement {
                        layer: below,
                        clause: Some(carried.into),
                        carried: Some(clause),
                        stmt: stmt.clone(),
                        ..one.clone()
                    });
                }
            }
        }
        self.carrying = true;
        added.iter().for_each(|statement| self.declare_laid(statement));
        self.carrying = false;
        laid.extend(added);
    }

    /// The clause that a line of a reading is about, with the line as it would stand in it. A value given to the clause
    /// that the assumption stands in is one of its names too.
    fn stated_of(&self, laid: &LaidStatement, assumed: &Assumed<'_>) -> Option<(ClauseId, Stmt)> {
        if let Some(clause) = laid.clause {
            return Some((clause, laid.stmt.clone()))
                .filter(|(_, stmt)| !matches!(stmt.kind, StmtKind::Check(_)));
        }
        let StmtKind::Assign(assign) = &laid.stmt.kind else { return None };
        let clause = assumed.clause?;
        let names: Vec<&str> = assign.target.path.parts.iter().map(|part| part.name.text.as_str()).collect();
        let given = self.symbols.givens.contains_key(&(clause, canonical(&names)));
        given.then(|| (clause, laid.stmt.clone()))
    }
}

impl Lowerer<'_> {
    /// What a reading states of a carried text gives way to what is nearer, as the text itself does.
    pub(super) fn settle_carried(&mut self, laid: &[LaidStatement]) {
        let mut clauses: Vec<ClauseId> =
            laid.iter().filter(|one| one.carried.is_some()).filter_map(|one| one.clause).collect();
        clauses.sort();
        clauses.dedup();
        clauses.into_iter().for_each(|clause| self.settle(clause));
    }
}
