//! Links: from one figure to another, from a grant to its conditions, from one kind to another.

use super::pack::{Pack, next_name};
use super::view::{Draft, View};
use super::walk::Site;
use crate::base::Span;
use crate::syntax::ast::{Path, Stmt, StmtKind, UnitKind};

/// A reference points at its neighbour; where it has none, it points at nothing.
pub(super) fn break_link(view: &View<'_>, pack: &Pack) -> Vec<Draft> {
    let broken = |site: &Site<'_>| match site {
        Site::Link(path, clause) => redirected(view, path, clause, pack),
        Site::Word(name) => Some(renamed(view, name.span, pack.other_kind(&name.text))),
        Site::Unit(word) => match &word.kind {
            UnitKind::Named(name) if !pack.is_unit(name) => {
                Some(renamed(view, word.span, pack.other_kind(name)))
            }
            _ => None,
        },
        Site::Narrowing(cut) | Site::Dependence(cut) => Some(Draft::remove(*cut, view.text(*cut))),
        _ => None,
    };
    view.sites.iter().filter_map(broken).collect()
}

fn redirected(view: &View<'_>, path: &Path, clause: &[Stmt], pack: &Pack) -> Option<Draft> {
    let last = path.parts.last()?;
    let (name, span) = (last.name.text.as_str(), last.name.span);
    // What stands in another clause, or has cells, is pointed at by its whole path; its neighbours are not known here.
    let near = path.parts.len() == 1 && last.cells.is_empty();
    let other = near.then(|| neighbour(clause, name).or(pack.other_fact(name))).flatten();
    Some(renamed(view, span, other))
}

/// A word becomes another one, or has its last letter twice: with a letter less it could be the singular.
fn renamed(view: &View<'_>, span: Span, other: Option<&str>) -> Draft {
    let old = view.text(span);
    let twice = || old.chars().chain(old.chars().next_back()).collect();
    Draft::replace(span, old, other.map_or_else(twice, str::to_owned))
}

/// What a line of a clause declares; those of one sort can be taken for each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Figure,
    Condition,
    Given,
}

/// The next name of the same sort in the clause.
fn neighbour<'t>(clause: &'t [Stmt], name: &str) -> Option<&'t str> {
    let declared: Vec<(Sort, &str)> = clause.iter().flat_map(declared).collect();
    let (sort, _) = declared.iter().find(|(_, known)| *known == name)?;
    let same = declared.iter().filter(|(other, _)| other == sort).map(|(_, known)| *known);
    next_name(same, name)
}

fn declared(stmt: &Stmt) -> Vec<(Sort, &str)> {
    match &stmt.kind {
        StmtKind::Assign(assign) => one(Sort::Figure, &assign.target.path),
        StmtKind::Split(split) => {
            let mut names = one(Sort::Figure, &split.target.path);
            names.extend(split.parts.iter().map(|part| (Sort::Figure, part.name.text.as_str())));
            names
        }
        StmtKind::Grant(grant) => one(Sort::Figure, &grant.target.path),
        StmtKind::Condition(assign) => one(Sort::Condition, &assign.target.path),
        StmtKind::Given(given) => vec![(Sort::Given, given.name.text.as_str())],
        StmtKind::Table(table) => {
            table.results.iter().map(|name| (Sort::Figure, name.text.as_str())).collect()
        }
        StmtKind::Scale(scale) => vec![(Sort::Figure, scale.name.text.as_str())],
        _ => Vec::new(),
    }
}

/// The name that a line declares; one that restates something elsewhere has a path.
fn one(sort: Sort, path: &Path) -> Vec<(Sort, &str)> {
    match path.parts.as_slice() {
        [part] => vec![(sort, part.name.text.as_str())],
        [] | [_, ..] => Vec::new(),
    }
}
