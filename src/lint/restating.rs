//! Chosen readings that state what already stands, so that choosing them changes nothing.

use super::norm_problem::NormProblem;
use super::worth::alike;
use crate::base::Span;
use crate::diag::Problems;
use crate::model::{Alternative, Body, ExprId, LayerId, Model, Origin, OverTarget, Row, RowChange};

/// Looks at every reading that is chosen and states something.
pub(super) fn restating(model: &Model, problems: &mut Problems) {
    for assumption in &model.assumptions {
        let chosen = assumption.chosen.and_then(|at| assumption.readings.get(at));
        let Some(reading) = chosen.filter(|reading| reading.states) else { continue };
        let origin = Origin::Reading { assumption: assumption.name.clone(), reading: reading.name.clone() };
        let Some(layer) = model.layers.of(&origin) else { continue };
        if let (false, Some(stands)) = (does_more(model, layer, &origin), restated(model, layer)) {
            let (span, name) = (reading.span, reading.name.clone());
            problems.report(&NormProblem::Restates { span, name, stands });
        }
    }
}

/// Tells whether a reading states more than lines and cells: exceptions, facts, requirements, steps of an index, rows.
fn does_more(model: &Model, layer: LayerId, origin: &Origin) -> bool {
    let index = model.indices.iter().flat_map(|index| &index.lines);
    let index = index.filter_map(|line| line.replaced.as_ref()).any(|replaced| replaced.origin == *origin);
    let exceptions = model
        .exceptions
        .iter()
        .any(|exception| exception.layer == layer || exception.ended.iter().any(|(_, by)| *by == layer));
    let laid =
        model.overrides.iter().any(|over| over.layer == layer || matches!(over.target, OverTarget::Fact(_)));
    // Which reading states a requirement that belongs to no clause is not kept.
    let requires = model.requirements.iter().any(|requirement| requirement.clause.is_none());
    let rows = model.tables.iter().flat_map(|table| &table.rows).any(|row| row.layer == layer);
    index || exceptions || laid || requires || rows
}

/// Where what a layer states already stands, if all of it does and there is something.
fn restated(model: &Model, layer: LayerId) -> Option<Vec<Span>> {
    let mut stands = Vec::new();
    for def in model.defs.iter() {
        for line in def.alternatives.iter().filter(|line| line.layer == layer) {
            stands.extend(below(model, &def.alternatives, line)?);
        }
    }
    for row in model.tables.iter().flat_map(|table| &table.rows) {
        for edit in row.edits.iter().filter(|edit| edit.layer == layer) {
            let RowChange::Cell(column, value) = edit.change else { return None };
            let was = cell_below(row, column, layer)?;
            if !same(model, was, value) {
                return None;
            }
            stands.push(row.span);
        }
    }
    (!stands.is_empty()).then_some(stands)
}

/// The lines that a line is laid over, where each says the same and they leave none of its time.
fn below(model: &Model, all: &[Alternative], line: &Alternative) -> Option<Vec<Span>> {
    let Body::Expr(body) = line.body else { return None };
    let under = |other: &&Alternative| other.layer < line.layer && other.interval.overlaps(line.interval);
    let top = all.iter().filter(under).map(|other| other.layer).max()?;
    let lines: Vec<&Alternative> = all.iter().filter(under).filter(|other| other.layer == top).collect();
    let says_it = |other: &&Alternative| {
        let plain = other.given.is_empty() && line.given.is_empty();
        let kind = (other.otherwise, other.total) == (line.otherwise, line.total);
        plain && kind && matches!(other.body, Body::Expr(own) if same(model, own, body))
    };
    let pieces = line.interval.cut(lines.iter().map(|other| other.interval));
    let covered = pieces.iter().all(|piece| lines.iter().any(|other| other.interval.covers(*piece)));
    (covered && lines.iter().all(says_it)).then(|| lines.iter().map(|other| other.span).collect())
}

fn cell_below(row: &Row, column: usize, layer: LayerId) -> Option<ExprId> {
    let earlier = row.edits.iter().any(|edit| edit.layer < layer);
    row.results.get(column).copied().filter(|_| !earlier)
}

/// The same value of the same type: another price level is another statement.
fn same(model: &Model, one: ExprId, other: ExprId) -> bool {
    model.node(one).ty == model.node(other).ty && alike(model, one, other)
}
