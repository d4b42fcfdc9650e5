//! What a result rests on in the documents.

use std::collections::BTreeSet;

use super::teller::chosen;
use super::{Basis, Rests, Words};
use crate::eval::{Detail, Outcome, StepId, Trace, What};
use crate::model::{Alternative, ClauseId, NodeKind};
use crate::syntax::ast::Citation;

/// What a result cites itself, worded.
pub(super) fn own_basis(words: Words<'_>, trace: &Trace, step: StepId) -> Vec<Basis> {
    let What::Def(def) = trace.step(step).what else { return vec![] };
    Basis::all(own_citations(words, trace, step, chosen(words, trace, step, def)), words.lang)
}

/// What a result cites itself: the exception or line that gave it, and the row that was hit.
fn own_citations<'m>(
    words: Words<'m>,
    trace: &Trace,
    step: StepId,
    chosen: Option<(StepId, &'m Alternative)>,
) -> Vec<&'m Citation> {
    let mut cited = Vec::new();
    if let Detail::Definition(detail) = &trace.step(step).detail
        && let Some(exception) = detail.exception
    {
        cited.extend(&words.model.exceptions[exception].basis);
    }
    if let Some((body, alternative)) = chosen {
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
    cited
}

/// Returns what a result rests on in the documents, worded, each place once, in the order of [`citations_of`].
pub fn basis_of(words: Words<'_>, trace: &Trace, step: StepId) -> Vec<Basis> {
    Basis::all(citations_of(words, trace, step), words.lang)
}

/// Returns the citations that a result rests on, the most specific first: the row or exception that gave it, its line,
/// its clause; of what is carried over, the clause that carries it over before the place it is carried from. An
/// expression rests on what the definitions it reads rest on.
pub fn citations_of<'m>(words: Words<'m>, trace: &Trace, step: StepId) -> Vec<&'m Citation> {
    let What::Def(def) = trace.step(step).what else { return read_by(words, trace, step) };
    let chosen = chosen(words, trace, step, def);
    let mut own = own_citations(words, trace, step, chosen);
    let clause = &words.model.clauses[words.model.defs[def].clause].basis;
    match chosen.is_some_and(|(_, line)| line.carried.is_some()) {
        true => own.splice(0..0, clause).for_each(drop),
        false => own.extend(clause),
    }
    own
}

/// What the definitions and the judgements rest on that an expression reads.
fn read_by<'m>(words: Words<'m>, trace: &Trace, step: StepId) -> Vec<&'m Citation> {
    let model = words.model;
    let rests = Rests::of(words, trace, step);
    let clauses: BTreeSet<ClauseId> = rests.defs.iter().map(|def| model.defs[*def].clause).collect();
    let cited = clauses.into_iter().flat_map(|clause| &model.clauses[clause].basis);
    cited.chain(rests.known_facts.iter().flat_map(|fact| &model.facts[*fact].basis)).collect()
}

/// What a fact rests on that the rules cite a place for: that of a judgement.
pub fn fact_basis(words: Words<'_>, trace: &Trace, step: StepId) -> Vec<Basis> {
    let What::Expr(expr) = trace.step(step).what else { return vec![] };
    let NodeKind::Fact(fact) = words.model.node(expr).kind else { return vec![] };
    Basis::all(&words.model.facts[fact].basis, words.lang)
}
