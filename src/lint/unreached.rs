//! Rows that may never be reached: where the first row that fits is taken, the ones before may leave a later one nothing.
//! A row is shown to be reached by values that surely pass those before it; one that neither is nor is told to be dead is
//! a question that stays open.

use super::columns::Sample;
use super::conditions::{Subject, called};
use super::forms::Forms;
use super::proof::{Question, Reason, Verdict};
use super::sweep::{Asked, Found, sweep};
use super::tables::is_otherwise;
use crate::model::{ExprId, KeyTest, Model, Table};
use crate::syntax::ast::Policy;

/// Adds to a verdict the question whether every row can be reached, where that is neither shown nor told. `subjects` are
/// what the rows up to one of them ask about, with their names.
pub(super) fn with_reach(
    model: &Model,
    (table, verdict): (&Table, Verdict),
    (forms, samples): (&Forms, &[Vec<Sample>]),
    (asked, told): (&Asked, &Found),
    subjects: impl Fn(usize) -> Vec<(Option<Subject>, String)>,
) -> Verdict {
    if table.policy != Some(Policy::First) || verdict == Verdict::Faulty {
        return verdict;
    }
    let asked = Asked { reach: true, gaps: false, overlaps: false, otherwise: false, ..asked.clone() };
    let found = sweep(forms.clone(), samples, &asked);
    let unsure = |(at, row): (usize, &crate::model::Row)| match is_otherwise(row) {
        true => told.open && !found.needed,
        false => told.hit.get(at) == Some(&true) && found.reached.get(at) == Some(&false),
    };
    let Some(row) = table.rows.iter().enumerate().position(unsure) else { return verdict };
    let computed = subjects(row).into_iter().find_map(|(subject, name)| match subject {
        Some(Subject::Fact(_) | Subject::Year) => None,
        Some(subject @ Subject::Def(_)) => Some(called(model, subject).0),
        None => Some(name),
    });
    let reason = match computed {
        _ if !found.whole => Reason::TooMany,
        Some(name) => Reason::Computed(name),
        None if !forms.is(asked.required, true) => Reason::Required,
        None => Reason::SeveralFacts,
    };
    verdict.and_open(Question::Reached(table.results.join("; ")), reason)
}

/// Finds the rows whose condition says the same as that of a row before them, so that they are never reached where the
/// first row that holds is taken.
pub(super) fn repeated(model: &Model, table: &Table) -> Vec<usize> {
    if table.policy != Some(Policy::First) {
        return Vec::new();
    }
    let condition = |row: &crate::model::Row| -> Option<ExprId> {
        match row.tests.as_slice() {
            [KeyTest::Condition(condition)] => Some(super::conditions::resolved(model, *condition)),
            _ => None,
        }
    };
    let all: Vec<Option<ExprId>> = table.rows.iter().map(condition).collect();
    let again = |at: &usize| {
        let own = all.get(*at).copied().flatten();
        let before = all.iter().take(*at).copied().flatten();
        own.is_some_and(|own| before.into_iter().any(|other| super::worth::alike(model, own, other)))
    };
    (0..all.len()).filter(again).collect()
}
