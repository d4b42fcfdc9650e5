//! What a clause takes unchanged from one that it carries over, told with it: nobody signs what stands elsewhere only.

use std::collections::BTreeSet;

use super::document::{Block, Entry, Line, listed, say};
use super::line::basis_of;
use super::names::ClauseNames;
use super::span::InForce;
use super::voice::Voice;
use crate::syntax::ast::{Clause, Stmt, StmtKind, Target};

/// The lines that a clause takes from another.
pub(super) struct Carried {
    /// Whence, and on what it rests there.
    pub(super) lead: Vec<Block>,
    /// The lines, each as a statement.
    pub(super) lines: Vec<Entry>,
}

impl Voice<'_> {
    /// What a clause carries over, nearest first. A clause that carries over one that itself does so takes both.
    pub(super) fn carried(&self, clause: &Clause, at: &InForce) -> Vec<Carried> {
        let mut stated: BTreeSet<&str> = clause.body.iter().flat_map(names).collect();
        let mut seen = vec![(None, clause.name.text.as_str())];
        let mut all = Vec::new();
        let mut next = clause.carries_over.as_ref();
        while let Some(from) = next.and_then(|path| self.names.clause_at(path)) {
            // A ring is reported by the check; what is shown of it ends.
            if seen.contains(&(from.agreement, from.name)) {
                break;
            }
            seen.push((from.agreement, from.name));
            all.extend(self.taken(from, &stated, at));
            stated.extend(from.tree.body.iter().flat_map(names));
            next = from.tree.carries_over.as_ref();
        }
        all
    }

    fn taken(&self, from: &ClauseNames<'_>, stated: &BTreeSet<&str>, at: &InForce) -> Option<Carried> {
        let lang = self.lang;
        let body = from.tree.body.iter().filter(|stmt| leaves(stmt));
        let (restated, taken): (Vec<&Stmt>, Vec<&Stmt>) =
            body.partition(|stmt| names(stmt).iter().any(|name| stated.contains(name)));
        let taken: Vec<Stmt> = taken.into_iter().cloned().collect();
        let lines = Voice { home: from.agreement, ..*self }.lines(&taken, at);
        let whence = self.clause_named(from.agreement, &from.tree.name);
        let mut lead = vec![Block::Para(match lines.is_empty() {
            true => say(
                lang.pick("Fra {0} er intet taget uændret.", "Nothing is taken unchanged from {0}."),
                &[&whence],
            ),
            false => say(
                lang.pick(
                    "Ført uændret videre fra {0}, og gældende her:",
                    "Carried over unchanged from {0}, and in force here:",
                ),
                &[&whence],
            ),
        })];
        lead.extend(self.rests_on(&basis_of(&from.tree.body)));
        let own: BTreeSet<&str> = restated.iter().flat_map(|stmt| names(stmt)).collect();
        if !own.is_empty() {
            let own: Vec<Line> = own.into_iter().map(Line::name).collect();
            let own = listed(&own, ", ", lang.pick(" og ", " and "));
            lead.push(Block::Para(say(
                lang.pick(
                    "Om {0} gælder klausulens egne linjer ovenfor, så vidt de rækker; det videreførte om det er ikke gentaget.",
                    "On {0} the clause's own lines above prevail as far as they reach; what is carried over of it is not repeated.",
                ),
                &[&own],
            )));
        }
        Some(Carried { lead, lines })
    }
}

/// Tells whether a line goes with the text that is carried over: times, bases and checks stay where they are.
fn leaves(stmt: &Stmt) -> bool {
    !matches!(stmt.kind, StmtKind::Basis(_) | StmtKind::InForce(_) | StmtKind::Check(_) | StmtKind::Error)
}

/// The names that a line states, or takes out of what is carried over.
fn names(stmt: &Stmt) -> Vec<&str> {
    let of = |target: &'_ Target| match target.path.parts.as_slice() {
        [part] if part.cells.is_empty() => Some(part.name.span),
        _ => None,
    };
    let target = match &stmt.kind {
        StmtKind::Assign(assign) | StmtKind::Condition(assign) => &assign.target,
        StmtKind::Grant(grant) => &grant.target,
        StmtKind::Split(split) => &split.target,
        StmtKind::Table(table) => return table.results.iter().map(|name| name.text.as_str()).collect(),
        StmtKind::Scale(scale) => return vec![&scale.name.text],
        StmtKind::Given(given) => return vec![&given.name.text],
        StmtKind::Duty(duty) => return vec![&duty.name.text],
        StmtKind::Exception(exception) => return vec![&exception.name.text],
        StmtKind::Assumption(assumption) => return vec![&assumption.name.text],
        StmtKind::Lift(path) | StmtKind::Repeal(path) => {
            return path.parts.last().map(|part| part.name.text.as_str()).into_iter().collect();
        }
        _ => return Vec::new(),
    };
    let own = of(target).and_then(|_| target.path.parts.first());
    own.map(|part| part.name.text.as_str()).into_iter().collect()
}
