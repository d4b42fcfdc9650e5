//! Tables by keys: combinations of values that no row fits, that several fit, and rows that none can fit. The rows' bounds
//! cut each key's domain into stretches in which the same rows fit, so one value from each stretch settles the question
//! exactly; the combinations are swept key by key, and those that leave the same rows are looked at once. A key whose
//! values are not known, and a bound that is not a written figure, are left to the evaluation. Tables of conditions are
//! looked at in a file of their own.

use std::collections::BTreeSet;

use super::columns::{Column, Sample, Value, columns, constant, test_fits, words};
use super::{LintProblem, UsageProblem};
use crate::base::{Bi, Lang, Span};
use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{Body, ExceptionId, ExprId, KeyTest, Model, NodeKind, Row, Table};
use crate::syntax::ast::Policy;

/// Analyses every table by keys.
pub(super) fn tables(model: &Model, problems: &mut Problems) {
    let lookups = model.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Lookup { table, column: 0, keys } => Some((&model.tables[*table], keys)),
        _ => None,
    });
    let under_conditions = under_conditions(model);
    for (table, keys) in lookups {
        // Which values are asked for under a condition is settled when it runs.
        if under_conditions.contains(&table.span) {
            continue;
        }
        // What readings and amendments do to a table must hold together in each stretch of time.
        let mut told = Problems::new();
        let stretches = table.stretches();
        // An `ellers` that one reading or exception leaves nothing may be needed without it.
        let alone = stretches.len() == 1 && table.copy_of.is_none();
        for (_, table) in stretches {
            if table.policy == Some(Policy::Linear) {
                super::points::points(model, &table, &mut told);
            } else if keys.is_empty() {
                super::condition_tables::condition_table(model, &table, &mut told);
            } else {
                analyse(model, &table, keys, &mut told);
            }
        }
        let mut known: Vec<Diagnostic> = Vec::new();
        for finding in told.sorted() {
            let idle = finding.code == Code::IdleOtherwise && !alone;
            if !idle && !known.contains(&finding) {
                known.push(finding.clone());
                problems.push(finding);
            }
        }
    }
}

/// Where the tables stand that are read under the condition of an exception only.
fn under_conditions(model: &Model) -> BTreeSet<Span> {
    let conditional = |id: ExceptionId| {
        let around = std::iter::successors(Some(id), |at| model.exceptions[*at].outer);
        around.into_iter().any(|at| model.exceptions[at].condition.is_some())
    };
    let restated = model.defs.iter().flat_map(|def| def.exceptions.iter().map(|(id, line)| (*id, line)));
    let local = model.defs.iter().filter_map(|def| Some((def.local_to?, def)));
    let local = local.flat_map(|(id, def)| def.alternatives.iter().map(move |line| (id, line)));
    let read =
        restated.chain(local).filter(|(id, _)| conditional(*id)).filter_map(|(_, line)| match line.body {
            Body::Expr(expr) => Some(expr),
            Body::Lifted => None,
        });
    let tables = read.filter_map(|expr| match &model.node(expr).kind {
        NodeKind::Lookup { table, .. } => Some(&model.tables[*table]),
        _ => None,
    });
    tables.filter(|table| table.copy_of.is_none()).map(|table| table.span).collect()
}

fn analyse(model: &Model, table: &Table, keys: &[ExprId], problems: &mut Problems) {
    let empty = empty_rows(model, table, problems);
    let Some(columns) = columns(model, table, keys) else { return };
    let named: Vec<usize> = (0..table.rows.len()).filter(|row| !is_otherwise(&table.rows[*row])).collect();
    let mut sweep = Sweep {
        model,
        table,
        columns: &columns,
        chosen: Vec::new(),
        hit: vec![false; table.rows.len()],
        gap: None,
        overlap: None,
        open: false,
        left: MOST_COMBINATIONS,
    };
    sweep.walk(&named);
    let (hit, gap, overlap, open, whole) = (sweep.hit, sweep.gap, sweep.overlap, sweep.open, sweep.left > 0);
    let needs_row = !matches!(table.policy, Some(Policy::Add | Policy::Largest | Policy::Smallest));
    if let (Some(values), true) = (gap, needs_row) {
        let witness = witness(model, table, keys, &values);
        problems.report(&LintProblem::Gap { table: table.span, name: table.results.join("; "), witness });
    }
    if let Some((first, second, values)) = overlap {
        let (first, second) = (table.rows[first].span, table.rows[second].span);
        let witness = witness(model, table, keys, &values);
        problems.report(&LintProblem::Overlap { first, second, witness });
    }
    let dead = |row: &usize| !hit[*row] && !is_otherwise(&table.rows[*row]) && !empty.contains(row);
    for row in table.rows.iter().filter(|row| whole && !open && is_otherwise(row)) {
        problems.report(&UsageProblem::IdleOtherwise { span: row.span, row: true });
    }
    for row in (0..table.rows.len()).filter(|row| whole && dead(row)) {
        let key = table.keys.join("; ");
        problems.report(&LintProblem::DeadRow { row: table.rows[row].span, key });
    }
}

/// How many combinations of keys are looked at; more are left to the evaluation.
const MOST_COMBINATIONS: usize = 50_000;

/// A walk over all combinations of the keys' values.
struct Sweep<'a> {
    model: &'a Model,
    table: &'a Table,
    columns: &'a [Column],
    chosen: Vec<Sample>,
    hit: Vec<bool>,
    gap: Option<Vec<Sample>>,
    overlap: Option<(usize, usize, Vec<Sample>)>,
    /// Whether there are values that only `ellers` would fit.
    open: bool,
    left: usize,
}

impl Sweep<'_> {
    /// Goes on with the rows that fit what is chosen so far.
    fn walk(&mut self, fitting: &[usize]) {
        if self.left == 0 {
            return;
        }
        let depth = self.chosen.len();
        let Some(column) = self.columns.get(depth) else { return self.settle(fitting) };
        let mut seen: BTreeSet<(Vec<usize>, bool, bool)> = BTreeSet::new();
        for sample in &column.samples {
            let fits = |row: &usize| {
                let test = self.table.rows[*row].tests.get(depth);
                test.is_none_or(|test| test_fits(self.model, test, &sample.value))
            };
            let next: Vec<usize> = fitting.iter().copied().filter(fits).collect();
            if seen.insert((next.clone(), sample.beyond, sample.possible)) {
                self.chosen.push(sample.clone());
                self.walk(&next);
                self.chosen.pop();
            }
        }
    }

    /// Looks at one combination.
    fn settle(&mut self, fitting: &[usize]) {
        self.left -= 1;
        let said = self.chosen.iter().all(|sample| !sample.beyond);
        let possible = self.chosen.iter().all(|sample| sample.possible);
        let otherwise = self.table.rows.iter().any(is_otherwise);
        self.open |= fitting.is_empty();
        match fitting {
            [] if said && !otherwise => {
                self.gap.get_or_insert_with(|| self.chosen.clone());
            }
            [first, second, ..] if possible && self.table.policy.is_none() => {
                self.overlap.get_or_insert_with(|| (*first, *second, self.chosen.clone()));
            }
            _ => {}
        }
        let counted = if self.table.policy == Some(Policy::First) { 1 } else { fitting.len() };
        fitting.iter().take(counted).for_each(|row| self.hit[*row] = true);
    }
}

fn is_otherwise(row: &Row) -> bool {
    matches!(row.tests.as_slice(), [KeyTest::Otherwise])
}

/// Reports ranges that hold nothing, and returns their rows.
fn empty_rows(model: &Model, table: &Table, problems: &mut Problems) -> BTreeSet<usize> {
    let is_empty = |test: &KeyTest| match test {
        KeyTest::Range(Some(low), Some(high)) => {
            match (constant(model, low.value), constant(model, high.value)) {
                (Some(Value::Number(from)), Some(Value::Number(to))) => {
                    from > to || (from == to && !(low.included && high.included))
                }
                (_, _) => false,
            }
        }
        KeyTest::Time(days) => days.is_empty(),
        KeyTest::Range(..) | KeyTest::Any | KeyTest::Otherwise | KeyTest::AnyOf(_) | KeyTest::NoneOf(_) => {
            false
        }
        KeyTest::Condition(_) | KeyTest::Slice(_) | KeyTest::From(_) => false,
    };
    let mut found = BTreeSet::new();
    for (index, row) in table.rows.iter().enumerate() {
        if row.tests.iter().any(is_empty) {
            problems.report(&LintProblem::EmptyRange { row: row.span });
            found.insert(index);
        }
    }
    found
}

/// Words the keys with their values: `mål = 2 og ø = ja`.
fn witness(model: &Model, table: &Table, keys: &[ExprId], values: &[Sample]) -> Bi {
    let all = |lang: Lang| {
        let one = |((name, key), sample): ((&String, &ExprId), &Sample)| {
            format!("{name} = {}", words(&sample.value, &model.node(*key).show, lang))
        };
        let parts: Vec<String> = table.keys.iter().zip(keys).zip(values).map(one).collect();
        parts.join(lang.pick(" og ", " and "))
    };
    Bi::new(all(Lang::Da), all(Lang::En))
}
