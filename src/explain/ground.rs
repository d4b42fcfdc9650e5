//! What a result rests on in the documents.

use std::collections::BTreeSet;

use super::teller::chosen;
use super::{Basis, Rests, Words};
use crate::eval::{Detail, Outcome, StepId, Trace, What};
use crate::model::ClauseId;

/// What a result cites itself: the exception or line that gave it, and the row that was hit.
pub(super) fn own_basis(words: Words<'_>, trace: &Trace, step: StepId) -> Vec<Basis> {
    let What::Def(def) = trace.step(step).what else { return vec![] };
    let mut cited = Vec::new();
    if let Detail::Definition(detail) = &trace.step(step).detail
        && let Some(exception) = detail.exception
    {
        cited.extend(&words.model.exceptions[exception].basis);
    }
    if let Some((body, alternative)) = chosen(words, trace, step, def) {
        let rounded = matches!(&trace.step(body).detail, Detail::Rounded { .. });
        let body = match trace.step(body).inputs.first() {
            Some(inner) if rounded => *inner,
            Some(_) | None => body,
        };
        let rows: Vec<usize> = match &trace.step(body).detail {
            Detail::Row { rows, .. } => rows.clone(),
            Detail::Between { rows, .. } => rows.to_vec(),
            Detail::Slices(_, lines) => lines.iter().map(|line| line.row).collect(),
            Detail::Plain | Detail::Definition(_) | Detail::Fact(_) | Detail::Branch(_) => vec![],
            Detail::Rounded { .. } | Detail::Shares(_) | Detail::Entities(_) | Detail::Ranks(_) => vec![],
            Detail::Years(_) | Detail::Limited(_) => vec![],
        };
        for cell in rows.iter().filter_map(|row| super::layers::cell_then(words, trace, body, *row)) {
            cited.extend(cell.basis);
            cited.extend(super::layers::layer_basis(words, cell.layer));
        }
        cited.extend(&alternative.basis);
        cited.extend(super::index::figures_basis(words, trace, body));
        cited.extend(super::layers::layer_basis(words, alternative.layer));
    }
    if let Outcome::DoesNotApply(crate::eval::Reason::Ended(_, layer)) = trace.outcome(step) {
        cited.extend(super::layers::layer_basis(words, *layer));
    }
    Basis::all(cited, words.lang)
}

/// Returns what a result rests on in the documents, the most specific first: the row or exception that gave it, its
/// line, its clause; of what is carried over, the clause that carries it over before the place it is carried from. An
/// expression rests on what the definitions it reads rest on.
pub fn basis_of(words: Words<'_>, trace: &Trace, step: StepId) -> Vec<Basis> {
    let all = match trace.step(step).what {
        What::Def(_) => own_basis(words, trace, step),
        What::Expr(_) => {
            let defs = Rests::of(words, trace, step).defs;
            let clauses: BTreeSet<ClauseId> = defs.iter().map(|def| words.model.defs[*def].clause).collect();
            let cited = clauses.iter().flat_map(|clause| &words.model.clauses[*clause].basis);
            return Basis::all(cited, words.lang);
        }
    };
    let What::Def(def) = trace.step(step).what else { return all };
    let clause = &words.model.clauses[words.model.defs[def].clause];
    let carried = chosen(words, trace, step, def).is_some_and(|(_, line)| line.carried.is_some());
    let (mut first, mut then) = (all, Basis::all(&clause.basis, words.lang));
    if carried {
        std::mem::swap(&mut first, &mut then);
    }
    for basis in then {
        if !first.contains(&basis) {
            first.push(basis);
        }
    }
    first
}
