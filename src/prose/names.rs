//! What is called what: the titles behind names, and what sort of thing a name stands for.

use std::collections::{BTreeMap, BTreeSet};

use super::book::RuleFile;
use crate::syntax::ast::{
    Assign, Clause, Expr, ExprKind, Given, ItemKind, KindDecl, Path, Stmt, StmtKind, Table, TypeBase,
    TypeExpr,
};

/// The names of everything that was loaded.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    clauses: Vec<ClauseNames<'a>>,
    /// The agreements with their titles.
    agreements: BTreeMap<&'a str, Option<&'a str>>,
    kinds: BTreeMap<&'a str, &'a KindDecl>,
    types: BTreeSet<&'a str>,
    titles: BTreeMap<&'a str, Option<&'a str>>,
    /// The titles of readings, each by its assumption and its own name.
    readings: BTreeMap<(&'a str, &'a str), Option<&'a str>>,
    /// Those that are known by their title: indices and judgements.
    known: BTreeMap<&'a str, Option<&'a str>>,
    /// What a line outside a clause says of a name in it: its sort, by the clause and the name.
    outside: BTreeMap<(&'a str, &'a str), Sort>,
    /// The names that are only said to be what another is, each with its clause.
    aliases: Vec<(Option<&'a str>, &'a str, &'a Path)>,
    sorts: BTreeMap<&'a str, Sort>,
    /// The names that a chosen reading gives their value, each with its clause.
    decided: BTreeSet<(&'a str, &'a str)>,
    /// The tables, each with its clause.
    tables: Vec<(Option<&'a str>, &'a Table)>,
}

/// A clause, and what sort of thing each of its names stands for.
#[derive(Debug)]
pub(super) struct ClauseNames<'a> {
    pub(super) agreement: Option<&'a str>,
    pub(super) name: &'a str,
    pub(super) title: Option<&'a str>,
    /// Its number, where it is one of those shown.
    pub(super) number: Option<usize>,
    /// The clause itself.
    pub(super) tree: &'a Clause,
    /// The author's words over it.
    pub(super) doc: &'a [String],
    sorts: BTreeMap<&'a str, Sort>,
}

/// What sort of thing a name stands for, as far as sentences differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sort {
    /// A condition: it is met or not.
    Condition,
    /// Yes or no.
    Truth,
    /// A date.
    Date,
    /// Anything else.
    Value,
}

impl<'a> Names<'a> {
    /// Gathers the names of all files. A file without an agreement of its own belongs to that of its folder.
    pub(super) fn of(files: &[RuleFile<'a>]) -> Names<'a> {
        let mut names = Names::default();
        for file in files {
            let folder = files.iter().filter(|other| other.folder == file.folder);
            let of_folder = folder.flat_map(|other| other.tree.agreements()).next();
            let mut agreement = file.tree.agreements().next().or(of_folder);
            for item in &file.tree.items {
                if let ItemKind::Agreement(head) = &item.kind {
                    agreement = Some(&head.name.text);
                }
                names.item(&item.kind, &item.doc, agreement);
            }
        }
        names.carry_over();
        names.follow_aliases();
        names
    }

    fn item(&mut self, item: &'a ItemKind, doc: &'a [String], agreement: Option<&'a str>) {
        match item {
            ItemKind::Agreement(head) => {
                self.agreements.insert(&head.name.text, head.title.as_ref().map(|title| title.text.as_str()));
            }
            ItemKind::Clause(clause) => self.clause(clause, doc, agreement),
            ItemKind::Kind(kind) => {
                self.kinds.extend(kind.names.iter().map(|name| (name.text.as_str(), kind)));
                self.sorts.extend(kind.facts.iter().map(|fact| (fact.name.text.as_str(), sort_of(&fact.ty))));
            }
            ItemKind::Type(ty) => {
                self.types.insert(&ty.name.text);
            }
            ItemKind::Index(index) => {
                title(&mut self.known, &index.name.text, index.title.as_ref().map(|t| t.text.as_str()));
            }
            ItemKind::Given(given) => {
                self.sorts.insert(&given.name.text, sort_of(&given.ty));
            }
            ItemKind::Note(note) => {
                title(&mut self.known, &note.name.text, note.title.as_ref().map(|t| t.text.as_str()));
                self.sorts.insert(&note.name.text, Sort::Truth);
            }
            ItemKind::Assumption(assumption) => self.assumption(assumption, None),
            ItemKind::Amendment(amendment) => {
                self.title(&amendment.name.text, amendment.title.as_ref().map(|t| t.text.as_str()));
                self.body(&amendment.body, None, &mut BTreeMap::new());
            }
            ItemKind::Scenario(scenario) => {
                self.title(&scenario.name.text, scenario.title.as_ref().map(|t| t.text.as_str()));
            }
            ItemKind::Use(_) | ItemKind::Source(_) | ItemKind::Unit(_) | ItemKind::Entity(_) => {}
            ItemKind::Test(_) | ItemKind::Check(_) | ItemKind::Precedence(_) | ItemKind::Error => {}
        }
    }

    fn clause(&mut self, clause: &'a Clause, doc: &'a [String], agreement: Option<&'a str>) {
        let mut sorts = BTreeMap::new();
        self.body(&clause.body, Some(&clause.name.text), &mut sorts);
        let title = clause.title.as_ref().map(|title| title.text.as_str());
        let name = &clause.name.text;
        self.clauses.push(ClauseNames { agreement, name, title, number: None, tree: clause, doc, sorts });
    }

    fn body(&mut self, body: &'a [Stmt], clause: Option<&'a str>, sorts: &mut BTreeMap<&'a str, Sort>) {
        for stmt in body {
            match &stmt.kind {
                StmtKind::Assign(assign) => {
                    assigned(assign, value_sort(&assign.value), sorts);
                    self.assigned_outside(assign, value_sort(&assign.value));
                    self.alias(assign, clause);
                }
                StmtKind::Condition(assign) => assigned(assign, Sort::Condition, sorts),
                StmtKind::Given(Given { name, ty, .. }) => {
                    sorts.insert(&name.text, sort_of(ty));
                }
                StmtKind::Table(table) => self.table(table, clause),
                StmtKind::Exception(exception) => {
                    self.title(&exception.name.text, exception.title.as_ref().map(|t| t.text.as_str()));
                }
                StmtKind::Assumption(assumption) => self.assumption(assumption, clause),
                StmtKind::Duty(duty) => {
                    self.title(&duty.name.text, duty.title.as_ref().map(|title| title.text.as_str()));
                }
                StmtKind::Basis(_) | StmtKind::InForce(_) | StmtKind::EachRounded { .. } => {}
                StmtKind::Split(_) | StmtKind::Grant(_) | StmtKind::Rows(_) | StmtKind::Scale(_) => {}
                StmtKind::Precedence(_) | StmtKind::Require { .. } | StmtKind::Check(_) => {}
                StmtKind::Lift(_) | StmtKind::Repeal(_) | StmtKind::Only(_) | StmtKind::Year(_) => {}
                StmtKind::Day(_) | StmtKind::BuildsOn(_) | StmtKind::Reading { .. } => {}
                StmtKind::Switch { .. } | StmtKind::EntityFacts { .. } | StmtKind::Expect(_) => {}
                StmtKind::Error => {}
            }
        }
    }

    fn assigned_outside(&mut self, assign: &'a Assign, sort: Sort) {
        if let [.., clause, name] = assign.target.path.parts.as_slice() {
            self.outside.entry((&clause.name.text, &name.name.text)).or_insert(sort);
        }
    }

    fn alias(&mut self, assign: &'a Assign, clause: Option<&'a str>) {
        let ExprKind::Path(path) = &*super::expr::bare(&assign.value).kind else { return };
        match assign.target.path.parts.as_slice() {
            [name] => self.aliases.push((clause, &name.name.text, path)),
            [.., clause, name] => self.aliases.push((Some(&clause.name.text), &name.name.text, path)),
            [] => {}
        }
    }

    /// What a clause carries over is its own: its names, and the tables that they are looked up in.
    fn carry_over(&mut self) {
        for _ in 0..self.clauses.len() {
            let mut news = Vec::new();
            for (index, own) in self.clauses.iter().enumerate() {
                let Some(from) = own.tree.carries_over.as_ref().and_then(|path| self.clause_at(path)) else {
                    continue;
                };
                let new = from.sorts.iter().filter(|(name, _)| !own.sorts.contains_key(*name));
                news.extend(new.map(|(name, sort)| (index, own.name, from.name, *name, *sort)));
            }
            if news.is_empty() {
                return;
            }
            for (index, own, from, name, sort) in news {
                if let Some(clause) = self.clauses.get_mut(index) {
                    clause.sorts.insert(name, sort);
                }
                if let Some(table) = self.table_of(Some(from), name) {
                    self.tables.push((Some(own), table));
                }
            }
        }
    }

    /// The clause that a path names, with its agreement or without.
    pub(super) fn clause_at(&self, path: &Path) -> Option<&ClauseNames<'a>> {
        match path.parts.as_slice() {
            [clause] => self.find_clause(None, &clause.name.text),
            [agreement, clause] => self.find_clause(Some(&agreement.name.text), &clause.name.text),
            _ => None,
        }
    }

    /// A name that is what another is, is of its sort. One may lead to the next, and each is looked at once for it.
    fn follow_aliases(&mut self) {
        for _ in 0..self.aliases.len() {
            let found = self.aliases.iter().find_map(|(clause, name, path)| {
                let sort = match path.parts.as_slice() {
                    [one] => self.sort(*clause, &one.name.text),
                    [.., of, last] => self.sort(Some(&of.name.text), &last.name.text),
                    [] => Sort::Value,
                };
                let own = (*clause)?;
                let is_new = sort != Sort::Value && self.sort(*clause, name) == Sort::Value;
                is_new.then_some(((own, *name), if sort == Sort::Condition { Sort::Truth } else { sort }))
            });
            let Some((key, sort)) = found else { return };
            self.outside.insert(key, sort);
        }
    }

    fn assumption(&mut self, assumption: &'a crate::syntax::ast::Assumption, clause: Option<&'a str>) {
        let chosen = assumption.readings.iter().filter(|reading| reading.chosen);
        for stmt in chosen.flat_map(|reading| &reading.body) {
            if let StmtKind::Assign(assign) = &stmt.kind {
                self.decided.extend(decides(assign, clause));
            }
        }
        let lines = assumption.readings.iter().flat_map(|reading| &reading.body);
        for stmt in lines {
            if let StmtKind::Assign(assign) = &stmt.kind {
                self.assigned_outside(assign, value_sort(&assign.value));
                self.alias(assign, None);
            }
        }
        self.title(&assumption.name.text, assumption.title.as_ref().map(|title| title.text.as_str()));
        for reading in &assumption.readings {
            let key = (assumption.name.text.as_str(), reading.name.text.as_str());
            title(&mut self.readings, key, reading.title.as_ref().map(|title| title.text.as_str()));
        }
    }

    fn table(&mut self, table: &'a Table, clause: Option<&'a str>) {
        let owner = table.owners.last().and_then(|owner| owner.parts.last());
        self.tables.push((owner.map(|part| part.name.text.as_str()).or(clause), table));
    }

    fn title(&mut self, name: &'a str, own: Option<&'a str>) {
        title(&mut self.titles, name, own);
    }

    /// Numbers the clauses that are shown, in the order they are shown.
    pub(super) fn number(&mut self, shown: &[&str]) {
        for (index, name) in shown.iter().enumerate() {
            let own = self.clauses.iter_mut().find(|clause| clause.name == *name && clause.number.is_none());
            if let Some(clause) = own {
                clause.number = Some(index + 1);
            }
        }
    }

    /// The clause of a name, that of the agreement named where one is.
    pub(super) fn find_clause(&self, agreement: Option<&str>, name: &str) -> Option<&ClauseNames<'a>> {
        let fits = |clause: &&ClauseNames<'_>| {
            clause.name == name && (agreement.is_none() || clause.agreement == agreement)
        };
        let numbered = self.clauses.iter().filter(fits).find(|clause| clause.number.is_some());
        let found = numbered.or_else(|| self.clauses.iter().find(fits));
        // What an agreement does not have itself is from one that it uses.
        found.or_else(|| agreement.and_then(|_| self.find_clause(None, name)))
    }
    pub(super) fn is_agreement(&self, name: &str) -> bool {
        self.agreements.contains_key(name)
    }
    /// The title of an agreement.
    pub(super) fn agreement_title(&self, name: &str) -> Option<&'a str> {
        self.agreements.get(name).copied().flatten()
    }
    /// Tells whether a chosen reading gives a name its value, at all times and for all.
    pub(super) fn is_decided(&self, clause: Option<&str>, name: &str) -> bool {
        clause.is_some_and(|clause| self.decided.contains(&(clause, name)))
    }
    pub(super) fn kind(&self, name: &str) -> Option<&'a KindDecl> {
        self.kinds.get(name).copied()
    }
    pub(super) fn is_type(&self, name: &str) -> bool {
        self.types.contains(name)
    }
    /// The title of an index or a judgement.
    pub(super) fn known_title(&self, name: &str) -> Option<&'a str> {
        self.known.get(name).copied().flatten()
    }
    /// The title of an exception, a reading, an amendment, a duty or a scenario.
    pub(super) fn title_of(&self, name: &str) -> Option<&'a str> {
        self.titles.get(name).copied().flatten()
    }
    /// The title of a reading of an assumption.
    pub(super) fn reading_title(&self, assumption: &str, reading: &str) -> Option<&'a str> {
        let found = self.readings.iter().find(|((of, own), _)| *of == assumption && *own == reading);
        found.and_then(|(_, title)| *title)
    }
    /// The table of a clause that a result is looked up in.
    pub(super) fn table_of(&self, clause: Option<&str>, result: &str) -> Option<&'a Table> {
        let gives = |table: &Table| table.results.iter().any(|name| name.text == result);
        let mut own = self.tables.iter().filter(|(of, table)| *of == clause && gives(table));
        own.next().map(|(_, table)| *table)
    }
    /// Tells whether a clause has something of its own of a name.
    pub(super) fn has(&self, clause: Option<&str>, name: &str) -> bool {
        let own = clause.and_then(|clause| self.find_clause(None, clause));
        own.is_some_and(|own| own.sorts.contains_key(name))
    }
    /// What sort of thing a name is, seen from a clause.
    pub(super) fn sort(&self, clause: Option<&str>, name: &str) -> Sort {
        let own = clause.and_then(|clause| self.find_clause(None, clause));
        let local = own.and_then(|clause| clause.sorts.get(name)).filter(|sort| **sort != Sort::Value);
        let outside = clause.and_then(|clause| self.outside.get(&(clause, name)));
        if let Some(sort) = local.or(outside) {
            return *sort;
        }
        let is_own = own.is_some_and(|clause| clause.sorts.contains_key(name));
        let common = self.sorts.get(name).filter(|_| !is_own);
        common.copied().unwrap_or(Sort::Value)
    }
}

/// The name that a line gives its value at all times and for all, with its clause.
fn decides<'a>(assign: &'a Assign, clause: Option<&'a str>) -> Option<(&'a str, &'a str)> {
    if assign.target.when.is_some() || assign.target.entity.is_some() {
        return None;
    }
    match assign.target.path.parts.as_slice() {
        [name] if name.cells.is_empty() => Some((clause?, &name.name.text)),
        [.., of, name] if name.cells.is_empty() => Some((&of.name.text, &name.name.text)),
        _ => None,
    }
}

/// Remembers a title. A name that several things have under different titles is called by none of them.
fn title<'a, K: Ord>(titles: &mut BTreeMap<K, Option<&'a str>>, name: K, own: Option<&'a str>) {
    let known = titles.entry(name).or_insert(own);
    if *known != own {
        *known = None;
    }
}

fn assigned<'a>(assign: &'a Assign, sort: Sort, sorts: &mut BTreeMap<&'a str, Sort>) {
    if let [part] = assign.target.path.parts.as_slice() {
        sorts.entry(&part.name.text).or_insert(sort);
    }
}

fn sort_of(ty: &TypeExpr) -> Sort {
    match &ty.base {
        TypeBase::Date => Sort::Date,
        TypeBase::YesNo => Sort::Truth,
        TypeBase::Number | TypeBase::Whole(_) | TypeBase::Text | TypeBase::OneOf(_) | TypeBase::Unit(_) => {
            Sort::Value
        }
    }
}

fn value_sort(value: &Expr) -> Sort {
    match &*value.kind {
        ExprKind::Paren(inner) | ExprKind::Modified { value: inner, .. } => value_sort(inner),
        ExprKind::If { then, .. } => value_sort(then),
        ExprKind::Date(_) => Sort::Date,
        ExprKind::Bool(_) => Sort::Truth,
        _ if super::truth::is_truth(value) => Sort::Truth,
        _ => Sort::Value,
    }
}
