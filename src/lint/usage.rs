//! What nobody uses: facts that no rule reads, names local to an exception that nothing reads, readings that say
//! nothing, clauses and exceptions without content. A result that nobody reads is what a clause is for, so it is used.

use std::collections::BTreeSet;

use super::UsageProblem;
use crate::base::Span;
use crate::diag::Problems;
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
            let exception = model.exceptions[exception].name.clone();
            problems.report(&UsageProblem::Local { span: def.span, name: def.name.clone(), exception });
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
    for (id, clause) in model.clauses.iter_enumerated() {
        let states = !clause.defs.is_empty() || !clause.givens.is_empty() || !clause.exceptions.is_empty();
        if !states && clause.carries.is_none() && !says_otherwise(model, id) {
            problems.report(&UsageProblem::EmptyClause { span: clause.span, name: clause.name.clone() });
        }
    }
}

fn says_otherwise(model: &Model, clause: ClauseId) -> bool {
    model.checks.iter().any(|check| check.clause == Some(clause))
        || model.requirements.iter().any(|requirement| requirement.clause == Some(clause))
        || model.assumptions.iter().any(|assumption| assumption.clause == Some(clause))
        || model.defs.iter().any(|def| def.clause == clause)
}

fn exceptions(model: &Model, problems: &mut Problems) {
    let mut told = BTreeSet::new();
    for (id, exception) in model.exceptions.iter_enumerated() {
        if !changes_something(model, id) && told.insert(exception.span) {
            let name = exception.name.clone();
            problems.report(&UsageProblem::EmptyException { span: exception.span, name });
        }
    }
}

fn changes_something(model: &Model, id: ExceptionId) -> bool {
    let restates = |def: &crate::model::Def| {
        def.local_to == Some(id) || def.exceptions.iter().any(|(exception, _)| *exception == id)
    };
    model.defs.iter().any(restates)
        || model.exceptions.iter().any(|inner| inner.outer == Some(id))
        || model.requirements.iter().any(|requirement| requirement.exception == Some(id))
        || model.tables.iter().any(|table| table.edited_in == Some(id))
}
