//! Carry-over: the text of another clause, taken as the lowest layer of the clause that carries it.

use std::collections::{BTreeMap, BTreeSet};

use super::agreement_problem::AgreementProblem;
use super::declare::{Declarer, PendingClause, check_sources};
use super::lower::Lowerer;
use super::problem::NameProblem;
use super::scope::{Scope, Symbol};
use super::statements::path_text;
use super::{Alternative, Body, ClauseId, Model};
use crate::base::{Lang, Span};
use crate::diag::nearest;
use crate::syntax::ast::{self, Stmt, StmtKind};
use crate::value::{Interval, Level};

/// What a clause takes from one that it carries over.
pub(super) struct CarriedText<'a> {
    /// The clause whose text it is.
    pub(super) from: ClauseId,
    /// Its lines, but for those that are restated or stay where they are.
    pub(super) body: Vec<&'a Stmt>,
    /// The language they are written in.
    pub(super) lang: Lang,
}

/// What kind of thing a clause states under a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    /// A definition, or a result of a table or scale.
    Value,
    Condition,
    Grant,
    Split,
    Given,
    Duty,
}

/// What a clause states itself, by name.
#[derive(Default)]
pub(super) struct Stated<'a> {
    names: BTreeMap<&'a str, Form>,
    exceptions: BTreeSet<&'a str>,
    assumptions: BTreeSet<&'a str>,
    /// What `x gælder ikke` takes out of what is carried over.
    taken_out: BTreeSet<String>,
    rounds_each: bool,
}

impl<'a> Stated<'a> {
    fn add(&mut self, stmt: &'a Stmt) {
        for (name, form) in forms(stmt) {
            self.names.entry(name).or_insert(form);
        }
        match &stmt.kind {
            StmtKind::Exception(exception) => drop(self.exceptions.insert(&exception.name.text)),
            StmtKind::Assumption(assumption) => drop(self.assumptions.insert(&assumption.name.text)),
            StmtKind::EachRounded { .. } => self.rounds_each = true,
            StmtKind::Lift(path) => drop(self.taken_out.insert(path_text(path))),
            _ => {}
        }
    }

    /// Tells whether a name is taken out of what is carried over.
    pub(super) fn takes_out(&self, name: &str) -> bool {
        self.taken_out.contains(name)
    }

    /// Tells whether a line is carried over. The time in force is the carrying clause's own, its citations go with its
    /// lines, and a check is about the text it stands in.
    pub(super) fn leaves(&self, stmt: &Stmt) -> bool {
        match &stmt.kind {
            StmtKind::Basis(_) | StmtKind::InForce(_) | StmtKind::Check(_) | StmtKind::Error => false,
            StmtKind::Exception(exception) => {
                !self.exceptions.contains(exception.name.text.as_str())
                    && !self.takes_out(&exception.name.text)
            }
            StmtKind::Assumption(assumption) => {
                !self.assumptions.contains(assumption.name.text.as_str())
                    && !self.takes_out(&assumption.name.text)
            }
            StmtKind::EachRounded { .. } => !self.rounds_each,
            StmtKind::Lift(path) | StmtKind::Repeal(path) => {
                !self.exceptions.contains(path_text(path).as_str())
            }
            _ => forms(stmt).iter().all(|(name, form)| match (self.names.get(name), form) {
                (None, _)
                | (Some(Form::Value), Form::Value)
                | (Some(Form::Condition), Form::Condition)
                | (Some(Form::Grant), Form::Grant) => true,
                (Some(_), _) => false,
            }),
        }
    }
}

/// The names a line states. A cell of a table is a part of what is carried over, not a new statement of its name.
fn forms(stmt: &Stmt) -> Vec<(&str, Form)> {
    let of = |target: &'_ ast::Target, form| match target.path.parts.as_slice() {
        [part] if part.cells.is_empty() => Some((part.name.span, form)),
        _ => None,
    };
    let target = match &stmt.kind {
        StmtKind::Assign(assign) => of(&assign.target, Form::Value).map(|(_, f)| (&assign.target, f)),
        StmtKind::Condition(assign) => of(&assign.target, Form::Condition).map(|(_, f)| (&assign.target, f)),
        StmtKind::Grant(grant) => of(&grant.target, Form::Grant).map(|(_, f)| (&grant.target, f)),
        StmtKind::Split(split) => of(&split.target, Form::Split).map(|(_, f)| (&split.target, f)),
        StmtKind::Table(table) => {
            return table.results.iter().map(|name| (name.text.as_str(), Form::Value)).collect();
        }
        StmtKind::Scale(scale) => return vec![(scale.name.text.as_str(), Form::Value)],
        StmtKind::Given(given) => return vec![(given.name.text.as_str(), Form::Given)],
        StmtKind::Duty(duty) => return vec![(duty.name.text.as_str(), Form::Duty)],
        _ => None,
    };
    let Some((target, form)) = target else { return vec![] };
    target.path.parts.first().map(|part| (part.name.text.as_str(), form)).into_iter().collect()
}

/// Tells whether a line restates one cell of a table that is carried over.
pub(super) fn restates_cell(stmt: &Stmt) -> bool {
    match &stmt.kind {
        StmtKind::Assign(assign) => assign.target.path.parts.last().is_some_and(|p| !p.cells.is_empty()),
        _ => false,
    }
}

impl<'a> PendingClause<'a> {
    /// What the clause states itself, and what it takes from those nearer than one that it carries over.
    pub(super) fn nearer_than(&self, from: ClauseId) -> Stated<'a> {
        let mut stated = Stated::default();
        self.tree.body.iter().for_each(|stmt| stated.add(stmt));
        let nearer = self.carried.iter().take_while(|text| text.from != from);
        nearer.flat_map(|text| text.body.iter()).for_each(|stmt| stated.add(stmt));
        stated
    }
}

impl<'a> Declarer<'_> {
    /// Resolves what each clause carries over, once all clauses are known; rings and dangling names are reported.
    pub(super) fn carry_over(&mut self, clauses: &mut [PendingClause<'a>]) {
        for clause in clauses.iter() {
            let Some(path) = &clause.tree.carries_over else { continue };
            let home = self.model.clauses[clause.id].agreement;
            match self.carried_clause(path, home) {
                Ok(from) => self.model.clauses[clause.id].carries = Some(from),
                Err(problem) => self.problems.report(&problem),
            }
        }
        self.no_rings(clauses);
        let trees: BTreeMap<ClauseId, (&'a ast::Clause, Lang)> =
            clauses.iter().map(|clause| (clause.id, (clause.tree, clause.lang))).collect();
        for clause in clauses.iter_mut() {
            let mut stated = Stated::default();
            clause.tree.body.iter().for_each(|stmt| stated.add(stmt));
            for from in chain(self.model, clause.id) {
                let Some((tree, lang)) = trees.get(&from) else { continue };
                if !self.inherit(clause.id, from, clause.tree) {
                    break;
                }
                let headed = tree.body.iter().filter_map(|stmt| match &stmt.kind {
                    StmtKind::Exception(exception) => Some(&exception.name.text),
                    StmtKind::Assumption(assumption) => Some(&assumption.name.text),
                    _ => None,
                });
                let out = headed.filter(|name| stated.takes_out(name)).map(|name| (clause.id, name.clone()));
                self.symbols.taken_out.extend(out);
                let body: Vec<&'a Stmt> = tree.body.iter().filter(|stmt| stated.leaves(stmt)).collect();
                body.iter().for_each(|stmt| stated.add(stmt));
                clause.carried.push(CarriedText { from, body, lang: *lang });
            }
        }
    }

    fn carried_clause(&self, path: &ast::Path, home: Option<usize>) -> Result<ClauseId, AgreementProblem> {
        let span = path.span;
        let names: Vec<&str> = path.parts.iter().map(|part| part.name.text.as_str()).collect();
        let (found, all): (Vec<ClauseId>, Vec<String>) = match names.as_slice() {
            [clause] => {
                let found = self.symbols.clauses_named(clause, home, self.model);
                (found, self.symbols.clauses.keys().cloned().collect())
            }
            [agreement, clause] => {
                let index = self.model.agreements.iter().position(|a| a.name == *agreement);
                let Some(index) = index else { return Err(self.no_agreement(path, agreement)) };
                let found = self.symbols.clause_of(index, clause, self.model);
                let of = self.model.clauses.iter().filter(|c| c.agreement == Some(index));
                let all = of.map(|c| format!("{agreement}.{}", c.name)).collect();
                (found.into_iter().collect(), all)
            }
            _ => (vec![], vec![]),
        };
        let name = path_text(path);
        match found.as_slice() {
            [one] => Ok(*one),
            [] => {
                let nearest = nearest(&name, all.iter().map(String::as_str)).map(str::to_owned);
                Err(AgreementProblem::NothingToCarry { span, name, nearest })
            }
            many => {
                let candidates = many.iter().filter_map(|c| self.model.with_agreement(*c)).collect();
                Err(AgreementProblem::WhichToCarry { span, name, candidates })
            }
        }
    }

    fn no_agreement(&self, path: &ast::Path, name: &str) -> AgreementProblem {
        let span = path.parts.first().map_or(path.span, |part| part.name.span);
        let nearest = self.model.nearest_agreement(name);
        AgreementProblem::NotUsed { span, name: name.to_owned(), nearest }
    }

    /// Cuts every ring of carry-overs and reports it once.
    fn no_rings(&mut self, clauses: &[PendingClause<'_>]) {
        for clause in clauses {
            let (mut path, mut at) = (vec![clause.id], self.model.clauses[clause.id].carries);
            while let Some(next) = at {
                if next == clause.id {
                    let ring = path.iter().map(|id| self.ring_name(*id)).collect();
                    let span = clause.tree.carries_over.as_ref().map_or(clause.tree.name.span, |p| p.span);
                    self.problems.report(&AgreementProblem::CarryRing { span, ring });
                    self.model.clauses[clause.id].carries = None;
                    break;
                }
                if path.contains(&next) {
                    break;
                }
                path.push(next);
                at = self.model.clauses[next].carries;
            }
        }
    }

    fn ring_name(&self, clause: ClauseId) -> String {
        let named = self.model.with_agreement(clause);
        named.unwrap_or_else(|| self.model.clauses[clause].name.clone())
    }

    /// What the header does not say is as in the clause that is carried over; tells whether its lines can be.
    fn inherit(&mut self, clause: ClauseId, from: ClauseId, tree: &ast::Clause) -> bool {
        let (title, each) = (self.model.clauses[from].title.clone(), self.model.clauses[from].each);
        let data = &mut self.model.clauses[clause];
        data.title = data.title.take().or(title);
        match (data.each, each) {
            (Some(own), Some(other)) if own != other => {
                let span = tree.each.as_ref().map_or(tree.name.span, |name| name.span);
                let (own, other) = (self.model.kinds[own].name.clone(), self.model.kinds[other].name.clone());
                self.problems.report(&AgreementProblem::OtherEach { span, own, other });
                return false;
            }
            (None, Some(other)) => data.each = Some(other),
            (Some(_), _) | (None, None) => {}
        }
        true
    }
}

/// Returns the clauses that a clause carries over, the nearest first.
pub(super) fn chain(model: &Model, clause: ClauseId) -> Vec<ClauseId> {
    let mut all = Vec::new();
    let mut at = model.clauses[clause].carries;
    while let Some(from) = at.filter(|from| !all.contains(from) && *from != clause) {
        all.push(from);
        at = model.clauses[from].carries;
    }
    all
}

impl Lowerer<'_> {
    /// Lowers what a clause takes over, each part with the names and the price level it was written with.
    pub(super) fn carried_lines(&mut self, clause: &PendingClause<'_>, scope: &Scope) {
        for text in &clause.carried {
            let home = self.model.clauses[text.from].agreement;
            let level = home.and_then(|index| self.model.agreements.get(index)).map(|a| a.level);
            let level = level.unwrap_or(Level::Current);
            let scope = Scope {
                home,
                level: Some(level),
                lang: text.lang,
                carried: Some(text.from),
                layer: self.model.layers.carried_over,
                ..scope.clone()
            };
            for stmt in &text.body {
                self.statement(clause.id, stmt, &scope);
            }
        }
        self.settle(clause.id);
    }

    /// What is carried over holds where nothing nearer does: for each name, at each moment.
    pub(super) fn settle(&mut self, clause: ClauseId) {
        let order = chain(self.model, clause);
        if order.is_empty() {
            return;
        }
        let text = self.model.layers.text;
        let depth = |alternative: &Alternative| match alternative.carried {
            None => 0,
            Some(from) => order.iter().position(|id| *id == from).map_or(0, |at| at + 1),
        };
        for def in self.model.clauses[clause].defs.clone() {
            let all = std::mem::take(&mut self.model.defs[def].alternatives);
            let settled = all.iter().flat_map(|alternative| {
                // Readings and amendments of the clause's own are laid over what is carried, as over its text.
                let nearer: Vec<&Alternative> = all
                    .iter()
                    .filter(|other| other.layer <= text && depth(other) < depth(alternative))
                    .collect();
                left_of(alternative, &nearer)
            });
            self.model.defs[def].alternatives = settled.collect();
        }
    }

    /// A line that is carried over rests on what it rested on where it stands: its own citations, else its clause's.
    pub(super) fn basis_of_line(&self, own: &[ast::Citation], scope: &Scope) -> Vec<ast::Citation> {
        match scope.carried {
            Some(from) if own.is_empty() => self.original_basis(from),
            Some(_) | None => own.to_vec(),
        }
    }

    fn original_basis(&self, clause: ClauseId) -> Vec<ast::Citation> {
        self.model.clauses[clause].basis.clone()
    }

    /// `loft gælder ikke`: a name that is left out of what is carried over.
    pub(super) fn not_carried(&mut self, path: &ast::Path, span: Span, scope: &Scope) {
        let name = path_text(path);
        let found = scope.clause.and_then(|clause| self.symbols.find_in_clause(clause, &name));
        match found {
            Some(Symbol::Def(def)) => {
                let lifted = Alternative::plain(scope.layer, Interval::always(), Body::Lifted, span);
                self.model.defs[def].alternatives.push(lifted);
            }
            Some(Symbol::Fact(_)) => {
                self.problems.report(&NameProblem::NotAssignable { span: path.span, name });
            }
            // An exception or assumption that is taken out is not there at all.
            None if scope.clause.is_some_and(|of| self.symbols.taken_out.contains(&(of, name.clone()))) => {}
            None => {
                self.problems.report(&NameProblem::Undefined { span: path.span, name, nearest: None });
            }
        }
    }

    /// Restates one row of a table that is carried over.
    pub(super) fn carried_cell(&mut self, stmt: &Stmt, scope: &Scope) {
        let StmtKind::Assign(assign) = &stmt.kind else { return };
        check_sources(&assign.basis, self.model, self.problems);
        let Some(part) = assign.target.path.parts.last() else { return };
        // Where nothing is carried over, that has been told.
        if scope.clause.is_none_or(|clause| self.model.clauses[clause].carries.is_none()) {
            return;
        }
        let Some(Symbol::Def(def)) =
            scope.clause.and_then(|clause| self.symbols.find_in_clause(clause, &part.name.text))
        else {
            let (span, name) = (part.name.span, part.name.text.clone());
            return self.problems.report(&NameProblem::Undefined { span, name, nearest: None });
        };
        if self.tables_of(def).is_empty() {
            let (span, table) = (assign.target.path.span, self.model.full_name(def));
            let rows = self.rows_of(def);
            return self.problems.report(&NameProblem::NoSuchCell { span, table, rows, meant: None });
        }
        self.edit_cell(assign, scope);
    }

    /// A name that a carried line reads from another clause is read from the clause that carries that one over, if
    /// the same agreement has one.
    pub(super) fn through_carry_over(&self, found: Symbol, scope: &Scope) -> Symbol {
        let (Some(_), Some(clause)) = (scope.carried, scope.clause) else { return found };
        let by = self.model.clauses[clause].agreement;
        let (of, name) = match found {
            Symbol::Def(def) => (self.model.defs[def].clause, &self.model.defs[def].name),
            Symbol::Fact(fact) => match self.model.facts[fact].owner {
                super::FactOwner::Clause(of) => (of, &self.model.facts[fact].name),
                super::FactOwner::Kind(_) | super::FactOwner::File => return found,
            },
        };
        let carrier = self
            .model
            .clauses
            .ids()
            .find(|id| self.model.clauses[*id].agreement == by && chain(self.model, *id).contains(&of));
        carrier.and_then(|carrier| self.symbols.find_in_clause(carrier, name)).unwrap_or(found)
    }
}

/// What is left of an alternative where nearer ones hold.
fn left_of(alternative: &Alternative, nearer: &[&Alternative]) -> Vec<Alternative> {
    if nearer.iter().any(|other| other.otherwise) {
        return vec![];
    }
    if alternative.otherwise {
        return vec![alternative.clone()];
    }
    let mut pieces = vec![alternative.interval];
    for other in nearer {
        pieces = pieces.into_iter().flat_map(|piece| without(piece, other.interval)).collect();
    }
    pieces.into_iter().map(|interval| Alternative { interval, ..alternative.clone() }).collect()
}

/// The days of one interval that another does not have.
fn without(all: Interval, cut: Interval) -> Vec<Interval> {
    if !all.overlaps(cut) {
        return vec![all];
    }
    let before = cut.from.map(|from| all.intersect(Interval { from: None, until: Some(from) }));
    let after = cut.until.map(|until| all.intersect(Interval { from: Some(until), until: None }));
    before.into_iter().chain(after).filter(|piece| !piece.is_empty()).collect()
}
