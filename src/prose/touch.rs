//! What the rules say of a clause elsewhere: unclear passages whose chosen reading decides something in it, amendments.

use crate::syntax::ast::{Amendment, Assumption, Item, ItemKind, Path, Stmt, StmtKind};

/// What touches a clause from outside it.
pub(super) struct Touching<'a> {
    /// The assumptions, each with the lines of its chosen reading that are about the clause.
    pub(super) readings: Vec<(&'a Assumption, Vec<Stmt>)>,
    /// The amendments.
    pub(super) amendments: Vec<&'a Amendment>,
}

/// Gathers what is said of a clause outside it.
pub(super) fn touching<'a>(items: &[&'a Item], clause: &str) -> Touching<'a> {
    let mut found = Touching { readings: Vec::new(), amendments: Vec::new() };
    for item in items {
        match &item.kind {
            ItemKind::Assumption(assumption) => found.reading(assumption, clause),
            ItemKind::Clause(other) if other.name.text != clause => {
                for stmt in &other.body {
                    if let StmtKind::Assumption(assumption) = &stmt.kind {
                        found.reading(assumption, clause);
                    }
                }
            }
            ItemKind::Amendment(amendment) if amendment.body.iter().any(|stmt| is_about(stmt, clause)) => {
                found.amendments.push(amendment);
            }
            _ => {}
        }
    }
    found
}

impl<'a> Touching<'a> {
    fn reading(&mut self, assumption: &'a Assumption, clause: &str) {
        let chosen = assumption.readings.iter().filter(|reading| reading.chosen);
        let lines: Vec<Stmt> =
            chosen.flat_map(|reading| &reading.body).filter(|stmt| is_about(stmt, clause)).cloned().collect();
        if !lines.is_empty() {
            self.readings.push((assumption, lines));
        }
    }
}

/// Tells whether a line outside a clause is about something in it.
pub(super) fn is_about(stmt: &Stmt, clause: &str) -> bool {
    let path = match &stmt.kind {
        StmtKind::Assign(assign) | StmtKind::Condition(assign) => Some(&assign.target.path),
        StmtKind::Split(split) => Some(&split.target.path),
        StmtKind::Grant(grant) => Some(&grant.target.path),
        StmtKind::Rows(edit) => Some(&edit.table),
        StmtKind::Lift(path) | StmtKind::Repeal(path) => Some(path),
        StmtKind::Table(table) => return table.owners.iter().any(|owner| names(owner, clause)),
        StmtKind::Scale(scale) => scale.owner.as_ref(),
        StmtKind::Exception(exception) => exception.owner.as_ref(),
        StmtKind::Duty(duty) => duty.owner.as_ref(),
        StmtKind::Basis(_) | StmtKind::InForce(_) | StmtKind::EachRounded { .. } => None,
        StmtKind::Precedence(_) | StmtKind::Assumption(_) | StmtKind::Given(_) => None,
        StmtKind::Require { .. } | StmtKind::Check(_) | StmtKind::Only(_) | StmtKind::Year(_) => None,
        StmtKind::Day(_) | StmtKind::BuildsOn(_) | StmtKind::Reading { .. } | StmtKind::Switch { .. } => None,
        StmtKind::EntityFacts { .. } | StmtKind::Expect(_) | StmtKind::Error => None,
    };
    path.is_some_and(|path| names(path, clause))
}

/// Tells whether a path goes through a clause: by its name, or by its agreement's and its own.
fn names(path: &Path, clause: &str) -> bool {
    path.parts.iter().take(2).any(|part| part.name.text == clause)
}
