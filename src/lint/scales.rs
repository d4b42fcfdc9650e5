//! Scales whose written bounds do not rise. Bounds that are computed are looked at when they are known.

use super::LintProblem;
use super::columns::{Value, constant};
use crate::diag::Problems;
use crate::model::{KeyTest, Model, NodeKind, Row, Table};
use crate::value::Number;

/// Looks at every scale once.
pub(super) fn scales(model: &Model, problems: &mut Problems) {
    let tables = model.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Scale { table, .. } => Some(&model.tables[*table]),
        _ => None,
    });
    for table in tables {
        for (_, table) in table.stretches() {
            falling(model, &table, problems);
        }
    }
}

fn falling(model: &Model, table: &Table, problems: &mut Problems) {
    if let Some(row) = table.rows.first()
        && end(model, row).is_some_and(|end| end <= Number::zero())
    {
        problems.report(&LintProblem::SlicesFall { row: row.span, below: None });
    }
    for pair in table.rows.windows(2) {
        let [below, row] = pair else { continue };
        let falls = match (is_open(below), end(model, below), end(model, row)) {
            // Nothing comes above `derover`.
            (true, _, _) => true,
            (false, Some(below), Some(end)) => end <= below,
            (false, _, _) => false,
        };
        if falls {
            problems.report(&LintProblem::SlicesFall { row: row.span, below: Some(below.span) });
        }
    }
}

fn is_open(row: &Row) -> bool {
    matches!(row.tests.as_slice(), [KeyTest::Slice(None)])
}

/// Where a slice ends, where that is written.
fn end(model: &Model, row: &Row) -> Option<Number> {
    let [KeyTest::Slice(Some(bound))] = row.tests.as_slice() else { return None };
    match constant(model, *bound)? {
        Value::Number(number) => Some(number),
        Value::Text(_) | Value::Truth(_) | Value::Date(_) => None,
    }
}
