//! Paths: what `name`, `clause.name`, `ØA20.clause.name` and `region["Sjælland"].fact` name.

use super::lower::Lowerer;
use super::problem::NameProblem;
use super::scope::{Scope, Symbol};
use super::statements::path_text;
use super::{ClauseId, ExprId, KindId, NodeKind};
use crate::base::Span;
use crate::diag::nearest;
use crate::syntax::ast::Path;

impl Lowerer<'_> {
    /// Resolves a path that is read.
    pub(super) fn path(&mut self, path: &Path, scope: &Scope) -> ExprId {
        if let Some((entity, fact)) = self.entity_read(path) {
            return self.fact_of(entity, fact, path.span, scope);
        }
        if path.parts.iter().any(|part| !part.cells.is_empty()) {
            return self.cell(path, scope);
        }
        if let Some((kind, skip)) = self.entity_itself(path, scope) {
            return self.push(NodeKind::Entity(kind, skip), path.span);
        }
        match self.symbol(path, scope) {
            Ok(symbol) => self.symbol_node(symbol, path.span),
            Err(problem) => match self.bare_index(path) {
                Some(index) => index,
                None => self.report(&problem, path.span),
            },
        }
    }

    /// `region` in a clause for each region is the region itself, unless something nearer has that name. Within an
    /// aggregate over regions it is the one looked at; the definite form, `regionen`, stays the clause's own.
    fn entity_itself(&self, path: &Path, scope: &Scope) -> Option<(KindId, usize)> {
        let [part] = path.parts.as_slice() else { return None };
        let word = &part.name.text;
        let near = self.symbols.find_near(word, scope, path.span, self.model);
        let (kind, further_in) =
            scope.named_at_hand(word, self.model).filter(|_| matches!(near, Ok(None)))?;
        let is_definite = self.model.kinds[kind].definite.as_ref() == Some(word);
        Some((kind, if is_definite { further_in } else { 0 }))
    }

    /// Reads what a name means.
    pub(super) fn symbol_node(&mut self, symbol: Symbol, span: Span) -> ExprId {
        match symbol {
            Symbol::Def(def) => self.push(NodeKind::Def(def), span),
            Symbol::Fact(fact) => self.push(NodeKind::Fact(fact), span),
        }
    }

    /// Takes `region["Sjælland"].indbyggertal` apart; `None` when a path is not of that form.
    fn entity_read(&self, path: &Path) -> Option<((KindId, String), Path)> {
        let [first, rest @ ..] = path.parts.as_slice() else { return None };
        let kind = self.model.find_kind(&first.name.text).filter(|_| !rest.is_empty())?;
        let name = super::build::cell_name(&first.cells)?;
        let plain = rest.iter().all(|part| part.cells.is_empty());
        plain.then(|| ((kind, name), Path { parts: rest.to_vec(), span: path.span }))
    }

    fn fact_of(&mut self, entity: (KindId, String), path: Path, span: Span, scope: &Scope) -> ExprId {
        let (kind, name) = entity;
        let value = self.path(&path, &scope.inside(kind, super::scope::Iterates::No));
        match self.kind_of(value) {
            Some(_) => self.push(NodeKind::ForEntity(value, kind, name), span),
            None => value,
        }
    }

    /// Finds what a path without cells names.
    pub(super) fn symbol(&self, path: &Path, scope: &Scope) -> Result<Symbol, NameProblem> {
        self.symbol_written(path, scope).map(|found| self.through_carry_over(found, scope))
    }

    fn symbol_written(&self, path: &Path, scope: &Scope) -> Result<Symbol, NameProblem> {
        let names: Vec<&str> = path.parts.iter().map(|part| part.name.text.as_str()).collect();
        match names.as_slice() {
            [] => Err(NameProblem::NotAssignable { span: path.span, name: String::new() }),
            [one] => self.symbols.find(one, scope, path.span, self.model),
            [first, rest @ ..] => self.dotted(first, rest, path, scope),
        }
    }

    fn dotted(&self, first: &str, rest: &[&str], path: &Path, scope: &Scope) -> Result<Symbol, NameProblem> {
        match self.symbols.clauses_named(first, scope.home, self.model).as_slice() {
            [] => {}
            [clause] => return self.in_clause(*clause, rest, path),
            many => return self.in_one_of(many, rest, path),
        }
        let agreement = self.model.agreements.iter().position(|a| a.name == first);
        if let ([second, inner @ ..], Some(agreement)) = (rest, agreement) {
            return match (self.symbols.clause_of(agreement, second, self.model), inner) {
                (Some(clause), [_, ..]) => self.in_clause(clause, inner, path),
                _ => self.undefined(second, self.symbols.clauses.keys().map(String::as_str), path),
            };
        }
        // `drift.fuldt` within its own clause.
        let joined = canonical(&[&[first], rest].concat());
        let local = scope
            .exceptions
            .iter()
            .rev()
            .find_map(|e| self.symbols.locals.get(&(*e, joined.clone())).copied());
        if let Some(def) = local {
            return Ok(Symbol::Def(def));
        }
        let own = scope.clause.and_then(|clause| self.symbols.find_in_clause(clause, &joined));
        own.map_or_else(
            || {
                let found = self.undefined(first, self.symbols.clauses.keys().map(String::as_str), path);
                found.map_err(|problem| self.perhaps_of_one(problem, rest, path, scope))
            },
            Ok,
        )
    }

    /// `Sjælland.lægetal`: what nothing is called in front of a name that each of a kind has may be one of them.
    fn perhaps_of_one(&self, problem: NameProblem, rest: &[&str], path: &Path, scope: &Scope) -> NameProblem {
        let NameProblem::Undefined { span, name, nearest: None } = &problem else { return problem };
        let rest = canonical(rest);
        let has_capital = name.chars().next().is_some_and(char::is_uppercase);
        let found = self.symbols.find(&rest, scope, path.span, self.model);
        if !has_capital || found.is_err() {
            return problem;
        }
        NameProblem::PerhapsOfOne {
            span: *span,
            name: name.clone(),
            path: path.span,
            written: format!("{rest} for \"{name}\""),
        }
    }

    /// Several clauses of the name are equally near: the name within must tell them apart.
    fn in_one_of(&self, clauses: &[ClauseId], rest: &[&str], path: &Path) -> Result<Symbol, NameProblem> {
        let name = canonical(rest);
        let with = |clause: &ClauseId| Some((*clause, self.symbols.find_in_clause(*clause, &name)?));
        let found: Vec<(ClauseId, Symbol)> = clauses.iter().filter_map(with).collect();
        match found.as_slice() {
            [(_, one)] => Ok(*one),
            [] => {
                let names: Vec<&str> = clauses.iter().flat_map(|c| self.symbols.names_in(*c)).collect();
                self.undefined(&name, names, path)
            }
            many => {
                let named = |(clause, _): &(ClauseId, Symbol)| self.model.with_agreement(*clause);
                let candidates = many.iter().filter_map(named).map(|c| format!("{c}.{name}")).collect();
                let name = path_text(path);
                Err(NameProblem::Ambiguous { span: path.span, name, candidates })
            }
        }
    }

    fn in_clause(&self, clause: ClauseId, rest: &[&str], path: &Path) -> Result<Symbol, NameProblem> {
        let name = canonical(rest);
        let found = self.symbols.find_in_clause(clause, &name);
        found.map_or_else(|| self.undefined(&name, self.symbols.names_in(clause), path), Ok)
    }

    fn undefined<'n>(
        &self,
        name: &str,
        names: impl IntoIterator<Item = &'n str>,
        path: &Path,
    ) -> Result<Symbol, NameProblem> {
        let near = nearest(name, names).map(str::to_owned);
        let part = path.parts.iter().find(|part| part.name.text == name);
        let span = part.map_or(path.span, |part| part.name.span);
        Err(NameProblem::Undefined { span, name: name.to_owned(), nearest: near })
    }
}

/// The parts of a grant have the same names in both languages' files.
pub(super) fn canonical(parts: &[&str]) -> String {
    let (Some(last), true) = (parts.last(), parts.len() > 1) else { return parts.concat() };
    let last = match *last {
        "full" => "fuldt",
        "lapsed" => "bortfaldet",
        other => other,
    };
    let head = &parts[..parts.len() - 1];
    head.iter().copied().chain([last]).collect::<Vec<_>>().join(".")
}
