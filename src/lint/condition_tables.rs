//! Tables of conditions: values for which no row holds, for which several do, rows that never do, and an `ellers` that
//! is left nothing. Only what is proved is said: a condition that cannot be settled may hold or not.

use super::columns::{Sample, words};
use super::conditions::{Assignment, Subjects, called, each_assignment, holds};
use super::{LintProblem, UsageProblem};
use crate::base::{Bi, Lang};
use crate::diag::Problems;
use crate::model::{KeyTest, Model, NodeKind, Table};
use crate::syntax::ast::Policy;

/// Analyses one table of conditions. Returns whether its `ellers` is left nothing, where it has one.
pub(super) fn condition_table(model: &Model, table: &Table, problems: &mut Problems) {
    let mut subjects = Subjects::default();
    for condition in conditions(table) {
        subjects.add(model, condition);
    }
    let mut seen = Seen { hit: vec![false; table.rows.len()], ..Seen::default() };
    let all = subjects.samples(model, (None, None));
    let whole = each_assignment(&all, &mut |tried| {
        seen.settle(model, table, tried);
        false
    });
    if !whole {
        return;
    }
    // What data must meet may rule out the values that would show a gap or an overlap.
    let free = !model.requirements.iter().any(|required| reads(model, required.condition, &subjects));
    let needs_row = !matches!(table.policy, Some(Policy::Add | Policy::Largest | Policy::Smallest));
    if let (Some(values), true) = (&seen.gap, free && needs_row) {
        let witness = witness(model, values);
        problems.report(&LintProblem::Gap { table: table.span, name: table.results.join("; "), witness });
    }
    if let (Some((first, second, values)), true) = (&seen.overlap, free) {
        let (first, second) = (table.rows[*first].span, table.rows[*second].span);
        problems.report(&LintProblem::Overlap { first, second, witness: witness(model, values) });
    }
    for (row, hit) in table.rows.iter().zip(&seen.hit) {
        match row.tests.as_slice() {
            [KeyTest::Otherwise] if !seen.open => {
                problems.report(&UsageProblem::IdleOtherwise { span: row.span, row: true });
            }
            [KeyTest::Condition(_)] if !hit => {
                problems.report(&LintProblem::NeverHolds { row: row.span });
            }
            _ => {}
        }
    }
}

fn conditions(table: &Table) -> impl Iterator<Item = crate::model::ExprId> {
    table.rows.iter().flat_map(|row| &row.tests).filter_map(|test| match test {
        KeyTest::Condition(condition) => Some(*condition),
        KeyTest::Any | KeyTest::Otherwise | KeyTest::AnyOf(_) | KeyTest::NoneOf(_) => None,
        KeyTest::Range(..) | KeyTest::Time(_) | KeyTest::From(_) | KeyTest::Slice(_) => None,
    })
}

/// Tells whether an expression reads one of the facts that the rows compare.
fn reads(model: &Model, expr: crate::model::ExprId, subjects: &Subjects) -> bool {
    let node = model.node(expr);
    match &node.kind {
        NodeKind::Fact(fact) => subjects.has(*fact),
        // What a definition reads is not looked up: it may read any of them.
        NodeKind::Def(_) => true,
        _ => node.children(&model.tables).into_iter().any(|child| reads(model, child, subjects)),
    }
}

#[derive(Default)]
struct Seen {
    /// Rows that hold, or may hold, for some values.
    hit: Vec<bool>,
    /// Values for which no row holds.
    gap: Option<Assignment>,
    /// Values for which two rows hold.
    overlap: Option<(usize, usize, Assignment)>,
    /// Whether `ellers` may be needed.
    open: bool,
}

impl Seen {
    /// Looks at one combination of values.
    fn settle(&mut self, model: &Model, table: &Table, tried: &Assignment) {
        let row = |test: &[KeyTest]| match test {
            [KeyTest::Condition(condition)] => holds(model, *condition, tried),
            [KeyTest::Otherwise] => Some(false),
            _ => None,
        };
        let rows: Vec<Option<bool>> = table.rows.iter().map(|data| row(&data.tests)).collect();
        let certain: Vec<usize> = (0..rows.len()).filter(|at| rows[*at] == Some(true)).collect();
        let said = tried.values().all(|sample| !sample.beyond);
        let possible = tried.values().all(|sample| sample.possible);
        let otherwise = table.rows.iter().any(|row| matches!(row.tests.as_slice(), [KeyTest::Otherwise]));
        match certain.as_slice() {
            [] => {
                self.open = true;
                if said && !otherwise && rows.iter().all(|row| *row == Some(false)) {
                    self.gap.get_or_insert_with(|| tried.clone());
                }
            }
            [first, second, ..] if possible && table.policy.is_none() => {
                self.overlap.get_or_insert_with(|| (*first, *second, tried.clone()));
            }
            _ => {}
        }
        for (at, row) in rows.iter().enumerate() {
            self.hit[at] |= *row != Some(false);
            if table.policy == Some(Policy::First) && *row == Some(true) {
                break;
            }
        }
    }
}

/// Words the values: `alder = 18 år og ø = ja`.
fn witness(model: &Model, values: &Assignment) -> Bi {
    let all = |lang: Lang| {
        let one = |(subject, sample): (&super::conditions::Subject, &Sample)| {
            let (name, show) = called(model, *subject);
            format!("{name} = {}", words(&sample.value, &show, lang))
        };
        values.iter().map(one).collect::<Vec<_>>().join(lang.pick(" og ", " and "))
    };
    Bi::new(all(Lang::Da), all(Lang::En))
}
