//! Tables of points: two written rows for one point, and rows that do not rise.

use std::collections::BTreeSet;

use super::LintProblem;
use super::columns::{Column, Value, constant};
use super::forms::{FormId, Forms};
use crate::diag::Problems;
use crate::model::{KeyTest, Model, Row, Table};
use crate::value::Number;

/// Looks at one table of points.
pub(super) fn points(model: &Model, table: &Table, problems: &mut Problems) {
    let points: Vec<(&Row, Number)> =
        table.rows.iter().filter_map(|row| Some((row, point(model, row)?))).collect();
    for (index, (row, at)) in points.iter().enumerate() {
        if let Some((first, _)) = points[..index].iter().find(|(_, other)| other == at) {
            problems.report(&LintProblem::SamePoint { first: first.span, second: row.span });
        }
    }
    let falls = points.windows(2).find(|pair| pair[1].1 < pair[0].1);
    if let Some([_, (row, _)]) = falls {
        problems.report(&LintProblem::PointsFall { row: row.span });
    }
}

/// When a key lies between the first point and the last.
pub(super) fn between(model: &Model, table: &Table, columns: &[Column], forms: &mut Forms) -> FormId {
    let points: BTreeSet<Number> = table.rows.iter().filter_map(|row| point(model, row)).collect();
    let (Some(first), Some(last), Some(column)) = (points.first(), points.last(), columns.first()) else {
        return forms.open();
    };
    let truth = column.samples.iter().map(|sample| match &sample.value {
        Value::Number(number) => Some(first <= number && number <= last),
        Value::Nothing => Some(false),
        Value::Text(_) | Value::Truth(_) | Value::Date(_) => None,
    });
    forms.test(0, truth.collect())
}

fn point(model: &Model, row: &Row) -> Option<Number> {
    let [KeyTest::AnyOf(all)] = row.tests.as_slice() else { return None };
    match constant(model, *all.first()?)? {
        Value::Number(number) => Some(number),
        Value::Text(_) | Value::Truth(_) | Value::Date(_) | Value::Nothing => None,
    }
}
