//! Which names can be seen from where.

use std::collections::BTreeMap;

use super::problem::NameProblem;
use super::{ClauseId, DefId, ExceptionId, FactId, FactOwner, KindId, Model};
use crate::base::{Lang, Span};
use crate::diag::nearest;
use crate::value::Level;

/// The place an expression stands in.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// The clause around it.
    pub(super) clause: Option<ClauseId>,
    /// The exceptions around it, innermost last.
    pub(super) exceptions: Vec<ExceptionId>,
    /// The kind whose entity is at hand: the clause's, or the one an aggregate runs over.
    pub(super) kind: Option<KindId>,
    /// The kind of the clause, while an aggregate runs over another one.
    pub(super) outer: Option<KindId>,
    /// The level of amounts that state none; `None` where they stand at that of what they replace.
    pub(super) level: Option<Level>,
    /// The language the file is written in.
    pub(super) lang: Lang,
    /// The agreement whose names are nearest.
    pub(super) home: Option<usize>,
    /// The clause whose text this is, while another one carries it over.
    pub(super) carried: Option<ClauseId>,
}

/// What a name can mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Symbol {
    /// A definition.
    Def(DefId),
    /// A fact or given value.
    Fact(FactId),
}

/// Every name declared, by where it can be seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Symbols {
    /// Clauses; several agreements may have one of the same name.
    pub(super) clauses: BTreeMap<String, Vec<ClauseId>>,
    /// A clause's own definitions.
    pub(super) defs: BTreeMap<(ClauseId, String), DefId>,
    /// Names local to an exception.
    pub(super) locals: BTreeMap<(ExceptionId, String), DefId>,
    /// Facts of kinds.
    pub(super) kind_facts: BTreeMap<(KindId, String), FactId>,
    /// Given values of clauses.
    pub(super) givens: BTreeMap<(ClauseId, String), FactId>,
    /// Given values of the file.
    pub(super) file_givens: BTreeMap<String, FactId>,
    /// Exceptions.
    pub(super) exceptions: BTreeMap<(ClauseId, String), ExceptionId>,
}

impl Symbols {
    /// Finds a single name as seen from a place.
    pub(super) fn find(
        &self,
        name: &str,
        scope: &Scope,
        span: Span,
        model: &Model,
    ) -> Result<Symbol, NameProblem> {
        self.find_local(name, scope).map_or_else(|| self.find_elsewhere(name, scope, span, model), Ok)
    }

    fn find_local(&self, name: &str, scope: &Scope) -> Option<Symbol> {
        let key = || name.to_owned();
        let local = scope.exceptions.iter().rev().find_map(|e| self.locals.get(&(*e, key())));
        if let Some(def) = local {
            return Some(Symbol::Def(*def));
        }
        let iterated = scope.kind.filter(|_| scope.outer.is_some());
        if let Some(fact) = iterated.and_then(|kind| self.kind_facts.get(&(kind, key()))) {
            return Some(Symbol::Fact(*fact));
        }
        if let Some(clause) = scope.clause {
            if let Some(def) = self.defs.get(&(clause, key())) {
                return Some(Symbol::Def(*def));
            }
            if let Some(fact) = self.givens.get(&(clause, key())) {
                return Some(Symbol::Fact(*fact));
            }
        }
        let fact = scope.kind.and_then(|kind| self.kind_facts.get(&(kind, key())));
        fact.or_else(|| self.file_givens.get(name)).map(|fact| Symbol::Fact(*fact))
    }

    fn find_elsewhere(
        &self,
        name: &str,
        scope: &Scope,
        span: Span,
        model: &Model,
    ) -> Result<Symbol, NameProblem> {
        let defs = self.defs.iter().filter(|((_, n), _)| n == name).map(|((c, _), d)| (*c, Symbol::Def(*d)));
        let givens =
            self.givens.iter().filter(|((_, n), _)| n == name).map(|((c, _), f)| (*c, Symbol::Fact(*f)));
        let facts =
            self.kind_facts.iter().filter(|((_, n), _)| n == name).map(|(_, fact)| Symbol::Fact(*fact));
        let all: Vec<(ClauseId, Symbol)> = defs.chain(givens).collect();
        let clauses: Vec<ClauseId> = all.iter().map(|(clause, _)| *clause).collect();
        let near = model.nearest_of(&clauses, scope.home);
        let mut found: Vec<Symbol> =
            all.iter().filter(|(clause, _)| near.contains(clause)).map(|(_, symbol)| *symbol).collect();
        if found.is_empty() {
            found = facts.collect();
        }
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(NameProblem::Undefined {
                span,
                name: name.to_owned(),
                nearest: nearest(name, self.visible(scope)).map(str::to_owned),
            }),
            many => Err(NameProblem::Ambiguous {
                span,
                name: name.to_owned(),
                candidates: many.iter().map(|symbol| full_name(*symbol, model)).collect(),
            }),
        }
    }

    /// Finds the clauses of a name that are nearest to a place: one, none, or several that cannot be told apart.
    pub(super) fn clauses_named(&self, name: &str, home: Option<usize>, model: &Model) -> Vec<ClauseId> {
        self.clauses.get(name).map(|all| model.nearest_of(all, home)).unwrap_or_default()
    }

    /// Finds the clause of a name in one agreement.
    pub(super) fn clause_of(&self, agreement: usize, name: &str, model: &Model) -> Option<ClauseId> {
        let all = self.clauses.get(name)?;
        all.iter().copied().find(|clause| model.clauses[*clause].agreement == Some(agreement))
    }

    /// Finds `clause.name`.
    pub(super) fn find_in_clause(&self, clause: ClauseId, name: &str) -> Option<Symbol> {
        let key = (clause, name.to_owned());
        let def = self.defs.get(&key).map(|def| Symbol::Def(*def));
        def.or_else(|| self.givens.get(&key).map(|fact| Symbol::Fact(*fact)))
    }

    /// Returns the names of a clause.
    pub(super) fn names_in(&self, clause: ClauseId) -> Vec<&str> {
        let defs = self.defs.keys().filter(|(c, _)| *c == clause).map(|(_, name)| name.as_str());
        let givens = self.givens.keys().filter(|(c, _)| *c == clause).map(|(_, name)| name.as_str());
        defs.chain(givens).collect()
    }

    /// Returns every name that can stand alone, those in scope first.
    pub(super) fn visible(&self, scope: &Scope) -> Vec<&str> {
        let own = scope.clause.map(|clause| self.names_in(clause)).unwrap_or_default();
        let facts = self.kind_facts.keys().map(|(_, name)| name.as_str());
        let others = self.defs.keys().map(|(_, name)| name.as_str());
        let rest = self.givens.keys().map(|(_, name)| name.as_str());
        let file = self.file_givens.keys().map(String::as_str);
        own.into_iter().chain(facts).chain(others).chain(rest).chain(file).collect()
    }
}

fn full_name(symbol: Symbol, model: &Model) -> String {
    let with_agreement = |clause: ClauseId, name: &str| {
        let clause = model.with_agreement(clause).filter(|_| model.agreements.len() > 1);
        clause.map(|clause| format!("{clause}.{name}"))
    };
    match symbol {
        Symbol::Def(def) => with_agreement(model.defs[def].clause, &model.defs[def].name)
            .unwrap_or_else(|| model.full_name(def)),
        Symbol::Fact(fact) => match model.facts[fact].owner {
            FactOwner::Kind(kind) => format!("{}.{}", model.kinds[kind].name, model.facts[fact].name),
            FactOwner::Clause(_) | FactOwner::File => model.fact_name(fact),
        },
    }
}
