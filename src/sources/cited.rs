//! All citations of a rule file, wherever they may stand.

use crate::syntax::ast::{Citation, File, IndexDecl, ItemKind, Row, Stmt, StmtKind};

/// Returns the citations of a file in the order they stand. Tests and scenarios cite nothing.
pub fn citations(file: &File) -> Vec<&Citation> {
    let mut found = Vec::new();
    for item in &file.items {
        match &item.kind {
            ItemKind::Agreement(agreement) => found.extend(&agreement.basis),
            ItemKind::Index(index) => of_index(index, &mut found),
            ItemKind::Clause(clause) => of_body(&clause.body, &mut found),
            ItemKind::Amendment(amendment) => of_body(&amendment.body, &mut found),
            ItemKind::Assumption(assumption) => {
                found.extend(&assumption.basis);
                assumption.readings.iter().for_each(|reading| of_body(&reading.body, &mut found));
            }
            ItemKind::Check(check) => found.extend(&check.basis),
            ItemKind::Note(note) => found.extend(&note.basis),
            ItemKind::Entity(entity) => found.extend(entity.facts.iter().flat_map(|fact| &fact.basis)),
            ItemKind::Use(_)
            | ItemKind::Source(_)
            | ItemKind::Unit(_)
            | ItemKind::Type(_)
            | ItemKind::Kind(_)
            | ItemKind::Given(_)
            | ItemKind::Scenario(_)
            | ItemKind::Test(_)
            | ItemKind::Precedence(_)
            | ItemKind::Error => {}
        }
    }
    found
}

fn of_index<'a>(index: &'a IndexDecl, found: &mut Vec<&'a Citation>) {
    found.extend(&index.basis);
    found.extend(index.lines.iter().flat_map(|line| &line.basis));
}

fn of_body<'a>(body: &'a [Stmt], found: &mut Vec<&'a Citation>) {
    body.iter().for_each(|stmt| of_stmt(stmt, found));
}

fn of_stmt<'a>(stmt: &'a Stmt, found: &mut Vec<&'a Citation>) {
    match &stmt.kind {
        StmtKind::Basis(citations) => found.extend(citations),
        StmtKind::Assign(assign) | StmtKind::Condition(assign) => found.extend(&assign.basis),
        StmtKind::Split(split) => found.extend(&split.basis),
        StmtKind::Grant(grant) => found.extend(&grant.basis),
        StmtKind::Table(table) => {
            found.extend(&table.basis);
            of_rows(&table.rows, found);
        }
        StmtKind::Rows(edit) => of_rows(&edit.rows, found),
        StmtKind::Scale(scale) => {
            found.extend(&scale.basis);
            found.extend(scale.rows.iter().flat_map(|row| &row.basis));
        }
        StmtKind::Exception(exception) => of_body(&exception.body, found),
        StmtKind::Assumption(assumption) => {
            found.extend(&assumption.basis);
            assumption.readings.iter().for_each(|reading| of_body(&reading.body, found));
        }
        StmtKind::Check(check) => found.extend(&check.basis),
        StmtKind::Duty(duty) => found.extend(&duty.basis),
        StmtKind::EntityFacts { facts, .. } => found.extend(facts.iter().flat_map(|fact| &fact.basis)),
        StmtKind::InForce(_)
        | StmtKind::EachRounded { .. }
        | StmtKind::Precedence(_)
        | StmtKind::Given(_)
        | StmtKind::Require { .. }
        | StmtKind::Lift(_)
        | StmtKind::Repeal(_)
        | StmtKind::Only(_)
        | StmtKind::Year(_)
        | StmtKind::Day(_)
        | StmtKind::BuildsOn(_)
        | StmtKind::Reading { .. }
        | StmtKind::Switch { .. }
        | StmtKind::Expect(_)
        | StmtKind::Error => {}
    }
}

fn of_rows<'a>(rows: &'a [Row], found: &mut Vec<&'a Citation>) {
    found.extend(rows.iter().flat_map(|row| &row.basis));
}
