//! Tables of points: two written rows for one point, and rows that do not rise.

use super::LintProblem;
use super::columns::{Value, constant};
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

fn point(model: &Model, row: &Row) -> Option<Number> {
    let [KeyTest::AnyOf(all)] = row.tests.as_slice() else { return None };
    match constant(model, *all.first()?)? {
        Value::Number(number) => Some(number),
        Value::Text(_) | Value::Truth(_) | Value::Date(_) => None,
    }
}
