//! What rules values of a table's keys out: the condition of the exception that the table stands in, and what data must
//! meet.

use std::collections::BTreeMap;

use super::conditions::{Reader, Subjects};
use super::forms::{FormId, Forms};
use super::reached::Behind;
use super::settle::always_required;
use crate::model::{Alternative, Body, ExceptionId, ExprId, Model, NodeKind, TableId};
use crate::value::{Interval, Period};

/// The conditions of the exceptions that tables stand in, by table.
#[derive(Clone, Debug, Default)]
pub(super) struct Conditions {
    by_table: BTreeMap<TableId, Limits>,
}

/// What rules values of one table's keys out.
#[derive(Clone, Debug, Default)]
pub(super) struct Limits {
    /// The conditions under which it is read.
    conditions: Vec<ExprId>,
    /// Whether such a condition speaks of the world without the exception, and so of other values.
    elsewhere: bool,
    /// When it is read.
    time: Option<Interval>,
}

impl Conditions {
    /// Finds when tables are read, and under the conditions of which exceptions.
    pub(super) fn of(model: &Model) -> Conditions {
        let mut all = Conditions::default();
        for def in model.defs.iter() {
            for line in &def.alternatives {
                all.below(model, def.local_to, line, line.body);
            }
            for (id, line) in &def.exceptions {
                all.below(model, Some(*id), line, line.body);
            }
        }
        let copies = model.tables.iter_enumerated().filter_map(|(id, table)| Some((id, table.edited_in?)));
        for (table, id) in copies {
            all.by_table.insert(table, Limits::of(model, Some(id), None));
        }
        all
    }
    /// Returns what limits a table.
    pub(super) fn limits(&self, table: TableId) -> Limits {
        self.by_table.get(&table).cloned().unwrap_or_default()
    }

    fn below(&mut self, model: &Model, id: Option<ExceptionId>, line: &Alternative, body: Body) {
        let Body::Expr(expr) = body else { return };
        match &model.node(expr).kind {
            NodeKind::Lookup { table, .. } => {
                self.by_table.insert(*table, Limits::of(model, id, Some(line.interval)));
            }
            _ => {
                let inner = model.node(expr).children(&model.tables);
                inner.into_iter().for_each(|child| self.below(model, id, line, Body::Expr(child)));
            }
        }
    }
}

impl Limits {
    fn of(model: &Model, id: Option<ExceptionId>, time: Option<Interval>) -> Limits {
        let around: Vec<ExceptionId> = std::iter::successors(id, |at| model.exceptions[*at].outer).collect();
        Limits {
            conditions: around.iter().filter_map(|at| model.exceptions[*at].condition).collect(),
            elsewhere: around.iter().any(|at| model.exceptions[*at].reads_itself),
            time,
        }
    }

    /// Returns the first and the last whole year in which the table is read, within a time.
    pub(super) fn years(&self, time: Interval) -> (Option<i16>, Option<i16>) {
        let time = self.time.unwrap_or(Interval::always()).intersect(time);
        let of = |year: i16| Interval::of_period(Period::Year(year));
        let whole = |year: &i16| of(*year).is_some_and(|days| time.covers(days));
        let first = time
            .from
            .and_then(|from| std::iter::once(from.year()).chain(from.year().checked_add(1)).find(whole));
        let last = time
            .last()
            .and_then(|last| std::iter::once(last.year()).chain(last.year().checked_sub(1)).find(whole));
        (first, last)
    }

    /// Returns what the limits compare, so that values from either side of it are tried.
    pub(super) fn subjects(&self, model: &Model) -> Subjects {
        let mut subjects = Subjects::default();
        let required = model.requirements.iter().map(|required| required.condition);
        self.conditions.iter().copied().chain(required).for_each(|expr| subjects.add(model, expr));
        subjects
    }

    /// Reads when the table is read at all, and what data must meet. `keys` is what is behind the table's keys.
    pub(super) fn read<'m>(
        &self,
        model: &Model,
        forms: &mut Forms,
        reader: Reader<'m>,
        keys: &'m Behind<'m>,
    ) -> (FormId, FormId) {
        let mut reader = reader.apart_from(keys);
        let mut within: Vec<FormId> =
            self.conditions.iter().map(|condition| reader.read(forms, *condition)).collect();
        if self.elsewhere {
            within.push(forms.open());
        }
        let time = self.time.unwrap_or(Interval::always());
        let mut required = Vec::new();
        for requirement in &model.requirements {
            if keys.is_apart_from(requirement.condition) {
                continue;
            }
            let form = reader.read(forms, requirement.condition);
            let open = forms.open();
            required.push(if always_required(model, requirement, time) {
                form
            } else {
                forms.one([form, open])
            });
        }
        (forms.all(within), forms.all(required))
    }
}
