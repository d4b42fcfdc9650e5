//! What rules call by a name, and which of it a line reads: enough to say what a computed figure is made of.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::base::{FileId, SourceMap, Span};
use crate::syntax::ast::{self, Expr, ExprKind, File, Item, ItemKind, Modifier, Stmt, StmtKind, Target};
use crate::syntax::{TokenKind, tokens};

/// Something that rules call by a name.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// The clause, or what else it stands in; empty outside of any.
    pub(super) owner: String,
    /// Its name; that of a clause itself is empty.
    pub(super) name: String,
    /// All of it.
    pub(super) span: Span,
    /// What it is computed by, where that is more than a figure.
    pub(super) computed: Option<Span>,
    /// The folder of its file.
    folder: PathBuf,
}

/// All that rules call by names, file by file in the order it stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    all: Vec<Named>,
    /// By owner and name.
    known: BTreeMap<(String, String), Vec<usize>>,
}

impl Names {
    /// Finds what files call by names.
    pub(super) fn of(files: &[(FileId, &File)], sources: &SourceMap) -> Names {
        let mut names = Names::default();
        for (id, file) in files {
            let folder = Path::new(&sources.file(*id).name).parent().unwrap_or(Path::new("")).to_owned();
            file.items.iter().for_each(|item| names.item(item, &folder));
        }
        names
    }

    /// All of them, each by its number.
    pub(super) fn all(&self) -> &[Named] {
        &self.all
    }

    /// The numbers of what a stretch of text reads, in the order that it does.
    pub(super) fn read_by(&self, own: &Named, file: &File, sources: &SourceMap) -> Vec<usize> {
        let Some(span) = own.computed else { return Vec::new() };
        let mut found = Vec::new();
        for path in paths(sources.text(span), file) {
            for number in self.meant(&path, own) {
                if !found.contains(&number) {
                    found.push(number);
                }
            }
        }
        found
    }

    /// What a path means where it stands: something of the own clause first, then of one in the own folder, then of any.
    fn meant(&self, path: &[&str], from: &Named) -> Vec<usize> {
        let (owner, name) = match path {
            [name] => (from.owner.as_str(), *name),
            [.., owner, name] => (*owner, *name),
            [] => return Vec::new(),
        };
        let found = |owner: &str| {
            let all = self.known.get(&(owner.to_owned(), name.to_owned())).map(Vec::as_slice);
            let all = all.unwrap_or_default();
            let near = |number: &&usize| self.all.get(**number).is_some_and(|one| one.folder == from.folder);
            let own: Vec<usize> = all.iter().filter(near).copied().collect();
            if own.is_empty() { all.to_vec() } else { own }
        };
        match (found(owner), path) {
            (none, [_]) if none.is_empty() => found(""),
            (some, _) => some,
        }
    }

    fn add(&mut self, owner: &str, name: &str, span: Span, computed: Option<Span>, folder: &Path) {
        let (owner, name, folder) = (owner.to_owned(), name.to_owned(), folder.to_owned());
        self.known.entry((owner.clone(), name.clone())).or_default().push(self.all.len());
        self.all.push(Named { owner, name, span, computed, folder });
    }

    fn item(&mut self, item: &Item, folder: &Path) {
        match &item.kind {
            ItemKind::Clause(clause) => {
                self.add(&clause.name.text, "", item.span, None, folder);
                self.body(&clause.body, &clause.name.text, folder);
            }
            ItemKind::Amendment(amendment) => {
                self.add(&amendment.name.text, "", item.span, None, folder);
                self.body(&amendment.body, &amendment.name.text, folder);
            }
            ItemKind::Assumption(assumption) => {
                self.add(&assumption.name.text, "", item.span, None, folder);
                let bodies = assumption.readings.iter().map(|reading| &reading.body);
                bodies.for_each(|body| self.body(body, &assumption.name.text, folder));
            }
            ItemKind::Index(index) => self.add("", &index.name.text, item.span, None, folder),
            ItemKind::Given(given) => self.add("", &given.name.text, item.span, None, folder),
            ItemKind::Agreement(_)
            | ItemKind::Use(_)
            | ItemKind::Source(_)
            | ItemKind::Unit(_)
            | ItemKind::Type(_)
            | ItemKind::Kind(_)
            | ItemKind::Entity(_)
            | ItemKind::Scenario(_)
            | ItemKind::Test(_)
            | ItemKind::Check(_)
            | ItemKind::Note(_)
            | ItemKind::Precedence(_)
            | ItemKind::Error => {}
        }
    }

    fn body(&mut self, body: &[Stmt], owner: &str, folder: &Path) {
        body.iter().for_each(|stmt| self.stmt(stmt, owner, folder));
    }

    fn stmt(&mut self, stmt: &Stmt, owner: &str, folder: &Path) {
        match &stmt.kind {
            StmtKind::Assign(assign) => {
                let (owner, name) = target(&assign.target, owner);
                self.add(owner, name, stmt.span, computed(&assign.value), folder);
            }
            // A truth is no figure, whatever figures it asks about.
            StmtKind::Condition(assign) => {
                let (owner, name) = target(&assign.target, owner);
                self.add(owner, name, stmt.span, None, folder);
            }
            StmtKind::Grant(grant) => {
                let (owner, name) = target(&grant.target, owner);
                self.add(owner, name, stmt.span, computed(&grant.amount), folder);
            }
            StmtKind::Split(split) => self.split(split, stmt.span, owner, folder),
            StmtKind::Table(table) => {
                table.results.iter().for_each(|result| {
                    self.add(owner, &result.text, stmt.span, None, folder);
                });
            }
            StmtKind::Scale(scale) => self.add(owner, &scale.name.text, stmt.span, None, folder),
            StmtKind::Given(given) => self.add(owner, &given.name.text, stmt.span, None, folder),
            StmtKind::Exception(exception) => self.body(&exception.body, owner, folder),
            StmtKind::Assumption(assumption) => {
                assumption.readings.iter().for_each(|reading| self.body(&reading.body, owner, folder));
            }
            StmtKind::Basis(_)
            | StmtKind::InForce(_)
            | StmtKind::EachRounded { .. }
            | StmtKind::Rows(_)
            | StmtKind::Precedence(_)
            | StmtKind::Duty(_)
            | StmtKind::Require { .. }
            | StmtKind::Check(_)
            | StmtKind::Lift(_)
            | StmtKind::Repeal(_)
            | StmtKind::Only(_)
            | StmtKind::Year(_)
            | StmtKind::Day(_)
            | StmtKind::BuildsOn(_)
            | StmtKind::Reading { .. }
            | StmtKind::Switch { .. }
            | StmtKind::EntityFacts { .. }
            | StmtKind::Expect(_)
            | StmtKind::Error => {}
        }
    }

    fn split(&mut self, split: &ast::Split, span: Span, owner: &str, folder: &Path) {
        let (owner, name) = target(&split.target, owner);
        self.add(owner, name, span, computed(&split.total), folder);
        for part in &split.parts {
            // What is left is computed of the total and the other parts.
            let rest = || Some(span);
            let value = part.value.as_ref().map_or_else(rest, computed);
            self.add(owner, &part.name.text, part.span, value, folder);
        }
    }
}

/// The owner and the name that a line gives a value to.
fn target<'t>(target: &'t Target, owner: &'t str) -> (&'t str, &'t str) {
    match target.path.parts.as_slice() {
        [.., owner, name] => (&owner.name.text, &name.name.text),
        [name] => (owner, &name.name.text),
        [] => (owner, ""),
    }
}

/// What a value is computed by; nothing where it is stated.
fn computed(value: &Expr) -> Option<Span> {
    match &*value.kind {
        ExprKind::Literal(_)
        | ExprKind::Fraction(..)
        | ExprKind::Text(_)
        | ExprKind::Bool(_)
        | ExprKind::Date(_)
        | ExprKind::Nothing
        | ExprKind::Unknown(_)
        | ExprKind::CarriedOn
        | ExprKind::DoesNotApply(_) => None,
        ExprKind::Paren(inner) | ExprKind::Negate(inner) | ExprKind::Nominal(inner) => computed(inner),
        ExprKind::Year
        | ExprKind::Day
        | ExprKind::Path(_)
        | ExprKind::Owned { .. }
        | ExprKind::Former(_)
        | ExprKind::Not(_)
        | ExprKind::Binary { .. }
        | ExprKind::Between { .. }
        | ExprKind::IsOneOf { .. }
        | ExprKind::IsNone { .. }
        | ExprKind::If { .. }
        | ExprKind::Scaled { .. }
        | ExprKind::Converted { .. }
        | ExprKind::Adjusted { .. }
        | ExprKind::StatedIn { .. }
        | ExprKind::AsPercentOf { .. }
        | ExprKind::Shared { .. }
        | ExprKind::At { .. }
        | ExprKind::ForEntity { .. }
        | ExprKind::Quantified { .. }
        | ExprKind::Aggregate { .. }
        | ExprKind::SumOver { .. }
        | ExprKind::CountMet(_)
        | ExprKind::AllMet
        | ExprKind::Extreme { .. }
        | ExprKind::DateSpan { .. }
        | ExprKind::Error => Some(value.span),
        ExprKind::Modified { value: inner, modifier, .. } => match modifier {
            Modifier::Rounded(_) | Modifier::RoundedEach(_) | Modifier::RestTo(_) | Modifier::ShownIn(_) => {
                computed(inner)
            }
            Modifier::AtMost(_)
            | Modifier::AtLeast(_)
            | Modifier::Converted(..)
            | Modifier::Adjusted(_)
            | Modifier::EquallyPerYear
            | Modifier::IfDayMissing { .. }
            | Modifier::IfNone(_)
            | Modifier::IfZero(_) => Some(value.span),
        },
    }
}

/// The words of a text that may be names, those joined by dots together.
fn paths<'t>(text: &'t str, file: &File) -> Vec<Vec<&'t str>> {
    let word = |range: &Range<usize>| text.get(range.clone()).unwrap_or("");
    let mut found: Vec<Vec<&str>> = Vec::new();
    let mut joined = false;
    for token in tokens(text, file.lang) {
        match token.kind {
            TokenKind::Name | TokenKind::Keyword => match found.last_mut().filter(|_| joined) {
                Some(path) => path.push(word(&token.range)),
                None => found.push(vec![word(&token.range)]),
            },
            _ => {}
        }
        joined = token.kind == TokenKind::Punctuation && word(&token.range) == ".";
    }
    found
}
