//! What may be `ingen`, as far as the text says: definitions with a line that is, or that reads one, where it has not been
//! asked for first.

use std::collections::BTreeSet;

use super::{AtTime, Body, DefId, ExceptionId, ExprId, KeyTest, Model, NodeKind, OverTarget, Row, Table};
use crate::base::Id;
use crate::syntax::ast::Policy;

/// What has been asked for already: readings that are known to be something.
pub type Asked = BTreeSet<String>;

impl Model {
    /// Finds the definitions that may be `ingen`: each line is looked at once, and what it finds goes on to those that
    /// read it.
    pub fn settle_none(&mut self) {
        let mut maybe = vec![false; self.defs.len()];
        let mut readers: Vec<Vec<DefId>> = vec![Vec::new(); self.defs.len()];
        let mut open = Vec::new();
        for def in self.defs.ids() {
            for (exception, line) in lines(self, def) {
                let mut read = Vec::new();
                if nothing(self, line, &of_exception(self, exception), &mut read) {
                    open.push(def);
                }
                read.into_iter().for_each(|read| readers[read.index()].push(def));
            }
        }
        while let Some(def) = open.pop() {
            if !std::mem::replace(&mut maybe[def.index()], true) {
                open.append(&mut readers[def.index()]);
            }
        }
        self.maybe_none = maybe;
    }

    /// Tells whether an expression may be `ingen`, once that is settled.
    pub fn may_be_none(&self, expr: ExprId) -> bool {
        self.may_be_none_after(expr, &Asked::new())
    }

    /// The same where something has been asked for.
    pub fn may_be_none_after(&self, expr: ExprId, asked: &Asked) -> bool {
        let mut read = Vec::new();
        // What was added since is not settled, and may be.
        let maybe = |def: &DefId| self.maybe_none.get(def.index()).copied().unwrap_or(true);
        nothing(self, expr, asked, &mut read) || read.iter().any(maybe)
    }
}

/// Every line of a definition, with the exception it stands in, and what is put in its place.
pub fn lines(model: &Model, def: DefId) -> Vec<(Option<ExceptionId>, ExprId)> {
    let data = &model.defs[def];
    let own = data.alternatives.iter().map(|alternative| (None, alternative));
    let restated = data.exceptions.iter().map(|(id, alternative)| (Some(*id), alternative));
    let lines = own.chain(restated).filter_map(|(exception, alternative)| match alternative.body {
        Body::Expr(expr) => Some((exception, expr)),
        Body::Lifted => None,
    });
    let over = model.overrides.iter().filter(|over| over.target == OverTarget::Def(def));
    lines.chain(over.map(|over| (None, over.value))).collect()
}

/// What the conditions of an exception, and of those around it, have asked for.
pub fn of_exception(model: &Model, exception: Option<ExceptionId>) -> Asked {
    let mut asked = Asked::new();
    let mut at = exception;
    while let Some(id) = at {
        if let Some(condition) = model.exceptions[id].condition {
            asked.extend(known(model, condition, true, 0));
        }
        at = model.exceptions[id].outer;
    }
    asked
}

/// Tells whether an expression may be `ingen` by itself, given what has been asked for; what it reads that makes it so is
/// added to `read`.
fn nothing(model: &Model, expr: ExprId, asked: &Asked, read: &mut Vec<DefId>) -> bool {
    let unasked = || reading(model, expr).is_none_or(|key| !asked.contains(&key));
    match &model.node(expr).kind {
        NodeKind::Nothing => true,
        NodeKind::Fact(fact) => model.facts[*fact].declared.or_none && unasked(),
        NodeKind::Def(def) => {
            read.extend(unasked().then_some(*def));
            false
        }
        NodeKind::At(inner, _) | NodeKind::ForEntity(inner, ..) | NodeKind::Of { value: inner, .. } => {
            unasked() && nothing(model, *inner, &Asked::new(), read)
        }
        // What is only shown otherwise.
        NodeKind::Restated(inner) | NodeKind::Nominal(inner) => nothing(model, *inner, asked, read),
        NodeKind::If(condition, then, otherwise) => {
            let with = |truth| joined(asked, known(model, *condition, truth, 0));
            // Both are looked at for what they read.
            let then = nothing(model, *then, &with(true), read);
            nothing(model, *otherwise, &with(false), read) || then
        }
        NodeKind::Lookup { table, column, .. } => {
            let table = &model.tables[*table];
            let mut found = false;
            for (at, row) in table.rows.iter().enumerate() {
                let asked = joined(asked, of_row(model, table, at));
                found |= row.results.get(*column).is_some_and(|result| nothing(model, *result, &asked, read));
            }
            found
        }
        NodeKind::Grant { full, otherwise, .. } => {
            // Both are looked at for what they read.
            let full = nothing(model, *full, asked, read);
            otherwise.is_some_and(|other| nothing(model, other, asked, read)) || full
        }
        _ => false,
    }
}

/// Two lots of what has been asked for, together.
pub fn joined(asked: &Asked, more: Asked) -> Asked {
    asked.iter().cloned().chain(more).collect()
}

/// What the condition of a row has asked for, and those before it.
pub fn of_row(model: &Model, table: &Table, at: usize) -> Asked {
    let asked = before_row(model, table, at);
    match table.rows.get(at).map(|row| row.tests.as_slice()) {
        Some([KeyTest::Condition(condition)]) => joined(&asked, known(model, *condition, true, 0)),
        Some(_) | None => asked,
    }
}

/// What has been asked for where a row is looked at: where the first row that holds is taken, none before it does, and
/// under `ellers` no other.
pub fn before_row(model: &Model, table: &Table, at: usize) -> Asked {
    let otherwise =
        table.rows.get(at).is_some_and(|row| matches!(row.tests.as_slice(), [KeyTest::Otherwise]));
    let failed = |(other, row): &(usize, &Row)| {
        *other != at
            && (otherwise || (table.policy == Some(Policy::First) && *other < at))
            && row.stands_always()
    };
    let failed = table.rows.iter().enumerate().filter(failed);
    let asked = failed.map(|(_, row)| match row.tests.as_slice() {
        [KeyTest::Condition(condition)] => known(model, *condition, false, 0),
        _ => Asked::new(),
    });
    asked.flatten().collect()
}

/// Names what an expression reads, so that the question and the use are seen to read the same.
fn reading(model: &Model, expr: ExprId) -> Option<String> {
    match &model.node(expr).kind {
        NodeKind::Fact(fact) => Some(format!("f{}", fact.index())),
        NodeKind::Def(def) => Some(format!("d{}", def.index())),
        NodeKind::Entity(kind, skip) => Some(format!("e{} {skip}", kind.index())),
        NodeKind::Of { owner, value, .. } => {
            Some(format!("{} of {}", reading(model, *value)?, reading(model, *owner)?))
        }
        NodeKind::At(inner, AtTime::YearBefore) => Some(format!("{} before", reading(model, *inner)?)),
        NodeKind::At(inner, AtTime::Period(period)) => {
            Some(format!("{} at {period:?}", reading(model, *inner)?))
        }
        NodeKind::ForEntity(inner, kind, name) => {
            Some(format!("{} of {} {name}", reading(model, *inner)?, kind.index()))
        }
        _ => None,
    }
}

/// How many conditions that are made of named conditions are looked into.
const DEEPEST: usize = 8;

/// Returns what is surely something when a condition holds (or does not).
pub fn known(model: &Model, condition: ExprId, truth: bool, depth: usize) -> Asked {
    let each =
        |all: &[ExprId]| -> Vec<Asked> { all.iter().map(|part| known(model, *part, truth, depth)).collect() };
    match &model.node(condition).kind {
        NodeKind::IsNone(value, negated) if *negated == truth => reading(model, *value).into_iter().collect(),
        NodeKind::Not(inner) => known(model, *inner, !truth, depth),
        NodeKind::And(all) | NodeKind::AllMet(all) if truth => each(all).into_iter().flatten().collect(),
        NodeKind::Or(all) if !truth => each(all).into_iter().flatten().collect(),
        NodeKind::And(all) | NodeKind::Or(all) => shared(each(all)),
        NodeKind::Def(def) if depth < DEEPEST => match lines(model, *def).as_slice() {
            [(None, body)] => known(model, *body, truth, depth + 1),
            _ => Asked::new(),
        },
        _ => Asked::new(),
    }
}

fn shared(all: Vec<Asked>) -> Asked {
    let mut all = all.into_iter();
    let first = all.next().unwrap_or_default();
    all.fold(first, |so_far, next| so_far.intersection(&next).cloned().collect())
}
