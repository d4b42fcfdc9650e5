//! What nobody uses: facts that no rule reads, names local to an exception that nothing reads, readings that say
//! nothing, clauses and exceptions without content. A result that nobody reads is what a clause is for, so it is used.

use std::collections::BTreeSet;

use super::UsageProblem;
use crate::base::Span;
use crate::diag::{Problems, nearest};
use crate::model::{Assumption, ClauseId, DefId, ExceptionId, Fact, FactId, FactOwner, Model, NodeKind, Ty};

/// Looks for what nobody uses. INVARIANT: what is carried over stands at one place of the text but several times in the
/// model; it is used when it is used once.
pub(super) fn usage(model: &Model, problems: &mut Problems) {
    // A file of declarations alone is there for others to use.
    if model.clauses.is_empty() {
        return;
    }
    let read = Read::of(model);
    facts(model, &read, problems);
    locals(model, &read, problems);
    model.assumptions.iter().for_each(|assumption| readings(assumption, problems));
    clauses(model, problems);
    exceptions(model, problems);
}

/// The places of the facts and definitions that some expression reads.
struct Read {
    facts: BTreeSet<Span>,
    defs: BTreeSet<Span>,
}

impl Read {
    fn of(model: &Model) -> Read {
        let mut read = Read { facts: BTreeSet::new(), defs: BTreeSet::new() };
        for node in model.nodes.iter() {
            match &node.kind {
                NodeKind::Fact(fact) | NodeKind::FormerFact(fact, _) => read.fact(model, *fact),
                NodeKind::Def(def) | NodeKind::CarriedOn(def) | NodeKind::Former(def, _) => {
                    read.def(model, *def);
                }
                NodeKind::Cell(cell) => read.def(model, cell.def),
                _ => {}
            }
        }
        read
    }
    fn fact(&mut self, model: &Model, fact: FactId) {
        self.facts.insert(model.facts[fact].span);
    }
    fn def(&mut self, model: &Model, def: DefId) {
        self.defs.insert(model.defs[def].span);
    }
}

fn facts(model: &Model, read: &Read, problems: &mut Problems) {
    // A judgement is stated to be covered, and a link to say who belongs to whom.
    let has_purpose = |fact: &Fact| fact.judged_by.is_some() || matches!(fact.declared.ty, Ty::Entity(_));
    let mut told = BTreeSet::new();
    for fact in model.facts.iter() {
        if !read.facts.contains(&fact.span) && !has_purpose(fact) && told.insert(fact.span) {
            let of_kind = matches!(fact.owner, FactOwner::Kind(_));
            problems.report(&UsageProblem::Fact { span: fact.span, name: fact.name.clone(), of_kind });
        }
    }
}

fn locals(model: &Model, read: &Read, problems: &mut Problems) {
    let mut told = BTreeSet::new();
    for def in model.defs.iter() {
        let Some(exception) = def.local_to else { continue };
        // A part of a grant is there because the grant is.
        let unread = !read.defs.contains(&def.span) && !def.name.contains('.');
        if unread && told.insert(def.span) {
            let own = model.clauses[def.clause].defs.iter().map(|own| &model.defs[*own]);
            let own = own.filter(|own| own.local_to.is_none()).map(|own| own.name.as_str());
            let nearest = nearest(&def.name, own).map(str::to_owned);
            let (name, exception) = (def.name.clone(), model.exceptions[exception].name.clone());
            problems.report(&UsageProblem::Local { span: def.span, name, exception, nearest });
        }
    }
}

/// One of several readings may say nothing: the text as it stands. Two such are the same, and so is a single one.
fn readings(assumption: &Assumption, problems: &mut Problems) {
    let idle: Vec<_> = assumption.readings.iter().filter(|reading| !reading.states).collect();
    match (idle.as_slice(), assumption.readings.len()) {
        ([only], 1) => {
            problems.report(&UsageProblem::OnlyReading { span: only.span, name: only.name.clone() });
        }
        ([first, second, ..], _) => problems.report(&UsageProblem::SameReadings {
            first: (first.span, first.name.clone()),
            second: (second.span, second.name.clone()),
        }),
        (_, _) => {}
    }
}

fn clauses(model: &Model, problems: &mut Problems) {
    let otherwise = says_otherwise(model);
    for (id, clause) in model.clauses.iter_enumerated() {
        let states = !clause.defs.is_empty() || !clause.givens.is_empty() || !clause.exceptions.is_empty();
        if !states && clause.carries.is_none() && !otherwise.contains(&id) {
            problems.report(&UsageProblem::EmptyClause { span: clause.span, name: clause.name.clone() });
        }
    }
}

/// The clauses that something stands in beside what they list themselves.
fn says_otherwise(model: &Model) -> BTreeSet<ClauseId> {
    let checks = model.checks.iter().filter_map(|check| check.clause);
    let requirements = model.requirements.iter().filter_map(|requirement| requirement.clause);
    let assumptions = model.assumptions.iter().filter_map(|assumption| assumption.clause);
    let defs = model.defs.iter().map(|def| def.clause);
    checks.chain(requirements).chain(assumptions).chain(defs).collect()
}

fn exceptions(model: &Model, problems: &mut Problems) {
    let mut told = BTreeSet::new();
    let changing = changing(model);
    for (id, exception) in model.exceptions.iter_enumerated() {
        if !changing.contains(&id) && told.insert(exception.span) {
            let name = exception.name.clone();
            problems.report(&UsageProblem::EmptyException { span: exception.span, name });
        }
    }
}

/// The exceptions that change something.
fn changing(model: &Model) -> BTreeSet<ExceptionId> {
    let restated = model.defs.iter().flat_map(|def| {
        let own = def.exceptions.iter().map(|(exception, _)| *exception);
        own.chain(def.local_to)
    });
    let outer = model.exceptions.iter().filter_map(|inner| inner.outer);
    let requirements = model.requirements.iter().filter_map(|requirement| requirement.exception);
    let tables = model.tables.iter().filter_map(|table| table.edited_in);
    restated.chain(outer).chain(requirements).chain(tables).collect()
}
